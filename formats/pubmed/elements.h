// What PubMed XML's elements mean: which field each carries, where it stands, what the DTD demands.
//
// Paths are relative to the record element and divided by "/"; "@" names an attribute, "[…]" the elements that an attribute picks out. Every element and
// attribute of NLM's DTD of January 2025 has a row here, and so have those of older DTDs back to 2002; what becomes no field is kept verbatim in its
// place. Specification: https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/
#pragma once

#include <cstdint>
#include <string_view>

#include "bibmill/mapping.h"
#include "bibmill/record.h"

namespace bibmill::pubmed {

/// What records and extras of this format name as their origin.
inline constexpr std::string_view kOrigin = "pubmed";

/// How an element's value is spelled.
enum class Codec : std::uint8_t {
  Text,       ///< characters, or an attribute's value
  Rich,       ///< characters with i, b, u, sub, sup and MathML
  Words,      ///< rich in the model, characters alone in the element
  Title,      ///< Rich that NLM ends with a dot
  Language,   ///< "eng", BCP 47 in the model
  PubDate,    ///< Year, Month or Season, Day; or MedlineDate
  Day,        ///< Year, Month, Day in two digits each
  Pmid,       ///< PMID with its Version
  ArticleId,  ///< IdType says which; likewise EIdType of ELocationID and Source of OtherID
  Issn,
  Isbn,
  NlmId,
  Pagination,     ///< StartPage, EndPage, MedlinePgn
  LocationLabel,  ///< Type says which
  Abstract,       ///< sections with Label and NlmCategory
  Names,          ///< authors, editors, investigators, subjects
  DataBanks,
  Grants,
  PublicationTypes,  ///< terms with UI, in PublicationTypeList or one after the other
  Terms,             ///< plain terms: one element each, or a list of them
  Substances,
  SupplementaryNames,
  Links,  ///< comments and corrections
  Headings,
  Keywords,
  Note,  ///< GeneralNote with its Owner
  History,
  References,  ///< cited references, in lists that may hold lists
};

/// The Version that the DTD demands of every PMID, and that says nothing: the record has none then.
inline constexpr std::string_view kFirstVersion = "1";

// --------------------------------------------------------------------------------------------------------------- fields

inline constexpr TypeSet kBooks = Type::Book | Type::Chapter;
inline constexpr TypeSet kArticles = kEveryType - kBooks;  ///< everything that is no book becomes a PubmedArticle

constexpr Mapping field(std::string_view key, Field to, Codec codec, TypeSet types, Fidelity fidelity = Fidelity::Exact,
                        std::string_view also = {}, std::string_view note = {}, Way way = Way::Both) {
  return {key, to, static_cast<std::uint8_t>(codec), types, way, fidelity, also, note};
}

inline constexpr Fidelity kExact = Fidelity::Exact;
inline constexpr Fidelity kNarrowed = Fidelity::Narrowed;

// clang-format off
inline constexpr Mapping kMappings[] = {
    // PubmedArticle
    field("MedlineCitation@Status",         Field::RecordStatus,       Codec::Text,  kArticles, kNarrowed, "", "the DTD lists what may stand here"),
    field("MedlineCitation@Owner",          Field::RecordOwner,        Codec::Text,  kArticles, kNarrowed, "", "the DTD lists what may stand here"),
    field("MedlineCitation@IndexingMethod", Field::IndexingMethod,     Codec::Text,  kArticles),
    field("MedlineCitation/PMID",           Field::Pmid,               Codec::Pmid,  kArticles, kNarrowed, "PubmedData/ArticleIdList/ArticleId[pubmed]", "one"),
    field("MedlineCitation/DateCreated",    Field::DateCreated,        Codec::Day,   kArticles, kExact, {}, "until the DTD of 2018", Way::ReadOnly),
    field("MedlineCitation/DateCompleted",  Field::DateCompleted,      Codec::Day,   kArticles, kNarrowed),
    field("MedlineCitation/DateRevised",    Field::DateRevised,        Codec::Day,   kArticles, kNarrowed),
    field("MedlineCitation/Article@PubModel",               Field::PublicationModel,    Codec::Text,     kArticles, kNarrowed, "", "the DTD lists what may stand here"),
    field("MedlineCitation/Article/Journal/ISSN",           Field::Issn,                Codec::Issn,     kArticles, kNarrowed, "MedlineCitation/MedlineJournalInfo/ISSNLinking", "one for print or electronic, and the linking one"),
    field("MedlineCitation/Article/Journal/JournalIssue@CitedMedium", Field::CitedMedium, Codec::Text,   kArticles, kNarrowed, "", "the DTD lists what may stand here"),
    field("MedlineCitation/Article/Journal/JournalIssue/Volume",  Field::Volume,        Codec::Text,     kArticles),
    field("MedlineCitation/Article/Journal/JournalIssue/Issue",   Field::Issue,         Codec::Text,     kArticles),
    field("MedlineCitation/Article/Journal/JournalIssue/PubDate", Field::Issued,        Codec::PubDate,  kArticles, kNarrowed),
    field("MedlineCitation/Article/Journal/Title",          Field::ContainerTitle,      Codec::Words,    kArticles, kNarrowed),
    field("MedlineCitation/Article/Journal/Title",                 Field::ContainerSubtitle,    Codec::Words,       kArticles, kNarrowed, {}, "behind the title and a colon", Way::WriteOnly),
    field("MedlineCitation/Article/Journal/Title",                 Field::ContainerTitleAddon,  Codec::Words,       kArticles, kNarrowed, {}, "behind the title and a full stop", Way::WriteOnly),
    field("MedlineCitation/Article/Journal/ISOAbbreviation", Field::ContainerTitleShort, Codec::Words,   kArticles, kNarrowed, "MedlineCitation/MedlineJournalInfo/MedlineTA", "MEDLINE's TA is MedlineTA; without a Title the journal's title elsewhere"),
    field("MedlineCitation/Article/ArticleTitle",           Field::Title,               Codec::Title,    kArticles, kNarrowed, {}, "without the dot that NLM ends titles with; the vernacular title where it is empty"),
    field("MedlineCitation/Article/ArticleTitle",                  Field::Subtitle,             Codec::Title,       kArticles, kNarrowed, {}, "behind the title and a colon", Way::WriteOnly),
    field("MedlineCitation/Article/ArticleTitle",                  Field::TitleAddon,           Codec::Title,       kArticles, kNarrowed, {}, "behind the title and a full stop", Way::WriteOnly),
    field("MedlineCitation/Article/Pagination",             Field::Page,                Codec::Pagination, kArticles, kNarrowed, {}, "MedlinePgn, else StartPage and EndPage"),
    field("MedlineCitation/Article/Pagination[pii]",        Field::ArticleNumber,       Codec::Pagination, kArticles, kNarrowed, {}, "\"pii: e1392\""),
    field("MedlineCitation/Article/Abstract",               Field::Abstract,            Codec::Abstract, kArticles, kNarrowed),
    field("MedlineCitation/Article/AuthorList",             Field::Author,              Codec::Names,    kArticles, kNarrowed),
    field("MedlineCitation/Article/AuthorList[editors]",    Field::Editor,              Codec::Names,    kArticles, kNarrowed),
    field("MedlineCitation/Article/Language",               Field::Language,            Codec::Language, kArticles, kNarrowed, {}, "MARC codes; BCP 47 in the record"),
    field("MedlineCitation/Article/DataBankList",           Field::DataBank,            Codec::DataBanks, kArticles),
    field("MedlineCitation/Article/GrantList",              Field::Grant,               Codec::Grants,   kArticles),
    field("MedlineCitation/Article/PublicationTypeList",    Field::PublicationType,     Codec::PublicationTypes, kArticles, kNarrowed),
    field("MedlineCitation/Article/VernacularTitle",        Field::OriginalTitle,       Codec::Title,    kArticles, kNarrowed),
    field("MedlineCitation/Article/ArticleDate",            Field::AvailableDate,       Codec::Day,      kArticles, kNarrowed),
    field("MedlineCitation/MedlineJournalInfo/Country",     Field::PublisherPlace,      Codec::Words,    kArticles, kNarrowed),
    field("MedlineCitation/MedlineJournalInfo/NlmUniqueID", Field::NlmId,               Codec::NlmId,    kArticles, kNarrowed),
    field("MedlineCitation/ChemicalList",            Field::Substance,            Codec::Substances, kArticles),
    field("MedlineCitation/SupplMeshList",           Field::SupplementaryConcept, Codec::SupplementaryNames, kArticles, kNarrowed),
    field("MedlineCitation/CitationSubset",          Field::CitationSubset,       Codec::Terms,    kArticles, kNarrowed),
    field("MedlineCitation/CommentsCorrectionsList", Field::CommentsCorrections,  Codec::Links,    kArticles, kNarrowed, "MedlineCitation/CommentsCorrections", "until 2008 without a list around them"),
    field("MedlineCitation/GeneSymbolList",          Field::Gene,                 Codec::Terms,    kArticles, kNarrowed),
    field("MedlineCitation/MeshHeadingList",         Field::Heading,              Codec::Headings, kArticles),
    field("MedlineCitation/NumberOfReferences",      Field::NumberOfReferences,   Codec::Text,     kArticles),
    field("MedlineCitation/PersonalNameSubjectList", Field::PersonalNameSubject,  Codec::Names,    kArticles, kNarrowed),
    field("MedlineCitation/OtherAbstract",           Field::OtherAbstract,        Codec::Abstract, kArticles, kNarrowed),
    field("MedlineCitation/KeywordList",             Field::Keyword,              Codec::Keywords, kArticles, kNarrowed),
    field("MedlineCitation/CoiStatement",            Field::ConflictOfInterest,   Codec::Rich,     kArticles, kNarrowed),
    field("MedlineCitation/SpaceFlightMission",      Field::SpaceFlightMission,   Codec::Terms,    kArticles, kNarrowed),
    field("MedlineCitation/InvestigatorList",        Field::Investigator,         Codec::Names,    kArticles, kNarrowed),
    field("MedlineCitation/GeneralNote",             Field::GeneralNote,          Codec::Note,     kArticles, kNarrowed),
    field("MedlineCitation/GeneralNote",             Field::Note,                 Codec::Note,     kArticles, kNarrowed, {}, "of other formats, as a note of NLM", Way::WriteOnly),
    field("PubmedData/History",                      Field::History,              Codec::History,  kArticles, kNarrowed),
    field("PubmedData/PublicationStatus",            Field::PublicationStatus,    Codec::Text,     kArticles),
    field("PubmedData/ArticleIdList/ArticleId[doi]", Field::Doi,                  Codec::ArticleId, kArticles, kNarrowed, "MedlineCitation/Article/ELocationID[doi]", "never one of ReferenceList; a DOI with ValidYN=\"N\" is an identifier and not the DOI"),
    field("PubmedData/ArticleIdList/ArticleId[pmc]", Field::Pmcid,                Codec::ArticleId, kArticles, kNarrowed),
    field("PubmedData/ArticleIdList/ArticleId",      Field::Identifier,           Codec::ArticleId, kArticles, kNarrowed, "MedlineCitation/Article/ELocationID[pii] MedlineCitation/OtherID MedlineCitation/MedlineID", "pii, mid, sici, bookaccession …; Source of OtherID; arXiv's numbers stand as pii"),
    field("PubmedData/ReferenceList",                Field::CitedReference,       Codec::References, kArticles, kNarrowed),

    // PubmedBookArticle: a chapter where it has an ArticleTitle, a book where it has none
    field("BookDocument/PMID",                    Field::Pmid,             Codec::Pmid,     kBooks, kNarrowed, "PubmedBookData/ArticleIdList/ArticleId[pubmed] BookDocument/ArticleIdList/ArticleId[pubmed]"),
    field("BookDocument/ArticleIdList/ArticleId[doi]", Field::Doi,         Codec::ArticleId, kBooks, kNarrowed, "BookDocument/Book/ELocationID[doi] PubmedBookData/ArticleIdList/ArticleId[doi]"),
    field("BookDocument/ArticleIdList/ArticleId[pmc]", Field::Pmcid,       Codec::ArticleId, kBooks, kNarrowed, "PubmedBookData/ArticleIdList/ArticleId[pmc]"),
    field("BookDocument/ArticleIdList/ArticleId", Field::Identifier,       Codec::ArticleId, kBooks, kNarrowed, "BookDocument/Book/ELocationID[pii] PubmedBookData/ArticleIdList/ArticleId"),
    field("BookDocument/Book/Publisher/PublisherName",     Field::Publisher,      Codec::Rich,  kBooks, kNarrowed),
    field("BookDocument/Book/Publisher/PublisherLocation", Field::PublisherPlace, Codec::Words, kBooks, kNarrowed),
    field("BookDocument/Book/BookTitle",          Field::Title,            Codec::Rich,     Type::Book, kNarrowed),
    field("BookDocument/Book/BookTitle",          Field::ContainerTitle,   Codec::Rich,     Type::Chapter, kNarrowed),
    field("BookDocument/Book/BookTitle",                           Field::Subtitle,             Codec::Rich,        Type::Book, kNarrowed, {}, "behind the title and a colon", Way::WriteOnly),
    field("BookDocument/Book/BookTitle",                           Field::TitleAddon,           Codec::Rich,        Type::Book, kNarrowed, {}, "behind the title and a full stop", Way::WriteOnly),
    field("BookDocument/Book/BookTitle",                           Field::ContainerSubtitle,    Codec::Rich,        Type::Chapter, kNarrowed, {}, "behind the title and a colon", Way::WriteOnly),
    field("BookDocument/Book/BookTitle",                           Field::ContainerTitleAddon,  Codec::Rich,        Type::Chapter, kNarrowed, {}, "behind the title and a full stop", Way::WriteOnly),
    field("BookDocument/Book/PubDate",            Field::Issued,           Codec::PubDate,  kBooks, kNarrowed),
    field("BookDocument/Book/AuthorList[authors]", Field::ContainerAuthor, Codec::Names,    Type::Chapter, kNarrowed),
    field("BookDocument/Book/AuthorList[editors]", Field::Editor,          Codec::Names,    kBooks, kNarrowed, "BookDocument/AuthorList[editors]"),
    field("BookDocument/Book/Volume",             Field::Volume,           Codec::Text,     kBooks),
    field("BookDocument/Book/VolumeTitle",        Field::VolumeTitle,      Codec::Rich,     kBooks, kNarrowed),
    field("BookDocument/Book/Edition",            Field::Edition,          Codec::Words,    kBooks, kNarrowed),
    field("BookDocument/Book/CollectionTitle",    Field::CollectionTitle,  Codec::Rich,     kBooks, kNarrowed),
    field("BookDocument/Book/Isbn",               Field::Isbn,             Codec::Isbn,     kBooks, kNarrowed),
    field("BookDocument/Book/Medium",             Field::Medium,           Codec::Words,    kBooks, kNarrowed),
    field("BookDocument/Book/ReportNumber",       Field::Number,           Codec::Text,     kBooks),
    field("BookDocument/LocationLabel[chapter]",  Field::ChapterNumber,    Codec::LocationLabel, kBooks),
    field("BookDocument/LocationLabel[section]",  Field::Section,          Codec::LocationLabel, kBooks),
    field("BookDocument/ArticleTitle",            Field::Title,            Codec::Rich,     Type::Chapter, kNarrowed),
    field("BookDocument/ArticleTitle",                             Field::Subtitle,             Codec::Rich,        Type::Chapter, kNarrowed, {}, "behind the title and a colon", Way::WriteOnly),
    field("BookDocument/ArticleTitle",                             Field::TitleAddon,           Codec::Rich,        Type::Chapter, kNarrowed, {}, "behind the title and a full stop", Way::WriteOnly),
    field("BookDocument/VernacularTitle",         Field::OriginalTitle,    Codec::Rich,     kBooks, kNarrowed),
    field("BookDocument/Pagination",              Field::Page,             Codec::Pagination, kBooks, kNarrowed),
    field("BookDocument/Language",                Field::Language,         Codec::Language, kBooks, kNarrowed),
    field("BookDocument/AuthorList",              Field::Author,           Codec::Names,    kBooks, kNarrowed, "BookDocument/Book/AuthorList", "of a book without authors of its own: those that stand in Book"),
    field("BookDocument/InvestigatorList",        Field::Investigator,     Codec::Names,    kBooks, kNarrowed, "BookDocument/Book/InvestigatorList"),
    field("BookDocument/PublicationType",         Field::PublicationType,  Codec::PublicationTypes, kBooks, kNarrowed),
    field("BookDocument/Abstract",                Field::Abstract,         Codec::Abstract, kBooks, kNarrowed),
    field("BookDocument/KeywordList",             Field::Keyword,          Codec::Keywords, kBooks, kNarrowed),
    field("BookDocument/ContributionDate",        Field::ContributionDate, Codec::PubDate,  kBooks, kNarrowed),
    field("BookDocument/DateRevised",             Field::LastRevision,     Codec::Day,      kBooks, kNarrowed),
    field("BookDocument/GrantList",               Field::Grant,            Codec::Grants,   kBooks),
    field("BookDocument/ReferenceList",           Field::CitedReference,   Codec::References, kBooks, kNarrowed),
    field("PubmedBookData/History",               Field::History,          Codec::History,  kBooks, kNarrowed),
    field("PubmedBookData/PublicationStatus",     Field::PublicationStatus, Codec::Text,    kBooks),
};
// clang-format on
static_assert(is_sound(kMappings));

// --------------------------------------------------------------------------------------------------------------- places

/// What stands at a place within a record.
enum class Kind : std::uint8_t {
  Structure,  ///< holds other places and no value of its own
  Attribute,
  Value,     ///< one value; a mapping's key or further key is its path
  Verbatim,  ///< an extra: its source text
};

struct Place {
  std::string_view path;
  Kind kind = Kind::Value;
  bool repeats = false;  ///< the DTD allows several
};

/// Every place in the order that the DTD of 2025 demands; those of older DTDs where they stood.
// clang-format off
inline constexpr Place kPlaces[] = {
    {"MedlineCitation", Kind::Structure},
    {"MedlineCitation@Status", Kind::Attribute},
    {"MedlineCitation@Owner", Kind::Attribute},
    {"MedlineCitation@IndexingMethod", Kind::Attribute},
    {"MedlineCitation/MedlineID"},
    {"MedlineCitation/PMID"},
    {"MedlineCitation/DateCreated"},
    {"MedlineCitation/DateCompleted"},
    {"MedlineCitation/DateRevised"},
    {"MedlineCitation/Article", Kind::Structure},
    {"MedlineCitation/Article@PubModel", Kind::Attribute},
    {"MedlineCitation/Article/Journal", Kind::Structure},
    {"MedlineCitation/Article/Journal/ISSN"},
    {"MedlineCitation/Article/Journal/JournalIssue", Kind::Structure},
    {"MedlineCitation/Article/Journal/JournalIssue@CitedMedium", Kind::Attribute},
    {"MedlineCitation/Article/Journal/JournalIssue/Volume"},
    {"MedlineCitation/Article/Journal/JournalIssue/Issue"},
    {"MedlineCitation/Article/Journal/JournalIssue/PubDate"},
    {"MedlineCitation/Article/Journal/Coden", Kind::Verbatim},
    {"MedlineCitation/Article/Journal/Title"},
    {"MedlineCitation/Article/Journal/ISOAbbreviation"},
    {"MedlineCitation/Article/ArticleTitle"},
    {"MedlineCitation/Article/Pagination"},
    {"MedlineCitation/Article/ELocationID", Kind::Value, true},
    {"MedlineCitation/Article/Abstract"},
    {"MedlineCitation/Article/Affiliation", Kind::Verbatim, true},
    {"MedlineCitation/Article/AuthorList"},
    {"MedlineCitation/Article/Language", Kind::Value, true},
    {"MedlineCitation/Article/DataBankList"},
    {"MedlineCitation/Article/GrantList"},
    {"MedlineCitation/Article/PublicationTypeList"},
    {"MedlineCitation/Article/VernacularTitle"},
    {"MedlineCitation/Article/ArticleDate", Kind::Value, true},
    {"MedlineCitation/MedlineJournalInfo", Kind::Structure},
    {"MedlineCitation/MedlineJournalInfo/Country"},
    {"MedlineCitation/MedlineJournalInfo/MedlineTA"},
    {"MedlineCitation/MedlineJournalInfo/MedlineCode", Kind::Verbatim},
    {"MedlineCitation/MedlineJournalInfo/NlmUniqueID"},
    {"MedlineCitation/MedlineJournalInfo/ISSNLinking"},
    {"MedlineCitation/ChemicalList"},
    {"MedlineCitation/SupplMeshList"},
    {"MedlineCitation/CitationSubset", Kind::Value, true},
    {"MedlineCitation/CommentsCorrectionsList"},
    {"MedlineCitation/CommentsCorrections", Kind::Value, true},
    {"MedlineCitation/GeneSymbolList"},
    {"MedlineCitation/MeshHeadingList"},
    {"MedlineCitation/NumberOfReferences"},
    {"MedlineCitation/PersonalNameSubjectList"},
    {"MedlineCitation/OtherID", Kind::Value, true},
    {"MedlineCitation/OtherAbstract", Kind::Value, true},
    {"MedlineCitation/KeywordList", Kind::Value, true},
    {"MedlineCitation/CoiStatement"},
    {"MedlineCitation/SpaceFlightMission", Kind::Value, true},
    {"MedlineCitation/InvestigatorList", Kind::Value, true},
    {"MedlineCitation/GeneralNote", Kind::Value, true},
    {"PubmedData", Kind::Structure},
    {"PubmedData/History"},
    {"PubmedData/PublicationStatus"},
    {"PubmedData/ProviderId", Kind::Verbatim},
    {"PubmedData/ArticleIdList", Kind::Structure},
    {"PubmedData/ArticleIdList/ArticleId", Kind::Value, true},
    {"PubmedData/URL", Kind::Verbatim, true},
    {"PubmedData/ObjectList", Kind::Verbatim},
    {"PubmedData/ReferenceList", Kind::Value, true},

    {"BookDocument", Kind::Structure},
    {"BookDocument/PMID"},
    {"BookDocument/ArticleIdList", Kind::Structure},
    {"BookDocument/ArticleIdList/ArticleId", Kind::Value, true},
    {"BookDocument/Book", Kind::Structure},
    {"BookDocument/Book/Publisher", Kind::Structure},
    {"BookDocument/Book/Publisher/PublisherName"},
    {"BookDocument/Book/Publisher/PublisherLocation"},
    {"BookDocument/Book/BookTitle"},
    {"BookDocument/Book/PubDate"},
    {"BookDocument/Book/BeginningDate", Kind::Verbatim},
    {"BookDocument/Book/EndingDate", Kind::Verbatim},
    {"BookDocument/Book/AuthorList", Kind::Value, true},
    {"BookDocument/Book/InvestigatorList"},
    {"BookDocument/Book/Volume"},
    {"BookDocument/Book/VolumeTitle"},
    {"BookDocument/Book/Edition"},
    {"BookDocument/Book/CollectionTitle"},
    {"BookDocument/Book/Isbn", Kind::Value, true},
    {"BookDocument/Book/ELocationID", Kind::Value, true},
    {"BookDocument/Book/Medium"},
    {"BookDocument/Book/ReportNumber"},
    {"BookDocument/LocationLabel", Kind::Value, true},
    {"BookDocument/ArticleTitle"},
    {"BookDocument/VernacularTitle"},
    {"BookDocument/Pagination"},
    {"BookDocument/Language", Kind::Value, true},
    {"BookDocument/AuthorList", Kind::Value, true},
    {"BookDocument/InvestigatorList"},
    {"BookDocument/PublicationType", Kind::Value, true},
    {"BookDocument/Abstract"},
    {"BookDocument/Sections", Kind::Verbatim},
    {"BookDocument/KeywordList", Kind::Value, true},
    {"BookDocument/ContributionDate"},
    {"BookDocument/DateRevised"},
    {"BookDocument/GrantList"},
    {"BookDocument/ItemList", Kind::Verbatim, true},
    {"BookDocument/ReferenceList", Kind::Value, true},
    {"PubmedBookData", Kind::Structure},
    {"PubmedBookData/History"},
    {"PubmedBookData/PublicationStatus"},
    {"PubmedBookData/ArticleIdList", Kind::Structure},
    {"PubmedBookData/ArticleIdList/ArticleId", Kind::Value, true},
    {"PubmedBookData/ObjectList", Kind::Verbatim},
};
// clang-format on

inline constexpr std::size_t kPlaceCount = std::size(kPlaces);
inline constexpr std::size_t kNowhere = kPlaceCount;

constexpr std::size_t place_at(std::string_view path) {
  for (std::size_t at = 0; at < kPlaceCount; ++at)
    if (kPlaces[at].path == path) return at;
  return kNowhere;
}

/// "A/B" of "A/B/C" and of "A/B@c"; empty at the top.
constexpr std::string_view parent_path(std::string_view path) {
  const std::size_t cut = path.find_last_of("/@");
  return cut == std::string_view::npos ? std::string_view{} : path.substr(0, cut);
}

/// "C" of "A/B/C".
constexpr std::string_view last_name(std::string_view path) { return path.substr(path.find_last_of("/@") + 1); }

/// "A/B" of "A/B[c]".
constexpr std::string_view without_pick(std::string_view key) { return key.substr(0, key.find('[')); }

// -------------------------------------------------------------------------------------------------------------- fillers

/// What the DTD demands and a record may lack. `what` is the word of the ledger, text the element's or the attribute's content.
struct Filler {
  std::string_view path;
  std::string_view what;
  std::string_view element;  ///< written as it is; of an attribute its value
  bool always = false;  ///< every DTD since 2002 demands it: supplied for PubMed XML's own records too, where a step took it away
  std::string_view unless = {};  ///< another place that makes it unnecessary
  std::string_view note = {};
  TypeSet types = kEveryType;
};

// clang-format off
inline constexpr Filler kFillers[] = {
    {"MedlineCitation@Status",            "status",             "Publisher", false, {}, "supplied by someone else, not indexed"},
    {"MedlineCitation@Owner",             "owner",              "NOTNLM",    false, {}, "not demanded, but the DTD would take NLM for the owner"},
    {"MedlineCitation/PMID",              "pmid",               "<PMID Version=\"1\"/>", true},
    {"MedlineCitation/Article@PubModel",  "publication-model",  "Print", false, {}, "Electronic where the publication status is epublish, Print-Electronic where there is a date of the electronic version"},
    {"MedlineCitation/Article/Journal/JournalIssue@CitedMedium", "cited-medium", "Print", false, {}, "Internet where the first ISSN is electronic"},
    {"MedlineCitation/Article/Journal/JournalIssue/PubDate",     "issued",       "<PubDate><Year/></PubDate>", true},
    {"MedlineCitation/Article/ArticleTitle",        "title",            "<ArticleTitle/>", true},
    {"MedlineCitation/Article/Pagination",          "page",             "<Pagination><MedlinePgn/></Pagination>", true, "MedlineCitation/Article/ELocationID"},
    {"MedlineCitation/Article/Language",            "language",         "<Language>und</Language>", true, {}, "ISO 639-2: undetermined"},
    {"MedlineCitation/Article/PublicationTypeList", "publication-type", "<PublicationTypeList><PublicationType UI=\"D016428\">Journal Article</PublicationType></PublicationTypeList>", true},
    {"MedlineCitation/MedlineJournalInfo/MedlineTA", "medline-ta",      "<MedlineTA/>", true, {}, "the abbreviated or the full title of the journal where there is one"},
    {"BookDocument/PMID",                           "pmid",             "<PMID Version=\"1\"/>", true},
    {"BookDocument/ArticleIdList/ArticleId",        "article-id",       "<ArticleId IdType=\"pubmed\"/>", true, {}, "with the PMID where there is one"},
    {"BookDocument/Book/Publisher/PublisherName",   "publisher",        "<PublisherName/>", true},
    {"BookDocument/Book/BookTitle",                 "book-title",       "<BookTitle/>", true},
    {"BookDocument/Book/PubDate",                   "issued",           "<PubDate><Year/></PubDate>", true},
    {"BookDocument/ArticleTitle",                   "title",            "<ArticleTitle>[Not Available].</ArticleTitle>", true, {}, "a chapter without a title, in NLM's words: nothing else tells it from a whole book", Type::Chapter},
};

/// The same for the elements that hold what other databases add: demanded only where one of them is written.
inline constexpr Filler kDataFillers[] = {
    {"PubmedData/PublicationStatus",           "publication-status", "<PublicationStatus>ppublish</PublicationStatus>", true},
    {"PubmedData/ArticleIdList/ArticleId",     "article-id",         "<ArticleId IdType=\"pubmed\"/>", true, {}, "with the PMID where there is one"},
    {"PubmedBookData/PublicationStatus",       "publication-status", "<PublicationStatus>ppublish</PublicationStatus>", true},
    {"PubmedBookData/ArticleIdList/ArticleId", "article-id",         "<ArticleId IdType=\"pubmed\"/>", true, {}, "with the PMID where there is one"},
};
// clang-format on

// -------------------------------------------------------------------------------------------------------------- choices

/// Attributes whose values the DTD lists. What another format's record says beyond them stays behind.
struct Choice {
  std::string_view attribute;  ///< element@name
  std::string_view values;
  std::string_view otherwise = {};  ///< written where the DTD demands one and the record has none that fits
};

// clang-format off
inline constexpr Choice kChoices[] = {
    {"MedlineCitation@Status",     "Completed In-Process PubMed-not-MEDLINE In-Data-Review Publisher MEDLINE OLDMEDLINE"},
    {"MedlineCitation@Owner",      "NLM NASA PIP KIE HSR HMD NOTNLM"},
    {"Article@PubModel",           "Print Print-Electronic Electronic Electronic-Print Electronic-eCollection"},
    {"JournalIssue@CitedMedium",   "Internet Print"},
    {"ArticleId@IdType",           "doi pii pmcpid pmpid pmc mid sici pubmed medline pmcid pmcbook bookaccession"},
    {"OtherID@Source",             "NASA KIE PIP POP ARPL CPC IND CPFH CLML NRCBL NLM QCIM"},
    {"AbstractText@NlmCategory",   "BACKGROUND OBJECTIVE METHODS RESULTS CONCLUSIONS UNASSIGNED"},
    {"OtherAbstract@Type",         "AAMC AIDS KIE PIP NASA Publisher plain-language-summary", "Publisher"},
    {"SupplMeshName@Type",         "Disease Protocol Organism Anatomy Population", "Disease"},
    {"DescriptorName@Type",        "Geographic"},
    {"KeywordList@Owner",          "NLM NLM-AUTO NASA PIP KIE NOTNLM HHS", "NOTNLM"},
    {"GeneralNote@Owner",          "NLM NASA PIP KIE HSR HMD", "NLM"},
    {"ISSN@IssnType",              "Electronic Print", "Print"},
    {"PubMedPubDate@PubStatus",    "received accepted epublish ppublish revised aheadofprint retracted ecollection pmc pmcr pubmed pubmedr premedline medline medliner entrez pmc-release"},
    {"CommentsCorrections@RefType", "AssociatedDataset AssociatedPublication CommentIn CommentOn CorrectedandRepublishedIn CorrectedandRepublishedFrom ErratumIn ErratumFor ExpressionOfConcernIn ExpressionOfConcernFor RepublishedIn RepublishedFrom RetractedandRepublishedIn RetractedandRepublishedFrom RetractionIn RetractionOf UpdateIn UpdateOf SummaryForPatientsIn OriginalReportIn ReprintIn ReprintOf Cites"},
};
// clang-format on

consteval const Choice& choice(std::string_view attribute) {
  for (const Choice& each : kChoices)
    if (each.attribute == attribute) return each;
  throw "no such choice";
}

// ---------------------------------------------------------------------------------------------------------------- types

/// Publication types that tell what kind of work it is. The first row is what a work without any other is, and what it is in a record that names its journal;
/// Preprint beats all.
// clang-format off
inline constexpr TypeMapping kTypes[] = {
    {"Journal Article",       Type::ArticleJournal, Way::Both, "the default; in a record that names its journal it beats all others but Preprint"},
    {"Preprint",              Type::Article, Way::Both, "beats all others"},
    {"Newspaper Article",     Type::ArticleNewspaper},
    {"Book",                  Type::Book,    Way::ReadOnly, "PubmedBookArticle without ArticleTitle is one too"},
    {"Book Chapter",          Type::Chapter, Way::ReadOnly, "PubmedBookArticle with ArticleTitle is one too"},
    {"Academic Dissertation", Type::Thesis,  Way::Both,     "and every other name with Dissertation in it"},
    {"Technical Report",      Type::Report},
    {"Dataset",               Type::Dataset},
    {"Patent",                Type::Patent},
    {"Legal Case",            Type::LegalCase},
    {"Legislation",           Type::Legislation},
    {"Video-Audio Media",     Type::MotionPicture},
};

/// MeSH unique identifiers of the types that are written for other formats' records.
struct TypeIdentifier {
  std::string_view name;
  std::string_view identifier;
};
inline constexpr TypeIdentifier kTypeIdentifiers[] = {
    {"Journal Article",       "D016428"},
    {"Preprint",              "D000076942"},
    {"Newspaper Article",     "D018431"},
    {"Academic Dissertation", "D019478"},
    {"Technical Report",      "D016427"},
    {"Dataset",               "D064886"},
    {"Video-Audio Media",     "D059040"},
};
// clang-format on
static_assert(is_sound(kTypes));

/// What kind of work its publication types make it. NLM gives an article in a journal further types for its form: every article of a journal of videos is
/// Video-Audio Media too, a descriptor of data is a Dataset.
class TypesSeen {
 public:
  void add(const Terms& terms) {
    for (const Term& term : terms.list) add(term.text);
  }
  void add(std::string_view publication_type) {
    any_ = true;
    Type type = kTypes[0].type;
    for (const TypeMapping& row : kTypes)
      if (row.name == publication_type) type = row.type;
    if (type == kTypes[0].type && publication_type.find("Dissertation") != std::string_view::npos) type = Type::Thesis;
    if (publication_type == kTypes[0].name) article_ = true;
    if (type == Type::Article || other_ == kTypes[0].type) other_ = type;
  }
  /// `in_journal`: the record names a journal.
  Type type(bool in_journal) const { return article_ && in_journal && other_ != Type::Article ? kTypes[0].type : other_; }
  bool any() const { return any_; }

 private:
  Type other_ = kTypes[0].type;
  bool article_ = false;
  bool any_ = false;
};

/// Does the record say in which journal the work appeared?
inline bool names_journal(const Record& record) {
  return record.has(Field::ContainerTitle) || record.has(Field::ContainerTitleShort) || record.has(Field::NlmId);
}

// ------------------------------------------------------------------------------------------------------------- elements

/// What may stand in an element.
enum class Content : std::uint8_t {
  Elements,  ///< white space between them means nothing
  Text,
  Mixed,  ///< text with markup
  Set,    ///< a set of records: its tags divide records and are no part of them
};

struct ElementRow {
  std::string_view name;
  Content content = Content::Text;
  std::string_view attributes = {};  ///< those that become part of a value
  std::string_view kept = {};        ///< those that are kept as extras, "…@Name"
  std::string_view becomes = {};     ///< what becomes of it, where the mappings do not say so
};

/// Every element of the DTD, in its order (sets, documents, the rest by name), then those of older DTDs.
// clang-format off
inline constexpr ElementRow kElements[] = {
    {"PubmedArticleSet",     Content::Set},
    {"BookDocumentSet",      Content::Set},
    {"PubmedBookArticleSet", Content::Set},
    {"PubmedArticle",     Content::Elements, "", "", "a record"},
    {"PubmedBookArticle", Content::Elements, "", "", "a record"},
    {"BookDocument",      Content::Elements, "", "", "what a PubmedBookArticle holds, or a record by itself"},
    {"DeleteCitation",    Content::Elements, "", "", "an instruction between records, passed on verbatim"},
    {"DeleteDocument",    Content::Elements, "", "", "an instruction between records, passed on verbatim"},
    {"MedlineCitation",   Content::Elements, "Owner Status IndexingMethod", "VersionID VersionDate", "what a PubmedArticle holds, or a record by itself"},
    {"PubmedData",        Content::Elements, "", "", "structure"},
    {"PubmedBookData",    Content::Elements, "", "", "structure"},
    {"Article",           Content::Elements, "PubModel", "", "structure"},
    {"Abstract",          Content::Elements},
    {"AbstractText",      Content::Mixed, "Label NlmCategory", "", "a section of an abstract"},
    {"AccessionNumber",   Content::Text, "", "", "a number of a data bank"},
    {"AccessionNumberList", Content::Elements, "", "", "numbers of a data bank"},
    {"Acronym",           Content::Text, "", "", "of a grant"},
    {"Affiliation",       Content::Mixed, "", "", "text of an affiliation"},
    {"AffiliationInfo",   Content::Elements, "", "", "an affiliation of a name"},
    {"Agency",            Content::Text, "", "", "of a grant"},
    {"ArticleDate",       Content::Elements, "DateType"},
    {"ArticleId",         Content::Text, "IdType"},
    {"ArticleIdList",     Content::Elements, "", "", "identifiers of the work, or of a reference"},
    {"ArticleTitle",      Content::Mixed, "", "book part sec"},
    {"Author",            Content::Elements, "ValidYN EqualContrib", "", "a name"},
    {"AuthorList",        Content::Elements, "CompleteYN Type"},
    {"b",                 Content::Mixed, "", "", "bold"},
    {"BeginningDate",     Content::Elements, "", "", "verbatim"},
    {"Book",              Content::Elements, "", "", "structure"},
    {"BookTitle",         Content::Mixed, "", "book part sec"},
    {"Chemical",          Content::Elements, "", "", "a substance"},
    {"ChemicalList",      Content::Elements},
    {"Citation",          Content::Mixed, "", "", "text of a reference"},
    {"CitationSubset"},
    {"CoiStatement",      Content::Mixed},
    {"CollectionTitle",   Content::Mixed, "", "book part sec"},
    {"CollectiveName",    Content::Mixed, "Investigators", "", "a body among the names"},
    {"CommentsCorrections", Content::Elements, "RefType", "", "a link"},
    {"CommentsCorrectionsList", Content::Elements},
    {"ContractNumber",    Content::Text, "", "", "verbatim"},
    {"ContributionDate",  Content::Elements},
    {"CopyrightInformation", Content::Text, "", "", "copyright of an abstract"},
    {"Country",           Content::Text, "", "", "of the journal, or of a grant"},
    {"DataBank",          Content::Elements, "", "", "a data bank"},
    {"DataBankList",      Content::Elements, "CompleteYN"},
    {"DataBankName",      Content::Text, "", "", "name of a data bank"},
    {"DateCompleted",     Content::Elements},
    {"DateRevised",       Content::Elements},
    {"Day",               Content::Text, "", "", "of a date"},
    {"DescriptorName",    Content::Text, "MajorTopicYN Type UI", "AutoHM", "a heading's descriptor"},
    {"DispFormula",       Content::Elements, "", "", "a formula on a line of its own"},
    {"Edition"},
    {"ELocationID",       Content::Text, "EIdType ValidYN"},
    {"EndingDate",        Content::Elements, "", "", "verbatim"},
    {"EndPage",           Content::Text, "", "", "of the pages"},
    {"ForeName",          Content::Text, "", "", "of a name"},
    {"GeneSymbol",        Content::Text, "", "", "a gene"},
    {"GeneSymbolList",    Content::Elements},
    {"GeneralNote",       Content::Text, "Owner"},
    {"Grant",             Content::Elements, "", "", "a grant"},
    {"GrantID",           Content::Text, "", "", "of a grant"},
    {"GrantList",         Content::Elements, "CompleteYN"},
    {"History",           Content::Elements},
    {"Hour",              Content::Text, "", "", "of a date"},
    {"i",                 Content::Mixed, "", "", "italic"},
    {"Identifier",        Content::Text, "Source", "", "of a name or an affiliation"},
    {"Initials",          Content::Text, "", "", "of a name"},
    {"Investigator",      Content::Elements, "ValidYN", "", "a name"},
    {"InvestigatorList",  Content::Elements, "", "ID"},
    {"Isbn"},
    {"ISOAbbreviation"},
    {"ISSN",              Content::Text, "IssnType"},
    {"ISSNLinking"},
    {"Issue"},
    {"Item",              Content::Text, "", "", "verbatim"},
    {"ItemList",          Content::Elements, "", "ListType", "verbatim"},
    {"Journal",           Content::Elements, "", "", "structure"},
    {"JournalIssue",      Content::Elements, "CitedMedium", "", "structure"},
    {"Keyword",           Content::Mixed, "MajorTopicYN", "", "a keyword"},
    {"KeywordList",       Content::Elements, "Owner"},
    {"Language"},
    {"LastName",          Content::Text, "", "", "of a name"},
    {"LocationLabel",     Content::Text, "Type"},
    {"Medium"},
    {"MedlineDate",       Content::Text, "", "", "a date in words"},
    {"MedlineJournalInfo", Content::Elements, "", "", "structure"},
    {"MedlinePgn",        Content::Text, "", "", "of the pages"},
    {"MedlineTA"},
    {"MeshHeading",       Content::Elements, "", "", "a heading"},
    {"MeshHeadingList",   Content::Elements},
    {"Minute",            Content::Text, "", "", "of a date"},
    {"Month",             Content::Text, "", "", "of a date"},
    {"NameOfSubstance",   Content::Text, "UI", "", "of a substance"},
    {"NlmUniqueID"},
    {"Note",              Content::Text, "", "", "on a link"},
    {"NumberOfReferences"},
    {"Object",            Content::Elements, "", "Type", "verbatim"},
    {"ObjectList",        Content::Elements, "", "", "verbatim"},
    {"OtherAbstract",     Content::Elements, "Type Language"},
    {"OtherID",           Content::Text, "Source"},
    {"PMID",              Content::Text, "Version"},
    {"Pagination",        Content::Elements},
    {"Param",             Content::Mixed, "", "Name", "verbatim"},
    {"PersonalNameSubject", Content::Elements, "", "", "a name"},
    {"PersonalNameSubjectList", Content::Elements},
    {"PubDate",           Content::Elements},
    {"PublicationStatus"},
    {"PublicationType",   Content::Text, "UI", "", "a term"},
    {"PublicationTypeList", Content::Elements},
    {"PubMedPubDate",     Content::Elements, "PubStatus", "", "an event of the history"},
    {"Publisher",         Content::Elements, "", "", "structure"},
    {"PublisherLocation"},
    {"PublisherName",     Content::Mixed},
    {"QualifierName",     Content::Text, "MajorTopicYN UI", "AutoHM", "a heading's qualifier"},
    {"Reference",         Content::Elements, "", "", "a cited reference"},
    {"ReferenceList",     Content::Elements},
    {"RefSource",         Content::Text, "", "", "citation of a link"},
    {"RegistryNumber",    Content::Text, "", "", "of a substance"},
    {"ReportNumber"},
    {"Season",            Content::Text, "", "", "of a date"},
    {"Second",            Content::Text, "", "", "of a date"},
    {"Section",           Content::Elements, "", "", "verbatim"},
    {"Sections",          Content::Elements, "", "", "verbatim"},
    {"SectionTitle",      Content::Mixed, "", "book part sec", "verbatim"},
    {"SpaceFlightMission"},
    {"StartPage",         Content::Text, "", "", "of the pages"},
    {"sub",               Content::Mixed, "", "", "subscript"},
    {"Suffix",            Content::Mixed, "", "", "of a name"},
    {"sup",               Content::Mixed, "", "", "superscript"},
    {"SupplMeshList",     Content::Elements},
    {"SupplMeshName",     Content::Text, "Type UI", "", "a supplementary concept"},
    {"Title",             Content::Text, "", "", "of the journal, or of a list of references"},
    {"u",                 Content::Mixed, "", "", "underlined"},
    {"URL",               Content::Text, "", "lang Type", "verbatim"},
    {"VernacularTitle",   Content::Mixed},
    {"Volume"},
    {"VolumeTitle",       Content::Mixed},
    {"Year",              Content::Text, "", "", "of a date"},
    {"math",              Content::Mixed, "", "", "MathML, as a formula"},

    // older DTDs
    {"MedlineCitationSet", Content::Set},
    {"Coden",             Content::Text, "", "", "verbatim"},
    {"DateCreated",       Content::Elements},
    {"Descriptor",        Content::Text, "MajorTopicYN", "", "a heading's descriptor"},
    {"FirstName",         Content::Text, "", "", "of a name"},
    {"MiddleName",        Content::Text, "", "", "of a name"},
    {"MedlineCode",       Content::Text, "", "", "verbatim"},
    {"MedlineID"},
    // links of their own kind in CommentsCorrections, until 2008
    {"CommentIn",         Content::Elements, "", "", "a link"},
    {"CommentOn",         Content::Elements, "", "", "a link"},
    {"ErratumIn",         Content::Elements, "", "", "a link"},
    {"ErratumFor",        Content::Elements, "", "", "a link"},
    {"OriginalReportIn",  Content::Elements, "", "", "a link"},
    {"PartialRetractionIn", Content::Elements, "", "", "a link"},
    {"PartialRetractionOf", Content::Elements, "", "", "a link"},
    {"RepublishedFrom",   Content::Elements, "", "", "a link"},
    {"RepublishedIn",     Content::Elements, "", "", "a link"},
    {"RetractionIn",      Content::Elements, "", "", "a link"},
    {"RetractionOf",      Content::Elements, "", "", "a link"},
    {"SummaryForPatientsIn", Content::Elements, "", "", "a link"},
    {"UpdateIn",          Content::Elements, "", "", "a link"},
    {"UpdateOf",          Content::Elements, "", "", "a link"},
    {"NameID",            Content::Text, "Source", "", "of a name"},
    {"ProviderId",        Content::Text, "", "", "verbatim"},
    {"SubHeading",        Content::Text, "MajorTopicYN", "", "a heading's qualifier"},
};
// clang-format on

/// Elements of older DTDs that are links: called as their RefType is today.
inline constexpr std::string_view kOldLinks =
    "CommentIn CommentOn ErratumIn ErratumFor OriginalReportIn PartialRetractionIn PartialRetractionOf RepublishedFrom RepublishedIn RetractionIn "
    "RetractionOf SummaryForPatientsIn UpdateIn UpdateOf";

/// The first of those of older DTDs.
inline constexpr std::string_view kFirstOfOlderDtds = "MedlineCitationSet";

/// An element's name as an index of kElements.
using NameId = std::uint8_t;
static_assert(std::size(kElements) < 255);
inline constexpr NameId kUnknownName = 255;

constexpr NameId find_name(std::string_view name) {
  for (std::size_t at = 0; at < std::size(kElements); ++at)
    if (kElements[at].name == name) return static_cast<NameId>(at);
  return kUnknownName;
}

/// The index of an element that has a row; anything else does not compile.
consteval NameId name_id(std::string_view name) {
  const NameId id = find_name(name);
  if (id == kUnknownName) throw "no such element";
  return id;
}

constexpr bool is_of_older_dtd(NameId name) { return name != kUnknownName && name >= name_id(kFirstOfOlderDtds); }

}  // namespace bibmill::pubmed

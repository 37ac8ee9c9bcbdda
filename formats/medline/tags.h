// MEDLINE's tags: which field each one carries, and how; which publication types are types of works.
//
// The order is that in which PubMed writes a record. A key is a tag, and behind a blank what tells its values apart where one tag serves several fields
// ("AID [doi]"). NLM's list: https://www.nlm.nih.gov/bsd/mms/medlineelements.html and https://pubmed.ncbi.nlm.nih.gov/help/#pubmed-format
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

#include "bibmill/mapping.h"
#include "bibmill/tagged/lines.h"

namespace bibmill::medline {

/// How a value is spelled under its tag.
enum class Codec : std::uint8_t {
  Text,           // as it stands; again where the work has several
  Rich,           // running text, without markup
  Title,          // running text that NLM ends with a dot
  Identifier,     // of the scheme that `detail` names
  Located,        // "10.1000/x [doi]", "S0092 [pii]", an address
  Serial,         // "1097-4172 (Electronic)"
  Date,           // "2001 Jul-Aug"
  Stamp,          // "20060220"
  Pages,          // "1194-205"
  ArticleNumber,  // "pii: e1392" among the pages
  Term,           // one term a line
  Heading,        // "*Kidney Diseases/diagnosis/*epidemiology"
  Substance,      // "EC 2.7.10.1 (Receptor, ErbB-2)"
  Grant,          // "R01 CA123456/CA/NCI NIH HHS/United States"
  DataBank,       // "GENBANK/L99001"
  Link,           // "Cell. 2000 Jan;100(1):1. PMID: 10600000"; `detail` is NLM's RefType
  Keyword,        // one keyword a line, a star before main topics
  KeywordOwner,   // of the keywords that follow
  Event,          // "2006/01/10 09:00 [pubmed]"
  StatedEvent,    // "2006/01/10 09:00"; `detail` is the event
  StatedDay,      // the same without a time of day
  Note,           // "NASA: a note"
  Abstract,       // "BACKGROUND: … METHODS: …"
  OtherAbstract,  // "Publisher: …"
  Copyright,      // of the abstract before it
  Language,       // of the other abstract before it
  FullName,       // "García-Pérez, José M Jr"
  IndexedName,    // "García-Pérez JM Jr"
  Body,           // "ACME Study Group", among the persons
  NameId,         // "ORCID: 0000-0002-1825-0097"
  Affiliation,    // of the name before it
  Citation,       // the whole citation, which may hold a DOI
};

/// A row: a Mapping, and what tells apart rows of one codec.
struct Tag {
  std::string_view key;
  Field field{};
  Codec codec{};
  std::string_view detail = {};
  Way way = Way::Both;
  TypeSet types = kEveryType;
  Fidelity fidelity = Fidelity::Exact;
  std::string_view note = {};

  /// The tag alone.
  constexpr std::string_view tag() const { return key.substr(0, key.find(' ')); }
};

/// Works that appear in journals, and parts of books.
inline constexpr TypeSet kInJournal = Type::ArticleJournal | Type::ArticleMagazine | Type::ArticleNewspaper | Type::Article |
                                      Type::Periodical | Type::Review | Type::ReviewBook;
inline constexpr TypeSet kNotInJournal = kEveryType - kInJournal;
inline constexpr TypeSet kBook = Type::Book;
/// What is no book and no part of one.
inline constexpr TypeSet kArticleLike = kEveryType - (Type::Book | Type::Chapter);

// clang-format off
inline constexpr Tag kTags[] = {
    // the database record
    {"PMID", Field::Pmid,             Codec::Identifier, "pmid", Way::Both, kEveryType, Fidelity::Narrowed},
    {"UI",   Field::Identifier,       Codec::Identifier, "medline", Way::Part, kEveryType, Fidelity::Exact, "MEDLINE's identifier before PMIDs"},
    {"OWN",  Field::RecordOwner,      Codec::Text},
    {"STAT", Field::RecordStatus,     Codec::Text},
    {"DA",   Field::DateCreated,      Codec::Stamp, "", Way::Both, kEveryType, Fidelity::Narrowed, "retired 2013"},
    {"DCOM", Field::DateCompleted,    Codec::Stamp, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"LR",   Field::DateRevised,      Codec::Stamp, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"DRDT", Field::LastRevision,     Codec::Stamp, "", Way::Both, kEveryType, Fidelity::Narrowed, "of books"},
    {"CTDT", Field::ContributionDate, Codec::Stamp, "", Way::Both, kEveryType, Fidelity::Narrowed, "of books"},
    {"PUBM", Field::PublicationModel, Codec::Text,  "", Way::Both, kEveryType, Fidelity::Exact, "retired"},

    // where it appeared
    {"IS",   Field::Issn,             Codec::Serial, "issn", Way::Both, kEveryType, Fidelity::Narrowed},
    {"ISSN", Field::Issn,             Codec::Serial, "issn", Way::Part, kEveryType, Fidelity::Narrowed, "ERIC"},
    {"IS [isbn]", Field::Isbn,        Codec::Serial, "isbn", Way::Part, kEveryType, Fidelity::Narrowed},
    {"ISSN [isbn]", Field::Isbn,      Codec::Serial, "isbn", Way::Part, kEveryType, Fidelity::Narrowed, "ERIC"},
    {"VI",   Field::Volume,           Codec::Text},
    {"IP",   Field::Issue,            Codec::Text},
    {"PB",   Field::Publisher,        Codec::Rich,  "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"CP",   Field::ChapterNumber,    Codec::Text},
    {"EN",   Field::Edition,          Codec::Rich,  "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"DP",   Field::Issued,           Codec::Date,  "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"TI",   Field::Title,            Codec::Title, "", Way::Both, kEveryType - kBook, Fidelity::Narrowed},
    {"TI",   Field::Title,            Codec::Title, "", Way::ReadOnly, kBook},
    {"TI",   Field::Subtitle,          Codec::Title, "", Way::WriteOnly, kEveryType - kBook, Fidelity::Narrowed, "behind the title and a colon"},
    {"TI",   Field::TitleAddon,        Codec::Title, "", Way::WriteOnly, kEveryType - kBook, Fidelity::Narrowed, "behind the title and a full stop"},
    {"VTI",  Field::VolumeTitle,      Codec::Rich,  "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"BTI",  Field::Title,            Codec::Title, "", Way::Both, kBook, Fidelity::Narrowed, "a whole book's title"},
    {"BTI",  Field::Subtitle,          Codec::Title, "", Way::WriteOnly, kBook, Fidelity::Narrowed, "behind the title and a colon"},
    {"BTI",  Field::TitleAddon,        Codec::Title, "", Way::WriteOnly, kBook, Fidelity::Narrowed, "behind the title and a full stop"},
    {"BTI",  Field::ContainerTitle,   Codec::Rich,  "", Way::Both, kNotInJournal - kBook, Fidelity::Narrowed},
    {"BTI",  Field::ContainerTitle,   Codec::Rich,  "", Way::ReadOnly, kInJournal},
    {"BTI",  Field::ContainerSubtitle, Codec::Rich, "", Way::WriteOnly, kNotInJournal - kBook, Fidelity::Narrowed, "behind the title and a colon"},
    {"BTI",  Field::ContainerTitleAddon, Codec::Rich, "", Way::WriteOnly, kNotInJournal - kBook, Fidelity::Narrowed, "behind the title and a full stop"},
    {"CTI",  Field::CollectionTitle,  Codec::Rich,  "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"PG",   Field::Page,             Codec::Pages, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"PG pii:", Field::ArticleNumber, Codec::ArticleNumber, "", Way::Both, kEveryType, Fidelity::Narrowed, "a reader takes \". doi:\" for the end of the number"},
    {"LID [doi]", Field::Doi,         Codec::Located, "doi", Way::Part, kEveryType, Fidelity::Exact, "what PubMed XML has as ELocationID"},
    {"LID",  Field::Identifier,       Codec::Located, "", Way::Part, kEveryType, Fidelity::Narrowed, "what PubMed XML has as ELocationID"},
    {"LID number", Field::ArticleNumber, Codec::Located, "", Way::Part},
    {"LID http", Field::Url,          Codec::Located, "url", Way::Both, kEveryType, Fidelity::Narrowed},
    {"URL",  Field::Url,              Codec::Text, "", Way::Part, kEveryType, Fidelity::Exact,
     "KoreaMed; written where LID would be read as something else, as the address of a DOI"},
    {"ISBN", Field::Isbn,             Codec::Serial, "isbn", Way::Both, kEveryType, Fidelity::Narrowed},

    // what it says, and who says it
    {"AB",   Field::Abstract,         Codec::Abstract, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"CI",   Field::Abstract,         Codec::Copyright, "", Way::Part},
    {"FED",  Field::Editor,           Codec::FullName, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"ED",   Field::Editor,           Codec::IndexedName, "", Way::Part},
    {"FAU",  Field::Author,           Codec::FullName, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"AU",   Field::Author,           Codec::IndexedName, "", Way::Part},
    {"AUID", Field::Author,           Codec::NameId, "", Way::Part, kEveryType, Fidelity::Exact, "of the author or editor before it"},
    {"AD",   Field::Author,           Codec::Affiliation, "", Way::Part, kEveryType, Fidelity::Exact,
     "of the author or editor before it; before the first author, of the first author (until 2014)"},
    {"CN",   Field::Author,           Codec::Body, "", Way::Part, kEveryType, Fidelity::Exact, "keeps its place among the authors"},
    {"LA",   Field::Language,         Codec::Text, "", Way::Both, kEveryType, Fidelity::Narrowed, "three letters, without a region"},
    {"SI",   Field::DataBank,         Codec::DataBank, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"GR",   Field::Grant,            Codec::Grant, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"PT",   Field::PublicationType,  Codec::Term, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"TT",   Field::OriginalTitle,    Codec::Title, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"DEP",  Field::AvailableDate,    Codec::Stamp, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"PL",   Field::PublisherPlace,   Codec::Rich, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"TA",   Field::ContainerTitleShort, Codec::Rich, "", Way::Both, kEveryType, Fidelity::Narrowed,
     "NLM's abbreviation, PubMed XML's MedlineTA and not its ISOAbbreviation; without JT the journal's title elsewhere"},
    {"JT",   Field::ContainerTitle,   Codec::Rich, "", Way::Both, kInJournal, Fidelity::Narrowed},
    {"JT",   Field::ContainerTitle,   Codec::Rich, "", Way::ReadOnly, kNotInJournal},
    {"JT",   Field::ContainerSubtitle, Codec::Rich, "", Way::WriteOnly, kInJournal, Fidelity::Narrowed, "behind the title and a colon"},
    {"JT",   Field::ContainerTitleAddon, Codec::Rich, "", Way::WriteOnly, kInJournal, Fidelity::Narrowed, "behind the title and a full stop"},
    {"JID",  Field::NlmId,            Codec::Identifier, "nlm", Way::Both, kEveryType, Fidelity::Narrowed},

    // what it is about
    {"RN",   Field::Substance,        Codec::Substance, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"SB",   Field::CitationSubset,   Codec::Term, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"CON",  Field::CommentsCorrections, Codec::Link, "CommentOn", Way::Both, kEveryType, Fidelity::Narrowed},
    {"CIN",  Field::CommentsCorrections, Codec::Link, "CommentIn", Way::Part},
    {"EIN",  Field::CommentsCorrections, Codec::Link, "ErratumIn", Way::Part},
    {"EFR",  Field::CommentsCorrections, Codec::Link, "ErratumFor", Way::Part},
    {"CRI",  Field::CommentsCorrections, Codec::Link, "CorrectedandRepublishedIn", Way::Part},
    {"CRF",  Field::CommentsCorrections, Codec::Link, "CorrectedandRepublishedFrom", Way::Part},
    {"DDIN", Field::CommentsCorrections, Codec::Link, "AssociatedDataset", Way::Part},
    {"DRIN", Field::CommentsCorrections, Codec::Link, "AssociatedPublication", Way::Part},
    {"ECI",  Field::CommentsCorrections, Codec::Link, "ExpressionOfConcernIn", Way::Part},
    {"ECF",  Field::CommentsCorrections, Codec::Link, "ExpressionOfConcernFor", Way::Part},
    {"ORI",  Field::CommentsCorrections, Codec::Link, "OriginalReportIn", Way::Part},
    {"PRIN", Field::CommentsCorrections, Codec::Link, "PartialRetractionIn", Way::Part},
    {"PROF", Field::CommentsCorrections, Codec::Link, "PartialRetractionOf", Way::Part},
    {"RPI",  Field::CommentsCorrections, Codec::Link, "RepublishedIn", Way::Part},
    {"RPF",  Field::CommentsCorrections, Codec::Link, "RepublishedFrom", Way::Part},
    {"RRI",  Field::CommentsCorrections, Codec::Link, "RetractedandRepublishedIn", Way::Part},
    {"RRF",  Field::CommentsCorrections, Codec::Link, "RetractedandRepublishedFrom", Way::Part},
    {"RIN",  Field::CommentsCorrections, Codec::Link, "RetractionIn", Way::Part},
    {"ROF",  Field::CommentsCorrections, Codec::Link, "RetractionOf", Way::Part},
    {"SPIN", Field::CommentsCorrections, Codec::Link, "SummaryForPatientsIn", Way::Part},
    {"UIN",  Field::CommentsCorrections, Codec::Link, "UpdateIn", Way::Part},
    {"UOF",  Field::CommentsCorrections, Codec::Link, "UpdateOf", Way::Part},
    {"GS",   Field::Gene,             Codec::Term, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"MH",   Field::Heading,          Codec::Heading, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"NM",   Field::SupplementaryConcept, Codec::Heading, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"RF",   Field::NumberOfReferences, Codec::Text},
    {"FPS",  Field::PersonalNameSubject, Codec::FullName, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"PS",   Field::PersonalNameSubject, Codec::IndexedName, "", Way::Part},
    {"OAB",  Field::OtherAbstract,    Codec::OtherAbstract, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"OABL", Field::OtherAbstract,    Codec::Language, "", Way::Part},
    {"OCI",  Field::OtherAbstract,    Codec::Copyright, "", Way::Part},
    {"FIR",  Field::Investigator,     Codec::FullName, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"IR",   Field::Investigator,     Codec::IndexedName, "", Way::Part},
    {"IRAD", Field::Investigator,     Codec::Affiliation, "", Way::Part, kEveryType, Fidelity::Exact, "of the investigator before it"},
    {"PMC",  Field::Pmcid,            Codec::Identifier, "pmcid", Way::Both, kEveryType, Fidelity::Narrowed},
    {"MID",  Field::Identifier,       Codec::Identifier, "mid", Way::Part, kEveryType, Fidelity::Exact, "manuscript identifier"},
    {"OID",  Field::Identifier,       Codec::Identifier, "", Way::Part, kEveryType, Fidelity::Exact, "of another database, named before it"},
    {"SFM",  Field::SpaceFlightMission, Codec::Term, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"OTO",  Field::Keyword,          Codec::KeywordOwner, "", Way::Part, kEveryType, Fidelity::Exact, "of the keywords that follow"},
    {"OT",   Field::Keyword,          Codec::Keyword, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"KW",   Field::Keyword,          Codec::Keyword, "", Way::Part},
    {"GN",   Field::GeneralNote,      Codec::Note, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"GN",   Field::Note,             Codec::Note, "", Way::WriteOnly, kEveryType, Fidelity::Narrowed, "of other formats; read back as a note of the database"},
    {"COIS", Field::ConflictOfInterest, Codec::Rich, "", Way::Both, kEveryType, Fidelity::Narrowed},

    // its history and its numbers
    {"EDAT", Field::History,          Codec::StatedEvent, "pubmed", Way::Part},
    {"MHDA", Field::History,          Codec::StatedEvent, "medline", Way::Part},
    {"PMCR", Field::History,          Codec::StatedDay, "pmc-release", Way::Part},
    {"CRDT", Field::History,          Codec::StatedEvent, "entrez", Way::Part},
    {"PHST", Field::History,          Codec::Event, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"AID [doi]", Field::Doi,         Codec::Located, "doi", Way::Both, kEveryType, Fidelity::Narrowed},
    {"AID",  Field::Identifier,       Codec::Located, "", Way::Both, kEveryType, Fidelity::Narrowed},
    {"PST",  Field::PublicationStatus, Codec::Text},
    {"SO",   Field::CitationText,     Codec::Citation},
};

/// Publication types that say what kind of work it is; every other leaves it an article in a journal. The first row that a record has decides, but for an
/// article of a journal (TypesSeen).
inline constexpr TypeMapping kTypes[] = {
    {"Preprint",                  Type::Article,          Way::Both, "beats all others"},
    {"Book Chapter",              Type::Chapter},
    {"Book",                      Type::Book},
    {"Newspaper Article",         Type::ArticleNewspaper},
    {"Academic Dissertation",     Type::Thesis},
    {"Dissertation, Academic",    Type::Thesis,           Way::ReadOnly},
    {"Dissertations, Academic",   Type::Thesis,           Way::ReadOnly},
    {"Unpublished Dissertation",  Type::Thesis,           Way::ReadOnly},
    {"Technical Report",          Type::Report},
    {"Dataset",                   Type::Dataset},
    {"Patent",                    Type::Patent},
    {"Legal Case",                Type::LegalCase},
    {"Legal Cases",               Type::LegalCase,        Way::ReadOnly},
    {"Legislation",               Type::Legislation},
    {"Video-Audio Media",         Type::MotionPicture},
    {"Journal Article",           Type::ArticleJournal,   Way::Both, "the default; in a record that names its journal it beats all others but Preprint"},
};
// clang-format on

/// What the publication types of a record make it. NLM gives an article in a journal further types for its form: every article of a journal of videos is
/// Video-Audio Media too, a descriptor of data is a Dataset.
class TypesSeen {
 public:
  constexpr void add(std::string_view publication_type) {
    for (std::size_t row = 0; row < std::size(kTypes); ++row) {
      if (kTypes[row].name != publication_type) continue;
      if (kTypes[row].type == Type::ArticleJournal)
        article_ = true;
      else if (row < best_)
        best_ = row;
    }
    any_ = true;
  }
  /// `in_journal`: the record names a journal.
  constexpr Type type(bool in_journal) const {
    if (best_ == std::size(kTypes)) return Type::ArticleJournal;
    return article_ && in_journal && kTypes[best_].type != Type::Article ? Type::ArticleJournal : kTypes[best_].type;
  }
  /// Is one of them said to be what the work is?
  constexpr bool decides() const { return article_ || best_ != std::size(kTypes); }
  constexpr bool any() const { return any_; }

 private:
  std::size_t best_ = std::size(kTypes);
  bool article_ = false;
  bool any_ = false;
};

inline constexpr std::size_t kTagCount = std::size(kTags);

/// The rows as the rest of bibmill knows them.
inline constexpr std::array<Mapping, kTagCount> kMappings = [] {
  std::array<Mapping, kTagCount> rows{};
  for (std::size_t at = 0; at < kTagCount; ++at) {
    const Tag& tag = kTags[at];
    rows[at] = Mapping{tag.key, tag.field, static_cast<std::uint8_t>(tag.codec), tag.types, tag.way, tag.fidelity, {}, tag.note};
  }
  return rows;
}();

static_assert(is_sound(std::span<const Mapping>(kMappings)));
static_assert(is_sound(std::span<const TypeMapping>(kTypes)));

/// The rows' tags as numbers.
inline constexpr std::array<std::uint64_t, kTagCount> kCodes = [] {
  std::array<std::uint64_t, kTagCount> codes{};
  for (std::size_t at = 0; at < kTagCount; ++at) codes[at] = tagged::code(kTags[at].tag());
  return codes;
}();

/// From a tag to its first row.
inline constexpr tagged::TagIndex<512> kTagIndex = [] {
  tagged::TagIndex<512> index;
  for (std::size_t at = 0; at < kTagCount; ++at) index.add(kCodes[at], at);
  return index;
}();

/// The row by which a tag of a work of this type is read; null for a tag that is none of MEDLINE's. Where one tag serves several fields, the
/// row is the one whose key is the tag alone, and its codec tells them apart.
constexpr const Tag* reading_row(std::uint64_t tag, Type type) {
  const std::size_t first = kTagIndex.find(tag);
  if (first == kTagIndex.kNone) return nullptr;
  for (std::size_t at = first; at < kTagCount; ++at)
    if (kCodes[at] == tag && kTags[at].way != Way::WriteOnly && kTags[at].types.has(type)) return &kTags[at];
  return nullptr;
}

/// Tags are one to four letters and digits in four columns; six blanks stand before what continues a value.
inline constexpr tagged::Grammar kGrammar{
    .shortest_tag = 2,
    .longest_tag = 4,
    .is_known = [](std::uint64_t tag) { return kTagIndex.find(tag) != kTagIndex.kNone; },
    .indent_continues = true,
    .after_blank = tagged::AfterBlank::Indented};

/// PubMed breaks lines at a blank before column 88, and the blank stays.
inline constexpr tagged::LineStyle kStyle{.tag_width = 4, .width = 87, .indent = 6, .keep_blank = true, .line_end = "\n"};

}  // namespace bibmill::medline

// CSL's variables and types: what each member of an item means, in CSL-JSON and in CSL-YAML alike.
//
// Rows that write the same member stand together. Where several fields of a record share one member (title and subtitle, note and addendum), the first row
// begins its text and each following row says by its codec how it is joined. Source: CSL 1.0.2, its specification and csl-data.json; what becomes of fields
// that CSL does not have is our choice, with the reason in `note`.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "bibmill/mapping.h"

namespace bibmill::csl {

/// How a value stands under its variable.
enum class Codec : std::uint8_t {
  Rich,       ///< text with markup
  Subtitle,   ///< behind a title: ": "
  Addon,      ///< behind a title, or a sentence behind others: ". "
  Listed,     ///< behind others: "; "
  OwnedNote,  ///< a note whose owner stays behind; joined as a sentence
  Plain,      ///< text without markup
  Number,     ///< text that others may write as a number
  Issue,      ///< a number; several are joined: "4, Spring"
  Part,       ///< a number; behind a volume: "3.2"
  Names,
  NamesAsText,  ///< bodies where CSL wants one text
  Date,
  Pages,
  Doi,
  Identifier,  ///< PMID, PMCID: one
  Issn,        ///< the first of print, electronic, linking
  Isbn,        ///< all, divided by blanks
  Arxiv,       ///< "arXiv:2101.00001"
  Keywords,
  Categories,  ///< keywords as a list of texts
  Headings,  ///< the descriptors, behind the keywords
  Abstract,
  Language,    ///< BCP 47
  Retraction,  ///< "retracted", of the links to other publications or of the publication types
};

constexpr std::uint8_t as(Codec codec) { return static_cast<std::uint8_t>(codec); }
constexpr Codec codec_of(const Mapping& row) { return static_cast<Codec>(row.codec); }

// clang-format off
inline constexpr auto kNarrowed = Fidelity::Narrowed;
inline constexpr auto kWrite = Way::WriteOnly;
inline constexpr auto kRead = Way::ReadOnly;
inline constexpr TypeSet kPeriodical = Type::ArticleJournal | Type::ArticleMagazine | Type::ArticleNewspaper | Type::Periodical | Type::Review | Type::ReviewBook;

/// What has article numbers where others have pages.
inline constexpr TypeSet kInPeriodical = Type::ArticleJournal | Type::ArticleMagazine | Type::ArticleNewspaper;

inline constexpr Mapping kVariables[] = {
    // key                        field                          codec                  types        way         fidelity       also, note
    {"title",                     Field::Title,                  as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"title",                     Field::Subtitle,               as(Codec::Subtitle),   kEveryType,  kWrite,     kNarrowed,     {}, "joined by \": \"; CSL has no subtitles"},
    {"title",                     Field::TitleAddon,             as(Codec::Addon),      kEveryType,  kWrite,     kNarrowed,     {}, "joined by \". \""},
    {"title-short",               Field::TitleShort,             as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed, "shortTitle short-title", "short-title: Crossref"},
    {"subtitle",                  Field::Subtitle,               as(Codec::Rich),       kEveryType,  kRead,      kNarrowed,     {}, "Crossref's, in a list"},
    {"original-title",            Field::OriginalTitle,          as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"reviewed-title",            Field::ReviewedTitle,          as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"container-title",           Field::ContainerTitle,         as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"container-title",           Field::ContainerSubtitle,      as(Codec::Subtitle),   kEveryType,  kWrite,     kNarrowed},
    {"container-title",           Field::ContainerTitleAddon,    as(Codec::Addon),      kEveryType,  kWrite,     kNarrowed},
    {"container-title",           Field::MainTitle,              as(Codec::Rich),       kEveryType,  kWrite,     kNarrowed,     {}, "the work in several volumes is the container, its volume the volume-title"},
    {"container-title",           Field::MainSubtitle,           as(Codec::Subtitle),   kEveryType,  kWrite,     kNarrowed},
    {"container-title",           Field::MainTitleAddon,         as(Codec::Addon),      kEveryType,  kWrite,     kNarrowed},
    {"container-title-short",     Field::ContainerTitleShort,    as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed, "journalAbbreviation short-container-title", "short-container-title: Crossref"},
    {"collection-title",          Field::CollectionTitle,        as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"volume-title",              Field::VolumeTitle,            as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"volume-title",              Field::IssueTitle,             as(Codec::Rich),       kPeriodical, kWrite,     kNarrowed,     {}, "CSL 1.0.2 uses it for special issues too"},
    {"volume-title",              Field::IssueSubtitle,          as(Codec::Subtitle),   kPeriodical, kWrite,     kNarrowed},
    {"volume-title",              Field::IssueTitleAddon,        as(Codec::Addon),      kPeriodical, kWrite,     kNarrowed},
    {"part-title",                Field::PartTitle,              as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"event-title",               Field::EventTitle,             as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed, "event", "\"event\" is CSL 1.0's name for it"},
    {"event-title",               Field::EventSubtitle,          as(Codec::Subtitle),   kEveryType,  kWrite,     kNarrowed},
    {"event-title",               Field::EventTitleAddon,        as(Codec::Addon),      kEveryType,  kWrite,     kNarrowed},

    {"author",                    Field::Author,                 as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"editor",                    Field::Editor,                 as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"translator",                Field::Translator,             as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"collection-editor",         Field::CollectionEditor,       as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"container-author",          Field::ContainerAuthor,        as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"original-author",           Field::OriginalAuthor,         as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"reviewed-author",           Field::ReviewedAuthor,         as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"editorial-director",        Field::EditorialDirector,      as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"editor-translator",         Field::EditorTranslator,       as(Codec::Names),      kEveryType,  kRead,      kNarrowed,     {}, "in CSL's specification, but not in its schema"},
    {"chair",                     Field::Chair,                  as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"compiler",                  Field::Compiler,               as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"composer",                  Field::Composer,               as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"contributor",               Field::Contributor,            as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"curator",                   Field::Curator,                as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"director",                  Field::Director,               as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"executive-producer",        Field::ExecutiveProducer,      as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"guest",                     Field::Guest,                  as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"host",                      Field::Host,                   as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"illustrator",               Field::Illustrator,            as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"interviewer",               Field::Interviewer,            as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"narrator",                  Field::Narrator,               as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"organizer",                 Field::Organizer,              as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"performer",                 Field::Performer,              as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"producer",                  Field::Producer,               as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"recipient",                 Field::Recipient,              as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"script-writer",             Field::ScriptWriter,           as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},
    {"series-creator",            Field::SeriesCreator,          as(Codec::Names),      kEveryType,  Way::Both,  kNarrowed},

    {"issued",                    Field::Issued,                 as(Codec::Date),       kEveryType,  Way::Both,  kNarrowed,     "published published-print published-online", "the others are Crossref's"},
    {"available-date",            Field::AvailableDate,          as(Codec::Date),       kEveryType,  Way::Both,  kNarrowed},
    {"submitted",                 Field::Submitted,              as(Codec::Date),       kEveryType,  Way::Both,  kNarrowed},
    {"original-date",             Field::OriginalDate,           as(Codec::Date),       kEveryType,  Way::Both,  kNarrowed},
    {"event-date",                Field::EventDate,              as(Codec::Date),       kEveryType,  Way::Both,  kNarrowed},
    {"accessed",                  Field::Accessed,               as(Codec::Date),       kEveryType,  Way::Both,  kNarrowed},

    {"volume",                    Field::Volume,                 as(Codec::Number),     kEveryType,  Way::Both,  kNarrowed,     {}, "with a part \"3.2\", unless it comes from CSL"},
    {"issue",                     Field::Issue,                  as(Codec::Issue),      kEveryType,  Way::Both,  kNarrowed,     {}, "several are joined by \", \""},
    {"part",                      Field::PartNumber,             as(Codec::Part),       kEveryType,  Way::Both,  kNarrowed,     "part-number", "the schema says part, the specification part-number"},
    {"supplement",                Field::SupplementNumber,       as(Codec::Number),     kEveryType,  Way::Both,  Fidelity::Exact, "supplement-number"},
    {"number",                    Field::Number,                 as(Codec::Number),     kEveryType - kInPeriodical, Way::Both, Fidelity::Exact, {}, "of a preprint, \"arXiv:…\" is read as its identifier"},
    {"number",                    Field::Number,                 as(Codec::Number),     kInPeriodical, kWrite,   kNarrowed,     {}, "which is read as the number of the article"},
    {"number",                    Field::ArticleNumber,          as(Codec::Number),     kEveryType,  kWrite,     kNarrowed,     {}, "CSL's place for it; in a periodical it is read so, too"},
    {"number",                    Field::Identifier,             as(Codec::Arxiv),      kEveryType,  kWrite,     kNarrowed,     {}, "of a preprint"},
    {"article-number",            Field::ArticleNumber,          as(Codec::Number),     kEveryType,  kRead,      kNarrowed,     {}, "Crossref's"},
    {"chapter-number",            Field::ChapterNumber,          as(Codec::Number),     kEveryType},
    {"collection-number",         Field::CollectionNumber,       as(Codec::Number),     kEveryType},
    {"printing",                  Field::PrintingNumber,         as(Codec::Number),     kEveryType,  Way::Both,  Fidelity::Exact, "printing-number"},
    {"page",                      Field::Page,                   as(Codec::Pages),      kEveryType,  Way::Both,  kNarrowed,     "page-first"},
    {"locator",                   Field::Locator,                as(Codec::Number),     kEveryType},
    {"section",                   Field::Section,                as(Codec::Plain),      kEveryType},
    {"edition",                   Field::Edition,                as(Codec::Number),     kEveryType,  Way::Both,  kNarrowed},
    {"version",                   Field::Version,                as(Codec::Plain),      kEveryType},
    {"number-of-pages",           Field::NumberOfPages,          as(Codec::Number),     kEveryType},
    {"number-of-volumes",         Field::NumberOfVolumes,        as(Codec::Number),     kEveryType},
    {"dimensions",                Field::Dimensions,             as(Codec::Plain),      kEveryType},
    {"scale",                     Field::Scale,                  as(Codec::Plain),      kEveryType},

    {"publisher",                 Field::Publisher,              as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed,     {}, "several are joined by \"; \""},
    {"publisher",                 Field::HowPublished,           as(Codec::Listed),     kEveryType,  kWrite,     kNarrowed},
    {"publisher",                 Field::Holder,                 as(Codec::NamesAsText), Type::Patent, kWrite,   kNarrowed,     {}, "who holds a patent stands where its publisher would"},
    {"publisher-place",           Field::PublisherPlace,         as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed,     "publisher-location", "several are joined by \"; \"; publisher-location: Crossref"},
    {"original-publisher",        Field::OriginalPublisher,      as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"original-publisher-place",  Field::OriginalPublisherPlace, as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"event-place",               Field::EventPlace,             as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"authority",                 Field::Authority,              as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"jurisdiction",              Field::Jurisdiction,           as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"division",                  Field::Division,               as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"archive",                   Field::Archive,                as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"archive_collection",        Field::ArchiveCollection,      as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"archive_location",          Field::ArchiveLocation,        as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"archive-place",             Field::ArchivePlace,           as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"call-number",               Field::CallNumber,             as(Codec::Plain),      kEveryType},
    {"source",                    Field::Source,                 as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},

    {"DOI",                       Field::Doi,                    as(Codec::Doi),        kEveryType,  Way::Both,  kNarrowed,     "doi", "pandoc writes doi, isbn, issn and url in lower case"},
    {"PMID",                      Field::Pmid,                   as(Codec::Identifier), kEveryType,  Way::Both,  kNarrowed,     "pmid"},
    {"PMCID",                     Field::Pmcid,                  as(Codec::Identifier), kEveryType,  Way::Both,  kNarrowed,     "pmcid"},
    {"ISSN",                      Field::Issn,                   as(Codec::Issn),       kEveryType,  Way::Both,  kNarrowed,     "issn"},
    {"ISBN",                      Field::Isbn,                   as(Codec::Isbn),       kEveryType,  Way::Both,  kNarrowed,     "isbn"},
    {"URL",                       Field::Url,                    as(Codec::Plain),      kEveryType,  Way::Both,  kNarrowed, "url"},

    {"abstract",                  Field::Abstract,               as(Codec::Abstract),   kEveryType,  Way::Both,  kNarrowed,     {}, "sections as \"LABEL: text\", a line each"},
    {"keyword",                   Field::Keyword,                as(Codec::Keywords),   kEveryType,  Way::Both,  kNarrowed,     {}, "joined by \", \", or \"; \" where a keyword holds a comma"},
    {"categories",                Field::Keyword,                as(Codec::Categories), kEveryType,  kRead,      kNarrowed,     "subject", "a list; other formats' keywords are written under keyword; subject: Crossref"},
    {"keyword",                   Field::Heading,                as(Codec::Headings),   kEveryType,  kWrite,     kNarrowed,     {}, "descriptors behind the authors' keywords, once each"},
    {"genre",                     Field::Genre,                  as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"reviewed-genre",            Field::ReviewedGenre,          as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"medium",                    Field::Medium,                 as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"status",                    Field::Status,                 as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"status",                    Field::CommentsCorrections,    as(Codec::Retraction), kEveryType,  kWrite,     kNarrowed,     {}, "a retraction and an expression of concern are shown"},
    {"status",                    Field::PublicationType,        as(Codec::Retraction), kEveryType,  kWrite,     kNarrowed,     {}, "that the work was retracted"},
    {"language",                  Field::Language,               as(Codec::Language),   kEveryType,  Way::Both,  kNarrowed,     {}, "BCP 47; the first of several"},
    {"references",                Field::References,             as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"note",                      Field::Note,                   as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"note",                      Field::Addendum,               as(Codec::Addon),      kEveryType,  kWrite,     kNarrowed},
    {"note",                      Field::GeneralNote,            as(Codec::OwnedNote),  kEveryType,  kWrite,     kNarrowed},
    {"annote",                    Field::Annote,                 as(Codec::Rich),       kEveryType,  Way::Both,  kNarrowed},
    {"citation-key",              Field::CitationKeyAlias,       as(Codec::Plain),      kEveryType},
    {"citation-label",            Field::CitationLabel,          as(Codec::Plain),      kEveryType},
    {"citation-number",           Field::CitationNumber,         as(Codec::Number),     kEveryType},
    {"year-suffix",               Field::YearSuffix,             as(Codec::Plain),      kEveryType},
};
// clang-format on

static_assert(is_sound(kVariables));

/// CSL's types are the record's.
inline constexpr TypeMapping kItemTypes[] = {
#define BIBMILL_TYPE(enumerator, name, meaning) {name, Type::enumerator},
#include "bibmill/types.def"
#undef BIBMILL_TYPE
};

static_assert(is_sound(kItemTypes));

/// Members of an item that are no fields: the key, the type, and the place for what CSL has no variable for.
inline constexpr std::string_view kId = "id";
inline constexpr std::string_view kType = "type";
inline constexpr std::string_view kCustom = "custom";

/// Names that are read, but that csl-data.json of CSL 1.0.2 does not list.
inline constexpr std::string_view kBeyondTheSchema[] = {"editor-translator", "part-number", "supplement-number", "printing-number", "doi",
                                                        "pmid",              "pmcid",       "issn",              "isbn",            "url",
                                                        // Crossref's
                                                        "short-title", "short-container-title", "subtitle", "published", "published-print", "published-online",
                                                        "article-number", "publisher-location", "subject"};

/// Variables that the schema lists and that say nothing about the work: kept as they are.
inline constexpr std::string_view kOfTheProcessor[] = {"first-reference-note-number", "volume-title-short"};

/// A member's name that the table knows.
struct MemberName {
  const Mapping* row = nullptr;  ///< the row that reads it; null: no name of a variable
  std::string_view text;         ///< the name, as a literal
  std::uint8_t number = 0;       ///< its own, below kMostNames, among all names of all rows

  std::size_t row_number() const { return static_cast<std::size_t>(row - kVariables); }
};

inline constexpr std::size_t kMostNames = 160;

MemberName member_name(std::string_view key);

/// May an item that is valid under the schema have a member of that name?
bool is_in_schema(std::string_view key);

/// The row that reads a member, or null.
inline const Mapping* reading_row(std::string_view key) { return member_name(key).row; }

}  // namespace bibmill::csl

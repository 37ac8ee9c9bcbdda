// BibTeX's and biblatex's fields and entry types, and what each means in a record.
//
// Two data models over one syntax. Most rows are the same in both; where a key differs (`journal`, `journaltitle`), each dialect writes its own and reads both, so
// that the reader needs to know no dialect. What an entry type may hold is biblatex's data model 3.19: a field that biber would call invalid for the type is
// read and never written. Sources: "BibTeXing" (Patashnik, 1988), the biblatex manual 3.19, section 2, and the exporters named in notes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "bibmill/mapping.h"

namespace bibmill::bibtex {

/// How the value of a key is spelled.
enum class Codec : std::uint8_t {
  Title,         ///< LaTeX; inner braces protect case, and capitals are braced on writing
  Rich,          ///< LaTeX
  Journal,       ///< LaTeX, or a command that names a journal: \apj
  Plain,         ///< LaTeX whose markup counts for nothing: a volume, a number
  Literals,      ///< biblatex's lists of literals, "Köln and Wien"; in classic BibTeX one text
  Verbatim,      ///< never decoded: sort keys, options
  Keys,          ///< citation keys, divided by commas
  Url,
  File,          ///< JabRef's and Zotero's lists "description:path:type"
  Names,
  Role,          ///< names whose role stands in a second field: editor with editortype, editora with editoratype
  RoleName,      ///< that second field
  NameNote,      ///< author+an:orcid, an annotation of single names
  UsePrefix,     ///< options = {useprefix=true}
  Date,          ///< EDTF, ISO 8601-2
  Year,
  Month,
  Day,
  Pages,
  Doi,
  Serial,        ///< ISSN, ISBN
  Identifier,    ///< pmid, pmcid
  Eprint,
  EprintType,
  EprintClass,
  Issue,         ///< biblatex's issue beside number
  Keywords,
  Headings,      ///< subject headings as keywords
  Abstract,
  Language,      ///< as written
  LangId,        ///< babel's names
  PubState,
  Genre,         ///< `type`: words, or one of biblatex's keys such as phdthesis
  Countries,     ///< a list of literals, of which each may be one of biblatex's keys such as countryfr
  Series,        ///< a title, or one of biblatex's keys such as newseries
  HowPublished,  ///< words, the publisher of a misc, or \url{…}
  Edition,       ///< biblatex has a number for "2nd"
  OwnedNote,     ///< a database's note
  Retraction,    ///< "Retracted in: …" of comments and corrections, or of publication types
};

// -------------------------------------------------------------------------------------------------------- sets of types

inline constexpr TypeSet kArticles = Type::ArticleJournal | Type::ArticleMagazine | Type::ArticleNewspaper | Type::Review | Type::ReviewBook;
inline constexpr TypeSet kBooks = Type::Book | Type::Classic;
inline constexpr TypeSet kInReference = Type::EntryDictionary | Type::EntryEncyclopedia;
inline constexpr TypeSet kInBooks = Type::Chapter | kInReference;
inline constexpr TypeSet kInProceedings = Type::PaperConference;
inline constexpr TypeSet kWeb = Type::Webpage | Type::Post | Type::PostWeblog;
inline constexpr TypeSet kOnline = kWeb | Type::Article;
inline constexpr TypeSet kPeriodicals = kArticles | Type::Periodical;
inline constexpr TypeSet kUnpublished = Type::Manuscript | Type::Speech;
inline constexpr TypeSet kLaw = Type::LegalCase | Type::Legislation | Type::Bill | Type::Regulation | Type::Treaty | Type::Hearing;
inline constexpr TypeSet kTheses = Type::Thesis;
inline constexpr TypeSet kReports = Type::Report;
/// What classic BibTeX has only @misc for.
inline constexpr TypeSet kMisc = kEveryType - (kArticles | kBooks | kInBooks | kInProceedings | kTheses | kReports | kUnpublished | Type::Pamphlet | Type::Patent);
/// biblatex's @misc, and the types that its data model treats like one.
inline constexpr TypeSet kLikeMisc = kMisc - (kOnline | Type::Dataset | Type::Periodical | Type::Patent);
/// Of these, what biblatex's data model lets be like one: law is written as @article, a standard as @manual.
inline constexpr TypeSet kWrittenAsMisc = kLikeMisc - (kLaw | Type::Standard);

inline constexpr TypeSet kNothing{};

// -------------------------------------------------------------------------------------------------------------- fields

/// A key, what it means, for which types it is read, and for which it is written.
struct Row {
  std::string_view key;
  Field field{};
  Codec codec{};
  TypeSet read = kEveryType;
  TypeSet write = kEveryType;
  Fidelity fidelity = Fidelity::Exact;
  std::string_view also = {};
  std::string_view note = {};
  bool part = false;
};

inline constexpr Fidelity kExact = Fidelity::Exact;
inline constexpr Fidelity kNarrowed = Fidelity::Narrowed;

// clang-format off

/// biblatex's rows. They are also what the reader reads by, since their read lists hold classic BibTeX's keys.
inline constexpr Row kBiblatexRows[] = {
    // who
    {"author", Field::Author, Codec::Names, kEveryType, kEveryType - Type::Periodical, kNarrowed},
    {"author+an:orcid", Field::Author, Codec::NameNote, kEveryType, kEveryType, kExact, {}, "an annotation of single names, as biblatex has it", true},
    {"options", Field::Author, Codec::UsePrefix, kEveryType, kEveryType, kExact, {}, "useprefix=true: the von of all names is kept in sorting and citing", true},
    {"bookauthor", Field::ContainerAuthor, Codec::Names, kEveryType, Type::Chapter, kNarrowed},
    {"editor", Field::Editor, Codec::Names, kEveryType, kEveryType - (kTheses | kReports | kUnpublished | Type::Patent), kNarrowed},
    {"editora", Field::Director, Codec::Role, kNothing, Type::MotionPicture | Type::Broadcast, kNarrowed, {}, "editor with editortype=director; editora, editorb, editorc where that is taken"},
    {"editora", Field::Compiler, Codec::Role, kNothing, kArticles | kBooks | kInBooks, kNarrowed, {}, "with editoratype"},
    {"editora", Field::Founder, Codec::Role, kNothing, kPeriodicals | kBooks | kInBooks, kNarrowed, {}, "with editoratype"},
    {"editora", Field::Continuator, Codec::Role, kNothing, kPeriodicals | kBooks | kInBooks, kNarrowed, {}, "with editoratype"},
    {"editora", Field::Redactor, Codec::Role, kNothing, kArticles | kBooks | kInBooks, kNarrowed, {}, "with editoratype"},
    {"editora", Field::Reviser, Codec::Role, kNothing, kArticles | kBooks | kInBooks, kNarrowed, {}, "with editoratype"},
    {"editora", Field::Collaborator, Codec::Role, kNothing, kArticles | kBooks | kInBooks, kNarrowed, {}, "with editoratype"},
    {"editortype", Field::Editor, Codec::RoleName, kEveryType, kEveryType, kExact, "editora editoratype editorb editorbtype editorc editorctype", "the role of the editors, who are then no editors", true},
    {"translator", Field::Translator, Codec::Names, kEveryType, kArticles | kBooks | kInBooks, kNarrowed},
    {"annotator", Field::Annotator, Codec::Names, kEveryType, kArticles | kBooks | kInBooks, kNarrowed},
    {"commentator", Field::Commentator, Codec::Names, kEveryType, kArticles | kBooks | kInBooks, kNarrowed},
    {"introduction", Field::Introduction, Codec::Names, kEveryType, kBooks | kInBooks, kNarrowed},
    {"foreword", Field::Foreword, Codec::Names, kEveryType, kBooks | kInBooks, kNarrowed},
    {"afterword", Field::Afterword, Codec::Names, kEveryType, kBooks | kInBooks, kNarrowed},
    {"holder", Field::Holder, Codec::Names, kEveryType, Type::Patent, kNarrowed, "assignee"},
    {"shortauthor", Field::ShortAuthor, Codec::Names, kEveryType, kEveryType, kNarrowed},
    {"shorteditor", Field::ShortEditor, Codec::Names, kEveryType, kEveryType, kNarrowed},

    // what it is called
    {"title", Field::VolumeTitle, Codec::Title, kNothing, kBooks, kNarrowed, {}, "the volume's; the work's title is then the main title"},
    {"title", Field::Title, Codec::Title, kEveryType, kEveryType, kNarrowed},
    {"subtitle", Field::Subtitle, Codec::Title, kEveryType, kEveryType, kNarrowed},
    {"titleaddon", Field::TitleAddon, Codec::Rich, kEveryType, kEveryType, kNarrowed},
    {"shorttitle", Field::TitleShort, Codec::Title, kEveryType, kEveryType, kNarrowed},
    {"origtitle", Field::OriginalTitle, Codec::Title, kEveryType, kEveryType, kNarrowed},
    {"journaltitle", Field::ContainerTitle, Codec::Journal, kArticles, kArticles, kNarrowed, "journal fjournal booktitle", "fjournal: MathSciNet, where journal beside it is the abbreviation"},
    {"booktitle", Field::VolumeTitle, Codec::Title, kNothing, kInBooks, kNarrowed, {}, "the volume's; the work's title is then the main title"},
    {"booktitle", Field::ContainerTitle, Codec::Title, kEveryType - (kArticles | kWeb), kInBooks | kInProceedings, kNarrowed, "journaltitle journal"},
    {"journaltitle", Field::ContainerTitle, Codec::Journal, kNothing, kLaw, kNarrowed, {}, "the reporter or code"},
    {"organization", Field::ContainerTitle, Codec::Rich, kWeb, kWeb, kNarrowed, "journaltitle journal booktitle", "the site of a page"},
    {"organization", Field::ContainerTitle, Codec::Rich, kNothing, Type::Article, kNarrowed, {}, "the server of a preprint; reads back as its publisher"},
    {"journalsubtitle", Field::ContainerSubtitle, Codec::Rich, kArticles, kArticles, kNarrowed, "booksubtitle"},
    {"booksubtitle", Field::ContainerSubtitle, Codec::Title, kEveryType - kArticles, kInBooks | kInProceedings, kNarrowed, "journalsubtitle"},
    {"journaltitleaddon", Field::ContainerTitleAddon, Codec::Rich, kArticles, kArticles, kNarrowed, "booktitleaddon"},
    {"booktitleaddon", Field::ContainerTitleAddon, Codec::Rich, kEveryType - kArticles, kInBooks | kInProceedings, kNarrowed, "journaltitleaddon"},
    {"shortjournal", Field::ContainerTitleShort, Codec::Rich, kEveryType, kEveryType, kNarrowed, "journal-iso abbrev_source_title", "journal-iso: Web of Science; abbrev_source_title: Scopus"},
    {"maintitle", Field::MainTitle, Codec::Title, kEveryType, kBooks | kInBooks | kInProceedings, kNarrowed},
    {"maintitle", Field::ContainerTitle, Codec::Title, kNothing, kBooks, kNarrowed, {}, "the work that a book is a volume of"},
    {"mainsubtitle", Field::MainSubtitle, Codec::Title, kEveryType, kBooks | kInBooks | kInProceedings, kNarrowed},
    {"maintitleaddon", Field::MainTitleAddon, Codec::Rich, kEveryType, kBooks | kInBooks | kInProceedings, kNarrowed},
    {"issuetitle", Field::IssueTitle, Codec::Title, kEveryType, kPeriodicals, kNarrowed},
    {"issuesubtitle", Field::IssueSubtitle, Codec::Title, kEveryType, kPeriodicals, kNarrowed},
    {"issuetitleaddon", Field::IssueTitleAddon, Codec::Rich, kEveryType, kPeriodicals, kNarrowed},
    {"eventtitle", Field::EventTitle, Codec::Rich, kEveryType, kInProceedings | kUnpublished, kNarrowed},
    {"eventtitleaddon", Field::EventTitleAddon, Codec::Rich, kEveryType, kInProceedings | kUnpublished, kNarrowed},
    {"series", Field::CollectionTitle, Codec::Series, kEveryType, kPeriodicals | kBooks | kInBooks | kInProceedings | Type::Dataset, kNarrowed},
    {"shortseries", Field::CollectionTitleShort, Codec::Rich, kEveryType, kEveryType, kNarrowed},

    // when
    {"date", Field::Issued, Codec::Date, kEveryType, kEveryType, kNarrowed, "year", "EDTF, level 1; `date` beats year and month"},
    {"month", Field::Issued, Codec::Month, kEveryType, kNothing, kExact, "day", "macro, English name, 1 to 12, \"5 May\"; else text", true},
    {"eventdate", Field::EventDate, Codec::Date, kEveryType, kInProceedings | kUnpublished, kNarrowed},
    {"origdate", Field::OriginalDate, Codec::Date, kEveryType, kEveryType, kNarrowed, "origyear"},
    {"urldate", Field::Accessed, Codec::Date, kEveryType, kEveryType, kNarrowed, "lastaccessed lastchecked urlyear", "lastaccessed: ACM; lastchecked: before urldate"},
    {"urlmonth", Field::Accessed, Codec::Month, kEveryType, kNothing, kExact, "urlday", "urlyear, urlmonth and urlday of older styles", true},

    // where in print
    {"volume", Field::Volume, Codec::Plain, kEveryType, kPeriodicals | kBooks | kInBooks | kInProceedings | kLaw},
    {"part", Field::PartNumber, Codec::Plain, kEveryType, kBooks | kInBooks | kInProceedings},
    {"number", Field::Issue, Codec::Plain, kPeriodicals | Type::Article, kPeriodicals, kExact, "issue", "issue beats number on writing"},
    {"number", Field::CollectionNumber, Codec::Plain, kBooks | kInBooks | kInProceedings, kBooks | kInBooks | kInProceedings},
    {"number", Field::Number, Codec::Plain, kEveryType - (kPeriodicals | Type::Article | kBooks | kInBooks | kInProceedings), kReports | kLaw | Type::Patent | Type::Dataset | Type::Standard, kExact, "isrn"},
    {"number", Field::Issue, Codec::Plain, kNothing, kInProceedings, kNarrowed, {}, "an issue reads back as the number of the series"},
    {"number", Field::Number, Codec::Plain, kNothing, kPeriodicals, kNarrowed, {}, "a number reads back as the issue"},
    {"eid", Field::ArticleNumber, Codec::Plain, kEveryType, kArticles | kBooks | kInBooks | kInProceedings | kReports | kTheses | Type::Pamphlet, kExact, "articleno article-number art_number", "articleno: ACM; article-number: Web of Science; art_number: Scopus"},
    {"pages", Field::Page, Codec::Pages, kEveryType, kArticles | kBooks | kInBooks | kInProceedings | kReports | kTheses | kLaw | Type::Pamphlet, kNarrowed},
    {"pagetotal", Field::NumberOfPages, Codec::Plain, kEveryType, kBooks | kReports | kTheses | Type::Pamphlet, kExact, "numpages page_count", "numpages: ACM; page_count: Scopus"},
    {"volumes", Field::NumberOfVolumes, Codec::Plain, kEveryType, kBooks | kInBooks | kInProceedings},
    {"chapter", Field::ChapterNumber, Codec::Plain, kEveryType, kBooks | kInBooks | kInProceedings | kReports | kTheses | Type::Pamphlet},
    {"edition", Field::Edition, Codec::Edition, kEveryType, kBooks | kInBooks | Type::Dataset, kNarrowed},
    {"version", Field::Version, Codec::Plain, kEveryType, kArticles | kReports | kOnline | kLikeMisc | Type::Dataset | Type::Patent},

    // who published it
    {"publisher", Field::Publisher, Codec::Literals, kEveryType - (kTheses | kReports | kWeb | kLikeMisc), kBooks | kInBooks | kInProceedings | Type::Dataset, kNarrowed, "organization institution school"},
    {"institution", Field::Publisher, Codec::Literals, kTheses | kReports, kTheses | kReports, kNarrowed, "school publisher organization"},
    {"organization", Field::Publisher, Codec::Literals, kLikeMisc, kWrittenAsMisc | Type::Standard, kNarrowed, "publisher institution school", "@misc knows no publisher"},
    {"publisher", Field::Publisher, Codec::Literals, kWeb, kNothing, kNarrowed, "institution school"},
    {"organization", Field::Publisher, Codec::Literals, kNothing, kOnline, kNarrowed, {}, "reads back as the site of the page"},
    {"holder", Field::Publisher, Codec::Literals, kNothing, Type::Patent, kNarrowed, {}, "reads back as a name"},
    {"howpublished", Field::Publisher, Codec::Literals, kNothing, Type::Pamphlet, kNarrowed},
    {"location", Field::PublisherPlace, Codec::Literals, kEveryType - Type::Patent, kEveryType - (kPeriodicals | kLaw | kOnline | Type::Patent), kNarrowed, "address city"},
    {"location", Field::Jurisdiction, Codec::Countries, Type::Patent, Type::Patent, kNarrowed, "nationality"},
    {"venue", Field::EventPlace, Codec::Rich, kEveryType, kInProceedings | kUnpublished, kNarrowed},
    {"origpublisher", Field::OriginalPublisher, Codec::Literals, kEveryType, kEveryType, kNarrowed},
    {"origlocation", Field::OriginalPublisherPlace, Codec::Literals, kEveryType, kEveryType, kNarrowed},
    {"howpublished", Field::HowPublished, Codec::HowPublished, kEveryType, kWrittenAsMisc | kUnpublished | Type::Pamphlet, kNarrowed, {}, "\\url{…} is the address"},
    {"reportnumber", Field::Number, Codec::Plain, kReports | kTheses | kLikeMisc, kNothing, kExact, {}, "INSPIRE's; an article's says where a preprint of it stood"},
    {"library", Field::CallNumber, Codec::Plain},

    // identifiers
    {"doi", Field::Doi, Codec::Doi, kEveryType, kEveryType, kNarrowed, {}, "one"},
    {"issn", Field::Issn, Codec::Serial, kEveryType, kPeriodicals, kNarrowed, {}, "one: print, electronic or linking"},
    {"eissn", Field::Issn, Codec::Serial, kEveryType, kNothing, kNarrowed, {}, "the electronic edition's; Web of Science and others"},
    {"isbn", Field::Isbn, Codec::Serial, kEveryType, kBooks | kInBooks | kInProceedings, kNarrowed, {}, "divided by blanks"},
    {"pmid", Field::Pmid, Codec::Identifier, kEveryType, kEveryType, kNarrowed, {}, "eprint with eprinttype=pubmed unless that is taken"},
    {"pmcid", Field::Pmcid, Codec::Identifier, kEveryType, kEveryType, kNarrowed},
    {"eprint", Field::Identifier, Codec::Eprint, kEveryType, kEveryType, kNarrowed, {}, "arXiv and other archives; eprinttype=pubmed is the PMID"},
    {"eprinttype", Field::Identifier, Codec::EprintType, kEveryType, kEveryType, kExact, "archiveprefix", {}, true},
    {"eprintclass", Field::Identifier, Codec::EprintClass, kEveryType, kEveryType, kExact, "primaryclass", {}, true},
    {"url", Field::Url, Codec::Url, kEveryType, kEveryType, kNarrowed, "", "one address; further ones stay behind"},
    {"file", Field::File, Codec::File, kEveryType, kEveryType, kNarrowed},

    // about it
    {"type", Field::Genre, Codec::Genre, kEveryType, kReports | kTheses | kWrittenAsMisc | Type::Standard | kUnpublished | Type::Pamphlet | Type::Dataset | Type::Patent, kNarrowed},
    {"pubstate", Field::Status, Codec::PubState, kEveryType, kEveryType, kNarrowed},
    {"langid", Field::Language, Codec::LangId, kEveryType, kEveryType, kNarrowed, "language hyphenation"},
    {"origlanguage", Field::OriginalLanguage, Codec::Language, kEveryType, kArticles | kBooks | kInBooks, kNarrowed},
    {"keywords", Field::Keyword, Codec::Keywords, kEveryType, kEveryType, kNarrowed},
    {"author_keywords", Field::Keyword, Codec::Keywords, kEveryType, kNothing, kNarrowed, "author-keywords", "Scopus, whose keywords are the index's"},
    {"keywords", Field::Heading, Codec::Headings, kNothing, kEveryType, kNarrowed, {}, "names of the descriptors, behind the keywords"},
    {"abstract", Field::Abstract, Codec::Abstract, kEveryType, kEveryType, kNarrowed, {}, "sections become \"LABEL: text\""},
    {"note", Field::Note, Codec::Rich, kEveryType, kEveryType, kNarrowed},
    {"note", Field::GeneralNote, Codec::OwnedNote, kNothing, kEveryType, kNarrowed, {}, "behind the note"},
    {"addendum", Field::Addendum, Codec::Rich, kEveryType, kEveryType, kNarrowed},
    {"addendum", Field::CommentsCorrections, Codec::Retraction, kNothing, kEveryType, kNarrowed, {}, "retractions and expressions of concern only"},
    {"addendum", Field::PublicationType, Codec::Retraction, kNothing, kEveryType, kNarrowed, {}, "that the work was retracted"},
    {"annotation", Field::Annote, Codec::Rich, kEveryType, kEveryType, kNarrowed, "annote"},

    // for citing
    {"label", Field::CitationLabel, Codec::Plain, kEveryType, kEveryType, kExact, "shorthand", "a shorthand would stand in the place of the whole citation"},
    {"sortkey", Field::SortKey, Codec::Plain, kEveryType, kEveryType, kExact, "key"},
    {"ids", Field::CitationKeyAlias, Codec::Keys, kEveryType, kEveryType, kNarrowed, {}, "not where it is the key itself, which biber refuses"},
    {"related", Field::Related, Codec::Keys},
};

/// Classic BibTeX's rows: the fields of its standard styles, and those that its users and exporters have agreed on since.
inline constexpr Row kBibtexRows[] = {
    {"author", Field::Author, Codec::Names, kEveryType, kEveryType, kNarrowed},
    {"author+an:orcid", Field::Author, Codec::NameNote, kEveryType, kNothing, kExact},
    {"options", Field::Author, Codec::UsePrefix, kEveryType, kNothing, kExact},
    {"editor", Field::Editor, Codec::Names, kEveryType, kEveryType, kNarrowed},
    {"editortype", Field::Editor, Codec::RoleName, kEveryType, kNothing, kExact, "editora editoratype editorb editorbtype editorc editorctype"},
    {"bookauthor", Field::ContainerAuthor, Codec::Names, kEveryType, kNothing},
    {"translator", Field::Translator, Codec::Names, kEveryType, kEveryType, kNarrowed, {}, "of no standard style, but agreed on"},
    {"annotator", Field::Annotator, Codec::Names, kEveryType, kNothing},
    {"commentator", Field::Commentator, Codec::Names, kEveryType, kNothing},
    {"introduction", Field::Introduction, Codec::Names, kEveryType, kNothing},
    {"foreword", Field::Foreword, Codec::Names, kEveryType, kNothing},
    {"afterword", Field::Afterword, Codec::Names, kEveryType, kNothing},
    {"assignee", Field::Holder, Codec::Names, kEveryType, Type::Patent, kNarrowed, "holder", "IEEEtran"},
    {"shortauthor", Field::ShortAuthor, Codec::Names, kEveryType, kNothing},
    {"shorteditor", Field::ShortEditor, Codec::Names, kEveryType, kNothing},

    {"title", Field::Title, Codec::Title, kEveryType, kEveryType, kNarrowed, {}, "title and subtitle as one"},
    {"title", Field::Subtitle, Codec::Title, kNothing, kEveryType, kNarrowed, {}, "behind the title and a colon"},
    {"title", Field::TitleAddon, Codec::Rich, kNothing, kEveryType, kNarrowed, {}, "behind the title and a full stop"},
    {"subtitle", Field::Subtitle, Codec::Title, kEveryType, kNothing},
    {"titleaddon", Field::TitleAddon, Codec::Rich, kEveryType, kNothing},
    {"shorttitle", Field::TitleShort, Codec::Title, kEveryType, kEveryType, kNarrowed},
    {"origtitle", Field::OriginalTitle, Codec::Title, kEveryType, kEveryType, kNarrowed},
    {"journal", Field::ContainerTitle, Codec::Journal, kArticles, kArticles, kNarrowed, "journaltitle fjournal booktitle", "fjournal: MathSciNet, where journal beside it is the abbreviation"},
    {"booktitle", Field::ContainerTitle, Codec::Title, kEveryType - (kArticles | kWeb), kEveryType - (kArticles | kWeb), kNarrowed, "journaltitle journal"},
    {"organization", Field::ContainerTitle, Codec::Rich, kWeb, kNothing, kNarrowed, "journaltitle journal booktitle"},
    {"journal", Field::ContainerSubtitle, Codec::Rich, kNothing, kArticles, kNarrowed, {}, "behind the journal and a colon"},
    {"booktitle", Field::ContainerSubtitle, Codec::Title, kNothing, kEveryType - (kArticles | kWeb), kNarrowed, {}, "behind the book's title and a colon"},
    {"journal", Field::ContainerTitleAddon, Codec::Rich, kNothing, kArticles, kNarrowed, {}, "behind the journal and a full stop"},
    {"booktitle", Field::ContainerTitleAddon, Codec::Rich, kNothing, kEveryType - (kArticles | kWeb), kNarrowed, {}, "behind the book's title and a full stop"},
    {"journalsubtitle", Field::ContainerSubtitle, Codec::Rich, kArticles, kNothing, kNarrowed, "booksubtitle"},
    {"booksubtitle", Field::ContainerSubtitle, Codec::Title, kEveryType - kArticles, kNothing, kNarrowed, "journalsubtitle"},
    {"journaltitleaddon", Field::ContainerTitleAddon, Codec::Rich, kArticles, kNothing, kNarrowed, "booktitleaddon"},
    {"booktitleaddon", Field::ContainerTitleAddon, Codec::Rich, kEveryType - kArticles, kNothing, kNarrowed, "journaltitleaddon"},
    {"shortjournal", Field::ContainerTitleShort, Codec::Rich, kEveryType, kEveryType, kNarrowed, "journal-iso abbrev_source_title"},
    {"maintitle", Field::MainTitle, Codec::Title, kEveryType, kNothing},
    {"mainsubtitle", Field::MainSubtitle, Codec::Title, kEveryType, kNothing},
    {"maintitleaddon", Field::MainTitleAddon, Codec::Rich, kEveryType, kNothing},
    {"issuetitle", Field::IssueTitle, Codec::Title, kEveryType, kNothing},
    {"issuesubtitle", Field::IssueSubtitle, Codec::Title, kEveryType, kNothing},
    {"issuetitleaddon", Field::IssueTitleAddon, Codec::Rich, kEveryType, kNothing},
    {"eventtitle", Field::EventTitle, Codec::Rich, kEveryType, kNothing},
    {"eventtitleaddon", Field::EventTitleAddon, Codec::Rich, kEveryType, kNothing},
    {"series", Field::CollectionTitle, Codec::Series, kEveryType, kEveryType, kNarrowed},
    {"series", Field::MainTitle, Codec::Rich, kNothing, kEveryType, kNarrowed, {}, "a work in several volumes, which BibTeX calls a series too, unless it stands in one"},
    {"series", Field::MainSubtitle, Codec::Rich, kNothing, kEveryType, kNarrowed, {}, "behind the title and a colon"},
    {"series", Field::MainTitleAddon, Codec::Rich, kNothing, kEveryType, kNarrowed, {}, "behind the title and a full stop"},
    {"shortseries", Field::CollectionTitleShort, Codec::Rich, kEveryType, kNothing},

    {"year", Field::Issued, Codec::Year, kEveryType, kEveryType, kNarrowed, "date", "`date` beats year and month; what year, month and day cannot say stands in `year` as EDTF"},
    {"month", Field::Issued, Codec::Month, kEveryType, kEveryType, kExact, {}, "macro, English name, 1 to 12, \"5 May\"; else text", true},
    {"day", Field::Issued, Codec::Day, kEveryType, kEveryType, kExact, {}, {}, true},
    {"eventdate", Field::EventDate, Codec::Date, kEveryType, kNothing},
    {"origdate", Field::OriginalDate, Codec::Date, kEveryType, kNothing, kNarrowed, "origyear"},
    {"urldate", Field::Accessed, Codec::Date, kEveryType, kEveryType, kNarrowed, "lastaccessed lastchecked urlyear", "lastaccessed: ACM; lastchecked: before urldate"},
    {"urlmonth", Field::Accessed, Codec::Month, kEveryType, kNothing, kExact, "urlday", "urlyear, urlmonth and urlday of older styles", true},

    {"volume", Field::Volume, Codec::Plain},
    {"part", Field::PartNumber, Codec::Plain, kEveryType, kNothing},
    {"number", Field::Issue, Codec::Plain, kPeriodicals | Type::Article, kArticles, kExact, "issue"},
    {"number", Field::Issue, Codec::Plain, kNothing, Type::Periodical | Type::Article, kNarrowed, {}, "@misc has no issues: it reads back as a number"},
    {"number", Field::CollectionNumber, Codec::Plain, kBooks | kInBooks | kInProceedings, kBooks | kInBooks | kInProceedings},
    {"number", Field::Number, Codec::Plain, kEveryType - (kPeriodicals | Type::Article | kBooks | kInBooks | kInProceedings), kEveryType - (kPeriodicals | Type::Article | kBooks | kInBooks | kInProceedings), kExact, "isrn"},
    {"number", Field::Issue, Codec::Plain, kNothing, kInProceedings, kNarrowed, {}, "an issue reads back as the number of the series"},
    {"number", Field::Number, Codec::Plain, kNothing, kPeriodicals | Type::Article, kNarrowed, {}, "a number reads back as the issue"},
    {"eid", Field::ArticleNumber, Codec::Plain, kEveryType, kEveryType, kExact, "articleno article-number art_number"},
    {"pages", Field::Page, Codec::Pages, kEveryType, kEveryType, kNarrowed},
    {"pagetotal", Field::NumberOfPages, Codec::Plain, kEveryType, kEveryType, kExact, "numpages page_count"},
    {"volumes", Field::NumberOfVolumes, Codec::Plain},
    {"chapter", Field::ChapterNumber, Codec::Plain},
    {"edition", Field::Edition, Codec::Rich, kEveryType, kEveryType, kNarrowed},
    {"version", Field::Version, Codec::Plain},

    {"publisher", Field::Publisher, Codec::Literals, kEveryType - (kTheses | kReports | kWeb | kLikeMisc), kEveryType - (kTheses | kReports | kMisc | Type::Pamphlet), kNarrowed, "organization institution school"},
    {"school", Field::Publisher, Codec::Literals, kTheses, kTheses, kNarrowed, "institution publisher organization"},
    {"institution", Field::Publisher, Codec::Literals, kReports, kReports, kNarrowed, "school publisher organization"},
    {"organization", Field::Publisher, Codec::Literals, kLikeMisc, kNothing, kNarrowed, "publisher institution school"},
    {"publisher", Field::Publisher, Codec::Literals, kWeb, kNothing, kNarrowed, "institution school"},
    {"howpublished", Field::Publisher, Codec::Literals, kNothing, kMisc | Type::Pamphlet, kNarrowed, {}, "@misc knows no publisher"},
    {"address", Field::PublisherPlace, Codec::Literals, kEveryType - Type::Patent, kEveryType - Type::Patent, kNarrowed, "location city"},
    {"nationality", Field::Jurisdiction, Codec::Countries, Type::Patent, Type::Patent, kNarrowed, "location"},
    {"venue", Field::EventPlace, Codec::Rich, kEveryType, kNothing},
    {"origpublisher", Field::OriginalPublisher, Codec::Literals, kEveryType, kNothing},
    {"origlocation", Field::OriginalPublisherPlace, Codec::Literals, kEveryType, kNothing},
    {"howpublished", Field::HowPublished, Codec::HowPublished, kEveryType, kEveryType, kNarrowed},
    {"reportnumber", Field::Number, Codec::Plain, kReports | kTheses | kLikeMisc, kNothing, kExact, {}, "INSPIRE's; an article's says where a preprint of it stood"},
    {"library", Field::CallNumber, Codec::Plain},

    {"doi", Field::Doi, Codec::Doi, kEveryType, kEveryType, kNarrowed, {}, "one"},
    {"issn", Field::Issn, Codec::Serial, kEveryType, kEveryType, kNarrowed, {}, "one: print, electronic or linking"},
    {"eissn", Field::Issn, Codec::Serial, kEveryType, kNothing, kNarrowed, {}, "the electronic edition's; Web of Science and others"},
    {"isbn", Field::Isbn, Codec::Serial, kEveryType, kEveryType, kNarrowed, {}, "divided by blanks"},
    {"pmid", Field::Pmid, Codec::Identifier, kEveryType, kEveryType, kNarrowed},
    {"pmcid", Field::Pmcid, Codec::Identifier, kEveryType, kEveryType, kNarrowed},
    {"eprint", Field::Identifier, Codec::Eprint, kEveryType, kEveryType, kNarrowed},
    {"archiveprefix", Field::Identifier, Codec::EprintType, kEveryType, kEveryType, kExact, "eprinttype", {}, true},
    {"primaryclass", Field::Identifier, Codec::EprintClass, kEveryType, kEveryType, kExact, "eprintclass", {}, true},
    {"url", Field::Url, Codec::Url, kEveryType, kEveryType, kNarrowed, "", "one address; further ones stay behind"},
    {"file", Field::File, Codec::File, kEveryType, kEveryType, kNarrowed},

    {"type", Field::Genre, Codec::Genre, kEveryType, kEveryType, kNarrowed},
    {"pubstate", Field::Status, Codec::PubState, kEveryType, kNothing},
    {"language", Field::Language, Codec::Language, kEveryType, kEveryType, kNarrowed, "langid hyphenation"},
    {"origlanguage", Field::OriginalLanguage, Codec::Language, kEveryType, kNothing},
    {"keywords", Field::Keyword, Codec::Keywords, kEveryType, kEveryType, kNarrowed},
    {"author_keywords", Field::Keyword, Codec::Keywords, kEveryType, kNothing, kNarrowed, "author-keywords", "Scopus, whose keywords are the index's"},
    {"keywords", Field::Heading, Codec::Headings, kNothing, kEveryType, kNarrowed, {}, "names of the descriptors, behind the keywords"},
    {"abstract", Field::Abstract, Codec::Abstract, kEveryType, kEveryType, kNarrowed, {}, "sections become \"LABEL: text\""},
    {"note", Field::Note, Codec::Rich, kEveryType, kEveryType, kNarrowed},
    {"note", Field::GeneralNote, Codec::OwnedNote, kNothing, kEveryType, kNarrowed, {}, "behind the note"},
    {"note", Field::Addendum, Codec::Rich, kNothing, kEveryType, kNarrowed, {}, "behind the note"},
    {"note", Field::CommentsCorrections, Codec::Retraction, kNothing, kEveryType, kNarrowed, {}, "retractions and expressions of concern only"},
    {"note", Field::PublicationType, Codec::Retraction, kNothing, kEveryType, kNarrowed, {}, "that the work was retracted"},
    {"addendum", Field::Addendum, Codec::Rich, kEveryType, kNothing},
    {"annote", Field::Annote, Codec::Rich, kEveryType, kEveryType, kNarrowed, "annotation"},

    {"shorthand", Field::CitationLabel, Codec::Plain, kEveryType, kNothing},
    {"key", Field::SortKey, Codec::Plain, kEveryType, kEveryType, kExact, "sortkey"},
    {"ids", Field::CitationKeyAlias, Codec::Keys, kEveryType, kNothing},
    {"related", Field::Related, Codec::Keys, kEveryType, kNothing},
};

// -------------------------------------------------------------------------------------------------------------- types

/// Classic BibTeX. Every type is read; of the rows for one type the first that may be is written.
inline constexpr TypeMapping kBibtexTypes[] = {
    {"article", Type::ArticleJournal},
    {"article", Type::ArticleMagazine, Way::WriteOnly}, {"article", Type::ArticleNewspaper, Way::WriteOnly},
    {"article", Type::Review, Way::WriteOnly}, {"article", Type::ReviewBook, Way::WriteOnly},
    {"book", Type::Book}, {"book", Type::Classic, Way::WriteOnly},
    {"manual", Type::Book, Way::ReadOnly}, {"proceedings", Type::Book, Way::ReadOnly},
    {"incollection", Type::Chapter, Way::Both, "with an editor; else inbook"}, {"inbook", Type::Chapter, Way::ReadOnly},
    {"incollection", Type::EntryDictionary, Way::WriteOnly}, {"incollection", Type::EntryEncyclopedia, Way::WriteOnly},
    {"inproceedings", Type::PaperConference}, {"conference", Type::PaperConference, Way::ReadOnly, "Scribe's name for it"},
    {"phdthesis", Type::Thesis, Way::Both, "mastersthesis where the genre says so"}, {"mastersthesis", Type::Thesis, Way::ReadOnly},
    {"techreport", Type::Report},
    {"unpublished", Type::Manuscript, Way::Both, "a speech where it has an event"}, {"unpublished", Type::Speech, Way::WriteOnly},
    {"booklet", Type::Pamphlet}, {"patent", Type::Patent, Way::Both, "of IEEEtran, as Zotero and JabRef write it"},
    {"misc", Type::Document, Way::Both, "a web page where it has an address and no DOI, a preprint where it has an eprint; what has no type of its own is written as @misc"},
};

/// biblatex 3.19. `entrysubtype`, where the type is written under a broader name, is CSL's name of the type.
inline constexpr TypeMapping kBiblatexTypes[] = {
    {"article", Type::ArticleJournal}, {"suppperiodical", Type::ArticleJournal, Way::ReadOnly},
    {"article", Type::ArticleMagazine, Way::WriteOnly, "entrysubtype=magazine"}, {"article", Type::ArticleNewspaper, Way::WriteOnly, "entrysubtype=newspaper"},
    {"newsarticle", Type::ArticleNewspaper, Way::ReadOnly},
    {"book", Type::Book}, {"mvbook", Type::Book, Way::ReadOnly}, {"collection", Type::Book, Way::ReadOnly}, {"mvcollection", Type::Book, Way::ReadOnly},
    {"reference", Type::Book, Way::ReadOnly}, {"mvreference", Type::Book, Way::ReadOnly}, {"proceedings", Type::Book, Way::ReadOnly},
    {"mvproceedings", Type::Book, Way::ReadOnly}, {"manual", Type::Book, Way::ReadOnly}, {"bookinbook", Type::Book, Way::ReadOnly},
    {"commentary", Type::Book, Way::ReadOnly}, {"book", Type::Classic, Way::WriteOnly, "entrysubtype=classic"},
    {"incollection", Type::Chapter, Way::Both, "with an editor; else inbook"}, {"inbook", Type::Chapter, Way::ReadOnly}, {"suppbook", Type::Chapter, Way::ReadOnly},
    {"suppcollection", Type::Chapter, Way::ReadOnly},
    {"inreference", Type::EntryEncyclopedia}, {"inreference", Type::EntryDictionary, Way::WriteOnly, "entrysubtype=entry-dictionary"},
    {"inproceedings", Type::PaperConference}, {"conference", Type::PaperConference, Way::ReadOnly},
    {"thesis", Type::Thesis, Way::Both, "`type` is the degree; phdthesis without one"}, {"phdthesis", Type::Thesis, Way::ReadOnly},
    {"mastersthesis", Type::Thesis, Way::ReadOnly},
    {"report", Type::Report}, {"techreport", Type::Report, Way::ReadOnly},
    {"dataset", Type::Dataset}, {"data", Type::Dataset, Way::ReadOnly},
    {"software", Type::Software}, {"softwareversion", Type::Software, Way::ReadOnly}, {"softwaremodule", Type::Software, Way::ReadOnly},
    {"codefragment", Type::Software, Way::ReadOnly},
    {"patent", Type::Patent},
    {"online", Type::Webpage}, {"electronic", Type::Webpage, Way::ReadOnly}, {"www", Type::Webpage, Way::ReadOnly},
    {"online", Type::Article, Way::WriteOnly, "a preprint, by its eprint"}, {"online", Type::Post, Way::WriteOnly, "entrysubtype=post"},
    {"online", Type::PostWeblog, Way::WriteOnly, "entrysubtype=post-weblog"},
    {"unpublished", Type::Manuscript, Way::Both, "a speech where it has an event"}, {"unpublished", Type::Speech, Way::WriteOnly},
    {"booklet", Type::Pamphlet}, {"periodical", Type::Periodical},
    // The data model names these types and gives them no field, so that biber calls each of their fields invalid: they are read, and written as the nearest type
    // that has their fields.
    {"standard", Type::Standard, Way::ReadOnly}, {"manual", Type::Standard, Way::WriteOnly, "entrysubtype=standard"},
    {"jurisdiction", Type::LegalCase, Way::ReadOnly}, {"article", Type::LegalCase, Way::WriteOnly, "entrysubtype=legal_case"},
    {"legislation", Type::Legislation, Way::ReadOnly}, {"article", Type::Legislation, Way::WriteOnly, "entrysubtype=legislation"},
    {"legal", Type::Treaty, Way::ReadOnly}, {"article", Type::Treaty, Way::WriteOnly, "entrysubtype=treaty"},
    {"article", Type::Bill, Way::WriteOnly, "entrysubtype=bill"}, {"article", Type::Regulation, Way::WriteOnly, "entrysubtype=regulation"},
    {"article", Type::Hearing, Way::WriteOnly, "entrysubtype=hearing"},
    {"review", Type::Review, Way::ReadOnly}, {"article", Type::Review, Way::WriteOnly, "entrysubtype=review"},
    {"article", Type::ReviewBook, Way::WriteOnly, "entrysubtype=review-book"},
    {"letter", Type::PersonalCommunication, Way::ReadOnly}, {"artwork", Type::Graphic, Way::ReadOnly}, {"image", Type::Figure, Way::ReadOnly},
    {"movie", Type::MotionPicture, Way::ReadOnly}, {"video", Type::MotionPicture, Way::ReadOnly}, {"audio", Type::Song, Way::ReadOnly},
    {"music", Type::Song, Way::ReadOnly}, {"performance", Type::Performance, Way::ReadOnly},
    {"misc", Type::Document, Way::Both, "types without a name of their own are @misc with entrysubtype"},
};

/// Types with an entrysubtype that are read beside those that are written.
struct Subtype {
  std::string_view name;
  Type type;
};
inline constexpr Subtype kSubtypes[] = {
    {"legislation", Type::Bill}, {"legal", Type::Regulation}, {"legal", Type::Hearing}, {"music", Type::MusicalScore}, {"review", Type::ReviewBook},
};

/// Types that biblatex knows and that say nothing of the kind of work: read without a warning.
inline constexpr std::string_view kTypesOfNoKind[] = {"set", "bibnote", "customa", "customb", "customc", "customd", "custome", "customf", "generic"};

/// Names of types that neither model has and whose meaning is plain: read as this, with a warning.
struct LooseType {
  std::string_view name;
  Type type;
};
inline constexpr LooseType kLooseTypes[] = {
    {"webpage", Type::Webpage}, {"website", Type::Webpage}, {"web", Type::Webpage}, {"url", Type::Webpage}, {"internet", Type::Webpage},
};

// ------------------------------------------------------------------------------------------------------------ profiles

/// What an importer or style calls a field.
struct ProfileKey {
  std::string_view profile;
  std::string_view key;
  std::string_view written;
};
inline constexpr ProfileKey kProfileKeys[] = {
    {"acm", "eid", "articleno"}, {"acm", "pagetotal", "numpages"}, {"acm", "urldate", "lastaccessed"},
};

/// What a style for classic BibTeX calls a type for which the standard styles have only @misc.
struct ProfileType {
  std::string_view profile;
  Type type;
  std::string_view name;
};
inline constexpr ProfileType kProfileTypes[] = {
    {"ieee", Type::Webpage, "electronic"}, {"ieee", Type::PostWeblog, "electronic"}, {"ieee", Type::Post, "electronic"}, {"ieee", Type::Standard, "standard"},
    {"ieee", Type::Periodical, "periodical"},
    {"acm", Type::Webpage, "online"}, {"acm", Type::PostWeblog, "online"}, {"acm", Type::Post, "online"}, {"acm", Type::Software, "software"},
    {"acm", Type::Dataset, "dataset"},
};

/// The types that Zotero's translator knows; it drops an entry of any other.
inline constexpr std::string_view kZoteroTypes =
    "article book booklet collection conference inbook incollection inproceedings manual mastersthesis misc mvbook online patent phdthesis proceedings report "
    "techreport thesis unpublished electronic";

// ------------------------------------------------------------------------------------------------------ tables of words

struct RoleWord {
  std::string_view word;  ///< of editortype and its like
  Field field;
};
inline constexpr RoleWord kRoles[] = {
    {"director", Field::Director}, {"compiler", Field::Compiler}, {"founder", Field::Founder}, {"continuator", Field::Continuator},
    {"redactor", Field::Redactor}, {"reviser", Field::Reviser}, {"collaborator", Field::Collaborator}, {"organizer", Field::Organizer},
};

/// A word that biblatex prints in the language of the document (manual 3.19, section 4.9.2), and its English text.
struct LocalWord {
  std::string_view key;
  std::string_view text;
};
/// Of `type`.
inline constexpr LocalWord kGenres[] = {
    {"phdthesis", "PhD thesis"}, {"mathesis", "Master's thesis"}, {"bathesis", "Bachelor's thesis"}, {"candthesis", "Candidate thesis"},
    {"techreport", "Technical report"}, {"resreport", "Research report"}, {"software", "Computer software"}, {"datacd", "Data CD"}, {"audiocd", "Audio CD"},
    {"patent", "Patent"}, {"patentde", "German patent"}, {"patenteu", "European patent"}, {"patentfr", "French patent"}, {"patentuk", "British patent"},
    {"patentus", "U.S. patent"}, {"patreq", "Patent request"}, {"patreqde", "German patent request"}, {"patreqeu", "European patent request"},
    {"patreqfr", "French patent request"}, {"patrequk", "British patent request"}, {"patrequs", "U.S. patent request"},
};

/// Of the `location` of a patent.
inline constexpr LocalWord kCountries[] = {
    {"countryde", "Germany"}, {"countryeu", "European Union"}, {"countryep", "European Union"}, {"countryfr", "France"}, {"countryuk", "United Kingdom"},
    {"countryus", "United States of America"},
};

/// Of `series`.
inline constexpr LocalWord kSeries[] = {{"newseries", "new series"}, {"oldseries", "old series"}};

/// Of `pubstate`.
inline constexpr LocalWord kStates[] = {
    {"inpress", "in press"}, {"inpreparation", "in preparation"}, {"submitted", "submitted"}, {"forthcoming", "forthcoming"}, {"prepublished", "prepublished"},
};

/// The key of the ISSN that says for itself that it is the electronic edition's.
inline constexpr std::string_view kElectronicIssn = "eissn";

/// Archives whose eprints make an entry without a journal a preprint.
inline constexpr std::string_view kPreprintArchives[] = {"arxiv", "biorxiv", "medrxiv"};
/// Schemes of identifiers that can stand in `eprint`; pii, sici and others cannot.
inline constexpr std::string_view kArchives[] = {"arxiv", "biorxiv", "medrxiv", "chemrxiv", "hdl", "jstor", "googlebooks", "hal", "ssrn", "eprint"};

// clang-format on

// ----------------------------------------------------------------------------------------------------- rows as mappings

constexpr TypeSet common(TypeSet a, TypeSet b) { return a - (a - b); }

/// One row may be three mappings: types that are read and written, only read, only written.
constexpr std::size_t count_mappings(std::span<const Row> rows) {
  std::size_t count = 0;
  for (const Row& row : rows)
    count += row.part ? 1U
                      : (common(row.read, row.write).empty() ? 0U : 1U) + ((row.read - row.write).empty() ? 0U : 1U) +
                            ((row.write - row.read).empty() ? 0U : 1U);
  return count;
}

template <std::size_t size>
constexpr std::array<Mapping, size> make_mappings(std::span<const Row> rows) {
  std::array<Mapping, size> mappings{};
  std::size_t at = 0;
  const auto add = [&](const Row& row, TypeSet types, Way way) {
    if (!types.empty()) mappings[at++] = Mapping{row.key, row.field, static_cast<std::uint8_t>(row.codec), types, way, row.fidelity, row.also, row.note};
  };
  for (const Row& row : rows) {
    if (row.part) {
      add(row, row.read, row.write.empty() ? Way::ReadOnly : Way::Part);
      continue;
    }
    add(row, common(row.read, row.write), Way::Both);
    add(row, row.read - row.write, Way::ReadOnly);
    add(row, row.write - row.read, Way::WriteOnly);
  }
  return mappings;
}

inline constexpr auto kBibtexFields = make_mappings<count_mappings(kBibtexRows)>(kBibtexRows);
inline constexpr auto kBiblatexFields = make_mappings<count_mappings(kBiblatexRows)>(kBiblatexRows);

static_assert(is_sound(kBibtexTypes));
static_assert(is_sound(kBiblatexTypes));

inline Codec codec_of(const Mapping& row) { return static_cast<Codec>(row.codec); }

}  // namespace bibmill::bibtex

// RIS's types and tags: what each one means for each kind of work. The tables that reader, writer, loss prediction and documentation share.
//
// A row's key is a tag, and behind a blank what tells its values apart where one tag serves several fields ("SN [issn]"); in `also` the mark follows without
// the blank. Rows are asked in order: each takes the first of its tags that is present, that no row before it has taken, and whose values its codec accepts.
// A further tag with an equal value repeats the field; any other value stays as it is, in its place.
//
// Sources: the RIS specifications of 2001 (refman.com, "RIS Format Specification") and 2011 (Direct Export Format), as Zotero and EndNote
// (its table "RefMan RIS Export") use them. Where they disagree, the note names the choice.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

#include "bibmill/mapping.h"
#include "bibmill/tagged/lines.h"

namespace bibmill::ris {

inline constexpr Str kId = "ris";

// --------------------------------------------------------------------------------------------------------------- types

// clang-format off
inline constexpr TypeMapping kTypes[] = {
    {"JOUR",    Type::ArticleJournal},
    {"ABST",    Type::ArticleJournal, Way::ReadOnly, "abstract"},
    {"EJOUR",   Type::ArticleJournal, Way::ReadOnly, "EndNote's electronic article"},
    {"JFULL",   Type::ArticleJournal, Way::ReadOnly, "a whole journal or issue"},
    {"INPR",    Type::ArticleJournal, Way::ReadOnly, "status: in press"},
    {"MGZN",    Type::ArticleMagazine},
    {"CTLG",    Type::ArticleMagazine, Way::ReadOnly, "catalogue"},
    {"NEWS",    Type::ArticleNewspaper},
    {"BOOK",    Type::Book},
    {"EBOOK",   Type::Book, Way::ReadOnly},
    {"EDBOOK",  Type::Book, Way::ReadOnly, "its authors are editors"},
    {"SER",     Type::Book, Way::ReadOnly, "serial: a book or monograph in a series"},
    {"CHAP",    Type::Chapter},
    {"ECHAP",   Type::Chapter, Way::ReadOnly},
    {"CONF",    Type::PaperConference},
    {"CPAPER",  Type::PaperConference, Way::ReadOnly},
    {"THES",    Type::Thesis},
    {"RPRT",    Type::Report},
    {"GOVDOC",  Type::Report, Way::ReadOnly},
    {"GRANT",   Type::Report, Way::ReadOnly},
    {"GRNT",    Type::Report, Way::ReadOnly},
    {"DATA",    Type::Dataset},
    {"DBASE",   Type::Dataset, Way::ReadOnly},
    {"AGGR",    Type::Dataset, Way::ReadOnly, "aggregated database"},
    {"COMP",    Type::Software},
    {"PAT",     Type::Patent},
    {"ELEC",    Type::Webpage},
    {"WEB",     Type::Webpage, Way::ReadOnly},
    {"BLOG",    Type::PostWeblog},
    {"ICOMM",   Type::PersonalCommunication, Way::ReadOnly, "internet communication"},
    {"ICOMM",   Type::Post, Way::WriteOnly},
    {"PCOMM",   Type::PersonalCommunication},
    {"PCOMM",   Type::Interview, Way::WriteOnly},
    {"INTV",    Type::Interview, Way::ReadOnly, "EndNote"},
    {"STAND",   Type::Standard},
    {"MANSCPT", Type::Manuscript},
    {"UNPB",    Type::Manuscript, Way::ReadOnly},
    {"UNPD",    Type::Manuscript, Way::ReadOnly},
    {"SLIDE",   Type::Speech},
    {"PAMP",    Type::Pamphlet},
    {"DICT",    Type::EntryDictionary},
    {"ENCYC",   Type::EntryEncyclopedia},
    {"CASE",    Type::LegalCase},
    {"STAT",    Type::Legislation},
    {"BILL",    Type::Bill},
    {"UNBILL",  Type::Bill, Way::ReadOnly, "unenacted"},
    {"LEGAL",   Type::Regulation, Way::Both, "EndNote: legal rule or regulation"},
    {"HEAR",    Type::Hearing},
    {"MAP",     Type::Map},
    {"ART",     Type::Graphic},
    {"FIGURE",  Type::Figure},
    {"CHART",   Type::Figure, Way::ReadOnly},
    {"MPCT",    Type::MotionPicture},
    {"VIDEO",   Type::MotionPicture, Way::ReadOnly},
    {"ADVS",    Type::MotionPicture, Way::ReadOnly, "audiovisual material"},
    {"MULTI",   Type::MotionPicture, Way::ReadOnly, "online multimedia"},
    {"FILM",    Type::MotionPicture, Way::ReadOnly},
    {"MPCT",    Type::Broadcast, Way::WriteOnly},
    {"PODC",    Type::Broadcast, Way::ReadOnly, "EndNote: a podcast"},
    {"SOUND",   Type::Song},
    {"MUSIC",   Type::MusicalScore, Way::Both, "EndNote: printed music"},
    {"CLSWK",   Type::Classic},
    {"ANCIENT", Type::Classic, Way::ReadOnly},
    {"GEN",     Type::Document},
    {"EQUA",    Type::Document, Way::ReadOnly, "equation"},
    {"PRESS",   Type::Document, Way::ReadOnly, "EndNote: press release"},
    {"JOUR",    Type::Article, Way::WriteOnly, "with M3 Preprint, which is read back so (bioRxiv writes it)"},
    {"JOUR",    Type::Review, Way::WriteOnly},
    {"JOUR",    Type::ReviewBook, Way::WriteOnly},
    {"JFULL",   Type::Periodical, Way::WriteOnly},
    {"GEN",     Type::Treaty, Way::WriteOnly},
    {"GEN",     Type::Performance, Way::WriteOnly},
    {"GEN",     Type::Event, Way::WriteOnly},
    {"GEN",     Type::Collection, Way::WriteOnly},
    {"GEN",     Type::Entry, Way::WriteOnly},
};
// clang-format on

static_assert(is_sound(std::span<const TypeMapping>(kTypes)));

/// JOUR with this in M3 is a preprint.
inline constexpr std::string_view kPreprint = "Preprint";
/// What INPR says beside its being an article.
inline constexpr std::string_view kInPress = "in press";

// Kinds of works that share the meaning of tags. A type that is written under another's name keeps company with it.
inline constexpr TypeSet kJournal = Type::ArticleJournal | Type::Article | Type::Review | Type::ReviewBook | Type::Periodical;
inline constexpr TypeSet kSerial = kJournal | Type::ArticleMagazine | Type::ArticleNewspaper;
inline constexpr TypeSet kConference = Type::PaperConference;
inline constexpr TypeSet kReference = Type::EntryDictionary | Type::EntryEncyclopedia;
inline constexpr TypeSet kFilm = Type::MotionPicture | Type::Broadcast;
inline constexpr TypeSet kLetter = Type::PersonalCommunication | Type::Interview;
inline constexpr TypeSet kGeneric =
    Type::Document | Type::Treaty | Type::Performance | Type::Event | Type::Collection | Type::Entry;
/// T2 is the series.
inline constexpr TypeSet kInSeries = Type::Book | Type::Report | Type::Software | Type::Map;
/// Parts of works that T2 names: not a container.
inline constexpr TypeSet kOfItsOwn = Type::Thesis | Type::Speech;
/// Laws before they are one: T3 is who makes them.
inline constexpr TypeSet kBeforeLaw = Type::Bill | Type::Hearing;
/// SN is a number that some authority gave.
inline constexpr TypeSet kNumbered = Type::Report | Type::Patent | Type::Standard | Type::Regulation;
/// OP is the history of a case or a law.
inline constexpr TypeSet kWithHistory = Type::LegalCase | Type::Legislation | Type::Bill | Type::Hearing;
/// Held somewhere: CY is the place.
inline constexpr TypeSet kHeld = kConference | Type::Speech;
/// M1 is a plain number.
inline constexpr TypeSet kCounted = kEveryType - kNumbered - kSerial - kConference - Type::Book - Type::Webpage - Type::LegalCase;
/// SP alone counts pages.
inline constexpr TypeSet kBound = Type::Book | Type::Thesis | Type::Pamphlet;
/// ET is a version.
inline constexpr TypeSet kVersioned = Type::Software | Type::Dataset;
/// A2 is an editor.
inline constexpr TypeSet kEditedByA2 = kJournal | kConference | kReference | Type::Chapter;
/// ED is an editor, and A2 is read so.
inline constexpr TypeSet kEditedLoosely = kGeneric | Type::ArticleMagazine | Type::ArticleNewspaper | Type::Dataset | Type::Webpage | Type::PostWeblog |
                                          Type::Post | Type::Software | Type::Map | Type::Manuscript | Type::Pamphlet | Type::Classic;

// --------------------------------------------------------------------------------------------------------------- codecs

/// How a value is spelled under its tag.
enum class Codec : std::uint8_t {
  Text,         // as it stands
  Rich,         // running text, without markup
  Url,          // as it stands, unless it is none; written one a line
  Names,        // "Family, Given, Suffix", one a line; without comma a body; "et al."
  NamesAsText,  // persons where a publisher stands
  Issued,       // DA, Y1 and PY together
  IssuedYear,   // the year of the date beside it
  Date,         // "2017/04/07/", with a year; behind it a time may stand
  Pages,        // the first page in one tag, the last in another; or all in one
  LastPage,     // of the pages beside it
  StartPage,    // a short text with a digit in it, since Zotero's Extra may stand there
  PageCount,    // SP without EP
  Keywords,     // one a line; read also divided by semicolons
  Headings,     // the descriptors, as keywords
  Abstract,     // sections as "LABEL: text"
  Doi,          // bare, or behind a resolver
  FirstDoi,     // where a DOI is expected: behind a proxy, or the first of several
  Pmid,         // AN of PubMed
  PmidInC2,     // five digits or more; EndNote puts the year of a conference there
  PmidOfEmbase, // C5, where Embase says that it has the record from MEDLINE
  PmidLabelled, // "PUBMED 123": the Cochrane Library's PM
  PmidMarked,   // "123[pmid]": NCBI's exporter
  Pmcid,        // "PMC123"
  PmcidMarked,  // "PMC123[pmcid]": NCBI's exporter
  Arxiv,        // AN of arXiv
  Issn,         // told by its shape
  Isbn,
  SureIssn,     // where a number is expected: only with its label
  SureIsbn,     // the same, or with thirteen digits that check
  EmbaseNumber, // "L373791783", where Embase wrote the record
  IsiLink,      // "<Go to ISI>://WOS:000298449100001": EndNote's way to say an accession number
  DoiInNote,    // the only DOI of a note, behind the label "doi"
  AgainThePlace, // what CY says, under another tag: Ovid's country
  Language,     // BCP 47
  File,         // L1 a PDF, L2 an HTML page, L4 anything else
  Issue,        // M1 of few characters, since databases put affiliations and references there
  State,        // "in press", where a year is expected
  Reviewed,     // names, where it is not the date of a conference
  Notice,       // "Retracted in: …", for the reader's eyes
};

/// Whether a codec takes some texts and leaves others to the rows behind it.
constexpr bool is_choosy(Codec codec) {
  switch (codec) {
    case Codec::Text:
    case Codec::Rich:
    case Codec::Names:
    case Codec::Abstract:
    case Codec::Language:
    case Codec::LastPage:
    case Codec::Issued:
    case Codec::IssuedYear:
    case Codec::Notice: return false;
    default: return true;
  }
}

constexpr Fidelity best_of(Codec codec) {
  switch (codec) {
    case Codec::Text:
    case Codec::LastPage:
    case Codec::IssuedYear:
    case Codec::Issue: return Fidelity::Exact;
    default: return Fidelity::Narrowed;
  }
}

// ---------------------------------------------------------------------------------------------------------------- rows

/// A row before it becomes a Mapping.
struct Row {
  std::string_view key;
  Field field{};
  Codec codec{};
  TypeSet types = kEveryType;
  Way way = Way::Both;
  std::string_view also = {};
  std::string_view note = {};
};

// In the order in which a record of another format is written.
// clang-format off
inline constexpr Row kRows[] = {
    // titles and names
    {"TI",          Field::Title,               Codec::Rich,     Type::Book | Type::Manuscript, Way::Both, "T1 CT BT", "2001: BT is the title of BOOK and UNPB"},
    {"TI",          Field::Title,               Codec::Rich,     kEveryType - Type::Book - Type::Manuscript, Way::Both, "T1 CT"},
    {"TI",          Field::Subtitle,            Codec::Rich,     kEveryType, Way::WriteOnly, "", "behind the title and a colon"},
    {"TI",          Field::TitleAddon,          Codec::Rich,     kEveryType, Way::WriteOnly, "", "behind the title and a full stop"},
    {"ST",          Field::TitleShort,          Codec::Rich},
    {"OP",          Field::References,          Codec::Rich,     kWithHistory, Way::Both, "", "EndNote, Zotero: the history"},
    {"OP [year]",   Field::OriginalDate,        Codec::Date,     kEveryType - kWithHistory - Type::Patent, Way::Both, "", "EndNote: original publication"},
    {"OP",          Field::OriginalTitle,       Codec::Rich,     kEveryType - kWithHistory - Type::Patent, Way::Both, "", "of a patent OP is the priority"},
    {"TT",          Field::TranslatedTitle,     Codec::Rich},
    {"AU",          Field::Author,              Codec::Names,    kEveryType - kFilm, Way::Both, "A1", "EDBOOK: its editors"},
    {"AU",          Field::Director,            Codec::Names,    kFilm, Way::Both, "A1"},
    {"AU",          Field::Author,              Codec::Names,    kFilm, Way::WriteOnly, "", "read back as directors"},
    {"A2",          Field::Editor,              Codec::Names,    kEditedByA2, Way::Both, "ED"},
    {"A3",          Field::Editor,              Codec::Names,    Type::Book, Way::Both, "ED", "EndNote, Zotero and citation-js agree: A2 is the series editor"},
    {"ED",          Field::Editor,              Codec::Names,    kEditedLoosely - kEditedByA2, Way::Both, "A2"},
    {"ED",          Field::Editor,              Codec::Names,    kEveryType - kEditedLoosely - kEditedByA2 - Type::Book},
    {"A2",          Field::CollectionEditor,    Codec::Names,    Type::Book | Type::Report},
    {"A3",          Field::CollectionEditor,    Codec::Names,    Type::Chapter | kConference},
    {"A2",          Field::Recipient,           Codec::Names,    Type::PersonalCommunication},
    {"A2",          Field::Interviewer,         Codec::Names,    Type::Interview},
    {"A2",          Field::Reporter,            Codec::Names,    Type::LegalCase},
    {"A3",          Field::Producer,            Codec::Names,    kFilm, Way::Both, "", "EndNote, Zotero"},
    {"A4",          Field::Performer,           Codec::Names,    kFilm, Way::Both, "C1", "EndNote: performers, and the cast in C1"},
    {"A2",          Field::Performer,           Codec::Names,    Type::Song, Way::Both, "", "Zotero"},
    {"A4",          Field::Translator,          Codec::Names,    kEveryType - kFilm},
    {"C2",          Field::ContainerAuthor,     Codec::Names,    Type::Chapter},
    {"C4",          Field::ReviewedAuthor,      Codec::Reviewed, kJournal | Type::Chapter},

    // where it appeared
    {"C2 [pmcid]",  Field::Pmcid,               Codec::Pmcid,    kJournal, Way::ReadOnly, "C7[pmcid] C3[pmcid]", "EndNote has it in C7 or C3"},
    {"JF",          Field::ContainerTitle,      Codec::Rich,     kSerial, Way::ReadOnly, "", "beside it T2 is something else: Ovid's original title"},
    {"T2",          Field::ContainerTitle,      Codec::Rich,     kSerial, Way::Both, "JO J1 JA BT J2 JI"},
    {"C3",          Field::ContainerTitle,      Codec::Rich,     kConference, Way::Both, "T2 BT JF JO"},
    {"T2",          Field::ContainerTitle,      Codec::Rich,     kEveryType - kSerial - kConference - kInSeries - kOfItsOwn - Type::Manuscript, Way::Both, "BT JF JO"},
    {"T2",          Field::ContainerTitle,      Codec::Rich,     Type::Manuscript, Way::Both, "JF JO"},
    {"C3",          Field::ContainerSubtitle,   Codec::Rich,     kConference, Way::WriteOnly, "", "behind the title and a colon"},
    {"C3",          Field::ContainerTitleAddon, Codec::Rich,     kConference, Way::WriteOnly, "", "behind the title and a full stop"},
    {"T2",          Field::ContainerSubtitle,   Codec::Rich,     kEveryType - kConference - kInSeries - kOfItsOwn, Way::WriteOnly, "", "behind the title and a colon"},
    {"T2",          Field::ContainerTitleAddon, Codec::Rich,     kEveryType - kConference - kInSeries - kOfItsOwn, Way::WriteOnly, "", "behind the title and a full stop"},
    {"T2 [event]",  Field::EventTitle,          Codec::Rich,     kConference, Way::Both, "CP", "T2 beside C3; Web of Science: CP"},
    {"T2 [event]",  Field::EventTitle,          Codec::Rich,     Type::Speech, Way::Both, "", "Zotero: the meeting of a presentation"},
    {"T2",          Field::Division,            Codec::Rich,     Type::Thesis, Way::Both, "", "EndNote: the academic department"},
    {"T2 [event]",  Field::EventSubtitle,       Codec::Rich,     kConference | Type::Speech, Way::WriteOnly, "", "behind the title and a colon"},
    {"T2 [event]",  Field::EventTitleAddon,     Codec::Rich,     kConference | Type::Speech, Way::WriteOnly, "", "behind the title and a full stop"},
    {"J2 [short]",  Field::ContainerTitleShort, Codec::Rich,     kEveryType, Way::Both, "JA[short] JO[short] J1[short] JI[short]", "where a full title is there"},
    {"T2",          Field::CollectionTitle,     Codec::Rich,     kInSeries, Way::Both, "T3"},
    {"T2",          Field::MainTitle,           Codec::Rich,     kInSeries, Way::WriteOnly, "", "a work in several volumes, where there is no series"},
    {"T2",          Field::MainSubtitle,        Codec::Rich,     kInSeries, Way::WriteOnly, "", "behind the title and a colon"},
    {"T2",          Field::MainTitleAddon,      Codec::Rich,     kInSeries, Way::WriteOnly, "", "behind the title and a full stop"},
    {"T3",          Field::Authority,           Codec::Rich,     kBeforeLaw, Way::Both, "", "EndNote, Zotero: the legislative body"},
    {"A2",          Field::Authority,           Codec::Rich,     Type::Patent, Way::Both, "", "EndNote, Zotero: who issued it"},
    {"T3",          Field::CollectionTitle,     Codec::Rich,     kEveryType - kInSeries - kBeforeLaw},
    {"T3",          Field::MainTitle,           Codec::Rich,     kEveryType - kInSeries - kBeforeLaw, Way::WriteOnly, "", "a work in several volumes, where there is no series"},
    {"T3",          Field::MainSubtitle,        Codec::Rich,     kEveryType - kInSeries - kBeforeLaw, Way::WriteOnly, "", "behind the title and a colon"},
    {"T3",          Field::MainTitleAddon,      Codec::Rich,     kEveryType - kInSeries - kBeforeLaw, Way::WriteOnly, "", "behind the title and a full stop"},
    {"VL",          Field::Volume,              Codec::Text,     kEveryType, Way::Both, "VO"},
    {"IS",          Field::Issue,               Codec::Text,     kEveryType - kNumbered - kConference - Type::Chapter, Way::Both, "CP NO"},
    {"IS",          Field::Issue,               Codec::Text,     kConference},
    {"M1 [issue]",  Field::Issue,               Codec::Issue,    (kSerial - Type::ArticleNewspaper) | kConference, Way::ReadOnly},
    {"M1",          Field::CollectionNumber,    Codec::Text,     Type::Book},
    {"SV",          Field::CollectionNumber,    Codec::Text,     Type::Chapter},
    {"SN [isbn]",   Field::Isbn,                Codec::SureIsbn, kNumbered, Way::Both, "", "with thirteen digits that check, or a label"},
    {"SN [issn]",   Field::Issn,                Codec::SureIssn, kNumbered, Way::ReadOnly, "", "with a label"},
    {"SN",          Field::Number,              Codec::Text,     kNumbered, Way::Both, "M1 IS"},
    {"SV",          Field::Number,              Codec::Text,     Type::LegalCase, Way::Both, "M1", "EndNote, Zotero: the docket"},
    {"M1",          Field::Number,              Codec::Text,     kCounted},
    {"C7",          Field::ArticleNumber,       Codec::Text,     kEveryType, Way::Both, "AR", "Web of Science: AR"},
    {"C1",          Field::Scale,               Codec::Text,     Type::Map, Way::Both, "", "EndNote, Zotero"},
    {"C3",          Field::Dimensions,          Codec::Text,     Type::Map | Type::Graphic, Way::Both, "", "EndNote, Zotero"},
    {"SP",          Field::Dimensions,          Codec::Text,     kFilm, Way::Both, "", "EndNote, Zotero: running time"},
    {"C5",          Field::Medium,              Codec::Rich,     kFilm | Type::Song, Way::Both, "", "EndNote, Zotero: format"},
    {"SP [count]",  Field::NumberOfPages,       Codec::PageCount, kBound, Way::Both, "", "SP without EP"},
    {"SP",          Field::Page,                Codec::Pages,    kJournal, Way::Both, "SE PG"},
    {"SP",          Field::Page,                Codec::Pages,    kEveryType - kJournal - kFilm},
    {"M2 [page]",   Field::Page,                Codec::StartPage, kEveryType - kFilm, Way::ReadOnly, "", "2011: the start page; in Zotero's files anything"},
    {"EP",          Field::Page,                Codec::LastPage, kEveryType, Way::Part},
    {"NV",          Field::NumberOfVolumes,     Codec::Text,     kEveryType - Type::Chapter},
    {"NV",          Field::NumberOfVolumes,     Codec::Text,     Type::Chapter, Way::Both, "IS"},
    {"SE",          Field::ChapterNumber,       Codec::Text,     Type::Chapter, Way::Both, "C1"},
    {"SE [date]",   Field::Submitted,           Codec::Date,     Type::LegalCase, Way::Both, "", "EndNote: the filed date"},
    {"SE",          Field::Section,             Codec::Text,     kEveryType - kJournal - Type::Chapter},
    {"ET [date]",   Field::AvailableDate,       Codec::Date,     kJournal, Way::Both, "", "EndNote: Epub date"},
    {"ET",          Field::Edition,             Codec::Rich,     kEveryType - kVersioned},
    {"ET",          Field::Version,             Codec::Text,     kVersioned},
    {"CY",          Field::PublisherPlace,      Codec::Rich,     kEveryType - kHeld, Way::Both, "PP PI"},
    {"C1",          Field::PublisherPlace,      Codec::Rich,     kConference, Way::Both, "PP PI", "EndNote and citation-js"},
    {"PB [place]",  Field::PublisherPlace,      Codec::AgainThePlace, kEveryType, Way::ReadOnly, "", "Ovid says the country again"},
    {"PB",          Field::Authority,           Codec::Rich,     Type::LegalCase, Way::Both, "", "EndNote, Zotero: the court"},
    {"PB",          Field::Publisher,           Codec::Rich,     kEveryType - Type::LegalCase, Way::Both, "PU"},
    {"PB",          Field::Holder,              Codec::NamesAsText, Type::Patent, Way::WriteOnly, "", "where there is no publisher"},
    {"CY",          Field::EventPlace,          Codec::Rich,     kHeld, Way::Both, "CL", "Web of Science: CL"},
    {"C3",          Field::Jurisdiction,        Codec::Rich,     Type::Patent},
    {"C1",          Field::Submitted,           Codec::Date,     Type::Patent},
    {"C6",          Field::Status,              Codec::Rich,     Type::Patent},
    {"C5",          Field::References,          Codec::Rich,     Type::Patent, Way::Both, "", "EndNote, Zotero"},

    // when
    {"PY [state]",  Field::Status,              Codec::State,    kEveryType - Type::Patent, Way::Both, "Y1[state] DA[state] YR[state]", "\"in press\", where there is no date"},
    {"PY",          Field::Issued,              Codec::IssuedYear, kEveryType, Way::Part},
    {"DA",          Field::Issued,              Codec::Issued,   kEveryType, Way::Both, "Y1 YR", "with the year in PY; the most precise that agrees with it counts"},

    // what it says
    {"AB",          Field::Abstract,            Codec::Abstract, kEveryType, Way::Both, "N2"},
    {"KW",          Field::Keyword,             Codec::Keywords},
    {"KW",          Field::Heading,             Codec::Headings, kEveryType, Way::WriteOnly, "", "descriptors that are not keywords yet"},
    {"LA",          Field::Language,            Codec::Language},

    // identifiers
    {"DO",          Field::Doi,                 Codec::FirstDoi, kEveryType, Way::Both, "DI", "Web of Science: DI"},
    {"M3 [doi]",    Field::Doi,                 Codec::Doi,      kEveryType, Way::ReadOnly, "", "some exporters put it there"},
    {"L3 [doi]",    Field::Doi,                 Codec::Doi,      kEveryType, Way::ReadOnly},
    {"C2 [pmcid]",  Field::Pmcid,               Codec::Pmcid,    kJournal, Way::WriteOnly},
    {"AN [pmid]",   Field::Pmid,                Codec::Pmid,     kEveryType, Way::Both, "", "where DB or DP is PubMed, MEDLINE, Ovid MEDLINE or NLM"},
    {"C2 [pmid]",   Field::Pmid,                Codec::PmidInC2, kJournal | kConference, Way::ReadOnly, "", "Scopus"},
    {"C5 [pmid]",   Field::Pmid,                Codec::PmidOfEmbase, kEveryType, Way::ReadOnly, "", "Embase"},
    {"M2 [pmid]",   Field::Pmid,                Codec::PmidLabelled, kEveryType, Way::ReadOnly, "", "Zotero's Extra"},
    {"M2 [pmcid]",  Field::Pmcid,               Codec::Pmcid,    kEveryType, Way::ReadOnly},
    {"PM [pmid]",   Field::Pmid,                Codec::PmidLabelled, kEveryType, Way::ReadOnly, "", "Cochrane Library"},
    {"U1 [pmid]",   Field::Pmid,                Codec::PmidMarked, kEveryType, Way::ReadOnly, "U2[pmid]", "NCBI's exporter"},
    {"U2 [pmcid]",  Field::Pmcid,               Codec::PmcidMarked, kEveryType, Way::ReadOnly, "U1[pmcid]", "NCBI's exporter"},
    {"AN [arxiv]",  Field::Identifier,          Codec::Arxiv,    kEveryType, Way::Both, "", "where DB is arXiv"},
    {"SN [issn]",   Field::Issn,                Codec::Issn,     kEveryType - kNumbered, Way::Both, "", "of another format: the first of print, electronic, linking"},
    {"SN [isbn]",   Field::Isbn,                Codec::Isbn,     kEveryType - kNumbered},

    // remarks and places
    {"M3",          Field::Genre,               Codec::Rich,     kEveryType - kFilm},
    {"M3",          Field::Genre,               Codec::Rich,     kFilm, Way::Both, "C4", "EndNote has it in C4"},
    {"N1",          Field::Note,                Codec::Rich},
    {"N1",          Field::CommentsCorrections, Codec::Notice,   kEveryType, Way::WriteOnly, "", "retractions and expressions of concern only"},
    {"N1",          Field::PublicationType,     Codec::Notice,   kEveryType, Way::WriteOnly, "", "that the work was retracted"},
    {"RN",          Field::Annote,              Codec::Rich},
    {"UR",          Field::Url,                 Codec::Url,      kEveryType, Way::Both, "LK US"},
    {"Y2",          Field::Accessed,            Codec::Date},
    {"M1 [date]",   Field::Accessed,            Codec::Date,     Type::Webpage, Way::ReadOnly},
    {"L1",          Field::File,                Codec::File},
    {"L2",          Field::File,                Codec::File,     kEveryType, Way::Part, "", "an HTML page"},
    {"L4",          Field::File,                Codec::File,     kEveryType, Way::Part, "", "an image, or any other file"},
    {"DB",          Field::Archive,             Codec::Rich,     kEveryType, Way::Both, "", "Zotero; it names what AN belongs to"},
    {"AN",          Field::ArchiveLocation,     Codec::Rich,     kEveryType, Way::Both, "AV"},
    {"U2 [embase]", Field::ArchiveLocation,     Codec::EmbaseNumber, kEveryType, Way::ReadOnly, "", "Embase's accession number"},
    {"UR [isi]",    Field::ArchiveLocation,     Codec::IsiLink,  kEveryType, Way::ReadOnly, "", "EndNote, from the Web of Science"},
    {"DP",          Field::Source,              Codec::Rich},
    {"CN",          Field::CallNumber,          Codec::Text},
    {"LB",          Field::CitationLabel,       Codec::Text},
};

/// Tags that specifications, managers or databases define and that no field holds, or only for some types: kept in their place.
inline constexpr std::string_view kOtherTags[] = {
    "A1", "A2", "A3", "AD", "AI", "AV", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "CA", "CL", "CP", "FU", "FX", "H1", "H2", "J9", "L3", "M1", "M2",
    "M3", "M4", "NL", "OI", "OP", "PA", "RI", "RP", "SE", "SF", "SV", "TA", "TS", "U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8", "U9", "VO", "WE", "WP", "WT",
    "WV", "XR"};
// clang-format on

/// Identifiers that exporters hide in values that stay what they are: read as well where the record has no other of the field.
struct Hidden {
  std::string_view tag;
  Field field;
  Codec codec;
};
inline constexpr Hidden kHidden[] = {
    {"UR", Field::Doi, Codec::Doi},    // behind a resolver
    {"UR", Field::Pmid, Codec::Pmid},  // "PM:35244835"
    {"L2", Field::Doi, Codec::Doi},    // the same: Embase's and ProQuest's full text
    {"L2", Field::Pmid, Codec::Pmid},  // PubMed's own page
    {"UR", Field::Pmcid, Codec::Pmcid},  // a page of PubMed Central
    {"N1", Field::Doi, Codec::DoiInNote},
};

/// Databases whose accession numbers are PMIDs.
inline constexpr std::string_view kPubMedNames[] = {"PubMed", "MEDLINE", "NLM", "PubMed/MEDLINE"};
/// What such a database's name may begin with; Ovid adds the years: "Ovid MEDLINE(R) ALL <1946 to June 10, 2022>".
inline constexpr std::string_view kPubMedBeginnings[] = {"Ovid MEDLINE", "MEDLINE(R)"};
/// How the Web of Science begins a PMID.
inline constexpr std::string_view kPmidLabel = "MEDLINE:";

/// What stands for a year that is not known yet, in small letters.
inline constexpr std::string_view kStates[] = {"in press", "in preparation", "in review", "accepted", "advance online publication", "forthcoming", "submitted", "to appear", "under review", "unpublished"};

/// What lines without a tag are to the tag before them.
enum class Further : std::uint8_t {
  Joined,      // the value's wrapped lines
  Paragraphs,  // the same; a blank line divides paragraphs
  Lines,       // lines that someone broke on purpose
  Values,      // each a value of its own
};

struct Continuation {
  std::string_view tag;
  Further further;
};
/// Other tags: Joined where a row reads them, Values where none does.
inline constexpr Continuation kContinuations[] = {
    {"AB", Further::Paragraphs}, {"N2", Further::Paragraphs}, {"N1", Further::Lines},  {"RN", Further::Lines},
    {"KW", Further::Values},     {"SN", Further::Values},     {"UR", Further::Values}, {"L1", Further::Values},
    {"L2", Further::Values},     {"L4", Further::Values},     {"U1", Further::Values}, {"U2", Further::Values},
};

/// Words that some exporters write where a tag stands: "DOI  - 10.1000/x".
struct LongTag {
  std::string_view word;
  std::string_view tag;
};
inline constexpr LongTag kLongTags[] = {{"DOI", "DO"}, {"URL", "UR"}, {"ISSN", "SN"}, {"ISBN", "SN"}};

constexpr std::uint64_t tag_meant_by(std::uint64_t word) {
  for (const LongTag& one : kLongTags)
    if (tagged::code(one.word) == word) return tagged::code(one.tag);
  return 0;
}

/// In these a line that looks tagged is text, unless the tag is known.
constexpr bool holds_running_text(std::uint64_t tag) { return tag == tagged::code("AB") || tag == tagged::code("N1") || tag == tagged::code("N2"); }

/// Tags of the Cochrane Library that are words or units as well: they count in lines as they should be, and never inside running text.
inline constexpr std::string_view kWeakTags[] = {"YR", "NO", "PG", "PM", "US", "XR"};

/// Behind such a line running text is over after all: an address follows US.
constexpr bool ends_running_text(std::uint64_t tag, std::string_view text) { return tag == tagged::code("US") && text.starts_with("http"); }

// -------------------------------------------------------------------------------------------------------- derived tables

/// A key's tag: its first two characters.
constexpr std::string_view tag_of(std::string_view key) { return key.substr(0, 2); }

/// The tags that a row reads, in order.
template <class Visit>
constexpr void for_each_tag(const Mapping& row, Visit&& visit) {
  visit(tag_of(row.key));
  detail::for_each_word(row.also, [&](std::string_view word) { visit(tag_of(word)); });
}

namespace detail_tags {

constexpr bool reads_tag(const Mapping& row, std::string_view tag) {
  bool found = false;
  for_each_tag(row, [&](std::string_view one) { found = found || one == tag; });
  return found;
}

constexpr std::array<Mapping, std::size(kRows)> make_mappings() {
  std::array<Mapping, std::size(kRows)> rows{};
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const Row& row = kRows[at];
    rows[at] = Mapping{row.key, row.field, static_cast<std::uint8_t>(row.codec), row.types, row.way, best_of(row.codec), row.also, row.note};
  }
  // Where another row reads the same tag, some values would come back as something else, and are not promised.
  for (Mapping& row : rows)
    for (const Mapping& other : rows)
      if (&row != &other && row.way != Way::Part && other.reads() && other.field != row.field && row.types.overlaps(other.types) &&
          reads_tag(other, tag_of(row.key)))
        row.fidelity = Fidelity::Narrowed;
  return rows;
}

}  // namespace detail_tags

/// The rows as the rest of bibmill knows them.
inline constexpr std::array<Mapping, std::size(kRows)> kMappings = detail_tags::make_mappings();

static_assert(is_sound(std::span<const Mapping>(kMappings)));

constexpr Codec codec_of(const Mapping& row) { return static_cast<Codec>(row.codec); }

/// A known tag by its number; the tags that delimit are among them.
using TagId = std::uint8_t;
inline constexpr TagId kUnknownTag = 255;

struct TagList {
  std::array<std::string_view, 160> names{};
  std::array<Further, 160> further{};
  std::array<bool, 160> has_row{};
  std::array<bool, 160> is_weak{};
  std::array<bool, 160> has_references{};  ///< titles, names, keywords, places: databases write some characters as HTML does
  std::size_t count = 0;
  tagged::TagIndex<512> index;

  constexpr TagId add(std::string_view tag) {
    const std::size_t known = index.find(tagged::code(tag));
    if (known != tagged::TagIndex<512>::kNone) return static_cast<TagId>(known);
    names[count] = tag;
    index.add(tagged::code(tag), count);
    return static_cast<TagId>(count++);
  }

  constexpr TagId find(std::uint64_t code) const {
    const std::size_t place = index.find(code);
    return place == tagged::TagIndex<512>::kNone ? kUnknownTag : static_cast<TagId>(place);
  }
  constexpr TagId find(std::string_view tag) const { return find(tagged::code(tag)); }
};

inline constexpr TagList kTags = [] {
  TagList tags;
  for (const std::string_view tag : {"TY", "ER", "ID"}) tags.add(tag);
  for (const Mapping& row : kMappings) for_each_tag(row, [&](std::string_view tag) { tags.has_row[tags.add(tag)] = true; });
  for (const std::string_view tag : kOtherTags) tags.add(tag);
  for (std::size_t at = 0; at < tags.count; ++at) tags.further[at] = tags.has_row[at] ? Further::Joined : Further::Values;
  for (const Continuation& one : kContinuations) tags.further[tags.add(one.tag)] = one.further;
  for (const Mapping& row : kMappings)
    if (codec_of(row) == Codec::Rich || codec_of(row) == Codec::Names || codec_of(row) == Codec::Keywords)
      for_each_tag(row, [&](std::string_view tag) { tags.has_references[tags.add(tag)] = tag != "N1" && tag != "RN"; });
  for (const std::string_view tag : kWeakTags) tags.is_weak[tags.add(tag)] = true;
  return tags;
}();
static_assert(kTags.count < 160);

inline constexpr TagId kTY = kTags.find("TY");
inline constexpr TagId kER = kTags.find("ER");
inline constexpr TagId kID = kTags.find("ID");
inline constexpr TagId kUR = kTags.find("UR");

/// A known tag that is one wherever it stands.
constexpr bool is_strong(std::uint64_t tag) {
  const TagId known = kTags.find(tag);
  return known != kUnknownTag && !kTags.is_weak[known];
}

/// Two characters, two blanks, a dash, a blank.
inline constexpr tagged::Grammar kGrammar{.shortest_tag = 2,
                                          .longest_tag = 2,
                                          .is_known = is_strong,
                                          .indent_continues = false,
                                          .after_blank = tagged::AfterBlank::Any,
                                          .takes_more = [](std::uint64_t tag) { return tag != tagged::code("ER") && tag != tagged::code("TY"); },
                                          .swallows = [](std::uint64_t open, std::uint64_t tag, std::string_view text) { return holds_running_text(open) && !ends_running_text(tag, text); },
                                          .digit_begins_tag = true,
                                          .tag_meant_by = tag_meant_by};

}  // namespace bibmill::ris

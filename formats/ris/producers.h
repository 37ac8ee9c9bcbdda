// Who wrote a record of RIS: told by what only they write, and what is read otherwise for it. Tables.
//
// A record tells its producer by itself, never the file: files are cut into parts, and people join the exports of several databases into one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>

#include "tagged_text.h"
#include "tags.h"

namespace bibmill::ris {

/// How names without a comma are meant.
enum class NameOrder : std::uint8_t {
  Bodies,           ///< as RIS has it: who has no comma is no person
  InitialsBehind,   ///< "Elbow-Joint D.G.", "Bath S"
  DottedBehind,     ///< "Elbow-Joint D.-G." only: "Group B" is a body
  InitialsInFront,  ///< "J. -P. Amarre"
};

enum class By : std::uint8_t {
  Rayyan,
  Citavi,
  PubMedThroughZotero,
  Zotero,
  PubMedThroughEndNote,
  EndNote,
  Mendeley,
  Embase,
  Cochrane,
  Scopus,
  Ovid,
  ProQuest,
  WebOfScience,
  Ieee,
  Lens,
  Dimensions,
  ScienceDirect,
  SpringerLink,
  GoogleScholar,
  Nobody,
};

struct Producer {
  By by;
  std::string_view name;
  NameOrder names = NameOrder::Bodies;
  std::string_view note = {};  ///< what is read otherwise, or stands in unusual places
};

// In the order in which they are believed: who passed a record on before who had it first, since a manager has already put the database's ways right.
// clang-format off
inline constexpr Producer kProducers[] = {
    {By::Rayyan,               "Rayyan",                  NameOrder::Bodies,          "AN is Rayyan's own number; N1 holds the decisions of the screeners"},
    {By::Citavi,               "Citavi",                  NameOrder::Bodies,          "A2 of a book are its editors; U3 holds the notes of the database that the record came from"},
    {By::PubMedThroughZotero,  "PubMed through Zotero"},
    {By::Zotero,               "Zotero",                  NameOrder::Bodies,          "the time of access is the fourth part of Y2"},
    {By::PubMedThroughEndNote, "PubMed through EndNote",  NameOrder::Bodies,          "AN is the PMID; N1 ends in PubMed's citation"},
    {By::EndNote,              "EndNote",                 NameOrder::Bodies,          "tags in the order of the alphabet; ID is the number of the record, LB the label"},
    {By::Mendeley,             "Mendeley",                NameOrder::Bodies,          "the same date in Y1, PY and DA"},
    {By::Embase,               "Embase",                  NameOrder::InitialsBehind,  "U2 is the accession number, C5 the PMID, M1 affiliations"},
    {By::Cochrane,             "Cochrane Library",        NameOrder::InitialsBehind,  "YR, NO, PG, PM and US are year, issue, pages, PMID and address"},
    {By::Scopus,               "Scopus",                  NameOrder::DottedBehind,    "SN says in brackets what it is; C2 is the PMID; N1 begins with a label"},
    {By::Ovid,                 "Ovid",                    NameOrder::Bodies,          "numbers before and links behind records; DB is Ovid MEDLINE where AN is the PMID; PB again for the country; M1 cites; A2 lists the authors cited"},
    {By::ProQuest,             "ProQuest",                NameOrder::Bodies,          "several numbers in one AN and SN; N1 begins with a label"},
    {By::WebOfScience,         "Web of Science",          NameOrder::Bodies,          "titles of journals in capitals; C3 holds affiliations; PU, PI, JI, CL are publisher, its place, the short title and the place of the conference"},
    {By::Ieee,                 "IEEE Xplore",             NameOrder::InitialsInFront, "VO beside VL, though it may be empty; Y1 in words"},
    {By::Lens,                 "The Lens",                NameOrder::Bodies,          "UR is the record's page in the Lens"},
    {By::Dimensions,           "Dimensions",              NameOrder::Bodies,          "UR is the record's page in Dimensions"},
    {By::ScienceDirect,        "ScienceDirect",           NameOrder::Bodies,          "article numbers in SP; a resolver before the DOI"},
    {By::SpringerLink,         "SpringerLink",            NameOrder::Bodies,          "ID is made of name and year"},
    {By::GoogleScholar,        "Google Scholar",          NameOrder::Bodies,          "\"...\" where the list of authors was cut"},
};
// clang-format on
static_assert(std::size(kProducers) == static_cast<std::size_t>(By::Nobody));

enum class Test : std::uint8_t {
  Any,
  Is,
  Begins,
  Holds,
  Ends,
  Again,  ///< the two lines behind it, PY and DA, say the same, DA in the same words
};

/// A line that gives its producer away.
struct Sign {
  By by;
  std::string_view tag;
  Test test = Test::Any;
  std::string_view text = {};
  std::string_view next = {};  ///< the tag of the line behind it, if that matters
};

// clang-format off
inline constexpr Sign kSigns[] = {
    {By::Rayyan,               "AN", Test::Begins, "rayyan-"},
    {By::Rayyan,               "ID", Test::Begins, "rayyan-"},
    {By::Citavi,               "M4", Test::Is,     "Citavi"},
    {By::PubMedThroughZotero,  "DP", Test::Is,     "PubMed"},
    {By::Zotero,               "DA", Test::Ends,   "/", "PY"},
    {By::PubMedThroughEndNote, "DP", Test::Is,     "NLM"},
    {By::EndNote,              "T2", Test::Any,    {}, "TI"},
    {By::EndNote,              "ST", Test::Any,    {}, "TI"},
    {By::EndNote,              "ST", Test::Any,    {}, "T2"},
    {By::Mendeley,             "Y1", Test::Again,  {}, "PY"},
    {By::Embase,               "DB", Test::Is,     "Embase"},
    {By::Embase,               "UR", Test::Holds,  "embase.com/"},
    {By::Cochrane,             "DB", Test::Begins, "Cochrane "},
    {By::Cochrane,             "AN", Test::Begins, "CN-"},
    {By::Cochrane,             "UR", Test::Holds,  "cochranelibrary.com/"},
    {By::Scopus,               "DB", Test::Is,     "Scopus"},
    {By::Scopus,               "UR", Test::Holds,  "scopus.com/"},
    {By::Scopus,               "N1", Test::Begins, "Export Date:"},
    {By::Scopus,               "SN", Test::Holds,  "(ISSN)"},
    {By::Ovid,                 "L2", Test::Holds,  "ovid.com/"},
    {By::Ovid,                 "UR", Test::Holds,  "ovid.com/"},
    {By::ProQuest,             "UR", Test::Holds,  "proquest.com/"},
    {By::ProQuest,             "L2", Test::Holds,  "sid=ProQ"},
    {By::WebOfScience,         "AN", Test::Begins, "WOS:"},
    {By::WebOfScience,         "AN", Test::Begins, kPmidLabel},
    {By::WebOfScience,         "WE", Test::Any},
    {By::Ieee,                 "VO", Test::Any},
    {By::Ieee,                 "Y1", Test::Any,    {}, "AB"},
    {By::Ieee,                 "UR", Test::Holds,  "ieeexplore.ieee.org/"},
    {By::ScienceDirect,        "UR", Test::Holds,  "sciencedirect.com/"},
    {By::SpringerLink,         "UR", Test::Holds,  "link.springer.com/"},
    {By::SpringerLink,         "DO", Test::Any,    {}, "ID"},
    {By::Lens,                 "UR", Test::Holds,  "lens.org/"},
    {By::Dimensions,           "UR", Test::Holds,  "dimensions.ai/"},
    {By::GoogleScholar,        "A1", Test::Any,    {}, "JO"},
};
// clang-format on

/// Tags that a producer never writes: where one stands, the signs deceive.
struct Never {
  By by;
  std::string_view tag;
};
inline constexpr Never kNever[] = {{By::GoogleScholar, "DO"}, {By::GoogleScholar, "UR"}, {By::GoogleScholar, "AB"}, {By::GoogleScholar, "N2"}, {By::GoogleScholar, "KW"}, {By::GoogleScholar, "LA"}};

/// A tag in which a producer puts what no field holds, where others have a field: `instead` of it, in what is written for such a record, stands the other.
struct Elsewhere {
  By by;
  TypeSet types;
  std::string_view key;      ///< of the row in tags.h
  std::string_view instead;
};

// clang-format off
inline constexpr Elsewhere kElsewhere[] = {
    {By::WebOfScience, kConference, "C3",         "T2"},  // C3 lists the authors' universities
    {By::WebOfScience, kConference, "T2 [event]", "CP"},
};
// clang-format on

/// The row of a producer for a row's key; null where it does as others do.
const Elsewhere* elsewhere(By by, Type type, std::string_view key);

/// Text that stands where a value should be and says that there is none: kept as it is, and no value of the field.
struct NoValue {
  std::string_view tag;
  std::string_view text;
};

// clang-format off
inline constexpr NoValue kNoValues[] = {
    {"SP", "No"}, {"EP", "Specified"},                                                                      // Ovid: "No Pagination Specified", torn in two
    {"AU", "[No author name available]"}, {"AU", "No author name available"}, {"AB", "[No abstract available]"},  // Scopus
    {"AB", "No abstract available"}, {"AB", "No abstract available."}, {"N2", "No abstract available"},
    {"SP", "N.PAG"}, {"EP", "N.PAG"},  // EBSCO: no pagination
    {"SP", "n/a"}, {"EP", "n/a"}, {"VL", "n/a"}, {"IS", "n/a"}, {"SP", "-"}, {"EP", "-"},  // Wiley; programs that join pages
    {"JO", "null"}, {"JF", "null"}, {"JA", "null"}, {"T2", "null"}, {"VL", "null"}, {"IS", "null"}, {"SP", "null"}, {"EP", "null"}, {"DO", "null"}, {"UR", "null"}, {"SN", "null"},
    {"SP", "nan"}, {"EP", "nan"}, {"IS", "nan"}, {"VL", "nan"}, {"AB", "nan"}, {"DO", "nan"}, {"SN", "nan"}, {"UR", "nan"},  // tables of Python programs
};
// clang-format on

/// The producer of a record; By::Nobody if nothing tells. Takes time linear in the lines.
By producer_of(std::span<const TaggedText> lines);
/// The same of single texts, without what stands beside them.
By producer_of(std::string_view tag, std::string_view text);

/// Whom a line without any text gives away.
By producer_of_empty(TagId tag);

/// By::Nobody has no name.
constexpr std::string_view name_of(By by) { return by == By::Nobody ? std::string_view{} : kProducers[static_cast<std::size_t>(by)].name; }
constexpr NameOrder names_of(By by) { return by == By::Nobody ? NameOrder::Bodies : kProducers[static_cast<std::size_t>(by)].names; }

/// Whether the line says that there is no value.
bool says_nothing(const TaggedText& line);
bool says_nothing(std::string_view tag, std::string_view text);

}  // namespace bibmill::ris

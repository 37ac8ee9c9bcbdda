// What the importers of reference managers want written otherwise, each with its reason and the source of the fact. Tables.
//
// A profile is the rows that name it. Where the public documentation of a manager says nothing about a tag, nothing is written otherwise for it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/record.h"
#include "bibmill/settings.h"
#include "tags.h"

namespace bibmill::ris {

// ------------------------------------------------------------------------------------------------------------- sources

// clang-format off
inline constexpr std::string_view kZoteroTables  = "https://github.com/zotero/translators (RIS.js, its tables of types and fields)";
inline constexpr std::string_view kZoteroMarkup  = "https://www.zotero.org/support/kb/rich_text_bibliography";
inline constexpr std::string_view kEndNoteGuide  = "https://docs.endnote.com (reference types and fields; entering authors)";
inline constexpr std::string_view kMendeleyTable = "https://customcommander.github.io/ris/manual/mendeley (which tags and types have a field in Mendeley)";
inline constexpr std::string_view kRefWorksTypes = "https://knowledge.exlibrisgroup.com/RefWorks (RefWorks tagged format: reference types)";
inline constexpr std::string_view kRis2001       = "RIS specification of 2001 (refman.com/support/risformat_reftypes.asp)";
inline constexpr std::string_view kRis2001Tags   = "RIS specification of 2001 (refman.com/support/risformat_intro.asp: the tags)";
inline constexpr std::string_view kCitaviExport  = "Citavi's own export (M4  - Citavi), which uses these tags";
// clang-format on

// ----------------------------------------------------------------------------------------------------------- differences

/// What a row makes otherwise. `from` is a tag, or the key of a row of tags.h where one tag serves several fields.
enum class Do : std::uint8_t {
  Type,           ///< TY says `to` in the place of `from`
  UsualTypes,     ///< TY says the type's usual name, whatever the record of RIS calls it
  Tag,            ///< what would stand under `from` stands under `to`
  LeaveOut,       ///< what would stand under `from` is not written, and reported
  KeyAsWell,      ///< the key stands under `to` too
  MarkBodies,     ///< names of bodies end in a comma
  SuffixInGiven,  ///< "King, Martin Luther Jr."
  DatesInWords,   ///< DA says "May 7" or "Summer", PY "2019-2020", other dates "2016-05-07"
  Html,           ///< rich text in HTML, unless --rich-text says otherwise
};

struct Difference {
  std::string_view profiles;  ///< whose: words
  Do does{};
  std::string_view from = {};
  std::string_view to = {};
  TypeSet types = kEveryType;
  std::optional<Field> unless = std::nullopt;  ///< not where the record has this field as well
  std::string_view because = {};
  std::string_view source = {};
  std::string_view label = {};  ///< stands before the text
  std::optional<Field> with = std::nullopt;  ///< only where the record has this field as well
};

/// Works whose pages may be the number of an article.
inline constexpr TypeSet kNumberedBySp = kSerial | kConference | Type::Chapter;

// clang-format off
inline constexpr Difference kDifferences[] = {
    // Zotero
    {"zotero", Do::Html,          {}, {}, kEveryType, std::nullopt, "titles show <i>, <b>, <sub> and <sup> as markup", kZoteroMarkup},
    {"zotero", Do::SuffixInGiven, {}, {}, kEveryType, std::nullopt, "names are divided at the first two commas, and a third part is dropped", kZoteroTables},
    {"zotero", Do::Tag, "C7", "SP",  kJournal, Field::Page, "C7 has no field and becomes a note; pages are where articles have their number", kZoteroTables},
    {"zotero", Do::Tag, "CY", "C1",  kConference, Field::PublisherPlace, "the place of a conference paper is read from C1, and CY becomes a note", kZoteroTables},
    {"zotero", Do::Tag, "C2 [pmcid]", "M2", kJournal, std::nullopt, "C2 has no field for articles and becomes a note; M2 is Extra, where citations find it", kZoteroTables, "PMCID: "},
    {"zotero", Do::Tag, "C2 [pmid]",  "M2", kEveryType, std::nullopt, "the same", kZoteroTables, "PMID: "},
    {"zotero", Do::Tag, "AN [pmid]",  "M2", kEveryType, std::nullopt, "AN is the location in an archive, and DB the archive; M2 is Extra, where citations find it", kZoteroTables, "PMID: "},
    {"zotero", Do::Type, "CLSWK", "BOOK", kEveryType, std::nullopt, "it is read as a book in any case, and BOOK has more fields", kZoteroTables},
    {"zotero", Do::Type, "FIGURE", "ART", kEveryType, std::nullopt, "it is read as an artwork in any case", kZoteroTables},
    {"zotero", Do::Type, "MUSIC", "SOUND", kEveryType, std::nullopt, "it is read as a recording in any case", kZoteroTables},
    {"zotero", Do::Type, "LEGAL", "STAT", kEveryType, std::nullopt, "LEGAL is read as a case", kZoteroTables},
    {"zotero", Do::Type, "PAMP", "BOOK", kEveryType, std::nullopt, "PAMP is read as a manuscript", kZoteroTables},
    // EndNote
    {"endnote", Do::MarkBodies,   {}, {}, kEveryType, std::nullopt, "a body without comma would be taken apart into family and given names", kEndNoteGuide},
    {"endnote", Do::DatesInWords, {}, {}, kEveryType, std::nullopt, "dates are text and printed as they stand, DA beside the year", kEndNoteGuide},
    {"endnote", Do::KeyAsWell,    {}, "LB", kEveryType, Field::CitationLabel, "ID is the number of the record and not kept; LB is the field Label", kEndNoteGuide},
    // Mendeley
    {"mendeley refworks citavi papers", Do::UsualTypes, {}, {}, kEveryType, std::nullopt, "types that are not among its own, such as EJOUR or WEB, would be generic", kMendeleyTable},
    {"mendeley", Do::Type, "ELEC", "ICOMM", kEveryType, std::nullopt, "ICOMM is a web page, ELEC generic", kMendeleyTable},
    {"mendeley", Do::Type, "BLOG", "ICOMM", kEveryType, std::nullopt, "there is no blog; ICOMM is a web page", kMendeleyTable},
    {"mendeley", Do::Type, "DICT", "ENCYC", kEveryType, std::nullopt, "there is no dictionary, and DICT would be generic", kMendeleyTable},
    {"mendeley", Do::Type, "MANSCPT", "UNPB", kEveryType, std::nullopt, "UNPB is a working paper, MANSCPT generic", kMendeleyTable},
    {"mendeley", Do::Type, "CLSWK", "BOOK", kEveryType, std::nullopt, "CLSWK would be generic", kMendeleyTable},
    {"mendeley", Do::Type, "PAMP", "BOOK", kEveryType, std::nullopt, "PAMP would be generic", kMendeleyTable},
    {"mendeley", Do::Type, "LEGAL", "STAT", kEveryType, std::nullopt, "LEGAL would be generic", kMendeleyTable},
    {"mendeley", Do::Type, "STAND", "RPRT", kEveryType, std::nullopt, "STAND would be generic", kMendeleyTable},
    {"mendeley", Do::LeaveOut, "A2", {}, Type::Book | Type::Report, std::nullopt, "A2 are editors for every type, and editors of the series would stand among those of the book", kMendeleyTable},
    {"mendeley", Do::Tag, "A3", "A2", Type::Book, std::nullopt, "A2 are editors for every type; A3 would be authors", kMendeleyTable},
    {"mendeley", Do::LeaveOut, "A3", {}, kEveryType - Type::Book, std::nullopt, "A3 would be authors", kMendeleyTable},
    {"mendeley", Do::LeaveOut, "A4", {}, kEveryType, std::nullopt, "A4 would be authors", kMendeleyTable},
    {"mendeley", Do::Tag, "C3", "T2", kConference, std::nullopt, "C3 is not imported; T2 is the source", kMendeleyTable},
    {"mendeley", Do::LeaveOut, "T2 [event]", {}, kConference, std::nullopt, "T2 is the proceedings", kMendeleyTable},
    {"mendeley", Do::Tag, "C1", "CY", kConference, Field::EventPlace, "C1 is not imported; CY is the city", kMendeleyTable},
    {"mendeley", Do::LeaveOut, "C1", {}, kConference, std::nullopt, "C1 is not imported", kMendeleyTable, {}, Field::EventPlace},
    {"mendeley", Do::Tag, "C7", "SP", kNumberedBySp, Field::Page, "C7 is not imported; pages are where articles have their number", kMendeleyTable},
    {"mendeley", Do::LeaveOut, "C7", {}, kNumberedBySp, std::nullopt, "C7 is not imported", kMendeleyTable, {}, Field::Page},
    {"mendeley", Do::LeaveOut, "C7", {}, kEveryType - kNumberedBySp, std::nullopt, "C7 is not imported", kMendeleyTable},
    // RefWorks, Citavi, Papers: what the specification of 2001 has
    {"refworks citavi papers", Do::Tag, "C3", "T2", kConference, std::nullopt, "C3 is not in the specification of 2001; T2 is the secondary title", kRis2001Tags},
    {"refworks citavi papers", Do::LeaveOut, "T2 [event]", {}, kConference, std::nullopt, "T2 is the proceedings", kRis2001Tags},
    {"refworks citavi papers", Do::Tag, "C1", "CY", kConference, Field::EventPlace, "C1 is the user's in the specification of 2001; CY is the place", kRis2001Tags},
    {"refworks citavi papers", Do::LeaveOut, "C1", {}, kConference, std::nullopt, "C1 is the user's in the specification of 2001", kRis2001Tags, {}, Field::EventPlace},
    {"refworks citavi papers", Do::Tag, "C7", "SP", kNumberedBySp, Field::Page, "C7 is not in the specification of 2001; pages are where articles have their number", kRis2001Tags},
    {"refworks citavi papers", Do::LeaveOut, "C7", {}, kNumberedBySp, std::nullopt, "C7 is not in the specification of 2001", kRis2001Tags, {}, Field::Page},
    {"refworks citavi papers", Do::LeaveOut, "C7", {}, kEveryType - kNumberedBySp, std::nullopt, "C7 is not in the specification of 2001", kRis2001Tags},
    {"refworks", Do::Type, "BLOG", "ELEC", kEveryType, std::nullopt, "there is no blog among its types; ELEC is a web page", kRefWorksTypes},
    {"refworks citavi papers", Do::Type, "DICT", "CHAP", kEveryType, std::nullopt, "DICT is not in the specification of 2001", kRis2001},
    {"refworks citavi papers", Do::Type, "ENCYC", "CHAP", kEveryType, std::nullopt, "ENCYC is not in the specification of 2001", kRis2001},
    {"refworks citavi papers", Do::Type, "STAND", "RPRT", kEveryType, std::nullopt, "STAND is not in the specification of 2001", kRis2001},
    {"refworks citavi papers", Do::Type, "LEGAL", "STAT", kEveryType, std::nullopt, "LEGAL is not in the specification of 2001", kRis2001},
    {"refworks citavi papers", Do::Type, "MANSCPT", "UNPB", kEveryType, std::nullopt, "MANSCPT is not in the specification of 2001", kRis2001},
    {"refworks citavi papers", Do::Type, "FIGURE", "ART", kEveryType, std::nullopt, "FIGURE is not in the specification of 2001", kRis2001},
    {"refworks citavi papers", Do::Type, "CLSWK", "BOOK", kEveryType, std::nullopt, "CLSWK is not in the specification of 2001", kRis2001},
    {"citavi papers", Do::Type, "BLOG", "ELEC", kEveryType, std::nullopt, "BLOG is not in the specification of 2001", kRis2001},
    {"refworks papers", Do::Tag, "T2", "JF", kSerial, std::nullopt, "JF is the periodical of the specification of 2001", kRis2001},
    {"refworks papers", Do::Tag, "J2", "JA", kSerial, std::nullopt, "JA is its abbreviation", kRis2001},
    {"citavi", Do::Tag, "T2", "JF", kSerial, std::nullopt, "the periodical stands in JF", kCitaviExport},
    {"citavi", Do::Tag, "J2", "JA", kSerial, std::nullopt, "its abbreviation stands in JA", kCitaviExport},
    {"citavi", Do::LeaveOut, "A2", {}, Type::Book, std::nullopt, "A2 are the editors of a book, and those of the series would stand among them", kCitaviExport},
    {"citavi", Do::Tag, "A3", "A2", Type::Book, std::nullopt, "A2 are the editors of a book", kCitaviExport},
};
// clang-format on

// ---------------------------------------------------------------------------------------------------------------- imports

/// What a manager makes of tags: for its page.
struct Import {
  std::string_view profile;
  std::string_view tags;
  std::string_view becomes;
};

// clang-format off
inline constexpr Import kImports[] = {
    {"zotero", "TI T1 CT, ST",                  "title, short title; of a case and a statute their names"},
    {"zotero", "AU A1, A2, A3, A4, ED",         "creators, in the role that the type gives: see the fields of RIS"},
    {"zotero", "T2, T3, JF JO BT, J2 JA",       "journal, book, series, conference, by type; abbreviation of the journal"},
    {"zotero", "DA, PY Y1, Y2",                 "date, and the year where there is no other; date of access"},
    {"zotero", "VL IS SP EP ET SN NV SE CN",    "volume, issue, pages, edition or version, ISSN or ISBN or a number, count of volumes, section, call number"},
    {"zotero", "PB CY",                         "publisher and place; of a conference paper the place is C1"},
    {"zotero", "DO, UR, LA, AB N2, KW",         "DOI, URL, language, abstract, tags (semicolons divide them)"},
    {"zotero", "AN DB DP",                      "location in archive, archive, library catalogue"},
    {"zotero", "N1, RN",                        "notes, in HTML"},
    {"zotero", "L1 L2 L4",                      "attachments: PDF, HTML, image"},
    {"zotero", "M2",                            "Extra, where PMID and PMCID stand"},
    {"zotero", "M1 M3 C1 C2 C3 C4 C5 C6 OP SV", "a field for some types; for the others a note with the line as it stands"},
    {"zotero", "ID",                            "not read: keys are made anew"},
    {"zotero", "any other tag",                 "a note with the line as it stands"},
    {"endnote", "TI T1, T2, T3, ST, J2",        "title, secondary and tertiary title (journal, book, series by type), short title, abbreviation"},
    {"endnote", "AU A1, A2, A3, A4",            "author, secondary, tertiary and subsidiary authors, by type"},
    {"endnote", "PY Y1, DA, Y2",                "year, date as text, date of access"},
    {"endnote", "VL IS SP ET SN NV SE M1 M3",   "volume, issue, pages, edition, ISSN or ISBN, volumes, section, number, type of work"},
    {"endnote", "C1 to C8",                     "the custom fields, whose names depend on the type (C2 of an article: PMCID; C7: article number)"},
    {"endnote", "AB, KW, N1, RN, LB",           "abstract, keywords, notes, research notes, label"},
    {"endnote", "AN DB DP, CN, DO, UR, LA, OP, RP, TT, TA, CA, AD", "accession number, database and its provider, call number, DOI, URL, language, original publication, reprint edition, translated title and author, caption, author address"},
    {"endnote", "L1, L4",                       "file attachments and figure, if the file is there"},
    {"endnote", "ID",                           "not kept: records are numbered anew"},
    {"mendeley", "TI, T2, T3, ST",              "title, source, series, short title"},
    {"mendeley", "AU A1 A3 A4 TA, A2",          "authors, editors"},
    {"mendeley", "PY VL IS SP ET SE",           "year, volume, issue, pages, edition, chapter"},
    {"mendeley", "SN",                          "ISSN of an article, ISBN of anything else"},
    {"mendeley", "PB CY, LA, AB",               "publisher and city, language, abstract"},
    {"mendeley", "DO, AN, UR L1 L4",            "DOI, PMID, websites"},
    {"mendeley", "KW, LB, N1 RN",               "keywords, tags, notes"},
    {"mendeley", "M1 C6 of a patent",           "number of the application, legal status"},
    {"mendeley", "TY other than BILL BOOK CASE CHAP COMP CONF ENCYC GEN HEAR ICOMM JFULL JOUR MGZN MPCT NEWS PAT RPRT STAT THES UNPB", "generic"},
    {"mendeley", "any other tag",               "nothing"},
    {"refworks", "the types and tags of 2001, and DO",  "their fields; no table of the tags that it reads is public"},
    {"citavi",   "the tags of its own export: T1 AU A2 PY JF JA VL IS SP EP SN PB UR DO AB KW LA AD U3", "their fields; no table of the tags that it reads is public"},
    {"papers",   "the types and tags of 2001, and DO",  "their fields, completed from the DOI; no table of the tags that it reads is public"},
};
// clang-format on

// ---------------------------------------------------------------------------------------------------------------- profiles

/// What the documentation says of a profile: what is written otherwise, and what the manager imports.
template <std::size_t at>
std::string profile_page();

// clang-format off
inline constexpr Profile kProfiles[] = {
    {"endnote",  "for EndNote: bodies end in a comma, dates stand in words, the key stands in the label too", profile_page<0>},
    {"zotero",   "for Zotero: markup in HTML, suffixes behind given names, PMID, PMCID and article numbers where it has a field for them", profile_page<1>},
    {"mendeley", "for Mendeley: the nearest of its types, and only the roles that it tells apart", profile_page<2>},
    {"refworks", "for RefWorks: the types of the specification of 2001, journals in JF", profile_page<3>},
    {"citavi",   "for Citavi: the types of the specification of 2001, journals in JF, editors of books in A2", profile_page<4>},
    {"papers",   "for Papers: the types of the specification of 2001, journals in JF", profile_page<5>},
};
// clang-format on

/// The differences of one profile, asked while writing.
class Differences {
 public:
  explicit Differences(std::string_view profile);

  /// The row of such a kind for `from` in the record; null if nothing is written otherwise.
  const Difference* find(Do does, std::string_view from, const Record& record) const;
  bool has(Do does) const;

 private:
  std::vector<const Difference*> rows_;
};

}  // namespace bibmill::ris

// The two data models: which fields an entry type must have, which it may have, and which names are other names.
//
// Sources: "BibTeXing" (Patashnik, 1988), section 3, for the standard styles; the biblatex manual 3.19, sections 2.1 and 2.2. The rows of fields.h say what a field
// means; these say where it belongs.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "values.h"

namespace bibmill::bibtex {

/// Words divided by blanks; in `required`, one of those joined by '|' is enough.
struct EntryModel {
  std::string_view name;
  std::string_view required;
  std::array<std::string_view, 4> optional;
};

/// Another name, or a type that standard styles treat as another.
struct Alias {
  std::string_view name;
  std::string_view means;
};

// clang-format off

/// What every entry may have.
inline constexpr std::string_view kBibtexEverywhere = "key crossref";

inline constexpr EntryModel kBibtexModel[] = {
    {"article", "author title journal year", {"volume number pages month note"}},
    {"book", "author|editor title publisher year", {"volume number series address edition month note"}},
    {"booklet", "title", {"author howpublished address month year note"}},
    {"inbook", "author|editor title chapter|pages publisher year", {"volume number series type address edition month note"}},
    {"incollection", "author title booktitle publisher year", {"editor volume number series type chapter pages address edition month note"}},
    {"inproceedings", "author title booktitle year", {"editor volume number series pages address month organization publisher note"}},
    {"manual", "title", {"author organization address edition month year note"}},
    {"mastersthesis", "author title school year", {"type address month note"}},
    {"misc", "", {"author title howpublished month year note"}},
    {"phdthesis", "author title school year", {"type address month note"}},
    {"proceedings", "title year", {"editor volume number series address month organization publisher note"}},
    {"techreport", "author title institution year", {"type number address month note"}},
    {"unpublished", "author title note", {"month year"}},
};
inline constexpr Alias kBibtexTypeAliases[] = {{"conference", "inproceedings"}};

inline constexpr std::string_view kBiblatexEverywhere =
    "abstract annotation authortype bookpagination crossref date day doi eprint eprintclass eprinttype entryset entrysubtype execute file gender ids indextitle "
    "indexsorttitle isan ismn iswc keywords label langid langidopts library lista listb listc listd liste listf month namea nameatype nameb namebtype namec namectype "
    "nameaddon options origdate origlocation origpublisher origtitle pagination presort related relatedoptions relatedstring relatedtype shortauthor shorteditor "
    "shorthand shorthandintro shortjournal shortseries shorttitle sortkey sortname sortshorthand sorttitle sortyear url urldate usera userb userc userd usere userf "
    "verba verbb verbc xdata xref year";

/// What nearly every type may have.
inline constexpr std::string_view kAnywhere = "addendum language note pubstate subtitle title titleaddon";
inline constexpr std::string_view kEditors = "editor editora editorb editorc editortype editoratype editorbtype editorctype annotator commentator origlanguage translator";
inline constexpr std::string_view kOfBooks = "afterword edition foreword introduction isbn location number publisher volume volumes";
inline constexpr std::string_view kEvents = "editor editortype eventdate eventtitle eventtitleaddon isbn location number organization publisher series venue volumes";

/// @techreport, @mastersthesis and @phdthesis say their type themselves (section 2.1.2).
inline constexpr EntryModel kBiblatexModel[] = {
    {"article", "author title journaltitle date|year", {kAnywhere, kEditors, "eid issn issue issuetitle issuesubtitle issuetitleaddon journalsubtitle journaltitleaddon number pages series version volume"}},
    {"book", "author title date|year", {kAnywhere, kEditors, kOfBooks, "chapter eid maintitle mainsubtitle maintitleaddon pages pagetotal part series"}},
    {"mvbook", "author title date|year", {kAnywhere, kEditors, kOfBooks, "pagetotal series"}},
    {"inbook", "author title booktitle date|year", {kAnywhere, kEditors, kOfBooks, "bookauthor booksubtitle booktitleaddon chapter eid maintitle mainsubtitle maintitleaddon pages part series"}},
    {"booklet", "author|editor title date|year", {kAnywhere, "chapter editortype eid howpublished location pages pagetotal type"}},
    {"collection", "editor title date|year", {kAnywhere, kEditors, kOfBooks, "chapter eid maintitle mainsubtitle maintitleaddon pages pagetotal part series"}},
    {"mvcollection", "editor title date|year", {kAnywhere, kEditors, kOfBooks, "author"}},
    {"incollection", "author editor title booktitle date|year", {kAnywhere, kEditors, kOfBooks, "booksubtitle booktitleaddon chapter eid maintitle mainsubtitle maintitleaddon pages part series"}},
    {"dataset", "title", {kAnywhere, "author edition editor editortype location number organization publisher series type version"}},
    {"manual", "title date|year", {kAnywhere, "author chapter edition editor editortype eid isbn location number organization pages pagetotal publisher series type version"}},
    {"misc", "title date|year", {kAnywhere, "author editor editortype howpublished location organization type version"}},
    {"online", "title date|year doi|eprint|url", {kAnywhere, "author editor editortype organization version"}},
    {"patent", "author title number date|year", {"addendum holder location note pubstate subtitle titleaddon type version"}},
    {"periodical", "editor title date|year", {kAnywhere, "editora editorb editorc editortype editoratype editorbtype editorctype issn issue issuetitle issuesubtitle issuetitleaddon number series volume yeardivision"}},
    {"proceedings", "title date|year", {kAnywhere, kEvents, "chapter eid maintitle mainsubtitle maintitleaddon pages pagetotal part volume"}},
    {"mvproceedings", "title", {kAnywhere, kEvents, "pagetotal date year"}},
    {"inproceedings", "author title booktitle date|year", {kAnywhere, kEvents, "booksubtitle booktitleaddon chapter eid maintitle mainsubtitle maintitleaddon pages part volume"}},
    {"report", "author title type institution date|year", {kAnywhere, "chapter eid isrn location number pages pagetotal version"}},
    {"techreport", "author title institution date|year", {kAnywhere, "chapter eid isrn location number pages pagetotal type version"}},
    {"set", "entryset", {}},
    {"thesis", "author title type institution date|year", {kAnywhere, "chapter eid location pages pagetotal"}},
    {"mastersthesis", "author title institution date|year", {kAnywhere, "chapter eid location pages pagetotal type"}},
    {"unpublished", "author title date|year", {kAnywhere, "eventdate eventtitle eventtitleaddon howpublished location type venue"}},
    {"xdata", "", {}},
    {"bibnote", "", {"note"}},
};

/// Other names of types, and types that have their own name but another's fields.
inline constexpr Alias kBiblatexTypeAliases[] = {
    {"bookinbook", "inbook"}, {"suppbook", "inbook"}, {"suppcollection", "incollection"}, {"suppperiodical", "article"}, {"reference", "collection"},
    {"mvreference", "mvcollection"}, {"inreference", "incollection"}, {"software", "misc"},
    {"conference", "inproceedings"}, {"electronic", "online"}, {"www", "online"}, {"phdthesis", "mastersthesis"},
    {"artwork", "misc"}, {"audio", "misc"}, {"commentary", "misc"}, {"image", "misc"}, {"jurisdiction", "misc"}, {"legislation", "misc"}, {"legal", "misc"},
    {"letter", "misc"}, {"movie", "misc"}, {"music", "misc"}, {"performance", "misc"}, {"review", "misc"}, {"standard", "misc"}, {"video", "misc"},
    {"customa", "misc"}, {"customb", "misc"}, {"customc", "misc"}, {"customd", "misc"}, {"custome", "misc"}, {"customf", "misc"},
};
inline constexpr Alias kBiblatexFieldAliases[] = {
    {"address", "location"}, {"annote", "annotation"}, {"archiveprefix", "eprinttype"}, {"journal", "journaltitle"}, {"key", "sortkey"}, {"pdf", "file"},
    {"primaryclass", "eprintclass"}, {"school", "institution"},
};

// clang-format on

/// The model of an entry type, its aliases looked through; null for a type that the dialect does not have. In lower case, like all that follows.
const EntryModel* model_of(Dialect dialect, std::string_view type);

/// The name that an alias of biblatex's stands for, or the field itself.
std::string_view field_meant(Dialect dialect, std::string_view field);

/// May an entry of this model have the field?
bool allows(Dialect dialect, const EntryModel& model, std::string_view field);

/// Calls `visit(choices)` for each requirement: "title", "date|year".
template <class Visit>
void for_each_requirement(const EntryModel& model, Visit&& visit) {
  detail::for_each_word(model.required, visit);
}

}  // namespace bibmill::bibtex

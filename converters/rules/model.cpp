// Data models: what a type of work must have, may have, and must not have together.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "bibmill/rule.h"
#include "bibmill/text/unicode.h"
#include "words.h"

namespace bibmill::rules {

namespace {

using text::equal_ignoring_ascii_case;

std::string_view type_as_written(const Record& record) { return record.type_as_written.substr(0, record.type_as_written.find(' ')); }

/// Where the type stands: what the entry's name or the first line shows.
Span place_of_type(const CheckedRecord& record) {
  for (const Span& marker : record.record().markers)
    if (record.written(marker) == type_as_written(record.record())) return marker;
  return record.place_of_key();
}

/// The place of a key's value, if the record has it as its own.
std::optional<Span> place_of(const Record& record, std::string_view key) {
  const auto is_it = [&](Str written) { return written.size() == key.size() && equal_ignoring_ascii_case(written, key); };
  for (const Item& item : record.items()) {
    if (const Entry* const entry = std::get_if<Entry>(&item)) {
      if (is_it(entry->key)) return entry->span;
    } else if (const Extra& extra = std::get<Extra>(item); is_it(extra.key)) {
      return extra.span;
    }
  }
  return std::nullopt;
}

/// Has the record the key, or, under whatever key and from whatever parent, the field that the key stands for?
bool has(const CheckedRecord& record, std::string_view key) {
  if (place_of(record.record(), key)) return true;
  for (const Mapping& row : record.format().mappings)
    if (row.reads() && row.key == key && row.applies_to(record.record().type) && record.record().has(row.field)) return true;
  return false;
}

bool has_any(const CheckedRecord& record, std::string_view choices) {
  while (!choices.empty()) {
    const std::size_t bar = std::min(choices.find('|'), choices.size());
    if (has(record, choices.substr(0, bar))) return true;
    choices.remove_prefix(std::min(bar + 1, choices.size()));
  }
  return false;
}

std::string in_words(std::string_view choices) {
  std::string words;
  for (const char c : choices) words += c == '|' ? std::string(" or ") : std::string(1, c);
  return words;
}

/// Works without a named author or editor exist; works without a title or year do not.
bool is_person(std::string_view choices) { return choices.find("author") != std::string_view::npos || choices.find("editor") != std::string_view::npos; }

/// Of a periodical, which the model wants an editor of, most issues name none; and an entry that another entry tells the origin of has that one's author.
bool has_persons_elsewhere(const CheckedRecord& record) {
  if (record.record().type == Type::Periodical) return true;
  const std::optional<Span> relation = place_of(record.record(), "relatedtype");
  if (!relation || !place_of(record.record(), "related")) return false;
  const std::string_view written = record.written(*relation);
  constexpr std::string_view kOrigins[] = {"translationof", "reprintof", "reprintfrom", "origpubas", "origpubin"};
  return std::any_of(std::begin(kOrigins), std::end(kOrigins), [&](std::string_view origin) { return written.find(origin) != std::string_view::npos; });
}

template <bool persons>
void missing(const CheckedRecord& record, Findings& findings) {
  const DataModel* const model = record.model();
  if (model == nullptr || (persons && has_persons_elsewhere(record))) return;
  const std::optional<std::string_view> required = model->required(type_as_written(record.record()));
  if (!required) return;
  std::vector<std::string> gaps;
  detail::for_each_word(*required, [&](std::string_view choices) {
    if (is_person(choices) == persons && !has_any(record, choices)) gaps.push_back(in_words(choices));
  });
  if (!gaps.empty()) findings.add(place_of_type(record), fmt::format("an entry @{} {} have {}", type_as_written(record.record()), persons ? "should" : "must", fmt::join(gaps, ", and ")));
}

void type_outside_model(const CheckedRecord& record, Findings& findings) {
  const DataModel* const model = record.model();
  const std::string_view type = type_as_written(record.record());
  if (model == nullptr || type.empty() || model->required(type)) return;
  findings.add(place_of_type(record), fmt::format("@{} is no type of {}'s standard styles, which print it as @misc", type, record.format().title));
}

void field_outside_model(const CheckedRecord& record, Findings& findings) {
  const DataModel* const model = record.model();
  if (model == nullptr) return;
  const std::string_view type = type_as_written(record.record());
  if (!model->required(type)) return;
  for_each_entry(record.record(), [&](const Entry& entry) {
    if (is_own(entry) && !entry.key.empty() && entry.key.front() != '@' && !model->allows(type, entry.key))
      findings.add(entry.span, fmt::format("{} is no field of @{} in {}'s data model, and not printed", entry.key, type, record.format().title));
  });
}

bool is_known(const Format& format, std::string_view key) {
  for (const Mapping& row : format.mappings)
    if (equal_ignoring_ascii_case(row.key, key) || has_word(row.also, key)) return true;
  return false;
}

void unknown_field(const CheckedRecord& record, Findings& findings) {
  for (const Item& item : record.record().items()) {
    const Extra* const extra = std::get_if<Extra>(&item);
    if (extra == nullptr || extra->key.empty() || is_known(record.format(), extra->key)) continue;
    findings.add(extra->span, fmt::format("{} is no field that anybody is known to read; it may be mistyped", extra->key));
  }
}

/// A field that says nothing without another.
struct Companion {
  std::string_view key;
  std::string_view needs;
};
constexpr Companion kCompanions[] = {
    {"eprinttype", "eprint"}, {"archiveprefix", "eprint"}, {"eprintclass", "eprint"}, {"primaryclass", "eprint"}, {"urldate", "url|doi|eprint|howpublished|note"},
    {"editortype", "editor"}, {"editoratype", "editora"},  {"editorbtype", "editorb"}, {"editorctype", "editorc"}, {"relatedtype", "related"},
    {"month", "year|date"},
};

void field_without_companion(const CheckedRecord& record, Findings& findings) {
  for (const Companion& companion : kCompanions) {
    const std::optional<Span> place = place_of(record.record(), companion.key);
    if (place && !has_any(record, companion.needs)) findings.add(*place, fmt::format("{} says nothing without {}", companion.key, in_words(companion.needs.substr(0, companion.needs.find("|howpublished")))));
  }
}

bool is_a_volume(std::string_view type) { return has_word("book inbook incollection inproceedings conference proceedings", type); }

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), text::ascii_lower);
  return out;
}

/// plain.bst and its kin take the volume and warn.
void volume_and_number(const CheckedRecord& record, Findings& findings) {
  if (!is_a_volume(lower(type_as_written(record.record())))) return;
  const std::optional<Span> number = place_of(record.record(), "number");
  if (number && place_of(record.record(), "volume")) findings.add(*number, "BibTeX's styles print either volume or number of a book, not both: the number is dropped");
}

void author_and_editor(const CheckedRecord& record, Findings& findings) {
  if (!has_word("book inbook", lower(type_as_written(record.record())))) return;
  const std::optional<Span> editor = place_of(record.record(), "editor");
  if (editor && place_of(record.record(), "author")) findings.add(*editor, "BibTeX's styles print either author or editor of a book, not both: the editor is dropped");
}

void date_beside_year(const CheckedRecord& record, Findings& findings) {
  const std::optional<Span> year = place_of(record.record(), "year");
  if (year && place_of(record.record(), "date")) findings.add(*year, "both date and year are given; biblatex takes the date");
}

/// A value of nothing but its delimiters.
void empty_field(const CheckedRecord& record, Findings& findings) {
  for (const Span& marker : record.record().markers) {
    const std::string_view written = record.written(marker);
    if (written.size() < 2 || (written.front() != '{' && written.front() != '"')) continue;
    if (text::trim(written.substr(1, written.size() - 2)).empty()) findings.add(marker, "this field is empty; it can go");
  }
}

void opt_field(const CheckedRecord& record, Findings& findings) {
  for (const Item& item : record.record().items()) {
    const Extra* const extra = std::get_if<Extra>(&item);
    if (extra != nullptr && (extra->key.starts_with("OPT") || extra->key.starts_with("ALT")) && extra->key.size() > 3)
      findings.add(extra->span, fmt::format("{} is a field that an editor switched off; as {} it would be read", extra->key, extra->key.substr(3)));
  }
}

void proceedings_with_pages(const CheckedRecord& record, Findings& findings) {
  if (lower(type_as_written(record.record())) != "proceedings") return;
  if (const std::optional<Span> pages = place_of(record.record(), "pages")) findings.add(*pages, "pages of whole proceedings: is it a paper in them (@inproceedings)?");
}

// -------------------------------------------------------------------------------------- formats whose types ask for nothing

constexpr TypeSet kNeedNoTitle = Type::PersonalCommunication | Type::LegalCase | Type::Interview | Type::Graphic | Type::Manuscript | Type::Collection | Type::Post;

bool has_one(const Record& record, std::initializer_list<Field> fields) {
  return std::any_of(fields.begin(), fields.end(), [&](Field field) { return record.has(field); });
}

void no_title(const CheckedRecord& checked, Findings& findings) {
  const Record& record = checked.record();
  if (checked.model() != nullptr || kNeedNoTitle.has(record.type) || record.items().empty()) return;
  if (!has_one(record, {Field::Title, Field::OriginalTitle, Field::TranslatedTitle, Field::TitleShort, Field::ContainerTitle, Field::ReviewedTitle}))
    findings.add(checked.place_of_key(), "the record has no title");
}

constexpr TypeSet kInJournals = Type::ArticleJournal | Type::ArticleMagazine | Type::ArticleNewspaper;
constexpr TypeSet kInBooks = TypeSet(Type::Chapter);

void no_container(const CheckedRecord& checked, Findings& findings) {
  const Record& record = checked.record();
  if (checked.model() != nullptr || !(kInJournals | kInBooks).has(record.type)) return;
  if (!has_one(record, {Field::ContainerTitle, Field::ContainerTitleShort, Field::CollectionTitle, Field::EventTitle, Field::VolumeTitle, Field::MainTitle, Field::Issn, Field::NlmId}))
    findings.add(checked.place_of_key(), fmt::format("the record does not name the {} that it stands in", record.type == Type::Chapter ? "book" : "journal"));
}

void no_date(const CheckedRecord& checked, Findings& findings) {
  const Record& record = checked.record();
  if (checked.model() != nullptr) return;
  if (!has_one(record, {Field::Issued, Field::AvailableDate, Field::Submitted, Field::EventDate, Field::OriginalDate, Field::Status, Field::History, Field::Accessed}))
    findings.add(checked.place_of_key(), "the record has no date");
}

void no_author(const CheckedRecord& checked, Findings& findings) {
  const Record& record = checked.record();
  if (checked.model() != nullptr) return;
  bool person = false;
  for_each_entry(record, [&](const Entry& entry) { person = person || holds<Names>(entry.field); });
  if (!person) findings.add(checked.place_of_key(), "the record names no person or body");
}

void no_key(const CheckedRecord& checked, Findings& findings) {
  if (checked.format().needs_key && checked.record().key.empty()) findings.add(checked.place_of_key(), "the record has no key, so that nobody can cite it");
}

void nothing_but_key(const CheckedRecord& checked, Findings& findings) {
  if (checked.record().items().empty()) findings.add(checked.place_of_key(), "the record says nothing");
}

constexpr std::string_view kOddInKeys = "\"#%'(),={}~\\$^&";

void odd_key(const CheckedRecord& checked, Findings& findings) {
  const std::string_view key = checked.record().key;
  const std::size_t at = key.find_first_of(kOddInKeys);
  if (at != std::string_view::npos) findings.add(checked.place_of_key(), fmt::format("the key {} holds {}, which LaTeX or BibTeX stumbles over", key, key.substr(at, 1)));
}

void non_ascii_key(const CheckedRecord& checked, Findings& findings) {
  if (!text::is_ascii(checked.record().key)) findings.add(checked.place_of_key(), fmt::format("the key {} is not ASCII, which old LaTeX cannot cite", checked.record().key));
}

// clang-format off
constexpr Rule kRules[] = {
    {.code = "model/missing-required-field", .summary = "An entry lacks a field that its type must have.", .why = "Styles print a gap or a warning. The fields are those of BibTeX's standard styles and of biblatex's data model; what is inherited counts.", .formats = kLatexFormats,
     .bad = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, year = 2001}\n"}, .good = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast}, year = 2001}\n"},
     .record = missing<false>},
    {.code = "model/missing-person", .summary = "An entry lacks the author or editor that its type usually has.", .why = "Styles then sort by title, and BibTeX warns. Some works do have neither.", .severity = Severity::Note, .formats = kLatexFormats,
     .bad = {"bibtex", "@article{a, title = {Tides}, journal = {Coast}, year = 2001}\n"}, .good = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast}, year = 2001}\n"},
     .record = missing<true>},
    {.code = "model/type-outside-model", .summary = "A type is none of BibTeX's standard styles.", .why = "They print it as @misc, and drop what @misc does not have.", .severity = Severity::Note, .formats = "bibtex",
     .bad = {"bibtex", "@patent{a, author = {Lind, Oda}, title = {Tides}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, author = {Lind, Oda}, title = {Tides}, year = 2001}\n"},
     .record = type_outside_model},
    {.code = "model/field-outside-model", .summary = "A field is none of its type's.", .why = "It is not printed, and biber --validate-datamodel warns of it.", .severity = Severity::Note, .by_default = false, .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = 2001, journal = {Coast}}\n"}, .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001}\n"},
     .record = field_outside_model},
    {.code = "model/unknown-field", .summary = "A field has a name that no known program reads.", .why = "It may be mistyped, or some program's own.", .severity = Severity::Note, .by_default = false, .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = 2001, titel = {Tides}}\n"}, .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001}\n"},
     .record = unknown_field},
    {.code = "model/field-without-companion", .summary = "A field says nothing without another that is missing.", .why = "eprinttype without eprint, urldate without url, month without year: something was lost.", .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = 2001, archiveprefix = {arXiv}}\n"}, .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001, archiveprefix = {arXiv}, eprint = {2101.00001}}\n"},
     .record = field_without_companion},
    {.code = "model/volume-and-number", .summary = "A book has both volume and number.", .why = "BibTeX's standard styles print one of them and warn. biblatex prints both.", .formats = "bibtex",
     .bad = {"bibtex", "@book{a, author = {Lind, Oda}, title = {Tides}, publisher = {Harbour}, year = 2001, volume = 2, number = 3}\n"}, .good = {"bibtex", "@book{a, author = {Lind, Oda}, title = {Tides}, publisher = {Harbour}, year = 2001, volume = 2}\n"},
     .record = volume_and_number},
    {.code = "model/author-and-editor", .summary = "A book has both author and editor.", .why = "BibTeX's standard styles print one of them and warn. biblatex prints both.", .formats = "bibtex",
     .bad = {"bibtex", "@book{a, author = {Lind, Oda}, editor = {Berg, Nils}, title = {Tides}, publisher = {Harbour}, year = 2001}\n"}, .good = {"bibtex", "@book{a, author = {Lind, Oda}, title = {Tides}, publisher = {Harbour}, year = 2001}\n"},
     .record = author_and_editor},
    {.code = "model/date-beside-year", .summary = "An entry has both date and year.", .why = "biblatex takes the date, and older styles the year: sooner or later they differ.", .severity = Severity::Note, .by_default = false, .formats = "biblatex",
     .bad = {"biblatex", "@misc{a, title = {Tides}, date = {2001-05}, year = 2001}\n"}, .good = {"biblatex", "@misc{a, title = {Tides}, date = {2001-05}}\n"},
     .record = date_beside_year},
    {.code = "model/proceedings-with-pages", .summary = "Whole proceedings have pages.", .why = "A paper in them is @inproceedings.", .severity = Severity::Note, .by_default = false, .formats = kLatexFormats,
     .bad = {"bibtex", "@proceedings{a, title = {Tides}, year = 2001, pages = {1--10}}\n"}, .good = {"bibtex", "@proceedings{a, title = {Tides}, year = 2001}\n"},
     .record = proceedings_with_pages},
    {.code = "model/empty-field", .summary = "A field is empty.", .why = "It says nothing; some styles print a gap for it.", .severity = Severity::Note, .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = 2001, note = {}}\n"}, .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001}\n"},
     .record = empty_field},
    {.code = "model/opt-field", .summary = "A field is switched off by OPT or ALT before its name.", .why = "Emacs leaves such fields behind; nobody reads them.", .severity = Severity::Note, .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = 2001, OPTnote = {Read}}\n"}, .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001, note = {Read}}\n"},
     .record = opt_field},
    {.code = "model/no-title", .summary = "A record has no title.", .why = "Nobody can tell what it is.",
     .bad = {"ris", "TY  - JOUR\nAU  - Lind, Oda\nSN  - 1097-4172\nPY  - 2001\nER  - \n"}, .good = {"ris", "TY  - JOUR\nAU  - Lind, Oda\nTI  - Tides\nT2  - Coast\nPY  - 2001\nER  - \n"},
     .record = no_title},
    {.code = "model/no-container", .summary = "An article does not name its journal, or a chapter its book.", .why = "Nobody can find it.",
     .bad = {"ris", "TY  - JOUR\nAU  - Lind, Oda\nTI  - Tides\nPY  - 2001\nER  - \n"}, .good = {"ris", "TY  - JOUR\nAU  - Lind, Oda\nTI  - Tides\nT2  - Coast\nPY  - 2001\nER  - \n"},
     .record = no_container},
    {.code = "model/no-date", .summary = "A record has no date of any kind.", .why = "Most styles cite by author and year.", .severity = Severity::Note, .by_default = false,
     .bad = {"ris", "TY  - JOUR\nAU  - Lind, Oda\nTI  - Tides\nT2  - Coast\nER  - \n"}, .good = {"ris", "TY  - JOUR\nAU  - Lind, Oda\nTI  - Tides\nT2  - Coast\nPY  - 2001\nER  - \n"},
     .record = no_date},
    {.code = "model/no-author", .summary = "A record names no person or body.", .why = "Most styles cite by author and year.", .severity = Severity::Note, .by_default = false,
     .bad = {"ris", "TY  - JOUR\nTI  - Tides\nT2  - Coast\nPY  - 2001\nER  - \n"}, .good = {"ris", "TY  - JOUR\nAU  - Lind, Oda\nTI  - Tides\nT2  - Coast\nPY  - 2001\nER  - \n"},
     .record = no_author},
    {.code = "model/no-key", .summary = "A record has no key, though its format cites by keys.", .why = "Nobody can cite it. (Of BibTeX the reader says so.)", .formats = "csljson yaml",
     .bad = {"csljson", R"([{"type": "article-journal", "title": "Tides", "container-title": "Coast"}])" "\n"}, .good = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides", "container-title": "Coast"}])" "\n"},
     .record = no_key},
    {.code = "model/nothing-but-key", .summary = "A record says nothing.", .why = "It may be what is left of one that was cut off.", .formats = "csljson medline pubmed ris yaml",
     .bad = {"ris", "TY  - DATA\nER  - \n"}, .good = {"ris", "TY  - JOUR\nAU  - Lind, Oda\nTI  - Tides\nT2  - Coast\nPY  - 2001\nER  - \n"},
     .record = nothing_but_key},
    {.code = "syntax/odd-key", .summary = "A key holds a character that LaTeX or BibTeX stumbles over.", .why = "\\cite ends at a comma, and %, # and their like are commands.", .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a'b, title = {Tides}, year = 2001}\n"}, .good = {"bibtex", "@misc{lind:tides-2001_b, title = {Tides}, year = 2001}\n"},
     .record = odd_key},
    {.code = "syntax/non-ascii-key", .summary = "A key holds a character beyond ASCII.", .why = "pdfLaTeX with BibTeX cannot cite it; biber and LuaLaTeX can.", .severity = Severity::Note, .by_default = false, .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{müller, title = {Tides}, year = 2001}\n"}, .good = {"bibtex", "@misc{mueller, title = {Tides}, year = 2001}\n"},
     .record = non_ascii_key},
};
// clang-format on

}  // namespace

std::span<const Rule> model_rules() { return kRules; }

}  // namespace bibmill::rules

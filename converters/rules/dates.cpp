// Dates, and numbers that are written where only numbers belong.
#include <algorithm>

#include <fmt/format.h>

#include "bibmill/rule.h"
#include "bibmill/text/dates.h"
#include "bibmill/text/unicode.h"
#include "words.h"

namespace bibmill::rules {

namespace {

bool is_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), text::is_ascii_digit); }

/// To the precision that both have.
bool is_after(const DatePoint& a, const DatePoint& b) {
  if (!a.known() || !b.known() || a.unspecified_year > 0 || b.unspecified_year > 0 || a.season != 0 || b.season != 0) return false;
  if (a.year != b.year) return a.year > b.year;
  if (a.month == 0 || b.month == 0 || a.month != b.month) return a.month != 0 && b.month != 0 && a.month > b.month;
  return a.day != 0 && b.day != 0 && a.day > b.day;
}

void range_backwards(const CheckedRecord&, const Entry& entry, Findings& findings) {
  const auto* const date = std::get_if<Date>(&entry.value);
  if (date != nullptr && is_after(date->from, date->to)) findings.add(entry.span, "the date ends before it begins");
}

/// What stands between a value's delimiters.
std::string_view inside(std::string_view written) {
  const std::string_view text = text::trim(written);
  return text.size() >= 2 && (text.front() == '{' || text.front() == '"') ? text::trim(text.substr(1, text.size() - 2)) : text;
}

/// Year and month are one date and two entries, of which the later only repeats the value.
template <class Visit>
void for_each_written_as(const CheckedRecord& record, std::string_view key, Visit&& visit) {
  for_each_entry(record.record(), [&](const Entry& entry) {
    if (text::equal_ignoring_ascii_case(entry.key, key)) visit(entry, record.written(entry.span));
  });
}

void short_year(const CheckedRecord& record, Findings& findings) {
  for_each_written_as(record, "year", [&](const Entry& entry, std::string_view written) {
    const std::string_view year = inside(written);
    if (is_digits(year) && year.size() < 4) findings.add(entry.span, fmt::format("the year {} has not four digits", year));
  });
}

/// Words where a year should be stay in a field of their own, or beside the date.
void year_with_words(const CheckedRecord& record, Findings& findings) {
  for (const Item& item : record.record().items()) {
    const Extra* const extra = std::get_if<Extra>(&item);
    if (extra != nullptr && text::equal_ignoring_ascii_case(extra->key, "year")) findings.add(extra->span, "this is no year; \"in press\" and its like belong to a note or to pubstate");
  }
}

constexpr std::string_view kWantsYear = "a year is four digits";

/// What is wrong with a year that could not be read; empty where words stand for it, or a year stands among words.
std::string fault_of_year(std::string_view year) {
  constexpr std::size_t kDigits = 4;
  const auto digits = static_cast<std::size_t>(std::count_if(year.begin(), year.end(), text::is_ascii_digit));
  const bool of_digits = !year.empty() && digits == year.size();
  if (of_digits) return digits > kDigits ? fmt::format("{} is no year: {}", year, kWantsYear) : std::string();
  if (year.size() == kDigits + 1 && digits == kDigits && is_digits(year.substr(0, kDigits)) && text::is_ascii_lower(year.back()))
    return fmt::format("styles set the letter of {} themselves; programs take it for no year", year);
  const bool looks_alike = std::all_of(year.begin(), year.end(), [](char c) { return text::is_ascii_digit(c) || std::string_view("OoIl").find(c) != std::string_view::npos; });
  if (year.size() == kDigits && digits >= 2 && looks_alike) return fmt::format("{} is no year: letters stand in it that look like digits", year);
  const bool gaps = std::all_of(year.begin(), year.end(), [](char c) { return text::is_ascii_digit(c) || c == ' '; });
  if (gaps && digits == kDigits) return fmt::format("{} is no year: a blank stands in it", year);
  for (const std::string_view mark : {"'", "`", "’", "‘"})
    if (year.starts_with(mark) && year.size() == mark.size() + 2 && is_digits(year.substr(mark.size()))) return fmt::format("the year {} does not say its century", year);
  return {};
}

void malformed_year(const CheckedRecord& record, Findings& findings) {
  year_with_words(record, findings);
  for_each_written_as(record, "year", [&](const Entry& entry, std::string_view written) {
    const auto* const date = std::get_if<Date>(&entry.value);
    if (date == nullptr || date->from.known()) return;
    std::string fault = fault_of_year(inside(written));
    if (!fault.empty()) findings.add(entry.span, std::move(fault));
  });
}

/// A number that is no month's, a number that no day has beside words, or one word that names no month. Of "First Quarter" and "Lent Term" nobody knows.
bool is_no_month(std::string_view text) {
  constexpr int kMostDays = 31;
  if (is_digits(text)) return text.size() > 2 || std::stoi(std::string(text)) < 1 || std::stoi(std::string(text)) > 12;
  const auto is_letter = [](char c) { return text::is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80; };
  std::size_t words = 0;
  std::size_t numbers = 0;
  bool named = false;
  bool possible = true;
  for (std::size_t at = 0, end = 0; at < text.size(); at = end) {
    end = at + 1;
    if (text::is_ascii_digit(text[at])) {
      while (end < text.size() && text::is_ascii_digit(text[end])) ++end;
      possible = possible && end - at <= 2 && std::stoi(std::string(text.substr(at, end - at))) <= kMostDays;
      ++numbers;
    } else if (is_letter(text[at])) {
      while (end < text.size() && is_letter(text[end])) ++end;
      const std::string_view word = text.substr(at, end - at);
      named = named || text::month_named(word) != 0 || text::season_named(word) != 0;
      ++words;
    }
  }
  return words > 0 && (!possible || (words == 1 && numbers == 0 && !named));
}

void malformed_month(const CheckedRecord& record, Findings& findings) {
  constexpr std::string_view kMessage = "this is no month: it is jan to dec, or 1 to 12";
  for (const Item& item : record.record().items()) {
    const Extra* const extra = std::get_if<Extra>(&item);
    if (extra != nullptr && text::equal_ignoring_ascii_case(extra->key, "month") && record.record().has(Field::Issued) && is_no_month(inside(record.written(extra->span))))
      findings.add(extra->span, std::string(kMessage));
  }
  for_each_written_as(record, "month", [&](const Entry& entry, std::string_view written) {
    const std::string_view month = inside(written);
    const auto* const date = std::get_if<Date>(&entry.value);
    const bool unread = date != nullptr && date->from.known() && date->from.month == 0 && date->from.season == 0 && !date->literal.empty();
    if (is_digits(month) ? is_no_month(month) : unread && is_no_month(date->literal)) findings.add(entry.span, std::string(kMessage));
  });
}

void accessed_before_published(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const Date* const issued = record.record().get<Field::Issued>();
  const auto* const accessed = std::get_if<Date>(&entry.value);
  if (issued == nullptr || accessed == nullptr || issued->is_range()) return;
  if (is_after(issued->from, accessed->from) && issued->from.year > accessed->from.year) findings.add(entry.span, "it was looked at a year or more before it came out");
}

/// Steps in the life of a manuscript, in their order.
int step_of(std::string_view status) {
  if (status == "received") return 1;
  if (status == "accepted") return 2;
  return 0;
}

void history_out_of_order(const CheckedRecord&, const Entry& entry, Findings& findings) {
  const auto* const history = std::get_if<History>(&entry.value);
  if (history == nullptr) return;
  const Event* received = nullptr;
  for (const Event& event : history->list) {
    if (step_of(event.status) == 1) received = &event;
    if (step_of(event.status) == 2 && received != nullptr && is_after(received->date.from, event.date.from)) findings.add(entry.span, "the manuscript was accepted before it was received");
  }
}

void two_digit_year(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const auto* const date = std::get_if<Date>(&entry.value);
  if (date == nullptr || !date->from.known()) return;
  const DatePoint& point = date->from;
  // Works of antiquity have no month.
  if (point.year > 0 && point.year < 100 && point.month != 0 && record.model() == nullptr) findings.add(entry.span, fmt::format("the year {} has two digits; which century?", point.year));
}

// ---------------------------------------------------------------------------------------------------------------- numbers

constexpr std::string_view kLabels[] = {"pp. ", "pp.", "p. ", "pages ", "pages: ", "vol. ", "vol.", "volume ", "no. ", "no.", "nr. ", "issue "};

void number_with_label(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const std::string_view text = inside(record.written(entry.span));
  for (const std::string_view label : kLabels) {
    if (text.size() <= label.size() || !text::equal_ignoring_ascii_case(text.substr(0, label.size()), label) || !text::is_ascii_digit(text[label.size()])) continue;
    findings.add(record.span_of(text.substr(0, label.size())), fmt::format("\"{}\" is set by styles, and so printed twice", text::trim(label)), replace(record, text.substr(0, label.size()), {}, "take it off", false));
    return;
  }
}

void single_hyphen(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const std::string_view text = inside(record.written(entry.span));
  const std::size_t hyphen = text.find('-');
  if (hyphen == std::string_view::npos || text.find('-', hyphen + 1) != std::string_view::npos) return;
  if (!is_digits(text.substr(0, hyphen)) || !is_digits(text.substr(hyphen + 1))) return;
  findings.add(record.span_of(text.substr(hyphen, 1)), "a range of pages is written with two hyphens, which print as a dash", replace(record, text.substr(hyphen, 1), "--", "write two", true));
}

void equal_pages(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const std::string_view text = inside(record.written(entry.span));
  const std::size_t dash = text.find("--");
  if (dash != std::string_view::npos && text.substr(0, dash) == text.substr(dash + 2)) findings.add(entry.span, "the range begins and ends with the same page");
}

void leading_zero(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const std::string_view text = inside(record.written(entry.span));
  if (is_digits(text) && text.size() > 1 && text.front() == '0') findings.add(entry.span, fmt::format("{} begins with a zero", text));
}

void edition_with_word(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const std::string_view text = inside(record.written(entry.span));
  if (contains(text, " edition") || contains(text, " ed.")) findings.add(entry.span, "the word edition is set by styles, and so printed twice");
}

void first_edition(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const std::string_view text = inside(record.written(entry.span));
  for (const std::string_view first : {"1", "1st", "first", "First"})
    if (text == first) findings.add(entry.span, "a first edition is usually not said to be one");
}

void number_as_edition(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const std::string_view text = inside(record.written(entry.span));
  if (is_digits(text) && text != "1") findings.add(entry.span, fmt::format("BibTeX's styles print \"{} edition\": write the ordinal, such as Second", text));
}

void lower_first_letter(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const std::string_view text = inside(record.written(entry.span));
  if (!text.empty() && text::is_ascii_lower(text.front()) && text.find("://") == std::string_view::npos) findings.add(entry.span, fmt::format("{} stands at the beginning of a sentence in print; begin it with a capital", entry.key));
}

void month_without_macro(const CheckedRecord& record, Findings& findings) {
  for_each_written_as(record, "month", [&](const Entry& entry, std::string_view written) {
    const std::string_view delimited = text::trim(written);
    if (delimited.size() < 3 || (delimited.front() != '{' && delimited.front() != '"')) return;
    const std::string_view text = inside(delimited);
    const unsigned month = is_digits(text) && text.size() <= 2 ? static_cast<unsigned>(std::stoi(std::string(text))) : text::month_named(text);
    if (month < 1 || month > 12) return;
    std::string macro(text::month_abbreviation(month));
    std::transform(macro.begin(), macro.end(), macro.begin(), text::ascii_lower);
    findings.add(entry.span, fmt::format("styles print months in their own way if they are written as {}", macro), replace(record, delimited, macro, "write the macro", true));
  });
}

void upper_case_type(const CheckedRecord& record, Findings& findings) {
  const Record& entry = record.record();
  if (!std::any_of(entry.type_as_written.begin(), entry.type_as_written.end(), text::is_ascii_upper)) return;
  for (const Span& marker : entry.markers) {
    const std::string_view written = record.written(marker);
    if (written.empty() || !entry.type_as_written.starts_with(written)) continue;
    std::string lower(written);
    std::transform(lower.begin(), lower.end(), lower.begin(), text::ascii_lower);
    if (lower == written) return;
    findings.add(marker, fmt::format("the type {} is written with capitals", written), replace(record, written, lower, "lower it", true));
    return;
  }
}

bool is_date(Field field) { return holds<Date>(field); }

// clang-format off
constexpr Rule kRules[] = {
    {.code = "date/range-backwards", .summary = "A date ends before it begins.", .why = "One of its ends was mistyped.",
     .bad = {"biblatex", "@misc{a, title = {Tides}, date = {2005/2001}}\n"}, .good = {"biblatex", "@misc{a, title = {Tides}, date = {2001/2005}}\n"}, .wants = is_date, .value = range_backwards},
    {.code = "date/short-year", .summary = "A year has fewer than four digits.", .why = "Nobody knows the century, and sorting goes wrong.", .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = 99}\n"}, .good = {"bibtex", "@misc{a, title = {Tides}, year = 1999}\n"}, .record = short_year},
    {.code = "date/two-digit-year", .summary = "A year has two digits.", .why = "Nobody knows the century.",
     .bad = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides", "container-title": "Coast", "issued": {"date-parts": [[99, 5]]}}])" "\n"},
     .good = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides", "container-title": "Coast", "issued": {"date-parts": [[1999, 5]]}}])" "\n"}, .wants = is_one_of<Field::Issued>, .value = two_digit_year},
    {.code = "date/malformed-year", .summary = "What stands as a year is none.", .why = "Styles sort by it.", .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = {2O01}}\n"}, .good = {"bibtex", "@misc{a, title = {Tides}, year = {in press}}\n"}, .record = malformed_year},
    {.code = "date/malformed-month", .summary = "What stands as a month is none.", .why = "Styles sort by it, and print it as it stands.", .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = 2001, month = {13}}\n"}, .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001, month = {Nov--Dec}}\n"}, .record = malformed_month},
    {.code = "date/accessed-before-published", .summary = "A work was looked at a year or more before it came out.", .why = "One of the dates is wrong.",
     .bad = {"biblatex", "@online{a, title = {Tides}, date = {2005}, url = {https://example.org}, urldate = {2001-05-07}}\n"}, .good = {"biblatex", "@online{a, title = {Tides}, date = {2005}, url = {https://example.org}, urldate = {2005-05-07}}\n"},
     .wants = is_one_of<Field::Accessed>, .value = accessed_before_published},
    {.code = "date/accepted-before-received", .summary = "A manuscript was accepted before it was received.", .why = "One of the dates is wrong.",
     .bad = {"medline", "PMID- 1\nTI  - Tides.\nAU  - Lind O\nJT  - Coast\nDP  - 2001\nPHST- 2001/05/07 00:00 [received]\nPHST- 2001/02/07 00:00 [accepted]\n"},
     .good = {"medline", "PMID- 1\nTI  - Tides.\nAU  - Lind O\nJT  - Coast\nDP  - 2001\nPHST- 2001/02/07 00:00 [received]\nPHST- 2001/05/07 00:00 [accepted]\n"}, .wants = is_one_of<Field::History>, .value = history_out_of_order},
    {.code = "style/number-with-label", .summary = "\"pp.\", \"vol.\" or \"no.\" stands before a number.", .why = "Styles set it themselves, so that it is printed twice.", .severity = Severity::Note, .fix = "suggested",
     .bad = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast}, year = 2001, volume = {vol. 3}}\n"}, .good = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast}, year = 2001, volume = {3}}\n"},
     .wants = is_one_of<Field::Volume, Field::Issue, Field::Page>, .value = number_with_label},
    {.code = "style/single-hyphen", .summary = "A range of pages has one hyphen.", .why = "In LaTeX two print as the dash that a range has.", .severity = Severity::Note, .by_default = false, .formats = kLatexFormats, .fix = "safe",
     .bad = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast}, year = 2001, pages = {1-9}}\n"}, .good = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast}, year = 2001, pages = {1--9}}\n"},
     .wants = is_one_of<Field::Page>, .value = single_hyphen},
    {.code = "style/equal-pages", .summary = "A range begins and ends with the same page.", .why = "One number says it.", .severity = Severity::Note, .by_default = false, .formats = kLatexFormats,
     .bad = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast}, year = 2001, pages = {9--9}}\n"}, .good = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast}, year = 2001, pages = {9}}\n"},
     .wants = is_one_of<Field::Page>, .value = equal_pages},
    {.code = "style/leading-zero", .summary = "A volume or issue begins with a zero.", .why = "It is printed so, and compares unequal.", .severity = Severity::Note, .by_default = false,
     .bad = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast}, year = 2001, volume = {03}}\n"}, .good = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast}, year = 2001, volume = {3}}\n"},
     .wants = is_one_of<Field::Volume, Field::Issue>, .value = leading_zero},
    {.code = "style/edition-with-word", .summary = "The word edition stands in the edition.", .why = "Styles set it themselves, so that it is printed twice.", .severity = Severity::Note, .formats = kLatexFormats,
     .bad = {"bibtex", "@book{a, author = {Lind, Oda}, title = {Tides}, publisher = {Harbour}, year = 2001, edition = {Second edition}}\n"}, .good = {"bibtex", "@book{a, author = {Lind, Oda}, title = {Tides}, publisher = {Harbour}, year = 2001, edition = {Second}}\n"},
     .wants = is_one_of<Field::Edition>, .value = edition_with_word},
    {.code = "style/first-edition", .summary = "A first edition is said to be one.", .why = "It is left out in most lists.", .severity = Severity::Note, .by_default = false,
     .bad = {"bibtex", "@book{a, author = {Lind, Oda}, title = {Tides}, publisher = {Harbour}, year = 2001, edition = {First}}\n"}, .good = {"bibtex", "@book{a, author = {Lind, Oda}, title = {Tides}, publisher = {Harbour}, year = 2001, edition = {Second}}\n"},
     .wants = is_one_of<Field::Edition>, .value = first_edition},
    {.code = "style/edition-as-number", .summary = "An edition is a bare number in BibTeX.", .why = "Its styles print \"2 edition\"; they expect an ordinal. biblatex wants the number.", .severity = Severity::Note, .by_default = false, .formats = "bibtex",
     .bad = {"bibtex", "@book{a, author = {Lind, Oda}, title = {Tides}, publisher = {Harbour}, year = 2001, edition = {2}}\n"}, .good = {"bibtex", "@book{a, author = {Lind, Oda}, title = {Tides}, publisher = {Harbour}, year = 2001, edition = {Second}}\n"},
     .wants = is_one_of<Field::Edition>, .value = number_as_edition},
    {.code = "style/note-in-lower-case", .summary = "A note or howpublished begins with a small letter.", .why = "In print it stands at the beginning of a sentence.", .severity = Severity::Note, .by_default = false, .formats = "bibtex",
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = 2001, note = {read at sea}}\n"}, .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001, note = {Read at sea}}\n"},
     .wants = is_one_of<Field::Note, Field::HowPublished>, .value = lower_first_letter},
    {.code = "style/month-without-macro", .summary = "A month is not written as BibTeX's macro.", .why = "jan to dec are printed as each style has them, in its language.", .severity = Severity::Note, .by_default = false, .formats = "bibtex", .fix = "safe",
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = 2001, month = {January}}\n"}, .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001, month = jan}\n"},
     .record = month_without_macro},
    {.code = "style/upper-case-type", .summary = "A type is written with capitals.", .why = "Case means nothing to BibTeX; one way of writing makes searches easier.", .severity = Severity::Note, .by_default = false, .formats = kLatexFormats, .fix = "safe",
     .bad = {"bibtex", "@Misc{a, title = {Tides}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001}\n"}, .record = upper_case_type},
};
// clang-format on

}  // namespace

std::span<const Rule> dates_rules() { return kRules; }

}  // namespace bibmill::rules

// Titles of works, journals and books.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "bibmill/rule.h"
#include "bibmill/text/entities.h"
#include "bibmill/text/unicode.h"
#include "words.h"

namespace bibmill::rules {

namespace {

bool is_title(Field field) { return is_one_of<Field::Title, Field::ContainerTitle, Field::Subtitle, Field::CollectionTitle>(field); }
bool is_own_title(Field field) { return field == Field::Title; }
bool is_container(Field field) { return field == Field::ContainerTitle; }
bool is_book_title(const CheckedRecord& record) { return (Type::PaperConference | Type::Chapter).has(record.record().type); }

void in_capitals(const CheckedRecord&, const Entry& entry, Findings& findings) {
  constexpr std::size_t kLeastLetters = 12;
  const std::string title = text_of(entry);
  if (is_in_capitals(title, kLeastLetters) && words_of(title).size() >= 3) findings.add(entry.span, "the title is in capitals; no style can bring its own case back");
}

void cut_off(const CheckedRecord&, const Entry& entry, Findings& findings) {
  const std::string title = text_of(entry);
  const std::string_view trimmed = text::trim(title);
  if (trimmed.size() > 20 && (trimmed.ends_with("...") || trimmed.ends_with("…"))) findings.add(entry.span, "the title ends with dots: it was cut off, or the author meant them");
}

/// "What to look for" and "Sink or swim in" are whole.
constexpr std::string_view kNeedMore = "an the of and or der das und des du et";
constexpr std::size_t kLongestOfThese = 3;
constexpr std::string_view kMeetings = "conference symposium workshop congress seminar meeting colloquium";

void unfinished(const CheckedRecord&, const Entry& entry, Findings& findings) {
  const std::string title = text_of(entry);
  const auto last_word_of = [](std::string_view text) {
    const std::string_view trimmed = text::trim(text);
    const auto blank = std::find_if(trimmed.rbegin(), trimmed.rend(), text::is_blank);
    return trimmed.substr(static_cast<std::size_t>(trimmed.rend() - blank));
  };
  const std::string_view last = last_word_of(title);
  if (last.size() > kLongestOfThese) return;
  const std::string_view rest = std::string_view(title).substr(0, static_cast<std::size_t>(last.data() - title.data()));
  const std::string before = text::ascii_lowered(last_word_of(rest));
  if (words_of(rest).size() < 2) return;
  if (has_word(kNeedMore, last) || (last == "on" && has_word(kMeetings, before))) findings.add(entry.span, fmt::format("the title ends with \"{}\": the rest of it is missing", last));
}

constexpr std::array<std::string_view, 8> kPlaceholders = {"untitled", "no title", "[no title]", "title", "[no title available]", "not available", "n/a", "???"};

void placeholder(const CheckedRecord&, const Entry& entry, Findings& findings) {
  const std::string title = text_of(entry);
  for (const std::string_view word : kPlaceholders)
    if (text::equal_ignoring_ascii_case(text::trim(title), word)) findings.add(entry.span, fmt::format("\"{}\" stands for a title and is none", title));
}

void with_url(const CheckedRecord&, const Entry& entry, Findings& findings) {
  const std::string title = text_of(entry);
  if (title.find("http://") != std::string::npos || title.find("https://") != std::string::npos) findings.add(entry.span, "an address stands in the title; it has a field of its own");
}

void with_year(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const Date* const date = record.record().get<Field::Issued>();
  if (date == nullptr || !date->from.known() || date->from.year < 1000) return;
  const std::string title = text_of(entry);
  const std::string year = std::to_string(date->from.year);
  if (title.find(year) == std::string::npos) return;
  for (const std::string_view word : words_of(title))
    if (word == year || word == fmt::format("({})", year)) findings.add(entry.span, fmt::format("the year {} stands in the title of the container, and is printed twice", year));
}

void with_pages(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  if (!is_book_title(record)) return;
  const std::string title = text_of(entry);
  const std::vector<std::string_view> words = words_of(title);
  for (std::size_t at = 0; at + 1 < words.size(); ++at)
    if ((words[at] == "pages" || words[at] == "pp." || words[at] == "pp" || words[at] == "p.") && text::is_ascii_digit(words[at + 1].front()))
      findings.add(entry.span, "pages stand in the title of the book; they have a field of their own");
}

void without_proceedings(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  if (record.record().type != Type::PaperConference) return;
  const std::string title = text_of(entry);
  if (contains(title, "conference") && !contains(title, "proceedings")) findings.add(entry.span, "the book is the proceedings of the conference: \"Proceedings of the …\"");
}

void with_publisher(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  if (record.record().type != Type::PaperConference) return;
  const std::string title = text_of(entry);
  for (const std::string_view word : words_of(title))
    if (word == "ACM" || word == "IEEE" || word == "USENIX" || word == "IFIP") {
      findings.add(entry.span, fmt::format("{} stands in the title of the book; publisher and organization have fields of their own", word));
      return;
    }
}

void final_dot(const CheckedRecord&, const Entry& entry, Findings& findings) {
  const std::string title = text_of(entry);
  const std::string_view trimmed = text::trim(title);
  if (!trimmed.ends_with('.') || trimmed.ends_with("..") || trimmed.size() < 3) return;
  const std::vector<std::string_view> words = words_of(trimmed);
  // "and Co.", "in the U.S."
  if (words.back().size() <= 4 || words.back().find('.') + 1 != words.back().size()) return;
  findings.add(entry.span, "the title ends with a dot, which styles set themselves");
}

/// "Le caf&eacute;"
bool ends_with_reference(std::string_view title) {
  const std::size_t at = title.rfind('&');
  return at != std::string_view::npos && at + text::character_reference_at(title, at).size == title.size();
}

void odd_punctuation(const CheckedRecord&, const Entry& entry, Findings& findings) {
  const std::string title = text_of(entry);
  const std::string_view trimmed = text::trim(title);
  const bool is_reference = trimmed.ends_with(';') && ends_with_reference(trimmed);  // that is told of elsewhere
  if (trimmed.size() > 2 && std::string_view(",;:-").find(trimmed.back()) != std::string_view::npos && !is_reference)
    findings.add(entry.span, fmt::format("the title ends with \"{}\": something behind it was cut off", trimmed.back()));
}

void blank_before_punctuation(const CheckedRecord&, const Entry& entry, Findings& findings) {
  const std::string title = text_of(entry);
  for (std::size_t at = 1; at < title.size(); ++at) {
    if (title[at - 1] != ' ' || std::string_view(",;.").find(title[at]) == std::string_view::npos) continue;
    // " .NET", " ..."
    if (at + 1 < title.size() && title[at + 1] != ' ') continue;
    findings.add(entry.span, fmt::format("a blank stands before \"{}\"", title[at]));
    return;
  }
}

void double_blank(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const std::string_view written = record.written(entry.span);
  for (std::size_t at = 1; at + 2 < written.size(); ++at) {
    if (written[at] != ' ' || written[at + 1] != ' ' || text::is_blank(written[at - 1])) continue;
    std::size_t end = at + 1;
    while (end < written.size() && written[end] == ' ') ++end;
    if (end < written.size() && (written[end] == '\n' || written[end] == '\r')) continue;
    findings.add(record.span_of(written.substr(at, end - at)), "several blanks stand side by side", replace(record, written.substr(at, end - at), " ", "leave one", true));
    return;
  }
}

void hyphen_for_dash(const CheckedRecord&, const Entry& entry, Findings& findings) {
  if (text_of(entry).find(" - ") != std::string::npos) findings.add(entry.span, "a hyphen between blanks stands for a dash");
}

void abbreviated_container(const CheckedRecord&, const Entry& entry, Findings& findings) {
  const std::string title = text_of(entry);
  std::size_t dots = 0;
  if (title.find('.') == std::string::npos) return;
  for (const std::string_view word : words_of(title)) dots += word.size() > 1 && word.ends_with('.') ? 1U : 0U;
  if (dots >= 2) findings.add(entry.span, fmt::format("\"{}\" is abbreviated; programs can abbreviate a full title, not the other way round", title));
}

// clang-format off
constexpr Rule kRules[] = {
    {.code = "title/in-capitals", .summary = "A title is in capitals.", .why = "Styles can raise letters and lower them, but not know which were names.", .severity = Severity::Note,
     .bad = {"bibtex", "@misc{a, title = {TIDES AND HARBOURS OF THE NORTH}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {RNA DNA}, year = 2001}\n"}, .wants = is_own_title, .value = in_capitals},
    {.code = "title/cut-off", .summary = "A title ends with dots.", .why = "Databases and search pages cut titles off; the whole is at the publisher's.", .severity = Severity::Note,
     .bad = {"bibtex", "@misc{a, title = {Tides and harbours of the northern coast as ...}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Tides and harbours of the northern coast}, year = 2001}\n"}, .wants = is_title, .value = cut_off},
    {.code = "title/unfinished", .summary = "A title ends with an article or preposition.", .why = "The rest of it is missing: \"International Conference on\".",
     .bad = {"bibtex", "@inproceedings{a, author = {Lind, Oda}, title = {Tides}, booktitle = {International Conference on}, year = 2001}\n"}, .good = {"bibtex", "@inproceedings{a, author = {Lind, Oda}, title = {Tides and vitamin A}, booktitle = {International Conference on Harbours}, year = 2001}\n"}, .wants = is_title, .value = unfinished},
    {.code = "title/placeholder", .summary = "A word stands where a title should be.", .why = "An importer filled it in.",
     .bad = {"bibtex", "@misc{a, title = {No title}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {No titles for kings}, year = 2001}\n"}, .wants = is_own_title, .value = placeholder},
    {.code = "title/with-url", .summary = "An address stands in a title.", .why = "It has a field of its own, from which links are made.",
     .bad = {"bibtex", "@misc{a, title = {Tides https://example.org}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001, url = {https://example.org}}\n"}, .wants = is_title, .value = with_url},
    {.code = "title/incomplete-punctuation", .summary = "A title ends with a comma, colon, semicolon or hyphen.", .why = "Something behind it was cut off.",
     .bad = {"bibtex", "@misc{a, title = {Tides and harbours:}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Tides and harbours!}, year = 2001}\n"}, .wants = is_own_title, .value = odd_punctuation},
    {.code = "title/container-with-year", .summary = "The year stands in the title of the journal or book.", .why = "It is printed twice.", .severity = Severity::Note, .by_default = false,
     .bad = {"bibtex", "@inproceedings{a, author = {Lind, Oda}, title = {Tides}, booktitle = {Proceedings of Harbours 2001}, year = 2001}\n"}, .good = {"bibtex", "@inproceedings{a, author = {Lind, Oda}, title = {Tides}, booktitle = {Proceedings of Harbours}, year = 2001}\n"}, .wants = is_container, .value = with_year},
    {.code = "title/container-with-pages", .summary = "Pages stand in the title of the book.", .why = "They have a field of their own.",
     .bad = {"bibtex", "@inproceedings{a, author = {Lind, Oda}, title = {Tides}, booktitle = {Proceedings of Harbours, pages 1-9}, year = 2001}\n"}, .good = {"bibtex", "@inproceedings{a, author = {Lind, Oda}, title = {Tides}, booktitle = {Proceedings of Harbours}, pages = {1--9}, year = 2001}\n"}, .wants = is_container, .value = with_pages},
    {.code = "title/conference-without-proceedings", .summary = "A paper's book is called as the conference itself.", .why = "It stands in the proceedings of it.", .severity = Severity::Note, .by_default = false,
     .bad = {"bibtex", "@inproceedings{a, author = {Lind, Oda}, title = {Tides}, booktitle = {International Conference on Harbours}, year = 2001}\n"}, .good = {"bibtex", "@inproceedings{a, author = {Lind, Oda}, title = {Tides}, booktitle = {Proceedings of the International Conference on Harbours}, year = 2001}\n"}, .wants = is_container, .value = without_proceedings},
    {.code = "title/proceedings-with-organization", .summary = "ACM, IEEE or their like stand in the title of the book.", .why = "Publisher and organization have fields of their own.", .severity = Severity::Note, .by_default = false,
     .bad = {"bibtex", "@inproceedings{a, author = {Lind, Oda}, title = {Tides}, booktitle = {Proceedings of the ACM Symposium on Harbours}, year = 2001}\n"}, .good = {"bibtex", "@inproceedings{a, author = {Lind, Oda}, title = {Tides}, booktitle = {Proceedings of the Symposium on Harbours}, year = 2001}\n"}, .wants = is_container, .value = with_publisher},
    {.code = "style/title-with-final-dot", .summary = "A title ends with a dot.", .why = "Styles set it themselves, and print two.", .severity = Severity::Note, .by_default = false, .formats = "bibtex biblatex csljson ris yaml",
     .bad = {"bibtex", "@misc{a, title = {Tides and harbours.}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Tides of the U.S.}, year = 2001}\n"}, .wants = is_own_title, .value = final_dot},
    {.code = "style/blank-before-punctuation", .summary = "A blank stands before a comma, semicolon or dot.", .why = "It is a slip of the keyboard, or of whoever put markup in.", .severity = Severity::Note, .by_default = false,
     .bad = {"bibtex", "@misc{a, title = {Tides , harbours}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Tides, harbours and .NET}, year = 2001}\n"}, .wants = is_title, .value = blank_before_punctuation},
    {.code = "style/double-blank", .summary = "Several blanks stand side by side in a title.", .why = "Comparisons and searches may fail.", .severity = Severity::Note, .by_default = false, .fix = "safe",
     .bad = {"bibtex", "@misc{a, title = {Tides  and harbours}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Tides\n    and harbours}, year = 2001}\n"}, .wants = is_title, .value = double_blank},
    {.code = "style/hyphen-for-dash", .summary = "A hyphen between blanks stands for a dash.", .why = "In print a dash is longer: – or, in LaTeX, --.", .severity = Severity::Note, .by_default = false,
     .bad = {"bibtex", "@misc{a, title = {Tides - a history}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Tides -- a history}, year = 2001}\n"}, .wants = is_title, .value = hyphen_for_dash},
    {.code = "style/abbreviated-container", .summary = "The title of a journal or book is abbreviated.", .why = "Programs can abbreviate a full title, and not the other way round; lists with both look uneven.", .severity = Severity::Note, .by_default = false,
     .bad = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {J. Coast. Sci.}, year = 2001}\n"}, .good = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Journal of Coastal Science}, year = 2001}\n"}, .wants = is_container, .value = abbreviated_container},
};
// clang-format on

}  // namespace

std::span<const Rule> titles_rules() { return kRules; }

}  // namespace bibmill::rules

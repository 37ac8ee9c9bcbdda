// Portraits of records, and what speaks for and against two of them.
#include "bibmill/likeness.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "bibmill/nearest.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "journal_names.h"

namespace bibmill {

namespace {

/// Titles that many works have; they tell nothing without their place in print.
constexpr std::string_view kCommonTitles[] = {"abstract", "abstracts", "acknowledgements", "announcement", "announcements", "author index", "authors reply", "book review", "book reviews", "comment", "commentary",
                                              "conclusion", "conclusions", "correction", "corrections", "corrigendum", "discussion", "editorial", "editorial board", "errata", "erratum", "foreword", "from the editor", "index",
                                              "in this issue", "introduction", "letter", "letters", "letter to the editor", "letters to the editor", "news", "notes", "obituary", "preface", "reply", "response",
                                              "table of contents", "the authors reply"};

/// Words that make another work of a title: what corrects or answers a paper bears its title too.
constexpr std::string_view kTellingWords[] = {"comment", "commentary", "corrected", "correction", "corrigendum", "editorial", "errata", "erratum", "expression", "protocol", "reply", "response", "retracted", "retraction", "review"};

constexpr std::size_t kFewWords = 3;
/// Titles this long are no accident, even where neither author nor year is known.
constexpr std::size_t kManyWords = 6;

std::vector<std::string_view> words_of(std::string_view folded) {
  std::vector<std::string_view> words;
  while (!folded.empty()) {
    const std::size_t end = std::min(folded.find(' '), folded.size());
    if (end > 0) words.push_back(folded.substr(0, end));
    folded.remove_prefix(std::min(end + 1, folded.size()));
  }
  return words;
}

std::size_t count_words(std::string_view folded) { return folded.empty() ? 0 : static_cast<std::size_t>(std::count(folded.begin(), folded.end(), ' ')) + 1; }

bool is_common(std::string_view title) { return std::find(std::begin(kCommonTitles), std::end(kCommonTitles), title) != std::end(kCommonTitles); }

/// What must be the same in two titles that differ: numbers, and words that make another work.
std::vector<std::string_view> telling_words(std::string_view title) {
  std::vector<std::string_view> telling;
  for (const std::string_view word : words_of(title)) {
    const bool has_digit = std::any_of(word.begin(), word.end(), text::is_ascii_digit);
    const bool is_roman = word.find_first_not_of("ivx") == std::string_view::npos;
    if (has_digit || is_roman || std::find(std::begin(kTellingWords), std::end(kTellingWords), word) != std::end(kTellingWords)) telling.push_back(word);
  }
  std::sort(telling.begin(), telling.end());
  return telling;
}

/// Word by word the same, but for single letters of long words: "harbours" and "harbors".
bool differ_by_letters(std::string_view a, std::string_view b) {
  const std::vector<std::string_view> first = words_of(a);
  const std::vector<std::string_view> second = words_of(b);
  constexpr std::size_t kLong = 5;
  return std::equal(first.begin(), first.end(), second.begin(), second.end(), [](std::string_view x, std::string_view y) {
    return x == y || (std::min(x.size(), y.size()) >= kLong && std::max(x.size(), y.size()) - std::min(x.size(), y.size()) <= 1 && edit_distance(x, y) <= 1);
  });
}

/// One is the other and a subtitle.
bool is_title_before_subtitle(std::string_view shorter, std::string_view longer) {
  return !shorter.empty() && longer.size() > shorter.size() && longer.starts_with(shorter) && longer[shorter.size()] == ' ';
}

/// How much of the words of the shorter title stand in the longer.
double shared_words(std::string_view a, std::string_view b) {
  std::vector<std::string_view> first = words_of(a);
  std::vector<std::string_view> second = words_of(b);
  if (first.empty() || second.empty()) return 1;
  std::sort(first.begin(), first.end());
  std::sort(second.begin(), second.end());
  std::vector<std::string_view> both;
  std::set_intersection(first.begin(), first.end(), second.begin(), second.end(), std::back_inserter(both));
  return static_cast<double>(both.size()) / static_cast<double>(std::min(first.size(), second.size()));
}

bool known_and_differ(std::string_view a, std::string_view b) { return !a.empty() && !b.empty() && a != b; }
bool known_and_same(std::string_view a, std::string_view b) { return !a.empty() && a == b; }

std::string_view scheme_of(std::string_view identifier) { return identifier.substr(0, identifier.find(':')); }

std::string folded(const Record& record, Field field) {
  const Entry* const entry = record.find(field);
  if (entry == nullptr) return {};
  const RichText* const rich = std::get_if<RichText>(&entry->value);
  return rich == nullptr ? std::string() : folded_words(text::plain_text(*rich));
}

void add_identifiers(const Record& record, Portrait& portrait) {
  for_each_entry(record, [&](const Entry& entry) {
    const Identifiers* const identifiers = std::get_if<Identifiers>(&entry.value);
    const bool is_own = entry.field == Field::Doi || entry.field == Field::Pmid || entry.field == Field::Pmcid || entry.field == Field::Isbn || entry.field == Field::Identifier;
    if (identifiers == nullptr || !is_own) return;
    for (const Identifier& one : identifiers->list) {
      if (!one.valid || one.value.empty()) continue;
      if (one.scheme == "isbn") {
        if (!portrait.title.empty()) portrait.identifiers.push_back(fmt::format("isbn:{} {}", isbn13(one.value), portrait.sense));
      } else if (one.scheme == "doi" || one.scheme == "pmid" || one.scheme == "pmcid" || one.scheme == "arxiv") {
        portrait.identifiers.push_back(fmt::format("{}:{}", one.scheme, text::to_lower(one.value)));
      }
    }
  });
  std::sort(portrait.identifiers.begin(), portrait.identifiers.end());
  portrait.identifiers.erase(std::unique(portrait.identifiers.begin(), portrait.identifiers.end()), portrait.identifiers.end());
}

/// How identifiers stand in messages: "the DOI 10.1000/x".
std::string spoken(std::string_view identifier) {
  const std::string_view scheme = scheme_of(identifier);
  std::string_view value = identifier.substr(scheme.size() + 1);
  if (scheme == "isbn") return fmt::format("the ISBN {} and the title", value.substr(0, value.find(' ')));
  return fmt::format("the {} {}", scheme == "arxiv" ? std::string("arXiv id") : text::to_upper(scheme), value);
}

/// What speaks against two records being the same, in words; empty if nothing.
std::string against(const Portrait& a, const Portrait& b) {
  if (contradict(a.identifiers, b.identifiers)) return "they have different identifiers";
  return described(objection(a.marks, a.containers, b.marks, b.containers), a.marks, b.marks);
}

/// "CO 2" and "CO2" are one: a number joins the word before it.
std::string with_numbers_joined(std::string_view title) {
  std::string joined;
  for (std::size_t at = 0; at < title.size(); ++at) {
    const bool before_number = title[at] == ' ' && at > 0 && at + 1 < title.size() && text::is_ascii_digit(title[at + 1]) && !text::is_ascii_digit(title[at - 1]);
    if (!before_number) joined += title[at];
  }
  return joined;
}

/// "Mueller" and "Müller" are one, and "Joergensen" is "Jørgensen".
std::string without_umlauts(std::string_view name) {
  std::string plain;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const bool ends_digraph = name[at] == 'e' && at > 0 && (name[at - 1] == 'a' || name[at - 1] == 'o' || name[at - 1] == 'u');
    if (!ends_digraph) plain += name[at];
  }
  return plain;
}

/// A letter without its marks, in ASCII where it has such a form.
void append_folded(std::string& words, char32_t c) {
  const std::string one = text::to_utf8(std::u32string_view(&c, 1));
  const std::string ascii = c < 0x80 ? std::string() : text::ascii_fold(one);
  if (!ascii.empty()) {
    words += ascii;
    return;
  }
  for (const char32_t part : text::decompose(c))
    if (!text::is_combining(part)) text::append_utf8(words, part);
}

}  // namespace

std::string isbn13(std::string_view isbn) {
  std::string digits;
  for (const char c : isbn)
    if (text::is_ascii_digit(c) || c == 'X') digits += c;
  if (digits.size() != 10) return digits;
  digits = "978" + digits.substr(0, 9);
  int sum = 0;
  for (std::size_t at = 0; at < digits.size(); ++at) sum += (digits[at] - '0') * (at % 2 == 0 ? 1 : 3);
  digits += static_cast<char>('0' + (10 - sum % 10) % 10);
  return digits;
}

std::string folded_words(std::string_view text) {
  std::string words;
  words.reserve(text.size());
  bool between = false;
  const auto begin_letter = [&] {
    if (between) words += ' ';
    between = false;
  };
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      // Most letters are these.
      const bool is_upper = byte >= 'A' && byte <= 'Z';
      if (is_upper || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
        begin_letter();
        words += static_cast<char>(is_upper ? byte + ('a' - 'A') : byte);
      } else if (byte != '\'') {
        between = !words.empty();
      }
      ++at;
      continue;
    }
    const std::size_t size = text::code_point_at(text, at).size;
    const std::string lower = text::fold_case(text.substr(at, size));
    for (const char32_t c : text::CodePoints(lower)) {
      if (text::is_combining(c) || c == U'\u2019') continue;
      if (!text::is_letter(c) && !text::is_digit(c)) {
        between = !words.empty();
        continue;
      }
      begin_letter();
      append_folded(words, c);
    }
    at += size;
  }
  return words;
}

Portrait::Portrait(const Record& record, Detail detail) : title(folded(record, Field::Title)) {
  if (const std::string subtitle = folded(record, Field::Subtitle); !subtitle.empty()) title += title.empty() ? subtitle : " " + subtitle;
  sense = with_numbers_joined(folded_title(record, title));
  const Names* names = record.get<Field::Author>();
  if (names == nullptr || names->list.empty()) names = record.get<Field::Editor>();
  if (names != nullptr && !names->list.empty()) {
    const Name& first = names->list.front();
    author = without_umlauts(folded_words(first.is_body() ? first.literal : first.family));
  }
  container = folded(record, Field::ContainerTitle);
  volume = volume_of(record);
  first_page = first_page_of(record);
  add_identifiers(record, *this);
  if (detail == Detail::ForMeeting) return;
  containers = container_names(record);
  marks = WorkMarks(record, containers);
}

bool contradict(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  constexpr std::string_view kSchemes[] = {"doi", "pmid", "pmcid", "arxiv"};
  for (const std::string_view scheme : kSchemes) {
    bool both = false;
    bool shared = false;
    for (const std::string& one : a)
      for (const std::string& other : b)
        if (scheme_of(one) == scheme && scheme_of(other) == scheme) {
          both = true;
          shared = shared || one == other;
        }
    if (both && !shared) return true;
  }
  return false;
}

Likeness compare_by_identifier(const Portrait& a, const Portrait& b, std::string_view identifier) {
  const std::string by = spoken(identifier);
  // A DOI that stands in the wrong record, or for all parts of a volume, makes no duplicates.
  constexpr double kHalf = 0.5;
  if (!a.title.empty() && !b.title.empty() && shared_words(a.title, b.title) < kHalf) return {Likeness::Kind::Doubtful, fmt::format("both have {}, but the titles differ", by)};
  if (contradict(a.identifiers, b.identifiers)) return {Likeness::Kind::Doubtful, fmt::format("both have {}, but other identifiers differ", by)};
  const Objection objection = a.marks.notice != b.marks.notice ? Objection::Notice : scheme_of(identifier) == "isbn" ? objection_in_one_book(a.marks, b.marks) : Objection::None;
  if (objection != Objection::None) return {Likeness::Kind::Doubtful, fmt::format("both have {}, but {}", by, described(objection, a.marks, b.marks))};
  return {Likeness::Kind::Same, by};
}

std::vector<std::string> blocking_keys(const Portrait& portrait) {
  std::vector<std::string> keys;
  if (!portrait.title.empty()) keys.push_back("t" + portrait.sense);
  if (portrait.first_page.empty() || portrait.volume.empty()) return keys;
  if (!portrait.author.empty()) keys.push_back(fmt::format("a{}|{}|{}", portrait.author, portrait.volume, portrait.first_page));
  if (!portrait.container.empty()) keys.push_back(fmt::format("c{}|{}|{}", portrait.container, portrait.volume, portrait.first_page));
  return keys;
}

Likeness compare_by_content(const Portrait& a, const Portrait& b) {
  using Kind = Likeness::Kind;
  if (a.title.empty() || b.title.empty() || telling_words(a.sense) != telling_words(b.sense)) return {};
  const bool same_title = a.sense == b.sense;
  const bool same_place = have_one_place(a.marks, a.containers, b.marks, b.containers);
  const bool near_title = differ_by_letters(a.sense, b.sense) || is_title_before_subtitle(a.sense, b.sense) || is_title_before_subtitle(b.sense, a.sense);
  if (!same_title && !(near_title && same_place)) return {};
  const bool same_journal = known_and_same(a.author, b.author) && known_and_same(a.container, b.container) && a.marks.year != 0 && a.marks.year == b.marks.year;
  if (!same_place && (is_common(a.sense) || (count_words(a.title) < kFewWords && !same_journal))) return {};
  if (known_and_differ(a.author, b.author)) return {};
  const bool told = known_and_same(a.author, b.author) || same_place;
  if (!told && count_words(a.title) < kManyWords) return {};
  if (const std::string reason = against(a, b); !reason.empty()) {
    const bool worth_saying = known_and_same(a.author, b.author) && !is_common(a.sense);
    return worth_saying ? Likeness{Kind::Doubtful, fmt::format("title and author are the same, but {}", reason)} : Likeness{};
  }
  std::string by = same_title ? "title" : "a title that differs in letters or by its subtitle";
  if (known_and_same(a.author, b.author)) by += ", author";
  if (a.marks.year != 0 && a.marks.year == b.marks.year) by += ", year";
  if (same_place) by += ", place in print";
  return {Kind::Same, by};
}

bool is_cited_as(const Portrait& cited, const Portrait& record) {
  if (compare_by_content(cited, record).kind == Likeness::Kind::Same) return true;
  const bool same_names = known_and_same(cited.title, record.title) && known_and_same(cited.author, record.author) && cited.marks.year != 0 && cited.marks.year == record.marks.year;
  return same_names && against(cited, record).empty();
}

}  // namespace bibmill

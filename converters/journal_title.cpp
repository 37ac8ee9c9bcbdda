// Titles of journals taken apart, in the order of tables/make_journal_words.py.
#include "journal_title.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "bibmill/likeness.h"
#include "bibmill/text/unicode.h"

namespace bibmill {

namespace {

using TitleWords = std::vector<TitleWord>;

constexpr std::string_view kElided[] = {"d", "l", "dell", "all", "sull", "nell", "dall", "un", "qu", "s", "j", "n", "c"};
constexpr std::string_view kSections[] = {"series", "section", "part", "serie", "sectio", "serija", "seriia", "sezione", "abteilung", "abt", "ausg", "teil", "ser", "sect", "pt", "reihe", "seria", "seriya"};
constexpr std::string_view kSectionWithText = "part";
/// Beginnings of words that name bodies, and of those that name periodicals: such a part says who publishes, or the title in another language.
constexpr std::string_view kApart[] = {
    "soci",     "akad",    "acad",    "accad",   "institut", "istitut",   "instytut", "univer", "uniwer",   "associa", "asocia",  "gesellschaft", "verein",    "federa",   "college",   "colegio",  "collegio",
    "ministe",  "departm", "division", "council", "foundation", "congress", "union",    "hospital", "center", "centre",  "centrum", "school",       "escola",    "escuela",  "facult",    "facol",    "library",
    "laborator", "museum",  "committee", "commission", "towarz",  "tarsas",   "druz",     "drust",  "spolec",   "gakkai",  "league",  "army",         "navy",      "united",   "journal",   "zeitschrift", "revue",
    "review",   "rivista", "revista", "bulletin", "bolet",   "bollet",    "archiv",   "annal",  "magazine", "tidsskrift", "tidskrift", "quarterly", "zhurnal",   "monthly",  "czasopismo", "casopis",  "tijdschrift",
    "gazette",  "news",    "jornal",  "giornale", "acta",    "advances",  "proceedings", "progress", "record"};
/// TitleWords of titles in Japanese and Chinese; what follows such a title in other words is its translation.
constexpr std::string_view kEastern[] = {"igaku", "zasshi", "rinsho", "kenkyu", "kagaku", "gakkai", "nippon", "nihon", "igakkai", "geka", "naika",    "shika",   "kiyo",
                                         "hoken", "daigaku", "zhi",   "xue",    "yi",     "za",     "bao",    "zhonghua", "zhongguo", "tsa", "chih", "hsueh"};
/// Articles, prepositions and conjunctions, language by language; English is first (kEnglish).
constexpr std::string_view kLanguages[] = {
    " the of and in for on to with from journal ",
    " der die das und fur des zur im zum den dem uber aus mit ",
    " de la le les et du des en d l pour sur aux au ",
    " di e della del delle dei degli per ed il la lo dell nell ",
    " de la y del los las en el para e ",
    " de e da do dos das em para ",
    " van de het en voor der ",
    " och for av og til om ",
    " i v po na ",
    " et de in ad ",
};

bool is_one_of(std::string_view word, std::span<const std::string_view> words) { return std::find(words.begin(), words.end(), word) != words.end(); }

bool is_space(char32_t c) { return c == U' ' || c == U'\t' || c == U'\n' || c == 0xA0; }
bool is_word(char32_t c) { return text::is_letter(c) || text::is_digit(c); }
bool is_apostrophe(char32_t c) { return c == U'\'' || c == 0x2019 || c == 0x2B9; }

std::string key_of_letters(std::u32string_view word) { return folded_words(text::to_utf8(word)); }

std::u32string_view without_blanks(std::u32string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// Behind the bracket that closes the one at `open`; npos where none does.
std::size_t close_of(std::u32string_view text, std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t at = open; at < text.size(); ++at) {
    if (text[at] == U'(') ++depth;
    if (text[at] == U')' && --depth == 0) return at + 1;
  }
  return std::u32string_view::npos;
}

/// "[Original] Translation" is the original, and what stands in quotes the title.
std::u32string_view without_frame(std::u32string_view title) {
  title = without_blanks(title);
  while (title.starts_with(U'"')) title.remove_prefix(1);
  while (title.ends_with(U'"')) title.remove_suffix(1);
  title = without_blanks(title);
  constexpr std::size_t kShortest = 5;
  const std::size_t close = title.find(U']');
  return title.starts_with(U'[') && close != std::u32string_view::npos && close >= kShortest ? title.substr(1, close - 1) : title;
}

/// What the part of a title behind the character at `at` begins with: '.' of "Bulletin. American…", ' ' of "Life : a journal" (a subtitle); nothing where none begins.
std::optional<char> mark_at(std::u32string_view text, std::size_t at) {
  const auto space_at = [&](std::size_t place) { return place < text.size() && is_space(text[place]); };
  const bool before = at > 0 && space_at(at - 1);
  if (!space_at(at + 1)) return std::nullopt;
  switch (text[at]) {
    case U':': return before ? ' ' : ':';
    case U';': return ';';
    case U'=':
    case U'/':
    case U'-': return before ? std::optional(static_cast<char>(text[at])) : std::nullopt;
    case U'.': {
      // Not behind initials; but "Physica D. Particles" ends with one.
      if (at < 2 || !is_word(text[at - 1])) return std::nullopt;
      const bool ends_name = text::is_upper(text[at - 1]) && at > 4 && text::is_lower(text[at - 3]);
      return is_word(text[at - 2]) || ends_name ? std::optional('.') : std::nullopt;
    }
    default: return std::nullopt;
  }
}

TitleMark mark_between(std::u32string_view between) {
  if (between == U"-") return TitleMark::Hyphen;
  for (std::size_t at = 0; at < between.size(); ++at)
    if (between[at] == U'-' && at > 0 && is_space(between[at - 1]) && at + 1 < between.size() && is_space(between[at + 1])) return TitleMark::Dash;
  if (between.find(U':') != std::u32string_view::npos) return TitleMark::Colon;
  return between.find(U',') != std::u32string_view::npos ? TitleMark::Comma : TitleMark::Blank;
}

void append_words(TitleWords& words, TitleWords more, TitleMark before, bool in_brackets = false) {
  if (more.empty()) return;
  more.front().before = before;
  for (TitleWord& word : more) {
    word.in_brackets = in_brackets;
    words.push_back(std::move(word));
  }
}

bool is_number(std::string_view key) {
  const auto all = [&](std::string_view of) { return key.find_first_not_of(of) == std::string_view::npos; };
  return !key.empty() && ((key.size() == 1 && all("abcdefghijklmnopqrstuvwxyz")) || all("ivx") || all("0123456789"));
}

/// A capital letter, or a number.
bool is_capital_number(const TitleWord& word) {
  return is_number(word.key) && std::all_of(word.text.begin(), word.text.end(), [](char32_t c) { return text::is_upper(c) || text::is_digit(c); });
}

/// "B" of "Series B: Cells"; "A" and what follows of "Part A, Cells" and of "A, Cells"; nothing of others.
TitleWords section_of(const TitleWords& words) {
  if (words.size() > 1 && is_one_of(words[0].key, kSections) && is_number(words[1].key)) return TitleWords(words.begin() + 1, words[0].key == kSectionWithText ? words.end() : words.begin() + 2);
  const bool is_section = !words.empty() && is_capital_number(words[0]) && (words.size() == 1 || words[1].before != TitleMark::Hyphen);
  return is_section ? words : TitleWords();
}

bool is_eastern(const TitleWords& words) {
  return std::any_of(words.begin(), words.end(), [](const TitleWord& word) { return is_one_of(word.key, kEastern); });
}

/// Is this said already, the name of a body, or the title in another language?
bool is_apart(const TitleWords& head, const TitleWords& more, const std::unordered_set<std::string>& before) {
  constexpr std::size_t kLongWord = 4;
  if (std::all_of(more.begin(), more.end(), [&](const TitleWord& word) { return word.key.size() < kLongWord || before.count(word.key) > 0; })) return true;
  for (const TitleWord& word : more)
    if (std::any_of(std::begin(kApart), std::end(kApart), [&](std::string_view beginning) { return word.key.starts_with(beginning); })) return true;
  const unsigned first = languages_of(head);
  const unsigned second = languages_of(more);
  return (first != 0 && second != 0 && (first & second) == 0) || (is_eastern(head) && !is_eastern(more));
}

/// "Physiology: an international journal" says more about its title; "Condensed Matter" and "Oceans" are sections, with which it is another journal.
bool begins_subtitle(const TitleWords& words) {
  constexpr std::string_view kBeginnings[] = {"a", "an", "the", "official", "international"};
  return is_one_of(words[0].key, kBeginnings);
}

/// "JNMA": letters that the words behind them stand for.
bool are_initials(std::u32string_view text) {
  constexpr std::size_t kLongest = 8;
  std::size_t letters = 0;
  for (const char32_t c : text) {
    if (c == U'.') continue;
    if (text::is_lower(c)) return false;
    ++letters;
  }
  return letters <= kLongest;
}

std::string joined_keys(const TitleWords& words) {
  std::string keys;
  for (const TitleWord& word : words) keys += (keys.empty() ? "" : " ") + word.key;
  return keys;
}

bool names_edition(const TitleWords& words) {
  return std::any_of(words.begin(), words.end(), [](const TitleWord& word) { return word.key == "ed" || word.key == "edition"; });
}

/// "(1984-1990)" and what an abbreviation stands for are left out by all.
bool is_remark(std::u32string_view text) {
  std::size_t digits = 0;
  for (const char32_t c : text) {
    digits = text::is_digit(c) ? digits + 1 : 0;
    if (digits == 4) return true;
  }
  return text.find(U"ranslation") != std::u32string_view::npos || text.find(U"ssociation") != std::u32string_view::npos;
}

}  // namespace

unsigned languages_of(const TitleWords& words) {
  std::array<int, std::size(kLanguages)> counts{};
  for (const TitleWord& word : words)
    for (std::size_t at = 0; at < counts.size(); ++at)
      if (kLanguages[at].find(" " + word.key + " ") != std::string_view::npos) ++counts[at];
  const int most = *std::max_element(counts.begin(), counts.end());
  unsigned languages = 0;
  for (std::size_t at = 0; at < counts.size() && most > 0; ++at)
    if (counts[at] == most) languages |= 1U << at;
  return languages;
}

/// What stands between the marks of a title. `mark` is what stands before it: '.', ':', ';', '=', '/', '-', ' ' (a colon with a blank before it), '(' and ')' (behind brackets).
struct JournalTitles::Part {
  char mark = 0;
  std::u32string text;
};

std::vector<JournalTitles::Part> JournalTitles::parts_of(std::u32string_view title) {
  const std::u32string_view text = without_frame(title);
  std::vector<Part> parts(1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t close = text[at] == U'(' && at > 0 ? close_of(text, at) : std::u32string_view::npos;
    if (close != std::u32string_view::npos) {
      parts.push_back({'(', std::u32string(text.substr(at + 1, close - at - 2))});
      parts.push_back({')', {}});
      at = close - 1;
    } else if (text.substr(at).starts_with(U"---")) {
      parts.push_back({'-', {}});
      at += 2;
    } else if (const std::optional<char> mark = mark_at(text, at)) {
      parts.push_back({*mark, {}});
    } else {
      parts.back().text += text[at];
    }
  }
  std::erase_if(parts, [](const Part& part) { return std::none_of(part.text.begin(), part.text.end(), is_word); });
  return parts;
}

/// Initials are one word, elided articles are words, and some beginnings are one word with what follows their hyphen.
TitleWords JournalTitles::words_of(std::u32string_view text) const {
  TitleWords words;
  std::size_t end = 0;
  const auto add = [&](std::u32string word, std::size_t begin, std::size_t behind) {
    std::string key = key_of_letters(word);
    if (!key.empty()) words.push_back({std::move(word), std::move(key), mark_between(text.substr(end, begin - end)), false});
    end = behind;
  };
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    std::u32string word;
    for (std::size_t dot = at; dot + 1 < text.size() && text::is_letter(text[dot]) && text[dot + 1] == U'.';) {
      word += text[dot];
      dot += dot + 2 < text.size() && is_space(text[dot + 2]) ? 3 : 2;
      if (word.size() > 1) at = dot;
    }
    if (word.size() > 1) {
      add(std::move(word), begin, at);
      continue;
    }
    word.clear();
    for (; at < text.size(); ++at) {
      const bool goes_on = at + 1 < text.size() && is_word(text[at + 1]);
      if (is_apostrophe(text[at])) {
        if (goes_on && is_one_of(key_of_letters(word), kElided)) break;
      } else if (text[at] == U'-' && goes_on && word.size() > 1 && joined_.count(key_of_letters(word)) > 0) {
        word += text::to_lower(text[++at]);
      } else if (is_word(text[at])) {
        word += text[at];
      } else {
        break;
      }
    }
    add(std::move(word), begin, at);
  }
  return words;
}

TitleWords JournalTitles::more_for_iso(const std::vector<Part>& parts) const {
  TitleWords words;
  for (auto part = parts.begin() + 1; part != parts.end(); ++part) {
    if (part->mark == '=' || part->mark == '/' || part->mark == ' ') break;
    if (part->mark == '(' && is_remark(part->text)) continue;
    const bool is_blank = part->mark == '(' || part->mark == ')';
    append_words(words, words_of(part->text), is_blank ? TitleMark::Blank : part->mark == ':' ? TitleMark::Colon : part->mark == '-' ? TitleMark::Dash : TitleMark::Comma, part->mark == '(');
  }
  return words;
}

TitleWords JournalTitles::more_for_nlm(const std::vector<Part>& parts, const TitleWords& head) const {
  TitleWords words;
  std::unordered_set<std::string> before;
  for (const TitleWord& word : head) before.insert(word.key);
  bool in_body = false;
  for (std::size_t number = 1; number < parts.size(); ++number) {
    const char mark = parts[number].mark;
    TitleWords more = words_of(parts[number].text);
    if (more.empty()) continue;
    const bool goes_on = number == 1 && general_.count(joined_keys(head)) > 0;
    if (mark == '=' || mark == ' ' || (mark == '/' && !goes_on)) break;
    std::unordered_set<std::string> said;
    for (const TitleWord& word : more) said.insert(word.key);
    if (mark == '(' && !goes_on) {
      if (names_edition(more)) append_words(words, std::move(more), TitleMark::Blank, true);
    } else if (mark == ')') {
      if (!in_body) append_words(words, std::move(more), TitleMark::Blank);
    } else if (more[0].key.starts_with("suppl")) {
      append_words(words, {more[0]}, TitleMark::Blank);
    } else if (TitleWords section = mark == '(' ? TitleWords() : section_of(more); !section.empty()) {
      append_words(words, std::move(section), TitleMark::Blank);
    } else if (goes_on) {
      append_words(words, std::move(more), TitleMark::Blank);
      in_body = true;
    } else if (mark == '-' && !in_body) {
      append_words(words, std::move(more), TitleMark::Blank);
    } else if (in_body || mark == ';' || (mark == ':' && (number > 1 || begins_subtitle(more))) || is_apart(head, more, before) || (number == 1 && are_initials(parts[0].text))) {
      break;
    } else {
      append_words(words, std::move(more), TitleMark::Blank);
    }
    before.merge(said);
  }
  return words;
}

TitleWords JournalTitles::words_of_title(std::u32string_view title, JournalStyle style) const {
  const std::vector<Part> parts = parts_of(title);
  if (parts.empty()) return {};
  TitleWords words = words_of(parts[0].text);
  TitleWords more = style == JournalStyle::Iso4 ? more_for_iso(parts) : more_for_nlm(parts, words);
  words.insert(words.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  return words;
}

}  // namespace bibmill

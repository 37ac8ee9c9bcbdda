// The table of words, and an abbreviation put together of what becomes of a title's words.
#include "journal_words.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "bibmill/likeness.h"
#include "bibmill/text/unicode.h"
#include "journal_words_text.h"

namespace bibmill {

namespace {

constexpr std::string_view kKept = "=";
constexpr std::string_view kDropped = "-";
constexpr std::size_t kShortestGuessed = 4;

bool is_in(std::string_view key, std::string_view listed) { return listed.find(" " + std::string(key) + " ") != std::string_view::npos; }

/// Chinese and its like in Latin letters, which nobody abbreviates.
bool is_syllabic(const std::vector<TitleWord>& words) {
  constexpr std::size_t kFew = 3;
  constexpr std::size_t kLongest = 7;
  std::size_t sum = 0;
  for (const TitleWord& word : words) {
    if (word.text.size() > kLongest || is_in(word.key, " de l et of and the und del der des les in for to da do dos ")) return false;
    sum += word.text.size();
  }
  return words.size() >= kFew && 2 * sum <= 7 * words.size();
}

/// "Ecology, Evolution, and Systematics": commas of a list go with what they divide, those before a section stay.
bool is_list_behind(const std::vector<TitleWord>& words, std::size_t at) {
  return std::any_of(words.begin() + static_cast<std::ptrdiff_t>(at), words.end(), [](const TitleWord& word) { return is_in(word.key, " and und et y e i en och "); });
}

std::string_view shown_by_iso(TitleMark mark, bool is_list) {
  switch (mark) {
    case TitleMark::Hyphen: return "-";
    case TitleMark::Comma: return is_list ? " " : ", ";
    case TitleMark::Colon: return ": ";
    case TitleMark::Dash: return " - ";
    case TitleMark::Blank: break;
  }
  return " ";
}

/// The country alone has a letter for its last word; "America" is "Am." elsewhere.
bool ends_united_states(const std::vector<TitleWord>& words, std::size_t at) {
  constexpr std::string_view kBefore[] = {"united", "states", "of"};
  return words[at].key == "america" && at >= std::size(kBefore) && std::equal(std::begin(kBefore), std::end(kBefore), words.begin() + static_cast<std::ptrdiff_t>(at - std::size(kBefore)), [](std::string_view key, const TitleWord& word) { return word.key == key; });
}

/// ISO 4 leaves small letters to the language; lists in English write all words large, others as the title does.
bool writes_large(const std::vector<TitleWord>& words, JournalStyle style) {
  const unsigned languages = languages_of(words);
  return style == JournalStyle::Nlm || languages == 0 || (languages & kEnglish) != 0;
}

/// Puts words together with what stands between them.
class Line {
 public:
  explicit Line(JournalStyle style) : style_(style) {}

  /// The mark before a word that goes stays before the next, but for the comma before "and".
  void skip(const TitleWord& word, bool is_list) {
    if (word.before != TitleMark::Blank && !is_list) skipped_ = word.before;
  }
  void add(const TitleWord& word, std::string_view text, bool is_list) {
    const TitleMark mark = word.before == TitleMark::Blank ? skipped_ : word.before;
    skipped_ = TitleMark::Blank;
    if (in_brackets_ && !word.in_brackets) text_ += ')';
    if (!text_.empty()) text_ += style_ == JournalStyle::Nlm ? " " : shown_by_iso(mark, is_list);
    if (word.in_brackets && !in_brackets_) text_ += '(';
    in_brackets_ = word.in_brackets;
    text_ += text;
  }
  bool is_empty() const { return text_.empty(); }
  std::string take() { return std::move(text_) + (in_brackets_ ? ")" : ""); }

 private:
  JournalStyle style_;
  std::string text_;
  TitleMark skipped_ = TitleMark::Blank;
  bool in_brackets_ = false;
};

}  // namespace

/// What becomes of a word.
struct JournalWords::Short {
  enum class Kind : std::uint8_t { Kept, Dropped, Cut };
  Kind kind = Kind::Kept;
  std::string text = {};  ///< folded
  double sure = 1;
};

JournalWords::JournalWords() {
  for (const std::string_view piece : kJournalWords) table_ += piece;
  for (std::string_view rest = table_; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    add_row(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  like_.arrange();
  for (const auto& [word, row] : words_)
    for (const std::string_view became : {row.nlm, row.iso4})
      if (became != kKept && became != kDropped) forms_.emplace(became, words_.count(became) > 0);
}

void JournalWords::add_row(std::string_view row) {
  const std::size_t blank = row.find(' ');
  if (row.starts_with('#') || blank == std::string_view::npos) return;
  const std::string_view what = row.substr(blank + 1);
  if (row.starts_with('!')) return titles_.add_general(what);
  if (row.starts_with('~')) return titles_.add_joined(what);
  const std::string_view word = row.substr(0, blank);
  const std::size_t second = std::min(what.find(' '), what.size());
  const std::string_view nlm = what.substr(0, second);
  words_.emplace(word, Row{nlm, second == what.size() ? nlm : what.substr(second + 1)});
  const bool is_telling = word.size() >= kShortestGuessed && nlm != kDropped && std::none_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (is_telling) like_.add(word, nlm == kKept ? word : nlm);
}

JournalWords::Short JournalWords::short_of(const TitleWord& word, JournalStyle style) const {
  const auto known = words_.find(word.key);
  if (known != words_.end()) {
    const std::string_view became = style == JournalStyle::Nlm ? known->second.nlm : known->second.iso4;
    if (became == kDropped) return {Short::Kind::Dropped};
    return became == kKept ? Short{} : Short{Short::Kind::Cut, std::string(became)};
  }
  // Names in capitals, numbers and other scripts stay.
  const bool is_plain = std::all_of(word.key.begin(), word.key.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  const bool is_capital = std::none_of(word.text.begin(), word.text.end(), [](char32_t c) { return text::is_lower(c); });
  if (!is_plain || is_capital || word.key.size() < kShortestGuessed) return {};
  LikeWords::Guess guess = like_.guess(word.key);
  if (guess.text == word.key) return {Short::Kind::Kept, {}, guess.sure};
  return {Short::Kind::Cut, std::move(guess.text), guess.sure};
}

/// Is a word of the title one that only abbreviations have, or, before a full stop, may it be one?
bool JournalWords::is_short_already(std::u32string_view title, JournalStyle style) const {
  // NLM's full titles have "(Ann Arbor, Mich.)" in brackets, and what stands behind a colon tells nothing.
  if (style == JournalStyle::Nlm) title = title.substr(0, title.find_first_of(U"(:;/=", 1));
  for (std::size_t at = 0; at < title.size();) {
    std::size_t end = at;
    while (end < title.size() && text::is_letter(title[end])) ++end;
    if (end > at && is_short_form(title, at, end)) return true;
    at = end + 1;
  }
  return false;
}

bool JournalWords::is_short_form(std::u32string_view title, std::size_t at, std::size_t end) const {
  const std::string key = folded_words(text::to_utf8(title.substr(at, end - at)));
  const bool has_stop = end < title.size() && title[end] == U'.';
  const bool has_blank = end + (has_stop ? 1U : 0U) < title.size() && title[end + (has_stop ? 1U : 0U)] == U' ';
  const auto form = forms_.find(key);
  // "J Biol", "Q. Seasons"; other letters are sections, initials or the article "I". "U. S." stands in brackets that are short.
  if (key.size() == 1) {
    const bool before_initial = has_stop && has_blank && end + 3 < title.size() && text::is_letter(title[end + 2]) && title[end + 3] == U'.';
    if (before_initial) return title.find(U'(') < at;
    return at == 0 && has_blank && key != "i" && form != forms_.end();
  }
  if (form != forms_.end() && (!form->second || (has_stop && key.size() > 2))) return true;
  return has_stop && end + 1 == title.size() && words_.count(key) == 0;
}

std::vector<JournalWords::Short> JournalWords::shorts_of(const std::vector<TitleWord>& words, JournalStyle style) const {
  std::vector<Short> shorts(words.size());
  if (is_syllabic(words)) return shorts;
  std::size_t telling = 0;
  for (std::size_t at = 0; at < words.size(); ++at) {
    // The letter of a section stays.
    const bool is_letter = words[at].key.size() == 1 && at > 0 && (at + 1 == words.size() || text::is_upper(words[at].text[0]));
    if (!is_letter) shorts[at] = short_of(words[at], style);
    if (ends_united_states(words, at)) shorts[at] = {Short::Kind::Cut, "a"};
    // "(Eastern ed.)" ends with no conjunction.
    if (words[at].in_brackets && at + 1 == words.size() && shorts[at].kind == Short::Kind::Dropped) shorts[at] = {};
    if (!words[at].in_brackets && words[at].key.size() > 1 && shorts[at].kind != Short::Kind::Dropped) ++telling;
  }
  // A title of one word is not abbreviated.
  for (std::size_t at = 0; at < words.size() && telling < 2; ++at)
    if (!words[at].in_brackets && (shorts[at].kind != Short::Kind::Dropped || words.size() == 1)) shorts[at] = {};
  return shorts;
}

std::u32string JournalWords::shown(const TitleWord& word, const Short& one) {
  if (one.kind != Short::Kind::Cut) return word.text;
  // The letters of the title itself, with their accents, where they are the same.
  const bool is_beginning = word.key.size() == word.text.size() && word.key.starts_with(one.text);
  return is_beginning ? word.text.substr(0, one.text.size()) : std::u32string(one.text.begin(), one.text.end());
}

/// An answer that would be abbreviated again is none.
std::optional<TitleByWords> JournalWords::abbreviate(std::string_view title, JournalStyle style) const {
  std::optional<TitleByWords> answer = once(title, style);
  if (!answer) return answer;
  std::string written = answer->text;
  if (style == JournalStyle::Nlm) std::erase(written, '.');
  const std::optional<TitleByWords> again = once(written, style);
  if (again && again->text != written) answer.reset();
  return answer;
}

std::optional<TitleByWords> JournalWords::once(std::string_view title, JournalStyle style) const {
  std::u32string characters;
  for (const char32_t c : text::CodePoints(title)) characters += c;
  if (is_short_already(characters, style)) return std::nullopt;
  const std::vector<TitleWord> words = titles_.words_of_title(characters, style);
  const std::vector<Short> shorts = shorts_of(words, style);
  const bool is_large = writes_large(words, style);
  Line line(style);
  double sure = 1;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (shorts[at].kind == Short::Kind::Dropped) {
      line.skip(words[at], is_list_behind(words, at));
      continue;
    }
    sure *= shorts[at].sure;
    std::u32string letters = shown(words[at], shorts[at]);
    if (is_large || line.is_empty()) letters[0] = text::to_upper(letters[0]);
    line.add(words[at], text::to_utf8(letters) + (shorts[at].kind == Short::Kind::Cut ? "." : ""), is_list_behind(words, at));
  }
  if (line.is_empty()) return std::nullopt;
  return TitleByWords{line.take(), sure};
}

}  // namespace bibmill

// Taking a title apart as the lists do (tables/make_journal_words.py), and looking its words up.
#include "journal_words.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "bibmill/likeness.h"
#include "bibmill/text/unicode.h"
#include "journal_words_text.h"

namespace bibmill {

namespace {

constexpr std::string_view kElided[] = {"d", "l", "dell", "all", "sull", "nell", "dall", "un", "qu", "s", "j", "n", "c"};
constexpr std::string_view kSections[] = {"series", "section", "part", "serie", "sectio", "serija", "seriia", "sezione", "abteilung", "abt", "ausg", "teil", "ser", "sect", "pt"};
constexpr std::string_view kKept = "=";
constexpr std::string_view kDropped = "-";

template <std::size_t size>
bool is_listed(std::string_view word, const std::string_view (&words)[size]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool is_space(char32_t c) { return c == U' ' || c == U'\t' || c == U'\n' || c == 0xA0; }
bool is_word(char32_t c) { return text::is_letter(c) || text::is_digit(c); }
bool is_apostrophe(char32_t c) { return c == U'\'' || c == 0x2019 || c == 0x2B9; }

std::string folded(std::u32string_view word) { return folded_words(text::to_utf8(word)); }

std::u32string trimmed(std::u32string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return std::u32string(text);
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

/// A title in its sentences, without what stands in brackets or behind a colon; a title of one with the brackets behind it.
std::vector<std::u32string> parts_of(std::u32string_view title) {
  std::u32string text = trimmed(title);
  if (text.starts_with(U'[')) {
    constexpr std::size_t kShortest = 5;
    const std::size_t close = text.find(U']');
    if (close != std::u32string::npos && close >= kShortest) text = text.substr(1, close - 1);
  }
  std::u32string bracketed;
  for (std::size_t open = text.find(U'('); open != std::u32string::npos && open > 0; open = text.find(U'(')) {
    const std::size_t close = close_of(text, open);
    if (close == std::u32string::npos) break;
    if (bracketed.empty()) bracketed = text.substr(open, close - open);
    text = trimmed(text.substr(0, open)) + U" " + trimmed(text.substr(close));
  }
  std::vector<std::u32string> parts(1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char32_t c = text[at];
    const bool space_before = at > 0 && is_space(text[at - 1]);
    const bool space_behind = at + 1 < text.size() && is_space(text[at + 1]);
    if ((c == U':' && space_behind) || (c == U'=' && space_before && space_behind)) break;
    const bool ends_sentence = c == U'.' && space_behind && at > 1 && is_word(text[at - 1]) && is_word(text[at - 2]);
    const bool divides = (c == U'-' || c == U'/') && space_before && space_behind;
    if (ends_sentence || divides || (c == U';' && space_behind)) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  for (std::u32string& part : parts) part = trimmed(part);
  std::erase_if(parts, [](const std::u32string& part) { return part.empty(); });
  if (parts.size() == 1 && !bracketed.empty()) parts.push_back(bracketed);
  return parts;
}

bool is_number(std::string_view word) {
  const auto all = [&](std::string_view of) { return word.find_first_not_of(of) == std::string_view::npos; };
  return !word.empty() && (word.size() == 1 || all("ivx") || all("0123456789"));
}

/// Chinese and its like in Latin letters, which nobody abbreviates.
bool is_syllabic(const std::vector<std::u32string>& words) {
  constexpr std::size_t kFew = 3;
  constexpr std::size_t kLongest = 7;
  std::size_t sum = 0;
  for (const std::u32string& word : words) {
    if (word.size() > kLongest) return false;
    sum += word.size();
  }
  return words.size() >= kFew && 2 * sum <= 7 * words.size();
}

/// A word with a full stop behind it, initials apart, is an abbreviation.
bool is_short_already(std::u32string_view title) {
  for (std::size_t at = 1; at < title.size(); ++at)
    if (title[at] == U'.' && is_word(title[at - 1]) && (at + 1 == title.size() || (at > 1 && is_word(title[at - 2]) && text::is_lower(title[at - 1]) && at < 8))) return true;
  return false;
}

}  // namespace

JournalWords::JournalWords() {
  for (const std::string_view piece : kJournalWords) table_ += piece;
  for (std::string_view rest = table_; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view row = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t blank = row.find(' ');
    if (row.starts_with('#') || blank == std::string_view::npos) continue;
    const std::string_view what = row.substr(blank + 1);
    if (row.starts_with('!')) {
      general_.insert(what);
    } else if (row.starts_with('~')) {
      joined_.insert(what);
    } else {
      words_.emplace(row.substr(0, blank), what);
    }
  }
}

/// Initials are one word, elided articles are words, and some beginnings are one word with what follows their hyphen.
std::vector<JournalWords::Word> JournalWords::words_of(std::u32string_view text) const {
  std::vector<Word> words;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word(text[at])) {
      ++at;
      continue;
    }
    Word initials;
    std::size_t end = at;
    while (end + 1 < text.size() && text::is_letter(text[end]) && text[end + 1] == U'.') {
      initials += text[end];
      end += 2;
      if (end < text.size() && is_space(text[end])) ++end;
    }
    if (initials.size() > 1) {
      words.push_back(initials);
      at = end;
      continue;
    }
    Word word;
    for (; at < text.size(); ++at) {
      const bool goes_on = at + 1 < text.size() && is_word(text[at + 1]);
      if (is_apostrophe(text[at])) {
        if (goes_on && is_listed(folded(word), kElided)) break;
      } else if (text[at] == U'-' && goes_on && joined_.count(folded(word)) > 0) {
        continue;
      } else if (!is_word(text[at])) {
        break;
      } else {
        word += text[at];
      }
    }
    words.push_back(word);
  }
  return words;
}

/// Does what stands behind the first full stop belong to the title? So it does behind "Bulletin", and behind the title's own initials.
bool JournalWords::goes_on(const std::vector<std::u32string>& parts) const {
  if (parts.size() < 2) return false;
  if (general_.count(folded(parts[0])) > 0) return true;
  std::u32string letters = parts[0];
  std::erase(letters, U'.');
  constexpr std::size_t kLongest = 8;
  const bool is_initials = letters.size() > 1 && letters.size() <= kLongest && std::all_of(letters.begin(), letters.end(), [](char32_t c) { return text::is_upper(c); });
  return is_initials && !parts[1].starts_with(U'(') && parts[1].find(U' ') != std::u32string::npos;
}

std::vector<JournalWords::Word> JournalWords::words_of_title(std::u32string_view title) const {
  const std::vector<std::u32string> parts = parts_of(title);
  if (parts.empty()) return {};
  std::vector<Word> words = words_of(parts[0]);
  std::size_t next = 1;
  if (goes_on(parts)) {
    const std::vector<Word> more = words_of(parts[1]);
    words.insert(words.end(), more.begin(), more.end());
    next = 2;
  }
  if (next >= parts.size() || parts[next].starts_with(U'(')) return words;
  // "Series B: Cells", "B, Cells", "Supplementum"
  const std::vector<Word> more = words_of(parts[next]);
  if (more.empty()) return words;
  const std::string first = folded(more[0]);
  const bool is_capital = more[0].size() > 1 || text::is_upper(more[0][0]) || text::is_digit(more[0][0]);
  if (more.size() > 1 && is_listed(first, kSections) && is_number(folded(more[1]))) {
    words.push_back(more[1]);
  } else if ((is_number(first) && is_capital) || first.starts_with("suppl")) {
    words.push_back(more[0]);
  }
  return words;
}

/// With its full stop, if it is one; empty: the word goes; nothing: it is not known.
std::optional<std::string> JournalWords::abbreviated(const Word& word) const {
  const std::string key = folded(word);
  const auto known = words_.find(key);
  if (known == words_.end()) return std::nullopt;
  if (known->second == kDropped) return std::string();
  Word shown = word;
  const bool is_short = known->second != kKept;
  if (is_short) {
    // The letters of the title itself, with their accents, where they are the same.
    const bool is_beginning = key.size() == word.size() && key.starts_with(known->second);
    shown = is_beginning ? word.substr(0, known->second.size()) : Word(known->second.begin(), known->second.end());
  }
  shown[0] = text::to_upper(shown[0]);
  return text::to_utf8(shown) + (is_short ? "." : "");
}

std::optional<std::string> JournalWords::abbreviate(std::string_view title) const {
  std::u32string characters;
  for (const char32_t c : text::CodePoints(title)) characters += c;
  if (is_short_already(characters)) return std::nullopt;
  std::vector<Word> words = words_of_title(characters);
  const bool stays = words.size() == 1 || is_syllabic(words);
  std::string all;
  for (std::size_t at = 0; at < words.size(); ++at) {
    std::optional<std::string> word;
    if (stays || (words[at].size() == 1 && at + 1 == words.size())) {
      words[at][0] = text::to_upper(words[at][0]);
      word = text::to_utf8(words[at]);
    } else {
      word = abbreviated(words[at]);
    }
    if (!word) return std::nullopt;
    if (!word->empty()) all += (all.empty() ? "" : " ") + *word;
  }
  if (all.empty()) return std::nullopt;
  return all;
}

}  // namespace bibmill

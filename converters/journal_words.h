// Titles of journals abbreviated word by word, where no list has the title.
//
// The table (tables/journal_words.txt) was counted in one half of published lists. What becomes of a word that it has not is guessed from words like it, and the answer says how
// sure that is; how often answers are right was measured on the other half (tests/unit/converters/journal_words_test.cpp).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "journal_title.h"
#include "like_words.h"

namespace bibmill {

struct TitleByWords {
  std::string text;  ///< with full stops behind short words, as ISO 4 has them
  double sure = 1;   ///< 1 where the table has all words; else the product of the guesses
};

/// Answers at least so sure are exact in four titles of five.
constexpr double kSureTitle = 0.9;

class JournalWords {
 public:
  JournalWords();
  JournalWords(const JournalWords&) = delete;
  JournalWords& operator=(const JournalWords&) = delete;

  /// "Biotechnol. Adv." of "Biotechnology advances"; a title of one word is its own abbreviation. Nothing where the title is short already, or would not stay as it is then.
  std::optional<TitleByWords> abbreviate(std::string_view title, JournalStyle style) const;

 private:
  struct Short;

  void add_row(std::string_view row);
  std::optional<TitleByWords> once(std::string_view title, JournalStyle style) const;
  bool is_short_already(std::u32string_view title, JournalStyle style) const;
  bool is_short_form(std::u32string_view title, std::size_t at, std::size_t end) const;
  Short short_of(const TitleWord& word, JournalStyle style) const;
  std::vector<Short> shorts_of(const std::vector<TitleWord>& words, JournalStyle style) const;
  static std::u32string shown(const TitleWord& word, const Short& one);

  /// What becomes of a word: as NLM abbreviates, and by ISO 4.
  struct Row {
    std::string_view nlm;
    std::string_view iso4;
  };

  std::string table_;  // the others are views into it
  std::unordered_map<std::string_view, Row> words_;
  std::unordered_map<std::string_view, bool> forms_;  // what words become; is it a word as well?
  JournalTitles titles_;
  LikeWords like_;
};

}  // namespace bibmill

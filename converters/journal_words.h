// Titles of journals abbreviated word by word, as ISO 4 does, where no list has the title.
//
// The table (tables/journal_words.txt) was counted in one half of published lists and measured on the other. A title is answered only if the table has each of its words: what is not known is not guessed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace bibmill {

class JournalWords {
 public:
  JournalWords();
  JournalWords(const JournalWords&) = delete;
  JournalWords& operator=(const JournalWords&) = delete;

  /// "Biotechnol. Adv." of "Biotechnology advances"; a title of one word is its own abbreviation. Nothing where a word is not known, or the title is short already.
  std::optional<std::string> abbreviate(std::string_view title) const;

 private:
  using Word = std::u32string;

  std::vector<Word> words_of(std::u32string_view text) const;
  std::vector<Word> words_of_title(std::u32string_view title) const;
  bool goes_on(const std::vector<std::u32string>& parts) const;
  std::optional<std::string> abbreviated(const Word& word) const;

  std::string table_;  // the others are views into it
  std::unordered_map<std::string_view, std::string_view> words_;
  std::unordered_set<std::string_view> general_;  // titles such as "bulletin", whose body belongs to them
  std::unordered_set<std::string_view> joined_;   // beginnings such as "bio", which are one word with what follows a hyphen
};

}  // namespace bibmill

// Titles of journals taken apart, as lists of abbreviations do it: which words of a title its abbreviation is made of, and what stands between them.
//
// The lists differ here and not in their words: NLM leaves subtitles, places and bodies out and knows no commas, ISO 4 as chemists write it keeps sections with their
// commas and places in brackets. tables/make_journal_words.py takes titles apart in the same way to count their words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace bibmill {

enum class JournalStyle : std::uint8_t { Iso4, Nlm };

/// What stands between a word and the one before it.
enum class TitleMark : std::uint8_t { Blank, Hyphen, Comma, Colon, Dash };

struct TitleWord {
  std::u32string text;
  std::string key;  ///< folded
  TitleMark before = TitleMark::Blank;
  bool in_brackets = false;
};

class JournalTitles {
 public:
  /// "bulletin": the body behind its full stop belongs to it. The text must stay.
  void add_general(std::string_view title) { general_.insert(title); }
  /// "bio": one word with what follows its hyphen.
  void add_joined(std::string_view beginning) { joined_.insert(beginning); }

  std::vector<TitleWord> words_of_title(std::u32string_view title, JournalStyle style) const;

 private:
  struct Part;

  static std::vector<Part> parts_of(std::u32string_view title);
  std::vector<TitleWord> words_of(std::u32string_view text) const;
  std::vector<TitleWord> more_for_iso(const std::vector<Part>& parts) const;
  std::vector<TitleWord> more_for_nlm(const std::vector<Part>& parts, const std::vector<TitleWord>& words) const;

  std::unordered_set<std::string_view> general_;
  std::unordered_set<std::string_view> joined_;
};

/// How many of the words are listed as words of English, German, French…: the languages that have the most, as bits; none where none has one.
unsigned languages_of(const std::vector<TitleWord>& words);
constexpr unsigned kEnglish = 1;

}  // namespace bibmill

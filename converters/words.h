// Words, letters and texts as rules look at them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/record.h"
#include "bibmill/rule.h"
#include "bibmill/text/unicode.h"

namespace bibmill::rules {

/// For comparing titles and names: lower-case letters without accents where they have a likeness in ASCII, digits, and single blanks between.
std::string folded(std::string_view text);

/// A number for the folded text of all that was added, blanks apart, without keeping it.
class FoldedDigest {
 public:
  void add(std::string_view text);
  std::size_t size() const { return size_; }  ///< of the folded text without blanks
  std::uint64_t value() const;

 private:
  static constexpr std::size_t kWord = sizeof(std::uint64_t);

  void add_letters(std::string_view text);
  void mix(const char* letters);

  std::uint64_t hash_ = 0;
  std::array<char, kWord> rest_{};  // what makes no whole word yet
  std::size_t size_ = 0;
};

/// Calls `visit(word)` for the words of a text, which are divided by blanks.
template <class Visit>
void for_each_word(std::string_view text, Visit&& visit) {
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && text::is_blank(text[at])) ++at;
    const std::size_t begin = at;
    while (at < text.size() && !text::is_blank(text[at])) ++at;
    if (at > begin) visit(text.substr(begin, at - begin));
  }
}

/// The words of a text, divided by blanks.
std::vector<std::string_view> words_of(std::string_view text);

/// Is there `word` in a list divided by blanks?
bool has_word(std::string_view list, std::string_view word);

/// Words that are looked for in every name, whatever the case of their letters: hardly ever there, and then told by length and first letter.
class WordList {
 public:
  /// Of small letters, divided by blanks; each begins with a letter.
  constexpr explicit WordList(std::string_view list) : list_(list) {
    for (std::size_t at = 0; at < list.size();) {
      const std::size_t end = std::min(list.find(' ', at), list.size());
      letters_[std::min(end - at, kLongest)] |= bit_of(list[at]);
      at = end + 1;
    }
  }

  bool has(std::string_view word) const {
    if (word.empty() || !text::is_ascii_letter(word.front()) || (letters_[std::min(word.size(), kLongest)] & bit_of(text::ascii_lower(word.front()))) == 0) return false;
    return has_word(list_, text::ascii_lowered(word));
  }

 private:
  static constexpr std::size_t kLongest = 31;
  static constexpr std::uint32_t bit_of(char letter) { return std::uint32_t{1} << static_cast<unsigned>(letter - 'a'); }

  std::string_view list_;
  std::array<std::uint32_t, kLongest + 1> letters_{};
};

/// Case of ASCII letters ignored.
bool contains(std::string_view text, std::string_view part);
std::size_t find_ignoring_case(std::string_view text, std::string_view part);

/// How many letters a text has, and how many of those are capitals.
struct Letters {
  std::size_t all = 0;
  std::size_t upper = 0;
  std::size_t lower = 0;
};
Letters letters_of(std::string_view text);

/// Is the whole in capitals, and long enough that this is no abbreviation?
bool is_in_capitals(std::string_view text, std::size_t least_letters);

/// The text of a value that is running text or a string; empty for others.
std::string text_of(const Entry& entry);

// ------------------------------------------------------------------------------------------------------------- selectors of fields

template <Field... fields>
bool is_one_of(Field field) {
  return ((field == fields) || ...);
}

template <class Kind>
bool holds(Field field) {
  static const Value kKind{Kind{}};
  return info(field).kind == kKind.index();
}

// -------------------------------------------------------------------------------------------------------------------- fixes

/// Replaces a piece of what was written.
Fix replace(const CheckedRecord& record, std::string_view piece, std::string replacement, std::string title, bool safe);

/// Several places of one fault in a record, told as one finding with one fix.
class Cluster {
 public:
  Cluster(const CheckedRecord& record, Findings& findings) : record_(&record), findings_(&findings) {}
  void add(std::string_view piece, std::string message);
  void add(std::string_view piece, std::string message, std::string replacement);
  /// Tells of them, if there are any. `title` and `safe` are the fix's.
  void tell(std::string title = {}, bool safe = false);

 private:
  const CheckedRecord* record_;
  Findings* findings_;
  Span first_;
  std::string message_;
  std::size_t count_ = 0;
  std::vector<Edit> edits_;
};

/// The formats whose text is LaTeX.
inline constexpr std::string_view kLatexFormats = "bibtex biblatex";

}  // namespace bibmill::rules

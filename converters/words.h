// Words, letters and texts as rules look at them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bibmill/record.h"
#include "bibmill/rule.h"
#include "bibmill/text/unicode.h"

namespace bibmill::rules {

/// For comparing titles and names: lower-case letters without accents where they have a likeness in ASCII, digits, and single blanks between.
std::string folded(std::string_view text);

/// The words of a text, divided by blanks.
std::vector<std::string_view> words_of(std::string_view text);

/// Is there `word` in a list divided by blanks?
bool has_word(std::string_view list, std::string_view word);

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

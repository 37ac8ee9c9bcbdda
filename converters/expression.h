// Expressions over the fields of a record: "type == article-journal and year >= 2015 and not has(DOI)".
//
//   expression  any of alternatives: conjunction { "or" conjunction }
//   conjunction negation { "and" negation }
//   negation    "not" negation | "(" expression ")" | "has" "(" subject ")" | comparison
//   comparison  subject operator value | subject [ "not" ] "in" "(" value { "," value } ")"
//   operator    == != < <= > >= contains starts-with ends-with
//   subject     type, key, format, year (of "issued"), or a field of the record schema; the case of letters does not count
//   value       a word, or a text in "…" or '…'
//
// A field with several values fits if one of them does. Case does not count, and letters are compared composed. What a record lacks fits no comparison but != and
// "not in". Dates are compared as far as both are known, and a range reaches over all of its years.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/record.h"

namespace bibmill {

/// What a comparison looks at.
struct Subject {
  enum class Of : std::uint8_t { Type, Key, Format, Year, Field };
  Of of = Of::Field;
  Field field{};
};

class Expression {
 public:
  /// Throws UsageError, which shows the place in the expression.
  explicit Expression(std::string_view text);

  bool fits(const Record& record) const { return fits(root_, record); }

  enum class Operator : std::uint8_t { Equal, Different, Less, LessOrEqual, More, MoreOrEqual, Contains, StartsWith, EndsWith };

  /// A value that records are compared with, in the form in which its subject compares.
  struct Operand {
    std::string text;    ///< folded
    std::int64_t number = 0;
    DatePoint date;
    Type type = Type::Document;
  };

  struct Clause {
    enum class Kind : std::uint8_t { Any, All, Not, Has, Compare };
    Kind kind = Kind::All;
    std::vector<Clause> parts;  ///< of Any, All and Not
    Subject subject;
    Operator how = Operator::Equal;
    std::vector<Operand> operands;  ///< fits if one of them does; of Different, if none is equal
  };

 private:
  static bool fits(const Clause& clause, const Record& record);

  Clause root_;
};

}  // namespace bibmill

// What the record schema says, for those who write records down, read them, describe the schema, and hold trees against it.
#pragma once

#include <string_view>

#include "bibmill/record.h"

namespace bibmill::text {

/// The member that may stand for the whole value.
constexpr bool stands_alone(std::string_view member) {
  return member == "text" || member == "value" || member == "list" || member == "runs" || member == "ranges" ||
         member == "sections";
}

/// The first member's name, if it may stand for the value.
template <class T>
constexpr bool collapses() {
  bool first = true;
  bool answer = false;
  T::members([&](std::string_view name, auto, std::string_view) {
    if (first) answer = stands_alone(name);
    first = false;
  });
  return answer;
}

/// The texts of a record, by their names in the schema.
struct TextMember {
  std::string_view name;
  Str Record::*member;
  std::string_view meaning;
};

inline constexpr TextMember kHead[] = {
    {"type-as-written", &Record::type_as_written, "The type as the source wrote it"},
    {"key", &Record::key, "Citation key or id"},
    {"key-raw", &Record::key_raw, "The key as written, where that differs"},
    {"origin", &Record::origin, "Id of the format that the record was read from"},
};

inline constexpr TextMember kTail[] = {
    {"layout", &Record::layout, "The record's text as it stood, where the origin's writer would lay it out otherwise"},
    {"before", &Record::before, "Text that stood between this record and the one before it"},
    {"after", &Record::after, "Text that stood behind the last record"},
};

/// Members of a carried object that a record does not have.
inline constexpr std::string_view kDigest = "digest";
inline constexpr std::string_view kSupplied = "supplied";

/// An item that has this member is an extra.
inline constexpr std::string_view kExtra = "extra";

}  // namespace bibmill::text

// How `fmt` lays CSL-JSON out: indents and line breaks; strings and numbers stay byte for byte.
#pragma once

#include <string_view>

#include "bibmill/format.h"

namespace bibmill::csljson {

inline constexpr FormatOption kLayoutOptions[] = {{"indent", "N", "indent by so many blanks", FormatOption::Side::Writing, {}, "2", 0, 16}};

inline constexpr std::string_view kLayoutRules =
    "Each member and each object on a line of its own, indented by two blanks; a list without objects on one line; a blank behind each colon. The order of members, strings with their escapes, and numbers stay "
    "as they were written. Items that stand one a line (NDJSON) stay so, and what is no JSON stays as it is.";

/// Format::layout.
LaidOut lay_out(std::string_view text, const Settings& settings);

}  // namespace bibmill::csljson

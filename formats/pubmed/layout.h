// How `fmt` lays PubMed XML out: a line for each element that says something; text with its markup stays byte for byte.
#pragma once

#include <string_view>

#include "bibmill/format.h"

namespace bibmill::pubmed {

inline constexpr FormatOption kLayoutOptions[] = {{"indent", "N", "indent by so many blanks", FormatOption::Side::Writing, {}, "2", 0, 16}};

inline constexpr std::string_view kLayoutRules =
    "Each element on a line of its own, those within another indented by two blanks; an element of text stays on its line, byte for byte, with its markup, references and line ends. Tags stay as they were written, and so "
    "do comments and whatever else stands between elements, each on a line of its own. What the DTD has as text, and what it does not know, is not looked into. A record that is no well-formed XML stays as it is, and "
    "is named.";

/// Format::layout.
LaidOut lay_out(std::string_view text, const Settings& settings);

}  // namespace bibmill::pubmed

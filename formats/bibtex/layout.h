// How `fmt` lays a .bib file out, whoever wrote it: blocks and fields are moved and indented, values stay byte for byte.
#pragma once

#include <array>
#include <string_view>

#include "bibmill/format.h"
#include "values.h"
#include "writer.h"

namespace bibmill::bibtex {

// `align` and `line-width` are the writer's own.
inline constexpr FormatOption kLayoutOptions[] = {
    {"indent", "N", "indent by so many blanks", FormatOption::Side::Writing, {}, "2", 0, 16},
    {"tab", "", "indent fields by one tab"},
    kAlignOption,
    kWidthOption,
    {"field-order", "ORDER", "put the fields of an entry in the source's order, in the data model's (model), by name (name), or as listed (title,author,year), others behind", FormatOption::Side::Writing, {}, "source"},
    {"delimiters", "KIND", "put values in braces or quotes", FormatOption::Side::Writing, "source|braces|quotes", "source"},
    {"numbers", "KIND", "write values that are digits bare or in braces", FormatOption::Side::Writing, "source|bare|braces", "source"},
    {"type-case", "CASE", "write the types of entries so", FormatOption::Side::Writing, "lower|upper|source", "lower"},
    {"name-case", "CASE", "write the names of fields so", FormatOption::Side::Writing, "lower|upper|source", "lower"},
    {"last-comma", "WHETHER", "put a comma behind the last field", FormatOption::Side::Writing, "yes|no", "yes"},
    {"sort", "ORDER", "put entries in the source's order, or by their keys (key)", FormatOption::Side::Writing, "source|key", "source"},
    {"blank-lines", "N", "leave so many lines blank between entries", FormatOption::Side::Writing, {}, "1", 0, 10},
};

inline constexpr std::string_view kLayoutRules =
    "One field a line, indented by two blanks, equals signs lined up within an entry, a comma behind each field, the closing brace on a line of its own, a blank line between entries; names of types and "
    "fields in lower case; `@string` on one line; blocks in parentheses get braces. Values stay as they were written, with their braces, quotes, bare numbers and line ends, unless an option says otherwise. "
    "`@preamble`, `@comment`, text between entries and comments behind `%` are kept in their places. An entry with a fault in its syntax stays as it is, and is named. With `--sort key` entries stand by their keys, each with the comment above it and behind it; what stands between entries "
    "stays, with the entries before it before it and those behind it behind it; of BibTeX's, those that others refer to by `crossref` come last.";

/// Format::layout.
LaidOut lay_out(Dialect dialect, std::string_view text, const Settings& settings);

}  // namespace bibmill::bibtex

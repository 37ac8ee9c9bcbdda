// How `fmt` lays a .yaml file out: each item as our writer would, the document around them as it stands.
#pragma once

#include <string_view>

#include "bibmill/format.h"

namespace bibmill::yaml {

inline constexpr FormatOption kLayoutOptions[] = {
    {"field-order", "ORDER", "put the fields of an entry in the source's order, in the data model's (model), by name (name), or as listed (title,author,year), others behind", FormatOption::Side::Writing, {}, "source"},
};

inline constexpr std::string_view kLayoutRules =
    "Items as `convert` writes them: block style, the dashes of a list on the column of its key, maps two blanks in, quotes only where a reader of YAML 1.1 or 1.2 would take a word for something else, long texts "
    "folded, texts of several lines as blocks. Keys and values stay what they are, and so does their order unless `--field-order` says otherwise. Comments stay: between items on lines of their own, "
    "within an item above the key, or behind the value, that they stood at. Of several blank lines between items one stays, and none within. An item with an anchor, an alias or a tag, with a fault in its syntax, or with a comment "
    "that has no place of its own in that layout (before the first key, for instance) stays as it is, and is named; so does a document in braces or brackets. What else a document holds besides its items stays as it is.";

/// Format::layout.
LaidOut lay_out(std::string_view text, const Settings& settings);

}  // namespace bibmill::yaml

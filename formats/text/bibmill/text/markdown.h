// Pandoc's inline Markdown as CSL-YAML uses it, to and from rich text.
//
//   *italic* **bold** H~2~O 2^nd^ [X]{.nocase} [X]{.smallcaps} [X]{.underline} $formula$ `raw`{=latex} \* --- -- ...
//
// A mark that nothing closes is text. Links, code and spans of other classes become Verbatim runs ("markdown") and are written back as they were.
// Reference: Pandoc User's Guide, "Inline formatting", "Backslash escapes", "Generic raw attribute".
#pragma once

#include <string>
#include <string_view>

#include "bibmill/arena.h"
#include "bibmill/mapping.h"
#include "bibmill/values.h"

namespace bibmill::text {

RichText read_markdown(Arena& arena, std::string_view markdown);

/// The characters alone, escapes undone: for DOI: 10.1000/b\<c\>.
Str read_markdown_plain(Arena& arena, std::string_view markdown);

/// Appends to `out`; every character that pandoc would take as markup is escaped. Narrowed where marked quotations became “ ”.
Fidelity write_markdown(std::string& out, const RichText& rich);

/// The same of a text without markup: itself, or what is put into `buffer` where anything needs an escape. Nothing of it stays behind.
std::string_view markdown_of(std::string_view plain, std::string& buffer);

}  // namespace bibmill::text

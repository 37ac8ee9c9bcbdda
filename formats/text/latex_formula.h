// Formulas that are plain text: $\alpha$, H$_2$O, $p < 0.05$, $^{14}$C.
#pragma once

#include <string_view>

#include "bibmill/text/rich_text.h"

namespace bibmill::text {

/// Appends the formula between the dollars as text: letters in italics as TeX sets them, scripts as marks, symbols as characters. False, and nothing
/// is appended, if it is more than text: fractions, roots, scripts on scripts, commands that the table does not know.
bool append_formula(RichTextBuilder& out, std::string_view formula, Marks marks, std::string_view* left_out);

/// Appends base and marks (outermost first) in normal form C: the dotless i gets its accent as i.
void append_accented(RichTextBuilder& out, std::u32string_view base, std::u32string_view outer_to_inner, Marks marks);

}  // namespace bibmill::text

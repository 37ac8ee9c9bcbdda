// Scalars: when a text may stand in YAML without quotes, and how it is written otherwise.
//
// Readers of YAML 1.1 and of 1.2 take different words for truth values, numbers and dates: what any of them would take for something else than text gets
// quotes. So do texts that a plain scalar cannot hold.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bibmill::yaml {

/// Appends a line end, the blanks of the column, and `size` more for what the line begins with: its place.
char* append_line(std::string& out, std::size_t column, std::size_t size);

/// Would a reader of YAML 1.1 or 1.2 take the plain word for null, a truth value, a number or a date? no ~ 010 1.10 12:30:45 2001-05-07 <<
bool is_no_text(std::string_view plain);

/// May the text stand without quotes, in block context and on one line?
bool may_stand_plain(std::string_view text);

/// Appends the text as a key or a value on one line: plain, in single quotes, or in double quotes.
void append_inline(std::string& out, std::string_view text);
/// In single quotes, or in double ones where it needs them.
void append_quoted(std::string& out, std::string_view text);
void append_double_quoted(std::string& out, std::string_view text);

/// Carried text passes through pandoc as well, which takes every text of a document's metadata for Markdown and refuses the whole file where one ends in an
/// indented line (2.17: "unexpected end of input"). Such a text gets a last line "|", and so does one that ends in such a line by itself.
std::string armoured(std::string_view text);
bool needs_armour(std::string_view text);
inline constexpr std::string_view kArmour = "\n|";

/// A text of one line and no more bytes than this is never folded.
inline constexpr std::size_t kShortText = 100;

/// How a longer text is best written.
enum class Style : std::size_t { Inline, Literal, Folded };
Style style_for(std::string_view text);

/// Appends "|", "|-" or ">-" and the lines, each behind a line end and `indent` blanks.
void append_block(std::string& out, std::string_view text, Style style, std::size_t indent);

}  // namespace bibmill::yaml

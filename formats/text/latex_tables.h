// The LaTeX tables as decoding and encoding ask them.
#pragma once

#include <string_view>

#include "bibmill/text/latex.h"

namespace bibmill::text {

/// The row of a command or ligature, spelled in full. A control sequence that is known only in the other mode is found too: authors forget dollars.
const LatexSymbol* find_symbol(std::string_view command, LatexMode mode);
const LatexAccent* find_accent(std::string_view command, LatexMode mode);

/// The row that writes this character or this combining mark, or null.
const LatexSymbol* spelling_of(char32_t character);
const LatexAccent* spelling_of_mark(char32_t mark);

/// The control sequence at `text[at]`, which is a backslash: letters, or one other character; the backslash alone at the text's end.
std::string_view command_at(std::string_view text, std::size_t at);
/// A control word swallows the blanks behind it.
bool is_word(std::string_view command);

/// Deeper brace groups are kept verbatim.
inline constexpr std::size_t kMaxLatexDepth = 64;

}  // namespace bibmill::text

// Values of BibTeX as LaTeX reads them, byte by byte: what is text, what a formula, what an address.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "bibmill/text/unicode.h"
#include "words.h"

namespace bibmill::rules {

enum class LatexPlace : std::uint8_t { Text, Formula, Verbatim };

/// Commands whose argument is no text of LaTeX.
inline bool takes_verbatim(std::string_view command) { return has_word("url path href nolinkurl verb lstinline detokenize ensuremath", command); }

/// Calls `visit(at, place)` for each byte of a value behind its delimiters that is neither a brace nor a part of a command, nor escaped. False where a formula does not end.
template <class Visit>
bool for_each_latex_byte(std::string_view written, Visit&& visit) {
  int depth = 0;
  bool quoted = false;
  bool math = false;
  for (std::size_t at = 0; at < written.size(); ++at) {
    const char c = written[at];
    if (c == '\\') {
      std::size_t end = at + 1;
      while (end < written.size() && text::is_ascii_letter(written[end])) ++end;
      const std::string_view command = written.substr(at + 1, end - at - 1);
      if (command.empty() && end < written.size() && (written[end] == '(' || written[end] == ')')) math = written[end] == '(';
      at = std::max(end, at + 2) - 1;
      if (!command.empty() && takes_verbatim(command) && end < written.size() && written[end] == '{') {
        int inner = 0;
        for (at = end; at < written.size(); ++at) {
          if (written[at] == '{') ++inner;
          if (written[at] == '}' && --inner == 0) break;
          visit(at, command == "ensuremath" ? LatexPlace::Formula : LatexPlace::Verbatim);
        }
      }
      continue;
    }
    if (c == '{') {
      ++depth;
    } else if (c == '}') {
      --depth;
    } else if (c == '"' && depth == 0) {
      quoted = !quoted;
    } else if (c == '$') {
      math = !math;
    } else if (depth > 0 || quoted) {
      visit(at, math ? LatexPlace::Formula : LatexPlace::Text);
    }
  }
  return !math;
}

/// The same for the bytes of text alone.
template <class Visit>
bool for_each_text_byte(std::string_view written, Visit&& visit) {
  return for_each_latex_byte(written, [&](std::size_t at, LatexPlace place) {
    if (place == LatexPlace::Text) visit(at);
  });
}

}  // namespace bibmill::rules

// Telling at a look that LaTeX is spelled as encoding spells it.
#include <cstddef>
#include <string>
#include <string_view>

#include "bibmill/text/byte_scan.h"
#include "bibmill/text/latex.h"
#include "bibmill/text/unicode.h"
#include "latex_tables.h"

namespace bibmill::text {

namespace {

/// The next byte that is more than itself to encoding or decoding, or that needs a closer look. `beyond`: those of them that are not ASCII.
template <ByteRange... beyond>
std::size_t next_to_check(std::string_view latex, std::size_t at) {
  // '#' to '&' are # $ % &; '^' to '`' are ^ _ and the opening quote; from '{' on there are braces, bar, tie and DEL. Of the signs from the blank to the slash, some
  // mean nothing doubled, but a range of them is sooner told.
  using Checked = Bytes<'\\', ByteRange{'{', 0x7F}, ByteRange{'#', '&'}, ByteRange{'^', '`'}, ByteRange{0, 0x1F}, beyond...>;
  return next_of_or_doubled(Checked{}, Bytes<ByteRange{' ', '/'}, ByteRange{'<', '>'}>{}, latex, at);
}

/// \% \& \# \_ and \$: a character that is always written so, and is nothing else behind a backslash.
bool is_escape_at(std::string_view latex, std::size_t at) {
  return latex[at] == '\\' && at + 1 < latex.size() && is_one_of<ByteRange{'#', '&'}, '_'>(latex[at + 1]);
}

/// The end of a group {…} of words that protects them; 0 where it is more than that, or less.
std::size_t end_of_protection(std::string_view latex, std::size_t open) {
  const std::size_t close = next_not_of<ByteRange{'a', 'z'}, ByteRange{'A', 'Z'}, ByteRange{'0', '9'}, ' ', '.', '-', '/', '(', ')', ':'>(latex, open + 1);
  if (close == latex.size() || latex[close] != '}') return 0;
  const std::string_view words = latex.substr(open + 1, close - open - 1);
  const bool protects = holds<ByteRange{'a', 'z'}, ByteRange{'A', 'Z'}>(words);
  return protects && words.front() != ' ' && words.back() != ' ' && next_doubled<' ', '-'>(words, 0) == words.size() ? close + 1 : 0;
}

/// Capitals that would be put in braces. The first letter of the whole would not.
bool has_bare_capital(std::string_view latex, std::size_t from, std::size_t to) {
  if (from == 0) from = 1;
  return from < to && holds<ByteRange{'A', 'Z'}>(latex.substr(from, to - from));
}

/// The end of $\geq$, a formula of one symbol that is always written so; 0 of any other, and of one that a second one follows.
std::size_t end_of_symbol(std::string_view latex, std::size_t dollar) {
  const std::size_t close = latex.find('$', dollar + 1);
  if (close == std::string_view::npos || latex.substr(close + 1).starts_with('$')) return 0;
  const LatexSymbol* const row = find_symbol(latex.substr(dollar + 1, close - dollar - 1), LatexMode::Math);
  return row != nullptr && row->mode == LatexMode::Math && row->characters.size() == 1 && spelling_of(row->characters.front()) == row ? close + 1 : 0;
}

/// Is the character, which is not ASCII, written as ASCII?
bool is_written_in_ascii(std::string_view latex, std::size_t at, const LatexEncoding& options) {
  std::string written;
  encode_latex(written, latex.substr(at, code_point_at(latex, at).size), options);
  return !holds<kBeyondAscii>(written);
}

/// What a character that is not ASCII says of the spelling, where all before it is as encoding has it.
LatexSpelling spelling_by(std::string_view latex, std::size_t at, const LatexEncoding& options) {
  const bool otherwise = options.characters == LatexEncoding::Characters::Ascii && is_one_of<kBeyondAscii>(latex[at]) && is_written_in_ascii(latex, at, options);
  return otherwise ? LatexSpelling::Otherwise : LatexSpelling::Unclear;
}

template <ByteRange... beyond>
LatexSpelling spelling_of_text(std::string_view latex, const LatexEncoding& options) {
  const bool ascii = options.characters == LatexEncoding::Characters::Ascii;
  for (std::size_t at = next_to_check<beyond...>(latex, 0); at < latex.size(); at = next_to_check<beyond...>(latex, at)) {
    const std::size_t end = is_escape_at(latex, at) ? at + 2 : ascii && latex[at] == '$' ? end_of_symbol(latex, at) : 0;
    if (end == 0) return spelling_by(latex, at, options);
    at = end;
  }
  return LatexSpelling::AsEncoded;
}

LatexSpelling spelling_of_title(std::string_view latex, const LatexEncoding& options) {
  // Behind a first word no capital goes without braces.
  const LatexSpelling by_capital = is_one_of<ByteRange{'a', 'z'}, ByteRange{'A', 'Z'}>(latex.front()) ? LatexSpelling::Otherwise : LatexSpelling::Unclear;
  std::size_t bare = 0;  // where the text outside groups begins
  for (std::size_t at = next_to_check<kBeyondAscii>(latex, 0); at < latex.size(); at = next_to_check<kBeyondAscii>(latex, at)) {
    if (is_escape_at(latex, at)) {
      at += 2;
      continue;
    }
    if (options.protect_capitals && has_bare_capital(latex, bare, at)) return by_capital;
    // Two groups side by side are read as one, and one round the whole protects nothing.
    const std::size_t end = latex[at] == '{' && (at == 0 || at != bare) ? end_of_protection(latex, at) : 0;
    if (end == 0) return spelling_by(latex, at, options);
    if (at == 0 && end == latex.size()) return LatexSpelling::Unclear;
    at = bare = end;
  }
  return options.protect_capitals && has_bare_capital(latex, bare, latex.size()) ? by_capital : LatexSpelling::AsEncoded;
}

}  // namespace

LatexSpelling spelling_of_latex(std::string_view latex, const LatexEncoding& options) {
  if (latex.empty() || latex.front() == ' ' || latex.back() == ' ' || options.continues) return LatexSpelling::Unclear;
  if (options.braces_protect) return spelling_of_title(latex, options);
  // In Unicode all stands as it is but the no-break space, which begins with 0xC2.
  return options.characters == LatexEncoding::Characters::Unicode ? spelling_of_text<'\xC2'>(latex, options) : spelling_of_text<kBeyondAscii>(latex, options);
}

}  // namespace bibmill::text

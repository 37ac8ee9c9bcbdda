// Writing scalars of YAML. References: YAML 1.2.2, chapters 5, 7 and 8; YAML 1.1's types at yaml.org/type.
#include "scalars.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "bibmill/text/byte_scan.h"
#include "bibmill/text/unicode.h"

namespace bibmill::yaml {

using text::equal_ignoring_ascii_case;
using text::is_ascii_digit;

namespace {

// ------------------------------------------------------------------------------------------- what is not text to someone

constexpr std::size_t kLongestWord = 5;

/// YAML 1.1's words for truth values and null, 1.2's among them; "=" and "<<" have a meaning of their own in 1.1.
bool is_word(std::string_view text) {
  static constexpr std::string_view kWords[] = {"y",   "n",    "yes",  "no",   "true",  "false", "on",
                                                "off", "null", ".nan", ".inf", "+.inf", "-.inf"};
  if (text.size() > kLongestWord || !text::is_one_of<'y', 'Y', 'n', 'N', 't', 'T', 'f', 'F', 'o', 'O', '.', '+', '-', '~', '=', '<'>(text.front())) return false;
  if (text == "~" || text == "=" || text == "<<") return true;
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) { return word.size() == text.size() && equal_ignoring_ascii_case(text, word); });
}

constexpr bool is_digit_or_line(char c) { return is_ascii_digit(c) || c == '_'; }

std::size_t count_while(std::string_view text, bool (*accepts)(char)) {
  std::size_t count = 0;
  while (count < text.size() && accepts(text[count])) ++count;
  return count;
}

/// 12 1_200 010 0x1F 0o17 0b1 1.10 .5 1e10 12:30:45, with a sign before it
bool is_number(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  if (text.empty() || (!is_ascii_digit(text[0]) && text[0] != '.')) return false;
  if (text.size() > 2 && text[0] == '0' &&
      (text[1] == 'x' || text[1] == 'X' || text[1] == 'o' || text[1] == 'O' || text[1] == 'b' || text[1] == 'B'))
    return count_while(text.substr(2), [](char c) {
             return is_digit_or_line(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
           }) == text.size() - 2;
  std::size_t at = count_while(text, is_digit_or_line);
  while (at < text.size() && text[at] == ':') at += 1 + count_while(text.substr(at + 1), is_digit_or_line);  // base 60
  if (at < text.size() && text[at] == '.') at += 1 + count_while(text.substr(at + 1), is_digit_or_line);
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    at += count_while(text.substr(at), is_digit_or_line);
  }
  return at == text.size() && std::any_of(text.begin(), text.end(), is_ascii_digit);
}

/// 2001-05-07, 2001-5-7T10:30:00Z
bool is_timestamp(std::string_view text) {
  const auto digits = [&](std::size_t from) {
    return count_while(text.substr(std::min(from, text.size())), [](char c) { return is_ascii_digit(c); });
  };
  if (digits(0) != 4 || text.size() < 8 || text[4] != '-') return false;
  const std::size_t month = digits(5);
  if (month == 0 || month > 2 || 5 + month >= text.size() || text[5 + month] != '-') return false;
  const std::size_t day = digits(6 + month);
  if (day == 0 || day > 2) return false;
  const std::size_t end = 6 + month + day;
  return end == text.size() || text[end] == 'T' || text[end] == 't' || text[end] == ' ' || text[end] == '\t';
}

// --------------------------------------------------------------------------------------- what a scalar cannot hold as it is

/// Characters that only double quotes can hold, or that some readers take for line ends (NEL, LS, PS), for nothing (BOM), or refuse.
bool needs_escape(char32_t c) {
  return (c < 0x20 && c != '\n') || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE ||
         c == 0xFFFF;
}

/// The next byte that may begin a character that needs an escape.
std::size_t next_doubtful(std::string_view text, std::size_t at) {
  return text::next_of<text::ByteRange{0, 0x1F}, '\x7F', '\xC2', '\xE2', '\xEF'>(text, at);
}

bool has_escapes(std::string_view text) {
  for (std::size_t at = next_doubtful(text, 0); at < text.size(); at = next_doubtful(text, at + 1))
    if (needs_escape(text::code_point_at(text, at).value)) return true;
  return false;
}

constexpr bool is_indicator(char c) {
  return text::is_one_of<'-', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`'>(c);
}

/// ": ", " #", or a colon at the end.
bool ends_early(std::string_view text) {
  const auto next = [&](std::size_t from) { return text::next_of<':', '#'>(text, from); };
  for (std::size_t at = next(0); at < text.size(); at = next(at + 1)) {
    if (text[at] == ':' && (at + 1 == text.size() || text[at + 1] == ' ')) return true;
    if (text[at] == '#' && at > 0 && text[at - 1] == ' ') return true;
  }
  return false;
}

/// A letter first, and no word with a meaning of its own: no number, no date, no indicator.
bool begins_as_text(std::string_view text) { return !text.empty() && text::is_ascii_letter(text.front()) && !(text.size() <= kLongestWord && is_word(text)); }

/// Nothing but letters, digits, blanks and signs that mean nothing within a text, among them a colon within a word: nearly every key and every short text.
bool is_plain_inside(std::string_view text) {
  // '(' to ':' are ( ) * + , - . / the digits and the colon.
  constexpr text::Bytes<text::kAsciiLetters, text::ByteRange{'(', ':'}, ' '> kKnown;
  return text::next_not_of_or_pair<':', ' '>(kKnown, text, 0) == text.size();
}

void append_escaped(std::string& out, char32_t c, std::string_view bytes) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const auto hex = [&](char letter, int digits) {
    out += '\\';
    out += letter;
    for (int at = digits - 1; at >= 0; --at) out += kHex[(c >> (4 * static_cast<unsigned>(at))) & 15U];
  };
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\t': out += "\\t"; return;
    case '\r': out += "\\r"; return;
    case 0x2028: out += "\\L"; return;
    case 0x2029: out += "\\P"; return;
    default: break;
  }
  if (!needs_escape(c))
    out += bytes;
  else if (c < 0x100)
    hex('x', 2);
  else
    hex('u', 4);
}

}  // namespace

/// In one go where it is as short as nearly always.
char* append_line(std::string& out, std::size_t column, std::size_t size) {
  static constexpr auto kLine = [] {
    std::array<char, 161> line{};
    line.fill(' ');
    line[0] = '\n';
    return line;
  }();
  const std::size_t begin = out.size();
  if (1 + column + size <= kLine.size())
    out.append(kLine.data(), 1 + column + size);
  else
    out.append(1, '\n').append(column + size, ' ');
  return out.data() + begin + 1 + column;
}

bool is_no_text(std::string_view plain) {
  if (plain.empty() || is_word(plain)) return true;
  const bool begins_number = text::is_one_of<text::ByteRange{'0', '9'}, '-', '+', '.'>(plain.front());
  return begins_number && (is_number(plain) || is_timestamp(plain));
}

bool may_stand_plain(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
  if (!begins_as_text(text) && (is_indicator(text.front()) || text.starts_with("...") || is_no_text(text))) return false;
  return is_plain_inside(text) || (text.find('\n') == text.npos && !ends_early(text) && !has_escapes(text));
}

void append_double_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint here = text::code_point_at(text, at);
    append_escaped(out, here.value, text.substr(at, here.size));
    at += here.size;
  }
  out += '"';
}

void append_inline(std::string& out, std::string_view text) {
  if (may_stand_plain(text))
    out += text;
  else
    append_quoted(out, text);
}

void append_quoted(std::string& out, std::string_view text) {
  if (text.find('\n') != text.npos || has_escapes(text)) {
    append_double_quoted(out, text);
    return;
  }
  out += '\'';
  for (std::size_t quote = text.find('\''); quote != text.npos; quote = text.find('\'')) {
    out.append(text.substr(0, quote + 1)) += '\'';
    text.remove_prefix(quote + 1);
  }
  out.append(text) += '\'';
}

bool needs_armour(std::string_view text) {
  if (text.ends_with(kArmour)) return true;
  const std::size_t line_end = text::holds<'\n', '\r'>(text) ? text.find_last_of("\n\r") : text.npos;
  const std::string_view last = text.substr(line_end == text.npos ? 0 : line_end + 1);
  const std::size_t indent = last.find_first_not_of(' ');
  return last.substr(0, 4) == "    " || (indent < last.size() && last[indent] == '\t');
}

std::string armoured(std::string_view text) { return std::string(text).append(kArmour); }

// -------------------------------------------------------------------------------------------------------------- blocks

namespace {

constexpr std::size_t kFoldAt = 90;

/// A literal block gives it back as it is: its first line is not indented, it ends in at most one line end, and no line consists of blanks.
bool fits_literal(std::string_view text) {
  if (text.front() == ' ' || text.front() == '\n') return false;
  if (text.size() >= 2 && text.substr(text.size() - 2) == "\n\n") return false;
  std::size_t from = 0;
  while (from < text.size()) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    if (end > from && text.find_first_not_of(' ', from) >= end) return false;
    from = end + 1;
  }
  return true;
}

}  // namespace

Style style_for(std::string_view text) {
  const bool lines = text.find('\n') != text.npos;
  if (!lines && text.size() <= kShortText) return Style::Inline;
  if (has_escapes(text)) return Style::Inline;
  if (lines) return fits_literal(text) ? Style::Literal : Style::Inline;
  return text.front() != ' ' && text.back() != ' ' && text.find(' ') != text.npos ? Style::Folded : Style::Inline;
}

void append_block(std::string& out, std::string_view text, Style style, std::size_t indent) {
  const auto line = [&](std::string_view content) { content.copy(append_line(out, content.empty() ? 0 : indent, content.size()), content.size()); };
  if (style == Style::Literal) {
    const bool ends_line = text.back() == '\n';
    out += ends_line ? "|" : "|-";
    if (ends_line) text.remove_suffix(1);
    for (std::size_t from = 0; from <= text.size();) {
      const std::size_t end = std::min(text.find('\n', from), text.size());
      line(text.substr(from, end - from));
      from = end + 1;
    }
    return;
  }
  out += ">-";
  while (true) {
    if (text.size() <= kFoldAt) break;
    // The last single blank before the margin, or else the first behind it: a line must neither begin nor end with a blank, or it would not be folded back.
    const auto is_single = [&](std::size_t at) { return text[at + 1] != ' ' && text[at - 1] != ' '; };
    std::size_t cut = text.rfind(' ', kFoldAt);
    while (cut != text.npos && !is_single(cut)) cut = text.rfind(' ', cut - 1);
    if (cut == text.npos) cut = text.find(' ', kFoldAt + 1);
    while (cut != text.npos && !is_single(cut)) cut = text.find(' ', cut + 1);
    if (cut == text.npos) break;
    line(text.substr(0, cut));
    text.remove_prefix(cut + 1);
  }
  line(text);
}

}  // namespace bibmill::yaml

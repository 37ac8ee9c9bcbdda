// Unicode: code points, normal form C, classes of letters, white space. utf8proc knows the properties, simdjson what is valid.
#include "bibmill/text/unicode.h"

#include <simdjson.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "bibmill/text/byte_scan.h"

namespace bibmill::text {

namespace {

constexpr unsigned char byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }
constexpr bool continues(unsigned char byte) { return (byte & 0xC0) == 0x80; }

utf8proc_category_t category(char32_t c) { return utf8proc_category(static_cast<utf8proc_int32_t>(c)); }

/// A text run through utf8proc; the text itself if it is not UTF-8.
std::string mapped(std::string_view text, int options) {
  utf8proc_uint8_t* result = nullptr;
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &result,
                   static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(result, &std::free);
  if (size < 0) return std::string(text);
  return {reinterpret_cast<const char*>(result), static_cast<std::size_t>(size)};
}

std::u32string decomposed(char32_t c, int options) {
  std::array<utf8proc_int32_t, 32> buffer{};  // the longest decomposition, U+FDFA's, has 18
  int boundary = 0;
  const utf8proc_ssize_t size = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), buffer.data(), buffer.size(),
                                                        static_cast<utf8proc_option_t>(options), &boundary);
  if (size <= 0 || static_cast<std::size_t>(size) > buffer.size()) return {c};
  return {buffer.begin(), buffer.begin() + size};
}

template <class Convert>
std::string converted(std::string_view text, Convert convert) {
  std::string out;
  out.reserve(text.size());
  for (const char32_t c : CodePoints(text)) append_utf8(out, convert(c));
  return out;
}

/// Letters and signs that no decomposition leads to ASCII.
struct Folding {
  char32_t character;
  std::string_view ascii;
};

constexpr Folding kFoldings[] = {
    {U'\u00A9', "(c)"}, {U'\u00AB', "\""}, {U'\u00AE', "(R)"}, {U'\u00BB', "\""}, {U'\u00C6', "AE"}, {U'\u00D0', "D"},
    {U'\u00D7', "x"},   {U'\u00D8', "O"},  {U'\u00DE', "Th"},  {U'\u00DF', "ss"}, {U'\u00E6', "ae"}, {U'\u00F0', "d"},
    {U'\u00F8', "o"},   {U'\u00FE', "th"}, {U'\u0110', "D"},   {U'\u0111', "d"},  {U'\u0126', "H"},  {U'\u0127', "h"},
    {U'\u0131', "i"},   {U'\u0138', "k"},  {U'\u0141', "L"},   {U'\u0142', "l"},  {U'\u014A', "Ng"}, {U'\u014B', "ng"},
    {U'\u0152', "OE"},  {U'\u0153', "oe"}, {U'\u0166', "T"},   {U'\u0167', "t"},  {U'\u0180', "b"},  {U'\u0181', "B"},
    {U'\u0189', "D"},   {U'\u018F', "E"},  {U'\u0192', "f"},   {U'\u0197', "I"},  {U'\u019A', "l"},  {U'\u01E4', "G"},
    {U'\u01E5', "g"},   {U'\u0237', "j"},  {U'\u023A', "A"},   {U'\u023B', "C"},  {U'\u023C', "c"},  {U'\u0243', "B"},
    {U'\u0246', "E"},   {U'\u0247', "e"},  {U'\u0248', "J"},   {U'\u0249', "j"},  {U'\u0253', "b"},  {U'\u0257', "d"},
    {U'\u0259', "e"},   {U'\u0268', "i"},  {U'\u02B9', "'"},   {U'\u02BB', "'"},  {U'\u02BC', "'"},  {U'\u1E9E', "SS"},
    {U'\u2010', "-"},   {U'\u2011', "-"},  {U'\u2012', "-"},   {U'\u2013', "-"},  {U'\u2014', "-"},  {U'\u2015', "-"},
    {U'\u2018', "'"},   {U'\u2019', "'"},  {U'\u201A', ","},   {U'\u201C', "\""}, {U'\u201D', "\""}, {U'\u201E', "\""},
    {U'\u2032', "'"},   {U'\u2033', "\""}, {U'\u2039', "'"},   {U'\u203A', "'"},  {U'\u2044', "/"},  {U'\u2212', "-"},
};

constexpr bool by_character(const Folding& a, const Folding& b) { return a.character < b.character; }
static_assert(std::is_sorted(std::begin(kFoldings), std::end(kFoldings), by_character));

void append_ascii(std::string& out, char32_t c) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
    return;
  }
  const Folding* const row = std::lower_bound(std::begin(kFoldings), std::end(kFoldings), Folding{c, {}}, by_character);
  if (row != std::end(kFoldings) && row->character == c) out += row->ascii;
}

}  // namespace

// --------------------------------------------------------------------------------------------------------- code points

CodePoint code_point_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const unsigned char lead = byte_at(text, at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (size == 0 || lead > 0xF4 || text.size() - at < size) return {kReplacement, 1};
  char32_t value = lead & (0x7Fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    const unsigned char byte = byte_at(text, at + i);
    if (!continues(byte)) return {kReplacement, 1};
    value = value << 6 | (byte & 0x3F);
  }
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < kSmallest[size] || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return {kReplacement, 1};
  return {value, size};
}

std::size_t code_point_begin(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && continues(byte_at(text, at))) --at;
  return at;
}

CodePoint last_code_point(std::string_view text) {
  if (text.empty()) return {};
  const std::size_t earliest = text.size() < 4 ? 0 : text.size() - 4;
  std::size_t at = text.size() - 1;
  while (at > earliest && continues(byte_at(text, at))) --at;
  const CodePoint found = code_point_at(text, at);
  return found.size == text.size() - at ? found : CodePoint{kReplacement, 1};
}

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) c = kReplacement;
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0 | c >> 6));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else if (c < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | c >> 12));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xF0 | c >> 18));
    out.push_back(static_cast<char>(0x80 | (c >> 12 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  }
}

std::string to_utf8(std::u32string_view code_points) {
  std::string out;
  for (const char32_t c : code_points) append_utf8(out, c);
  return out;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !continues(static_cast<unsigned char>(c)); }));
}

bool is_ascii(std::string_view text) { return !holds<kBeyondAscii>(text); }

bool is_valid_utf8(std::string_view bytes) { return bytes.empty() || simdjson::validate_utf8(bytes.data(), bytes.size()); }

// ------------------------------------------------------------------------------------------------------------- classes

bool is_letter(char32_t c) {
  if (c < 0x80) return is_ascii_letter(static_cast<char>(c));
  const utf8proc_category_t found = category(c);
  return found >= UTF8PROC_CATEGORY_LU && found <= UTF8PROC_CATEGORY_LO;
}

bool is_digit(char32_t c) {
  if (c < 0x80) return is_ascii_digit(static_cast<char>(c));
  return category(c) == UTF8PROC_CATEGORY_ND;
}

bool is_upper(char32_t c) {
  if (c < 0x80) return is_ascii_upper(static_cast<char>(c));
  const utf8proc_category_t found = category(c);
  return found == UTF8PROC_CATEGORY_LU || found == UTF8PROC_CATEGORY_LT;
}

bool is_lower(char32_t c) {
  if (c < 0x80) return is_ascii_lower(static_cast<char>(c));
  return category(c) == UTF8PROC_CATEGORY_LL;
}

bool is_combining(char32_t c) {
  if (c < 0x300) return false;
  const utf8proc_category_t found = category(c);
  return found == UTF8PROC_CATEGORY_MN || found == UTF8PROC_CATEGORY_MC || found == UTF8PROC_CATEGORY_ME;
}

// ---------------------------------------------------------------------------------------------------------------- case

char32_t to_upper(char32_t c) {
  if (c < 0x80) return static_cast<char32_t>(ascii_upper(static_cast<char>(c)));
  return static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c)));
}

char32_t to_lower(char32_t c) {
  if (c < 0x80) return static_cast<char32_t>(ascii_lower(static_cast<char>(c)));
  return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
}

std::string ascii_lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), ascii_lower);
  return out;
}

std::string to_lower(std::string_view text) {
  return converted(text, [](char32_t c) { return to_lower(c); });
}

std::string to_upper(std::string_view text) {
  return converted(text, [](char32_t c) { return to_upper(c); });
}

std::string fold_case(std::string_view text) {
  if (!is_ascii(text)) return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), ascii_lower);
  return out;
}

bool equal_ignoring_ascii_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t at = 0; at < a.size(); ++at)
    if (a[at] != b[at] && ascii_lower(a[at]) != ascii_lower(b[at])) return false;
  return true;
}

// --------------------------------------------------------------------------------------------------------- normal form

namespace {

struct CharacterRange {
  char32_t first;
  char32_t last;
};

/// Characters that are in normal form C wherever they stand: no mark, nothing that a character before it takes up, nothing that is written otherwise there. Below U+0300 all are.
/// Greek, Cyrillic, Hebrew and Arabic letters; Vietnamese; punctuation, currencies, letter-like signs, arrows, mathematics; kana, Han, Hangul syllables.
constexpr CharacterRange kAlwaysNfc[] = {
    {0x388, 0x482},   {0x48A, 0x52F},   {0x5D0, 0x5EA},   {0x621, 0x64A},   {0x1E00, 0x1EFF}, {0x2010, 0x205F}, {0x2070, 0x20CF}, {0x2100, 0x2125},
    {0x2150, 0x2328}, {0x232B, 0x2ADB}, {0x3001, 0x3029}, {0x3041, 0x3096}, {0x309B, 0x30FF}, {0x3400, 0x9FFF}, {0xAC00, 0xD7A3},
};

bool is_always_nfc(char32_t c) {
  return std::any_of(std::begin(kAlwaysNfc), std::end(kAlwaysNfc), [&](CharacterRange range) { return range.first <= c && c <= range.last; });
}

/// Where the next character at or behind `at` stands that may have to be written otherwise. Everything below U+0300 begins with a byte below 0xCC.
std::size_t next_doubtful(std::string_view text, std::size_t at) {
  const auto next = [&](std::size_t from) { return next_of<ByteRange{0xCC, 0xFF}>(text, from); };
  for (at = next(at); at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    if (!is_always_nfc(c.value)) return at;
    at = next(at + c.size);
  }
  return text.size();
}

bool is_surely_nfc(std::string_view text) { return next_doubtful(text, 0) == text.size(); }

bool ends_word(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

}  // namespace

/// Only the words around doubtful characters are composed: nothing is taken up by a blank, or across one.
bool is_nfc(std::string_view text) {
  for (std::size_t at = next_doubtful(text, 0); at < text.size();) {
    std::size_t begin = at;
    while (begin > 0 && !ends_word(text[begin - 1])) --begin;
    std::size_t end = at;
    while (end < text.size() && !ends_word(text[end])) ++end;
    const std::string_view word = text.substr(begin, end - begin);
    if (mapped(word, UTF8PROC_STABLE | UTF8PROC_COMPOSE) != word) return false;
    at = next_doubtful(text, end);
  }
  return true;
}

std::string nfc(std::string_view text) {
  return is_surely_nfc(text) ? std::string(text) : mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

Str nfc(Arena& arena, std::string_view text) {
  return is_surely_nfc(text) ? arena.copy(text) : arena.copy(mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE));
}

std::u32string decompose(char32_t c) { return decomposed(c, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE); }

std::string ascii_fold(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (const char32_t c : CodePoints(text)) {
    if (c < 0x80) {
      out.push_back(static_cast<char>(c));
      continue;
    }
    // Compatibility decomposition also takes ligatures, wide forms and superscript digits apart.
    const std::size_t before = out.size();
    append_ascii(out, c);
    if (out.size() > before) continue;
    for (const char32_t part : decomposed(c, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT)) append_ascii(out, part);
  }
  return out;
}

// --------------------------------------------------------------------------------------------------------- white space

bool is_collapsed(std::string_view text) {
  if (text.empty()) return true;
  return text.front() != ' ' && text.back() != ' ' && next_of_or_doubled(Bytes<ByteRange{'\t', '\r'}>{}, Bytes<' '>{}, text, 0) == text.size();
}

std::string collapse(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : trim(text)) {
    if (!is_blank(c)) {
      out.push_back(c);
    } else if (out.back() != ' ') {
      out.push_back(' ');
    }
  }
  return out;
}

Str collapse(Arena& arena, Str text) { return is_collapsed(text) ? text : arena.copy(collapse(std::string_view(text))); }

}  // namespace bibmill::text

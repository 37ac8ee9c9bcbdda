// Unicode: code points, normal form C, classes of letters, white space.
//
// Functions that take text expect valid UTF-8; an invalid byte counts as one U+FFFD and harms nothing. What concerns plain ASCII takes a fast path
// that looks at each byte once. Classes and case come from utf8proc (Unicode 14), the folding to ASCII from a table of our own.
#pragma once

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

#include "bibmill/arena.h"

namespace bibmill::text {

// --------------------------------------------------------------------------------------------------------- code points

inline constexpr char32_t kReplacement = U'\uFFFD';
inline constexpr char32_t kNoBreakSpace = U'\u00A0';

/// One code point and the number of bytes that spell it: 1 to 4, 0 only for the end of the text.
struct CodePoint {
  char32_t value = 0;
  std::size_t size = 0;
};

/// The code point that begins at byte `at`; an invalid byte is U+FFFD of size 1.
CodePoint code_point_at(std::string_view text, std::size_t at);
inline CodePoint first_code_point(std::string_view text) { return code_point_at(text, 0); }
CodePoint last_code_point(std::string_view text);
/// Where the code point begins that holds the byte at `at`; `at` itself at the text's end and behind it.
std::size_t code_point_begin(std::string_view text, std::size_t at);

/// Appends the code point as UTF-8; a surrogate or a value beyond U+10FFFF becomes U+FFFD.
void append_utf8(std::string& out, char32_t code_point);
std::string to_utf8(std::u32string_view code_points);

/// `for (const char32_t c : CodePoints(text))`.
class CodePoints {
 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = char32_t;
    using difference_type = std::ptrdiff_t;
    using pointer = const char32_t*;
    using reference = char32_t;

    Iterator() = default;
    Iterator(std::string_view text, std::size_t at) : text_(text), at_(at), here_(code_point_at(text, at)) {}
    char32_t operator*() const { return here_.value; }
    Iterator& operator++() {
      at_ += here_.size;
      here_ = code_point_at(text_, at_);
      return *this;
    }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    /// Byte offset in the text, and the bytes that spell the code point.
    std::size_t offset() const { return at_; }
    std::size_t size() const { return here_.size; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    std::string_view text_;
    std::size_t at_ = 0;
    CodePoint here_;
  };

  explicit CodePoints(std::string_view text) : text_(text) {}
  Iterator begin() const { return {text_, 0}; }
  Iterator end() const { return {text_, text_.size()}; }

 private:
  std::string_view text_;
};

std::size_t count_code_points(std::string_view text);

bool is_ascii(std::string_view text);
bool is_valid_utf8(std::string_view bytes);

// ------------------------------------------------------------------------------------------------------------- classes

constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_ascii_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_ascii_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_ascii_letter(char c) { return is_ascii_upper(c) || is_ascii_lower(c); }
/// Blank, tab, LF, VT, FF, CR. The no-break space is text.
constexpr bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr char ascii_lower(char c) { return is_ascii_upper(c) ? static_cast<char>(c + 32) : c; }
constexpr char ascii_upper(char c) { return is_ascii_lower(c) ? static_cast<char>(c - 32) : c; }

bool is_letter(char32_t c);  ///< any letter, cased or not (general category L)
bool is_digit(char32_t c);   ///< a decimal digit of any script (Nd)
bool is_upper(char32_t c);   ///< upper or title case
bool is_lower(char32_t c);
bool is_combining(char32_t c);  ///< a mark that joins the character before it (Mn, Mc, Me)

// ---------------------------------------------------------------------------------------------------------------- case

char32_t to_upper(char32_t c);
char32_t to_lower(char32_t c);
std::string to_lower(std::string_view text);
/// Only the letters of ASCII.
std::string ascii_lowered(std::string_view text);
std::string to_upper(std::string_view text);

/// For comparing without regard to case: full case folding, "Straße" and "STRASSE" are one.
std::string fold_case(std::string_view text);

/// Without regard to the case of A–Z; all other bytes must be the same.
bool equal_ignoring_ascii_case(std::string_view a, std::string_view b);

// --------------------------------------------------------------------------------------------------------- normal form

/// True if the text is in normal form C. Text without a byte from U+0300 on is, and that is found without a table.
bool is_nfc(std::string_view text);
std::string nfc(std::string_view text);
/// The same, owned by the arena.
Str nfc(Arena& arena, std::string_view text);

/// Base letter first, then its marks (normal form D).
std::u32string decompose(char32_t c);

/// Plain ASCII for keys and file names: ä → a, ß → ss, ø → o, ł → l, æ → ae, Þ → Th, “ → ", – → -. Marks are dropped, and so is what has no ASCII
/// likeness (Greek, Cyrillic, Chinese …).
std::string ascii_fold(std::string_view text);

// --------------------------------------------------------------------------------------------------------- white space

constexpr std::string_view trim_left(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return text;
}
constexpr std::string_view trim_right(std::string_view text) {
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}
constexpr std::string_view trim(std::string_view text) { return trim_right(trim_left(text)); }

/// True if `collapse` would change nothing: no white space but single blanks, none at either end.
bool is_collapsed(std::string_view text);

/// Every run of white space one blank, none at either end. The second form returns `text` itself, not a copy, where nothing changes.
std::string collapse(std::string_view text);
Str collapse(Arena& arena, Str text);

}  // namespace bibmill::text

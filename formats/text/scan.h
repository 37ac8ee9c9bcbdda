// Scanning of short texts: digits, prefixes, and a cursor. What the parsers of dates, pages and identifiers share.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bibmill/text/unicode.h"

namespace bibmill::text {

constexpr bool is_ascii_alnum(char c) { return is_ascii_letter(c) || is_ascii_digit(c); }

constexpr bool all_digits(std::string_view text) {
  for (const char c : text)
    if (!is_ascii_digit(c)) return false;
  return !text.empty();
}

/// Digits alone, as a number that fits; nothing otherwise.
inline std::optional<std::int32_t> number_from(std::string_view digits) {
  std::int32_t number = 0;
  if (!all_digits(digits)) return std::nullopt;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{}) return std::nullopt;
  return number;
}

/// Appends a number with leading zeros.
inline void append_padded(std::string& out, std::uint32_t number, std::size_t width) {
  char digits[10];
  const char* const end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  const std::size_t size = static_cast<std::size_t>(end - digits);
  out.append(width - std::min(width, size), '0').append(digits, size);
}

/// The text from `begin` to `end`, both views into one text, `begin` first.
constexpr std::string_view spanning(std::string_view begin, std::string_view end) {
  return {begin.data(), static_cast<std::size_t>(end.data() + end.size() - begin.data())};
}

/// What is left to read. Each `take` moves on when it succeeds.
class Cursor {
 public:
  explicit constexpr Cursor(std::string_view text) : rest_(text) {}

  constexpr bool done() const { return rest_.empty(); }
  constexpr std::string_view rest() const { return rest_; }
  constexpr char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

  constexpr bool take(char expected) {
    if (rest_.empty() || rest_.front() != expected) return false;
    rest_.remove_prefix(1);
    return true;
  }

  constexpr bool take(std::string_view expected) {
    if (!rest_.starts_with(expected)) return false;
    rest_.remove_prefix(expected.size());
    return true;
  }

  /// In any case of A–Z.
  bool take_word(std::string_view expected) {
    if (rest_.size() < expected.size() || !equal_ignoring_ascii_case(rest_.substr(0, expected.size()), expected)) return false;
    rest_.remove_prefix(expected.size());
    return true;
  }

  /// The longest beginning whose every character `accepts`.
  template <class Accepts>
  constexpr std::string_view take_while(Accepts&& accepts) {
    std::size_t count = 0;
    while (count < rest_.size() && accepts(rest_[count])) ++count;
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  constexpr std::string_view take_digits() { return take_while(is_ascii_digit); }
  constexpr bool take_blanks() { return !take_while(is_blank).empty(); }

  /// Exactly `count` digits as a number.
  bool take_number(std::size_t count, std::int32_t& number) {
    const auto value = number_from(rest_.substr(0, count));
    if (!value || rest_.size() < count) return false;
    number = *value;
    rest_.remove_prefix(count);
    return true;
  }

 private:
  std::string_view rest_;
};

}  // namespace bibmill::text

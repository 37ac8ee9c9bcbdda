// KeyBits: which keys may be there. Most that a reader or a writer asks for are not, and are told so at one look.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "bibmill/text/unicode.h"

namespace bibmill::bibtex {

/// A bit of 64 for each key, in whatever case; keys that share one are told apart by looking.
class KeyBits {
 public:
  constexpr KeyBits() = default;
  constexpr explicit KeyBits(std::span<const std::string_view> keys) {
    for (const std::string_view key : keys) note(key);
  }

  constexpr void note(std::string_view key) { note_one(bit_of(key)); }
  constexpr void note_one(std::uint64_t bit) { bits_ |= bit; }
  [[gnu::always_inline]] constexpr bool may_have(std::string_view key) const { return may_have_one(bit_of(key)); }
  constexpr bool may_have_one(std::uint64_t bit) const { return (bits_ & bit) != 0; }
  /// One at least of these.
  constexpr bool may_have_any(KeyBits others) const { return (bits_ & others.bits_) != 0; }
  constexpr void clear() { bits_ = 0; }

  [[gnu::always_inline]] static constexpr std::uint64_t bit_of(std::string_view key) {
    if (key.empty()) return 1;
    const auto letter = [](char c) { return static_cast<unsigned>(static_cast<unsigned char>(text::ascii_lower(c))); };
    return std::uint64_t{1} << ((key.size() + letter(key.front()) * 5 + letter(key.back()) * 11) % 64);
  }

 private:
  std::uint64_t bits_ = 0;
};

}  // namespace bibmill::bibtex

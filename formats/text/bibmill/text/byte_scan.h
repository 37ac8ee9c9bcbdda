// Finding bytes in text, sixteen at a time where the processor can.
//
// What is looked for is part of the type, so that each scan is a few instructions for sixteen bytes: `next_of<'{', '}'>(text, 0)`,
// `next_of<'"', '\\', ByteRange{0, 0x1F}>(text, 0)`. Texts are mostly free of what their writers have to look for, and long.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace bibmill::text {

/// The bytes from `first` to `last`; a character stands for itself alone.
struct ByteRange {
  unsigned char first;
  unsigned char last;
  bool any_case = false;  ///< of small ASCII letters, or { and }: what differs from them as capitals do, too

  constexpr ByteRange(char c) : first(static_cast<unsigned char>(c)), last(first) {}  // NOLINT: a character is a range of one
  constexpr ByteRange(unsigned char from, unsigned char to, bool in_any_case = false) : first(from), last(to), any_case(in_any_case) {}

  constexpr bool has(unsigned char byte) const {
    const unsigned char folded = any_case ? byte | 0x20 : byte;
    return folded >= first && folded <= last;
  }
};

/// A list of bytes, as an argument: it can have a name.
template <ByteRange... bytes>
struct Bytes {};

inline constexpr ByteRange kAsciiLetters{'a', 'z', true};

/// Bytes that begin or continue a character beyond ASCII.
inline constexpr ByteRange kBeyondAscii{0x80, 0xFF};

namespace detail {

template <ByteRange... wanted>
inline constexpr auto kAreWanted = [] {
  std::array<bool, 256> table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte) table[byte] = (wanted.has(static_cast<unsigned char>(byte)) || ...);
  return table;
}();

#if defined(__SSE2__)

inline __m128i sixteen_at(const char* at) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at)); }  // NOLINT: what the instruction wants

inline void put_sixteen(char* to, __m128i bytes) { _mm_storeu_si128(reinterpret_cast<__m128i*>(to), bytes); }  // NOLINT

inline __m128i eight_at(const char* at) { return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(at)); }  // NOLINT
inline __m128i four_at(const char* at) {
  int bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  return _mm_cvtsi32_si128(bytes);
}

inline __m128i all(unsigned char byte) { return _mm_set1_epi8(static_cast<char>(byte)); }

/// The high bit of each byte says whether that byte is wanted; the other bits are anything.
template <ByteRange wanted>
[[gnu::always_inline]] inline __m128i matches(__m128i bytes) {
  if constexpr (wanted.any_case) {
    return matches<ByteRange{wanted.first, wanted.last}>(_mm_or_si128(bytes, all(0x20)));
  } else if constexpr (wanted.first == wanted.last) {
    return _mm_cmpeq_epi8(bytes, all(wanted.first));
  } else if constexpr (wanted.first == 0x80 && wanted.last == 0xFF) {
    return bytes;
  } else if constexpr (wanted.first > 0 && wanted.last == 0x7F) {
    return _mm_cmpgt_epi8(bytes, all(wanted.first - 1));  // to which bytes beyond ASCII are negative
  } else {
    const __m128i from_first = wanted.first == 0 ? bytes : _mm_sub_epi8(bytes, all(wanted.first));
    return _mm_cmpeq_epi8(_mm_min_epu8(from_first, all(wanted.last - wanted.first)), from_first);
  }
}

template <ByteRange... wanted>
[[gnu::always_inline]] inline __m128i any_match(__m128i bytes) {
  __m128i found = _mm_setzero_si128();
  ((found = _mm_or_si128(found, matches<wanted>(bytes))), ...);
  return found;
}

template <ByteRange... wanted>
[[gnu::always_inline]] inline __m128i any_match(Bytes<wanted...> /*wanted*/, __m128i bytes) {
  return any_match<wanted...>(bytes);
}

inline unsigned bits_of(__m128i found) { return static_cast<unsigned>(_mm_movemask_epi8(found)); }

#endif

/// The first offset at or behind `at` and before `end` of what `in_sixteen(pointer)`, a bit for each byte, or `here(offset)` says yes to; `end` if there
/// is none. The last sixteen bytes are looked at whole, although some of them were seen before.
template <class InSixteen, class Here>
std::size_t next_where(const char* text, std::size_t at, std::size_t end, [[maybe_unused]] InSixteen&& in_sixteen, Here&& here) {
#if defined(__SSE2__)
  for (; at + 16 <= end; at += 16)
    if (const unsigned found = in_sixteen(text + at); found != 0) return at + static_cast<std::size_t>(std::countr_zero(found));
  if (at < end && end >= 16) {
    const std::size_t seen = at - (end - 16);
    const unsigned found = in_sixteen(text + end - 16) >> seen;
    return found != 0 ? at + static_cast<std::size_t>(std::countr_zero(found)) : end;
  }
#endif
  while (at < end && !here(at)) ++at;
  return at;
}

}  // namespace detail

template <ByteRange... wanted>
constexpr bool is_one_of(char c) {
  return detail::kAreWanted<wanted...>[static_cast<unsigned char>(c)];
}

namespace detail {

#if defined(__SSE2__)

/// What is left of a short text, four to fifteen bytes: looked at as its first and its last eight, or four, some of which are seen twice.
class Halves {
 public:
  Halves(std::size_t at, std::size_t end) : at_(at), end_(end), half_(at + 8 <= end ? 8 : 4) {}
  static bool can_hold(std::size_t at, std::size_t end) { return end < 16 && at + 4 <= end; }

  __m128i of(const char* text) const {
    return half_ == 8 ? _mm_unpacklo_epi64(eight_at(text + at_), eight_at(text + end_ - 8)) : _mm_unpacklo_epi32(four_at(text + at_), four_at(text + end_ - 4));
  }

  /// The first offset whose bit is set; the end if there is none.
  std::size_t first(unsigned bits) const {
    bits &= (1U << (2 * half_)) - 1U;
    if (bits == 0) return end_;
    const std::size_t bit = static_cast<std::size_t>(std::countr_zero(bits));
    return bit < half_ ? at_ + bit : end_ - 2 * half_ + bit;
  }

  /// A bit for each byte, seen twice or not.
  unsigned in_order(unsigned bits) const {
    const unsigned half = (1U << half_) - 1U;
    return (bits & half) | ((bits >> half_ & half) << (end_ - at_ - half_));
  }

 private:
  std::size_t at_;
  std::size_t end_;
  std::size_t half_;
};

#endif

/// The first offset at or behind `at` and before `end` whose byte `in_bytes(sixteen bytes)`, a bit for each, or `here(offset)` says yes to; `end` if there is
/// none.
template <class InBytes, class Here>
std::size_t next_byte(const char* text, std::size_t at, std::size_t end, [[maybe_unused]] InBytes&& in_bytes, Here&& here) {
#if defined(__SSE2__)
  if (Halves::can_hold(at, end)) {
    const Halves halves(at, end);
    return halves.first(in_bytes(halves.of(text)));
  }
  const auto in_sixteen = [&](const char* bytes) { return in_bytes(sixteen_at(bytes)); };
#else
  const auto in_sixteen = nullptr;
#endif
  return next_where(text, at, end, in_sixteen, here);
}

}  // namespace detail

/// The offset of the first byte at or behind `at` that is one of `wanted`; the text's size if there is none.
template <ByteRange... wanted>
std::size_t next_of(std::string_view text, std::size_t at) {
#if defined(__SSE2__)
  const auto in_bytes = [](__m128i bytes) { return detail::bits_of(detail::any_match<wanted...>(bytes)); };
#else
  const auto in_bytes = nullptr;
#endif
  return detail::next_byte(text.data(), at, text.size(), in_bytes, [&](std::size_t here) { return is_one_of<wanted...>(text[here]); });
}

template <ByteRange... wanted>
std::size_t next_of(Bytes<wanted...> /*wanted*/, std::string_view text, std::size_t at) {
  return next_of<wanted...>(text, at);
}

/// The offset of the first byte at or behind `at` that is none of `known`.
template <ByteRange... known>
std::size_t next_not_of(std::string_view text, std::size_t at) {
#if defined(__SSE2__)
  const auto in_bytes = [](__m128i bytes) { return detail::bits_of(detail::any_match<known...>(bytes)) ^ 0xFFFFU; };
#else
  const auto in_bytes = nullptr;
#endif
  return detail::next_byte(text.data(), at, text.size(), in_bytes, [&](std::size_t here) { return !is_one_of<known...>(text[here]); });
}

/// Goes from one byte that is one of `wanted` to the next. Where they stand close together, this looks at many bytes once and not once for each.
template <ByteRange... wanted>
class Places {
 public:
  explicit Places(std::string_view text, std::size_t from = 0) : text_(text) { look_at(from); }

  /// The offset of the next one, which is then behind us; the text's size if there is none.
  std::size_t next() {
    while (found_ == 0) {
      if (end_ == text_.size()) return end_;
      look_at(end_);
    }
    const std::size_t place = begin_ + static_cast<std::size_t>(std::countr_zero(found_));
    found_ &= found_ - 1;
    return place;
  }

  /// Is the next one seen already? If not, it is farther away, and there may be a better way to it.
  bool has_seen_next() const { return found_ != 0; }

  /// What stands before `at`, which is not before the last place that was given, does not count.
  void skip_to(std::size_t at) {
    if (at >= end_)
      look_at(at);
    else
      found_ &= ~std::uint64_t{0} << (at - begin_);
  }

 private:
  /// Takes sixty-four bytes as those that are looked at, or up to sixteen where the text ends before.
  void look_at(std::size_t at) {
#if defined(__SSE2__)
    const auto in_sixteen = [&](std::size_t place) { return std::uint64_t{detail::bits_of(detail::any_match<wanted...>(detail::sixteen_at(text_.data() + place)))}; };
    if (at + 64 <= text_.size()) {
      begin_ = at;
      end_ = at + 64;
      found_ = in_sixteen(at) | in_sixteen(at + 16) << 16 | in_sixteen(at + 32) << 32 | in_sixteen(at + 48) << 48;
      return;
    }
    if (at + 16 <= text_.size()) {
      begin_ = at;
      end_ = at + 16;
      found_ = in_sixteen(at);
      return;
    }
#endif
    begin_ = std::min(at, text_.size());
    end_ = std::min(begin_ + 16, text_.size());
    found_ = found_between(text_, begin_, end_);
  }

  /// A bit for each of the last bytes of a text, fewer than sixteen.
  static unsigned found_between(std::string_view text, std::size_t begin, std::size_t end) {
#if defined(__SSE2__)
    if (text.size() >= 16) {
      const std::size_t from = text.size() - 16;
      return detail::bits_of(detail::any_match<wanted...>(detail::sixteen_at(text.data() + from))) >> (begin - from);
    }
    if (detail::Halves::can_hold(begin, end)) {
      const detail::Halves halves(begin, end);
      return halves.in_order(detail::bits_of(detail::any_match<wanted...>(halves.of(text.data()))));
    }
#endif
    unsigned found = 0;
    for (std::size_t here = begin; here < end; ++here) found |= unsigned{is_one_of<wanted...>(text[here])} << (here - begin);
    return found;
  }

  std::string_view text_;
  std::size_t begin_ = 0;  // of those that are looked at
  std::size_t end_ = 0;
  std::uint64_t found_ = 0;  // a bit for each of them, from `begin_` on
};

namespace detail {

#if defined(__SSE2__)
template <ByteRange... wanted>
[[gnu::always_inline]] inline __m128i doubled_match(__m128i these, __m128i next) {
  return _mm_and_si128(any_match<wanted...>(these), _mm_cmpeq_epi8(these, next));
}
#endif

/// The first offset at or behind `at` and before that of the last byte of a text that has one, which `in_bytes(sixteen bytes, those behind them)`, a bit for
/// each, or `here(offset)` says yes to; the last byte's if there is none.
template <class InBytes, class Here>
std::size_t next_with_neighbour(std::string_view text, std::size_t at, [[maybe_unused]] InBytes&& in_bytes, Here&& here) {
  const std::size_t last = text.size() - 1;
#if defined(__SSE2__)
  if (Halves::can_hold(at, last)) {
    const Halves halves(at, last);
    return halves.first(in_bytes(halves.of(text.data()), halves.of(text.data() + 1)));
  }
  const auto in_sixteen = [&](const char* bytes) { return in_bytes(sixteen_at(bytes), sixteen_at(bytes + 1)); };
#else
  const auto in_sixteen = nullptr;
#endif
  return next_where(text.data(), at, last, in_sixteen, here);
}

}  // namespace detail

/// The offset of the first byte at or behind `at` that is one of `wanted` and that the same byte follows; the text's size if there is none.
template <ByteRange... wanted>
std::size_t next_doubled(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
#if defined(__SSE2__)
  const auto in_bytes = [](__m128i these, __m128i next) { return detail::bits_of(detail::doubled_match<wanted...>(these, next)); };
#else
  const auto in_bytes = nullptr;
#endif
  const auto here = [&](std::size_t place) { return text[place] == text[place + 1] && is_one_of<wanted...>(text[place]); };
  const std::size_t found = detail::next_with_neighbour(text, at, in_bytes, here);
  return found + 1 == text.size() ? text.size() : found;
}

/// The offset of the first byte at or behind `at` that is one of `wanted`, or one of `doubled` that the same byte follows; the text's size if there is none.
template <ByteRange... wanted, ByteRange... doubled>
std::size_t next_of_or_doubled(Bytes<wanted...> /*wanted*/, Bytes<doubled...> /*doubled*/, std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
#if defined(__SSE2__)
  const auto in_bytes = [](__m128i these, __m128i next) {
    return detail::bits_of(_mm_or_si128(detail::any_match<wanted...>(these), detail::doubled_match<doubled...>(these, next)));
  };
#else
  const auto in_bytes = nullptr;
#endif
  const auto here = [&](std::size_t place) {
    return is_one_of<wanted...>(text[place]) || (text[place] == text[place + 1] && is_one_of<doubled...>(text[place]));
  };
  const std::size_t found = detail::next_with_neighbour(text, at, in_bytes, here);
  return found + 1 < text.size() || is_one_of<wanted...>(text[found]) ? found : text.size();
}

/// The offset of the first byte at or behind `at` that is none of `known`, or one of `doubled` that the same byte follows; the text's size if there is none.
template <ByteRange... known, ByteRange... doubled>
std::size_t next_not_of_or_doubled(Bytes<known...> /*known*/, Bytes<doubled...> /*doubled*/, std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
#if defined(__SSE2__)
  const auto in_bytes = [](__m128i these, __m128i next) {
    return (detail::bits_of(detail::any_match<known...>(these)) ^ 0xFFFFU) | detail::bits_of(detail::doubled_match<doubled...>(these, next));
  };
#else
  const auto in_bytes = nullptr;
#endif
  const auto here = [&](std::size_t place) {
    return !is_one_of<known...>(text[place]) || (text[place] == text[place + 1] && is_one_of<doubled...>(text[place]));
  };
  const std::size_t found = detail::next_with_neighbour(text, at, in_bytes, here);
  return found + 1 < text.size() || !is_one_of<known...>(text[found]) ? found : text.size();
}

/// The offset of the first byte at or behind `at` that is none of `known`, or `first` that `second` follows; the text's size if there is none.
template <char first, char second, ByteRange... known>
std::size_t next_not_of_or_pair(Bytes<known...> /*known*/, std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
#if defined(__SSE2__)
  const auto in_bytes = [](__m128i these, __m128i next) {
    const __m128i pairs = _mm_and_si128(_mm_cmpeq_epi8(these, detail::all(first)), _mm_cmpeq_epi8(next, detail::all(second)));
    return (detail::bits_of(detail::any_match<known...>(these)) ^ 0xFFFFU) | detail::bits_of(pairs);
  };
#else
  const auto in_bytes = nullptr;
#endif
  const auto here = [&](std::size_t place) { return !is_one_of<known...>(text[place]) || (text[place] == first && text[place + 1] == second); };
  const std::size_t found = detail::next_with_neighbour(text, at, in_bytes, here);
  return found + 1 < text.size() || !is_one_of<known...>(text[found]) ? found : text.size();
}

enum class Letters : std::uint8_t { AsTheyAre, InAnyCase };

/// Where `word`, of two bytes at least, next stands at or behind `at`; the text's size if nowhere. Its first and last byte are looked for together.
/// In any case: the word is of small ASCII letters.
template <Letters letters = Letters::AsTheyAre>
std::size_t next_text(std::string_view text, std::string_view word, std::size_t at) {
  if (text.size() < word.size()) return text.size();
  const std::size_t end = text.size() - word.size() + 1;  // of the places where it may begin
  const std::size_t last = word.size() - 1;
  constexpr char kSmall = letters == Letters::InAnyCase ? 0x20 : 0;  // the bit that makes a letter a small one
  const auto is = [](char c, char wanted) { return static_cast<char>(c | kSmall) == wanted; };
#if defined(__SSE2__)
  const __m128i first_bytes = _mm_set1_epi8(word.front());
  const __m128i last_bytes = _mm_set1_epi8(word.back());
  const __m128i small = _mm_set1_epi8(kSmall);
  const auto in_sixteen = [&](const char* bytes) {
    const __m128i first_found = _mm_cmpeq_epi8(_mm_or_si128(detail::sixteen_at(bytes), small), first_bytes);
    const __m128i last_found = _mm_cmpeq_epi8(_mm_or_si128(detail::sixteen_at(bytes + last), small), last_bytes);
    return detail::bits_of(_mm_and_si128(first_found, last_found));
  };
#else
  const auto in_sixteen = nullptr;
#endif
  const auto here = [&](std::size_t place) { return is(text[place], word.front()) && is(text[place + last], word.back()); };
  for (; at < end; ++at) {
    at = detail::next_where(text.data(), at, end, in_sixteen, here);
    std::size_t same = 0;
    while (at < end && same < word.size() && is(text[at + same], word[same])) ++same;
    if (same == word.size()) return at;
  }
  return text.size();
}

/// Does either word stand in the text, in any case? Each is of three small ASCII letters at least. Both are looked for together.
inline bool holds_either(std::string_view text, std::string_view one, std::string_view other) {
  const std::size_t longest = std::max(one.size(), other.size());
  std::size_t at = 0;
#if defined(__SSE2__)
  const __m128i small = _mm_set1_epi8(0x20);
  const auto ends_of = [&](const char* bytes, __m128i first, std::string_view word) {
    const __m128i last = _mm_or_si128(detail::sixteen_at(bytes + word.size() - 1), small);
    return _mm_and_si128(_mm_cmpeq_epi8(first, _mm_set1_epi8(word.front())), _mm_cmpeq_epi8(last, _mm_set1_epi8(word.back())));
  };
  const auto begins_at = [&](std::size_t place, std::string_view word) { return next_text<Letters::InAnyCase>(text.substr(place, word.size()), word, 0) == 0; };
  for (; at + 15 + longest <= text.size(); at += 16) {
    const __m128i first = _mm_or_si128(detail::sixteen_at(text.data() + at), small);
    unsigned found = detail::bits_of(_mm_or_si128(ends_of(text.data() + at, first, one), ends_of(text.data() + at, first, other)));
    for (; found != 0; found &= found - 1) {
      const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(found));
      if (begins_at(place, one) || begins_at(place, other)) return true;
    }
  }
#endif
  const std::string_view rest = text.substr(std::min(at, text.size()));
  return next_text<Letters::InAnyCase>(rest, one, 0) < rest.size() || next_text<Letters::InAnyCase>(rest, other, 0) < rest.size();
}

/// As `next_of`, where it mostly is far: sixty-four bytes are told at once.
template <ByteRange... wanted>
std::size_t next_of_far(std::string_view text, std::size_t at) {
#if defined(__SSE2__)
  const auto found = [&](std::size_t place) { return detail::any_match<wanted...>(detail::sixteen_at(text.data() + place)); };
  while (at + 64 <= text.size() && detail::bits_of(_mm_or_si128(_mm_or_si128(found(at), found(at + 16)), _mm_or_si128(found(at + 32), found(at + 48)))) == 0) at += 64;
#endif
  return next_of<wanted...>(text, at);
}

/// Mostly it does not.
template <ByteRange... wanted>
bool holds(std::string_view text) {
  return next_of_far<wanted...>(text, 0) < text.size();
}

}  // namespace bibmill::text

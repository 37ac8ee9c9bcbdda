// Short texts, put down and compared without a call: most of what a writer writes, and the keys that a reader looks up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace bibmill::text {

namespace detail {

struct Sixteen {
  std::uint64_t first;
  std::uint64_t last;
};

/// Of a text: its first bytes and its last, which may be the same in part.
template <class Half>
struct BothEnds {
  [[gnu::always_inline]] explicit BothEnds(std::string_view text) {  // NOLINT: all of it is filled
    std::memcpy(&first, text.data(), sizeof first);
    std::memcpy(&last, text.data() + text.size() - sizeof last, sizeof last);
  }
  [[gnu::always_inline]] void put(char* to, std::size_t size) const {
    std::memcpy(to, &first, sizeof first);
    std::memcpy(to + size - sizeof last, &last, sizeof last);
  }
  [[gnu::always_inline]] bool same(const BothEnds& other) const { return ((first ^ other.first) | (last ^ other.last)) == 0; }

  Half first;
  Half last;
};

}  // namespace detail

/// Copies `text` to `to` and returns what is behind it.
inline char* put(char* to, std::string_view text) {
  const std::size_t size = text.size();
  if (size > 32) {
    std::memcpy(to, text.data(), size);
  } else if (size >= 16) {
    detail::BothEnds<detail::Sixteen>(text).put(to, size);
  } else if (size >= 8) {
    detail::BothEnds<std::uint64_t>(text).put(to, size);
  } else if (size >= 4) {
    detail::BothEnds<std::uint32_t>(text).put(to, size);
  } else {
    for (std::size_t at = 0; at < size; ++at) to[at] = text[at];
  }
  return to + size;
}

/// Is it the same text?
inline bool same(std::string_view a, std::string_view b) {
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  if (size > 16) return std::memcmp(a.data(), b.data(), size) == 0;
  if (size >= 8) return detail::BothEnds<std::uint64_t>(a).same(detail::BothEnds<std::uint64_t>(b));
  if (size >= 4) return detail::BothEnds<std::uint32_t>(a).same(detail::BothEnds<std::uint32_t>(b));
  for (std::size_t at = 0; at < size; ++at)
    if (a[at] != b[at]) return false;
  return true;
}

}  // namespace bibmill::text

// Sixty-four bytes as masks: a bit for each byte, so that what stands between signs is a matter of a few operations on words.
#pragma once

#include <cstddef>
#include <cstdint>

#include "bibmill/text/byte_scan.h"

namespace bibmill::text {

/// Which of sixty-four bytes are one of `wanted`.
template <ByteRange... wanted>
std::uint64_t places_in_64(const char* bytes) {
  std::uint64_t found = 0;
#if defined(__SSE2__)
  for (std::size_t at = 0; at < 64; at += 16)
    found |= std::uint64_t{detail::bits_of(detail::any_match<wanted...>(detail::sixteen_at(bytes + at)))} << at;
#else
  for (std::size_t at = 0; at < 64; ++at) found |= std::uint64_t{is_one_of<wanted...>(bytes[at])} << at;
#endif
  return found;
}

}  // namespace bibmill::text

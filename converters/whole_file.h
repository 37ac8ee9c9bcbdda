// Files that are read whole, since they are small beside bibliographies: manuscripts, lists, pipeline files.
#pragma once

#include <cstdint>
#include <string>

namespace bibmill {

inline constexpr std::uint64_t kLargestWholeFile = std::uint64_t{256} << 20;

/// The file as decoded text; .gz and .zst are unpacked. Throws InputError, also where it is larger than `most` bytes.
std::string whole_file(const std::string& path, std::uint64_t most = kLargestWholeFile);

}  // namespace bibmill

// YAML bound to what tests share.
#pragma once

#include <algorithm>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/text/carry.h"
#include "bibmill/text/schema.h"
#include "support/files.h"
#include "support/writing.h"

namespace bibmill::formats {
std::span<const Format* const> yaml_formats();
}

namespace bibmill::yaml::testing {

using support::Reading;
using support::Writing;

inline const Format& format() { return *formats::yaml_formats()[0]; }

/// Reads `text`, cut into parts of about that size; 0: whole.
inline Reading read(std::string_view text, std::size_t about = 0, bool keep = true) {
  return support::read_alone(format(), text, keep ? support::raw_and_spans() : ReadOptions{}, about);
}

inline Writing write(const std::vector<Record>& records, bool carry = false, std::span<const Mapping> rows = format().mappings) {
  WriteOptions options;
  options.carry = carry;
  return support::write(format(), records, options, rows);
}

inline std::string contents(const std::filesystem::path& path) { return support::text_of(path); }
inline std::vector<std::filesystem::path> files() { return support::files_of(format()); }
inline std::string trap(std::string_view name) { return support::trap(format(), name); }

}  // namespace bibmill::yaml::testing

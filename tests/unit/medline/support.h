// MEDLINE bound to what tests share.
#pragma once

#include <algorithm>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/files.h"
#include "support/writing.h"

namespace bibmill::formats {
std::span<const Format* const> medline_formats();
}

namespace bibmill::medline::testing {

using support::everything;
using support::fixtures;
using support::Reading;
using support::Writing;

inline const Format& format() { return *formats::medline_formats()[0]; }

/// Reads `text`, cut into parts of about that size; 0: whole.
inline Reading read(std::string_view text, const ReadOptions& options = everything(), std::size_t about = 0) {
  return support::read_alone(format(), text, options, about);
}

inline Writing write(const std::vector<Record>& records, Layout layout = Layout::Default, std::span<const Mapping> rows = format().mappings) {
  WriteOptions options;
  options.layout = layout;
  return support::write(format(), records, options, rows);
}

inline std::string contents(const std::filesystem::path& path) { return support::bytes_of(path); }

/// All files of the format below a folder, in order.
inline std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
  return support::files_below(folder, format().extensions);
}

}  // namespace bibmill::medline::testing

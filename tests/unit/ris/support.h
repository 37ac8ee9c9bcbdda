// RIS bound to what tests share.
#pragma once

#include <algorithm>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/reflect.h"
#include "bibmill/text/schema.h"
#include "support/files.h"
#include "support/writing.h"

namespace bibmill::formats {
std::span<const Format* const> ris_formats();
}

namespace bibmill::ris::testing {

using support::estranged;
using support::everything;
using support::fixtures;
using support::raw_and_spans;
using support::Reading;
using support::text_of;
using support::Writing;

inline const Format& format() { return *formats::ris_formats()[0]; }

/// Reads `text`, cut into parts of about that size; 0: whole.
inline Reading read(std::string_view text, const ReadOptions& options = raw_and_spans(), std::size_t about = 0) {
  return support::read_alone(format(), text, options, about);
}

inline Writing write(const Reading& reading, const WriteOptions& options = {}, std::span<const Mapping> rows = format().mappings) {
  return support::write(format(), reading, options, rows);
}

/// All files of the format below a folder, in order.
inline std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
  return support::files_below(folder, format().extensions);
}

}  // namespace bibmill::ris::testing

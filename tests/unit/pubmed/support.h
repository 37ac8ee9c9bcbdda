// PubMed XML bound to what tests share.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
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
std::span<const Format* const> pubmed_formats();
}

namespace bibmill::pubmed::testing {

using support::dump;
using support::everything;
using support::fixtures;
using support::Reading;
using support::samples;
using support::Writing;

inline const Format& format() { return *formats::pubmed_formats()[0]; }

/// Reads `text`, cut into parts of about that size; 0: whole.
inline Reading read(std::string_view text, const ReadOptions& options = everything(), std::size_t about = 0) {
  return support::read_alone(format(), text, options, about);
}

/// The records and then what stood between them.
inline Writing write(const std::vector<Record>& records, Layout layout = Layout::Default, std::span<const Mapping> rows = format().mappings,
                     const std::vector<Extra>& between = {}) {
  WriteOptions options;
  options.layout = layout;
  Reading all;
  for (const Record& record : records) all.record(Record(record));
  for (const Extra& extra : between) all.between(Extra(extra));
  return support::write(format(), all, options, rows);
}

/// The document that a reading came from, written again.
inline std::string written_again(const Reading& reading, Layout layout) {
  WriteOptions options;
  options.layout = layout;
  return support::write(format(), reading, options).text;
}

inline std::string contents(const std::filesystem::path& path) { return support::bytes_of(path); }

/// All files of the format below a folder, in order.
inline std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
  return support::files_below(folder, format().extensions);
}

}  // namespace bibmill::pubmed::testing

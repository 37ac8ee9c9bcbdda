// BibTeX and biblatex bound to what tests share.
#pragma once

#include <algorithm>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/text/schema.h"
#include "support/files.h"
#include "support/writing.h"

namespace bibmill::formats {
std::span<const Format* const> bibtex_formats();
}

namespace bibmill::bibtex {

using support::Reading;
using support::Writing;

inline const Format& bibtex_format() { return *formats::bibtex_formats()[0]; }
inline const Format& biblatex_format() { return *formats::bibtex_formats()[1]; }

struct How {
  bool keep_raw = true;
  bool look_ahead = true;
  std::size_t about = 0;  ///< size of parts; 0: the whole
};

inline Reading read(std::string_view text, const Format& format = bibtex_format(), const How& how = {}) {
  ReadOptions options = support::raw_and_spans();
  options.keep_raw = how.keep_raw;
  return how.look_ahead ? support::read(format, text, options, how.about) : support::read_alone(format, text, options, how.about);
}

inline Writing write(const Reading& reading, const Format& format, const WriteOptions& options = {}) {
  return support::write(format, reading, options);
}

/// The text of the input that the complaint of this code is about.
inline std::string place_of(std::string_view code, const Reading& reading, std::string_view input) {
  for (const Diagnostic& one : reading.diagnostics.list)
    if (one.code == code) return std::string(input.substr(one.span.begin, one.span.size()));
  return "(none)";
}

inline std::string contents(const std::filesystem::path& path) { return support::text_of(path); }
inline std::string trap(std::string_view name) { return support::trap(bibtex_format(), name); }

/// Every .bib file of the fixtures.
inline std::vector<std::filesystem::path> all_files() {
  std::vector<std::filesystem::path> files;
  for (const char* const folder : {"bibtex", "biblatex", "traps/bibtex", "hostile"}) {
    const std::vector<std::filesystem::path> more = support::files_below(support::fixtures() / folder, bibtex_format().extensions);
    files.insert(files.end(), more.begin(), more.end());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace bibmill::bibtex

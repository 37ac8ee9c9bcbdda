// Reading and writing MEDLINE in tests as a pipeline does it, part by part.
#pragma once

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bibmill/format.h"

namespace bibmill::formats {
std::span<const Format* const> medline_formats();
}

namespace bibmill::medline::testing {

inline const Format& format() { return *formats::medline_formats()[0]; }

/// What a reader gave.
struct Reading : RecordSink {
  std::vector<Record> records;
  std::vector<Extra> extras;
  DiagnosticList diagnostics;
  std::vector<std::shared_ptr<Arena>> arenas;

  Flow record(Record&& record) override {
    records.push_back(std::move(record));
    return Flow::Continue;
  }
  Flow between(Extra&& extra) override {
    extras.push_back(extra);
    return Flow::Continue;
  }
};

inline ReadOptions everything() {
  ReadOptions options;
  options.keep_raw = true;
  options.keep_layout = true;
  options.keep_spans = true;
  return options;
}

/// Reads `text`, cut into parts of about that size.
inline Reading read(std::string_view text, const ReadOptions& options = everything(),
                    std::size_t about = std::string_view::npos) {
  Reading reading;
  const std::unique_ptr<Reader> reader = format().make_reader(options);
  std::size_t from = 0;
  do {
    const std::size_t cut = about == std::string_view::npos ? 0 : format().split(text.substr(from), about);
    const std::size_t size = cut == 0 ? text.size() - from : cut;
    Part part;
    part.text = text.substr(from, size);
    part.offset = from;
    part.arena = std::make_shared<Arena>();
    part.first = from == 0;
    part.last = from + size == text.size();
    reading.arenas.push_back(part.arena);
    reader->read(Source{"test.nbib"}, part, reading, reading.diagnostics);
    from += size;
  } while (from < text.size());
  return reading;
}

/// What a writer gave for one record after another, and the books.
struct Writing {
  std::string text;
  std::vector<Ledger> ledgers;
};

inline Writing write(const std::vector<Record>& records, Layout layout = Layout::Default,
                     std::span<const Mapping> rows = format().mappings) {
  WriteOptions options;
  options.layout = layout;
  const std::unique_ptr<Writer> writer = format().make_writer(options, rows);
  Writing writing;
  Output output;
  for (const Record& record : records) {
    Output one;
    Ledger ledger;
    ledger.open(record);
    writer->write(record, one, ledger);
    // A record that begins with a line end brings its own distance.
    const bool apart = one.text.starts_with('\n') || one.text.starts_with('\r');
    if (!output.text.empty() && !apart) output.text += writer->separator();
    output.text += one.text;
    writing.ledgers.push_back(std::move(ledger));
  }
  writing.text = std::move(output.text);
  return writing;
}

inline std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// All MEDLINE files below a folder, in order.
inline std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(folder)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && (entry.path().extension() == ".nbib" || entry.path().extension() == ".txt"))
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

inline std::filesystem::path fixtures() { return std::filesystem::path(BIBMILL_SOURCE_DIR) / "fixtures"; }

}  // namespace bibmill::medline::testing

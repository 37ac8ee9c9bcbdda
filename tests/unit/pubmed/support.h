// Reading and writing PubMed XML in tests as a pipeline does it, part by part.
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
#include "bibmill/reflect.h"
#include "bibmill/text/schema.h"

namespace bibmill::formats {
std::span<const Format* const> pubmed_formats();
}

namespace bibmill::pubmed::testing {

inline const Format& format() { return *formats::pubmed_formats()[0]; }

/// What a reader gave.
struct Reading : RecordSink {
  std::vector<Record> records;
  std::vector<Extra> extras;
  DiagnosticList diagnostics;
  std::vector<std::shared_ptr<Arena>> arenas;
  std::size_t stop_after = std::string_view::npos;

  Flow record(Record&& record) override {
    records.push_back(std::move(record));
    return records.size() >= stop_after ? Flow::Stop : Flow::Continue;
  }
  Flow between(Extra&& extra) override {
    extras.push_back(extra);
    return Flow::Continue;
  }
  std::vector<std::string_view> codes() const {
    std::vector<std::string_view> codes;
    for (const Diagnostic& diagnostic : diagnostics.list) codes.push_back(diagnostic.code);
    return codes;
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
    reader->read(Source{"test.xml"}, part, reading, reading.diagnostics);
    from += size;
  } while (from < text.size());
  return reading;
}

/// What a writer gave for the records and then for what stood between them, and the books.
struct Writing {
  std::string text;
  std::vector<Ledger> ledgers;
};

inline Writing write(const std::vector<Record>& records, Layout layout = Layout::Default,
                     std::span<const Mapping> rows = format().mappings, const std::vector<Extra>& between = {}) {
  WriteOptions options;
  options.layout = layout;
  const std::unique_ptr<Writer> writer = format().make_writer(options, rows);
  Writing writing;
  Output output;
  writer->begin(output);
  for (const Record& record : records) {
    Ledger ledger;
    ledger.open(record);
    writer->write(record, output, ledger);
    writing.ledgers.push_back(std::move(ledger));
  }
  for (const Extra& extra : between) writer->between(extra, output);
  writer->end(output, output.tail, records.size());
  writing.text = std::move(output.text);
  return writing;
}

inline std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::string dump(const std::vector<Record>& records) {
  std::string all;
  for (const Record& record : records) all.append(text::dump(record)).append("\n");
  return all;
}

/// All XML files below a folder, in order.
inline std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(folder)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().extension() == ".xml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

inline std::filesystem::path fixtures() { return std::filesystem::path(BIBMILL_SOURCE_DIR) / "fixtures"; }
inline std::filesystem::path samples() { return BIBMILL_SAMPLES; }

}  // namespace bibmill::pubmed::testing

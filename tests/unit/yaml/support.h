// Reading and writing YAML in tests as a pipeline does it, part by part. The tests of CSL-JSON have the same.
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
#include "bibmill/text/carry.h"
#include "bibmill/text/schema.h"

namespace bibmill::formats {
std::span<const Format* const> yaml_formats();
}

namespace bibmill::yaml::testing {

inline const Format& format() { return *formats::yaml_formats()[0]; }

/// What a reader gave.
struct Reading : RecordSink {
  std::vector<Record> records;
  std::vector<Extra> extras;
  DiagnosticList diagnostics;
  std::shared_ptr<Arena> arena = std::make_shared<Arena>();

  Flow record(Record&& record) override {
    records.push_back(std::move(record));
    return Flow::Continue;
  }
  Flow between(Extra&& extra) override {
    extras.push_back(extra);
    return Flow::Continue;
  }

  std::string dump() const {
    std::string all;
    for (const Record& record : records) all += text::dump(record);
    return all;
  }
  std::size_t count(std::string_view code) const {
    return static_cast<std::size_t>(
        std::count_if(diagnostics.list.begin(), diagnostics.list.end(), [&](const Diagnostic& one) { return one.code == code; }));
  }
};

inline Reading read(std::string_view text, std::size_t about = std::string_view::npos, bool keep = true) {
  ReadOptions options;
  options.keep_raw = keep;
  options.keep_spans = keep;
  Reading reading;
  const std::unique_ptr<Reader> reader = format().make_reader(options);
  std::size_t from = 0;
  do {
    const std::size_t cut = about == std::string_view::npos ? 0 : format().split(text.substr(from), about);
    const std::size_t size = cut == 0 ? text.size() - from : cut;
    Part part;
    part.text = text.substr(from, size);
    part.offset = from;
    part.arena = reading.arena;
    part.first = from == 0;
    part.last = from + size == text.size();
    reader->read(Source{"test"}, part, reading, reading.diagnostics);
    from += size;
  } while (from < text.size());
  return reading;
}

struct Writing {
  std::string text;
  std::vector<Loss> losses;
};

inline Writing write(const std::vector<Record>& records, bool carry = false, std::span<const Mapping> rows = format().mappings) {
  WriteOptions options;
  options.carry = carry;
  const std::unique_ptr<Writer> writer = format().make_writer(options, rows);
  Writing writing;
  Output output;
  writer->begin(output);
  for (std::size_t at = 0; at < records.size(); ++at) {
    if (at > 0) output.text += writer->separator();
    Ledger ledger;
    ledger.open(records[at]);
    writer->write(records[at], output, ledger);
    ledger.losses(writing.losses);
  }
  writer->end(output, output.tail, records.size());
  for (std::size_t at = output.open_keys.size(); at-- > 0;) output.text.insert(output.open_keys[at], "ref1");
  writing.text = std::move(output.text);
  return writing;
}

inline std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

inline std::filesystem::path fixtures() { return std::filesystem::path(BIBMILL_SOURCE_DIR) / "fixtures"; }

/// The files of the format below fixtures/<id> and fixtures/traps/<id>, in order.
inline std::vector<std::filesystem::path> files() {
  std::vector<std::filesystem::path> found;
  const std::string id(format().id);
  for (const std::filesystem::path& folder : {fixtures() / id, fixtures() / "traps" / id}) {
    if (!std::filesystem::is_directory(folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
      if (entry.is_regular_file() && std::find(format().extensions.begin(), format().extensions.end(),
                                               entry.path().extension()) != format().extensions.end())
        found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

inline std::string trap(std::string_view name) { return contents(fixtures() / "traps" / format().id / name); }

}  // namespace bibmill::yaml::testing

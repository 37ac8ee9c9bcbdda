// Reading and writing RIS in tests as a pipeline does it, part by part.
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
#include "bibmill/text/encoding.h"
#include "bibmill/text/schema.h"

namespace bibmill::formats {
std::span<const Format* const> ris_formats();
}

namespace bibmill::ris::testing {

inline const Format& format() { return *formats::ris_formats()[0]; }

/// What a reader gave. Pieces keep the order of records and texts between them: an index below 0 counts texts.
struct Reading : RecordSink {
  std::vector<Record> records;
  std::vector<Extra> between_texts;
  std::vector<bool> is_record;
  DiagnosticList diagnostics;
  std::vector<std::shared_ptr<Arena>> arenas;

  Flow record(Record&& record) override {
    is_record.push_back(true);
    records.push_back(std::move(record));
    return Flow::Continue;
  }
  Flow between(Extra&& extra) override {
    is_record.push_back(false);
    between_texts.push_back(extra);
    return Flow::Continue;
  }

  /// Everything on lines, in order.
  std::string dump() const {
    std::string all;
    std::size_t record = 0;
    std::size_t text = 0;
    for (const bool one : is_record) all += one ? text::dump(records[record++]) : "between: " + std::string(between_texts[text++].raw) + "\n";
    return all;
  }
  /// Codes of what was said, in order.
  std::vector<std::string_view> codes() const {
    std::vector<std::string_view> codes;
    for (const Diagnostic& one : diagnostics.list) codes.push_back(one.code);
    return codes;
  }
};

/// As for an archive: raw text and spans, but not the layout.
inline ReadOptions raw_and_spans() {
  ReadOptions options;
  options.keep_raw = options.keep_spans = true;
  return options;
}
inline ReadOptions everything() {
  ReadOptions options = raw_and_spans();
  options.keep_layout = true;
  return options;
}

/// Reads `text`, cut into parts of about that size; 0: whole.
inline Reading read(std::string_view text, const ReadOptions& options = raw_and_spans(), std::size_t about = 0) {
  Reading reading;
  const std::unique_ptr<Reader> reader = format().make_reader(options);
  std::size_t from = 0;
  do {
    const std::size_t cut = about == 0 ? 0 : format().split(text.substr(from), about);
    const std::size_t size = cut == 0 ? text.size() - from : cut;
    reading.arenas.push_back(std::make_shared<Arena>());
    const Part part{text.substr(from, size), from, reading.arenas.back(), from == 0, from + size == text.size()};
    reader->read(Source{"test.ris"}, part, reading, reading.diagnostics);
    from += size;
  } while (from < text.size());
  return reading;
}

/// What a writer gave, and the books of each record.
struct Writing {
  std::string text;
  std::vector<Ledger> ledgers;

  /// "narrowed abstract: white space", "dropped ISSN", "supplied archive": all that the books say, in order.
  std::vector<std::string> remarks() const {
    std::vector<std::string> remarks;
    for (const Ledger& ledger : ledgers) {
      std::vector<Loss> losses;
      ledger.losses(losses);
      for (const Loss& loss : losses) {
        const std::string name = loss.item == nullptr ? std::string("type")
                                 : std::holds_alternative<Entry>(*loss.item)
                                     ? std::string(name_of(std::get<Entry>(*loss.item).field))
                                     : "extra " + std::string(std::get<Extra>(*loss.item).key);
        const std::string what = loss.kind == Loss::Kind::NarrowedField ? "narrowed " : loss.kind == Loss::Kind::MergedType ? "merged " : "dropped ";
        remarks.push_back(what + name + (loss.part.empty() ? "" : ": " + std::string(loss.part)));
      }
      for (const Supply& supply : ledger.supplied()) remarks.push_back("supplied " + std::string(supply.what));
    }
    return remarks;
  }
};

inline Writing write(const Reading& reading, const WriteOptions& options = {}, std::span<const Mapping> rows = format().mappings) {
  const std::unique_ptr<Writer> writer = format().make_writer(options, rows);
  Writing writing;
  Output output;
  std::size_t record = 0;
  std::size_t text = 0;
  for (const bool is_record : reading.is_record) {
    if (!is_record) {
      writer->between(reading.between_texts[text++], output);
      continue;
    }
    if (record > 0) output.text += writer->separator();
    Ledger ledger;
    ledger.open(reading.records[record]);
    writer->write(reading.records[record++], output, ledger);
    writing.ledgers.push_back(std::move(ledger));
  }
  writing.text = std::move(output.text);
  return writing;
}

/// The record as if another format had been its origin: values alone, without tags and raw text.
inline Record estranged(const Record& record) {
  Record other = clone(record, std::make_shared<Arena>());
  other.origin = "other";
  other.type_as_written = {};
  other.layout = {};
  for (Item& item : other.items()) {
    if (Extra* const extra = std::get_if<Extra>(&item)) extra->origin = "other";
    if (Entry* const entry = std::get_if<Entry>(&item)) {
      entry->key = entry->raw = {};
      if (Names* const names = std::get_if<Names>(&entry->value))
        for (Name& name : names->list) name.raw = {};
    }
  }
  return other;
}

inline Reading estranged(const Reading& reading) {
  Reading other;
  for (const Record& record : reading.records) other.record(estranged(record));
  return other;
}

inline std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return text::decode(std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()));
}

/// All RIS files below a folder, in order.
inline std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(folder)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && (entry.path().extension() == ".ris" || entry.path().extension() == ".txt")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

inline std::filesystem::path fixtures() { return std::filesystem::path(BIBMILL_SOURCE_DIR) / "fixtures"; }

}  // namespace bibmill::ris::testing

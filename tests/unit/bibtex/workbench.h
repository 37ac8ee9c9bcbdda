// Reading and writing in tests: texts in, dumps and texts out.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bibmill/format.h"
#include "bibmill/text/encoding.h"
#include "bibmill/text/schema.h"

namespace bibmill::formats {
std::span<const Format* const> bibtex_formats();
}

namespace bibmill::bibtex {

inline const Format& bibtex_format() { return *formats::bibtex_formats()[0]; }
inline const Format& biblatex_format() { return *formats::bibtex_formats()[1]; }

struct Reading {
  struct Piece {
    bool is_record = false;
    Extra text;
  };
  std::vector<Record> records;
  std::vector<Piece> pieces;
  DiagnosticList diagnostics;
  std::vector<std::shared_ptr<Arena>> arenas;

  std::string dump() const {
    std::string all;
    std::size_t record = 0;
    for (const Piece& piece : pieces)
      all += piece.is_record ? text::dump(records[record++]) : "between (" + std::string(piece.text.key) + "): " + std::string(piece.text.raw) + "\n";
    return all;
  }
  /// "warning bibtex/unknown-type", one a line.
  std::string complaints() const {
    std::string all;
    for (const Diagnostic& one : diagnostics.list) all += std::string(name_of(one.severity)) + " " + std::string(one.code) + "\n";
    return all;
  }
  /// The text of the input that the complaint of this code is about.
  std::string place_of(std::string_view code, std::string_view input) const {
    for (const Diagnostic& one : diagnostics.list)
      if (one.code == code) return std::string(input.substr(one.span.begin, one.span.size()));
    return "(none)";
  }
};

class Collector final : public RecordSink {
 public:
  explicit Collector(Reading& reading) : reading_(reading) {}
  Flow record(Record&& record) override {
    reading_.records.push_back(std::move(record));
    reading_.pieces.push_back({true, {}});
    return Flow::Continue;
  }
  Flow between(Extra&& extra) override {
    reading_.pieces.push_back({false, extra});
    return Flow::Continue;
  }

 private:
  Reading& reading_;
};

struct How {
  bool keep_raw = true;
  bool look_ahead = true;
  std::size_t about = 0;  ///< size of parts; 0: the whole
};

inline Reading read(std::string_view text, const Format& format = bibtex_format(), const How& how = {}) {
  Reading reading;
  ReadOptions options;
  options.keep_raw = how.keep_raw;
  options.keep_spans = true;
  const Source source{"test.bib"};
  if (how.look_ahead) {
    const std::unique_ptr<LookAhead> ahead = format.make_look_ahead(options);
    do {
      ahead->scan(source, text, 0);
    } while (ahead->again());
    options.prelude = ahead->finish();
  }
  const std::unique_ptr<Reader> reader = format.make_reader(options);
  Collector collector(reading);
  std::size_t from = 0;
  do {
    const std::string_view rest = text.substr(from);
    std::size_t size = how.about == 0 ? rest.size() : format.split(rest, how.about);
    if (size == 0) size = rest.size();
    // A block of exactly its size: the sanitizers see one byte too far.
    const std::vector<char> bytes(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(size));
    reading.arenas.push_back(std::make_shared<Arena>());
    const Part part{{bytes.data(), bytes.size()}, from, reading.arenas.back(), from == 0, from + size == text.size()};
    reader->read(source, part, collector, reading.diagnostics);
    from += size;
  } while (from < text.size());
  return reading;
}

struct Writing {
  std::string text;
  std::vector<std::string> losses;  ///< "narrowed title: markup", of all records
};

inline Writing write(const Reading& reading, const Format& format, const WriteOptions& options = {}) {
  Writing writing;
  const std::unique_ptr<Writer> writer = format.make_writer(options, format.mappings);
  Output output;
  std::size_t number = 0;
  bool after_record = false;
  for (const Reading::Piece& piece : reading.pieces) {
    if (after_record) output.text += writer->separator();
    after_record = piece.is_record;
    if (!piece.is_record) {
      writer->between(piece.text, output);
      continue;
    }
    const Record& record = reading.records[number++];
    Ledger ledger;
    ledger.open(record);
    writer->write(record, output, ledger);
    if (!output.open_keys.empty()) output.text.insert(output.open_keys.back(), "key" + std::to_string(number));
    output.open_keys.clear();
    std::vector<Loss> losses;
    ledger.losses(losses);
    for (const Loss& loss : losses) {
      std::string what = loss.kind == Loss::Kind::MergedType ? "type" : loss.kind == Loss::Kind::NarrowedField ? "narrowed " : "dropped ";
      if (loss.item != nullptr)
        what += std::holds_alternative<Entry>(*loss.item) ? std::string(name_of(std::get<Entry>(*loss.item).field)) : std::string(std::get<Extra>(*loss.item).key);
      if (!loss.part.empty()) what += ": " + std::string(loss.part);
      writing.losses.push_back(what);
    }
  }
  writing.text = output.text;
  return writing;
}

inline std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  return text::decode(bytes);
}

inline std::string trap(std::string_view name) { return contents(std::filesystem::path(BIBMILL_SOURCE_DIR) / "fixtures/traps/bibtex" / name); }

/// Every .bib file of the fixtures.
inline std::vector<std::filesystem::path> all_files() {
  std::vector<std::filesystem::path> paths;
  for (const char* const folder : {"fixtures/bibtex", "fixtures/biblatex", "fixtures/traps/bibtex", "fixtures/hostile"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::filesystem::path(BIBMILL_SOURCE_DIR) / folder))
      if (entry.path().extension() == ".bib") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace bibmill::bibtex

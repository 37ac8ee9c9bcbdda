// Finding, reading and writing the documents of the laws.
#include "corpus.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <limits>
#include <utility>

#include "bibmill/text/encoding.h"
#include "bibmill/text/schema.h"

namespace bibmill::laws {

namespace fs = std::filesystem;

namespace {

const fs::path kFixtures = fs::path(BIBMILL_SOURCE_DIR) / "fixtures";
const fs::path kSamples = BIBMILL_SAMPLES;

/// What stands beside the data: descriptions and expectations.
bool is_data(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension != ".md" && extension != ".dump" && extension != ".gz" && extension != ".py";
}

/// Every data file below `root`/<format>/, or for traps below `root`/<syntax>/.
std::vector<Document> documents_below(const fs::path& root) {
  std::vector<Document> documents;
  for (const Format* const format : all_formats()) {
    const fs::path folder = root / std::string(format->id);
    if (!fs::is_directory(folder)) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file() && is_data(entry.path())) documents.push_back({entry.path(), format});
  }
  std::sort(documents.begin(), documents.end(), [](const Document& a, const Document& b) { return a.path < b.path; });
  return documents;
}

class Collector final : public RecordSink {
 public:
  explicit Collector(Reading& reading) : reading_(reading) {}

  Flow record(Record&& record) override {
    reading_.order.push_back({true, reading_.records.size()});
    reading_.records.push_back(std::move(record));
    return Flow::Continue;
  }

  Flow between(Extra&& extra) override {
    reading_.order.push_back({false, reading_.between.size()});
    reading_.between.push_back(extra);
    return Flow::Continue;
  }

 private:
  Reading& reading_;
};

/// A copy that ends where the text ends, so that the sanitizers see one byte too far.
std::unique_ptr<char[]> exact_copy(std::string_view text) {
  auto copy = std::make_unique<char[]>(text.size());
  std::copy(text.begin(), text.end(), copy.get());
  return copy;
}

/// Puts the keys into the places that the writer left for them.
std::string with_keys(const Output& output, const std::vector<std::string>& keys) {
  std::string text;
  std::size_t from = 0;
  for (std::size_t at = 0; at < output.open_keys.size(); ++at) {
    text.append(output.text, from, output.open_keys[at] - from);
    text += keys[at];
    from = output.open_keys[at];
  }
  text.append(output.text, from);
  return text;
}

/// Writes piece by piece, and remembers the keys that are to be filled in.
class Printer {
 public:
  Printer(const Format& format, const WriteOptions& options, std::span<const Mapping> rows) : writer_(format.make_writer(options, rows)) {
    writer_->begin(output_);
  }

  void record(Record& record) {
    ++count_;
    if (record.key.empty()) record.suggested_key = record.arena().copy("ref" + std::to_string(count_));
    const std::size_t open = output_.open_keys.size();
    const std::size_t size = output_.text.size();
    Ledger ledger;
    ledger.open(record);
    writer_->write(record, output_, ledger);
    if (after_record_ && !brings_its_own_distance(std::string_view(output_.text).substr(size))) output_.insert_before(size, open, writer_->separator());
    after_record_ = true;
    for (std::size_t at = open; at < output_.open_keys.size(); ++at) keys_.emplace_back(record.suggested_key);
    writing_.ledgers.push_back(std::move(ledger));
  }

  void between(const Extra& extra) {
    const std::size_t size = output_.text.size();
    if (!writer_->between(extra, output_)) return;
    if (after_record_) output_.insert_before(size, output_.open_keys.size(), writer_->separator());
    after_record_ = false;
  }

  Writing finish() {
    writer_->end(output_, output_.tail, count_);
    writing_.text = with_keys(output_, keys_);
    return std::move(writing_);
  }

 private:
  std::unique_ptr<Writer> writer_;
  Output output_;
  std::vector<std::string> keys_;
  Writing writing_;
  std::uint64_t count_ = 0;
  bool after_record_ = false;
};

}  // namespace

std::string Document::name() const {
  const fs::path fixture = path.lexically_relative(kFixtures);
  return fixture.empty() || *fixture.begin() == ".." ? "samples/" + path.lexically_relative(kSamples).generic_string() : fixture.generic_string();
}

std::vector<Document> fixtures() { return documents_below(kFixtures); }
std::vector<Document> traps() { return documents_below(kFixtures / "traps"); }
std::vector<Document> samples() { return documents_below(kSamples); }

std::vector<Document> all_documents() {
  std::vector<Document> all = fixtures();
  for (const std::vector<Document>& more : {traps(), samples()}) all.insert(all.end(), more.begin(), more.end());
  return all;
}

std::string text_of(const Document& document) {
  std::ifstream in(document.path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  std::string text;
  text::Decoder decoder;
  decoder.feed(bytes, text, true);
  return text;
}

ReadOptions keep_everything() {
  ReadOptions options;
  options.keep_raw = options.keep_layout = options.keep_spans = true;
  return options;
}

std::string Reading::dump() const {
  std::string all;
  for (const Piece& piece : order)
    all += piece.is_record ? text::dump(records[piece.index]) : "between " + std::string(between[piece.index].key) + ": " + std::string(between[piece.index].raw) + "\n";
  return all;
}

namespace {

std::shared_ptr<const Prelude> prelude_of(const Format& format, std::string_view text, const ReadOptions& options) {
  if (format.make_look_ahead == nullptr) return nullptr;
  const std::unique_ptr<LookAhead> look_ahead = format.make_look_ahead(options);
  do {
    look_ahead->scan(Source{"test"}, text, 0);
  } while (look_ahead->again());
  return look_ahead->finish();
}

Reading read_parts(const Format& format, std::string_view text, const ReadOptions& options, std::size_t about) {
  Reading reading;
  const std::unique_ptr<Reader> reader = format.make_reader(options);
  Collector collector(reading);
  std::size_t from = 0;
  do {
    const std::string_view rest = text.substr(from);
    std::size_t size = about == 0 || about >= rest.size() ? rest.size() : format.split(rest, about);
    if (size == 0) size = rest.size();
    const std::unique_ptr<char[]> bytes = exact_copy(rest.substr(0, size));
    reading.arenas.push_back(std::make_shared<Arena>());
    const Part part{{bytes.get(), size}, from, reading.arenas.back(), from == 0, from + size == text.size()};
    reader->read(Source{"test"}, part, collector, reading.diagnostics);
    from += size;
  } while (from < text.size());
  return reading;
}

}  // namespace

Reading read(const Format& format, std::string_view text, const ReadOptions& options, std::size_t about) {
  ReadOptions with_prelude = options;
  with_prelude.prelude = prelude_of(format, text, options);
  return read_parts(format, text, with_prelude, about);
}

Reading read_alone(const Format& format, std::string_view text) { return read_parts(format, text, keep_everything(), 0); }

Writing write(const Format& format, std::vector<Record>& records, const WriteOptions& options, std::span<const Mapping> rows) {
  Printer printer(format, options, rows);
  for (Record& record : records) printer.record(record);
  return printer.finish();
}

Writing write(const Format& format, std::vector<Record>& records, const WriteOptions& options) {
  return write(format, records, options, format.mappings);
}

Writing write(const Format& format, Reading& reading, const WriteOptions& options) {
  Printer printer(format, options, format.mappings);
  for (const Reading::Piece& piece : reading.order) {
    if (piece.is_record)
      printer.record(reading.records[piece.index]);
    else
      printer.between(reading.between[piece.index]);
  }
  return printer.finish();
}

std::string test_name(std::string_view text) {
  std::string name(text);
  for (char& c : name)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) c = '_';
  return name;
}

}  // namespace bibmill::laws

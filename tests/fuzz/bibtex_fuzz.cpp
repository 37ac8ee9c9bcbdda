// Fuzzes the BibTeX reader: parts give the whole, nothing is read twice differently, and what is written reads back.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bibmill/catalogue.h"
#include "bibmill/text/encoding.h"
#include "bibmill/text/schema.h"

namespace {

using namespace bibmill;

class Collector final : public RecordSink {
 public:
  Flow record(Record&& record) override {
    dump += text::dump(record);
    records.push_back(std::move(record));
    return Flow::Continue;
  }
  Flow between(Extra&& extra) override {
    dump += "between: " + std::string(extra.raw) + "\n";
    return Flow::Continue;
  }

  std::string dump;
  std::vector<Record> records;
  std::vector<std::shared_ptr<Arena>> arenas;
};

Collector read(const Format& format, std::string_view text, std::size_t about) {
  ReadOptions options;
  options.keep_raw = options.keep_spans = true;
  const Source source{"fuzz"};
  const std::unique_ptr<LookAhead> ahead = format.make_look_ahead(options);
  do {
    ahead->scan(source, text, 0);
  } while (ahead->again());
  options.prelude = ahead->finish();
  const std::unique_ptr<Reader> reader = format.make_reader(options);
  Collector collector;
  DiagnosticList diagnostics;
  std::size_t from = 0;
  do {
    const std::string_view rest = text.substr(from);
    std::size_t size = about == 0 ? rest.size() : format.split(rest, about);
    if (size == 0) size = rest.size();
    collector.arenas.push_back(std::make_shared<Arena>());
    reader->read(source, {rest.substr(0, size), from, collector.arenas.back(), from == 0, from + size == text.size()}, collector, diagnostics);
    from += size;
  } while (from < text.size());
  for (const Diagnostic& diagnostic : diagnostics.list)
    if (diagnostic.span.end > text.size() || diagnostic.span.begin > diagnostic.span.end) std::abort();
  return collector;
}

void expect_same(const std::string& a, const std::string& b, const char* law) {
  if (a == b) return;
  std::fprintf(stderr, "%s\n--- one\n%s\n--- other\n%s\n", law, a.c_str(), b.c_str());
  std::abort();
}

std::string written(const Format& format, const std::vector<Record>& records) {
  const std::unique_ptr<Writer> writer = format.make_writer({}, format.mappings);
  Output output;
  for (const Record& record : records) {
    Ledger ledger;
    ledger.open(record);
    writer->write(record, output, ledger);
    for (const std::size_t place : output.open_keys) output.text.insert(place, "key");
    output.open_keys.clear();
  }
  return output.text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = text::decode({reinterpret_cast<const char*>(data), size});
  for (const std::string_view id : {"bibtex", "biblatex"}) {
    const Format& format = *format_named(all_formats(), id);
    format.recognises(text);
    const Collector whole = read(format, text, 0);
    for (const std::size_t about : {std::size_t{1}, std::size_t{64}}) expect_same(read(format, text, about).dump, whole.dump, "parts give the whole");
    const std::string once = written(format, whole.records);
    const Collector back = read(format, once, 0);
    if (back.records.size() != whole.records.size()) expect_same(whole.dump, back.dump, "as many records come back as were written");
    expect_same(written(format, back.records), once, "writing twice changes nothing");
  }
  return 0;
}

// PubMed XML's reader and writer on any bytes: parts of any size give the same records, every byte of a record is accounted for, what is written is read as
// the same, and writing twice changes nothing.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bibmill/catalogue.h"
#include "bibmill/format.h"
#include "bibmill/reflect.h"
#include "bibmill/text/encoding.h"
#include "bibmill/text/schema.h"

namespace {

using namespace bibmill;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

struct Reading final : RecordSink {
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
  std::string dump() const {
    std::string all;
    for (const Record& record : records) all.append(text::dump(record)).append(record.layout).append("\n");
    for (const Extra& extra : extras) all.append(extra.key).append(": ").append(extra.raw).append("\n");
    return all;
  }
};

/// Reads the text, cut into parts of about that size; 0: whole.
Reading read(const Format& format, std::string_view text, std::size_t about) {
  ReadOptions options;
  options.keep_raw = true;
  options.keep_layout = true;
  options.keep_spans = true;
  const std::unique_ptr<Reader> reader = format.make_reader(options);
  Reading reading;
  std::size_t from = 0;
  do {
    const std::size_t cut = about == 0 ? 0 : format.split(text.substr(from), about);
    const std::size_t size = cut == 0 ? text.size() - from : cut;
    require(size <= text.size() - from, "split cuts behind the end");
    Part part;
    part.text = text.substr(from, size);
    part.offset = from;
    part.arena = std::make_shared<Arena>();
    part.first = from == 0;
    part.last = from + size == text.size();
    reading.arenas.push_back(part.arena);
    reader->read(Source{"fuzz.xml"}, part, reading, reading.diagnostics);
    from += size;
  } while (from < text.size());
  return reading;
}

std::string written(const Format& format, const std::vector<Record>& records, Layout layout) {
  WriteOptions options;
  options.layout = layout;
  const std::unique_ptr<Writer> writer = format.make_writer(options, format.mappings);
  Output output;
  writer->begin(output);
  for (const Record& record : records) {
    Ledger ledger;
    ledger.open(record);
    writer->write(record, output, ledger);
  }
  writer->end(output, output.tail, records.size());
  return output.text;
}

/// The law of conservation, within records.
void account_for_every_byte(const Reading& reading, std::string_view text) {
  std::vector<bool> seen(text.size());
  const auto see = [&](Span span) {
    require(span.begin <= span.end && span.end <= text.size(), "a span lies outside the text");
    for (std::uint64_t at = span.begin; at < span.end; ++at) seen[at] = true;
  };
  for (const Record& record : reading.records) {
    for (const Span& marker : record.markers) see(marker);
    for (const Item& item : record.items()) {
      std::visit([&](const auto& held) { see(held.span); }, item);
      if (const Entry* const entry = std::get_if<Entry>(&item))
        for (const Span& more : entry->more) see(more);
    }
  }
  for (const Extra& extra : reading.extras) see(extra.span);
  for (const Record& record : reading.records)
    for (std::uint64_t at = record.span.begin; at < record.span.end; ++at)
      require(seen[at] || static_cast<unsigned char>(text[at]) <= ' ', "a byte is overlooked");
}

/// What the writer of another format's records makes is read whole.
void require_well_formed(const Format& format, std::string_view text, std::size_t records, const char* what) {
  const Reading reading = read(format, text, 0);
  require(reading.records.size() == records, what);
  for (const Diagnostic& diagnostic : reading.diagnostics.list) require(diagnostic.code != "pubmed/not-well-formed", what);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Format& format = *format_named(all_formats(), "pubmed");
  // Readers are given what the decoder makes of a file.
  const std::string text = text::decode(std::string_view(reinterpret_cast<const char*>(data), size));
  const Reading whole = read(format, text, 0);
  format.recognises(std::string_view(text).substr(0, 65536));
  for (const std::size_t about : {std::size_t{1}, std::size_t{64}, std::size_t{4096}})
    require(read(format, text, about).dump() == whole.dump(), "parts give other records than the whole");
  account_for_every_byte(whole, text);
  require_well_formed(format, written(format, whole.records, Layout::Source), whole.records.size(),
                      "source layout is not well-formed");

  const std::string canonical = written(format, whole.records, Layout::Canonical);
  const Reading again = read(format, canonical, 0);
  require(again.records.size() == whole.records.size(), "canonical form has other records");
  require(written(format, again.records, Layout::Canonical) == canonical, "writing twice changes the text");

  std::vector<Record> foreign = whole.records;
  for (Record& record : foreign) record.origin = "another";
  require_well_formed(format, written(format, foreign, Layout::Canonical), foreign.size(),
                      "other formats' records are not written well-formed");
  return 0;
}

// RIS's reader and writer on any bytes: parts of any size give the same records, every byte is accounted for, source layout gives the bytes back, what
// is written in canonical form reads as the same, and carried records come back whole.
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
    extras.push_back(extra);
    return Flow::Continue;
  }
  std::string dump() const {
    std::string all;
    for (const Record& record : records) all.append(text::dump(record)).append(record.layout).append("\n");
    for (const Extra& extra : extras) all.append(extra.raw).append("\n");
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
    reading.arenas.push_back(std::make_shared<Arena>());
    const Part part{text.substr(from, size), from, reading.arenas.back(), from == 0, from + size == text.size()};
    reader->read(Source{"fuzz.ris"}, part, reading, reading.diagnostics);
    from += size;
  } while (from < text.size());
  return reading;
}

std::string written(const Format& format, const Reading& reading, Layout layout, bool carry = false) {
  WriteOptions options;
  options.layout = layout;
  options.carry = carry;
  const std::unique_ptr<Writer> writer = format.make_writer(options, format.mappings);
  Output output;
  std::size_t record = 0;
  std::size_t extra = 0;
  bool apart = false;
  for (const bool is_record : reading.is_record) {
    if (std::exchange(apart, is_record)) output.text += writer->separator();
    if (!is_record) {
      writer->between(reading.extras[extra++], output);
      continue;
    }
    Ledger ledger;
    ledger.open(reading.records[record]);
    writer->write(reading.records[record++], output, ledger);
  }
  return std::move(output.text);
}

/// The law of conservation: what is neither blank nor in a span is the dash behind a tag, an ER between records, or a mark of byte order.
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
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const auto byte = static_cast<unsigned char>(c);
    const bool mark = c == '\xEF' || c == '\xBB' || c == '\xBF';
    const bool end = c == 'E' || c == 'R' || c == 'e' || c == 'r';
    const bool control = byte <= ' ' || byte == 0x7F || byte == 0xC2 || (byte >= 0x80 && byte < 0xA0);
    require(seen[at] || control || c == '-' || mark || end, "a byte is overlooked");
  }
}

/// As if another format had been the origin.
void estrange(Reading& reading) {
  for (Record& record : reading.records) {
    record.origin = "other";
    record.layout = {};
    for (Item& item : record.items())
      if (Entry* const entry = std::get_if<Entry>(&item)) entry->key = entry->raw = {};
  }
  reading.extras.clear();
  reading.is_record.assign(reading.records.size(), true);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Format& format = *format_named(all_formats(), "ris");
  // Readers are given what the decoder makes of a file.
  const std::string text = text::decode(std::string_view(reinterpret_cast<const char*>(data), size));
  Reading whole = read(format, text, 0);
  for (const std::size_t about : {std::size_t{1}, std::size_t{64}, std::size_t{4096}})
    require(read(format, text, about).dump() == whole.dump(), "parts give other records than the whole");
  account_for_every_byte(whole, text);
  written(format, whole, Layout::Source);

  const std::string canonical = written(format, whole, Layout::Canonical);
  const Reading again = read(format, canonical, 0);
  require(again.records.size() == whole.records.size(), "canonical form has other records");
  require(written(format, again, Layout::Canonical) == canonical, "writing twice changes the text");

  estrange(whole);
  const std::string foreign = written(format, whole, Layout::Canonical, true);
  require(read(format, foreign, 0).records.size() == whole.records.size(), "carried records are lost");
  return 0;
}

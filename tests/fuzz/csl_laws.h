// What must hold of a reader and a writer of CSL's items, whatever the bytes: parts of any size read as the whole, spans lie within the text, and what is written
// is read and written again as it is.
#pragma once

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
#include "bibmill/text/carry.h"
#include "bibmill/text/encoding.h"
#include "bibmill/text/schema.h"

namespace bibmill::fuzz {

inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

struct Reading final : RecordSink {
  std::vector<Record> records;
  std::vector<List<Extra>> before{1};  // of each record, and behind the last
  std::string all;
  std::shared_ptr<Arena> arena = std::make_shared<Arena>();

  Flow record(Record&& record) override {
    all += text::dump(record);
    records.push_back(std::move(record));
    before.emplace_back();
    return Flow::Continue;
  }
  Flow between(Extra&& extra) override {
    all.append("between ").append(extra.key).append(": ").append(extra.raw).append("\n");
    before.back().push_back(*arena, extra);
    return Flow::Continue;
  }
};

/// Reads the text, cut into parts of about that size; 0: whole.
inline Reading read(const Format& format, std::string_view text, std::size_t about) {
  ReadOptions options;
  options.keep_raw = true;
  options.keep_spans = true;
  const std::unique_ptr<Reader> reader = format.make_reader(options);
  Reading reading;
  DiagnosticList diagnostics;
  std::size_t from = 0;
  do {
    const std::size_t cut = about == 0 ? 0 : format.split(text.substr(from), about);
    const std::size_t size = cut == 0 ? text.size() - from : cut;
    require(size <= text.size() - from, "split cuts behind the end");
    Part part;
    part.text = text.substr(from, size);
    part.offset = from;
    part.arena = reading.arena;
    part.first = from == 0;
    part.last = from + size == text.size();
    reader->read(Source{"fuzz"}, part, reading, diagnostics);
    from += size;
  } while (from < text.size());
  for (const Diagnostic& diagnostic : diagnostics.list)
    require(diagnostic.span.begin <= diagnostic.span.end && diagnostic.span.end <= text.size(),
            "a diagnostic is about text behind the end");
  return reading;
}

/// Writes the records, with what stood between them where the format carries.
inline std::string written(const Format& format, Reading& reading) {
  const std::unique_ptr<Writer> writer = format.make_writer({}, format.mappings);
  Output output;
  writer->begin(output);
  for (std::size_t at = 0; at < reading.records.size(); ++at) {
    Record& record = reading.records[at];
    if (format.carries_always && !reading.before[at].empty())
      record.before = text::between_texts(*reading.arena, reading.before[at]);
    if (format.carries_always && at + 1 == reading.records.size() && !reading.before.back().empty())
      record.after = text::between_texts(*reading.arena, reading.before.back());
    if (record.key.empty()) record.suggested_key = "ref1";
    if (at > 0) output.text += writer->separator();
    Ledger ledger;
    ledger.open(record);
    writer->write(record, output, ledger);
  }
  writer->end(output, output.tail, reading.records.size());
  for (std::size_t at = output.open_keys.size(); at-- > 0;) output.text.insert(output.open_keys[at], "ref1");
  return output.text;
}

inline void check(std::string_view id, std::string_view bytes) {
  const Format& format = *format_named(all_formats(), id);
  const std::string text = text::decode(bytes);
  static_cast<void>(format.recognises(std::string_view(text).substr(0, std::size_t{64} << 10)));
  Reading whole = read(format, text, 0);
  for (const std::size_t about : {1, 64})
    require(read(format, text, about).all == whole.all, "parts read differently from the whole");
  for (const Record& record : whole.records) require(record.span.end <= text.size(), "a record lies behind the end");

  const std::string once = written(format, whole);
  Reading back = read(format, once, 0);
  require(back.records.size() == whole.records.size(), "the number of records changes on the way out and in");
  const std::string twice = written(format, back);
  Reading again = read(format, twice, 0);
  require(written(format, again) == twice, "what is written three times is not what is written twice");
  require(once == twice, "what is written twice is not what is written once");
}

}  // namespace bibmill::fuzz

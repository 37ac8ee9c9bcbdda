// What must hold of a reader and a writer of CSL's items, whatever the bytes: parts of any size read as the whole, spans lie within the text, and what is written
// is read and written again as it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bibmill/text/carry.h"
#include "laws.h"

namespace bibmill::fuzz {

/// Gives each record the texts that stood before it, and the last one those behind it, as the pipeline does for a format that carries.
inline void attach_texts(Reading& reading) {
  std::size_t record = 0;
  std::size_t text = 0;
  List<Extra> waiting;
  for (const bool is_record : reading.is_record) {
    if (!is_record) {
      waiting.push_back(*reading.arenas.front(), reading.extras[text++]);
      continue;
    }
    Record& next = reading.records[record++];
    if (!waiting.empty()) next.before = text::between_texts(next.arena(), waiting);
    waiting = {};
  }
  if (!waiting.empty() && record > 0) reading.records.back().after = text::between_texts(reading.records.back().arena(), waiting);
}

/// Writes the records, with what stood between them where the format carries.
inline std::string written_items(const Format& format, Reading& reading) {
  if (format.carries_always) attach_texts(reading);
  return support::write(format, reading.records).text;
}

inline void check(std::string_view id, const std::uint8_t* data, std::size_t size) {
  const Format& format = *format_named(all_formats(), id);
  const std::string text = decoded(data, size);
  const ReadOptions options = support::raw_and_spans();
  static_cast<void>(format.recognises(std::string_view(text).substr(0, std::size_t{64} << 10)));
  Reading whole = read(format, text, 0, options);
  require_parts_to_give(whole, format, text, {1, 64}, options);
  for (const Record& record : whole.records) require(record.span.end <= text.size(), "a record lies behind the end");

  const std::string once = written_items(format, whole);
  Reading back = read(format, once, 0, options);
  require(back.records.size() == whole.records.size(), "the number of records changes on the way out and in");
  const std::string twice = written_items(format, back);
  Reading again = read(format, twice, 0, options);
  require_same(written_items(format, again), twice, "what is written three times is not what is written twice");
  require_same(once, twice, "what is written twice is not what is written once");
}

}  // namespace bibmill::fuzz

// Parts, pieces and claims.
#include "support/reading.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "bibmill/text/schema.h"

namespace bibmill::support {

namespace {

/// A copy that ends where the text ends, so that the sanitizers see one byte too far.
std::unique_ptr<char[]> exact_copy(std::string_view text) {
  auto copy = std::make_unique<char[]>(text.size());
  std::copy(text.begin(), text.end(), copy.get());
  return copy;
}

std::shared_ptr<const Prelude> prelude_of(const Format& format, std::string_view text, const ReadOptions& options) {
  if (format.make_look_ahead == nullptr) return nullptr;
  const std::unique_ptr<LookAhead> look_ahead = format.make_look_ahead(options);
  do {
    look_ahead->scan(Source{"test"}, text, 0);
  } while (look_ahead->again());
  return look_ahead->finish();
}

std::unique_ptr<PartScan> follower_of(const Format& format, const ReadOptions& options) {
  return format.make_follower == nullptr || options.prelude == nullptr ? nullptr : format.make_follower(options);
}

/// How much of the text the next part takes.
std::size_t part_size(const Format& format, std::string_view text, std::size_t about) {
  const std::size_t cut = about == 0 ? 0 : std::min(format.split(text, about), text.size());
  return cut == 0 ? text.size() : cut;
}

std::string dump_pieces(const Reading& reading, bool layout) {
  std::string all;
  auto record = reading.records.begin();
  auto extra = reading.extras.begin();
  for (const bool is_record : reading.is_record) {
    if (is_record) {
      all += text::dump(*record);
      if (layout) all.append(record->layout).append("\n");
      ++record;
    } else {
      all.append("between ").append(extra->key).append(": ").append(extra->raw).append("\n");
      ++extra;
    }
  }
  return all;
}

}  // namespace

Flow Reading::record(Record&& record) {
  is_record.push_back(true);
  records.push_back(std::move(record));
  return records.size() >= stop_after ? Flow::Stop : Flow::Continue;
}

Flow Reading::between(Extra&& extra) {
  is_record.push_back(false);
  extras.push_back(extra);
  return Flow::Continue;
}

Part Reading::part(std::string_view text, std::size_t offset, bool first, bool last) {
  arenas.push_back(std::make_shared<Arena>());
  return {text, offset, arenas.back(), first, last};
}

std::string Reading::dump() const { return dump_pieces(*this, false); }
std::string Reading::dump_with_layout() const { return dump_pieces(*this, true); }

std::vector<std::string_view> Reading::codes() const {
  std::vector<std::string_view> codes;
  for (const Diagnostic& diagnostic : diagnostics.list) codes.push_back(diagnostic.code);
  return codes;
}

std::size_t Reading::count(std::string_view code) const {
  return static_cast<std::size_t>(
      std::count_if(diagnostics.list.begin(), diagnostics.list.end(), [&](const Diagnostic& one) { return one.code == code; }));
}

std::string Reading::complaints() const {
  std::string all;
  for (const Diagnostic& one : diagnostics.list) all.append(name_of(one.severity)).append(" ").append(one.code).append("\n");
  return all;
}

std::string dump(const std::vector<Record>& records) {
  std::string all;
  for (const Record& record : records) all.append(text::dump(record)).append("\n");
  return all;
}

ReadOptions raw_and_spans() {
  ReadOptions options;
  options.keep_raw = options.keep_spans = true;
  return options;
}

ReadOptions everything() {
  ReadOptions options = raw_and_spans();
  options.keep_layout = true;
  return options;
}

Reading read(const Format& format, std::string_view text, const ReadOptions& options, std::size_t about) {
  ReadOptions with_prelude = options;
  with_prelude.prelude = prelude_of(format, text, options);
  return read_alone(format, text, with_prelude, about);
}

Reading read_alone(const Format& format, std::string_view text, const ReadOptions& options, std::size_t about) {
  Reading reading;
  const std::unique_ptr<Reader> reader = format.make_reader(options);
  const std::unique_ptr<PartScan> follower = follower_of(format, options);
  const Source source{"test"};
  Foregoing foregoing;
  std::size_t from = 0;
  do {
    const std::size_t size = part_size(format, text.substr(from), about);
    const std::unique_ptr<char[]> bytes = exact_copy(text.substr(from, size));
    Part part = reading.part({bytes.get(), size}, from, from == 0, from + size == text.size());
    if (follower != nullptr) {
      follower->scan(source, part.text, from);
      follower->tell(foregoing);
      part.foregoing = &foregoing;
    }
    reader->read(source, part, reading, reading.diagnostics);
    from += size;
  } while (from < text.size());
  return reading;
}

Claims::Claims(const Reading& reading, std::size_t size) : claimed_(size, false) {
  for (const Record& record : reading.records) claim(record);
  for (const Extra& extra : reading.extras) claim(extra.span);
}

void Claims::claim(Span span) {
  within_ = within_ && span.begin <= span.end && span.end <= claimed_.size();
  const std::uint64_t end = std::min<std::uint64_t>(span.end, claimed_.size());
  for (std::uint64_t at = span.begin; at < end; ++at) claimed_[at] = true;
}

void Claims::claim(const Record& record) {
  for (const Span& marker : record.markers) claim(marker);
  for (const Item& item : record.items()) {
    std::visit([&](const auto& held) { claim(held.span); }, item);
    if (const Entry* const entry = std::get_if<Entry>(&item))
      for (const Span& place : entry->more) claim(place);
  }
}

}  // namespace bibmill::support

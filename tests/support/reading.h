// Reading a text as a pipeline does it, whole or part by part, and keeping all that comes out of it.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/format.h"

namespace bibmill::support {

/// What a reader gave.
struct Reading final : RecordSink {
  std::vector<Record> records;
  std::vector<Extra> extras;     ///< texts between records
  std::vector<bool> is_record;   ///< of each piece, records and texts in the order in which they came
  DiagnosticList diagnostics;
  std::vector<std::shared_ptr<Arena>> arenas;  ///< of each part
  std::size_t stop_after = std::string_view::npos;  ///< records

  Flow record(Record&& record) override;
  Flow between(Extra&& extra) override;

  /// A part of a text, with an arena that stays as long as the reading.
  Part part(std::string_view text, std::size_t offset = 0, bool first = true, bool last = true);

  /// All of it, in order: dumps of the records and the texts between them.
  std::string dump() const;
  /// The same with the records' layouts.
  std::string dump_with_layout() const;
  /// The codes of what was said, in order.
  std::vector<std::string_view> codes() const;
  /// How often it was said.
  std::size_t count(std::string_view code) const;
  /// "warning bibtex/unknown-type", one a line.
  std::string complaints() const;
};

/// The dumps of records.
std::string dump(const std::vector<Record>& records);

/// As for an archive: raw texts and spans, but not the layout.
ReadOptions raw_and_spans();
/// Raw texts, spans and layout.
ReadOptions everything();

/// Reads the whole text at once, or cut into parts of about `about` bytes, with what its records need from elsewhere in it.
Reading read(const Format& format, std::string_view text, const ReadOptions& options = everything(), std::size_t about = 0);
/// The same without a look at what stands elsewhere, as for a target of the same format: references between records stay as written.
Reading read_alone(const Format& format, std::string_view text, const ReadOptions& options = everything(), std::size_t about = 0);

/// The bytes of a text that something in its reading holds: an entry, an extra, a key, a type.
class Claims {
 public:
  Claims(const Reading& reading, std::size_t size);

  bool has(std::size_t at) const { return claimed_[at]; }
  /// Every span ended within the text and not before it began.
  bool are_within() const { return within_; }

 private:
  void claim(Span span);
  void claim(const Record& record);

  std::vector<bool> claimed_;
  bool within_ = true;
};

}  // namespace bibmill::support

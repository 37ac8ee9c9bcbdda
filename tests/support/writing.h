// Writing records as a pipeline does it, and keeping the books.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <vector>

#include "support/reading.h"

namespace bibmill::support {

/// What a writer gave.
struct Writing {
  std::string text;
  std::vector<Ledger> ledgers;  ///< of each record
  std::deque<Record> records;   ///< as they were written: the ledgers look at them

  /// What all of them lost, in order.
  std::vector<Loss> losses() const;
  /// The same in words: "narrowed abstract: white space", "dropped ISSN", "dropped extra XX", "merged type".
  std::vector<std::string> lost() const;
  /// All that the books say, record by record: what was lost, and "supplied archive".
  std::vector<std::string> remarks() const;
};

/// Writes records, each with the key "ref" and its number where it has none, none is suggested, and the format needs one.
Writing write(const Format& format, const std::vector<Record>& records, const WriteOptions& options, std::span<const Mapping> rows);
Writing write(const Format& format, const std::vector<Record>& records, const WriteOptions& options = {});
/// Records and what stood between them.
Writing write(const Format& format, const Reading& reading, const WriteOptions& options, std::span<const Mapping> rows);
Writing write(const Format& format, const Reading& reading, const WriteOptions& options = {});

/// The record as if another format had been its origin: values alone, without keys as written, raw text and layout.
Record estranged(const Record& record);
/// All records so, without what stood between them.
Reading estranged(const Reading& reading);

}  // namespace bibmill::support

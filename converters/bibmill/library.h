// Libraries: all records of some inputs in memory, with the places where they stood; for what must see files whole, such as comparing two.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bibmill/pipeline.h"

namespace bibmill {

struct LoadedRecord {
  Record record;
  std::uint64_t number = 0;  ///< from 1
  Position position;         ///< where it begins
  std::vector<Extra> before; ///< text between it and the record before it
};

struct Library {
  std::string name;                ///< as messages have it: the path, or "<stdin>"
  const Format* format = nullptr;  ///< null where there was nothing to tell it by
  std::vector<LoadedRecord> records;
  std::vector<Extra> after;        ///< text behind the last record
  std::vector<std::shared_ptr<Arena>> arenas;  ///< of the texts
  std::uint64_t errors = 0;        ///< diagnosed while reading
};

struct LoadOptions {
  std::string path;                        ///< "-" is the standard input
  InputOptions input;
  std::span<const Format* const> formats;  ///< to recognise the input among
  const Format* from = nullptr;            ///< null: it is recognised
  const Format* to = nullptr;              ///< what is to be written with the records: raw text and layout are kept for a writer of the same format; null: nothing
  std::uint64_t max_record = std::uint64_t{64} << 20;
};

/// Reads all of one input. Records that refer to others (crossref) have inherited, unless they are to be written in their own format. The listener hears what is wrong. Throws InputError.
Library load(const LoadOptions& options, Listener& listener);

}  // namespace bibmill

// Mending: applies the fixes of findings to the texts of the inputs, as long as there are any.
//
// A fix replaces bytes between two offsets of the decoded text. Everything else stays as it is, byte for byte: encoding, byte-order mark, line ends, order, layout. An input
// that would read as more or fewer records, or with more errors, is left alone as a whole.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bibmill/check.h"

namespace bibmill {

struct Mended {
  std::string path;
  std::string before;       ///< bytes of the file
  std::string after;        ///< the same as before where there was nothing to do
  std::uint64_t fixed = 0;  ///< findings whose fix was applied
  bool refused = false;     ///< what came out would have been read otherwise: nothing was changed
};

/// Suggested fixes too, or only safe ones. Writes nothing. Throws InputError, and UsageError for an input that cannot be written back: the standard input, a packed file.
std::vector<Mended> mend(const CheckOptions& options, bool suggested);

/// The lines that differ, as a unified diff without context; empty where nothing does.
std::string unified_diff(const Mended& mended);

}  // namespace bibmill

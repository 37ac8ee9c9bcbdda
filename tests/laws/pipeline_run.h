// Conversions as the program makes them, within the test.
#pragma once

#include <string>
#include <vector>

#include "bibmill/pipeline.h"
#include "corpus.h"

namespace bibmill::laws {

/// What came out of a conversion, and all that was said about it.
struct Conversion {
  std::string text;
  std::string said;  ///< one line each: place, code, and what it is about
  Totals totals;
};

/// Converts files in the order given.
Conversion convert_files(const std::vector<std::filesystem::path>& files, const Format& from, const Format& to, std::size_t threads = 1,
                         std::size_t part_size = Chunker::kPartSize,
                         std::vector<AnyStep> steps = {});

}  // namespace bibmill::laws

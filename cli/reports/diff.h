// How differences between two libraries are shown: as text for people, as JSON for programs.
#pragma once

#include <string>

#include "bibmill/diff.h"

namespace bibmill::cli {

struct DiffView {
  bool colours = false;
  bool spelling = true;  ///< show what is only spelled differently
};

std::string as_text(const LibraryDifference& difference, const Library& before, const Library& after, const DiffView& view);
std::string as_json(const LibraryDifference& difference, const Library& before, const Library& after, const DiffView& view);

/// "12 records the same, 1 different in 2 fields, 1 only in a.bib".
std::string summary(const LibraryDifference& difference, const Library& before, const Library& after);

}  // namespace bibmill::cli

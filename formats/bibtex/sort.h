// How `fmt --sort key` puts the entries of a .bib file in order: whole, with the comments that are theirs, and never past what stands between them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "values.h"

namespace bibmill::bibtex {

/// A text whose pieces stand in another order.
struct SortedText {
  std::string text;
  bool changed = false;

  /// Where in the original an offset of the text stood.
  std::size_t origin_of(std::size_t at) const;

  struct Piece {
    std::size_t begin = 0;  ///< in the text
    std::size_t origin = 0;
  };
  std::vector<Piece> pieces;  ///< in the order of the text
};

/// Entries by their keys, whatever their case. A comment goes with the entry that follows it in the next line, or that it stands behind. @string, @preamble, @comment,
/// other text, and an entry with a fault stay where they are, and entries stay on their side of them. As BibTeX demands it, entries that others refer to by
/// crossref come last.
SortedText sorted_by_key(Dialect dialect, std::string_view text);

}  // namespace bibmill::bibtex

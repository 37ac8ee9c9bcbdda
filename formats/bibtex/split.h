// Where a .bib file may be cut: behind entries.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "lexer.h"

namespace bibmill::bibtex {

/// Format::split. `see(block)` is told of all blocks that are passed, which may be more than stand before the cut; `groups` are the block's.
template <class See>
std::size_t split_seeing(std::string_view text, std::size_t about, std::vector<Group>* groups, See&& see) {
  std::size_t cut = 0;       // the end of the last entry behind which another begins
  std::size_t last_end = 0;  // the end of the last entry
  Block block;
  for (std::size_t at = 0;; at = block.end) {
    const Found found = next_block(text, at, Extent::Window, block, groups);
    if (found == Found::Nothing) return cut;
    const bool entry = block.kind == Block::Kind::Entry;
    if (entry && last_end > 0) {
      if (last_end > about) return cut > 0 ? cut : last_end;
      cut = last_end;
    }
    if (found == Found::Incomplete) return cut;
    see(block);
    if (entry) last_end = block.end;
  }
}

}  // namespace bibmill::bibtex

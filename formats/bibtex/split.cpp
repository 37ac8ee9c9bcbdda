// Where a .bib file may be cut: behind entries.
#include <cstddef>
#include <string_view>

#include "lexer.h"
#include "reader.h"

namespace bibmill::bibtex {

std::size_t split(std::string_view text, std::size_t about) {
  std::size_t cut = 0;        // the end of the last entry behind which another begins
  std::size_t last_end = 0;   // the end of the last entry
  Block block;
  for (std::size_t at = 0;; at = block.end) {
    const Found found = next_block(text, at, Extent::Window, block);
    if (found == Found::Nothing) return cut;
    const bool entry = block.kind == Block::Kind::Entry;
    if (entry && last_end > 0) {
      if (last_end > about) return cut > 0 ? cut : last_end;
      cut = last_end;
    }
    if (found == Found::Incomplete) return cut;
    if (entry) last_end = block.end;
  }
}

}  // namespace bibmill::bibtex

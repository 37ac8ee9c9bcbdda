// Where a text may be cut: behind a record that another one follows.
#include "split.h"
#include "scan.h"

namespace bibmill::pubmed {

std::size_t split(std::string_view text, std::size_t about) {
  Scanner scanner(text);
  std::size_t last_end = 0;  // of the record before
  std::size_t best = 0;
  for (Piece piece = scanner.next(); piece.kind != Piece::Kind::End; piece = scanner.next()) {
    if (piece.kind != Piece::Kind::Record && piece.kind != Piece::Kind::Instruction) continue;
    if (last_end > 0) {
      if (last_end > about) return best > 0 ? best : last_end;
      best = last_end;
    }
    if (piece.end > about && best > 0) return best;
    last_end = piece.end;
  }
  return best;
}

}  // namespace bibmill::pubmed

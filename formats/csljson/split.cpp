// Where to cut a CSL-JSON text: behind an item, if another one follows. And what CSL-JSON looks like.
#include "split.h"

#include "scan.h"

namespace bibmill::csljson {

std::size_t split(std::string_view text, std::size_t about) {
  Walk walk(text, true);
  std::size_t cut = 0;   // behind an item that another one follows
  std::size_t last = 0;  // behind the last item
  while (true) {
    const Piece piece = walk.next();
    if (piece.kind == Piece::Kind::End) return cut;
    if (piece.kind != Piece::Kind::Item) continue;
    if (last != 0) {
      cut = last;
      if (piece.end > about) return cut;
    }
    if (!piece.closed) return cut;
    last = piece.end;
  }
}

int recognises(std::string_view head) {
  const std::size_t begin = skip_blanks(head, 0);
  if (begin == head.size() || (head[begin] != '[' && head[begin] != '{')) return 0;
  Walk walk(head, true);
  const Piece piece = walk.next();
  if (piece.kind == Piece::Kind::End) return head[begin] == '[' ? 40 : 0;
  const std::string_view item = head.substr(piece.begin, piece.end - piece.begin);
  if (piece.kind != Piece::Kind::Item) return piece.kind == Piece::Kind::Member ? 30 : 10;
  if (item.size() < 2 ||
      (skip_blanks(item, 1) < item.size() && item[skip_blanks(item, 1)] != '"' && item[skip_blanks(item, 1)] != '}'))
    return 0;  // YAML in braces, BibTeX …
  const bool typed = item.find("\"type\"") != item.npos;
  const bool keyed = item.find("\"id\"") != item.npos || item.find("\"DOI\"") != item.npos;
  return typed && keyed ? 95 : typed || keyed ? 80 : 50;
}

}  // namespace bibmill::csljson

// One sweep per part, whatever is asked in whatever order.
#include "places.h"

#include <algorithm>
#include <limits>

namespace bibmill {

namespace {

std::uint32_t narrow(std::uint64_t number) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(number, std::numeric_limits<std::uint32_t>::max()));
}

}  // namespace

void Places::pass(std::string_view piece, std::uint64_t offset, std::vector<std::uint64_t>& wanted, bool keep) {
  if (!keep) known_.clear();
  for (std::uint64_t& each : wanted) each = std::clamp(each, offset, offset + piece.size());
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  // The counter looks at a piece from its start for every question: it is asked behind each, where it knows the answer.
  std::uint64_t from = offset;
  for (const std::uint64_t each : wanted) {
    counter_.next(piece.substr(static_cast<std::size_t>(from - offset), static_cast<std::size_t>(each - from)));
    counter_.next({});
    from = each;
    const Position position = counter_.position(each);
    known_.push_back({each, narrow(position.line), narrow(position.column)});
  }
  counter_.next(piece.substr(static_cast<std::size_t>(from - offset)));
  counter_.next({});  // the piece is not ours to remember
}

std::optional<Position> Places::find(std::uint64_t offset) const {
  const Position position = at(offset);
  const auto found = std::lower_bound(known_.begin(), known_.end(), offset, [](const Known& known, std::uint64_t o) { return known.offset < o; });
  return found == known_.end() || found->offset != offset ? std::nullopt : std::optional(position);
}

Position Places::at(std::uint64_t offset) const {
  const auto found = std::lower_bound(known_.begin(), known_.end(), offset,
                                      [](const Known& known, std::uint64_t o) { return known.offset < o; });
  if (found != known_.end()) return {found->line, found->column};
  return known_.empty() ? Position{} : Position{known_.back().line, known_.back().column};
}

}  // namespace bibmill

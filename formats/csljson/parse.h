// Items' JSON as trees: fast where it is JSON, tolerant where it is nearly so.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "bibmill/arena.h"
#include "bibmill/diagnostic.h"
#include "bibmill/text/function_ref.h"
#include "bibmill/text/tree.h"

namespace bibmill::csljson {

/// How deep a value may be nested.
inline constexpr std::size_t kMostDepth = 256;

/// How much the arena of an item's lists keeps for the next.
inline constexpr std::size_t kKeptLists = std::size_t{64} << 10U;

class ItemParser {
 public:
  ItemParser();
  ~ItemParser();

  /// A part of an array, from its beginning or from behind an item on, as a whole array with room behind it, in the arena. Empty: it is no such part.
  static std::string_view copy_of_list(std::string_view text, Arena& texts);

  /// Parses the items of such a copy one after another, as far as it is strict JSON, none of them is an object around items, and `take` says true. How much of the text was read. `first`: it begins a
  /// source. `lists` is cleared for each.
  std::size_t parse_list(std::string_view list, std::uint64_t offset, bool first, Arena& texts, Arena& lists, text::FunctionRef<bool(const text::Node&)> take);

  /// Parses the item at text[begin, end). Texts go to `texts`, lists to `lists`; keys may stay with the texts. What strict JSON refuses is read again by the tolerant parser, which says
  /// what is wrong and keeps what it can.
  text::Node parse(std::string_view text, std::size_t begin, std::size_t end, std::uint64_t offset, Arena& texts, Arena& lists,
                   DiagnosticSink& diagnostics);

 private:
  struct Strict;
  std::unique_ptr<Strict> strict_;
};

}  // namespace bibmill::csljson

// One item's JSON as a tree: fast where it is JSON, tolerant where it is nearly so.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "bibmill/arena.h"
#include "bibmill/diagnostic.h"
#include "bibmill/text/tree.h"

namespace bibmill::csljson {

/// How deep a value may be nested.
inline constexpr std::size_t kMostDepth = 256;

class ItemParser {
 public:
  ItemParser();
  ~ItemParser();

  /// Parses the item at text[begin, end). Texts go to `texts`, lists to `lists`; keys may stay with the texts. What strict JSON refuses is read again by the tolerant parser, which says
  /// what is wrong and keeps what it can.
  text::Node parse(std::string_view text, std::size_t begin, std::size_t end, std::uint64_t offset, Arena& texts, Arena& lists,
                   DiagnosticSink& diagnostics);

 private:
  struct Strict;
  std::unique_ptr<Strict> strict_;
};

}  // namespace bibmill::csljson

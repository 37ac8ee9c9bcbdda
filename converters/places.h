// Places: lines and columns of offsets, found in one sweep over each part of an input.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "bibmill/source.h"

namespace bibmill {

class Places {
 public:
  /// Passes over the next piece of the text, which begins at `offset`, and finds the positions of the offsets `wanted` in it (in any order; those outside count as
  /// its ends). What earlier pieces found is forgotten unless `keep`.
  void pass(std::string_view piece, std::uint64_t offset, std::vector<std::uint64_t>& wanted, bool keep);

  /// The position of an offset that was wanted.
  Position at(std::uint64_t offset) const;
  /// Nothing of one that was not.
  std::optional<Position> find(std::uint64_t offset) const;

 private:
  struct Known {
    std::uint64_t offset;
    std::uint32_t line;
    std::uint32_t column;
  };

  LineCounter counter_;
  std::vector<Known> known_;  // by offset
};

}  // namespace bibmill

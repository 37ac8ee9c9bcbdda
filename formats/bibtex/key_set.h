// KeySet: the keys of all entries of all files, whatever their case.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "bibmill/arena.h"

namespace bibmill::bibtex {

/// One piece of memory. A key's hash stands in its slot, so that neither looking for one nor growing reads the texts of others, which lie far apart.
class KeySet {
 public:
  KeySet();
  /// False: the key, which is not empty, is there. The arena gets its text.
  bool add(std::string_view key, Arena& arena);
  bool contains(std::string_view key) const;

 private:
  struct Slot {
    const char* text = nullptr;  ///< as it came first; null where nothing is
    std::uint32_t size = 0;
    std::uint32_t hash = 0;
  };

  std::size_t slot_with(std::string_view key, std::uint32_t hash) const;
  void grow();

  std::uint64_t secret_;
  std::vector<Slot> slots_;  // a power of two; a key whose slot is taken goes to the next
  std::size_t size_ = 0;
};

}  // namespace bibmill::bibtex

// BlockList: the blocks that a scan has passed, so that the reader of a part need not look for their ends again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "bibmill/format.h"
#include "lexer.h"

namespace bibmill::bibtex {

class BlockList final : public PartNotes {
 public:
  /// `text` stands at `offset` in the source. Blocks come in the order of their beginnings.
  void add(const Block& block, std::span<const Group> groups, std::string_view text, std::uint64_t offset);
  /// What begins at `from` in the source or behind goes to `other`, which is empty.
  void part_from(std::uint64_t from, BlockList& other);
  void clear();

  /// Goes through the list, in the order of the source.
  class Walk {
   public:
    Walk() = default;
    explicit Walk(const BlockList& list) : list_(&list) {}
    /// The block at `at` in `text`, which stands at `offset`; false: it is not known. Not asked for an earlier one than before.
    bool find(std::string_view text, std::uint64_t offset, std::size_t at, Block& block, std::span<const Group>& groups);

   private:
    const BlockList* list_ = nullptr;
    std::size_t next_ = 0;
  };

 private:
  struct Item {
    Block block;          // its places count from its beginning
    std::uint64_t begin;  // in the source
    std::size_t type_at;
    std::size_t type_size;
    std::size_t first_group;
    std::size_t group_count;
  };

  std::vector<Item> items_;
  std::vector<Group> groups_;  // of all
};

}  // namespace bibmill::bibtex

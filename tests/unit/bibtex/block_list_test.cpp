// Blocks that are handed on: found where they were seen, with the groups in them, and nowhere else.
#include "block_list.h"

#include <gtest/gtest.h>

#include <span>
#include <string_view>
#include <vector>

namespace bibmill::bibtex {
namespace {

constexpr std::string_view kText = "% words\n@Book {a, title = {T {U}}, note = {V}}\n@misc(b)\n";
constexpr std::uint64_t kOffset = 100;

BlockList blocks_of(std::string_view text) {
  BlockList list;
  std::vector<Group> groups;
  Block block;
  for (std::size_t at = 0; next_block(text, at, Extent::Whole, block, &groups) == Found::Whole; at = block.end) list.add(block, groups, text, kOffset);
  return list;
}

TEST(BlockList, GivesBlocksAsTheyAreFound) {
  const BlockList list = blocks_of(kText);
  BlockList::Walk walk(list);
  std::vector<Group> groups;
  Block block;
  std::size_t count = 0;
  for (std::size_t at = 0; next_block(kText, at, Extent::Whole, block, &groups) == Found::Whole; at = block.end, ++count) {
    Block known;
    std::span<const Group> known_groups;
    ASSERT_TRUE(walk.find(kText, kOffset, at, known, known_groups)) << at;
    EXPECT_EQ(known.kind, block.kind);
    EXPECT_EQ(known.begin, block.begin);
    EXPECT_EQ(known.end, block.end);
    EXPECT_EQ(known.type, block.type);
    EXPECT_EQ(known.body, block.body);
    EXPECT_EQ(known.closer, block.closer);
    ASSERT_EQ(known_groups.size(), groups.size());
    for (std::size_t number = 0; number < groups.size(); ++number) EXPECT_EQ(known_groups[number].close, groups[number].close);
  }
  EXPECT_EQ(count, 5U);
}

TEST(BlockList, KnowsNothingOfOtherPlaces) {
  const BlockList list = blocks_of(kText);
  Block block;
  std::span<const Group> groups;
  EXPECT_FALSE(BlockList::Walk(list).find(kText, kOffset + 1, 0, block, groups));
  EXPECT_FALSE(BlockList::Walk(list).find(kText.substr(0, 20), kOffset, 8, block, groups));  // it would go beyond the text
  EXPECT_FALSE(BlockList::Walk().find(kText, kOffset, 0, block, groups));
}

TEST(BlockList, IsPartedWhereAPartEnds) {
  BlockList list = blocks_of(kText);
  BlockList rest;
  const std::size_t second = kText.find("@misc");
  list.part_from(kOffset + second, rest);
  Block block;
  std::span<const Group> groups;
  EXPECT_TRUE(BlockList::Walk(list).find(kText, kOffset, 8, block, groups));
  EXPECT_EQ(groups.size(), 2U);
  EXPECT_FALSE(BlockList::Walk(list).find(kText, kOffset, second, block, groups));
  EXPECT_TRUE(BlockList::Walk(rest).find(kText, kOffset, second, block, groups));
  EXPECT_EQ(block.type, "misc");
}

}  // namespace
}  // namespace bibmill::bibtex

// Arenas grow, and are used again.
#include <gtest/gtest.h>

#include <string>

#include "bibmill/arena.h"

namespace bibmill {
namespace {

TEST(Arena, KeepsWhatItIsGiven) {
  Arena arena;
  const Str first = arena.copy("first");
  for (int n = 0; n < 10000; ++n) arena.copy("more and more");
  const Str joined = arena.concat({"a", "", "bc"});
  EXPECT_EQ(first, "first");
  EXPECT_EQ(joined, "abc");
}

TEST(Arena, ServesAgainWithoutTakingMore) {
  Arena arena;
  const auto fill = [&] {
    for (int n = 0; n < 10000; ++n) arena.copy("more and more");
  };
  fill();
  arena.clear(std::size_t{1} << 20);
  const std::size_t taken = arena.size();
  EXPECT_GE(taken, 10000 * std::string("more and more").size());
  for (int round = 0; round < 5; ++round) {
    fill();
    EXPECT_EQ(arena.size(), taken);
    arena.clear(std::size_t{1} << 20);
  }
}

TEST(Arena, KeepsNoMoreThanItIsTold) {
  Arena arena;
  arena.allocate(100000, 8);
  arena.clear(10000);
  EXPECT_EQ(arena.size(), 10000U);
  arena.clear(0);
  EXPECT_EQ(arena.size(), 0U);
  EXPECT_EQ(arena.copy("on"), "on");
}

TEST(Arena, ExtendsWhatItGaveLast) {
  Arena arena;
  arena.allocate(1, 1);  // takes the first block
  char* const last = static_cast<char*>(arena.allocate(8, 1));
  EXPECT_TRUE(arena.extend(last + 8, 8));
  EXPECT_EQ(arena.allocate(1, 1), last + 16);
  EXPECT_FALSE(arena.extend(last + 16, 8)) << "something stands behind it";
}

TEST(Arena, DoesNotExtendBeyondItsBlock) {
  Arena arena;
  char* const last = static_cast<char*>(arena.allocate(8, 1));
  EXPECT_FALSE(arena.extend(last + 8, std::size_t{1} << 20));
  EXPECT_TRUE(arena.extend(last + 8, 8));
}

TEST(Arena, GoesBackAndGivesTheRoomToOthers) {
  Arena arena;
  const Str kept = arena.copy("kept");
  const Arena::Place place = arena.place();
  const Str first = arena.copy("first");
  arena.go_back(place);
  const Str other = arena.copy("other");
  EXPECT_EQ(kept, "kept");
  EXPECT_EQ(other, "other");
#ifdef BIBMILL_SANITIZED
  EXPECT_NE(other.data(), first.data());  // so that whoever looks at `first` is found out
#else
  EXPECT_EQ(other.data(), first.data());
#endif
}

TEST(Arena, DoesNotGoBackIntoABlockThatIsFull) {
  Arena arena;
  const Str kept = arena.copy("kept");
  const Arena::Place place = arena.place();
  const Str large = arena.copy(std::string(100'000, 'x'));
  arena.go_back(place);
  EXPECT_NE(arena.copy("other").data(), large.data());
  EXPECT_EQ(kept, "kept");
  EXPECT_EQ(large, std::string(100'000, 'x'));
}

TEST(List, GrowsWhereItStandsUntilSomethingStandsBehindIt) {
  Arena arena;
  List<int> first;
  for (int n = 0; n < 3; ++n) first.push_back(arena, n);
  const int* const began = first.begin();
  first.push_back(arena, 3);
  EXPECT_EQ(first.begin(), began);
  List<int> second;
  for (int n = 0; n < 100; ++n) {
    first.push_back(arena, 4 + n);
    second.push_back(arena, -n);
  }
  for (int n = 0; n < 104; ++n) EXPECT_EQ(first[static_cast<std::size_t>(n)], n);
  for (int n = 0; n < 100; ++n) EXPECT_EQ(second[static_cast<std::size_t>(n)], -n);
}

TEST(List, LeavesItsFullCopyAlone) {
  Arena arena;
  List<int> one;
  one.push_back(arena, 1);
  List<int> other = one;
  one.push_back(arena, 2);
  other.push_back(arena, 3);
  EXPECT_EQ(one[1], 2);
  EXPECT_EQ(other[1], 3);
}

}  // namespace
}  // namespace bibmill

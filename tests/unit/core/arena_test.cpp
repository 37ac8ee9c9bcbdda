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

}  // namespace
}  // namespace bibmill

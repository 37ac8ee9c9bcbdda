// Which keys were given: in memory, in a file, made distinct.
#include "bibmill/key_register.h"

#include <gtest/gtest.h>

#include <string>

namespace bibmill {
namespace {

TEST(KeyRegister, TellsKeysApartByLetters) {
  KeyRegister keys;
  std::string last;
  for (int n = 0; n < 30; ++n) {
    last = "k";
    keys.add_distinct(last);
  }
  EXPECT_EQ(last, "kac");  // k, ka … kz, kaa, kab, kac
  EXPECT_FALSE(keys.add("kaa"));
  EXPECT_TRUE(keys.add("kad"));
  last = "k";
  keys.add_distinct(last);
  EXPECT_EQ(last, "kae");
}

TEST(KeyRegister, RemembersMany) {
  for (const std::size_t most_slots : {KeyRegister::kMostSlots, std::size_t{64}, std::size_t{1024}}) {
    KeyRegister keys(most_slots);
    for (int n = 0; n < 10000; ++n) EXPECT_TRUE(keys.add(std::to_string(n)));
    for (int n = 0; n < 10000; ++n) EXPECT_FALSE(keys.add(std::to_string(n)));
  }
}

TEST(KeyRegister, ACopyGoesItsOwnWay) {
  for (const std::size_t most_slots : {KeyRegister::kMostSlots, std::size_t{64}}) {
    KeyRegister keys(most_slots);
    for (int n = 0; n < 1000; ++n) keys.add(std::to_string(n));
    KeyRegister copy(keys);
    EXPECT_TRUE(keys.add("x"));
    EXPECT_TRUE(copy.add("x"));
    for (int n = 0; n < 1000; ++n) EXPECT_FALSE(copy.add(std::to_string(n)));
  }
}

/// More bases collide than are remembered: the letters go on as if they were.
TEST(KeyRegister, ForgottenBasesComeToTheSameKeys) {
  KeyRegister keys;
  constexpr int kBases = 40'000;
  for (const std::string_view letter : {"", "a", "b", "c"})
    for (int n = 0; n < kBases; ++n) {
      std::string key = std::to_string(n) + "-";
      keys.add_distinct(key);
      ASSERT_EQ(key, std::to_string(n) + "-" + std::string(letter));
    }
}


}  // namespace
}  // namespace bibmill

// The table by numbers: what was put there is found, however many numbers meet at one place.
#include "number_map.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace bibmill {
namespace {

TEST(NumberMap, FindsWhatWasPutThere) {
  NumberMap<std::string> map;
  std::map<std::uint64_t, std::string> expected;
  for (std::uint64_t at = 1; at <= 5000; ++at) {
    // Many meet: in the last bits, or in all but the first.
    const std::uint64_t number = at % 3 == 0 ? at << 32U : at % 3 == 1 ? at * 0x9E3779B97F4A7C15U : at;
    const auto [value, fresh] = map.try_emplace(number, std::to_string(at));
    EXPECT_EQ(fresh, expected.emplace(number, std::to_string(at)).second);
    EXPECT_EQ(value, expected.at(number));
  }
  EXPECT_EQ(map.size(), expected.size());
  for (const auto& [number, text] : expected) {
    const auto [value, fresh] = map.try_emplace(number, "other");
    EXPECT_FALSE(fresh);
    EXPECT_EQ(value, text);
    value += "!";  // it is the value that is kept
    EXPECT_EQ(map.try_emplace(number, "other").first, text + "!");
  }
}

}  // namespace
}  // namespace bibmill

// Distances between words.
#include "bibmill/nearest.h"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

namespace bibmill {
namespace {

constexpr std::array<std::string_view, 4> kWords = {"convert", "formats", "explain", "help"};

TEST(Nearest, CountsSlips) {
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("convert", "covnert"), 1U);
  EXPECT_EQ(edit_distance("convert", "Convert"), 0U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(Nearest, FindsTheWordThatWasMeant) {
  EXPECT_EQ(nearest("covert", kWords), "convert");
  EXPECT_EQ(nearest("format", kWords), "formats");
  EXPECT_EQ(nearest("exp", kWords), "explain");
  EXPECT_EQ(nearest("zzz", kWords), "");
  EXPECT_EQ(nearest(std::string(1000, 'a'), kWords), "");
  EXPECT_EQ(suggestion("hlep", kWords), "; did you mean help?");
}

}  // namespace
}  // namespace bibmill

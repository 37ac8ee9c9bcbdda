// Where values end, sixty-four bytes at a time, held against a walk over each byte.
#include "scan.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <random>
#include <string>
#include <vector>

namespace bibmill::csljson {
namespace {

std::size_t slow_end(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"')
      in_string = !in_string;
    else if (in_string && c == '\\')
      ++at;
    else if (!in_string && (c == '{' || c == '['))
      ++depth;
    else if (!in_string && (c == '}' || c == ']') && --depth == 0)
      return at + 1;
  }
  return text.size();
}

/// In a block of its own size, so that a sanitizer sees a byte too far.
std::size_t exact_end(std::string_view text) {
  const std::vector<char> exact(text.begin(), text.end());
  return end_of_value({exact.data(), exact.size()}, 0);
}

TEST(CslJsonScan, FindsTheEndWhereverSignsStand) {
  for (const std::string_view signs : {R"("\")", R"(\)", R"("\\")", R"("]}\"")", R"([{|}])"})
    for (std::size_t before = 0; before < 140; ++before) {
      const std::string blanks(before, ' ');
      const std::string text = "{\"a\":" + blanks + std::string(signs) + "\"" + blanks + "\"}}";
      EXPECT_EQ(exact_end(text), slow_end(text)) << text;
      const std::string in_string = "{\"" + blanks + std::string(signs) + blanks + "\"}}]\"}";
      EXPECT_EQ(exact_end(in_string), slow_end(in_string)) << in_string;
    }
}

TEST(CslJsonScan, FindsTheEndOfAnything) {
  std::mt19937 random(1);
  for (const std::string_view letters : {R"("\[]{}| a)", R"("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa[]{}\)", R"("\\\a{})"})
    for (int count = 0; count < 5000; ++count) {
      std::string text = "{";
      for (std::size_t size = random() % 300; size > 0; --size) text += letters[random() % letters.size()];
      ASSERT_EQ(exact_end(text), slow_end(text)) << text;
    }
}

}  // namespace
}  // namespace bibmill::csljson

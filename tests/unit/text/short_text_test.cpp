// Texts that are put down and compared without a call.
#include "bibmill/text/short_text.h"

#include <gtest/gtest.h>

#include <string>

namespace bibmill::text {
namespace {

std::string of_size(std::size_t size) {
  std::string text;
  for (std::size_t at = 0; at < size; ++at) text += static_cast<char>('a' + at % 26);
  return text;
}

TEST(ShortText, IsPutWholeAndNothingBesideIt) {
  for (std::size_t size = 0; size <= 70; ++size) {
    std::string place(size + 2, '.');
    EXPECT_EQ(put(place.data() + 1, of_size(size)), place.data() + 1 + size);
    EXPECT_EQ(place, '.' + of_size(size) + '.');
  }
}

TEST(ShortText, IsTheSameOnlyIfEveryByteIs) {
  for (std::size_t size = 0; size <= 40; ++size) {
    const std::string text = of_size(size);
    EXPECT_TRUE(same(text, of_size(size)));
    EXPECT_FALSE(same(text, of_size(size + 1)));
    for (std::size_t at = 0; at < size; ++at) {
      std::string other = text;
      other[at] = '.';
      EXPECT_FALSE(same(text, other)) << size << ' ' << at;
    }
  }
}

}  // namespace
}  // namespace bibmill::text

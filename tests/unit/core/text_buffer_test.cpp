// Text that grows at its end.
#include "bibmill/text_buffer.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <utility>

namespace bibmill {
namespace {

TEST(TextBuffer, GrowsAndKeepsWhatItHas) {
  TextBuffer buffer;
  EXPECT_EQ(buffer.view(), "");
  std::string expected;
  for (int piece = 0; piece < 2000; ++piece) {
    const std::string text = std::to_string(piece);
    buffer.append(text);
    buffer += ',';
    expected += text + ',';
  }
  EXPECT_EQ(buffer.view(), expected);
  EXPECT_LE(buffer.capacity(), 2 * expected.size());
}

TEST(TextBuffer, TakesOfItsRoomWhatWasPutThere) {
  TextBuffer buffer;
  buffer += "ab";
  std::memcpy(buffer.room(100), "cdef", 4);
  buffer.take(3);
  EXPECT_EQ(buffer.view(), "abcde");
  buffer.cut(1);
  buffer += "x";
  EXPECT_EQ(buffer.view(), "ax");
}

TEST(TextBuffer, IsEmptyOnceItWasMoved) {
  TextBuffer buffer;
  buffer += "text";
  const TextBuffer other = std::move(buffer);
  EXPECT_EQ(other.view(), "text");
  EXPECT_TRUE(buffer.empty());  // NOLINT: that is the question
  buffer += "new";
  EXPECT_EQ(buffer.view(), "new");
}

}  // namespace
}  // namespace bibmill

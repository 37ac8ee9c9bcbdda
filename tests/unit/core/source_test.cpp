// Lines and columns: every kind of line end, also across pieces, and columns in code points.
#include "bibmill/source.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bibmill {
namespace {

struct Case {
  std::string text;
  std::uint64_t offset;
  Position expected;
};

const std::vector<Case> kCases = {
    {"", 0, {1, 1}},
    {"abc", 2, {1, 3}},
    {"a\nb", 2, {2, 1}},
    {"a\r\nb", 3, {2, 1}},
    {"a\rb", 2, {2, 1}},
    {"a\n\n\nb", 4, {4, 1}},
    {"\xC3\xA9t\xC3\xA9 x", 6, {1, 5}},
    {"a\r\n\r\nb\rc", 8, {4, 2}},
    {"a\nbc", 4, {2, 3}},
    {std::string(1000, '\n') + "x", 1001, {1001, 2}},
};

TEST(LineCounter, CountsEveryKindOfLineEnd) {
  for (const Case& c : kCases) {
    LineCounter counter;
    counter.next(c.text);
    EXPECT_EQ(counter.position(c.offset), c.expected) << c.text << " at " << c.offset;
  }
}

TEST(LineCounter, CountsAlikeInShortPiecesAndInLong) {
  std::string text;
  for (int at = 0; at < 400; ++at) text += at % 7 == 0 ? "\r\n" : at % 11 == 0 ? "\r" : at % 5 == 0 ? "\n" : at % 3 == 0 ? "é" : "abc";
  LineCounter whole;
  whole.next(text);
  for (const std::size_t size : {1U, 2U, 95U, 96U, 97U, 200U}) {
    LineCounter counter;
    for (std::size_t from = 0; from < text.size(); from += size) {
      counter.next(std::string_view(text).substr(from, size));
      counter.next({});
      const std::size_t end = std::min(from + size, text.size());
      EXPECT_EQ(counter.position(end), whole.position(end)) << size << " " << end;
    }
  }
}

TEST(LineCounter, DoesNotDependOnThePieces) {
  const std::string text = "one\r\ntwo\rthree\n\xC3\xA9\r\n\nlast";
  LineCounter whole;
  whole.next(text);
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    LineCounter counter;
    counter.next(std::string_view(text).substr(0, cut));
    for (std::size_t at = 0; at < cut; ++at) EXPECT_EQ(counter.position(at), whole.position(at)) << "cut " << cut << " at " << at;
    counter.next(std::string_view(text).substr(cut));
    for (std::size_t at = cut + 1; at <= text.size(); ++at) EXPECT_EQ(counter.position(at), whole.position(at)) << "cut " << cut << " at " << at;
  }
}

}  // namespace
}  // namespace bibmill

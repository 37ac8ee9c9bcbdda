// Cutting an input into parts: what a second reading need not ask again.
#include "bibmill/chunker.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness.h"

namespace bibmill::mock {
namespace {

std::size_t questions = 0;

/// Records are lines.
std::size_t split_at_lines(std::string_view text, std::size_t) {
  ++questions;
  const std::size_t last = text.rfind('\n');
  const std::size_t before = last == text.npos || last == 0 ? text.npos : text.rfind('\n', last - 1);
  return before == text.npos ? 0 : before + 1;
}

const Format& lines() {
  static const Format kLines = [] {
    Format format{};
    format.id = "lines";
    format.split = split_at_lines;
    return format;
  }();
  return kLines;
}

std::vector<std::string> parts_of(const std::string& path, std::size_t part_size, Cuts* cuts) {
  Input input(path, {});
  input.head();
  Chunker chunker(input, lines(), std::uint64_t{1} << 20, part_size, cuts);
  std::vector<std::string> parts;
  for (Chunk chunk; chunker.next(chunk);) parts.emplace_back(chunk.text);
  return parts;
}

class ChunkerTest : public testing::Test {
 protected:
  ChunkerTest() {
    std::string text;
    for (int line = 0; line < 50'000; ++line) text += "line " + std::to_string(line) + '\n';
    path_ = folder_.file("lines.txt", text);
  }

  Folder folder_;
  std::string path_;
};

TEST_F(ChunkerTest, AsksOnceForAnInputThatIsReadTwice) {
  Cuts cuts;
  questions = 0;
  const std::vector<std::string> first = parts_of(path_, 100'000, &cuts);
  const std::size_t asked = questions;
  EXPECT_GT(asked, 3U);
  EXPECT_EQ(parts_of(path_, 100'000, &cuts), first);
  EXPECT_EQ(questions, asked);
  EXPECT_EQ(parts_of(path_, 100'000, nullptr), first);
}

TEST_F(ChunkerTest, AsksAnewWhereTheTextComesInOtherPieces) {
  Cuts cuts;
  parts_of(path_, 100'000, &cuts);
  questions = 0;
  const std::vector<std::string> larger = parts_of(path_, 200'000, &cuts);
  EXPECT_GT(questions, 1U);
  EXPECT_EQ(larger, parts_of(path_, 200'000, nullptr));
}

}  // namespace
}  // namespace bibmill::mock

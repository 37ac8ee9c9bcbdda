// What a record keeps of its layout: nothing, a frame, or its text.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.h"

namespace bibmill::ris::testing {
namespace {

using ::testing::StartsWith;

std::vector<std::string> layouts(std::string_view text) {
  const Reading reading = read(text, everything());
  std::vector<std::string> layouts;
  for (const Record& record : reading.records) layouts.emplace_back(record.layout);
  return layouts;
}

std::string written_as_it_stood(std::string_view text) {
  WriteOptions options;
  options.layout = Layout::Source;
  return write(read(text, everything()), options).text;
}

struct LayoutCase {
  std::string_view what;
  std::string_view text;
  std::vector<std::string> layouts;
};

const LayoutCase kLayouts[] = {
    {"canonical behind blank lines", "\nTY  - JOUR\nTI  - a\nER  - \n\nTY  - JOUR\nTI  - b\nER  - \n", {"", ""}},
    {"no blank lines", "TY  - JOUR\nTI  - a\nER  - \nTY  - JOUR\nTI  - b\nER  - \n", {"ER  - \n", "ER  - \n"}},
    {"many blank lines", "\n\nTY  - JOUR\nTI  - a\nER  - \n\n\n", {"\n\nER  - \n\n\n"}},
    {"CR LF", "TY  - JOUR\r\nTI  - a\r\nER  - \r\n", {"ER  - \r\n"}},
    {"CR", "TY  - JOUR\rTI  - a\rER  - \r", {"ER  - \r"}},
    {"no line end at the end", "\nTY  - JOUR\nTI  - a\nER  -", {"\nER  -"}},
    {"blanks", "\nTY  - JOUR\nTI  -  a\nER  - \n", {"\nTY  - JOUR\nTI  -  a\nER  - \n"}},
    {"wrapping", "\nTY  - JOUR\nTI  - a\nb\nER  - \n", {"\nTY  - JOUR\nTI  - a\nb\nER  - \n"}},
    {"mixed line ends", "TY  - JOUR\r\nTI  - a\nER  - \n", {"TY  - JOUR\r\nTI  - a\nER  - \n"}},
    {"no ER", "\nTY  - JOUR\nTI  - a\n", {"\nTY  - JOUR\nTI  - a\n"}},
};

TEST(RisLayout, IsKeptAsBrieflyAsCanBe) {
  for (const LayoutCase& one : kLayouts) {
    EXPECT_EQ(layouts(one.text), one.layouts) << one.what;
    EXPECT_EQ(written_as_it_stood(one.text), one.text) << one.what;
  }
}

TEST(RisLayout, IsOfNoUseToACanonicalWriter) {
  for (const LayoutCase& one : kLayouts) EXPECT_THAT(write(read(one.text, everything())).text, StartsWith("TY  - JOUR\nTI  - a")) << one.what;
}

TEST(RisLayout, IsKeptOnlyWhereAskedFor) {
  for (const LayoutCase& one : kLayouts)
    for (const Record& record : read(one.text).records) EXPECT_EQ(record.layout, "") << one.what;
}

}  // namespace
}  // namespace bibmill::ris::testing

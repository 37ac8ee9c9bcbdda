// Every document below this folder is a test: its commands are run, and their answers compared or, with BIBMILL_BLESS=1, written into it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "case.h"

namespace bibmill::cases {
namespace {

namespace fs = std::filesystem;

fs::path root() { return fs::path(BIBMILL_SOURCE_DIR) / "tests" / "cases"; }

std::vector<fs::path> documents() {
  std::vector<fs::path> paths;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root()))
    if (entry.path().extension() == ".md" && entry.path().filename() != "README.md") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool blesses() {
  const char* const bless = std::getenv("BIBMILL_BLESS");
  return bless != nullptr && std::string(bless) == "1";
}

class Case : public testing::TestWithParam<fs::path> {};

TEST_P(Case, Holds) {
  std::ifstream in(GetParam(), std::ios::binary);
  const std::string markdown{std::istreambuf_iterator<char>(in), {}};
  const Document expected = parse(markdown);
  const Document answers = answered(expected);
  const std::vector<std::string> found = differences(expected, answers);
  if (blesses() && !found.empty()) {
    std::ofstream(GetParam(), std::ios::binary) << print(answers);
    return;
  }
  for (const std::string& difference : found) ADD_FAILURE() << difference;
}

std::string name_of(const testing::TestParamInfo<fs::path>& info) {
  std::string name = fs::relative(info.param, root()).replace_extension().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Cases, Case, testing::ValuesIn(documents()), name_of);

// ------------------------------------------------------------------------------------------------------ the runner itself

TEST(Document, ComesBackAsItWas) {
  const std::string markdown = "# Title\n\nWhy.\n\n```file a b\nx\n```\n\n```console\n$ cat\n```\nend\n";
  const Document document = parse(markdown);
  ASSERT_EQ(document.parts.size(), 2U);
  EXPECT_EQ(document.parts[0].name, "a b");
  EXPECT_EQ(print(document), markdown);
}

TEST(Document, BytesSurvive) {
  for (const std::string& bytes :
       {std::string("a\n"), std::string("a"), std::string(), std::string("\xE9\r\n\xC3\xA9"), std::string("\0\n", 2)})
    EXPECT_EQ(bytes_of(body_of(bytes)), bytes);
}

TEST(Document, AnEllipsisStandsForTheRestOfALine) {
  EXPECT_TRUE(fits("a: …\nb\n", "a: what ever\nb\n"));
  EXPECT_FALSE(fits("a: …\n", "b: what ever\n"));
  EXPECT_FALSE(fits("a\n", "a\nb\n"));
}

TEST(Document, AnAnswerThatDiffersIsFound) {
  const Document document =
      parse("```console\n$ echo one; echo two >&2; exit 3\none\n```\n```stderr\ntwo\n```\n```exit 3\n```\n");
  EXPECT_TRUE(differences(document, answered(document)).empty());
  EXPECT_EQ(print(answered(document)), print(document));
  const Document wrong = parse("```console\n$ echo one; echo two >&2; exit 3\n1\n```\n");
  EXPECT_EQ(differences(wrong, answered(wrong)).size(), 3U);
  EXPECT_EQ(print(answered(wrong)), print(document));
}

}  // namespace
}  // namespace bibmill::cases

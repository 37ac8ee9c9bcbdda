// bibtool reads what bibmill writes as BibTeX, and counts the same entries.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>

#include "client.h"

namespace bibmill::interop {
namespace {

namespace fs = std::filesystem;

std::size_t entries_in(const std::string& bibtex) {
  static const std::regex kEntry(R"(@(?!comment|string|preamble)\w+\s*[{(])", std::regex::icase);
  return static_cast<std::size_t>(std::distance(std::sregex_iterator(bibtex.begin(), bibtex.end(), kEntry), std::sregex_iterator()));
}

std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class Bibtool : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_installed("bibtool")) GTEST_SKIP() << "bibtool is not installed";
  }

  static void expect_read(const fs::path& input) {
    const fs::path output = converted(input, "bibtex");
    const Outcome outcome = run("bibtool -r biblatex -i " + quoted(output) + " -o read.bib");
    EXPECT_EQ(outcome.output.find("*** BibTool ERROR"), std::string::npos) << input << "\n" << outcome.output;
    const Outcome read = run("cat read.bib");
    EXPECT_EQ(entries_in(read.output), entries_in(content_of(output))) << input;
  }
};

TEST_F(Bibtool, ReadsTheMainRecord) { expect_read(main_fixture()); }

TEST_F(Bibtool, ReadsEveryFixture) {
  for (const fs::path& input : fixtures()) {
    // What was BibTeX keeps the types that its users made up (@Lawreport), which bibtool refuses.
    if (input.string().find("/fixtures/bib") == std::string::npos) expect_read(input);
  }
}

}  // namespace
}  // namespace bibmill::interop

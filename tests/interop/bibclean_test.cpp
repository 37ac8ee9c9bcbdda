// bibclean reads what bibmill writes as BibTeX without a syntax error; what it remarks on values is what the source's values are.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "client.h"

namespace bibmill::interop {
namespace {

namespace fs = std::filesystem;

/// bibclean's remarks on values: it knows what usual values look like, and asks about all others.
constexpr const char* kRemarks[] = {
    "Unexpected value in",  // of any field: "e12--e15" as pages, "in press" as year
    "Suspicious year in",   // later than bibclean itself
    "Invalid length for ISBN", "Invalid length for ISSN", "Invalid checksum for ISBN", "Invalid checksum for ISSN",  // of two numbers, or as the source had it
    "Incomplete CODEN",
    "Unexpected ISBN", "Unexpected ISSN",
};

class Bibclean : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_installed("bibclean")) GTEST_SKIP() << "bibclean is not installed";
  }

  /// Lines of errors ("??") and of remarks ("%%") without the place.
  static std::set<std::string> said_of(const fs::path& file, const std::string& mark) {
    std::set<std::string> said;
    std::stringstream lines(run("bibclean " + quoted(file) + " > /dev/null").output);
    static const std::regex kPlace(R"re("[^"]*", line \d+:?\s*)re");
    for (std::string line; std::getline(lines, line);)
      if (line.rfind(mark, 0) == 0) said.insert(std::regex_replace(line.substr(mark.size()), kPlace, ""));
    return said;
  }
};

TEST_F(Bibclean, ReadsEveryFixtureWithoutASyntaxError) {
  for (const fs::path& input : fixtures()) {
    const bool own = input.string().find("/fixtures/bib") != std::string::npos;
    const std::set<std::string> known = own ? said_of(input, "??") : std::set<std::string>{};
    const fs::path output = converted(input, "bibtex");
    for (const std::string& error : said_of(output, "??"))
      EXPECT_TRUE(known.count(error) > 0 || (own && error.find("Expected comma after last field") != std::string::npos)) << input << ":" << error;
    for (const std::string& remark : said_of(output, "%%")) {
      const bool of_a_value = std::any_of(std::begin(kRemarks), std::end(kRemarks), [&](const char* one) { return remark.find(one) != std::string::npos; });
      EXPECT_TRUE(of_a_value) << input << ":" << remark;
    }
  }
}

}  // namespace
}  // namespace bibmill::interop

// xmllint with NLM's DTD accepts what bibmill writes as PubMed XML, whatever it was read from.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "client.h"

namespace bibmill::interop {
namespace {

namespace fs = std::filesystem;

const fs::path kDtd = fs::path(BIBMILL_SAMPLES) / "schemas/pubmed_250101.dtd";

class Xmllint : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_installed("xmllint")) GTEST_SKIP() << "xmllint is not installed";
    if (!fs::exists(kDtd)) GTEST_SKIP() << "NLM's DTD is not in BIBMILL_SAMPLES";
  }

  static void expect_valid(const fs::path& input, const std::string& options = {}) {
    const Outcome outcome = run("xmllint --noout --nonet --dtdvalid " + quoted(kDtd) + " " + quoted(converted(input, "pubmed", options)));
    EXPECT_EQ(outcome.status, 0) << input << "\n" << outcome.output.substr(0, 2000);
  }
};

TEST_F(Xmllint, AcceptsTheMainRecord) { expect_valid(main_fixture()); }

TEST_F(Xmllint, AcceptsEveryFixture) {
  // What was PubMed XML under an older DTD stays so: it is not made to say what it did not.
  const std::vector<std::string> older = {"efetch_2002", "efetch_2013", "medline_2009", "three-batches"};
  for (const fs::path& input : fixtures()) {
    const std::string path = input.string();
    if (std::any_of(older.begin(), older.end(), [&](const std::string& name) { return path.find(name) != std::string::npos; })) continue;
    expect_valid(input, "--layout canonical");
  }
}

}  // namespace
}  // namespace bibmill::interop

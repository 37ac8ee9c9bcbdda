// xmllint with NLM's DTD accepts what bibmill writes as PubMed XML, whatever it was read from.
#include <gtest/gtest.h>

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
  for (const fs::path& input : fixtures()) {
    // Older layouts come back as they stood, and stood under older DTDs.
    expect_valid(input, "--layout canonical");
  }
}

}  // namespace
}  // namespace bibmill::interop

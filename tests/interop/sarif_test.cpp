// Microsoft's Sarif.Multitool, which validates for code scanning services, has nothing to say against check's reports.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "client.h"

namespace bibmill::interop {
namespace {

namespace fs = std::filesystem;

/// The program comes as npm's @microsoft/sarif-multitool, which calls it sarif-multitool, or alone.
std::string multitool() {
  for (const char* name : {"sarif-multitool", "Sarif.Multitool"})
    if (is_installed(name)) return name;
  return {};
}

/// The lines that validation by a kind of rules says an error in, or a warning but for one: the project has no page of its own on the web to give as the tool's.
std::string complaints(const fs::path& report, std::string_view kind) {
  const Outcome outcome = run(multitool() + " validate " + quoted(report) + " --rule-kind " + std::string(kind));
  EXPECT_NE(outcome.output.find("Analysis completed successfully"), std::string::npos) << outcome.output.substr(0, 2000);
  std::string found;
  for (std::string_view rest = outcome.output; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    const bool graver = line.find(": error ") != std::string_view::npos || line.find(": warning ") != std::string_view::npos;
    if (graver && line.find("SARIF2005") == std::string_view::npos) found.append(line).append("\n");
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return found;
}

/// Those of the standard, and those of GitHub's code scanning.
std::string complaints(const fs::path& report) { return complaints(report, "Sarif") + complaints(report, "Ghas"); }

class Sarif : public testing::Test {
 protected:
  void SetUp() override {
    if (multitool().empty()) GTEST_SKIP() << "sarif-multitool is not installed";
  }

  static fs::path checked(const std::string& inputs, const std::string& options = {}) {
    const fs::path report = scratch_file("report.sarif");
    const Outcome outcome = run(std::string(BIBMILL_BINARY) + " check --no-config --quiet --format sarif " + options + " " + inputs + " > " + quoted(report));
    EXPECT_LE(outcome.status, 1) << outcome.output;
    return report;
  }
};

TEST_F(Sarif, FindsNoFaultInReportsOnAllFixtures) {
  std::string inputs;
  for (const fs::path& file : fixtures()) inputs += " " + quoted(file);
  EXPECT_EQ(complaints(checked(inputs, "--select all")).substr(0, 2000), "");
}

TEST_F(Sarif, FindsNoFaultInNamesThatUrisCannotHold) {
  std::ofstream(scratch_file("a b ü#1%.bib")) << "@misc{a, title={T & x}}\n";
  std::ofstream(scratch_file("good.bib")) << "@misc{a, title={T}, year=2001}\n";
  std::ofstream(scratch_file("none.bib")) << "\n";
  EXPECT_EQ(complaints(checked("'a b ü#1%.bib' none.bib")), "");
  EXPECT_EQ(complaints(checked("good.bib")), "") << "a report without findings";
}

TEST_F(Sarif, IsAskedTheRightThing) {
  const fs::path wrong = scratch_file("wrong.sarif");
  std::ofstream(wrong) << R"({"version": "2.1.0", "runs": [{"results": [{"ruleId": "a", "message": {}}]}]})";
  EXPECT_NE(complaints(wrong), "") << "what is no SARIF is complained of";
}

}  // namespace
}  // namespace bibmill::interop

// junit: a suite for each input and a failed case for each finding, for servers that show tests.
#include <fmt/format.h>

#include <map>

#include "reports/findings.h"

namespace bibmill::cli {

namespace {

class Suites final : public FindingReport {
 public:
  explicit Suites(const FindingView& view) : out_(view.out) {}

  // A suite begins with the count of its failures, so that its cases wait until it is complete.
  void finding(const Finding& finding) override {
    const Diagnostic& diagnostic = finding.diagnostic;
    Suite& suite = suites_[std::string(finding.source)];
    ++suite.failures;
    suite.cases += fmt::format("  <testcase name=\"{}\" classname=\"{}\">\n   <failure type=\"{}\" message=\"{}\">{}</failure>\n  </testcase>\n",
                               as_xml(diagnostic.key.empty() ? diagnostic.code : fmt::format("{} {}", diagnostic.code, diagnostic.key)), as_xml(finding.source), name_of(diagnostic.severity),
                               as_xml(diagnostic.message), as_xml(fmt::format("{}: {} [{}]", in_words(finding), diagnostic.message, diagnostic.code)));
  }

  void finish(const CheckTotals& totals, const Hidden&) override {
    std::uint64_t tests = 0;
    std::uint64_t failures = 0;
    for (const CheckedInput& input : totals.inputs) suites_.try_emplace(input.name);
    for (const auto& [name, suite] : suites_) {
      tests += std::max<std::uint64_t>(suite.failures, 1);
      failures += suite.failures;
    }
    out_->write(fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"bibmill check\" tests=\"{}\" failures=\"{}\">\n", tests, failures));
    for (const auto& [name, suite] : suites_) {
      out_->write(fmt::format(" <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n", as_xml(name), std::max<std::uint64_t>(suite.failures, 1), suite.failures));
      out_->write(suite.cases);
      if (suite.failures == 0) out_->write(fmt::format("  <testcase name=\"{0}\" classname=\"{0}\"/>\n", as_xml(name)));
      out_->write(" </testsuite>\n");
    }
    out_->write("</testsuites>\n");
  }

 private:
  struct Suite {
    std::uint64_t failures = 0;
    std::string cases;
  };

  TextSink* out_;
  std::map<std::string, Suite> suites_;
};

std::unique_ptr<FindingReport> make(const FindingView& view) { return std::make_unique<Suites>(view); }

}  // namespace

const FindingStyle& check_junit_style() {
  static constexpr FindingStyle kStyle = {"junit", "a failed test for each finding", true, make};
  return kStyle;
}

}  // namespace bibmill::cli

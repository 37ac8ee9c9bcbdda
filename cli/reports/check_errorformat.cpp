// errorformat: one line a finding, as compilers have it; what editors and reviewdog jump by.
#include <fmt/format.h>

#include "reports/findings.h"

namespace bibmill::cli {

namespace {

class Lines final : public FindingReport {
 public:
  explicit Lines(const FindingView& view) : out_(view.out) {}

  void finding(const Finding& finding) override {
    const Diagnostic& diagnostic = finding.diagnostic;
    const Position at = finding.position.line == 0 ? Position{1, 1} : finding.position;
    out_->write(fmt::format("{}:{}:{}: {}: {} [{}]\n", finding.source, at.line, at.column, name_of(diagnostic.severity), diagnostic.message, diagnostic.code));
  }
  void finish(const CheckTotals&, const Hidden&) override {}

 private:
  TextSink* out_;
};

std::unique_ptr<FindingReport> make(const FindingView& view) { return std::make_unique<Lines>(view); }

}  // namespace

const FindingStyle& check_errorformat_style() {
  static constexpr FindingStyle kStyle = {"errorformat", "for editors: file:line:column, one line a finding", true, make};
  return kStyle;
}

}  // namespace bibmill::cli

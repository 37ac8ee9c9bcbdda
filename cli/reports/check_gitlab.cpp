// gitlab: a report of GitLab's code quality, shown in merge requests.
#include <fmt/format.h>

#include <unordered_map>

#include "bibmill/text/json.h"
#include "reports/findings.h"

namespace bibmill::cli {

namespace {

std::string_view severity_for(Severity severity) {
  switch (severity) {
    case Severity::Note: return "info";
    case Severity::Warning: return "minor";
    case Severity::Error: return "major";
  }
  return {};
}

class CodeQuality final : public FindingReport {
 public:
  explicit CodeQuality(const FindingView& view) : out_(view.out), json_(text_, 1) { json_.begin_list(); }

  void finding(const Finding& finding) override {
    const Diagnostic& diagnostic = finding.diagnostic;
    // A fingerprint must be unique: what is said twice is counted.
    const std::uint64_t print = fingerprint(finding);
    const std::uint64_t count = seen_[print]++;
    json_.begin_map();
    json_.member("description", diagnostic.message);
    json_.member("check_name", diagnostic.code);
    json_.member("fingerprint", count == 0 ? fmt::format("{:016x}", print) : fmt::format("{:016x}-{}", print, count));
    json_.member("severity", severity_for(diagnostic.severity));
    json_.key("location");
    json_.begin_map();
    json_.member("path", plain_path(finding.source));
    json_.key("lines");
    json_.begin_map();
    json_.key("begin");
    json_.number(fmt::format("{}", finding.position.line == 0 ? 1 : finding.position.line));
    json_.end_map();
    json_.end_map();
    json_.end_map();
    out_->write(text_);
    text_.clear();
  }

  void finish(const CheckTotals&, const Hidden&) override {
    json_.end_list();
    text_ += '\n';
    out_->write(text_);
  }

 private:
  TextSink* out_;
  TextBuffer text_;
  text::JsonEmitter json_;
  std::unordered_map<std::uint64_t, std::uint64_t> seen_;
};

std::unique_ptr<FindingReport> make(const FindingView& view) { return std::make_unique<CodeQuality>(view); }

}  // namespace

const FindingStyle& check_gitlab_style() {
  static constexpr FindingStyle kStyle = {"gitlab", "a report of GitLab's code quality", true, make};
  return kStyle;
}

}  // namespace bibmill::cli

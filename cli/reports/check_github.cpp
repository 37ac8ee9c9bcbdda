// github: workflow commands, which GitHub shows beside the lines of a change.
#include <fmt/format.h>

#include "reports/findings.h"

namespace bibmill::cli {

namespace {

/// https://docs.github.com/actions: a percent sign, line ends, and in properties also colons and commas are written as percent codes.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '%': out += "%25"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      case ':': out += property ? "%3A" : ":"; break;
      case ',': out += property ? "%2C" : ","; break;
      default: out += c;
    }
  }
  return out;
}

std::string_view command_for(Severity severity) {
  switch (severity) {
    case Severity::Note: return "notice";
    case Severity::Warning: return "warning";
    case Severity::Error: return "error";
  }
  return {};
}

class Commands final : public FindingReport {
 public:
  explicit Commands(const FindingView& view) : out_(view.out) {}

  void finding(const Finding& finding) override {
    const Diagnostic& diagnostic = finding.diagnostic;
    std::string line = fmt::format("::{} file={}", command_for(diagnostic.severity), escaped(plain_path(finding.source), true));
    if (finding.position.line > 0) {
      line += fmt::format(",line={},endLine={}", finding.position.line, finding.end.line);
      // Columns are shown only where both ends are on one line.
      if (finding.position.line == finding.end.line) line += fmt::format(",col={},endColumn={}", finding.position.column, finding.end.column);
    }
    out_->write(fmt::format("{},title={}::{}\n", line, escaped(diagnostic.code, true), escaped(diagnostic.message, false)));
  }
  void finish(const CheckTotals&, const Hidden&) override {}

 private:
  TextSink* out_;
};

std::unique_ptr<FindingReport> make(const FindingView& view) { return std::make_unique<Commands>(view); }

}  // namespace

const FindingStyle& check_github_style() {
  static constexpr FindingStyle kStyle = {"github", "annotations of GitHub Actions", true, make};
  return kStyle;
}

}  // namespace bibmill::cli

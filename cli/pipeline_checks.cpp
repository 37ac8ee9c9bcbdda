// From the checks of a pipeline file to findings in its outputs.
#include "pipeline_checks.h"

#include "bibmill/catalogue.h"
#include "reports/text.h"

namespace bibmill::cli {

namespace {

/// Says what is grave enough.
class SayingSink final : public FindingSink {
 public:
  SayingSink(Severity least, Console& console) : least_(least), console_(&console) {}

  void finding(const Finding& finding) override {
    if (finding.diagnostic.severity >= least_) say(*console_, {finding.source, finding.position}, finding.diagnostic);
  }

 private:
  Severity least_;
  Console* console_;
};

/// Gives findings the severities that the file has for them, and counts.
class Weighing final : public FindingSink {
 public:
  Weighing(const PipelineChecks& checks, FindingSink& next) : checks_(&checks), next_(&next) {}

  void finding(const Finding& found) override {
    const Severity severity = severity_of(found.diagnostic);
    counts.errors += severity == Severity::Error ? 1 : 0;
    counts.warnings += severity == Severity::Warning ? 1 : 0;
    if (severity == found.diagnostic.severity) return next_->finding(found);
    Finding other = found;
    other.diagnostic.severity = severity;
    next_->finding(other);
  }

  CheckCounts counts;

 private:
  Severity severity_of(const Diagnostic& diagnostic) const {
    Severity severity = diagnostic.severity;
    std::size_t longest = 0;
    for (const auto& [selector, given] : checks_->severities) {
      if (selector.size() < longest || !fits_selector(selector, diagnostic.code)) continue;
      longest = selector.size();
      severity = given;
    }
    return severity;
  }

  const PipelineChecks* checks_;
  FindingSink* next_;
};

}  // namespace

CheckCounts check_output(const PipelineChecks& checks, const OutputTask& task, const std::string& draft, std::size_t threads, FindingSink& sink) {
  CheckOptions options;
  options.inputs = {draft};
  options.input.name = task.output->path;
  options.formats = all_formats();
  options.from = task.to;
  options.rules = checks.rules;
  options.threads = threads;
  for (const std::string& list : checks.retractions) options.settings.retracted.add_file(list);
  Weighing weighing(checks, sink);
  check(options, weighing);
  return weighing.counts;
}

bool fails_checks(const PipelineChecks& checks, const OutputTask& task, const std::string& draft, std::size_t threads, Console& console) {
  SayingSink sink(checks.least, console);
  const CheckCounts counts = check_output(checks, task, draft, threads, sink);
  return counts.errors > 0 || counts.warnings > checks.max_warnings;
}

}  // namespace bibmill::cli

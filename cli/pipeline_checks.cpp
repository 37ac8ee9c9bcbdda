// From the checks of a pipeline file to findings in its outputs.
#include "pipeline_checks.h"

#include <algorithm>
#include <utility>

#include "bibmill/catalogue.h"
#include "bibmill/citations.h"
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

}  // namespace

CheckTotals check_output(const PipelineChecks& checks, const OutputTask& task, const std::string& draft, std::size_t threads, FindingSink& sink) {
  CheckOptions options;
  options.inputs = {draft};
  options.input.name = task.output->path;
  options.formats = all_formats();
  options.from = task.to;
  options.rules = checks.rules;
  options.threads = threads;
  for (const std::string& list : checks.retractions)
    for (std::string& identifier : identifiers_in(list)) options.settings.retracted.push_back(std::move(identifier));
  std::sort(options.settings.retracted.begin(), options.settings.retracted.end());
  return check(options, sink);
}

bool fails_checks(const PipelineChecks& checks, const OutputTask& task, const std::string& draft, std::size_t threads, Console& console) {
  SayingSink sink(checks.least, console);
  const CheckTotals totals = check_output(checks, task, draft, threads, sink);
  return totals.errors > 0 || totals.warnings > checks.max_warnings;
}

}  // namespace bibmill::cli

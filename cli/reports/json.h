// The report of a conversion as JSON: every finding in the order of the records, then counts by field, then totals.
//
// Its members stand in report_schema.cpp, from which schemas/report.schema.json follows.
// Members that do not apply are left out. Findings are written as they come: the report takes no memory.
#pragma once

#include <string>
#include <vector>

#include "bibmill/pipeline.h"
#include "bibmill/text/json.h"
#include "loss_policy.h"
#include "output_file.h"

namespace bibmill::cli {

class JsonReport final : public Listener {
 public:
  /// `next` hears everything too.
  JsonReport(const std::string& path, const Format& to, bool can_carry, const LossPolicy& policy, Listener& next);

  void diagnostic(const Place& place, const Diagnostic& diagnostic) override;
  void loss(const Place& place, const LossNote& loss) override;
  void supply(const Place& place, const SupplyNote& supply) override;
  void progress(const Totals& totals) override { next_->progress(totals); }
  /// Completes the file.
  void finish(const Totals& totals);

 private:
  void begin_finding(std::string_view code, Severity severity, std::string_view message, const Place& place);
  void end_finding();
  void member(std::string_view name, std::string_view value);
  void number(std::string_view name, std::uint64_t value);
  void place(const Place& place);
  void list(std::string_view name, const std::vector<std::string>& values);
  void reason(const LossNote& loss);
  void losses(const Totals& totals);
  void inputs(const Totals& totals);
  void totals(const Totals& totals);

  OutputFile file_;
  TextBuffer text_;
  text::JsonEmitter json_;
  const Format* to_;
  bool can_carry_;
  const LossPolicy* policy_;
  Listener* next_;
};

}  // namespace bibmill::cli

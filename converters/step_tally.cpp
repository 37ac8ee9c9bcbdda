// Steps that wrap others and listen to what they say.
#include "bibmill/step_tally.h"

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace bibmill {

namespace {

bool is_change(const Diagnostic& diagnostic) { return diagnostic.code.starts_with(kStepCode); }

void count_warning(const Diagnostic& diagnostic, StepTally& tally) {
  if (diagnostic.severity != Severity::Note) ++tally.warnings;
}

/// What is said of one record.
class CountingSink final : public DiagnosticSink {
 public:
  CountingSink(DiagnosticSink& next, StepTally& tally) : next_(&next), tally_(&tally) {}

  void report(Diagnostic diagnostic) override {
    if (is_change(diagnostic)) ++changes_;
    count_warning(diagnostic, *tally_);
    next_->report(std::move(diagnostic));
  }

  Verdict counted(Verdict verdict) {
    if (verdict == Verdict::Drop) {
      ++tally_->left_out;
    } else if (changes_ > 0) {
      ++tally_->changed;
      tally_->changes += changes_;
    }
    return verdict;
  }

 private:
  DiagnosticSink* next_;
  StepTally* tally_;
  std::uint64_t changes_ = 0;
};

class CountingStep final : public Step {
 public:
  CountingStep(std::unique_ptr<const Step> step, StepTally& tally) : step_(std::move(step)), tally_(&tally) {}

  void begin(const StepSetting& setting) const override { step_->begin(setting); }
  Verdict record(Record& record, DiagnosticSink& diagnostics) const override {
    ++tally_->records;
    CountingSink sink(diagnostics, *tally_);
    return sink.counted(step_->record(record, sink));
  }

 private:
  std::unique_ptr<const Step> step_;
  StepTally* tally_;
};

/// How many of the records do not stand where they would, had only others been left out.
std::uint64_t moved(std::vector<std::uint64_t> before, const std::vector<GatheredRecord>& after) {
  std::unordered_set<std::uint64_t> stay;
  for (const GatheredRecord& record : after) stay.insert(record.number);
  std::erase_if(before, [&](std::uint64_t number) { return !stay.contains(number); });
  std::uint64_t count = 0;
  for (std::size_t at = 0; at < std::min(before.size(), after.size()); ++at) count += before[at] != after[at].number ? 1 : 0;
  return count;
}

/// What is said of all records.
class CountingReport final : public StepReport {
 public:
  CountingReport(StepReport& next, StepTally& tally) : next_(&next), tally_(&tally) {}

  void about(const GatheredRecord& record, Diagnostic diagnostic) override {
    if (is_change(diagnostic)) ++changes[record.number];
    count_warning(diagnostic, *tally_);
    next_->about(record, std::move(diagnostic));
  }
  Place place_of(const GatheredRecord& record) const override { return next_->place_of(record); }
  bool has_inherited(const GatheredRecord& record) const override { return next_->has_inherited(record); }
  void elsewhere(const Place& place, const Diagnostic& diagnostic) override {
    count_warning(diagnostic, *tally_);
    next_->elsewhere(place, diagnostic);
  }
  void trailing(const Extra& text) override { next_->trailing(text); }
  void file(std::string path, std::string content) override { next_->file(std::move(path), std::move(content)); }

  std::unordered_map<std::uint64_t, std::uint64_t> changes;  ///< by the record's number

 private:
  StepReport* next_;
  StepTally* tally_;
};

class CountingWholeStep final : public WholeStep {
 public:
  CountingWholeStep(std::unique_ptr<const WholeStep> step, StepTally& tally) : step_(std::move(step)), tally_(&tally) {}

  void begin(const StepSetting& setting) const override { step_->begin(setting); }
  bool goes_by_key() const override { return step_->goes_by_key(); }

  Verdict admit(const Record& record, DiagnosticSink& diagnostics) const override {
    ++tally_->records;
    CountingSink sink(diagnostics, *tally_);
    return sink.counted(step_->admit(record, sink));
  }

  void arrange(std::vector<GatheredRecord>& records, StepReport& report) const override {
    CountingReport counting(report, *tally_);
    std::vector<std::uint64_t> before;
    for (const GatheredRecord& record : records) before.push_back(record.number);
    step_->arrange(records, counting);
    tally_->left_out += before.size() - std::min(before.size(), records.size());
    tally_->moved += moved(std::move(before), records);
    for (const GatheredRecord& record : records) {
      const auto changed = counting.changes.find(record.number);
      if (changed == counting.changes.end()) continue;
      ++tally_->changed;
      tally_->changes += changed->second;
    }
  }

 private:
  std::unique_ptr<const WholeStep> step_;
  StepTally* tally_;
};

}  // namespace

AnyStep counted(AnyStep step, StepTally& tally) {
  if (auto* const whole = std::get_if<std::unique_ptr<const WholeStep>>(&step)) return std::make_unique<const CountingWholeStep>(std::move(*whole), tally);
  return std::make_unique<const CountingStep>(std::move(std::get<std::unique_ptr<const Step>>(step)), tally);
}

}  // namespace bibmill

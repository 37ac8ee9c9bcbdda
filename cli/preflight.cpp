// Gathering a preflight: from what steps say, from what rules find in the output, and from what the target wants.
#include "preflight.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "bibmill/catalogue.h"
#include "bibmill/library.h"
#include "pipeline_checks.h"
#include "reports/text.h"

namespace bibmill::cli {

namespace {

// clang-format off
constexpr PreflightPartInfo kParts[kPreflightParts] = {
    {"cited", "cited, or referred to by what is cited"},
    {"missing", "cited and missing"},
    {"uncited", "left out, since nobody cites them"},
    {"duplicates", "duplicates"},
    {"retracted", "retracted"},
    {"incomplete", "incomplete"},
    {"non-conforming", "otherwise than wanted"},
};
// clang-format on

/// Where what is said belongs, and how grave it is for a submission.
struct Belongs {
  std::string_view code;  ///< with * for the rest of one
  PreflightPart part;
  Severity severity;
};

// What steps and readers say on the way.
constexpr Belongs kOnTheWay[] = {
    {"cited/missing", PreflightPart::Missing, Severity::Error},
    {"cited/unreadable-file", PreflightPart::Missing, Severity::Error},
    {"cited/several-keys", PreflightPart::Duplicates, Severity::Error},
    {"step/cited", PreflightPart::Uncited, Severity::Note},
    {"step/dedupe", PreflightPart::Duplicates, Severity::Note},
    {"key/duplicate", PreflightPart::Duplicates, Severity::Warning},
    {"dedupe/doubtful", PreflightPart::Duplicates, Severity::Warning},
    {"retractions/retracted", PreflightPart::Retracted, Severity::Error},
};

// What rules find in the output.
constexpr Belongs kInOutput[] = {
    {"duplicate/preprint", PreflightPart::Duplicates, Severity::Note},
    {"duplicate/abstract", PreflightPart::Duplicates, Severity::Note},
    {"duplicate/*", PreflightPart::Duplicates, Severity::Error},
    {"integrity/retracted", PreflightPart::Retracted, Severity::Error},
    {"integrity/listed-as-retracted", PreflightPart::Retracted, Severity::Error},
    {"integrity/retraction-notice", PreflightPart::Retracted, Severity::Error},
    {"integrity/expression-of-concern", PreflightPart::Retracted, Severity::Warning},
    {"model/missing-*", PreflightPart::Incomplete, Severity::Warning},
    {"model/no-*", PreflightPart::Incomplete, Severity::Error},
};

template <std::size_t size>
const Belongs* place_for(const Belongs (&table)[size], std::string_view code) {
  for (const Belongs& row : table)
    if (fits_selector(row.code, code)) return &row;
  return nullptr;
}

/// What the rules find goes to its part, all else to what is otherwise than wanted: as errors what the file's own checks do not put up with.
class Sorter final : public FindingSink {
 public:
  Sorter(Preflight& preflight, Severity least, bool has_target) : preflight_(&preflight), least_(least), has_target_(has_target) {}

  void finding(const Finding& finding) override {
    const Diagnostic& diagnostic = finding.diagnostic;
    const Belongs* const row = place_for(kInOutput, diagnostic.code);
    // A target says better what is missing.
    if (row != nullptr && row->part == PreflightPart::Incomplete && has_target_) return;
    if (row == nullptr && diagnostic.severity < least_) return;
    PreflightItem item{row != nullptr ? row->severity : diagnostic.severity, diagnostic.key, in_words(Place{finding.source, finding.position}), fmt::format("{} [{}]", diagnostic.message, diagnostic.code)};
    (*preflight_)[row != nullptr ? row->part : PreflightPart::NonConforming].push_back(std::move(item));
  }

 private:
  Preflight* preflight_;
  Severity least_;
  bool has_target_;
};

/// Warnings of the file's own checks are faults where there are more than it puts up with; of checks that nobody asked for only errors are.
void judge(const std::optional<PipelineChecks>& checks, const CheckCounts& counts, std::vector<PreflightItem>& items) {
  const bool strict = checks && counts.warnings > checks->max_warnings;
  for (PreflightItem& item : items)
    if (strict && item.severity == Severity::Warning) item.severity = Severity::Error;
}

void measure(const LoadedRecord& loaded, const Target& target, const std::string& name, Preflight& preflight) {
  for (Shortcoming& shortcoming : shortcomings(loaded.record, target)) {
    const bool is_wish = shortcoming.kind == Shortcoming::Kind::Wish;
    const PreflightPart part = shortcoming.kind == Shortcoming::Kind::Incomplete ? PreflightPart::Incomplete : PreflightPart::NonConforming;
    preflight[part].push_back({is_wish ? Severity::Note : Severity::Error, std::string(loaded.record.key), in_words(Place{name, loaded.position}), std::move(shortcoming.message)});
  }
}

/// What the step `cited` reads.
std::vector<std::string> manuscripts_of(const PipelineOutput& output) {
  std::vector<std::string> files;
  for (const PipelineStep& step : output.steps)
    for (const StepArgument& argument : step.arguments)
      if (step.step->name == "cited" && argument.option == step.step->main_option) files.insert(files.end(), argument.values.begin(), argument.values.end());
  return files;
}

class Quiet final : public Listener {
  void diagnostic(const Place&, const Diagnostic&) override {}
};

/// A work that is not cited is in the output all the same where another one refers to it.
void drop_what_stays(const std::set<std::string, std::less<>>& keys, std::vector<PreflightItem>& uncited) {
  std::erase_if(uncited, [&](const PreflightItem& item) { return keys.contains(item.key); });
}

/// Of works that are not in the output nobody needs to know that they were retracted.
void drop_what_went(const std::set<std::string, std::less<>>& keys, std::vector<PreflightItem>& retracted) {
  std::erase_if(retracted, [&](const PreflightItem& item) { return !item.key.empty() && !keys.contains(item.key); });
}

/// A list and the record itself may both say so: it is one fault.
void drop_repeated(std::vector<PreflightItem>& items) {
  std::set<std::string> seen;
  std::erase_if(items, [&](const PreflightItem& item) { return !item.key.empty() && !seen.insert(item.key).second; });
}

}  // namespace

const PreflightPartInfo& info(PreflightPart part) { return kParts[static_cast<std::size_t>(part)]; }

std::size_t Preflight::faults() const {
  std::size_t count = 0;
  for (const std::vector<PreflightItem>& items : parts) count += static_cast<std::size_t>(std::count_if(items.begin(), items.end(), [](const PreflightItem& item) { return item.severity == Severity::Error; }));
  return count;
}

void PreflightListener::diagnostic(const Place& place, const Diagnostic& diagnostic) {
  const Belongs* const row = place_for(kOnTheWay, diagnostic.code);
  if (row != nullptr) (*preflight_)[row->part].push_back({row->severity, diagnostic.key, in_words(place), diagnostic.message});
}

void look_at_output(const Pipeline& pipeline, const OutputTask& task, const std::string& draft, const std::optional<Target>& target, std::size_t threads, Preflight& preflight) {
  const std::string& name = task.output->path;
  preflight.output = name;
  if (target) preflight.target = target->title;
  PipelineChecks checks = pipeline.checks.value_or(PipelineChecks{});
  if (!pipeline.checks) checks.least = Severity::Warning;
  Sorter sorter(preflight, checks.least, target.has_value());
  const CheckCounts counts = check_output(checks, task, draft, threads, sorter);
  judge(pipeline.checks, counts, preflight[PreflightPart::NonConforming]);

  LoadOptions options;
  options.path = draft;
  options.input.name = name;
  options.formats = all_formats();
  options.from = task.to;
  preflight.manuscripts = manuscripts_of(*task.output);
  Quiet quiet;
  const Library library = load(options, quiet);
  preflight.records = library.records.size();
  std::set<std::string, std::less<>> keys;
  for (const LoadedRecord& loaded : library.records) {
    keys.emplace(loaded.record.key);
    preflight[PreflightPart::Cited].push_back({Severity::Note, std::string(loaded.record.key), in_words(Place{name, loaded.position}), {}});
    if (target) measure(loaded, *target, name, preflight);
  }
  drop_what_stays(keys, preflight[PreflightPart::Uncited]);
  drop_what_went(keys, preflight[PreflightPart::Retracted]);
  drop_repeated(preflight[PreflightPart::Retracted]);
}

}  // namespace bibmill::cli

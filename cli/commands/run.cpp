// run: a whole submission from one file: inputs, steps, outputs, checks.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bibmill/catalogue.h"
#include "bibmill/errors.h"
#include "bibmill/keys.h"
#include "bibmill/lock_file.h"
#include "bibmill/pipeline.h"
#include "bibmill/pipeline_file.h"
#include "bibmill/step_tally.h"
#include "command.h"
#include "conversion.h"
#include "format_list.h"
#include "input_options.h"
#include "output_file.h"
#include "pipeline_checks.h"
#include "pipeline_outputs.h"
#include "preflight.h"
#include "reports/preflight_report.h"
#include "reports/text.h"

namespace bibmill::cli {

namespace {

// clang-format off
constexpr Option kOptions[] = {
    {"set", "NAME=VALUE", "give a variable of the file another value", "Pipeline", {}, {}, {}, true},
    {"dry-run,n", "", "do all but write the files", "Pipeline"},
    {"explain", "", "tell what each step would change, counted, and write nothing", "Pipeline"},
    {"preflight", "", "tell what the journal would send the first output back for, and write nothing", "Preflight"},
    {"target", "NAME", "measure it by what this journal or style wants (acm, biblatex-strict, elsevier, ieee, nlm, plos, springer, vancouver, or a file); the pipeline file may say it too", "Preflight"},
    {"format", "STYLE", "how to show it", "Preflight", "text|json|html", "text"},
    {"lock", "", "write beside the file, with the ending .lock, which bibmill read which files, by their digests", "Pipeline"},
    {"locked", "", "refuse to run where bibmill or a file is not what --lock wrote down", "Pipeline"},
    {"jobs,j", "N", "use so many threads, where else there is one for each MiB up to what the machine runs at once; the output is the same with any number", "Pipeline"},
    {"losses", "HOW", "say on standard error what was lost", "Reports", "summary|all|none", "summary"},
    {"changes", "HOW", "say on standard error what steps changed", "Reports", "summary|all|none", "summary"},
    {"fail-on", "WHAT", "end with 1 where there was an error; with \"warning\" also where there was a warning or a loss, with \"loss\" where there was a loss; the file may say it too", "Reports", "error|warning|loss"},
    {"quiet,q", "", "leave the closing lines out", "Reports"},
    kHelpOption,
};
// clang-format on

Variables variables_from(const Arguments& arguments) {
  Variables variables;
  for (const std::string& word : arguments.values("set")) {
    const std::size_t equals = word.find('=');
    if (equals == 0 || equals == std::string::npos) throw UsageError(fmt::format("--set wants NAME=VALUE, not {}", word));
    variables[word.substr(0, equals)] = word.substr(equals + 1);
  }
  return variables;
}

/// Where inputs must be read again for another output, what was said of them is not said again.
class SaidOnce final : public Listener {
 public:
  SaidOnce(std::unordered_set<std::uint64_t>& said, Listener& next) : said_(&said), next_(&next) {}

  void diagnostic(const Place& place, const Diagnostic& diagnostic) override {
    const std::string line = fmt::format("{}:{}:{}:{}:{}", place.source, place.position.line, place.position.column, diagnostic.code, diagnostic.message);
    if (said_->insert(hash_of(line)).second) next_->diagnostic(place, diagnostic);
  }
  void loss(const Place& place, const LossNote& loss) override { next_->loss(place, loss); }

 private:
  std::unordered_set<std::uint64_t>* said_;
  Listener* next_;
};

ConvertOptions options_for(const Pipeline& pipeline, const OutputTask& task, const Arguments& arguments) {
  ConvertOptions options;
  options.formats = all_formats();
  options.to = task.to;
  for (const PipelineInput& input : pipeline.inputs) {
    options.inputs.push_back(input.path);
    options.input_formats.push_back(input.format.empty() ? nullptr : &format_from(input.format));
  }
  const PipelineOutput& output = *task.output;
  options.write.carry = output.carry;
  options.write.profile = output.profile;
  if (!output.layout.empty()) options.write.layout = output.layout == "source" ? Layout::Source : Layout::Canonical;
  for (const PipelineStep& step : output.steps) options.steps.push_back(step.make());
  options.threads = threads_from(arguments, options.inputs);
  options.tell_each_loss = arguments.value("losses") == "all";
  return options;
}

/// An output being made: its draft, and what is said of it when all are done.
class Making {
 public:
  Making(const Pipeline& pipeline, const OutputTask& task, Draft::Kind kind, const Arguments& arguments, Console& console, std::unordered_set<std::uint64_t>& said)
      : options_(options_for(pipeline, task, arguments)),
        task_(task),
        console_(&console),
        report_(console, *task.to, how_much(arguments, "losses"), how_much(arguments, "changes"), can_carry(), false),
        listener_(said, report_),
        silent_(arguments.has("explain")),
        draft_(task.output->path, kind),
        tallies_(options_.steps.size()) {
    if (silent_)
      for (std::size_t at = 0; at < tallies_.size(); ++at) options_.steps[at] = counted(std::move(options_.steps[at]), tallies_[at]);
  }

  Conversion conversion() { return {&options_, &draft_, silent_ ? static_cast<Listener*>(&nobody_) : &listener_}; }
  const std::vector<StepTally>& tallies() const { return tallies_; }
  const OutputTask& task() const { return task_; }

  void finish(const Totals& totals, bool quiet) {
    if (silent_) return;
    report_.finish(totals, false);
    if (!quiet) console_->say(fmt::format("{}: {}{}", task_.output->path, draft_.is_kept() ? "" : "(not written) ", closing_line(totals, *task_.to)));
  }

  /// Whether the checks of the file find more than it puts up with.
  bool fails(const std::optional<PipelineChecks>& checks) {
    const std::string draft = checks ? draft_.readable() : std::string();
    if (checks && draft.empty()) console_->say(fmt::format("{}: not checked, since it is no file", task_.output->path));
    return !draft.empty() && fails_checks(*checks, task_, draft, options_.threads, *console_);
  }

  void commit() { draft_.commit(); }

 private:
  /// Hears what nobody wants to know.
  class Nobody final : public Listener {
    void diagnostic(const Place&, const Diagnostic&) override {}
  };

  bool can_carry() const { return task_.to->carries_on_request && !task_.to->carries_always && !options_.write.carry; }

  ConvertOptions options_;
  OutputTask task_;
  Console* console_;
  TextReport report_;
  SaidOnce listener_;
  Nobody nobody_;
  bool silent_;
  Draft draft_;
  std::vector<StepTally> tallies_;
};

using Makings = std::vector<std::unique_ptr<Making>>;

/// Outputs share steps, and so the files that steps write.
Totals step_files_of(const std::vector<Totals>& totals) {
  Totals all;
  for (const Totals& each : totals)
    for (const StepFile& file : each.files) {
      const bool is_new = std::none_of(all.files.begin(), all.files.end(), [&](const StepFile& known) { return known.path == file.path; });
      if (is_new) all.files.push_back(file);
    }
  return all;
}

/// "19 of 89 records changed, 24 times; 2 left out; 1 warning".
std::string in_words(const StepTally& tally) {
  if (tally.records == 0) return "no record comes to it";
  std::vector<std::string> parts;
  if (tally.changed > 0) parts.push_back(fmt::format("{} changed in {}", counted(tally.changed.load(), "record"), counted(tally.changes.load(), "place")));
  if (tally.moved > 0) parts.push_back(fmt::format("{} moved", tally.moved.load()));
  if (tally.left_out > 0) parts.push_back(fmt::format("{} left out", tally.left_out.load()));
  if (tally.warnings > 0) parts.push_back(counted(tally.warnings.load(), "warning"));
  return fmt::format("{}: {}", counted(tally.records.load(), "record"), parts.empty() ? "none changed" : fmt::format("{}", fmt::join(parts, ", ")));
}

/// Steps that the file does not write out are shown as it could.
std::string shown_step(const PipelineStep& step) { return step.is_of_target ? spec_of(step) : std::string(step.step->name); }

/// "the target vancouver: --step identifiers --step names:limit=6,keep=6"
void say_steps_of_target(const Pipeline& pipeline, Console& console) {
  for (const PipelineOutput& output : pipeline.outputs) {
    std::string steps;
    for (const PipelineStep& step : output.steps)
      if (step.is_of_target) steps += " --step " + spec_of(step);
    if (!steps.empty()) console.say(fmt::format("{}: the target {} asks for{}", output.path, pipeline.target, steps));
  }
}

/// What each step would do. The steps for all are counted where they ran: in the first output, and in one that had to read anew.
void explain(const Pipeline& pipeline, const Makings& makings, const std::vector<Totals>& totals, Console& console) {
  std::vector<Row> rows;
  for (std::size_t at = 0; at < makings.size(); ++at) {
    const Making& making = *makings[at];
    console.print(fmt::format("{}{}: {}\n", at == 0 ? "" : "\n", making.task().output->path, closing_line(totals[at], *making.task().to)));
    rows.clear();
    for (std::size_t step = 0; step < making.tallies().size(); ++step) {
      const StepTally& tally = making.tallies()[step];
      const bool ran_before = step < pipeline.shared_steps && at > 0 && tally.records == 0 && makings.front()->tallies()[step].records > 0;
      if (ran_before) {
        rows.resize(1);
        rows.front() = {step == 0 ? std::string("1") : fmt::format("1–{}", step + 1), "the same as above"};
        continue;
      }
      rows.push_back({fmt::format("{} {}", step + 1, shown_step(making.task().output->steps[step])), in_words(tally)});
    }
    console.print(in_columns(rows));
  }
  console.say("nothing was written");
}

constexpr std::string_view kProgram = "bibmill " BIBMILL_VERSION;

/// Refuses a run that is not the one that was locked.
void refuse_differences(const std::vector<std::string>& found, const std::string& lock, Console& console) {
  if (found.empty()) return;
  for (const std::string& each : found) console.say(fmt::format("{}: {}", lock, each));
  throw InputError(fmt::format("the run is not the one that {} locks, and nothing was written; --lock takes it as it is now", lock));
}

void write_lock(const Pipeline& pipeline, const Totals& step_files, const std::string& lock) {
  OutputFile file(lock);
  file.write(lock_as_json(make_lock(lock, files_read(pipeline, step_files.files), std::string(kProgram))));
  file.commit();
}

/// Of the first output, which is not written.
int run_preflight(const Pipeline& pipeline, const OutputTask& task, const Arguments& arguments, Console& console) {
  std::optional<Target> target;
  if (!pipeline.target.empty()) target = read_target(pipeline.target);
  const ConvertOptions options = options_for(pipeline, task, arguments);
  Preflight preflight;
  PreflightListener listener(preflight);
  ScratchFile draft;
  preflight.records_read = convert(options, draft, listener).records_read;
  look_at_output(pipeline, task, draft.path(), target, options.threads, preflight);
  const std::string_view format = arguments.value("format");
  console.print(format == "json" ? preflight_as_json(preflight) : format == "html" ? preflight_as_page(preflight) : preflight_as_text(preflight));
  return preflight.faults() > 0 ? kFindings : kDone;
}

Draft::Kind kind_of_draft(const Pipeline& pipeline, const Arguments& arguments) {
  if (arguments.has("explain")) return Draft::Kind::ToForget;
  if (!arguments.has("dry-run")) return Draft::Kind::ToKeep;
  return pipeline.checks ? Draft::Kind::ToRead : Draft::Kind::ToForget;
}

/// Options that mean nothing without another one.
void refuse_idle(const Arguments& arguments) {
  for (const std::string_view option : {"target", "format"})
    if (arguments.has(option) && !arguments.has("preflight")) throw UsageError(fmt::format("--{} goes with --preflight", option));
}

int run_pipeline(const Arguments& arguments, Console& console) {
  refuse_idle(arguments);
  const std::string& path = arguments.operands().front();
  const Pipeline pipeline = read_pipeline(path, variables_from(arguments), arguments.has("target") ? std::string(arguments.value("target")) : std::string());
  const std::vector<OutputTask> tasks = output_tasks(pipeline);
  if (arguments.has("dry-run")) say_steps_of_target(pipeline, console);
  const std::string lock = lock_path(path);
  std::optional<LockFile> locked;
  if (arguments.has("locked")) locked = read_lock(lock);
  if (locked) refuse_differences(differences(*locked, lock, std::string(kProgram), files_read_first(pipeline)), lock, console);

  if (arguments.has("preflight")) return run_preflight(pipeline, tasks.front(), arguments, console);

  std::unordered_set<std::uint64_t> said;
  Makings makings;
  std::vector<Conversion> conversions;
  for (const OutputTask& task : tasks) {
    makings.push_back(std::make_unique<Making>(pipeline, task, kind_of_draft(pipeline, arguments), arguments, console, said));
    conversions.push_back(makings.back()->conversion());
  }
  const std::vector<Totals> totals = convert_all(conversions, pipeline.shared_steps);
  const Totals step_files = step_files_of(totals);
  if (locked) refuse_differences(strangers(*locked, lock, files_read(pipeline, step_files.files)), lock, console);
  if (arguments.has("explain")) {
    explain(pipeline, makings, totals, console);
    return kDone;
  }
  const std::string_view fail_on = arguments.has("fail-on") ? arguments.value("fail-on") : std::string_view(pipeline.fail_on);
  int code = kDone;
  for (std::size_t at = 0; at < makings.size(); ++at) {
    makings[at]->finish(totals[at], arguments.has("quiet"));
    code = std::max(code, exit_code(totals[at], fail_on));
    if (makings[at]->fails(pipeline.checks)) code = std::max<int>(code, kFindings);
  }
  if (arguments.has("dry-run")) return code;
  // All of them appear, or none.
  for (const auto& making : makings) making->commit();
  write_step_files(step_files);
  if (arguments.has("lock")) write_lock(pipeline, step_files, lock);
  return code;
}

}  // namespace

const Command& run_command() {
  static constexpr std::string_view kExclusive[] = {"dry-run,explain", "lock,locked", "lock,dry-run", "lock,explain", "preflight,dry-run", "preflight,explain", "preflight,lock"};
  static constexpr Example kExamples[] = {
      {"bibmill run submission.yaml", "makes every output that the file names"},
      {"bibmill run submission.yaml --dry-run --changes=all", "shows what would change, and writes nothing"},
      {"bibmill run submission.yaml --explain", "counts what each step would change"},
      {"bibmill run submission.yaml --preflight --target vancouver", "what the journal would send it back for"},
      {"bibmill run submission.yaml --locked", "in CI: only with the files and the version that --lock wrote down"},
      {"bibmill run submission.yaml --set paper=revised.tex --fail-on=warning", "for another manuscript, in a build that fails where something is missing"},
  };
  static constexpr Command kCommand = {
      .name = "run",
      .summary = "prepare a whole submission from one pipeline file",
      .operands = "PIPELINE.yaml",
      .description =
          "Reads a file that names inputs, steps and outputs (docs/guide.md; 'bibmill schema pipeline' for editors), and makes all outputs or none. Paths are relative to the file. Inputs are read once for all outputs "
          "that share a step which sees all records (dedupe, cited, sort), and else once for each, so that none must be kept; and once more where one output keeps references between records (crossref) that others resolve.",
      .options = kOptions,
      .exclusive = kExclusive,
      .examples = kExamples,
      .least_operands = 1,
      .most_operands = 1,
      .run = run_pipeline,
  };
  return kCommand;
}

}  // namespace bibmill::cli

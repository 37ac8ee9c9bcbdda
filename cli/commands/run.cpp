// run: a whole submission from one file: inputs, steps, outputs.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bibmill/catalogue.h"
#include "bibmill/errors.h"
#include "bibmill/keys.h"
#include "bibmill/pipeline.h"
#include "bibmill/pipeline_file.h"
#include "command.h"
#include "conversion.h"
#include "format_list.h"
#include "input_options.h"
#include "output_file.h"
#include "reports/text.h"

namespace bibmill::cli {

namespace {

// clang-format off
constexpr Option kOptions[] = {
    {"set", "NAME=VALUE", "give a variable of the file another value", "Pipeline", {}, {}, {}, true},
    {"dry-run,n", "", "do all but write the files", "Pipeline"},
    {"jobs,j", "N", "use so many threads; the output is the same with any number", "Pipeline"},
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

/// Throws the output away.
class Nowhere final : public TextSink {
 public:
  void write(std::string_view) override {}
};

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

/// What becomes of one output.
struct Task {
  const PipelineOutput* output;
  const Format* to;
};

Task task_for(const PipelineOutput& output) {
  const Format* const to = output.format.empty() ? format_for_file(all_formats(), output.path) : &format_from(output.format);
  if (to == nullptr) throw UsageError(fmt::format("{} does not tell which format to write; format: names it", output.path));
  if (output.carry && !to->carries_always && !to->carries_on_request) throw UsageError(fmt::format("{}: {} has no place to carry more in", output.path, to->id));
  const auto is_profile = [&](const Profile& profile) { return profile.name == output.profile; };
  if (!output.profile.empty() && std::none_of(to->profiles.begin(), to->profiles.end(), is_profile)) throw UsageError(fmt::format("{}: {} has no profile {}", output.path, to->id, output.profile));
  return {&output, to};
}

ConvertOptions options_for(const Pipeline& pipeline, const Task& task, const Arguments& arguments) {
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
  options.threads = threads_from(arguments);
  options.tell_each_loss = arguments.value("losses") == "all";
  return options;
}

/// Makes the folder too, if there is none.
std::unique_ptr<OutputFile> open(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code ignored;  // the file says it
  if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
  return std::make_unique<OutputFile>(path);
}

/// An output being made: its file, and what is said of it when all are done.
class Making {
 public:
  Making(ConvertOptions options, const Task& task, const Arguments& arguments, Console& console, std::unordered_set<std::uint64_t>& said)
      : options_(std::move(options)),
        task_(task),
        console_(&console),
        quiet_(arguments.has("quiet")),
        report_(console, *task.to, how_much(arguments, "losses"), how_much(arguments, "changes"), can_carry(), false),
        listener_(said, report_) {
    if (!arguments.has("dry-run")) file_ = open(task.output->path);
  }

  Conversion conversion() { return {&options_, file_ != nullptr ? static_cast<TextSink*>(file_.get()) : &nowhere_, &listener_}; }

  void finish(const Totals& totals) {
    report_.finish(totals, false);
    if (!quiet_) console_->say(fmt::format("{}: {}{}", task_.output->path, file_ == nullptr ? "(not written) " : "", closing_line(totals, *task_.to)));
  }

  void commit() {
    if (file_ != nullptr) file_->commit();
  }

 private:
  bool can_carry() const { return task_.to->carries_on_request && !task_.to->carries_always && !options_.write.carry; }

  ConvertOptions options_;
  Task task_;
  Console* console_;
  bool quiet_;
  TextReport report_;
  SaidOnce listener_;
  Nowhere nowhere_;
  std::unique_ptr<OutputFile> file_;
};

/// Outputs share steps, and so the files that steps write.
void add_step_files(const Totals& totals, Totals& all) {
  for (const StepFile& file : totals.files) {
    const bool is_new = std::none_of(all.files.begin(), all.files.end(), [&](const StepFile& known) { return known.path == file.path; });
    if (is_new) all.files.push_back(file);
  }
}

int run_pipeline(const Arguments& arguments, Console& console) {
  const Pipeline pipeline = read_pipeline(arguments.operands().front(), variables_from(arguments));
  std::vector<Task> tasks;
  std::set<std::string> paths;
  for (const PipelineOutput& output : pipeline.outputs) {
    tasks.push_back(task_for(output));
    if (!paths.insert(std::filesystem::path(output.path).lexically_normal().string()).second) throw UsageError(fmt::format("two outputs are written to {}", output.path));
  }
  const bool dry = arguments.has("dry-run");
  const std::string_view fail_on = arguments.has("fail-on") ? arguments.value("fail-on") : std::string_view(pipeline.fail_on);

  std::unordered_set<std::uint64_t> said;
  std::vector<std::unique_ptr<Making>> makings;
  std::vector<Conversion> conversions;
  for (const Task& task : tasks) {
    makings.push_back(std::make_unique<Making>(options_for(pipeline, task, arguments), task, arguments, console, said));
    conversions.push_back(makings.back()->conversion());
  }
  const std::vector<Totals> totals = convert_all(conversions, pipeline.shared_steps);
  Totals step_files;
  int code = kDone;
  for (std::size_t at = 0; at < makings.size(); ++at) {
    makings[at]->finish(totals[at]);
    add_step_files(totals[at], step_files);
    code = std::max(code, exit_code(totals[at], fail_on));
  }
  // All of them appear, or none.
  for (const auto& making : makings) making->commit();
  if (!dry) write_step_files(step_files);
  return code;
}

}  // namespace

const Command& run_command() {
  static constexpr Example kExamples[] = {
      {"bibmill run submission.yaml", "makes every output that the file names"},
      {"bibmill run submission.yaml --dry-run --changes=all", "shows what would change, and writes nothing"},
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
      .exclusive = {},
      .examples = kExamples,
      .least_operands = 1,
      .most_operands = 1,
      .run = run_pipeline,
  };
  return kCommand;
}

}  // namespace bibmill::cli

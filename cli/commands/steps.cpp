// steps: what can be done to records on their way.
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/nearest.h"
#include "bibmill/step.h"
#include "command.h"

namespace bibmill::cli {

namespace {

std::string list_of_steps() {
  std::vector<Row> rows;
  for (const StepDescriptor* const step : all_steps()) rows.push_back({std::string(step->name), std::string(step->summary)});
  return in_columns(rows);
}

std::string help_of(const StepDescriptor& step) {
  std::string text = fmt::format("{}: {}\n\n{}\n", step.name, step.summary, wrapped(step.description, 80, 0));
  std::vector<Row> rows;
  for (const StepOption& option : step.options)
    rows.push_back({fmt::format("{}={}", option.name, option.argument), std::string(option.help)});
  if (!rows.empty()) text += fmt::format("\nOptions:\n{}", in_columns(rows));
  text += "\nExamples:\n";
  for (const StepExample& example : step.examples) text += fmt::format("  --step {}\n      {}\n", example.spec, example.effect);
  return text;
}

int run_steps(const Arguments& arguments, Console& console) {
  if (arguments.operands().empty()) {
    console.print(list_of_steps());
    return kDone;
  }
  const std::string& name = arguments.operands().front();
  const StepDescriptor* const step = step_named(name);
  if (step == nullptr) {
    std::vector<std::string_view> names;
    for (const StepDescriptor* const each : all_steps()) names.push_back(each->name);
    throw UsageError(fmt::format("there is no step {}{}", name, suggestion(name, names)));
  }
  console.print(help_of(*step));
  return kDone;
}

}  // namespace

const Command& steps_command() {
  static constexpr Option kOptions[] = {kHelpOption};
  static constexpr Command kCommand = {
      .name = "steps",
      .summary = "list the steps of a conversion, or tell what one does",
      .operands = "[NAME]",
      .description = "Steps change records between reading and writing: bibmill convert --step NAME:OPTION=VALUE,…",
      .options = kOptions,
      .exclusive = {},
      .examples = {},
      .most_operands = 1,
      .run = run_steps,
  };
  return kCommand;
}

}  // namespace bibmill::cli

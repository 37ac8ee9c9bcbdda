// What of a target's wants steps can do.
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bibmill/pipeline_file.h"
#include "bibmill/target.h"

namespace bibmill {

namespace {

StepArgument argument(const StepDescriptor& step, std::string_view option, std::vector<std::string> values) { return {option_named(step, option).name, std::move(values)}; }

PipelineStep step_of(std::string_view name, std::initializer_list<std::pair<std::string_view, std::vector<std::string>>> options) {
  PipelineStep step{&descriptor_named(name), {}};
  for (const auto& [option, values] : options) step.arguments.push_back(argument(*step.step, option, values));
  return step;
}

/// By lists first, and word by word what they have not; in full only by lists, or by records that have both forms.
PipelineStep journal_step(JournalForm form, const std::vector<std::string>& lists) {
  const bool is_full = form == JournalForm::Full;
  PipelineStep step = step_of("journals", {{"to", {is_full ? "expand" : "abbreviate"}}});
  if (!lists.empty()) step.arguments.push_back(argument(*step.step, "list", lists));
  if (is_full && lists.empty()) step.arguments.push_back(argument(*step.step, "learn", {"yes"}));
  if (!is_full) step.arguments.push_back(argument(*step.step, "words", {"yes"}));
  if (form == JournalForm::Nlm) step.arguments.push_back(argument(*step.step, "dots", {"drop"}));
  return step;
}

}  // namespace

std::vector<PipelineStep> steps_for(const Target& target, const std::vector<std::string>& lists) {
  std::vector<PipelineStep> steps;
  steps.push_back(step_of("identifiers", {}));
  if (!target.identifiers_refused.empty()) {
    std::vector<std::string> names;
    for (const Field field : target.identifiers_refused) names.emplace_back(name_of(field));
    steps.push_back(step_of("fields", {{"drop", names}}));
  }
  if (target.journal != JournalForm::Any) steps.push_back(journal_step(target.journal, lists));
  if (target.pages != PageForm::Any) steps.push_back(step_of("pages", {{"how", {target.pages == PageForm::Contract ? "contract" : "expand"}}}));
  if (target.authors) steps.push_back(step_of("names", {{"limit", {fmt::format("{}", target.authors->most)}}, {"keep", {fmt::format("{}", target.authors->shown)}}, {"fields", {"author"}}}));
  for (PipelineStep& step : steps) step.is_of_target = true;
  return steps;
}

std::string spec_of(const PipelineStep& step) {
  std::string spec(step.step->name);
  char before = ':';
  for (const StepArgument& argument : step.arguments) {
    spec += fmt::format("{}{}={}", before, argument.option, fmt::join(argument.values, ","));
    before = ',';
  }
  return spec;
}

}  // namespace bibmill

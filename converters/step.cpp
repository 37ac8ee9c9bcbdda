// Reading the options of steps.
#include "bibmill/step.h"

#include <algorithm>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/nearest.h"

namespace bibmill {

namespace {

/// Divides at commas that no backslash protects.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == ',') {
      words.emplace_back();
    } else {
      if (text[at] == '\\' && at + 1 < text.size()) ++at;
      words.back() += text[at];
    }
  }
  return words;
}

const StepOption* option_named(const StepDescriptor& step, std::string_view name) {
  const auto found =
      std::find_if(step.options.begin(), step.options.end(), [&](const StepOption& option) { return option.name == name; });
  return found == step.options.end() ? nullptr : &*found;
}

[[noreturn]] void refuse_option(const StepDescriptor& step, std::string_view name) {
  std::vector<std::string_view> names;
  for (const StepOption& option : step.options) names.push_back(option.name);
  if (names.empty()) throw UsageError(fmt::format("the step {} takes no options", step.name));
  const std::string meant = suggestion(name, names);
  throw UsageError(fmt::format("the step {} has no option {}{}", step.name, name,
                               meant.empty() ? fmt::format("; it takes {}", fmt::join(names, ", ")) : meant));
}

std::vector<StepArgument> arguments_of(const StepDescriptor& step, std::string_view text) {
  std::vector<StepArgument> arguments;
  if (text.empty()) return arguments;
  for (std::string& word : words_of(text)) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos) {
      if (arguments.empty()) refuse_option(step, word);
      arguments.back().values.push_back(std::move(word));
      continue;
    }
    const StepOption* const option = option_named(step, std::string_view(word).substr(0, equals));
    if (option == nullptr) refuse_option(step, std::string_view(word).substr(0, equals));
    const auto repeats = [&](const StepArgument& argument) { return argument.option == option->name; };
    if (std::any_of(arguments.begin(), arguments.end(), repeats))
      throw UsageError(fmt::format("the step {} is given its option {} twice", step.name, option->name));
    arguments.push_back({option->name, {word.substr(equals + 1)}});
  }
  return arguments;
}

}  // namespace

const StepDescriptor* step_named(std::string_view name) {
  for (const StepDescriptor* const step : all_steps())
    if (step->name == name) return step;
  return nullptr;
}

AnyStep make_step(std::string_view spec) {
  const std::size_t colon = std::min(spec.find(':'), spec.size());
  const std::string_view name = spec.substr(0, colon);
  const StepDescriptor* const step = step_named(name);
  if (step == nullptr) {
    std::vector<std::string_view> names;
    for (const StepDescriptor* const each : all_steps()) names.push_back(each->name);
    const std::string meant = suggestion(name, names);
    throw UsageError(
        fmt::format("there is no step {}{}", name, meant.empty() ? std::string("; 'bibmill steps' lists them") : meant));
  }
  return step->make(arguments_of(*step, spec.substr(std::min(colon + 1, spec.size()))));
}

Field field_for_step(std::string_view name) {
  if (const std::optional<Field> field = field_named(name)) return *field;
  std::vector<std::string_view> names;
  for (std::size_t f = 0; f < kFieldCount; ++f) names.push_back(name_of(static_cast<Field>(f)));
  throw UsageError(fmt::format("there is no field {}{}", name, suggestion(name, names)));
}

}  // namespace bibmill

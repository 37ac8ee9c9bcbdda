// Reading the options of steps.
#include "bibmill/step.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/nearest.h"
#include "bibmill/reflect.h"

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

const StepOption* find_option(const StepDescriptor& step, std::string_view name) {
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

void add_argument(const StepDescriptor& step, const StepOption& option, std::string value, std::vector<StepArgument>& arguments) {
  const auto repeats = [&](const StepArgument& argument) { return argument.option == option.name; };
  if (std::any_of(arguments.begin(), arguments.end(), repeats)) throw UsageError(fmt::format("the step {} is given its option {} twice", step.name, option.name));
  arguments.push_back({option.name, {std::move(value)}});
}

/// Takes an option off the end that takes the rest: "type=book,where=year > 2000", or, without its name, all of "type == book and year in (2000, 2001)".
void take_rest(const StepDescriptor& step, std::string_view& text, std::vector<StepArgument>& arguments) {
  const auto rest = std::find_if(step.options.begin(), step.options.end(), [](const StepOption& option) { return option.takes_rest; });
  if (rest == step.options.end()) return;
  const std::size_t equals = text.find('=');
  const bool names_option = equals != std::string_view::npos && find_option(step, text.substr(0, equals)) != nullptr && !text.substr(equals).starts_with("==");
  if (!names_option && step.main_option == rest->name) {
    add_argument(step, *rest, std::string(text), arguments);
    text = {};
    return;
  }
  const std::string naming = fmt::format("{}=", rest->name);
  bool begins_word = true;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (begins_word && text.substr(at).starts_with(naming)) {
      add_argument(step, *rest, std::string(text.substr(at + naming.size())), arguments);
      text = text.substr(0, at == 0 ? 0 : at - 1);
      return;
    }
    begins_word = text[at] == ',';
    if (text[at] == '\\') ++at;
  }
}

std::vector<StepArgument> arguments_of(const StepDescriptor& step, std::string_view text) {
  std::vector<StepArgument> arguments;
  std::vector<StepArgument> rest;
  if (!text.empty()) take_rest(step, text, rest);
  if (text.empty()) return rest;
  for (std::string& word : words_of(text)) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos) {
      if (arguments.empty() && !step.main_option.empty()) arguments.push_back({step.main_option, {}});
      if (arguments.empty()) refuse_option(step, word);
      arguments.back().values.push_back(std::move(word));
      continue;
    }
    add_argument(step, option_named(step, std::string_view(word).substr(0, equals)), word.substr(equals + 1), arguments);
  }
  std::move(rest.begin(), rest.end(), std::back_inserter(arguments));
  return arguments;
}

}  // namespace

const StepDescriptor* step_named(std::string_view name) {
  for (const StepDescriptor* const step : all_steps())
    if (step->name == name) return step;
  return nullptr;
}

const StepDescriptor& descriptor_named(std::string_view name) {
  if (const StepDescriptor* const step = step_named(name)) return *step;
  std::vector<std::string_view> names;
  for (const StepDescriptor* const each : all_steps()) names.push_back(each->name);
  const std::string meant = suggestion(name, names);
  throw UsageError(fmt::format("there is no step {}{}", name, meant.empty() ? std::string("; 'bibmill steps' lists them") : meant));
}

const StepOption& option_named(const StepDescriptor& step, std::string_view name) {
  if (const StepOption* const option = find_option(step, name)) return *option;
  refuse_option(step, name);
}

AnyStep make_step(std::string_view spec) {
  const std::size_t colon = std::min(spec.find(':'), spec.size());
  const StepDescriptor& step = descriptor_named(spec.substr(0, colon));
  return step.make(arguments_of(step, spec.substr(std::min(colon + 1, spec.size()))));
}

void say_change(DiagnosticSink& diagnostics, const Record& record, std::string_view code, Span where, std::string message) {
  diagnostics.report(Diagnostic{Severity::Note, code, std::move(message), std::string(record.key), where.empty() ? record.span : where, {}});
}

std::string described(const GatheredRecord& record, const StepReport& report) {
  const Place place = report.place_of(record);
  const std::string where = fmt::format("{}:{}", place.source, place.position.line);
  const std::string_view key = !record.source_key.empty() ? std::string_view(record.source_key) : std::string_view(record.record.key);
  return key.empty() ? where : fmt::format("{} ({})", key, where);
}

void keep_only(std::vector<GatheredRecord>& records, const std::vector<bool>& stays, StepReport& report) {
  std::size_t kept = 0;
  std::vector<Extra> waiting;
  std::vector<std::shared_ptr<Arena>> arenas;  // of the waiting texts
  for (std::size_t at = 0; at < records.size(); ++at) {
    GatheredRecord& record = records[at];
    if (!stays[at]) {
      if (record.before.empty()) continue;
      waiting.insert(waiting.end(), record.before.begin(), record.before.end());
      arenas.push_back(record.record.shared_arena());
      continue;
    }
    for (Extra& text : waiting) text = clone(text, record.record.arena());
    record.before.insert(record.before.begin(), waiting.begin(), waiting.end());
    waiting.clear();
    arenas.clear();
    if (kept != at) records[kept] = std::move(record);
    ++kept;
  }
  for (const Extra& text : waiting) report.trailing(text);
  records.resize(kept);
}

Field field_for_step(std::string_view name) {
  if (const std::optional<Field> field = field_named(name)) return *field;
  std::vector<std::string_view> names;
  for (std::size_t f = 0; f < kFieldCount; ++f) names.push_back(name_of(static_cast<Field>(f)));
  throw UsageError(fmt::format("there is no field {}{}", name, suggestion(name, names)));
}

Type type_for_step(std::string_view name) {
  if (const std::optional<Type> type = type_named(name)) return *type;
  std::vector<std::string_view> names;
  for (std::size_t t = 0; t < kTypeCount; ++t) names.push_back(name_of(static_cast<Type>(t)));
  throw UsageError(fmt::format("there is no type {}{}", name, suggestion(name, names)));
}

}  // namespace bibmill

// From the tables of options to the tables of the file, and back.
#include "config.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "bibmill/config_file.h"

namespace bibmill::cli {

namespace {

/// A section a command that has such options.
std::vector<ConfigSection> sections_of_all() {
  std::vector<ConfigSection> sections;
  for (const Command* const command : all_commands()) {
    ConfigSection section{command->name, command->summary, {}};
    for (const Option& option : command->options)
      if (option.in_config) section.keys.push_back({option.name(), option.help, option.choices, option.repeats, option.argument == "FILE", option.argument == "N", option.check});
    if (!section.keys.empty()) sections.push_back(std::move(section));
  }
  return sections;
}

Arguments with_settings(Arguments arguments, const std::optional<std::string>& file, const Command& command) {
  if (!file) return arguments;
  for (ConfigValue& value : read_config(*file, sections_of_all(), command.name)) arguments.supply(value.key, std::move(value.values));
  arguments.set_config_file(*file);
  return arguments;
}

}  // namespace

void add_config(const Command& command, Arguments& arguments) {
  const bool looks = std::any_of(command.options.begin(), command.options.end(), [](const Option& option) { return option.name() == kConfigOption.name(); });
  if (!looks || arguments.has("no-config")) return;
  const Arguments given = arguments;
  const std::vector<std::string>& inputs = given.operands();
  const std::optional<std::string> file = given.has("config") ? std::string(given.value("config")) : find_config(inputs.empty() ? "-" : inputs.front());
  arguments = with_settings(given, file, command);
  if (given.has("config") || !command.settings_by_input) return;
  for (const std::string& input : inputs)
    if (const std::optional<std::string> own = find_config(input); own != file) arguments.set_for_input(input, with_settings(given, own, command));
}

std::vector<std::string> config_files(const Arguments& arguments) {
  std::vector<std::string> files;
  const auto add = [&](const std::string& file) {
    if (!file.empty() && std::find(files.begin(), files.end(), file) == files.end()) files.push_back(file);
  };
  add(arguments.config_file());
  for (const std::string& input : arguments.operands()) add(arguments.of_input(input).config_file());
  return files;
}

void emit_config_schema(text::Emitter& emitter) { bibmill::emit_config_schema(emitter, sections_of_all()); }

}  // namespace bibmill::cli

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

}  // namespace

void add_config(const Command& command, Arguments& arguments) {
  const bool looks = std::any_of(command.options.begin(), command.options.end(), [](const Option& option) { return option.name() == kConfigOption.name(); });
  if (!looks || arguments.has("no-config")) return;
  const std::vector<std::string>& inputs = arguments.operands();
  const std::optional<std::string> file = arguments.has("config") ? std::string(arguments.value("config")) : find_config(inputs.empty() ? "-" : inputs.front());
  if (!file) return;
  const std::vector<ConfigSection> sections = sections_of_all();
  for (ConfigValue& value : read_config(*file, sections, command.name)) arguments.supply(value.key, std::move(value.values));
}

void emit_config_schema(text::Emitter& emitter) { bibmill::emit_config_schema(emitter, sections_of_all()); }

}  // namespace bibmill::cli

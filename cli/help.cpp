// Laying out help.
#include "help.h"

#include <vector>

#include <fmt/format.h>

namespace bibmill::cli {

std::string help_of_all() {
  std::vector<Row> commands;
  for (const Command* const command : all_commands())
    commands.push_back({std::string(command->name), std::string(command->summary)});
  const std::vector<Row> codes = {
      {"0", "done"},
      {"1", "findings: what --fail-on names; convert: a record could not be read whole"},
      {"2", "wrong usage, found before any file is touched"},
      {"3", "an input or output failed"},
      {"4", "a fault of bibmill itself"},
  };
  return fmt::format(
      "bibmill {} converts, checks and prepares bibliographies without losing a field.\n\n"
      "Usage: bibmill COMMAND [OPTION…] [OPERAND…]\n\nCommands:\n{}\n"
      "'bibmill help COMMAND' or 'bibmill COMMAND --help' tells what one does; 'bibmill --version' which bibmill this "
      "is.\n\nExit codes:\n{}",
      BIBMILL_VERSION, in_columns(commands), in_columns(codes));
}

std::string help_of(const Command& command) {
  std::string text = fmt::format("bibmill {}: {}\n\nUsage: bibmill {}", command.name, command.summary, command.name);
  if (!command.options.empty()) text += " [OPTION…]";
  if (!command.operands.empty()) text += fmt::format(" {}", command.operands);
  text += '\n';
  if (!command.description.empty()) text += fmt::format("\n{}\n", wrapped(command.description, 80, 0));
  text += describe(command.options);
  if (!command.examples.empty()) {
    text += "\nExamples:\n";
    for (const Example& example : command.examples) text += fmt::format("  {}\n      {}\n", example.command, example.effect);
  }
  return text;
}

}  // namespace bibmill::cli

// help: the program, or one command.
#include "help.h"

#include "command.h"

namespace bibmill::cli {

namespace {

int run_help(const Arguments& arguments, Console& console) {
  console.print(arguments.operands().empty() ? help_of_all() : help_of(command_named(arguments.operands().front())));
  return kDone;
}

}  // namespace

const Command& help_command() {
  static constexpr Option kOptions[] = {kHelpOption};
  static constexpr Command kCommand = {
      .name = "help",
      .summary = "tell what bibmill or one of its commands does",
      .operands = "[COMMAND]",
      .description = "",
      .options = kOptions,
      .exclusive = {},
      .examples = {},
      .most_operands = 1,
      .run = run_help,
  };
  return kCommand;
}

}  // namespace bibmill::cli

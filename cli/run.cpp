// Words -> command -> exit code.
#include "run.h"

#include <csignal>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/nearest.h"
#include "command.h"
#include "config.h"
#include "help.h"

namespace bibmill::cli {

namespace {

int run_command(const Command& command, const std::vector<std::string>& words, Console& console) {
  Arguments arguments = parse(command.options, command.exclusive, words);
  if (arguments.has("help")) {
    console.print(help_of(command));
    return kDone;
  }
  const std::size_t operands = arguments.operands().size();
  if (operands < command.least_operands)
    throw UsageError(fmt::format("there is something missing: {} {}", command.name, command.operands));
  if (operands > command.most_operands)
    throw UsageError(fmt::format("there is too much: {}", arguments.operands()[command.most_operands]));
  add_config(command, arguments);
  const int code = command.run(arguments, console);
  if (const std::vector<std::string> files = config_files(arguments); !files.empty() && !arguments.has("quiet")) console.say(fmt::format("settings from {}", fmt::join(files, " and ")));
  return code;
}

int run_words(const std::vector<std::string>& words, Console& console, std::string& name) {
  if (words.empty()) {
    console.say(help_of_all());
    return kUsage;
  }
  const std::string& first = words.front();
  if (first == "--help" || first == "-h") {
    console.print(help_of_all());
    return kDone;
  }
  if (first == "--version" || first == "-V") {
    console.print("bibmill " BIBMILL_VERSION "\n");
    return kDone;
  }
  if (first.starts_with('-')) throw UsageError(fmt::format("a command comes first, not {}", first));
  const Command& command = command_named(first);
  name = fmt::format(" {}", command.name);
  return run_command(command, {words.begin() + 1, words.end()}, console);
}

}  // namespace

const Command& command_named(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Command* const command : all_commands()) {
    if (command->name == name) return *command;
    names.push_back(command->name);
  }
  throw UsageError(fmt::format("there is no command {}{}", name, suggestion(name, names)));
}

int run(int argc, const char* const* argv) {
  // A reader that has seen enough is an output that failed, and is reported as such.
  std::signal(SIGPIPE, SIG_IGN);
  Console console;
  std::string command;
  try {
    const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    const int code = run_words(words, console, command);
    console.flush();
    return code;
  } catch (const UsageError& error) {
    console.complain(error.what());
    console.say(fmt::format("'bibmill help{}' tells more", command));
    return kUsage;
  } catch (const std::logic_error& error) {
    console.complain(fmt::format("this is a fault of bibmill " BIBMILL_VERSION " itself: {}", error.what()));
    console.say("Please report it with the command line, these lines and, if you can, the input.");
    return kBug;
  } catch (const std::bad_alloc&) {
    console.complain("out of memory");
    return kFailed;
  } catch (const std::exception& error) {
    console.complain(error.what());
    return kFailed;
  }
}

}  // namespace bibmill::cli

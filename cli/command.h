// Commands: what `bibmill NAME` can be. The file commands/<name>.cpp defines one as bibmill::cli::<name>_command().
#pragma once

#include <limits>
#include <span>
#include <string_view>

#include "console.h"
#include "options.h"

namespace bibmill::cli {

/// What the program ends with.
enum ExitCode : int {
  kDone = 0,
  kFindings = 1,  ///< of check and diff; what --fail-on names
  kUsage = 2,     ///< found before any file is touched
  kFailed = 3,    ///< an input or output
  kBug = 4,
};

struct Example {
  std::string_view command;
  std::string_view effect;
};

struct Command {
  std::string_view name;
  std::string_view summary;      ///< one line for the list of commands
  std::string_view operands;     ///< as the synopsis shows them: "[INPUT…]"
  std::string_view description;  ///< a few sentences
  std::span<const Option> options;
  std::span<const std::string_view> exclusive;  ///< options of which only one may be given: "quiet,progress"
  std::span<const Example> examples;
  std::size_t least_operands = 0;
  std::size_t most_operands = std::numeric_limits<std::size_t>::max();
  int (*run)(const Arguments& arguments, Console& console) = nullptr;
  bool settings_by_input = false;  ///< an input in a folder with settings of its own is worked on by those (config.h)
};

/// Generated from the files of commands/, in the order of their names.
std::span<const Command* const> all_commands();

/// Throws UsageError, with the nearest right one.
const Command& command_named(std::string_view name);

}  // namespace bibmill::cli

// bibmill.yaml on the command line: its keys are the options that say they may stand in it.
#pragma once

#include <string>
#include <vector>

#include "bibmill/text/tree.h"
#include "command.h"

namespace bibmill::cli {

inline constexpr Option kConfigOption = {"config", "FILE", "take what a project wants from this file; otherwise from bibmill.yaml in the folder of the first input, or the nearest folder above (the rules of check: of each input)", "Configuration"};
inline constexpr Option kNoConfigOption = {"no-config", "", "take it from no file", "Configuration"};

/// Gives options that were not given the values that the file has for them, if the command looks for one: that of the first input; and, where
/// the command works by input, to other inputs by themselves (Arguments::of_input) those of theirs. Throws UsageError, InputError.
void add_config(const Command& command, Arguments& arguments);

/// The files that it took settings from, each once.
std::vector<std::string> config_files(const Arguments& arguments);

/// The schema of such files.
void emit_config_schema(text::Emitter& emitter);

}  // namespace bibmill::cli

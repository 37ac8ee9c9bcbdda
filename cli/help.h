// Help, made from the commands' own values.
#pragma once

#include <string>

#include "command.h"

namespace bibmill::cli {

/// The program: what it is for, its commands, its exit codes.
std::string help_of_all();
/// One command.
std::string help_of(const Command& command);

}  // namespace bibmill::cli

// The program: finds the command, runs it, and turns what it throws into a message and an exit code.
#pragma once

namespace bibmill::cli {

int run(int argc, const char* const* argv);

}  // namespace bibmill::cli

// Running shell lines: what they print, how they end, how large they grow.
#pragma once

#include <filesystem>
#include <string>

namespace bibmill::support {

struct Outcome {
  int status = 0;      ///< exit code; 128 and more: ended by a signal
  std::string output;  ///< standard output; what else is to be seen, the line redirects there
  long peak = 0;       ///< of its largest process, in KiB
};

Outcome run(const std::string& line);

/// As one word of a shell line.
std::string quoted(const std::filesystem::path& path);

}  // namespace bibmill::support

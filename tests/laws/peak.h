// How large a program grows.
#pragma once

#include <string>

namespace bibmill::laws {

/// How a shell line ended, and how large its largest process grew.
struct Peak {
  int status = -1;
  long kib = -1;
};

/// Runs the line. Its processes must be its own: a line in the background is not seen.
Peak peak_of(const std::string& line);

}  // namespace bibmill::laws

// The failures that end a run, each with its own exit code; everything else is a diagnostic.
#pragma once

#include <stdexcept>

namespace bibmill {

/// The caller asked for something that does not exist or does not go together. Found before any file is opened.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// An input cannot be opened or read, or is nothing that could be converted. The message names it.
struct InputError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// An output cannot be written. The message names it.
struct OutputError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace bibmill

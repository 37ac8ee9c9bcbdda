// Piece by piece, with a limit.
#include "whole_file.h"

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/input.h"

namespace bibmill {

std::string whole_file(const std::string& path, std::uint64_t most) {
  Input input(path, {});
  TextBuffer text;
  input.head();
  while (input.read(text))
    if (text.size() > most) throw InputError(fmt::format("{} is larger than {} bytes", path, most));
  return std::string(text.view());
}

}  // namespace bibmill

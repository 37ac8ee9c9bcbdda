// A text as a list of lines, for comparing two versions of it.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

namespace bibmill {

/// Each with its line end; only the last may be without. Views into the text.
inline std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    lines.push_back(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace bibmill

// CSV (RFC 4180), a row at a time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bibmill {

/// Takes the next row off the text: fields divided by `separator`; within quotes separators and line ends are text, and a quote is doubled. Empty at the end.
std::vector<std::string> take_csv_row(std::string_view& text, char separator);

}  // namespace bibmill

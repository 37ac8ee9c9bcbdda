// What several commands know of formats: the list of them, and one by its name.
#pragma once

#include <string>
#include <string_view>

#include "bibmill/format.h"

namespace bibmill::cli {

/// One line a format: id, aliases, extensions, title.
std::string list_of_formats();

/// Throws UsageError, with the nearest right one.
const Format& format_from(std::string_view name);

}  // namespace bibmill::cli

// The catalogue: every format there is, and which one a name or a text means.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "bibmill/format.h"

namespace bibmill {

/// Generated from the folders of formats/, in the order of their ids.
std::span<const Format* const> all_formats();

/// By id or alias, case ignored; null if there is none.
const Format* format_named(std::span<const Format* const> formats, std::string_view name);

/// By the extension of a file's name (".gz" and ".zst" looked through); null if none or several claim it.
const Format* format_for_file(std::span<const Format* const> formats, std::string_view file_name);

/// By content first, then by name; null if nothing fits.
const Format* detect_format(std::span<const Format* const> formats, std::string_view head, std::string_view file_name);

/// What a text looks like that is none of the formats: "EndNote refer (%0)", "HTML", "a PDF"; empty if nothing comes to mind.
std::string_view looks_like(std::string_view head);

}  // namespace bibmill

// Cutting MEDLINE between records.
#pragma once

#include <cstddef>
#include <string_view>

namespace bibmill::medline {

/// Format::split.
std::size_t split(std::string_view text, std::size_t about);

}  // namespace bibmill::medline

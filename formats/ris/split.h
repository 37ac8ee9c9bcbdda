// Cutting RIS between records, and knowing it when one sees it.
#pragma once

#include <cstddef>
#include <string_view>

namespace bibmill::ris {

/// Format::split.
std::size_t split(std::string_view text, std::size_t about);

/// Format::recognises.
int recognises(std::string_view head);

}  // namespace bibmill::ris

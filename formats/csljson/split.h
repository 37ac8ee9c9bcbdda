// Cutting a CSL-JSON text, and recognising one.
#pragma once

#include <cstddef>
#include <string_view>

namespace bibmill::csljson {

/// See Format::split.
std::size_t split(std::string_view text, std::size_t about);

/// See Format::recognises.
int recognises(std::string_view head);

}  // namespace bibmill::csljson

// What CSL's items are like in CSL-JSON.
#pragma once

#include "bibmill/csl/item.h"

namespace bibmill::csljson {

inline constexpr std::string_view kOrigin = "csljson";
inline constexpr csl::Dialect kDialect{.origin = kOrigin, .repeated_members = true};

}  // namespace bibmill::csljson

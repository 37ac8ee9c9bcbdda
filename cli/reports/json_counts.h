// Numbers in reports that are JSON.
#pragma once

#include <cstdint>
#include <string_view>

#include <fmt/format.h>

#include "bibmill/text/tree.h"

namespace bibmill::cli {

inline void emit_count(text::Emitter& emitter, std::string_view name, std::uint64_t value) {
  emitter.key(name);
  emitter.number(fmt::format("{}", value));
}

}  // namespace bibmill::cli

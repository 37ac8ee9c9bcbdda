// A number that only this process has: for tables whose keys come from files, which nobody shall be able to fill so that all their keys come to one slot.
#pragma once

#include <cstdint>

namespace bibmill {

/// The same throughout the process, another one in the next. Nothing that is written may depend on it.
std::uint64_t process_secret();

}  // namespace bibmill

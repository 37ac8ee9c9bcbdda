// Options that every command which reads bibliographies has.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "bibmill/source.h"
#include "options.h"

namespace bibmill::cli {

inline constexpr Option kEncodingOption = {"encoding", "NAME", "encoding of the inputs, unless a byte-order mark tells another", "Input"};

/// The operands, or "-" where there are none. Throws UsageError where standard input is named twice.
std::vector<std::string> inputs_from(const Arguments& arguments);

/// What was given for it, if anything. Throws UsageError, with the nearest right one.
std::optional<Encoding> encoding_from(const Arguments& arguments);

/// --jobs, or as many threads as the machine runs at once. Throws UsageError.
std::size_t threads_from(const Arguments& arguments);

}  // namespace bibmill::cli

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

/// How many threads these inputs are worth: one for each MiB of them, at most `most`, and that many where their size is not known, as that of a pipe. A thread costs
/// more than it gives where one is done within a few milliseconds. Compressed inputs count as they lie on disk.
std::size_t threads_worth(const std::vector<std::string>& inputs, std::size_t most);

/// --jobs, or as many threads as the inputs are worth and the machine runs at once. Throws UsageError.
std::size_t threads_from(const Arguments& arguments, const std::vector<std::string>& inputs);

}  // namespace bibmill::cli

// Checks of a pipeline file: what was made is looked at as `check` does, before it is kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "bibmill/check.h"
#include "bibmill/pipeline_file.h"
#include "pipeline_outputs.h"

namespace bibmill::cli {

/// How much was found, by the severities that the pipeline file gives.
struct CheckCounts {
  std::uint64_t errors = 0;
  std::uint64_t warnings = 0;
};

/// Looks at an output, which can be read at `draft`, and gives what is found to the sink, under the output's own name.
CheckCounts check_output(const PipelineChecks& checks, const OutputTask& task, const std::string& draft, std::size_t threads, FindingSink& sink);

/// Does the same and says what is found, one line each. Whether it is more than the file puts up with.
bool fails_checks(const PipelineChecks& checks, const OutputTask& task, const std::string& draft, std::size_t threads, Console& console);

}  // namespace bibmill::cli

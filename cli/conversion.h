// What convert and run share: how much is said, what a run ends with, files that steps were asked for.
#pragma once

#include <string_view>

#include "bibmill/pipeline.h"
#include "options.h"
#include "reports/text.h"

namespace bibmill::cli {

/// "summary", "all" or "none", of --losses or --changes.
TextReport::Losses how_much(const Arguments& arguments, std::string_view option);

/// What --fail-on makes of a conversion.
int exit_code(const Totals& totals, std::string_view fail_on);

/// Throws OutputError.
void write_step_files(const Totals& totals);

}  // namespace bibmill::cli

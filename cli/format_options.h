// Flags that follow from the formats' own options and profiles.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "bibmill/pipeline.h"
#include "options.h"

namespace bibmill::cli {

/// A command's own options and, in a group of their own, those of all formats. A name that several formats share is one flag.
std::vector<Option> with_format_options(std::span<const Option> own);

/// Puts what was given into `options`, whose target and, if named, source are known. Throws UsageError where neither has the option, or its value is wrong.
void set_format_options(const Arguments& arguments, ConvertOptions& options);

/// One of the target's profiles, or none. Throws UsageError, with the nearest right one.
std::string_view profile_from(const Arguments& arguments, const Format& to);

}  // namespace bibmill::cli

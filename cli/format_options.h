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

/// The same with the options of layouts.
std::vector<Option> with_layout_options(std::span<const Option> own);

/// What was given for the layouts of these formats. Throws UsageError where one of them does not have the option, or its value is wrong.
Settings layout_settings(const Arguments& arguments, std::span<const Format* const> formats);

/// One of the target's profiles, or none. Throws UsageError, with the nearest right one.
std::string_view profile_from(const Arguments& arguments, const Format& to);

}  // namespace bibmill::cli

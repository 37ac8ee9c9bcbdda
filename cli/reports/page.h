// Pages to look at and pass on: one file each, in HTML, that needs no network and no other file.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "bibmill/completeness.h"

namespace bibmill::cli {

/// Up to the heading, which is the title.
std::string page_head(std::string_view title);
std::string page_end();

/// A bar as long as `count` is of `most`, for a cell of a table.
std::string bar(std::uint64_t count, std::uint64_t most);

/// Which records have which fields: a row for each field, from the first record to the last, the darker the more of them have it. Empty where there is no record.
std::string completeness_picture(const Completeness& completeness);

/// How many records are of which year. Empty where none has one.
std::string years_plot(const std::map<std::int32_t, std::uint64_t>& years);

}  // namespace bibmill::cli

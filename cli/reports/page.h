// Pages to look at and pass on: one file each, in HTML, that needs no network and no other file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bibmill::cli {

/// Up to the heading, which is the title.
std::string page_head(std::string_view title);
std::string page_end();

/// A bar as long as `count` is of `most`, for a cell of a table.
std::string bar(std::uint64_t count, std::uint64_t most);

}  // namespace bibmill::cli

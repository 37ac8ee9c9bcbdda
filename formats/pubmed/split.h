// The cut between two parts (see Format::split).
#pragma once

#include <cstddef>
#include <string_view>

namespace bibmill::pubmed {

std::size_t split(std::string_view text, std::size_t about);

}  // namespace bibmill::pubmed

// Statistics as text, as JSON under schemas/stats.schema.json, and as a page.
#pragma once

#include <cstddef>
#include <string>

#include "bibmill/stats.h"

namespace bibmill::cli {

/// `most`: how long the lists of names may be that have no natural end (journals, keys that only their format knows).
std::string stats_as_text(const Statistics& statistics, std::size_t most);
std::string stats_as_json(const Statistics& statistics, std::size_t most);
std::string stats_as_page(const Statistics& statistics, std::size_t most);

}  // namespace bibmill::cli

// The pages of docs/ that follow from the tables: fields.md, formats/*.md, losses.md and steps.md.
#pragma once

#include <map>
#include <span>
#include <string>

#include "bibmill/format.h"

namespace bibmill::docs {

/// Every generated page by its path below docs/.
std::map<std::string, std::string> pages(std::span<const Format* const> formats);

}  // namespace bibmill::docs

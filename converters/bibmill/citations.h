// What rules are told by manuscripts: the keys and works that they cite.
#pragma once

#include <string>
#include <vector>

#include "bibmill/rule.h"

namespace bibmill {

/// The keys and works that manuscripts cite. Throws InputError, and UsageError for a file that is no manuscript.
void add_citations(const std::vector<std::string>& paths, RuleSettings& settings);

}  // namespace bibmill

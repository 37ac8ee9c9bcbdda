// What rules are told by other files: works that were retracted, and keys that manuscripts cite.
#pragma once

#include <string>
#include <vector>

#include "bibmill/rule.h"

namespace bibmill {

/// Every DOI, in lower case, and every number of at most eight digits that stands alone, in a text of whatever form: a list, a CSV file. Sorted. Throws InputError.
std::vector<std::string> identifiers_in(const std::string& path);

/// The keys and works that manuscripts cite. Throws InputError, and UsageError for a file that is no manuscript.
void add_citations(const std::vector<std::string>& paths, RuleSettings& settings);

}  // namespace bibmill

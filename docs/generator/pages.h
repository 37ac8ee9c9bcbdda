// The pages of docs/ that follow from the tables: fields.md, formats/*.md, losses.md, steps.md, targets.md and rules/*.md.
#pragma once

#include <map>
#include <span>
#include <string>

#include "bibmill/format.h"

namespace bibmill::docs {

/// The pages of the rules, rules/*.md; part of the others.
void add_rule_pages(std::map<std::string, std::string>& pages);

/// Every generated page by its path below docs/.
std::map<std::string, std::string> pages(std::span<const Format* const> formats);

}  // namespace bibmill::docs

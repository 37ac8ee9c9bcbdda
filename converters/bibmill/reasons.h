// Why something was lost, told from the tables: which row let it through in part, or that there is none, and what would have kept it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/report.h"

namespace bibmill {

/// The keys of the target's rows that write the field, for one type of work or another; empty where none does, and of what is no field.
std::string rows_of(const LossNote& loss, const Format& target);

/// "no row of bibtex writes archive".
std::string why_lost(const LossNote& loss, const Format& target);

/// "--carry", and the ids of the formats whose tables promise to keep all of it: in the order of `formats`. `can_carry` as for message_of.
std::vector<std::string> keepers_of(const LossNote& loss, const Format& target, bool can_carry, std::span<const Format* const> formats);

}  // namespace bibmill

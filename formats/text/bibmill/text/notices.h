// What a reader of a reference must see: that the work was retracted, or that there is concern about it.
//
// PubMed says it in two places, by links to the notices and by the publication type of what was retracted. Formats without a place for either show it in
// words; where a link says it, the publication type is silent, so that it is said once.
#pragma once

#include <string>
#include <string_view>

#include "bibmill/record.h"

namespace bibmill::text {

/// "Retracted in: Cell. 2000 Jan;100(1):1. Expression of concern in: …", of an entry of comments and corrections; "Retracted", of publication types, where
/// no link of `record` says so. Empty where the entry has nothing to say, and for every other field.
std::string notice_of(const Entry& entry, const Record& record);

/// The same in a word or two, for a state of publication: "retracted", "expression of concern".
std::string_view state_of(const Entry& entry, const Record& record);

}  // namespace bibmill::text

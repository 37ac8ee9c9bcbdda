// What a reading leaves of its text: the measure of law 1, conservation.
//
// A reader that skips a value leaves bytes that nothing claims, so the law finds what no expectation thought of. What a delimiter is stands in a table
// beside the law, apart from the readers, so that they cannot excuse themselves.
#pragma once

#include <string_view>

#include "corpus.h"

namespace bibmill::laws {

/// The first piece of the text that nothing in the reading claims and no delimiter of the format explains; empty if there is none.
std::string_view unclaimed(const Format& format, std::string_view text, const Reading& reading);

}  // namespace bibmill::laws

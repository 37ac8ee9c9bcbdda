// Names of journals compared: may two of them be one journal's, in full, abbreviated, or by its initials?
//
// No list is asked. A journal is written in so many ways that only what cannot be another way of writing the same speaks for two journals: "N Engl J Med" and "NEJM" may be
// the New England journal of medicine, "Chest" is never "Thorax".
#pragma once

#include <string>
#include <string_view>

#include "bibmill/record.h"

namespace bibmill {

/// The names that a record has for its container, in full and abbreviated, as they are written, each on a line.
std::string container_names(const Record& record);

/// Whether a name of the one may be a name of the other. Not told (true) where either has none, or they are in different scripts.
bool may_be_one_journal(std::string_view names, std::string_view other_names);

/// Whether both have a name, but for case, marks and subtitles.
bool share_a_name(std::string_view names, std::string_view other_names);

/// As of journals, of books, whose titles are hardly ever abbreviated and often cut: whether half of the words of the shorter stand in the longer.
bool may_be_one_book(std::string_view names, std::string_view other_names);

}  // namespace bibmill

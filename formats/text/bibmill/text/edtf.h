// EDTF, the Extended Date/Time Format of ISO 8601-2:2019, levels 0 and 1: how dates stand in biblatex, CSL's raw dates and
// archives.
//
//   2001  2001-05  2001-05-07  2001-05-07T10:30:00Z  -0043-03-15  Y-17000     points in time
//   2001-21                                                                    seasons, 21 spring to 24 winter
//   2001?  2001-05~  2001%                                                     uncertain, approximate, both
//   199X  19XX  2001-XX  2001-05-XX  2001-XX-XX                                unspecified digits, from the right
//   2001/2003  2001-05/..  ../2001  2001/  /2001                               ranges, with open ("..") and unknown ends
//
// Reading is strict: a day that its month does not have, a month 13 or a season of level 2 (25–41) is no date.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bibmill/mapping.h"
#include "bibmill/values.h"

namespace bibmill::text {

/// The whole text as a date or a range; nothing where it is anything else, blanks around it included.
std::optional<Date> parse_edtf(std::string_view text);

/// One end: a point, "..", or nothing (Kind::Unknown).
std::optional<DatePoint> parse_edtf_point(std::string_view text);

/// Refused where the date has no known point; Narrowed where it has words beside.
Fidelity append_edtf(std::string& out, const Date& date);

/// A known point; ".." for an open end; nothing for the other kinds.
void append_edtf_point(std::string& out, const DatePoint& point);

/// Whether the calendar (Gregorian, counted backwards too) has this day. `month` 1–12.
bool is_day_of_month(int year, unsigned month, unsigned day);

}  // namespace bibmill::text

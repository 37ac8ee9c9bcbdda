// Dates as MEDLINE, PubMed, RIS and BibTeX's month field write them, and the names of months and seasons.
//
// No reader here fails: words that are no date become the date's `literal`, beside the part that is one, so that nothing is lost.
// `raw` and `span` are set by the caller. Every writer reads its own text back before it promises Fidelity::Exact. Numbers need
// no locale, years have four digits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bibmill/arena.h"
#include "bibmill/mapping.h"
#include "bibmill/values.h"

namespace bibmill::text {

// ------------------------------------------------------------------------------------------------------------- MEDLINE

/// DP, MedlineDate, and PubDate's Year, Month or Season, and Day joined by blanks:
///   "2022 Apr 5", "2000 Spring", "2001 Jul-Aug", "1978 May 5-11", "1999 Oct 29-Nov 4", "1998 Dec-1999 Jan", "2000
/// Winter-Spring", "1998-1999". The longest beginning that is a date is read and the words behind it are the literal: "1998 1st
/// Quart" is 1998 and "1st Quart". ERIC's "2018-Jul-15" and "1987-Sep" are read too.
Date parse_medline_date(Arena& arena, std::string_view text);
Fidelity append_medline_date(std::string& out, const Date& date);

/// EDAT, MHDA, CRDT, PHST, DCOM, LR, DEP: "20060220", "2006/02/20", "2006/02/20 09:00", "2006-02-20". The literal is the text
/// where it is none of these.
Date parse_medline_stamp(Arena& arena, std::string_view text);

enum class StampStyle : std::uint8_t {
  Compact,  ///< 20060220
  Slashes,  ///< 2006/02/20, and " 09:00" where the time is known
};
/// What is not known is left out from the end. Refused, with nothing written, where there is neither a year nor a literal.
Fidelity append_medline_stamp(std::string& out, const Date& date, StampStyle style);

// ----------------------------------------------------------------------------------------------------------------- RIS

/// "2017/04/07/online", "2015/october", "1999///Spring", "2001/11//Nov-Dec", "2015", "2015-10-01". The fourth part is a literal,
/// unless it says the same date more fully, in MEDLINE's words or in EDTF. Text without a year ("May 7") takes `year`, or is a
/// literal.
Date parse_ris_date(Arena& arena, std::string_view text, std::optional<int> year = std::nullopt);

/// "2017/04/07/online": DA, Y1, Y2. What three numbers cannot say follows in the fourth part.
Fidelity append_ris_date(std::string& out, const Date& date);

/// The year of the first end, four digits: PY, BibTeX's year. Refused where it is not known or not between 0 and 9999.
Fidelity append_year(std::string& out, const Date& date);

// -------------------------------------------------------------------------------------------------------- months, words

/// The part of a date that follows its year: BibTeX's month field (decoded), and the words of MEDLINE: "May", "5", "sept.", "5
/// May", "May 5-11", "Nov--Dec", "Nov/Dec", "10 January", "Oct 29-Nov 4", "Spring". Nothing where any of the words is something
/// else.
std::optional<Date> parse_months(std::string_view text, int year);

/// "5 May 2001", "May 5, 2001", "Nov-Dec 2001", "2004-2005", "2004-4-5", "2004/4/5": all of the text as one date with its year. Nothing where it is none, or where numbers alone leave
/// open what they are ("05/06/2001").
std::optional<Date> parse_date_in_words(std::string_view text);

/// 1–12 for a month's name or usual abbreviation in English or another language of tables/months.inc, in any case, with or
/// without a final dot; 0 otherwise.
unsigned month_named(std::string_view name);

/// 1 spring … 4 winter; 0 otherwise.
unsigned season_named(std::string_view name);

std::string_view month_name(unsigned month);          ///< "September"; 1–12
std::string_view month_abbreviation(unsigned month);  ///< "Sep"; 1–12
std::string_view season_name(unsigned season);        ///< "Fall", as NLM has it (Autumn is read too); 1–4

}  // namespace bibmill::text

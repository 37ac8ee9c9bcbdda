// Dates in words: MEDLINE's, RIS's and the months of BibTeX; expected dates are written as EDTF, words beside them behind a bar.
#include "bibmill/text/dates.h"

#include <gtest/gtest.h>

#include <string>

#include "bibmill/text/edtf.h"

namespace bibmill::text {
namespace {

std::string dump_date(const Date& date) {
  std::string out;
  append_edtf(out, date);
  if (!date.literal.empty()) out.append("|").append(date.literal);
  return out;
}

Date date_of(std::string_view edtf, std::string_view literal = {}) {
  Date date;
  if (!edtf.empty()) date = parse_edtf(edtf).value();
  date.literal = literal;
  return date;
}

struct DateRow {
  const char* text;
  const char* expected;
};

TEST(MedlineDate, ReadsAndWritesBack) {
  constexpr DateRow kRows[] = {
      {"2001", "2001"},
      {"2001 May", "2001-05"},
      {"2022 Apr 5", "2022-04-05"},
      {"2000 Spring", "2000-21"},
      {"2000 Winter", "2000-24"},
      {"1998-1999", "1998/1999"},
      {"2001 Jul-Aug", "2001-07/2001-08"},
      {"1978 May 5-11", "1978-05-05/1978-05-11"},
      {"1999 Oct 29-Nov 4", "1999-10-29/1999-11-04"},
      {"1998 Dec-1999 Jan", "1998-12/1999-01"},
      {"1998 Dec 28-1999 Jan 3", "1998-12-28/1999-01-03"},
      {"2000 Winter-Spring", "2000-24/2000-21"},
      {"1999 Winter-2000 Spring", "1999-24/2000-21"},
      {"2000 Dec-Jan", "2000-12/2000-01"},
      {"1998 1st Quart", "1998|1st Quart"},
      {"2000 Spring Suppl", "2000-21|Suppl"},
      {"2001 Feb 30", "2001-02|30"},
      {"in press", "|in press"},
      {"12345", "|12345"},
      {"2001-", "|2001-"},
      {"0033", "0033"},
  };
  for (const DateRow& row : kRows) {
    Arena arena;
    const Date date = parse_medline_date(arena, row.text);
    EXPECT_EQ(dump_date(date), row.expected) << row.text;
    std::string out;
    EXPECT_EQ(append_medline_date(out, date), Fidelity::Exact) << row.text;
    EXPECT_EQ(out, row.text);
  }
}

TEST(MedlineDate, ReadsOtherSpellings) {
  constexpr DateRow kRows[] = {
      {" 2001 May ", "2001-05"},
      {"2001 may", "2001-05"},
      {"2001 07", "2001-07"},
      {"2001 7 4", "2001-07-04"},
      {"2000 Fall", "2000-23"},
      {"2000 Autumn", "2000-23"},
      {"2001 Jul \xE2\x80\x93 Aug", "2001-07/2001-08"},
      {"Spring 2000", "2000-21"},
      {"5 May 2001", "2001-05-05"},
      {"May 5, 2001", "2001-05-05"},
      {"Jul-Aug 2001", "2001-07/2001-08"},
      {"5-11 May 2001", "2001-05-05/2001-05-11"},
      {"2001 Sept.", "2001-09"},
      {"1987-Sep", "1987-09"},
      {"2018-Jul-15", "2018-07-15"},
      {"2000-Spring", "2000-21"},
      {"2018-Jul-32", "|2018-Jul-32"},
      {"", ""},
      {"2001 May-7", "2001|May-7"},
      {"2001 Dec2001", "2001|Dec2001"},
      {"2001 2002", "2001|2002"},
      {"2001 13", "2001|13"},
      {"1 2 3", "|1 2 3"},
  };
  Arena arena;
  for (const DateRow& row : kRows) EXPECT_EQ(dump_date(parse_medline_date(arena, row.text)), row.expected) << row.text;
}

TEST(MedlineDate, LiteralOutlivesTheText) {
  Arena arena;
  std::string text = "2000 Spring Suppl";
  const Date date = parse_medline_date(arena, text);
  text.assign(text.size(), '#');
  EXPECT_EQ(date.literal, "Suppl");
}

TEST(MedlineDate, SaysWhatItNarrows) {
  constexpr DateRow kRows[] = {
      {"2001~", "2001"}, {"2001/..", "2001"},   {"../2001", "2001"}, {"199X", "1990"}, {"2001-05-07T10:30:00Z", "2001 May 7"},
      {"2001/", "2001"}, {"-0043/2001", "2001"}};
  for (const DateRow& row : kRows) {
    std::string out;
    EXPECT_EQ(append_medline_date(out, date_of(row.text)), Fidelity::Narrowed) << row.text;
    EXPECT_EQ(out, row.expected);
  }
  std::string out;
  EXPECT_EQ(append_medline_date(out, date_of("-0043")), Fidelity::Refused);
  EXPECT_EQ(append_medline_date(out, Date{}), Fidelity::Refused);
  EXPECT_EQ(out, "");
  EXPECT_EQ(append_medline_date(out, date_of("2001", "May")), Fidelity::Narrowed) << "would be read as the month";
}

TEST(MedlineStamp, ReadsAndWritesBack) {
  constexpr struct {
    const char* text;
    const char* expected;
    StampStyle style;
  } kRows[] = {
      {"20060220", "2006-02-20", StampStyle::Compact},
      {"200602", "2006-02", StampStyle::Compact},
      {"2006/02/20", "2006-02-20", StampStyle::Slashes},
      {"2006/02/20 09:00", "2006-02-20T09:00:00", StampStyle::Slashes},
      {"2006/02/20 09:00:30", "2006-02-20T09:00:30", StampStyle::Slashes},
      {"20060231", "|20060231", StampStyle::Compact},
      {"20061301", "|20061301", StampStyle::Compact},
      {"2006/02/20 25:00", "|2006/02/20 25:00", StampStyle::Slashes},
      {"2006/02/20x", "|2006/02/20x", StampStyle::Slashes},
      {"soon", "|soon", StampStyle::Slashes},
  };
  for (const auto& row : kRows) {
    Arena arena;
    const Date date = parse_medline_stamp(arena, row.text);
    EXPECT_EQ(dump_date(date), row.expected);
    std::string out;
    EXPECT_EQ(append_medline_stamp(out, date, row.style), Fidelity::Exact) << row.text;
    EXPECT_EQ(out, row.text);
  }
  Arena arena;
  EXPECT_EQ(dump_date(parse_medline_stamp(arena, "2006-2-5 9:05")), "2006-02-05T09:05:00");
  std::string out;
  EXPECT_EQ(append_medline_stamp(out, date_of("2006-02-20T09:00:00"), StampStyle::Compact), Fidelity::Narrowed);
  EXPECT_EQ(out, "20060220");
  EXPECT_EQ(append_medline_stamp(out, Date{}, StampStyle::Compact), Fidelity::Refused);
}

TEST(RisDate, ReadsAndWritesBack) {
  constexpr DateRow kRows[] = {
      {"2001///", "2001"},
      {"2001/05//", "2001-05"},
      {"2017/04/07/", "2017-04-07"},
      {"2017/04/07/online", "2017-04-07|online"},
      {"2020/11//Nov/Dec2020", "2020-11|Nov/Dec2020"},
      {"1999///Spring", "1999-21"},
      {"2001/11//Nov-Dec", "2001-11/2001-12"},
      {"1978/05/05/May 5-11", "1978-05-05/1978-05-11"},
      {"1998/12//Dec-1999 Jan", "1998-12/1999-01"},
      {"1998///1998-1999", "1998/1999"},
      {"2000///Winter-Spring", "2000-24/2000-21"},
      {"2001///2001~", "2001~"},
      {"2001///2001/..", "2001/.."},
      {"2001///../2001", "../2001"},
      {"1990///199X", "199X"},
      {"2006/02/20/2006-02-20T09:00:00Z", "2006-02-20T09:00:00Z"},
      {"///-0043-03-15", "-0043-03-15"},
      {"1999/04//Spring", "1999-04|Spring"},
      {"2015///13/01/", "2015|13/01/"},
      {"in press", "|in press"},
      {"04/07/2017", "|04/07/2017"},
  };
  for (const DateRow& row : kRows) {
    Arena arena;
    const Date date = parse_ris_date(arena, row.text);
    EXPECT_EQ(dump_date(date), row.expected) << row.text;
    std::string out;
    EXPECT_EQ(append_ris_date(out, date), Fidelity::Exact) << row.text;
    EXPECT_EQ(out, row.text);
  }
}

TEST(RisDate, ReadsOtherSpellings) {
  constexpr DateRow kRows[] = {
      {"2001", "2001"},
      {"2015/october", "2015-10"},
      {"2015/october 5", "2015-10-05"},
      {"2015/Nov-Dec//", "2015-11/2015-12"},
      {"2015/00/00/", "2015"},
      {"2015/0/0/", "2015"},
      {"2015/5/7", "2015-05-07"},
      {"2015-10-01", "2015-10-01"},
      {"2015 Oct 1", "2015-10-01"},
      {"2015 Oct 1 online", "2015-10-01|online"},
      {"2001/2003", "2001/2003"},
      {"2015/13/01/", "2015|13/01/"},
      {"2015/02/30/", "2015-02|30/"},
      {"2015//07/", "2015|07/"},
      {"2017/04/07/April", "2017-04-07|April"},
      {"2017/04//April", "2017-04"},
      {"  2017/04/07/  ", "2017-04-07"},
      {"", ""},
      {"///", ""},
  };
  Arena arena;
  for (const DateRow& row : kRows) EXPECT_EQ(dump_date(parse_ris_date(arena, row.text)), row.expected) << row.text;
}

TEST(RisDate, TakesTheYearFromElsewhere) {
  Arena arena;
  EXPECT_EQ(dump_date(parse_ris_date(arena, "May 7", 2003)), "2003-05-07");
  EXPECT_EQ(dump_date(parse_ris_date(arena, "MAY-JUN", 2003)), "2003-05/2003-06");
  EXPECT_EQ(dump_date(parse_ris_date(arena, "May 7")), "|May 7");
  EXPECT_EQ(dump_date(parse_ris_date(arena, "2004/05/07/", 2003)), "2004-05-07");
}

TEST(DateInWords, IsAllOfTheText) {
  constexpr DateRow kRows[] = {
      {"5 May 2001", "2001-05-05"}, {"May 5, 2001", "2001-05-05"}, {"May 2001", "2001-05"},         {"Nov/Dec 2001", "2001-11/2001-12"},
      {"2004-2005", "2004/2005"},   {"Spring 2001", "2001-21"},    {"2004\u20132005", "2004/2005"},
      {"2004-4-5", "2004-04-05"},   {"2004/4/15", "2004-04-15"},
  };
  for (const DateRow& row : kRows) {
    const std::optional<Date> date = parse_date_in_words(row.text);
    ASSERT_TRUE(date) << row.text;
    EXPECT_EQ(dump_date(*date), row.expected) << row.text;
  }
  for (const char* const none : {"", "May", "Maybe 2001", "05/06/2001", "12/2004", "May 2001, revised", "2004a", "50 BC", "2004-2-30", "2004/13/1", "2004/5", "2004-4-"}) EXPECT_FALSE(parse_date_in_words(none)) << none;
}

TEST(RisDate, WritesTheYearAlone) {
  std::string out;
  EXPECT_EQ(append_year(out, date_of("0987")), Fidelity::Exact);
  EXPECT_EQ(append_year(out, date_of("2001-05")), Fidelity::Narrowed);
  EXPECT_EQ(append_year(out, date_of("-0043")), Fidelity::Refused);
  EXPECT_EQ(append_year(out, date_of("", "soon")), Fidelity::Refused);
  EXPECT_EQ(out, "09872001");
}

TEST(Months, ReadsTheMonthFieldOfBibtex) {
  constexpr DateRow kRows[] = {
      {"jan", "2001-01"},
      {"January", "2001-01"},
      {"sept", "2001-09"},
      {"Sept.", "2001-09"},
      {"5", "2001-05"},
      {"05", "2001-05"},
      {"5 May", "2001-05-05"},
      {"10\xC2\xA0January", "2001-01-10"},
      {"1\xC2\xA0jan", "2001-01-01"},
      {"May 5-11", "2001-05-05/2001-05-11"},
      {"5-11 May", "2001-05-05/2001-05-11"},
      {"nov--dec", "2001-11/2001-12"},
      {"nov\xE2\x80\x93"
       "dec",
       "2001-11/2001-12"},
      {"July/August", "2001-07/2001-08"},
      {"5-7", "2001-05/2001-07"},
      {"Spring", "2001-21"},
  };
  for (const DateRow& row : kRows) {
    const auto date = parse_months(row.text, 2001);
    ASSERT_TRUE(date) << row.text;
    EXPECT_EQ(dump_date(*date), row.expected) << row.text;
  }
  for (const char* const text : {"", "soon", "13", "0", "May 32", "May and June", "1st May", "May-7", "2002 May", "May 5 Jun 6"})
    EXPECT_FALSE(parse_months(text, 2001)) << text;
}

TEST(Months, KnowsNamesInSeveralLanguages) {
  constexpr struct {
    const char* name;
    unsigned month;
  } kRows[] = {{"M\xC3\xA4rz", 3},
               {"M\xC3\x84RZ", 3},
               {"mars", 3},
               {"F\xC3\xA9vrier", 2},
               {"F\xC3\x89VRIER", 2},
               {"ao\xC3\xBBt", 8},
               {"Dezember", 12},
               {"ene", 1},
               {"Ott.", 10},
               {"mrt", 3},
               {"maj", 5},
               {"smarch", 0},
               {"", 0},
               {".", 0},
               {"spring", 0},
               {"a-very-long-word-that-no-table-holds", 0}};
  for (const auto& row : kRows) EXPECT_EQ(month_named(row.name), row.month) << row.name;
  EXPECT_EQ(season_named("Printemps"), 1U);
  EXPECT_EQ(season_named("\xC3\x89T\xC3\x89"), 2U);
  EXPECT_EQ(season_named("May"), 0U);
  for (unsigned month = 1; month <= 12; ++month) {
    EXPECT_EQ(month_named(month_name(month)), month);
    EXPECT_EQ(month_named(month_abbreviation(month)), month);
  }
  EXPECT_EQ(month_name(0), "");
  EXPECT_EQ(month_name(13), "");
}

}  // namespace
}  // namespace bibmill::text

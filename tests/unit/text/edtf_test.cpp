// EDTF: what is a date, what is not, and that what is read is written.
#include "bibmill/text/edtf.h"

#include <gtest/gtest.h>

#include <string>

namespace bibmill::text {
namespace {

std::string written(const Date& date) {
  std::string out;
  append_edtf(out, date);
  return out;
}

TEST(Edtf, WritesWhatItReads) {
  for (const char* const text : {
           "2001",
           "2001-05",
           "2001-05-07",
           "0000",
           "0033-12",
           "-0043-03-15",
           "-0001",
           "Y17000",
           "Y-170000",
           "Y2147483647",
           "2001-21",
           "2001-24",
           "2001?",
           "2001~",
           "2001%",
           "2001-05~",
           "2001-05-07?",
           "2001-22?",
           "199X",
           "19XX",
           "1XXX",
           "XXXX",
           "2001-XX",
           "2001-05-XX",
           "2001-XX-XX",
           "199X~",
           "-199X",
           "2001-05-07T10:30:00",
           "2001-05-07T10:30:00Z",
           "2001-05-07T23:59:60-04:00",
           "2001-05-07T10:30:00+05:30",
           "2001/2003",
           "2001-05/2001-06",
           "1995-06/..",
           "../2001",
           "2001/",
           "/2001",
           "2001-21/2002-05-03?",
           "2004-02-29/2005~",
           "2003/2001",
       }) {
    const auto date = parse_edtf(text);
    ASSERT_TRUE(date) << text;
    EXPECT_EQ(written(*date), text);
  }
}

TEST(Edtf, RefusesWhatIsNoDateOfLevelOne) {
  for (const char* const text : {
           "",
           "/",
           "..",
           "../..",
           "/..",
           "soon",
           " 2001",
           "2001 ",
           "01",
           "201",
           "20011",
           "2001-5",
           "2001-13",
           "2001-00",
           "2001-25",
           "2001-41",
           "2001-05-00",
           "2001-05-32",
           "2020-02-30",
           "2019-02-29",
           "1900-02-29",
           "2001-21-01",
           "2001-05-07T",
           "2001-05-07T10:30",
           "2001-05T10:30:00",
           "2001-05-07T24:00:00",
           "2001-05-07T10:60:00",
           "2001-05-07T10:30:00+24",
           "2001-05-07 10:30:00",
           "20X1",
           "X001",
           "199X-05",
           "2001-XX-07",
           "2001-1X",
           "2001??",
           "2001?~",
           "?2001",
           "Y2001",
           "Y02001",
           "Y99999999999",
           "-0000",
           "-XXXX",
           "+2001",
           "2001/2002/2003",
           "2001-",
           "2001-05-",
           "c. 1990",
           "1990s",
       })
    EXPECT_FALSE(parse_edtf(text)) << text;
}

TEST(Edtf, TakesDatesApart) {
  const Date winter = *parse_edtf("2001-24/..");
  EXPECT_EQ(winter.from.year, 2001);
  EXPECT_EQ(winter.from.season, 4);
  EXPECT_EQ(winter.from.month, 0);
  EXPECT_EQ(winter.to.kind, DatePoint::Kind::Open);

  const DatePoint nineties = *parse_edtf_point("199X%");
  EXPECT_EQ(nineties.year, 1990);
  EXPECT_EQ(nineties.unspecified_year, 1);
  EXPECT_TRUE(nineties.approximate);
  EXPECT_TRUE(nineties.uncertain);

  const DatePoint ides = *parse_edtf_point("-0043-03-15");
  EXPECT_EQ(ides.year, -43);
  EXPECT_EQ(ides.month, 3);
  EXPECT_EQ(ides.day, 15);

  const DatePoint evening = *parse_edtf_point("2001-05-07T22:30:15-03:30");
  EXPECT_EQ(evening.hour, 22);
  EXPECT_EQ(evening.second, 15);
  EXPECT_EQ(evening.zone, -210);

  EXPECT_EQ(parse_edtf("2001/")->to.kind, DatePoint::Kind::Unknown);
  EXPECT_EQ(parse_edtf("2001")->to.kind, DatePoint::Kind::Absent);
}

TEST(Edtf, KnowsTheCalendar) {
  EXPECT_TRUE(is_day_of_month(2000, 2, 29));
  EXPECT_TRUE(is_day_of_month(0, 2, 29));
  EXPECT_TRUE(is_day_of_month(-4, 2, 29));
  EXPECT_FALSE(is_day_of_month(2100, 2, 29));
  EXPECT_FALSE(is_day_of_month(2001, 4, 31));
  EXPECT_FALSE(is_day_of_month(2001, 0, 1));
  EXPECT_FALSE(is_day_of_month(2001, 13, 1));
}

TEST(Edtf, SaysWhatItCannotWrite) {
  std::string out;
  Date words;
  words.literal = "in press";
  EXPECT_EQ(append_edtf(out, words), Fidelity::Refused);
  EXPECT_EQ(out, "");

  Date both = *parse_edtf("2017-04-07");
  both.literal = "online";
  EXPECT_EQ(append_edtf(out, both), Fidelity::Narrowed);
  EXPECT_EQ(out, "2017-04-07");
}

}  // namespace
}  // namespace bibmill::text

// Pages: ranges as they are written, completed, abbreviated and compared.
#include "bibmill/text/pages.h"

#include <gtest/gtest.h>

#include <string>

namespace bibmill::text {
namespace {

/// "1194..1205 | discussion 1211..1212"
std::string dump_pages(const Pages& pages) {
  std::string out;
  for (const PageRange& range : pages.ranges) {
    if (!out.empty()) out += " | ";
    if (!range.label.empty()) out.append(range.label) += ": ";
    out += range.first;
    if (!range.last.empty()) out.append("..").append(range.last);
  }
  return out;
}

struct PagesRow {
  const char* text;
  const char* expected;
};

TEST(Pages, ReadsRanges) {
  constexpr PagesRow kRows[] = {
      {"1194-205, 1210; discussion 1211-2", "1194..1205 | 1210 | discussion: 1211..1212"},
      {"S10-5", "S10..S15"},
      {"S10-15", "S10..S15"},
      {"S98-102", "S98..S102"},
      {"e12-e15", "e12..e15"},
      {"12A-15A", "12A..15A"},
      {"0082", "0082"},
      {"0082-91", "0082..0091"},
      {"34,37-39", "34 | 37..39"},
      {"IV-1/W1", "IV-1/W1"},
      {"IV-1", "IV-1"},
      {"A-1", "A-1"},
      {"A1-A24; author reply A25", "A1..A24 | author reply: A25"},
      {"xi-xxiii", "xi..xxiii"},
      {"123+", "123+"},
      {"072711", "072711"},
      {"11E201", "11E201"},
      {"724--734", "724..734"},
      {"724\xE2\x80\x93"
       "734",
       "724..734"},
      {"724 \xE2\x80\x93 734", "724..734"},
      {"724 - 734", "724..734"},
      {"S10-1--S10-5", "S10-1..S10-5"},
      {"1-1-1-8", "1-1..1-8"},
      {"1-2-3", "1-2-3"},
      {"199-10", "199..10"},
      {"S10-e5", "S10..e5"},
      {"1203-1199", "1203..1199"},
      {"Suppl 1:S3-10", "Suppl: 1:S3..10"},
      {"pp. 12-15", "pp.: 12..15"},
      {"1 p following 20", "1 p following: 20"},
      {"123-145 passim", "123-145 passim"},
      {"12-", "12-"},
      {"-12", "-12"},
      {"--", "--"},
      {"", ""},
      {" , ; ", ""},
      {"12,", "12"},
  };
  for (const PagesRow& row : kRows) {
    Arena arena;
    EXPECT_EQ(dump_pages(parse_pages(arena, row.text)), row.expected) << row.text;
  }
}

TEST(Pages, MakesARangeOfTwoEnds) {
  Arena arena;
  EXPECT_EQ(make_page_range(arena, "123", "45").last, "145");
  EXPECT_EQ(make_page_range(arena, "123", "145").last, "145");
  EXPECT_EQ(make_page_range(arena, "0082", "").last, "");
  EXPECT_EQ(make_page_range(arena, "IV-1", "IV-9").last, "IV-9");
}

TEST(Pages, WritesEachStyle) {
  constexpr struct {
    const char* text;
    const char* hyphen;
    const char* double_hyphen;
    const char* abbreviated;
  } kRows[] = {
      {"1194-205, 1210; discussion 1211-2", "1194-1205, 1210; discussion 1211-1212", "1194--1205, 1210; discussion 1211--1212",
       "1194-205, 1210; discussion 1211-2"},
      {"S10-5", "S10-S15", "S10--S15", "S10-5"},
      {"e12-e15", "e12-e15", "e12--e15", "e12-5"},
      {"98-102", "98-102", "98--102", "98-102"},
      {"12-12", "12-12", "12--12", "12-12"},
      {"0082-91", "0082-0091", "0082--0091", "0082-91"},
      {"S10-1--S10-5", "S10-1--S10-5", "S10-1--S10-5", "S10-1--S10-5"},
      {"199-10", "199-10", "199--10", "199-10"},
      {"IV-1/W1", "IV-1/W1", "IV-1/W1", "IV-1/W1"},
      {"249-269", "249-269", "249--269", "249-69"},
  };
  for (const auto& row : kRows) {
    Arena arena;
    const Pages pages = parse_pages(arena, row.text);
    const auto written = [&](PageStyle style) {
      std::string out;
      EXPECT_EQ(append_pages(out, pages, style), Fidelity::Exact) << row.text;
      EXPECT_EQ(dump_pages(parse_pages(arena, out)), dump_pages(pages)) << out;
      return out;
    };
    EXPECT_EQ(written(PageStyle::Hyphen), row.hyphen);
    EXPECT_EQ(written(PageStyle::DoubleHyphen), row.double_hyphen);
    EXPECT_EQ(written(PageStyle::Abbreviated), row.abbreviated);
  }
}

TEST(Pages, SaysWhatWouldBeReadOtherwise) {
  constexpr PageRange kRanges[] = {{"12, 13", "", ""}, {"12", "5", ""}, {"12-15", "", ""},
                                   {"12", "", "a;b"},  {" 12", "", ""}, {"S10", "15", ""}};
  for (const PageRange& range : kRanges) {
    Arena arena;
    Pages pages;
    pages.ranges.push_back(arena, range);
    std::string out;
    EXPECT_EQ(append_pages(out, pages, PageStyle::Hyphen), Fidelity::Narrowed) << out;
  }
  std::string out;
  EXPECT_EQ(append_pages(out, Pages{}, PageStyle::Hyphen), Fidelity::Refused);
}

TEST(Pages, TellsWhatRunsBackwards) {
  EXPECT_TRUE(runs_backwards({"1203", "1199", ""}));
  EXPECT_TRUE(runs_backwards({"S12", "S10", ""}));
  EXPECT_TRUE(runs_backwards({"199", "10", ""}));
  EXPECT_TRUE(runs_backwards({"99999999999999999999999", "99999999999999999999998", ""}));
  EXPECT_FALSE(runs_backwards({"1203", "10", ""}));
  EXPECT_FALSE(runs_backwards({"98", "102", ""}));
  EXPECT_FALSE(runs_backwards({"0098", "102", ""}));
  EXPECT_FALSE(runs_backwards({"12", "12", ""}));
  EXPECT_FALSE(runs_backwards({"S10", "12", ""}));
  EXPECT_FALSE(runs_backwards({"12", "", ""}));
  EXPECT_FALSE(runs_backwards({"xi", "ii", ""}));
}

TEST(Pages, ReadsLongTextsInLinearTime) {
  Arena arena;
  for (const char* const piece : {"1-", "- ", "a ", "-", "1,", "\xE2\x80\x93"}) {
    std::string text;
    while (text.size() < 200'000) text += piece;
    EXPECT_FALSE(parse_pages(arena, text).ranges.empty());
  }
}

TEST(Pages, StayAsNlmWroteThemUnlessTheyWereChanged) {
  Arena arena;
  for (const std::string_view written : {"2603-2615", "e12-e15", "S1-52", "1194-205, 1210; discussion 1211-2"}) {
    Pages pages = parse_pages(arena, written);
    keep_nlm_text(pages, written);
    std::string out;
    EXPECT_EQ(append_nlm_pages(out, pages), Fidelity::Exact);
    EXPECT_EQ(out, written);
  }
  Pages pages = parse_pages(arena, "2603-2615");
  keep_nlm_text(pages, "2603-2615");
  pages.ranges[0].last = "2617";
  std::string out;
  append_nlm_pages(out, pages);
  EXPECT_EQ(out, "2603-17");
}

}  // namespace
}  // namespace bibmill::text

// Expressions: what fits, and where a mistake is.
#include "expression.h"

#include <gtest/gtest.h>

#include <string>

#include "bibmill/errors.h"
#include "steps/workbench.h"

namespace bibmill {
namespace {

Record article() {
  return workbench::record_of({"key=Quist2015", "title=On the Tides of Small Harbours", "author=Quist, Mara; Lind, Oda", "issued=2015 Jun 3", "DOI=10.1000/ABC", "volume=12", "page=3-9", "ISBN=1"});
}

bool fits(std::string_view expression, const Record& record = article()) { return Expression(expression).fits(record); }

std::string mistake_in(std::string_view expression) {
  try {
    Expression made(expression);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "none";
}

TEST(Expression, ComparesTypesAndYears) {
  EXPECT_TRUE(fits("type == article-journal and year >= 2015 and has(DOI)"));
  EXPECT_FALSE(fits("type == article-journal and year >= 2015 and not has(doi)"));
  EXPECT_TRUE(fits("type==article-journal"));
  EXPECT_TRUE(fits("type in (book, article-journal)"));
  EXPECT_TRUE(fits("type != book"));
  EXPECT_TRUE(fits("type starts-with article"));
  EXPECT_TRUE(fits("year not in (2014, 2016)"));
  EXPECT_TRUE(fits("year contains 15"));
  EXPECT_FALSE(fits("year > 2015"));
  EXPECT_TRUE(fits("year < 2016"));
}

TEST(Expression, BindsAndCloserThanOr) {
  EXPECT_TRUE(fits("has(volume) or has(note) and has(note)"));
  EXPECT_FALSE(fits("(has(volume) or has(note)) and has(note)"));
  EXPECT_TRUE(fits("not has(note) and has(volume)"));
  EXPECT_FALSE(fits("not (has(note) or has(volume))"));
  EXPECT_TRUE(fits("NOT has(note) AND has(volume)"));
}

TEST(Expression, LooksAtEachOfSeveralValues) {
  EXPECT_TRUE(fits("author == Lind"));
  EXPECT_TRUE(fits("author == 'Lind, Oda'"));
  EXPECT_TRUE(fits("author == \"Mara Quist\""));
  EXPECT_FALSE(fits("author == Mara"));
  EXPECT_FALSE(fits("author != Lind"));
  EXPECT_TRUE(fits("DOI == 10.1000/abc"));
  EXPECT_TRUE(fits("title contains tides"));
  EXPECT_TRUE(fits("title starts-with 'on the'"));
  EXPECT_FALSE(fits("title ends-with harbour"));
  EXPECT_TRUE(fits("page == 3-9"));
  EXPECT_TRUE(fits("key == quist2015"));
  EXPECT_TRUE(fits("format == ris"));
}

TEST(Expression, ComposesLetters) { EXPECT_TRUE(fits("title contains 'CAFE\xCC\x81'", workbench::record_of({"title=Caf\xC3\xA9s"}))); }

TEST(Expression, ComparesDatesAsFarAsBothAreKnown) {
  EXPECT_TRUE(fits("issued == 2015"));
  EXPECT_TRUE(fits("issued == 2015-06"));
  EXPECT_TRUE(fits("issued > 2015-06-02"));
  EXPECT_FALSE(fits("issued > 2015-06"));
  EXPECT_TRUE(fits("issued <= 2015-06"));
  const Record range = workbench::record_of({"issued=2014-2016"});
  EXPECT_TRUE(fits("year == 2015", range));
  EXPECT_TRUE(fits("year < 2015", range));
  EXPECT_TRUE(fits("year > 2015", range));
  EXPECT_FALSE(fits("year > 2016", range));
}

TEST(Expression, ComparesNumbersAsNumbers) {
  EXPECT_TRUE(fits("volume > 9"));
  EXPECT_TRUE(fits("volume in (11, 12)"));
  EXPECT_FALSE(fits("volume < 9", workbench::record_of({"volume=S1"})));
}

TEST(Expression, WhatIsMissingIsDifferentFromAll) {
  EXPECT_FALSE(fits("note == x"));
  EXPECT_FALSE(fits("issue < 3"));
  EXPECT_TRUE(fits("note != x"));
  EXPECT_TRUE(fits("issue not in (3, 4)"));
}

TEST(Expression, PointsAtMistakes) {
  EXPECT_EQ(mistake_in("type == article-jornal"), "column 9 of the expression: there is no type article-jornal; did you mean article-journal?\n  type == article-jornal\n          ^");
  EXPECT_EQ(mistake_in("yaer >= 2015"), "column 1 of the expression: there is no field yaer; did you mean year?\n  yaer >= 2015\n  ^");
  EXPECT_EQ(mistake_in("titel contains x"), "column 1 of the expression: there is no field titel; did you mean title?\n  titel contains x\n  ^");
  EXPECT_EQ(mistake_in("year = 2015"), "column 6 of the expression: one \"=\" compares nothing; write ==\n  year = 2015\n       ^");
  EXPECT_EQ(mistake_in("year >= soon"), "column 9 of the expression: a year such as 2015 is wanted here, not soon\n  year >= soon\n          ^");
  EXPECT_EQ(mistake_in("issued >= 2015-13"), "column 11 of the expression: a date such as 2015, 2015-06 or 2015-06-30 is wanted here, not 2015-13\n  issued >= 2015-13\n            ^");
  EXPECT_EQ(mistake_in("title contains \"x"), "column 16 of the expression: the text that begins here does not end; \" is missing\n  title contains \"x\n                 ^");
  EXPECT_EQ(mistake_in("author > Lind"), "column 8 of the expression: values of author have no order; compare with == or contains\n  author > Lind\n         ^");
  EXPECT_EQ(mistake_in("has(title) has(note)"), "column 12 of the expression: \"and\" or \"or\" is missing before has\n  has(title) has(note)\n             ^");
  EXPECT_EQ(mistake_in("(has(title)"), "column 12 of the expression: ) is missing\n  (has(title)\n             ^");
  EXPECT_EQ(mistake_in("title contians x"), "column 7 of the expression: behind title comes one of ==, !=, <=, >=, <, >, contains, starts-with, ends-with, in; did you mean contains?\n  title contians x\n        ^");
  EXPECT_EQ(mistake_in("year >= 2015 and"), "column 17 of the expression: a field is missing at the end\n  year >= 2015 and\n                  ^");
  EXPECT_EQ(mistake_in("has(title, note)"), "column 10 of the expression: ) is missing; has looks at one field\n  has(title, note)\n           ^");
  EXPECT_EQ(mistake_in("has(title) && has(note)"), "column 12 of the expression: write and\n  has(title) && has(note)\n             ^");
  EXPECT_EQ(mistake_in(" "), "an expression is missing, such as year >= 2015");
}

TEST(Expression, IsNeitherEndlesslyDeepNorLong) {
  EXPECT_NE(mistake_in(std::string(10000, '(')).find("deeper"), std::string::npos);
  std::string nots;
  for (int at = 0; at < 1000; ++at) nots += "not ";
  EXPECT_NE(mistake_in(nots + "has(title)").find("deeper"), std::string::npos);
  EXPECT_NE(mistake_in(std::string(100000, 'x')).find("longer"), std::string::npos);
  std::string many = "has(title)";
  for (int at = 0; at < 3000; ++at) many += " or has(title)";
  EXPECT_EQ(mistake_in(many), "none");
}

}  // namespace
}  // namespace bibmill

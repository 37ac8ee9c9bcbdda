// The steps that write text otherwise: case, unicode, dates; and fields, where it sets them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bibmill/errors.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/schema.h"
#include "workbench.h"

namespace bibmill::workbench {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string title_of(const Record& record) { return text::plain_text(*record.get<Field::Title>()); }

std::string recased(std::string_view spec, std::string_view title, std::string_view language = {}) {
  Record record = record_of({"author=A, B"});
  record.add(Field::Title, RichText::of(record.arena(), record.arena().copy(title)));
  if (!language.empty()) record.add(Field::Language, Text{record.arena().copy(language)});
  apply(spec, record);
  const std::string once = title_of(record);
  EXPECT_THAT(apply(spec, record), testing::AnyOf(IsEmpty(), ElementsAre(testing::HasSubstr("in capitals")))) << once;
  return once;
}

TEST(CaseStep, MakesSentenceCase) {
  EXPECT_EQ(recased("case:sentence", "Tides in Small Harbours: A DNA Survey of Vitamin C"), "Tides in small harbours: A DNA survey of vitamin C");
  EXPECT_EQ(recased("case:sentence", "the State-Of-The-Art, McKay's B12 and mRNA"), "The state-of-the-art, McKay's B12 and mRNA");
  EXPECT_EQ(recased("case:sentence", "'Quoted Tides' (And More) at Example.org and U.S. Harbours"), "'Quoted tides' (and more) at Example.org and U.S. harbours");
  EXPECT_EQ(recased("case:sentence,protect=Wales,Laplace", "Tides of Wales After Laplace"), "Tides of Wales after Laplace");
  EXPECT_EQ(recased("case:sentence", "\xC3\x9C" "ber Tides and \xC3\x89" "tude"), "\xC3\x9C" "ber tides and \xC3\xA9" "tude");
  EXPECT_EQ(recased("case:sentence", "TIDES IN SMALL HARBOURS"), "TIDES IN SMALL HARBOURS");
}

TEST(CaseStep, MakesTitleCase) {
  EXPECT_EQ(recased("case:title", "tides in small harbours: a DNA survey of what to look for"), "Tides in Small Harbours: A DNA Survey of What to Look For");
  EXPECT_EQ(recased("case:title", "The state-of-the-art And hepatitis A in mRNA"), "The State-of-the-Art and Hepatitis A in mRNA");
  EXPECT_EQ(recased("case:title", "p-values and \xCE\xB2 of a t-test"), "p-Values and \xCE\xB2 of a t-Test");
}

TEST(CaseStep, LeavesOtherLanguagesAlone) {
  EXPECT_EQ(recased("case:sentence", "Die Gezeiten der Nordsee", "ger"), "Die Gezeiten der Nordsee");
  EXPECT_EQ(recased("case:sentence,language=any", "Les Marées du Nord", "fr"), "Les marées du nord");
  EXPECT_EQ(recased("case:title", "tides of today", "en-GB"), "Tides of Today");
  EXPECT_EQ(recased("case:title,language=said", "tides of today"), "tides of today");
  EXPECT_EQ(recased("case:title,language=said", "tides of today", "eng"), "Tides of Today");
}

TEST(CaseStep, KeepsWhatTheSourceProtects) {
  Record record = record_of({"author=A, B"});
  text::RichTextBuilder builder;
  builder.append("The Sea of ");
  builder.append("Galilee", Mark::NoCase);
  builder.append(" and ");
  builder.append("L", Mark::NoCase);
  builder.append("aplace ");
  builder.append("Tides", Mark::Bold);
  builder.append(" of ");
  builder.append("E. coli Sands", Mark::Italic);
  record.add(Field::Title, builder.finish(record.arena()));
  EXPECT_THAT(apply("case:sentence", record), ElementsAre("title \"The Sea of Galilee and Laplace Tides of E. coli Sands\" is written \"The sea of Galilee and Laplace tides of E. coli Sands\""));
  EXPECT_EQ(record.get<Field::Title>()->runs.size(), 8U);
  EXPECT_EQ(record.layout, "");
}

TEST(CaseStep, RefusesWhatItCannotDo) {
  EXPECT_THROW(make_step("case"), UsageError);
  EXPECT_THROW(make_step("case:upper"), UsageError);
  EXPECT_THROW(make_step("case:sentence,fields=author"), UsageError);
  EXPECT_THROW(make_step("case:sentence,language=fr"), UsageError);
}

TEST(UnicodeStep, ComposesAll) {
  Record record = record_of({"title=Cafe\xCC\x81", "author=Mu\xCC\x88ller, J"});
  EXPECT_THAT(apply("unicode", record), ElementsAre("title is put into normal form C", "author is put into normal form C"));
  EXPECT_EQ(record.get<Field::Author>()->list[0].family, "M\xC3\xBCller");
  EXPECT_THAT(apply("unicode", record), IsEmpty());
}

TEST(UnicodeStep, WritesAscii) {
  Record record = record_of({"title=Quist\xE2\x80\x99s \xE6\x9D\xB1\xE4\xBA\xAC tides", "author=M\xC3\xBCller, J\xC3\xB6rg", "URL=https://example.org/\xC3\xBC", "DOI=10.1000/\xC3\xBC"});
  EXPECT_THAT(apply("unicode:letters=ascii,transliterate=german", record),
              ElementsAre("title keeps \xE6\x9D\xB1\xE4\xBA\xAC, which has no likeness in ASCII", "title: \"Quist\xE2\x80\x99s\" is written \"Quist's\"",
                          "author: \"M\xC3\xBCller\" is written \"Mueller\", and 1 more"));
  EXPECT_EQ(record.get<Field::Author>()->list[0].given, "Joerg");
  EXPECT_EQ(record.get<Field::Url>()->value, "https://example.org/\xC3\xBC");
  EXPECT_EQ(record.get<Field::Doi>()->list[0].value, "10.1000/\xC3\xBC");
}

TEST(UnicodeStep, WritesPlainPunctuation) {
  Record record = record_of({"title=\xE2\x80\x9Ctides\xE2\x80\x9D \xE2\x80\x93 a s\xC3\xBCrvey\xE2\x80\xA6"});
  apply("unicode:punctuation=plain", record);
  EXPECT_EQ(title_of(record), "\"tides\" - a s\xC3\xBCrvey...");
}

TEST(UnicodeStep, RefusesWhatItCannotDo) {
  EXPECT_THROW(make_step("unicode:letters=latin"), UsageError);
  EXPECT_THROW(make_step("unicode:transliterate=german"), UsageError);
}

std::string dated(std::string_view spec, std::string_view words) {
  Record record(std::make_shared<Arena>());
  Date date;
  date.literal = record.arena().copy(words);
  record.add(Field::Issued, date);
  apply(spec, record);
  EXPECT_THAT(apply(spec, record), testing::Each(testing::HasSubstr("may be")));
  return text::dump(Value(*record.get<Field::Issued>()));
}

TEST(DatesStep, ReadsWords) {
  EXPECT_EQ(dated("dates", "May 5th, 2019"), "\"2019-05-05\"");
  EXPECT_EQ(dated("dates", "5 May 2019."), "\"2019-05-05\"");
  EXPECT_EQ(dated("dates", "2019, May 5"), "\"2019-05-05\"");
  EXPECT_EQ(dated("dates", "June 2004"), "\"2004-06\"");
  EXPECT_EQ(dated("dates", "c. 1990"), "\"1990~\"");
  EXPECT_EQ(dated("dates", "31/12/2016"), "\"2016-12-31\"");
  EXPECT_EQ(dated("dates", "2016/1/4"), "\"2016-01-04\"");
  EXPECT_EQ(dated("dates", "4.4.2016"), "\"2016-04-04\"");
}

TEST(DatesStep, GuessesNothing) {
  for (const std::string_view words : {"01.04.2016", "in press", "n.d.", "2002-02-30", "c1990", "May", "1/2/3", "c. c. 1990", "30.02.2016"}) EXPECT_EQ(dated("dates", words), text::dump(Value(Date{{}, {}, words, {}, {}})));
  EXPECT_EQ(dated("dates:numbers=dmy", "01.04.2016"), "\"2016-04-01\"");
  EXPECT_EQ(dated("dates:numbers=mdy", "01.04.2016"), "\"2016-01-04\"");
}

TEST(DatesStep, TurnsAndCuts) {
  Record record = record_of({"issued=2019 May 5"});
  EXPECT_THAT(apply("dates", record), IsEmpty());
  EXPECT_EQ(record.layout, "as it stood");
  EXPECT_THAT(apply("dates:precision=month", record), ElementsAre("issued 2019-05-05 is cut to 2019-05"));
  EXPECT_THAT(apply("dates:precision=year,fields=accessed", record), IsEmpty());
  Date backwards = *record_of({"issued=2019"}).get<Field::Issued>();
  backwards.to = backwards.from;
  backwards.to.year = 2018;
  record.set(Field::Issued, backwards);
  EXPECT_THAT(apply("dates", record), ElementsAre("issued 2019/2018 runs backwards, and is turned to 2018/2019"));
  EXPECT_THROW(make_step("dates:precision=week"), UsageError);
  EXPECT_THROW(make_step("dates:fields=title"), UsageError);
}

TEST(FieldsStep, SetsFields) {
  Record record = record_of({"title=T", "language=de", "issued=2019"});
  EXPECT_THAT(apply("fields:set=language:en,DOI:https://doi.org/10.1000/x,default=medium:Print,title:U", record), ElementsAre("language is set to en", "DOI was missing, and is https://doi.org/10.1000/x", "medium was missing, and is Print"));
  EXPECT_EQ(record.get<Field::Language>()->value, "en");
  EXPECT_EQ(record.get<Field::Doi>()->list[0].value, "10.1000/x");
  EXPECT_EQ(title_of(record), "T");
  EXPECT_THAT(apply("fields:set=language:en,DOI:https://doi.org/10.1000/x,default=medium:Print,title:U", record), IsEmpty());
  EXPECT_THAT(apply("fields:type=book,set=language:fr,drop=title", record), IsEmpty());
  EXPECT_TRUE(record.has(Field::Title));
  EXPECT_THAT(apply("fields:set=issued:2020-05", record), ElementsAre("issued is set to 2020-05"));
  EXPECT_EQ(record.get<Field::Issued>()->from.month, 5);
}

TEST(FieldsStep, RefusesWhatATextCannotSay) {
  EXPECT_THROW(make_step("fields:set=author:Quist\\, Mara"), UsageError);
  EXPECT_THROW(make_step("fields:set=issued:soon"), UsageError);
  EXPECT_THROW(make_step("fields:set=language"), UsageError);
  EXPECT_THROW(make_step("fields:type=book"), UsageError);
  EXPECT_THROW(make_step("fields:type=bok,drop=title"), UsageError);
}

}  // namespace
}  // namespace bibmill::workbench

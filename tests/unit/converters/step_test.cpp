// The steps' options, and what they do to a record; every example of every step can be made.
#include "bibmill/step.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "bibmill/errors.h"
#include "bibmill/text/schema.h"
#include "steps/workbench.h"

namespace bibmill {
namespace {

using testing::HasSubstr;

Record sample(int year = 2015) {
  Record record(std::make_shared<Arena>());
  Arena& arena = record.arena();
  record.type = Type::Book;
  record.key = "sample";
  record.layout = "as it stood";
  record.add(Field::Title, RichText::of(arena, "Cafe\xCC\x81"), "TI");
  record.add(Field::Note, RichText::of(arena, "noted"), "N1");
  record.add(Extra{"ris", "XX", "odd", {}});
  Date date;
  date.from.kind = DatePoint::Kind::Known;
  date.from.year = year;
  record.add(Field::Issued, date);
  Identifiers identifiers;
  Identifier identifier;
  identifier.scheme = "doi";
  identifier.value = "10.1000/ABC";
  identifiers.list.push_back(arena, identifier);
  record.add(Field::Doi, identifiers);
  return record;
}

Verdict apply(std::string_view spec, Record& record) {
  const AnyStep step = make_step(spec);
  DiagnosticList diagnostics;
  return std::get<std::unique_ptr<const Step>>(step)->record(record, diagnostics);
}

bool keeps(std::string_view spec, Record record = sample()) { return apply(spec, record) == Verdict::Keep; }

std::string message_of(std::string_view spec) {
  try {
    make_step(spec);
  } catch (const UsageError& error) {
    return error.what();
  }
  return {};
}

TEST(Steps, EveryExampleCanBeMade) {
  for (const StepDescriptor* const step : all_steps()) {
    EXPECT_FALSE(step->examples.empty()) << step->name;
    for (const StepExample& example : step->examples) {
      EXPECT_TRUE(example.spec.starts_with(step->name));
      EXPECT_NO_THROW(make_step(example.spec)) << example.spec;
    }
  }
}

TEST(Steps, MistakesAreAnsweredWithTheNearestRightWord) {
  EXPECT_EQ(message_of("feilds:drop=abstract"), "there is no step feilds; did you mean fields?");
  EXPECT_EQ(message_of("fields:dorp=abstract"), "the step fields has no option dorp; did you mean drop?");
  EXPECT_EQ(message_of("fields:drop=abstact"), "there is no field abstact; did you mean abstract?");
  EXPECT_EQ(message_of("select:type=bok"), "there is no type bok; did you mean book?");
  EXPECT_EQ(message_of("nfc:x=1"), "the step nfc takes no options");
  EXPECT_THAT(message_of("fields:rename=title:issued"), HasSubstr("cannot become"));
  EXPECT_THAT(message_of("fields:drop=title,drop=note"), HasSubstr("twice"));
  EXPECT_THAT(message_of("select:year=20x5"), HasSubstr("not 20x5"));
  EXPECT_THAT(message_of("select:year=2020-2010"), HasSubstr("no year"));
  EXPECT_THAT(message_of("sort"), HasSubstr("wants by="));
}

TEST(Steps, FieldsKeepsDropsAndRenames) {
  Record record = sample();
  apply("fields:drop=note", record);
  EXPECT_FALSE(record.has(Field::Note));
  EXPECT_EQ(record.items().size(), 4U);
  EXPECT_EQ(record.layout, "");

  record = sample();
  apply("fields:keep=title,DOI", record);
  EXPECT_EQ(record.items().size(), 2U);

  record = sample();
  apply("fields:rename=note:annote", record);
  ASSERT_TRUE(record.has(Field::Annote));
  EXPECT_EQ(record.find(Field::Annote)->key, "");
}

TEST(Steps, SelectTakesEveryOptionAndAnyValue) {
  EXPECT_TRUE(keeps("select:type=map,book"));
  EXPECT_FALSE(keeps("select:type=map"));
  EXPECT_TRUE(keeps("select:year=2010-2019"));
  EXPECT_TRUE(keeps("select:year=-2015"));
  EXPECT_TRUE(keeps("select:year=2015"));
  EXPECT_FALSE(keeps("select:year=2016-"));
  EXPECT_TRUE(keeps("select:identifier=doi"));
  EXPECT_TRUE(keeps("select:identifier=doi:10.1000/abc"));
  EXPECT_TRUE(keeps("select:identifier=10.1000/ABC"));
  EXPECT_TRUE(keeps("select:identifier=x1,sample2015,doi"));
  EXPECT_FALSE(keeps("select:identifier=pmid"));
  EXPECT_FALSE(keeps("select:type=book,year=1999"));
}

TEST(Steps, SelectTakesAnExpressionWhole) {
  EXPECT_TRUE(keeps("select:type == book and year in (2014, 2015)"));
  EXPECT_TRUE(keeps("select:type==book"));
  EXPECT_TRUE(keeps("select:where=has(DOI)"));
  EXPECT_TRUE(keeps("select:type=map,book,where=year >= 2015 and volume not in (1, 2)"));
  EXPECT_FALSE(keeps("select:type=map,where=year >= 2015"));
  EXPECT_THAT(message_of("select:identifier=x\\,where=y"), testing::IsEmpty());
  EXPECT_THAT(message_of("select:type=book and year == 2015"), HasSubstr("in an expression, == compares"));
  EXPECT_THAT(message_of("select:tpye == book"), HasSubstr("did you mean type?"));
  EXPECT_THAT(message_of("select:"), HasSubstr("wants an expression"));
}

TEST(Steps, NfcComposesValuesOnly) {
  Record record = sample();
  apply("nfc", record);
  EXPECT_EQ(record.get<Field::Title>()->text(), "Caf\xC3\xA9");
  EXPECT_EQ(record.layout, "");
}

TEST(Steps, SortIsStableAndKnowsNumbers) {
  const auto titles = [](std::string_view spec, const std::vector<std::string>& given) {
    std::vector<GatheredRecord> records;
    for (const std::string& title : given) {
      Record record(std::make_shared<Arena>());
      if (!title.empty()) record.add(Field::Title, RichText::of(record.arena(), record.arena().copy(title)));
      records.push_back({std::move(record), {}, records.size() + 1, 0, {}, {}, {}});
    }
    workbench::Said report;
    std::get<std::unique_ptr<const WholeStep>>(make_step(spec))->arrange(records, report);
    std::vector<std::string> sorted;
    for (const GatheredRecord& record : records) {
      const RichText* const title = record.record.get<Field::Title>();
      sorted.emplace_back(title == nullptr ? std::string_view("-") : title->text());
    }
    return sorted;
  };
  EXPECT_THAT(titles("sort:by=title", {"part 10", "Part 9", "", "apple"}),
              testing::ElementsAre("apple", "Part 9", "part 10", "-"));
  EXPECT_THAT(titles("sort:by=-title", {"a", "", "B", "b", "c"}), testing::ElementsAre("c", "B", "b", "a", "-"));
  EXPECT_THAT(titles("sort:by=title", {"Fox", "Munro", "M\u00fcller", "Zed", "\u00c5ngstr\u00f6m", "\u00c9mile", "Muller"}),
              testing::ElementsAre("\u00c5ngstr\u00f6m", "\u00c9mile", "Fox", "Muller", "M\u00fcller", "Munro", "Zed"));
}

}  // namespace
}  // namespace bibmill

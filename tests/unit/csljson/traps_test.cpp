// The traps of CSL-JSON (fixtures/traps/csljson/README.md), each with its right result.
#include <gtest/gtest.h>

#include "support.h"

namespace bibmill::csljson::testing {
namespace {

template <Field field>
std::string shown(const Record& record) {
  const auto* const value = record.get<field>();
  return value == nullptr ? "none" : text::dump(Value(*value));
}

TEST(CslJsonTraps, SeasonsStandInTheMonthsPlace) {
  EXPECT_EQ(shown<Field::Issued>(read(trap("01_season_in_parts.json")).records.at(0)), "\"2001-21\"");
}

TEST(CslJsonTraps, ZerosAndNullStandForNothingAndAreKept) {
  const Reading reading = read(trap("02_zero_and_null_parts.json"));
  EXPECT_EQ(shown<Field::Issued>(reading.records.at(0)), "\"2001\"");
  EXPECT_EQ(shown<Field::Issued>(reading.records.at(1)), "none");
  EXPECT_EQ(shown<Field::Issued>(reading.records.at(2)), "none");
  const std::string text = write(reading.records).text;
  EXPECT_NE(text.find("null"), text.npos) << text;
}

TEST(CslJsonTraps, ARangeMayBeOpen) {
  EXPECT_EQ(shown<Field::Issued>(read(trap("03_open_range.json")).records.at(0)), "\"2001-02/..\"");
}

TEST(CslJsonTraps, DatesOfEveryKind) {
  const Reading reading = read(trap("04_date_kinds.json"));
  const std::vector<std::string> expected = {
      "\"1998/2001~\"", "{\"literal\":\"soon\"}", "\"1998-12/1999-01~\"", "\"2001\"", "\"2001-22\"", "none"};
  ASSERT_EQ(reading.records.size(), expected.size());
  for (std::size_t at = 0; at < expected.size(); ++at)
    EXPECT_EQ(shown<Field::Issued>(reading.records[at]), expected[at]) << reading.records[at].key;
  EXPECT_EQ(reading.count("csl/bad-value"), 1U);
  EXPECT_EQ(read(write(reading.records).text).dump(), reading.dump());
}

TEST(CslJsonTraps, OneBadItemCostsNoOther) {
  const std::string text = trap("05_one_bad_item.json");
  const Reading reading = read(text);
  ASSERT_EQ(reading.records.size(), 3U);
  EXPECT_EQ(reading.records[1].key, "b");
  EXPECT_EQ(shown<Field::Title>(reading.records[1]), "\"B\"");
  EXPECT_EQ(std::get<Entry>(reading.records[1].items()[1]).raw, "\"Doe, Jane\"");
  EXPECT_EQ(reading.count("csl/name-as-text"), 1U);
  ASSERT_EQ(reading.extras.size(), 1U);
  EXPECT_EQ(reading.extras[0].raw, "17");
  ASSERT_EQ(reading.count("csljson/no-item"), 1U);
  const Span where = reading.diagnostics.list.back().span;
  EXPECT_EQ(text.substr(where.begin, where.size()), "17");
}

TEST(CslJsonTraps, NumbersComeBackAsTheyWere) {
  const Reading reading = read(trap("06_numbers.json"));
  for (const Record& record : reading.records) {
    EXPECT_EQ(record.key, "1");
    EXPECT_EQ(shown<Field::Volume>(record), "\"12\"");
    EXPECT_EQ(shown<Field::Page>(record), "[{\"first\":\"12\"}]");
  }
  const std::string text = write(reading.records).text;
  EXPECT_NE(text.find("\"id\": 1,"), text.npos) << text;
  EXPECT_NE(text.find("\"id\": \"1\","), text.npos) << text;
  EXPECT_NE(text.find("\"volume\": 12.0"), text.npos) << text;
}

TEST(CslJsonTraps, MarkupIsReadAndOtherSignsAreText) {
  const Reading reading = read(trap("07_rich_text.json"));
  const RichText& title = *reading.records.at(0).get<Field::Title>();
  EXPECT_EQ(title.runs.back().text, " a < b & c $x$ *s* \"quoted 'inner'\"");
  EXPECT_TRUE(title.runs[0].marks.has(Mark::Italic));
  const std::string text = write(reading.records).text;
  EXPECT_NE(text.find(R"(<span style=\"font-variant: small-caps;\">caps</span> a < b & c $x$)"), text.npos) << text;
}

TEST(CslJsonTraps, NamesKeepAllTheirParts) {
  const Reading reading = read(trap("08_names.json"));
  EXPECT_EQ(
      shown<Field::Author>(reading.records.at(0)),
      R"([{"literal":"ACME Group"},{"family":"Plato"},{"family":"Beethoven","given":"Ludwig","dropping-particle":"van","suffix":"Jr.",)"
      R"("attributes":[{"name":"comma-suffix","value":"true"}]},{"family":"Gaulle","given":"Charles","non-dropping-particle":"de"},)"
      R"({"family":"毛","given":"泽东","attributes":[{"name":"static-ordering","value":"true"}]},)"
      R"({"family":"van der Vlist","given":"Eric","attributes":[{"name":"parse-names","value":"true"}]}])");
  EXPECT_NE(write(reading.records).text.find("\"comma-suffix\": true"), std::string::npos);
}

TEST(CslJsonTraps, LinesOfANoteAreNoVariables) {
  const Record record = read(trap("09_cheater_lines.json")).records.at(0);
  EXPECT_EQ(shown<Field::Pmid>(record), R"([{"scheme":"pmid","value":"8"}])");
  EXPECT_EQ(shown<Field::Note>(record), R"("PMID: 9\ntex.foo: bar\nA real note.")");
}

TEST(CslJsonTraps, AliasesAreReadAndUnknownMembersKept) {
  const Reading reading = read(trap("10_aliases_and_unknown.json"));
  ASSERT_EQ(reading.records.size(), 5U);
  EXPECT_EQ(shown<Field::ContainerTitleShort>(reading.records[0]), "\"J. A.\"");
  EXPECT_EQ(shown<Field::TitleShort>(reading.records[0]), "\"S\"");
  EXPECT_EQ(shown<Field::ArchivePlace>(reading.records[0]), "\"P\"");
  EXPECT_EQ(shown<Field::ContainerTitleShort>(reading.records[1]), "\"J. B.\"");
  EXPECT_EQ(reading.count("csl/unknown-type"), 3U);
  for (std::size_t at = 2; at < 5; ++at) EXPECT_EQ(reading.records[at].type, Type::Document);
  const std::string text = write(reading.records).text;
  EXPECT_NE(text.find("\"journalAbbreviation\": \"J Bee\""), text.npos) << text;
  EXPECT_NE(text.find("\"my-own\": true"), text.npos) << text;
  EXPECT_NE(text.find("\"type\": \"motion-picture\""), text.npos) << text;
  EXPECT_EQ(text.find("\"type\": \"\""), text.npos) << text;
}

TEST(CslJsonTraps, ADoiLosesItsResolverAndKeepsItsCase) {
  const Record record = read(trap("10b_doi_as_url.json")).records.at(0);
  EXPECT_EQ(record.get<Field::Doi>()->list[0].value, "10.5555/ABC_d");
}

TEST(CslJsonTraps, AllShapesOfAFile) {
  EXPECT_EQ(read(trap("10c_single_object.json")).records.size(), 1U);
  EXPECT_EQ(read(trap("10d_items_wrapper.json")).records.size(), 2U);
  EXPECT_EQ(read(trap("10e_lines.ndjson")).records.size(), 2U);
}

TEST(CslJsonTraps, AMemberThatStandsTwice) {
  const Reading reading = read(trap("10f_duplicate_member.json"));
  EXPECT_EQ(shown<Field::Title>(reading.records.at(0)), "\"First\"");
  EXPECT_EQ(std::get<Extra>(reading.records[0].items()[1]).raw, "\"Second\"");
  EXPECT_EQ(reading.count("csl/repeated-member"), 1U);
}

}  // namespace
}  // namespace bibmill::csljson::testing

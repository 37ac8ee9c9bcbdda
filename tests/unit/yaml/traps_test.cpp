// The traps of YAML (fixtures/traps/yaml/README.md), each with its right result.
#include <gtest/gtest.h>

#include "support.h"

namespace bibmill::yaml::testing {
namespace {

template <Field field>
std::string shown(const Record& record) {
  const auto* const value = record.get<field>();
  return value == nullptr ? "none" : text::dump(Value(*value));
}

std::string title_of(const Record& record) {
  const RichText* const title = record.get<Field::Title>();
  return title == nullptr ? "none" : std::string(title->text());
}

TEST(YamlTraps, WordsAreText) {
  const Reading reading = read(trap("01_words.yaml"));
  ASSERT_EQ(reading.records.size(), 3U);
  EXPECT_EQ(reading.records[0].key, "n");
  EXPECT_EQ(title_of(reading.records[0]), "No");
  EXPECT_EQ(shown<Field::Language>(reading.records[0]), "\"no\"");
  EXPECT_EQ(shown<Field::Author>(reading.records[0]), R"([{"family":"Yes","given":"N"}])");
  EXPECT_EQ(title_of(reading.records[1]), "null");
  EXPECT_EQ(title_of(reading.records[2]), "~");
  EXPECT_EQ(reading.records[2].key, "off");
}

TEST(YamlTraps, NumbersAreTheCharactersThatStandThere) {
  const Reading reading = read(trap("02_numbers.yaml"));
  EXPECT_EQ(shown<Field::Volume>(reading.records.at(0)), "\"010\"");
  EXPECT_EQ(shown<Field::Edition>(reading.records[0]), "\"1.10\"");
  EXPECT_EQ(shown<Field::Page>(reading.records[0]), "[{\"first\":\"1e10\"}]");
  EXPECT_EQ(shown<Field::Issue>(reading.records[0]), "\"0x1F\"");
  EXPECT_EQ(shown<Field::Page>(reading.records.at(1)), "[{\"first\":\"12_13\"}]");
  EXPECT_EQ(shown<Field::Dimensions>(reading.records[1]), "\"12:30:45\"");
  EXPECT_EQ(shown<Field::ArticleNumber>(reading.records[1]), "\"2003.13722\"");
}

TEST(YamlTraps, DatesAreEdtf) {
  const Reading reading = read(trap("03_dates.yaml"));
  const std::vector<std::string> expected = {"\"2019-08-12\"", "\"2019\"", "\"2019-05\"", "\"-0001\"", "\"2001/2002\""};
  ASSERT_EQ(reading.records.size(), expected.size());
  for (std::size_t at = 0; at < expected.size(); ++at) EXPECT_EQ(shown<Field::Issued>(reading.records[at]), expected[at]);
}

TEST(YamlTraps, WhatNeedsQuotesComesBack) {
  const Reading reading = read(trap("04_quoting.yaml"));
  ASSERT_EQ(reading.records.size(), 28U);
  const Reading back = read(write(reading.records).text);
  EXPECT_EQ(back.dump(), reading.dump());
  EXPECT_EQ(title_of(reading.records[18]), "nel\xC2\x85here");
  EXPECT_EQ(title_of(reading.records[25]), " leading and trailing ");
}

TEST(YamlTraps, BracesAndDollarsAreText) {
  EXPECT_EQ(title_of(read(trap("05_braces.yaml")).records.at(0)), "The {imagiNary} part");
  const Reading reading = read(trap("06_dollars.yaml"));
  EXPECT_EQ(title_of(reading.records.at(0)), "A $34m bell");
  EXPECT_EQ(title_of(reading.records.at(1)), "From $5 to $6");
  EXPECT_TRUE(reading.records.at(2).get<Field::Title>()->runs[1].marks.has(Mark::Math));
  EXPECT_EQ(read(write(reading.records).text).dump(), reading.dump());
}

TEST(YamlTraps, PagesAndNumbersStayAsWritten) {
  const std::string text = write(read(trap("07_page_ranges.yaml")).records).text;
  for (const std::string_view page : {"S10-15", "11E201", "072711", "34,37-39", "IV-1/W1", "USDL-26-0599"})
    EXPECT_NE(text.find(page), text.npos) << page << text;
}

TEST(YamlTraps, AllShapesOfAFile) {
  for (const std::string_view name : {"08a_references.yaml", "08b_bare_list.yaml", "08c_map_by_id.yaml", "08d_year_list.yaml"}) {
    const Reading reading = read(trap(name));
    ASSERT_EQ(reading.records.size(), 1U) << name;
    EXPECT_EQ(reading.records[0].key, "a") << name;
    EXPECT_EQ(title_of(reading.records[0]), "A") << name;
    EXPECT_EQ(shown<Field::Issued>(reading.records[0]), "\"2007\"") << name;
  }
  const Reading documents = read(trap("08e_documents.yaml"));
  ASSERT_EQ(documents.records.size(), 2U);
  EXPECT_EQ(documents.records[1].key, "b");
}

TEST(YamlTraps, MarkdownAndHtmlAreToldApart) {
  const Reading markdown = read(trap("09a_markdown.yaml"));
  EXPECT_EQ(markdown.count("yaml/html"), 0U);
  const Reading html = read(trap("09b_html.yaml"));
  EXPECT_EQ(html.count("yaml/html"), 1U);
  for (const Reading* const reading : {&markdown, &html}) {
    const Record& record = reading->records.at(0);
    EXPECT_EQ(record.get<Field::Title>()->runs[0].text, "E. coli");
    EXPECT_TRUE(record.get<Field::Title>()->runs[2].marks.has(Mark::Subscript));
    EXPECT_EQ(record.get<Field::Doi>()->list[0].value, "10.1000/b<c>");
  }
  EXPECT_EQ(html.records[0].get<Field::Title>()->runs[3].text, "O and a*b*c");
}

TEST(YamlTraps, AnchorsAreUnfolded) {
  const Reading reading = read(trap("10a_anchors.yaml"));
  ASSERT_EQ(reading.records.size(), 3U);
  EXPECT_EQ(reading.records[1].type, Type::Book);
  EXPECT_EQ(title_of(reading.records[1]), "B");
  for (const Record& record : reading.records) EXPECT_EQ(shown<Field::Publisher>(record), "\"Northgate\"");
}

TEST(YamlTraps, AKeyThatStandsTwiceIsAnErrorWithBothPlaces) {
  const std::string text = trap("10b_duplicate_keys.yaml");
  const Reading reading = read(text);
  ASSERT_EQ(reading.records.size(), 2U);
  EXPECT_EQ(title_of(reading.records[0]), "First");
  ASSERT_EQ(reading.count("yaml/repeated-key"), 2U);
  const auto line = [&](std::size_t at) {
    return 1 +
           std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(reading.diagnostics.list[at].span.begin), '\n');
  };
  EXPECT_EQ(line(0), 6);
  EXPECT_EQ(line(1), 4);
  EXPECT_EQ(reading.diagnostics.list[0].severity, Severity::Error);
}

TEST(YamlTraps, ForeignTagsAreRefused) {
  const Reading reading = read(trap("10c_python_tag.yaml"));
  ASSERT_EQ(reading.records.size(), 3U);
  EXPECT_EQ(reading.count("yaml/tag"), 1U);
  EXPECT_EQ(title_of(reading.records[0]), "none");
  EXPECT_EQ(title_of(reading.records[1]), "12");
  EXPECT_EQ(title_of(reading.records[2]), "Plain");
}

TEST(YamlTraps, NumbersMayBeKeys) {
  const Reading reading = read(trap("10d_numeric_key.yaml"));
  EXPECT_EQ(reading.records.at(0).key, "2020");
  EXPECT_EQ(reading.records.at(1).key, "true");
}

TEST(YamlTraps, BlockScalarsKeepTheirLineEnds) {
  const Record record = read(trap("10e_block_scalars.yaml")).records.at(0);
  EXPECT_EQ(shown<Field::Note>(record), R"("a\nb")");
  EXPECT_EQ(shown<Field::Annote>(record), R"("a\nb\n")");
  EXPECT_EQ(record.get<Field::Abstract>()->sections[0].text.text(), "folded line\nnext\n");
}

TEST(YamlTraps, CommentsAreKept) {
  const Reading reading = read(trap("10f_comments.yaml"));
  ASSERT_EQ(reading.records.size(), 2U);
  std::vector<std::string> comments;
  for (const Extra& extra : reading.extras) comments.emplace_back(extra.raw);
  EXPECT_EQ(comments, (std::vector<std::string>{"# before", "# list", "# between", "# after"}));
  const std::string text = write(reading.records).text;
  EXPECT_NE(text.find("  # within\n  publisher: P"), text.npos) << text;
}

}  // namespace
}  // namespace bibmill::yaml::testing

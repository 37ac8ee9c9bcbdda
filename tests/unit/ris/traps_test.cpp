// RIS's traps, each with the result that fixtures/traps/ris/README.md asks for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.h"

namespace bibmill::ris::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Reading trap(std::string_view name) { return read(text_of(fixtures() / "traps" / "ris" / (std::string(name) + ".ris"))); }
std::string dump(const Reading& reading, std::size_t record = 0) { return text::dump(reading.records.at(record)); }

TEST(RisTraps, ATagInAnAbstractIsText) {
  const Reading reading = trap("01_continuation_looks_like_tag");
  ASSERT_EQ(reading.records.size(), 1U);
  EXPECT_THAT(dump(reading), HasSubstr("\"We read every US  - based study of tides, and found few.\""));
  EXPECT_THAT(dump(reading), Not(HasSubstr("extra")));
  EXPECT_THAT(reading.codes(), ElementsAre("ris/tag-in-text"));
  EXPECT_THAT(dump(trap("01_known_tag_still_ends_abstract")), HasSubstr("[{\"text\":\"Short.\"}]\n  keyword (KW): [\"tides\"]"));
}

TEST(RisTraps, RecordsWithoutEnd) {
  const Reading two = trap("02_missing_end");
  EXPECT_EQ(two.records.size(), 2U);
  EXPECT_THAT(two.codes(), ElementsAre("ris/missing-end"));
  const Reading one = trap("02_no_end_at_end_of_file");
  EXPECT_EQ(dump(one), "article-journal (JOUR)\n  title (TI): \"Cut short\"\n  issued (PY): \"2004\"\n");
  EXPECT_THAT(one.codes(), ElementsAre("ris/missing-end"));
}

TEST(RisTraps, AnEndInTextIsText) {
  EXPECT_EQ(dump(trap("02_er_in_text")),
            "article-journal (JOUR)\n  title (TI): \"Stress\"\n  abstract (AB): [{\"text\":\"Cells answer with ER stress and ER  exhaustion, in this order.\"}]\n"
            "  issued (PY): \"2003\"\n");
}

class Encodings : public ::testing::TestWithParam<std::string_view> {};
INSTANTIATE_TEST_SUITE_P(RisTraps, Encodings,
                         ::testing::Values("03_bom", "03_utf16le", "03_utf16be", "03_cr_only", "03_crlf", "03_windows_1252", "03_one_space",
                                           "03_no_space_after_dash", "03_lower_case"));

TEST_P(Encodings, AreAllTheSame) {
  const Reading reading = trap(GetParam());
  ASSERT_EQ(reading.records.size(), 1U);
  EXPECT_EQ(dump(reading),
            "article-journal (JOUR)\n  author (AU): [{\"family\":\"Brontë\",\"given\":\"Émile\"}]\n  title (TI): \"Encodings and ends\"\n  issued (PY): \"2005\"\n");
  const bool is_odd = GetParam().ends_with("space") || GetParam().ends_with("dash") || GetParam().ends_with("case");
  EXPECT_EQ(reading.codes().size(), is_odd ? 1U : 0U);
  for (const Diagnostic& one : reading.diagnostics.list) EXPECT_EQ(one.severity, Severity::Note);
}

TEST(RisTraps, EmptyTagsAndZeros) {
  const Reading reading = trap("04_empty_and_zero");
  EXPECT_EQ(dump(reading, 0), "article-journal (JOUR)\n  title (TI): \"A zero in front\"\n  page (SP): [{\"first\":\"0082\"}]\n");
  EXPECT_THAT(dump(reading, 1), HasSubstr("[{\"first\":\"123\",\"last\":\"145\"}] raw \"123-145\""));
  EXPECT_THAT(dump(reading, 2), HasSubstr("[{\"first\":\"123\",\"last\":\"145\"}] raw \"123\\n45\""));
}

TEST(RisTraps, Dates) {
  const Reading reading = trap("05_dates");
  const auto issued = [&](std::size_t at) { return text::dump(reading.records.at(at).find(Field::Issued)->value); };
  ASSERT_EQ(reading.records.size(), 9U);
  EXPECT_EQ(issued(0), "{\"date\":\"2017-04-07\",\"literal\":\"online\"}");
  EXPECT_EQ(issued(1), "{\"date\":\"2020-11\",\"literal\":\"Nov/Dec2020\"}");
  EXPECT_EQ(issued(2), "\"1999-21\"");
  EXPECT_EQ(issued(3), "\"2015-10\"");
  EXPECT_EQ(issued(4), "\"2018-09-03\"");
  EXPECT_THAT(dump(reading, 5), HasSubstr("issued (PY): \"2018\"\n  extra ris (DA): \"2019/09/03/\""));
  EXPECT_EQ(issued(6), "\"2018-03-01\"");
  EXPECT_EQ(issued(7), "\"2016-02\"");
  EXPECT_EQ(issued(8), "{\"literal\":\"n.d.\"}");
  EXPECT_THAT(reading.codes(), ElementsAre("ris/dates-disagree"));
}

TEST(RisTraps, TagsByType) {
  const Reading reading = trap("06_tags_by_type");
  EXPECT_THAT(dump(reading, 0), HasSubstr("editor (A2): [{\"family\":\"Redaktor\",\"given\":\"R\"}]\n  collection-editor (A3): [{\"family\":\"Serie\",\"given\":\"S\"}]"));
  EXPECT_THAT(dump(reading, 0), HasSubstr("container-title (T2): \"The book\"\n  collection-title (T3): \"The series\""));
  EXPECT_THAT(dump(reading, 1), HasSubstr("collection-editor (A2): [{\"family\":\"Serie\",\"given\":\"S\"}]\n  editor (A3): [{\"family\":\"Redaktor\",\"given\":\"R\"}]"));
  EXPECT_THAT(dump(reading, 1), HasSubstr("collection-title (T2): \"The series\""));
  EXPECT_THAT(dump(reading, 2), HasSubstr("container-title (T2): \"Proceedings of the trap meeting\"\n  publisher-place (C1): \"Oslo\""));
  EXPECT_THAT(dump(reading, 3), HasSubstr("container-title (T2): \"Journal of traps\"\n  container-title-short (J2): \"J Traps\"\n  issue (M1): \"3\""));
}

TEST(RisTraps, Names) {
  const Names& authors = *trap("07_names").records.at(0).get<Field::Author>();
  ASSERT_EQ(authors.list.size(), 4U);
  EXPECT_EQ(authors.list[0].suffix, "Jr.");
  EXPECT_EQ(authors.list[0].given, "José María");
  EXPECT_EQ(authors.list[1].literal, "ACME Study Group");
  EXPECT_EQ(authors.list[2].literal, "World Health Organization");
  EXPECT_EQ(authors.list[3].family, "van der Meer");
  EXPECT_FALSE(authors.complete);
}

TEST(RisTraps, Identifiers) {
  const Reading reading = trap("08_identifiers");
  const auto doi = [&](std::size_t at) {
    const Identifiers* const dois = reading.records.at(at).get<Field::Doi>();
    return dois == nullptr ? Str{} : dois->list[0].value;
  };
  EXPECT_EQ(reading.records.at(0).get<Field::Issn>()->list.size(), 2U);
  EXPECT_EQ(doi(0), "10.1000/ABC_d");
  EXPECT_EQ(reading.records.at(1).get<Field::Isbn>()->list[0].value, "978-0-306-40615-7");
  EXPECT_FALSE(reading.records.at(1).has(Field::Issn));
  for (std::size_t at = 2; at < 6; ++at) EXPECT_EQ(doi(at), "10.5555/trap." + std::to_string(at + 1));
  EXPECT_TRUE(reading.records.at(4).has(Field::Url));
  EXPECT_TRUE(reading.records.at(5).has(Field::Note));
  EXPECT_EQ(reading.records.at(6).get<Field::Pmid>()->list[0].value, "99300007");
  EXPECT_EQ(reading.records.at(6).get<Field::Pmcid>()->list[0].value, "PMC9930007");
  EXPECT_FALSE(reading.records.at(7).has(Field::Pmid));
  EXPECT_EQ(reading.records.at(7).get<Field::ArchiveLocation>()->text(), "99300008");
  EXPECT_EQ(reading.records.at(8).get<Field::Url>()->value, "http://example.org/x;y");
}

TEST(RisTraps, LinesWithoutTags) {
  EXPECT_EQ(dump(trap("09_untagged_lines")),
            "article-journal (JOUR)\n  title (TI): \"Lines without tags\"\n  keyword (KW): [\"harbour\",\"tide\",\"bone, broken\"]\n"
            "  abstract (AB): [{\"text\":\"The abstract was broken by an exporter into three lines.\"}]\n  note (N1): \"first note\"\n  note (N1): \"second note\"\n");
}

TEST(RisTraps, WrittenLinesAreNeverBare) {
  const std::string text = write(trap("10_text_that_must_not_break_lines")).text;
  EXPECT_THAT(text, HasSubstr("\nKW  - spaced keyword\n"));
  EXPECT_THAT(text, HasSubstr("would stand bare: ER  - and TY  - among them\n"));
  EXPECT_THAT(text, Not(HasSubstr("\xEF\xBB\xBF")));
  EXPECT_EQ(read(text).records.size(), 1U);
}

TEST(RisTraps, UnknownTypesComeBack) {
  const Reading reading = trap("also_unknown_type");
  EXPECT_THAT(reading.codes(), ElementsAre("ris/unknown-type", "ris/no-type"));
  EXPECT_EQ(reading.records.at(0).type, Type::Document);
  EXPECT_EQ(reading.records.at(0).type_as_written, "XYZW");
  const Writing writing = write(reading);
  EXPECT_THAT(writing.text, HasSubstr("TY  - XYZW\n"));
  EXPECT_THAT(writing.text, HasSubstr("TY  - GEN\n"));
  EXPECT_THAT(writing.remarks(), ElementsAre("supplied type"));
}

TEST(RisTraps, TextBetweenRecordsIsKept) {
  const Reading reading = trap("also_text_before_and_between");
  EXPECT_EQ(reading.records.size(), 2U);
  ASSERT_EQ(reading.extras.size(), 2U);
  EXPECT_EQ(reading.extras[1].raw, "2.");
  EXPECT_THAT(reading.codes(), Contains("ris/stray-text"));
  EXPECT_THAT(write(reading).text, HasSubstr("2.\n"));
}

TEST(RisTraps, BlankLinesDoNotEndRecords) {
  const Reading reading = trap("also_blank_lines_inside_record");
  ASSERT_EQ(reading.records.size(), 1U);
  EXPECT_THAT(dump(reading), HasSubstr("\"The first paragraph.\\nThe second paragraph.\""));
  EXPECT_THAT(reading.codes(), IsEmpty());
  EXPECT_THAT(write(reading).remarks(), ElementsAre("narrowed abstract: white space"));
}

}  // namespace
}  // namespace bibmill::ris::testing

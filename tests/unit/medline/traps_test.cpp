// Each trap of fixtures/traps/medline, read as its README says, and written back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bibmill/text/schema.h"
#include "support.h"

namespace bibmill::medline::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string trap(std::string_view name) { return contents(fixtures() / "traps" / "medline" / name); }

/// The record's entries of a field and extras of a key, one dump each.
std::vector<std::string> values(const Record& record, Field field) {
  std::vector<std::string> found;
  for_each_entry(record, [&](const Entry& entry) {
    if (entry.field == field) found.push_back(text::dump(entry.value));
  });
  return found;
}

std::string value(const Record& record, Field field) {
  const Entry* const entry = record.find(field);
  return entry == nullptr ? "none" : text::dump(entry->value);
}

struct Trap : ::testing::Test {
  std::vector<Record>& open(std::string_view name) {
    text_ = trap(name);
    reading_ = read(text_);
    return reading_.records;
  }
  void TearDown() override {
    // Whatever it is, it comes back byte for byte, and its canonical form reads as the same.
    EXPECT_EQ(write(reading_.records).text, text_);
    const Reading again = read(write(reading_.records, Layout::Canonical).text);
    ASSERT_EQ(again.records.size(), reading_.records.size());
    for (std::size_t at = 0; at < again.records.size(); ++at)
      EXPECT_EQ(text::digest(again.records[at]), text::digest(reading_.records[at]));
  }
  std::string text_;
  Reading reading_;
};

TEST_F(Trap, SixBlanksMakeAContinuationWhateverFollows) {
  const auto& records = open("01_continuation_looks_like_tag.nbib");
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].get<Field::Abstract>()->sections[0].text.text(),
            "Columns one to six decide. METHODS: TI  - this is not a tag.");
  EXPECT_EQ(value(records[0], Field::Title), "\"Tags inside text\"");
  EXPECT_THAT(write(records, Layout::Canonical).text, HasSubstr("TI  - Tags inside text.\n"));
}

TEST_F(Trap, ABlankLineInAnAbstractDividesParagraphs) {
  const auto& records = open("02_blank_line_in_abstract.nbib");
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(
      records[0].get<Field::Abstract>()->sections[0].text.text(),
      "The first paragraph ends here.\nThe second paragraph follows a blank line.\nThe third follows a line of six blanks.");
  EXPECT_EQ(value(records[0], Field::Language), "\"eng\"");
}

TEST_F(Trap, AWrappedHeadingIsOneHeading) {
  const auto& records = open("03_heading_wrapped_at_ampersand.nbib");
  const Headings& headings = *records[0].get<Field::Heading>();
  ASSERT_EQ(headings.list.size(), 2U);
  const Heading& law = headings.list[1];
  EXPECT_EQ(law.descriptor, "Motorcycles");
  EXPECT_FALSE(law.major);
  ASSERT_EQ(law.qualifiers.size(), 3U);
  EXPECT_EQ(law.qualifiers[1].text, "legislation & jurisprudence");
  EXPECT_FALSE(law.qualifiers[1].major);
  EXPECT_EQ(law.qualifiers[2].text, "statistics & numerical data");
  EXPECT_TRUE(law.qualifiers[2].major);
}

TEST_F(Trap, StarsOfDescriptorAndQualifier) {
  const auto& records = open("04_major_on_descriptor_and_qualifier.nbib");
  const Heading& heading = records[0].get<Field::Heading>()->list[0];
  EXPECT_TRUE(heading.major);
  EXPECT_FALSE(heading.qualifiers[0].major);
  EXPECT_TRUE(heading.qualifiers[1].major);
  EXPECT_EQ(write(records, Layout::Canonical).text, text_);
}

TEST_F(Trap, DatesOfPublication) {
  const auto& records = open("05_publication_dates.nbib");
  std::vector<std::string> dates;
  for (const Record& record : records) dates.push_back(value(record, Field::Issued));
  EXPECT_THAT(dates, ElementsAre("\"1998-12/1999-01\"", "\"2000-21\"", "\"2001-07/2001-08\"", "\"1999-10-29/1999-11-04\"",
                                 "\"2000-24/2000-21\"", "\"1978-05-05/1978-05-11\"", "\"2003\"", "\"2004-05-07\""));
  EXPECT_EQ(write(records, Layout::Canonical).text, text_);
}

TEST_F(Trap, Pages) {
  const auto& records = open("06_pages.nbib");
  std::vector<std::string> pages;
  for (const Record& record : records) pages.push_back(value(record, Field::Page));
  EXPECT_THAT(
      pages,
      ElementsAre(R"([{"first":"1194","last":"1205"},{"first":"1210"},{"first":"1211","last":"1212","label":"discussion"}])",
                  R"([{"first":"S10","last":"S15"}])", R"({"ranges":[{"first":"e12","last":"e15"}],"raw":"e12-e15"})", "none",
                  R"([{"first":"1203","last":"1210"}])", R"([{"first":"iv, 88 p"}])"));
  EXPECT_EQ(value(records[3], Field::ArticleNumber), "\"e1392\"");
  EXPECT_EQ(write(records, Layout::Canonical).text, text_);
}

TEST_F(Trap, DetailsBelongToTheNameBeforeThem) {
  const auto& records = open("07_authors_in_order.nbib");
  const List<Name>& names = records[0].get<Field::Author>()->list;
  ASSERT_EQ(names.size(), 3U);
  EXPECT_EQ(names[0].family, "Lindqvist");
  ASSERT_EQ(names[0].identifiers.size(), 1U);
  EXPECT_EQ(names[0].identifiers[0].value, "0000-0050-0001-0018");
  EXPECT_EQ(names[0].affiliations.size(), 2U);
  EXPECT_EQ(names[1].literal, "Harbour Collaborators");
  ASSERT_EQ(names[1].affiliations.size(), 1U);
  EXPECT_EQ(names[1].affiliations[0].text, "Office of the Harbour Collaborators, Oslo, Norway.");
  EXPECT_EQ(names[2].family, "Okafor");
  EXPECT_EQ(names[2].affiliations.size(), 1U);

  const List<Name>& old = records[1].get<Field::Author>()->list;
  ASSERT_EQ(old.size(), 2U);
  EXPECT_EQ(old[0].family, "García-Pérez");
  EXPECT_EQ(old[0].initials, "JM");
  EXPECT_EQ(old[0].suffix, "Jr");
  EXPECT_EQ(old[1].family, "de la Cruz");
  EXPECT_EQ(old[1].initials, "A");
  EXPECT_EQ(write(records, Layout::Canonical).text, text_);
}

TEST_F(Trap, GrantsAreSplitFromTheRight) {
  const auto& records = open("08_grants_split_from_the_right.nbib");
  EXPECT_EQ(
      text::dump(Value(*records[0].get<Field::Grant>())).find("BB/F005865/1\",\"agency\":\"Biotechnology") != std::string::npos,
      true);
  const List<Grant>& grants = records[0].get<Field::Grant>()->list;
  ASSERT_EQ(grants.size(), 4U);
  EXPECT_EQ(grants[0].number, "BB/F005865/1");
  EXPECT_EQ(grants[0].acronym, "");
  EXPECT_EQ(grants[0].country, "United Kingdom");
  EXPECT_EQ(grants[1].number, "R01 CA123456");
  EXPECT_EQ(grants[1].acronym, "CA");
  EXPECT_EQ(grants[1].agency, "NCI NIH HHS");
  EXPECT_EQ(grants[2].number, "001");
  EXPECT_EQ(grants[2].agency, "World Health Organization");
  EXPECT_EQ(grants[3].number, "");
  EXPECT_EQ(grants[3].agency, "Wellcome Trust");
}

TEST_F(Trap, OneDoiSaidTwiceIsOne) {
  const auto& records = open("09_identifiers.nbib");
  const auto once = [](const Record& record, Field field) {
    int count = 0;
    for_each_entry(record, [&](const Entry& entry) { count += entry.field == field && !entry.same_as ? 1 : 0; });
    return count;
  };
  EXPECT_EQ(once(records[0], Field::Doi), 1);
  EXPECT_EQ(once(records[0], Field::Identifier), 1);
  EXPECT_EQ(records[1].get<Field::Doi>()->list[0].value, "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O");
  EXPECT_EQ(records[2].get<Field::Doi>()->list[0].value, "10.5555/traplett.2012.17");
  EXPECT_EQ(write(records, Layout::Canonical).text, text_) << "the DOI in SO needs no line of its own";
}

TEST_F(Trap, TranslatedTitles) {
  const auto& records = open("10_translated_title.nbib");
  EXPECT_EQ(value(records[0], Field::Title), "\"[The size of receptors]\"");
  EXPECT_EQ(value(records[0], Field::OriginalTitle), "\"El tamaño de los receptores\"");
  EXPECT_EQ(value(records[1], Field::Title), "\"Les récepteurs, petits ou grands?\"");
  EXPECT_EQ(value(records[2], Field::Title), "\"Are receptors large?\"");
  EXPECT_EQ(write(records, Layout::Canonical).text, text_);
}

TEST_F(Trap, LinksToOtherPublications) {
  const auto& records = open("also_comment_and_retraction_links.nbib");
  const List<Link>& links = records[0].get<Field::CommentsCorrections>()->list;
  ASSERT_EQ(links.size(), 3U);
  EXPECT_EQ(links[0].type, "RetractionIn");
  EXPECT_EQ(links[0].source, "Cell. 2000 Jan;100(1):1");
  EXPECT_EQ(links[0].identifiers[0].value, "10600000");
  EXPECT_EQ(links[1].type, "CommentIn");
  ASSERT_EQ(links[1].identifiers.size(), 2U);
  EXPECT_EQ(links[1].identifiers[0].value, "10.5555/traplett.2001.9");
  EXPECT_EQ(links[1].identifiers[1].value, "99100041");
  EXPECT_EQ(links[2].type, "ErratumIn");
  EXPECT_TRUE(links[2].identifiers.empty());
  EXPECT_EQ(write(records, Layout::Canonical).text, text_);
}

TEST_F(Trap, KindsOfSerialNumbers) {
  const auto& records = open("also_issn_kinds_and_isbn.nbib");
  const List<Identifier>& issn = records[0].get<Field::Issn>()->list;
  ASSERT_EQ(issn.size(), 3U);
  EXPECT_EQ(issn[0].qualifier, "electronic");
  EXPECT_EQ(issn[1].qualifier, "print");
  EXPECT_EQ(issn[2].qualifier, "linking");
  EXPECT_EQ(records[1].get<Field::Isbn>()->list.size(), 2U);
  EXPECT_FALSE(records[1].has(Field::Issn));
  EXPECT_EQ(write(records, Layout::Canonical).text, text_);
}

TEST_F(Trap, KeywordsHaveOwners) {
  const auto& records = open("also_keyword_owner_and_major.nbib");
  EXPECT_THAT(values(records[0], Field::Keyword),
              ElementsAre(R"({"list":[{"text":"Spaceflight","major":true},"Flight Experiment"],"owner":"NASA"})",
                          R"({"list":["gravity",{"text":"bone","major":true}],"owner":"NOTNLM"})"));
  EXPECT_EQ(write(records, Layout::Canonical).text, text_);
}

TEST_F(Trap, AnEmptyPmidBeginsARecord) {
  const auto& records = open("also_eric_without_pmid_number.nbib");
  ASSERT_EQ(records.size(), 2U);
  EXPECT_FALSE(records[0].has(Field::Pmid));
  EXPECT_EQ(records[0].get<Field::Identifier>()->list[0].value, "EJ9900001");
  EXPECT_EQ(records[0].get<Field::Author>()->list[0].given, "Jean");
  EXPECT_EQ(write(records, Layout::Canonical).text, text_);
}

TEST_F(Trap, AnyTagBehindABlankLineBeginsARecord) { EXPECT_EQ(open("also_owner_first_no_pmid_line.nbib").size(), 2U); }

TEST_F(Trap, BlankLinesBeforeTheFirstRecord) {
  EXPECT_EQ(open("also_file_begins_with_blank_lines.nbib").size(), 1U);
  EXPECT_THAT(reading_.diagnostics.list, IsEmpty());
}

TEST_F(Trap, CarriageReturnsAreLineEnds) {
  const auto& records = open("also_crlf.nbib");
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(value(records[0], Field::Title),
            "\"Lines end in CR and LF here, and a long title wraps onto a second line of six blanks\"");
}

TEST_F(Trap, TheLastLineNeedsNoEnd) { EXPECT_EQ(value(open("also_no_final_newline.nbib")[0], Field::Language), "\"eng\""); }

TEST_F(Trap, AnUnknownTagStaysInItsPlace) {
  const auto& records = open("also_unknown_tag.nbib");
  const Extra* const extra = std::get_if<Extra>(&records[0].items()[4]);
  ASSERT_NE(extra, nullptr);
  EXPECT_EQ(extra->key, "XYZQ");
  EXPECT_EQ(extra->raw, "kept as it stands");
  EXPECT_EQ(write(records, Layout::Canonical).text, text_);
}

TEST_F(Trap, ABlankBeforeTheDashIsTolerated) {
  const auto& records = open("also_blank_before_the_dash.nbib");
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[1].get<Field::Pmid>()->list[0].value, "99100051");
  EXPECT_EQ(reading_.diagnostics.list.at(0).code, "medline/tag-form");
}

}  // namespace
}  // namespace bibmill::medline::testing

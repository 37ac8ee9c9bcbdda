// What becomes of values, of bad input, and of what stands between records.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.h"

namespace bibmill::pubmed::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A record with a PMID and what else is given within Article.
std::string article(std::string_view pmid, std::string_view inside = {}) {
  return "<PubmedArticle><MedlineCitation Status=\"MEDLINE\" Owner=\"NLM\"><PMID Version=\"1\">" + std::string(pmid) +
         "</PMID><Article PubModel=\"Print\">" + std::string(inside) + "</Article></MedlineCitation></PubmedArticle>";
}

std::vector<std::string> pmids(const Reading& reading) {
  std::vector<std::string> all;
  for (const Record& record : reading.records) {
    const Identifiers* const pmid = record.get<Field::Pmid>();
    all.emplace_back(pmid == nullptr ? "-" : pmid->list[0].value);
  }
  return all;
}

std::string title_of(std::string_view inside) {
  const Reading reading = read(article("1", "<ArticleTitle>" + std::string(inside) + "</ArticleTitle>"));
  const Entry* const entry = reading.records.at(0).find(Field::Title);
  return entry == nullptr ? "" : text::dump(entry->value);
}

struct TitleCase {
  std::string_view written;
  std::string_view value;
};

TEST(Reader, Titles) {
  constexpr TitleCase kCases[] = {
      {"Plain.", R"("Plain")"},
      {"What?", R"("What?")"},
      {"And so on...", R"("And so on...")"},
      {"A &amp; B &#945; &#x3b2;.", "\"A & B α β\""},
      {"CDATA <![CDATA[<b> & ]]>text.", R"("CDATA <b> & text")"},
      {"One<!-- unseen --> word.", R"("One word")"},
      {"\n    Laid out\n    over lines.\n  ", R"("Laid out over lines")"},
      {"Two  blanks.", R"("Two  blanks")"},
      {"<i>All</i>.", R"([{"text":"All","marks":"italic"}])"},
      {"x<sub>\n  2\n</sub> y.", R"(["x ",{"text":"2","marks":"sub"}," y"])"},
      {"a<u>b</u>c.", R"(["a",{"text":"b","marks":"underline"},"c"])"},
      {"", ""},
  };
  for (const TitleCase& each : kCases) EXPECT_EQ(title_of(each.written), each.value) << each.written;
}

TEST(Reader, WhiteSpaceIsNoValue) {
  const Reading reading = read(
      "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>  </ArticleTitle><Language>&#32;</Language></Article></MedlineCitation></PubmedArticle>"
      "<PubmedBookArticle><BookDocument><PMID>2</PMID><ArticleTitle> <i> </i> <Publisher>A</Publisher></ArticleTitle></BookDocument></PubmedBookArticle></PubmedArticleSet>");
  ASSERT_EQ(reading.records.size(), 2U);
  for (const Record& record : reading.records) EXPECT_EQ(record.get<Field::Title>(), nullptr);
  EXPECT_EQ(reading.records[0].get<Field::Language>(), nullptr);
  const std::string canonical = written_again(reading, Layout::Canonical);
  EXPECT_EQ(written_again(read(canonical), Layout::Canonical), canonical);
}

TEST(Reader, AnAuthorOfWhomNothingIsSaidIsNone) {
  const Reading reading = read(
      "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><AuthorList CompleteYN=\"Y\"><Author ValidYN=\"Y\"></Author>"
      "<Author ValidYN=\"Y\"><LastName>Roe</LastName></Author><Author ValidYN=\"Y\"/></AuthorList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>");
  const List<Name>& names = reading.records.at(0).get<Field::Author>()->list;
  ASSERT_EQ(names.size(), 1U);
  EXPECT_EQ(names[0].family, "Roe");
}

TEST(Reader, MathMlIsOneRun) {
  EXPECT_THAT(title_of("Of <mml:math xmlns:mml=\"http://www.w3.org/1998/Math/MathML\"><mml:mi>x</mml:mi></mml:math>."),
              HasSubstr(R"("marks":"math","notation":"mathml")"));
}

/// A time without its day is no time, and is not dropped either.
TEST(Reader, DatesKeepStrayTimes) {
  const auto date_of = [](std::string_view inside) {
    const Reading reading = read(article("1", "<Journal><JournalIssue CitedMedium=\"Print\"><PubDate>" + std::string(inside) + "</PubDate></JournalIssue></Journal>"));
    const Entry* const entry = reading.records.at(0).find(Field::Issued);
    return entry == nullptr ? "" : text::dump(entry->value);
  };
  EXPECT_THAT(date_of("<Minute>0</Minute>"), HasSubstr("\"0\""));
  EXPECT_THAT(date_of("<Year>2019</Year><Minute>7</Minute>"), HasSubstr("7"));
  EXPECT_THAT(date_of("<Year>2019</Year><Second>7</Second>"), HasSubstr("7"));
}

TEST(Reader, EachEntryKnowsItsPlace) {
  const std::string text = article("77", "<ArticleTitle>Here.</ArticleTitle>");
  const Record record = read(text).records.at(0);
  const Span span = record.find(Field::Title)->span;
  EXPECT_EQ(text.substr(span.begin, span.size()), "Here.");
  EXPECT_EQ(record.span, (Span{0, text.size()}));
}

TEST(Reader, RecordsInCommentsAndCdataAreNone) {
  const Reading reading = read("<PubmedArticleSet><!-- " + article("1") + " --><?pi " + article("2") + "?>" +
                               article("3", "<ArticleTitle><![CDATA[</PubmedArticle>]]></ArticleTitle>") +
                               article("4", "<!-- </PubmedArticle> -->") + "</PubmedArticleSet>");
  EXPECT_THAT(pmids(reading), ElementsAre("3", "4"));
  ASSERT_EQ(reading.extras.size(), 2U);
  EXPECT_EQ(reading.extras[0].key, "#comment");
  EXPECT_EQ(reading.extras[1].key, "#instruction");
}

TEST(Reader, OneBrokenRecordCostsNoOther) {
  const std::string broken =
      "<PubmedArticle><MedlineCitation><PMID Version=\"1\">2</PMID><Article><ArticleTitle>Seen "
      "<b>half</i></ArticleTitle></Article></MedlineCitation></PubmedArticle>";
  const Reading reading = read("<PubmedArticleSet>" + article("1") + broken + article("3") + "</PubmedArticleSet>");
  EXPECT_THAT(pmids(reading), ElementsAre("1", "2", "3"));
  EXPECT_THAT(reading.codes(), ElementsAre("pubmed/not-well-formed"));
  EXPECT_EQ(reading.diagnostics.list[0].severity, Severity::Error);
  EXPECT_EQ(text::dump(reading.records[1].find(Field::Title)->value), R"(["Seen ",{"text":"half","marks":"bold"}])");
  EXPECT_THAT(text::dump(reading.records[1]), HasSubstr("#rest"));
  const Reading again = read(write(reading.records).text);
  EXPECT_EQ(again.records.size(), 3U) << "what is written is well-formed";
  EXPECT_THAT(again.codes(), IsEmpty());
}

TEST(Reader, AMissingEndTagDoesNotSwallowTheNext) {
  const std::string open = "<PubmedArticle><MedlineCitation><PMID Version=\"1\">1</PMID>";
  EXPECT_THAT(pmids(read(open + article("2") + article("3"))), ElementsAre("1", "2", "3"));
  EXPECT_THAT(pmids(read(article("1") + open)), ElementsAre("1", "1"));
}

TEST(Reader, SmallFaultsAreMended) {
  const Reading reading = read(article("1", "<ArticleTitle>R&D of \x01things &#0;&nbsp;.</ArticleTitle>") +
                               article("2", "<ArticleTitle a=\"1\" a=\"2\">T.</ArticleTitle>") +
                               article("3", "<ArticleTitle>A ]]> b <![CDATA[c & d]]> e.</ArticleTitle>"));
  EXPECT_THAT(pmids(reading), ElementsAre("1", "2", "3"));
  EXPECT_THAT(reading.codes(), ElementsAre("pubmed/unknown-entity", "pubmed/control-character", "pubmed/repeated-attribute", "pubmed/stray-cdata-end"));
  EXPECT_EQ(text::dump(reading.records[2].find(Field::Title)->value), R"("A ]]> b c & d e")");
  EXPECT_EQ(text::dump(reading.records[0].find(Field::Title)->value), R"("R&D of things &nbsp;")");
}

TEST(Reader, DepthAndSizeHaveLimits) {
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<b>";
  deep += "x";
  for (int i = 0; i < 5000; ++i) deep += "</b>";
  const Reading reading = read(article("1", "<ArticleTitle>" + deep + "</ArticleTitle>") + article("2"));
  EXPECT_THAT(pmids(reading), ElementsAre("1", "2"));
  EXPECT_THAT(reading.codes(), ElementsAre("pubmed/not-well-formed"));

  ReadOptions small;
  small.max_record = 300;
  const Reading limited = read(article("1") + article("2", std::string(400, ' ')) + article("3"), small);
  EXPECT_THAT(pmids(limited), ElementsAre("1", "3"));
  EXPECT_THAT(limited.codes(), ElementsAre("pubmed/record-too-large"));
}

TEST(Reader, LongAttributesAndManyAuthors) {
  const std::string label(std::size_t{11} << 20, 'L');
  const Reading long_label =
      read(article("1", "<Abstract><AbstractText Label=\"" + label + "\">t</AbstractText></Abstract>"), ReadOptions{});
  EXPECT_EQ(long_label.records.at(0).get<Field::Abstract>()->sections[0].label.size(), label.size());
  std::string authors;
  for (int i = 0; i < 100'000; ++i) authors += "<Author><LastName>A</LastName></Author>";
  const Reading many = read(article("1", "<AuthorList>" + authors + "</AuthorList>"), ReadOptions{});
  EXPECT_EQ(many.records.at(0).get<Field::Author>()->list.size(), 100'000U);
}

TEST(Reader, UnknownElementsAndAttributesAreKept) {
  const Reading reading = read(article("1",
                                       "<Novelty x=\"1\"><y/></Novelty><AuthorList CompleteYN=\"Y\" Style=\"new\"><Author "
                                       "ValidYN=\"Y\"><LastName>A</LastName><Pet>cat</Pet></Author></AuthorList>"));
  std::vector<std::string> extras;
  for (const Item& item : reading.records.at(0).items())
    if (const Extra* const extra = std::get_if<Extra>(&item))
      extras.push_back(std::string(extra->key) + "=" + std::string(extra->raw));
  EXPECT_THAT(extras, ElementsAre("MedlineCitation/Article/Novelty=<Novelty x=\"1\"><y/></Novelty>",
                                  "MedlineCitation/Article/AuthorList/Author/Pet=<Pet>cat</Pet>",
                                  "MedlineCitation/Article/AuthorList@Style=Style=\"new\""));
  EXPECT_THAT(reading.codes(), ElementsAre("pubmed/unknown-element"));
}

TEST(Reader, TheArticlesOwnListDecidesAboutTheDoi) {
  const std::string text =
      "<PubmedArticle><MedlineCitation><PMID Version=\"1\">1</PMID><Article><ELocationID "
      "EIdType=\"doi\">10.5555/other</ELocationID></Article></MedlineCitation>"
      "<PubmedData><ArticleIdList><ArticleId IdType=\"doi\">10.5555/own</ArticleId><ArticleId "
      "IdType=\"pmc\">PMC12</ArticleId></ArticleIdList></PubmedData></PubmedArticle>";
  const Record record = read(text).records.at(0);
  EXPECT_EQ(record.get<Field::Doi>()->list[0].value, "10.5555/own");
  EXPECT_EQ(record.get<Field::Pmcid>()->list[0].value, "PMC12");
  EXPECT_THAT(text::dump(record), HasSubstr("10.5555/other"));
}

TEST(Reader, PublicationTypesTellTheType) {
  const auto type_of_terms = [](std::string_view terms) {
    std::string list = "<PublicationTypeList>";
    for (std::size_t from = 0; from < terms.size();) {
      const std::size_t end = std::min(terms.find('|', from), terms.size());
      list += "<PublicationType UI=\"\">" + std::string(terms.substr(from, end - from)) + "</PublicationType>";
      from = end + 1;
    }
    return read(article("1", list + "</PublicationTypeList>")).records.at(0).type;
  };
  EXPECT_EQ(type_of_terms("Journal Article|Review"), Type::ArticleJournal);
  EXPECT_EQ(type_of_terms("Letter|Comment"), Type::ArticleJournal);
  EXPECT_EQ(type_of_terms("Journal Article|Dataset"), Type::Dataset);
  EXPECT_EQ(type_of_terms("Dataset|Preprint"), Type::Article);
  EXPECT_EQ(type_of_terms("Unpublished Dissertation"), Type::Thesis);
  EXPECT_EQ(type_of_terms("Retracted Publication|Journal Article"), Type::ArticleJournal);
}

TEST(Reader, StopsWhereItIsTold) {
  Reading reading;
  reading.stop_after = 1;
  const std::string text = article("1") + article("2");
  Part part;
  part.text = text;
  part.arena = std::make_shared<Arena>();
  EXPECT_EQ(format().make_reader({})->read(Source{"test.xml"}, part, reading, reading.diagnostics), Flow::Stop);
  EXPECT_EQ(reading.records.size(), 1U);
}

TEST(Reader, WhatIsNoPubMedIsOnePiece) {
  const Reading reading = read("<eFetchResult><ERROR>no such id</ERROR></eFetchResult>");
  EXPECT_THAT(reading.codes(), ElementsAre("pubmed/service-error"));
  EXPECT_THAT(reading.diagnostics.list[0].message, HasSubstr("no such id"));
  EXPECT_EQ(reading.extras.size(), 1U);
}

TEST(Split, CutsBehindRecords) {
  const std::string one = article("1");
  const std::string text = "<PubmedArticleSet>\n" + one + "\n<!-- " + one + " -->" + one + "\n" + one + "</PubmedArticleSet>";
  const std::size_t first = text.find("</PubmedArticle>") + 16;
  const std::size_t second = text.find(one, text.find("-->")) + one.size();
  EXPECT_EQ(format().split(text, 0), first);
  EXPECT_EQ(format().split(text, first), first);
  EXPECT_EQ(format().split(text, second - 1), first);
  EXPECT_EQ(format().split(text, second), second);
  EXPECT_EQ(format().split(text, text.size()), second);
  EXPECT_EQ(format().split(one, 10), 0U);
  EXPECT_EQ(format().split("", 10), 0U);
  EXPECT_EQ(format().split(one.substr(0, 100), 10), 0U);
}

TEST(Recognises, WhatIsPubMed) {
  EXPECT_EQ(format().recognises("<?xml version=\"1.0\"?>\n<!DOCTYPE PubmedArticleSet SYSTEM \"x\">\n<PubmedArticleSet>"), 100);
  EXPECT_EQ(format().recognises("\n<!-- c --><MedlineCitationSet>"), 100);
  EXPECT_EQ(format().recognises(article("1")), 100);
  EXPECT_EQ(format().recognises("<response><PubmedArticleSet>"), 60);
  EXPECT_EQ(format().recognises("<html><body>PubmedArticle</body></html>"), 0);
  EXPECT_EQ(format().recognises("TY  - JOUR"), 0);
  EXPECT_EQ(format().recognises(""), 0);
}

}  // namespace
}  // namespace bibmill::pubmed::testing

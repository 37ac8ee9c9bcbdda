// What is written for records of other formats: places, fillers, the books.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "elements.h"
#include "support.h"

namespace bibmill::pubmed::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// A record as another format gives it.
class Foreign {
 public:
  explicit Foreign(Type type = Type::ArticleJournal) : record(std::make_shared<Arena>()) {
    record.type = type;
    record.origin = "another";
  }
  Foreign& rich(Field field, std::string_view text) {
    record.add(field, RichText::of(record.arena(), record.arena().copy(text)));
    return *this;
  }
  Foreign& text(Field field, std::string_view value) {
    record.add(field, Text{record.arena().copy(value)});
    return *this;
  }
  Foreign& identifier(Field field, std::string_view scheme, std::string_view value, std::string_view qualifier = {}) {
    Identifier identifier;
    identifier.scheme = record.arena().copy(scheme);
    identifier.value = record.arena().copy(value);
    identifier.qualifier = record.arena().copy(qualifier);
    Identifiers identifiers;
    identifiers.list.push_back(record.arena(), identifier);
    record.add(field, identifiers);
    return *this;
  }
  Foreign& year(int year) {
    Date date;
    date.from.kind = DatePoint::Kind::Known;
    date.from.year = year;
    record.add(Field::Issued, date);
    return *this;
  }

  Record record;
};

struct Written {
  std::string text;
  std::vector<std::string> losses;  ///< "title: markup", "URL"
  std::vector<std::string> supplied;
  bool type_merged = false;
};

Written written(const Record& record, std::span<const Mapping> rows = format().mappings) {
  const Writing writing = write({record}, Layout::Default, rows);
  Written result;
  result.text = writing.text;
  std::vector<Loss> losses;
  writing.ledgers[0].losses(losses);
  for (const Loss& loss : losses) {
    if (loss.item == nullptr) continue;
    const Entry* const entry = std::get_if<Entry>(loss.item);
    std::string words(entry == nullptr ? std::get_if<Extra>(loss.item)->key : name_of(entry->field));
    if (!loss.part.empty()) words += ": " + std::string(loss.part);
    result.losses.push_back(words);
  }
  for (const Supply& supply : writing.ledgers[0].supplied()) result.supplied.emplace_back(supply.what);
  result.type_merged = writing.ledgers[0].type_merged();
  return result;
}

TEST(Writer, SuppliesWhatTheDtdDemands) {
  const Written empty = written(Foreign().record);
  EXPECT_THAT(
      empty.text,
      HasSubstr(
          "<MedlineCitation Status=\"Publisher\" Owner=\"NOTNLM\"><PMID Version=\"1\"/><Article PubModel=\"Print\"><Journal>"
          "<JournalIssue CitedMedium=\"Print\"><PubDate><Year/></PubDate></JournalIssue></Journal><ArticleTitle/><Pagination>"
          "<MedlinePgn/></Pagination><Language>und</Language><PublicationTypeList>"
          "<PublicationType UI=\"D016428\">Journal Article</PublicationType></PublicationTypeList></Article>"
          "<MedlineJournalInfo><MedlineTA/></MedlineJournalInfo></MedlineCitation></PubmedArticle>"));
  EXPECT_THAT(empty.supplied,
              ::testing::UnorderedElementsAre("status", "owner", "pmid", "publication-model", "cited-medium", "issued", "title",
                                              "page", "language", "publication-type", "medline-ta"));
  EXPECT_THAT(empty.losses, IsEmpty());
}

/// The date, which is in the first text alone since the record breaks off, is no longer there to tell where the stray text stood.
TEST(Writer, SuppliesBeforeStrayText) {
  for (const std::string_view text : {"<MedlineCitation><DateCompleted><Day>4</Day></DateCompleted>R", "<MedlineCitation>R<DateRevised><Year>t"}) {
    const std::string once = written_again(read(text), Layout::Canonical);
    EXPECT_EQ(written_again(read(once), Layout::Canonical), once) << text;
    EXPECT_THAT(once, HasSubstr("<PMID Version=\"1\"/>R<Article><Journal>"));
  }
}

TEST(Writer, PutsEachFieldInItsPlace) {
  const Written result = written(Foreign()
                                     .rich(Field::Title, "A <b> title")
                                     .rich(Field::ContainerTitle, "Journal & Co")
                                     .text(Field::Volume, "12")
                                     .text(Field::Language, "de")
                                     .identifier(Field::Doi, "doi", "10.5555/x")
                                     .identifier(Field::Issn, "issn", "2912-0012", "electronic")
                                     .year(2001)
                                     .record);
  EXPECT_THAT(result.text, HasSubstr("<ArticleTitle>A &lt;b&gt; title.</ArticleTitle>"));
  EXPECT_THAT(result.text, HasSubstr("<Title>Journal &amp; Co</Title>"));
  EXPECT_THAT(result.text, HasSubstr("<Volume>12</Volume><PubDate><Year>2001</Year></PubDate>"));
  EXPECT_THAT(result.text, HasSubstr("<Language>ger</Language>"));
  EXPECT_THAT(result.text, HasSubstr("<ISSN IssnType=\"Electronic\">2912-0012</ISSN>"));
  EXPECT_THAT(result.text, HasSubstr("<ArticleId IdType=\"doi\">10.5555/x</ArticleId>"));
  EXPECT_THAT(result.text, HasSubstr("<MedlineTA>Journal &amp; Co</MedlineTA>"));
  EXPECT_THAT(result.losses, ElementsAre("language: spelling"));
}

TEST(Writer, SaysWhatHasNoPlace) {
  const Written result = written(
      Foreign().text(Field::Url, "http://example.org").rich(Field::Note, "A note").rich(Field::Publisher, "House").record);
  EXPECT_THAT(result.losses, ElementsAre("URL", "note: kind of note", "publisher"));
}

TEST(Writer, TitlesKeepTheirEnd) {
  EXPECT_THAT(written(Foreign().rich(Field::Title, "Why?").record).text, HasSubstr("<ArticleTitle>Why?</ArticleTitle>"));
  EXPECT_THAT(written(Foreign().rich(Field::Title, "So...").record).text, HasSubstr("<ArticleTitle>So...</ArticleTitle>"));
  EXPECT_THAT(written(Foreign().rich(Field::Title, "In the U.S.").record).losses, ElementsAre("title: final dot"));
}

TEST(Writer, TypesBecomePublicationTypesOrForms) {
  EXPECT_THAT(written(Foreign(Type::Thesis).record).text, HasSubstr("Academic Dissertation</PublicationType>"));
  EXPECT_FALSE(written(Foreign(Type::Thesis).record).type_merged);
  EXPECT_TRUE(written(Foreign(Type::Map).record).type_merged);
  EXPECT_THAT(written(Foreign(Type::Map).record).text, HasSubstr(">Journal Article<"));
  const Written book = written(Foreign(Type::Book).rich(Field::Title, "Whole").rich(Field::Publisher, "House").year(1999).record);
  EXPECT_THAT(book.text, HasSubstr("<PubmedBookArticle><BookDocument>"));
  EXPECT_THAT(book.text, HasSubstr("<Publisher><PublisherName>House</PublisherName></Publisher><BookTitle>Whole</BookTitle>"));
  EXPECT_THAT(book.text, Not(HasSubstr("<ArticleTitle")));
  const Written chapter = written(Foreign(Type::Chapter).rich(Field::Title, "Part").rich(Field::ContainerTitle, "Whole").record);
  EXPECT_THAT(chapter.text, HasSubstr("<BookTitle>Whole</BookTitle>"));
  EXPECT_THAT(chapter.text, HasSubstr("<ArticleTitle>Part</ArticleTitle>"));
}

TEST(Writer, WhatIsWrittenIsReadAgain) {
  for (const Type type :
       {Type::ArticleJournal, Type::Thesis, Type::Report, Type::Dataset, Type::Book, Type::Chapter, Type::Article})
    EXPECT_EQ(read(written(Foreign(type).rich(Field::Title, "T").record).text).records.at(0).type, type) << name_of(type);
}

TEST(Writer, NamesKeepTheirParts) {
  Foreign foreign;
  Name name;
  name.family = "Gaulle";
  name.given = "Charles";
  name.non_dropping_particle = "de";
  Name body;
  body.literal = "Study Group";
  Names names;
  names.list.push_back(foreign.record.arena(), name);
  names.list.push_back(foreign.record.arena(), body);
  names.complete = false;
  foreign.record.add(Field::Author, names);
  const Written result = written(foreign.record);
  EXPECT_THAT(
      result.text,
      HasSubstr(
          "<AuthorList CompleteYN=\"N\"><Author ValidYN=\"Y\"><LastName>de Gaulle</LastName><ForeName>Charles</ForeName></Author>"
          "<Author ValidYN=\"Y\"><CollectiveName>Study Group</CollectiveName></Author></AuthorList>"));
  EXPECT_THAT(result.losses, ElementsAre("author: particles"));
}

/// How often the authors of such a record are written.
std::size_t authors_written(Str raw, bool same) {
  Foreign foreign;
  const auto add = [&](std::string_view family, bool same_as) {
    Name name;
    name.family = foreign.record.arena().copy(family);
    Names names;
    names.list.push_back(foreign.record.arena(), name);
    Entry entry;
    entry.field = Field::Author;
    entry.value = names;
    entry.raw = raw;
    entry.same_as = same_as;
    foreign.record.add(std::move(entry));
  };
  add("Lind", false);
  add(same ? "Lind" : "Quist", same);
  const Written result = written(foreign.record);
  EXPECT_THAT(result.losses, IsEmpty());
  std::size_t count = 0;
  for (std::size_t at = result.text.find("<LastName>"); at != std::string::npos; at = result.text.find("<LastName>", at + 1)) ++count;
  return count;
}

TEST(Writer, WhatIsTheSameIsWrittenOnce) {
  // biblatex says the same authors in author, author+an and options.
  EXPECT_EQ(authors_written({}, true), 1U);
  EXPECT_EQ(authors_written("{Lind}", true), 1U);
}

TEST(Writer, HowAnotherFormatWroteItDoesNotMatter) {
  EXPECT_EQ(authors_written({}, false), 2U);
  EXPECT_EQ(authors_written("{Lind}", false), 2U);
}

TEST(Writer, ListsOfOneFieldBecomeOneElement) {
  Foreign foreign;
  for (const Str subset : {"IM", "AIM"}) {
    Term term;
    term.text = subset;
    Terms terms;
    terms.list.push_back(foreign.record.arena(), term);
    foreign.record.add(Field::CitationSubset, terms);
    foreign.record.add(Field::Gene, terms);
  }
  const Written result = written(foreign.record);
  EXPECT_THAT(result.text, HasSubstr("<CitationSubset>IM</CitationSubset><CitationSubset>AIM</CitationSubset>"));
  EXPECT_THAT(result.text, HasSubstr("<GeneSymbolList><GeneSymbol>IM</GeneSymbol><GeneSymbol>AIM</GeneSymbol></GeneSymbolList>"));
  EXPECT_THAT(result.losses, IsEmpty());
}

TEST(Writer, ValuesThatTheDtdDoesNotKnowStayBehind) {
  const Written result = written(Foreign().text(Field::RecordStatus, "Nearly done").text(Field::CitedMedium, "Internet").record);
  EXPECT_THAT(result.text, HasSubstr("Status=\"Publisher\""));
  EXPECT_THAT(result.text, HasSubstr("CitedMedium=\"Internet\""));
  EXPECT_THAT(result.losses, ElementsAre("record-status"));
}

TEST(Writer, WritesThroughTheRowsItIsGiven) {
  std::vector<Mapping> rows;
  for (const Mapping& row : kMappings)
    if (row.field != Field::Volume) rows.push_back(row);
  const Written result = written(Foreign().text(Field::Volume, "12").text(Field::Issue, "3").record, rows);
  EXPECT_THAT(result.text, HasSubstr("<Issue>3</Issue>"));
  EXPECT_THAT(result.losses, ElementsAre("volume"));
}

TEST(Writer, AChangedRecordGivesUpItsLayoutAndNothingElse) {
  const std::string text = contents(fixtures() / "traps" / "pubmed" / "06_authors.xml");
  Reading reading = read(text);
  Record& record = reading.records.at(0);
  record.set(Field::Volume, Text{"99"});
  const Writing changed = write(reading.records);
  EXPECT_THAT(changed.text, HasSubstr("<Volume>99</Volume>"));
  EXPECT_THAT(changed.text, HasSubstr("http://orcid.org/0000000218250097"));
  record.remove(Field::Language);
  EXPECT_THAT(write(reading.records).text, HasSubstr("<Language>und</Language>"));
}

TEST(Writer, ElementsThatTheDtdHasOnceStayInTheirOrder) {
  const std::string text =
      "<PubmedArticleSet><PubmedArticle><MedlineCitation Status=\"MEDLINE\" Owner=\"NLM\"><PMID Version=\"1\">1</PMID><Article PubModel=\"Print\"><Journal><ISSN IssnType=\"Print\">2912-1078</ISSN></Journal>"
      "<ArticleTitle>T.</ArticleTitle></Article><MedlineJournalInfo><MedlineTA>T</MedlineTA><ISSNLinking>2912-1027</ISSNLinking><ISSNLinking>2912-1078</ISSNLinking></MedlineJournalInfo></MedlineCitation></PubmedArticle></PubmedArticleSet>";
  const std::string once = written_again(read(text), Layout::Canonical);
  EXPECT_THAT(once, HasSubstr("<ISSNLinking>2912-1027</ISSNLinking><ISSNLinking>2912-1078</ISSNLinking>"));
  EXPECT_EQ(written_again(read(once), Layout::Canonical), once);
}

TEST(Writer, FormulasOfElsewhereGetNlmsPrefix) {
  Foreign foreign;
  RichText title;
  title.runs.push_back(foreign.record.arena(), bibmill::Run{"<math><mi>x</mi></math>", Mark::Math, "mathml"});
  foreign.record.add(Field::Title, title);
  EXPECT_THAT(written(foreign.record).text,
              HasSubstr("<mml:math xmlns:mml=\"http://www.w3.org/1998/Math/MathML\"><mml:mi>x</mml:mi></mml:math>"));
  foreign.record.items().clear();
  RichText broken;
  broken.runs.push_back(foreign.record.arena(), bibmill::Run{"<math><mi>x</math>", Mark::Math, "mathml"});
  foreign.record.add(Field::Title, broken);
  EXPECT_THAT(written(foreign.record).text, HasSubstr("&lt;math&gt;"));
}

TEST(Writer, DeletionsComeOnceAtTheEnd) {
  Extra one{"pubmed", "DeleteCitation", "<DeleteCitation><PMID Version=\"1\">1</PMID></DeleteCitation>", {}};
  Extra two{"pubmed", "DeleteCitation", "<DeleteCitation>\n<PMID Version=\"1\">2</PMID>\n</DeleteCitation>", {}};
  Extra comment{"pubmed", "#comment", "<!-- kept -->", {}};
  Extra other{"ris", "", "stray", {}};
  const std::unique_ptr<Writer> writer = format().make_writer({}, format().mappings);
  Output output;
  writer->begin(output);
  EXPECT_TRUE(writer->between(one, output));
  EXPECT_TRUE(writer->between(comment, output));
  EXPECT_TRUE(writer->between(two, output));
  EXPECT_FALSE(writer->between(other, output));
  writer->end(output, output.tail, 0);
  EXPECT_THAT(output.text, HasSubstr("<!-- kept -->\n<DeleteCitation><PMID Version=\"1\">1</PMID>\n<PMID "
                                     "Version=\"1\">2</PMID>\n</DeleteCitation>\n</PubmedArticleSet>\n"));
}

TEST(Writer, LineEndsAreAsAsked) {
  WriteOptions options;
  options.line_end = "\r\n";
  const std::unique_ptr<Writer> writer = format().make_writer(options, format().mappings);
  Output output;
  writer->begin(output);
  writer->end(output, {}, 0);
  EXPECT_THAT(output.text, HasSubstr("<PubmedArticleSet>\r\n</PubmedArticleSet>\r\n"));
}

}  // namespace
}  // namespace bibmill::pubmed::testing

// The traps of fixtures/traps/pubmed, one by one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bibmill/text/encoding.h"
#include "bibmill/text/identifiers.h"
#include "support.h"

namespace bibmill::pubmed::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Reading trap(std::string_view name) {
  const auto path = fixtures() / "traps" / "pubmed" / (std::string(name) + ".xml");
  const std::string text = text::decode(contents(path));
  EXPECT_FALSE(text.empty()) << path;
  return read(text);
}

std::string value(const Record& record, Field field) {
  const Entry* const entry = record.find(field);
  return entry == nullptr ? "" : text::dump(entry->value);
}

/// What comes back in canonical form, so that not the layout but the values speak.
std::string canonical(const Reading& reading) {
  return write(reading.records, Layout::Canonical, format().mappings, reading.extras).text;
}

TEST(Trap, MarkupInTitle) {
  const Reading reading = trap("01_markup_in_title");
  ASSERT_EQ(reading.records.size(), 1U);
  EXPECT_EQ(
      value(reading.records[0], Field::Title),
      R"(["Effect of H",{"text":"2","marks":"sub"},"O on ",{"text":"E. coli","marks":"italic"}," ",{"text":"K","marks":"bold"},)"
      R"({"text":"+","marks":"bold sup"}," channels & p<0.05"])");
  EXPECT_THAT(
      canonical(reading),
      HasSubstr("Effect of H<sub>2</sub>O on <i>E. coli</i> <b>K<sup>+</sup></b> channels &amp; p&lt;0.05.</ArticleTitle>"));
}

TEST(Trap, DoiOfCitedReference) {
  const Record record = trap("02_doi_of_cited_reference").records.at(0);
  EXPECT_FALSE(record.has(Field::Doi));
  EXPECT_EQ(record.get<Field::Pmid>()->list[0].value, "99200002");
  const Link& link = record.get<Field::CitedReference>()->list[0];
  ASSERT_EQ(link.identifiers.size(), 2U);
  EXPECT_EQ(link.identifiers[0].value, "10.5555/not.mine");
  EXPECT_EQ(link.identifiers[1].value, "99200003");
}

TEST(Trap, LocationDoiThenPii) {
  const Reading reading = trap("03_elocation_doi_then_pii");
  ASSERT_EQ(reading.records.size(), 3U);
  EXPECT_EQ(reading.records[0].get<Field::Doi>()->list[0].value, "10.5555/traplett.2012.4");
  EXPECT_EQ(reading.records[0].get<Field::Identifier>()->list[0].value, "e17004");
  EXPECT_EQ(reading.records[0].get<Field::Identifier>()->list[0].scheme, "pii");
  EXPECT_EQ(reading.records[1].get<Field::Doi>()->list[0].value, "10.5555/traplett.2012.5");
  EXPECT_FALSE(reading.records[1].get<Field::Identifier>()->list[0].valid);
  EXPECT_EQ(reading.records[2].get<Field::Doi>()->list[0].value, "10.5555/traplett.2012.6");
}

TEST(Trap, PublicationDates) {
  const Reading reading = trap("04_publication_dates");
  std::vector<std::string> dates;
  for (const Record& record : reading.records) dates.push_back(value(record, Field::Issued));
  EXPECT_THAT(dates, ElementsAre("\"1998-12/1999-01\"", "\"2001-23\"", "\"2002-07\"", "\"2002-07\"", "\"2002-07-04\"",
                                 "\"2000-24/2000-21\""));
  for (const std::string_view spelling : {"<MedlineDate>1998 Dec-1999 Jan<", "<Season>Fall<", "<Month>07<", "<Month>Jul<",
                                          "<Month>July<", "<MedlineDate>2000 Winter-Spring<"})
    EXPECT_THAT(canonical(reading), HasSubstr(std::string(spelling)));
}

TEST(Trap, AbstractSections) {
  const Record record = trap("05_abstract_sections").records.at(0);
  const Abstract& abstract = *record.get<Field::Abstract>();
  ASSERT_EQ(abstract.sections.size(), 3U);
  EXPECT_EQ(abstract.sections[0].category, "BACKGROUND");
  EXPECT_EQ(abstract.sections[1].label, "UNLABELLED");
  EXPECT_FALSE(abstract.copyright.empty());
  const Abstract& other = *record.get<Field::OtherAbstract>();
  EXPECT_EQ(other.type, "plain-language-summary");
  EXPECT_EQ(other.language, "spa");
  EXPECT_FALSE(other.copyright.empty());
}

TEST(Trap, Authors) {
  const Reading reading = trap("06_authors");
  const Names& names = *reading.records.at(0).get<Field::Author>();
  EXPECT_FALSE(names.complete);
  std::vector<std::string> order;
  for (const Name& name : names.list)
    order.push_back(std::string(name.is_body() ? name.literal : name.family) + (name.valid ? "" : "!"));
  EXPECT_THAT(order, ElementsAre("King", "Trap Study Group", "Kinng!", "Solo"));
  const Name& king = names.list[0];
  EXPECT_EQ(king.given, "Martin L");
  EXPECT_EQ(king.suffix, "Jr");
  EXPECT_TRUE(king.equal_contribution);
  ASSERT_EQ(king.identifiers.size(), 1U);
  EXPECT_EQ(king.identifiers[0].value, "0000-0002-1825-0097");
  EXPECT_TRUE(text::has_valid_check_digit("orcid", king.identifiers[0].value));
  ASSERT_EQ(king.affiliations.size(), 2U);
  EXPECT_EQ(king.affiliations[0].identifiers.size(), 1U);
  EXPECT_THAT(canonical(reading), HasSubstr("http://orcid.org/0000000218250097"));
  EXPECT_THAT(canonical(reading), HasSubstr("<Author ValidYN=\"N\"><LastName>Kinng"));
}

TEST(Trap, EditorsList) {
  const Record record = trap("06_editors_list").records.at(0);
  EXPECT_EQ(record.get<Field::Editor>()->list[0].family, "Redaktør");
  EXPECT_EQ(record.get<Field::Author>()->list[0].family, "Forfatter");
  EXPECT_FALSE(record.has(Field::ContainerAuthor));
}

TEST(Trap, RemoteDtdIsNotFetched) {
  const Reading reading = trap("07_remote_dtd_not_fetched");
  EXPECT_EQ(reading.records.size(), 1U);
  EXPECT_THAT(reading.codes(), IsEmpty());
}

TEST(Trap, InternalEntitiesAreRefused) {
  const Reading reading = trap("07_internal_entities_refused");
  ASSERT_EQ(reading.records.size(), 2U);
  EXPECT_THAT(reading.codes(), ElementsAre("pubmed/entity-declarations", "pubmed/unknown-entity"));
  EXPECT_EQ(value(reading.records[0], Field::Title), R"("Laughter: &c;")");
  EXPECT_EQ(reading.records[1].get<Field::Pmid>()->list[0].value, "99200025");
  EXPECT_THAT(canonical(reading), Not(HasSubstr("<!ENTITY")));
}

TEST(Trap, DoubleEscapedTextStays) {
  const Reading reading = trap("07_double_escaped");
  EXPECT_THAT(reading.codes(), ElementsAre("pubmed/escaped-twice"));
  EXPECT_THAT(value(reading.records.at(0), Field::Title), HasSubstr("&lt;i&gt;E. coli&lt;/i&gt;"));
}

TEST(Trap, Shapes) {
  EXPECT_EQ(trap("07_concatenated_documents").records.size(), 3U);
  EXPECT_EQ(trap("07_bare_article").records.size(), 1U);
  EXPECT_EQ(trap("07_two_bare_articles").records.size(), 2U);
  const Reading bare = trap("07_medline_citation_set");
  ASSERT_EQ(bare.records.size(), 1U);
  EXPECT_EQ(bare.records[0].get<Field::Pmid>()->list[0].version, "");
  EXPECT_THAT(write(bare.records).text, HasSubstr("<PubmedArticle><MedlineCitation"));
}

TEST(Trap, VersionsAndDeletes) {
  const Reading reading = trap("08_versions_and_deletes");
  ASSERT_EQ(reading.records.size(), 2U);
  EXPECT_EQ(reading.records[0].get<Field::Pmid>()->list[0].version, "") << "the first version is the one that goes without saying";
  EXPECT_EQ(reading.records[1].get<Field::Pmid>()->list[0].version, "2");
  ASSERT_EQ(reading.extras.size(), 1U);
  EXPECT_EQ(reading.extras[0].key, "DeleteCitation");
  const std::string text = canonical(reading);
  EXPECT_GT(text.find("<DeleteCitation>"), text.rfind("</PubmedArticle>"));
  EXPECT_THAT(text, HasSubstr("99200037"));
}

TEST(Trap, BookAndArticle) {
  const Reading reading = trap("09_book_and_article");
  ASSERT_EQ(reading.records.size(), 3U);
  EXPECT_EQ(reading.records[0].type, Type::ArticleJournal);
  const Record& chapter = reading.records[1];
  EXPECT_EQ(chapter.type, Type::Chapter);
  EXPECT_EQ(value(chapter, Field::Title), R"("The second chapter")");
  EXPECT_EQ(value(chapter, Field::ContainerTitle), R"("The book of traps")");
  EXPECT_EQ(chapter.get<Field::Identifier>()->list[0].value, "NBK99200039");
  const Record& book = reading.records[2];
  EXPECT_EQ(book.type, Type::Book);
  EXPECT_EQ(value(book, Field::Title), R"("The book of traps")");
  EXPECT_EQ(book.get<Field::Identifier>()->list[0].value, "NBK99200040");
  EXPECT_EQ(book.get<Field::Identifier>()->list[0].scheme, "bookaccession");
}

TEST(Trap, RetractionAndLinks) {
  const Reading reading = trap("10_retraction_and_links");
  ASSERT_EQ(reading.records.size(), 2U);
  const Links& links = *reading.records[0].get<Field::CommentsCorrections>();
  ASSERT_EQ(links.list.size(), 4U);
  const auto has_pmid = [](const Link& link) {
    return std::any_of(link.identifiers.begin(), link.identifiers.end(),
                       [](const Identifier& each) { return each.scheme == "pmid"; });
  };
  EXPECT_EQ(std::count_if(links.list.begin(), links.list.end(), has_pmid), 2);
  EXPECT_EQ(std::count_if(links.list.begin(), links.list.end(), [](const Link& link) { return !link.note.empty(); }), 1);
  const auto identifiers = [](const Record& record) {
    std::vector<std::string> all;
    for (const Term& term : record.get<Field::PublicationType>()->list) all.emplace_back(term.identifier);
    return all;
  };
  EXPECT_THAT(identifiers(reading.records[0]), Contains("D016441"));
  EXPECT_THAT(identifiers(reading.records[1]), Contains("D016440"));
  EXPECT_THAT(identifiers(reading.records[1]), Not(Contains("D016441")));
  EXPECT_EQ(reading.records[0].type, Type::ArticleJournal);
}

TEST(Trap, Lesser) {
  const Record geographic = trap("also_geographic_heading").records.at(0);
  const Heading& heading = geographic.get<Field::Heading>()->list[0];
  EXPECT_EQ(heading.descriptor, "Norway");
  EXPECT_EQ(heading.type, "Geographic");
  ASSERT_EQ(heading.qualifiers.size(), 1U);
  EXPECT_TRUE(heading.qualifiers[0].major);

  const Record supplementary = trap("also_supplementary_mesh").records.at(0);
  std::vector<std::string> types;
  for (const Heading& each : supplementary.get<Field::SupplementaryConcept>()->list) types.emplace_back(each.type);
  EXPECT_THAT(types, ElementsAre("Disease", "Protocol", "Organism"));

  const Reading keywords = trap("also_keyword_lists");
  std::vector<std::string> owners;
  for_each_entry(keywords.records.at(0), [&](const Entry& entry) {
    if (entry.field == Field::Keyword) owners.emplace_back(std::get<Keywords>(entry.value).owner);
  });
  EXPECT_EQ(owners.size(), 2U);

  EXPECT_EQ(value(trap("also_journal_title_with_place").records.at(0), Field::ContainerTitle), "\"Science (New York, N.Y.)\"");

  const Reading vernacular = trap("also_empty_title_with_vernacular");
  EXPECT_EQ(value(vernacular.records.at(0), Field::Title), R"("Über Fallen")");
  EXPECT_EQ(value(vernacular.records.at(1), Field::Title), R"("Des pièges")");
  EXPECT_THAT(canonical(vernacular), HasSubstr("<ArticleTitle></ArticleTitle>"));
  EXPECT_THAT(canonical(vernacular), HasSubstr("<ArticleTitle>[Not Available].</ArticleTitle>"));

  const Reading pages = trap("also_pages_disagree");
  EXPECT_THAT(pages.codes(), ElementsAre("pubmed/pages-disagree"));
  EXPECT_EQ(value(pages.records.at(0), Field::Page), R"([{"first":"117","last":"121"}])");
  EXPECT_EQ(value(pages.records.at(1), Field::Page), R"([{"first":"9"}])");
  EXPECT_THAT(canonical(pages), HasSubstr("<EndPage>122</EndPage>"));
}

}  // namespace
}  // namespace bibmill::pubmed::testing

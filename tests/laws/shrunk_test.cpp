// Small records that once broke a law: made-up ones, shrunk, and what was found beside them. Each holds the second law both ways, and the prediction of loss.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "bibmill/text/json.h"
#include "bibmill/text/schema.h"
#include "corpus.h"
#include "reading_back.h"

namespace bibmill::laws {
namespace {

struct Shrunk {
  std::string_view name;
  std::string_view type;
  std::string_view items;  ///< as the record schema has them
};

constexpr Shrunk kShrunk[] = {
    {"SeveralPmids", "article-journal", R"({"field":"PMID","value":[{"scheme":"pmid","value":"1"},{"scheme":"pmid","value":"2"}]})"},
    {"SeveralDois", "article-journal", R"({"field":"DOI","value":[{"scheme":"doi","value":"10.1000/a"},{"scheme":"doi","value":"10.1000/b"}]})"},
    {"SeveralPmcids", "article-journal", R"({"field":"PMCID","value":[{"scheme":"pmcid","value":"PMC1"},{"scheme":"pmcid","value":"PMC2"}]})"},
    {"EqualNeighbouringBanks", "article-journal", R"({"field":"data-bank","value":[{"name":"GEO","accessions":["A"]},{"name":"GEO","accessions":["B"]}]})"},
    {"RepeatedEvents", "article-journal", R"({"field":"history","value":[{"status":"received","date":"1990-01-01"},{"status":"received","date":"1990-01-01"}]})"},
    {"NameWithBlanks", "article-journal", R"({"field":"author","value":[{"family":"Kelp  Survey","given":"A\nB"},{"family":": ","given":"kelp"}]})"},
    {"FileOnTwoLines", "article-journal", R"({"field":"file","value":"kelp\nkelp"})"},
    {"PublisherOfNoKind", "document", R"({"field":"publisher","value":"kelp"})"},
    {"JournalOfABill", "bill", R"({"field":"container-title","value":"kelp"})"},
    {"AbbreviationAlone", "document", R"({"field":"container-title-short","value":"kelp"})"},
    {"IssueOfAPeriodical", "periodical", R"({"field":"issue","value":"kelp"})"},
    {"ParticleAlone", "article-journal", R"({"field":"editor","value":[{"family":"kelp","given":"kelp","non-dropping-particle":"de la"}]})"},
    {"EditorWithAnOrcid", "article-journal", R"({"field":"editor","value":[{"family":"kelp","given":"kelp","identifiers":[{"scheme":"orcid","value":"0000-0002-1825-0097"}]}]})"},
    {"CompilerBesideAnEditor", "article-journal", R"({"field":"editor","value":[{"family":"kelp"}]},{"field":"compiler","value":[{"family":"kelp","given":"kelp"}]})"},
    {"EditionThatLooksLikeMarkup", "article-journal", R"({"field":"edition","value":"<b>x</b>"})"},
    {"ArticleNumberThatEndsInABlank", "article-journal", R"({"field":"article-number","value":": "})"},
    {"UncertainYear", "article-journal", R"({"field":"issued","value":"1600~"})"},
    {"PublicationTypeOfAPatent", "patent", R"({"field":"publication-type","value":["kelp"]})"},
    {"PublicationModelThatIsNone", "article-journal", R"({"field":"publication-model","value":"kelp"})"},
    {"RelatedBrace", "article-journal", R"({"field":"related","value":"{"})"},
    {"AddressOfADoi", "article-journal", R"({"field":"URL","value":"https://doi.org/10.5555/12345678"})"},
    {"SubjectWithoutInitials", "article-journal", R"({"field":"personal-name-subject","value":[{"family":"kelp","given":"東京"}]})"},
    {"SubjectWithASuffix", "article-journal", R"({"field":"personal-name-subject","value":[{"family":"kelp","suffix":"Jr"}]})"},
    {"SubjectWhoseSuffixHasAComma", "article-journal", R"({"field":"personal-name-subject","value":[{"family":"kelp","suffix":"kelp, kelp"}]})"},
    {"ArticleNumberWithADoiBehindIt", "article-journal", R"({"field":"article-number","value":"kelp. doi:10.1000/x"})"},
    {"PiiThatReadsAsAnArticleNumber", "article-journal", R"({"field":"identifier","value":[{"scheme":"pii","value":"e1392"}]},{"field":"publication-type","value":["kelp"]})"},
    {"SuffixThatEndsLikeInitials", "article-journal", R"({"field":"editor","value":[{"family":"kelp","given":"kelp","suffix":"TY  - JOUR"}]})"},
    {"FamilyThatSaysEtAl", "article-journal", R"({"field":"editor","value":[{"family":"et al."}]})"},
    {"SuffixThatLooksLikeInitials", "article-journal", R"({"field":"editor","value":[{"family":"kelp","suffix":"NASA"}]})"},
    {"SuffixThatIsNone", "article-journal", R"({"field":"editor","value":[{"family":"kelp","suffix":"kelp"}]})"},
    {"NameThatOnlyBeginsLikeEtAl", "article-journal", R"({"field":"investigator","value":[{"family":"et al.","suffix":"Jr"}]})"},
    {"LinkWhoseSourceHasAnotherDoi", "article-journal",
     R"({"field":"comments-corrections","value":[{"type":"ErratumIn","source":"kelp doi:10.1000/x","identifiers":[{"scheme":"pmid","value":"35244835"}]}]})"},
    {"FamilyThatEndsLikeASuffix", "article-journal", R"({"field":"author","value":[{"family":"kelp Jr."}]})"},
    {"ChapterWithoutATitle", "chapter", R"({"field":"container-title","value":"kelp"})"},
    {"ChapterWithoutATitleOfABooksAuthors", "chapter", R"({"field":"container-author","value":[{"family":"kelp","given":"kelp"}]})"},
    {"NoteBesideAGeneralNote", "article-journal", R"({"field":"general-note","value":"kelp"},{"field":"note","value":"kelp"})"},
    {"NumbersOfAPatent", "patent",
     R"({"field":"ISBN","value":[{"scheme":"isbn","value":"978-3-16-148410-0"},{"scheme":"isbn","value":"0-306-40615-2"}]},{"field":"number","value":"kelp"})"},
    {"WordsForADate", "article-journal", R"({"field":"issued","value":{"literal":"--"}})"},
    {"FormulaForADate", "article-journal", R"({"field":"issued","value":{"literal":"H~2~O"}})"},
    {"ArxivAsAnArchive", "article",
     R"({"field":"archive","value":"arXiv"},{"field":"archive_location","value":"2101.99999"},{"field":"identifier","value":[{"scheme":"arxiv","value":"2101.99999"}]})"},
};

class Shrinking : public testing::TestWithParam<Shrunk> {};

INSTANTIATE_TEST_SUITE_P(Records, Shrinking, testing::ValuesIn(kShrunk), [](const auto& about) { return std::string(about.param.name); });

std::vector<Record> record_of(const Shrunk& shrunk) {
  const std::string json = fmt::format(R"({{"type":"{}","key":"key1","origin":"test","items":[{}]}})", shrunk.type, shrunk.items);
  std::vector<Record> records(1, Record(std::make_shared<Arena>()));
  DiagnosticList diagnostics;
  EXPECT_TRUE(text::read_record(text::parse_json(records[0].arena(), json, 0, {}, diagnostics), records[0])) << json;
  EXPECT_TRUE(diagnostics.list.empty()) << json;
  return records;
}

TEST_P(Shrinking, KeepsTheLaws) {
  for (const Format* const target : all_formats()) {
    const std::vector<Record> records = record_of(GetParam());
    const Writing writing = write(*target, records);
    const Reading back = read_alone(*target, writing.text);
    ASSERT_EQ(back.records.size(), 1U) << writing.text;
    std::vector<std::string> wrong = unsaid_differences(records[0], writing.ledgers[0], back.records[0], target);
    for (std::string& addition : unsaid_additions(records[0], writing.ledgers[0], back.records[0])) wrong.push_back(std::move(addition));
    for (std::string& surprise : unpredicted_losses(*target, records[0], writing.ledgers[0])) wrong.push_back(std::move(surprise));
    if (!target->carries_always)
      for (std::string& alarm : false_alarms(records[0], writing.ledgers[0], back.records[0])) wrong.push_back(std::move(alarm));
    EXPECT_TRUE(wrong.empty()) << target->id << ": " << fmt::format("{}", fmt::join(wrong, "\n")) << "\nwritten as\n" << writing.text;
  }
}

TEST_P(Shrinking, ComesBackWhereItIsCarried) {
  WriteOptions carrying;
  carrying.carry = true;
  for (const Format* const target : all_formats()) {
    if (!target->carries_always && !target->carries_on_request) continue;
    const std::vector<Record> records = record_of(GetParam());
    const std::string there = write(*target, records, carrying).text;
    const Reading back = read_alone(*target, there);
    ASSERT_EQ(back.records.size(), 1U) << there;
    EXPECT_EQ(text::dump(back.records[0]), text::dump(records[0])) << target->id << "\n" << there;
  }
}

}  // namespace
}  // namespace bibmill::laws

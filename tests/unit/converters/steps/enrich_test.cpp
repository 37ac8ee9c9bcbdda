// enrich: which record is drawn from, what is filled, and what is not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bibmill/catalogue.h"
#include "bibmill/errors.h"
#include "harness.h"
#include "workbench.h"

namespace bibmill::workbench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

/// A bibliography on disk, gone at the end of the test.
class EnrichStep : public testing::Test {
 protected:
  void library(const std::string& text) { path_ = folder_.file("other.bib", text); }

  std::vector<std::string> enrich(Record& record, std::string_view options = {}) {
    const AnyStep any = make_step(fmt::format("enrich:from={}{}", path_, options));
    const auto& step = std::get<std::unique_ptr<const Step>>(any);
    step->begin({all_formats(), nullptr});
    DiagnosticList list;
    step->record(record, list);
    std::vector<std::string> said;
    for (const Diagnostic& diagnostic : list.list) said.push_back(diagnostic.message.substr(0, diagnostic.message.find(" (")));
    return said;
  }

  mock::Folder folder_;
  std::string path_ = folder_.path("none.bib");
};

const std::string kQuist =
    "@article{q15,\n  author = {Quist, Mara}, title = {Tides in small harbours}, journal = {Coastal Notes}, volume = {12}, pages = {3--9}, year = {2015},\n"
    "  doi = {10.1000/q15}, abstract = {Of tides.}, annote = {Read it.}\n}\n";

TEST_F(EnrichStep, FillsByIdentifier) {
  library(kQuist);
  Record record = record_of({"title=Tides in Small Harbors", "DOI=10.1000/Q15", "volume=13"});
  EXPECT_THAT(enrich(record), UnorderedElementsAre("author is filled from q15", "issued is filled from q15", "container-title is filled from q15", "page is filled from q15", "abstract is filled from q15"));
  EXPECT_EQ(record.get<Field::Volume>()->value, "13");
  EXPECT_EQ(record.get<Field::Author>()->list[0].family, "Quist");
  EXPECT_EQ(record.find(Field::Author)->key, "");
  EXPECT_TRUE(record.get<Field::Author>()->list[0].span.empty());
  EXPECT_FALSE(record.has(Field::Annote));
  EXPECT_EQ(record.layout, "");
  EXPECT_THAT(enrich(record), IsEmpty());
}

TEST_F(EnrichStep, FillsByTitleYearAndAuthor) {
  library(kQuist);
  Record record = record_of({"title=Tides in small harbours", "author=Quist, M", "issued=2015", "volume=12", "page=3-9"});
  EXPECT_THAT(enrich(record, ",fields=DOI"), ElementsAre("DOI is filled from q15"));
  EXPECT_EQ(record.get<Field::Doi>()->list[0].value, "10.1000/q15");
  EXPECT_FALSE(record.has(Field::Abstract));
}

TEST_F(EnrichStep, LeavesOtherWorksAlone) {
  library(kQuist);
  Record other = record_of({"title=Sand", "author=Quist, Mara", "issued=2015"});
  EXPECT_THAT(enrich(other), IsEmpty());
  EXPECT_EQ(other.layout, "as it stood");
  Record doubtful = record_of({"title=Estuaries of the north", "DOI=10.1000/q15"});
  EXPECT_THAT(enrich(doubtful), ElementsAre("it may be the same work as q15"));
  EXPECT_FALSE(doubtful.has(Field::Author));
}

TEST_F(EnrichStep, SaysNothingTwice) {
  library("@article{a, title = {Tides}, subtitle = {A survey}, author = {Quist, Mara}, doi = {10.1000/a}, pages = {e12}, date = {2015}}\n");
  Record whole = record_of({"title=Tides: A survey", "DOI=10.1000/a", "article-number=e12"});
  EXPECT_THAT(enrich(whole), UnorderedElementsAre("author is filled from a", "issued is filled from a"));
  Record bare = record_of({"title=Tides", "DOI=10.1000/a"});
  enrich(bare);
  EXPECT_TRUE(bare.has(Field::Subtitle));
}

TEST_F(EnrichStep, LeavesToAParentWhatItMaySay) {
  library(kQuist);
  Record child = record_of({"origin=bibtex", "title=Tides in small harbours", "DOI=10.1000/q15", "+crossref={notes}"});
  EXPECT_THAT(enrich(child), UnorderedElementsAre("page is filled from q15", "abstract is filled from q15"));
}

TEST_F(EnrichStep, WantsABibliography) {
  EXPECT_THROW(make_step("enrich"), UsageError);
  EXPECT_THROW(make_step("enrich:-"), UsageError);
  Record record = record_of({"title=T"});
  EXPECT_THROW(enrich(record), InputError);
  library("");
  EXPECT_THROW(enrich(record), InputError);
}

}  // namespace
}  // namespace bibmill::workbench

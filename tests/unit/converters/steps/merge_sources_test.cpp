// merge-sources: which source wins, and where each field came from.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bibmill/errors.h"
#include "workbench.h"

namespace bibmill::workbench {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// The same work as Scopus, PubMed and a third database have it.
std::vector<Record> of_three_sources() {
  std::vector<Record> records;
  records.push_back(record_of({"key=sc", "origin=ris", "archive=Scopus", "title=One thing: and more", "DOI=10.1000/a", "issue=3", "note=cited twice"}));
  records.push_back(record_of({"key=em", "origin=ris", "source=EMBASE", "title=One Thing and More", "DOI=10.1000/A", "issue=4", "volume=7", "page=1-9"}));
  records.push_back(record_of({"key=pm", "origin=medline", "title=One thing and more.", "DOI=10.1000/a", "PMID=9", "issue=3", "volume=VII"}));
  return records;
}

std::string text_of(const Answer& answer, Field field) {
  const Entry* const entry = answer.records.at(0).record.find(field);
  if (entry == nullptr) return {};
  const RichText* const rich = std::get_if<RichText>(&entry->value);
  return std::string(rich != nullptr ? rich->text() : std::get<Text>(entry->value).value);
}

TEST(MergeSources, GoesByTheOrderOfTheSources) {
  const Answer answer = arrange("merge-sources:pubmed,Embase,scopus", of_three_sources());
  EXPECT_THAT(answer.keys(), ElementsAre("pm"));
  EXPECT_EQ(text_of(answer, Field::Volume), "VII");
  EXPECT_EQ(answer.records[0].record.get<Field::Page>()->ranges[0].first, "1");
  EXPECT_TRUE(answer.records[0].record.has(Field::Note));
  EXPECT_THAT(answer.said, Contains(HasSubstr("step/merge-sources-values: issue \"4\" of em (refs:2) is not kept")));
  EXPECT_EQ(text_of(arrange("merge-sources:embase,medline", of_three_sources()), Field::Volume), "7");
  EXPECT_THAT(arrange("merge-sources:scopus", of_three_sources()).keys(), ElementsAre("sc"));
}

TEST(MergeSources, KnowsSourcesByTheirFile) { EXPECT_THAT(arrange("merge-sources:refs", of_three_sources()).keys(), ElementsAre("sc")); }

TEST(MergeSources, PrefersForSingleFields) {
  const Answer answer = arrange("merge-sources:pubmed,prefer=volume:embase,title:scopus,title:embase", of_three_sources());
  EXPECT_EQ(text_of(answer, Field::Volume), "7");
  EXPECT_THAT(answer.said, Contains(HasSubstr("volume \"VII\" of pm (refs:3) is not kept")));
  EXPECT_THAT(answer.said, Not(Contains(HasSubstr("volume \"7\""))));
}

TEST(MergeSources, WritesWhereFieldsComeFrom) {
  EXPECT_THAT(arrange("merge-sources:pubmed,scopus,prefer=volume:embase,provenance=from.tsv", of_three_sources()).said,
              Contains(AllOf(HasSubstr("from.tsv: key\tfield\tfrom\n"), HasSubstr("pm\tvolume\tem (refs:2)\n"), HasSubstr("pm\tnote\tsc (refs:1)\n"), HasSubstr("pm\tPMID\tpm (refs:3)\n"), Not(HasSubstr("volume\tpm")))));
}

TEST(MergeSources, DoesNothingMoreTheSecondTime) {
  Answer once = arrange("merge-sources:pubmed,scopus,embase,prefer=volume:embase", of_three_sources());
  const Answer twice = arrange("merge-sources:pubmed,scopus,embase,prefer=volume:embase", std::move(once.records));
  EXPECT_THAT(twice.keys(), ElementsAre("pm"));
  EXPECT_THAT(twice.said, IsEmpty());
}

TEST(MergeSources, KeepsWhatIsDoubtful) {
  std::vector<Record> two;
  two.push_back(record_of({"title=Tides in small harbours", "author=Quist, M", "DOI=10.1000/a"}));
  two.push_back(record_of({"title=Tides in small harbours", "author=Quist, M", "DOI=10.48550/b"}));
  EXPECT_THAT(arrange("merge-sources:pubmed", std::move(two)).said, ElementsAre(HasSubstr("merge-sources/doubtful")));
}

TEST(MergeSources, WantsAnOrder) {
  EXPECT_THROW(make_step("merge-sources"), UsageError);
  EXPECT_THROW(make_step("merge-sources:pubmed,prefer=volume"), UsageError);
  EXPECT_THROW(make_step("merge-sources:pubmed,prefer=volume:"), UsageError);
  EXPECT_THROW(make_step("merge-sources:pubmed,prefer=volumes:scopus"), UsageError);
}

}  // namespace
}  // namespace bibmill::workbench

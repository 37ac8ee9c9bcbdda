// cited: what stays, what is missing, what comes along.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness.h"
#include "bibmill/errors.h"
#include "bibmill/likeness.h"
#include "support/files.h"
#include "workbench.h"

namespace bibmill::workbench {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string spec(const mock::Folder& folder, std::string_view text) { return "cited:" + folder.file("paper.tex", text); }

std::vector<Record> some() {
  std::vector<Record> records;
  records.push_back(record_of({"key=a", "title=One"}));
  records.push_back(record_of({"key=b", "title=Two"}));
  records.push_back(record_of({"title=Three", "DOI=10.1000/X"}));
  return records;
}

TEST(Cited, KeepsWhatIsCited) {
  const mock::Folder folder;
  std::vector<GatheredRecord> records = gathered(some());
  records[2].made_key = "made";
  const Answer answer = arrange(spec(folder, "\\cite{b,made}"), std::move(records));
  EXPECT_THAT(answer.keys(), ElementsAre("b", "made"));
  EXPECT_THAT(answer.said, IsEmpty());
}

TEST(Cited, NamesWhatIsMissingWithItsPlace) {
  const mock::Folder folder;
  EXPECT_THAT(arrange(spec(folder, "\\cite{a}\n\\cite{bb}"), some()).said,
              ElementsAre("step/cited: a record without a key is not cited, and left out", "paper.tex:2:7: cited/missing: no record has the key bb, which is cited here; did you mean b?"));
}

TEST(Cited, TakesIdentifiersForKeys) {
  const mock::Folder folder;
  EXPECT_EQ(arrange("cited:" + folder.file("a.md", "[@doi:10.1000/x]"), some()).records.size(), 1U);
}

TEST(Cited, KeepsWhatEntriesReferTo) {
  const mock::Folder folder;
  const auto entries = [] {
    std::vector<Record> records;
    records.push_back(record_of({"origin=bibtex", "key=child", "+crossref={parent}"}));
    records.push_back(record_of({"origin=bibtex", "key=other"}));
    records.push_back(record_of({"origin=bibtex", "key=parent", "+XDATA={top, nowhere}"}));
    records.push_back(record_of({"origin=bibtex", "key=top"}));
    return records;
  };
  EXPECT_THAT(arrange(spec(folder, "\\cite{child}"), entries()).keys(), ElementsAre("child", "parent", "top"));
}

TEST(Cited, KnowsFurtherKeys) {
  const mock::Folder folder;
  std::vector<Record> records;
  records.push_back(record_of({"key=new", "citation-key-alias=old"}));
  records.push_back(record_of({"key=first"}));
  std::vector<GatheredRecord> all = gathered(std::move(records));
  all[1].further_names = {"second", "third"};
  const Answer answer = arrange(spec(folder, "\\cite{old,third,first}"), std::move(all));
  EXPECT_THAT(answer.keys(), ElementsAre("old", "first"));
  EXPECT_FALSE(answer.records[0].record.has(Field::CitationKeyAlias));
  EXPECT_THAT(answer.said, ElementsAre("step/cited: its key is old, which is cited, and was new", "cited/several-keys: first and third are cited and are one work, whose key is first; let the manuscript use that"));
}

TEST(Cited, AStarKeepsAll) {
  const mock::Folder folder;
  EXPECT_EQ(arrange(spec(folder, "\\nocite{*}\\cite{a}"), some()).records.size(), 3U);
}

TEST(Cited, FindsTheWorksOfDocuments) {
  std::vector<Record> records;
  records.push_back(record_of({"key=a", "title=Anything", "DOI=10.5555/TIDES.2019"}));
  records.push_back(record_of({"key=b", "title=Sand on the Move Along Sheltered Shores", "author=Lind, O.", "issued=2020"}));
  records.push_back(record_of({"key=c", "title=Sand on the move along sheltered shores", "author=Other, O.", "issued=2020"}));
  const Answer answer = arrange("cited:" + (support::fixtures() / "docx/zotero/paper.docx").string(), std::move(records));
  EXPECT_THAT(answer.keys(), ElementsAre("a", "b"));
  EXPECT_THAT(answer.said, ElementsAre("paper.docx:0:0: cited/missing: no record is the work that is cited as Nobody 1999: A paper that no library holds"));
}

TEST(Cited, ADocumentMeansWorksWithShortTitlesToo) {
  const Portrait cited(record_of({"title=Kelp b", "author=Lind, O.", "issued=2020"}));
  EXPECT_TRUE(is_cited_as(cited, Portrait(record_of({"title=Kelp B", "author=Lind, Oda", "issued=2020"}))));
  EXPECT_FALSE(is_cited_as(cited, Portrait(record_of({"title=Kelp B", "author=Lind, Oda", "issued=2021"}))));
  EXPECT_FALSE(is_cited_as(cited, Portrait(record_of({"title=Kelp B", "author=Quist, M.", "issued=2020"}))));
}

TEST(Cited, WantsAManuscript) {
  EXPECT_THROW(make_step("cited"), UsageError);
  EXPECT_THROW(make_step("cited:refs.bib"), UsageError);
}

}  // namespace
}  // namespace bibmill::workbench

// dedupe: what is one work, what is not, and what becomes of the values.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bibmill/errors.h"
#include "bibmill/likeness.h"
#include "workbench.h"

namespace bibmill::workbench {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Answer dedupe(std::vector<Record> records, std::string_view spec = "dedupe") { return arrange(spec, std::move(records)); }

template <class... Entries>
std::vector<Record> records(Entries&&... entries) {
  std::vector<Record> all;
  (all.push_back(record_of(entries)), ...);
  return all;
}

using Words = std::initializer_list<std::string_view>;

std::size_t left(Words a, Words b) { return dedupe(records(a, b)).records.size(); }

TEST(Dedupe, GoesByIdentifiers) {
  EXPECT_EQ(left({"title=One thing", "DOI=10.1000/A"}, {"title=One thing", "DOI=10.1000/a"}), 1U);
  EXPECT_EQ(left({"DOI=10.1000/A"}, {"DOI=10.1000/b"}), 2U);
  EXPECT_EQ(left({"type=book", "title=A book of tides", "ISBN=0-306-40615-2"}, {"type=book", "title=A Book of Tides", "ISBN=9780306406157"}), 1U);
  EXPECT_EQ(left({"type=chapter", "title=First part", "ISBN=9780306406157"}, {"type=chapter", "title=Second chapter", "ISBN=9780306406157"}), 2U);
}

TEST(Dedupe, GoesByContent) {
  EXPECT_EQ(left({"title=Tides in small harbours", "author=Quist, M", "issued=2019"}, {"title=Tides in Small Harbours.", "author=Qu\xC3\xAFst, Mara", "issued=2019"}), 1U);
  EXPECT_EQ(left({"title=Tides in small harbours", "author=Quist, M", "volume=3", "page=10-12"}, {"title=Tides in small harbors", "author=Quist, M", "volume=3", "page=10"}), 1U);
  EXPECT_EQ(left({"title=Tides in small harbours", "author=Quist, M", "volume=3", "page=10-12"}, {"title=Tides in small harbours: a survey", "author=Quist, M", "volume=3", "page=10"}), 1U);
}

TEST(Dedupe, TextBeforeARecordThatGoesBelongsToTheOneThatStays) {
  std::vector<GatheredRecord> two = gathered(records(Words{"title=Tides", "DOI=10.1000/a"}, Words{"title=Tides", "DOI=10.1000/a", "volume=3", "issue=2"}));
  const std::shared_ptr<Arena> first = two[0].record.shared_arena();
  two[0].before.push_back({first->copy("bibtex"), first->copy(""), first->copy("% what stands before the first"), {}});
  const Answer answer = arrange("dedupe", std::move(two));
  ASSERT_EQ(answer.records.size(), 1U);
  EXPECT_NE(answer.records[0].record.shared_arena(), first) << "the fuller one stays";
  // Whatever comes into the place of the record that went.
  first->clear(std::size_t{1} << 20);
  for (int n = 0; n < 200; ++n) first->copy("something else that is kept here");
  ASSERT_EQ(answer.records[0].before.size(), 1U);
  EXPECT_EQ(answer.records[0].before[0].raw, "% what stands before the first");
  EXPECT_EQ(answer.records[0].before[0].origin, "bibtex");
}

TEST(Dedupe, IsCareful) {
  EXPECT_EQ(left({"title=Tides in small harbours", "author=Quist, M", "issued=2019"}, {"title=Tides in small harbours", "author=Lind, O", "issued=2019"}), 2U);
  EXPECT_EQ(left({"title=Tides of the north I", "author=Quist, M", "issued=2019"}, {"title=Tides of the north II", "author=Quist, M", "issued=2019"}), 2U);
  EXPECT_EQ(left({"title=Editorial", "author=Quist, M", "issued=2019"}, {"title=Editorial", "author=Quist, M", "issued=2019"}), 2U);
  EXPECT_EQ(left({"title=Uptake of salt in rats", "author=Quist, M", "issued=2019"}, {"title=Uptake of salt in mice", "author=Quist, M", "issued=2019"}), 2U);
  EXPECT_EQ(left({"title=Tides in small harbours", "author=Quist, M"}, {"title=Correction to Tides in small harbours", "author=Quist, M"}), 2U);
}

TEST(Dedupe, SaysWhatItDoubts) {
  const Answer preprint = dedupe(records(Words{"title=Tides in small harbours", "author=Quist, M", "DOI=10.1000/a"}, Words{"title=Tides in small harbours", "author=Quist, M", "DOI=10.48550/b"}));
  EXPECT_EQ(preprint.records.size(), 2U);
  EXPECT_THAT(preprint.said, ElementsAre("dedupe/doubtful: it may be the same work as refs:1: title and author are the same, but they have different identifiers; both are kept"));
  const Answer wrong = dedupe(records(Words{"title=Tides in small harbours", "DOI=10.1000/a"}, Words{"title=Measuring mud", "DOI=10.1000/a"}));
  EXPECT_EQ(wrong.records.size(), 2U);
  EXPECT_THAT(wrong.said, ElementsAre(HasSubstr("both have the DOI 10.1000/a, but the titles differ")));
}

/// Two records of one title, first author and year: how many are left, and what is said.
std::string doubt(Words a, Words b) {
  const Answer answer = dedupe(records(a, b));
  if (answer.records.size() == 1) return "merged";
  const std::string_view said = answer.said.empty() ? std::string_view() : std::string_view(answer.said.front());
  const std::size_t begin = said.find(", but ");
  return begin == std::string_view::npos ? std::string("silent") : std::string(said.substr(begin + 6, said.rfind(';') - begin - 6));
}

TEST(Dedupe, KeepsWhatStandsInDifferentJournals) {
  const auto in = [](std::string_view journal, std::string_view other) {
    return doubt({"title=Tides in small harbours", "author=Li, Jun", "issued=2005", journal}, {"title=Tides in small harbours", "author=Li, J", "issued=2005", "volume=3", "page=1-4", other});
  };
  constexpr std::string_view kDifferent = "they stand in different journals";
  EXPECT_EQ(in("container-title=Chinese Journal of Asthma", "container-title=Tianjin Medicine"), kDifferent);
  EXPECT_EQ(in("container-title=BMJ", "container-title=Systematic Reviews"), kDifferent);
  EXPECT_EQ(in("container-title=Lancet", "container-title=The Lancet Oncology"), kDifferent);
  EXPECT_EQ(in("container-title=N Engl J Med", "container-title=The New England journal of medicine"), "merged");
  EXPECT_EQ(in("container-title=arXiv preprint arXiv:1412.6980", "container-title=Chest"), "one is a preprint, the other was published");
  EXPECT_EQ(in("container-title=medRxiv", "container-title=Chest"), "one is a preprint, the other was published");
  EXPECT_EQ(doubt({"title=Tides in small harbours", "author=Li, Jun", "container-title=Thorax", "volume=3", "page=1-4"}, {"title=Tides in small harbours", "author=Li, Jun", "container-title=Chest", "volume=3", "page=1-4"}), kDifferent);
  EXPECT_EQ(doubt({"title=Tides in small harbours", "author=Li, Jun", "container-title=Thorax", "ISSN=1111-1111"}, {"title=Tides in small harbours", "author=Li, Jun", "container-title=Chest", "ISSN=2222-2222"}), kDifferent);
  EXPECT_EQ(doubt({"title=Tides in small harbours", "author=Li, Jun", "container-title=Zhonghua yi xue za zhi", "ISSN=1111-1111"}, {"title=Tides in small harbours", "author=Li, Jun", "container-title=National Medical Journal of China", "ISSN=1111-1111"}),
            "merged")
      << "one ISSN, two titles";
}

TEST(Dedupe, KeepsWhatIsAnotherWorkOfTheSameTitle) {
  constexpr std::string_view kTitle = "title=Tides in small harbours";
  constexpr std::string_view kAuthor = "author=Li, Jun";
  EXPECT_EQ(doubt({kTitle, kAuthor, "issued=2005"}, {kTitle, "author=Li, Kai", "issued=2005"}), "the first authors' given names differ");
  EXPECT_EQ(doubt({kTitle, kAuthor, "issued=2005"}, {kTitle, "author=Li, Q J", "issued=2005"}), "merged");
  EXPECT_EQ(doubt({kTitle, kAuthor, "issued=2005"}, {kTitle, "author=Li, JK", "issued=2005"}), "merged");
  EXPECT_EQ(doubt({kTitle, kAuthor, "genre=Conference Abstract"}, {kTitle, kAuthor, "genre=Article", "volume=3", "page=1"}), "one is a conference abstract");
  EXPECT_EQ(doubt({kTitle, kAuthor, "genre=Conference Abstract", "volume=3", "page=1"}, {kTitle, kAuthor, "volume=3", "page=1-4"}), "merged") << "another database does not say it";
  EXPECT_EQ(doubt({kTitle, kAuthor, "archive=Embase", "archive_location=L1"}, {kTitle, kAuthor, "archive=Embase", "archive_location=L2"}), "they have different numbers in one database");
  EXPECT_EQ(doubt({kTitle, kAuthor, "archive=Embase", "archive_location=L1"}, {kTitle, kAuthor, "archive=Scopus", "archive_location=2"}), "merged");
  EXPECT_EQ(doubt({"title=Editorial comments", kAuthor, "volume=3", "issue=1", "page=3-5"}, {"title=Editorial comments", kAuthor, "volume=3", "issue=2", "page=3-6"}), "they stand in different issues");
  EXPECT_EQ(doubt({"type=report", kTitle, kAuthor, "number=TR-1"}, {"type=report", kTitle, kAuthor, "number=TR-2"}), "they have different numbers");
  EXPECT_EQ(doubt({"type=report", kTitle, kAuthor, "number=TR-01"}, {"type=report", kTitle, kAuthor, "number=1"}), "merged");
  EXPECT_EQ(doubt({"type=patent", kTitle, kAuthor, "number=US1234567B2"}, {"type=patent", kTitle, kAuthor, "number=1234567"}), "merged");
  EXPECT_EQ(doubt({"type=book", kTitle, kAuthor, "edition=Second"}, {"type=book", kTitle, kAuthor, "edition=Third"}), "they are different editions");
  EXPECT_EQ(doubt({"type=book", kTitle, kAuthor, "edition=Second edition"}, {"type=book", kTitle, kAuthor, "edition=2nd ed."}), "merged");
  EXPECT_EQ(doubt({"type=chapter", kTitle, kAuthor, "container-title=Harbours of the north"}, {"type=chapter", kTitle, kAuthor, "container-title=Tables and their makers"}), "they stand in different books");
  EXPECT_EQ(doubt({"type=webpage", kTitle, kAuthor, "URL=https://a.org/1"}, {"type=webpage", kTitle, kAuthor, "URL=https://a.org/2"}), "they have different addresses");
  EXPECT_EQ(doubt({"type=webpage", kTitle, kAuthor, "URL=https://a.org/1"}, {"type=webpage", kTitle, kAuthor, "URL=http://www.a.org/1/"}), "merged");
}

TEST(Dedupe, AnIdentifierIsNotAll) {
  EXPECT_EQ(doubt({"type=book", "title=Kelp and its uses", "ISBN=9780306406157"}, {"type=chapter", "title=Kelp and its uses", "ISBN=9780306406157"}), "one is book, the other chapter");
  EXPECT_EQ(doubt({"type=book", "title=Kelp and its uses", "ISBN=9780306406157", "volume=1"}, {"type=book", "title=Kelp and its uses", "ISBN=9780306406157", "volume=2"}), "they stand in different volumes");
  for (const std::string_view notice : {"title=Erratum: Tides in small harbours", "title=Correction to: Tides in small harbours", "title=Corrigendum to \"Tides in small harbours\""})
    EXPECT_EQ(doubt({"title=Tides in small harbours", "DOI=10.1000/a"}, {notice, "DOI=10.1000/a"}), "one corrects or answers the other, by its title") << notice;
  EXPECT_EQ(doubt({"title=Correction of scoliosis", "DOI=10.1000/a"}, {"title=The correction of scoliosis", "DOI=10.1000/a"}), "merged");
}

TEST(Dedupe, KnowsOtherWaysToWriteTheSame) {
  const auto title = [](std::string_view one, std::string_view other) {
    return left({one, "author=Li, J", "container-title=Chest", "issued=2005", "volume=3", "page=1-4"}, {other, "author=Li, J", "container-title=Chest", "issued=2005", "volume=3", "page=1"});
  };
  EXPECT_EQ(title("title=Uptake of CO<sub>2</sub> by kelp", "title=Uptake of CO2 by kelp"), 1U);
  EXPECT_EQ(title("title=Uptake of CO 2 by kelp", "title=Uptake of CO\xE2\x82\x82 by kelp"), 1U);
  EXPECT_EQ(title("title=Kelp & tides", "title=Kelp and tides"), 1U);
  EXPECT_EQ(title("title=Role of TNF-\xCE\xB1 in kelp", "title=Role of TNF-alpha in kelp"), 1U);
  EXPECT_EQ(title("title=Tides in phase 1", "title=Tides in phase 2"), 2U);
  EXPECT_EQ(title("title=Tides at 1 10 metres", "title=Tides at 110 metres"), 2U);
  EXPECT_EQ(left({"title=Tides in small harbours", "author=M\xC3\xBCller, J", "volume=3", "page=1"}, {"title=Tides in small harbours", "author=Mueller, J", "volume=3", "page=1"}), 1U);
  EXPECT_EQ(left({"title=Tides in small harbours", "author=Li, J", "volume=26 Suppl 1", "page=1"}, {"title=Tides in small harbours", "author=Li, J", "volume=26", "issue=SUPPL. 1", "page=1"}), 1U);
  EXPECT_EQ(left({"title=Tides in small harbours", "author=Li, J", "volume=9(2)", "page=1"}, {"title=Tides in small harbours", "author=Li, J", "volume=9", "issue=2", "page=1"}), 1U);
  EXPECT_EQ(left({"title=Tides in small harbours", "author=Li, J", "volume=9(2)", "page=1"}, {"title=Tides in small harbours", "author=Li, J", "volume=9", "issue=3", "page=1"}), 2U);
}

TEST(Dedupe, KeepsThatAWorkWasRetracted) {
  const Answer answer = dedupe(records(Words{"title=Tides in small harbours", "author=Li, Jun", "volume=3", "page=1", "issue=2"}, Words{"title=RETRACTED: Tides in small harbours", "author=Li, J", "volume=3", "page=1"}));
  ASSERT_EQ(answer.records.size(), 1U);
  EXPECT_EQ(answer.records[0].record.get<Field::Title>()->text(), "RETRACTED: Tides in small harbours");
  EXPECT_EQ(doubt({"title=Tides in small harbours", "author=Li, Jun"}, {"title=RETRACTED: Tides in small harbours", "author=Li, Jun"}), "the title of one says that it was retracted");
}

TEST(Dedupe, ARecordThatSaysLittleDoesNotJoinTwo) {
  const Answer answer = dedupe(records(Words{"title=Tides in small harbours", "author=Li, J", "container-title=Chest"}, Words{"title=Tides in small harbours", "author=Li, J"}, Words{"title=Tides in small harbours", "author=Li, J", "container-title=Thorax"}));
  EXPECT_EQ(answer.records.size(), 2U);
}

TEST(Dedupe, DoesNotChainWhatContradicts) {
  EXPECT_EQ(dedupe(records(Words{"title=Tides in small harbours", "author=Quist, M", "DOI=10.1000/a"}, Words{"title=Tides in small harbours", "author=Quist, M"},
                           Words{"title=Tides in small harbours", "author=Quist, M", "DOI=10.1000/c"}))
                .records.size(),
            2U);
}

TEST(Dedupe, MergesFieldByField) {
  const Answer answer = dedupe(records(Words{"key=first", "title=One thing", "DOI=10.1000/a", "issue=3", "+XX=odd"}, Words{"key=second", "title=One thing", "DOI=10.1000/A", "issue=4", "volume=7", "PMID=9", "page=1-2"}));
  ASSERT_EQ(answer.records.size(), 1U);
  const Record& record = answer.records[0].record;
  EXPECT_EQ(record.key, "second");
  EXPECT_THAT(answer.records[0].further_names, ElementsAre("first"));
  EXPECT_EQ(record.get<Field::Issue>()->value, "4");
  EXPECT_TRUE(record.has(Field::Pmid));
  EXPECT_EQ(record.layout, "");
  EXPECT_THAT(answer.said, ElementsAre("step/dedupe-values: issue \"3\" of first (refs:1) is not kept",
                                       "step/dedupe: it is the same work as second (refs:2), by the DOI 10.1000/a; merged into that, which got XX from it; the key first goes"));
}

TEST(Dedupe, TakesWhatSaysMore) {
  const Answer answer = dedupe(records(Words{"title=One thing", "DOI=10.1000/a", "author=Quist, M; Lind, O K", "issued=2019", "issue=3", "volume=2", "ISBN=0-306-40615-2"},
                                       Words{"title=One Thing", "DOI=10.1000/a", "author=Quist, Mara; Lind, Oda Karin", "issued=2019 Mar", "ISBN=9780306406157"}));
  const Record& record = answer.records[0].record;
  EXPECT_EQ(record.get<Field::Author>()->list[1].given, "Oda Karin");
  EXPECT_EQ(record.get<Field::Issued>()->from.month, 3);
  EXPECT_EQ(record.get<Field::Isbn>()->list.size(), 1U);
  EXPECT_THAT(answer.said, ElementsAre("step/dedupe: it is the same work as refs:1, by the DOI 10.1000/a; merged into that, which got author, issued from it"));
}

TEST(Dedupe, FollowsThePolicy) {
  const auto two = [] { return records(Words{"key=first", "origin=ris", "title=One thing", "DOI=10.1000/a"}, Words{"key=second", "origin=medline", "title=One thing: and more", "DOI=10.1000/A", "volume=7"}); };
  EXPECT_THAT(dedupe(two(), "dedupe:keep=first").keys(), ElementsAre("first"));
  EXPECT_THAT(dedupe(two(), "dedupe:prefer=ris").keys(), ElementsAre("first"));
  EXPECT_THAT(dedupe(two(), "dedupe:prefer=medline,keep=first").keys(), ElementsAre("second"));
  const Answer longest = dedupe(two(), "dedupe:keep=first,longest=title");
  EXPECT_EQ(longest.records[0].record.get<Field::Title>()->text(), "One thing: and more");
  EXPECT_THAT(dedupe(two(), "dedupe:map=keys.tsv").said, Contains("keys.tsv: first\tsecond\n"));
  EXPECT_EQ(dedupe(two(), "dedupe:keep=first,aliases=keep").records[0].record.get<Field::CitationKeyAlias>()->value, "second");
  EXPECT_THROW(make_step("dedupe:keep=best"), UsageError);
}

TEST(Dedupe, KeepsTheTextBetween) {
  std::vector<GatheredRecord> all = gathered(records(Words{"title=One thing", "DOI=10.1000/a"}, Words{"title=One thing", "DOI=10.1000/a"}));
  all[1].before.push_back(Extra{"bibtex", "", "% noted", {}});
  EXPECT_THAT(arrange("dedupe", std::move(all)).said, Contains("trailing: % noted"));
}

TEST(Dedupe, ManyOfOneTitleTakeLinearTime) {
  std::vector<Record> many;
  for (int n = 0; n < 3000; ++n) many.push_back(record_of({"title=Editorial", "author=Quist, M"}));
  EXPECT_EQ(dedupe(std::move(many)).records.size(), 3000U);
}

TEST(Likeness, FoldsAnyScript) {
  EXPECT_EQ(folded_words("The \xC3\x86ther\xE2\x80\x99s  G\xC3\x96\xC3\x9F" "E!"), "the aethers gosse");
  EXPECT_EQ(folded_words("Go\xCC\x88teborg, \xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"), folded_words("G\xC3\xB6teborg, \xED\x95\x9C")) << "composed or not";
  EXPECT_EQ(folded_words("\xD0\x9F\xD1\x80\xD0\xB8\xD0\xBB\xD0\xB8\xD0\xB2\xD1\x8B"), "\xD0\xBF\xD1\x80\xD0\xB8\xD0\xBB\xD0\xB8\xD0\xB2\xD1\x8B");
}

}  // namespace
}  // namespace bibmill::workbench

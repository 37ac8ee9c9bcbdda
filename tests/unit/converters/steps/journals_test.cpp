// journals: lists, what records tell, and what is left alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bibmill/errors.h"
#include "harness.h"
#include "journal_list.h"
#include "workbench.h"

namespace bibmill::workbench {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kCsv = "\"Journal of Coastal Notes\",\"J. Coast. Notes\",\"\"\nSediment Letters;Sediment Lett.\n\"Notes, \"\"Old\"\"\",\"Notes Old\"\n# none\nTidal Notes = Tid. Not.\nTidal Note = Tid. Not.\n";
constexpr std::string_view kNlm = "----\nJrId: 1\nJournalTitle: Annals of tides\nMedAbbr: Ann Tides\nIsoAbbr: Ann. Tides\n----\nJrId: 2\nJournalTitle: Mud\nMedAbbr: \nIsoAbbr: Mud\n";

TEST(JournalList, ReadsWhatIsPublished) {
  JournalList list;
  EXPECT_EQ(list.add_file(kCsv), 5U);
  EXPECT_EQ(list.add_file(kNlm), 2U);
  EXPECT_EQ(list.find("the journal of COASTAL notes").abbreviation, "J. Coast. Notes");
  EXPECT_EQ(list.find("J Coast Notes").full, "Journal of Coastal Notes");
  EXPECT_EQ(list.find("Notes, \"Old\"").abbreviation, "Notes Old");
  EXPECT_EQ(list.find("Annals of Tides").abbreviation, "Ann Tides");
  EXPECT_TRUE(list.find("Tid Not").ambiguous);
  EXPECT_EQ(list.find("Nothing").kind, JournalTitle::Kind::Unknown);
}

TEST(Journals, AbbreviatesAndExpands) {
  const mock::Folder folder;
  const std::string list = ",list=" + folder.file("list.csv", kCsv);
  Record record = record_of({"container-title=Journal of coastal notes"});
  EXPECT_THAT(workbench::apply("journals:abbreviate" + list, record), ElementsAre("the journal Journal of coastal notes is written J. Coast. Notes"));
  EXPECT_THAT(workbench::apply("journals:abbreviate" + list, record), IsEmpty());
  EXPECT_THAT(workbench::apply("journals:expand" + list, record), ElementsAre("the journal J. Coast. Notes is written Journal of Coastal Notes"));
  EXPECT_THAT(workbench::apply("journals:dots=drop" + list, record), ElementsAre("the journal Journal of Coastal Notes is written J Coast Notes"));
  record = record_of({"container-title=Other things"});
  EXPECT_THAT(workbench::apply("journals:abbreviate" + list, record), ElementsAre("no list has the journal Other things; it stays as it is"));
  record = record_of({"container-title=Tid. Not."});
  EXPECT_THAT(workbench::apply("journals:expand" + list, record), ElementsAre("the lists do not agree about Tid. Not.; it stays as it is"));
  record = record_of({"type=book", "container-title=Journal of coastal notes"});
  EXPECT_THAT(workbench::apply("journals:abbreviate" + list, record), IsEmpty());
}

TEST(Journals, LearnsFromTheRecords) {
  std::vector<Record> records;
  records.push_back(record_of({"container-title=Journal of coastal notes", "container-title-short=J Coast Notes"}));
  records.push_back(record_of({"container-title=Journal of Coastal Notes"}));
  const Answer answer = arrange("journals:fill,learn=yes", std::move(records));
  EXPECT_EQ(answer.records[1].record.get<Field::ContainerTitleShort>()->text(), "J Coast Notes");
  EXPECT_THAT(answer.said, ElementsAre("step/journals: the journal container-title-short is written J Coast Notes"));
}

TEST(Journals, WantsSomethingToGoBy) {
  EXPECT_THROW(make_step("journals:expand"), UsageError);
  EXPECT_THROW(make_step("journals:shorten"), UsageError);
}

}  // namespace
}  // namespace bibmill::workbench

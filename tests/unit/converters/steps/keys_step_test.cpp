// keys: patterns, letters that do not depend on the order, references that follow.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bibmill/errors.h"
#include "workbench.h"

namespace bibmill::workbench {
namespace {

using testing::Contains;
using testing::ElementsAre;

std::vector<Record> three() {
  std::vector<Record> records;
  records.push_back(record_of({"key=x", "title=Sand", "author=Quist, Mara", "issued=2019"}));
  records.push_back(record_of({"key=y", "title=Mud", "author=Quist, Mara", "issued=2019"}));
  records.push_back(record_of({"key=z", "title=Silt", "author=Lind, Oda", "issued=2020"}));
  return records;
}

TEST(Keys, LettersDoNotDependOnTheOrder) {
  EXPECT_THAT(arrange("keys:[auth][year]", three()).keys(), ElementsAre("Quist2019a", "Quist2019", "Lind2020"));
  std::vector<Record> turned = three();
  std::reverse(turned.begin(), turned.end());
  EXPECT_THAT(arrange("keys:[auth][year]", std::move(turned)).keys(), ElementsAre("Lind2020", "Quist2019", "Quist2019a"));
}

TEST(Keys, TellWhatBecameOfTheOldOnes) {
  EXPECT_THAT(arrange("keys:{author:lower}_{title},map=map.tsv", three()).said, Contains("map.tsv: x\tquist_Sand\ny\tquist_Mud\nz\tlind_Silt\n"));
}

TEST(Keys, ReferencesFollow) {
  std::vector<Record> records = three();
  records.push_back(record_of({"origin=bibtex", "key=c", "title=Child", "+crossref={x}", "+xdata={z, nowhere}"}));
  const Answer answer = arrange("keys:{title}", std::move(records));
  EXPECT_EQ(std::get<Extra>(answer.records[3].record.items()[1]).raw, "{Sand}");
  EXPECT_EQ(std::get<Extra>(answer.records[3].record.items()[2]).raw, "{Silt, nowhere}");
}

TEST(Keys, WantAPattern) {
  EXPECT_THROW(make_step("keys"), UsageError);
  EXPECT_THROW(make_step("keys:[nothing]"), UsageError);
}

}  // namespace
}  // namespace bibmill::workbench

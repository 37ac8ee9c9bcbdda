// Records that meet: which hashes are shared, and what stands where.
#include "meetings.h"

#include <gtest/gtest.h>

namespace bibmill {
namespace {

TEST(Meetings, KnowWhatMoreThanOneRecordHas) {
  Meetings meetings;
  meetings.note({1, 5, 9});
  meetings.note({2, 5, 7, 5, 7, 8});
  meetings.settle();
  EXPECT_TRUE(meetings.any());
  EXPECT_TRUE(meetings.have({5}));
  EXPECT_TRUE(meetings.have({1, 7}));
  EXPECT_FALSE(meetings.have({1, 2, 8, 9}));
  EXPECT_FALSE(meetings.have({}));
}

TEST(Meetings, MayBeNone) {
  Meetings meetings;
  meetings.note({1, 2});
  meetings.settle();
  EXPECT_FALSE(meetings.any());
}

TEST(Reunions, TellWhatStandsWhereARecordStood) {
  std::vector<GatheredRecord> arranged(1);
  arranged[0].record = Record(std::make_shared<Arena>());
  arranged[0].number = 7;
  arranged[0].place = 2;
  const Reunions reunions({{0, 10}, {0, 20}, {1, 10}}, std::move(arranged));
  EXPECT_EQ(reunions.find({1, 20}), nullptr);
  EXPECT_FALSE(reunions.find({0, 10})->stays);
  ASSERT_TRUE(reunions.find({0, 20})->stays);
  EXPECT_EQ(reunions.find({0, 20})->record.number, 7U);
  EXPECT_FALSE(reunions.find({1, 10})->stays);
}

}  // namespace
}  // namespace bibmill

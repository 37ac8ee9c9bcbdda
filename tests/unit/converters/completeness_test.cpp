// Completeness: bands join two by two, and nothing that was counted is lost.
#include "bibmill/completeness.h"

#include <gtest/gtest.h>

#include <memory>

namespace bibmill {
namespace {

RecordOutline outline(bool has_title, std::int32_t year) {
  RecordOutline one;
  if (has_title) one.fields.set(static_cast<std::size_t>(Field::Title));
  if (year != 0) one.year = year;
  return one;
}

TEST(Completeness, HasABandForEachOfFewRecords) {
  Completeness counts;
  counts.add(outline(true, 2001));
  counts.add(outline(false, 0));
  ASSERT_EQ(counts.bands().size(), 2U);
  EXPECT_EQ(counts.records_in_band(), 1U);
  EXPECT_EQ(counts.bands()[0].with_field[static_cast<std::size_t>(Field::Title)], 1U);
  EXPECT_EQ(counts.bands()[1].with_field[static_cast<std::size_t>(Field::Title)], 0U);
  EXPECT_EQ(counts.without_year(), 1U);
  EXPECT_EQ(counts.years(), (std::map<std::int32_t, std::uint64_t>{{2001, 1}}));
}

TEST(Completeness, JoinsBandsOfManyRecords) {
  Completeness counts;
  constexpr std::uint64_t kRecords = 1000;
  for (std::uint64_t at = 0; at < kRecords; ++at) counts.add(outline(at < 500, 1990));
  EXPECT_LE(counts.bands().size(), Completeness::kMostBands);
  EXPECT_EQ(counts.records_in_band(), 4U);
  std::uint64_t records = 0;
  std::uint64_t with_title = 0;
  for (const Completeness::Band& band : counts.bands()) {
    records += band.records;
    with_title += band.with_field[static_cast<std::size_t>(Field::Title)];
  }
  EXPECT_EQ(records, kRecords);
  EXPECT_EQ(with_title, 500U);
  EXPECT_EQ(counts.with_field(Field::Title), 500U);
  EXPECT_EQ(counts.bands()[124].with_field[static_cast<std::size_t>(Field::Title)], 4U);
  EXPECT_EQ(counts.bands()[125].with_field[static_cast<std::size_t>(Field::Title)], 0U);
}

TEST(Completeness, LooksAtEachFieldOnce) {
  Record record(std::make_shared<Arena>());
  record.add(Field::Volume, Text{"1"});
  record.add(Field::Volume, Text{"2"});
  const RecordOutline outline = outline_of(record);
  EXPECT_EQ(outline.fields.count(), 1U);
  EXPECT_FALSE(outline.year.has_value());
}

}  // namespace
}  // namespace bibmill

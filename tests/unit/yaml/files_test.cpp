// What holds of every file of YAML: parts, round trips, carrying.
#include <gtest/gtest.h>

#include "bibmill/reflect.h"
#include "support.h"

namespace bibmill::yaml::testing {
namespace {

class YamlFiles : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(YamlFiles, ReadInPartsAsWhole) {
  const std::string text = contents(GetParam());
  const Reading whole = read(text);
  EXPECT_FALSE(whole.records.empty());
  for (const std::size_t about : {std::size_t{1}, std::size_t{64}, std::size_t{1000}}) {
    const Reading parts = read(text, about);
    EXPECT_EQ(parts.dump(), whole.dump()) << about;
    ASSERT_EQ(parts.extras.size(), whole.extras.size()) << about;
    for (std::size_t at = 0; at < parts.extras.size(); ++at) EXPECT_EQ(parts.extras[at].raw, whole.extras[at].raw);
  }
}

/// Only before a document's first line that says something is it a directive; behind that it ends the list.
TEST(YamlParts, APercentSignAmongItemsEndsTheListInEveryPart) {
  const std::string text = "- {id: a, type: book}\n- {id: b, type: book}\n%YAML 1.2\n- {id: c, type: book}\n- {id: d, type: book}\n";
  for (const std::size_t about : {std::size_t{1}, std::size_t{30}, std::size_t{60}}) EXPECT_EQ(read(text, about).dump(), read(text).dump()) << about;
}

TEST_P(YamlFiles, ComeBackAsTheyWere) {
  const Reading reading = read(contents(GetParam()));
  const Writing once = write(reading.records);
  const Reading back = read(once.text);
  ASSERT_EQ(back.records.size(), reading.records.size());
  for (std::size_t at = 0; at < back.records.size(); ++at) {
    EXPECT_EQ(back.records[at].key, reading.records[at].key.empty() ? "ref" + std::to_string(at + 1) : std::string(reading.records[at].key));
    EXPECT_EQ(back.records[at].type, reading.records[at].type);
    for_each_entry(reading.records[at], [&](const Entry& entry) {
      const Entry* const again = back.records[at].find(entry.field);
      ASSERT_NE(again, nullptr) << text::dump(reading.records[at]);
      EXPECT_TRUE(same_content(entry.value, again->value)) << text::dump(reading.records[at]) << text::dump(back.records[at]);
    });
  }
  EXPECT_EQ(write(back.records).text, once.text);
}

TEST_P(YamlFiles, ArchiveOtherFormatsRecordsWhole) {
  Reading reading = read(contents(GetParam()));
  for (Record& record : reading.records) {
    record.origin = "ris";
    for (Item& item : record.items())
      if (Extra* const extra = std::get_if<Extra>(&item)) extra->origin = "ris";
    if (record.key.empty()) record.suggested_key = "ref1";
  }
  const Reading back = read(write(reading.records).text);
  EXPECT_EQ(support::dump(back.records), support::dump(reading.records));
  EXPECT_TRUE(back.count("carry/edited") == 0 && back.count("carry/unreadable") == 0);
}

std::string name_of_file(const ::testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = info.param.parent_path().filename().string() + "_" + info.param.filename().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z'); }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Fixtures, YamlFiles, ::testing::ValuesIn(files()), name_of_file);

}  // namespace
}  // namespace bibmill::yaml::testing

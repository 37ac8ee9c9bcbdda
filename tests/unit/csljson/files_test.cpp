// What holds of every file of CSL-JSON: parts, round trips, carrying.
#include <gtest/gtest.h>

#include "bibmill/reflect.h"
#include "support.h"

namespace bibmill::csljson::testing {
namespace {

class CslJsonFiles : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(CslJsonFiles, ReadInPartsAsWhole) {
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

/// An array is one document as far as it is strict JSON. With a colon before it, which is passed over, it is none, and its items are read one by one.
void expect_the_same_item_by_item(const std::string& text) {
  for (const std::size_t about : {std::size_t{0}, std::size_t{100}}) {
    const Reading whole = read(" " + text, about);
    const Reading one_by_one = read(":" + text, about);
    EXPECT_EQ(whole.dump(), one_by_one.dump()) << text;
    EXPECT_EQ(whole.complaints(), one_by_one.complaints()) << text;
    ASSERT_EQ(whole.records.size(), one_by_one.records.size());
    for (std::size_t at = 0; at < whole.records.size(); ++at) EXPECT_EQ(whole.records[at].span, one_by_one.records[at].span) << text;
  }
}

TEST_P(CslJsonFiles, ReadAsOneDocumentAsItemByItem) { expect_the_same_item_by_item(contents(GetParam())); }

TEST(CslJsonList, IsLeftAtItsFirstFault) {
  const std::string good = R"({"id": "one", "type": "book", "title": "Tides \"high\"", "issued": {"date-parts": [[2001, 2]]}, "author": [{"family": "Roe", "given": "Ann"}]})";
  const std::string_view doubtful[] = {
      good, R"({"id": "x", "type": "book", "volume": NaN})", R"({"id": "x", "type": "book", "title": "open})", "{\"id\": \"x\", \"title\": \"a\tb\"}", R"({id: "x"})", R"({"id": "x",})",
      R"({"id": "x" "type": "book"})", "17", R"("text")", "[1, 2]", "{}", R"({"items": [{"id": "inner", "type": "book"}]})", R"({"references": []})", R"({"title": "x", "items": [{"id": "inner"}]})",
      R"({"title": "x", "items": [1]})", "{\"id\": \"\\ud800\"}", "}", "]", ",", "{", R"({"id": "x", "title": "del \x7F"})", "null"};
  for (const std::string_view item : doubtful) {
    const std::string it(item);
    for (const std::string& text : {"[" + it + "," + good + "," + good + "]", "[\n" + good + ",\n" + it + ",\n" + good + "\n]\n", "[" + good + "," + good + "," + it + "]", "[" + good + it + good + "]",
                                    "[" + good + "," + it, "[" + good + "]" + it, "[" + good + "] , \"total\": 3}", "[" + good + ",," + it + ",]"})
      expect_the_same_item_by_item(text);
  }
}

TEST_P(CslJsonFiles, ComeBackAsTheyWere) {
  const Reading reading = read(contents(GetParam()));
  const Writing once = write(reading.records);
  const Reading back = read(once.text);
  ASSERT_EQ(back.records.size(), reading.records.size());
  for (std::size_t at = 0; at < back.records.size(); ++at) {
    ASSERT_EQ(back.records[at].items().size(), reading.records[at].items().size()) << reading.records[at].key;
    for (std::size_t item = 0; item < back.records[at].items().size(); ++item) {
      const Entry* const entry = std::get_if<Entry>(&reading.records[at].items()[item]);
      const Entry* const again = std::get_if<Entry>(&back.records[at].items()[item]);
      ASSERT_EQ(entry == nullptr, again == nullptr);
      if (entry != nullptr) {
        EXPECT_TRUE(same_content(entry->value, again->value)) << text::dump(reading.records[at]);
      }
    }
  }
  EXPECT_EQ(write(back.records).text, once.text);
}

TEST_P(CslJsonFiles, CarryTheRestOfOtherFormatsRecords) {
  Reading reading = read(contents(GetParam()));
  for (Record& record : reading.records) {
    record.origin = "ris";  // of another format: what CSL has no place for, order and raw texts are carried
    for (Item& item : record.items())
      if (Extra* const extra = std::get_if<Extra>(&item)) extra->origin = "ris";
    if (record.key.empty()) record.suggested_key = "ref1";
  }
  const Reading back = read(write(reading.records, true).text);
  ASSERT_EQ(back.records.size(), reading.records.size());
  EXPECT_EQ(support::dump(back.records), support::dump(reading.records));
  for (const Record& record : back.records) EXPECT_EQ(record.origin, "ris");
}

std::string name_of_file(const ::testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = info.param.parent_path().filename().string() + "_" + info.param.filename().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z'); }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Fixtures, CslJsonFiles, ::testing::ValuesIn(files()), name_of_file);

}  // namespace
}  // namespace bibmill::csljson::testing

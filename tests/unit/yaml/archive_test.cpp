// The archive: whatever a record holds goes through YAML and comes back.
#include <gtest/gtest.h>

#include "bibmill/reflect.h"
#include "support.h"

namespace bibmill::yaml::testing {
namespace {

// A value of every type with every member set, made from the members that each type lists.

constexpr std::string_view kOdd =
    " Odd: 'text' # with \"quotes\",\n<i>tags</i>, *stars*, \\ and \xC2\x85 \xE2\x80\xA8 - \xF0\x9F\x94\x94 ";

template <class T>
void fill(Arena& arena, T& value);

template <class T>
void fill_list(Arena& arena, T& list) {
  typename T::value_type one{};
  fill(arena, one);
  list.push_back(arena, one);
}

template <class T>
void fill(Arena& arena, T& value) {
  if constexpr (std::is_same_v<T, Str>) {
    value = kOdd;
  } else if constexpr (std::is_same_v<T, bool>) {
    value = !value;
  } else if constexpr (std::is_same_v<T, RichText>) {
    value.runs.push_back(arena, Run{"A *b", Mark::Italic, {}});
    value.runs.push_back(arena, Run{kOdd, {}, {}});
    value.runs.push_back(arena, Run{"$x$", Mark::Math, "latex"});
    value.language = "de";
  } else if constexpr (std::is_same_v<T, Date>) {
    value.from = {.year = 1998, .month = 12, .kind = DatePoint::Kind::Known, .uncertain = true};
    value.to.kind = DatePoint::Kind::Open;
    value.literal = kOdd;
    value.raw = kOdd;
  } else if constexpr (IsList<T>::value) {
    fill_list(arena, value);
  } else if constexpr (Described<T>) {
    T::members([&](std::string_view, auto member, std::string_view) { fill(arena, value.*member); });
  }
}

Value filled(Arena& arena, Field field) {
  Value value = empty_value(field);
  std::visit([&](auto& held) { fill(arena, held); }, value);
  return value;
}

Record foreign() {
  Record record(std::make_shared<Arena>());
  record.type = Type::ArticleJournal;
  record.type_as_written = "JOUR";
  record.origin = "ris";
  record.key = "doe2001";
  return record;
}

void expect_identity(const Record& record) {
  const std::string text = write({record}).text;
  const Reading back = read(text);
  ASSERT_EQ(back.records.size(), 1U) << text;
  EXPECT_EQ(text::dump(back.records[0]), text::dump(record)) << text;
  EXPECT_EQ(back.records[0].origin, record.origin);
  EXPECT_EQ(back.records[0].layout, record.layout);
  EXPECT_EQ(back.records[0].key_raw, record.key_raw);
  EXPECT_EQ(back.count("carry/edited") + back.count("carry/unreadable") + back.count("yaml/syntax"), 0U) << text;
}

/// Its place is where the archive's own object stands: two keys of one name would be one too many.
TEST(Archive, KeepsWhatOthersCallByItsName) {
  for (const std::string_view raw : {R"({"bibmill":{"x":1},"o":2})", R"({"bibmill":"","year":201e3})", R"({"o":2})"}) {
    Record record = foreign();
    record.add(Extra{"csljson", "custom", record.arena().copy(raw), {}});
    expect_identity(record);
    EXPECT_EQ(read(write({record}).text).count("yaml/repeated-key"), 0U) << raw;
  }
}

class EveryField : public ::testing::TestWithParam<std::size_t> {};

TEST_P(EveryField, ComesBackWhole) {
  const Field field = static_cast<Field>(GetParam());
  for (const Type type : {Type::ArticleJournal, Type::Article, Type::Patent, Type::Chapter}) {
    Record record = foreign();
    record.type = type;
    record.add(field, filled(record.arena(), field), "XX").raw = kOdd;
    record.add(Field::Title, RichText::of(record.arena(), "Bells"), "TI");
    expect_identity(record);
    Record twice = foreign();
    twice.type = type;
    twice.add(field, filled(twice.arena(), field), "XX");
    twice.add(Field::Title, RichText::of(twice.arena(), "Bells"), "TI");
    twice.add(field, filled(twice.arena(), field), "YY").same_as = true;
    expect_identity(twice);
  }
}

std::string field_name(const ::testing::TestParamInfo<std::size_t>& index) {
  std::string name(name_of(static_cast<Field>(index.param)));
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Fields, EveryField, ::testing::Range(std::size_t{0}, kFieldCount), field_name);

TEST(YamlArchive, KeepsAllFieldsAtOnce) {
  Record record = foreign();
  for (std::size_t f = 0; f < kFieldCount; ++f)
    record.add(static_cast<Field>(f), filled(record.arena(), static_cast<Field>(f)), "K");
  record.add(Extra{"ris", "ZZ", kOdd, {}});
  expect_identity(record);
}

TEST(YamlArchive, KeepsLayoutRawKeyAndWhatHasNoKey) {
  Record record = foreign();
  record.layout = "TY  - JOUR\r\nTI  - Bells\r\nER  - \r\n\t";
  record.key_raw = "1";
  record.add(Field::Title, RichText::of(record.arena(), "Bells"), "TI");
  expect_identity(record);
  record.key = {};
  record.suggested_key = "ref1";
  const Reading back = read(write({record}).text);
  EXPECT_EQ(back.records.at(0).key, "");
  EXPECT_EQ(back.records[0].suggested_key, "ref1");
  EXPECT_EQ(back.records[0].layout, record.layout);
}

TEST(YamlArchive, KeepsTextsThatPandocWouldStumbleOver) {
  for (const std::string_view layout : {"<a>\n\t</a>", "\tx", "    x", "x\n|", "x\n|\n|", "|", "\n|"}) {
    Record record = foreign();
    record.layout = layout;
    record.add(Extra{"ris", "ZZ", layout, {}});
    expect_identity(record);
  }
}

TEST(YamlArchive, KeepsWhatStoodBetweenRecords) {
  Record record = foreign();
  List<Extra> before;
  before.push_back(record.arena(), Extra{"ris", "", "a stray line", {}});
  before.push_back(record.arena(), Extra{"yaml", "", "# a comment", {}});
  record.before = text::between_texts(record.arena(), before);
  const Reading back = read(write({record}).text);
  ASSERT_EQ(back.extras.size(), 2U);
  EXPECT_EQ(back.extras[0].raw, "a stray line");
  EXPECT_EQ(back.extras[1].raw, "# a comment");
  EXPECT_TRUE(back.records.at(0).before.empty());
}

TEST(YamlArchive, LetsAnEditWin) {
  Record record = foreign();
  record.add(Field::Title, RichText::of(record.arena(), "Old"), "TI").raw = Str("Old.");
  record.add(Field::Substance, filled(record.arena(), Field::Substance), "RN");
  std::string text = write({record}).text;
  text.replace(text.find("title: Old"), 10, "title: New");
  const Reading back = read(text);
  EXPECT_EQ(back.records.at(0).get<Field::Title>()->text(), "New");
  EXPECT_EQ(back.records[0].find(Field::Title)->raw, "");
  EXPECT_NE(back.records[0].find(Field::Substance), nullptr);
  EXPECT_EQ(back.count("carry/edited"), 1U);
}

TEST(YamlArchive, AddsNothingToWhatItReads) {
  const Reading reading = read("- id: a\n  type: book\n  title: A\n");
  EXPECT_EQ(write(reading.records).text, "---\nreferences:\n- id: a\n  type: book\n  title: A\n...\n");
  EXPECT_EQ(write({}).text, "---\nreferences: []\n...\n");
}

}  // namespace
}  // namespace bibmill::yaml::testing

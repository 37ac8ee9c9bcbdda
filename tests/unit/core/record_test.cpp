// Record, its fields and types, the arena beneath it, and copies that share nothing.
#include "bibmill/record.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "bibmill/reflect.h"

namespace bibmill {
namespace {

Record record_with_title(std::string_view title) {
  Record record(std::make_shared<Arena>());
  record.add(Field::Title, RichText::of(record.arena(), record.arena().copy(title)), "TI");
  return record;
}

TEST(Fields, HaveNamesThatLeadBack) {
  for (std::size_t at = 0; at < kFieldCount; ++at) {
    const Field field = static_cast<Field>(at);
    EXPECT_EQ(field_named(name_of(field)), field);
    EXPECT_EQ(empty_value(field).index(), info(field).kind) << name_of(field);
    EXPECT_FALSE(info(field).meaning.empty());
  }
  EXPECT_FALSE(field_named("no-such-field").has_value());
}

TEST(Types, HaveNamesThatLeadBack) {
  for (std::size_t at = 0; at < kTypeCount; ++at) EXPECT_EQ(type_named(name_of(static_cast<Type>(at))), static_cast<Type>(at));
  EXPECT_FALSE(type_named("novel").has_value());
}

TEST(Record, GivesTypedAccess) {
  const Record record = record_with_title("Of mice");
  ASSERT_NE(record.get<Field::Title>(), nullptr);
  EXPECT_EQ(record.get<Field::Title>()->text(), "Of mice");
  EXPECT_EQ(record.get<Field::Author>(), nullptr);
}

TEST(Record, ClearsLayoutAndRawTextOfWhatASteptouches) {
  Record record = record_with_title("old");
  record.layout = "TI  - old";
  std::get<Entry>(record.items()[0]).raw = Str("old.");
  record.set(Field::Title, RichText::of(record.arena(), "new"));
  EXPECT_TRUE(record.layout.empty());
  EXPECT_TRUE(record.find(Field::Title)->raw.empty());
  EXPECT_EQ(record.find(Field::Title)->key, "TI");
}

TEST(Record, SetReplacesAllEntriesOfAField) {
  Record record = record_with_title("one");
  record.add(Field::Title, RichText::of(record.arena(), "two"));
  record.add(Field::Volume, Text{"7"});
  record.set(Field::Title, RichText::of(record.arena(), "three"));
  EXPECT_EQ(record.items().size(), 2U);
  EXPECT_EQ(record.get<Field::Title>()->text(), "three");
}

TEST(Record, RemovesByField) {
  Record record = record_with_title("one");
  record.add(Field::Volume, Text{"7"});
  EXPECT_EQ(record.remove(Field::Title), 1U);
  EXPECT_EQ(record.remove(Field::Title), 0U);
  EXPECT_TRUE(record.has(Field::Volume));
}

TEST(Record, ClonesIntoAnotherArena) {
  Record copy;
  {
    Record record = record_with_title("kept");
    Names names;
    Name name;
    name.family = record.arena().copy("Noether");
    name.affiliations.push_back(record.arena(), Affiliation{record.arena().copy("G\xC3\xB6ttingen"), {}, {}, {}});
    names.list.push_back(record.arena(), name);
    record.add(Field::Author, names);
    record.add(Extra{"ris", "XX", record.arena().copy("kept too"), {}});
    copy = clone(record, std::make_shared<Arena>());
  }
  EXPECT_EQ(copy.get<Field::Title>()->text(), "kept");
  EXPECT_EQ(copy.get<Field::Author>()->list[0].affiliations[0].text, "G\xC3\xB6ttingen");
  EXPECT_EQ(std::get<Extra>(copy.items()[2]).raw, "kept too");
}

TEST(SameContent, DoesNotCountSpansAndRawText) {
  Name a;
  a.family = "Curie";
  Name b = a;
  b.span = {3, 9};
  b.raw = "Curie, ";
  EXPECT_TRUE(same_content(a, b));
  b.given = "Marie";
  EXPECT_FALSE(same_content(a, b));
}

TEST(List, InsertsErasesAndGrows) {
  Arena arena;
  List<int> list;
  for (int i = 0; i < 100; ++i) list.push_back(arena, i);
  list.insert(arena, 0, -1);
  list.erase(1);
  EXPECT_EQ(list.size(), 100U);
  EXPECT_EQ(list[0], -1);
  EXPECT_EQ(list[1], 1);
  EXPECT_EQ(list.back(), 99);
}

TEST(Arena, HoldsLargeTexts) {
  Arena arena;
  const std::string large(5U << 20U, 'x');
  EXPECT_EQ(arena.copy(large), large);
  EXPECT_EQ(arena.concat({"a", "", "b"}), "ab");
}

}  // namespace
}  // namespace bibmill

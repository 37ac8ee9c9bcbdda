// Carrying: the identity where nothing was edited, and edits that win.
#include "bibmill/text/carry.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "bibmill/reflect.h"
#include "bibmill/text/json.h"
#include "bibmill/text/schema.h"

namespace bibmill::text {
namespace {

/// A format that shows titles and volumes only.
bool is_shown(Field field) { return field == Field::Title || field == Field::Volume; }

Record shown(const Record& record) {
  Record seen(std::make_shared<Arena>());
  seen.origin = "toy";
  seen.type = record.type;
  seen.key = record.key.empty() ? Str("ref1a") : record.key;
  for_each_entry(record, [&](const Entry& entry) {
    if (is_shown(entry.field)) seen.add(entry.field, clone(entry.value, seen.arena()), "seen");
  });
  return seen;
}

Record example() {
  Record record(std::make_shared<Arena>());
  record.type = Type::Book;
  record.origin = "ris";
  record.suggested_key = "ref1";
  record.layout = "the text as it stood";
  record.add(Field::Volume, Text{"83"}, "VL");
  record.add(Field::Heading, Headings{}, "MH");
  record.add(Field::Title, RichText::of(record.arena(), "Idealtheorie"), "TI").raw = Str("Idealtheorie.");
  record.add(Extra{"ris", "XX", "kept", {}});
  return record;
}

std::string carried(const Record& record) {
  Ledger ledger;
  ledger.open(record);
  for (std::size_t at = 0; at < record.items().size(); ++at) {
    const Entry* const entry = std::get_if<Entry>(&record.items()[at]);
    if (entry != nullptr && is_shown(entry->field)) ledger.book(at);
  }
  if (record.key.empty()) ledger.supply("key", "");
  TextBuffer json;
  JsonEmitter emitter(json);
  emit_carried(emitter, record, ledger);
  return std::string(json.view());
}

Record restored(const std::string& json, const Record& seen, DiagnosticList& diagnostics) {
  const Node node = parse_json(seen.arena(), json, 0, {}, diagnostics);
  return restore(node, seen, shown, diagnostics);
}

TEST(Carry, NamesWhatIsVisibleByAWord) {
  const std::string json = carried(example());
  EXPECT_NE(json.find("\"volume:VL\""), std::string::npos) << json;
  EXPECT_NE(json.find(R"({"field":"title","key":"TI","value":"Idealtheorie","raw":"Idealtheorie."})"), std::string::npos) << json;
  // The number is where the record stands, which may be elsewhere the next time.
  EXPECT_NE(json.find(R"("supplied":{"key":"ref"})"), std::string::npos) << json;
}

TEST(Carry, GivesTheSameRecordBack) {
  const Record record = example();
  DiagnosticList diagnostics;
  const Record back = restored(carried(record), shown(record), diagnostics);
  EXPECT_TRUE(diagnostics.list.empty());
  EXPECT_EQ(dump(back), dump(record));
  EXPECT_EQ(back.layout, record.layout);
  EXPECT_TRUE(back.key.empty());
}

TEST(Carry, LetsAnEditWinAndForgetsTheLayout) {
  const Record record = example();
  Record seen = shown(record);
  seen.set(Field::Title, RichText::of(seen.arena(), "Theory of ideals"));
  seen.add(Field::Volume, Text{"84"});
  DiagnosticList diagnostics;
  const Record back = restored(carried(record), seen, diagnostics);
  EXPECT_EQ(back.get<Field::Title>()->text(), "Theory of ideals");
  EXPECT_TRUE(back.layout.empty());
  EXPECT_TRUE(back.has(Field::Heading));
  ASSERT_EQ(diagnostics.list.size(), 2U);
  EXPECT_EQ(diagnostics.list[0].code, "carry/edited");
}

TEST(Carry, KeepsADeletionMadeByHand) {
  const Record record = example();
  Record seen = shown(record);
  seen.remove(Field::Title);
  DiagnosticList diagnostics;
  EXPECT_FALSE(restored(carried(record), seen, diagnostics).has(Field::Title));
}

TEST(Carry, KeepsAKeyGivenByHand) {
  const Record record = example();
  Record seen = shown(record);
  seen.key = "noether1921";
  DiagnosticList diagnostics;
  EXPECT_EQ(restored(carried(record), seen, diagnostics).key, "noether1921");
}

TEST(Carry, TellsWhatIsNoRecord) {
  Arena arena;
  DiagnosticList diagnostics;
  const auto is = [&](std::string_view json) { return is_record(parse_json(arena, json, 0, {}, diagnostics), diagnostics); };
  EXPECT_TRUE(is(R"({"type":"book","items":[]})"));
  EXPECT_TRUE(diagnostics.list.empty());
  EXPECT_FALSE(is(R"({"type":"novel","items":[]})"));
  EXPECT_FALSE(is(R"({"type":"book","items":{}})"));
  EXPECT_FALSE(is(R"({"type":"book"})"));
  EXPECT_EQ(diagnostics.list.size(), 3U);
  EXPECT_EQ(diagnostics.list[0].code, "carry/unreadable");
}

}  // namespace
}  // namespace bibmill::text

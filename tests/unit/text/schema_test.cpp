// The record schema: values of every type come back, and stand as people would write them.
#include "bibmill/text/schema.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "bibmill/reflect.h"
#include "bibmill/text/json.h"

namespace bibmill::text {
namespace {

/// The value that this JSON stands for, and that writing it gives this JSON again.
Value value_of(Arena& arena, Field field, const std::string& json) {
  DiagnosticList diagnostics;
  Value value;
  EXPECT_TRUE(read_value(arena, parse_json(arena, json, 0, {}, diagnostics), field, value)) << json;
  EXPECT_EQ(dump(value), json);
  return value;
}

TEST(RecordSchema, TakesEveryKindOfValueBothWays) {
  Arena arena;
  value_of(arena, Field::Title, R"("Plain")");
  value_of(arena, Field::Title, R"(["H",{"text":"2","marks":"sub"},"O"])");
  value_of(arena, Field::Title, R"({"runs":["Titel"],"language":"de"})");
  value_of(arena, Field::Volume, R"("010")");
  value_of(arena, Field::Issued, R"("2001-05/2002")");
  value_of(arena, Field::Issued, R"({"date":"2020-11","literal":"Nov/Dec"})");
  value_of(arena, Field::Issued, R"({"literal":"in press"})");
  value_of(arena, Field::Author, R"({"list":[{"family":"Duc","given":"Anh","non-dropping-particle":"van"},{"literal":"ACME Group"}],"complete":false})");
  value_of(arena, Field::Author, R"([{"family":"Curie","identifiers":[{"scheme":"orcid","value":"0000-0002-1825-0097"}],"affiliations":["Paris"]}])");
  value_of(arena, Field::Page, R"([{"first":"1194","last":"1205"},{"first":"1210"}])");
  value_of(arena, Field::Keyword, R"({"list":["a",{"text":"b","major":true}],"owner":"NOTNLM"})");
  value_of(arena, Field::Keyword, R"([{"text":{"runs":["Gezeiten"],"language":"de"}},["H",{"text":"2","marks":"sub"}]])");
  value_of(arena, Field::Heading, R"([{"descriptor":"Kidney Diseases","major":true,"qualifiers":["diagnosis",{"text":"epidemiology","major":true}]}])");
  value_of(arena, Field::History, R"([{"status":"received","date":"2022-01-03T09:30:00"}])");
  value_of(arena, Field::Abstract, R"([{"label":"METHODS","text":"We did."},{"label":"RESULTS","text":"It was."}])");
}

TEST(RecordSchema, RefusesWhatItDoesNotKnow) {
  Arena arena;
  DiagnosticList diagnostics;
  Value value;
  EXPECT_FALSE(read_value(arena, parse_json(arena, R"([{"famly":"X"}])", 0, {}, diagnostics), Field::Author, value));
  EXPECT_FALSE(read_value(arena, parse_json(arena, R"({"list":1})", 0, {}, diagnostics), Field::Author, value));
  EXPECT_FALSE(read_value(arena, parse_json(arena, R"("2001-13")", 0, {}, diagnostics), Field::Issued, value));
}

Record example() {
  Record record(std::make_shared<Arena>());
  record.type = Type::Book;
  record.type_as_written = "EBOOK";
  record.key = "noether1921";
  record.origin = "ris";
  record.add(Field::Title, RichText::of(record.arena(), "Idealtheorie"), "TI");
  record.add(Field::Volume, Text{"83"}, "VL").raw = Str("vol. 83");
  record.add(Extra{"ris", "XX", "kept", {}});
  return record;
}

TEST(RecordSchema, TakesWholeRecordsBothWays) {
  const Record record = example();
  TextBuffer json;
  JsonEmitter emitter(json);
  emit(emitter, record);
  Record back(std::make_shared<Arena>());
  DiagnosticList diagnostics;
  ASSERT_TRUE(read_record(parse_json(back.arena(), json, 0, {}, diagnostics), back)) << json.view();
  EXPECT_EQ(dump(back), dump(record));
  EXPECT_EQ(digest(back), digest(record));
}

TEST(Dump, HasALinePerItem) {
  EXPECT_EQ(dump(example()),
            "book (EBOOK) noether1921\n"
            "  title (TI): \"Idealtheorie\"\n"
            "  volume (VL): \"83\" raw \"vol. 83\"\n"
            "  extra ris (XX): \"kept\"\n");
}

TEST(RecordSchema, DescribesEveryField) {
  TextBuffer json;
  JsonEmitter emitter(json);
  emit_record_schema(emitter);
  Arena arena;
  DiagnosticList diagnostics;
  const Node schema = parse_json(arena, json, 0, {}, diagnostics);
  EXPECT_TRUE(diagnostics.list.empty());
  const Node* const definitions = schema.find("$defs");
  ASSERT_NE(definitions, nullptr);
  for (std::size_t at = 0; at < kFieldCount; ++at) {
    EXPECT_NE(json.view().find("\"" + std::string(name_of(static_cast<Field>(at))) + "\""), std::string::npos);
    EXPECT_NE(definitions->find(info(static_cast<Field>(at)).type), nullptr);
  }
}

/// What is said of a carried object: the text at fault and the end of the message, one a line.
std::string faults_of(std::string_view json) {
  Arena arena;
  DiagnosticList diagnostics;
  constexpr std::uint64_t kOffset = 1000;
  hold_against_schema(parse_json(arena, json, kOffset, {}, diagnostics), diagnostics);
  std::string said;
  for (const Diagnostic& diagnostic : diagnostics.list) {
    EXPECT_EQ(diagnostic.code, kSchemaRecord);
    said += std::string(json.substr(diagnostic.span.begin - kOffset, diagnostic.span.size())) + diagnostic.message.substr(diagnostic.message.find(':')) + "\n";
  }
  return said;
}

TEST(HoldAgainstSchema, PointsAtTheMemberAtFault) {
  EXPECT_EQ(faults_of(R"({"type": "book", "items": ["title:TI", {"field": "volume", "value": "83", "key": "VL", "same": true}, {"extra": "XX", "origin": "ris", "raw": ""}]})"), "");
  EXPECT_EQ(faults_of(R"([])"), "[]: a list stands where an object belongs\n");
  EXPECT_EQ(faults_of(R"({})"), "{: a record without \"type\"\n{: a record without \"items\"\n");
  EXPECT_EQ(faults_of(R"({"type": "bok", "items": [1, {"feild": "volume", "value": "1"}, {"field": "volme", "value": "1"}], "layuot": ""})"),
            "\"bok\": \"bok\" is no type\n1: a number stands where an item belongs\n{: an item without \"field\"\n\"feild\": an item has no member \"feild\"\n"
            "\"volme\": no field is called \"volme\"\n\"layuot\": a record has no member \"layuot\"\n");
  EXPECT_EQ(faults_of(R"({"type": "book", "items": [{"field": "author", "value": [{"famly": "Lind", "given": 7}]}, {"field": "issued", "value": {"dat": "2001"}}]})"),
            "\"famly\": a value of this kind has no member \"famly\"\n7: a number stands where a text belongs\n\"dat\": a date has no member \"dat\"\n");
}

}  // namespace
}  // namespace bibmill::text

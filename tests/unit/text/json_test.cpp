// JSON: what is written reads back, and what is broken is kept and said.
#include "bibmill/text/json.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

namespace bibmill::text {
namespace {

std::string again(std::string_view json, std::size_t faults = 0) {
  Arena arena;
  DiagnosticList diagnostics;
  const Node node = parse_json(arena, json, 0, {}, diagnostics);
  EXPECT_EQ(diagnostics.list.size(), faults) << json.substr(0, 80);
  TextBuffer out;
  JsonEmitter emitter(out);
  emit(emitter, node);
  return std::string(out.view());
}

TEST(Json, ComesBackAsItWas) {
  for (const std::string json : {R"({"a":[1,2.50,-3e7,true,false,null,"x"],"b":{}})", R"([])", R"("\"\\\n\u0001é😀")", R"({"a":1,"a":2})", "12", "null"})
    EXPECT_EQ(again(json), json);
}

/// As RFC 8259, section 7, has it, byte by byte.
std::string quoted_slowly(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const std::size_t named = std::string_view("\"\\\n\r\t\b\f").find(c);
    if (named != std::string_view::npos)
      (out += '\\') += "\"\\nrtbf"[named];
    else if (static_cast<unsigned char>(c) < 0x20)
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else
      out += c;
  }
  return out + '"';
}

TEST(Json, EscapesWhereverItStands) {
  const std::string all = "\"\\\n\r\t\b\f\x01\x1F";
  for (const std::size_t size : {0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 20, 31, 32, 33, 47, 48, 63, 64, 65, 100, 4094, 4096, 4097, 9000}) {
    const std::string plain(size, 'x');
    const std::string behind = plain.substr(0, 40);
    TextBuffer out;
    append_json_string(out, plain);
    EXPECT_EQ(out.view(), '"' + plain + '"');
    for (std::size_t at = size > 200 ? size - 90 : 0; at < size; ++at) {
      std::string text = plain;
      text[at] = all[at % all.size()];
      text[size - 1 - (at * 7) % size] = all[(at + 3) % all.size()];
      out.clear();
      append_json_string(out, text);
      append_json_string(out, behind);
      ASSERT_EQ(out.view(), quoted_slowly(text) + '"' + behind + '"') << size << ' ' << at;
    }
  }
}

TEST(Json, DecodesEscapes) {
  EXPECT_EQ(again(R"("\u00e9\ud83d\ude00\/\t")"), "\"\xC3\xA9\xF0\x9F\x98\x80/\\t\"");
}

TEST(Json, KeepsWhatIsBroken) {
  EXPECT_EQ(again(R"({"a":NaN})", 1), R"({"a":"NaN"})");
  EXPECT_EQ(again(R"({"a":"\ud800x"})", 1), "{\"a\":\"\xEF\xBF\xBDx\"}");
  EXPECT_EQ(again(R"({"a":1 "b":2})", 1), R"({"a":1,"b":2})");
  EXPECT_EQ(again(R"({a:1})", 1), R"({"a":1})");
  EXPECT_EQ(again(R"(["x)", 1), R"(["x"])");
  EXPECT_EQ(again(R"({"a":})", 1), R"({"a":null})");
}

TEST(Json, IndentsByOption) {
  TextBuffer out;
  JsonEmitter emitter(out, 2);
  emitter.begin_map();
  emitter.key("a");
  emitter.begin_list();
  emitter.number("1");
  emitter.end_list();
  emitter.key("b");
  emitter.begin_map();
  emitter.end_map();
  emitter.end_map();
  EXPECT_EQ(out.view(), "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}");
}

TEST(Json, TellsWhereThingsStand) {
  Arena arena;
  DiagnosticList diagnostics;
  const Node node = parse_json(arena, R"( {"key": "value"} )", 100, {}, diagnostics);
  EXPECT_EQ(node.span, (Span{101, 117}));
  EXPECT_EQ(node.members[0].key_span, (Span{102, 107}));
  EXPECT_EQ(node.members[0].value.span, (Span{109, 116}));
}

TEST(Json, SurvivesDepthAndRubbish) {
  again(std::string(100000, '['), 2);
  again(std::string(100000, ':'), 1);
  std::string rubbish;
  for (int i = 0; i < 20000; ++i) rubbish += "{]\"";
  Arena arena;
  DiagnosticList diagnostics;
  parse_json(arena, rubbish, 0, {}, diagnostics);
  EXPECT_LE(diagnostics.list.size(), 20U);
}

}  // namespace
}  // namespace bibmill::text

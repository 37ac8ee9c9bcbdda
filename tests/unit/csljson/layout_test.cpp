// What fmt makes of CSL-JSON.
#include "layout.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace bibmill::csljson {
namespace {

std::string laid_out(std::string_view text, const std::string& indent = "2") {
  Settings settings;
  settings.set("indent", indent);
  return lay_out(text, settings).text;
}

TEST(Fmt, IndentsObjectsAndKeepsTokens) {
  EXPECT_EQ(laid_out(R"([{"id":"a\u0041","volume":1.50e1,"issued":{"date-parts":[[2019,5],[]]},"x":{},"author":[{"family":"Li"}]},{}])"),
            "[\n  {\n    \"id\": \"a\\u0041\",\n    \"volume\": 1.50e1,\n    \"issued\": {\n      \"date-parts\": [[2019, 5], []]\n    },\n    \"x\": {},\n    \"author\": [\n      {\n        \"family\": \"Li\"\n      }\n    ]\n  },\n  {}\n]\n");
  EXPECT_EQ(laid_out("{\r\n\"id\" :1}", "4"), "{\r\n    \"id\": 1\r\n}\r\n");
  EXPECT_EQ(laid_out("[]"), "[]\n");
}

TEST(Fmt, LeavesAloneWhatIsNotOneValue) {
  for (const std::string_view text : {"{\"id\":1}\n{\"id\":2}\n", "[1,]", "{\"a\" 1}", "{\"a\":}", "[1 2]", "{1:2}", "[\"a]", "[}", "[", "[// c\n1]", "{\"a\":1,}", "nothing", "{\"a\"}", ",", "[,1]", "{\"a\":1:2}"}) {
    const LaidOut done = lay_out(text, {});
    EXPECT_EQ(done.text, text);
    EXPECT_EQ(done.left.size(), 1U) << text;
  }
  EXPECT_TRUE(lay_out(" \n", {}).left.empty());
}

TEST(Fmt, SaysWhyItLeavesATextAlone) {
  const LaidOut done = lay_out("[\n1,,2]", {});
  ASSERT_EQ(done.left.size(), 1U);
  EXPECT_EQ(done.left[0].message, "all stays as it is, not being one JSON value: this comma divides nothing");
  EXPECT_EQ(done.left[0].span.begin, 4U);
}

/// Each level is indented, so that a text of brackets alone would grow by its square.
TEST(Fmt, LeavesAloneWhatIsNestedTooDeeply) {
  const auto nested = [](std::size_t depth) {
    std::string text;
    for (std::size_t level = 0; level < depth; ++level) text += R"({"a":[)";
    for (std::size_t level = 0; level < depth; ++level) text += "]}";
    return text;
  };
  EXPECT_NE(laid_out(nested(100)), nested(100));
  EXPECT_EQ(laid_out(nested(100'000)), nested(100'000));
}

}  // namespace
}  // namespace bibmill::csljson

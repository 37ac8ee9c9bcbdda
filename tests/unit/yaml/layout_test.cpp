// Items laid out: what the writer would make of them, comments where they stood, and what is left alone.
#include "layout.h"

#include <gtest/gtest.h>

#include <string>

#include "item_layout.h"

namespace bibmill::yaml {
namespace {

std::string laid_out(std::string_view source, std::string_view order = "source") {
  const LaidOutItem item = lay_out_item(source, MemberOrder{order});
  return item.text ? *item.text : "left: " + std::string(item.why);
}

TEST(ItemLayout, IsTheWriters) {
  EXPECT_EQ(laid_out("- {id: a, type: \"book\", issued: {date-parts: [[2001, 5]]}, note: 'yes', ISBN: 010, volume: ~, title-short: }\n"),
            "- id: a\n  type: book\n  issued:\n    date-parts:\n    - - 2001\n      - 5\n  note: 'yes'\n  ISBN: 010\n  volume: ~\n  title-short:");
  EXPECT_EQ(laid_out("-   id:   a\n\n    title: >-\n       Low\n       tide\n    note: \"one\\ntwo\\n\"\n    author: []\n"), "- id: a\n  title: Low tide\n  note: |\n    one\n    two\n  author: []");
  EXPECT_EQ(laid_out("lind:\n     type: book\n     author:\n         - family: Lind\n"), "lind:\n  type: book\n  author:\n  - family: Lind");
  EXPECT_EQ(laid_out("id: a\ntype:   book\n"), "id: a\ntype: book");
}

TEST(ItemLayout, KeepsCommentsInTheirPlaces) {
  EXPECT_EQ(laid_out("- id: a # one\n  # two\n  title: >  # three\n    Low\n  author: # four\n    # five\n    - family: Lind # six\n      # seven\n  # eight\n  issued: {year: 2001} # nine\n  # ten\n"),
            "- id: a  # one\n  # two\n  title: |  # three\n    Low\n  author:  # four\n  # five\n  - family: Lind  # six\n    # seven\n  # eight\n  issued:\n    year: 2001  # nine\n  # ten");
  EXPECT_EQ(laid_out("- id: a\n  keyword: [kelp, # one\n    # two\n    tide] # three\n  note:  # four\n"), "- id: a\n  keyword:\n  - kelp  # one\n  # two\n  - tide  # three\n  note:  # four");
  EXPECT_EQ(laid_out("- id: a\n#  title: out\n  type: book\n"), "- id: a\n  #  title: out\n  type: book");
}

TEST(ItemLayout, LeavesWhatItCannotKeep) {
  for (const char* source : {
           "- # before the first key\n  id: a\n",
           "-\n  # before the first key\n  id: a\n",
           "- id: # before the value\n    a\n",
           "- id: a\n # between the dash and the keys\n",
           "- id: a\n  author: [{family: Lind}] # one\n             # two\n  note: |\n    a\n    b\n  # three\n # four\n",
           "- id: &x a\n  title: *x\n",
           "- id: !!str 12\n",
           "- {<<: {type: book}, id: a}\n",
           "- ? [a]\n  : b\n  id: c\n",
           "- id: a\n  id: b\n",
           "- id: a\n  title: *nowhere\n",
           "- id: [a\n",
       })
    EXPECT_TRUE(laid_out(source).starts_with("left: ") && laid_out(source).size() > 6) << source << laid_out(source);
  EXPECT_EQ(laid_out("house: {publisher: x}\n").substr(0, 6), "house:") << "a variable makes an item";
  EXPECT_EQ(laid_out("inputs: [a, b]\n"), "left: ") << "no item, of which nothing is said";
  std::string deep = "- id: ";
  for (int depth = 0; depth < 40; ++depth) deep += "[";
  for (int depth = 0; depth < 40; ++depth) deep += "]";
  EXPECT_TRUE(laid_out(deep + "\n").starts_with("left: the item is too deep"));
}

TEST(ItemLayout, PutsMembersInOrderWithTheirComments) {
  const std::string source = "- title: T\n  # of the type\n  type: book # old\n  id: a\n  note: |\n    x\n    y\n";
  EXPECT_EQ(laid_out(source, "model"), "- id: a\n  # of the type\n  type: book  # old\n  title: T\n  note: |\n    x\n    y");
  EXPECT_EQ(laid_out(source, "name"), "- id: a\n  note: |\n    x\n    y\n  title: T\n  # of the type\n  type: book  # old");
  EXPECT_EQ(laid_out(source, "note,id"), "- note: |\n    x\n    y\n  id: a\n  title: T\n  # of the type\n  type: book  # old");
  EXPECT_EQ(laid_out(source, "type"), "left: the item has a comment above what would be its first key");
}

std::string file(std::string_view text) { return lay_out(text, {}).text; }

TEST(YamlLayout, KeepsTheDocumentAroundItsItems) {
  EXPECT_EQ(file("%YAML 1.2\n---\n# head\ntitle:   A paper\nreferences: # all\n\n    # one\n\n\n    # two\n    - id:   a\n\n\n    - id: b\n    # end\n\nnocite:   x\n...\n"),
            "%YAML 1.2\n---\n# head\ntitle:   A paper\nreferences: # all\n# one\n\n# two\n- id: a\n\n- id: b\n# end\n\nnocite:   x\n...\n");
  EXPECT_EQ(file("a:   {type: book}\n\n\n# next\nb: {type: book}"), "a:\n  type: book\n\n# next\nb:\n  type: book\n");
  EXPECT_EQ(file("id: a\r\ntype:  book\r\nnote: \"x\\ny\"\r\n---\r\n- id:  b"), "id: a\r\ntype: book\r\nnote: |-\r\n  x\r\n  y\r\n---\r\n- id: b\r\n");
  EXPECT_EQ(file("references:\n  - {id: a}\n  - id: &b b\n  - {id: c}\n"), "references:\n  - id: a\n  - id: &b b\n  - id: c\n") << "a list with an item that stays keeps its column";
  EXPECT_EQ(file("references:\n   - {id: a}\n  type: book\n"), "references:\n   - id: a\n  type: book\n") << "nor does one before a line that would come to belong to it";
  EXPECT_EQ(file("references:\n   - {id: a}\n- {id: b}\n"), "references:\n   - id: a\n- {id: b}\n");
  for (const char* same : {"", "# nothing\n", "[{id: a}]\n", "{a: {type: book}}\n", "references: [{id: a}]\n", "--- {id: a}\n", "just text\n", "- a\n- b\n"}) EXPECT_EQ(file(same), same);
}

}  // namespace
}  // namespace bibmill::yaml

// Scalars, cutting, recognising, faults.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "emitter.h"
#include "scalars.h"
#include "support.h"

namespace bibmill::yaml::testing {
namespace {

TEST(YamlScalars, StandPlainWhereNoReaderTakesThemForSomethingElse) {
  for (const std::string_view plain :
       {"Bells", "a:b", "a#b", "S10-15", "2001-05", "2001/2002", "10.5555/a.1", "it's", "12 apostles", "E. coli", "x - y", "毛"})
    EXPECT_TRUE(may_stand_plain(plain)) << plain;
  for (const std::string_view quoted : {"",
                                        " a",
                                        "a ",
                                        "no",
                                        "Yes",
                                        "n",
                                        "null",
                                        "~",
                                        "010",
                                        "1.10",
                                        "1e10",
                                        "0x1F",
                                        "12_13",
                                        "12:30:45",
                                        "12",
                                        "-1",
                                        ".5",
                                        ".inf",
                                        "2001-05-07",
                                        "2001-5-7T10:30:00Z",
                                        "<<",
                                        "=",
                                        "a: b",
                                        "a #b",
                                        "a:",
                                        "- a",
                                        "-a",
                                        "? a",
                                        "@a",
                                        "`a",
                                        "*a",
                                        "&a",
                                        "!a",
                                        "%a",
                                        "|",
                                        ">",
                                        "[a",
                                        "{a",
                                        "'a",
                                        "\"a",
                                        "# a",
                                        ", a",
                                        "---",
                                        "...",
                                        "a\nb",
                                        "tab\there",
                                        "nel\xC2\x85",
                                        "ls\xE2\x80\xA8",
                                        "\xEF\xBB\xBF"
                                        "a"})
    EXPECT_FALSE(may_stand_plain(quoted)) << quoted;
}

std::string emitted(std::string_view value) {
  std::string out;
  YamlEmitter yaml(out);
  yaml.begin_list();
  yaml.begin_map();
  yaml.member("id", "a");
  yaml.member("type", "book");
  yaml.member("call-number", value);
  yaml.member("zz", "behind");
  yaml.end_map();
  yaml.end_list();
  return out + "\n";
}

TEST(YamlScalars, ComeBackWhateverTheyHold) {
  const std::string word(150, 'w');
  const std::string words = "some words that go on and on, " +
                            std::string("until the line is full, and more: of # them  with two blanks. ") + "And so on " + word;
  for (const std::string_view value :
       {std::string_view("line\nline"), std::string_view("line\n"), std::string_view("line\n\n"), std::string_view("\nline"),
        std::string_view("  line\nline"), std::string_view("line\n  indented\n\nline"), std::string_view("line \nline"),
        std::string_view("a\n \nb"), std::string_view("\n"), std::string_view("# a\n# b"), std::string_view("- a\n- b"),
        std::string_view("---\na"), std::string_view("'\""), std::string_view("a\tb"),
        std::string_view("\xC2\xA0"
                         "a"),
        std::string_view(word), std::string_view(words)}) {
    const std::string text = emitted(value);
    const Reading reading = read(text);
    ASSERT_EQ(reading.records.size(), 1U) << text;
    std::string expected(value);
    std::replace(expected.begin(), expected.end(), '\t', ' ');  // a record's text has no tabs
    const Text* const back = reading.records[0].get<Field::CallNumber>();
    ASSERT_NE(back, nullptr) << text;
    // Text is Markdown; none of these has any, but for what it does with blanks and dashes.
    if (value.find("--") == value.npos && value.find('\'') == value.npos) {
      EXPECT_EQ(back->value, expected) << text;
    }
    ASSERT_EQ(reading.records[0].items().size(), 2U) << text;
  }
}

TEST(YamlEmitter, LaysTreesOutAsPandocDoes) {
  std::string out;
  YamlEmitter yaml(out);
  yaml.begin_list();
  yaml.begin_map();
  yaml.member("id", "a");
  yaml.key("author");
  yaml.begin_list();
  yaml.begin_map();
  yaml.member("family", "Doe");
  yaml.member("given", "Jane");
  yaml.end_map();
  yaml.end_list();
  yaml.key("parts");
  yaml.begin_list();
  yaml.begin_list();
  yaml.number("2001");
  yaml.number("5");
  yaml.end_list();
  yaml.begin_list();
  yaml.end_list();
  yaml.end_list();
  yaml.key("custom");
  yaml.begin_map();
  yaml.end_map();
  yaml.end_map();
  yaml.end_list();
  EXPECT_EQ(out, "\n- id: a\n  author:\n  - family: Doe\n    given: Jane\n  parts:\n  - - 2001\n    - 5\n  - []\n  custom: {}");
}

std::size_t split(std::string_view text, std::size_t about) { return format().split(text, about); }

/// A line that ends the list has what is indented behind it, comments too, as the reader has it.
TEST(YamlSplit, LeavesACommentWithTheLineThatItIsIndentedUnder) {
  const std::string text = "  - id: a\n number: 3\n  # of three\n---\n- id: b\n";
  EXPECT_EQ(split(text, 1), text.find("---"));
  const Reading whole = read(text);
  const Reading parts = read(text, 1);
  ASSERT_EQ(parts.extras.size(), whole.extras.size());
  for (std::size_t at = 0; at < parts.extras.size(); ++at) EXPECT_EQ(parts.extras[at].raw, whole.extras[at].raw);
}

TEST(YamlSplit, CutsBetweenItemsOfAList) {
  const std::string_view text = "references:\n- id: a\n  note: |\n    - no item\n# of b\n- id: b\n- id: c\nnocite: x\n";
  const std::size_t first = text.find("# of b");
  EXPECT_EQ(split(text, 1), first);
  EXPECT_EQ(split(text, first), first);
  EXPECT_EQ(split(text, 1000), text.find("- id: c"));
  EXPECT_EQ(split("- id: a\n", 1), 0U);
  EXPECT_EQ(split("", 1), 0U);
}

TEST(YamlSplit, LeavesAnchorsWithTheirAliases) {
  const std::string_view text = "- id: a\n- id: b\n  publisher: &p P\n- id: c\n  publisher: *p\n- id: d\n";
  EXPECT_EQ(split(text, 1), 8U);
  EXPECT_EQ(split(text.substr(8), 1), 0U);
}

TEST(YamlSplit, TakesNoLongerForLinesThatEndInCr) {
  std::string text = "- id: a\r";
  for (int line = 0; line < 4'000'000; ++line) text += "x:\r";
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(split(text, text.size()), 0U);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST(YamlRecognises, ItemsAndNothingElse) {
  const auto sure = [](std::string_view head) { return format().recognises(head); };
  EXPECT_GT(sure("---\nreferences:\n- id: a\n  type: book\n"), 90);
  EXPECT_GT(sure("- id: a\n  type: book\n  title: A\n"), 80);
  EXPECT_EQ(sure("TY  - JOUR\nTI  - A\nER  - \n"), 0);
  EXPECT_EQ(sure("@article{a,\n  title = {T}\n}\n"), 0);
  EXPECT_EQ(sure(""), 0);
}

TEST(YamlReader, OneBadItemCostsNoOther) {
  const Reading reading = read("- id: a\n  type: book\n  title: [no end\n- id: b\n  type: book\n  title: B\n- just text\n");
  ASSERT_EQ(reading.records.size(), 2U);
  EXPECT_EQ(reading.records[0].key, "a");
  EXPECT_EQ(reading.records[1].get<Field::Title>()->text(), "B");
  EXPECT_EQ(reading.count("yaml/syntax"), 1U);
  EXPECT_EQ(reading.count("yaml/no-item"), 1U);
}

TEST(YamlReader, RefusesBombs) {
  std::string text = "defaults:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int level = 1; level < 12; ++level) {
    const std::string last = "*a" + std::to_string(level - 1);
    text += "  a" + std::to_string(level) + ": &a" + std::to_string(level) + " [" + last;
    for (int at = 1; at < 10; ++at) text.append(", ").append(last);
    text += "]\n";
  }
  text += "references:\n- id: a\n  type: book\n  title: *a11\n- id: b\n  type: book\n";
  const Reading reading = read(text);
  EXPECT_EQ(reading.records.size(), 2U);
  EXPECT_EQ(reading.count("yaml/alias"), 1U);
}

TEST(YamlReader, SurvivesDepth) {
  EXPECT_EQ(read("- id: b\n  type: book\n- id: a\n  x: " + std::string(10000, '[') + "\n").records.at(0).key, "b");
}

TEST(YamlReader, KeepsACommentBehindTheSignOfABlock) {
  const Reading reading = read("- id: a\n  type: book\n  note: |- # why\n    # no comment\n    text\n  title: >\n    T # none\n");
  ASSERT_EQ(reading.records.size(), 1U);
  std::vector<std::string_view> comments;
  for (const Item& item : reading.records[0].items())
    if (const Extra* const extra = std::get_if<Extra>(&item)) comments.push_back(extra->raw);
  EXPECT_EQ(comments, (std::vector<std::string_view>{"# why"}));
  EXPECT_NE(write(reading.records).text.find("\n  # why\n"), std::string::npos);
}

TEST(YamlReader, LeavesACommentBeforeTheMergeKeyThere) {
  const Reading reading = read(
      "- &a\n  id: a\n  type: book\n  publisher: P\n- id: b\n  type: book\n  title: B # of the title\n  # what all have\n  <<: *a\n  note: N\n");
  ASSERT_EQ(reading.records.size(), 2U);
  EXPECT_EQ(text::dump(reading.records[1]),
            "book (book) b\n"
            "  title (title): \"B\"\n"
            "  extra yaml: \"# of the title\"\n"
            "  extra yaml: \"# what all have\"\n"
            "  publisher (publisher): \"P\"\n"
            "  note (note): \"N\"\n");
}

TEST(YamlReader, ReadsTheHardLineBreaksOfMarkdown) {
  const Reading reading = read("- id: a\n  type: book\n  note: |-\n    one\\\n    two\n");
  EXPECT_EQ(reading.records.at(0).get<Field::Note>()->text(), "one\ntwo");
  EXPECT_NE(write(reading.records).text.find("one\\\n"), std::string::npos) << write(reading.records).text;
}

TEST(YamlReader, ATabInTheKeyOfAMapIsABlankAsInAnId) {
  const Reading reading = read("a\tb:\n  type: book\n");
  EXPECT_EQ(reading.records.at(0).key, "a b");
  const std::string once = write(reading.records).text;
  EXPECT_EQ(write(read(once).records).text, once);
}

TEST(YamlReader, PlacesEveryEntryInTheText) {
  const std::string_view text =
      "- id: a\n  type: book\n  title: two\n    lines\n  note: |\n    a\n    b\n  author: [{family: X}] # who\n";
  const Reading reading = read(text);
  const Record& record = reading.records.at(0);
  const auto slice = [&](Span span) { return text.substr(span.begin, span.size()); };
  EXPECT_EQ(slice(record.find(Field::Title)->span), "two\n    lines");
  EXPECT_EQ(slice(record.find(Field::Note)->span), "|\n    a\n    b");
  EXPECT_EQ(slice(record.find(Field::Author)->span), "[{family: X}]");
  EXPECT_EQ(slice(std::get<Extra>(record.items()[3]).span), "# who");
  EXPECT_EQ(slice(record.span), text.substr(0, text.size() - 1));
}

}  // namespace
}  // namespace bibmill::yaml::testing

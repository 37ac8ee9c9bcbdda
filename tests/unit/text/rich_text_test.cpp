// Rich text: building keeps the promises of values.h, joining keeps the titles' rules.
#include "bibmill/text/rich_text.h"

#include <gtest/gtest.h>

#include "rich_text_dump.h"

namespace bibmill::text {
namespace {

class RichTexts : public testing::Test {
 protected:
  RichText of(std::string_view text) { return RichText::of(arena_, arena_.copy(text)); }
  RichText of(std::initializer_list<std::pair<std::string_view, Marks>> runs) {
    RichTextBuilder builder;
    for (const auto& [text, marks] : runs) builder.append(text, marks);
    return builder.finish(arena_);
  }
  Arena arena_;
};

TEST_F(RichTexts, AreBuiltFromPieces) {
  RichTextBuilder builder;
  builder.append("a");
  builder.append("");
  builder.append("b");
  builder.append("c", Mark::Italic);
  builder.append("", Mark::Bold);
  builder.append("d", Mark::Italic);
  builder.append("$x$", Mark::Math, kLatex);
  builder.append("<x/>", Mark::Verbatim, "docbook");
  const RichText rich = builder.finish(arena_);
  EXPECT_EQ(dump(rich), "ab|italic{cd}|math:latex{$x$}|source:docbook{<x/>}");
  EXPECT_TRUE(keeps_promises(rich));
  EXPECT_TRUE(builder.empty()) << "ready for the next";
  EXPECT_TRUE(builder.finish(arena_).empty());
}

TEST_F(RichTexts, AreMarkedAfterwards) {
  RichTextBuilder builder;
  builder.append("ab");
  builder.append("c", Mark::Italic);
  builder.mark_from(1, Mark::NoCase);
  builder.append("d", Marks(Mark::Italic).with(Mark::NoCase));
  builder.append("xyz");
  builder.truncate(5);
  const RichText rich = builder.finish(arena_);
  EXPECT_EQ(dump(rich), "a|nocase{b}|italic+nocase{cd}|x");
  builder.append("ab");
  builder.mark_from(2, Mark::Bold);
  builder.mark_from(0, Mark::Bold);
  EXPECT_EQ(dump(builder.finish(arena_)), "bold{ab}");
  builder.append("ab", Mark::Bold);
  builder.truncate(0);
  builder.append("c");
  EXPECT_EQ(dump(builder.finish(arena_)), "c");
}

TEST_F(RichTexts, MergeNeighboursThatBecameAlike) {
  RichTextBuilder builder;
  builder.append("a");
  builder.append("b", Mark::NoCase);
  builder.mark_from(0, Mark::NoCase);
  const RichText rich = builder.finish(arena_);
  EXPECT_EQ(dump(rich), "nocase{ab}");
  EXPECT_EQ(dump(without_marks(arena_, of({{"H", {}}, {"2", Mark::Subscript}, {"O", {}}}), Mark::Subscript)), "H2O");
}

TEST_F(RichTexts, BecomePlain) {
  const RichText rich =
      of({{"H", {}}, {"2", Mark::Subscript}, {"O, ", {}}, {"so ", Mark::Quote}, {"far", Marks(Mark::Quote).with(Mark::Bold)}});
  EXPECT_EQ(plain_text(rich), "H2O, “so far”");
  const RichText plain = of("as it is");
  EXPECT_EQ(plain_text(arena_, plain).data(), plain.text().data());
  EXPECT_FALSE(is_plain(rich));
  EXPECT_TRUE(has_marks(rich, Marks(Mark::Italic).with(Mark::Bold)));
  EXPECT_FALSE(has_marks(rich, Mark::Italic));
}

TEST_F(RichTexts, AreCompared) {
  EXPECT_TRUE(same_text(of({{"a", Mark::Bold}}), of({{"a", Mark::Bold}})));
  EXPECT_FALSE(same_text(of({{"a", Mark::Bold}}), of("a")));
  EXPECT_FALSE(same_text(of("a"), of("ab")));
  EXPECT_TRUE(same_text({}, {}));
}

TEST_F(RichTexts, AreCut) {
  const RichText rich = of({{"abc", {}}, {"def", Mark::Bold}});
  EXPECT_EQ(size_in_bytes(rich), 6u);
  EXPECT_EQ(dump(slice(arena_, rich, 1, 5)), "bc|bold{de}");
  EXPECT_EQ(dump(slice(arena_, rich, 3, 99)), "bold{def}");
  EXPECT_EQ(dump(slice(arena_, rich, 4, 2)), "");
}

TEST_F(RichTexts, Collapse) {
  EXPECT_EQ(dump(collapse(arena_, of("  a \n b "))), "a b");
  EXPECT_EQ(dump(collapse(arena_, of({{" a ", {}}, {" b ", Mark::Bold}, {" c", {}}}))), "a |bold{b }|c");
  const RichText tidy = of({{"a ", {}}, {"b", Mark::Bold}});
  EXPECT_EQ(collapse(arena_, tidy).runs.begin(), tidy.runs.begin());
  RichTextBuilder builder;
  builder.append("a  ");
  builder.append("$x  y$", Mark::Math, kLatex);
  builder.append(" ");
  EXPECT_EQ(dump(collapse(arena_, builder.finish(arena_))), "a |math:latex{$x  y$}");
}

TEST_F(RichTexts, AreConcatenated) {
  RichText german = of("eins");
  german.language = "de";
  RichText more = of({{"zwei", Mark::Italic}});
  more.language = "de";
  const RichText both = concatenate(arena_, {german, {}, more}, "; ");
  EXPECT_EQ(dump(both), "eins; |italic{zwei}");
  EXPECT_EQ(both.language, "de");
  EXPECT_EQ(concatenate(arena_, {german, of("two")}, "; ").language, "");
  EXPECT_EQ(concatenate(arena_, {{}, german}, "; ").runs.begin(), german.runs.begin());
  EXPECT_TRUE(concatenate(arena_, {}, "; ").empty());
}

TEST_F(RichTexts, JoinAsTitleAndSubtitle) {
  const auto joined = [&](std::string_view title, std::string_view subtitle) {
    return dump(join_title(arena_, of(title), of(subtitle)));
  };
  EXPECT_EQ(joined("Night", "a study"), "Night: a study");
  EXPECT_EQ(joined("Why?", "A study"), "Why? A study");
  EXPECT_EQ(joined("Night:", "a study"), "Night: a study");
  EXPECT_EQ(joined("Night;", "a study"), "Night; a study");
  EXPECT_EQ(joined("Night", ""), "Night");
  EXPECT_EQ(joined("", "a study"), "a study");
  EXPECT_EQ(dump(join_addon(arena_, of("Night"), of("Second part"))), "Night. Second part");
  EXPECT_EQ(dump(join_addon(arena_, of("Why?"), of("Second part"))), "Why? Second part");
}

TEST_F(RichTexts, LoseWhiteSpaceAtTheirEnds) {
  EXPECT_EQ(dump(trimmed(arena_, of(" What is it? "))), "What is it?");
  EXPECT_EQ(dump(trimmed(arena_, of("Tides"))), "Tides");
  EXPECT_EQ(dump(trimmed(arena_, of("  "))), "");
}

TEST_F(RichTexts, LoseAndGetNlmsFinalDot) {
  struct Row {
    std::string_view nlm, bare;
  };
  const Row rows[] = {{"Night.", "Night"}, {"[The night].", "[The night]"}, {"Why?", "Why?"}, {"Night...", "Night..."}, {"", ""},
                      {"No!", "No!"}};
  for (const Row& row : rows) {
    EXPECT_EQ(without_final_dot(row.nlm), row.bare);
    EXPECT_EQ(dump(without_final_dot(arena_, of(row.nlm))), row.bare);
    EXPECT_EQ(dump(with_final_dot(arena_, of(row.bare))), row.nlm);
    EXPECT_EQ(ends_like_nlm(row.nlm), !row.nlm.empty());
  }
  EXPECT_EQ(without_final_dot("."), "");
  EXPECT_EQ(dump(without_final_dot(arena_, of({{"on ", {}}, {"E. coli.", Mark::Italic}}))), "on |italic{E. coli}");
  EXPECT_EQ(dump(without_final_dot(arena_, of({{"on ", {}}, {".", Mark::Italic}}))), "on ");
  EXPECT_EQ(dump(without_final_dot(arena_, of({{"on..", {}}, {".", Mark::Italic}}))), "on..|italic{.}");
  EXPECT_EQ(dump(with_final_dot(arena_, of({{"on ", {}}, {"E. coli", Mark::Italic}}))), "on |italic{E. coli}|.");
}

}  // namespace
}  // namespace bibmill::text

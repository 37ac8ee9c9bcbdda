// The line grammar: which lines are tagged, what continues what, and how values are laid out.
#include "bibmill/tagged/lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bibmill::tagged {
namespace {

using ::testing::ElementsAre;
using namespace std::string_view_literals;

bool is_known(std::uint64_t tag) { return tag == code("TY") || tag == code("AB") || tag == code("KW") || tag == code("ER") || tag == code("PMID"); }

constexpr Grammar kTwoColumns{
    .is_known = is_known,
    .after_blank = AfterBlank::Any,
    .takes_more = [](std::uint64_t tag) { return tag != code("ER"); },
    .swallows = [](std::uint64_t open, std::uint64_t, std::string_view) { return open == code("AB"); },
};
constexpr Grammar kFourColumns{
    .longest_tag = 4, .is_known = is_known, .indent_continues = true, .after_blank = AfterBlank::Indented};

/// "TAG:first|more|…" for a tagged line, "~text" for a loose one, "-" for blank ones.
std::vector<std::string> lines_of(std::string_view text, const Grammar& grammar) {
  Lines lines(text, 0, grammar);
  std::vector<std::string> found;
  for (Line line; lines.next(line);) {
    if (line.kind == Line::Kind::Blank) {
      found.emplace_back("-");
      continue;
    }
    std::string word = line.is_tagged() ? std::string(line.tag) + ":" : "~";
    word += line.first.text;
    for (const Piece& piece : lines.more(line)) word.append("|").append(piece.text);
    found.push_back(word);
  }
  return found;
}

TEST(Lines, StandardTagsNeedNotBeKnown) {
  EXPECT_THAT(lines_of("TY  - JOUR\nX1  - a - b\nER  - \n", kTwoColumns), ElementsAre("TY:JOUR", "X1:a - b", "ER:"));
  EXPECT_THAT(lines_of("PMID- 1\nOABL- spa\nAB  - x\n", kFourColumns), ElementsAre("PMID:1", "OABL:spa", "AB:x"));
}

TEST(Lines, KnownTagsMayBeNearlyRight) {
  EXPECT_THAT(lines_of("TY - JOUR\nTY  -JOUR\nty  - JOUR\nTY   - JOUR\nTY  -", kTwoColumns),
              ElementsAre("TY:JOUR", "TY:JOUR", "ty:JOUR", "TY:JOUR", "TY:"));
  EXPECT_THAT(lines_of("PMID - 1\nPMID-2\n", kFourColumns), ElementsAre("PMID:1", "PMID:2"));
}

TEST(Lines, OtherLinesAreNot) {
  EXPECT_THAT(lines_of("KW  - a\nER stress\nX1 - a\nAB-12\nzz  - a\n1A  - a\n", kTwoColumns),
              ElementsAre("KW:a|ER stress|X1 - a|AB-12|zz  - a|1A  - a"));
}

TEST(Lines, AGrammarMaySwallowUnknownTags) {
  EXPECT_THAT(lines_of("AB  - text\nUS  - based study\nKW  - k\nUS  - not here\n", kTwoColumns),
              ElementsAre("AB:text|US  - based study", "KW:k", "US:not here"));
}

TEST(Lines, IndentedLines) {
  EXPECT_THAT(lines_of("AB  - a\n      TY  - b\n", kFourColumns), ElementsAre("AB:a|TY  - b"));
  EXPECT_THAT(lines_of("AB  - a\n  TY  - b\n", kTwoColumns), ElementsAre("AB:a", "TY:b"));
}

TEST(Lines, NothingContinuesWhatTakesNoMore) {
  EXPECT_THAT(lines_of("ER  - \nloose\n", kTwoColumns), ElementsAre("ER:", "~loose"));
}

TEST(Lines, BehindBlankLines) {
  const std::string_view text = "AB  - a\n\n   \n      b\n\nc\n";
  EXPECT_THAT(lines_of(text, kFourColumns), ElementsAre("AB:a|b", "-", "~c"));
  EXPECT_THAT(lines_of(text, kTwoColumns), ElementsAre("AB:a|b|c"));
}

TEST(Lines, EveryLineEnd) {
  for (const std::string_view end : {"\n", "\r\n", "\r"}) {
    const std::string text = "TY  - a" + std::string(end) + std::string(end) + "KW  - b" + std::string(end) + "c";
    EXPECT_THAT(lines_of(text, kTwoColumns), ElementsAre("TY:a", "-", "KW:b|c"));
  }
}

TEST(Lines, MarksOfByteOrderAreLookedThrough) {
  EXPECT_THAT(lines_of("\xEF\xBB\xBFTY  - a\nER  - \n\xEF\xBB\xBFTY  - b\n", kTwoColumns), ElementsAre("TY:a", "ER:", "TY:b"));
  EXPECT_THAT(lines_of("ER  - \n \xEF\xBB\xBFTY  - b\n", kTwoColumns), ElementsAre("ER:", "TY:b"));
}

TEST(Lines, SpansCountFromTheOffset) {
  Lines lines("KW  - one\n  two \n", 100, kTwoColumns);
  Line line;
  ASSERT_TRUE(lines.next(line));
  EXPECT_EQ(line.tag_span, (Span{100, 102}));
  EXPECT_EQ(line.first.span, (Span{106, 109}));
  EXPECT_EQ(lines.more(line)[0].span, (Span{112, 115}));
  EXPECT_EQ(lines.value_span(line), (Span{106, 115}));
  EXPECT_EQ(line.span, (Span{100, 117}));
  EXPECT_EQ(lines.bytes(line.tag_span), "KW");
}

TEST(Lines, Joining) {
  Lines lines("AB  - a\n      b\n\n\n      c\n", 0, kFourColumns);
  Line line;
  ASSERT_TRUE(lines.next(line));
  Arena arena;
  EXPECT_EQ(lines.value(line, arena, Join::Space), "a b c");
  EXPECT_EQ(lines.value(line, arena, Join::Paragraphs), "a b\nc");
  EXPECT_EQ(lines.value(line, arena, Join::Lines), "a\nb\n\n\nc");
}

TEST(Lines, AValueOfOnePieceIsAView) {
  const std::string_view text = "AB  - abc\n";
  Lines lines(text, 0, kFourColumns);
  Line line;
  ASSERT_TRUE(lines.next(line));
  Arena arena;
  EXPECT_EQ(lines.value(line, arena, Join::Space).data(), text.data() + 6);
  EXPECT_NE(lines.owned(line, arena, Join::Space).data(), text.data() + 6);
}

TEST(Lines, ControlCharactersGo) {
  Lines lines(
      "AB  - a\tb\0c\xC2\x85"
      "d\xC2\x80"
      "e\xC2\xA9\n"sv,
      0, kFourColumns);
  Line line;
  ASSERT_TRUE(lines.next(line));
  Arena arena;
  EXPECT_EQ(lines.value(line, arena, Join::Space), "a bc de\xC2\xA9");
}

TEST(Lines, ControlCharactersHideNoBlanks) {
  Lines lines("AB  - \x18\n      a \x18\n      \x18 \xC2\x80\n      \xC2\x81 b\n\n      \x7F\n"sv, 0, kFourColumns);
  Line line;
  ASSERT_TRUE(lines.next(line));
  Arena arena;
  EXPECT_EQ(lines.value(line, arena, Join::Space), "a b");
  EXPECT_EQ(lines.value(line, arena, Join::Paragraphs), "a\nb");
  EXPECT_EQ(lines.value(line, arena, Join::Lines), "a\n\nb");
}

TEST(Lines, PiecesAreDroppedBetweenRecords) {
  Lines lines("AB  - a\n      b\nAB  - c\n      d\n", 0, kFourColumns);
  Line line;
  ASSERT_TRUE(lines.next(line));
  ASSERT_TRUE(lines.next(line));
  lines.drop_pieces(line);
  EXPECT_EQ(lines.more(line)[0].text, "d");
}

TEST(Codes, FoldCaseAndTellTagsApart) {
  static_assert(code("ty") == code("TY"));
  static_assert(code("TY") != code("YT"));
  static_assert(code("AU") != code("AUID"));
  constexpr TagIndex<16> index = [] {
    TagIndex<16> made;
    made.add(code("TY"), 0);
    made.add(code("AU"), 1);
    made.add(code("TY"), 2);
    return made;
  }();
  EXPECT_EQ(index.find(code("TY")), 0U);
  EXPECT_EQ(index.find(code("AU")), 1U);
  EXPECT_EQ(index.find(code("XX")), index.kNone);
}

std::string laid_out(std::string_view tag, std::string_view value, const LineStyle& style) {
  std::string out;
  append_line(out, tag, value, style);
  return out;
}

TEST(Layout, WithoutWrapping) {
  EXPECT_EQ(laid_out("TY", "JOUR", {2 + 2, 0, 0, false, "\n"}), "TY  - JOUR\n");
  EXPECT_EQ(laid_out("PMID", "", {4, 20, 6, true, "\r\n"}), "PMID- \r\n");
}

TEST(Layout, BreaksAtSingleBlanks) {
  const LineStyle keep{4, 16, 6, true, "\n"};
  const LineStyle drop{4, 16, 6, false, "\n"};
  EXPECT_EQ(laid_out("AB", "aaaa bbbb cccc dddd", keep), "AB  - aaaa bbbb \n      cccc dddd\n");
  EXPECT_EQ(laid_out("AB", "aaaa bbbb cccc dddd", drop), "AB  - aaaa bbbb\n      cccc dddd\n");
  EXPECT_EQ(laid_out("AB", "averyveryverylongword b", keep), "AB  - averyveryverylongword \n      b\n");
  EXPECT_EQ(laid_out("AB", "ééééé éééé éé", keep), "AB  - ééééé \n      éééé éé\n") << "columns are code points";
  EXPECT_EQ(laid_out("AB", "aaaaa  bbbbb", keep), "AB  - aaaaa  bbbbb\n") << "two blanks would come back as one";
}

TEST(Layout, LineFeedsBecomeLines) { EXPECT_EQ(laid_out("AB", "a\n\nb", {4, 0, 6, false, "\n"}), "AB  - a\n\n      b\n"); }

}  // namespace
}  // namespace bibmill::tagged

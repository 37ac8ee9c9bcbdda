// Pandoc's inline Markdown: markup, escapes, and the way back.
#include "bibmill/text/markdown.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>

#include "bibmill/text/rich_text.h"
#include "rich_text_dump.h"

namespace bibmill::text {
namespace {

std::string read(std::string_view markdown) {
  Arena arena;
  const RichText rich = read_markdown(arena, markdown);
  EXPECT_TRUE(keeps_promises(rich)) << markdown;
  return dump(rich);
}

struct MarkdownRow {
  std::string_view markdown;
  std::string_view expected;
};

// Written back, each is the same text.
constexpr MarkdownRow kCanonical[] = {
    {"", ""},
    {"plain, 2 - 3; it's \"so\" (yes)!", "plain, 2 - 3; it's \"so\" (yes)!"},
    {"*E. coli* and **more**", "italic{E. coli}| and |bold{more}"},
    {"**a *b***", "bold{a }|italic+bold{b}"},
    {"***a** b*", "italic+bold{a}|italic{ b}"},
    {"**a***b*", "bold{a}|italic{b}"},
    {"H~2~O and 2^nd^", "H|sub{2}|O and 2|sup{nd}"},
    {"[mRNA]{.nocase} x", "nocase{mRNA}| x"},
    {"[Ibm]{.smallcaps}[u]{.underline}", "sc{Ibm}|underline{u}"},
    {"[a *b*]{.nocase}", "nocase{a }|italic+nocase{b}"},
    {R"(10.1000/b\<c\>)", "10.1000/b<c>"},
    {R"(2 \* 3 \~ 4 \^ 5 \[x\] \`y\` \\ \$5 \@me)", R"(2 * 3 ~ 4 ^ 5 [x] `y` \ $5 @me)"},
    {"snake_case", "snake_case"},
    {R"(\_a\_)", "_a_"},
    {R"(a\--b \... c)", "a--b ... c"},
    {R"(\&amp; & AT&T)", "&amp; & AT&T"},
    {"–—…", "–—…"},
    {R"(1\. First)", "1. First"},
    {R"(2\) Second)", "2) Second"},
    {R"(\# Head)", "# Head"},
    {R"(\- item)", "- item"},
    {"-5 degrees, 1.5 times", "-5 degrees, 1.5 times"},
    {R"(x~a\ b~)", "x|sub{a b}"},
    {"$x^2$ and $$y$$", "math:latex{$x^2$}| and |math:latex{$$y$$}"},
    {R"(a `\foo{b}`{=latex} c)", R"(a |source:latex{\foo{b}}| c)"},
    {"`<br/>`{=html}", "source:html{<br/>}"},
    {"`<math/>`{=mathml}", "math:mathml{<math/>}"},
    {"`` a`b ``{=latex}", "source:latex{a`b}"},
    {"use `code` here", "use |source:markdown{`code`}| here"},
    {"see [the *page*](http://a.b) now", "see |source:markdown{[the *page*](http://a.b)}| now"},
    {"[x]{.other}", "source:markdown{[x]{.other}}"},
};

TEST(Markdown, IsReadAndWrittenBack) {
  for (const MarkdownRow& row : kCanonical) {
    EXPECT_EQ(read(row.markdown), row.expected) << row.markdown;
    Arena arena;
    std::string out;
    EXPECT_EQ(write_markdown(out, read_markdown(arena, row.markdown)), Fidelity::Exact) << row.markdown;
    EXPECT_EQ(out, row.markdown);
  }
}

TEST(Markdown, IsReadInOtherSpellings) {
  constexpr MarkdownRow kRows[] = {
      {"_a_ __b__", "italic{a}| |bold{b}"},
      {"***a***", "italic+bold{a}"},
      {"*a", "*a"},
      {"a* b*", "a* b*"},
      {"2 * 3 * 4", "2 * 3 * 4"},
      {"**a", "**a"},
      {"*a **b*", "italic{a **b}"},
      {"a ~ b ~ c", "a ~ b ~ c"},
      {"~a b~", "~a b~"},
      {"~~x~~", "~~x~~"},
      {"[x] y", "[x] y"},
      {"[*x] y*", "[|italic{x] y}"},
      {"1--2 --- x...", "1–2 — x…"},
      {"----", "----"},
      {"a&amp;b&#8211;c&nope;", "a&b–c&nope;"},
      {R"(a\ b)", "a\u00A0b"},
      {R"(\a)", R"(\a)"},
      {"\\", "\\"},
      {"5$ and 6$", "5$ and 6$"},
      {"`open", "`open"},
      {"``a`", "``a`"},
      {"****", "****"},
  };
  for (const MarkdownRow& row : kRows) EXPECT_EQ(read(row.markdown), row.expected) << row.markdown;
  Arena arena;
  EXPECT_EQ(read_markdown_plain(arena, R"(10.1000/b\<c\>\_d)"), "10.1000/b<c>_d");
}

TEST(Markdown, SaysWhatItNarrows) {
  Arena arena;
  RichTextBuilder builder;
  std::string out;
  builder.append("a", Mark::Italic);
  builder.append(" b ", Mark::Bold);
  EXPECT_EQ(write_markdown(out, builder.finish(arena)), Fidelity::Narrowed);
  EXPECT_EQ(out, "*a* **b** ");
  builder.append("q", Mark::Quote);
  out.clear();
  EXPECT_EQ(write_markdown(out, builder.finish(arena)), Fidelity::Narrowed);
  EXPECT_EQ(out, "“q”");
}

TEST(Markdown, StaysLinear) {
  for (const std::string_view unit : {"*a ", "**a*b", "[",   "]",  "[a](", "~a ",  "~a", "`",     "``a`", "$",
                                      "$a ", "_a",    "***", "\\", "[*a ", "*[a ", "&",  "`a`{=", "]{",   "^~"}) {
    std::string text;
    for (int at = 0; at < 100'000; ++at) text += unit;
    for (int at = 0; at < 50'000; ++at) text += "]*";
    const auto start = std::chrono::steady_clock::now();
    Arena arena;
    const RichText rich = read_markdown(arena, text);
    EXPECT_TRUE(keeps_promises(rich));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10)) << unit;
  }
}

TEST(Markdown, GivesRandomTextBack) {
  constexpr std::string_view kPieces[] = {"a", " ", "*",     "_", "~", "^", "[", "]", "{", "}", "`", "$",  "\\",
                                          "-", ".", "&amp;", "<", "1", "é", "!", "@", "#", "(", ")", "b c"};
  constexpr Mark kMarks[] = {Mark::Italic,    Mark::Bold,   Mark::Subscript, Mark::Superscript,
                             Mark::SmallCaps, Mark::NoCase, Mark::Underline};
  std::mt19937 random(5);
  std::size_t exact = 0;
  for (int round = 0; round < 20'000; ++round) {
    Arena arena;
    RichTextBuilder builder;
    const bool plain = round % 2 == 0;
    for (std::size_t run = random() % 5; run-- > 0;) {
      Marks marks;
      for (std::size_t count = plain ? 0 : random() % 3; count-- > 0;) marks = marks.with(kMarks[random() % std::size(kMarks)]);
      for (std::size_t count = 1 + random() % 4; count-- > 0;) builder.append(kPieces[random() % std::size(kPieces)], marks);
    }
    const RichText rich = builder.finish(arena);
    std::string markdown;
    const Fidelity fidelity = write_markdown(markdown, rich);
    if (plain) {
      ASSERT_EQ(fidelity, Fidelity::Exact);
    }
    if (fidelity != Fidelity::Exact) continue;
    ++exact;
    ASSERT_EQ(dump(read_markdown(arena, markdown)), dump(rich)) << markdown;
  }
  EXPECT_GT(exact, 15'000u);
}

}  // namespace
}  // namespace bibmill::text

// CSL's HTML subset: markup, what only looks like it, and the way back.
#include "bibmill/text/html.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>

#include "bibmill/text/rich_text.h"
#include "rich_text_dump.h"

namespace bibmill::text {
namespace {

std::string read(std::string_view html, const HtmlOptions& options = {}) {
  Arena arena;
  const RichText rich = read_html(arena, html, options);
  EXPECT_TRUE(keeps_promises(rich)) << html;
  return dump(rich);
}

struct HtmlRow {
  std::string_view html;
  std::string_view expected;
};

// Written back, each is the same text.
constexpr HtmlRow kCanonical[] = {
    {"", ""},
    {"plain", "plain"},
    {"H<sub>2</sub>O", "H|sub{2}|O"},
    {"K<sup>+</sup> in <i>E. coli</i>", "K|sup{+}| in |italic{E. coli}"},
    {"<b>a <i>b</i></b>", "bold{a }|italic+bold{b}"},
    {"<i><b>x</b> y</i>", "italic+bold{x}|italic{ y}"},
    {R"(<span class="nocase">NASA</span> story)", "nocase{NASA}| story"},
    {R"(<span style="font-variant:small-caps;">Ibm</span>)", "sc{Ibm}"},
    {R"(<span class="nocase">A<sub>2</sub></span>)", "nocase{A}|sub+nocase{2}"},
    {"p < 0.05 & q > 3", "p < 0.05 & q > 3"},
    {"a <b and c> d", "a <b and c> d"},
    {"x <i> y", "x <i> y"},
    {"x </i> y", "x </i> y"},
    {"<i>a <b>b</i> c", "italic{a <b>b}| c"},
    {"$x$ *s* \"quoted 'inner'\"", "$x$ *s* \"quoted 'inner'\""},
    {"&lt;i&gt;", "&lt;i&gt;"},
    {"a<br/>b<p>c", "a|source:html{<br/>}|b|source:html{<p>}|c"},
    {R"(<a href="x>y">t</a>)", R"(source:html{<a href="x>y">}|t|source:html{</a>})"},
    {R"(<span class="x">t</span>)", R"(source:html{<span class="x">}|t|source:html{</span>})"},
    {R"(<i class="x">t</i>)", R"(source:html{<i class="x">}|t|source:html{</i>})"},
    {"a <math><mi>x</mi></math> b", "a |math:mathml{<math><mi>x</mi></math>}| b"},
    {"<mml:math x='1'><mml:mi>x</mml:mi></mml:math>", "math:mathml{<mml:math x='1'><mml:mi>x</mml:mi></mml:math>}"},
    {"<math> open", "source:html{<math>}| open"},
    {"1 <2> 3 <> 4 <", "1 <2> 3 <> 4 <"},
    {"<https://a.b/c>", "<https://a.b/c>"},
    {"<!-- x -->", "<!-- x -->"},
};

TEST(Html, IsReadAndWrittenBack) {
  for (const HtmlRow& row : kCanonical) {
    EXPECT_EQ(read(row.html), row.expected) << row.html;
    Arena arena;
    std::string out;
    EXPECT_EQ(write_html(out, read_html(arena, row.html)), Fidelity::Exact) << row.html;
    EXPECT_EQ(out, row.html);
  }
}

TEST(Html, IsReadInOtherSpellings) {
  constexpr HtmlRow kRows[] = {
      {"<em>a</em><strong>b</strong>", "italic{a}|bold{b}"},
      {"<I>a</I>", "italic{a}"},
      {"<sc>Ibm</sc>", "sc{Ibm}"},
      {"<u>a</u>", "underline{a}"},
      {R"(<span style="font-variant: small-caps;">a</span>)", "sc{a}"},
      {R"(<span style='font-variant: small-caps'>a</span>)", "sc{a}"},
      {R"(<span  class = 'nocase' >a</span >)", "nocase{a}"},
      {R"(<span class="nocase" style="font-variant:small-caps;">a</span>)", "sc+nocase{a}"},
      {"<i>a<i>b</i>c</i>", "italic{abc}"},
      {"<i></i>a", "a"},
      {"<i>a</i><i>b</i>", "italic{ab}"},
  };
  for (const HtmlRow& row : kRows) EXPECT_EQ(read(row.html), row.expected) << row.html;
}

TEST(Html, ReadsAndWritesEntitiesOnRequest) {
  HtmlOptions options;
  options.entities = true;
  EXPECT_EQ(read("&lt;i&gt; &amp; <i>&#8211;&#x3B1;</i> &unknown; &#0; &;", options), "<i> & |italic{–α}| &unknown; &#0; &;");
  EXPECT_EQ(read("&Eacute;tudes &alpha;&Alpha;&thetasym; &eacut; &apos;", options), "Études αΑϑ &eacut; '");
  Arena arena;
  std::string out;
  EXPECT_EQ(write_html(out, RichText::of(arena, "<i>a</i> & b"), options), Fidelity::Exact);
  EXPECT_EQ(out, "&lt;i&gt;a&lt;/i&gt; &amp; b");
}

TEST(Html, SaysWhatItNarrows) {
  Arena arena;
  RichTextBuilder builder;
  std::string out;
  EXPECT_EQ(write_html(out, RichText::of(arena, "text that reads <i>as markup</i>")), Fidelity::Narrowed);
  builder.append("a ");
  builder.append("b", Mark::Quote);
  builder.append("c", Marks(Mark::Quote).with(Mark::Italic));
  out.clear();
  EXPECT_EQ(write_html(out, builder.finish(arena)), Fidelity::Narrowed);
  EXPECT_EQ(out, "a “b<i>c”</i>");
  builder.append("u", Mark::Underline);
  builder.append("$x$", Mark::Math, kLatex);
  const RichText rich = builder.finish(arena);
  out.clear();
  EXPECT_EQ(write_html(out, rich), Fidelity::Narrowed);
  EXPECT_EQ(out, "u$x$");
  HtmlOptions options;
  options.underline = true;
  out.clear();
  EXPECT_EQ(write_html(out, without_marks(arena, rich, Mark::Math), options), Fidelity::Exact);
  EXPECT_EQ(out, "<u>u</u>$x$");
}

TEST(Html, IsTold) {
  EXPECT_TRUE(has_html_markup("a <i>b</i>"));
  EXPECT_FALSE(has_html_markup("a <i> b"));
  EXPECT_FALSE(has_html_markup("a <p>b</p>"));
  EXPECT_FALSE(has_html_markup("*a*"));
}

TEST(Html, StaysLinear) {
  for (const std::string_view unit :
       {"<i>", "</i>", "<", "<i", "<math>", "<a \"", "<i><b></i>", "<span class='nocase'>", "<i>a</i>", "<a b='"}) {
    std::string text;
    for (int at = 0; at < 100'000; ++at) text += unit;
    text += "</b>";
    const auto start = std::chrono::steady_clock::now();
    Arena arena;
    const RichText rich = read_html(arena, text);
    EXPECT_TRUE(keeps_promises(rich));
    std::string out;
    write_html(out, rich);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10)) << unit;
  }
}

TEST(Html, GivesRandomTextBack) {
  constexpr std::string_view kPieces[] = {"a", " ", "<",    ">",  "/", "i",   "</i>",  "<b>",
                                          "&", "é", "span", "\"", "=", "<x>", "<sub>", "</sub>"};
  constexpr Mark kMarks[] = {Mark::Italic,    Mark::Bold,   Mark::Subscript, Mark::Superscript,
                             Mark::SmallCaps, Mark::NoCase, Mark::Underline};
  HtmlOptions options;
  options.underline = true;
  std::mt19937 random(11);
  std::size_t exact = 0;
  for (int round = 0; round < 10'000; ++round) {
    options.entities = round % 2 == 0;
    Arena arena;
    RichTextBuilder builder;
    for (std::size_t run = random() % 5; run-- > 0;) {
      Marks marks;
      for (std::size_t count = random() % 3; count-- > 0;) marks = marks.with(kMarks[random() % std::size(kMarks)]);
      for (std::size_t count = 1 + random() % 3; count-- > 0;) builder.append(kPieces[random() % std::size(kPieces)], marks);
    }
    const RichText rich = builder.finish(arena);
    std::string html;
    const Fidelity fidelity = write_html(html, rich, options);
    if (options.entities) {
      ASSERT_EQ(fidelity, Fidelity::Exact) << html;
    }
    if (fidelity != Fidelity::Exact) continue;
    ++exact;
    const RichText again = read_html(arena, html, options);
    ASSERT_EQ(dump(again), dump(rich)) << html;
    std::string twice;
    write_html(twice, again, options);
    ASSERT_EQ(twice, html);
  }
  EXPECT_GT(exact, 5'000u);
}

}  // namespace
}  // namespace bibmill::text

// What fmt makes of .bib files: blocks, fields, comments, options, and what it leaves alone.
#include "layout.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "workbench.h"

namespace bibmill::bibtex {
namespace {

using Choices = std::vector<std::pair<std::string_view, std::string>>;

LaidOut lay_out_with(std::string_view text, const Choices& choices = {}) {
  Settings settings;
  for (const auto& [option, value] : choices) settings.set(option, value);
  return lay_out(Dialect::Bibtex, text, settings);
}

std::string laid_out(std::string_view text, const Choices& choices = {}) { return lay_out_with(text, choices).text; }

/// Why the first thing that was left alone was.
std::string left(std::string_view text) {
  const LaidOut done = lay_out_with(text);
  return done.left.empty() ? std::string("nothing was left") : done.left.front().message;
}

TEST(Fmt, PutsOneFieldOnALine) {
  EXPECT_EQ(laid_out("@ARTICLE {doe2001,Author=\"Doe, Jo\" , title = {The  {B}ell},year=2001}"), "@article{doe2001,\n  author = \"Doe, Jo\",\n  title  = {The  {B}ell},\n  year   = 2001,\n}\n");
  EXPECT_EQ(laid_out("@misc{a}"), "@misc{a,\n}\n");
  EXPECT_EQ(laid_out("@misc(a, note = {x)})"), "@misc{a,\n  note = {x)},\n}\n");
}

TEST(Fmt, KeepsValuesByteForByte) {
  EXPECT_EQ(laid_out("@misc{a, note = {one\n\t two  \n\n three}, month = jan # \"~1\" # foo}"), "@misc{a,\n  note  = {one\n\t two  \n\n three},\n  month = jan # \"~1\" # foo,\n}\n");
}

TEST(Fmt, KeepsComments) {
  EXPECT_EQ(laid_out("@misc{a, % of the key\n% above\n\n   title = {T} % before the comma\n , % too late\nyear = 2001 % last\n  % below\n}"),
            "@misc{a, % of the key\n  % above\n  title = {T}, % before the comma\n  % too late\n  year  = 2001, % last\n  % below\n}\n");
}

TEST(Fmt, KeepsWhatStandsBetween) {
  EXPECT_EQ(laid_out("\n\n  A library.\n  Two lines.\n\n\n@string ( foo = \"Foo\" )\n@STRING{bar={Bar}}\n@preamble{\"\\x\" # foo}\n% of a\n@misc{a}  % behind\n@misc{b}@misc{c}\n@Comment{jabref: x}"),
            "A library.\n  Two lines.\n\n@string{foo = \"Foo\"}\n@string{bar = {Bar}}\n@preamble{\"\\x\" # foo}\n% of a\n@misc{a,\n}  % behind\n@misc{b,\n}\n\n@misc{c,\n}\n\n@Comment{jabref: x}\n");
}

TEST(Fmt, KeepsLineEnds) {
  EXPECT_EQ(laid_out("@misc{a,title={x\r\ny}}\r\n@misc{b}"), "@misc{a,\r\n  title = {x\r\ny},\r\n}\r\n\r\n@misc{b,\r\n}\r\n");
  EXPECT_EQ(laid_out("@misc{a}\r@misc{b}"), "@misc{a,\r}\r\r@misc{b,\r}\r");
}

TEST(Fmt, LeavesFaultsAlone) {
  EXPECT_EQ(laid_out("@misc{a title={x}}\n@misc{b,title={y}}"), "@misc{a title={x}}\n\n@misc{b,\n  title = {y},\n}\n");
  EXPECT_EQ(left("@misc{a title={x}}"), "stays as it is: there is a fault about its key");
  EXPECT_EQ(left("@misc{a, title={x} note={y}}"), "stays as it is: there is a fault in one of its fields");
  EXPECT_EQ(left("@misc{a, title={x}, what, note={y}}"), "stays as it is: something in it is no field");
  EXPECT_EQ(left("@misc{a, title={x}"), "stays as it is: it is not closed");
  EXPECT_EQ(left("% @misc{a, title={x}}"), "stays as it is: other text stands before it on its line");
  EXPECT_EQ(left("@string{a}"), "stays as it is: it is not a name and a value");
  EXPECT_EQ(laid_out("% @misc{a, title={x}}"), "% @misc{a, title={x}}\n");
}

TEST(Fmt, LeavesBlankFilesAlone) {
  EXPECT_EQ(laid_out(""), "");
  EXPECT_EQ(laid_out(" \n\n"), " \n\n");
}

TEST(Fmt, HasOptions) {
  constexpr std::string_view kEntry = "@Book{a, Year = {2001}, title = \"The {\"}Bell{\"} of the tower\", note = \"say {\\\"o}\", author = {Doe, Jo}}";
  EXPECT_EQ(laid_out(kEntry, {{"indent", "4"}, {"align", "none"}, {"type-case", "upper"}, {"name-case", "source"}, {"last-comma", "no"}}),
            "@BOOK{a,\n    Year = {2001},\n    title = \"The {\"}Bell{\"} of the tower\",\n    note = \"say {\\\"o}\",\n    author = {Doe, Jo}\n}\n");
  EXPECT_EQ(laid_out(kEntry, {{"tab", ""}, {"field-order", "author, title"}, {"delimiters", "braces"}, {"numbers", "bare"}}),
            "@book{a,\n\tauthor = {Doe, Jo},\n\ttitle  = {The {\"}Bell{\"} of the tower},\n\tyear   = 2001,\n\tnote   = {say {\\\"o}},\n}\n");
  EXPECT_EQ(laid_out(kEntry, {{"field-order", "name"}, {"delimiters", "quotes"}}),
            "@book{a,\n  author = \"Doe, Jo\",\n  note   = \"say {\\\"o}\",\n  title  = \"The {\"}Bell{\"} of the tower\",\n  year   = \"2001\",\n}\n");
  EXPECT_EQ(laid_out("@misc{a, note = {say \"x\"}, volume = 07}", {{"delimiters", "quotes"}, {"numbers", "braces"}}), "@misc{a,\n  note   = {say \"x\"},\n  volume = {07},\n}\n");
  EXPECT_EQ(laid_out("@misc{a}\n\n@misc{b}\n% c", {{"blank-lines", "0"}}), "@misc{a,\n}\n@misc{b,\n}\n% c\n");
}

TEST(Fmt, WrapsRunningTextOnly) {
  EXPECT_EQ(laid_out("@misc{a, url = {http://a.example/the bell}, title = {The bell\n   of the tower in the village}, note = {See \\url{a  b} and so on and on}, abstract = {One.\n\nTwo and three and four and five.}}", {{"line-width", "30"}}),
            "@misc{a,\n  url      = {http://a.example/the bell},\n  title    = {The bell of the\n              tower in the\n              village},\n  note     = {See \\url{a  b} and so on and on},\n  abstract = {One.\n\nTwo and three and four and five.},\n}\n");
}

/// Sorted once and once more.
std::string sorted(std::string_view text, const Choices& more = {}) {
  Choices choices = more;
  choices.emplace_back("sort", "key");
  const std::string once = laid_out(text, choices);
  EXPECT_EQ(laid_out(once, choices), once);
  return once;
}

TEST(FmtSort, PutsEntriesInTheOrderOfTheirKeys) {
  EXPECT_EQ(sorted("@misc{b}@misc{C}\n@misc{a}"), "@misc{a,\n}\n\n@misc{b,\n}\n\n@misc{C,\n}\n");
  EXPECT_EQ(sorted("@misc{a, note = 1}\n@misc{b}\n@misc{A, note = 2}"), "@misc{a,\n  note = 1,\n}\n\n@misc{A,\n  note = 2,\n}\n\n@misc{b,\n}\n") << "which of two counts stays the same";
  EXPECT_EQ(sorted("@misc{b}\r\n@misc{a}"), "@misc{a,\r\n}\r\n\r\n@misc{b,\r\n}\r\n");
}

TEST(FmtSort, MovesCommentsWithTheirEntries) {
  EXPECT_EQ(sorted("% The library\n\n% of b\n% and more\n@misc{b} % behind b\n% of a\n@misc{a}\n"),
            "% The library\n\n% of a\n@misc{a,\n}\n\n% of b\n% and more\n@misc{b,\n} % behind b\n");
  EXPECT_EQ(sorted("@misc{b}\n@misc{a}\n% the end\n"), "@misc{a,\n}\n\n@misc{b,\n}\n\n% the end\n");
}

TEST(FmtSort, LeavesWhatStandsBetweenInItsPlace) {
  EXPECT_EQ(sorted("@misc{d}\n@misc{c}\n\n% Part two\n\n@misc{b}\n@misc{a}\n"), "@misc{c,\n}\n\n@misc{d,\n}\n\n% Part two\n\n@misc{a,\n}\n\n@misc{b,\n}\n");
  EXPECT_EQ(sorted("@misc{d}\n@misc{c}\n\n% Part two\n\n@misc{b}\n@misc{a}\n", {{"blank-lines", "0"}}), "@misc{c,\n}\n@misc{d,\n}\n\n% Part two\n\n@misc{a,\n}\n@misc{b,\n}\n");
  EXPECT_EQ(sorted("@string{x = {X}}\n@string{y = {Y}}\n% of b\n@misc{b, note = x}@misc{a}@string{z={Z}}@misc{A}"),
            "@string{x = {X}}\n@string{y = {Y}}\n\n@misc{a,\n}\n\n% of b\n@misc{b,\n  note = x,\n}\n\n@string{z = {Z}}\n\n@misc{A,\n}\n");
  EXPECT_EQ(sorted("@misc{b}\n% @misc{a}\n@misc{A}"), "@misc{b,\n}\n% @misc{a}\n\n@misc{A,\n}\n") << "whether it is an entry depends on who reads it";
  EXPECT_EQ(sorted("@misc{c}\n@misc{b title={x}}\n@misc{a}"), "@misc{c,\n}\n\n@misc{b title={x}}\n\n@misc{a,\n}\n") << "nothing passes a fault";
}

TEST(FmtSort, PutsParentsBehindTheirChildren) {
  EXPECT_EQ(sorted("@inbook{z, crossref = {B}}\n@book{b}\n@misc{y}"), "@misc{y,\n}\n\n@inbook{z,\n  crossref = {B},\n}\n\n@book{b,\n}\n");
}

TEST(FmtSort, NamesPlacesOfTheSource) {
  constexpr std::string_view kText = "@misc{b}\n@misc{a}\n@misc{c, title={x}";
  const LaidOut done = lay_out_with(kText, {{"sort", "key"}});
  ASSERT_EQ(done.left.size(), 1U);
  EXPECT_EQ(done.left[0].span.begin, kText.find("@misc{c"));
}

}  // namespace
}  // namespace bibmill::bibtex

// Citations in the languages of manuscripts.
#include "manuscript/manuscript.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "harness.h"

namespace bibmill {
namespace {

using mock::Folder;
using testing::ElementsAre;
using testing::IsEmpty;

struct Read {
  std::vector<std::string> keys;
  std::vector<std::string> remarks;
  bool all = false;
};

Read read(const std::string& path, const ManuscriptOptions& options = {}) {
  const Manuscript manuscript = read_manuscripts({path}, options);
  Read read;
  for (const Citation& citation : manuscript.citations) read.keys.push_back(citation.key);
  for (const ManuscriptRemark& remark : manuscript.remarks) read.remarks.push_back(fmt::format("{}:{} {}", remark.position.line, remark.position.column, remark.diagnostic.code));
  read.all = manuscript.cites_all;
  return read;
}

Read read(std::string_view name, std::string_view text) {
  const Folder folder;
  return read(folder.file(name, text));
}

TEST(Latex, KnowsTheCommandsOfThePackages) {
  EXPECT_THAT(read("a.tex", R"(\cite{a} \citep[see][p.~3]{b, c} \Citet*{d} \autocite [12] {e} \parencites(pre)(post)[1]{f}[2]{g}{h} \volcite{2}[3]{i} \citeA{j} \cite<e.g.,>[p. 2]{k}
\textcquote[12]{l}{quoted} \begin{displaycquote}[3]{m}text\end{displaycquote} \foreigntextcquote{german}[4]{n}{Text} \nocite{o,%
  p,  % a comment
  q}
\citeauthor{a}\footfullcite{r})").keys,
              ElementsAre("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r"));
}

TEST(Latex, LeavesOutWhatIsNoText) {
  const Read found = read("a.tex", "% \\cite{x}\n\\verb|\\cite{x}| \\begin{verbatim}\\cite{x}\\end{verbatim}\n\\iffalse \\ifx\\a\\b\\fi \\cite{x}\\fi 5\\% \\cite{a}\n\\lstinline!\\cite{x}! \\bibcite{x}{1} \\citestyle{x}\n\\end{document} \\cite{x}");
  EXPECT_THAT(found.keys, ElementsAre("a"));
  EXPECT_THAT(found.remarks, IsEmpty());
}

TEST(Latex, LearnsCommandsFromTheirDefinitions) {
  EXPECT_THAT(read("a.tex", R"(\newcommand{\see}[1]{(see \citep{#1})} \newcommand*\both[2][]{\cite[#1]{#2}} \def\old#1{\cite{#1}} \NewDocumentCommand{\new}{o m}{\textcite{#2}}
\see{a} \both[p. 3]{b} \old{c} \new[x]{d})").keys,
              ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(read("a.tex", "\\newcites{app}{Appendix} \\citepapp{a} \\nociteapp{b}").keys, ElementsAre("a", "b"));
}

TEST(Latex, SaysWhatMayCite) {
  const Read found = read("a.tex", "one\n\\labcite{a} \\labcite{b}");
  EXPECT_THAT(found.keys, IsEmpty());
  EXPECT_THAT(found.remarks, ElementsAre("2:1 cited/unknown-command"));
  const Folder folder;
  EXPECT_THAT(read(folder.file("b.tex", "\\labcite{a}"), {{"labcite"}}).keys, ElementsAre("a"));
}

TEST(Latex, FollowsWhatItIncludes) {
  const Folder folder;
  folder.file("part.tex", "\\cite{b} \\input{main}");
  folder.file("more.ltx", "\\cite{d}");
  const Manuscript manuscript = read_manuscripts({folder.file("main.tex", "\\cite{a}\n\\input{part} \\cite{c}\\input more.ltx \\include{nowhere}")}, {});
  ASSERT_EQ(manuscript.citations.size(), 4U);
  EXPECT_EQ(manuscript.citations[1].key, "b");
  EXPECT_TRUE(manuscript.citations[1].file.ends_with("part.tex"));
  EXPECT_EQ(manuscript.citations[2].position, (Position{2, 20}));
  EXPECT_EQ(manuscript.citations[3].key, "d");
  ASSERT_EQ(manuscript.remarks.size(), 1U);
  EXPECT_EQ(manuscript.remarks[0].diagnostic.code, "cited/unreadable-file");
}

TEST(Latex, NociteStarCitesAll) {
  EXPECT_TRUE(read("a.tex", "\\nocite{*}").all);
  EXPECT_FALSE(read("a.tex", "\\nocite{a}").all);
}

TEST(Latex, HostileTextEnds) {
  for (const std::string_view text : {"\\", "\\cite", "\\cite{", "\\cite{a", "\\cite[", "\\begin{verbatim}", "\\verb", "\\verb|", "\\iffalse", "\\newcommand", "\\newcommand{\\a}[1]{", "\\def", "\\input", "%", "\\cite{,,}"})
    EXPECT_THAT(read("a.tex", text).keys, IsEmpty()) << text;
}

TEST(Auxiliary, SaysWhatLatexSaw) {
  const Folder folder;
  folder.file("one.aux", "\\relax\n\\citation{c}\n");
  EXPECT_THAT(read(folder.file("main.aux", "\\relax\n\\citation{a,b}\n\\@input{one.aux}\n\\abx@aux@cite{0}{d}\n\\abx@aux@cite{e}\n\\bibcite{a}{1}\n")).keys, ElementsAre("a", "b", "c", "d", "e"));
  const Read bcf = read("a.bcf", "<bcf:section number=\"0\">\n<bcf:citekey order=\"1\">a&amp;b</bcf:citekey>\n<bcf:citekey order=\"2\" type=\"set\" members=\"c,d\">set1</bcf:citekey>\n</bcf:section>");
  EXPECT_THAT(bcf.keys, ElementsAre("a&b", "c", "d"));
  EXPECT_TRUE(read("a.bcf", "<bcf:citekey order=\"1\">*</bcf:citekey>").all);
}

TEST(Markdown, CitesAsPandocReadsIt) {
  EXPECT_THAT(read("a.md", "---\nnocite: |\n  @z\n---\nAs @doe99 says [@a, p. 3; -@b:c.d]. [see @{https://x.org/?a=b}, and @e_f's]. @g. Or -@h; \xC3\xA9@no @\xC3\xA9t\xC3\xA9" "20\n").keys,
              ElementsAre("z", "doe99", "a", "b:c.d", "https://x.org/?a=b", "e_f", "g", "h", "\xC3\xA9t\xC3\xA9" "20"));
}

TEST(Markdown, LeavesOutWhatIsNoText) {
  EXPECT_THAT(read("a.md", "mail me@example.org \\@x `@x` ``a ` @x``\n```r\n@x\n```\n~~~~\n@x\n~~~\n~~~~\n<!-- @x --> [t](http://a.org/@x) <https://a.org/@x> @a\n").keys, ElementsAre("a"));
  EXPECT_THAT(read("a.qmd", "@fig-one shows @a and @tbl-2\n").keys, ElementsAre("a"));
  EXPECT_THAT(read("a.md", "@fig-one\n").keys, ElementsAre("fig-one"));
  EXPECT_TRUE(read("a.md", "---\nnocite: '@*'\n---\n").all);
}

TEST(Markdown, FollowsWhatItIncludes) {
  const Folder folder;
  folder.file("_part.qmd", "@b");
  folder.file("child.Rmd", "@c");
  EXPECT_THAT(read(folder.file("main.qmd", "@a\n{{< include _part.qmd >}}\n```{r child=\"child.Rmd\"}\n@x\n```\n@d")).keys, ElementsAre("a", "b", "c", "d"));
}

TEST(Typst, TellsCitationsFromLabels) {
  const Folder folder;
  folder.file("part.typ", "@c");
  EXPECT_THAT(read(folder.file("a.typ", "= One <sec>\n@a and @sec, #cite(<b>, form: \"prose\") #include \"part.typ\"\n// @x\n/* @x /* */ @x */ `@x` me@example.org @d. #cite(label(\"e/f\"))")).keys,
              ElementsAre("c", "a", "b", "d", "e/f"));
  EXPECT_TRUE(read("a.typ", "#bibliography(\"refs.bib\", full: true)").all);
}

TEST(Manuscripts, TakeLinearTimeWhateverTheText) {
  struct Piece {
    std::string_view name;
    std::string_view text;
  };
  constexpr Piece kPieces[] = {{"a.tex", "\\cite{"}, {"a.tex", "\\cite["}, {"a.tex", "\\verb"}, {"a.tex", "\\newcommand{\\a}[1]{"}, {"a.tex", "\\iffalse"}, {"a.md", "`"}, {"a.md", "``a"}, {"a.md", "<"},
                               {"a.md", "]("}, {"a.md", "{{<"}, {"a.md", "@{"}, {"a.typ", "#cite(<"}, {"a.typ", "#cite(label(\""}, {"a.typ", "#bibliography("}, {"a.typ", "@"}, {"a.bcf", "<bcf:citekey"}};
  for (const Piece& piece : kPieces) {
    std::string text;
    while (text.size() < 100'000) text += piece.text;
    read(piece.name, text);
  }
}

TEST(Manuscripts, AreToldByTheirNames) {
  EXPECT_TRUE(is_manuscript("a/b.Rmd"));
  EXPECT_FALSE(is_manuscript("refs.bib"));
  EXPECT_THROW(read_manuscripts({"/nowhere/paper.tex"}, {}), InputError);
}

}  // namespace
}  // namespace bibmill

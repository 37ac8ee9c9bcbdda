// What fmt makes of PubMed XML: a line for each element, and text as it was.
#include "layout.h"

#include <gtest/gtest.h>

#include <string>

#include "support.h"

namespace bibmill::pubmed::testing {
namespace {

std::string laid_out(std::string_view text, const std::string& indent = "2") {
  Settings settings;
  settings.set("indent", indent);
  const std::string once = lay_out(text, settings).text;
  EXPECT_EQ(lay_out(once, settings).text, once);
  return once;
}

TEST(Fmt, PutsOneElementOnALine) {
  EXPECT_EQ(laid_out("<?xml version=\"1.0\"?> <!DOCTYPE PubmedArticleSet><PubmedArticleSet><PubmedArticle><MedlineCitation Owner='NLM'><PMID\n Version=\"1\">1</PMID><DateRevised><Year>2001</Year>\n<Month>05</Month></DateRevised>"
                     "</MedlineCitation></PubmedArticle><DeleteCitation><PMID>2</PMID></DeleteCitation></PubmedArticleSet>"),
            "<?xml version=\"1.0\"?>\n<!DOCTYPE PubmedArticleSet>\n<PubmedArticleSet>\n  <PubmedArticle>\n    <MedlineCitation Owner='NLM'>\n      <PMID\n Version=\"1\">1</PMID>\n      <DateRevised>\n        <Year>2001</Year>\n"
            "        <Month>05</Month>\n      </DateRevised>\n    </MedlineCitation>\n  </PubmedArticle>\n  <DeleteCitation><PMID>2</PMID></DeleteCitation>\n</PubmedArticleSet>\n");
  EXPECT_EQ(laid_out("<PubmedArticle><PubmedData><ArticleIdList/></PubmedData></PubmedArticle>", "0"), "<PubmedArticle>\n<PubmedData>\n<ArticleIdList/>\n</PubmedData>\n</PubmedArticle>\n");
}

TEST(Fmt, KeepsTextAndMarkupByteForByte) {
  const std::string title = "<ArticleTitle> Tides  of\n CO<sub>2</sub> &amp; <i>kelp</i> <!-- sic --></ArticleTitle>";
  EXPECT_EQ(laid_out("<PubmedArticle><MedlineCitation><Article>" + title + "</Article></MedlineCitation></PubmedArticle>", "1"),
            "<PubmedArticle>\n <MedlineCitation>\n  <Article>\n   " + title + "\n  </Article>\n </MedlineCitation>\n</PubmedArticle>\n");
  EXPECT_EQ(laid_out("<PubmedArticle><MedlineCitation>stray<PMID>1</PMID></MedlineCitation></PubmedArticle>"), "<PubmedArticle>\n  <MedlineCitation>stray<PMID>1</PMID></MedlineCitation>\n</PubmedArticle>\n");
  EXPECT_EQ(laid_out("<PubmedArticle><Unheard> <Of/> </Unheard></PubmedArticle>"), "<PubmedArticle>\n  <Unheard> <Of/> </Unheard>\n</PubmedArticle>\n");
}

TEST(Fmt, KeepsCommentsAndLineEnds) {
  EXPECT_EQ(laid_out("<!-- all --><PubmedArticleSet>\r\n<PubmedArticle><MedlineCitation><!-- one --><PMID>1</PMID><?two?></MedlineCitation></PubmedArticle><!-- three --></PubmedArticleSet>"),
            "<!-- all -->\r\n<PubmedArticleSet>\r\n  <PubmedArticle>\r\n    <MedlineCitation>\r\n      <!-- one -->\r\n      <PMID>1</PMID>\r\n      <?two?>\r\n    </MedlineCitation>\r\n  </PubmedArticle>\r\n  <!-- three -->\r\n</PubmedArticleSet>\r\n");
}

TEST(Fmt, LeavesBrokenRecordsAlone) {
  const std::string broken = "<PubmedArticle><MedlineCitation> <PMID>1</MedlineCitation></PubmedArticle>";
  const LaidOut done = lay_out("<PubmedArticleSet>" + broken + "</PubmedArticleSet>", {});
  EXPECT_EQ(done.text, "<PubmedArticleSet>\n  " + broken + "\n</PubmedArticleSet>\n");
  ASSERT_EQ(done.left.size(), 1U);
  EXPECT_EQ(done.left[0].span.begin, 18U);
  EXPECT_EQ(laid_out("<PubmedArticleSet><PubmedArticle><MedlineCitation>\n"), "<PubmedArticleSet>\n  <PubmedArticle><MedlineCitation>\n");
  EXPECT_EQ(lay_out(" \n", {}).text, " \n");
}

TEST(Fmt, IndentsNoDeeperThanRecordsAre) {
  std::string text = "<PubmedBookArticle><BookDocument><Sections>";
  for (int depth = 0; depth < 500; ++depth) text += "<Section>";
  for (int depth = 0; depth < 500; ++depth) text += "</Section>";
  text += "</Sections></BookDocument></PubmedBookArticle>";
  EXPECT_LT(laid_out(text, "16").size(), text.size() * 4);
}

}  // namespace
}  // namespace bibmill::pubmed::testing

// What is too much, too deep or made to deceive: large cases, made here; small ones are files in fixtures/hostile.
#include <gtest/gtest.h>

#include <string>

#include "support.h"

namespace bibmill::pubmed::testing {
namespace {

/// A record of that citation, and a sound one behind it.
std::string with_sound_neighbour(const std::string& inside) {
  return "<PubmedArticleSet><PubmedArticle><MedlineCitation Status=\"MEDLINE\"><PMID Version=\"1\">1</PMID>" + inside +
         "</MedlineCitation></PubmedArticle><PubmedArticle><MedlineCitation><PMID Version=\"1\">2</PMID><Article><ArticleTitle>Sound."
         "</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>";
}

void expect_sound_neighbour(const Reading& reading) {
  ASSERT_EQ(reading.records.size(), 2U);
  EXPECT_EQ(reading.records[1].get<Field::Title>()->text(), "Sound");
}

TEST(Hostile, AMillionAuthors) {
  constexpr std::size_t kAuthors = 1'000'000;
  std::string list = "<Article><AuthorList>";
  for (std::size_t at = 0; at < kAuthors; ++at) list += "<Author><LastName>A</LastName></Author>";
  const Reading reading = read(with_sound_neighbour(list + "</AuthorList></Article>"), ReadOptions{});
  expect_sound_neighbour(reading);
  EXPECT_EQ(reading.records[0].get<Field::Author>()->list.size(), kAuthors);
  EXPECT_TRUE(reading.diagnostics.list.empty());
}

TEST(Hostile, AnAttributeOfTenMegabytes) {
  const std::string value(10'000'000, 'x');
  for (const std::string name : {"Unheard", "mml:of"}) {  // one that is plain, and one for libxml2
    const Reading reading = read(with_sound_neighbour("<Article " + name + "=\"" + value + "\"/>"), ReadOptions{});
    expect_sound_neighbour(reading);
    bool whole = false;
    for (const Item& item : reading.records[0].items())
      if (const Extra* const extra = std::get_if<Extra>(&item)) whole = whole || extra->raw.size() > value.size();
    EXPECT_TRUE(whole) << name;
  }
}

TEST(Hostile, ThousandsOfAttributes) {
  std::string tag = "<Article";
  for (std::size_t at = 0; at < 20'000; ++at) tag += " a" + std::to_string(at) + "=\"1\"";
  expect_sound_neighbour(read(with_sound_neighbour(tag + "/>"), ReadOptions{}));
}

TEST(Hostile, ElementsBeyondAnyDepth) {
  for (const std::size_t depth : {std::size_t{1000}, std::size_t{2000}, std::size_t{200'000}}) {
    std::string nest;
    for (std::size_t at = 0; at < depth; ++at) nest += "<i>";
    nest += "deep";
    for (std::size_t at = 0; at < depth; ++at) nest += "</i>";
    const Reading reading = read(with_sound_neighbour("<Article><ArticleTitle>" + nest + "</ArticleTitle></Article>"), ReadOptions{});
    expect_sound_neighbour(reading);
    EXPECT_EQ(reading.diagnostics.list.empty(), depth < 1024) << depth;
  }
}

TEST(Hostile, ARecordWithinACommentOrCdataIsNone) {
  const std::string record = "<PubmedArticle><MedlineCitation><PMID>9</PMID></MedlineCitation></PubmedArticle>";
  expect_sound_neighbour(read(with_sound_neighbour("<!-- " + record + " -->")));
  expect_sound_neighbour(read(with_sound_neighbour("<Article><ArticleTitle><![CDATA[" + record + "]]></ArticleTitle></Article>")));
  const Reading between = read("<!-- " + record + " -->" + with_sound_neighbour(""));
  expect_sound_neighbour(between);
}

TEST(Hostile, ARecordThatBreaksOffIsReadAsFarAsItGoes) {
  const std::string whole = with_sound_neighbour("<Article><ArticleTitle>Cut &amp; dried.</ArticleTitle></Article>");
  for (std::size_t size = 60; size < whole.size(); size += 7) {
    const Reading reading = read(whole.substr(0, size));
    EXPECT_LE(reading.records.size(), 2U);
    if (size > 110 && size < whole.find("</PubmedArticle>")) {
      EXPECT_FALSE(reading.diagnostics.list.empty()) << size;
    }
  }
}

}  // namespace
}  // namespace bibmill::pubmed::testing

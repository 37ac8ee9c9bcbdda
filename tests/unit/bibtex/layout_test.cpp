// How entries look: order, alignment, width, and the names that importers and styles want.
#include <gtest/gtest.h>

#include "workbench.h"

namespace bibmill::bibtex {
namespace {

constexpr std::string_view kEntry = "@misc{a, year = 2001, title = {The bell of the tower in the village}, url = {http://a.example/the bell}, author = {Doe, Jo}, urldate = {2001-05-07}, eid = {7}}\n";

std::string written(const WriteOptions& options, const Format& format = bibtex_format(), std::string_view text = kEntry) {
  return write(read(text, bibtex_format(), {true, false, 0}), format, options).text;
}

TEST(Layout, PutsFieldsInOrder) {
  WriteOptions options;
  options.settings.set("align", "none");
  options.settings.set("field-order", "name");
  EXPECT_EQ(written(options), "@misc{a,\n  author = {Doe, Jo},\n  eid = {7},\n  title = {The bell of the tower in the village},\n  url = {http://a.example/the bell},\n  urldate = {2001-05-07},\n  year = {2001},\n}\n");
  WriteOptions model;
  model.settings.set("align", "none");
  model.settings.set("field-order", "model");
  EXPECT_EQ(written(model), "@misc{a,\n  author = {Doe, Jo},\n  title = {The bell of the tower in the village},\n  year = {2001},\n  urldate = {2001-05-07},\n  eid = {7},\n  url = {http://a.example/the bell},\n}\n");
}

TEST(Layout, WrapsWhatMayBeWrapped) {
  WriteOptions options;
  options.settings.set("line-width", "32");
  const std::string once = written(options);
  EXPECT_EQ(once, "@misc{a,\n  year    = {2001},\n  title   = {The bell of the\n             tower in the\n             village},\n  url     = {http://a.example/the bell},\n  author  = {Doe, Jo},\n  urldate = {2001-05-07},\n  eid     = {7},\n}\n");
  EXPECT_EQ(written(options, bibtex_format(), once), once);
  EXPECT_EQ(read(once, bibtex_format(), {false, false, 0}).dump(), read(kEntry, bibtex_format(), {false, false, 0}).dump());
}

TEST(Profiles, NameTypesAndFields) {
  WriteOptions acm;
  acm.profile = "acm";
  const std::string for_acm = written(acm);
  EXPECT_EQ(for_acm.substr(0, 8), "@online{");
  EXPECT_NE(for_acm.find("lastaccessed = {2001-05-07}"), std::string::npos);
  EXPECT_NE(for_acm.find("articleno    = {7}"), std::string::npos);
  WriteOptions ieee;
  ieee.profile = "ieee";
  EXPECT_EQ(written(ieee).substr(0, 12), "@electronic{");
  EXPECT_EQ(written({}).substr(0, 6), "@misc{");
  // IEEE's types mean the same on the way back.
  EXPECT_EQ(read(written(ieee)).records[0].type, Type::Webpage);
}

TEST(Profiles, SpareZoteroTypesThatItDrops) {
  WriteOptions zotero;
  zotero.profile = "zotero";
  const Writing writing = write(read("@dataset{a, title = {T}, note = {N}}", biblatex_format()), biblatex_format(), zotero);
  EXPECT_EQ(writing.text, "@misc{a,\n  title = {T},\n  note  = {N. dataset},\n}\n");
  EXPECT_EQ(writing.lost(), std::vector<std::string>{"merged type"});
}

TEST(Writer, WritesStringsInBraces) {
  const Writing writing = write(read("@string(acm = \"ACM (press)\")\n@preamble(\"x\")\n@string(odd = {a)})\n@misc{a, note = acm}\n", bibtex_format(), {true, false, 0}), bibtex_format());
  EXPECT_EQ(writing.text, "@string{acm = \"ACM (press)\"}\n\n@preamble{\"x\"}\n\n@string{odd = {a)}}\n\n@misc{a,\n  note = acm,\n}\n");
}

TEST(Writer, ProtectsTheSubtitlesFirstWord) {
  const Writing writing = write(read("@book{a, title = {Bells}, subtitle = {Ropes and rings}, date = {2001}}", biblatex_format()), bibtex_format());
  EXPECT_NE(writing.text.find("{Bells: {Ropes} and rings}"), std::string::npos) << writing.text;
}

TEST(Writer, GivesBiberOneIsbnAndNoAliasOfItself) {
  const Writing writing = write(read("@book{a, title = {T}, isbn = {9789999000017 9789999000024}}", bibtex_format()), biblatex_format());
  EXPECT_NE(writing.text.find("isbn  = {9789999000017},"), std::string::npos) << writing.text;
  EXPECT_EQ(writing.lost(), std::vector<std::string>{"narrowed ISBN: further ISBNs"});
}

}  // namespace
}  // namespace bibmill::bibtex

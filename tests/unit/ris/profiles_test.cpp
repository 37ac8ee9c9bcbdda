// What each importer gets otherwise, and the options of the writer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "support.h"

namespace bibmill::ris::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

WriteOptions for_profile(std::string_view profile) {
  WriteOptions options;
  options.profile = profile;
  return options;
}

/// The lines of a record of another format, given in RIS, as they are written for the profile.
Writing written_for(std::string_view profile, std::string_view type, std::string_view lines) {
  return write(estranged(read("TY  - " + std::string(type) + "\n" + std::string(lines) + "ER  - \n")), for_profile(profile));
}

TEST(RisProfiles, TheDescriptorListsThem) {
  std::vector<std::string_view> names;
  for (const Profile& profile : format().profiles) names.push_back(profile.name);
  EXPECT_THAT(names, ElementsAre("endnote", "zotero", "mendeley", "refworks", "citavi", "papers"));
  for (const Profile& profile : format().profiles) EXPECT_THAT(profile.page(), HasSubstr("## What "));
}

TEST(RisProfiles, EndNoteMarksBodiesAndSaysDatesInWords) {
  const Writing writing = written_for("endnote", "JOUR", "AU  - Splice, H. O.\nAU  - Rope Study Group\nPY  - 2016\nDA  - 2016/05/07/\nID  - splice\n");
  EXPECT_THAT(writing.text, HasSubstr("AU  - Splice, H. O.\nAU  - Rope Study Group,\n"));
  EXPECT_THAT(writing.text, HasSubstr("PY  - 2016\nDA  - May 7\n"));
  EXPECT_THAT(writing.text, HasSubstr("LB  - splice\nID  - splice\n"));
  EXPECT_THAT(writing.remarks(), ElementsAre("supplied citation-label"));
  const Reading back = read(writing.text);
  EXPECT_EQ(text::dump(back.records.at(0).find(Field::Issued)->value), "\"2016-05-07\"");
  EXPECT_EQ(back.records.at(0).get<Field::Author>()->list[1].literal, "Rope Study Group");
}

TEST(RisProfiles, EndNoteGetsTheMonthAlone) {
  EXPECT_THAT(written_for("endnote", "JOUR", "PY  - 2016\nDA  - 2016/05//\n").text, HasSubstr("PY  - 2016\nDA  - May\n"));
  EXPECT_THAT(written_for("endnote", "JOUR", "PY  - 2016\nDA  - 2016/05/07/online\n").text, HasSubstr("DA  - 2016/05/07/online\n")) << "more than words can say";
}

TEST(RisProfiles, ZoteroHasNoPlaceForSuffixesAndArticleNumbers) {
  const Writing writing = written_for("zotero", "JOUR", "AU  - King, Martin Luther, Jr.\nC7  - e17\nC2  - PMC9910001\n");
  EXPECT_THAT(writing.text, HasSubstr("AU  - King, Martin Luther Jr.\n"));
  EXPECT_THAT(writing.text, HasSubstr("SP  - e17\n"));
  EXPECT_THAT(writing.text, HasSubstr("M2  - PMCID: PMC9910001\n"));
  EXPECT_THAT(writing.remarks(), ElementsAre("narrowed author: division of names", "narrowed article-number: exact meaning"));
  EXPECT_EQ(read(writing.text).records.at(0).get<Field::Pmcid>()->list[0].value, "PMC9910001");
  EXPECT_THAT(written_for("zotero", "JOUR", "SP  - 1\nEP  - 9\nC7  - e17\n").text, HasSubstr("C7  - e17\n")) << "the pages are there";
}

TEST(RisProfiles, ZoteroReadsTheConferencesPlaceFromC1) {
  EXPECT_THAT(written_for("zotero", "CONF", "CY  - Oslo\n").text, HasSubstr("C1  - Oslo\n"));
  EXPECT_THAT(written_for("zotero", "CONF", "CY  - Oslo\nC1  - Berlin\n").text, HasSubstr("CY  - Oslo\n"));
}

TEST(RisProfiles, MendeleyTellsOnlyAuthorsAndEditors) {
  const Writing book = written_for("mendeley", "BOOK", "AU  - Author, A.\nA2  - Series, S.\nA3  - Editor, E.\nA4  - Translator, T.\n");
  EXPECT_THAT(book.text, HasSubstr("A2  - Editor, E.\n"));
  EXPECT_THAT(book.text, Not(HasSubstr("Series")));
  EXPECT_THAT(book.text, Not(HasSubstr("Translator")));
  EXPECT_THAT(book.remarks(), ElementsAre("dropped collection-editor", "narrowed editor: exact meaning", "dropped translator"));
  EXPECT_THAT(written_for("mendeley", "ELEC", "TI  - Page\n").text, HasSubstr("TY  - ICOMM\n"));
}

TEST(RisProfiles, EndNotePrintsDatesAsTheyStand) {
  EXPECT_THAT(written_for("endnote", "JOUR", "DA  - 1990///Summer\nPY  - 1990\n").text, HasSubstr("PY  - 1990\nDA  - Summer\n"));
  EXPECT_THAT(written_for("endnote", "JOUR", "DA  - 1990///Nov-Dec\nPY  - 1990\n").text, HasSubstr("PY  - 1990\nDA  - Nov-Dec\n"));
  EXPECT_THAT(written_for("endnote", "JOUR", "DA  - 2019/2020\n").text, HasSubstr("PY  - 2019-2020\n"));
  EXPECT_THAT(written_for("endnote", "JOUR", "Y2  - 2020/01/02/\n").text, HasSubstr("Y2  - 2020-01-02\n"));
  EXPECT_THAT(written_for("endnote", "BOOK", "OP  - 1897\n").text, HasSubstr("OP  - 1897\n"));
}

TEST(RisProfiles, ZoteroCitesThePmidInExtra) {
  const Writing writing = written_for("zotero", "JOUR", "DB  - PubMed\nAN  - 35244835\n");
  EXPECT_THAT(writing.text, HasSubstr("M2  - PMID: 35244835\n"));
  EXPECT_THAT(writing.text, Not(HasSubstr("AN  - ")));
  EXPECT_EQ(read(writing.text).records.at(0).get<Field::Pmid>()->list[0].value, "35244835");
}

TEST(RisProfiles, WhatTheSpecificationOf2001DoesNotHave) {
  for (const std::string_view profile : {"mendeley", "refworks", "papers", "citavi"}) {
    const Writing alone = written_for(profile, "CONF", "C3  - Proc Ropes\nC1  - Berlin\nC7  - e17\n");
    EXPECT_THAT(alone.text, HasSubstr("T2  - Proc Ropes\n")) << profile;
    EXPECT_THAT(alone.text, HasSubstr("CY  - Berlin\n")) << profile;
    EXPECT_THAT(alone.text, HasSubstr("SP  - e17\n")) << profile;
    const Writing both = written_for(profile, "CONF", "C3  - Proc Ropes\nT2  - Rope Congress\nCY  - Lisbon\nC1  - Berlin\nSP  - 1\nEP  - 9\nC7  - e17\n");
    EXPECT_THAT(both.text, HasSubstr("T2  - Proc Ropes\n")) << profile;
    EXPECT_THAT(both.text, HasSubstr("CY  - Lisbon\n")) << profile;
    EXPECT_THAT(both.remarks(), Contains("dropped event-title")) << profile;
    EXPECT_THAT(both.remarks(), Contains("dropped publisher-place")) << profile;
    EXPECT_THAT(both.remarks(), Contains("dropped article-number")) << profile;
  }
}

TEST(RisProfiles, TypesOf2001) {
  const Writing standard = written_for("refworks", "STAND", "TI  - Bollards\n");
  EXPECT_THAT(standard.text, HasSubstr("TY  - RPRT\n"));
  EXPECT_THAT(standard.remarks(), Contains("merged type"));
  EXPECT_THAT(written_for("papers", "JOUR", "T2  - Rope Science\nJ2  - Rope Sci\n").text, HasSubstr("JF  - Rope Science\nJA  - Rope Sci\n"));
  EXPECT_THAT(written_for("citavi", "BOOK", "A3  - Editor, E.\n").text, HasSubstr("A2  - Editor, E.\n"));
}

TEST(RisProfiles, RecordsOfRisAreWrittenForTheImporterToo) {
  const Reading own = read("TY  - ELEC\nAU  - Rope Study Group\nDA  - 2016/05/07\nPY  - 2016\nER  - \n");
  EXPECT_THAT(write(own, for_profile("endnote")).text, HasSubstr("AU  - Rope Study Group,\nDA  - May 7\nPY  - 2016\n"));
  EXPECT_THAT(write(own, for_profile("mendeley")).text, HasSubstr("TY  - ICOMM\n"));
  const Reading online = read("TY  - EJOUR\nTI  - Nets\nER  - \n");
  EXPECT_THAT(write(online, for_profile("papers")).text, HasSubstr("TY  - JOUR\n"));
  EXPECT_THAT(write(online, for_profile("endnote")).text, HasSubstr("TY  - EJOUR\n"));
  EXPECT_EQ(write(own).text, "TY  - ELEC\nAU  - Rope Study Group\nDA  - 2016/05/07\nPY  - 2016\nER  - \n");
}

// -------------------------------------------------------------------------------------------------------------- options

Reading one_with_markup() {
  Record record(std::make_shared<Arena>());
  record.type = Type::ArticleJournal;
  Run plain{.text = "On ", .marks = {}, .notation = {}};
  Run italic{.text = "E. coli", .marks = Mark::Italic, .notation = {}};
  RichText title;
  title.runs.push_back(record.arena(), plain);
  title.runs.push_back(record.arena(), italic);
  record.add(Field::Title, title);
  Reading reading;
  reading.arenas.push_back(record.shared_arena());
  reading.record(std::move(record));
  return reading;
}

TEST(RisOptions, RichTextIsPlainUnlessAskedFor) {
  const Writing plain = write(one_with_markup());
  EXPECT_THAT(plain.text, HasSubstr("TI  - On E. coli\n"));
  EXPECT_THAT(plain.remarks(), ElementsAre("narrowed title: markup"));
  WriteOptions html;
  html.settings.set("rich-text", "html");
  const Writing marked = write(one_with_markup(), html);
  EXPECT_THAT(marked.text, HasSubstr("TI  - On <i>E. coli</i>\n"));
  EXPECT_THAT(marked.remarks(), IsEmpty());
  EXPECT_FALSE(marked.ledgers.at(0).is_exact(0)) << "RIS reads it as text";
}

TEST(RisOptions, ProfilesChooseTheNotation) {
  EXPECT_THAT(write(one_with_markup(), for_profile("zotero")).text, HasSubstr("<i>E. coli</i>"));
  WriteOptions plain = for_profile("zotero");
  plain.settings.set("rich-text", "plain");
  EXPECT_THAT(write(one_with_markup(), plain).text, HasSubstr("TI  - On E. coli\n"));
}

TEST(RisOptions, AByteOrderMarkIfAskedFor) {
  const auto begun = [](const WriteOptions& options) {
    Output output;
    format().make_writer(options, format().mappings)->begin(output);
    return output.text;
  };
  EXPECT_EQ(begun({}), "");
  WriteOptions options;
  options.settings.set("bom", "");
  EXPECT_EQ(begun(options), "\xEF\xBB\xBF");
}

TEST(RisOptions, LinesEndAsAskedFor) {
  WriteOptions options;
  options.line_end = "\r\n";
  EXPECT_EQ(write(read("TY  - JOUR\nAB  - One.\n\nXY  - two\nER  - \n"), options).text, "TY  - JOUR\r\nAB  - One.\r\n\r\nXY  - two\r\nER  - \r\n");
}

}  // namespace
}  // namespace bibmill::ris::testing

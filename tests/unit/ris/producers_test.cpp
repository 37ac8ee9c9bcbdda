// Who wrote a record, and what is read otherwise for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "support.h"

namespace bibmill::ris::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string dump(std::string_view lines) { return text::dump(read("TY  - JOUR\n" + std::string(lines) + "ER  - \n").records.at(0)); }

struct Known {
  std::string_view folder;
  std::string_view producer;
};
class KnownProducer : public ::testing::TestWithParam<Known> {};
INSTANTIATE_TEST_SUITE_P(Ris, KnownProducer,
                         ::testing::Values(Known{"scopus", "Scopus"}, Known{"embase", "Embase"}, Known{"proquest", "ProQuest"}, Known{"ovid", "Ovid"},
                                           Known{"web_of_science", "Web of Science"}, Known{"pubmed_zotero", "PubMed through Zotero"},
                                           Known{"pubmed_endnote", "PubMed through EndNote"}, Known{"endnote", "PubMed through EndNote"}, Known{"mendeley", "Mendeley"},
                                           Known{"rayyan", "Rayyan"}, Known{"cochrane", "Cochrane Library"}, Known{"google_scholar", "Google Scholar"},
                                           Known{"ieee_xplore", "IEEE Xplore"}, Known{"springerlink", "SpringerLink"}, Known{"sciencedirect", "ScienceDirect"},
                                           Known{"lens", "The Lens"}, Known{"dimensions", "Dimensions"}, Known{"zotero", "Zotero"}, Known{"specification", ""}),
                         [](const auto& about) { return std::string(about.param.folder); });

TEST_P(KnownProducer, IsRecognised) {
  for (const std::filesystem::path& file : files_below(fixtures() / "ris" / GetParam().folder)) EXPECT_EQ(format().producer(text_of(file)), GetParam().producer) << file;
}

TEST(RisProducers, EmbaseWritesInitialsBehindNames) {
  const std::string embase = dump("A1  - de Valve Jr. P.\nA1  - World Health Organization\nA1  - Elbow-Joint D.-G.\nU2  - L99\nDB  - Embase\n");
  EXPECT_THAT(embase, HasSubstr(R"({"family":"de Valve","given":"P.","suffix":"Jr.","raw":"de Valve Jr. P."})"));
  EXPECT_THAT(embase, HasSubstr(R"({"literal":"World Health Organization"})"));
  EXPECT_THAT(embase, HasSubstr(R"({"family":"Elbow-Joint","given":"D.-G.",)"));
  EXPECT_THAT(embase, HasSubstr(R"(archive_location (U2): "L99")"));
  const std::string other = dump("A1  - Pipe R.\nU2  - L99\n");
  EXPECT_THAT(other, HasSubstr(R"(author (A1): [{"literal":"Pipe R."}])"));
  EXPECT_THAT(other, HasSubstr(R"(extra ris (U2): "L99")"));
}

TEST(RisProducers, WebOfScienceListsAffiliationsInC3) {
  const std::string text = "TY  - CPAPER\nTI  - Radar\nC3  - University of Haze\nT2  - 2017 HAZE\nCP  - Haze Conference\nAN  - WOS:000999000003403\nER  - \n";
  const Reading reading = read(text);
  EXPECT_EQ(text::dump(reading.records.at(0)),
            "paper-conference (CPAPER)\n  title (TI): \"Radar\"\n  extra ris (C3): \"University of Haze\"\n  container-title (T2): \"2017 HAZE\"\n"
            "  event-title (CP): \"Haze Conference\"\n  archive_location (AN): \"WOS:000999000003403\"\n");
  EXPECT_EQ(write(reading).text, text);
  EXPECT_THAT(write(estranged(reading)).text, HasSubstr("T2  - 2017 HAZE\nCP  - Haze Conference\n")) << "AN makes a reader take C3 for affiliations";
}

TEST(RisProducers, ScopusWritesEditorsWithoutComma) {
  const std::string scopus = dump("A2  - Müller K.\nA2  - Group B\nDB  - Scopus\n");
  EXPECT_THAT(scopus, HasSubstr(R"(editor (A2): [{"family":"Müller","given":"K.","raw":"Müller K."},{"literal":"Group B"}])"));
}

TEST(RisProducers, CitavisBooksHaveEditorsInA2) {
  const std::string text = "TY  - BOOK\nA2  - Gulf, Ann\nTI  - Nets\nM4  - Citavi\nER  - \n";
  const Reading reading = read(text);
  EXPECT_THAT(text::dump(reading.records.at(0)), HasSubstr("editor (A2): [{\"family\":\"Gulf\""));
  EXPECT_EQ(write(reading).text, text);
  WriteOptions zotero;
  zotero.profile = "zotero";
  EXPECT_THAT(write(reading, zotero).text, HasSubstr("A3  - Gulf, Ann\n"));
}

TEST(RisProducers, NotEveryDateIsMendeleys) {
  EXPECT_EQ(format().producer("TY  - JOUR\nY1  - 2011/05//\nPY  - 2011\nDA  - 2011/05//\nER  - \n"), "Mendeley");
  EXPECT_EQ(format().producer("TY  - JOUR\nY1  - 2011/05//\nPY  - 2011\nER  - \n"), "");
  EXPECT_EQ(format().producer("TY  - JOUR\nY1  - 2011/05/01/\nPY  - 2011\nDA  - 2011/05//\nER  - \n"), "");
}

TEST(RisProducers, GoogleScholarKnowsNoDoi) {
  EXPECT_EQ(format().producer("TY  - JOUR\nA1  - Gulf, A\nJO  - Nets\nER  - \n"), "Google Scholar");
  EXPECT_EQ(format().producer("TY  - JOUR\nA1  - Gulf, A\nJO  - Nets\nDO  - 10.5555/x\nER  - \n"), "");
}

TEST(RisProducers, AnEmptyLineTellsIeee) {
  const std::string_view text = "TY  - JOUR\nAU  - J. Smith\nVO  - \nVL  - 3\nER  - \n";
  EXPECT_EQ(format().producer(text), "IEEE Xplore");
  const Reading reading = read(text);
  EXPECT_THAT(text::dump(reading.records.at(0)), HasSubstr(R"(author (AU): [{"family":"Smith","given":"J.","raw":"J. Smith"}])"));
  EXPECT_THAT(write(reading).text, HasSubstr("AU  - Smith, J.\n")) << "without VO the name would be a body's";
  EXPECT_THAT(dump("AU  - J. Smith\nUR  - https://ieeexplore.ieee.org/document/1\n"), HasSubstr(R"({"family":"Smith")"));
}

TEST(RisProducers, IeeeWritesInitialsInFrontOfNames) {
  EXPECT_THAT(dump("AU  - J. -P. van der Amarre\nAU  - Bell Labs\nAU  - P. T. C.\nVO  - 3\nVL  - 3\n"),
              HasSubstr(R"([{"family":"van der Amarre","given":"J. -P.","raw":"J. -P. van der Amarre"},{"literal":"Bell Labs"},{"literal":"P. T. C."}])"));
}

TEST(RisProducers, CochraneHasTagsOfItsOwn) {
  const std::string cochrane = dump("AN  - CN-1\nAU  - Bath SM\nYR  - 2016\nNO  - 2\nPG  - 141-150\nPM  - PUBMED 99004301\nAB  - Feet.\nUS  - https://feet.example/1\n");
  EXPECT_THAT(cochrane, HasSubstr(R"({"family":"Bath","given":"SM",)"));
  EXPECT_THAT(cochrane, HasSubstr(R"(issued (YR): "2016")"));
  EXPECT_THAT(cochrane, HasSubstr(R"(issue (NO): "2")"));
  EXPECT_THAT(cochrane, HasSubstr(R"(page (PG): [{"first":"141","last":"150"}])"));
  EXPECT_THAT(cochrane, HasSubstr(R"(PMID (PM): [{"scheme":"pmid","value":"99004301"}])"));
  EXPECT_THAT(cochrane, HasSubstr(R"(URL (US): "https://feet.example/1")"));
}

TEST(RisProducers, TagsThatAreWordsEndNoRunningText) {
  EXPECT_THAT(dump("AB  - There was\nNO  - effect, and\nPG  - none either, in the\nUS  - and abroad.\nKW  - x\n"),
              HasSubstr(R"([{"text":"There was NO  - effect, and PG  - none either, in the US  - and abroad."}])"));
}

TEST(RisProducers, WhatStandsBehindRunningTextIsWrittenApart) {
  const std::string text = "TY  - JOUR\nAB  - There was one.\n\nNO  - 7\nER  - \n";
  const Reading reading = read(text);
  EXPECT_EQ(reading.records.at(0).get<Field::Issue>()->value, "7");
  EXPECT_EQ(write(reading).text, text);
}

TEST(RisProducers, OvidSaysTheCountryAgain) {
  const std::string ovid = dump("CY  - US\nPB  - Deep & Sons\nPB  - US\nSP  - No\nEP  - Specified\nL2  - http://ovidsp.ovid.com/ovidweb.cgi?T=JS\n");
  EXPECT_THAT(ovid, HasSubstr("publisher (PB): \"Deep & Sons\"\n  publisher-place (PB): \"US\" same\n"));
  EXPECT_THAT(ovid, HasSubstr("extra ris (SP): \"No\"\n  extra ris (EP): \"Specified\"\n"));
  EXPECT_THAT(dump("CY  - US\nPB  - US\n"), HasSubstr("publisher (PB): \"US\""));
}

TEST(RisProducers, WhatSaysNothingIsNoValue) {
  const std::string scopus = dump("AU  - [No author name available]\nAB  - [No abstract available]\nSP  - 100364\nEP  - nan\n");
  EXPECT_THAT(scopus, Not(HasSubstr("author (")));
  EXPECT_THAT(scopus, Not(HasSubstr("abstract (")));
  EXPECT_THAT(scopus, HasSubstr("page (SP): [{\"first\":\"100364\"}]"));
}

TEST(RisProducers, EndNoteLinksToTheWebOfScience) {
  const std::string text = "TY  - JOUR\nUR  - <Go to ISI>://WOS:000298449100001\nER  - \n";
  const Reading reading = read(text);
  EXPECT_EQ(text::dump(reading.records.at(0)), "article-journal (JOUR)\n  archive_location (UR): \"WOS:000298449100001\"\n");
  EXPECT_EQ(write(reading).text, text);
}

TEST(RisProducers, ZoteroKeepsIdentifiersInM2) {
  const std::string zotero = dump("M2  - PMID: 99300007\nM2  - PMCID: PMC9930007\n");
  EXPECT_THAT(zotero, HasSubstr("PMID (M2): [{\"scheme\":\"pmid\",\"value\":\"99300007\"}] raw \"PMID: 99300007\""));
  EXPECT_THAT(zotero, HasSubstr("PMCID (M2): [{\"scheme\":\"pmcid\",\"value\":\"PMC9930007\"}] raw \"PMCID: PMC9930007\""));
  EXPECT_THAT(dump("M2  - 120-5\n"), HasSubstr("page (M2): [{\"first\":\"120\",\"last\":\"125\"}]"));
  EXPECT_THAT(dump("M2  - tex.shelf: 3\n"), HasSubstr("extra ris (M2): \"tex.shelf: 3\""));
}

TEST(RisProducers, ABodyThatLooksLikeAPersonStaysABody) {
  // From another format: the archive makes a reader take the record for Embase's.
  Record record(std::make_shared<Arena>());
  record.type = Type::ArticleJournal;
  Names authors;
  Name body;
  body.literal = "Group B";
  authors.list.push_back(record.arena(), body);
  record.add(Field::Author, authors);
  record.add(Field::Archive, RichText::of(record.arena(), "Embase"));
  Reading reading;
  reading.arenas.push_back(record.shared_arena());
  reading.record(std::move(record));
  const Writing writing = write(reading);
  EXPECT_THAT(writing.text, HasSubstr("AU  - Group B,\n"));
  EXPECT_EQ(read(writing.text).records.at(0).get<Field::Author>()->list[0].literal, "Group B");
}

// ---------------------------------------------------------------------------------------------------------- identifiers

TEST(RisHidden, TheDoiOfANoteIsTheOneBehindItsLabel) {
  const auto doi = [](std::string_view lines) {
    const Reading reading = read("TY  - JOUR\n" + std::string(lines) + "ER  - \n");
    const Identifiers* const dois = reading.records.at(0).get<Field::Doi>();
    return dois == nullptr ? std::string() : std::string(dois->list[0].value);
  };
  EXPECT_EQ(doi("N1  - Rope Sci. 2016 May 7;9(5):331-8. doi: 10.5555/rope.2016.31. Epub 2016 Apr 21.\n"), "10.5555/rope.2016.31");
  EXPECT_EQ(doi("N1  - 10.5555/trap.6\n"), "10.5555/trap.6");
  EXPECT_EQ(doi("N1  - as in 10.5555/other.1\n"), "");
  EXPECT_EQ(doi("N1  - doi: 10.5555/a.1 and doi: 10.5555/b.2\n"), "");
  EXPECT_EQ(doi("L2  - http://dx.doi.org/10.5555/link.1\n"), "10.5555/link.1");
  EXPECT_EQ(doi("DO  - 10.5555/main\nL2  - http://dx.doi.org/10.5555/link.1\n"), "10.5555/main");
}

TEST(RisHidden, AReportsNumberMayBeABooks) {
  const auto report = [](std::string_view number) { return text::dump(read("TY  - RPRT\nSN  - " + std::string(number) + "\nER  - \n").records.at(0)); };
  EXPECT_THAT(report("9780306406157"), HasSubstr("ISBN (SN): [{\"scheme\":\"isbn\",\"value\":\"9780306406157\"}]"));
  EXPECT_THAT(report("9780306406158"), HasSubstr("number (SN): \"9780306406158\""));
  EXPECT_THAT(report("0306406152"), HasSubstr("number (SN): \"0306406152\""));
  EXPECT_THAT(report("0306406152 (ISBN)"), HasSubstr("ISBN (SN): [{\"scheme\":\"isbn\",\"value\":\"0306406152\"}]"));
  EXPECT_THAT(report("2912-2201"), HasSubstr("number (SN): \"2912-2201\""));
  EXPECT_THAT(report("29122201 (ISSN)"), HasSubstr("ISSN (SN): [{\"scheme\":\"issn\",\"value\":\"2912-2201\"}]"));
}

}  // namespace
}  // namespace bibmill::ris::testing

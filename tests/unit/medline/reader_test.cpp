// What single lines become, what is said about odd ones, and what hostile input cannot do.
#include "reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "bibmill/text/schema.h"
#include "support.h"

namespace bibmill::medline::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct LineCase {
  std::string_view lines;
  Field field;
  std::string_view value;
};

void PrintTo(const LineCase& row, std::ostream* out) { *out << row.lines; }

struct Values : ::testing::TestWithParam<LineCase> {};

TEST_P(Values, AreReadAndWrittenBack) {
  const std::string text = "PMID- 1\n" + std::string(GetParam().lines) + "\n";
  const Reading reading = read(text);
  ASSERT_EQ(reading.records.size(), 1U);
  const Entry* const entry = reading.records[0].find(GetParam().field);
  ASSERT_NE(entry, nullptr) << text::dump(reading.records[0]);
  Value value = entry->value;
  EXPECT_EQ(text::dump(value), GetParam().value);
  EXPECT_EQ(write(reading.records).text, text);
}

constexpr LineCase kLines[] = {
    {"OWN - NLM", Field::RecordOwner, R"("NLM")"},
    {"PUBM- Print-Electronic", Field::PublicationModel, R"("Print-Electronic")"},
    {"DA  - 20020916", Field::DateCreated, R"("2002-09-16")"},
    {"VI  - 55 ( Pt 2)", Field::Volume, "\"55 ( Pt 2)\""},
    {"TI  - Wait...", Field::Title, R"("Wait...")"},
    {"CP  - 7", Field::ChapterNumber, R"("7")"},
    {"RN  - 0 (Receptor, ErbB-2)", Field::Substance, R"([{"name":"Receptor, ErbB-2","registry-number":"0"}])"},
    {"RN  - EC 2.7.10.1 (Receptor, ErbB-2)", Field::Substance,
     R"([{"name":"Receptor, ErbB-2","registry-number":"EC 2.7.10.1"}])"},
    {"RN  - 9001-90-5", Field::Substance, R"([{"registry-number":"9001-90-5"}])"},
    {"NM  - Silver herring disease", Field::SupplementaryConcept, R"([{"descriptor":"Silver herring disease"}])"},
    {"GS  - sil1\nGS  - Sil-2", Field::Gene, R"(["sil1","Sil-2"])"},
    {"SFM - Flight Experiment", Field::SpaceFlightMission, R"(["Flight Experiment"])"},
    {"GN  - NASA: Grant numbers: NAG-2.", Field::GeneralNote, R"({"text":"Grant numbers: NAG-2.","owner":"NASA"})"},
    {"GN  - Note: no owner.", Field::GeneralNote, R"("Note: no owner.")"},
    {"RF  - 112", Field::NumberOfReferences, R"("112")"},
    {"PMC - PMC1373603", Field::Pmcid, R"([{"scheme":"pmcid","value":"PMC1373603"}])"},
    {"MID - NIHMS9900201", Field::Identifier, R"([{"scheme":"mid","value":"NIHMS9900201"}])"},
    {"OID - NASA: 99990902", Field::Identifier, R"([{"scheme":"nasa","value":"99990902"}])"},
    {"OID - EJ9900101", Field::Identifier, R"([{"scheme":"eric","value":"EJ9900101"}])"},
    {"LID - http://harblett.example/fog.html", Field::Url, R"("http://harblett.example/fog.html")"},
    {"LID - 112", Field::ArticleNumber, R"("112")"},
    {"AID - NBK99601 [bookaccession]", Field::Identifier, R"([{"scheme":"bookaccession","value":"NBK99601"}])"},
    {"PHST- 2006/01/10 00:00 [accepted]", Field::History, R"([{"status":"accepted","date":"2006-01-10"}])"},
    {"OAB - Publisher: Hola.\nOABL- spa", Field::OtherAbstract,
     R"({"sections":[{"text":"Hola."}],"type":"Publisher","language":"spa"})"},
    {"CI  - Copyright alone.", Field::Abstract, R"({"copyright":"Copyright alone."})"},
    {"AB  - PURPOSE: To see. DNA: is no label. RESULTS: None.", Field::Abstract,
     R"([{"label":"PURPOSE","text":"To see. DNA: is no label."},{"label":"RESULTS","text":"None."}])"},
    {"AB  - We saw. RESULTS: none.", Field::Abstract, R"([{"text":"We saw. RESULTS: none."}])"},
    {"SI  - GENBANK/L99001\nSI  - GENBANK/L99002\nSI  - PDB", Field::DataBank,
     R"([{"name":"GENBANK","accessions":["L99001","L99002"]},{"name":"PDB"}])"},
    {"UIN - Open Physiol. 2021;9(2):112. doi: 10.3390/op9020112. PMID: 99000702", Field::CommentsCorrections,
     R"([{"type":"UpdateIn","source":"Open Physiol. 2021;9(2):112. doi: 10.3390/op9020112","identifiers":[{"scheme":"doi","value":"10.3390/op9020112"},{"scheme":"pmid","value":"99000702"}]}])"},
    {"AU  - Harbor, Jean", Field::Author, R"([{"family":"Harbor","given":"Jean","raw":"AU  - Harbor, Jean"}])"},
    {"FAU - 김, 선화\nAU  - Kim SH", Field::Author,
     R"([{"family":"김","given":"선화","initials":"SH","attributes":[{"name":"indexed","value":"Kim SH"}]}])"},
    {"PS  - Snow J Jr\nFPS - Snow, John Jr", Field::PersonalNameSubject,
     R"([{"family":"Snow","given":"John","suffix":"Jr","initials":"J"}])"},
    {"FIR - Charles, Winston Jr\nIR  - Charles W Jr\nIRAD- Here.", Field::Investigator,
     R"([{"family":"Charles","given":"Winston","suffix":"Jr","initials":"W","affiliations":["Here."]}])"},
};

INSTANTIATE_TEST_SUITE_P(Lines, Values, ::testing::ValuesIn(kLines));

std::vector<std::string> codes(const Reading& reading) {
  std::vector<std::string> codes;
  for (const Diagnostic& diagnostic : reading.diagnostics.list) codes.emplace_back(diagnostic.code);
  return codes;
}

TEST(MedlineReader, EventsOfEdatAndPhstAreOne) {
  const Reading reading = read(
      "PMID- 1\nEDAT- 2022/03/05 06:00\nCRDT- 2022/03/04 12:10\nPHST- 2022/02/22 00:00 [accepted]\nPHST- 2022/03/05 06:00 "
      "[pubmed]\n");
  const List<Event>& events = reading.records.at(0).get<Field::History>()->list;
  std::vector<std::string> statuses;
  for (const Event& event : events) statuses.emplace_back(event.status);
  EXPECT_THAT(statuses, ElementsAre("entrez", "accepted", "pubmed"));
}

/// Indented behind a line that is no tag's, what looks like a tag is none.
TEST(MedlineReader, AStrayLineThatLooksLikeATagStaysIndented) {
  const Reading reading = read("PMID- 1\nOT  - x\n\nPMB  - Columns\n      TI  - of a page\nVI  - 41\n");
  ASSERT_EQ(reading.records.size(), 1U);
  const Reading again = read(write(reading.records, Layout::Canonical).text);
  ASSERT_EQ(again.records.size(), 1U);
  EXPECT_EQ(text::dump(again.records[0]), text::dump(reading.records[0]));
}

/// The control character is all that keeps the line from being a tag.
TEST(MedlineReader, AControlWithinAStrayLineStaysWhereItKeepsTheLineFromBeingATag) {
  for (const char* const stray : {"PM\x05ID- 2", "XX  -\x1A" "2", "P\xC2\x90MID- 2", "P\x7FMID- 2", "AU  \xC3\xBF\xC2\x9D\x01, Rik"}) {
    const Reading reading = read("PMID- 1\nLA  - eng\n\n" + std::string(stray) + "\nOWN - NLM\n");
    ASSERT_EQ(reading.records.size(), 1U) << stray;
    const Reading again = read(write(reading.records, Layout::Canonical).text);
    ASSERT_EQ(again.records.size(), 1U) << stray;
    EXPECT_EQ(text::dump(again.records[0]), text::dump(reading.records[0])) << stray;
  }
}

TEST(MedlineReader, AStrayLineOfControlsAloneIsNoText) {
  const Reading reading = read("PMID- 1\n\n\x02\x02\nLA  - eng\n");
  ASSERT_EQ(reading.records.size(), 1U);
  for (const Item& item : reading.records[0].items()) EXPECT_TRUE(std::holds_alternative<Entry>(item));
}

/// PMCR has no time of day, PHST has midnight for a day: one event.
TEST(MedlineReader, ReleaseInPmcIsOneEventWithItsHistory) {
  const Reading reading = read("PMID- 1\nPMCR- 2024/02/02\nPHST- 2024/02/02 00:00 [pmc-release]\nPHST- 2024/02/03 00:01 [medline]\n");
  const List<Event>& events = reading.records.at(0).get<Field::History>()->list;
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].status, "pmc-release");
  EXPECT_FALSE(events[0].date.from.has_time);
  EXPECT_TRUE(events[1].date.from.has_time);
  EXPECT_NE(write(reading.records, Layout::Canonical).text.find("PMCR- 2024/02/02\nPHST- 2024/02/02 00:00 [pmc-release]\n"), std::string::npos);
}

/// It has no place in the history, from where it could not be written again.
TEST(MedlineReader, AnEventWithoutADayIsKeptAsItIs) {
  const Reading reading = read("PMID- 1\nPHST- 2024/02/02 00:00 [pubmed]\nPHST-  [entrez]\n");
  EXPECT_EQ(reading.records.at(0).get<Field::History>()->list.size(), 1U);
  const Writing canonical = write(reading.records, Layout::Canonical);
  EXPECT_NE(canonical.text.find("PHST- [entrez]\n"), std::string::npos) << canonical.text;
  EXPECT_THAT(canonical.losses(), IsEmpty());
}

/// The names behind it would otherwise stand before what was read in between, and take its details.
TEST(MedlineReader, NothingIsCutOffBeforeTheFirstName) {
  const Reading reading = read("PMID- 1\nAU  - et al\nAUID- x\nFAU - Berg, A\nAU  - Berg A\n");
  const Names& authors = *reading.records.at(0).get<Field::Author>();
  EXPECT_TRUE(authors.complete);
  EXPECT_TRUE(authors.list[0].identifiers.empty());
  const Writing canonical = write(reading.records, Layout::Canonical);
  EXPECT_EQ(text::digest(read(canonical.text).records.at(0)), text::digest(reading.records[0]));
}

TEST(MedlineReader, AnAddressBeforeTheAuthorsIsTheFirstAuthors) {
  const Reading reading = read("PMID- 1\nAD  - Tromso.\nFAU - Berg, A\nAU  - Berg A\nFAU - Dal, B\nAU  - Dal B\n");
  const List<Name>& names = reading.records.at(0).get<Field::Author>()->list;
  EXPECT_EQ(names[0].affiliations.size(), 1U);
  EXPECT_EQ(names[1].affiliations.size(), 0U);
}

TEST(MedlineReader, AnAddressWithoutAuthorsIsKept) {
  const Reading reading = read("PMID- 1\nAD  - Tromso.\nAUID- ORCID: 0000-0050-0000-1015\n");
  std::vector<std::string> keys;
  for (const Item& item : reading.records.at(0).items())
    if (const Extra* const extra = std::get_if<Extra>(&item)) keys.emplace_back(extra->key);
  EXPECT_THAT(keys, ::testing::UnorderedElementsAre("AD", "AUID"));
}

TEST(MedlineReader, TheDoiAmongTheArticleIdsDecides) {
  const Reading reading = read("PMID- 1\nLID - 10.1000/wrong [doi]\nAID - 10.1000/right [doi]\n");
  const Record& record = reading.records.at(0);
  EXPECT_EQ(record.get<Field::Doi>()->list[0].value, "10.1000/right");
  EXPECT_EQ(std::get<Extra>(record.items()[1]).raw, "10.1000/wrong [doi]");
}

TEST(MedlineReader, APiiMayBeTheArticleNumber) {
  EXPECT_EQ(read("PMID- 1\nAID - e1392 [pii]\n").records.at(0).get<Field::ArticleNumber>()->value, "e1392");
  EXPECT_FALSE(read("PMID- 1\nPG  - 3\nAID - e1392 [pii]\n").records.at(0).has(Field::ArticleNumber));
  EXPECT_FALSE(read("PMID- 1\nAID - S0092-8674(13)01084-2 [pii]\n").records.at(0).has(Field::ArticleNumber));
}

TEST(MedlineReader, RepeatedSingleValues) {
  const Reading reading = read("PMID- 1\nVI  - 3\nVI  - 3\nVI  - 4\nTI  - One.\nTI  - Two.\n");
  const Record& record = reading.records.at(0);
  EXPECT_TRUE(std::get<Entry>(record.items()[2]).same_as);
  EXPECT_EQ(std::get<Text>(std::get<Entry>(record.items()[3]).value).value, "4");
  EXPECT_EQ(std::get<Extra>(record.items()[5]).raw, "Two.");
}

TEST(MedlineReader, PreprintBeatsAllOtherTypes) {
  EXPECT_EQ(read("PMID- 1\nPT  - Book\nPT  - Preprint\n").records.at(0).type, Type::Article);
  EXPECT_EQ(read("PMID- 1\nPT  - Journal Article\nPT  - Dataset\n").records.at(0).type, Type::Dataset);
  EXPECT_EQ(read("PMID- 1\nPT  - Retracted Publication\n").records.at(0).type, Type::ArticleJournal);
}

TEST(MedlineReader, ABookTitleIsTheTitleOfABook) {
  EXPECT_EQ(read("PMID- 1\nBTI - Whole\nPT  - Book\n").records.at(0).get<Field::Title>()->text(), "Whole");
  EXPECT_EQ(read("PMID- 1\nBTI - Whole\nPT  - Book Chapter\n").records.at(0).get<Field::ContainerTitle>()->text(), "Whole");
}

TEST(MedlineReader, OddLinesAreSaid) {
  const Reading reading =
      read("Search results\n\nPMID- 1\nTI  - Lost its\nindent.\nDP  - soon\nZZ  - what\n\nA stray line\nVI  - 3\n");
  EXPECT_THAT(codes(reading), ElementsAre("medline/stray-line", "medline/missing-indent", "medline/unknown-tag",
                                          "medline/stray-line", "medline/unreadable-date"));
  ASSERT_EQ(reading.records.size(), 1U);
  EXPECT_EQ(reading.records[0].get<Field::Title>()->text(), "Lost its indent");
  EXPECT_EQ(reading.records[0].get<Field::Volume>()->value, "3") << "a stray line does not end the record";
  ASSERT_EQ(reading.extras.size(), 1U);
  EXPECT_EQ(reading.extras[0].raw, "Search results");
}

TEST(MedlineReader, EachOddityIsSaidOnceARecord) {
  const Reading reading = read("PMID - 1\nTI   - One\nFA  - A\nFA  - B\nIN  - C\n\nPMID - 2\nFA  - D\n");
  EXPECT_THAT(codes(reading), ElementsAre("medline/tag-form", "medline/unknown-tag", "medline/unknown-tag", "medline/tag-form",
                                          "medline/unknown-tag"));
}

TEST(MedlineReader, ABooksNumberStaysUnderItsTag) {
  for (const std::string_view tag : {"IS  - ", "ISSN- ", "ISBN- "}) {
    const std::string text = "PMID- 1\n" + std::string(tag) + "978-3-16-148410-0\n";
    const Reading reading = read(text);
    EXPECT_NE(reading.records.at(0).get<Field::Isbn>(), nullptr) << tag;
    EXPECT_EQ(write(reading.records, Layout::Canonical).text, text);
  }
}

/// Both are numbers of the book, and one of them would be no ISBN under the tag of the other.
TEST(MedlineReader, WhatIsAnIsbnByItsTagAloneKeepsThatTag) {
  const std::string text = "PMID- 1\nIS  - 0306480952\nISBN- 9\n";
  const Reading reading = read(text);
  EXPECT_EQ(reading.records.at(0).get<Field::Isbn>()->list.size(), 2U);
  EXPECT_EQ(write(reading.records, Layout::Canonical).text, text);
}

TEST(MedlineReader, SerialNumbersOfEric) {
  const Reading reading = read("PMID- \nISSN- ISSN-2912-1310\nISSN- EISSN-2912-1329\n");
  const List<Identifier>& issns = reading.records.at(0).get<Field::Issn>()->list;
  ASSERT_EQ(issns.size(), 2U);
  EXPECT_EQ(issns[0].value, "2912-1310");
  EXPECT_EQ(issns[0].qualifier, "");
  EXPECT_EQ(issns[1].value, "2912-1329");
  EXPECT_EQ(issns[1].qualifier, "electronic");
}

TEST(MedlineReader, NothingToRead) {
  for (const std::string_view text : {"", "\n", "  \r\n\n", "\xEF\xBB\xBF"}) EXPECT_THAT(read(text).records, IsEmpty());
}

TEST(MedlineReader, ControlCharactersDoNotReachTheModel) {
  const Reading reading = read(std::string_view("PMID- 1\nTI  - a\tb\0c\x7F.\n", 21));
  EXPECT_EQ(reading.records.at(0).get<Field::Title>()->text(), "a bc");
}

TEST(MedlineReader, WithoutTheOptionsNothingIsKeptForThem) {
  const Reading reading = read("PMID- 1\nTI  - No dot\n\n\nPMID- 2\nFAU - A, B\nAU  - A B\n", ReadOptions{});
  for (const Record& record : reading.records) {
    EXPECT_TRUE(record.layout.empty());
    for_each_entry(record, [](const Entry& entry) { EXPECT_TRUE(entry.raw.empty() && entry.more.empty()); });
  }
}

TEST(MedlineReader, TakesTimeLinearInTheText) {
  std::string identifiers = "PMID- 1\n";
  std::string wrapped = "PMID- 1\nAB  - a\n";
  std::string returns = "PMID- 1";
  std::string gaps = "PMID- 1\nAB  - a\n";
  for (int line = 0; line < 200000; ++line) {
    identifiers += "AID - " + std::to_string(line) + " [pii]\nPHST- 2006/01/10 [" + std::to_string(line) + "]\n";
    wrapped += "      a\n";
    returns += "\rAU  - A B";
    gaps += "\n\n      a\n";
  }
  for (const std::string& text : {identifiers, wrapped, returns, gaps}) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(read(text).records.size(), 1U);
    EXPECT_EQ(format().split(text, text.size() / 2), 0U);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  }
}

TEST(MedlineSplit, CutsBeforeTheBlankLinesOfARecord) {
  const std::string_view text = "\nPMID- 1\nTI  - a\n\nPMID- 2\nTI  - b\n\n      c\n\n\nPMID- 3\n";
  const std::size_t second = text.find("\n\nPMID- 2") + 1;
  const std::size_t third = text.find("\n\n\nPMID- 3") + 1;
  const auto split = format().split;
  EXPECT_EQ(split(text, 1), second);
  EXPECT_EQ(split(text, second - 1), second);
  EXPECT_EQ(split(text, second), second);
  EXPECT_EQ(split(text, third - 1), second);
  EXPECT_EQ(split(text, third), third);
  EXPECT_EQ(split(text, text.size()), third);
  EXPECT_EQ(split(text.substr(0, second), 1), 0U);
  EXPECT_EQ(split("", 0), 0U);
}

TEST(MedlineFormat, LeavesOtherFormatsAlone) {
  for (const std::string_view text :
       {"", "TY  - JOUR\nAU  - Doe, J\nER  - \n", "@article{a, title={b}}", "<?xml version=\"1.0\"?>", "[{\"id\":1}]",
        "Dear reader,\nthis is - no - list.\n", "%0 Journal Article\n%T x\n"})
    EXPECT_EQ(format().recognises(text), 0) << text;
}

}  // namespace
}  // namespace bibmill::medline::testing

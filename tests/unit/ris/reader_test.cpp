// RIS's reader: what each tag becomes for each type, and what the reader says of lines that are not as they should be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.h"

namespace bibmill::ris::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Items of the only record, as the dump has them, without the line of the type.
std::string items(std::string_view lines, std::string_view type = "JOUR") {
  const Reading reading = read("TY  - " + std::string(type) + "\n" + std::string(lines) + "ER  - \n");
  if (reading.records.size() != 1) return "not one record";
  const std::string dump = text::dump(reading.records[0]);
  return dump.substr(dump.find('\n') + 1);
}

struct Case {
  std::string_view name;
  std::string_view type;
  std::string_view lines;
  std::string_view items;
};

std::ostream& operator<<(std::ostream& out, const Case& one) { return out << one.name; }

class Meaning : public ::testing::TestWithParam<Case> {};

TEST_P(Meaning, IsThat) { EXPECT_EQ(items(GetParam().lines, GetParam().type), GetParam().items); }

constexpr Case kCases[] = {
    // first present wins
    {"the_same_title_twice", "JOUR", "T1  - Tides\nTI  - Tides\n", "  title (T1): \"Tides\"\n  title (TI): \"Tides\" same\n"},
    {"another_title_is_kept", "JOUR", "TI  - Tides\nT1  - Tide\n", "  title (TI): \"Tides\"\n  extra ris (T1): \"Tide\"\n"},
    {"a_tag_may_repeat", "JOUR", "N1  - a\nN1  - b\n", "  note (N1): \"a\"\n  note (N1): \"b\"\n"},
    {"a_repeated_value_is_marked", "JOUR", "VL  - 3\nVL  - 3\n", "  volume (VL): \"3\"\n  volume (VL): \"3\" same\n"},
    // journals
    {"abbreviation_beside_the_journal", "JOUR", "T2  - Journal of Tides\nJO  - J Tides\n",
     "  container-title (T2): \"Journal of Tides\"\n  container-title-short (JO): \"J Tides\"\n"},
    {"abbreviation_alone_is_the_journal", "JOUR", "J2  - J Tides\n", "  container-title (J2): \"J Tides\"\n"},
    {"full_title_before_secondary", "JOUR", "T2  - Mareas\nJF  - Journal of Tides\n",
     "  extra ris (T2): \"Mareas\"\n  container-title (JF): \"Journal of Tides\"\n"},
    {"the_issue_in_m1", "JOUR", "M1  - 3\n", "  issue (M1): \"3\"\n"},
    {"references_in_m1", "JOUR", "M1  - Gulf, AP (2010) Sinking. London: Routsea.\n", "  extra ris (M1): \"Gulf, AP (2010) Sinking. London: Routsea.\"\n"},
    {"m1_beside_the_issue", "JOUR", "IS  - 2\nM1  - 3\n", "  issue (IS): \"2\"\n  extra ris (M1): \"3\"\n"},
    {"date_in_et", "JOUR", "ET  - 2016/04/21\n", "  available-date (ET): \"2016-04-21\" raw \"2016/04/21\"\n"},
    {"edition_in_et", "JOUR", "ET  - Online\n", "  edition (ET): \"Online\"\n"},
    {"start_page_in_se", "JOUR", "SE  - 12\nEP  - 19\n", "  page (SE): [{\"first\":\"12\",\"last\":\"19\"}]\n"},
    // books and their parts
    {"title_in_bt_of_a_book", "BOOK", "BT  - Tides\n", "  title (BT): \"Tides\"\n"},
    {"container_in_bt_of_a_chapter", "CHAP", "BT  - Tides\n", "  container-title (BT): \"Tides\"\n"},
    {"pages_of_a_book", "BOOK", "SP  - 12\nEP  - 19\n", "  page (SP): [{\"first\":\"12\",\"last\":\"19\"}]\n"},
    {"count_of_pages", "BOOK", "SP  - xii, 411 p.\n", "  number-of-pages (SP): \"xii, 411 p.\"\n"},
    {"number_of_a_book_is_that_in_its_series", "BOOK", "M1  - 44\nT2  - Dock Books\n", "  collection-number (M1): \"44\"\n  collection-title (T2): \"Dock Books\"\n"},
    {"volumes_in_is_of_a_chapter", "CHAP", "IS  - 3\n", "  number-of-volumes (IS): \"3\"\n"},
    {"people_of_a_chapter", "CHAP", "C2  - Book, Ann\nC4  - Seen, Bo\n",
     "  container-author (C2): [{\"family\":\"Book\",\"given\":\"Ann\"}]\n  reviewed-author (C4): [{\"family\":\"Seen\",\"given\":\"Bo\"}]\n"},
    {"authors_of_an_edited_book", "EDBOOK", "AU  - Red, R\n", "  editor (AU): [{\"family\":\"Red\",\"given\":\"R\"}]\n"},
    // conferences
    {"event_beside_proceedings", "CONF", "C3  - Proc Ropes\nT2  - 4th Rope Congress\nCY  - Lisbon\nC1  - Berlin\n",
     "  container-title (C3): \"Proc Ropes\"\n  event-title (T2): \"4th Rope Congress\"\n  event-place (CY): \"Lisbon\"\n  publisher-place (C1): \"Berlin\"\n"},
    {"event_of_web_of_science", "CPAPER", "T2  - 2017 HAZE\nCP  - Haze Conference\nCL  - Porto\n",
     "  container-title (T2): \"2017 HAZE\"\n  event-title (CP): \"Haze Conference\"\n  event-place (CL): \"Porto\"\n"},
    {"year_of_a_conference_is_no_pmid", "CONF", "C2  - 2010\n", "  extra ris (C2): \"2010\"\n"},
    // the rest
    {"people_of_a_film", "MPCT", "AU  - Lens, L\n", "  director (AU): [{\"family\":\"Lens\",\"given\":\"L\"}]\n"},
    {"recipient_of_a_letter", "PCOMM", "A2  - Ear, E\n", "  recipient (A2): [{\"family\":\"Ear\",\"given\":\"E\"}]\n"},
    {"number_of_a_report", "RPRT", "SN  - 2912-2031\n", "  number (SN): \"2912-2031\"\n"},
    {"patent", "PAT", "SN  - US99\nC3  - United States\nC1  - 2001/02/03/\nC6  - granted\n",
     "  number (SN): \"US99\"\n  jurisdiction (C3): \"United States\"\n  submitted (C1): \"2001-02-03\"\n  status (C6): \"granted\"\n"},
    {"version_of_software", "COMP", "ET  - 2.1\n", "  version (ET): \"2.1\"\n"},
    {"access_in_m1_of_a_page", "ELEC", "M1  - 2020/01/02/\n", "  accessed (M1): \"2020-01-02\"\n"},
    {"access_with_time", "ELEC", "Y2  - 2021/08/09/23:59:59\n", "  accessed (Y2): \"2021-08-09T23:59:59\"\n"},
    {"words_are_no_access", "JOUR", "Y2  - DEC\n", "  extra ris (Y2): \"DEC\"\n"},
    {"original_date", "BOOK", "OP  - 1897\n", "  original-date (OP): \"1897\" raw \"1897\"\n"},
    {"original_title", "BOOK", "OP  - Mareas\n", "  original-title (OP): \"Mareas\"\n"},
    {"in_press", "INPR", "TI  - Soon\n", "  status (TY): \"in press\"\n  title (TI): \"Soon\"\n"},
    // identifiers
    {"both_kinds_of_serial_number", "CONF", "SN  - 03029743 (ISSN); 9783030581664 (ISBN)\n",
     "  ISSN (SN): [{\"scheme\":\"issn\",\"value\":\"0302-9743\"}] raw \"03029743 (ISSN); 9783030581664 (ISBN)\"\n"
     "  ISBN (SN): [{\"scheme\":\"isbn\",\"value\":\"9783030581664\"}]\n"},
    {"pmid_of_scopus", "JOUR", "C2  - 31784061\n", "  PMID (C2): [{\"scheme\":\"pmid\",\"value\":\"31784061\"}]\n"},
    {"pmid_of_embase", "JOUR", "DB  - Embase\nC5  - 15368318\n", "  archive (DB): \"Embase\"\n  PMID (C5): [{\"scheme\":\"pmid\",\"value\":\"15368318\"}]\n"},
    {"pmid_in_ur", "JOUR", "UR  - PM:15368318\n", "  URL (UR): \"PM:15368318\"\n  PMID (UR): [{\"scheme\":\"pmid\",\"value\":\"15368318\"}]\n"},
    {"arxiv", "GEN", "DB  - arXiv\nAN  - 2101.00001v2\n",
     "  archive (DB): \"arXiv\"\n  identifier (AN): [{\"scheme\":\"arxiv\",\"value\":\"2101.00001\",\"version\":\"2\"}]\n"},
    {"doi_beside_do", "JOUR", "M3  - Article\nUR  - https://doi.org/10.5555/b\nDO  - 10.5555/a\n",
     "  genre (M3): \"Article\"\n  URL (UR): \"https://doi.org/10.5555/b\"\n  DOI (DO): [{\"scheme\":\"doi\",\"value\":\"10.5555/a\"}]\n"},
    // keywords
    {"divided_keywords", "JOUR", "KW  - a; b\nKW  - c, d\n", "  keyword (KW): [\"a\",\"b\",\"c, d\"] raw \"a; b\\nc, d\"\n"},
    {"a_sole_line_of_keywords", "JOUR", "KW  - a, b\n", "  keyword (KW): [\"a\",\"b\"] raw \"a, b\"\n"},
    // names
    {"cut_off", "JOUR", "AU  - Gull, Ada\nAU  - ...\n",
     "  author (AU): {\"list\":[{\"family\":\"Gull\",\"given\":\"Ada\"}],\"complete\":false} raw \"Gull, Ada\\n...\"\n"},
    {"other_authors_are_kept", "JOUR", "AU  - Haze, B\nA1  - IEEF\n", "  author (AU): [{\"family\":\"Haze\",\"given\":\"B\"}]\n  extra ris (A1): \"IEEF\"\n"},
    {"the_first_author_in_a1", "JOUR", "A1  - Gulf, Ann\nAU  - Haze, B\nA1  - Reef, C\n",
     "  author (A1): [{\"family\":\"Gulf\",\"given\":\"Ann\"},{\"family\":\"Haze\",\"given\":\"B\"},{\"family\":\"Reef\",\"given\":\"C\"}]\n"},
    {"the_same_author_spelled_otherwise", "JOUR", "AU  - Haze, B\nA1  - Haze, Bo\n", "  author (AU): [{\"family\":\"Haze\",\"given\":\"B\"}]\n  extra ris (A1): \"Haze, Bo\"\n"},
    {"editors_in_ed_too", "CHAP", "A2  - Gulf, Ann\nED  - Haze, B\n", "  editor (A2): [{\"family\":\"Gulf\",\"given\":\"Ann\"},{\"family\":\"Haze\",\"given\":\"B\"}]\n"},
    {"several_authors_in_a_line", "JOUR", "AU  - Gulf, Ann; Haze, B;\n",
     "  author (AU): [{\"family\":\"Gulf\",\"given\":\"Ann\"},{\"family\":\"Haze\",\"given\":\"B\"}] raw \"Gulf, Ann; Haze, B;\"\n"},
    {"a_semicolon_in_a_name", "JOUR", "AU  - Gulf; Reef, Ann\n", "  author (AU): [{\"family\":\"Gulf; Reef\",\"given\":\"Ann\"}]\n"},
    {"no_year", "JOUR", "PY  - 0000\nDA  - 2001/02//\nY1  - 0000/00/00/\n", "  extra ris (PY): \"0000\"\n  issued (DA): \"2001-02\"\n  extra ris (Y1): \"0000/00/00/\"\n"},
    {"the_same_authors_again", "JOUR", "AU  - Haze, B\nA1  - Haze, B\n",
     "  author (AU): [{\"family\":\"Haze\",\"given\":\"B\"}]\n  author (A1): [{\"family\":\"Haze\",\"given\":\"B\"}] same\n"},
    {"life_dates_are_no_suffix", "BOOK", "AU  - Knuth, Donald Ervin, 1938-\n",
     "  author (AU): [{\"family\":\"Knuth\",\"given\":\"Donald Ervin\",\"attributes\":[{\"name\":\"dates\",\"value\":\"1938-\"}],\"raw\":\"Knuth, Donald Ervin, 1938-\"}]\n"},
    {"a_suffix_in_front_of_given_names", "JOUR", "AU  - King, Jr., Martin Luther\n",
     "  author (AU): [{\"family\":\"King\",\"given\":\"Martin Luther\",\"suffix\":\"Jr.\",\"raw\":\"King, Jr., Martin Luther\"}]\n"},
    // character references
    {"references_in_titles", "JOUR", "TI  - Ropes &amp; nets &lt;5 &#956;m\nT2  - R &amp; D\n", "  title (TI): \"Ropes & nets <5 μm\" raw \"Ropes &amp; nets &lt;5 &#956;m\"\n  container-title (T2): \"R & D\" raw \"R &amp; D\"\n"},
    {"references_in_names", "JOUR", "AU  - M&uuml;ller, K\n", "  author (AU): [{\"family\":\"Müller\",\"given\":\"K\",\"raw\":\"M&uuml;ller, K\"}]\n"},
    {"references_in_keywords", "JOUR", "KW  - R &amp; D; nets\n", "  keyword (KW): [\"R & D\",\"nets\"] raw \"R &amp; D; nets\"\n"},
    {"references_in_notes_are_text", "JOUR", "N1  - R &amp; D\n", "  note (N1): \"R &amp; D\"\n"},
    {"an_ampersand_is_no_reference", "JOUR", "TI  - Dock & Sons; more\n", "  title (TI): \"Dock & Sons; more\"\n"},
    // legal works
    {"a_case", "CASE", "TI  - Rope v. Net\nPB  - High Court\nSV  - 12-7\nOP  - affirmed\n",
     "  title (TI): \"Rope v. Net\"\n  authority (PB): \"High Court\"\n  number (SV): \"12-7\"\n  references (OP): \"affirmed\"\n"},
    {"history_of_a_law", "BILL", "OP  - 1990\n", "  references (OP): \"1990\"\n"},
    {"priority_of_a_patent", "PAT", "OP  - US 1990-1\n", "  extra ris (OP): \"US 1990-1\"\n"},
    {"interviewer", "INTV", "A2  - Ask, A\n", "  interviewer (A2): [{\"family\":\"Ask\",\"given\":\"A\"}]\n"},
    {"place_of_a_talk", "SLIDE", "CY  - Porto\n", "  event-place (CY): \"Porto\"\n"},
    // states and values that say nothing
    {"in_press_in_the_year", "JOUR", "TI  - Soon\nPY  - in press\n", "  title (TI): \"Soon\"\n  status (PY): \"in press\"\n"},
    {"in_press_twice", "JOUR", "PY  - in press\nY1  - in press\n", "  status (PY): \"in press\"\n  status (Y1): \"in press\" same\n"},
    {"no_pages", "JOUR", "SP  - N.PAG\nEP  - N.PAG\nVL  - n/a\nJO  - null\n",
     "  extra ris (SP): \"N.PAG\"\n  extra ris (EP): \"N.PAG\"\n  extra ris (VL): \"n/a\"\n  extra ris (JO): \"null\"\n"},
    // identifiers where they are not expected
    {"pmid_of_ovid", "JOUR", "DB  - Ovid MEDLINE(R) ALL <1946 to June 10, 2022>\nAN  - 35244835\n",
     "  archive (DB): \"Ovid MEDLINE(R) ALL <1946 to June 10, 2022>\"\n  PMID (AN): [{\"scheme\":\"pmid\",\"value\":\"35244835\"}]\n"},
    {"pmid_of_web_of_science", "JOUR", "AN  - MEDLINE:32396560\n", "  PMID (AN): [{\"scheme\":\"pmid\",\"value\":\"32396560\"}] raw \"MEDLINE:32396560\"\n"},
    {"identifiers_of_ncbi", "JOUR", "U1  - 35367415[pmid]\nU2  - PMC9097458[pmcid]\n",
     "  PMID (U1): [{\"scheme\":\"pmid\",\"value\":\"35367415\"}]\n  PMCID (U2): [{\"scheme\":\"pmcid\",\"value\":\"PMC9097458\"}]\n"},
    {"pmcid_in_an_address", "JOUR", "UR  - https://www.ncbi.nlm.nih.gov/pmc/articles/PMC9097458/\n",
     "  URL (UR): \"https://www.ncbi.nlm.nih.gov/pmc/articles/PMC9097458/\"\n  PMCID (UR): [{\"scheme\":\"pmcid\",\"value\":\"PMC9097458\"}]\n"},
    {"doi_behind_a_proxy", "JOUR", "DO  - https://dx-doi-org.proxy.example.edu/10.5555/xyz\n",
     "  DOI (DO): [{\"scheme\":\"doi\",\"value\":\"10.5555/xyz\"}] raw \"https://dx-doi-org.proxy.example.edu/10.5555/xyz\"\n"},
    {"the_first_of_two_dois", "JOUR", "DO  - 10.5555/xyz; 10.5555/abc\n", "  DOI (DO): [{\"scheme\":\"doi\",\"value\":\"10.5555/xyz\"}] raw \"10.5555/xyz; 10.5555/abc\"\n"},
    {"languages", "JOUR", "LA  - English; Spanish\n", "  language (LA): \"English\" raw \"English; Spanish\"\n  language (LA): \"Spanish\"\n"},
    {"commas_in_a_sole_keyword", "JOUR", "KW  - 1,3-butadiene\n", "  keyword (KW): [\"1,3-butadiene\"]\n"},
    {"commas_in_brackets", "JOUR", "KW  - deep learning (CNN, RNN), nlp\n", "  keyword (KW): [\"deep learning (CNN, RNN)\",\"nlp\"] raw \"deep learning (CNN, RNN), nlp\"\n"},
    // what no field holds
    {"each_untagged_line_of_an_extra", "JOUR", "AD  - Here\nThere\n", "  extra ris (AD): \"Here\"\n  extra ris (AD): \"There\"\n"},
    {"unknown_tag", "JOUR", "QQ  - what\n99  - is\n", "  extra ris (QQ): \"what\"\n  extra ris (99): \"is\"\n"},
    {"last_page_alone", "JOUR", "EP  - 9\n", "  extra ris (EP): \"9\"\n"},
};

INSTANTIATE_TEST_SUITE_P(Ris, Meaning, ::testing::ValuesIn(kCases), [](const auto& about) { return std::string(about.param.name); });

TEST(RisReader, TellsPreprintsByM3) {
  const Reading reading = read("TY  - JOUR\nM3  - preprint\nER  - \n");
  EXPECT_EQ(reading.records[0].type, Type::Article);
}

TEST(RisReader, KeepsIdAsKey) {
  const Reading reading = read("TY  - JOUR\nID  - 17\nID  - 18\nER  - \n");
  EXPECT_EQ(reading.records[0].key, "17");
  EXPECT_EQ(text::dump(reading.records[0]), "article-journal (JOUR) 17\n  extra ris (ID): \"18\"\n");
}

TEST(RisReader, JoinsNotesByLinesAndAbstractsByParagraphs) {
  EXPECT_EQ(items("N1  - one\ntwo\nAB  - one\ntwo\n\nthree\n"), "  note (N1): \"one\\ntwo\"\n  abstract (AB): [{\"text\":\"one two\\nthree\"}]\n");
}

TEST(RisReader, ALastPageThatStandsBeforeItsFirstStaysBeforeOthers) {
  const std::string_view kPages = "  page (SP): [{\"first\":\"1\",\"last\":\"9\"}]\n  extra ris (EP): \"3\"\n";
  EXPECT_EQ(items("EP  - 9\nEP  - 3\nSP  - 1\n"), kPages);
  EXPECT_EQ(items("SP  - 1\nEP  - 9\nEP  - 3\n"), kPages);
}

TEST(RisReader, ReadsWithoutRawText) {
  const Reading reading = read("TY  - JOUR\nSN  - 03064530 (ISSN)\nAU  - ACME,\nER  - \n", ReadOptions{});
  EXPECT_EQ(text::dump(reading.records[0]), "article-journal (JOUR)\n  ISSN (SN): [{\"scheme\":\"issn\",\"value\":\"0306-4530\"}]\n  author (AU): [{\"literal\":\"ACME\"}]\n");
}

TEST(RisReader, PutsSpansWhereThingsStand) {
  const std::string text = "TY  - JOUR\nKW  - a; bee\nSP  - 12\nEP  - 19\nER  - \n";
  const Reading reading = read(text);
  const Record& record = reading.records[0];
  const auto bytes = [&](Span span) { return text.substr(span.begin, span.end - span.begin); };
  EXPECT_EQ(bytes(record.span), text);
  EXPECT_EQ(bytes(record.markers[0]), "JOUR");
  EXPECT_EQ(bytes(record.get<Field::Keyword>()->list[1].span), "bee");
  EXPECT_EQ(bytes(record.find(Field::Page)->span), "12");
  EXPECT_EQ(bytes(record.find(Field::Page)->more[0]), "19");
}

TEST(RisReader, SpeaksOfWhatIsOdd) {
  EXPECT_THAT(read("TY  - JOUR\nTI  - a\nER  - \n").codes(), IsEmpty());
  EXPECT_THAT(read("TY - JOUR\nTI - a\nER - \n").codes(), ElementsAre("ris/tag-form"));
  EXPECT_THAT(read("TY  - JOUR\nTI  - a\n").codes(), ElementsAre("ris/missing-end"));
  EXPECT_THAT(read("TI  - a\nER  - \n").codes(), ElementsAre("ris/no-type"));
  EXPECT_THAT(read("TY  - NIX\nER  - \n").codes(), ElementsAre("ris/unknown-type"));
  EXPECT_THAT(read("ER  - \nER  - \n").codes(), ElementsAre("ris/stray-end"));
  EXPECT_THAT(read("hello\nyou\n\nTY  - JOUR\nER  - \n").codes(), ElementsAre("ris/stray-text"));
  EXPECT_THAT(read("1. \nTY  - JOUR\nER  - \nLink to the Ovid Full Text or citation: https://example.org\n\n2.\r\nTY  - JOUR\nER  - \n").codes(), IsEmpty()) << "as Ovid writes them";
  EXPECT_THAT(read("1. Introduction\nTY  - JOUR\nER  - \n2.a\nTY  - JOUR\nER  - \n").codes(), ElementsAre("ris/stray-text", "ris/stray-text"));
  EXPECT_THAT(read("TY  - JOUR\nTI  - a\x01" "b\nER  - \n").codes(), ElementsAre("ris/control-character"));
  EXPECT_THAT(read("TY  - JOUR\nDO  - 10.\nSN  - none\nER  - \n").codes(), ElementsAre("ris/doi", "ris/serial-number"));
  EXPECT_THAT(read("TY  - JOUR\nPY  - 99999999999\nER  - \n").codes(), ElementsAre("ris/date"));
}

TEST(RisReader, LeavesOutRecordsThatAreTooLarge) {
  ReadOptions options;
  options.max_record = 100;
  const Reading reading = read("TY  - JOUR\nTI  - " + std::string(200, 'x') + "\nER  - \nTY  - JOUR\nTI  - small\nER  - \n", options);
  ASSERT_EQ(reading.records.size(), 1U);
  EXPECT_EQ(reading.records[0].get<Field::Title>()->text(), "small");
  EXPECT_THAT(reading.codes(), ElementsAre("ris/record-too-large"));
}

TEST(RisReader, ReadsRecordsWithoutType) {
  const Reading reading = read("AU  - Doe, Z\nTI  - First\nER  - \nTY  - JOUR\nTI  - Second\nER  - \n");
  ASSERT_EQ(reading.records.size(), 2U);
  EXPECT_EQ(reading.records[0].type, Type::Document);
}

TEST(RisReader, StopsWhenTold) {
  struct Once : RecordSink {
    int count = 0;
    Flow record(Record&&) override {
      ++count;
      return Flow::Stop;
    }
    Flow between(Extra&&) override { return Flow::Continue; }
  } sink;
  DiagnosticList diagnostics;
  const std::string_view text = "TY  - JOUR\nER  - \nTY  - JOUR\nER  - \n";
  EXPECT_EQ(format().make_reader({})->read(Source{}, Part{text, 0, std::make_shared<Arena>(), true, true}, sink, diagnostics), Flow::Stop);
  EXPECT_EQ(sink.count, 1);
}

TEST(RisReader, TakesNoHarmFromOtherFiles) {
  for (const std::filesystem::path& file : files_below(fixtures() / "hostile")) {
    const std::string text = text_of(file);
    const Reading reading = read(text, everything());
    EXPECT_EQ(read(text, everything(), 64).dump(), reading.dump()) << file;
    EXPECT_LE(reading.records.size(), 200U) << file;
  }
}

TEST(Addresses, OfOneLineAreToldApartHoweverManySignsStandBetween) {
  const std::string signs(300'000, ';');
  const auto urls = [](const std::string& value) {
    const Reading reading = read("TY  - JOUR\nTI  - T\nUR  - " + value + "\nER  - \n");
    std::vector<std::string> found;
    for (const Item& item : reading.records.at(0).items())
      if (const Entry* const entry = std::get_if<Entry>(&item); entry != nullptr && entry->field == Field::Url) found.emplace_back(std::get<Text>(entry->value).value);
    return found;
  };
  using Urls = std::vector<std::string>;
  EXPECT_EQ(urls("http://a.example/" + signs), Urls({"http://a.example/" + signs}));
  EXPECT_EQ(urls("http://a.example/" + signs + " http://b.example/"), Urls({"http://a.example/", "http://b.example/"}));
  EXPECT_EQ(urls("http://a.example/;;x; ;http://b.example/"), Urls({"http://a.example/;;x", "http://b.example/"}));
  EXPECT_EQ(urls("http://a.example/; b"), Urls({"http://a.example/; b"}));
}

// The writer puts text between records at the beginning of lines: it must not become a tag there.
TEST(RisReader, SeesAWordForATagBehindBlanksToo) {
  for (const char* const blanks : {"", "  "}) {
    const Reading reading = read(std::string("TY  - JOUR\nTI  - T\n") + blanks + "DOI  - 10.5555/a\nER  - \n");
    EXPECT_TRUE(reading.records.at(0).has(Field::Doi)) << blanks;
  }
}

}  // namespace
}  // namespace bibmill::ris::testing

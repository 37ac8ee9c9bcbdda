// The traps of BibTeX, each with the result that its README names.
#include <gtest/gtest.h>

#include "bibmill/reflect.h"
#include "workbench.h"

namespace bibmill::bibtex {
namespace {

template <Field field>
std::string value(const Record& record) {
  const Entry* const entry = record.find(field);
  return entry == nullptr ? "(none)" : text::dump(entry->value);
}

TEST(Traps, ASpecialCharacterHasTheCaseOfItsLetter) {
  EXPECT_EQ(value<Field::Author>(read(trap("01_name_case.bib")).records[0]),
            R"([{"family":"Zola","given":"Émile"},{"family":"fontaine","dropping-particle":"jean de la"}])");
}

TEST(Traps, NamesComeInParts) {
  EXPECT_EQ(value<Field::Author>(read(trap("02_name_parts.bib")).records[0]),
            R"({"list":[{"family":"Fuente","given":"María","dropping-particle":"de la","suffix":"Jr"},{"literal":"ACME & Co."}],"complete":false})");
}

TEST(Traps, ExtendedNamesAreRead) {
  const Reading reading = read(trap("03_extended_name.bib"), biblatex_format());
  EXPECT_EQ(value<Field::Author>(reading.records[0]), R"([{"family":"Duc","given":"Anh","non-dropping-particle":"van"}])");
  const Reading back = read(write(reading, biblatex_format()).text, biblatex_format());
  EXPECT_TRUE(same_content(back.records[0].find(Field::Author)->value, reading.records[0].find(Field::Author)->value));
}

TEST(Traps, NotEverythingWithAnAtIsARecord) {
  const Reading reading = read(trap("04_not_records.bib"));
  ASSERT_EQ(reading.records.size(), 1U);
  EXPECT_EQ(reading.records[0].key, "b");
  ASSERT_EQ(reading.is_record.size(), 4U);
  EXPECT_EQ(write(reading, bibtex_format()).text,
            "loose text, with an address: a at b\n\n@comment{kept, please}\n\n@preamble{\"\\newcommand{\\x}{y}\"}\n\n"
            "@article{b,\n  title   = {In parentheses},\n  journal = {J},\n  year    = {1999},\n}\n");
}

TEST(Traps, AnEntryInACommentIsAComment) {
  const std::string text = trap("04b_comment_holds_entry.bib");
  const Reading reading = read(text);
  ASSERT_EQ(reading.records.size(), 1U);
  EXPECT_EQ(reading.records[0].key, "out");
  EXPECT_EQ(reading.complaints(), "warning bibtex/entry-in-comment\n");
  EXPECT_EQ(place_of("bibtex/entry-in-comment", reading, text), "@article");
}

TEST(Traps, TitlesKeepTheirCaseAndMarkup) {
  EXPECT_EQ(value<Field::Title>(read(trap("05_title_markup.bib")).records[0]),
            "[\"On \",{\"text\":\"NASA\",\"marks\":\"no-case\"},\" and \",{\"text\":\"E.\u00A0coli\",\"marks\":\"italic\"},\": H\",{\"text\":\"2\",\"marks\":\"sub\"},"
            "\"O and the Higgs at 8 TeV in \",{\"text\":\"LaTeX\",\"marks\":\"no-case\"},\" by \",{\"text\":\"B\",\"marks\":\"no-case\"},\"ayes\"]");
}

TEST(Traps, ConcatenationsAreUnderstoodAndKept) {
  const std::string text = trap("06_concatenation.bib");
  const Reading reading = read(text);
  ASSERT_EQ(reading.records.size(), 4U);
  EXPECT_EQ(value<Field::ContainerTitle>(reading.records[0]), "\"J. ACM Trans.\"");
  EXPECT_EQ(value<Field::Issued>(reading.records[0]), "\"1999-01-01\"");
  EXPECT_EQ(value<Field::Issued>(reading.records[1]), "\"1999-01-10\"");
  EXPECT_EQ(reading.complaints(), "error bibtex/undefined-string\n");
  ASSERT_EQ(reading.diagnostics.list[0].fixes.size(), 1U);
  EXPECT_EQ(reading.diagnostics.list[0].fixes[0].edits[0].replacement, "{p}");
  const std::string written = write(reading, bibtex_format()).text;
  for (const char* const kept : {"@string{acm = \"J. ACM\"}", "acm # \" Trans.\"", "1 # \"~\" # jan", "10 # \"~\" # jan", "crossref = p,"})
    EXPECT_NE(written.find(kept), std::string::npos) << kept << " in\n" << written;
}

TEST(Traps, DatesAreExactOrKept) {
  const Reading reading = read(trap("07_dates.bib"));
  const char* const expected[] = {"\"2001-21/2002-05-03?\"", "\"199X\"", "\"1995-06/..\"", "\"-0044-03-15\"", "\"2004-04-05T14:34:00Z\"", "\"2001/2003\"", "(none)", "\"1990~\"", "\"2020\""};
  ASSERT_EQ(reading.records.size(), std::size(expected));
  for (std::size_t at = 0; at < std::size(expected); ++at) EXPECT_EQ(value<Field::Issued>(reading.records[at]), expected[at]) << reading.records[at].key;
  EXPECT_EQ(value<Field::Status>(reading.records[6]), "\"in press\"");
  EXPECT_EQ(value<Field::Accessed>(reading.records[8]), R"({"literal":"2020-02-30"})");
  EXPECT_EQ(reading.complaints(), "error bibtex/bad-date\n");
  EXPECT_NE(write(reading, bibtex_format()).text.find("{2020-02-30}"), std::string::npos);
}

TEST(Traps, VerbatimFieldsAreNotDecoded) {
  const Reading reading = read(trap("08_verbatim.bib"));
  EXPECT_EQ(value<Field::Url>(reading.records[0]), "\"http://x.example/a_b%20c\"");
  EXPECT_EQ(value<Field::Doi>(reading.records[1]), R"([{"scheme":"doi","value":"10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"}])");
  EXPECT_EQ(value<Field::File>(reading.records[2]), "\"C:/x_y.pdf\"");
  EXPECT_EQ(value<Field::Url>(reading.records[3]), "\"http://a.example/c_d#e%20\"");
  for (const Format* const target : formats::bibtex_formats()) {
    const std::string written = write(read(trap("08_verbatim.bib"), *target), biblatex_format()).text;
    EXPECT_NE(written.find("http://x.example/a_b%20c"), std::string::npos) << written;
    EXPECT_NE(written.find("10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"), std::string::npos) << written;
  }
}

TEST(Traps, QuotesMayStandInQuotes) {
  const Reading reading = read(trap("09_quote_in_quotes.bib"));
  EXPECT_EQ(text::dump(reading.records[0]).find("title (title): \"a \\\"quoted\\\" b\"") != std::string::npos, true) << text::dump(reading.records[0]);
  EXPECT_EQ(reading.complaints(), "");
}

TEST(Traps, AnUnbalancedBraceSwallowsNothing) {
  const std::string text = trap("09b_unbalanced_brace.bib");
  const Reading reading = read(text);
  ASSERT_EQ(reading.records.size(), 2U);
  EXPECT_EQ(value<Field::Title>(reading.records[0]), "\"unbalanced { brace\"");
  EXPECT_EQ(value<Field::Author>(reading.records[0]), R"([{"family":"Doe","given":"Jane"}])");
  EXPECT_EQ(place_of("bibtex/unclosed-value", reading, text), "\\{");
  EXPECT_EQ(value<Field::Issued>(reading.records[1]), "\"2000\"");
  EXPECT_EQ(read(write(reading, bibtex_format()).text).complaints(), "") << "what is written is sound";
}

TEST(Traps, TheFirstOfTwoFieldsCounts) {
  const std::string text = trap("10_duplicate_field.bib");
  const Reading reading = read(text);
  EXPECT_EQ(value<Field::Title>(reading.records[0]), "\"First\"");
  EXPECT_EQ(reading.complaints(), "note bibtex/repeated-field\nwarning bibtex/repeated-field\n");
  EXPECT_NE(write(reading, bibtex_format()).text.find("title   = {Second}"), std::string::npos);
}

TEST(Traps, KeysDifferOnlyInCase) {
  const Reading reading = read(trap("10b_duplicate_key.bib"));
  EXPECT_EQ(reading.records[0].key, "Key");
  EXPECT_EQ(reading.records[1].key, "key");
  EXPECT_EQ(reading.complaints(), "warning bibtex/repeated-key\n");
}

TEST(Traps, ChildrenInheritFromTheirParents) {
  const Reading reading = read(trap("10c_crossref.bib"), biblatex_format());
  const Record& child = reading.records[0];
  EXPECT_EQ(value<Field::ContainerTitle>(child), "\"Whole\"");
  EXPECT_EQ(value<Field::ContainerSubtitle>(child), "\"A Tale\"");
  EXPECT_EQ(value<Field::ContainerAuthor>(child), R"([{"family":"Doe","given":"Jane"}])");
  EXPECT_EQ(value<Field::Publisher>(child), "\"P\"");
  EXPECT_EQ(value<Field::Issued>(child), "\"1999\"");
  EXPECT_EQ(value<Field::TitleShort>(child), "(none)");
  EXPECT_EQ(value<Field::Author>(child), R"([{"family":"Doe","given":"Jane"}])") << "as biber has it: the book's author is the part's too";
  EXPECT_EQ(write(reading, biblatex_format()).text.substr(0, 88), "@inbook{child,\n  title    = {Chapter},\n  pages    = {1--2},\n  crossref = {parent},\n}\n\n@b");
}

TEST(Traps, XdataIsNoRecord) {
  const Reading reading = read(trap("10d_xdata_chain.bib"), biblatex_format());
  ASSERT_EQ(reading.records.size(), 1U);
  EXPECT_EQ(value<Field::Publisher>(reading.records[0]), "\"P\"");
  EXPECT_EQ(value<Field::PublisherPlace>(reading.records[0]), "\"L\"");
  EXPECT_EQ(reading.complaints(), "");
  EXPECT_NE(write(reading, biblatex_format()).text.find("@xdata{b, location = {L}}"), std::string::npos);
}

TEST(Traps, AMissingParentIsAnError) {
  const std::string text = trap("10e_dangling_parent.bib");
  const Reading reading = read(text);
  EXPECT_EQ(reading.complaints(), "error bibtex/missing-parent\n");
  EXPECT_EQ(place_of("bibtex/missing-parent", reading, text), "{nowhere}");
  EXPECT_EQ(value<Field::Title>(reading.records[0]), "\"Chapter\"");
}

TEST(Traps, ParentsInARingAreErrors) {
  const Reading reading = read(trap("10f_parents_in_a_ring.bib"));
  ASSERT_EQ(reading.records.size(), 3U);
  EXPECT_EQ(reading.complaints(), "error bibtex/ring\nerror bibtex/ring\n");
  for (std::size_t at = 0; at < 3; ++at) EXPECT_EQ(value<Field::Title>(reading.records[at]), std::string("\"") + "ABC"[at] + "\"");
}

TEST(Traps, Others) {
  EXPECT_EQ(value<Field::Title>(read(trap("also_angle_signs.bib")).records[0]), "\"x < y and y > z\"");
  EXPECT_EQ(value<Field::Title>(read(trap("also_stacked_accents.bib")).records[0]), "\"Nguy\u1EC5n\"");
  EXPECT_EQ(value<Field::Author>(read(trap("also_letters.bib")).records[0]), R"([{"family":"Østby","given":"Åse"}])");
  EXPECT_EQ(value<Field::Title>(read(trap("also_letters.bib")).records[0]), "\"bløt, naïf and ı alone\"");
  EXPECT_EQ(value<Field::Note>(read(trap("also_percent.bib")).records[0]), "\"a % is no comment in a value\"");
  const Reading keys = read(trap("also_odd_keys.bib"));
  EXPECT_EQ(keys.records[0].key, "x++");
  EXPECT_EQ(keys.records[1].key, "a:b/c-d.e'f_g*h?");
  EXPECT_EQ(keys.records[2].key, "naïve");
}

TEST(Traps, JabRefsRemarksComeBack) {
  const std::string text = trap("also_jabref_meta.bib");
  EXPECT_NE(write(read(text), bibtex_format()).text.find(text.substr(text.find("@Comment"), text.rfind('}') + 1 - text.find("@Comment"))), std::string::npos);
}

TEST(Traps, EntriesWithoutKey) {
  const std::string text = trap("also_no_key.bib");
  const Reading reading = read(text);
  ASSERT_EQ(reading.records.size(), 3U);
  EXPECT_EQ(reading.records[0].key, "");
  EXPECT_EQ(reading.records[1].key, "");
  EXPECT_EQ(value<Field::Title>(reading.records[1]), "\"Without even a comma\"");
  EXPECT_EQ(reading.complaints(), "error bibtex/no-key\n");
  EXPECT_EQ(reading.diagnostics.list[0].span.begin, text.find('=', text.find("Without a key") + 50));
  EXPECT_EQ(reading.records[2].key, "only");
  EXPECT_TRUE(reading.records[2].items().empty());
}

}  // namespace
}  // namespace bibmill::bibtex

// Writing: both dialects, what comes back, what is said to be lost, and carrying.
#include <gtest/gtest.h>

#include "bibmill/reflect.h"
#include "workbench.h"

namespace bibmill::bibtex {
namespace {

constexpr std::string_view kArticle =
    "@article{van:2001,\n"
    "  author       = {van der Berg, Jan and {ACME \\& Co.} and others},\n"
    "  title        = {The {NASA} of Émile: a\\textsubscript{2}},\n"
    "  journaltitle = {Zeitschrift für X},\n"
    "  date         = {2001-05-07},\n"
    "  volume       = {3},\n"
    "  number       = {4},\n"
    "  pages        = {12--15},\n"
    "  doi          = {10.5555/a_b},\n"
    "  langid       = {ngerman},\n"
    "}\n";

TEST(Writer, WritesClassicBibtexInAscii) {
  const Writing writing = write(read(kArticle, biblatex_format()), bibtex_format());
  EXPECT_EQ(writing.text,
            "@article{van:2001,\n"
            "  author   = {van der Berg, Jan and {ACME \\& Co.} and others},\n"
            "  title    = {The {NASA} of {{\\'E}mile}: a\\textsubscript{2}},\n"
            "  journal  = {Zeitschrift f{\\\"u}r X},\n"
            "  year     = {2001},\n"
            "  month    = may,\n"
            "  day      = {7},\n"
            "  volume   = {3},\n"
            "  number   = {4},\n"
            "  pages    = {12--15},\n"
            "  doi      = {10.5555/a_b},\n"
            "  language = {de-DE},\n"
            "}\n");
}

TEST(Writer, WritesBiblatexWithWholeDates) {
  const Reading reading = read("@article{a, author = {M{\\\"u}ller, Jo}, title = {T}, journal = {J}, year = 2001, month = {Summer}, publisher = {P}, note = {N}}");
  const Writing writing = write(reading, biblatex_format());
  EXPECT_EQ(writing.text, "@article{a,\n  author       = {Müller, Jo},\n  title        = {T},\n  journaltitle = {J},\n  date         = {2001-22},\n  note         = {N},\n}\n");
  EXPECT_EQ(writing.lost(), std::vector<std::string>{"dropped publisher"}) << "biber calls a publisher of an article invalid";
}

TEST(Writer, ATildeIsNoDoubtInAYear) {
  const Writing writing = write(read("@misc{a, date = {2001~}}\n@misc{b, date = {2001?}}\n@misc{c, date = {2001-05~}}", biblatex_format()), bibtex_format());
  EXPECT_NE(writing.text.find("year = {c. 2001}"), std::string::npos) << writing.text;
  EXPECT_NE(writing.text.find("year = {2001?}"), std::string::npos) << writing.text;
  EXPECT_NE(writing.text.find("year = {2001-05~}"), std::string::npos) << writing.text;
  EXPECT_TRUE(writing.lost().empty()) << writing.lost().front();
  EXPECT_EQ(text::dump(read(writing.text).records.at(0)), "document (misc) a\n  issued (year): \"2001~\"\n");
}

TEST(Writer, GivesTheSameDialectBackAsItWas) {
  EXPECT_EQ(write(read(kArticle, biblatex_format()), biblatex_format()).text, kArticle);
  EXPECT_TRUE(write(read(kArticle, biblatex_format()), biblatex_format()).lost().empty());
}

TEST(Writer, SecondPassIsAFixedPoint) {
  for (const std::filesystem::path& path : all_files())
    for (const Format* const source : formats::bibtex_formats())
      for (const Format* const target : formats::bibtex_formats()) {
        const std::string once = write(read(contents(path), *source), *target).text;
        EXPECT_EQ(write(read(once, *target), *target).text, once) << path << " as " << target->id;
      }
}

TEST(Writer, SameDialectLosesNothing) {
  for (const std::filesystem::path& path : all_files()) {
    if (path.string().find("hostile") != std::string::npos) continue;
    const Reading reading = read(contents(path));
    const Writing writing = write(reading, bibtex_format());
    EXPECT_TRUE(writing.lost().empty()) << path << ": " << writing.lost().front();
    const Reading back = read(writing.text);
    ASSERT_EQ(back.records.size(), reading.records.size()) << path;
    for (std::size_t at = 0; at < back.records.size(); ++at)
      if (!reading.records[at].key.empty()) {
        EXPECT_EQ(text::dump(back.records[at]), text::dump(reading.records[at])) << path;
      }
  }
}

TEST(Writer, LookingAheadDoesNotChangeWhatGoesBack) {
  for (const std::filesystem::path& path : all_files())
    EXPECT_EQ(write(read(contents(path)), bibtex_format()).text, write(read(contents(path), bibtex_format(), {true, false, 0}), bibtex_format()).text) << path;
}

TEST(Writer, SaysWhatClassicBibtexCannotHold) {
  const Reading reading = read("@article{a, title = {T}, subtitle = {S}, journaltitle = {J}, date = {2001}, eventtitle = {E}, pubstate = {inpress}}", biblatex_format());
  const Writing writing = write(reading, bibtex_format());
  EXPECT_NE(writing.text.find("{T: {S}}"), std::string::npos) << writing.text;
  EXPECT_EQ(writing.lost(), (std::vector<std::string>{"narrowed title: division into texts", "narrowed subtitle: division into texts",
                                                      "dropped event-title", "dropped status"}));
}

TEST(Writer, WritesDirectorsAsEditors) {
  const Reading reading = read("@movie{a, editor = {Doe, Jane}, editortype = {director}, title = {T}}");
  const std::string text = write(reading, biblatex_format()).text;
  EXPECT_NE(text.find("  editor       = {Doe, Jane},\n  editortype   = {director},\n"), std::string::npos) << text;
}

TEST(Writer, WordsOfBiblatexAreTextElsewhereAndKeysAgain) {
  const std::string_view patent =
      "@patent{a, author = {Doe, Jane}, title = {Mill}, type = {patreqfr}, number = {12}, location = {countryfr and countryuk}, date = {1998}}\n"
      "@patent{b, author = {Doe, Jane}, title = {Mill}, number = {12}, location = {countryde}, date = {1998}}\n"
      "@book{c, author = {Doe, Jane}, title = {Tides}, series = {newseries}, date = {1999}}\n";
  const Reading reading = read(patent, biblatex_format(), {.keep_raw = false});
  EXPECT_EQ(reading.records[0].get<Field::Jurisdiction>()->text(), "France; United Kingdom");
  EXPECT_EQ(reading.records[1].get<Field::Jurisdiction>()->text(), "Germany");
  EXPECT_EQ(reading.records[2].get<Field::CollectionTitle>()->text(), "new series");
  const std::string classic = write(reading, bibtex_format()).text;
  EXPECT_NE(classic.find("{Germany}"), std::string::npos) << classic;
  EXPECT_NE(classic.find("{new series}"), std::string::npos) << classic;
  const std::string again = write(read(classic, bibtex_format(), {.keep_raw = false}), biblatex_format()).text;
  EXPECT_NE(again.find("{countryde}"), std::string::npos) << again;
  EXPECT_NE(again.find("{newseries}"), std::string::npos) << again;
}

TEST(Writer, KeysThatWouldBreakAnEntryAreReplaced) {
  Reading reading = read("@misc{a, title = {T}}");
  reading.records[0].origin = "csljson";
  reading.records[0].key = "a b{c},d";
  EXPECT_EQ(write(reading, bibtex_format()).text.substr(0, 15), "@misc{a_b_c__d,");
}

TEST(Writer, TheKeyThatZoterosUserCitesByIsTheKey) {
  Reading reading = read("@misc{a, ids = {doe2001}, title = {T}}");
  reading.records[0].origin = "csljson";
  reading.records[0].key = "http://zotero.org/users/1/items/ABCD2345";
  for (const Format* const format : formats::bibtex_formats()) {
    const Writing writing = write(reading, *format);
    EXPECT_EQ(writing.text, "@misc{doe2001,\n  title = {T},\n}\n");
    EXPECT_TRUE(writing.lost().empty()) << writing.lost().front();
  }
}

// biber takes no words in any field of a date.
TEST(Writer, WordsInPlaceOfADateHaveNoPlaceInBiblatexAndThatIsSaid) {
  Reading reading = read("@misc{a, year = {n.d.}}");
  reading.records[0].origin = "csljson";
  const Writing writing = write(reading, biblatex_format());
  EXPECT_EQ(writing.text.find("n.d."), std::string::npos);
  EXPECT_EQ(writing.lost().size(), 1U);
}

TEST(Writer, TheServerOfAPreprintIsItsOrganization) {
  Reading reading = read("@online{a, eprint = {10.5555/1}, eprinttype = {biorxiv}, organization = {P}}");
  Record& record = reading.records[0];
  ASSERT_EQ(record.type, Type::Article);
  record.origin = "medline";
  for (Item& item : record.items())
    if (Entry* const entry = std::get_if<Entry>(&item); entry != nullptr && entry->field == Field::Publisher) entry->field = Field::ContainerTitle;
  EXPECT_NE(write(reading, biblatex_format()).text.find("organization = {P}"), std::string::npos);
}

TEST(Writer, CarriesWhatTheDialectLacks) {
  for (const std::filesystem::path& path : all_files()) {
    if (path.string().find("hostile") != std::string::npos) continue;
    WriteOptions carrying;
    carrying.carry = true;
    Reading reading = read(contents(path), biblatex_format());
    for (std::size_t at = 0; at < reading.records.size(); ++at)
      if (reading.records[at].key.empty()) reading.records[at].suggested_key = reading.records[at].arena().copy("key" + std::to_string(at + 1));
    const Writing there = write(reading, bibtex_format(), carrying);
    const Reading back = read(there.text, bibtex_format());
    ASSERT_EQ(back.records.size(), reading.records.size()) << path;
    for (std::size_t at = 0; at < back.records.size(); ++at) EXPECT_EQ(text::dump(back.records[at]), text::dump(reading.records[at])) << path << "\n" << there.text;
  }
}

/// From an archive they come without the text as it was written.
TEST(Writer, KeepsFurtherEditorsWithoutARole) {
  const std::string text = "@article{a,\n  title   = {T},\n  editorb = {Eyre, U.},\n}\n";
  EXPECT_EQ(support::write(bibtex_format(), support::read_alone(bibtex_format(), text, {}).records).text, text);
}

TEST(Writer, BareWordsHaveTheLineEndsOfAllElse) {
  const std::string once = support::write(biblatex_format(), support::read_alone(biblatex_format(), "@misc{a, related = t\rt}", {}).records).text;
  EXPECT_EQ(once, "@misc{a,\n  related = {t\nt},\n}\n");
  EXPECT_EQ(support::write(biblatex_format(), support::read_alone(biblatex_format(), once, {}).records).text, once);
}

TEST(Writer, CarriesControlCharacters) {
  Reading reading = read("@misc{a}\n");
  reading.records[0].add(Extra{"ris", "XX", "next\x7Fline", {}});
  WriteOptions carrying;
  carrying.carry = true;
  const Reading back = read(write(reading, bibtex_format(), carrying).text);
  EXPECT_EQ(std::get<Extra>(back.records[0].items()[0]).raw, "next\x7Fline");
}

/// biblatex's details without a name to them: BibTeX has no place for those, and an empty list of names would be no value the next time.
TEST(Writer, ReportsNamesOfWhichOnlyDetailsAreKnown) {
  const support::Writing written = support::write(bibtex_format(), support::read_alone(biblatex_format(), "@book{a, commentator = {suffix-i=Jr}}", {}).records);
  EXPECT_EQ(written.text, "@book{a,\n}\n");
  EXPECT_EQ(written.lost(), std::vector<std::string>{"dropped commentator"});
}

/// `eprint` is taken as it stands, `pmid` is LaTeX.
TEST(Writer, APmidThatIsNoNumberHasItsOwnField) {
  const auto written = [](std::string_view pmid) {
    Reading reading = read("@article{a, pmid = {" + std::string(pmid) + "}}");
    reading.records[0].origin = "medline";
    for (Item& item : reading.records[0].items()) std::get<Entry>(item).raw = {};
    return write(reading, biblatex_format()).text;
  };
  EXPECT_EQ(written("12"), "@article{a,\n  eprint     = {12},\n  eprinttype = {pubmed},\n}\n");
  EXPECT_EQ(written("{\\textasciitilde}12"), "@article{a,\n  pmid = {{\\textasciitilde}12},\n}\n");
}

TEST(Writer, SaysWhereReadingMakesSomethingElseOfTheWordsOfAMonth) {
  const auto lost = [](std::string_view words) {
    Reading reading = read("@misc{a, year = 2001, month = {Lent term}}");
    Record& record = reading.records[0];
    record.origin = "csljson";
    std::get<Date>(std::get<Entry>(record.items()[0]).value).literal = words;
    record.items().pop_back();
    return write(reading, bibtex_format()).lost();
  };
  EXPECT_EQ(lost("Lent term"), std::vector<std::string>{});
  for (const std::string_view words : {"Lent  term", "Lent\u00A0", "May"}) EXPECT_EQ(lost(words), std::vector<std::string>{"narrowed issued: words beside the date"}) << words;
}

TEST(Writer, KeepsAFieldThatLooksCarriedAndIsNot) {
  constexpr std::string_view kText = "@misc{a,\n  bibmill = {{\"type\":1}},\n  title   = {T},\n  bibmill = {x},\n}\n";
  EXPECT_EQ(write(read(kText), bibtex_format()).text, kText);
}

/// Without the character that hid it, the sign would begin a comment.
TEST(Writer, AKeyThatWouldBeACommentIsToldFromOne) {
  const std::string once = support::write(bibtex_format(), support::read_alone(bibtex_format(), std::string_view("@misc{\0%, title = {x}}", 22), {}).records).text;
  EXPECT_EQ(once, "@misc{\uFFFD%,\n  title = {x},\n}\n");
  EXPECT_EQ(support::write(bibtex_format(), support::read_alone(bibtex_format(), once, {}).records).text, once);
}

}  // namespace
}  // namespace bibmill::bibtex

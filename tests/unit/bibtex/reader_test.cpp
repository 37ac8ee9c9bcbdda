// Reading: hostile entries, macros, types, values of several fields.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "workbench.h"

namespace bibmill::bibtex {
namespace {

struct Broken {
  const char* text;
  const char* records;     ///< dump without raw texts
  const char* complaints;
};

constexpr Broken kBroken[] = {
    {"@article{a, title = {One} year = 2001}", "article-journal (article) a\n  title (title): \"One\"\n  issued (year): \"2001\"\n", "error bibtex/missing-comma\n"},
    {"@article{a, title {One}}", "article-journal (article) a\n  title (title): \"One\"\n", "error bibtex/missing-equals\n"},
    {"@article{a, title = , year = 2001}", "article-journal (article) a\n  issued (year): \"2001\"\n", "error bibtex/missing-value\n"},
    {"@article{a, title = First bell, year = 2001}", "article-journal (article) a\n  title (title): \"First bell\"\n  issued (year): \"2001\"\n", "error bibtex/bare-words\n"},
    {"@article{a b, title = {One}}", "article-journal (article) a b\n  title (title): \"One\"\n", "error bibtex/blank-in-key\n"},
    {"@article{a b\n, title = {One}}", "article-journal (article) a b\n  title (title): \"One\"\n", "error bibtex/blank-in-key\n"},
    {"@article(a, title = {One}}", "article-journal (article) a\n  title (title): \"One\"\n", "error bibtex/wrong-closer\n"},
    {"@{a, title = {One}}", "document a\n  title (title): \"One\"\n", "error bibtex/no-type\n"},
    {"@article{a, title = {One}} b}, year = 1}\n", "article-journal (article) a\n  title (title): \"One\"\nbetween : b}, year = 1}\n", "warning bibtex/stray-text\n"},
    {"@article{a, title = \"One, year = {2001}}", "article-journal (article) a\n  title (title): \"One\"\n  issued (year): \"2001\"\n", "error bibtex/unclosed-value\n"},
    {"@article{a, title = {One}\n@book{b, title = {Two}}",
     "article-journal (article) a\n  title (title): \"One\"\nbook (book) b\n  title (title): \"Two\"\n", "error bibtex/unclosed\n"},
    {"@unheardof{a, title = {One}}", "document (unheardof) a\n  title (title): \"One\"\n", "warning bibtex/unknown-type\n"},
    {"@misc{a, title = {Kelp {NASA }}}", "document (misc) a\n  title (title): [\"Kelp \",{\"text\":\"NASA\",\"marks\":\"no-case\"}]\n", ""},
    {"@misc{a, x = {o\n @b\x01{c}}}", "document (misc) a\n  extra bibtex (x): \"{o\\n \uFFFD@b{c}}\"\n", "warning bibtex/control-character\n"},
    {"@misc{a, x = {o\n@\x7F{c}}}", "document (misc) a\n  extra bibtex (x): \"{o\\n\uFFFD@{c}}\"\n", "warning bibtex/control-character\n"},
    {"@misc{a, title = {O\x01ne}}", "document (misc) a\n  title (title): \"One\"\n", "warning bibtex/control-character\n"},
    {"@article{}\n", "between : @article{}\n", "error bibtex/empty-entry\n"},
    {"mail me@example.org\n@", "between : mail me@example.org\n@\n", "error bibtex/unexpected-end\n"},
};

TEST(Reader, SaysWhatIsWrongAndGoesOn) {
  for (const Broken& broken : kBroken) {
    const Reading reading = read(broken.text, bibtex_format(), {false, true, 0});
    EXPECT_EQ(reading.dump(), broken.records) << broken.text;
    EXPECT_EQ(reading.complaints(), broken.complaints) << broken.text;
  }
}

struct Typed {
  const char* text;
  const char* type;
};

constexpr Typed kTyped[] = {
    {"@article{a, title = {T}}", "article-journal"},
    {"@article{a, entrysubtype = {newspaper}}", "article-newspaper"},
    {"@article{a, eprint = {2101.00001}, archiveprefix = {arXiv}}", "article"},
    {"@article{a, journal = {J}, eprint = {2101.00001}, archiveprefix = {arXiv}}", "article-journal"},
    {"@misc{a, url = {http://x.example}}", "webpage"},
    {"@misc{a, url = {http://x.example}, doi = {10.5555/1}}", "document"},
    {"@misc{a, entrysubtype = {interview}}", "interview"},
    {"@unpublished{a, note = {N}}", "manuscript"},
    {"@unpublished{a, eventtitle = {E}}", "speech"},
    {"@InReference{a, title = {T}}", "entry-encyclopedia"},
    {"@inreference{a, entrysubtype = {entry-dictionary}}", "entry-dictionary"},
    {"@MASTERSTHESIS{a, title = {T}}", "thesis"},
    {"@set{a, entryset = {b, c}}", "document"},
};

TEST(Reader, TakesNoStringForWhatWasCarried) {
  const std::string text = "@misc{a, title = {T}, bibmill=l";
  const Reading reading = read(text);
  ASSERT_EQ(reading.records.size(), 1U);
  for (const Diagnostic& diagnostic : reading.diagnostics.list) EXPECT_LE(diagnostic.span.end, text.size()) << diagnostic.message;
}

TEST(Reader, InheritsNothingThatWasCarried) {
  const Reading reading = read("@inbook{a, title = {T}, crossref = {b}}\n@book{b, title = {B}, year = 2001, bibmill = {{\"type\":\"map\"}}}\n");
  ASSERT_EQ(reading.records.size(), 2U);
  EXPECT_EQ(name_of(reading.records[0].type), "chapter");
}

TEST(Reader, FindsTheType) {
  for (const Typed& typed : kTyped) {
    const Reading reading = read(typed.text);
    ASSERT_EQ(reading.records.size(), 1U) << typed.text;
    EXPECT_EQ(name_of(reading.records[0].type), typed.type) << typed.text;
    EXPECT_EQ(reading.complaints(), "") << typed.text;
  }
}

struct Valued {
  const char* fields;
  const char* dump;
};

constexpr Valued kValued[] = {
    {"number = 4, issue = {Spring}", "  issue (number): \"4, Spring\" raw \"{4}\"\n  issue (issue): \"4, Spring\" raw \"{Spring}\" same\n"},
    {"eprint = {1234}, eprinttype = {pubmed}", "  PMID (eprint): [{\"scheme\":\"pmid\",\"value\":\"1234\"}] raw \"{1234}\"\n  PMID (eprinttype): [{\"scheme\":\"pmid\",\"value\":\"1234\"}] raw \"{pubmed}\" same\n"},
    {"editor = {Doe, J.}, editortype = {compiler}", "  compiler (editor): [{\"family\":\"Doe\",\"given\":\"J.\"}]\n  compiler (editortype): [{\"family\":\"Doe\",\"given\":\"J.\"}] raw \"{compiler}\" same\n"},
    {"keywords = {a, {b, c}, d}", "  keyword (keywords): [\"a\",\"b, c\",\"d\"] raw \"{a, {b, c}, d}\"\n"},
    {"keywords = {a, b; c}", "  keyword (keywords): [\"a, b\",\"c\"]\n"},
    {"month = nov # \"--\" # dec, year = 2001", "  issued (month): \"2001-11/2001-12\"\n  issued (year): \"2001-11/2001-12\" same\n"},
    {"year = 2001, month = {Lent}", "  issued (year): {\"date\":\"2001\",\"literal\":\"Lent\"}\n  issued (month): {\"date\":\"2001\",\"literal\":\"Lent\"} same\n"},
    {"date = {2001-05}, month = {5}", "  issued (date): \"2001-05\"\n  issued (month): \"2001-05\" raw \"{5}\" same\n"},
    {"url = {http://a.example/x; http://b.example/y;}",
     "  URL (url): \"http://a.example/x\" raw \"{http://a.example/x; http://b.example/y;}\"\n  URL (url>): \"http://b.example/y;\"\n"},
    {"url = {http://a.example/x\ty}", "  URL (url): \"http://a.example/x y\" raw \"{http://a.example/x\\ty}\"\n"},
    {"lastchecked = {2001-05-06}", "  accessed (lastchecked): \"2001-05-06\"\n"},
    {"pages = {1\\,--\\,5}", "  page (pages): [{\"first\":\"1\",\"last\":\"5\"}] raw \"{1\\\\,--\\\\,5}\"\n"},
    {"date = {2001}, year = {2002}", "  issued (date): \"2001\"\n  extra bibtex (year): \"{2002}\"\n"},
    {"journaltitle = {J}, journal = {J}", "  container-title (journaltitle): \"J\"\n  container-title (journal): \"J\" same\n"},
    {"journal = {J}, journaltitle = {K}", "  extra bibtex (journal): \"{J}\"\n  container-title (journaltitle): \"K\"\n"},
    {"howpublished = {\\url{http://x.example/a_b}}", "  URL (howpublished): \"http://x.example/a_b\" raw \"{\\\\url{http://x.example/a_b}}\"\n"},
    {"location = {K\\\"oln and Wien}", "  publisher-place (location): \"Köln; Wien\" raw \"{K\\\\\\\"oln and Wien}\"\n"},
    {"langid = {english}", "  language (langid): \"en-US\" raw \"{english}\"\n"},
    {"langid = {english}, langidopts = {variant=british}", "  language (langid): \"en-GB\" raw \"{english}\"\n  extra bibtex (langidopts): \"{variant=british}\"\n"},
    {"pubstate = {inpress}", "  status (pubstate): \"in press\"\n"},
    {"volume = {}", ""},
    {"author = {Doe, J. and Roe, R.}, author+an:orcid = {2=\"0000-0002-1825-0097\"}",
     "  author (author): [{\"family\":\"Doe\",\"given\":\"J.\"},{\"family\":\"Roe\",\"given\":\"R.\",\"identifiers\":[{\"scheme\":\"orcid\",\"value\":\"0000-0002-1825-0097\"}]}]\n"
     "  author (author+an:orcid): [{\"family\":\"Doe\",\"given\":\"J.\"},{\"family\":\"Roe\",\"given\":\"R.\",\"identifiers\":[{\"scheme\":\"orcid\",\"value\":\"0000-0002-1825-0097\"}]}] same\n"},
};

TEST(Reader, PutsFieldsTogether) {
  for (const Valued& valued : kValued) {
    const Reading reading = read("@article{a, " + std::string(valued.fields) + "}");
    ASSERT_EQ(reading.records.size(), 1U) << valued.fields;
    EXPECT_EQ(text::dump(reading.records[0]), "article-journal (article) a\n" + std::string(valued.dump)) << valued.fields;
    EXPECT_EQ(reading.complaints(), "") << valued.fields;
  }
}

TEST(Reader, TheBooktitleOfABookThatRepeatsItsTitleIsForItsParts) {
  const auto dumped = [](std::string_view entry) { return text::dump(read(entry).records.at(0)); };
  EXPECT_EQ(dumped("@book{a, title = {The {Nets}}, booktitle = {The Nets}}"),
            "book (book) a\n  title (title): [\"The \",{\"text\":\"Nets\",\"marks\":\"no-case\"}]\n  title (booktitle): \"The Nets\" raw \"{The Nets}\" same\n");
  EXPECT_EQ(dumped("@book{a, booktitle = {Nets}, title = {Nets}}"), "book (book) a\n  title (booktitle): \"Nets\" same\n  title (title): \"Nets\"\n");
  EXPECT_EQ(dumped("@book{a, title = {Nets}, journal = {Nets}}"), "book (book) a\n  title (title): \"Nets\"\n  title (journal): \"Nets\" same\n");
  EXPECT_EQ(dumped("@book{a, title = {Nets}, journal = {NETS}}"), "book (book) a\n  title (title): \"Nets\"\n  container-title (journal): \"NETS\"\n");
  EXPECT_EQ(dumped("@book{a, title = {Nets}, booktitle = {Ships}}"), "book (book) a\n  title (title): \"Nets\"\n  container-title (booktitle): \"Ships\"\n");
  EXPECT_EQ(dumped("@inbook{a, title = {Nets}, booktitle = {Nets}}"), "chapter (inbook) a\n  title (title): \"Nets\"\n  container-title (booktitle): \"Nets\"\n");
}

TEST(Reader, ReadsTheDateThatWordsMean) {
  constexpr Valued kDates[] = {
      {"urldate = {4 March 2010}", "  accessed (urldate): \"2010-03-04\" raw \"{4 March 2010}\"\n"},
      {"urldate = {March 4, 2010}", "  accessed (urldate): \"2010-03-04\" raw \"{March 4, 2010}\"\n"},
      {"date = {2004-4-5}", "  issued (date): \"2004-04-05\" raw \"{2004-4-5}\"\n"},
      {"date = {2004--2005}", "  issued (date): \"2004/2005\" raw \"{2004--2005}\"\n"},
      {"date = {2004-2-30}", "  issued (date): {\"literal\":\"2004-2-30\"} raw \"{2004-2-30}\"\n"},
      {"date = {12/2004}", "  issued (date): {\"literal\":\"12/2004\"} raw \"{12/2004}\"\n"},
      {"date = {2004a}", "  issued (date): {\"literal\":\"2004a\"} raw \"{2004a}\"\n"},
  };
  for (const Valued& valued : kDates) {
    const Reading reading = read("@article{a, " + std::string(valued.fields) + "}");
    ASSERT_EQ(reading.records.size(), 1U) << valued.fields;
    EXPECT_EQ(text::dump(reading.records[0]), "article-journal (article) a\n" + std::string(valued.dump)) << valued.fields;
    EXPECT_EQ(reading.complaints(), "error bibtex/bad-date\n") << valued.fields;
  }
}

TEST(Reader, TheDialectNamedMakesNoDifference) {
  for (const std::filesystem::path& path : all_files()) {
    const Reading one = read(contents(path), bibtex_format(), {false, true, 0});
    const Reading other = read(contents(path), biblatex_format(), {false, true, 0});
    ASSERT_EQ(one.records.size(), other.records.size()) << path;
    EXPECT_EQ(one.complaints(), other.complaints()) << path;
  }
}

TEST(Reader, StringsCountFromWhereTheyStand) {
  const Reading reading = read("@misc{a, note = s}\n@string{s = {one}}\n@misc{b, note = s}\n@string{s = s # { two}}\n@misc{c, note = s}\n");
  EXPECT_EQ(reading.complaints(), "error bibtex/string-defined-later\n");
  EXPECT_NE(text::dump(reading.records[1]).find("note (note): \"one\""), std::string::npos);
  EXPECT_NE(text::dump(reading.records[2]).find("note (note): \"one two\""), std::string::npos);
}

TEST(Reader, WithoutLookingAheadNothingDependsOnWhereAFileIsCut) {
  const std::string text = "@string{s = {one}}\n@misc{a, note = s}\n@misc{b, note = s # jan}\n";
  const std::string whole = read(text, bibtex_format(), {true, false, 0}).dump();
  EXPECT_EQ(read(text, bibtex_format(), {true, false, 1}).dump(), whole);
  EXPECT_EQ(read(text, bibtex_format(), {true, false, 0}).complaints(), "");
}

TEST(Reader, PartsGiveTheWhole) {
  for (const std::filesystem::path& path : all_files()) {
    const std::string text = contents(path);
    const std::string whole = read(text).dump();
    for (const std::size_t about : {std::size_t{1}, std::size_t{64}, std::size_t{100000}}) EXPECT_EQ(read(text, bibtex_format(), {true, true, about}).dump(), whole) << path << " in parts of " << about;
  }
}

TEST(Reader, StaysLinear) {
  std::string entries;
  for (int at = 0; at < 100000; ++at) entries += "@misc{k" + std::to_string(at) + ", title = {T}}";
  EXPECT_EQ(read(entries, bibtex_format(), {false, true, 0}).records.size(), 100000U);
  const std::string sound = "\n@misc{sound, title = {S}}\n";
  for (const char* const piece : {"{", "@", "@a{", "@article{", "@comment{\n", "@a{b={,", "@misc{a, t={\n"}) {
    std::string text = "@article{deep, title = ";
    while (text.size() < 300000) text += piece;
    const Reading reading = read(text + sound, bibtex_format(), {false, true, 0});
    ASSERT_FALSE(reading.records.empty()) << piece;
    EXPECT_EQ(reading.records.back().key, "sound") << piece;
  }
}

TEST(Split, CutsBehindEntries) {
  const std::string text = "note\n@misc{a}\n@comment{c}\n@misc{b}\n% d\n@misc{e}\n";
  const std::size_t a = text.find("@misc{a}") + 8;
  const std::size_t b = text.find("@misc{b}") + 8;
  EXPECT_EQ(bibtex_format().split(text, 0), a);
  EXPECT_EQ(bibtex_format().split(text, a), a);
  EXPECT_EQ(bibtex_format().split(text, b - 1), a);
  EXPECT_EQ(bibtex_format().split(text, text.size()), b);
  EXPECT_EQ(bibtex_format().split("@misc{a}\n", 100), 0U);
  EXPECT_EQ(bibtex_format().split("@misc{a, title = {", 100), 0U);
}

struct Recognised {
  const char* text;
  const char* as;
};

TEST(Recognises, TellsTheDialects) {
  constexpr Recognised kHeads[] = {
      {"@article{a, journal = {J}, year = 2001}", "bibtex"}, {"@article{a, journaltitle = {J}}", "biblatex"}, {"@online{a, title = {T}}", "biblatex"},
      {"@string{a = {b}}", "bibtex"},                        {"Write to doe@example.org. \\cite{x}", "none"},  {"", "none"},
      {"{\"a\": 1}", "none"},                               {"@book{a, date = {2001}}", "biblatex"},
  };
  for (const Recognised& head : kHeads) {
    const int bibtex = bibtex_format().recognises(head.text);
    const int biblatex = biblatex_format().recognises(head.text);
    EXPECT_EQ(bibtex == 0 && biblatex == 0 ? "none" : bibtex >= biblatex ? "bibtex" : "biblatex", std::string(head.as)) << head.text;
  }
}

/// Where values go through as they are written, plain names are not even parsed: what is said of others is the same.
TEST(BibtexReader, SaysWhatIsWrongWithNamesThatGoThrough) {
  for (const std::string_view names : {"Roe, Ann and Bob Doe", "Roe, Ann, and Doe, Bob", "Roe, Ann,", "Roe,", ", Ann", "Roe, Jr, Ann, Bob", "and Roe", "Roe and", "Roe and and Doe", "Roe AND AND Doe",
                                       "Roe and  and Doe", "{Roe", "Roe, {Ann}}", ". and Roe", "Roe, Ann and -", "", " and ", "others", "Roe and others", "Brandt And and Roe", "Roe ,Ann", "family=Roe, vorname=Ann"}) {
    const std::string text = fmt::format("@book{{k, author = {{{0}}}, editor = {{{0}}}, title = {{T}}}}\n@book{{l, title = {{U}}}}\n", names);
    ReadOptions options;
    options.keep_raw = true;
    const Reading decoded = support::read_alone(biblatex_format(), text, options);
    options.as_written = true;
    const Reading as_written = support::read_alone(biblatex_format(), text, options);
    EXPECT_EQ(as_written.complaints(), decoded.complaints()) << names;
    EXPECT_EQ(write(as_written, biblatex_format()).text, write(decoded, biblatex_format()).text) << names;
  }
}

}  // namespace
}  // namespace bibmill::bibtex

// What producers write that no manual knows: a line for each habit, and what it is read as.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "workbench.h"

namespace bibmill::bibtex {
namespace {

struct Habit {
  const char* text;
  const char* records;  ///< dump without raw texts
};

constexpr Habit kHabits[] = {
    // Web of Science: two pairs of braces round the whole list
    {"@article{a, keywords = {{bells; ropes, long}}}", "article-journal (article) a\n  keyword (keywords): [\"bells\",\"ropes, long\"]\n"},
    {"@article{a, keywords = {{bells, ropes}}}", "article-journal (article) a\n  keyword (keywords): [\"bells, ropes\"]\n"},
    {"@article{a, issn = {2999-0017}, eissn = {2999-0025}}", "article-journal (article) a\n  ISSN (issn): [{\"scheme\":\"issn\",\"value\":\"2999-0017\"}]\n  ISSN (eissn): [{\"scheme\":\"issn\",\"value\":\"2999-0025\",\"qualifier\":\"electronic\"}]\n"},
    // ACM: the publisher's address, and where the conference was
    {"@inproceedings{a, address = {Bergen}, location = {Ghent}}", "paper-conference (inproceedings) a\n  publisher-place (address): \"Bergen\"\n  event-place (location): \"Ghent\"\n"},
    {"@inproceedings{a, location = {Ghent}}", "paper-conference (inproceedings) a\n  publisher-place (location): \"Ghent\"\n"},
    {"@book{a, city = {Bergen}}", "book (book) a\n  publisher-place (city): \"Bergen\"\n"},
    // Scopus
    {"@article{a, author_keywords = {ropes; bells}, keywords = {index; terms}}",
     "article-journal (article) a\n  keyword (author_keywords): [\"ropes\",\"bells\"]\n  keyword (keywords): [\"index\",\"terms\"]\n"},
    // MathSciNet, and Beebe's collections, where the shorter name stands in the other field
    {"@article{a, journal = {Bell. J.}, fjournal = {Bell Journal}}", "article-journal (article) a\n  container-title-short (journal): \"Bell. J.\"\n  container-title (fjournal): \"Bell Journal\"\n"},
    {"@article{a, journal = {Journal of Bells and Ropes}, fjournal = {Bell Journal}}",
     "article-journal (article) a\n  container-title (journal): \"Journal of Bells and Ropes\"\n  extra bibtex (fjournal): \"{Bell Journal}\"\n"},
    {"@article{a, fjournal = {Bell Journal}}", "article-journal (article) a\n  container-title (fjournal): \"Bell Journal\"\n"},
    // INSPIRE
    {"@techreport{a, reportNumber = {BELL-2001}}", "report (techreport) a\n  number (reportNumber): \"BELL-2001\"\n"},
    // ADS
    {"@article{a, journal = {\\apj}}", "article-journal (article) a\n  container-title (journal): \"ApJ\"\n"},
    {"@article{a, journal = \"{\\mnras}\"}", "article-journal (article) a\n  container-title (journal): \"MNRAS\"\n"},
    // Mendeley
    {"@article{a, url = {http://a.example/x http://b.example/y}}", "article-journal (article) a\n  URL (url): \"http://a.example/x\"\n  URL (url>): \"http://b.example/y\"\n"},
    {"@article{a, url = {see http://b.example/y}}", "article-journal (article) a\n  URL (url): \"see http://b.example/y\"\n"},
    {"@article{a, file = {:C$\\backslash$:/a{\\_}b.pdf:pdf}}", "article-journal (article) a\n  file (file): \"C:/a_b.pdf\"\n"},
    // People
    {"@book{a, author = {Doe, Jo and {et al.}}}", "book (book) a\n  author (author): {\"list\":[{\"family\":\"Doe\",\"given\":\"Jo\"}],\"complete\":false}\n"},
    {"@book{a, title = {The `small' bell's rope}}", "book (book) a\n  title (title): \"The ‘small’ bell's rope\"\n"},
    {"@book{a, title = {\\enquote*{Bells} and \\enquote{a \\enquote{small} one}}}", "book (book) a\n  title (title): [\"‘Bells’ and \",{\"text\":\"a ‘small’ one\",\"marks\":\"quote\"}]\n"},
};

TEST(Producers, AreReadAsTheyMeanIt) {
  for (const Habit& habit : kHabits) EXPECT_EQ(read(habit.text, bibtex_format(), {false, true, 0}).dump(), habit.records) << habit.text;
}

TEST(Producers, GetBackWhatTheyWrote) {
  for (const Habit& habit : kHabits) {
    const Reading reading = read(habit.text, bibtex_format(), {true, false, 0});
    const Writing once = write(reading, bibtex_format());
    EXPECT_TRUE(once.lost().empty()) << habit.text;
    EXPECT_EQ(write(read(once.text, bibtex_format(), {true, false, 0}), bibtex_format()).text, once.text);
  }
}

TEST(Producers, AreNotTakenForBiblatexByIeeesTypes) {
  EXPECT_EQ(biblatex_format().recognises("@standard{a, title = {T}}\n@electronic{b, url = {http://x.example}}\n"), biblatex_format().recognises("@misc{a, title = {T}}\n"));
  EXPECT_GT(biblatex_format().recognises("@online{a, title = {T}}\n"), biblatex_format().recognises("@misc{a, title = {T}}\n"));
}

// BibTeX reads the entries in a comment, biber does not.
TEST(Comments, AreReadAsAsked) {
  constexpr std::string_view kText = "@comment{a @article{in, title = {T}, crossref = p} b}\n@book{p, year = 2001}\n";
  const std::string text(kText);
  const Reading reading = read(text, bibtex_format(), {false, true, 0});
  EXPECT_EQ(reading.records.size(), 1U);
  EXPECT_EQ(reading.complaints(), "warning bibtex/entry-in-comment\n");
  ReadOptions options;
  options.settings.set("comments", "entries");
  const Source source{"test.bib"};
  const std::unique_ptr<LookAhead> ahead = bibtex_format().make_look_ahead(options);
  ahead->scan(source, text, 0);
  if (ahead->again()) ahead->scan(source, text, 0);
  options.prelude = ahead->finish();
  Reading entries;
  bibtex_format().make_reader(options)->read(source, entries.part(text), entries, entries.diagnostics);
  EXPECT_EQ(entries.dump(),
            "between comment: @comment{a \n"
            "article-journal (article) in\n  title (title): \"T\"\n  extra bibtex (crossref): \"p\"\n  issued (crossref>year): \"2001\"\n"
            "between comment:  b}\nbook (book) p\n  issued (year): \"2001\"\n");
}

TEST(Chains, GiveAPartOfABookItsAuthorTwice) {
  const Reading reading = read("@inbook{a, title = {T}, crossref = {p}}\n@inbook{b, author = {Roe, Al}, crossref = {p}}\n@book{p, author = {Doe, Jo}, title = {B}}\n", bibtex_format(), {false, true, 0});
  ASSERT_EQ(reading.records.size(), 3U);
  EXPECT_EQ(reading.records[0].get<Field::Author>()->list[0].family, "Doe");
  EXPECT_EQ(reading.records[0].get<Field::ContainerAuthor>()->list[0].family, "Doe");
  EXPECT_EQ(reading.records[1].get<Field::Author>()->list[0].family, "Roe");
  EXPECT_EQ(reading.records[1].get<Field::ContainerAuthor>()->list[0].family, "Doe");
}

// Long values are passed by where parents are looked for, unless a brace before them may be none.
TEST(Chains, AreFoundBehindLongValues) {
  const std::string words(200, 'w');
  const std::string parent = "@book{Parent, title = {B}, publisher = {P}}\n";
  const std::pair<std::string, bool> kChildren[] = {
      {"abstract = {" + words + "}, crossref = {parent}", true},
      {"note = \"a { b\", abstract = {" + words + "}, crossref = {parent}, note = \"c } d\"", false},
      {"abstract = {" + words + "}, % {\n crossref = {PARENT}", true},
      {"abstract = \"" + words + "\", CROSSREF = \"parent\"", true},
      {"abstract = {" + words + " crossref = {parent} " + words + "}", false},
  };
  for (const auto& [fields, inherits] : kChildren) {
    const Reading reading = read("@inbook{a, title = {T}, " + fields + "}\n" + parent, bibtex_format(), {false, true, 0});
    ASSERT_EQ(reading.records.size(), 2U) << fields;
    EXPECT_EQ(reading.records[0].has(Field::Publisher), inherits) << fields;
  }
}

TEST(Chains, GoFromPartToPart) {
  std::string text;
  for (int at = 0; at < 2000; ++at) text += fmt::format("@inbook{{in{}, title = {{T}}, crossref = {{Of{}}}}}\n@book{{oF{}, title = {{B}}, publisher = {{P{}}}}}\n", at, 1999 - at, at, at);
  const Reading reading = read(text, bibtex_format(), {false, true, 500});
  ASSERT_EQ(reading.records.size(), 4000U);
  for (std::size_t at = 0; at < 2000; ++at) EXPECT_EQ(reading.records[2 * at].get<Field::Publisher>()->runs[0].text, fmt::format("P{}", 1999 - at));
}

TEST(Keys, OfOneLetterAndOfManyAreToldApartInAnyCase) {
  std::string text;
  for (int at = 0; at < 3000; ++at) text += fmt::format("@misc{{k{}, title = {{T}}}}\n", at);
  EXPECT_EQ(read(text).complaints(), "");
  EXPECT_EQ(read(text + "@misc{K1234, title = {T}}\n").complaints(), "warning bibtex/repeated-key\n");
}

TEST(Chains, AreSaidOnceToBeTooLong) {
  std::string text;
  for (int at = 0; at < 40; ++at) text += "@book{b" + std::to_string(at) + ", title = {T}, crossref = {b" + std::to_string(at + 1) + "}}\n";
  text += "@book{b40, title = {T}}\n";
  EXPECT_EQ(read(text).complaints(), "warning bibtex/long-chain\n");
}

TEST(Reader, SaysThatNoEntryBegins) {
  const Reading reading = read(std::string(1000, '@'));
  EXPECT_EQ(reading.complaints(), "error bibtex/no-entry\n");
}

}  // namespace
}  // namespace bibmill::bibtex

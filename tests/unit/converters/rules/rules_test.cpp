// Every rule: what its table promises. The examples need the formats, so that the test is linked with the catalogue.
#include "bibmill/rule.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>

#include <fmt/format.h>

#include "bibmill/catalogue.h"
#include "bibmill/check.h"
#include "bibmill/errors.h"
#include "support/folder.h"

namespace bibmill {
namespace {

/// Keeps the codes of what is found.
class Codes final : public FindingSink {
 public:
  void finding(const Finding& finding) override {
    codes.insert(std::string(finding.diagnostic.code));
    told += std::string(finding.diagnostic.code) + ": " + finding.diagnostic.message + "\n";
    fixes = fixes || !finding.diagnostic.fixes.empty();
    unsafe = unsafe || std::any_of(finding.diagnostic.fixes.begin(), finding.diagnostic.fixes.end(), [](const Fix& fix) { return !fix.safe; });
  }
  std::set<std::string> codes;
  std::string told;
  bool fixes = false;
  bool unsafe = false;
};

/// What the default set and the rule itself find in an example.
Codes found_in(RuleExample example, std::string_view code) {
  const support::Folder folder;
  const std::string path = (folder.path() / "example").string();
  std::ofstream(path, std::ios::binary) << example.text;
  CheckOptions options;
  options.inputs = {path};
  options.formats = all_formats();
  options.from = format_named(all_formats(), example.format);
  options.rules.select(code);
  Codes codes;
  check(options, codes);
  return codes;
}

class Rules : public testing::TestWithParam<const Rule*> {};

std::string name_for_test(const testing::TestParamInfo<const Rule*>& about) {
  std::string name(about.param->code);
  std::replace_if(name.begin(), name.end(), [](char c) { return c == '/' || c == '-'; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, Rules, testing::ValuesIn(std::vector<const Rule*>(all_rules().begin(), all_rules().end())), name_for_test);

TEST_P(Rules, FindsItsBadExampleAndNothingElse) {
  const Rule& rule = *GetParam();
  if (rule.bad.text.empty()) GTEST_SKIP() << "its example needs more than one file";
  const Codes found = found_in(rule.bad, rule.code);
  EXPECT_EQ(found.codes, std::set<std::string>{std::string(rule.code)}) << found.told;
  EXPECT_EQ(found.fixes, !rule.fix.empty()) << found.told;
  EXPECT_EQ(found.unsafe, rule.fix == "suggested");
}

TEST_P(Rules, IsSilentAboutItsGoodExample) {
  const Rule& rule = *GetParam();
  if (rule.good.text.empty()) GTEST_SKIP() << "its example needs more than one file";
  const Codes found = found_in(rule.good, rule.code);
  EXPECT_TRUE(found.codes.empty()) << found.told;
}

TEST_P(Rules, SaysWhatItIs) {
  const Rule& rule = *GetParam();
  static const std::regex kCode("(syntax|schema|model|identifier|date|name|title|text|duplicate|integrity|style)/[a-z0-9-]+");
  EXPECT_TRUE(std::regex_match(std::string(rule.code), kCode)) << rule.code;
  EXPECT_TRUE(rule.summary.ends_with('.')) << rule.summary;
  EXPECT_FALSE(rule.why.empty());
  EXPECT_TRUE(rule.fix.empty() || rule.fix == "safe" || rule.fix == "suggested");
  EXPECT_EQ((rule.text != nullptr) + (rule.value != nullptr) + (rule.record != nullptr) + (rule.told != nullptr) + (rule.set != nullptr) + rule.by_reader, 1) << rule.code;
  EXPECT_EQ(rule.value != nullptr, rule.wants != nullptr);
  detail::for_each_word(rule.formats, [&](std::string_view id) { EXPECT_NE(format_named(all_formats(), id), nullptr) << id; });
  EXPECT_TRUE(!rule.bad.text.empty() || !rule.option.empty() || rule.code == "style/unusual-gap") << rule.code << " has no example";
}

/// Articles that have a volume, but for the first `gaps` of them.
std::string articles(int count, int gaps) {
  std::string text;
  for (int at = 0; at < count; ++at)
    text += "@article{a" + std::to_string(at) + ", author = {Lind, Oda}, title = {Tides of the year number " + std::string(static_cast<std::size_t>(at) + 1, 'x') + "}, journal = {Coast}, year = " +
            std::to_string(1900 + at) + (at < gaps ? "}\n" : ", volume = {3}}\n");
  return text;
}

TEST(UnusualGap, IsAFieldThatNineOfTenHave) {
  const std::string_view code = "style/unusual-gap";
  const Codes one_of_ten = found_in({"bibtex", articles(10, 1)}, code);
  EXPECT_EQ(one_of_ten.told, "style/unusual-gap: 9 of 10 records of this type have volume; this one does not\n");
  EXPECT_EQ(found_in({"bibtex", articles(20, 2)}, code).codes, std::set<std::string>{std::string(code)});
  EXPECT_TRUE(found_in({"bibtex", articles(10, 0)}, code).codes.empty()) << "all have it";
  EXPECT_TRUE(found_in({"bibtex", articles(10, 2)}, code).codes.empty()) << "two of ten do without";
  EXPECT_TRUE(found_in({"bibtex", articles(9, 1)}, code).codes.empty()) << "nine are too few to tell";
  const std::string others = articles(10, 0) + "@book{b, author = {Lind, Oda}, title = {Shelf}, publisher = {Harbour}, year = 2001}\n";
  EXPECT_TRUE(found_in({"bibtex", others}, code).codes.empty()) << "books are no articles";
}

TEST(DuplicateWork, MindsWhatTheStepDedupeMinds) {
  const std::string_view code = "duplicate/work";
  const auto found = [&](std::string_view format, std::string_view one, std::string_view other) { return found_in({format, std::string(one) + std::string(other)}, code).codes.count(std::string(code)) > 0; };
  const auto article = [](std::string_view rest) { return fmt::format("@article{{a{0}, author = {{Lind, Oda}}, title = {{Counting kelp from orbit}}, year = 2001, {1}}}\n", rest.size(), rest); };
  EXPECT_TRUE(found("bibtex", article("journal = {Coast Lett.}"), article("journal = {Coast Letters}, volume = 3, pages = {1--4}")));
  EXPECT_FALSE(found("bibtex", article("journal = {Coast}"), article("journal = {Harbour Letters}, volume = 3")));
  EXPECT_FALSE(found("bibtex", article("journal = {Coast}, volume = 3, number = 1, pages = {3}"), article("journal = {Coast}, volume = 3, number = 12, pages = {3--6}")));
  constexpr std::string_view kOf = "author = {Lind, Oda}, title = {Counting kelp from orbit}, year = 2001";
  const auto entry = [&](std::string_view type, std::string_view key, std::string_view rest) { return fmt::format("@{}{{{}, {}, {}}}\n", type, key, kOf, rest); };
  EXPECT_FALSE(found("bibtex", entry("techreport", "a", "institution = {X}, number = {TR-1}"), entry("techreport", "b", "institution = {X}, number = {TR-2}")));
  EXPECT_FALSE(found("bibtex", entry("incollection", "a", "booktitle = {Harbours}"), entry("incollection", "b", "booktitle = {Tables and tides}")));
  EXPECT_FALSE(found("biblatex", entry("patent", "a", "number = {US1234567}"), entry("patent", "b", "number = {US1234568}")));
  EXPECT_FALSE(found("biblatex", entry("online", "a", "url = {https://a.org/1}"), entry("online", "b", "url = {https://a.org/2}")));
  EXPECT_FALSE(found("medline", "PMID- 1\nTI  - Counting kelp from orbit.\nFAU - Lind, Oda\nJT  - Coast\nDP  - 2001\n\n", "PMID- 2\nTI  - Counting kelp from orbit.\nFAU - Lind, Oda\nJT  - Coast\nDP  - 2001\n"));
}

TEST(MissingPerson, IsNotAskedForWhereAnotherEntryNamesIt) {
  const std::string_view code = "model/missing-person";
  constexpr std::string_view kBook = "@book{a, title = {Rites}, year = 1960, publisher = {Harbour}, translator = {Lind, Oda}";
  EXPECT_EQ(found_in({"biblatex", std::string(kBook) + "}\n"}, code).codes, std::set<std::string>{std::string(code)});
  EXPECT_TRUE(found_in({"biblatex", std::string(kBook) + ", related = {b}, relatedtype = {translationof}}\n@book{b, author = {Berg, Nils}, title = {Riter}, year = 1909}\n"}, code).codes.empty());
  EXPECT_TRUE(found_in({"biblatex", "@periodical{a, title = {Coast}, issuetitle = {Tides}, year = 2011}\n"}, code).codes.empty());
}

/// What the rules of a group, and no others, find in an entry of BibTeX's.
std::string told_of(std::string_view fields, std::string_view selector) {
  const support::Folder folder;
  const std::string path = (folder.path() / "example.bib").string();
  std::ofstream(path, std::ios::binary) << "@misc{a, " << fields << "}\n";
  CheckOptions options;
  options.inputs = {path};
  options.formats = all_formats();
  options.from = format_named(all_formats(), "bibtex");
  options.rules.only_selected();
  options.rules.select(selector);
  Codes codes;
  check(options, codes);
  return codes.told;
}

TEST(MalformedYear, IsWhatWasMeantForDigits) {
  for (const std::string_view year : {"2O20", "l999", "20201", "20 20", "'99", "2020a"}) EXPECT_NE(told_of(fmt::format("year = {{{}}}", year), "date/malformed-year"), "") << year;
  for (const std::string_view year : {"forthcoming", "in press", "n.d.", "[1999]", "1999, reprinted 2001", "ca. 1850", "44 BC", "19th century", "MCMXC", "199?", "2019/2020", "Spring 2001", "Oslo"})
    EXPECT_EQ(told_of(fmt::format("year = {{{}}}", year), "date/malformed-year"), "") << year;
}

TEST(MalformedMonth, IsWhatNamesNone) {
  for (const std::string_view month : {"Foo", "32 May", "13", "0"}) EXPECT_NE(told_of(fmt::format("year = 2001, month = {{{}}}", month), "date/malformed-month"), "") << month;
  for (const std::string_view month : {"May", "May 31", "Mai", "Summer/Fall", "Mid-March", "15 March", "Nov--Dec", "Frühjahr", "5", "Q1", "First Quarter", "Lent Term", "??"})
    EXPECT_EQ(told_of(fmt::format("year = 2001, month = {{{}}}", month), "date/malformed-month"), "") << month;
}

TEST(MalformedMonth, IsNoneThatStandsBesideAnOddYear) {
  for (const std::string_view month : {"{may}", "may", "{5}"}) EXPECT_EQ(told_of(fmt::format("year = {{2020a}}, month = {}", month), "date/malformed-month"), "") << month;
}

TEST(Retracted, IsSaidByTitles) {
  for (const std::string_view title : {"Tides (Retracted Article. See vol. 3, pg 4, 2020)", "Tides (Retracted article)", "RETRACTED: Tides"})
    EXPECT_EQ(told_of(fmt::format("title = {{{}}}", title), "integrity/*"), "integrity/retracted: this work was retracted\n") << title;
  for (const std::string_view title : {"Retraction Note to: Tides", "Retraction note: Tides", "Tides (Retraction of vol 3, pg 4, 2019)"})
    EXPECT_EQ(told_of(fmt::format("title = {{{}}}", title), "integrity/*"), "integrity/retraction-notice: this is the notice of a retraction or concern, not the work\n") << title;
  for (const std::string_view title : {"Retraction of gums", "Retracted articles in journals (a study)", "(Retracted article) notes in print"}) EXPECT_EQ(told_of(fmt::format("title = {{{}}}", title), "integrity/*"), "") << title;
}

TEST(EtAl, IsFoundInWhateverPlace) {
  for (const std::string_view names : {"Lind, O. and et al.", "Lind, O. and {et al.}", "Lind et al.", "Lind, O. et al."}) EXPECT_NE(told_of(fmt::format("author = {{{}}}", names), "name/et-al"), "") << names;
  for (const std::string_view names : {"Lind, O. and others", "others", "Alvarez, E."}) EXPECT_EQ(told_of(fmt::format("author = {{{}}}", names), "name/et-al"), "") << names;
}

TEST(InitialsLast, AreNoFamilyNames) {
  EXPECT_NE(told_of("author = {van der Lind OM and Berg N}", "name/initials-last"), "");
  for (const std::string_view names : {"Lind, OM and Berg, N", "Hussain KH and Rajeesh KV and Aravind Rajendran", "Henry Ford II and John King III", "Oda Lind and Nils Berg", "{Group A} and {Group B}"})
    EXPECT_EQ(told_of(fmt::format("author = {{{}}}", names), "name/initials-last"), "") << names;
}

TEST(RuleCatalogue, HasEachCodeOnce) {
  std::set<std::string_view> codes;
  for (const Rule* const rule : all_rules()) EXPECT_TRUE(codes.insert(rule->code).second) << rule->code;
  for (const ReaderCode& code : reader_codes()) EXPECT_TRUE(codes.insert(code.code).second) << code.code;
  EXPECT_GE(all_rules().size(), 90U);
  EXPECT_GE(reader_codes().size(), 100U);
}

TEST(RuleSelection, OfTwoThatFitTheLongerDecides) {
  RuleSelection selection;
  EXPECT_TRUE(selection.has("text/mojibake", true));
  EXPECT_FALSE(selection.has("text/non-ascii", false));
  selection.ignore("text/*");
  selection.select("text/mojibake");
  EXPECT_TRUE(selection.has("text/mojibake", true));
  EXPECT_FALSE(selection.has("text/not-nfc", true));
  RuleSelection only;
  only.only_selected();
  only.select("style/*");
  EXPECT_TRUE(only.has("style/double-blank", false));
  EXPECT_FALSE(only.has("text/mojibake", true));
}

TEST(RuleSelection, AnswersAWrongCodeWithTheNearestRightOne) {
  RuleSelection selection;
  try {
    selection.select("text/mojibak");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_STREQ(error.what(), "no rule has the code text/mojibak; did you mean text/mojibake?");
  }
  try {
    selection.select("text");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_STREQ(error.what(), "no rule has the code text; text/* is the group of that name");
  }
}

}  // namespace
}  // namespace bibmill

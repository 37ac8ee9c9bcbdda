// Targets: what they ask for, and where a file of one is wrong.
#include "bibmill/target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bibmill/catalogue.h"
#include "bibmill/errors.h"
#include "bibmill/library.h"
#include "bibmill/pipeline_file.h"
#include "harness.h"

namespace bibmill {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Target target_of(const mock::Folder& folder, const std::string& yaml) { return read_target(folder.file("t.yaml", yaml)); }

std::string mistake(const std::string& yaml) {
  const mock::Folder folder;
  try {
    target_of(folder, yaml);
  } catch (const UsageError& error) {
    const std::string message = error.what();
    return message.substr(message.rfind("t.yaml"));
  }
  return "none";
}

/// What the target says of a record written in a format.
std::vector<std::string> said_of(const Target& target, std::string_view format, const std::string& text) {
  const mock::Folder folder;
  LoadOptions options;
  options.path = folder.file("refs", text);
  options.formats = all_formats();
  options.from = format_named(all_formats(), format);
  mock::Memory listener;
  const Library library = load(options, listener);
  std::vector<std::string> said;
  for (const LoadedRecord& loaded : library.records)
    for (const Shortcoming& shortcoming : shortcomings(loaded.record, target)) said.push_back((shortcoming.kind == Shortcoming::Kind::Wish ? "wish: " : "") + shortcoming.message);
  return said;
}

constexpr const char* kArticle = "@article{a, author = {Lind, Oda and Quist, Mara}, title = {Kelp}, journal = {%s}, year = 2019, volume = 3, pages = {1--9}, doi = {10.5555/kelp}}\n";

std::string article_in(const std::string& journal) {
  std::string text = kArticle;
  return text.replace(text.find("%s"), 2, journal);
}

class BuiltInTarget : public testing::TestWithParam<std::string> {};

TEST_P(BuiltInTarget, IsWholeAndNamesItsSource) {
  const Target target = read_target(GetParam());
  EXPECT_EQ(target.name, GetParam());
  EXPECT_NE(target.title, target.name);
  EXPECT_FALSE(target.source.empty());
  EXPECT_GT(target.note.size(), 40U);
  for (std::size_t type = 0; type < kTypeCount; ++type) EXPECT_FALSE(target.required[type].empty()) << name_of(static_cast<Type>(type));
}

TEST_P(BuiltInTarget, IsContentWithAWholeArticleAndSaysWhatAnotherLacks) {
  const Target target = read_target(GetParam());
  EXPECT_THAT(said_of(target, "bibtex", article_in("Nature")), IsEmpty());
  EXPECT_THAT(said_of(target, "bibtex", "@article{a, author = {Lind, Oda}, title = {Kelp}, doi = {10.5555/kelp}}\n"), testing::Contains(HasSubstr("no container-title")));
}

INSTANTIATE_TEST_SUITE_P(All, BuiltInTarget, testing::Values("acm", "biblatex-strict", "elsevier", "ieee", "nlm", "plos", "springer", "vancouver"),
                         [](const auto& info) { return info.param == "biblatex-strict" ? std::string("biblatex_strict") : info.param; });

TEST(Target, HasNoOthersBuiltIn) {
  std::vector<std::string> names;
  for (const TargetFile& file : all_targets()) names.emplace_back(file.name);
  EXPECT_THAT(names, ElementsAre("acm", "biblatex-strict", "elsevier", "ieee", "nlm", "plos", "springer", "vancouver"));
}

TEST(Target, WantsFieldsByType) {
  const mock::Folder folder;
  const Target target = target_of(folder, "required:\n  book: [author|editor, publisher]\n  others: [title]\nidentifiers: {required: [DOI|PMID], wanted: [URL]}\n");
  EXPECT_EQ(target.name, "t");
  EXPECT_THAT(said_of(target, "bibtex", "@book{a, title = {Kelp}, doi = {10.5555/kelp}, url = {https://example.org}}\n"), ElementsAre("it has no author or editor, no publisher"));
  EXPECT_THAT(said_of(target, "bibtex", "@book{a, editor = {Lind, Oda}, publisher = {Harbour}}\n"), ElementsAre("it has no DOI or PMID", "wish: it has no URL"));
  EXPECT_THAT(said_of(target, "bibtex", "@misc{a, author = {Lind, Oda}, doi = {10.5555/kelp}, url = {https://example.org}}\n"), ElementsAre("it has no title"));
}

TEST(Target, WantsJournalsInAForm) {
  const mock::Folder folder;
  const auto said = [&](const std::string& form, const std::string& journal) { return said_of(target_of(folder, "required: {others: []}\njournal: " + form + "\n"), "bibtex", article_in(journal)); };
  EXPECT_THAT(said("any", "J. Kelp"), IsEmpty());
  EXPECT_THAT(said("full", "Journal of Kelp"), IsEmpty());
  EXPECT_THAT(said("full", "J. Kelp"), ElementsAre("the journal is given as J. Kelp, and wanted in full; the step journals can do it with a list that has the journal"));
  EXPECT_THAT(said("iso4", "J. Kelp"), IsEmpty());
  EXPECT_THAT(said("iso4", "Nature"), IsEmpty());
  EXPECT_THAT(said("iso4", "Journal of Kelp"), ElementsAre("the journal is given as Journal of Kelp, and wanted abbreviated by ISO 4, with full stops; the step journals can do it"));
  EXPECT_THAT(said("nlm", "J. Kelp"), ElementsAre("the journal is given as J. Kelp, and wanted without full stops, as NLM's catalogue abbreviates it; the step journals can do it with a list that has the journal"));
  EXPECT_THAT(said("nlm", "Journal of Kelp}, shortjournal = {J Kelp"), IsEmpty());
  EXPECT_THAT(said("iso4", "Journal of Kelp}, shortjournal = {J Kelp"), ElementsAre("the journal is given as J Kelp, and wanted abbreviated by ISO 4, with full stops; the step journals can do it with a list that has the journal"));
  EXPECT_THAT(said("iso4", "Kelp Today}, shortjournal = {Kelp Today"), IsEmpty()) << "no word of it is abbreviated";
  EXPECT_THAT(said("abbreviated", "Journal of Kelp}, shortjournal = {J Kelp"), IsEmpty());
  EXPECT_THAT(said("abbreviated", "J. Kelp"), IsEmpty());
  EXPECT_THAT(said("abbreviated", "Journal of Kelp"), ElementsAre("the journal is given as Journal of Kelp, and wanted abbreviated; the step journals can do it"));
  EXPECT_THAT(said("full", "Journal of Kelp}, shortjournal = {J. Kelp"), IsEmpty());
  // By its words a title is short without a full stop, or the same in both forms.
  EXPECT_THAT(said("nlm", "J Coast Res"), IsEmpty());
  EXPECT_THAT(said("iso4", "J Coast Res"), ElementsAre("the journal is given as J Coast Res, and wanted abbreviated by ISO 4, with full stops; the step journals can do it with a list that has the journal"));
  EXPECT_THAT(said("iso4", "Solid Earth"), IsEmpty());
}

TEST(Target, TakesPreprintsForWhatTheyAre) {
  const Target ieee = read_target("ieee");
  EXPECT_THAT(said_of(ieee, "bibtex", "@article{a, author = {Lind, Oda}, title = {Kelp}, journal = {arXiv preprint arXiv:2005.14165}, year = 2020, doi = {10.5555/kelp}}\n"), IsEmpty());
  EXPECT_THAT(said_of(ieee, "bibtex", "@article{a, author = {Lind, Oda}, title = {Kelp}, journal = {Kelp}, year = 2020, doi = {10.5555/kelp}}\n"), ElementsAre("it has no volume or available-date"));
}

TEST(Target, RefusesIdentifiers) {
  const mock::Folder folder;
  const Target target = target_of(folder, "required: {others: []}\nidentifiers: {refused: [URL|DOI]}\n");
  EXPECT_THAT(said_of(target, "bibtex", "@misc{a, title = {Kelp}, doi = {10.5555/kelp}}\n"), ElementsAre("it has DOI, which is not wanted; the step fields can drop it"));
  EXPECT_THAT(said_of(target, "bibtex", "@misc{a, title = {Kelp}}\n"), IsEmpty());
}

std::vector<std::string> steps_of(const Target& target, const std::vector<std::string>& lists = {}) {
  std::vector<std::string> specs;
  for (const PipelineStep& step : steps_for(target, lists)) {
    EXPECT_TRUE(step.is_of_target);
    step.make();
    specs.push_back(spec_of(step));
  }
  return specs;
}

TEST(Target, AsksForSteps) {
  const mock::Folder folder;
  EXPECT_THAT(steps_of(read_target("vancouver")), ElementsAre("identifiers", "journals:to=abbreviate,words=yes,dots=drop", "pages:how=contract", "names:limit=6,keep=6,fields=author"));
  EXPECT_THAT(steps_of(read_target("ieee"), {"a.csv", "b.csv"}), ElementsAre("identifiers", "journals:to=abbreviate,list=a.csv,b.csv,words=yes", "pages:how=expand", "names:limit=6,keep=1,fields=author"));
  EXPECT_THAT(steps_of(target_of(folder, "required: {others: []}\njournal: full\nidentifiers: {refused: [URL, DOI]}\n")), ElementsAre("identifiers", "fields:drop=URL,DOI", "journals:to=expand,learn=yes"));
  EXPECT_THAT(steps_of(read_target("biblatex-strict")), ElementsAre("identifiers"));
}

TEST(Target, WantsAsManyAuthorsAsArePrinted) {
  const mock::Folder folder;
  const Target target = target_of(folder, "required: {others: []}\nauthors: {most: 6, shown: 3}\n");
  EXPECT_THAT(said_of(target, "bibtex", "@misc{a, author = {Lind, Oda and others}}\n"), ElementsAre("of its authors 1 is named, and 3 wanted before \"et al.\""));
  EXPECT_THAT(said_of(target, "bibtex", "@misc{a, author = {Lind, Oda and Quist, Mara and others}}\n"), ElementsAre("of its authors 2 are named, and 3 wanted before \"et al.\""));
  EXPECT_THAT(said_of(target, "bibtex", "@misc{a, author = {Lind, Oda and Quist, Mara and Velde, Ute and others}}\n"), IsEmpty());
  EXPECT_THAT(said_of(target, "bibtex", "@misc{a, author = {Lind, Oda}}\n"), IsEmpty());
}

TEST(Target, PlacesMistakes) {
  EXPECT_EQ(mistake("[]"), "t.yaml:1:1: a target is a map, and this is a list");
  EXPECT_EQ(mistake("title: T"), "t.yaml:1:1: a target needs required");
  EXPECT_EQ(mistake("required: {others: [titel]}"), "t.yaml:1:21: there is no field titel; did you mean title?");
  EXPECT_EQ(mistake("required: {boook: [title]}"), "t.yaml:1:12: there is no type boook; did you mean book?");
  EXPECT_EQ(mistake("required: {book: title}"), "t.yaml:1:18: this is a list of fields, and not a word");
  EXPECT_EQ(mistake("requires: {}"), "t.yaml:1:1: a target has no requires; did you mean required?");
  EXPECT_EQ(mistake("required: {}\njournal: short"), "t.yaml:2:10: journal is one of any|full|abbreviated|iso4|nlm, and not short");
  EXPECT_EQ(mistake("required: {}\nauthors: {most: 3, shown: 6}"), "t.yaml:2:10: authors are {most: N, shown: N}, and no more are shown than most");
  EXPECT_EQ(mistake("required: {}\nauthors: {most: many}"), "t.yaml:2:17: this is a number");
  EXPECT_EQ(mistake("required: {}\nidentifiers: {needed: []}"), "t.yaml:2:15: identifiers has no needed; it has required, wanted, refused");
  EXPECT_EQ(mistake("required: {}\npages: some"), "t.yaml:2:8: pages is one of any|expand|contract, and not some");
  try {
    read_target("vancuver");
    FAIL() << "there is none of that name";
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(), HasSubstr("there is no target vancuver; did you mean vancouver?"));
  }
  EXPECT_THROW(read_target("none/such.yaml"), InputError);
}

}  // namespace
}  // namespace bibmill

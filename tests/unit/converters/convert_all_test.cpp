// Several outputs of one reading are what each would be by itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <initializer_list>
#include <string>
#include <vector>

#include "bibmill/catalogue.h"
#include "bibmill/pipeline.h"
#include "harness.h"
#include "mock_format.h"
#include "support/files.h"

namespace bibmill::mock {
namespace {

using testing::Contains;
using testing::Not;

/// The steps that all share, and one of the output's own.
ConvertOptions into(const Format& to, std::vector<std::string> inputs, std::initializer_list<const char*> steps) {
  ConvertOptions options;
  options.formats = all_formats();
  options.inputs = std::move(inputs);
  options.to = &to;
  options.tell_each_loss = true;
  options.threads = 2;
  options.part_size = 4000;
  for (const char* const step : steps) options.steps.push_back(make_step(step));
  return options;
}

std::vector<std::string> exports() {
  std::vector<std::string> files;
  for (const char* const name : {"pubmed.nbib", "scopus.ris", "zotero.bib", "colleague.json"}) files.push_back((support::fixtures() / "submission" / "exports" / name).string());
  return files;
}


void expect_the_same_as_alone(std::initializer_list<const char*> steps, std::size_t shared) {
  std::vector<ConvertOptions> options;
  for (const Format* const to : all_formats()) options.push_back(into(*to, exports(), steps));
  std::vector<StringSink> texts(options.size());
  std::vector<Memory> said(options.size());
  std::vector<Conversion> conversions;
  for (std::size_t at = 0; at < options.size(); ++at) conversions.push_back({&options[at], &texts[at], &said[at]});
  const std::vector<Totals> together = convert_all(conversions, shared);
  for (std::size_t at = 0; at < options.size(); ++at) {
    SCOPED_TRACE(options[at].to->id);
    StringSink text;
    Memory ignored;
    const Totals alone = convert(into(*options[at].to, exports(), steps), text, ignored);
    EXPECT_EQ(texts[at].text, text.text);
    EXPECT_EQ(together[at].records_written, alone.records_written);
    EXPECT_EQ(together[at].records_dropped, alone.records_dropped);
    EXPECT_EQ(together[at].warnings, alone.warnings);
    EXPECT_EQ(together[at].losses.total(), alone.losses.total());
    EXPECT_EQ(together[at].records_with_losses, alone.records_with_losses);
  }
}

TEST(ConvertAll, GivesWhatEachConversionGives) { expect_the_same_as_alone({"identifiers", "dedupe", "pages", "sort:by=author", "strip:abstract", "names:initials=spaced"}, 5); }
TEST(ConvertAll, LetsOutputsHaveWholeStepsOfTheirOwn) { expect_the_same_as_alone({"identifiers", "dedupe", "sort:by=-issued", "nfc"}, 2); }
TEST(ConvertAll, SharesNothingWithoutAStepThatSeesAllRecords) { expect_the_same_as_alone({"identifiers", "strip:abstract"}, 2); }

/// What is kept for one output (raw texts, layout) changes nothing in another one.
TEST(ConvertAll, IsTrueOfEveryFixture) {
  for (const Format* const from : all_formats()) {
    for (const std::filesystem::path& path : support::files_of(*from)) {
      SCOPED_TRACE(path.string());
      std::vector<ConvertOptions> options;
      for (const Format* const to : all_formats()) {
        options.push_back(into(*to, {path.string()}, {"dedupe"}));
        options.back().from = from;
      }
      std::vector<StringSink> texts(options.size());
      Memory ignored;
      std::vector<Conversion> conversions;
      for (std::size_t at = 0; at < options.size(); ++at) conversions.push_back({&options[at], &texts[at], &ignored});
      convert_all(conversions, 1);
      for (std::size_t at = 0; at < options.size(); ++at) {
        StringSink text;
        ConvertOptions alone = into(*options[at].to, {path.string()}, {"dedupe"});
        alone.from = from;
        convert(alone, text, ignored);
        EXPECT_EQ(texts[at].text, text.text) << options[at].to->id;
      }
    }
  }
}

/// A fault in the text is said by who reads it.
std::vector<Memory> said_of(std::initializer_list<const Format*> targets, const std::string& file, const Format& from, std::initializer_list<const char*> steps) {
  std::vector<ConvertOptions> options;
  for (const Format* const to : targets) {
    options.push_back(into(*to, {file}, steps));
    options.back().from = &from;
  }
  std::vector<StringSink> texts(options.size());
  std::vector<Memory> said(options.size());
  std::vector<Conversion> conversions;
  for (std::size_t at = 0; at < options.size(); ++at) conversions.push_back({&options[at], &texts[at], &said[at]});
  convert_all(conversions, steps.size());
  return said;
}

TEST(ConvertAll, ReadsOnceForAllThatShareAWholeStep) {
  const Folder folder;
  const std::string file = folder.file("a.lines", "@one book\nastray\n");
  const std::vector<Memory> said = said_of({&lines_format(), &bare_format()}, file, lines_format(), {"sort:by=key"});
  EXPECT_THAT(said[0].lines, Contains("a.lines:2:1 lines/stray"));
  EXPECT_THAT(said[1].lines, Not(Contains("a.lines:2:1 lines/stray")));
}

TEST(ConvertAll, ReadsAgainWhereNothingIsKept) {
  const Folder folder;
  const std::string file = folder.file("a.lines", "@one book\nastray\n");
  const std::vector<Memory> said = said_of({&lines_format(), &bare_format()}, file, lines_format(), {"nfc"});
  EXPECT_THAT(said[0].lines, Contains("a.lines:2:1 lines/stray"));
  EXPECT_THAT(said[1].lines, Contains("a.lines:2:1 lines/stray"));
}

TEST(ConvertAll, ReadsAgainWhereReferencesAreKeptByOneAndResolvedByTheOther) {
  const Folder folder;
  const std::string file = folder.file("a.bib", "@inbook{a, title = {A}, crossref = {b}}\n@book{b, title = {B}, year = 2001}\n@misc{b, title = {Another}}\n");
  const Format& bibtex = *format_named(all_formats(), "bibtex");
  const std::vector<Memory> said = said_of({&bibtex, format_named(all_formats(), "ris"), format_named(all_formats(), "csljson")}, file, bibtex, {"sort:by=author"});
  EXPECT_THAT(said[0].lines, Contains("a.bib:3:1 key/duplicate"));
  EXPECT_THAT(said[1].lines, Contains("a.bib:3:1 key/duplicate"));
  EXPECT_THAT(said[2].lines, Not(Contains("a.bib:3:1 key/duplicate")));
}

}  // namespace
}  // namespace bibmill::mock

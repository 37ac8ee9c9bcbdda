// Fixes change what they name, and nothing else, in any encoding; done twice they do nothing.
#include "bibmill/mend.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

#include "bibmill/catalogue.h"
#include "bibmill/errors.h"
#include "support/files.h"
#include "support/folder.h"

namespace bibmill {
namespace {

CheckOptions everything(const std::string& path) {
  CheckOptions options;
  options.inputs = {path};
  options.formats = all_formats();
  options.rules.select("all");
  return options;
}

/// The lines on which a fix begins or ends.
class FixedLines final : public FindingSink {
 public:
  void finding(const Finding& finding) override {
    if (finding.diagnostic.fixes.empty()) return;
    for (std::uint64_t line = finding.position.line; line <= finding.end.line; ++line) lines.insert(line);
    several = several || finding.diagnostic.fixes.front().edits.size() > 1;
  }
  std::set<std::uint64_t> lines;
  bool several = false;  ///< of a finding with several places only the first is known
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    lines.back() += c;
    if (c == '\n') lines.emplace_back();
  }
  return lines;
}

class OfFixtures : public testing::TestWithParam<const Format*> {};
INSTANTIATE_TEST_SUITE_P(Mend, OfFixtures, testing::ValuesIn(std::vector<const Format*>(all_formats().begin(), all_formats().end())),
                         [](const auto& about) { return std::string(about.param->id); });

TEST_P(OfFixtures, TwiceIsOnceAndOtherLinesStay) {
  for (const std::filesystem::path& file : support::files_of(*GetParam())) {
    CheckOptions options = everything(file.string());
    options.from = GetParam();
    const Mended once = mend(options, true).front();
    EXPECT_FALSE(once.refused) << file;
    const support::Folder folder;
    const std::string copy = (folder.path() / file.filename()).string();
    std::ofstream(copy, std::ios::binary) << once.after;
    CheckOptions again = everything(copy);
    again.from = GetParam();
    EXPECT_EQ(mend(again, true).front().after, once.after) << file;

    FixedLines fixed;
    check(options, fixed);
    const std::vector<std::string> before = lines_of(once.before);
    const std::vector<std::string> after = lines_of(once.after);
    if (fixed.several || before.size() != after.size()) continue;
    for (std::size_t at = 0; at < before.size(); ++at)
      EXPECT_TRUE(fixed.lines.count(at + 1) > 0 || before[at] == after[at]) << file << ":" << at + 1 << ": " << after[at];
  }
}

Mended mended(const std::string& name, std::string_view bytes, bool suggested = true) {
  const support::Folder folder;
  const std::string path = (folder.path() / name).string();
  std::ofstream(path, std::ios::binary) << bytes;
  CheckOptions options = everything(path);
  return mend(options, suggested).front();
}

TEST(Mend, LeavesCommentsQuotesAndLineEndsAlone) {
  const std::string before = "% a comment\r\n@misc{a,\r\n  title = \"Tides \\& {Harbours}\" ,\r\n  doi   = {https://doi.org/10.5555/kelp} , % why not\r\n  year = 2001}\r\n";
  const std::string after = "% a comment\r\n@misc{a,\r\n  title = \"Tides \\& {Harbours}\" ,\r\n  doi   = {10.5555/kelp} , % why not\r\n  year = 2001}\r\n";
  EXPECT_EQ(mended("a.bib", before, false).after, after);
}

TEST(Mend, WritesTheEncodingThatItRead) {
  const std::string text = "@misc{a, title = {Zo\xC3\xAB}, year = 2001, doi = {https://doi.org/10.5555/kelp}}\n";
  EXPECT_EQ(mended("a.bib", "\xEF\xBB\xBF" + text, false).after, "\xEF\xBB\xBF@misc{a, title = {Zo\xC3\xAB}, year = 2001, doi = {10.5555/kelp}}\n");
  // A byte of Windows-1252 before the place stays what it is.
  EXPECT_EQ(mended("a.bib", "@misc{a, title = {Zo\xEB}, year = 2001, doi = {doi:10.5555/kelp}}\n", false).after, "@misc{a, title = {Zo\xEB}, year = 2001, doi = {10.5555/kelp}}\n");
  const auto wide = [](std::string_view ascii) {
    std::string out = "\xFF\xFE";
    for (const char c : ascii) out += {c, '\0'};
    return out;
  };
  EXPECT_EQ(mended("a.bib", wide("@misc{a, title = {Zoe}, year = 2001, doi = {doi:10.5555/kelp}}\r\n"), false).after, wide("@misc{a, title = {Zoe}, year = 2001, doi = {10.5555/kelp}}\r\n"));
}

TEST(Mend, DoesWhatIsOnlyLikelyWhenAskedTo) {
  const std::string before = "@misc{a, title = {CafÃ© & bar}, year = 2001}\n";
  EXPECT_EQ(mended("a.bib", before, false).after, "@misc{a, title = {CafÃ© \\& bar}, year = 2001}\n");
  const Mended all = mended("a.bib", before, true);
  EXPECT_EQ(all.after, "@misc{a, title = {Café \\& bar}, year = 2001}\n");
  EXPECT_EQ(all.fixed, 2U);
}

TEST(Mend, RefusesWhatItCannotWriteBack) {
  EXPECT_THROW(mend(everything("-"), false), UsageError);
  EXPECT_THROW(mended("a.bib.gz", std::string_view("\x1F\x8B\x08\x00", 4)), UsageError);
}

TEST(Mend, ShowsTheLinesThatDiffer) {
  const Mended one{"a.bib", "one\ntwo\nthree\n", "one\n2\nthree\n", 1, false};
  EXPECT_EQ(unified_diff(one), "--- a.bib\n+++ a.bib\n@@ -2,1 +2,1 @@\n-two\n+2\n");
  EXPECT_EQ(unified_diff({"a.bib", "one\n", "one\n", 0, false}), "");
}

}  // namespace
}  // namespace bibmill

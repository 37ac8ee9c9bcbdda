// pandoc reads what bibmill writes as BibTeX, biblatex, CSL-JSON and YAML, without a message.
#include <gtest/gtest.h>

#include <regex>

#include "client.h"

namespace bibmill::interop {
namespace {

namespace fs = std::filesystem;

/// A format of ours and the reader of pandoc that takes it.
struct Reader {
  const char* ours;
  const char* theirs;
};

constexpr Reader kReaders[] = {{"bibtex", "bibtex"}, {"biblatex", "biblatex"}, {"csljson", "csljson"}, {"yaml", "markdown"}};

std::size_t items_in(const std::string& csl_json) {
  static const std::regex kType(R"("type": ")");
  return static_cast<std::size_t>(std::distance(std::sregex_iterator(csl_json.begin(), csl_json.end(), kType), std::sregex_iterator()));
}

class Pandoc : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_installed("pandoc")) GTEST_SKIP() << "pandoc is not installed";
  }

  static Outcome read(const fs::path& written, const Reader& reader) {
    return run("pandoc -f " + std::string(reader.theirs) + " -t csljson " + quoted(written));
  }
};

TEST_F(Pandoc, ReadsTheMainRecord) {
  for (const Reader& reader : kReaders) {
    const Outcome outcome = read(converted(main_fixture(), reader.ours), reader);
    EXPECT_EQ(outcome.status, 0) << reader.ours << "\n" << outcome.output;
    EXPECT_EQ(outcome.output.find("WARNING"), std::string::npos) << reader.ours << "\n" << outcome.output;
    EXPECT_NE(outcome.output.find("Evolving management"), std::string::npos) << reader.ours;
    EXPECT_EQ(items_in(outcome.output), 3U) << reader.ours;
  }
}

/// What stays in its own syntax comes back as the source had it, with what pandoc cannot read: @string in parentheses, lists where CSL wants a text.
bool stays_in_its_syntax(const fs::path& input, const Reader& reader) {
  const std::string path = input.string();
  if (path.find("/yaml/handwritten/flow.yaml") != std::string::npos) return true;  // an item of JSON, whose "volume": 1.10 pandoc takes for no number
  const bool tex = std::string(reader.ours).rfind("bib", 0) == 0;
  return tex ? path.find("/fixtures/bib") != std::string::npos : path.find(std::string("/fixtures/") + reader.ours) != std::string::npos;
}

constexpr const char* kFormats[] = {"medline", "pubmed", "ris", "bibtex", "biblatex", "csljson", "yaml"};

/// The fixtures of one of our formats.
template <typename Leave>
std::vector<fs::path> fixtures_of(const std::string& format, const Leave& leave) {
  std::vector<fs::path> files = fixtures();
  std::erase_if(files, [&](const fs::path& file) { return file.string().find("/fixtures/" + format + "/") == std::string::npos || leave(file); });
  return files;
}

/// All fixtures of a format become one file: pandoc takes longer to start than to read.
TEST_F(Pandoc, ReadsEveryFixtureWithoutAMessage) {
  for (const std::string source : kFormats)
    for (const Reader& reader : kReaders) {
      const std::vector<fs::path> inputs = fixtures_of(source, [&](const fs::path& file) { return stays_in_its_syntax(file, reader); });
      if (inputs.empty()) continue;
      const Outcome outcome = read(converted(inputs, reader.ours, "--from " + source), reader);
      EXPECT_EQ(outcome.status, 0) << source << " as " << reader.ours << "\n" << outcome.output.substr(0, 2000);
      EXPECT_EQ(outcome.output.find("[WARNING]"), std::string::npos) << source << " as " << reader.ours << "\n" << outcome.output.substr(0, 2000);
      EXPECT_GT(items_in(outcome.output), 0U) << source << " as " << reader.ours;
    }
}

/// Of what --strict wrote: numbers that the schema allows and pandoc cannot read.
bool has_a_fraction(const fs::path& input) { return input.string().find("/csljson/handwritten/variables.json") != std::string::npos; }

/// All fixtures of a format as one bibliography that a document cites whole.
TEST_F(Pandoc, RendersEveryFixtureWithCiteproc) {
  for (const std::string source : kFormats)
    for (const std::string target : {"csljson", "yaml"}) {
      const bool strict = source == "csljson" && target == "csljson";  // older shapes of dates and names, made anew
      const fs::path output = converted(fixtures_of(source, has_a_fraction), target, std::string(strict ? "--strict " : "") + "--from " + source);
      const fs::path bibliography = fs::path(output).replace_extension(target == "yaml" ? ".yaml" : ".json");
      if (bibliography != output) fs::rename(output, bibliography);
      const Outcome outcome = run("printf -- '---\\nnocite: \"@*\"\\n...\\n' | pandoc --citeproc --bibliography " + quoted(bibliography) + " -f markdown -t markdown-citations");
      EXPECT_EQ(outcome.status, 0) << source << " as " << target << "\n" << outcome.output.substr(0, 2000);
      EXPECT_EQ(outcome.output.find("[WARNING]"), std::string::npos) << source << " as " << target << "\n" << outcome.output.substr(0, 2000);
      EXPECT_NE(outcome.output.find("csl-entry"), std::string::npos) << source << " as " << target;
    }
}

TEST_F(Pandoc, RendersThePaperOfTheSubmission) {
  const fs::path folder = scratch_file("paper");
  fs::copy(fs::path(BIBMILL_SOURCE_DIR) / "fixtures" / "submission", folder, fs::copy_options::recursive);
  // The two keys that no record has are planted faults, which an author mends.
  const Outcome outcome = run("cd " + quoted(folder) + " && sed -i 's/@vanished2020; @ortega2022lugwors\\]/@ortega2022lugworms]/' paper.md && " + BIBMILL_BINARY +
                              " run submission.yaml -q --losses=none --changes=none --set paper=paper.md 2>/dev/null; pandoc --citeproc --fail-if-warnings paper.md -t plain");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_EQ(outcome.output.find("???"), std::string::npos) << outcome.output;
  for (const char* const author : {"Quist, Mara", "Ortega, Karin", "Ortega, Inés", "Okafor, Karin", "Nakasone"}) EXPECT_NE(outcome.output.find(author), std::string::npos) << author << "\n" << outcome.output;
}

}  // namespace
}  // namespace bibmill::interop

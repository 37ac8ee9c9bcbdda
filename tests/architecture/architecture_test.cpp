// What the sources keep to: who may include whom, and that every folder and every code is documented.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = BIBMILL_SOURCE_DIR;

std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> sources_below(const fs::path& folder) {
  std::vector<fs::path> sources;
  if (!fs::is_directory(folder)) return sources;
  const std::set<std::string> endings = {".h", ".cpp", ".inc", ".def"};
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
    if (endings.count(entry.path().extension().string()) > 0) sources.push_back(entry.path());
  std::sort(sources.begin(), sources.end());
  return sources;
}

std::vector<fs::path> all_sources() {
  std::vector<fs::path> all;
  for (const char* folder : {"formats", "converters", "cli", "tests", "bench"}) {
    const std::vector<fs::path> more = sources_below(kRoot / folder);
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

std::vector<std::string> includes_of(const fs::path& source) {
  static const std::regex kInclude(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
  std::vector<std::string> includes;
  std::ifstream in(source);
  std::smatch match;
  for (std::string line; std::getline(in, line);)
    if (std::regex_search(line, match, kInclude)) includes.push_back(match[1]);
  return includes;
}

std::string name_of(const fs::path& path) { return path.lexically_relative(kRoot).generic_string(); }

/// The layer that a header belongs to, by its name, or empty for headers from elsewhere.
std::string layer_of_header(const std::string& header) {
  for (const char* layer : {"text", "tagged", "csl"})
    if (header.rfind(std::string("bibmill/") + layer + "/", 0) == 0) return layer;
  if (header.rfind("bibmill/", 0) != 0) return {};
  if (fs::exists(kRoot / "formats/core" / header)) return "core";
  if (fs::exists(kRoot / "converters" / header)) return "converters";
  return "unknown";
}

/// Which layers each part of the tree may lean on. A format is what is not named here.
const std::map<std::string, std::set<std::string>> kMayInclude = {
    {"formats/core", {"core"}},
    {"formats/text", {"core", "text"}},
    {"formats/tagged", {"core", "text", "tagged"}},
    {"formats/csl", {"core", "text", "csl"}},
    {"converters", {"core", "text", "converters"}},
};

const std::map<std::string, std::set<std::string>> kFormatsMayInclude = {
    {"formats/ris", {"core", "text", "tagged"}},     {"formats/medline", {"core", "text", "tagged"}}, {"formats/pubmed", {"core", "text"}},
    {"formats/bibtex", {"core", "text"}},            {"formats/csljson", {"core", "text", "csl"}},    {"formats/yaml", {"core", "text", "csl"}},
};

void expect_layers(const std::map<std::string, std::set<std::string>>& table) {
  for (const auto& [folder, layers] : table)
    for (const fs::path& source : sources_below(kRoot / folder))
      for (const std::string& header : includes_of(source)) {
        const std::string layer = layer_of_header(header);
        EXPECT_TRUE(layer.empty() || layers.count(layer) > 0) << name_of(source) << " includes " << header << " of " << layer;
      }
}

TEST(Includes, FollowTheLayers) {
  expect_layers(kMayInclude);
  expect_layers(kFormatsMayInclude);
}

TEST(Includes, KnowEveryFormatFolder) {
  for (const fs::directory_entry& entry : fs::directory_iterator(kRoot / "formats"))
    if (entry.is_directory()) {
      const std::string folder = name_of(entry.path());
      EXPECT_TRUE(kMayInclude.count(folder) + kFormatsMayInclude.count(folder) > 0) << folder << " has no row in this test's tables";
    }
}

TEST(Includes, NeverLeaveTheirFolderByDots) {
  for (const fs::path& source : all_sources())
    for (const std::string& header : includes_of(source)) EXPECT_EQ(header.find(".."), std::string::npos) << name_of(source) << " includes " << header;
}

TEST(Formats, ExportNoHeader) {
  for (const auto& [folder, layers] : kFormatsMayInclude) {
    EXPECT_FALSE(fs::exists(kRoot / folder / "bibmill")) << folder;
    EXPECT_FALSE(layers.empty());
  }
}

TEST(Sources, SayInTheirFirstLineWhatTheyAreFor) {
  for (const fs::path& source : all_sources()) EXPECT_EQ(content_of(source).rfind("//", 0), 0U) << name_of(source);
}

TEST(Sources, SpeakOfTheProjectOnly) {
  static const std::regex kForeign(R"(/(home|root|work)/[A-Za-z.])");  // folders of somebody's machine
  for (const fs::path& source : all_sources()) {
    if (source.filename() == "architecture_test.cpp") continue;
    EXPECT_FALSE(std::regex_search(content_of(source), kForeign)) << name_of(source);
  }
}

TEST(Sources, LeaveNothingForLater) {
  static const std::regex kLater("TO" "DO|FIX" "ME|XX" "X:");
  for (const fs::path& source : all_sources()) EXPECT_FALSE(std::regex_search(content_of(source), kLater)) << name_of(source);
}

TEST(Documentation, NamesEveryFolder) {
  const std::string architecture = content_of(kRoot / "docs/architecture.md");
  for (const char* parent : {"formats", "tests"})
    for (const fs::directory_entry& entry : fs::directory_iterator(kRoot / parent)) {
      if (!entry.is_directory()) continue;
      EXPECT_NE(architecture.find(name_of(entry.path())), std::string::npos) << name_of(entry.path()) << " is not in docs/architecture.md";
    }
}

/// Literals that look like codes of diagnostics: "ris/unknown-type".
std::set<std::string> codes_in_sources() {
  static const std::regex kCode(R"re("((?:json|yaml|csl|csljson|schema|layout|ris|medline|pubmed|bibtex|input|output|encoding|carry|loss|supplied|key|keys|date|name|convert|step|cited|dedupe|merge-sources|journals|retractions)/[a-z0-9-]+)")re");
  std::set<std::string> codes;
  for (const char* folder : {"formats", "converters", "cli"})
    for (const fs::path& source : sources_below(kRoot / folder)) {
      const std::string text = content_of(source);
      for (std::sregex_iterator at(text.begin(), text.end(), kCode), end; at != end; ++at) codes.insert((*at)[1]);
    }
  return codes;
}

TEST(Documentation, NamesEveryCode) {
  const std::string page = content_of(kRoot / "docs/codes.md") + content_of(kRoot / "docs/rules/README.md");
  const std::set<std::string> codes = codes_in_sources();
  EXPECT_GT(codes.size(), 20U);
  for (const std::string& code : codes) EXPECT_NE(page.find("`" + code + "`"), std::string::npos) << code << " is neither in docs/codes.md nor a rule";
}

/// The table of other programs' checks leads to rules that there are.
TEST(Documentation, AnswersOtherProgramsWithRulesThatThereAre) {
  static const std::regex kCode("`([a-z]+/[a-z0-9-]+)`");
  const std::string page = content_of(kRoot / "docs/codes.md") + content_of(kRoot / "docs/rules/README.md");
  const std::string table = content_of(kRoot / "docs/rules/refused.md");
  std::size_t answers = 0;
  for (std::sregex_iterator at(table.begin(), table.end(), kCode), end; at != end; ++at, ++answers)
    EXPECT_NE(page.find((*at)[0].str()), std::string::npos) << (*at)[1] << " is neither in docs/codes.md nor a rule";
  EXPECT_GT(answers, 100U);
}

TEST(Documentation, HooksRunCommandsThatThereAre) {
  static const std::regex kHook(R"(- id: ([a-z-]+)\n(?:  .*\n)*?  entry: bibmill ([a-z]+)\n)");
  const std::string hooks = content_of(kRoot / ".pre-commit-hooks.yaml");
  const std::string guide = content_of(kRoot / "docs/guide.md");
  std::size_t count = 0;
  for (std::sregex_iterator at(hooks.begin(), hooks.end(), kHook), end; at != end; ++at, ++count) {
    EXPECT_TRUE(fs::exists(kRoot / "cli/commands" / ((*at)[2].str() + ".cpp"))) << (*at)[2];
    EXPECT_NE(guide.find("id: " + (*at)[1].str()), std::string::npos) << (*at)[1] << " is not in docs/guide.md";
  }
  EXPECT_EQ(count, 2U);
}

TEST(Documentation, NamesEveryDependency) {
  const std::string architecture = content_of(kRoot / "docs/architecture.md");
  for (const char* library : {"libxml2", "yaml-cpp", "simdjson", "Boost.Program_options", "fmt", "utf8proc", "zlib", "GoogleTest"})
    EXPECT_NE(architecture.find(library), std::string::npos) << library;
}

}  // namespace

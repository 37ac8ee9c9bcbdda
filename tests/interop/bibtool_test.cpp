// bibtool reads what bibmill writes as BibTeX, and counts the same entries; also in real files.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "client.h"

namespace bibmill::interop {
namespace {

namespace fs = std::filesystem;

std::size_t entries_in(const std::string& bibtex) {
  static const std::regex kEntry(R"(@(?!comment|string|preamble)\w+\s*[{(])", std::regex::icase);
  return static_cast<std::size_t>(std::distance(std::sregex_iterator(bibtex.begin(), bibtex.end(), kEntry), std::sregex_iterator()));
}

std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class Bibtool : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_installed("bibtool")) GTEST_SKIP() << "bibtool is not installed";
  }

  static void expect_read(const fs::path& input) {
    const fs::path output = converted(input, "bibtex");
    const Outcome outcome = run("bibtool -r biblatex -i " + quoted(output) + " -o read.bib");
    EXPECT_EQ(outcome.output.find("*** BibTool ERROR"), std::string::npos) << input << "\n" << outcome.output;
    const Outcome read = run("cat read.bib");
    EXPECT_EQ(entries_in(read.output), entries_in(content_of(output))) << input;
  }
};

TEST_F(Bibtool, ReadsTheMainRecord) { expect_read(main_fixture()); }

TEST_F(Bibtool, ReadsEveryFixture) {
  for (const fs::path& input : fixtures()) {
    // What was BibTeX keeps the types that its users made up (@Lawreport), which bibtool refuses.
    if (input.string().find("/fixtures/bib") == std::string::npos) expect_read(input);
  }
}

// ---------------------------------------------------------------------------------------------------------- real files

/// Where the two count differently, and why.
struct Difference {
  const char* file;
  std::ptrdiff_t more;  ///< than bibtool
  const char* why;
};
constexpr Difference kDifferences[] = {
    {"texbook1.bib", 1, "a quotation mark in braces within quotes, {\"a}, ends the value for bibtool; for BibTeX it does not"},
    {"texbook2.bib", 1, "the same"},
    {"btxdoc.bib", 2, "@FAKE-ENTRY, since bibtool knows no hyphen in a type, and an @ two lines before its type"},
    {"terms.bib", 8, "entries without a comma behind the key, @index{key}, which bibtool refuses"},
    {"topics.bib", 1, "the same"},
};

std::vector<fs::path> real_files() {
  std::vector<fs::path> files;
  const fs::path texmf = "/usr/share/texlive/texmf-dist";
  std::error_code ignored;
  for (const char* const part : {"bibtex/bib", "doc"})
    for (const auto& entry : fs::recursive_directory_iterator(texmf / part, fs::directory_options::follow_directory_symlink, ignored))
      if (entry.path().extension() == ".bib") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// bibtool reads only types that it is told of, so it is told of all that the file has.
std::size_t counted_by_bibtool(const fs::path& file) {
  static const std::regex kType(R"(@\s*([A-Za-z][A-Za-z0-9]*)\s*[{(])");
  static const std::regex kRead(R"(---\s+([A-Za-z]+)\s+([0-9]+) read)");
  const std::string text = content_of(file);
  std::set<std::string> types;
  for (auto type = std::sregex_iterator(text.begin(), text.end(), kType); type != std::sregex_iterator(); ++type) {
    std::string name = (*type)[1];
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (name != "string" && name != "preamble" && name != "comment") types.insert(name);
  }
  std::string command = "bibtool -@";
  for (const std::string& type : types) command += " -- 'new.entry.type{" + type + "}'";
  const std::string counts = run(command + " -i " + quoted(file) + " -o /dev/null").output;
  std::size_t all = 0;
  for (auto count = std::sregex_iterator(counts.begin(), counts.end(), kRead); count != std::sregex_iterator(); ++count) {
    const std::string name = (*count)[1];
    if (name != "STRING" && name != "PREAMBLE" && name != "COMMENT" && name != "ALIAS" && name != "MODIFY" && name != "INCLUDE")
      all += static_cast<std::size_t>(std::stoul((*count)[2]));
  }
  return all;
}

std::size_t counted_by_us(const fs::path& file) {
  static const std::regex kRecords("(\\d+) records? from");
  const Outcome outcome = run(std::string(BIBMILL_BINARY) + " convert --losses=none --to biblatex " + quoted(file) + " -o counted.bib");
  std::smatch count;
  return std::regex_search(outcome.output, count, kRecords) ? static_cast<std::size_t>(std::stoul(count[1])) : 0;
}

TEST_F(Bibtool, CountsTheEntriesOfRealFilesAlike) {
  const std::vector<fs::path> files = real_files();
  if (files.empty()) GTEST_SKIP() << "TeX Live's .bib files are not installed (Debian's texlive-bibtex-extra)";
  for (const fs::path& file : files) {
    const auto known = std::find_if(std::begin(kDifferences), std::end(kDifferences), [&](const Difference& one) { return file.filename() == one.file; });
    const std::size_t more = known == std::end(kDifferences) ? 0 : static_cast<std::size_t>(known->more);
    EXPECT_EQ(counted_by_us(file), counted_by_bibtool(file) + more) << file;
  }
}

}  // namespace
}  // namespace bibmill::interop

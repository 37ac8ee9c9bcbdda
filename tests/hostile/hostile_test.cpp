// Hostile inputs: what the program makes of each file of fixtures/hostile, against the exit codes that its README gives, and bounds for all of them.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "support/files.h"
#include "support/folder.h"
#include "support/process.h"

namespace bibmill::hostile {
namespace {

namespace fs = std::filesystem;

const fs::path kHostile = support::fixtures() / "hostile";

/// Files whose readers are laxer or stricter than the README asks for.
const std::set<std::string> kStillOtherwise = {"big_numbers.json",  "cr_only.yaml",         "html_error_page.json", "missing_bracket.json",
                                               "nested_arrays.json", "null.json",            "scalar.json",          "tab_indentation.yaml",
                                               "trailing_commas.json", "unclosed_quote.yaml", "wrong_kinds.json"};
/// A warning for each of its two hundred records, as yet.
constexpr std::string_view kTalksALot = "only_types.ris";

/// No file takes long; this only keeps a hang from holding up all other tests.
constexpr int kSecondsToHang = 120;
/// In KiB: the program and its parts in flight.
constexpr long kMostMemory = 48 * 1024;

// ---------------------------------------------------------------------------------------------------------- the README

/// Which exit codes the README gives for a file; none if no row names it.
class Expectations {
 public:
  Expectations() {
    std::istringstream readme(support::bytes_of(kHostile / "README.md"));
    std::string endings;
    for (std::string line; std::getline(readme, line);) {
      if (!line.starts_with("| `")) continue;
      const std::size_t second = line.find('|', 1);
      const std::size_t third = line.find('|', second + 1);
      add(line.substr(1, second - 1), codes_in(line.substr(second + 1, third - second - 1)));
    }
  }

  std::set<int> of(const std::string& name) const {
    for (const Row& row : rows_)
      if (std::regex_match(name, row.pattern)) return row.codes;
    return {};
  }

 private:
  struct Row {
    std::regex pattern;
    std::set<int> codes;
  };

  /// "0", "0, 1", "0 / 3"; "by format" may be either of what bad data end with.
  static std::set<int> codes_in(const std::string& cell) {
    std::set<int> codes;
    for (const char c : cell)
      if (c >= '0' && c <= '9') codes.insert(c - '0');
    return codes.empty() ? std::set<int>{0, 1} : codes;
  }

  /// `empty.*`, `a.bib`, `.json`: a name that is only an ending belongs to the stem before it.
  void add(const std::string& cell, const std::set<int>& codes) {
    static const std::regex kName("`([^`]+)`");
    std::string stem;
    for (std::sregex_iterator at(cell.begin(), cell.end(), kName), end; at != end; ++at) {
      std::string name = (*at)[1];
      if (name.front() == '.') name = stem + name;
      stem = name.substr(0, name.rfind('.'));
      std::string pattern;
      for (const char c : name) pattern += c == '*' ? ".*" : c == '.' ? "\\." : std::string(1, c);
      rows_.push_back({std::regex(pattern), codes});
    }
  }

  std::vector<Row> rows_;
};

// ---------------------------------------------------------------------------------------------------------- the program

/// What became of a file.
struct Result {
  int status = 0;
  std::string records = "-";
  std::string message = "-";  ///< "2:1 error pubmed/entity-declarations", or the words where there is no code

  std::string row() const { return std::to_string(status) + "\t" + records + "\t" + message; }
};

/// The first line of what is said, without the file's name and the words.
std::string message_in(const std::string& said, const std::string& name) {
  std::string line = said.substr(0, said.find('\n'));
  static const std::regex kCoded(R"((?::(\d+:\d+))?: (error|warning|note): .* \[([a-z0-9-]+/[a-z0-9-]+)\])");
  std::smatch match;
  if (line.starts_with(name)) line.erase(0, name.size());
  if (!std::regex_match(line, match, kCoded)) return line;
  const std::string place = match[1].matched ? match[1].str() : "file";
  return place + " " + match[2].str() + " " + match[3].str();
}

class Hostile : public testing::Test {
 protected:
  /// Converts a file to YAML, which has a place for everything, so that all messages are about the input.
  Result convert(const fs::path& folder, const std::string& name, long most_memory) {
    const support::Outcome outcome =
        support::run("cd " + support::quoted(folder) + " && exec timeout " + std::to_string(kSecondsToHang) + " " + BIBMILL_BINARY + " convert --to yaml " + support::quoted(name) + " -o " +
                     support::quoted(scratch_.path() / "out.yaml") + " 2>&1");
    EXPECT_NE(outcome.status, 124) << name << " hangs";
    EXPECT_TRUE(outcome.status == 0 || outcome.status == 1 || outcome.status == 3) << name << " ends with " << outcome.status << "\n" << outcome.output.substr(0, 2000);
#ifndef BIBMILL_SANITIZED
    EXPECT_LE(outcome.peak, most_memory) << name;
#else
    static_cast<void>(most_memory);
#endif
    if (name != kTalksALot) {
      EXPECT_LE(std::count(outcome.output.begin(), outcome.output.end(), '\n'), kMostLines) << name << " is answered with a cascade of messages";
    }
    Result result;
    result.status = outcome.status;
    static const std::regex kClosing(R"((?:^|\n)(\d+) records? from )");
    std::smatch match;
    if (std::regex_search(outcome.output, match, kClosing)) result.records = match[1];
    const bool silent = match.ready() && match.position(0) == 0 && outcome.status != 3;
    if (!silent) result.message = message_in(outcome.output, name);
    return result;
  }

  void expect_as_in_readme(const std::string& name, const Result& result) {
    const std::set<int> codes = expectations_.of(name);
    EXPECT_FALSE(codes.empty()) << name << " has no row in fixtures/hostile/README.md";
    if (!codes.empty() && kStillOtherwise.count(name) == 0) {
      EXPECT_TRUE(codes.count(result.status) > 0) << name << " ends with " << result.status << ": " << result.message;
    }
  }

  static constexpr long kMostLines = 40;
  support::Folder scratch_;
  Expectations expectations_;
};

TEST_F(Hostile, EachFileEndsAsTheReadmeSays) {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(kHostile)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  for (const std::string& name : names)
    if (name != "README.md" && name != "make_large.py") expect_as_in_readme(name, convert(kHostile, name, kMostMemory));
}

TEST_F(Hostile, CheckBearsEachFile) {
  for (const fs::directory_entry& entry : fs::directory_iterator(kHostile)) {
    const std::string name = entry.path().filename().string();
    if (name == "README.md" || name == "make_large.py") continue;
    const support::Outcome outcome = support::run("cd " + support::quoted(kHostile) + " && exec timeout " + std::to_string(kSecondsToHang) + " " + BIBMILL_BINARY + " check --select all " +
                                                  support::quoted(name) + " 2>&1");
    EXPECT_TRUE(outcome.status == 0 || outcome.status == 1 || outcome.status == 3) << name << " ends with " << outcome.status << "\n" << outcome.output.substr(0, 2000);
#ifndef BIBMILL_SANITIZED
    EXPECT_LE(outcome.peak, kMostMemory) << name;
#endif
    constexpr long kMostFindings = 100;  // of --max, with two lines of source and one of a fix each
    EXPECT_LE(std::count(outcome.output.begin(), outcome.output.end(), '\n'), kMostFindings * 4 + 4) << name;
  }
}

/// Nobody has so many values of one field; a file may. Each was compared with all before it, or joined to them anew.
TEST_F(Hostile, ManyValuesOfOneFieldTakeTheTimeOfTheirNumber) {
#ifndef BIBMILL_SANITIZED
  constexpr int kMany = 100'000;
#else
  constexpr int kMany = 2'000;
#endif
  constexpr long kMostForMany = 256 * 1024;
  for (const std::string tag : {"N1", "TI", "T2", "PB", "AU", "KW", "UR", "SN", "LA", "XX"}) {
    std::string text = "TY  - BOOK\n";
    for (int value = 0; value < kMany; ++value) text += tag + "  - v" + std::to_string(value) + '\n';
    std::ofstream(scratch_.path() / "many.ris") << text << "ER  - \n";
    for (const std::string_view format : {"bibtex", "biblatex", "csljson", "ris", "yaml", "medline", "pubmed"}) {
      const support::Outcome outcome = support::run("cd " + support::quoted(scratch_.path()) + " && exec timeout " + std::to_string(kSecondsToHang) + " " + BIBMILL_BINARY + " convert --to " +
                                                    std::string(format) + " many.ris -o /dev/null 2>&1");
      EXPECT_TRUE(outcome.status == 0 || outcome.status == 1) << tag << " to " << format << " ends with " << outcome.status;
#ifndef BIBMILL_SANITIZED
      EXPECT_LE(outcome.peak, kMostForMany) << tag << " to " << format;
#else
      static_cast<void>(kMostForMany);
#endif
    }
  }
}

TEST_F(Hostile, WhatCannotBeReadFailsWithTheSystemsReason) {
  fs::create_directory(scratch_.path() / "folder.ris");
  std::ofstream(scratch_.path() / "closed.ris") << "TY  - JOUR\nER  - \n";
  EXPECT_EQ(convert(scratch_.path(), "folder.ris", kMostMemory).row(), "3\t-\tbibmill: error: cannot read folder.ris: Is a directory");
  EXPECT_EQ(convert(scratch_.path(), "absent.ris", kMostMemory).row(), "3\t-\tbibmill: error: cannot read absent.ris: No such file or directory");
  if (geteuid() == 0) GTEST_SKIP() << "root may read every file";
  ::chmod((scratch_.path() / "closed.ris").c_str(), 0);
  EXPECT_EQ(convert(scratch_.path(), "closed.ris", kMostMemory).row(), "3\t-\tbibmill: error: cannot read closed.ris: Permission denied");
}

}  // namespace
}  // namespace bibmill::hostile

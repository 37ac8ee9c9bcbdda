// biber, which reads bibliographies for biblatex, finds what bibmill writes as biblatex in keeping with the data model.
//
// Two things it may miss or not know: a mandatory field that the source did not have either (the report of the conversion says what was lost), and pmid and pmcid. What it
// remarks on values and on text between entries is listed: they are the source's, and would be lost else.
// What was biblatex comes back as it was, so that biber may say of it what it says of the source. biber starts slowly: many files go to it as one.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "client.h"

namespace bibmill::interop {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// A file in biblatex, and what was lost on the way to it.
struct Written {
  fs::path input;
  std::string text;
  std::vector<std::string> keys;                    ///< in the order of the entries
  std::set<std::string> names;                      ///< keys and aliases in lower case: what must not stand twice in one run
  std::map<std::size_t, std::set<std::string>> lost;  ///< by record, from 1: the fields
};

void find_keys(Written& written) {
  static const std::regex kEntry(R"(^@(?!comment|string|preamble)\w+\s*[{(]\s*([^,\s]+))", std::regex::icase | std::regex::multiline);
  static const std::regex kAliases(R"(^\s*ids\s*=\s*\{([^}]*)\})", std::regex::icase | std::regex::multiline);
  for (auto one = std::sregex_iterator(written.text.begin(), written.text.end(), kEntry); one != std::sregex_iterator(); ++one) {
    written.keys.push_back((*one)[1]);
    written.names.insert(lower((*one)[1]));
  }
  for (auto one = std::sregex_iterator(written.text.begin(), written.text.end(), kAliases); one != std::sregex_iterator(); ++one) {
    std::stringstream aliases((*one)[1]);
    for (std::string alias; std::getline(aliases, alias, ',');) written.names.insert(lower(std::regex_replace(alias, std::regex("\\s"), "")));
  }
}

/// The report is JSON, one member a line.
void find_losses(Written& written, const std::string& report) {
  std::stringstream lines(report);
  std::string code;
  std::size_t record = 0;
  static const std::regex kMember(R"re(^\s*"(code|record|field)": "?([^",]*)"?)re");
  for (std::string line; std::getline(lines, line);) {
    if (line.find("\"losses\":") != std::string::npos) break;  // the same once more, counted, with the first record of each
    std::smatch member;
    if (!std::regex_search(line, member, kMember)) continue;
    if (member[1] == "code") code = member[2];
    if (member[1] == "record") record = static_cast<std::size_t>(std::stoul(member[2]));
    if (member[1] == "field" && code == "loss/dropped-field") written.lost[record].insert(member[2]);
  }
}

Written write(const fs::path& input) {
  Written written;
  written.input = input;
  written.text = content_of(converted(input, "biblatex", "--report report.json"));
  find_keys(written);
  find_losses(written, run("cat report.json").output);
  return written;
}

/// What biber says of values that it would rather have otherwise: it wants a whole number in volume, and knows fewer kinds of pages than there are.
constexpr const char* kRemarks[] = {
    "Invalid value of field 'volume' must be datatype 'integer'",
    "Range field 'pages' in entry",
    "characters of junk seen at toplevel",
};

/// What biber calls a field, and the record's field that would be written there. A date that is lost is one in words ("in press"), which is none.
constexpr std::pair<const char*, const char*> kFields[] = {
    {"author", "author"}, {"editor", "editor"}, {"title", "title"}, {"journaltitle", "container-title"}, {"booktitle", "container-title"}, {"type", "genre"}, {"institution", "publisher"}, {"number", "number"}, {"doi", "DOI"}, {"url", "URL"}, {"eprint", "identifier"}, {"entryset", "entryset"},
};

/// Was the field, or one of several, in the source?
bool was_lost(const Written& written, const std::string& key, const std::string& fields) {
  const auto place = std::find(written.keys.begin(), written.keys.end(), key);
  const auto lost = written.lost.find(static_cast<std::size_t>(place - written.keys.begin()) + 1);
  if (place == written.keys.end() || lost == written.lost.end()) return false;
  for (const auto& [theirs, ours] : kFields)
    if (std::regex_search(fields, std::regex(std::string("\\b") + theirs + "\\b")) && lost->second.count(ours) > 0) return true;
  return false;
}

std::vector<std::string> remarks_of_biber(const std::string& text) {
  const fs::path file = scratch_file("biber.bib");
  std::ofstream(file, std::ios::binary) << text;
  std::stringstream lines(run("biber --tool --validate-datamodel --nolog --output-file /dev/null " + quoted(file)).output);
  std::vector<std::string> remarks;
  for (std::string line; std::getline(lines, line);)
    if (line.rfind("WARN", 0) == 0 || line.rfind("ERROR", 0) == 0) {
      // Places in a copy of the whole are nobody's business.
      line = std::regex_replace(line, std::regex(R"( \([^)]*biber\.bib\)|'[^' ]*biber\.bib'|/\S*\.utf8, line \d+, )"), "");
      if (line.find("- WARNINGS: ") == std::string::npos) remarks.push_back(line);
    }
  return remarks;
}

/// Groups of files without a key in common, as few as go.
std::vector<std::vector<Written>> groups_of(std::vector<Written> files) {
  std::vector<std::vector<Written>> groups;
  std::vector<std::set<std::string>> names;
  for (Written& file : files) {
    std::size_t group = 0;
    const auto clashes = [&](const std::set<std::string>& taken) {
      return std::any_of(file.names.begin(), file.names.end(), [&](const std::string& name) { return taken.count(name) > 0; });
    };
    while (group < groups.size() && clashes(names[group])) ++group;
    if (group == groups.size()) {
      groups.emplace_back();
      names.emplace_back();
    }
    names[group].insert(file.names.begin(), file.names.end());
    groups[group].push_back(std::move(file));
  }
  return groups;
}

std::string joined(const std::vector<Written>& group) {
  std::string all;
  for (const Written& file : group) all += file.text + "\n";
  return all;
}

class Biber : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_installed("biber")) GTEST_SKIP() << "biber is not installed";
  }
};

bool is_biblatex(const fs::path& input) { return input.string().find("/fixtures/biblatex/") != std::string::npos; }

/// May biber say this? `group` is what was written.
bool is_expected(const std::string& remark, const std::vector<Written>& group) {
  static const std::regex kUnknown(R"(Field '(pmid|pmcid)' invalid in data model)");
  static const std::regex kMissing(R"(Datamodel: Entry '([^']*)': Missing mandatory field (?:- one of )?'([^']*)')");
  const bool of_a_value = std::any_of(std::begin(kRemarks), std::end(kRemarks), [&](const char* one) { return remark.find(one) != std::string::npos; });
  if (of_a_value || std::regex_search(remark, kUnknown)) return true;
  std::smatch missing;
  if (!std::regex_search(remark, missing, kMissing)) return false;
  return std::none_of(group.begin(), group.end(), [&](const Written& file) { return was_lost(file, missing[1], missing[2]); });
}

TEST_F(Biber, FindsNothingToRemarkInWhatCameFromElsewhere) {
  std::vector<Written> files;
  for (const fs::path& input : fixtures())
    if (!is_biblatex(input)) files.push_back(write(input));
  for (const std::vector<Written>& group : groups_of(std::move(files)))
    for (const std::string& remark : remarks_of_biber(joined(group))) EXPECT_TRUE(is_expected(remark, group)) << remark;
}

TEST_F(Biber, SaysOfBiblatexWhatItSaysOfTheSource) {
  std::vector<Written> files;
  for (const fs::path& input : fixtures())
    if (is_biblatex(input)) files.push_back(write(input));
  for (const std::vector<Written>& group : groups_of(std::move(files))) {
    std::string sources;
    for (const Written& file : group) sources += content_of(file.input) + "\n";
    const std::vector<std::string> known = remarks_of_biber(sources);
    for (const std::string& remark : remarks_of_biber(joined(group)))
      EXPECT_TRUE(std::find(known.begin(), known.end(), remark) != known.end() || is_expected(remark, group)) << remark;
  }
}

}  // namespace
}  // namespace bibmill::interop

// bibmill.yaml: where it is found, what it says, and the places of mistakes.
#include "bibmill/config_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "bibmill/errors.h"
#include "harness.h"

namespace bibmill {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

void refuse_x(std::string_view value) {
  if (value == "x") throw UsageError("nobody wants x");
}

const std::vector<ConfigSection>& sections() {
  static const std::vector<ConfigSection> kSections = {
      {"check", "Checking", {{"select", "Codes", {}, true, false, false, refuse_x}, {"severity", "Level", "note|error"}, {"baseline", "Known", {}, false, true}}},
      {"convert", "Converting", {{"fail-on", "When"}}},
  };
  return kSections;
}

std::string said(const std::string& yaml, std::string_view section = "check") {
  const mock::Folder folder;
  const std::string path = folder.file("bibmill.yaml", yaml);
  std::string all;
  try {
    for (const ConfigValue& value : read_config(path, sections(), section)) {
      all += std::string(value.key) + "=";
      for (const std::string& word : value.values) all += (word.starts_with(folder.path("")) ? "FOLDER/" + word.substr(folder.path("").size()) : word) + ";";
    }
  } catch (const UsageError& error) {
    const std::string message = error.what();
    return message.substr(message.rfind("bibmill.yaml:"));
  }
  return all;
}

TEST(ConfigFile, SaysWhatOptionsAre) {
  EXPECT_EQ(said("check: {select: [a, b], severity: error, baseline: known.json}\nconvert: {fail-on: loss}"), "select=a;b;severity=error;baseline=FOLDER/known.json;");
  EXPECT_EQ(said("check: {select: a}\nconvert: {fail-on: loss}", "convert"), "fail-on=loss;");
  EXPECT_EQ(said("# nothing yet\n"), "");
  EXPECT_EQ(said("convert: {}\n"), "");
}

TEST(ConfigFile, PlacesMistakes) {
  EXPECT_EQ(said("chekc: {}"), "bibmill.yaml:1:1: bibmill.yaml has no chekc; did you mean check?");
  EXPECT_EQ(said("check:\n  selct: a"), "bibmill.yaml:2:3: check has no selct; did you mean select?");
  EXPECT_EQ(said("check:\n  wrong: a"), "bibmill.yaml:2:3: check has no wrong; it has select, severity, baseline");
  EXPECT_EQ(said("check:\n  severity: loud"), "bibmill.yaml:2:13: severity is one of note|error, and not loud");
  EXPECT_EQ(said("check:\n  severity: [error]"), "bibmill.yaml:2:13: severity is a word, and this is a list");
  EXPECT_EQ(said("check:\n  select: [a, x]"), "bibmill.yaml:2:15: nobody wants x");
  EXPECT_EQ(said("check:\n  select: []"), "bibmill.yaml:2:11: select has no value");
  EXPECT_EQ(said("check:\n  select: {a: b}"), "bibmill.yaml:2:11: select is a word or a list of words, and this is a map");
  EXPECT_EQ(said("check: [a]"), "bibmill.yaml:1:8: check is a map, and this is a list");
  EXPECT_EQ(said("check: {select: a}\nconvert: {fail: loss}"), "bibmill.yaml:2:11: convert has no fail; did you mean fail-on?");
}

TEST(ConfigFile, IsFoundUpwards) {
  const mock::Folder folder;
  std::filesystem::create_directories(folder.path("a/b"));
  const std::string top = folder.file("bibmill.yaml", "");
  const auto found = [&](const std::string& input) { return std::filesystem::weakly_canonical(find_config(folder.path(input)).value()).string(); };
  EXPECT_EQ(found("a/b/refs.bib"), std::filesystem::weakly_canonical(top).string());
  const std::string nearer = folder.file("a/bibmill.yaml", "");
  EXPECT_EQ(found("a/b/refs.bib"), std::filesystem::weakly_canonical(nearer).string());
  EXPECT_EQ(found("refs.bib"), std::filesystem::weakly_canonical(top).string());
}

TEST(ConfigFile, MayBeNowhere) { EXPECT_THROW(read_config("/nowhere/bibmill.yaml", sections(), "check"), InputError); }

}  // namespace
}  // namespace bibmill

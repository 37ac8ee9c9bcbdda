// The reports of `check` over all fixtures: JSON that fits its schema, the same bytes on any number of threads, XML that is well-formed.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "bibmill/catalogue.h"
#include "bibmill/text/json.h"
#include "json_schema.h"
#include "support/files.h"
#include "support/process.h"

namespace bibmill {
namespace {

/// A command over every fixture of every format.
std::string check_all(const std::string& options) {
  std::string line = std::string(BIBMILL_BINARY) + " check --quiet " + options;
  for (const Format* const format : all_formats())
    for (const std::filesystem::path& file : support::files_of(*format)) line += " " + support::quoted(file);
  const support::Outcome outcome = support::run(line + " 2>&1");
  EXPECT_EQ(outcome.status, 1);
  return outcome.output;
}

text::Node parsed(Arena& arena, const std::string& json) {
  DiagnosticList faults;
  const text::Node root = text::parse_json(arena, json, 0, {}, faults);
  EXPECT_TRUE(faults.list.empty());
  return root;
}

TEST(Reports, JsonFitsItsSchema) {
  Arena arena;
  const std::string schema_text = support::bytes_of(support::fixtures().parent_path() / "schemas/diagnostics.schema.json");
  const text::Node schema = parsed(arena, schema_text);
  const std::string report = check_all("--select all --format json");
  const text::Node root = parsed(arena, report);
  std::string faults;
  for (const std::string& fault : laws::JsonSchema(schema).faults(root)) faults += fault + "\n";
  EXPECT_EQ(faults.substr(0, 2000), "");
  EXPECT_GT(root.find("findings")->members.size(), 100U);
}

TEST(Reports, AreTheSameOnAnyNumberOfThreads) { EXPECT_EQ(check_all("--select all --format json --jobs 1"), check_all("--select all --format json --jobs 8")); }

/// What SARIF 2.1.0 demands of what we write: section 3.14 of runs, 3.27 of results, 3.30 of regions.
TEST(Reports, SarifHasWhatItsStandardDemands) {
  Arena arena;
  const std::string report = check_all("--format sarif");
  const text::Node root = parsed(arena, report);
  EXPECT_EQ(root.text_of("version"), "2.1.0");
  const text::Node& run = root.find("runs")->members[0].value;
  const text::Node* const driver = run.find("tool")->find("driver");
  ASSERT_NE(driver, nullptr);
  EXPECT_EQ(driver->text_of("name"), "bibmill");
  std::set<std::string> rules;
  std::set<std::string> names;
  for (const text::Member& rule : driver->find("rules")->members) {
    EXPECT_TRUE(rules.insert(std::string(rule.value.text_of("id"))).second);
    EXPECT_TRUE(names.insert(std::string(rule.value.text_of("name"))).second) << rule.value.text_of("name");
    EXPECT_FALSE(rule.value.find("fullDescription")->text_of("text").empty()) << rule.value.text_of("id");
  }
  for (const text::Member& member : run.find("results")->members) {
    const text::Node& result = member.value;
    EXPECT_EQ(rules.count(std::string(result.text_of("ruleId"))), 1U) << result.text_of("ruleId");
    EXPECT_FALSE(result.find("message")->text_of("text").empty());
    const std::string level(result.text_of("level"));
    EXPECT_TRUE(level == "note" || level == "warning" || level == "error") << level;
    const text::Node* const place = result.find("locations")->members[0].value.find("physicalLocation");
    ASSERT_NE(place, nullptr);
    const std::string uri(place->find("artifactLocation")->text_of("uri"));
    EXPECT_EQ(uri.find(' '), std::string::npos) << uri;
    EXPECT_TRUE(uri.starts_with("file:///")) << uri;
    const text::Node* const region = place->find("region");
    ASSERT_NE(region, nullptr);
    const auto number = [&](std::string_view name) { return std::stol(std::string(region->text_of(name))); };
    EXPECT_GE(number("startLine"), 1);
    if (region->find("startColumn") == nullptr) continue;  // the file as a whole
    EXPECT_GE(number("startColumn"), 1);
    EXPECT_TRUE(number("endLine") > number("startLine") || (number("endLine") == number("startLine") && number("endColumn") >= number("startColumn")));
  }
}

}  // namespace
}  // namespace bibmill

// Reports keep to their schema, and say of each loss all that can be said; the schema that is checked in is the one of the code.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <string>

#include "bibmill/pipeline.h"
#include "bibmill/text/json.h"
#include "corpus.h"
#include "json_schema.h"
#include "reports/json.h"
#include "reports/report_schema.h"
#include "support/folder.h"

namespace bibmill::laws {
namespace {

namespace fs = std::filesystem;
using text::Node;

std::string schema_as_emitted() {
  TextBuffer json;
  text::JsonEmitter emitter(json, 2);
  cli::emit_report_schema(emitter);
  json += '\n';
  return std::string(json.view());
}

class Nowhere final : public TextSink {
 public:
  void write(std::string_view) override {}
};

class Nobody final : public Listener {
 public:
  void diagnostic(const Place&, const Diagnostic&) override {}
};

/// The report of a conversion of the file.
std::string report_of(const Document& document, const Format& target, const support::Folder& folder) {
  ConvertOptions options;
  options.inputs = {document.path.string()};
  options.formats = all_formats();
  options.from = document.format;
  options.to = &target;
  options.tell_each_loss = true;
  const fs::path path = folder.path() / "report.json";
  const cli::LossPolicy policy("loss");
  Nobody nobody;
  Nowhere nowhere;
  cli::JsonReport report(path.string(), target, target.carries_on_request && !target.carries_always, policy, nobody);
  report.finish(convert(options, nowhere, report));
  return support::bytes_of(path);
}

class Reports : public testing::TestWithParam<Document> {};

INSTANTIATE_TEST_SUITE_P(Documents, Reports, testing::ValuesIn(all_documents()), [](const auto& about) { return test_name(about.param.name()); });

TEST_P(Reports, KeepToTheSchemaAndSayWhy) {
  const support::Folder folder;
  const JsonTree schema(schema_as_emitted());
  const JsonSchema ours(schema.root());
  for (const Format* const target : all_formats()) {
    const JsonTree report(report_of(GetParam(), *target, folder));
    for (const std::string& fault : ours.faults(report.root())) ADD_FAILURE() << target->id << ": " << fault;
    for (const text::Member& member : report.root().find("findings")->members) {
      const Node& finding = member.value;
      if (!finding.text_of("code").starts_with("loss/")) continue;
      EXPECT_FALSE(finding.text_of("why").empty()) << target->id << ": " << finding.text_of("message");
      EXPECT_NE(finding.find("line"), nullptr) << target->id << ": " << finding.text_of("message");
      EXPECT_NE(finding.find("kept-by"), nullptr) << target->id << ": " << finding.text_of("message");
    }
  }
}

TEST(ReportSchema, IsCurrent) {
  const fs::path path = support::fixtures().parent_path() / "schemas/report.schema.json";
  const std::string json = schema_as_emitted();
  if (std::getenv("BIBMILL_BLESS") != nullptr) std::ofstream(path, std::ios::binary) << json;
  EXPECT_EQ(support::bytes_of(path), json) << "BIBMILL_BLESS=1 writes it";
}

TEST(ReportSchema, RefusesWhatItDoesNotName) {
  const JsonTree schema(schema_as_emitted());
  const JsonTree report(R"({"program":"bibmill","to":"ris","findings":[{"code":"loss/dropped-field","severity":"warning","message":"m","reason":"x","line":"3"}],"losses":[],"supplied":[],"inputs":[]})");
  const std::vector<std::string> faults = JsonSchema(schema.root()).faults(report.root());
  const std::set<std::string> found(faults.begin(), faults.end());
  const std::set<std::string> expected = {"/: has no totals", "/findings/0/reason: nothing may stand here", "/findings/0/line: is string, which is not allowed here"};
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace bibmill::laws

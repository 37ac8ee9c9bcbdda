// Pipeline files: patterns, variables, and the places of mistakes.
#include "bibmill/pipeline_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "bibmill/document.h"
#include "bibmill/errors.h"
#include "harness.h"

namespace bibmill {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string mistake(const std::string& yaml) {
  const mock::Folder folder;
  try {
    read_pipeline(folder.file("p.yaml", yaml), {});
  } catch (const UsageError& error) {
    const std::string message = error.what();
    return message.substr(message.rfind("p.yaml"));
  }
  return "none";
}

TEST(PipelineFile, FindsFilesByPattern) {
  const mock::Folder folder;
  folder.file("b1.ris", "");
  folder.file("a2.ris", "");
  folder.file("a2.bib", "");
  EXPECT_THAT(files_for(folder.path("*.ris")), ElementsAre(folder.path("a2.ris"), folder.path("b1.ris")));
  EXPECT_THAT(files_for(folder.path("?2.*")), ElementsAre(folder.path("a2.bib"), folder.path("a2.ris")));
  EXPECT_THAT(files_for(folder.path("none.ris")), ElementsAre(folder.path("none.ris")));
  EXPECT_TRUE(files_for(folder.path("x*")).empty());
}

TEST(PipelineFile, FillsVariablesIn) {
  const mock::Folder folder;
  const std::string file = folder.file("p.yaml", "variables: {paper: one, out: o}\ninputs: [\"${paper}.ris\"]\nsteps: [{cited: \"${paper}.tex\"}, sort: key]\noutputs: [{path: \"${out}/r.bib\", steps: [nfc]}]\n");
  const Pipeline pipeline = read_pipeline(file, {{"paper", "two"}});
  EXPECT_EQ(pipeline.inputs.at(0).path, folder.path("two.ris"));
  EXPECT_EQ(pipeline.outputs.at(0).path, folder.path("o/r.bib"));
  ASSERT_EQ(pipeline.outputs.at(0).steps.size(), 3U);
  EXPECT_THAT(pipeline.outputs[0].steps[0].arguments.at(0).values, ElementsAre(folder.path("two.tex")));
}

TEST(PipelineFile, PutsTheStepsOfATargetWhereItNamesIt) {
  const mock::Folder folder;
  const auto steps = [&](const std::string& yaml, const std::string& target = {}) {
    std::vector<std::string> specs;
    const Pipeline pipeline = read_pipeline(folder.file("p.yaml", "inputs: [a.ris]\noutputs: [{path: b.bib, steps: [pages]}]\n" + yaml), {}, target);
    for (const PipelineStep& step : pipeline.outputs.at(0).steps) specs.push_back(spec_of(step));
    return specs;
  };
  EXPECT_THAT(steps("steps: [nfc, target]\ntarget: springer\n"), ElementsAre("nfc", "identifiers", "journals:to=abbreviate,words=yes", "pages"));
  EXPECT_THAT(steps("steps: [target]\ntarget: springer\n", "plos"), ElementsAre("identifiers", "journals:to=abbreviate,words=yes,dots=drop", "names:limit=6,keep=6,fields=author", "pages"));
  EXPECT_THAT(steps("steps: [target: {list: j.csv}]\ntarget: springer\n"), ElementsAre("identifiers", "journals:to=abbreviate,list=" + folder.path("j.csv") + ",words=yes", "pages"));
}

TEST(PipelineFile, PlacesMistakes) {
  EXPECT_EQ(mistake("inputs: [a]\noutputs: [b]\nsteps: [target]"), "p.yaml:3:9: the step target needs a target: in the pipeline file, or --target");
  EXPECT_EQ(mistake("inputs: [a]\noutputs: [b]\nsteps: [target: {lists: c}]\ntarget: nlm"), "p.yaml:3:18: the step target has no lists; did you mean list?");
  EXPECT_EQ(mistake("[]"), "p.yaml:1:1: a pipeline file is a map, and this is a list");
  EXPECT_EQ(mistake(""), "p.yaml:1:1: a pipeline file is a map, and this is nothing");
  EXPECT_EQ(mistake("inputs: [a]\noutputs: []"), "p.yaml:2:10: there is no output");
  EXPECT_EQ(mistake("inputs: [a]\noutputs: [b]\nstpes: []"), "p.yaml:3:1: a pipeline file has no stpes; did you mean steps?");
  EXPECT_EQ(mistake("inputs: [a]\noutputs: [{path: b, carry: perhaps}]"), "p.yaml:2:28: carry is true or false");
  EXPECT_EQ(mistake("inputs: [a]\noutputs: [b]\nsteps: [nfc: 1]"), "p.yaml:3:14: the options of the step nfc are a map, and this is a word");
  EXPECT_EQ(mistake("inputs: [a]\noutputs: [b]\nfail-on: never"), "p.yaml:3:10: fail-on is one of error|warning|loss, and not never");
  EXPECT_EQ(mistake("inputs: [a]\ninputs: [b]"), "p.yaml:2:1: inputs stands here for the second time");
}

TEST(PipelineFile, TakesFromWhatItExtends) {
  const mock::Folder folder;
  std::filesystem::create_directory(folder.path("lab"));
  folder.file("lab/far.yaml", "variables: {paper: far.tex, lists: lists}\nfail-on: loss\nsteps: [nfc]\n");
  folder.file("lab/base.yaml", "extends: far.yaml\nvariables: {out: base}\nsteps: [{cited: \"${paper}\"}, {retractions: \"${lists}/r.csv\"}]\noutputs: [\"${out}.bib\"]\nfail-on: warning\n");
  const std::string file = folder.file("p.yaml", "extends: lab/base.yaml\nvariables: {paper: near.tex}\ninputs: [a.ris]\n");
  const Pipeline pipeline = read_pipeline(file, {});
  EXPECT_EQ(pipeline.fail_on, "warning");
  EXPECT_EQ(pipeline.inputs.at(0).path, folder.path("a.ris"));
  EXPECT_EQ(pipeline.outputs.at(0).path, folder.path("lab/base.bib")) << "relative to the file that gives out its text";
  ASSERT_EQ(pipeline.shared_steps, 2U) << "steps are taken as a whole";
  EXPECT_THAT(pipeline.outputs[0].steps[0].arguments.at(0).values, ElementsAre(folder.path("near.tex")));
  EXPECT_THAT(pipeline.outputs[0].steps[1].arguments.at(0).values, ElementsAre(folder.path("lab/lists/r.csv")));
  EXPECT_THAT(pipeline.files, ElementsAre(file, folder.path("lab/base.yaml"), folder.path("lab/far.yaml")));
  EXPECT_EQ(read_pipeline(file, {{"out", "set"}}).outputs.at(0).path, folder.path("set.bib")) << "what is set belongs to the first file";
}

TEST(PipelineFile, RefusesToExtendInACircle) {
  EXPECT_EQ(mistake("extends: p.yaml"), "p.yaml:1:10: the file extends itself");
  EXPECT_EQ(mistake("extends: none.yaml").substr(0, 15), "p.yaml:1:10: th");
  EXPECT_EQ(mistake("extends: [a]"), "p.yaml:1:10: extends is the path of a pipeline file");
  const mock::Folder folder;
  folder.file("b.yaml", "extends: a.yaml");
  const std::string file = folder.file("a.yaml", "extends: b.yaml");
  try {
    read_pipeline(file, {});
    FAIL() << "it goes round";
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(), HasSubstr("b.yaml:1:10: "));
    EXPECT_THAT(error.what(), HasSubstr("a.yaml extends this file already"));
  }
}

TEST(PipelineFile, TakesChecksOneByOne) {
  const mock::Folder folder;
  folder.file("base.yaml", "checks: {ignore: [title/*, date/two-digit-year], max-warnings: 3, retractions: list.csv}\n");
  const Pipeline pipeline = read_pipeline(folder.file("p.yaml", "extends: base.yaml\ninputs: [a.ris]\noutputs: [b.bib]\nchecks: {ignore: text/*, severity: warning, severities: {integrity/*: error, integrity/corrected: note}}\n"), {});
  ASSERT_TRUE(pipeline.checks.has_value());
  EXPECT_EQ(pipeline.checks->max_warnings, 3U);
  EXPECT_EQ(pipeline.checks->least, Severity::Warning);
  EXPECT_THAT(pipeline.checks->severities, ElementsAre(testing::Pair("integrity/*", Severity::Error), testing::Pair("integrity/corrected", Severity::Note)));
  EXPECT_FALSE(pipeline.checks->rules.has("text/mojibake", true));
  EXPECT_TRUE(pipeline.checks->rules.has("date/two-digit-year", true));
  EXPECT_THAT(pipeline.checks->retractions, ElementsAre(folder.path("list.csv")));
  EXPECT_FALSE(read_pipeline(folder.file("q.yaml", "inputs: [a.ris]\noutputs: [b.bib]\n"), {}).checks.has_value());
  EXPECT_TRUE(read_pipeline(folder.file("r.yaml", "inputs: [a.ris]\noutputs: [b.bib]\nchecks: {}\n"), {}).checks.has_value());
}

TEST(PipelineFile, PlacesMistakesInChecks) {
  const std::string rest = "inputs: [a]\noutputs: [b]\n";
  EXPECT_EQ(mistake(rest + "checks: {ignore: [title/*, text/mojibak]}"), "p.yaml:3:28: no rule has the code text/mojibak; did you mean text/mojibake?");
  EXPECT_EQ(mistake(rest + "checks: {max-warnings: some}"), "p.yaml:3:24: this is a number, 0 or larger");
  EXPECT_EQ(mistake(rest + "checks: {severity: grave}"), "p.yaml:3:20: severity is one of note|warning|error, and not grave");
  EXPECT_EQ(mistake(rest + "checks: {severities: {title/*: grave}}"), "p.yaml:3:32: a severity is one of note|warning|error, and not grave");
  EXPECT_EQ(mistake(rest + "checks: {severities: {titel/*: error}}").substr(0, 37), "p.yaml:3:23: no rule has the code tit");
  EXPECT_EQ(mistake(rest + "checks: {selekt: all}"), "p.yaml:3:10: checks has no selekt; did you mean select?");
  EXPECT_EQ(mistake(rest + "checks: all"), "p.yaml:3:9: checks is a map, and this is a word");
}

TEST(Document, RefusesMoreThanAnybodyWrites) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int n = 1; n < 9; ++n) {
    bomb += "a" + std::to_string(n) + ": &a" + std::to_string(n) + " [";
    for (int m = 0; m < 10; ++m) bomb += (m == 0 ? "*a" : ", *a") + std::to_string(n - 1);
    bomb += "]\n";
  }
  EXPECT_THROW(Document("bomb", bomb), UsageError);
  EXPECT_THROW(Document("deep", std::string(20000, '[')), UsageError);
}

}  // namespace
}  // namespace bibmill

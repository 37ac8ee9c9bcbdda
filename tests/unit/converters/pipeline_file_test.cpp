// Pipeline files: patterns, variables, and the places of mistakes.
#include "bibmill/pipeline_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

TEST(PipelineFile, PlacesMistakes) {
  EXPECT_EQ(mistake("[]"), "p.yaml:1:1: a pipeline file is a map, and this is a list");
  EXPECT_EQ(mistake(""), "p.yaml:1:1: a pipeline file is a map, and this is nothing");
  EXPECT_EQ(mistake("inputs: [a]\noutputs: []"), "p.yaml:2:10: there is no output");
  EXPECT_EQ(mistake("inputs: [a]\noutputs: [b]\nstpes: []"), "p.yaml:3:1: a pipeline file has no stpes; did you mean steps?");
  EXPECT_EQ(mistake("inputs: [a]\noutputs: [{path: b, carry: perhaps}]"), "p.yaml:2:28: carry is true or false");
  EXPECT_EQ(mistake("inputs: [a]\noutputs: [b]\nsteps: [nfc: 1]"), "p.yaml:3:14: the options of the step nfc are a map, and this is a word");
  EXPECT_EQ(mistake("inputs: [a]\noutputs: [b]\nfail-on: never"), "p.yaml:3:10: fail-on is one of error|warning|loss, and not never");
  EXPECT_EQ(mistake("inputs: [a]\ninputs: [b]"), "p.yaml:2:1: inputs stands here for the second time");
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

// Laws of preflight: over the submission with planted faults it names each under its heading, fits its schema, and is the same on any number of threads.
#include "preflight.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "bibmill/pipeline_file.h"
#include "corpus.h"
#include "json_schema.h"
#include "reports/preflight_report.h"

namespace bibmill::laws {
namespace {

cli::Preflight preflight_of_submission(std::size_t threads) {
  const std::string folder = (support::fixtures() / "submission").string();
  const Pipeline pipeline = read_pipeline(folder + "/submission.yaml", {});
  const cli::OutputTask task = cli::output_tasks(pipeline).front();
  ConvertOptions options;
  options.formats = all_formats();
  options.to = task.to;
  options.threads = threads;
  for (const PipelineInput& input : pipeline.inputs) options.inputs.push_back(input.path);
  for (const PipelineStep& step : task.output->steps) options.steps.push_back(step.make());
  cli::Preflight preflight;
  cli::PreflightListener listener(preflight);
  cli::ScratchFile draft;
  preflight.records_read = convert(options, draft, listener).records_read;
  cli::look_at_output(pipeline, task, draft.path(), read_target(pipeline.target), threads, preflight);
  return preflight;
}

bool names(const cli::Preflight& preflight, cli::PreflightPart part, std::string_view key, Severity severity) {
  const std::vector<cli::PreflightItem>& items = preflight[part];
  return std::any_of(items.begin(), items.end(), [&](const cli::PreflightItem& item) { return item.key == key && item.severity == severity; });
}

TEST(Preflight, NamesEachPlantedFault) {
  using enum cli::PreflightPart;
  const cli::Preflight found = preflight_of_submission(1);
  EXPECT_TRUE(names(found, Missing, "vanished2020", Severity::Error));
  EXPECT_TRUE(names(found, Missing, "ortega2022lugwors", Severity::Error));
  EXPECT_TRUE(names(found, Retracted, "brenner2020harbour", Severity::Error));
  EXPECT_TRUE(names(found, Incomplete, "ferreira2014tidal", Severity::Error));
  EXPECT_TRUE(names(found, NonConforming, "quist2017salt", Severity::Error));
  EXPECT_TRUE(names(found, Duplicates, "Thorne2011", Severity::Warning)) << "the DOI of another work";
  EXPECT_TRUE(names(found, Duplicates, "okafor2005planktonpre", Severity::Warning)) << "a preprint of a paper";
  for (const char* const key : {"rasmus2001kelp", "lind2006fog", "marchetti2011dredging", "velde2016eelgrass"}) EXPECT_TRUE(names(found, Duplicates, key, Severity::Warning)) << key << ": one key in two libraries";
  EXPECT_TRUE(names(found, Duplicates, "Oduya2002", Severity::Note)) << "merged";
  EXPECT_TRUE(names(found, Uncited, "ortega2022lugworms", Severity::Note));
  EXPECT_FALSE(names(found, Uncited, "lind2015handbook", Severity::Note)) << "a chapter that is cited refers to it";
  EXPECT_EQ(found.faults(), 5U) << "and no other";
  EXPECT_EQ(found.records_read, 89U);
  EXPECT_EQ(found[Cited].size(), found.records);
}

TEST(Preflight, FitsItsSchema) {
  const std::string json = cli::preflight_as_json(preflight_of_submission(1));
  const JsonTree schema(support::bytes_of(support::fixtures().parent_path() / "schemas/preflight.schema.json"));
  const JsonTree report(json);
  std::string faults;
  for (const std::string& fault : JsonSchema(schema.root()).faults(report.root())) faults += fault + "\n";
  EXPECT_EQ(faults, "");
}

TEST(Preflight, IsTheSameOnAnyNumberOfThreads) {
  EXPECT_EQ(cli::preflight_as_json(preflight_of_submission(8)), cli::preflight_as_json(preflight_of_submission(1)));
}

}  // namespace
}  // namespace bibmill::laws

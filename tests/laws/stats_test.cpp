// Laws of statistics: what stats prints of all fixtures fits its schema, adds up, and is the same on any number of threads.
#include "bibmill/stats.h"

#include <gtest/gtest.h>

#include <string>

#include "corpus.h"
#include "json_schema.h"
#include "reports/stats.h"

namespace bibmill::laws {
namespace {

Statistics of_all(std::size_t threads, std::size_t part_size) {
  StatsOptions options;
  options.formats = all_formats();
  options.threads = threads;
  options.part_size = part_size;
  for (const Document& document : all_documents()) options.inputs.push_back(document.path.string());
  return count(options);
}

TEST(Statistics, FitTheirSchemaAndAddUp) {
  const Statistics found = of_all(1, Chunker::kPartSize);
  const std::string json = cli::stats_as_json(found, 10);
  const JsonTree schema(support::bytes_of(support::fixtures().parent_path() / "schemas/stats.schema.json"));
  const JsonTree report(json);
  std::string faults;
  for (const std::string& fault : JsonSchema(schema.root()).faults(report.root())) faults += fault + "\n";
  EXPECT_EQ(faults.substr(0, 2000), "");
  EXPECT_GT(found.records, 100U);
  std::uint64_t records = found.without_year;
  for (const auto& [year, in_it] : found.years) records += in_it;
  EXPECT_EQ(records, found.records);
  records = 0;
  for (const NameCounts::Count& type : found.types.top()) records += type.records;
  EXPECT_EQ(records, found.records);
  records = 0;
  for (const CountedInput& input : found.inputs) records += input.records;
  EXPECT_EQ(records, found.records);
}

TEST(Statistics, AreTheSameOnAnyNumberOfThreads) {
  const std::string once = cli::stats_as_json(of_all(1, Chunker::kPartSize), 1000);
  EXPECT_EQ(cli::stats_as_json(of_all(8, Chunker::kPartSize), 1000), once);
}

}  // namespace
}  // namespace bibmill::laws

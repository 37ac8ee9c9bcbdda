// Real exports go into every format without an error, and as many records come out as went in.
#include <gtest/gtest.h>

#include "pipeline_run.h"

namespace bibmill::laws {
namespace {

class Samples : public testing::TestWithParam<const Format*> {};

INSTANTIATE_TEST_SUITE_P(Formats, Samples, testing::ValuesIn(all_formats().begin(), all_formats().end()),
                         [](const auto& about) { return std::string(about.param->id); });

TEST_P(Samples, GoInAndComeOut) {
  const Format& target = *GetParam();
  const std::vector<Document> documents = samples();
  if (documents.empty()) GTEST_SKIP() << "no samples in " << support::samples();
  for (const Document& document : documents) {
    const Conversion there = convert_files({document.path}, *document.format, target);
    EXPECT_EQ(there.totals.errors, 0U) << document.name() << "\n" << there.said.substr(0, 2000);
    EXPECT_GT(there.totals.records_read, 0U) << document.name();
    EXPECT_EQ(there.totals.records_written, there.totals.records_read) << document.name();
    EXPECT_EQ(read_alone(target, there.text).records.size(), there.totals.records_read) << document.name() << " as " << target.id;
  }
}

}  // namespace
}  // namespace bibmill::laws

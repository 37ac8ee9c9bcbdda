// Law 1, conservation: every byte of an input that is no blank belongs to an entry, an extra, a key, a type, or is a delimiter of its format.
#include <gtest/gtest.h>

#include <string>

#include "unclaimed.h"

namespace bibmill::laws {
namespace {

class Conservation : public testing::TestWithParam<Document> {};

INSTANTIATE_TEST_SUITE_P(Documents, Conservation, testing::ValuesIn(all_documents()), [](const auto& about) { return test_name(about.param.name()); });

TEST_P(Conservation, EveryByteIsClaimed) {
  const std::string text = text_of(GetParam());
  EXPECT_EQ(unclaimed(*GetParam().format, text, read(*GetParam().format, text)), "");
}

}  // namespace
}  // namespace bibmill::laws

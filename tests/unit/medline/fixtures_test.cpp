// What holds for every file: it comes back byte for byte, its canonical form reads as the same, parts of any size give the same, and no byte is overlooked.
#include <gtest/gtest.h>

#include "bibmill/text/schema.h"
#include "support.h"

namespace bibmill::medline::testing {
namespace {

std::vector<std::filesystem::path> all_files() {
  std::vector<std::filesystem::path> files = files_below(fixtures() / "medline");
  for (const auto& folder : {fixtures() / "traps" / "medline", std::filesystem::path(BIBMILL_SAMPLES) / "medline"})
    for (const auto& file : files_below(folder))
      if (file.extension() != ".md") files.push_back(file);
  return files;
}

std::string dump(const std::vector<Record>& records) {
  std::string all;
  for (const Record& record : records) all.append(text::dump(record)).append("\n");
  return all;
}

struct AnyFile : ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(AnyFile, IsRecognised) { EXPECT_GE(format().recognises(contents(GetParam())), 60); }

TEST_P(AnyFile, ComesBackByteForByte) {
  const std::string text = contents(GetParam());
  const Reading reading = read(text);
  EXPECT_FALSE(reading.records.empty());
  EXPECT_EQ(write(reading.records).text, text);
}

TEST_P(AnyFile, CanonicalFormReadsAsTheSame) {
  const std::string text = contents(GetParam());
  const Reading reading = read(text);
  const Writing canonical = write(reading.records, Layout::Canonical);
  const Reading again = read(canonical.text);
  ASSERT_EQ(again.records.size(), reading.records.size());
  for (std::size_t at = 0; at < again.records.size(); ++at)
    EXPECT_EQ(text::digest(again.records[at]), text::digest(reading.records[at]));
  EXPECT_EQ(write(again.records, Layout::Canonical).text, canonical.text) << "writing twice changes nothing";
  for (const Ledger& ledger : canonical.ledgers) EXPECT_TRUE(ledger.complete());
}

TEST_P(AnyFile, PartsOfAnySizeGiveTheSame) {
  const std::string text = contents(GetParam());
  const Reading whole = read(text);
  for (const std::size_t about : {std::size_t{1}, std::size_t{64}, std::size_t{1000}}) {
    const Reading parts = read(text, everything(), about);
    EXPECT_EQ(dump(parts.records), dump(whole.records)) << about;
    EXPECT_EQ(write(parts.records).text, text) << about;
    if (about == 1) {
      EXPECT_EQ(parts.arenas.size(), whole.records.size()) << "each record is a part";
    }
  }
}

TEST_P(AnyFile, NoByteIsOverlooked) {
  const std::string text = contents(GetParam());
  const Reading reading = read(text);
  const support::Claims claims(reading, text.size());
  ASSERT_TRUE(claims.are_within());
  std::string overlooked;
  for (std::size_t at = 0; at < text.size(); ++at) {
    // The dash behind a tag is the only delimiter.
    const bool dash = text[at] == '-' && at > 0 && (text[at - 1] == ' ' || claims.has(at - 1));
    if (!claims.has(at) && !dash && static_cast<unsigned char>(text[at]) > ' ') overlooked += text[at];
  }
  EXPECT_EQ(overlooked, "");
}

std::string name_of(const ::testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = info.param.parent_path().filename().string() + "_" + info.param.stem().string();
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Fixtures, AnyFile, ::testing::ValuesIn(all_files()), name_of);

TEST(Samples, ArePresent) {
  if (files_below(std::filesystem::path(BIBMILL_SAMPLES) / "medline").empty())
    GTEST_SKIP() << "no samples of MEDLINE in " << BIBMILL_SAMPLES;
}

}  // namespace
}  // namespace bibmill::medline::testing

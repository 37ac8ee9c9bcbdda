// Memory does not grow with the input: thirty thousand records take no more than one thousand and 4 MiB, from a file and from a pipe, on one thread and on
// as many as the machine has. Only a few hashes a record stay where records are compared.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "corpus.h"
#include "support/folder.h"
#include "support/process.h"

namespace bibmill::laws {
namespace {

namespace fs = std::filesystem;
using support::quoted;

constexpr long kSlack = 4096;  // KiB
/// Of RIS to anything, however large it is.
constexpr long kMostOfRis = 24 * 1024;

class Memory : public testing::TestWithParam<const Format*> {
 protected:
  void SetUp() override {
#ifdef BIBMILL_SANITIZED
    GTEST_SKIP() << "sanitizers keep books of their own";
#endif
  }

  std::string convert(const std::string& target) const {
    return std::string(BIBMILL_BINARY) + " convert --quiet --losses=summary --from " + std::string(GetParam()->id) + " --to " + target + " ";
  }

  /// A file of about so many records: the format's first fixture, again and again.
  fs::path file_of(std::size_t records) const {
    const std::vector<Document> all = fixtures();
    const auto first = std::find_if(all.begin(), all.end(), [](const Document& document) { return document.format == GetParam(); });
    const Reading reading = read_alone(*GetParam(), text_of(*first));
    std::vector<Record> many;
    while (many.size() < records) many.insert(many.end(), reading.records.begin(), reading.records.end());
    const fs::path path = folder_.path() / (std::to_string(records) + std::string(GetParam()->extensions.front()));
    std::ofstream(path, std::ios::binary) << write(*GetParam(), many).text;
    return path;
  }

  /// The peak of a conversion in KiB. The shell becomes the program, so that nothing else is measured.
  long peak_of(const std::string& before, const std::string& target, const std::string& input) const {
    const support::Outcome outcome = support::run(before + convert(target) + input + " -o " + quoted(folder_.path() / "out") + " 2>/dev/null");
    EXPECT_LE(outcome.status, 1) << target;  // 1: a fixture has a wrong date
    return outcome.peak;
  }

  /// What has to stay in memory of a BibTeX file: its strings, keys and parents. A bound by its number of keys.
  long kept_by_design(const fs::path& file) const {
    return GetParam()->make_look_ahead == nullptr ? 0 : static_cast<long>(fs::file_size(file) / 1024 / 8);
  }

  support::Folder folder_;
};

INSTANTIATE_TEST_SUITE_P(Formats, Memory, testing::ValuesIn(all_formats().begin(), all_formats().end()),
                         [](const auto& about) { return std::string(about.param->id); });

TEST_P(Memory, StaysFlatFromAFileAndFromAPipe) {
  const fs::path small = file_of(1000);
  const fs::path large = file_of(30000);
  for (const std::string target : {"ris", "csljson", "yaml"}) {
    for (const std::string jobs : {"--jobs 1 ", ""}) {
      const long from_small = peak_of("exec ", target, jobs + quoted(small));
      const long from_large = peak_of("exec ", target, jobs + quoted(large));
      EXPECT_LE(from_large, from_small + kSlack + kept_by_design(large)) << GetParam()->id << " to " << target << " from a file " << jobs;
      if (GetParam()->id == "ris") {
        EXPECT_LE(from_large, kMostOfRis) << "to " << target << " " << jobs;
      }
    }
    const long small_pipe = peak_of("cat " + quoted(small) + " | ", target, "-");
    const long large_pipe = peak_of("cat " + quoted(large) + " | ", target, "-");
    EXPECT_LE(large_pipe, small_pipe + kSlack + kept_by_design(large)) << GetParam()->id << " to " << target << " from a pipe";
  }
}

/// Records of works that are all different: of each a few hashes stay, and nothing else.
fs::path different_works(const support::Folder& folder, int records) {
  const fs::path path = folder.path() / (std::to_string(records) + ".ris");
  std::ofstream out(path, std::ios::binary);
  for (int at = 0; at < records; ++at)
    out << "TY  - JOUR\nAU  - Lind" << at << ", Oda\nTI  - Tides of harbour " << at << "\nT2  - Journal of Coastal Notes\nPY  - " << 1900 + at % 100 << "\nVL  - " << at << "\nSP  - " << at << "\nDO  - 10.5555/tides." << at
        << "\nAB  - " << std::string(1000, 'a') << "\nER  - \n\n";
  return path;
}

TEST(DedupeMemory, IsSixtyFourBytesARecordFromAFileAndFromAPipe) {
#ifdef BIBMILL_SANITIZED
  GTEST_SKIP() << "sanitizers keep books of their own";
#endif
  const support::Folder folder;
  constexpr int kFew = 1000;
  constexpr int kMany = 61000;
  const fs::path few = different_works(folder, kFew);
  const fs::path many = different_works(folder, kMany);
  const auto peak_of = [&](const std::string& before, const std::string& input) {
    const support::Outcome outcome = support::run(before + std::string(BIBMILL_BINARY) + " convert --quiet --jobs 1 --from ris --to ris --step dedupe " + input + " -o " + quoted(folder.path() / "out") + " 2>/dev/null");
    EXPECT_EQ(outcome.status, 0);
    EXPECT_GT(fs::file_size(folder.path() / "out"), fs::file_size(few) / 2);
    return outcome.peak;
  };
  constexpr long kIndex = (kMany - kFew) * 64L / 1024;
  EXPECT_LE(peak_of("exec ", quoted(many)), peak_of("exec ", quoted(few)) + kIndex + kSlack);
  EXPECT_LE(peak_of("cat " + quoted(many) + " | ", "-"), peak_of("cat " + quoted(few) + " | ", "-") + kIndex + kSlack);
}

}  // namespace
}  // namespace bibmill::laws

// Memory does not grow with the input: thirty thousand records take no more than one thousand and 4 MiB, from a file and from a pipe, on one thread and on
// as many as the machine has.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "corpus.h"
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

  support::Folder folder_{"memory-" + std::string(GetParam()->id)};
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

}  // namespace
}  // namespace bibmill::laws

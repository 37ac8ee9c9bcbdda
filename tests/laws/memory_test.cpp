// Memory does not grow with the input: thirty thousand records take no more than one thousand and 4 MiB, from a file and from a pipe.
//
// Measured on one thread. Each further thread adds its parts in flight and a heap of its own, which a small file does not fill.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "corpus.h"
#include "peak.h"

namespace bibmill::laws {
namespace {

namespace fs = std::filesystem;

constexpr long kSlack = 4096;  // KiB

/// How large the largest process of a shell line grew, in KiB.
long kib_of(const std::string& line) {
  const Peak peak = peak_of(line);
  EXPECT_TRUE(peak.status == 0 || peak.status == 1) << line;  // 1: a fixture has a wrong date
  return peak.kib;
}

std::string quoted(const fs::path& path) { return "'" + path.string() + "'"; }

class Memory : public testing::TestWithParam<const Format*> {
 protected:
  void SetUp() override {
#ifdef BIBMILL_SANITIZED
    GTEST_SKIP() << "sanitizers keep books of their own";
#endif
    folder_ = fs::temp_directory_path() / ("bibmill-memory-" + std::to_string(getpid()) + "-" + std::string(GetParam()->id));
    fs::create_directories(folder_);
  }
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  /// A file of about `records` records, made of the format's fixtures by the program itself.
  fs::path file_of(std::size_t records) const {
    std::string line = std::string(BIBMILL_BINARY) + " convert --quiet --losses=none --from " + std::string(GetParam()->id) + " --to " + std::string(GetParam()->id);
    std::size_t count = 0;
    const std::vector<Document> all = fixtures();
    const auto first = std::find_if(all.begin(), all.end(), [](const Document& document) { return document.format == GetParam(); });
    while (count < records) {
      line += " " + quoted(first->path);
      count += 3;  // each fixture has three or more
    }
    const fs::path path = folder_ / (std::to_string(records) + std::string(GetParam()->extensions.front()));
    const fs::path script = folder_ / "make.sh";
    FILE* const out = fopen(script.c_str(), "w");
    fputs((line + " -o " + quoted(path) + " 2>/dev/null\n").c_str(), out);
    fclose(out);
    const int status = system(("/bin/sh " + quoted(script)).c_str());  // NOLINT: a line of our own
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) <= 1) << script;
    return path;
  }

  std::string conversion(const std::string& target, const std::string& input) const {
    return std::string(BIBMILL_BINARY) + " convert --quiet --losses=summary --jobs 1 --from " + std::string(GetParam()->id) + " --to " + target + " " + input + " -o " +
           quoted(folder_ / "out") + " 2>/dev/null";
  }

  /// What has to stay in memory of a BibTeX file: its strings, keys and parents. A bound by its number of keys.
  long kept_by_design(const fs::path& file) const {
    return GetParam()->make_look_ahead == nullptr ? 0 : static_cast<long>(fs::file_size(file) / 1024 / 8);
  }

  fs::path folder_;
};

INSTANTIATE_TEST_SUITE_P(Formats, Memory, testing::ValuesIn(all_formats().begin(), all_formats().end()),
                         [](const auto& about) { return std::string(about.param->id); });

TEST_P(Memory, StaysFlatFromAFileAndFromAPipe) {
  const fs::path small = file_of(1000);
  const fs::path large = file_of(30000);
  for (const std::string target : {"ris", "csljson", "yaml"}) {
    const long from_small = kib_of("exec " + conversion(target, quoted(small)));
    const long from_large = kib_of("exec " + conversion(target, quoted(large)));
    EXPECT_LE(from_large, from_small + kSlack + kept_by_design(large)) << GetParam()->id << " to " << target << " from a file";
    const long small_pipe = kib_of("cat " + quoted(small) + " | " + conversion(target, "-"));
    const long large_pipe = kib_of("cat " + quoted(large) + " | " + conversion(target, "-"));
    EXPECT_LE(large_pipe, small_pipe + kSlack + kept_by_design(large)) << GetParam()->id << " to " << target << " from a pipe";
  }
}

}  // namespace
}  // namespace bibmill::laws

// Law 5, threads, and what else the whole program promises of its output: one thread or eight, a file, a pipe or a .gz give the same bytes.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "corpus.h"

namespace bibmill::laws {
namespace {

namespace fs = std::filesystem;

std::string quoted(const fs::path& path) { return "'" + path.string() + "'"; }

struct Outcome {
  int status = 0;
  std::string output;
};

Outcome run(const std::string& command) {
  Outcome outcome;
  FILE* const pipe = popen(command.c_str(), "r");
  std::array<char, 65536> buffer{};
  for (std::size_t size = 0; (size = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) outcome.output.append(buffer.data(), size);
  const int status = pclose(pipe);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

/// Several megabytes of one format: its main fixture, again and again, so that there are many parts.
fs::path large_file(const Format& format, const fs::path& folder) {
  const fs::path path = folder / ("large" + std::string(format.extensions.front()));
  for (const Document& document : fixtures()) {
    if (document.format != &format) continue;
    Reading reading = read(format, text_of(document));
    const std::string once = write(format, reading).text;
    std::vector<Record> many;
    for (std::size_t size = 0; size < (std::size_t{3} << 20U); size += once.size())
      for (const Record& record : reading.records) many.push_back(record);
    std::ofstream(path, std::ios::binary) << write(format, many).text;
    break;
  }
  return path;
}

class Threads : public testing::TestWithParam<const Format*> {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("bibmill-threads-" + std::to_string(getpid()) + "-" + std::string(GetParam()->id));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  Outcome convert(const std::string& to, const std::string& options, const std::string& input) const {
    return run(std::string(BIBMILL_BINARY) + " convert --losses=none --quiet --from " + std::string(GetParam()->id) + " --to " + to + " " + options + " " + input +
               " 2>/dev/null");
  }

  fs::path folder_;
};

INSTANTIATE_TEST_SUITE_P(Formats, Threads, testing::ValuesIn(all_formats().begin(), all_formats().end()),
                         [](const auto& about) { return std::string(about.param->id); });

TEST_P(Threads, OneAndEightGiveTheSameBytes) {
  const fs::path input = large_file(*GetParam(), folder_);
  for (const Format* const target : all_formats()) {
    const Outcome one = convert(std::string(target->id), "--jobs 1", quoted(input));
    const Outcome eight = convert(std::string(target->id), "--jobs 8", quoted(input));
    EXPECT_FALSE(one.output.empty()) << target->id;
    EXPECT_EQ(one.status, eight.status) << target->id;
    EXPECT_TRUE(one.output == eight.output) << GetParam()->id << " to " << target->id << " differs between 1 and 8 threads";
  }
}

TEST_P(Threads, FilePipeAndGzipGiveTheSameBytes) {
  const fs::path input = large_file(*GetParam(), folder_);
  const Outcome file = convert("yaml", "", quoted(input));
  const Outcome pipe = run("cat " + quoted(input) + " | " + std::string(BIBMILL_BINARY) + " convert --losses=none --quiet --from " + std::string(GetParam()->id) +
                           " --to yaml - 2>/dev/null");
  run("gzip -k " + quoted(input));
  const Outcome gzip = convert("yaml", "", quoted(fs::path(input.string() + ".gz")));
  EXPECT_FALSE(file.output.empty());
  EXPECT_TRUE(file.output == pipe.output);
  EXPECT_TRUE(file.output == gzip.output);
}

}  // namespace
}  // namespace bibmill::laws

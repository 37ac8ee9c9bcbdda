// Law 5, threads, and what else the whole program promises of its output: one thread or eight, a file, a pipe or a .gz give the same bytes.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "pipeline_run.h"
#include "support/folder.h"
#include "support/process.h"

namespace bibmill::laws {
namespace {

namespace fs = std::filesystem;
using support::quoted;

/// Small enough that every document has many parts.
constexpr std::size_t kSmallParts = 1024;

std::vector<fs::path> documents_in(const Format& format) {
  std::vector<fs::path> paths;
  for (const Document& document : all_documents())
    if (document.format == &format) paths.push_back(document.path);
  return paths;
}

class Threads : public testing::TestWithParam<const Format*> {};

INSTANTIATE_TEST_SUITE_P(Formats, Threads, testing::ValuesIn(all_formats().begin(), all_formats().end()),
                         [](const auto& about) { return std::string(about.param->id); });

TEST_P(Threads, OneAndEightGiveTheSameBytes) {
  const std::vector<fs::path> inputs = documents_in(*GetParam());
  for (const Format* const target : all_formats()) {
    const Conversion one = convert_files(inputs, *GetParam(), *target, 1, kSmallParts);
    const Conversion eight = convert_files(inputs, *GetParam(), *target, 8, kSmallParts);
    EXPECT_FALSE(one.text.empty()) << target->id;
    EXPECT_TRUE(one.text == eight.text) << GetParam()->id << " to " << target->id << " differs between 1 and 8 threads";
    EXPECT_TRUE(one.said == eight.said) << GetParam()->id << " to " << target->id << ": other messages with 8 threads";
  }
}

/// More than one read's worth of one format: its main fixture, again and again.
fs::path large_file(const Format& format, const fs::path& folder) {
  const fs::path path = folder / ("large" + std::string(format.extensions.front()));
  for (const Document& document : fixtures()) {
    if (document.format != &format) continue;
    const Reading reading = read(format, text_of(document));
    const std::size_t once = write(format, reading).text.size();
    std::vector<Record> many;
    for (std::size_t size = 0; size < (std::size_t{1} << 20U); size += once) many.insert(many.end(), reading.records.begin(), reading.records.end());
    std::ofstream(path, std::ios::binary) << write(format, many).text;
    break;
  }
  return path;
}

TEST_P(Threads, FilePipeAndGzipGiveTheSameBytes) {
  const support::Folder folder;
  const fs::path input = large_file(*GetParam(), folder.path());
  const std::string convert = std::string(BIBMILL_BINARY) + " convert --losses=none --quiet --from " + std::string(GetParam()->id) + " --to yaml ";
  const support::Outcome file = support::run(convert + quoted(input) + " 2>/dev/null");
  EXPECT_FALSE(file.output.empty());
  EXPECT_TRUE(file.output == support::run("cat " + quoted(input) + " | " + convert + "- 2>/dev/null").output);
  EXPECT_TRUE(file.output == support::run("gzip -c " + quoted(input) + " | " + convert + "- 2>/dev/null").output);
  EXPECT_TRUE(file.output == support::run(convert + "--jobs 8 " + quoted(input) + " 2>/dev/null").output);
}

}  // namespace
}  // namespace bibmill::laws

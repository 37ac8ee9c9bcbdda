// How many threads are used where nobody says so.
#include "input_options.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "support/folder.h"

namespace bibmill::cli {
namespace {

class ThreadsWorth : public testing::Test {
 protected:
  static constexpr std::uintmax_t kMebibyte = 1 << 20;

  /// A file of that size, which takes no room.
  std::string file(std::string_view name, std::uintmax_t size) const {
    const std::filesystem::path path = folder_.path() / name;
    std::ofstream(path).close();
    std::filesystem::resize_file(path, size);
    return path.string();
  }

  const support::Folder folder_;
};

TEST_F(ThreadsWorth, IsOneForEachMebibyte) {
  EXPECT_EQ(threads_worth({file("empty", 0)}, 8), 1U);
  EXPECT_EQ(threads_worth({file("small", 2 * kMebibyte - 1)}, 8), 1U);
  EXPECT_EQ(threads_worth({file("two", 2 * kMebibyte)}, 8), 2U);
  EXPECT_EQ(threads_worth({file("three", 3 * kMebibyte)}, 8), 3U);
}

TEST_F(ThreadsWorth, IsNeverMoreThanTheMachineRuns) { EXPECT_EQ(threads_worth({file("large", 100 * kMebibyte)}, 4), 4U); }

TEST_F(ThreadsWorth, CountsAllInputsTogether) {
  EXPECT_EQ(threads_worth({file("one", kMebibyte), file("other", kMebibyte + kMebibyte / 2), file("third", kMebibyte / 2)}, 8), 3U);
}

TEST_F(ThreadsWorth, IsAllWhereTheSizeIsNotKnown) {
  const std::string small = file("small", 100);
  EXPECT_EQ(threads_worth({small, "-"}, 8), 8U);
  EXPECT_EQ(threads_worth({folder_.path().string()}, 8), 8U);
  EXPECT_EQ(threads_worth({(folder_.path() / "absent").string()}, 8), 8U);
}

}  // namespace
}  // namespace bibmill::cli

// How many threads are used where nobody says so.
#include "input_options.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bibmill::cli {
namespace {

namespace fs = std::filesystem;

class ThreadsWorth : public testing::Test {
 protected:
  static constexpr std::uintmax_t kMebibyte = 1 << 20;

  ThreadsWorth() : folder_((fs::temp_directory_path() / "bibmill-test-XXXXXX").string()) {
    if (::mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("no temporary folder");
  }
  ~ThreadsWorth() override { fs::remove_all(folder_); }

  /// A file of that size, which takes no room.
  std::string file(std::string_view name, std::uintmax_t size) const {
    const fs::path path = fs::path(folder_) / name;
    std::ofstream made(path);
    made.close();
    fs::resize_file(path, size);
    return path.string();
  }
  std::string folder() const { return folder_; }

 private:
  std::string folder_;
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
  EXPECT_EQ(threads_worth({folder()}, 8), 8U);
  EXPECT_EQ(threads_worth({folder() + "/absent"}, 8), 8U);
}

}  // namespace
}  // namespace bibmill::cli

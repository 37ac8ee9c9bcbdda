// Files that appear when they are complete.
#include "output_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "bibmill/errors.h"
#include "support/folder.h"

namespace bibmill::cli {
namespace {

namespace fs = std::filesystem;

class Output : public testing::Test {
 protected:
  fs::path path(std::string_view name) const { return folder_.path() / name; }
  void put(std::string_view name, std::string_view text) const { std::ofstream(path(name)) << text; }
  std::string get(std::string_view name) const {
    std::ifstream in(path(name));
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()));
  }
  unsigned mode(std::string_view name) const {
    struct stat status {};
    ::stat(path(name).c_str(), &status);
    return status.st_mode & 07777U;
  }

 private:
  support::Folder folder_;
};

TEST_F(Output, AppearsWhenItIsComplete) {
  OutputFile file(path("a").string());
  file.write("new");
  EXPECT_FALSE(fs::exists(path("a")));
  file.commit();
  EXPECT_EQ(get("a"), "new");
  EXPECT_EQ(files(), 1U);
}

TEST_F(Output, ArrivesWholeInWhateverPiecesItComes) {
  constexpr std::size_t kPiece = 64 * 1024;
  std::string all;
  OutputFile file(path("a").string());
  for (const std::size_t size : {kPiece - 1, std::size_t{1}, std::size_t{0}, kPiece, kPiece + 1, std::size_t{7}, 3 * kPiece - 8, 2 * kPiece + 5}) {
    std::string text;
    while (text.size() < size) text += static_cast<char>('a' + (all.size() + text.size()) % 23);
    file.write(text);
    all += text;
  }
  file.commit();
  EXPECT_EQ(get("a"), all);
}

TEST_F(Output, LeavesNothingBehindWhenItFails) {
  put("a", "old");
  {
    OutputFile file(path("a").string());
    file.write("new");
  }
  EXPECT_EQ(get("a"), "old");
  EXPECT_EQ(files(), 1U);
}

TEST_F(Output, KeepsTheModeAndTheLink) {
  put("real", "old");
  ::chmod(path("real").c_str(), 0604);
  fs::create_symlink("real", path("link"));
  fs::create_symlink("link", path("link2"));
  OutputFile file(path("link2").string());
  file.write("new");
  file.commit();
  EXPECT_EQ(get("real"), "new");
  EXPECT_TRUE(fs::is_symlink(path("link2")));
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(mode("real"), 0604U);
}

TEST_F(Output, FollowsALinkThatLeadsNowhereYet) {
  fs::create_symlink("later", path("link"));
  OutputFile file(path("link").string());
  file.write("new");
  file.commit();
  EXPECT_EQ(get("later"), "new");
  EXPECT_TRUE(fs::is_symlink(path("link")));
}

TEST_F(Output, ANewFileHasTheUsualMode) {
  const mode_t mask = ::umask(027);
  OutputFile file(path("a").string());
  file.commit();
  ::umask(mask);
  EXPECT_EQ(mode("a"), 0640U);
}

TEST_F(Output, APipeIsWrittenDirectly) {
  ::mkfifo(path("pipe").c_str(), 0600);
  std::string read;
  std::thread reader([&] { read = get("pipe"); });
  OutputFile file(path("pipe").string());
  file.write("through");
  file.commit();
  reader.join();
  EXPECT_EQ(read, "through");
  EXPECT_TRUE(fs::is_fifo(path("pipe")));
}

TEST_F(Output, SaysWhyItCannotBeMade) {
  fs::create_directory(path("folder"));
  EXPECT_THROW(OutputFile(path("folder").string()), OutputError);
  EXPECT_THROW(OutputFile(path("missing/file").string()), OutputError);
  EXPECT_EQ(files(), 1U);
}

TEST_F(Output, AFullDiskIsNoticed) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full here";
  OutputFile file("/dev/full");
  file.write("much");
  EXPECT_THROW(file.commit(), OutputError);
}

}  // namespace
}  // namespace bibmill::cli

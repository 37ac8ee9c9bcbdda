// Files, pipes, compressed files and encodings.
#include "bibmill/input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <string>
#include <thread>

#include "bibmill/errors.h"
#include "bibmill/text/encoding.h"
#include "bibmill/text/unicode.h"
#include "harness.h"

namespace bibmill::mock {
namespace {

std::string all_of(Input& input) {
  TextBuffer text;
  while (input.read(text)) {
  }
  return std::string(text.view());
}

// "one\n" as gzip packs it, and "two\n" with a wrong checksum.
constexpr unsigned char kOne[] = {0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xcb, 0xcf,
                                  0x4b, 0xe5, 0x02, 0x00, 0x9f, 0xa8, 0x17, 0xf8, 0x04, 0x00, 0x00, 0x00};
constexpr unsigned char kTwo[] = {0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0x2b, 0x29,
                                  0xcf, 0xe7, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00};

template <std::size_t size>
std::string bytes_of(const unsigned char (&bytes)[size]) {
  return {reinterpret_cast<const char*>(bytes), size};
}

TEST(Input, GivesTheHeadAndThenEverything) {
  const Folder folder;
  const std::string text(200000, 'x');
  Input input(folder.file("a", text), {});
  EXPECT_EQ(input.head().size(), 64U * 1024);
  EXPECT_FALSE(input.head_is_all());
  EXPECT_EQ(all_of(input), text);
  input.rewind();
  EXPECT_EQ(all_of(input), text);
}

/// Sequences and faults at the ends of the pieces in which a file is read, and in all places beside them.
TEST(Input, DecodesAlikeWhereverAPieceEnds) {
  const Folder folder;
  const std::string wide = "\xE2\x82\xAC\xF0\x9F\x93\x9A";  // two sequences, of three and of four bytes
  for (const std::string_view middle : {"\xC3\xA9", "\xE9", "\xE2\x82", "\xF0\x9F\x93", "\xE2\x82\xAC"}) {
    for (std::size_t before = Input::kPiece - 9; before <= Input::kPiece; ++before) {
      std::string bytes(before, 'x');
      bytes += middle;
      while (bytes.size() < 3 * Input::kPiece) bytes += wide;
      for (const std::string& text : {bytes, bytes + "\xE2\x82", bytes + 'x'}) {
        Input input(folder.file("a", text), {});
        ASSERT_EQ(all_of(input), text::decode(text)) << before;
        ASSERT_EQ(input.guessed().empty(), text::is_valid_utf8(text)) << before;
      }
    }
  }
}

TEST(Input, CanBeLetGoAndTakenUpAgain) {
  const Folder folder;
  Input input(folder.file("a", "text"), {});
  EXPECT_EQ(input.head(), "text");
  EXPECT_TRUE(input.head_is_all());
  input.release();
  EXPECT_EQ(all_of(input), "text");
}

TEST(Input, UnpacksMembersInARow) {
  const Folder folder;
  Input input(folder.file("a.txt", bytes_of(kOne) + bytes_of(kOne) + std::string(512, '\0')), {});
  EXPECT_EQ(all_of(input), "one\none\n");
  EXPECT_FALSE(input.damage().has_value());
}

TEST(Input, ReadsWhatCanBeUnpackedOfADamagedFile) {
  const Folder folder;
  Input truncated(folder.file("a.gz", bytes_of(kOne) + bytes_of(kOne).substr(0, 18)), {});
  EXPECT_EQ(all_of(truncated), "one\none\n");
  ASSERT_TRUE(truncated.damage().has_value());
  EXPECT_EQ(truncated.damage()->code, "input/truncated-gzip");

  Input wrong(folder.file("b.gz", bytes_of(kOne) + bytes_of(kTwo)), {});  // the second has a wrong checksum
  EXPECT_EQ(all_of(wrong).substr(0, 4), "one\n");
  ASSERT_TRUE(wrong.damage().has_value());
  EXPECT_EQ(wrong.damage()->code, "input/damaged-gzip");

  Input trailing(folder.file("c.gz", bytes_of(kOne) + "more"), {});
  EXPECT_EQ(all_of(trailing), "one\n");
  ASSERT_TRUE(trailing.damage().has_value());
  EXPECT_EQ(trailing.damage()->code, "input/trailing-bytes");
}

// "one\n" as Zstandard packs it, with a checksum.
constexpr unsigned char kOneInZstd[] = {0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x58, 0x21, 0x00, 0x00, 0x6f, 0x6e, 0x65, 0x0a, 0xdf, 0x16, 0x68, 0x09};

TEST(Input, UnpacksZstandardWhereItCan) {
  const Folder folder;
  const std::string one = bytes_of(kOneInZstd);
  Input whole(folder.file("a.txt", one + one), {});
  try {
    EXPECT_EQ(all_of(whole), "one\none\n");
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("without Zstandard"));
    GTEST_SKIP() << "built without Zstandard";
  }
  EXPECT_FALSE(whole.damage().has_value());

  const struct {
    std::string bytes;
    std::string_view code;
  } kDamaged[] = {
      {one + one.substr(0, 14), "input/truncated-zstd"}, {one + one.substr(0, 13) + "xxxx", "input/damaged-zstd"}, {one + "more", "input/trailing-bytes"}};
  for (const auto& [bytes, code] : kDamaged) {
    Input damaged(folder.file("b.zst", bytes), {});
    EXPECT_EQ(all_of(damaged).substr(0, 4), "one\n") << code;
    ASSERT_TRUE(damaged.damage().has_value()) << code;
    EXPECT_EQ(damaged.damage()->code, code);
  }
}

TEST(Input, DecodesUtf16) {
  const Folder folder;
  Input input(folder.file("a", std::string("\xFF\xFEh\0\xE9\0", 6)), {});
  EXPECT_EQ(all_of(input), "h\xC3\xA9");
  EXPECT_EQ(input.source().encoding, Encoding::Utf16Le);
  EXPECT_TRUE(input.source().byte_order_mark);
}

/// Writes into a named pipe from a thread.
class Pipe {
 public:
  Pipe(const std::string& path, std::string text) : path_(path), text_(std::move(text)) {
    ::mkfifo(path_.c_str(), 0600);
    thread_ = std::thread([this] { std::ofstream(path_, std::ios::binary) << text_; });
  }
  ~Pipe() { thread_.join(); }

 private:
  std::string path_;
  std::string text_;
  std::thread thread_;
};

TEST(Input, ReadsAPipeOnce) {
  const Folder folder;
  const std::string text(300000, 'y');
  Input input(folder.path("pipe"), {});
  const Pipe pipe(folder.path("pipe"), text);
  EXPECT_EQ(input.head().size(), 64U * 1024);
  input.release();  // has no effect: it cannot be opened again
  EXPECT_EQ(all_of(input), text);
}

TEST(Input, ReadsAPipeTwice) {
  const Folder folder;
  std::string text;
  for (int n = 0; n < 50000; ++n) text += fmt::format("{} ", n);
  Input input(folder.path("pipe"), {});
  const Pipe pipe(folder.path("pipe"), text);
  input.head();
  input.will_be_read_again();
  EXPECT_EQ(all_of(input), text);
  input.rewind();
  input.release();
  EXPECT_EQ(input.head().substr(0, 6), "0 1 2 ");
  EXPECT_EQ(all_of(input), text);
}

TEST(Input, SaysWhyItCannotBeRead) {
  const Folder folder;
  for (const std::string& path : {folder.path("missing"), folder.path(".")}) {
    Input input(path, {});
    EXPECT_THROW(input.head(), InputError) << path;
  }
}

}  // namespace
}  // namespace bibmill::mock

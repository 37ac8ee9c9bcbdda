// Zip archives (PKWARE's APPNOTE 6.3), as word processors write them: members are looked up by name and unpacked into memory. No path is followed, nothing is written.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace bibmill {

class ZipArchive {
 public:
  /// A member may unpack to so much, and to so many times its packed size; small ones to any.
  static constexpr std::uint64_t kLargestMember = std::uint64_t{128} << 20;
  static constexpr std::uint64_t kLargestRatio = 200;

  /// Opens the file and reads its directory. Throws InputError.
  explicit ZipArchive(const std::string& path);

  /// In the order of the directory.
  std::vector<std::string_view> names() const;
  /// The first member of that name. Throws InputError where it cannot be had: damaged, encrypted, packed in another way, too large.
  std::string content(std::string_view name);

 private:
  struct Member {
    std::string name;
    std::uint64_t offset = 0;
    std::uint64_t packed = 0;
    std::uint64_t size = 0;
    std::uint32_t checksum = 0;
    std::uint16_t method = 0;
    bool encrypted = false;
  };

  void read_directory();
  std::string bytes(std::uint64_t offset, std::uint64_t size);
  void check(const Member& member) const;
  std::uint64_t content_begin(const Member& member);
  [[noreturn]] void refuse(std::string_view why) const;

  std::string path_;
  std::ifstream file_;
  std::uint64_t file_size_ = 0;
  std::vector<Member> members_;
};

}  // namespace bibmill

// Folders for the files of a test.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace bibmill::support {

/// A fresh folder, gone with this object.
class Folder {
 public:
  /// Throws std::filesystem::filesystem_error where none can be made.
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  /// What is in it by this name, or would be.
  std::string path(std::string_view name) const { return (path_ / name).string(); }
  /// The path of a file with that content, which is made.
  std::string file(std::string_view name, std::string_view bytes) const;

 private:
  std::filesystem::path path_;
};

}  // namespace bibmill::support

// Finding and reading the data of the tests.
#include "support/files.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "bibmill/text/encoding.h"

namespace bibmill::support {

namespace fs = std::filesystem;

fs::path fixtures() { return fs::path(BIBMILL_SOURCE_DIR) / "fixtures"; }
fs::path samples() { return BIBMILL_SAMPLES; }

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string text_of(const fs::path& path) { return text::decode(bytes_of(path)); }

std::vector<fs::path> files_below(const fs::path& folder, std::span<const std::string_view> extensions) {
  std::vector<fs::path> files;
  if (!fs::is_directory(folder)) return files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const std::string extension = entry.path().extension().string();
    if (entry.is_regular_file() && std::find(extensions.begin(), extensions.end(), extension) != extensions.end()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<fs::path> files_of(const Format& format, bool with_samples) {
  const fs::path id(format.id);
  std::vector<fs::path> files = files_below(fixtures() / id, format.extensions);
  for (const fs::path& folder : {fixtures() / "traps" / id, with_samples ? samples() / id : fs::path{}}) {
    const std::vector<fs::path> more = files_below(folder, format.extensions);
    files.insert(files.end(), more.begin(), more.end());
  }
  return files;
}

std::string trap(const Format& format, std::string_view name) { return text_of(fixtures() / "traps" / format.id / name); }

std::string test_name(std::string_view text) {
  std::string name(text);
  for (char& c : name)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) c = '_';
  return name;
}

}  // namespace bibmill::support

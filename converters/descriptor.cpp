// Open files of the system.
#include "descriptor.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>

#include "bibmill/errors.h"

namespace bibmill {

std::string system_error(int error) { return std::strerror(error); }

Descriptor::~Descriptor() {
  if (owned_ && number_ >= 0) ::close(number_);
}

bool write_all(int to, std::span<const char> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(to, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

Descriptor nameless_file(const std::string& folder) {
  const std::filesystem::path where = folder.empty() ? std::filesystem::temp_directory_path() : std::filesystem::path(folder);
  std::string path = (where / "bibmill-XXXXXX").string();
  const int number = ::mkstemp(path.data());
  if (number < 0) throw InputError(fmt::format("cannot make a temporary file in {}: {}", where.string(), system_error(errno)));
  ::unlink(path.c_str());
  return {number, true};
}

}  // namespace bibmill

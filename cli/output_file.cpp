// Making, renaming and removing files.
#include "output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>

#include "bibmill/errors.h"

namespace bibmill::cli {

namespace fs = std::filesystem;

namespace {

constexpr int kMostLinks = 40;  // as the kernel has it

[[noreturn]] void fail(const std::string& path, int error) {
  throw OutputError(fmt::format("cannot write {}: {}", path, std::strerror(error)));
}

/// Follows symbolic links to a file that need not exist.
fs::path behind_links(fs::path path) {
  std::error_code ignored;
  for (int links = 0; links < kMostLinks && fs::is_symlink(path, ignored); ++links) {
    const fs::path to = fs::read_symlink(path, ignored);
    path = to.is_absolute() ? to : path.parent_path() / to;
  }
  return path;
}

/// The mode that a new file gets here.
mode_t usual_mode() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return static_cast<mode_t>(0666) & ~mask;
}

// ------------------------------------------------------------------------- what to remove when a signal ends the program

// A handler may touch nothing but lock-free flags and memory that was ready before it ran.
constexpr std::size_t kMostFiles = 4;
constexpr std::size_t kLongestPath = 4096;
struct Unfinished {
  volatile std::sig_atomic_t used = 0;
  std::array<char, kLongestPath> path{};
};
std::array<Unfinished, kMostFiles> unfinished_files;

extern "C" void remove_unfinished_files(int signal) {
  for (const Unfinished& file : unfinished_files)
    if (file.used != 0) ::unlink(file.path.data());
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void remember(const std::string& path) {
  for (Unfinished& file : unfinished_files) {
    if (file.used != 0 || path.size() >= kLongestPath) continue;
    std::copy(path.begin(), path.end(), file.path.begin());
    file.path[path.size()] = '\0';
    file.used = 1;
    break;
  }
  for (const int signal : {SIGINT, SIGTERM, SIGHUP})
    if (std::signal(signal, remove_unfinished_files) == SIG_IGN) std::signal(signal, SIG_IGN);
}

void forget(const std::string& path) {
  for (Unfinished& file : unfinished_files)
    if (file.used != 0 && path == file.path.data()) file.used = 0;
}

}  // namespace

OutputFile::OutputFile(const std::string& path) : path_(path) {
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) fail(path, EISDIR);
  if (exists && !S_ISREG(status.st_mode)) {
    open_directly();
  } else {
    open_beside();
    if (::fchmod(descriptor_, exists ? status.st_mode & 07777 : usual_mode()) != 0) fail(path_, errno);
    // Only root may give files away; for all others it is theirs in any case.
    if (exists) static_cast<void>(::fchown(descriptor_, status.st_uid, status.st_gid) == 0);
  }
  sink_ = std::make_unique<DescriptorSink>(descriptor_, path_);
}

void OutputFile::open_directly() {
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor_ < 0) fail(path_, errno);
}

void OutputFile::open_beside() {
  const fs::path target = behind_links(path_);
  target_ = target.string();
  beside_ = (target.parent_path() / fmt::format(".{}.XXXXXX", target.filename().string())).string();
  descriptor_ = ::mkstemp(beside_.data());
  if (descriptor_ < 0) {
    const int error = errno;
    beside_.clear();
    fail(path_, error);
  }
  remember(beside_);
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (beside_.empty()) return;
  ::unlink(beside_.c_str());
  forget(beside_);
}

const std::string& OutputFile::draft() {
  sink_->flush();
  return beside_;
}

void OutputFile::commit() {
  sink_->flush();
  // Full disks on network file systems speak up no earlier than here.
  if (::close(std::exchange(descriptor_, -1)) != 0) fail(path_, errno);
  if (beside_.empty()) return;
  if (std::rename(beside_.c_str(), target_.c_str()) != 0) fail(path_, errno);
  forget(beside_);
  beside_.clear();
}

}  // namespace bibmill::cli

// Writing to descriptors, with and without colour.
#include "console.h"

#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>

#include "bibmill/errors.h"

namespace bibmill::cli {

namespace {

/// What a file takes at a time: whole pieces of this size cost the system much less than pieces that end anywhere.
constexpr std::size_t kPiece = 64 * 1024;

/// False with errno set.
bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// The same of two texts, in one call where the system takes both.
bool write_all(int descriptor, std::string_view first, std::string_view second) {
  while (!first.empty()) {
    const std::array<iovec, 2> texts{iovec{const_cast<char*>(first.data()), first.size()}, {const_cast<char*>(second.data()), second.size()}};
    const ssize_t written = ::writev(descriptor, texts.data(), static_cast<int>(texts.size()));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    const std::size_t count = static_cast<std::size_t>(written);
    second.remove_prefix(count - std::min(count, first.size()));
    first.remove_prefix(std::min(count, first.size()));
  }
  return write_all(descriptor, second);
}

/// https://no-color.org: any value but an empty one.
bool wants_colour() {
  const char* const no = std::getenv("NO_COLOR");
  const char* const terminal = std::getenv("TERM");
  return (no == nullptr || *no == '\0') && terminal != nullptr && std::string_view(terminal) != "dumb";
}

std::string_view colour_of(Severity severity) {
  switch (severity) {
    case Severity::Note: return "\033[36m";
    case Severity::Warning: return "\033[35m";
    case Severity::Error: return "\033[1;31m";
  }
  return {};
}

}  // namespace

void DescriptorSink::write(std::string_view text) {
  const std::size_t waiting = buffer_.size() + text.size();
  const std::size_t rest = waiting % kPiece;
  if (rest == waiting) {
    buffer_ += text;
  } else {
    write_now(text.substr(0, text.size() - rest));
    buffer_ = text.substr(text.size() - rest);
  }
}

void DescriptorSink::flush() { write_now({}); }

void DescriptorSink::write_now(std::string_view text) {
  const bool written = write_all(descriptor_, buffer_, text);
  const int error = errno;
  buffer_.clear();
  if (!written) throw OutputError(fmt::format("cannot write {}: {}", name_, std::strerror(error)));
}

Console::Console()
    : out_(STDOUT_FILENO, "to standard output"),
      out_is_terminal_(::isatty(STDOUT_FILENO) == 1),
      err_is_terminal_(::isatty(STDERR_FILENO) == 1),
      colours_(err_is_terminal_ && wants_colour()) {}

void Console::say(std::string_view line) {
  clear_progress();
  // A message that cannot be written has nobody to be told to.
  static_cast<void>(write_all(STDERR_FILENO, fmt::format("{}\n", line)));
}

void Console::complain(std::string_view message) { say(fmt::format("bibmill: {}: {}", word_for(Severity::Error), message)); }

void Console::show_progress(std::string_view line) {
  static_cast<void>(write_all(STDERR_FILENO, fmt::format("\r{}\033[K", line)));
  shows_progress_ = true;
}

void Console::clear_progress() {
  if (!shows_progress_) return;
  static_cast<void>(write_all(STDERR_FILENO, "\r\033[K"));
  shows_progress_ = false;
}

bool Console::out_in_colours() const { return out_is_terminal_ && wants_colour(); }

std::string Console::word_for(Severity severity) const {
  const std::string_view word = name_of(severity);
  return colours_ ? fmt::format("{}{}\033[0m", colour_of(severity), word) : std::string(word);
}

}  // namespace bibmill::cli

// A pipe from a shell, by way of the small program that measures it (peak/main.cpp).
#include "support/process.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace bibmill::support {

namespace fs = std::filesystem;

namespace {

/// Any text as one word of a shell line.
std::string as_word(const std::string& text) {
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

}  // namespace

Outcome run(const std::string& line) {
  FILE* const pipe = popen((std::string("exec ") + BIBMILL_PEAK + " " + as_word(line)).c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot start a shell");
  Outcome outcome;
  std::array<char, 65536> buffer{};
  for (std::size_t size = 0; (size = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) outcome.output.append(buffer.data(), size);
  const int status = pclose(pipe);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (const std::size_t end = outcome.output.rfind('\n'); end != std::string::npos) {
    outcome.peak = std::strtol(outcome.output.c_str() + end, nullptr, 10);
    outcome.output.resize(end);
  }
  return outcome;
}

std::string quoted(const fs::path& path) { return as_word(path.string()); }

}  // namespace bibmill::support

// Running real programs over what bibmill writes.
#include "client.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

#include "support/folder.h"

namespace bibmill::interop {

namespace fs = std::filesystem;

namespace {

const fs::path kFixtures = fs::path(BIBMILL_SOURCE_DIR) / "fixtures";

/// One folder per test program, gone when it ends.
const fs::path& scratch() {
  static const support::Folder kFolder;
  return kFolder.path();
}

}  // namespace

std::string quoted(const fs::path& path) { return "'" + path.string() + "'"; }

bool is_installed(const std::string& program) { return run("command -v " + program).status == 0; }

Outcome run(const std::string& command) {
  Outcome outcome;
  const std::string line = "cd " + quoted(scratch()) + " && { " + command + "; } 2>&1";
  FILE* const pipe = popen(line.c_str(), "r");
  if (pipe == nullptr) return {-1, "cannot start a shell"};
  std::array<char, 4096> buffer{};
  for (std::size_t size = 0; (size = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) outcome.output.append(buffer.data(), size);
  const int status = pclose(pipe);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

fs::path converted(const fs::path& input, const std::string& format, const std::string& options) {
  return converted(std::vector<fs::path>{input}, format, options);
}

fs::path converted(const std::vector<fs::path>& inputs, const std::string& format, const std::string& options) {
  static int count = 0;
  const fs::path output = scratch() / ("out" + std::to_string(++count) + (format.rfind("bib", 0) == 0 ? ".bib" : "." + format));  // bibtool knows files by it
  std::string command = std::string(BIBMILL_BINARY) + " convert --quiet --losses=none " + options + " --to " + format + " -o " + quoted(output);
  for (const fs::path& input : inputs) command += " " + quoted(input);
  const Outcome outcome = run(command);
  // 1 says that a value of the source is wrong, such as a date; what bibmill then writes has to be right all the same.
  EXPECT_LE(outcome.status, 1) << inputs.front() << " to " << format << "\n" << outcome.output;
  return output;
}

fs::path scratch_file(const std::string& name) { return scratch() / name; }

std::vector<fs::path> fixtures() {
  std::vector<fs::path> files;
  for (const char* format : {"medline", "pubmed", "ris", "bibtex", "biblatex", "csljson", "yaml"})
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(kFixtures / format)) {
      const std::string extension = entry.path().extension().string();
      if (entry.is_regular_file() && extension != ".md" && extension != ".dump") files.push_back(entry.path());
    }
  std::sort(files.begin(), files.end());
  return files;
}

fs::path main_fixture() { return kFixtures / "medline/pubmed/pubmed-35244835.nbib"; }

}  // namespace bibmill::interop

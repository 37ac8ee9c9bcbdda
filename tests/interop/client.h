// Running real programs over what bibmill writes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bibmill::interop {

/// Is there such a program? A test skips where its client is absent.
bool is_installed(const std::string& program);

struct Outcome {
  int status = 0;
  std::string output;  ///< stdout and stderr together
};

/// Runs a shell command in a folder of its own.
Outcome run(const std::string& command);

/// The file in a fresh folder that bibmill wrote in `format` from `input`; fails the test if bibmill fails.
std::filesystem::path converted(const std::filesystem::path& input, const std::string& format, const std::string& options = {});

/// The same of several files, which become one.
std::filesystem::path converted(const std::vector<std::filesystem::path>& inputs, const std::string& format, const std::string& options = {});

/// A file of this name in the programs' folder.
std::filesystem::path scratch_file(const std::string& name);

/// Every well-formed fixture, of every format.
std::vector<std::filesystem::path> fixtures();

/// The record that the project holds up, as MEDLINE.
std::filesystem::path main_fixture();

std::string quoted(const std::filesystem::path& path);

}  // namespace bibmill::interop

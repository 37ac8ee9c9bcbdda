// Baselines: findings that are known and put up with, so that only new ones are told.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "bibmill/check.h"

namespace bibmill::cli {

/// How often each finding is known, by its fingerprint: lines may move, and what is mended does not make room for something else.
class Baseline {
 public:
  /// An empty one that will stand at `path`: files are called as they are called from there, so that it does not matter which folder bibmill is called from.
  explicit Baseline(const std::string& path);

  /// Throws InputError.
  static Baseline read(const std::string& path);

  void add(const Finding& finding);
  /// Takes one of these findings out; false if there is none.
  bool take(const Finding& finding);
  std::string as_json() const;

 private:
  struct Known {
    std::uint64_t count = 0;
    std::string code;  ///< for those who read the file
    std::string source;
    std::string key;
    std::string message;
  };
  std::string source_of(const Finding& finding) const;
  std::string print_of(const Finding& finding) const;

  std::filesystem::path folder_;
  std::map<std::string, Known> known_;
};

}  // namespace bibmill::cli

// Baselines: findings that are known and put up with, so that only new ones are told.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "bibmill/check.h"

namespace bibmill::cli {

/// How often each finding is known, by its fingerprint: lines may move, and what is mended does not make room for something else.
class Baseline {
 public:
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
  std::map<std::string, Known> known_;
};

}  // namespace bibmill::cli

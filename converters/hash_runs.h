// HashRuns: a set of hashes that lies in files, for more of them than memory should hold.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "descriptor.h"

namespace bibmill {

/// Sorted runs of hashes, each in a temporary file without a name. A run that is as long as the one before is merged with it, so there are few, and every hash
/// is written as often as there are lengths. A filter in memory says of most hashes that they are in none.
class HashRuns {
 public:
  HashRuns() : filter_(kFilterWords) {}
  HashRuns(const HashRuns& other);

  bool has(std::uint64_t hash) const;
  /// Adds hashes, sorted, none of which is there. Throws InputError where a file cannot be made or written; it may be that they were added.
  void add(std::span<const std::uint64_t> hashes);

 private:
  /// 4 MiB: of ten million hashes, one in five that are not there must be looked for in the files.
  static constexpr std::size_t kFilterWords = std::size_t{1} << 19;

  struct Run {
    Descriptor file;
    std::uint64_t count = 0;
    std::vector<std::uint64_t> firsts;  // of each block of the file

    bool has(std::uint64_t hash) const;
  };
  class RunReader;
  class RunWriter;

  static Run merged(const Run& a, const Run& b);
  bool may_have(std::uint64_t hash) const;
  void note(std::uint64_t hash);

  std::vector<Run> runs_;  // the longest first
  std::vector<std::uint64_t> filter_;
};

}  // namespace bibmill

// Statistics: what bibliographies hold, counted in one pass, in memory that does not grow with the number of records but for their keys.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "bibmill/chunker.h"
#include "bibmill/format.h"
#include "bibmill/input.h"

namespace bibmill {

struct StatsOptions {
  std::vector<std::string> inputs;  ///< paths; "-" is the standard input
  InputOptions input;
  std::span<const Format* const> formats;  ///< to recognise inputs among
  const Format* from = nullptr;            ///< of all inputs; null: each is recognised
  std::size_t threads = 1;
  std::uint64_t max_record = std::uint64_t{64} << 20;
  std::size_t part_size = Chunker::kPartSize;
};

/// How many records have each of some names. Of more names than these only the first are told apart.
class NameCounts {
 public:
  static constexpr std::size_t kMostNames = 100'000;

  void add(const std::string& name, std::uint64_t records = 1);
  void add(const NameCounts& others);

  struct Count {
    std::string name;
    std::uint64_t records = 0;
  };
  /// The most frequent first, `most` of them at most; names that are equally frequent by name.
  std::vector<Count> top(std::size_t most = SIZE_MAX) const;
  std::size_t size() const { return counts_.size(); }
  /// Records under names that were not told apart.
  std::uint64_t others() const { return others_; }

 private:
  std::map<std::string, std::uint64_t, std::less<>> counts_;
  std::uint64_t others_ = 0;
};

struct CountedInput {
  std::string name;
  const Format* format = nullptr;
  std::string producer;  ///< whose dialect it is, where that can be told
  std::uint64_t records = 0;
  std::uint64_t errors = 0;
};

/// Numbers are of records unless something else is said.
struct Statistics {
  std::vector<CountedInput> inputs;
  std::uint64_t records = 0;
  std::uint64_t errors = 0;                     ///< said while reading: records or values that could not be read whole
  NameCounts types;
  std::map<std::int32_t, std::uint64_t> years;  ///< of publication
  std::uint64_t without_year = 0;
  NameCounts languages;                         ///< as the records have them
  std::array<std::uint64_t, kFieldCount> with_field{};
  NameCounts unmapped;                          ///< with a key that only their format knows
  NameCounts identifiers;                       ///< by scheme
  std::uint64_t without_identifier = 0;         ///< of the work: a journal's ISSN is none
  NameCounts containers;                        ///< journals and whatever else holds the works
  std::uint64_t without_key = 0;                ///< in a format that needs one
  std::uint64_t repeated_keys = 0;              ///< whose key an earlier record has
};

/// Throws InputError.
Statistics count(const StatsOptions& options);

}  // namespace bibmill

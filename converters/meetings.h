// Readings before the last: which records meet, and what becomes of those that do.
//
// A step that compares records needs to see only those that share something. The inputs are read once for hashes of what records can share, again for the records of which another
// has the same, which the step arranges, and then for all of them: those that were arranged take their places. What stays in memory is a few hashes a record, and the records that meet.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "bibmill/step.h"

namespace bibmill {

/// The hashes that more than one record has.
class Meetings {
 public:
  /// Those of some records; no record has one twice. On any thread.
  void note(const std::vector<std::uint64_t>& hashes);
  /// All were noted.
  void settle();

  bool any() const { return !shared_.empty(); }
  bool have(const std::vector<std::uint64_t>& hashes) const;

 private:
  std::mutex mutex_;
  std::deque<std::uint64_t> all_;  // grows without being moved: eight bytes a hash
  std::vector<std::uint64_t> shared_;
};

/// Where a record was read.
struct RecordPlace {
  explicit RecordPlace(const GatheredRecord& gathered) : input(gathered.input), offset(gathered.record.span.begin) {}
  RecordPlace(std::uint32_t of, std::uint64_t at) : input(of), offset(at) {}
  std::uint32_t input;
  std::uint64_t offset;
  friend auto operator<=>(const RecordPlace&, const RecordPlace&) = default;
};

/// What became of the records that a step saw.
class Reunions {
 public:
  Reunions() = default;
  /// `places` of those that were gathered; `arranged` have the numbers of those places.
  Reunions(const std::vector<RecordPlace>& places, std::vector<GatheredRecord> arranged);

  struct Fate {
    bool stays = false;
    GatheredRecord record;  ///< what stands there now
  };
  /// Null if the step did not see it.
  const Fate* find(RecordPlace place) const;

 private:
  std::map<RecordPlace, Fate> fates_;
};

}  // namespace bibmill

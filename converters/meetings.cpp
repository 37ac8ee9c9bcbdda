// Sorting hashes, and looking fates up.
#include "meetings.h"

#include <algorithm>

namespace bibmill {

void Meetings::note(const std::vector<std::uint64_t>& hashes) {
  const std::lock_guard lock(mutex_);
  all_.insert(all_.end(), hashes.begin(), hashes.end());
}

void Meetings::settle() {
  std::sort(all_.begin(), all_.end());
  for (auto at = std::adjacent_find(all_.begin(), all_.end()); at != all_.end();) {
    shared_.push_back(*at);
    at = std::adjacent_find(std::upper_bound(at, all_.end(), *at), all_.end());
  }
  all_.clear();
  all_.shrink_to_fit();
}

bool Meetings::have(const std::vector<std::uint64_t>& hashes) const {
  return std::any_of(hashes.begin(), hashes.end(), [&](std::uint64_t hash) { return std::binary_search(shared_.begin(), shared_.end(), hash); });
}

Reunions::Reunions(const std::vector<RecordPlace>& places, std::vector<GatheredRecord> arranged) {
  for (const RecordPlace& place : places) fates_.try_emplace(place);
  for (GatheredRecord& record : arranged) {
    Fate& fate = fates_[places[record.place - 1]];
    fate.stays = true;
    fate.record = std::move(record);
  }
}

const Reunions::Fate* Reunions::find(RecordPlace place) const {
  const auto found = fates_.find(place);
  return found == fates_.end() ? nullptr : &found->second;
}

}  // namespace bibmill

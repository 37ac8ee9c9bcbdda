// The parts of all inputs, one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "bibmill/chunker.h"
#include "plan.h"

namespace bibmill {

/// Fills jobs: their `input`, `chunk`, and, with the last part of an input, its `damage`.
template <class Job>
class PartFeed {
 public:
  /// `again`: the inputs will be read once more.
  PartFeed(std::vector<PreparedInput>& inputs, std::uint64_t max_record, std::size_t part_size, bool again = false)
      : inputs_(&inputs), max_record_(max_record), part_size_(part_size), again_(again) {}

  bool operator()(Job& job) {
    for (; at_ < inputs_->size(); ++at_, chunker_.reset()) {
      PreparedInput& input = (*inputs_)[at_];
      if (!chunker_ && input.format != nullptr) {
        input.input.head();
        if (again_) input.input.will_be_read_again();
        chunker_.emplace(input.input, *input.format, max_record_, part_size_, &input.cuts, followers_.of(input));
      }
      if (!chunker_ || !chunker_->next(job.chunk)) {
        leave(input.input);
        continue;
      }
      job.input = &input;
      job.damage.reset();
      if (job.chunk.last) job.damage = input.input.damage();
      return true;
    }
    return false;
  }

 private:
  void leave(Input& input) const {
    if (!again_) return input.close();
    input.rewind();
    input.release();
  }

  std::vector<PreparedInput>* inputs_;
  std::uint64_t max_record_;
  std::size_t part_size_;
  bool again_;
  Followers followers_;
  std::size_t at_ = 0;
  std::optional<Chunker> chunker_;
};

}  // namespace bibmill

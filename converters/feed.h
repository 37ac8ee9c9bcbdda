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
  PartFeed(std::vector<PreparedInput>& inputs, std::uint64_t max_record, std::size_t part_size) : inputs_(&inputs), max_record_(max_record), part_size_(part_size) {}

  bool operator()(Job& job) {
    for (; at_ < inputs_->size(); ++at_, chunker_.reset()) {
      PreparedInput& input = (*inputs_)[at_];
      if (!chunker_ && input.format != nullptr) {
        input.input.head();
        chunker_.emplace(input.input, *input.format, max_record_, part_size_);
      }
      if (!chunker_ || !chunker_->next(job.chunk)) {
        input.input.close();
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
  std::vector<PreparedInput>* inputs_;
  std::uint64_t max_record_;
  std::size_t part_size_;
  std::size_t at_ = 0;
  std::optional<Chunker> chunker_;
};

}  // namespace bibmill

// StepTally: what one step of a pipeline did, counted while it runs, for who wants to know before anything is written.
#pragma once

#include <atomic>
#include <cstdint>

#include "bibmill/step.h"

namespace bibmill {

/// Several threads count at once.
struct StepTally {
  std::atomic<std::uint64_t> records = 0;   ///< that came to the step
  std::atomic<std::uint64_t> changed = 0;   ///< of them, and went on
  std::atomic<std::uint64_t> changes = 0;   ///< in those
  std::atomic<std::uint64_t> left_out = 0;  ///< merged into others or dropped
  std::atomic<std::uint64_t> moved = 0;     ///< have another place in the order
  std::atomic<std::uint64_t> warnings = 0;  ///< and errors
};

/// The same step, which counts what it says and does. The tally lives as long as the step.
AnyStep counted(AnyStep step, StepTally& tally);

}  // namespace bibmill

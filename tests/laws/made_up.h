// Records that nobody wrote: every kind of value with the text that breaks formats, built from a sequence of numbers.
//
// The same numbers give the same record, a shorter or smaller sequence gives a simpler one, and 0 is the simplest choice everywhere: so a tool that shrinks
// sequences shrinks records, without knowing what a record is.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "bibmill/format.h"

namespace bibmill::laws {

/// Decisions, read off a sequence; all 0 behind its end.
class Choices {
 public:
  explicit Choices(const std::vector<std::uint16_t>& numbers) : numbers_(&numbers) {}

  /// A number from 0 to `count` - 1.
  std::size_t below(std::size_t count) { return at_ < numbers_->size() ? (*numbers_)[at_++] % count : 0; }
  /// True once in `times`; false is the simpler answer.
  bool one_in(std::size_t times) { return below(times) == times - 1; }

 private:
  const std::vector<std::uint16_t>* numbers_;
  std::size_t at_ = 0;
};

/// A record of any type with a few fields, most of them of those that `format` has rows for. It is one that a reader could have given: text is UTF-8 without
/// controls but LF, runs are not empty and differ from their neighbours, dates exist.
Record make_up_record(Choices& choices, const std::shared_ptr<Arena>& arena, const Format& format);

}  // namespace bibmill::laws

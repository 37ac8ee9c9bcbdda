// A table by numbers that are spread like hashes: what rules remember of each of many records stands side by side in memory, and is found at the first or
// second look.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace bibmill {

template <class Value>
class NumberMap {
 public:
  /// The value of a number, 0 apart, and whether it is `fresh`: then it was put there now. Until the next call.
  std::pair<Value&, bool> try_emplace(std::uint64_t number, const Value& fresh) {
    if ((count_ + 1) * 4 > slots_.size() * 3) grow();
    Slot& slot = slots_[slot_of(number)];
    if (slot.number == number) return {slot.value, false};
    slot = {number, fresh};
    ++count_;
    return {slot.value, true};
  }

  std::size_t size() const { return count_; }

 private:
  struct Slot {
    std::uint64_t number = 0;
    Value value{};
  };

  /// Where the number is, or belongs.
  std::size_t slot_of(std::uint64_t number) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = static_cast<std::size_t>(number) & mask;
    while (slots_[at].number != 0 && slots_[at].number != number) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    std::vector<Slot> before(slots_.empty() ? 64 : slots_.size() * 2);
    before.swap(slots_);
    for (Slot& slot : before)
      if (slot.number != 0) slots_[slot_of(slot.number)] = std::move(slot);
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace bibmill

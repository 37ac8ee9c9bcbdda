// From runs with sets of marks to markup that nests: which marks to close and which to open before each run.
//
// Of several marks that open at one place the one that lasts longest is opened first, so that none has to be closed and opened again without need;
// where they last equally long, the order that the format gives decides.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "bibmill/values.h"

namespace bibmill::text {

class MarkNesting {
 public:
  /// `marks`: of each run, those that are to be written as markup; `order`: the format's marks, outermost first. Both must outlive this.
  MarkNesting(std::span<const Marks> marks, std::span<const Mark> order) : marks_(marks), order_(order) {
    const auto has_several = [](Marks of_run) { return std::popcount(of_run.bits) > 1; };
    if (std::none_of(marks.begin(), marks.end(), has_several)) return;  // nothing to order
    lasts_.resize(marks.size() + 1);
    for (std::size_t run = marks.size(); run-- > 0;)
      for (std::size_t at = 0; at < order.size(); ++at) lasts_[run][at] = marks[run].has(order[at]) ? lasts_[run + 1][at] + 1 : 0;
  }

  /// Before run number `run`: calls `close(Mark)` for what ends, innermost first, then `open(Mark)` for what begins, outermost first. To be called
  /// for every run in order, and for the number of runs at the end.
  template <class Close, class Open>
  void step(std::size_t run, Close&& close, Open&& open) {
    const Marks wanted = run < marks_.size() ? marks_[run] : Marks{};
    std::size_t kept = 0;
    while (kept < depth_ && wanted.has(order_[open_[kept]])) ++kept;
    while (depth_ > kept) close(order_[open_[--depth_]]);

    const std::size_t first_new = depth_;
    if (wanted.none()) return;
    for (std::size_t at = 0; at < order_.size(); ++at) {
      if (!wanted.has(order_[at]) || std::find(open_.begin(), open_.begin() + kept, at) != open_.begin() + kept) continue;
      open_[depth_++] = static_cast<std::uint8_t>(at);
    }
    if (depth_ - first_new > 1)
      std::stable_sort(open_.begin() + first_new, open_.begin() + depth_,
                       [&](std::uint8_t a, std::uint8_t b) { return lasts_[run][a] > lasts_[run][b]; });
    for (std::size_t at = first_new; at < depth_; ++at) open(order_[open_[at]]);
  }

 private:
  static constexpr std::size_t kMost = 16;  // a mark is a bit of 16

  std::span<const Marks> marks_;
  std::span<const Mark> order_;
  std::vector<std::array<std::uint32_t, kMost>> lasts_;  // for how many runs from here on a mark stays, where any has several
  std::array<std::uint8_t, kMost> open_{};               // open marks as places in `order_`, outermost first
  std::size_t depth_ = 0;
};

}  // namespace bibmill::text

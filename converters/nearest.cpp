// Edit distance over short words.
#include "bibmill/nearest.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "bibmill/text/unicode.h"

namespace bibmill {

namespace {

/// Longer words are nobody's slip of the finger, and would cost their square.
constexpr std::size_t kLongestWord = 64;

/// How far a slip may lead: one letter in a short word, a third of a long one.
constexpr std::size_t reach(std::size_t length) { return std::max<std::size_t>(1, length / 3); }

bool is_beginning(std::string_view word, std::string_view of) {
  return word.size() >= 2 && of.size() > word.size() && text::equal_ignoring_ascii_case(word, of.substr(0, word.size()));
}

}  // namespace

// Damerau's distance with adjacent swaps (optimal string alignment), three rows of the table at a time.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  const auto same = [](char x, char y) { return text::ascii_lower(x) == text::ascii_lower(y); };
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.empty() || word.size() > kLongestWord) return {};
  std::string_view best;
  std::size_t least = reach(word.size()) + 1;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > kLongestWord) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  if (!best.empty()) return best;
  const auto begun =
      std::find_if(candidates.begin(), candidates.end(), [&](std::string_view c) { return is_beginning(word, c); });
  return begun == candidates.end() ? std::string_view{} : *begun;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view best = nearest(word, candidates);
  return best.empty() ? std::string{} : fmt::format("; did you mean {}?", best);
}

}  // namespace bibmill

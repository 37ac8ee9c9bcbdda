// Counting in ranges of words that share a beginning or an end.
#include "like_words.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <set>
#include <utility>

namespace bibmill {

namespace {

constexpr std::size_t kShortestAbbreviation = 2;
constexpr std::size_t kLongestEnding = 8;
constexpr std::size_t kShortestBeginning = 2;
/// A contraction ("ctry") goes over to words that share this much with its own.
constexpr std::size_t kShortestContracted = 5;
constexpr double kContractedShare = 0.8;
/// That a word stays goes over to words that share all but so many letters.
constexpr std::size_t kKeptBut = 5;
constexpr double kEndingDoubt = 2.5;  // weighs against each outcome that an ending has
constexpr double kUnseenEnding = 1e-6;
constexpr double kUnseenBeginning = 1e-4;
constexpr double kContraction = 0.005;  // by its ending, at the least
constexpr double kUnseenBreak = 0.5;
constexpr double kBreakDoubt = 2;

template <class Key>
using Counts = std::map<Key, double>;

template <class Key>
double sum_of(const Counts<Key>& counts) {
  double sum = 0;
  for (const auto& [key, count] : counts) sum += count;
  return sum;
}

/// shares = weight * counts / their sum + (1 - weight) * shares; what is counted the first time had `unseen` before.
template <class SharesOf, class Key>
void interpolate(SharesOf& shares, const Counts<Key>& counts, double weight, double unseen) {
  const double sum = sum_of(counts);
  for (const auto& [key, count] : counts) shares.try_emplace(key, unseen);
  for (auto& [key, share] : shares) {
    const auto counted = counts.find(key);
    share = (1 - weight) * share + (counted == counts.end() ? 0 : weight * counted->second / sum);
  }
}

}  // namespace

void LikeWords::add(std::string_view word, std::string_view abbreviation) {
  const std::size_t same = static_cast<std::size_t>(std::mismatch(word.begin(), word.end(), abbreviation.begin(), abbreviation.end()).first - word.begin());
  rows_.push_back({word, abbreviation, std::string(word.rbegin(), word.rend()), word.size() - same, abbreviation.substr(same)});
}

void LikeWords::arrange() {
  std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.word < b.word; });
  by_reversed_.resize(rows_.size());
  for (std::size_t at = 0; at < rows_.size(); ++at) by_reversed_[at] = static_cast<std::uint32_t>(at);
  std::sort(by_reversed_.begin(), by_reversed_.end(), [&](std::uint32_t a, std::uint32_t b) { return rows_[a].reversed < rows_[b].reversed; });

  std::unordered_map<std::string, std::pair<double, double>> pairs;  // breaks, and all
  double breaks = 0;
  double all = 0;
  for (const Row& row : rows_) {
    if (!row.added.empty()) continue;
    for (std::size_t at = kShortestAbbreviation; at < row.word.size(); ++at, ++all) ++pairs[std::string(row.word.substr(at - 1, 2))].second;
    if (row.cut == 0 || row.cut == row.word.size()) continue;
    ++pairs[std::string(row.word.substr(row.word.size() - row.cut - 1, 2))].first;
    ++breaks;
  }
  for (const auto& [letters, counts] : pairs) breaks_[letters] = (counts.first * all / std::max(breaks, 1.0) + kBreakDoubt) / (counts.second + kBreakDoubt);
}

/// Forms of the word by what words with its ending lose.
LikeWords::Shares LikeWords::by_ending(std::string_view word) const {
  using Change = std::pair<std::size_t, std::string_view>;  // letters that go at the end, and those that come
  std::map<Change, double> changes;
  const std::size_t longest_cut = word.size() - kShortestAbbreviation;
  for (std::size_t cut = 0; cut <= longest_cut; ++cut) changes[{cut, {}}] = 1.0 / static_cast<double>(longest_cut + 1);
  const std::string reversed(word.rbegin(), word.rend());
  auto first = by_reversed_.begin();
  auto last = by_reversed_.end();
  for (std::size_t size = 1; size <= std::min(word.size(), kLongestEnding); ++size) {
    const std::string_view ending = std::string_view(reversed).substr(0, size);
    first = std::partition_point(first, last, [&](std::uint32_t row) { return std::string_view(rows_[row].reversed).substr(0, size) < ending; });
    last = std::partition_point(first, last, [&](std::uint32_t row) { return std::string_view(rows_[row].reversed).substr(0, size) == ending; });
    Counts<Change> counts;
    std::set<Change> different;
    for (auto at = first; at != last; ++at) {
      const Row& row = rows_[*at];
      const bool is_telling = row.added.empty() || (row.cut <= size && row.cut <= kLongestEnding && row.word.size() - row.cut >= kShortestAbbreviation);
      if (!is_telling) continue;
      different.insert({row.cut, row.added});
      if (row.cut <= longest_cut) ++counts[{row.cut, row.added}];
    }
    if (different.empty()) break;
    if (counts.empty()) continue;
    const double sum = sum_of(counts);
    interpolate(changes, counts, sum / (sum + kEndingDoubt * static_cast<double>(different.size())), kUnseenEnding);
  }
  Shares forms;
  for (const auto& [change, share] : changes) forms[std::string(word.substr(0, word.size() - change.first)) + std::string(change.second)] += share;
  return forms;
}

/// Forms of the word by what stays of words with its beginning.
LikeWords::Shares LikeWords::by_beginning(std::string_view word, const Shares& endings) const {
  Shares forms;
  for (const auto& [form, share] : endings) forms[form] = 1.0 / static_cast<double>(endings.size());
  auto first = rows_.begin();
  auto last = rows_.end();
  for (std::size_t size = 1; size <= word.size(); ++size) {
    const std::string_view beginning = word.substr(0, size);
    first = std::partition_point(first, last, [&](const Row& row) { return row.word.substr(0, size) < beginning; });
    last = std::partition_point(first, last, [&](const Row& row) { return row.word.substr(0, size) == beginning; });
    if (first == last) break;
    if (size < kShortestBeginning) continue;
    Counts<std::string> counts;
    for (auto row = first; row != last; ++row) {
      const std::size_t left = row->word.size() - row->cut;
      if (!row->added.empty()) {
        if (size >= kShortestContracted && static_cast<double>(size) >= kContractedShare * static_cast<double>(word.size())) ++counts[std::string(row->abbreviation)];
      } else if (row->cut == 0) {
        if (size + kKeptBut >= word.size()) ++counts[std::string(word)];
      } else if (left <= size && left < word.size()) {
        ++counts[std::string(word.substr(0, left))];
      }
    }
    if (counts.empty()) continue;
    const double sum = sum_of(counts);
    const double all = static_cast<double>(last - first);
    interpolate(forms, counts, sum / (sum + static_cast<double>(counts.size())) * sum / all, kUnseenBeginning);
  }
  return forms;
}

double LikeWords::break_at(std::string_view word, std::size_t size) const {
  const auto known = breaks_.find(std::string(word.substr(size - 1, 2)));
  return std::sqrt(std::sqrt(known == breaks_.end() ? kUnseenBreak : known->second));
}

LikeWords::Guess LikeWords::guess(std::string_view word) const {
  const Shares endings = by_ending(word);
  const Shares beginnings = by_beginning(word, endings);
  double all = 0;
  Guess best;
  for (const auto& [form, share] : std::map<std::string, double>(beginnings.begin(), beginnings.end())) {
    if (form.size() < kShortestAbbreviation) continue;
    const bool is_beginning = word.starts_with(form);
    const auto ending = endings.find(form);
    double score = ending == endings.end() ? kUnseenEnding : ending->second;
    if (!is_beginning) score = std::max(score, kContraction);
    if (is_beginning && form.size() < word.size()) score *= break_at(word, form.size());
    score *= share;
    all += score;
    if (score > best.sure) best = {form, score};
  }
  best.sure = all > 0 ? best.sure / all : 0;
  return best;
}

}  // namespace bibmill

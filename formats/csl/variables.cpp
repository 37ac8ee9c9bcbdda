// Looking members up: a small hash table, made at compile time.
#include "bibmill/csl/variables.h"

#include <algorithm>

namespace bibmill::csl {

namespace {

constexpr std::size_t kBuckets = 512;

/// The size and three characters tell most names apart.
constexpr std::size_t bucket_of(std::string_view key) {
  if (key.empty()) return 0;
  const auto at = [&](std::size_t place) { return static_cast<std::uint32_t>(static_cast<unsigned char>(key[place])); };
  const std::uint32_t hash =
      (((static_cast<std::uint32_t>(key.size()) * 31U + at(0)) * 31U + at(key.size() / 2)) * 31U + at(key.size() - 1)) *
      0x9E3779B1U;
  return hash >> (32U - 9U);
}

struct Name {
  std::string_view text;
  std::uint8_t row = 0;
};

struct Index {
  Name names[kMostNames] = {};
  std::uint8_t buckets[kBuckets] = {};  // index of a name plus 1; the next ones follow where the bucket is taken
  std::size_t count = 0;

  constexpr void add(std::string_view text, std::size_t row) {
    names[count] = {text, static_cast<std::uint8_t>(row)};
    std::size_t at = bucket_of(text);
    while (buckets[at] != 0) at = (at + 1) % kBuckets;
    buckets[at] = static_cast<std::uint8_t>(++count);
  }
};

constexpr Index make_index() {
  Index index;
  for (std::size_t row = 0; row < std::size(kVariables); ++row) {
    if (!kVariables[row].reads()) continue;
    index.add(kVariables[row].key, row);
    detail::for_each_word(kVariables[row].also, [&](std::string_view word) { index.add(word, row); });
  }
  return index;
}

constexpr Index kIndex = make_index();
static_assert(kBuckets == 1U << 9U);
static_assert(std::size(kVariables) < 255 && kIndex.count < kMostNames);

}  // namespace

MemberName member_name(std::string_view key) {
  for (std::size_t at = bucket_of(key); kIndex.buckets[at] != 0; at = (at + 1) % kBuckets) {
    const std::uint8_t number = static_cast<std::uint8_t>(kIndex.buckets[at] - 1);
    if (kIndex.names[number].text == key) return {&kVariables[kIndex.names[number].row], kIndex.names[number].text, number};
  }
  return {};
}

bool is_in_schema(std::string_view key) {
  const auto among = [&](std::span<const std::string_view> names) {
    return std::find(names.begin(), names.end(), key) != names.end();
  };
  if (key == kId || key == kType || key == kCustom || among(kOfTheProcessor)) return true;
  return reading_row(key) != nullptr && !among(kBeyondTheSchema);
}

}  // namespace bibmill::csl

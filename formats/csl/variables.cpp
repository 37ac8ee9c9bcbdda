// Looking members up: a small hash table, made at compile time.
#include "bibmill/csl/variables.h"

namespace bibmill::csl {

namespace {

constexpr std::size_t kBuckets = 512;
constexpr std::size_t kMostNames = 160;

constexpr std::size_t bucket_of(std::string_view key) {
  std::uint32_t hash = 2166136261U;
  for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return (hash ^ (hash >> 15U)) % kBuckets;
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
static_assert(std::size(kVariables) < 255 && kIndex.count < kMostNames);

}  // namespace

const Mapping* reading_row(std::string_view key) {
  for (std::size_t at = bucket_of(key); kIndex.buckets[at] != 0; at = (at + 1) % kBuckets) {
    const Name& name = kIndex.names[kIndex.buckets[at] - 1];
    if (name.text == key) return &kVariables[name.row];
  }
  return nullptr;
}

}  // namespace bibmill::csl

// The set of keys.
#include "key_set.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/arena.h"

namespace bibmill::bibtex {
namespace {

TEST(KeySet, TellsKeysWhateverTheirCase) {
  Arena arena;
  KeySet keys;
  EXPECT_FALSE(keys.contains("roe2001"));
  EXPECT_TRUE(keys.add("Roe2001", arena));
  EXPECT_FALSE(keys.add("roe2001", arena));
  EXPECT_TRUE(keys.add("roe2002", arena));
  EXPECT_TRUE(keys.contains("ROE2001"));
  EXPECT_TRUE(keys.contains("roe2002"));
  EXPECT_FALSE(keys.contains("roe2003"));
}

/// Keys of eight characters whose products with the golden ratio's odd number, folded once, are alike in their last eighteen bits.
std::vector<std::string> alike(std::size_t count) {
  constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15U;
  constexpr std::uint64_t kBits = (1U << 18U) - 1;
  constexpr std::string_view kCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::uint64_t inverse = 1;  // of the number, modulo a power of two
  for (int round = 0; round < 6; ++round) inverse *= 2 - kGolden * inverse;
  const auto is_character = [&](std::uint64_t byte) { return kCharacters.find(static_cast<char>(byte)) != std::string_view::npos; };
  std::vector<std::string> keys;
  for (std::size_t number = 0; keys.size() < count; ++number) {
    std::string low;
    for (std::size_t rest = number, at = 0; at < 4; ++at, rest /= kCharacters.size()) low += kCharacters[rest % kCharacters.size()];
    std::uint32_t bytes = 0;
    std::memcpy(&bytes, low.data(), sizeof bytes);
    const std::uint64_t product = (bytes ^ 8U) * kGolden;
    const std::uint64_t high = ((product & kBits) - (product >> 32U & kBits)) * inverse & kBits;
    if (!is_character(high & 0xFFU) || !is_character(high >> 8U & 0xFFU)) continue;
    for (const char third : kCharacters)
      for (const char fourth : kCharacters)
        if ((static_cast<unsigned>(third) & 3U) == high >> 16U) keys.push_back(low + static_cast<char>(high & 0xFFU) + static_cast<char>(high >> 8U & 0xFFU) + third + fourth);
  }
  return keys;
}

/// They came to one slot, and each was looked for past all the others.
TEST(KeySet, BearsKeysThatWereMadeToMeet) {
  Arena arena;
  KeySet set;
  for (const std::string& key : alike(100'000)) ASSERT_TRUE(set.add(key, arena)) << key;
}

}  // namespace
}  // namespace bibmill::bibtex

// Finding keys.
#include "key_set.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "bibmill/secret.h"
#include "bibmill/text/unicode.h"

namespace bibmill::bibtex {

namespace {

constexpr std::size_t kFirstSlots = 256;

/// Eight bytes at a time, and the bit that tells capitals from small letters set in all of them.
std::uint32_t key_hash(std::string_view key, std::uint64_t secret) {
  constexpr std::uint64_t kSmall = 0x2020202020202020U;
  std::uint64_t hash = key.size() ^ secret;
  while (!key.empty()) {
    std::uint64_t bytes = 0;
    const std::size_t size = std::min(key.size(), sizeof bytes);
    std::memcpy(&bytes, key.data(), size);
    hash = (hash ^ (bytes | kSmall)) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 32U;
    key.remove_prefix(size);
  }
  return static_cast<std::uint32_t>(hash);
}

}  // namespace

KeySet::KeySet() : secret_(process_secret()) {}

/// The key's slot, or the empty one where it would be.
std::size_t KeySet::slot_with(std::string_view key, std::uint32_t hash) const {
  const std::size_t last = slots_.size() - 1;
  const auto holds_another = [&](const Slot& slot) {
    return slot.text != nullptr && (slot.hash != hash || slot.size != key.size() || !text::equal_ignoring_ascii_case({slot.text, slot.size}, key));
  };
  std::size_t at = hash & last;
  while (holds_another(slots_[at])) at = (at + 1) & last;
  return at;
}

void KeySet::grow() {
  std::vector<Slot> before(std::max(kFirstSlots, slots_.size() * 4));
  before.swap(slots_);
  const std::size_t last = slots_.size() - 1;
  for (const Slot& slot : before) {
    if (slot.text == nullptr) continue;
    std::size_t at = slot.hash & last;
    while (slots_[at].text != nullptr) at = (at + 1) & last;
    slots_[at] = slot;
  }
}

bool KeySet::add(std::string_view key, Arena& arena) {
  if (size_ * 3 >= slots_.size() * 2) grow();
  const std::uint32_t hash = key_hash(key, secret_);
  Slot& slot = slots_[slot_with(key, hash)];
  if (slot.text != nullptr) return false;
  const Str own = arena.copy(key);
  slot = {own.data(), static_cast<std::uint32_t>(own.size()), hash};
  ++size_;
  return true;
}

bool KeySet::contains(std::string_view key) const { return !slots_.empty() && slots_[slot_with(key, key_hash(key, secret_))].text != nullptr; }

}  // namespace bibmill::bibtex

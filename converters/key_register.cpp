// Keys as hashes, in memory and in a file.
#include "bibmill/key_register.h"

#include <algorithm>
#include <limits>

#include "bibmill/errors.h"
#include "bibmill/keys.h"
#include "bibmill/secret.h"
#include "hash_runs.h"

namespace bibmill {

namespace {

/// A table is this full before something must be done.
bool is_full(std::size_t used, std::size_t slots) { return used * 8 >= slots * 7; }

/// How many bases are remembered with the number that their next key has; where it must be found again, little is lost with small ones.
constexpr std::size_t kMostNumbers = 32 * 1024;

}  // namespace

KeyRegister::KeyRegister(std::size_t most_slots) : most_slots_(most_slots), spread_(process_secret() | 1U), slots_(64) {}
KeyRegister::KeyRegister(const KeyRegister& other)
    : most_slots_(other.most_slots_), spread_(other.spread_), slots_(other.slots_), used_(other.used_), filed_(other.filed_ ? std::make_unique<HashRuns>(*other.filed_) : nullptr), next_(other.next_) {}
KeyRegister::KeyRegister(KeyRegister&& other) noexcept = default;
KeyRegister& KeyRegister::operator=(KeyRegister&& other) noexcept = default;
KeyRegister::~KeyRegister() = default;

bool KeyRegister::add(std::string_view key) { return add(hash_of(key)); }

void KeyRegister::add_distinct(std::string& key) {
  // (A base that has a number was there.)
  if (!next_.contains(hash_of(key)) && add(key)) return;
  if (next_.size() >= kMostNumbers) forget_small_numbers();
  const std::size_t base = key.size();
  std::uint32_t& next = next_[hash_of(key)];
  do {
    key.resize(base);
    // a … z, aa … zz, aaa …: the letters of a number in base 26 without a zero.
    char letters[8];
    std::size_t at = sizeof letters;
    for (std::uint32_t number = ++next; number > 0; number = (number - 1) / 26)
      letters[--at] = static_cast<char>('a' + (number - 1) % 26);
    key.append(letters + at, sizeof letters - at);
  } while (!add(key));
}

/// A base that is not remembered begins with "a" again and comes to the same key, later.
void KeyRegister::forget_small_numbers() {
  for (std::uint32_t largest = 1; next_.size() > kMostNumbers / 2; largest *= 2)
    std::erase_if(next_, [&](const auto& base) { return base.second <= largest; });
}

/// Files can be made whose hashes are alike in their last bits; not those of their products with an odd number that nobody knows.
std::size_t KeyRegister::first_slot(std::uint64_t hash) const { return (hash * spread_) >> 32U & (slots_.size() - 1); }

bool KeyRegister::add(std::uint64_t hash) {
  hash += hash == 0 ? 1 : 0;
  if (is_full(used_, slots_.size())) make_room();
  std::size_t at = first_slot(hash);
  for (; slots_[at] != 0; at = (at + 1) % slots_.size())
    if (slots_[at] == hash) return false;
  if (filed_ != nullptr && filed_->has(hash)) return false;
  slots_[at] = hash;
  ++used_;
  return true;
}

void KeyRegister::make_room() {
  if (slots_.size() >= most_slots_ && put_into_file()) return;
  std::vector<std::uint64_t> old(slots_.size() * 2);
  old.swap(slots_);
  for (const std::uint64_t hash : old) {
    if (hash == 0) continue;
    std::size_t at = first_slot(hash);
    while (slots_[at] != 0) at = (at + 1) % slots_.size();
    slots_[at] = hash;
  }
}

/// False: the system gives no file, so that all further ones stay in memory.
bool KeyRegister::put_into_file() {
  const auto hashes = std::remove(slots_.begin(), slots_.end(), std::uint64_t{0});
  std::sort(slots_.begin(), hashes);
  try {
    if (filed_ == nullptr) filed_ = std::make_unique<HashRuns>();
    filed_->add({slots_.begin(), hashes});
    used_ = 0;
  } catch (const InputError&) {
    most_slots_ = std::numeric_limits<std::size_t>::max();
  }
  std::fill(hashes, slots_.end(), 0);
  if (used_ == 0) std::fill(slots_.begin(), hashes, 0);
  return used_ == 0;
}

}  // namespace bibmill

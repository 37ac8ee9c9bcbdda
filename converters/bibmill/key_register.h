// KeyRegister: which keys were given, however many there are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bibmill {

class HashRuns;

/// All keys so far, as hashes of 64 bits: the latest in memory, 2 MiB at most; of more than two hundred thousand a filter of 4 MiB beside them, and the others in
/// temporary files without a name, if the system gives them.
class KeyRegister {
 public:
  static constexpr std::size_t kMostSlots = std::size_t{1} << 18;

  /// `most_slots`, a power of two from 64: how many hashes of eight bytes may have a place in memory.
  explicit KeyRegister(std::size_t most_slots = kMostSlots);
  /// With what stands in files.
  KeyRegister(const KeyRegister& other);
  KeyRegister(KeyRegister&& other) noexcept;
  KeyRegister& operator=(KeyRegister&& other) noexcept;
  ~KeyRegister();

  /// False: the key was there.
  bool add(std::string_view key);
  /// Makes the key one that was not there, by letters, and adds it.
  void add_distinct(std::string& key);

 private:
  bool add(std::uint64_t hash);
  std::size_t first_slot(std::uint64_t hash) const;
  void make_room();
  bool put_into_file();
  void forget_small_numbers();

  std::size_t most_slots_;
  std::uint64_t spread_;  // odd
  std::vector<std::uint64_t> slots_;  // open addressing, a power of two of them; 0 is free
  std::size_t used_ = 0;
  std::unique_ptr<HashRuns> filed_;   // those that the slots had no room for
  std::unordered_map<std::uint64_t, std::uint32_t> next_;  // of bases that collided: where to go on
};

}  // namespace bibmill

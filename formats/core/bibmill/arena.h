// Arena and List: where the text and the lists of records live.
//
// A record's values are plain views into an arena that the record keeps alive, so that copying a value copies a few words, reading allocates a
// block now and then instead of a string per field, and nothing in a record points into an input buffer. An arena only grows; it is freed, or
// cleared for others to use, as a whole. One thread uses an arena at a time; it may move between threads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#ifdef BIBMILL_SANITIZED
#include <sanitizer/asan_interface.h>
#endif

namespace bibmill {

/// Text that an arena (or a literal) owns: valid UTF-8 with LF as its only control character.
using Str = std::string_view;

class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  /// Raw, uninitialised bytes. Throws std::bad_alloc.
  void* allocate(std::size_t size, std::size_t align) {
    const std::size_t at = (used_ + align - 1) & ~(align - 1);
    if (at + size > capacity_) return allocate_in_new_block(size, align);
    used_ = at + size;
    return block_ + at;
  }

  /// An owned copy of `text`.
  Str copy(std::string_view text) {
    if (text.empty()) return {};
    char* to = static_cast<char*>(allocate(text.size(), 1));
    std::memcpy(to, text.data(), text.size());
    return {to, text.size()};
  }

  /// An owned concatenation.
  Str concat(std::initializer_list<std::string_view> parts) {
    std::size_t size = 0;
    for (const std::string_view part : parts) size += part.size();
    if (size == 0) return {};
    char* const to = static_cast<char*>(allocate(size, 1));
    char* at = to;
    for (const std::string_view part : parts) {
      if (part.empty()) continue;
      std::memcpy(at, part.data(), part.size());
      at += part.size();
    }
    return {to, size};
  }

  /// Makes what was allocated last, and ends at `end`, longer where it stands. False: something was allocated behind it, or its block is full.
  bool extend(const void* end, std::size_t more) {
    if (end != block_ + used_ || used_ + more > capacity_) return false;
    used_ += more;
    return true;
  }

  struct Place {
    std::size_t blocks;
    std::size_t used;
  };
  Place place() const { return {blocks_.size(), used_}; }

  /// Forgets what was allocated since, if its block has sufficed for it: what comes takes the room, which the processor has still at hand. Under the sanitizers it takes no room, and nobody may
  /// look into that any more.
  void go_back(Place place) {
    if (place.blocks != blocks_.size()) return;
#ifdef BIBMILL_SANITIZED
    ASAN_POISON_MEMORY_REGION(block_ + place.used, used_ - place.used);
#else
    used_ = place.used;
#endif
  }

  /// Bytes taken from the system.
  std::size_t size() const { return total_; }

  /// Forgets all that it held. What it took, as far as `keep` bytes, serves what comes: as one block, so that a next use of that size takes no other.
  void clear(std::size_t keep) {
    const std::size_t wanted = std::min(total_, keep);
    if (blocks_.size() != 1 || wanted != total_) {
      blocks_.clear();
      total_ = capacity_ = 0;
      if (wanted > 0) add_block(wanted);
    }
    used_ = 0;
  }

 private:
  void* allocate_in_new_block(std::size_t size, std::size_t align) {
    add_block(std::max(size + align, std::min<std::size_t>(std::max(capacity_ * 2, kFirst), kLargest)));
    return allocate(size, align);
  }

  void add_block(std::size_t size) {
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    block_ = blocks_.back().get();
    capacity_ = size;
    total_ += size;
    used_ = 0;
  }

  static constexpr std::size_t kFirst = 4096;
  static constexpr std::size_t kLargest = std::size_t{1} << 20;

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* block_ = nullptr;
  std::size_t used_ = 0;
  std::size_t capacity_ = 0;
  std::size_t total_ = 0;
};

/// A growable list whose elements an arena owns. Copying a List copies the view, not the elements: a list that is to be changed on its own is
/// cloned first (`clone` in reflect.h).
template <class T>
class List {
 public:
  using value_type = T;

  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const T& operator[](std::size_t at) const { return data_[at]; }
  T& operator[](std::size_t at) { return data_[at]; }
  const T& front() const { return data_[0]; }
  T& front() { return data_[0]; }
  const T& back() const { return data_[size_ - 1]; }
  T& back() { return data_[size_ - 1]; }
  void clear() { size_ = 0; }
  void pop_back() { --size_; }

  T& push_back(Arena& arena, const T& element) { return emplace_back(arena, element); }

  /// Makes the element where it will stand.
  template <class... Arguments>
  T& emplace_back(Arena& arena, Arguments&&... arguments) {
    if (size_ == capacity_) make_room(arena);
    return *new (data_ + size_++) T(std::forward<Arguments>(arguments)...);
  }

  /// A new last element with nothing set, made where it stands.
  T& push_back(Arena& arena) {
    if (size_ == capacity_) make_room(arena);
    return *new (data_ + size_++) T;
  }

  void reserve(Arena& arena, std::size_t capacity) {
    if (capacity > capacity_) grow(arena, capacity);
  }

  void erase(std::size_t at) {
    std::move(data_ + at + 1, data_ + size_, data_ + at);
    --size_;
  }

  void insert(Arena& arena, std::size_t at, const T& element) {
    push_back(arena, element);
    std::rotate(data_ + at, data_ + size_ - 1, data_ + size_);
  }

 private:
  /// Most lists are made in one go, and have room behind them; then they take no more than they need.
  void make_room(Arena& arena) {
    if (capacity_ > 0 && arena.extend(data_ + capacity_, sizeof(T)))
      ++capacity_;
    else
      grow(arena, std::max<std::size_t>(1, std::size_t{capacity_} * 2));
  }

  void grow(Arena& arena, std::size_t capacity) {
    static_assert(std::is_trivially_destructible_v<T>, "an arena runs no destructors");
    T* const data = static_cast<T*>(arena.allocate(capacity * sizeof(T), alignof(T)));
    std::uninitialized_copy(begin(), end(), data);
    data_ = data;
    capacity_ = static_cast<std::uint32_t>(capacity);
  }

  T* data_ = nullptr;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;
};

}  // namespace bibmill

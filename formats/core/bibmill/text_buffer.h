// TextBuffer: text that grows at its end, with room behind it that nobody fills twice.
//
// What comes from outside (a descriptor, a decoder) is put straight to where it is to stand. A std::string would fill that place with zeros first.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace bibmill {

class TextBuffer {
 public:
  TextBuffer() = default;
  TextBuffer(TextBuffer&& other) noexcept
      : memory_(std::move(other.memory_)), size_(std::exchange(other.size_, 0)), capacity_(std::exchange(other.capacity_, 0)) {}
  TextBuffer& operator=(TextBuffer&& other) noexcept {
    memory_ = std::move(other.memory_);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
    return *this;
  }
  ~TextBuffer() = default;

  /// Valid until the buffer grows or is let go. A moved buffer keeps its memory where it was.
  std::string_view view() const { return {memory_.get(), size_}; }
  operator std::string_view() const { return view(); }  // NOLINT: it is one
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  std::size_t capacity() const { return capacity_; }

  /// Room for `size` bytes behind the text, to be written to and then taken.
  char* room(std::size_t size) {
    if (size > capacity_ - size_) reserve(size_ + size);
    return memory_.get() + size_;
  }
  /// The first `size` bytes of the room are text now.
  void take(std::size_t size) { size_ += size; }

  /// `text` is not of the buffer itself.
  void append(std::string_view text) {
    if (!text.empty()) std::memcpy(room(text.size()), text.data(), text.size());
    size_ += text.size();
  }

  TextBuffer& operator+=(std::string_view text) {
    append(text);
    return *this;
  }
  TextBuffer& operator+=(char c) {
    *room(1) = c;
    take(1);
    return *this;
  }

  /// Memory for a text of `size` bytes; doubled where it does not suffice, so that growing by pieces is linear.
  void reserve(std::size_t size) {
    if (size <= capacity_) return;
    const std::size_t capacity = std::max(size, 2 * capacity_);
    std::unique_ptr<char[]> memory = std::make_unique_for_overwrite<char[]>(capacity);  // NOLINT: a size that is known only now
    if (size_ > 0) std::memcpy(memory.get(), memory_.get(), size_);
    memory_ = std::move(memory);
    capacity_ = capacity;
  }

  /// Keeps the first `size` bytes, and the memory.
  void cut(std::size_t size) { size_ = std::min(size, size_); }
  void clear() { size_ = 0; }

 private:
  std::unique_ptr<char[]> memory_;  // NOLINT
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace bibmill

// Descriptor: an open file that closes itself; files without a name.
#pragma once

#include <span>
#include <string>
#include <utility>

namespace bibmill {

std::string system_error(int error);

/// A descriptor that may be closed, and is closed once.
class Descriptor {
 public:
  Descriptor() = default;
  Descriptor(int number, bool owned) : number_(number), owned_(owned) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)), owned_(other.owned_) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    std::swap(owned_, other.owned_);
    return *this;
  }
  ~Descriptor();
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_ = -1;
  bool owned_ = false;
};

/// Writes all of it; false with errno set.
bool write_all(int to, std::span<const char> bytes);

/// A file that vanishes with the program, whatever happens to it. `folder` empty: the system's for temporary files. Throws InputError.
Descriptor nameless_file(const std::string& folder = {});

}  // namespace bibmill

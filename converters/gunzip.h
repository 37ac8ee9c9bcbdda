// Gunzip: unpacks gzip (RFC 1952), several members in a row included.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace bibmill {

/// The two bytes that every gzip member begins with.
bool is_gzip(std::string_view bytes);

class Gunzip {
 public:
  Gunzip();
  ~Gunzip();

  enum class End {
    No,         ///< there is more to come
    Clean,      ///< the last member ended with the file; zero padding behind it does not count
    Truncated,  ///< the file ends within a member
    Damaged,    ///< a member cannot be unpacked
    Trailing,   ///< something that is no member follows the last one
  };

  /// Whether it needs packed bytes before it can go on.
  bool wants_input() const;
  /// The next packed bytes, which stay alive until they are wanted again; none at all: the file has ended.
  void give(std::span<const char> packed);
  /// Unpacks into `to`; 0 where input is wanted or the end was reached.
  std::size_t unpack(std::span<char> to);
  End end() const { return end_; }

 private:
  bool begin_member();

  struct Stream;
  std::unique_ptr<Stream> stream_;
  End end_ = End::No;
};

}  // namespace bibmill

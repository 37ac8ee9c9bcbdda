// Unpacker: what a packed file holds, piece by piece. The first bytes tell how it is packed.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace bibmill {

class Unpacker {
 public:
  virtual ~Unpacker() = default;

  enum class End {
    No,         ///< there is more to come
    Clean,      ///< the last member ended with the file
    Truncated,  ///< the file ends within a member
    Damaged,    ///< a member cannot be unpacked
    Trailing,   ///< something that is no member follows the last one
  };

  /// Whether it needs packed bytes before it can go on.
  virtual bool wants_input() const = 0;
  /// The next packed bytes, which stay alive until they are wanted again; none at all: the file has ended.
  virtual void give(std::span<const char> packed) = 0;
  /// Unpacks into `to`; 0 where input is wanted or the end was reached.
  virtual std::size_t unpack(std::span<char> to) = 0;

  End end() const { return end_; }

 protected:
  End end_ = End::No;
};

/// A way of packing.
struct Packing {
  std::string_view name;   ///< "gzip", for messages
  std::string_view magic;  ///< what each member begins with
  std::string_view truncated;  ///< code of the diagnostic
  std::string_view damaged;    ///< code of the diagnostic
  std::unique_ptr<Unpacker> (*make)();  ///< null where this build lacks the library
};

/// How many bytes the longest magic has.
inline constexpr std::size_t kLongestMagic = 4;

/// Which packing begins so; null if none.
const Packing* packing_of(std::string_view bytes);

// One file each.
std::unique_ptr<Unpacker> unpack_gzip();
std::unique_ptr<Unpacker> unpack_zstd();

}  // namespace bibmill

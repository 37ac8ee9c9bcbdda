// gzip (RFC 1952), several members in a row included: zlib's inflate over each of them.
#include <algorithm>
#include <limits>
#include <new>

#include <zlib.h>

#include "unpack.h"

namespace bibmill {

namespace {

constexpr int kGzipOnly = 16 + MAX_WBITS;

uInt bounded(std::size_t size) { return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max())); }

class Gunzip final : public Unpacker {
 public:
  Gunzip() {
    if (inflateInit2(&z_, kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;
  ~Gunzip() override { inflateEnd(&z_); }

  bool wants_input() const override { return end_ == End::No && starved_; }

  void give(std::span<const char> packed) override {
    if (packed.empty()) {
      end_ = in_member_ ? End::Truncated : End::Clean;
      return;
    }
    // zlib takes its input as non-const but does not write to it.
    z_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    z_.avail_in = bounded(packed.size());
    starved_ = false;
  }

  std::size_t unpack(std::span<char> to) override {
    z_.next_out = reinterpret_cast<Bytef*>(to.data());
    z_.avail_out = bounded(to.size());
    while (end_ == End::No && !starved_ && z_.avail_out > 0) {
      if (!in_member_ && !begin_member()) break;
      const int result = inflate(&z_, Z_NO_FLUSH);
      if (result == Z_MEM_ERROR) throw std::bad_alloc();
      if (result == Z_STREAM_END) {
        in_member_ = false;
      } else if (result != Z_OK && result != Z_BUF_ERROR) {
        end_ = End::Damaged;
      } else if (z_.avail_in == 0 && z_.avail_out > 0) {
        starved_ = true;
      }
    }
    return to.size() - z_.avail_out;
  }

 private:
  /// Looks behind a member's end. gzip itself passes over zeros, which tapes and block devices leave there.
  bool begin_member() {
    while (z_.avail_in > 0 && *z_.next_in == 0) {
      ++z_.next_in;
      --z_.avail_in;
    }
    starved_ = z_.avail_in == 0;
    if (starved_) return false;
    if (*z_.next_in != 0x1f) {
      end_ = End::Trailing;
      return false;
    }
    inflateReset(&z_);
    in_member_ = true;
    return true;
  }

  z_stream z_{};
  bool in_member_ = true;
  bool starved_ = true;  // all that was given is unpacked and handed out
};

}  // namespace

std::unique_ptr<Unpacker> unpack_gzip() { return std::make_unique<Gunzip>(); }

}  // namespace bibmill

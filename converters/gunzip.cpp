// zlib's inflate over concatenated members.
#include "gunzip.h"

#include <algorithm>
#include <limits>
#include <new>

#include <zlib.h>

namespace bibmill {

struct Gunzip::Stream {
  z_stream z{};
  bool in_member = true;
  bool starved = true;  // all that was given is unpacked and handed out
};

namespace {

constexpr int kGzipOnly = 16 + MAX_WBITS;

uInt bounded(std::size_t size) { return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max())); }

}  // namespace

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

Gunzip::Gunzip() : stream_(std::make_unique<Stream>()) {
  if (inflateInit2(&stream_->z, kGzipOnly) != Z_OK) throw std::bad_alloc();
}

Gunzip::~Gunzip() { inflateEnd(&stream_->z); }

bool Gunzip::wants_input() const { return end_ == End::No && stream_->starved; }

void Gunzip::give(std::span<const char> packed) {
  if (packed.empty()) {
    end_ = stream_->in_member ? End::Truncated : End::Clean;
    return;
  }
  // zlib takes its input as non-const but does not write to it.
  stream_->z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream_->z.avail_in = bounded(packed.size());
  stream_->starved = false;
}

std::size_t Gunzip::unpack(std::span<char> to) {
  z_stream& z = stream_->z;
  z.next_out = reinterpret_cast<Bytef*>(to.data());
  z.avail_out = bounded(to.size());
  while (end_ == End::No && !stream_->starved && z.avail_out > 0) {
    if (!stream_->in_member && !begin_member()) break;
    const int result = inflate(&z, Z_NO_FLUSH);
    if (result == Z_MEM_ERROR) throw std::bad_alloc();
    if (result == Z_STREAM_END) {
      stream_->in_member = false;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      end_ = End::Damaged;
    } else if (z.avail_in == 0 && z.avail_out > 0) {
      stream_->starved = true;
    }
  }
  return to.size() - z.avail_out;
}

/// Looks behind a member's end. gzip itself passes over zeros, which tapes and block devices leave there.
bool Gunzip::begin_member() {
  z_stream& z = stream_->z;
  while (z.avail_in > 0 && *z.next_in == 0) {
    ++z.next_in;
    --z.avail_in;
  }
  stream_->starved = z.avail_in == 0;
  if (stream_->starved) return false;
  if (*z.next_in != 0x1f) {
    end_ = End::Trailing;
    return false;
  }
  inflateReset(&z);
  stream_->in_member = true;
  return true;
}

}  // namespace bibmill

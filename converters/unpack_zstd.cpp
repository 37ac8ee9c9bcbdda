// Zstandard (RFC 8878), several frames in a row included. Left out where the library is absent.
#ifdef BIBMILL_HAVE_ZSTD

#include <new>

#include <zstd.h>
#include <zstd_errors.h>

#include "unpack.h"

namespace bibmill {

namespace {

class Unzstd final : public Unpacker {
 public:
  Unzstd() : stream_(ZSTD_createDStream()) {
    if (stream_ == nullptr) throw std::bad_alloc();
  }

  bool wants_input() const override { return end_ == End::No && starved_; }

  void give(std::span<const char> packed) override {
    if (packed.empty()) {
      end_ = in_frame_ ? End::Truncated : End::Clean;
      return;
    }
    in_ = {packed.data(), packed.size(), 0};
    starved_ = false;
  }

  std::size_t unpack(std::span<char> to) override {
    ZSTD_outBuffer out{to.data(), to.size(), 0};
    while (end_ == End::No && !starved_ && out.pos < out.size) {
      const std::size_t result = ZSTD_decompressStream(stream_.get(), &out, &in_);
      if (ZSTD_isError(result) != 0) {
        fail(ZSTD_getErrorCode(result));
      } else {
        in_frame_ = result != 0;
        any_frame_ = any_frame_ || !in_frame_;
        starved_ = in_.pos == in_.size && (out.pos < out.size || !in_frame_);
      }
    }
    return out.pos;
  }

 private:
  struct Free {
    void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
  };

  void fail(ZSTD_ErrorCode error) {
    if (error == ZSTD_error_memory_allocation) throw std::bad_alloc();
    end_ = any_frame_ && error == ZSTD_error_prefix_unknown ? End::Trailing : End::Damaged;
  }

  std::unique_ptr<ZSTD_DStream, Free> stream_;
  ZSTD_inBuffer in_{};
  bool in_frame_ = true;
  bool any_frame_ = false;  // one has ended
  bool starved_ = true;     // all that was given is unpacked and handed out
};

}  // namespace

std::unique_ptr<Unpacker> unpack_zstd() { return std::make_unique<Unzstd>(); }

}  // namespace bibmill

#endif

// The packings there are.
#include "unpack.h"

namespace bibmill {

namespace {

constexpr Packing kPackings[] = {
    {"gzip", "\x1f\x8b", "input/truncated-gzip", "input/damaged-gzip", unpack_gzip},
#ifdef BIBMILL_HAVE_ZSTD
    {"Zstandard", "\x28\xb5\x2f\xfd", "input/truncated-zstd", "input/damaged-zstd", unpack_zstd},
#else
    {"Zstandard", "\x28\xb5\x2f\xfd", "input/truncated-zstd", "input/damaged-zstd", nullptr},
#endif
};

}  // namespace

const Packing* packing_of(std::string_view bytes) {
  for (const Packing& packing : kPackings)
    if (bytes.starts_with(packing.magic)) return &packing;
  return nullptr;
}

}  // namespace bibmill

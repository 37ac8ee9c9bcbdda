// CSL-JSON's reader and writer on any bytes.
#include "csl_laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  bibmill::fuzz::check("csljson", data, size);
  return 0;
}

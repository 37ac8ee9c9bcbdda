// The secret, made when it is first asked for.
#include "bibmill/secret.h"

#include <random>

namespace bibmill {

std::uint64_t process_secret() {
  static const std::uint64_t kSecret = [] {
    std::random_device random;
    return std::uint64_t{random()} << 32U | random();
  }();
  return kSecret;
}

}  // namespace bibmill

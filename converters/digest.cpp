// SHA-256 by Nettle.
#include "bibmill/digest.h"

#include <nettle/sha2.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <memory>

#include <fmt/format.h>

#include "bibmill/errors.h"

namespace bibmill {

std::string sha256_of_file(const std::string& path) {
  constexpr std::size_t kPiece = 64 * 1024;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  const auto fail = [&] { throw InputError(fmt::format("cannot read {}: {}", path, std::strerror(errno))); };
  if (file == nullptr) fail();
  sha256_ctx context;
  sha256_init(&context);
  std::array<std::uint8_t, kPiece> piece;
  for (std::size_t size = piece.size(); size == piece.size();) {
    size = std::fread(piece.data(), 1, piece.size(), file.get());
    sha256_update(&context, size, piece.data());
  }
  if (std::ferror(file.get()) != 0) fail();
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest;
  sha256_digest(&context, digest.size(), digest.data());
  std::string text;
  for (const std::uint8_t byte : digest) fmt::format_to(std::back_inserter(text), "{:02x}", byte);
  return text;
}

}  // namespace bibmill

// Digests: what tells whether a file is still the one that it was.
#pragma once

#include <string>

namespace bibmill {

/// The SHA-256 of the bytes of a file, in hexadecimal as `sha256sum` prints it. Throws InputError.
std::string sha256_of_file(const std::string& path);

}  // namespace bibmill

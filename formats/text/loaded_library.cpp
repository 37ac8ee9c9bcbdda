// dlopen and dlsym, with words for what goes wrong.
#include "bibmill/text/loaded_library.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace bibmill::text {

LoadedLibrary::LoadedLibrary(const char* file, std::string purpose) : file_(file), purpose_(std::move(purpose)), handle_(dlopen(file, RTLD_NOW | RTLD_LOCAL)) {
  if (handle_ == nullptr) fail();
}

void LoadedLibrary::fail() const {
  const char* const reason = dlerror();
  throw std::runtime_error(fmt::format("{} cannot be loaded, which {}: {}; install it", file_, purpose_, reason == nullptr ? "no reason is known" : reason));
}

void* LoadedLibrary::symbol(const char* name) const {
  void* const found = dlsym(handle_, name);
  if (found == nullptr) fail();
  return found;
}

}  // namespace bibmill::text

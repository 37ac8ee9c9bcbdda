// Loads libxml2 once, and never lets it go.
#include "libxml2.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <stdexcept>
#include <type_traits>

namespace bibmill::pubmed {

namespace {

[[noreturn]] void fail() {
  const char* const reason = dlerror();
  throw std::runtime_error(fmt::format("libxml2 cannot be loaded, which reads XML that is not plain: {}; install it", reason == nullptr ? BIBMILL_LIBXML2 : reason));
}

LibXml2 load() {
  void* const library = dlopen(BIBMILL_LIBXML2, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) fail();
  LibXml2 functions{};
  const auto find = [&](auto& function, const char* name) {
    function = reinterpret_cast<std::decay_t<decltype(function)>>(dlsym(library, name));  // NOLINT: that is how the system hands functions out
    if (function == nullptr) fail();
  };
#define BIBMILL_FIND(name) find(functions.name, #name)
  BIBMILL_FIND(xmlInitParser);
  BIBMILL_FIND(xmlNewParserCtxt);
  BIBMILL_FIND(xmlFreeParserCtxt);
  BIBMILL_FIND(xmlCtxtReset);
  BIBMILL_FIND(xmlCtxtUseOptions);
  BIBMILL_FIND(xmlDictSize);
  BIBMILL_FIND(xmlAllocParserInputBuffer);
  BIBMILL_FIND(xmlParserInputBufferPush);
  BIBMILL_FIND(xmlNewIOInputStream);
  BIBMILL_FIND(inputPush);
  BIBMILL_FIND(xmlParseDocument);
#undef BIBMILL_FIND
  functions.xmlInitParser();
  return functions;
}

}  // namespace

const LibXml2& libxml2() {
  static const LibXml2 kFunctions = load();
  return kFunctions;
}

}  // namespace bibmill::pubmed

// Cutting a .bib file.
#include "split.h"

#include "reader.h"

namespace bibmill::bibtex {

std::size_t split(std::string_view text, std::size_t about) {
  return split_seeing(text, about, nullptr, [](const Block&) {});
}

}  // namespace bibmill::bibtex

// The plain part of XML, which is nearly all of PubMed: elements, attributes, text, references to characters.
//
// libxml2 looks at each byte several times and calls back for each event; most records have nothing in them that needs its knowledge. What is plain is parsed here,
// straight into the tree that libxml2's events would give. Everything else (comments, CDATA sections, processing instructions, prefixes, names beyond
// ASCII, other entities, whatever is not well-formed) is not judged here but left to libxml2: a record is plain only if libxml2 takes it as well.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "tree.h"

namespace bibmill::pubmed {

class PlainParser {
 public:
  /// Parses the element at the start of `text`, which may go on behind it, into `tree`. Its size; 0, with `tree` of no use, where it is not plain.
  std::size_t parse(std::string_view text, Tree& tree);

 private:
  struct Open {
    std::uint32_t element;
    std::uint32_t name_size;
  };

  bool start_tag();
  const char* attribute(const char* at, Element& element);
  const char* attribute_value(const char* at, char quote) const;
  bool end_tag();
  bool characters();
  std::size_t reference(const char* at) const;
  bool is_repeated(std::size_t first) const;
  std::uint32_t offset(const char* at) const { return static_cast<std::uint32_t>(at - begin_); }

  Tree* tree_ = nullptr;
  const char* begin_ = nullptr;
  const char* at_ = nullptr;
  const char* end_ = nullptr;
  std::vector<Open> open_;
};

}  // namespace bibmill::pubmed

// libxml2's SAX2 interface, reduced to the places of tags.
//
// Records are parsed in batches within an element of our own; no document type reaches libxml2, so that there is nothing to load and nothing to expand. All that is taken from it
// is that the text is well-formed and where elements begin and end. Its messages go nowhere but here.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tree.h"

namespace bibmill::pubmed {

/// Deeper elements than these are refused (libxml2's own limits are switched off for the sake of long attributes).
inline constexpr std::size_t kMaxDepth = 1024;

/// Takes the records of a batch.
class TreeSink {
 public:
  virtual ~TreeSink() = default;
  /// The next record; its source and offset are filled in. False: no more.
  virtual bool tree(const Tree& tree) = 0;
};

/// How a batch ended.
struct Parsed {
  bool well_formed = true;
  std::string message;      ///< libxml2's, or our own, where it is not
  std::uint64_t place = 0;  ///< offset in the batch where the fault was seen
};

/// What to do with a record that is refused.
enum class Rest { Forgotten, Delivered };

class Parser {
 public:
  Parser();
  ~Parser();
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  /// Parses `text`, elements with white space between them, and gives each to `sink` when it ends. `source` is what the trees refer to: `text` itself, or what it
  /// is a mended copy of, with the same length. `offset` is of its first byte. What `sink` throws comes through.
  /// With Rest::Delivered, `text` being one record, its elements up to the fault are given to `sink` as a partial tree.
  Parsed parse(std::string_view text, std::string_view source, std::uint64_t offset, TreeSink& sink, Rest rest = Rest::Forgotten);

 private:
  class Work;
  std::unique_ptr<Work> work_;  // made, and libxml2 loaded, when something is parsed
};

}  // namespace bibmill::pubmed

// YAML as a tree: yaml-cpp's events, with what they do not tell found in the source: where a value ends, what a null was, where comments are.
//
// All scalars are text; a plain word that YAML could take for something else has the kind Number, Boolean or Null and the text that stood there. Aliases share
// what they refer to, so that a tree takes no more memory than its text; how far they would unfold is limited. Merge keys are unfolded. Tags other than YAML's
// own are refused: the node keeps its source as `raw`.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "bibmill/arena.h"
#include "bibmill/diagnostic.h"
#include "bibmill/text/tree.h"

namespace bibmill::yaml {

struct Parsed {
  text::Node root;             ///< of a text with a fault: what stood before it
  bool complete = true;        ///< false: a fault was reported
  std::size_t read = 0;        ///< offset in the text behind what was read
  std::vector<Span> comments;  ///< in order; spans count from the start of the source
  bool adorned = false;        ///< it has anchors, aliases, tags, merge keys, or keys that are no words: more than the tree shows
};

/// Parses one document, whose first line begins at text[0]; `offset` is added to spans. `aloud` false: a fault is not reported.
Parsed parse(std::string_view text, std::uint64_t offset, Arena& texts, Arena& lists, DiagnosticSink& diagnostics,
             bool aloud = true);

}  // namespace bibmill::yaml

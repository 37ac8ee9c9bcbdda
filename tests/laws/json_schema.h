// JSON Schema, as far as the schemas here go: types, constants, enumerations, properties, items, alternatives, references within the document.
//
// A keyword that is neither checked nor a mere description is an error, so that no part of a schema passes unseen.
#pragma once

#include <string>
#include <vector>

#include "bibmill/text/tree.h"

namespace bibmill::laws {

class JsonSchema {
 public:
  /// `schema` must outlive this.
  explicit JsonSchema(const text::Node& schema) : root_(schema) {}

  /// What is wrong with the document, one line each: "/0/author/1/family: …"; empty if it is valid.
  std::vector<std::string> faults(const text::Node& document) const;

 private:
  class Check;
  const text::Node& root_;
};

}  // namespace bibmill::laws

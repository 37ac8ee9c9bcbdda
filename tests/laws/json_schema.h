// JSON Schema, as far as the schemas here go: types, constants, enumerations, properties, items, alternatives, references within the document.
//
// A keyword that is neither checked nor a mere description is an error, so that no part of a schema passes unseen.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bibmill/arena.h"
#include "bibmill/diagnostic.h"
#include "bibmill/text/json.h"
#include "bibmill/text/tree.h"

namespace bibmill::laws {

/// A JSON text and its tree; a text that is none fails the test.
class JsonTree {
 public:
  explicit JsonTree(std::string_view json) {
    root_ = text::parse_json(arena_, json, 0, {.max_depth = 512}, diagnostics_);
    EXPECT_TRUE(diagnostics_.list.empty()) << json.substr(0, 2000);
  }
  const text::Node& root() const { return root_; }

 private:
  Arena arena_;
  DiagnosticList diagnostics_;
  text::Node root_;
};

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

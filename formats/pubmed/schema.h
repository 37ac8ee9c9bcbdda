// Records against schemas/pubmed.rng, one at a time, by libxml2.
#pragma once

#include <memory>

#include "bibmill/diagnostic.h"
#include "tree.h"

namespace bibmill::pubmed {

class SchemaCheck {
 public:
  SchemaCheck();
  ~SchemaCheck();
  SchemaCheck(const SchemaCheck&) = delete;
  SchemaCheck& operator=(const SchemaCheck&) = delete;

  /// Says the first place where the record is not what the schema has. Left alone are records that have an element of an older DTD, which follow that one, and
  /// what is no article and no book, or broken off.
  void hold(const Tree& tree, DiagnosticSink& diagnostics);

 private:
  class Work;
  std::unique_ptr<Work> work_;  // made, and libxml2 loaded, when a record is held against the schema
};

}  // namespace bibmill::pubmed

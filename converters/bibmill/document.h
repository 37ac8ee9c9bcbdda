// Document: a YAML file that a person writes to tell bibmill what to do, as a tree with places.
//
// The only part of the converters that knows yaml-cpp, and a target of its own. Faults are the caller's: they end with UsageError, which names line and column.
#pragma once

#include <string>
#include <string_view>

#include "bibmill/arena.h"
#include "bibmill/text/tree.h"

namespace bibmill {

class Document {
 public:
  /// Throws UsageError where the text is no YAML.
  Document(std::string name, std::string text);

  const std::string& name() const { return name_; }
  const text::Node& root() const { return root_; }
  /// Throws UsageError: "submission.yaml:4:3: …".
  [[noreturn]] void fail(Span where, std::string_view message) const;

 private:
  void parse();

  std::string name_;
  std::string text_;
  Arena arena_;
  text::Node root_;
};

}  // namespace bibmill

// Shapes: what a schema like ours can see of an element, as a number.
//
// An element of schemas/pubmed.rng has one definition, wherever it stands, and no value but those of some attributes is looked at. So whether an element is right follows from its name,
// its attributes (of those that may hold any text the names), the names of its children in their order, and whether there is text beside them; of several
// children of one name in a row it does not matter whether they are two or two hundred. A record whose shapes were all seen in right records is right.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "tree.h"

namespace bibmill::pubmed {

class SeenShapes {
 public:
  /// `schema`: RELAX NG, in which an attribute that may hold any text is written `<attribute name="Label"/>`.
  explicit SeenShapes(std::string_view schema);

  /// Takes the shapes of a record; false where it has something that they do not tell: names that are not NLM's, namespaces, comments, text of references alone.
  bool take(const Tree& tree);
  /// Of the record that was taken last: have all its shapes been seen?
  bool know_all() const;
  /// It is right.
  void remember();

 private:
  bool add(Node node);
  bool add_attributes(Node node, std::uint64_t& shape) const;

  static constexpr std::size_t kMostRemembered = 200'000;

  std::array<bool, 256> holds_any_text_{};  // by AttributeId
  std::unordered_set<std::uint64_t> seen_;
  std::vector<std::uint64_t> shapes_;
};

}  // namespace bibmill::pubmed

// libxml2 as the judge of PlainParser: what that takes, libxml2 takes as well, and sees the same elements in it.
#pragma once

#include <string>
#include <string_view>

#include "parser.h"
#include "plain.h"

namespace bibmill::pubmed::testing {

inline std::string dump(const Tree& tree) {
  std::string all(tree.source);
  const auto number = [&](std::uint32_t value) { all.append(" ").append(std::to_string(value)); };
  for (const Element& element : tree.elements) {
    all += "\nelement";
    for (const std::uint32_t value :
         {element.begin, element.tag_end, element.close, element.end, element.next, element.parent, element.attributes, std::uint32_t{element.name}})
      number(value);
  }
  for (const AttributePlace& place : tree.attributes) {
    all += "\nattribute";
    for (const std::uint32_t value : {place.begin, place.name_end, place.value_begin, place.value_end, std::uint32_t{place.id}}) number(value);
  }
  return all;
}

/// Empty where PlainParser leaves the element at the start of the text to libxml2, or both see the same; else what differs.
inline std::string difference_from_libxml2(std::string_view text) {
  struct Kept final : TreeSink {
    std::string seen;
    bool tree(const Tree& tree) override {
      seen += dump(tree);
      return true;
    }
  };
  static thread_local PlainParser plain;
  static thread_local Parser parser;
  Tree tree;
  const std::size_t size = plain.parse(text, tree);
  if (size == 0) return {};
  Kept judged;
  const std::string_view record = text.substr(0, size);
  const Parsed parsed = parser.parse(record, record, 0, judged);
  if (!parsed.well_formed) return "libxml2 refuses it: " + parsed.message;
  const std::string seen = dump(tree);
  return seen == judged.seen ? std::string() : seen + "\nlibxml2:\n" + judged.seen;
}

}  // namespace bibmill::pubmed::testing

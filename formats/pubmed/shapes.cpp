// Making numbers of elements.
#include "shapes.h"

#include <algorithm>
#include <functional>

#include "bibmill/text/byte_scan.h"
#include "lexicon.h"
#include "xml.h"

namespace bibmill::pubmed {

namespace {

constexpr std::uint64_t kNoShape = 0xA0761D6478BD642FU;

void mix(std::uint64_t& shape, std::uint64_t more) {
  shape = (shape ^ more) * 0x9E3779B97F4A7C15U;
  shape ^= shape >> 29U;
}

enum class Text : std::uint8_t { None, Some, Doubtful };

/// What stands between two tags. A reference may stand for a blank.
Text text_in(std::string_view piece) {
  const std::size_t first = text::next_not_of<' ', '\n', '\t', '\r'>(piece, 0);
  if (first == piece.size()) return Text::None;
  return piece[first] == '&' || text::holds<'<'>(piece) ? Text::Doubtful : Text::Some;
}

/// Calls `visit(name)` for the attributes that the schema writes so.
template <class Visit>
void for_each_attribute(std::string_view schema, std::string_view ending, Visit&& visit) {
  constexpr std::string_view kBegin = "<attribute name=\"";
  for (std::size_t at = schema.find(kBegin); at != std::string_view::npos; at = schema.find(kBegin, at)) {
    at += kBegin.size();
    const std::size_t end = schema.find('"', at);
    if (schema.substr(end + 1).starts_with(ending)) visit(schema.substr(at, end - at));
  }
}

}  // namespace

SeenShapes::SeenShapes(std::string_view schema) {
  for_each_attribute(schema, "/>", [&](std::string_view name) { holds_any_text_[kAttributes.find(name)] = true; });
  for_each_attribute(schema, ">", [&](std::string_view name) { holds_any_text_[kAttributes.find(name)] = false; });
  holds_any_text_[kUnknownAttribute] = false;
}

bool SeenShapes::take(const Tree& tree) {
  shapes_.clear();
  if (tree.mended || tree.partial) return false;
  for (std::uint32_t at = 0; at < tree.elements.size(); ++at)
    if (!add(Node(tree, at))) return false;
  return true;
}

bool SeenShapes::add(Node node) {
  if (node.name() == kUnknownName) return false;
  std::uint64_t shape = kNoShape;
  mix(shape, node.name());
  if (!add_attributes(node, shape)) return false;
  Text text = Text::None;
  NameId last = kUnknownName;
  bool repeats = false;
  for_each_piece(
      node,
      [&](std::uint32_t begin, std::uint32_t end) {
        if (text != Text::Doubtful) text = std::max(text, text_in(node.slice(begin, end)));
      },
      [&](Node child) {
        const NameId name = child.name();
        if (name == last && repeats) return;
        repeats = name == last;
        last = name;
        mix(shape, name + 1U);
      });
  if (text == Text::Doubtful) return false;
  mix(shape, text == Text::Some ? 1U : 0U);
  shapes_.push_back(shape);
  return true;
}

bool SeenShapes::add_attributes(Node node, std::uint64_t& shape) const {
  for (const AttributePlace& place : node.attributes()) {
    if (place.id == kUnknownAttribute) return false;  // a namespace among them
    mix(shape, place.id + 1000U);
    if (!holds_any_text_[place.id]) mix(shape, std::hash<std::string_view>()(node.value_of(place)));
  }
  return true;
}

bool SeenShapes::know_all() const {
  return std::all_of(shapes_.begin(), shapes_.end(), [&](std::uint64_t shape) { return seen_.contains(shape); });
}

void SeenShapes::remember() {
  if (seen_.size() < kMostRemembered) seen_.insert(shapes_.begin(), shapes_.end());
}

}  // namespace bibmill::pubmed

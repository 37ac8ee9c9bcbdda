// A record's elements as offsets into its source: what the parser makes and the decoder reads.
//
// Elements stand in the order of their start tags, so that the first child follows its parent and `next` leaps over what is inside. Text is not stored: it is what
// stands between the tags.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "lexicon.h"
#include "places.h"

namespace bibmill::pubmed {

/// Offsets count from the record's first byte.
struct Element {
  std::uint32_t begin = 0;    ///< of "<"
  std::uint32_t tag_end = 0;  ///< behind the start tag
  std::uint32_t close = 0;    ///< of the end tag's "<"; where the start tag is all, behind it
  std::uint32_t end = 0;      ///< behind the end tag
  std::uint32_t next = 0;     ///< index of the next element that is not inside
  std::uint32_t parent = 0;   ///< index of the element around it; its own at the top
  std::uint32_t attributes = 0;  ///< index of the first of its attributes; they end where the next element's begin
  NameId name = kUnknownName;
  bool odd = true;    ///< it may hold something, at any depth, that is no part of a value: Decoder::inspect has to look
  bool coded = true;  ///< what stands in it may be more than its own bytes: references, line ends
};

/// Where an attribute stands, `name="value"`; offsets as in Element.
struct AttributePlace {
  std::uint32_t begin = 0;
  std::uint32_t name_end = 0;
  std::uint32_t value_begin = 0;
  std::uint32_t value_end = 0;
  AttributeId id = kUnknownAttribute;
};

struct Tree {
  std::string_view source;        ///< the record
  std::string_view well_formed;   ///< the same, or the mended copy that libxml2 took in its place; of the same size
  std::uint64_t offset = 0;       ///< of the record in its source
  bool mended = false;            ///< libxml2 took only a mended copy
  bool partial = false;           ///< the record is read as far as it goes; libxml2 refused the rest
  std::vector<Element> elements;  ///< the record element first
  std::vector<AttributePlace> attributes;  ///< in the order of the source
};

/// One element of a tree; two words, cheap to pass.
class Node {
 public:
  Node(const Tree& tree, std::uint32_t at) : tree_(&tree), at_(at) {}

  const Element& element() const { return tree_->elements[at_]; }
  NameId name() const { return element().name; }
  std::uint32_t index() const { return at_; }
  const Tree& tree() const { return *tree_; }

  /// As written, tags included.
  std::string_view source() const { return slice(element().begin, element().end); }
  std::string_view start_tag() const { return slice(element().begin, element().tag_end); }
  std::string_view end_tag() const { return slice(element().close, element().end); }
  /// What stands between the tags.
  std::string_view inside() const { return slice(element().tag_end, element().close); }
  std::string_view slice(std::uint32_t begin, std::uint32_t end) const { return tree_->source.substr(begin, end - begin); }
  /// The same place in what libxml2 took: to be written as it is.
  std::string_view well_formed(std::string_view slice) const {
    return tree_->well_formed.substr(static_cast<std::size_t>(slice.data() - tree_->source.data()), slice.size());
  }

  /// It was still open where the record breaks off.
  bool is_broken_off() const { return tree_->partial && element().end == tree_->elements[0].end; }
  bool has_children() const { return element().next > at_ + 1; }

  std::span<const AttributePlace> attributes() const {
    const std::size_t end = at_ + 1 < tree_->elements.size() ? tree_->elements[at_ + 1].attributes : tree_->attributes.size();
    return std::span(tree_->attributes).subspan(element().attributes, end - element().attributes);
  }
  /// The attribute of that name; null where the tag has none.
  const AttributePlace* attribute(AttributeId id) const {
    for (const AttributePlace& place : attributes())
      if (place.id == id) return &place;
    return nullptr;
  }
  std::string_view name_of(const AttributePlace& place) const { return slice(place.begin, place.name_end); }
  /// As written, without quotation marks; and with all that belongs to it.
  std::string_view value_of(const AttributePlace& place) const { return slice(place.value_begin, place.value_end); }
  std::string_view source_of(const AttributePlace& place) const { return slice(place.begin, place.value_end + 1); }
  Span span_of(const AttributePlace& place) const { return absolute(place.begin, place.value_end + 1); }

  Span span() const { return absolute(element().begin, element().end); }
  Span inside_span() const { return absolute(element().tag_end, element().close); }
  Span absolute(std::uint32_t begin, std::uint32_t end) const { return {tree_->offset + begin, tree_->offset + end}; }

  /// `for (const Node child : node)`.
  class Iterator {
   public:
    Iterator(const Tree& tree, std::uint32_t at) : tree_(&tree), at_(at) {}
    Node operator*() const { return {*tree_, at_}; }
    Iterator& operator++() {
      at_ = tree_->elements[at_].next;
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    const Tree* tree_;
    std::uint32_t at_;
  };
  Iterator begin() const { return {*tree_, at_ + 1}; }
  Iterator end() const { return {*tree_, element().next}; }

 private:
  const Tree* tree_;
  std::uint32_t at_;
};

/// Calls `visit(begin, end)` for each piece of text directly in the element and `element(child)` for each child, in the order of the source.
template <class Text, class Child>
void for_each_piece(Node node, Text&& text, Child&& child) {
  std::uint32_t from = node.element().tag_end;
  for (const Node each : node) {
    if (each.element().begin > from) text(from, each.element().begin);
    child(each);
    from = each.element().end;
  }
  if (node.element().close > from) text(from, node.element().close);
}

}  // namespace bibmill::pubmed

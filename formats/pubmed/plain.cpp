// One pass over a record's bytes.
#include "plain.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "bibmill/text/byte_scan.h"
#include "parser.h"
#include "xml.h"

namespace bibmill::pubmed {

namespace {

enum Class : std::uint8_t {
  kNameStart = 1,
  kNamePart = 2,
  kBlank = 4,
  kStopsValue = 8,  // what an attribute's value has to be looked at for, but for its quotation mark
};

constexpr std::array<std::uint8_t, 256> kClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  const auto set = [&](unsigned from, unsigned to, unsigned bits) {
    for (unsigned c = from; c <= to; ++c) classes[c] = static_cast<std::uint8_t>(classes[c] | bits);
  };
  set('a', 'z', kNameStart | kNamePart);
  set('A', 'Z', kNameStart | kNamePart);
  set('_', '_', kNameStart | kNamePart);
  set('0', '9', kNamePart);
  set('-', '.', kNamePart);
  for (const unsigned char blank : {' ', '\n', '\t', '\r'}) set(blank, blank, kBlank);
  set(0, 0x1F, kStopsValue);
  for (const unsigned char sign : {'<', '&'}) set(sign, sign, kStopsValue);
  set(0xEF, 0xEF, kStopsValue);  // U+FFFE and U+FFFF begin so
  return classes;
}();

bool is(char c, unsigned classes) { return (kClasses[static_cast<unsigned char>(c)] & classes) != 0; }

/// U+FFFE or U+FFFF, which XML does not allow.
bool is_noncharacter(const char* at, const char* end) {
  return end - at < 3 || (at[1] == '\xBF' && (at[2] == '\xBE' || at[2] == '\xBF'));
}

/// Behind white space, most of it indentation.
inline const char* behind_blanks(const char* at, const char* end) {
  return at + text::next_not_of<' ', '\n', '\t', '\r'>({at, static_cast<std::size_t>(end - at)}, 0);
}

/// The next character that text between tags has to be looked at for.
inline const char* next_in_text(const char* at, const char* end) {
  return at + text::next_of<text::ByteRange{0, 0x1F}, '<', '&', '>', '\xEF'>({at, static_cast<std::size_t>(end - at)}, 0);
}

inline const char* behind_name(const char* at, const char* end) {
  while (at < end && is(*at, kNamePart)) ++at;
  return at;
}

/// The elements that running text may hold: `Decoder::inspect` has nothing to say of them.
bool may_stand_in_text(NameId name) {
  return name == name_id("i") || name == name_id("b") || name == name_id("u") || name == name_id("sub") || name == name_id("sup") ||
         name == name_id("DispFormula");
}

/// Has a value that holds such an element nothing to say about it?
bool may_stand_in(NameId child, NameId holder) {
  if (child == kUnknownName || holder == kUnknownName) return false;
  switch (kElements[holder].content) {
    case Content::Mixed: return may_stand_in_text(child);
    case Content::Text: return false;
    default: return true;
  }
}

}  // namespace

std::size_t PlainParser::parse(std::string_view text, Tree& tree) {
  tree_ = &tree;
  tree.elements.clear();
  tree.attributes.clear();
  open_.clear();
  begin_ = at_ = text.data();
  end_ = begin_ + text.size();
  if (!text.starts_with('<') || text.starts_with("</")) return 0;
  do {
    // The cursor stands at "<".
    if (end_ - at_ < 3) return 0;
    if (!(at_[1] == '/' ? end_tag() : start_tag())) return 0;
    if (!open_.empty() && !characters()) return 0;
  } while (!open_.empty());
  const auto size = static_cast<std::size_t>(at_ - begin_);
  tree.source = tree.well_formed = text.substr(0, size);
  tree.mended = tree.partial = false;
  return size;
}

bool PlainParser::start_tag() {
  const char* const tag = at_;
  const char* const end = end_;
  if (!is(tag[1], kNameStart)) return false;
  const char* at = behind_name(tag + 2, end);
  const std::string_view written(tag + 1, static_cast<std::size_t>(at - tag - 1));
  Element element;
  element.name = kNames.find(written);
  element.begin = offset(tag);
  element.attributes = static_cast<std::uint32_t>(tree_->attributes.size());
  element.coded = false;
  element.odd = false;
  bool empty = false;
  for (;;) {
    if (at == end) return false;
    if (*at == '>') break;
    const char* const behind = at;
    at = behind_blanks(at, end);
    if (at == end) return false;
    if (*at == '>') break;
    if (*at == '/') {
      if (++at == end || *at != '>') return false;
      empty = true;
      break;
    }
    if (at == behind) return false;
    at = attribute(at, element);
    if (at == nullptr) return false;
  }
  at_ = ++at;
  if (tree_->attributes.size() - element.attributes > 1 && is_repeated(element.attributes)) return false;
  element.tag_end = offset(at);
  const auto index = static_cast<std::uint32_t>(tree_->elements.size());
  if (!open_.empty()) {
    element.parent = open_.back().element;
    Element& holder = tree_->elements[element.parent];
    if (!may_stand_in(element.name, holder.name)) element.odd = true;
    // The scanner takes the first end tag of the record's name for the record's.
    if (element.name != kUnknownName && element.name == tree_->elements.front().name) return false;
    if (empty && element.odd) holder.odd = true;
  }
  if (empty) {
    if (open_.empty()) return false;  // an empty record is nothing to hurry for
    element.close = element.end = element.tag_end;
    element.next = index + 1;
  } else {
    if (open_.size() >= kMaxDepth) return false;
    open_.push_back({index, static_cast<std::uint32_t>(written.size())});
  }
  tree_->elements.push_back(element);
  return true;
}

/// The attribute that begins at `at`; behind it, or null where it is not plain.
const char* PlainParser::attribute(const char* at, Element& element) {
  const char* const end = end_;
  const char* const name = at;
  if (!is(*at, kNameStart)) return nullptr;
  at = behind_name(at, end);
  const std::string_view written(name, static_cast<std::size_t>(at - name));
  if (written == "xmlns") return nullptr;
  AttributePlace place;
  place.id = kAttributes.find(written);
  place.begin = offset(name);
  place.name_end = offset(at);
  if (at < end && *at != '=') at = behind_blanks(at, end);
  if (at == end || *at++ != '=') return nullptr;
  if (at < end && is(*at, kBlank)) at = behind_blanks(at, end);
  if (at == end || (*at != '"' && *at != '\'')) return nullptr;
  const char quote = *at++;
  place.value_begin = offset(at);
  at = attribute_value(at, quote);
  if (at == nullptr) return nullptr;
  place.value_end = offset(at);
  const std::string_view value(begin_ + place.value_begin, place.value_end - place.value_begin);
  if (!is_read(place.id, value, element.name)) element.odd = true;
  tree_->attributes.push_back(place);
  return at + 1;
}

/// The quotation mark that ends the value, or null.
const char* PlainParser::attribute_value(const char* at, char quote) const {
  const char* const end = end_;
  for (;;) {
    while (at < end && *at != quote && !is(*at, kStopsValue)) ++at;
    if (at == end || *at == '<') return nullptr;
    if (*at == quote) return at;
    if (*at == '&') {
      const std::size_t size = reference(at);
      if (size == 0) return nullptr;
      at += size;
    } else if (is(*at, kBlank) || (*at == '\xEF' && !is_noncharacter(at, end))) {
      ++at;
    } else {
      return nullptr;
    }
  }
}

/// A name twice in one tag is a fault.
bool PlainParser::is_repeated(std::size_t first) const {
  constexpr std::size_t kFew = 8;
  const std::size_t count = tree_->attributes.size() - first;
  if (count > kFew) return true;
  const auto name = [&](std::size_t at) {
    const AttributePlace& place = tree_->attributes[first + at];
    return std::string_view(begin_ + place.begin, place.name_end - place.begin);
  };
  for (std::size_t a = 0; a < count; ++a)
    for (std::size_t b = a + 1; b < count; ++b)
      if (name(a) == name(b)) return true;
  return false;
}

bool PlainParser::end_tag() {
  const Open open = open_.back();
  Element& element = tree_->elements[open.element];
  const char* const tag = at_;
  const char* const end = end_;
  if (static_cast<std::size_t>(end - tag) < open.name_size + 3 ||
      std::memcmp(tag + 2, begin_ + element.begin + 1, open.name_size) != 0)
    return false;
  const char* at = tag + 2 + open.name_size;
  if (*at != '>') {
    at = behind_blanks(at, end);
    if (at == end || *at != '>') return false;
  }
  at_ = ++at;
  element.close = offset(tag);
  element.end = offset(at);
  element.next = static_cast<std::uint32_t>(tree_->elements.size());
  if (element.odd) tree_->elements[element.parent].odd = true;
  open_.pop_back();
  return true;
}

/// Text up to the next "<".
bool PlainParser::characters() {
  const char* at = at_;
  const char* const end = end_;
  if (at == end) return false;
  if (*at == '<') return true;
  Element& holder = tree_->elements[open_.back().element];
  if (is(*at, kBlank)) {
    // The layout between two tags.
    holder.coded = true;
    at = behind_blanks(at, end);
    if (at < end && *at == '<') {
      at_ = at;
      return true;
    }
  }
  if (holder.name == kUnknownName || kElements[holder.name].content == Content::Elements) holder.odd = true;
  for (;;) {
    at = next_in_text(at, end);
    if (at == end) return false;
    if (*at == '<') {
      at_ = at;
      return true;
    }
    if (*at == '&') {
      const std::size_t size = reference(at);
      if (size == 0) return false;
      at += size;
      holder.coded = true;
      continue;
    }
    const bool plain = *at == '>'      ? !(at - begin_ > 2 && at[-1] == ']' && at[-2] == ']')
                       : *at == '\xEF' ? !is_noncharacter(at, end)
                                       : is(*at, kBlank);
    if (!plain) return false;
    if (is(*at, kBlank)) holder.coded = true;
    ++at;
  }
}

/// The size of a predefined entity or a character's number; 0 where it is something else.
std::size_t PlainParser::reference(const char* at) const {
  constexpr std::size_t kLongest = 12;
  return plain_reference({at, std::min(static_cast<std::size_t>(end_ - at), kLongest)});
}

}  // namespace bibmill::pubmed

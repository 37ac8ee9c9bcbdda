// Names of elements and attributes as numbers: found at once, since a record has some hundred of each.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "elements.h"

namespace bibmill::pubmed {

/// A table from names to their places in a list, made by the compiler.
template <std::size_t slots>
class Lexicon {
 public:
  static constexpr std::uint8_t kUnknown = 255;

  template <class NameAt>
  constexpr Lexicon(std::size_t count, NameAt&& name_at) {
    slots_.fill(kUnknown);
    for (std::size_t at = 0; at < count; ++at) {
      std::size_t slot = hash(name_at(at));
      while (slots_[slot] != kUnknown) slot = (slot + 1) % slots;
      slots_[slot] = static_cast<std::uint8_t>(at);
      names_[slot] = name_at(at);
    }
  }

  constexpr std::uint8_t find(std::string_view name) const {
    if (name.empty()) return kUnknown;
    for (std::size_t slot = hash(name); slots_[slot] != kUnknown; slot = (slot + 1) % slots)
      if (names_[slot] == name) return slots_[slot];
    return kUnknown;
  }

 private:
  /// Four characters and the size tell NLM's names apart but for a few.
  static constexpr std::size_t hash(std::string_view name) {
    const auto character = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(name[at])); };
    return (name.size() + character(0) * 7 + character(name.size() / 2) * 31 + character(name.size() - 1) * 131 +
            character(name.size() / 4) * 517) %
           slots;
  }

  std::array<std::uint8_t, slots> slots_{};
  std::array<std::string_view, slots> names_{};
};

inline constexpr Lexicon<1024> kNames(std::size(kElements), [](std::size_t at) { return kElements[at].name; });
static_assert(Lexicon<1024>::kUnknown == kUnknownName);

/// Is the element a link of its own kind, as they were until 2008?
inline constexpr auto kOldLinkNames = [] {
  std::array<bool, std::size(kElements) + 1> old{};
  bibmill::detail::for_each_word(kOldLinks, [&](std::string_view name) { old[find_name(name)] = true; });
  return old;
}();
constexpr bool is_old_link(NameId name) { return name != kUnknownName && kOldLinkNames[name]; }

// ----------------------------------------------------------------------------------------------------------- attributes

/// An attribute's name as an index of kAttributes.
using AttributeId = std::uint8_t;
inline constexpr AttributeId kUnknownAttribute = 255;

namespace detail {

/// Every name that a row of kElements gives to an attribute, once.
struct AttributeNames {
  static constexpr std::size_t kMost = 64;
  std::array<std::string_view, kMost> names{};
  std::size_t count = 0;

  constexpr std::size_t find(std::string_view name) const {
    std::size_t at = 0;
    while (at < count && names[at] != name) ++at;
    return at;
  }
};

inline constexpr AttributeNames kAttributeNames = [] {
  AttributeNames all;
  const auto add = [&](std::string_view name) {
    if (all.find(name) == all.count) all.names[all.count++] = name;
  };
  for (const ElementRow& row : kElements) {
    bibmill::detail::for_each_word(row.attributes, add);
    bibmill::detail::for_each_word(row.kept, add);
  }
  return all;
}();

}  // namespace detail

inline constexpr Lexicon<256> kAttributes(detail::kAttributeNames.count, [](std::size_t at) { return detail::kAttributeNames.names[at]; });

/// The number of an attribute that has a row; anything else does not compile.
consteval AttributeId attribute_id(std::string_view name) {
  const AttributeId id = kAttributes.find(name);
  if (id == kUnknownAttribute) throw "no such attribute";
  return id;
}

/// Which attributes of an element become part of a value: a bit for each.
inline constexpr auto kReadAttributes = [] {
  std::array<std::uint64_t, std::size(kElements)> read{};
  for (std::size_t at = 0; at < read.size(); ++at)
    bibmill::detail::for_each_word(kElements[at].attributes,
                                   [&](std::string_view name) { read[at] |= std::uint64_t{1} << kAttributes.find(name); });
  return read;
}();

/// Attributes that are read as one of a few words: any other word is kept as it stands.
constexpr bool is_understood(AttributeId attribute, std::string_view value, NameId element) {
  switch (attribute) {
    case attribute_id("ValidYN"):
    case attribute_id("CompleteYN"):
    case attribute_id("MajorTopicYN"):
    case attribute_id("EqualContrib"): return value == "Y" || value == "N";
    case attribute_id("DateType"): return value == "Electronic";
    case attribute_id("Type"): return element != name_id("AuthorList") || value == "authors" || value == "editors";
    default: return true;
  }
}

/// Does the attribute become part of the element's value, whole?
constexpr bool is_read(AttributeId attribute, std::string_view value, NameId element) {
  return attribute != kUnknownAttribute && element != kUnknownName && (kReadAttributes[element] >> attribute & 1U) != 0 &&
         is_understood(attribute, value, element);
}

}  // namespace bibmill::pubmed

// What follows from the tables of elements.h: where places stand in each other, and which mapping reads each. Made by the compiler.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "elements.h"

namespace bibmill::pubmed {

namespace detail {

constexpr bool is_within(std::string_view list, std::string_view word) {
  bool found = false;
  bibmill::detail::for_each_word(list, [&](std::string_view each) { found = found || each == word; });
  return found;
}

}  // namespace detail

inline constexpr std::size_t kRowCount = std::size(kMappings);
inline constexpr std::size_t kNoRow = kRowCount;
static_assert(kPlaceCount < 255 && kRowCount < 255);

/// The places that a mapping reads: its key's, then its further keys'.
struct RowPlaces {
  static constexpr std::size_t kMost = 4;
  std::array<std::uint8_t, kMost> places{};
  std::size_t count = 0;
};

inline constexpr auto kRowPlaces = [] {
  std::array<RowPlaces, kRowCount> rows{};
  for (std::size_t row = 0; row < kRowCount; ++row) {
    RowPlaces& of_row = rows[row];
    const auto add = [&](std::string_view key) {
      of_row.places[of_row.count++] = static_cast<std::uint8_t>(place_at(without_pick(key)));
    };
    add(kMappings[row].key);
    bibmill::detail::for_each_word(kMappings[row].also, add);
  }
  return rows;
}();

/// The place that holds a place; kNowhere at the top.
inline constexpr auto kParents = [] {
  std::array<std::uint8_t, kPlaceCount> parents{};
  for (std::size_t at = 0; at < kPlaceCount; ++at)
    parents[at] = static_cast<std::uint8_t>(place_at(parent_path(kPlaces[at].path)));
  return parents;
}();

/// The place of an element within the structure at a place (kNowhere: within the record element); kNowhere where it has none.
inline constexpr auto kChildren = [] {
  std::array<std::array<std::uint8_t, std::size(kElements) + 1>, kPlaceCount + 1> children{};
  for (auto& row : children) row.fill(static_cast<std::uint8_t>(kNowhere));
  for (std::size_t at = 0; at < kPlaceCount; ++at) {
    if (kPlaces[at].kind == Kind::Attribute) continue;
    children[kParents[at]][find_name(last_name(kPlaces[at].path))] = static_cast<std::uint8_t>(at);
  }
  return children;
}();

constexpr std::size_t child_place(std::size_t structure, NameId name) {
  return name == kUnknownName ? kNowhere : kChildren[structure][name];
}

/// A record's form: the element it stands in, and what decides about rows.
enum class Form : std::uint8_t { Article, Book, Chapter };
inline constexpr Type kTypeOfForm[] = {Type::ArticleJournal, Type::Book, Type::Chapter};

/// The mapping that reads a place, in each form: an index of kMappings, or kNoRow. A row whose key it is goes before one that reads it besides.
inline constexpr auto kReadingRows = [] {
  std::array<std::array<std::uint8_t, kPlaceCount>, std::size(kTypeOfForm)> rows{};
  for (std::size_t form = 0; form < rows.size(); ++form) {
    rows[form].fill(static_cast<std::uint8_t>(kNoRow));
    for (const std::size_t besides : {std::size_t{0}, std::size_t{1}})
      for (std::size_t row = 0; row < kRowCount; ++row) {
        if (!kMappings[row].reads() || !kMappings[row].applies_to(kTypeOfForm[form])) continue;
        for (std::size_t at = besides; at < (besides == 0 ? 1 : kRowPlaces[row].count); ++at)
          if (std::uint8_t& known = rows[form][kRowPlaces[row].places[at]]; known == kNoRow)
            known = static_cast<std::uint8_t>(row);
      }
  }
  return rows;
}();

namespace detail {

/// Every mapping leads to places, every place of a value has a mapping, every holder is a structure, and what a place is called has a row.
consteval bool places_are_sound() {
  std::array<bool, kPlaceCount> mapped{};
  for (const RowPlaces& row : kRowPlaces)
    for (std::size_t at = 0; at < row.count; ++at) {
      if (row.places[at] == kNowhere) return false;
      mapped[row.places[at]] = true;
    }
  for (std::size_t at = 0; at < kPlaceCount; ++at) {
    const Place& place = kPlaces[at];
    const bool top = parent_path(place.path).empty();
    if (!top && (kParents[at] == kNowhere || kPlaces[kParents[at]].kind != Kind::Structure)) return false;
    if (place.kind == Kind::Value && !mapped[at]) return false;
    if (place.kind != Kind::Attribute && find_name(last_name(place.path)) == kUnknownName) return false;
  }
  for (const Filler& filler : kFillers)
    if (place_at(filler.path) == kNowhere) return false;
  for (const Filler& filler : kDataFillers)
    if (place_at(filler.path) == kNowhere) return false;
  return true;
}

}  // namespace detail
static_assert(detail::places_are_sound());

}  // namespace bibmill::pubmed

// Mapping: one row of a format's table: which key carries which field, for which types, which way, and how well.
//
// The same rows serve the reader, the writer, the prediction of loss (`explain`) and the generated documentation, so that the four cannot disagree.
// How a value is spelled under a key is the format's own business: `codec` is a value of an enum that the format defines.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "bibmill/record.h"

namespace bibmill {

enum class Way : std::uint8_t {
  Both,
  ReadOnly,
  WriteOnly,
  Part,  ///< continues the value that an earlier key began (EP after SP, AD after AU): read into it, written with it
};

/// What remains of a value that goes out through a row.
enum class Fidelity : std::uint8_t {
  Exact,     ///< reading it back gives the same value
  Narrowed,  ///< a part of the value stays behind
  Refused,   ///< nothing was written
};

struct Mapping {
  std::string_view key;
  Field field{};
  std::uint8_t codec = 0;
  TypeSet types = kEveryType;
  Way way = Way::Both;
  Fidelity fidelity = Fidelity::Exact;  ///< the best that writing can promise: Narrowed where some values lose a part
  std::string_view also = {};           ///< further keys read for the same field, in this order, divided by blanks
  std::string_view note = {};           ///< for the documentation: source of the fact, or the reason of a choice

  constexpr bool reads() const { return way != Way::WriteOnly; }
  constexpr bool writes() const { return way == Way::Both || way == Way::WriteOnly; }
  constexpr bool applies_to(Type type) const { return types.has(type); }
};

/// A type's spelling in a format. Rows are tried in order: the first whose `type` fits is written; every `name` is read.
struct TypeMapping {
  std::string_view name;
  Type type{};
  Way way = Way::Both;
  std::string_view note = {};
};

namespace detail {

/// Calls `visit` with each word of a list divided by blanks.
template <class Visit>
constexpr void for_each_word(std::string_view words, Visit&& visit) {
  while (!words.empty()) {
    const std::size_t blank = words.find(' ');
    const std::string_view word = words.substr(0, blank);
    if (!word.empty()) visit(word);
    words = blank == std::string_view::npos ? std::string_view{} : words.substr(blank + 1);
  }
}

constexpr bool reads_key(const Mapping& row, std::string_view key) {
  bool found = row.key == key;
  for_each_word(row.also, [&](std::string_view word) { found = found || word == key; });
  return found;
}

constexpr bool share_a_read_key(const Mapping& a, const Mapping& b) {
  bool shared = reads_key(b, a.key);
  for_each_word(a.also, [&](std::string_view word) { shared = shared || reads_key(b, word); });
  return shared;
}

}  // namespace detail

/// No key is read by two rows for one type, and no field is written by two rows for one type. Used in static_assert.
constexpr bool is_sound(std::span<const Mapping> rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].key.empty() || rows[i].types.empty()) return false;
    for (std::size_t j = i + 1; j < rows.size(); ++j) {
      if (!rows[i].types.overlaps(rows[j].types)) continue;
      if (rows[i].reads() && rows[j].reads() && detail::share_a_read_key(rows[i], rows[j])) return false;
      if (rows[i].writes() && rows[j].writes() && rows[i].field == rows[j].field) return false;
    }
  }
  return true;
}

/// Every type is written under one name, every name is read as one type.
constexpr bool is_sound(std::span<const TypeMapping> rows) {
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = i + 1; j < rows.size(); ++j) {
      if (rows[i].way != Way::WriteOnly && rows[j].way != Way::WriteOnly && rows[i].name == rows[j].name) return false;
      if (rows[i].way != Way::ReadOnly && rows[j].way != Way::ReadOnly && rows[i].type == rows[j].type) return false;
    }
  return true;
}

/// What the tables promise for a field of a record of this type.
Fidelity promised(std::span<const Mapping> target, Field field, Type type);

/// One field's fate from one format to another, over all types that the source's rows can read it for.
struct Passage {
  Field field{};
  std::string_view read_from;   ///< the source's key
  std::string_view written_to;  ///< the target's key; empty where it has none
  Fidelity fidelity = Fidelity::Exact;
  TypeSet types;                ///< for which types this holds
};

/// Every field that `source` can read, and what becomes of it in `target`. In the order of fields.def; a field whose fate depends on the type has
/// one passage per fate.
std::vector<Passage> passages(std::span<const Mapping> source, std::span<const Mapping> target);

}  // namespace bibmill

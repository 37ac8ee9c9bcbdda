// What entries need from elsewhere in the files: @string definitions, and the entries that crossref and xdata refer to.
//
// Most files have neither, or not from elsewhere. So readers ask for the prelude only where an entry names a string or a parent; whether there may be a string they hear from the
// follower, which goes along with them and sees which keys stand twice, too. The look-ahead goes through all inputs once and keeps the strings and the parents; a parent that stands
// before the first reference to it is not known for one then, so that a second round fetches those (LookAhead::again). Strings are kept as written and expanded where they are used,
// so that definitions which double each other cost nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "bibmill/format.h"
#include "lexer.h"

namespace bibmill::bibtex {

/// A place in all inputs: which source, and where in it.
struct Place {
  std::size_t source = 0;
  std::uint64_t offset = 0;
  friend constexpr bool operator==(Place, Place) = default;
  friend constexpr bool operator<(Place a, Place b) { return a.source != b.source ? a.source < b.source : a.offset < b.offset; }
};

/// One field of an entry that others refer to: its text with macros expanded.
struct ParentField {
  Str key;    ///< lower case
  Str text;
};

struct Parent {
  Str key;
  Str type;  ///< lower case
  Place place;
  std::vector<ParentField> fields;
  bool in_ring = false;

  const ParentField* find(std::string_view lower_key) const;
};

/// A field that an entry takes from another.
struct Inherited {
  std::string_view key;     ///< lower case, as the child calls it
  std::string_view text;
  std::string_view marker;  ///< "crossref>title": by what, and the parent's key
};

/// No journal's name is longer; definitions that double each other soon are.
inline constexpr std::size_t kLongestString = std::size_t{8} << 10;

/// How the expansion of a macro went.
enum class Macro : std::uint8_t { Defined, Month, DefinedLater, Undefined, TooLong };

class BibtexPrelude final : public Prelude {
 public:
  /// Appends the text of a @string that is defined before `place`, or, with DefinedLater, anywhere; of one that a month is called by, only before.
  Macro expand(std::string_view name, Place place, std::string& out) const;

  const Parent* parent(std::string_view key) const;
  bool has_parents() const { return !parents_.empty(); }
  std::size_t source_number(const Source& source) const;

  /// What an entry inherits. `chain_cut`: a chain of parents is longer than anybody needs.
  struct Heritage {
    std::vector<Inherited> fields;
    std::vector<std::string_view> missing;  ///< keys that no entry has
    bool chain_cut = false;
    bool in_ring = false;
  };
  /// `has(lower_key)`: the child has the field itself. `arena` gets the markers.
  template <class Has>
  Heritage heritage(Arena& arena, std::string_view own_key, std::string_view lower_type, std::string_view crossref, std::string_view xdata, Has&& has) const;

  /// The ring of parents that is to be reported at this place: its keys; empty if there is none.
  std::string ring_at(Place place) const;

 private:
  friend class BibtexLookAhead;

  struct Definition {
    Place place;
    Str expression;
  };
  struct Ring {
    Place place;
    std::string keys;
  };

  Macro expand(std::string_view name, Place place, std::string& out, unsigned depth, unsigned& work) const;
  void collect(Arena& arena, Heritage& heritage, std::string_view child_type, std::string_view crossref, std::string_view xdata) const;

  Arena arena_;
  std::unordered_map<Str, std::vector<Definition>> strings_;  // by lower-case name
  std::unordered_map<Str, Parent> parents_;                   // by lower-case key
  std::vector<std::string> sources_;
  std::vector<Ring> rings_;
};

/// biblatex's default inheritance: what the child of this type calls a field of its parent; empty where it does not inherit it.
std::string_view inherited_as(std::string_view parent_type, std::string_view child_type, std::string_view parent_field);

/// The number of a month's macro, jan to dec; 0 for others. In any case.
unsigned month_of_macro(std::string_view name);

/// Joins the pieces of a value and expands its macros; `fault` sees those that could not be.
template <class Expand>
void join_pieces(const std::vector<Piece>& pieces, std::string& out, Expand&& expand) {
  for (const Piece& piece : pieces)
    if (piece.kind == Piece::Kind::Macro)
      expand(piece.text, out);
    else
      out += piece.text;
}

/// "a, b ,c" as keys.
std::vector<std::string_view> keys_in(std::string_view list);

std::string lower(std::string_view text);

std::unique_ptr<LookAhead> make_bibtex_look_ahead(const ReadOptions& options);
std::unique_ptr<PartScan> make_bibtex_follower(const ReadOptions& options);

template <class Has>
BibtexPrelude::Heritage BibtexPrelude::heritage(Arena& arena, std::string_view own_key, std::string_view lower_type, std::string_view crossref,
                                                std::string_view xdata, Has&& has) const {
  Heritage all;
  const Parent* const self = parent(own_key);
  all.in_ring = self != nullptr && self->in_ring;
  if (!all.in_ring) collect(arena, all, lower_type, crossref, xdata);
  std::vector<Inherited> wanted;
  std::unordered_set<std::string_view> taken;
  for (const Inherited& field : all.fields)
    if (!has(field.key) && taken.insert(field.key).second) wanted.push_back(field);
  all.fields = std::move(wanted);
  return all;
}

}  // namespace bibmill::bibtex

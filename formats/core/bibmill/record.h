// Record: one bibliographic record, as every format reads and writes it.
//
// A record is a type, a key and one ordered list of items: entries, which a field of fields.def names, and extras, which keep verbatim what no field
// holds. There is no third way for a value to exist. Text belongs to the record's arena, which records of one batch share; a record may be moved
// between threads and kept for as long as one likes.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "bibmill/arena.h"
#include "bibmill/source.h"
#include "bibmill/values.h"

namespace bibmill {

// --------------------------------------------------------------------------------------------------------------- types

enum class Type : std::uint8_t {
#define BIBMILL_TYPE(enumerator, name, meaning) enumerator,
#include "bibmill/types.def"
#undef BIBMILL_TYPE
};

#define BIBMILL_TYPE(enumerator, name, meaning) +1
inline constexpr std::size_t kTypeCount = 0
#include "bibmill/types.def"
    ;
#undef BIBMILL_TYPE

struct TypeInfo {
  std::string_view name;     ///< CSL's
  std::string_view meaning;
};

const TypeInfo& info(Type type);
std::optional<Type> type_named(std::string_view csl_name);
inline std::string_view name_of(Type type) { return info(type).name; }

/// A set of types, for the tables: `kBook | kChapter`.
class TypeSet {
 public:
  constexpr TypeSet() = default;
  constexpr TypeSet(Type type) : bits_(std::uint64_t{1} << static_cast<unsigned>(type)) {}  // NOLINT: a type is a set of one
  constexpr bool has(Type type) const { return (bits_ >> static_cast<unsigned>(type) & 1) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool overlaps(TypeSet other) const { return (bits_ & other.bits_) != 0; }
  static constexpr TypeSet all() { return TypeSet((std::uint64_t{1} << kTypeCount) - 1, 0); }
  friend constexpr TypeSet operator|(TypeSet a, TypeSet b) { return TypeSet(a.bits_ | b.bits_, 0); }
  friend constexpr TypeSet operator-(TypeSet a, TypeSet b) { return TypeSet(a.bits_ & ~b.bits_, 0); }
  friend constexpr bool operator==(TypeSet, TypeSet) = default;

 private:
  constexpr TypeSet(std::uint64_t bits, int) : bits_(bits) {}
  std::uint64_t bits_ = 0;
};

inline constexpr TypeSet kEveryType = TypeSet::all();
constexpr TypeSet operator|(Type a, Type b) { return TypeSet(a) | TypeSet(b); }

// -------------------------------------------------------------------------------------------------------------- fields

enum class Field : std::uint8_t {
#define BIBMILL_FIELD(enumerator, name, type, meaning) enumerator,
#include "bibmill/fields.def"
#undef BIBMILL_FIELD
};

#define BIBMILL_FIELD(enumerator, name, type, meaning) +1
inline constexpr std::size_t kFieldCount = 0
#include "bibmill/fields.def"
    ;
#undef BIBMILL_FIELD

/// What a field may hold. The order is that of the alternatives' kinds in schemas.
using Value = std::variant<Text, RichText, Names, Date, Pages, Identifiers, Keywords, Abstract, Headings, Terms, Substances, Grants, DataBanks, Links,
                           History, OwnedNote>;

struct FieldInfo {
  std::string_view name;
  std::string_view type;     ///< name of the value's type
  std::size_t kind;          ///< index of the value's type in Value
  std::string_view meaning;
};

const FieldInfo& info(Field field);
std::optional<Field> field_named(std::string_view name);
inline std::string_view name_of(Field field) { return info(field).name; }
/// An empty value of the field's type.
Value empty_value(Field field);

namespace detail {
template <Field field>
struct ValueOf;
#define BIBMILL_FIELD(enumerator, name, type, meaning) \
  template <>                                          \
  struct ValueOf<Field::enumerator> {                  \
    using Type = type;                                 \
  };
#include "bibmill/fields.def"
#undef BIBMILL_FIELD
}  // namespace detail

template <Field field>
using ValueOf = typename detail::ValueOf<field>::Type;

// --------------------------------------------------------------------------------------------------------------- items

/// An entry's text as written. What anybody sees of it is a text that the same format's encoding of the value would not give back. One that it would give back may be
/// there as well, so that the format's writer need not encode the value anew. Whoever changes the value says that there is none: `entry.raw = {}`.
class Raw {
 public:
  constexpr Raw() = default;
  constexpr Raw(Str text) : text_(text) {}  // NOLINT: the text as written is seen as it is

  /// A text that encoding the value in a record of this type gives, exactly and with nothing said about it.
  static constexpr Raw as_encoded(Str text, Type type) {
    Raw raw(text);
    raw.encoded_for_ = type;
    return raw;
  }

  constexpr operator Str() const { return encoded_for_ ? Str{} : text_; }  // NOLINT
  constexpr bool empty() const { return Str(*this).empty(); }
  /// What encoding the value in a record of this type gives; empty where nobody has seen to it.
  constexpr Str encoded_for(Type type) const { return encoded_for_ == type ? text_ : Str{}; }

  friend constexpr bool operator==(const Raw& a, const Raw& b) { return Str(a) == Str(b); }
  friend constexpr bool operator==(const Raw& a, Str b) { return Str(a) == b; }

 private:
  Str text_;
  std::optional<Type> encoded_for_;
};

/// A value under a field of the model.
struct Entry {
  constexpr Entry() {}  // NOLINT: a defaulted one would have all of it filled with zeros first, the room for the largest value too

  Field field{};
  Str key;          ///< the key as written: "T1", "journaltitle", "container-title"; empty where no reader set one
  Value value;
  Raw raw;          ///< the logical text as written, kept where the same format's encoding of `value` would not give it back
  Str left_out;     ///< what of the text as written `value` has nothing of: a command of LaTeX such as \texttt, or words; a literal
  Span span;        ///< of the value's first place
  List<Span> more;  ///< further places of a value gathered from separated lines, and its keys' places
  bool same_as = false;  ///< repeats the value of an earlier entry of the same field (a second key with the same content)
};

/// What no field holds, verbatim.
struct Extra {
  Str origin;  ///< id of the format that reads it: "ris"
  Str key;     ///< the key as written; empty for text that has none
  Str raw;     ///< as written, in the origin's syntax
  Span span;
};

/// A key under which nothing stands: in the notation of JSON, BibTeX and most others there are no more than brackets, names of members, empty texts and null.
bool says_nothing(const Extra& extra);

using Item = std::variant<Entry, Extra>;

class Record {
 public:
  Record() = default;
  explicit Record(std::shared_ptr<Arena> arena) : arena_(std::move(arena)) {}

  Type type = Type::Document;
  Str type_as_written;  ///< "inbook", "EJOUR"; empty where the format has none
  Str key;              ///< citation key or id; empty where the source gave none
  Str key_raw;          ///< as written where that differs: CSL's number 1
  Str suggested_key;    ///< of a record without key: what it will be called where a format needs a key, but for a letter that tells it from others
  Str origin;           ///< id of the format it was read from
  Str layout;           ///< the record's text as it stood, with line ends and blanks, where the origin's writer would write it otherwise; cleared by a change
  Str before;           ///< carried: text between this record and the one before it, as one JSON list of extras (carry.h)
  Str after;            ///< carried: text behind the last record
  Span span;            ///< the whole record
  List<Span> markers;   ///< places of the type, the key and what else delimits the record

  Arena& arena() const { return *arena_; }
  const std::shared_ptr<Arena>& shared_arena() const { return arena_; }

  const List<Item>& items() const { return items_; }

  /// The first entry of the field, or null.
  const Entry* find(Field field) const;
  bool has(Field field) const { return find(field) != nullptr; }

  /// The first value of the field, or null; typed at compile time.
  template <Field field>
  const ValueOf<field>* get() const {
    const Entry* const entry = find(field);
    return entry == nullptr ? nullptr : std::get_if<ValueOf<field>>(&entry->value);
  }

  // What readers use: nothing of the layout is cleared.

  Entry& add(const Entry& entry) { return std::get<Entry>(items_.emplace_back(*arena_, entry)); }
  Entry& add(Field field, const Value& value, Str key_as_written = {}, Span where = {}) {
    Entry& entry = add();
    entry.field = field;
    entry.key = key_as_written;
    entry.value = value;
    entry.span = where;
    return entry;
  }
  /// An empty one, to be filled.
  Entry& add() { return std::get<Entry>(items_.emplace_back(*arena_, std::in_place_type<Entry>)); }
  Extra& add(const Extra& extra) { return std::get<Extra>(items_.emplace_back(*arena_, extra)); }
  List<Item>& items() { return items_; }

  // What steps use: a change clears `layout` and the raw text of what it touches.

  /// Replaces the first entry of the field and removes its others, or adds one.
  void set(Field field, Value value);
  /// Removes every entry of the field; how many there were.
  std::size_t remove(Field field);
  /// Removes the items that `drop(item)` names; how many.
  template <class Drop>
  std::size_t remove_if(Drop&& drop) {
    std::size_t kept = 0;
    for (std::size_t at = 0; at < items_.size(); ++at) {
      if (drop(std::as_const(items_[at]))) continue;
      if (kept != at) items_[kept] = items_[at];
      ++kept;
    }
    const std::size_t removed = items_.size() - kept;
    while (items_.size() > kept) items_.pop_back();
    if (removed > 0) layout = {};
    return removed;
  }

 private:
  std::shared_ptr<Arena> arena_;
  List<Item> items_;
};

/// Calls `visit(const Entry&)` for each entry in order.
template <class Visit>
void for_each_entry(const Record& record, Visit&& visit) {
  for (const Item& item : record.items())
    if (const Entry* const entry = std::get_if<Entry>(&item)) visit(*entry);
}

}  // namespace bibmill

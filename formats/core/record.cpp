// Record, its tables of fields and types, and copying and comparing of values.
#include "bibmill/record.h"

#include <algorithm>

#include "bibmill/reflect.h"
#include "bibmill/secret.h"

namespace bibmill {

namespace {

constexpr TypeInfo kTypes[] = {
#define BIBMILL_TYPE(enumerator, name, meaning) {name, meaning},
#include "bibmill/types.def"
#undef BIBMILL_TYPE
};

/// The index of T among the alternatives of Value.
template <class T, std::size_t at = 0>
constexpr std::size_t kind_of() {
  if constexpr (std::is_same_v<std::variant_alternative_t<at, Value>, T>)
    return at;
  else
    return kind_of<T, at + 1>();
}

constexpr FieldInfo kFields[] = {
#define BIBMILL_FIELD(enumerator, name, type, meaning) {name, #type, kind_of<type>(), meaning},
#include "bibmill/fields.def"
#undef BIBMILL_FIELD
};

template <class Enum, std::size_t size, class Info>
std::optional<Enum> named(const Info (&table)[size], std::string_view name) {
  for (std::size_t at = 0; at < size; ++at)
    if (table[at].name == name) return static_cast<Enum>(at);
  return std::nullopt;
}

/// An empty value of each kind.
constexpr auto kEmptyValues = []<std::size_t... kind>(std::index_sequence<kind...>) {
  return std::array<Value, sizeof...(kind)>{Value(std::in_place_index<kind>)...};
}(std::make_index_sequence<std::variant_size_v<Value>>());

}  // namespace

const TypeInfo& info(Type type) { return kTypes[static_cast<std::size_t>(type)]; }
std::optional<Type> type_named(std::string_view csl_name) { return named<Type>(kTypes, csl_name); }

const FieldInfo& info(Field field) { return kFields[static_cast<std::size_t>(field)]; }
std::optional<Field> field_named(std::string_view name) { return named<Field>(kFields, name); }

Value empty_value(Field field) { return kEmptyValues[info(field).kind]; }

bool says_nothing(const Extra& extra) {
  if (extra.key.empty()) return false;
  constexpr std::string_view kBlanks = " \t\r\n";
  constexpr std::string_view kNull = "null";
  const Str raw = extra.raw;
  char before = ':';  // as if the key stood in front
  const auto wants_value = [&] { return before == ':' || before == '[' || before == ','; };
  for (std::size_t at = raw.find_first_not_of(kBlanks); at < raw.size(); at = raw.find_first_not_of(kBlanks, at)) {
    const char c = raw[at];
    if (c == '"') {
      const std::size_t close = std::min(raw.find('"', at + 1), raw.size());
      const std::size_t next = std::min(raw.find_first_not_of(kBlanks, close + 1), raw.size());
      const bool is_name = next < raw.size() && raw[next] == ':';
      if (close == raw.size() || (is_name ? before != '{' && before != ',' : close > at + 1 || !wants_value())) return false;
      at = (is_name ? next : close) + 1;
      before = is_name ? ':' : c;
      continue;
    }
    const bool is_null = raw.substr(at).starts_with(kNull);
    if (is_null || c == '{' || c == '[') {
      if (!wants_value()) return false;
    } else if (c == ',') {
      if (wants_value() || before == '{') return false;
    } else if (c != '}' && c != ']') {
      return false;
    }
    at += is_null ? kNull.size() : 1;
    before = c;
  }
  return true;
}

const Entry* Record::find(Field field) const {
  for (const Item& item : items_)
    if (const Entry* const entry = std::get_if<Entry>(&item); entry != nullptr && entry->field == field) return entry;
  return nullptr;
}

void Record::set(Field field, Value value) {
  layout = {};
  bool placed = false;
  remove_if([&](const Item& item) {
    const Entry* const entry = std::get_if<Entry>(&item);
    if (entry == nullptr || entry->field != field) return false;
    if (placed) return true;
    placed = true;
    return false;
  });
  if (!placed) {
    add(field, std::move(value));
    return;
  }
  for (Item& item : items_)
    if (Entry* const entry = std::get_if<Entry>(&item); entry != nullptr && entry->field == field) {
      entry->value = std::move(value);
      entry->raw = {};
      return;
    }
}

std::size_t Record::remove(Field field) {
  return remove_if([&](const Item& item) {
    const Entry* const entry = std::get_if<Entry>(&item);
    return entry != nullptr && entry->field == field;
  });
}

Value clone(const Value& value, Arena& arena) {
  return std::visit([&](const auto& held) { return Value(clone(held, arena)); }, value);
}

Entry clone(const Entry& entry, Arena& arena) {
  Entry copy = entry;
  copy.key = arena.copy(entry.key);
  copy.value = clone(entry.value, arena);
  copy.raw = arena.copy(entry.raw);
  copy.more = clone(entry.more, arena);
  return copy;
}

Extra clone(const Extra& extra, Arena& arena) {
  return {arena.copy(extra.origin), arena.copy(extra.key), arena.copy(extra.raw), extra.span};
}

Record clone(const Record& record, std::shared_ptr<Arena> arena) {
  Record copy(std::move(arena));
  Arena& to = copy.arena();
  copy.type = record.type;
  copy.type_as_written = to.copy(record.type_as_written);
  copy.key = to.copy(record.key);
  copy.key_raw = to.copy(record.key_raw);
  copy.suggested_key = to.copy(record.suggested_key);
  copy.origin = to.copy(record.origin);
  copy.layout = to.copy(record.layout);
  copy.before = to.copy(record.before);
  copy.after = to.copy(record.after);
  copy.span = record.span;
  copy.markers = clone(record.markers, to);
  for (const Item& item : record.items())
    std::visit([&](const auto& held) { copy.add(clone(held, to)); }, item);
  return copy;
}

bool same_content(const Value& a, const Value& b) {
  if (a.index() != b.index()) return false;
  return std::visit([&](const auto& held) { return same_content(held, *std::get_if<std::decay_t<decltype(held)>>(&b)); }, a);
}

std::uint64_t hash_content(const Value& value) {
  std::uint64_t hash = process_secret() ^ value.index();
  std::visit([&](const auto& held) { hash_content(hash, held); }, value);
  return hash;
}

}  // namespace bibmill

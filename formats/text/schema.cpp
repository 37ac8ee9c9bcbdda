// The record schema: values, items and records to and from trees, and the JSON Schema that describes them.
#include "bibmill/text/schema.h"

#include <fmt/format.h>

#include <optional>
#include <set>
#include <span>
#include <type_traits>

#include "bibmill/reflect.h"
#include "bibmill/text/edtf.h"
#include "bibmill/text/json.h"
#include "schema_rules.h"

namespace bibmill::text {

namespace {

// --------------------------------------------------------------------------------------------------------------- marks

struct MarkName {
  Mark mark;
  std::string_view name;
};

constexpr MarkName kMarks[] = {
    {Mark::Italic, "italic"},        {Mark::Bold, "bold"},      {Mark::Subscript, "sub"}, {Mark::Superscript, "sup"},
    {Mark::SmallCaps, "small-caps"}, {Mark::NoCase, "no-case"}, {Mark::Math, "math"},     {Mark::Verbatim, "verbatim"},
    {Mark::Underline, "underline"},  {Mark::Quote, "quote"},
};

std::string names_of(Marks marks) {
  std::string names;
  for (const MarkName& row : kMarks) {
    if (!marks.has(row.mark)) continue;
    if (!names.empty()) names += ' ';
    names += row.name;
  }
  return names;
}

bool read_marks(std::string_view names, Marks& marks) {
  bool known = true;
  bibmill::detail::for_each_word(names, [&](std::string_view name) {
    bool found = false;
    for (const MarkName& row : kMarks) {
      if (row.name != name) continue;
      marks = marks.with(row.mark);
      found = true;
    }
    known = known && found;
  });
  return known;
}

// -------------------------------------------------------------------------------------------------- the rules of the schema

/// Has the value nothing but its first member?
template <class T>
bool only_first_member(const T& value) {
  const T standard{};
  bool first = true;
  bool only = true;
  T::members([&](std::string_view, auto member, std::string_view) {
    if (!first && !is_default_member(value, standard, member)) only = false;
    first = false;
  });
  return only;
}

// ------------------------------------------------------------------------------------------------------------- writing

template <class T>
void write(Emitter& emitter, const T& value);

template <class T>
void write_members(Emitter& emitter, const T& value) {
  const T standard{};
  emitter.begin_map();
  T::members([&](std::string_view name, auto member, std::string_view) {
    if constexpr (!std::is_same_v<std::decay_t<decltype(value.*member)>, Span>) {
      if (is_default_member(value, standard, member)) return;
      emitter.name(name);
      write(emitter, value.*member);
    }
  });
  emitter.end_map();
}

/// A text with a language is a map, and so would be taken for the value that it stands for.
template <class T>
bool is_written_as_map(const T& value) {
  if constexpr (std::is_same_v<T, RichText>)
    return !value.language.empty();
  else
    return false;
}

template <class T>
bool first_is_map(const T& value) {
  bool first = true;
  bool is_map = false;
  T::members([&](std::string_view, auto member, std::string_view) {
    if (first) is_map = is_written_as_map(value.*member);
    first = false;
  });
  return is_map;
}

template <class T>
void write_described(Emitter& emitter, const T& value) {
  if constexpr (collapses<T>()) {
    if (only_first_member(value) && !first_is_map(value)) {
      bool first = true;
      T::members([&](std::string_view, auto member, std::string_view) {
        if (first) write(emitter, value.*member);
        first = false;
      });
      return;
    }
  }
  write_members(emitter, value);
}

std::string edtf_of(const Date& date) {
  std::string text;
  Date bare;
  bare.from = date.from;
  bare.to = date.to;
  if (bare.from.kind != DatePoint::Kind::Absent || bare.is_range()) append_edtf(text, bare);
  return text;
}

void write_date(Emitter& emitter, const Date& date) {
  const std::string edtf = edtf_of(date);
  if (date.literal.empty() && date.raw.empty()) {
    emitter.text(edtf);
    return;
  }
  emitter.begin_map();
  if (!edtf.empty()) emitter.named("date", edtf);
  if (!date.literal.empty()) emitter.named("literal", date.literal);
  if (!date.raw.empty()) emitter.named("raw", date.raw);
  emitter.end_map();
}

void write_rich_text(Emitter& emitter, const RichText& rich) {
  if (rich.plain() && rich.language.empty())
    emitter.text(rich.text());
  else
    write_described(emitter, rich);
}

template <class T>
void write(Emitter& emitter, const T& value) {
  if constexpr (std::is_same_v<T, Span>) {
    return;  // never written
  } else if constexpr (std::is_same_v<T, Str>) {
    emitter.text(value);
  } else if constexpr (std::is_same_v<T, bool>) {
    emitter.boolean(value);
  } else if constexpr (std::is_same_v<T, Marks>) {
    emitter.text(names_of(value));
  } else if constexpr (std::is_same_v<T, Date>) {
    write_date(emitter, value);
  } else if constexpr (std::is_same_v<T, RichText>) {
    write_rich_text(emitter, value);
  } else if constexpr (IsList<T>::value) {
    emitter.begin_list();
    for (const auto& element : value) write(emitter, element);
    emitter.end_list();
  } else {
    write_described(emitter, value);
  }
}

// ------------------------------------------------------------------------------------------------------------- reading

template <class T>
bool read(Arena& arena, const Node& node, T& value);

template <class T>
bool read_members(Arena& arena, const Node& node, T& value) {
  for (const Member& given : node.members) {
    bool known = false;
    bool good = true;
    T::members([&](std::string_view name, auto member, std::string_view) {
      if constexpr (!std::is_same_v<std::decay_t<decltype(value.*member)>, Span>) {
        if (name != given.key) return;
        known = true;
        good = read(arena, given.value, value.*member);
      }
    });
    if (!known || !good) return false;
  }
  return true;
}

template <class T>
bool read_described(Arena& arena, const Node& node, T& value) {
  if (node.is_map()) return read_members(arena, node, value);
  if constexpr (collapses<T>()) {
    bool first = true;
    bool good = false;
    T::members([&](std::string_view, auto member, std::string_view) {
      if (first) good = read(arena, node, value.*member);
      first = false;
    });
    return good;
  } else {
    return false;
  }
}

bool read_edtf(std::string_view text, Date& date) {
  if (text.empty()) return true;
  const std::optional<Date> read = parse_edtf(text);
  if (!read) return false;
  date.from = read->from;
  date.to = read->to;
  return true;
}

bool read_date(Arena& arena, const Node& node, Date& date) {
  if (node.is_scalar()) return read_edtf(node.text, date);
  if (!node.is_map()) return false;
  for (const Member& member : node.members) {
    if (!member.value.is_scalar()) return false;
    if (member.key == "date") {
      if (!read_edtf(member.value.text, date)) return false;
    } else if (member.key == "literal") {
      date.literal = arena.copy(member.value.text);
    } else if (member.key == "raw") {
      date.raw = arena.copy(member.value.text);
    } else {
      return false;
    }
  }
  return true;
}

template <class T>
bool read_list(Arena& arena, const Node& node, T& list) {
  if (!node.is_list()) return false;
  for (const Member& member : node.members) {
    typename T::value_type element{};
    if (!read(arena, member.value, element)) return false;
    list.push_back(arena, element);
  }
  return true;
}

template <class T>
bool read(Arena& arena, const Node& node, T& value) {
  if constexpr (std::is_same_v<T, Span>) {
    return false;  // never written
  } else if constexpr (std::is_same_v<T, Str>) {
    value = arena.copy(node.text);
    return node.is_scalar();
  } else if constexpr (std::is_same_v<T, bool>) {
    value = node.text == "true";
    return node.is_scalar() && (value || node.text == "false");
  } else if constexpr (std::is_same_v<T, Marks>) {
    return node.is_scalar() && read_marks(node.text, value);
  } else if constexpr (std::is_same_v<T, Date>) {
    return read_date(arena, node, value);
  } else if constexpr (std::is_same_v<T, RichText>) {
    if (!node.is_scalar()) return read_described(arena, node, value);
    value = RichText::of(arena, arena.copy(node.text));
    return true;
  } else if constexpr (IsList<T>::value) {
    return read_list(arena, node, value);
  } else if constexpr (Described<T>) {
    return read_described(arena, node, value);
  } else {
    static_assert(Described<T>, "a member of a type that the schema does not know");
    return false;
  }
}

}  // namespace

void emit(Emitter& emitter, const Value& value) {
  std::visit([&](const auto& held) { write(emitter, held); }, value);
}

bool read_value(Arena& arena, const Node& node, Field field, Value& value) {
  value = empty_value(field);
  return std::visit([&](auto& held) { return read(arena, node, held); }, value);
}

// ---------------------------------------------------------------------------------------------------- items and records

void emit(Emitter& emitter, const Item& item) {
  emitter.begin_map();
  if (const Entry* const entry = std::get_if<Entry>(&item)) {
    emitter.named("field", name_of(entry->field));
    if (!entry->key.empty()) emitter.named("key", entry->key);
    emitter.name("value");
    emit(emitter, entry->value);
    if (!entry->raw.empty()) emitter.named("raw", entry->raw);
    if (entry->same_as) {
      emitter.name("same");
      emitter.boolean(true);
    }
  } else {
    const Extra& extra = std::get<Extra>(item);
    emitter.member(kExtra, extra.key);
    emitter.named("origin", extra.origin);
    emitter.named("raw", extra.raw);
  }
  emitter.end_map();
}

bool read_item(Arena& arena, const Node& node, Item& item) {
  if (!node.is_map()) return false;
  if (const Node* const key = node.find(kExtra)) {
    item = Extra{arena.copy(node.text_of("origin")), arena.copy(key->text), arena.copy(node.text_of("raw")), {}};
    return true;
  }
  const std::optional<Field> field = field_named(node.text_of("field"));
  const Node* const value = node.find("value");
  if (!field || value == nullptr) return false;
  Entry entry;
  entry.field = *field;
  entry.key = arena.copy(node.text_of("key"));
  entry.raw = arena.copy(node.text_of("raw"));
  const Node* const same = node.find("same");
  entry.same_as = same != nullptr && same->is_true();
  if (!read_value(arena, *value, *field, entry.value)) return false;
  item = entry;
  return true;
}

namespace {

void emit_head_and_items(Emitter& emitter, const Record& record) {
  emitter.member("type", name_of(record.type));
  for (const TextMember& row : kHead)
    if (!(record.*row.member).empty()) emitter.member(row.name, record.*row.member);
  emitter.key("items");
  emitter.begin_list();
  for (const Item& item : record.items()) emit(emitter, item);
  emitter.end_list();
}

}  // namespace

void emit(Emitter& emitter, const Record& record) {
  emitter.begin_map();
  emit_head_and_items(emitter, record);
  for (const TextMember& row : kTail)
    if (!(record.*row.member).empty()) emitter.member(row.name, record.*row.member);
  emitter.end_map();
}

bool read_record(const Node& node, Record& record) {
  const std::optional<Type> type = type_named(node.text_of("type"));
  const Node* const items = node.find("items");
  if (!type || items == nullptr || !items->is_list()) return false;
  record.type = *type;
  for (const TextMember& row : kHead) record.*row.member = record.arena().copy(node.text_of(row.name));
  for (const TextMember& row : kTail) record.*row.member = record.arena().copy(node.text_of(row.name));
  for (const Member& member : items->members) {
    Item item;
    if (!read_item(record.arena(), member.value, item)) return false;
    record.items().push_back(record.arena(), item);
  }
  return true;
}

// --------------------------------------------------------------------------------------------------------------- dumps

std::string dump(const Value& value) {
  TextBuffer line;
  JsonEmitter emitter(line);
  emit(emitter, value);
  return std::string(line.view());
}

namespace {

void append_raw(std::string& out, Str raw) {
  if (raw.empty()) return;
  out += " raw ";
  append_json_string(out, raw);
}

std::string dump_entry(const Entry& entry) {
  std::string line(name_of(entry.field));
  if (!entry.key.empty()) line += fmt::format(" ({})", entry.key);
  line += ": ";
  line += dump(entry.value);
  append_raw(line, entry.raw);
  if (entry.same_as) line += " same";
  return line;
}

std::string dump_extra(const Extra& extra) {
  std::string line = fmt::format("extra {}", extra.origin);
  if (!extra.key.empty()) line += fmt::format(" ({})", extra.key);
  line += ": ";
  append_json_string(line, extra.raw);
  return line;
}

}  // namespace

std::string dump(const Record& record) {
  std::string text(name_of(record.type));
  if (!record.type_as_written.empty()) text += fmt::format(" ({})", record.type_as_written);
  if (!record.key.empty()) text += fmt::format(" {}", record.key);
  append_raw(text, record.key_raw);
  text += '\n';
  for (const Item& item : record.items()) {
    text += "  ";
    text += std::holds_alternative<Entry>(item) ? dump_entry(std::get<Entry>(item)) : dump_extra(std::get<Extra>(item));
    text += '\n';
  }
  return text;
}

std::uint64_t digest(const Record& record) {
  TextBuffer text;
  JsonEmitter emitter(text);
  emitter.begin_map();
  emit_head_and_items(emitter, record);
  emitter.end_map();
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text.view()) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

// --------------------------------------------------------------------------------------------------------- JSON Schema

namespace {

/// "Name" for Name: the definitions of the schema, found while walking the types.
template <class T>
struct TypeName;
#define BIBMILL_TYPE_NAME(type)                     \
  template <>                                       \
  struct TypeName<type> {                           \
    static constexpr std::string_view name = #type; \
  };
BIBMILL_TYPE_NAME(Run)
BIBMILL_TYPE_NAME(RichText)
BIBMILL_TYPE_NAME(Text)
BIBMILL_TYPE_NAME(Attribute)
BIBMILL_TYPE_NAME(Identifier)
BIBMILL_TYPE_NAME(Identifiers)
BIBMILL_TYPE_NAME(Affiliation)
BIBMILL_TYPE_NAME(Name)
BIBMILL_TYPE_NAME(Names)
BIBMILL_TYPE_NAME(Date)
BIBMILL_TYPE_NAME(PageRange)
BIBMILL_TYPE_NAME(Pages)
BIBMILL_TYPE_NAME(Keyword)
BIBMILL_TYPE_NAME(Keywords)
BIBMILL_TYPE_NAME(Term)
BIBMILL_TYPE_NAME(Terms)
BIBMILL_TYPE_NAME(Heading)
BIBMILL_TYPE_NAME(Headings)
BIBMILL_TYPE_NAME(Substance)
BIBMILL_TYPE_NAME(Substances)
BIBMILL_TYPE_NAME(Grant)
BIBMILL_TYPE_NAME(Grants)
BIBMILL_TYPE_NAME(DataBank)
BIBMILL_TYPE_NAME(DataBanks)
BIBMILL_TYPE_NAME(AbstractSection)
BIBMILL_TYPE_NAME(Abstract)
BIBMILL_TYPE_NAME(Link)
BIBMILL_TYPE_NAME(Links)
BIBMILL_TYPE_NAME(Event)
BIBMILL_TYPE_NAME(History)
BIBMILL_TYPE_NAME(OwnedNote)
#undef BIBMILL_TYPE_NAME

class SchemaWriter {
 public:
  explicit SchemaWriter(Emitter& emitter) : emitter_(emitter) {}

  template <class T>
  void define() {
    if (!defined_.insert(TypeName<T>::name).second) return;
    emitter_.key(TypeName<T>::name);
    if constexpr (std::is_same_v<T, Date>) {
      define_date();
    } else if constexpr (collapses<T>()) {
      emitter_.begin_map();
      emitter_.key("anyOf");
      emitter_.begin_list();
      first_member<T>();
      object<T>();
      emitter_.end_list();
      emitter_.end_map();
    } else {
      object<T>();
    }
    T::members([&](std::string_view, auto member, std::string_view) { define_member<std::decay_t<decltype(T{}.*member)>>(); });
  }

 private:
  template <class M>
  void define_member() {
    if constexpr (IsList<M>::value)
      define_member<typename M::value_type>();
    else if constexpr (Described<M>)
      define<M>();
  }

  template <class T>
  void first_member() {
    bool first = true;
    T::members([&](std::string_view, auto member, std::string_view) {
      if (first) {
        emitter_.begin_map();
        if constexpr (std::is_same_v<T, RichText> || std::is_same_v<std::decay_t<decltype(T{}.*member)>, RichText>) {
          emitter_.key("type");
          emitter_.begin_list();
          emitter_.text("string");
          emitter_.text("array");
          emitter_.end_list();
          emitter_.key("items");
          reference("Run");
        } else {
          type_of<std::decay_t<decltype(T{}.*member)>>();
        }
        emitter_.end_map();
      }
      first = false;
    });
  }

  template <class T>
  void object() {
    emitter_.begin_map();
    emitter_.member("type", "object");
    emitter_.key("additionalProperties");
    emitter_.boolean(false);
    emitter_.key("properties");
    emitter_.begin_map();
    T::members([&](std::string_view name, auto member, std::string_view meaning) {
      using M = std::decay_t<decltype(T{}.*member)>;
      if constexpr (!std::is_same_v<M, Span>) {
        emitter_.key(name);
        emitter_.begin_map();
        emitter_.member("description", meaning);
        type_of<M>();
        emitter_.end_map();
      }
    });
    emitter_.end_map();
    emitter_.end_map();
  }

  template <class M>
  void type_of() {
    if constexpr (IsList<M>::value) {
      emitter_.member("type", "array");
      emitter_.key("items");
      emitter_.begin_map();
      type_of<typename M::value_type>();
      emitter_.end_map();
    } else if constexpr (Described<M>) {
      emitter_.member("$ref", fmt::format("#/$defs/{}", TypeName<M>::name));
    } else {
      emitter_.member("type", std::is_same_v<M, bool> ? "boolean" : "string");
    }
  }

  void define_date() {
    emitter_.begin_map();
    emitter_.key("anyOf");
    emitter_.begin_list();
    emitter_.begin_map();
    emitter_.member("type", "string");
    emitter_.member("description", "A date or a range as EDTF level 1 (ISO 8601-2:2019)");
    emitter_.end_map();
    emitter_.begin_map();
    emitter_.member("type", "object");
    emitter_.key("additionalProperties");
    emitter_.boolean(false);
    emitter_.key("properties");
    emitter_.begin_map();
    described_string("date", "EDTF level 1");
    described_string("literal", "Words beside or in place of the date");
    described_string("raw", "As written, where that differs");
    emitter_.end_map();
    emitter_.end_map();
    emitter_.end_list();
    emitter_.end_map();
  }

 public:
  void described_string(std::string_view name, std::string_view meaning) {
    emitter_.key(name);
    emitter_.begin_map();
    emitter_.member("description", meaning);
    emitter_.member("type", "string");
    emitter_.end_map();
  }

  void reference(std::string_view name) {
    emitter_.begin_map();
    emitter_.member("$ref", fmt::format("#/$defs/{}", name));
    emitter_.end_map();
  }

 private:
  Emitter& emitter_;
  std::set<std::string_view> defined_;
};

void emit_constant(Emitter& emitter, std::string_view name, std::string_view value, std::string_view meaning) {
  emitter.key(name);
  emitter.begin_map();
  emitter.member("const", value);
  if (!meaning.empty()) emitter.member("description", meaning);
  emitter.end_map();
}

constexpr std::string_view kOfEntry[] = {"field", "value"};
constexpr std::string_view kOfExtra[] = {kExtra};
constexpr std::string_view kOfRecord[] = {"type", "items"};

void emit_required(Emitter& emitter, std::span<const std::string_view> names) {
  emitter.key("required");
  emitter.begin_list();
  for (const std::string_view name : names) emitter.text(name);
  emitter.end_list();
}

void emit_closed(Emitter& emitter) {
  emitter.key("additionalProperties");
  emitter.boolean(false);
}

/// One alternative of an item: the field's name, and a value of its type.
void emit_entry_schema(Emitter& emitter, SchemaWriter& schema, Field field) {
  emitter.begin_map();
  emitter.key("properties");
  emitter.begin_map();
  emit_constant(emitter, "field", name_of(field), info(field).meaning);
  emitter.key("value");
  schema.reference(info(field).type);
  emitter.end_map();
  emit_required(emitter, kOfEntry);
  emitter.end_map();
}

void emit_extra_schema(Emitter& emitter, SchemaWriter& schema) {
  emitter.begin_map();
  emitter.member("type", "object");
  emitter.member("description", "What no field holds, verbatim");
  emit_closed(emitter);
  emitter.key("properties");
  emitter.begin_map();
  schema.described_string(kExtra, "The key as written");
  schema.described_string("origin", "Id of the format whose syntax it is in");
  schema.described_string("raw", "The text as written");
  emitter.end_map();
  emit_required(emitter, kOfExtra);
  emitter.end_map();
}

void emit_item_schema(Emitter& emitter, SchemaWriter& schema) {
  emitter.key("Entry");
  emitter.begin_map();
  emitter.member("type", "object");
  emitter.member("description", "A value under a field");
  emit_closed(emitter);
  emitter.key("properties");
  emitter.begin_map();
  schema.described_string("field", "The field");
  emitter.key("value");
  emitter.begin_map();
  emitter.member("description", "Its value");
  emitter.end_map();
  schema.described_string("key", "The key as written");
  schema.described_string("raw", "The text as written, where the value does not give it back");
  emitter.key("same");
  emitter.begin_map();
  emitter.member("type", "boolean");
  emitter.member("description", "Repeats the value of an earlier entry of the field");
  emitter.end_map();
  emitter.end_map();
  emitter.key("oneOf");
  emitter.begin_list();
  for (std::size_t at = 0; at < kFieldCount; ++at) emit_entry_schema(emitter, schema, static_cast<Field>(at));
  emitter.end_list();
  emitter.end_map();
  emitter.key("Extra");
  emit_extra_schema(emitter, schema);
  emitter.key("Word");
  emitter.begin_map();
  emitter.member("type", "string");
  emitter.member("description", "An entry whose value the visible text has: its field, a colon, its key as written");
  emitter.end_map();
}

void emit_type_schema(Emitter& emitter) {
  emitter.key("Type");
  emitter.begin_map();
  emitter.key("enum");
  emitter.begin_list();
  for (std::size_t at = 0; at < kTypeCount; ++at) emitter.text(name_of(static_cast<Type>(at)));
  emitter.end_list();
  emitter.end_map();
}

template <std::size_t... at>
void define_values(SchemaWriter& schema, std::index_sequence<at...>) {
  (schema.define<std::variant_alternative_t<at, Value>>(), ...);
}

void emit_record_properties(Emitter& emitter, SchemaWriter& schema) {
  emitter.begin_map();
  emitter.key("type");
  schema.reference("Type");
  for (const TextMember& row : kHead) schema.described_string(row.name, row.meaning);
  emitter.key("items");
  emitter.begin_map();
  emitter.member("description", "What the record holds, in the order of the source");
  emitter.member("type", "array");
  emitter.key("items");
  emitter.begin_map();
  emitter.key("anyOf");
  emitter.begin_list();
  for (const std::string_view kind : {"Entry", "Extra", "Word"}) schema.reference(kind);
  emitter.end_list();
  emitter.end_map();
  emitter.end_map();
  for (const TextMember& row : kTail) schema.described_string(row.name, row.meaning);
  schema.described_string(kDigest, "Changes with the items, type and key: tells whether the layout still fits");
  emitter.key(kSupplied);
  emitter.begin_map();
  emitter.member("type", "object");
  emitter.member("description",
                 "What the visible form demanded and the record did not have, with the text that stands there instead");
  emitter.key("additionalProperties");
  emitter.begin_map();
  emitter.member("type", "string");
  emitter.end_map();
  emitter.end_map();
  emitter.end_map();
}

}  // namespace

void emit_record_schema(Emitter& emitter) {
  SchemaWriter schema(emitter);
  emitter.begin_map();
  emitter.member("$schema", "https://json-schema.org/draft/2020-12/schema");
  emitter.member("title", "bibmill record");
  emitter.member("description",
                 "A bibliographic record as bibmill archives and carries it. Generated by `bibmill schema record`.");
  emitter.member("type", "object");
  emit_closed(emitter);
  emitter.key("properties");
  emit_record_properties(emitter, schema);
  emit_required(emitter, kOfRecord);
  emitter.key("$defs");
  emitter.begin_map();
  emit_type_schema(emitter);
  emit_item_schema(emitter, schema);
  define_values(schema, std::make_index_sequence<std::variant_size_v<Value>>());
  emitter.end_map();
  emitter.end_map();
}

}  // namespace bibmill::text

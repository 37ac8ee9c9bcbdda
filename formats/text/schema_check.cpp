// A carried object against the record schema, member by member: the same tables that the JSON Schema is written from, and places instead of a verdict.
#include "bibmill/text/schema.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "bibmill/reflect.h"
#include "bibmill/text/unicode.h"
#include "schema_rules.h"

namespace bibmill::text {

namespace {

std::string_view what_is(const Node& node) {
  switch (node.kind) {
    case Node::Kind::Map: return "an object";
    case Node::Kind::List: return "a list";
    case Node::Kind::Text: return "a text";
    case Node::Kind::Number: return "a number";
    case Node::Kind::Boolean: return "true or false";
    case Node::Kind::Null: return "nothing";
  }
  return {};
}

class SchemaCheck {
 public:
  explicit SchemaCheck(DiagnosticSink& diagnostics) : diagnostics_(diagnostics) {}

  void record(const Node& node) {
    if (!is(node, Node::Kind::Map, "an object")) return;
    demand(node, "type", "a record");
    demand(node, "items", "a record");
    for (const Member& member : node.members) record_member(member);
  }

 private:
  void say(Span span, std::string what) { diagnostics_.warning(kSchemaRecord, span, fmt::format("the record schema does not allow this: {}", what)); }

  /// The first characters of what may be long.
  static std::string shown(std::string_view text) {
    constexpr std::size_t kMost = 40;
    return text.size() <= kMost ? std::string(text) : fmt::format("{}…", text.substr(0, code_point_begin(text, kMost)));
  }

  bool is(const Node& node, Node::Kind kind, std::string_view belongs) {
    if (node.kind == kind) return true;
    say(node.span, fmt::format("{} stands where {} belongs", what_is(node), belongs));
    return false;
  }

  void demand(const Node& node, std::string_view name, std::string_view owner) {
    if (node.find(name) == nullptr) say({node.span.begin, std::min(node.span.begin + 1, node.span.end)}, fmt::format("{} without \"{}\"", owner, name));
  }

  void unknown(const Member& member, std::string_view owner) {
    say(member.key_span.empty() ? member.value.span : member.key_span, fmt::format("{} has no member \"{}\"", owner, shown(member.key)));
  }

  void text(const Node& node) { is(node, Node::Kind::Text, "a text"); }

  void record_member(const Member& member) {
    if (member.key == "type") return type(member.value);
    if (member.key == "items") return items(member.value);
    if (member.key == kSupplied) return supplied(member.value);
    if (member.key == kDigest || is_text_member(kHead, member.key) || is_text_member(kTail, member.key)) return text(member.value);
    unknown(member, "a record");
  }

  static bool is_text_member(std::span<const TextMember> rows, std::string_view name) {
    return std::any_of(rows.begin(), rows.end(), [&](const TextMember& row) { return row.name == name; });
  }

  void type(const Node& node) {
    if (is(node, Node::Kind::Text, "a text") && !type_named(node.text)) say(node.span, fmt::format("\"{}\" is no type", shown(node.text)));
  }

  void supplied(const Node& node) {
    if (!is(node, Node::Kind::Map, "an object")) return;
    for (const Member& member : node.members) text(member.value);
  }

  void items(const Node& node) {
    if (!is(node, Node::Kind::List, "a list")) return;
    for (const Member& member : node.members) item(member.value);
  }

  void item(const Node& node) {
    if (node.is_text()) return;  // a field whose value the visible text has
    if (!is(node, Node::Kind::Map, "an item")) return;
    if (node.find(kExtra) != nullptr) return extra(node);
    demand(node, "field", "an item");
    demand(node, "value", "an item");
    std::optional<Field> field;
    for (const Member& member : node.members)
      if (member.key == "field") field = field_of(member.value);
    for (const Member& member : node.members) item_member(member, field);
  }

  std::optional<Field> field_of(const Node& node) {
    if (!is(node, Node::Kind::Text, "a text")) return {};
    const std::optional<Field> field = field_named(node.text);
    if (!field) say(node.span, fmt::format("no field is called \"{}\"", shown(node.text)));
    return field;
  }

  void item_member(const Member& member, std::optional<Field> field) {
    if (member.key == "field") return;
    if (member.key == "key" || member.key == "raw") return text(member.value);
    if (member.key == "same") {
      is(member.value, Node::Kind::Boolean, "true or false");
    } else if (member.key != "value") {
      unknown(member, "an item");
    } else if (field) {
      const Value kind = empty_value(*field);
      std::visit([&](const auto& held) { value<std::decay_t<decltype(held)>>(member.value); }, kind);
    }
  }

  void extra(const Node& node) {
    for (const Member& member : node.members) {
      if (member.key == kExtra || member.key == "origin" || member.key == "raw")
        text(member.value);
      else
        unknown(member, "an extra");
    }
  }

  // ------------------------------------------------------------------------------------------------------------- values

  template <class T>
  void value(const Node& node) {
    if constexpr (IsList<T>::value) {
      if (!is(node, Node::Kind::List, "a list")) return;
      for (const Member& member : node.members) value<typename T::value_type>(member.value);
    } else if constexpr (std::is_same_v<T, Date>) {
      date(node);
    } else if constexpr (Described<T>) {
      described<T>(node);
    } else if constexpr (std::is_same_v<T, bool>) {
      is(node, Node::Kind::Boolean, "true or false");
    } else {
      text(node);
    }
  }

  void date(const Node& node) {
    if (node.is_text()) return;
    if (!is(node, Node::Kind::Map, "a date")) return;
    for (const Member& member : node.members) {
      if (member.key == "date" || member.key == "literal" || member.key == "raw")
        text(member.value);
      else
        unknown(member, "a date");
    }
  }

  template <class T>
  void described(const Node& node) {
    if (node.is_map()) return members<T>(node);
    if constexpr (std::is_same_v<T, RichText>) {
      rich_text(node);
    } else if constexpr (collapses<T>()) {
      first_member<T>(node);
    } else {
      is(node, Node::Kind::Map, "an object");
    }
  }

  void rich_text(const Node& node) {
    if (!node.is_text()) value<decltype(RichText::runs)>(node);
  }

  template <class T>
  void first_member(const Node& node) {
    bool first = true;
    T::members([&](std::string_view, auto member, std::string_view) {
      if (first) value<std::decay_t<decltype(std::declval<T&>().*member)>>(node);
      first = false;
    });
  }

  template <class T>
  void members(const Node& node) {
    for (const Member& given : node.members) {
      bool known = false;
      T::members([&](std::string_view name, auto member, std::string_view) {
        using M = std::decay_t<decltype(std::declval<T&>().*member)>;
        if constexpr (!std::is_same_v<M, Span>) {
          if (name != given.key) return;
          known = true;
          value<M>(given.value);
        }
      });
      if (!known) unknown(given, "a value of this kind");
    }
  }

  DiagnosticSink& diagnostics_;
};

}  // namespace

void hold_against_schema(const Node& carried, DiagnosticSink& diagnostics) { SchemaCheck(diagnostics).record(carried); }

}  // namespace bibmill::text

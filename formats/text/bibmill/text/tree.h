// Trees: maps, lists and scalars, as JSON and YAML have them; how structured values leave and enter a record.
//
// An Emitter takes a tree as a series of events and writes it down (json.h, the YAML writer). A Node is a tree that was read.
#pragma once

#include <cstdint>
#include <string_view>

#include "bibmill/arena.h"
#include "bibmill/source.h"

namespace bibmill::text {

/// Writes a tree down, event by event. The caller keeps maps and lists balanced and gives each member of a map its key first.
class Emitter {
 public:
  virtual ~Emitter() = default;
  virtual void begin_map() = 0;
  virtual void end_map() = 0;
  virtual void begin_list() = 0;
  virtual void end_list() = 0;
  virtual void key(std::string_view name) = 0;
  /// A key that is a name of ours: of letters, digits, hyphens and underscores, a letter first, and no word that YAML takes for something else than text.
  virtual void name(std::string_view word) { key(word); }
  virtual void text(std::string_view value) = 0;
  /// A number's lexical form, written as it is.
  virtual void number(std::string_view literal) = 0;
  virtual void boolean(bool value) = 0;
  virtual void null() = 0;

  void member(std::string_view name, std::string_view value) {
    key(name);
    text(value);
  }
  /// The same under a name of ours.
  void named(std::string_view word, std::string_view value) {
    name(word);
    text(value);
  }
};

struct Member;

/// A tree that was read. Text and lists belong to an arena; spans count from the start of the source.
struct Node {
  enum class Kind : std::uint8_t { Null, Boolean, Number, Text, List, Map };

  Kind kind = Kind::Null;
  bool has_no_controls = false;  ///< of a scalar's text: true is certain, and saves a look
  Str text;               ///< of scalars: decoded text, a number's lexical form, "true", "false"; of null what was written
  List<Member> members;   ///< of maps and lists; in the order of the source, repeated keys included; list elements have no key
  Span span;              ///< from its first byte to behind its last
  Str raw;                ///< as written, where a reader was asked to keep it

  bool is_text() const { return kind == Kind::Text; }
  bool is_list() const { return kind == Kind::List; }
  bool is_map() const { return kind == Kind::Map; }
  bool is_scalar() const { return kind != Kind::List && kind != Kind::Map; }
  bool is_true() const { return kind == Kind::Boolean && text == "true"; }

  /// The first member of that key, or null.
  const Node* find(std::string_view key) const;
  /// The text of the first member of that key if it is a scalar, else empty.
  Str text_of(std::string_view key) const;
};

struct Member {
  Str key;
  Span key_span;
  Node value;
};

/// Writes a tree that was read.
void emit(Emitter& emitter, const Node& node);

/// The same tree: keys in order, kinds and texts; spans and raw texts do not count.
bool same_tree(const Node& a, const Node& b);

inline const Node* Node::find(std::string_view key) const {
  for (const Member& member : members)
    if (member.key == key) return &member.value;
  return nullptr;
}

inline Str Node::text_of(std::string_view key) const {
  const Node* const node = find(key);
  return node != nullptr && node->is_scalar() ? node->text : Str{};
}

}  // namespace bibmill::text

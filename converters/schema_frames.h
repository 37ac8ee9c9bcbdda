// What JSON Schemas of our files repeat: a frame with a title, typed members with a meaning, maps that know all of their keys.
#pragma once

#include <initializer_list>
#include <string_view>

#include "bibmill/text/tree.h"

namespace bibmill {

/// A schema's type and meaning, and what `emit` adds, as a map.
template <class Emit>
void emit_typed(text::Emitter& emitter, std::string_view type, std::string_view meaning, Emit&& emit) {
  emitter.begin_map();
  if (!meaning.empty()) emitter.member("description", meaning);
  emitter.member("type", type);
  emit();
  emitter.end_map();
}
inline void emit_typed(text::Emitter& emitter, std::string_view type, std::string_view meaning = {}) {
  emit_typed(emitter, type, meaning, [] {});
}

/// "properties" that `emit` writes, and no others.
template <class Emit>
void emit_properties(text::Emitter& emitter, Emit&& emit) {
  emitter.key("properties");
  emitter.begin_map();
  emit();
  emitter.end_map();
}
inline void emit_no_others(text::Emitter& emitter) {
  emitter.key("additionalProperties");
  emitter.boolean(false);
}

template <class Names>
void emit_required(text::Emitter& emitter, const Names& names) {
  emitter.key("required");
  emitter.begin_list();
  for (const std::string_view name : names) emitter.text(name);
  emitter.end_list();
}
inline void emit_required(text::Emitter& emitter, std::initializer_list<std::string_view> names) { emit_required<std::initializer_list<std::string_view>>(emitter, names); }

/// The whole: its title, and what `emit` writes.
template <class Emit>
void emit_schema(text::Emitter& emitter, std::string_view title, Emit&& emit) {
  emitter.begin_map();
  emitter.member("$schema", "https://json-schema.org/draft/2020-12/schema");
  emitter.member("title", title);
  emit();
  emitter.end_map();
}

}  // namespace bibmill

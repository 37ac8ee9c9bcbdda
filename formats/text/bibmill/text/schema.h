// The record schema: how values, items and records stand in trees. Archives (YAML), carried objects (--carry), dumps and `schema record` share it.
//
// It follows from the members that each value lists (values.h) by three rules: members with default content are left out; a value whose only content is
// its first member `text`, `value`, `list`, `runs`, `ranges` or `sections` stands as that member alone; dates are EDTF. Spans are not written.
#pragma once

#include <string>
#include <string_view>

#include "bibmill/diagnostic.h"
#include "bibmill/record.h"
#include "bibmill/text/tree.h"

namespace bibmill::text {

/// Writes a value as the schema has it.
void emit(Emitter& emitter, const Value& value);

/// Reads a value of the field's type. False, with `value` in an unknown state: the tree does not fit the schema.
bool read_value(Arena& arena, const Node& node, Field field, Value& value);

/// Writes an item: {"field": "title", "key": "TI", "value": …, "raw": …, "same": true} or {"extra": "XX", "origin": "ris", "raw": …}.
void emit(Emitter& emitter, const Item& item);

/// Reads an item; false where the tree does not fit the schema.
bool read_item(Arena& arena, const Node& node, Item& item);

/// Writes a whole record: {"type", "type-as-written", "key", "key-raw", "origin", "items", "layout", "before", "after"}.
void emit(Emitter& emitter, const Record& record);

/// Reads a whole record.
bool read_record(const Node& node, Record& record);

/// The record's JSON Schema, 2020-12 (schemas/record.schema.json).
void emit_record_schema(Emitter& emitter);

/// What a finding about a record schema's member is called.
inline constexpr std::string_view kSchemaRecord = "schema/record";
/// Says each place where a carried object is not what the record schema has.
void hold_against_schema(const Node& carried, DiagnosticSink& diagnostics);

/// One line for the record's type and key, one per item: `title (TI): "Evolving management"`; what tests expect, and people read.
std::string dump(const Record& record);
/// One value on one line, as compact JSON under the schema; a plain text as a JSON string.
std::string dump(const Value& value);

/// A number that changes with the content of the record's items, type and key: 64-bit FNV-1a over its schema form without `layout`, `before`, `after`.
std::uint64_t digest(const Record& record);

}  // namespace bibmill::text

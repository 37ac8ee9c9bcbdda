// What a report holds, as tables of members. The writer is json.cpp; a test holds each report that it makes against this.
#include "reports/report_schema.h"

#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace bibmill::cli {

namespace {

enum class Kind : std::uint8_t {
  Text,
  Number,
  Flag,
  Texts,    ///< a list of texts
  Objects,  ///< a list of objects of a kind
  Object,
};

struct Member {
  std::string_view name;
  Kind kind;
  std::string_view meaning;
  bool always = false;           ///< it is never left out
  std::string_view object = {};  ///< of objects: which kind
};

constexpr Member kReport[] = {
    {"program", Kind::Text, "The program and its version", true},
    {"to", Kind::Text, "Id of the format that was written", true},
    {"findings", Kind::Objects, "Everything that was found, lost or supplied, in the order of the records", true, "Finding"},
    {"losses", Kind::Objects, "The losses, counted by code, field and part", true, "LossCount"},
    {"supplied", Kind::Objects, "What the format demanded and records did not have, counted", true, "SupplyCount"},
    {"inputs", Kind::Objects, "What was read", true, "Input"},
    {"totals", Kind::Object, "What it came to", true, "Totals"},
};

constexpr Member kFinding[] = {
    {"code", Kind::Text, "What kind of finding it is; docs/codes.md lists the codes", true},
    {"severity", Kind::Text, "error, warning or note", true},
    {"message", Kind::Text, "What is wrong and what can be done, for people", true},
    {"source", Kind::Text, "The input, by its name"},
    {"line", Kind::Number, "Where it stood, from 1"},
    {"column", Kind::Number, "Where in the line, in code points, from 1"},
    {"record", Kind::Number, "Which record, from 1 over all inputs"},
    {"record-key", Kind::Text, "The record's key"},
    {"field", Kind::Text, "Of a loss: the field of the record; docs/fields.md lists them"},
    {"key", Kind::Text, "The key as the source has it; of a merged type, the type"},
    {"part", Kind::Text, "Of a narrowed value: what stays behind; of markup: its command"},
    {"origin", Kind::Text, "Of what no field stands for: the format that has the key"},
    {"value", Kind::Text, "What was lost, or supplied, shortened"},
    {"rows", Kind::Text, "Of a loss: the keys of the target's rows that write the field; absent where there is none"},
    {"why", Kind::Text, "Of a loss: what the target's table says"},
    {"kept-by", Kind::Texts, "Of a loss: the option, and the ids of the formats, that would keep it"},
    {"allowed", Kind::Flag, "Of a loss: true where it is known and accepted, and does not make the conversion fail"},
};

constexpr Member kLossCount[] = {
    {"code", Kind::Text, "What kind of loss it is", true},
    {"field", Kind::Text, "The field of the record"},
    {"key", Kind::Text, "The key as the source has it, the first time"},
    {"part", Kind::Text, "Of narrowed values: what stays behind; of markup: its command"},
    {"origin", Kind::Text, "Of what no field stands for: the format that has the key"},
    {"count", Kind::Number, "How many there are", true},
    {"rows", Kind::Text, "The keys of the target's rows that write the field; absent where there is none"},
    {"why", Kind::Text, "What the target's table says of the first"},
    {"kept-by", Kind::Texts, "The option, and the ids of the formats, that would keep the first"},
    {"allowed", Kind::Flag, "True where such losses are known and accepted"},
    {"first", Kind::Object, "Where the first of them stood", true, "First"},
};

constexpr Member kFirst[] = {
    {"source", Kind::Text, "The input, by its name"},
    {"line", Kind::Number, "Where it stood, from 1"},
    {"column", Kind::Number, "Where in the line, in code points, from 1"},
    {"record", Kind::Number, "Which record, from 1 over all inputs"},
    {"value", Kind::Text, "What was lost, shortened"},
};

constexpr Member kSupplyCount[] = {
    {"what", Kind::Text, "What was supplied", true},
    {"count", Kind::Number, "To how many records", true},
};

constexpr Member kInput[] = {
    {"name", Kind::Text, "The path, or <stdin>", true},
    {"format", Kind::Text, "Id of its format; absent where there was nothing to tell it by"},
    {"producer", Kind::Text, "Whose dialect of the format it is in"},
    {"encoding", Kind::Text, "How its characters are written", true},
    {"records", Kind::Number, "How many records it has", true},
};

constexpr Member kTotals[] = {
    {"read", Kind::Number, "Records read", true},
    {"left-out", Kind::Number, "Records that a step left out", true},
    {"written", Kind::Number, "Records written", true},
    {"with-losses", Kind::Number, "Records that lost something", true},
    {"errors", Kind::Number, "Errors found", true},
    {"warnings", Kind::Number, "Warnings found", true},
    {"lost", Kind::Number, "Fields lost whole, those that only the source's format knows included", true},
    {"narrowed", Kind::Number, "Parts of fields lost", true},
    {"types-merged", Kind::Number, "Types written as broader ones", true},
    {"texts-lost", Kind::Number, "Texts between records lost", true},
};

struct Object {
  std::string_view name;
  std::string_view meaning;
  std::span<const Member> members;
};

constexpr Object kObjects[] = {
    {"Finding", "One thing that was found, lost or supplied", kFinding},
    {"LossCount", "All losses of one code, field and part", kLossCount},
    {"First", "A place and what stood there", kFirst},
    {"SupplyCount", "What was supplied, and how often", kSupplyCount},
    {"Input", "One input", kInput},
    {"Totals", "Sums", kTotals},
};

std::string reference(std::string_view object) { return fmt::format("#/$defs/{}", object); }

void emit_items(text::Emitter& emitter, std::string_view name, std::string_view value) {
  emitter.member("type", "array");
  emitter.key("items");
  emitter.begin_map();
  emitter.member(name, value);
  emitter.end_map();
}

void emit_member(text::Emitter& emitter, const Member& member) {
  emitter.key(member.name);
  emitter.begin_map();
  emitter.member("description", member.meaning);
  switch (member.kind) {
    case Kind::Text: emitter.member("type", "string"); break;
    case Kind::Number: emitter.member("type", "integer"); break;
    case Kind::Flag: emitter.member("type", "boolean"); break;
    case Kind::Texts: emit_items(emitter, "type", "string"); break;
    case Kind::Objects: emit_items(emitter, "$ref", reference(member.object)); break;
    case Kind::Object: emitter.member("$ref", reference(member.object)); break;
  }
  emitter.end_map();
}

/// Members that stand in no table are not allowed.
void emit_object(text::Emitter& emitter, std::span<const Member> members) {
  emitter.member("type", "object");
  emitter.key("additionalProperties");
  emitter.boolean(false);
  emitter.key("required");
  emitter.begin_list();
  for (const Member& member : members)
    if (member.always) emitter.text(member.name);
  emitter.end_list();
  emitter.key("properties");
  emitter.begin_map();
  for (const Member& member : members) emit_member(emitter, member);
  emitter.end_map();
}

}  // namespace

void emit_report_schema(text::Emitter& emitter) {
  emitter.begin_map();
  emitter.member("$schema", "https://json-schema.org/draft/2020-12/schema");
  emitter.member("title", "bibmill report");
  emitter.member("description", "What a conversion found, lost and supplied. Members that do not apply are left out. Generated by `bibmill schema report`.");
  emit_object(emitter, kReport);
  emitter.key("$defs");
  emitter.begin_map();
  for (const Object& object : kObjects) {
    emitter.key(object.name);
    emitter.begin_map();
    emitter.member("description", object.meaning);
    emit_object(emitter, object.members);
    emitter.end_map();
  }
  emitter.end_map();
  emitter.end_map();
}

}  // namespace bibmill::cli

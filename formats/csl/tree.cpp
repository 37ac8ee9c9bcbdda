// Trees in memory, and raw texts.
#include <string>

#include "bibmill/csl/item.h"
#include "bibmill/text/json.h"

namespace bibmill::csl {

using text::Member;
using text::Node;

void TreeBuilder::open(Node::Kind kind) {
  Node node;
  node.kind = kind;
  open_.push_back({key_, node});
  key_ = {};
}

void TreeBuilder::close() {
  const Open done = open_.back();
  open_.pop_back();
  attach(done.key, done.node);
}

void TreeBuilder::scalar(Node::Kind kind, std::string_view text) {
  Node node;
  node.kind = kind;
  node.text = arena_->copy(text);
  const Str key = key_;
  key_ = {};
  attach(key, node);
}

void TreeBuilder::attach(Str key, const Node& node) {
  if (open_.empty())
    root_ = node;
  else
    open_.back().node.members.push_back(*arena_, Member{key, {}, node});
}

namespace {

/// Can the word stand in a raw text without quotes, and be told from its neighbours again?
bool can_stand_bare(std::string_view word) {
  constexpr std::string_view kSigns = "+-._~";
  for (const char c : word)
    if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || kSigns.find(c) != kSigns.npos))
      return false;
  return !word.empty();
}

void append_raw(std::string& out, const Node& node) {
  const auto open_and_close = [&](char open, char close) {
    out += open;
    bool first = true;
    for (const Member& member : node.members) {
      if (!first) out += ',';
      first = false;
      if (node.is_map()) {
        text::append_json_string(out, member.key);
        out += ':';
      }
      append_raw(out, member.value);
    }
    out += close;
  };
  switch (node.kind) {
    case Node::Kind::Map: open_and_close('{', '}'); return;
    case Node::Kind::List: open_and_close('[', ']'); return;
    case Node::Kind::Text: text::append_json_string(out, node.text); return;
    case Node::Kind::Boolean:
    case Node::Kind::Number:
    case Node::Kind::Null:
      if (node.kind == Node::Kind::Null && node.text.empty())
        out += "\"\"";  // YAML's way to give nothing; JSON's null has its word
      else if (can_stand_bare(node.text))
        out += node.text;
      else
        text::append_json_string(out, node.text);
      return;
  }
}

/// Gives the parsed raw text on; words that JSON does not know go out as they stand.
void emit_parsed(text::Emitter& emitter, const Node& node) {
  switch (node.kind) {
    case Node::Kind::Map:
      emitter.begin_map();
      for (const Member& member : node.members) {
        emitter.key(member.key);
        emit_parsed(emitter, member.value);
      }
      emitter.end_map();
      return;
    case Node::Kind::List:
      emitter.begin_list();
      for (const Member& member : node.members) emit_parsed(emitter, member.value);
      emitter.end_list();
      return;
    case Node::Kind::Text:
      if (node.raw.starts_with('"'))
        emitter.text(node.text);
      else
        emitter.number(node.text);
      return;
    default: text::emit(emitter, node);
  }
}

}  // namespace

Str raw_of(Arena& arena, const Node& node) {
  if (!node.raw.empty()) return node.raw;
  std::string raw;
  append_raw(raw, node);
  return arena.copy(raw);
}

void emit_raw(text::Emitter& emitter, std::string_view raw) {
  Arena arena;
  DiagnosticList ignored;  // the text is our own
  emit_parsed(emitter, text::parse_json(arena, raw, 0, {.max_depth = 1024, .keep_raw = true}, ignored));
}

}  // namespace bibmill::csl

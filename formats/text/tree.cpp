// Writing a tree that was read, and comparing two.
#include "bibmill/text/tree.h"

namespace bibmill::text {

void emit(Emitter& emitter, const Node& node) {
  switch (node.kind) {
    case Node::Kind::Null: emitter.null(); return;
    case Node::Kind::Boolean: emitter.boolean(node.text == "true"); return;
    case Node::Kind::Number: emitter.number(node.text); return;
    case Node::Kind::Text: emitter.text(node.text); return;
    case Node::Kind::List:
      emitter.begin_list();
      for (const Member& member : node.members) emit(emitter, member.value);
      emitter.end_list();
      return;
    case Node::Kind::Map:
      emitter.begin_map();
      for (const Member& member : node.members) {
        emitter.key(member.key);
        emit(emitter, member.value);
      }
      emitter.end_map();
      return;
  }
}

bool same_tree(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.text != b.text || a.members.size() != b.members.size()) return false;
  for (std::size_t at = 0; at < a.members.size(); ++at)
    if (a.members[at].key != b.members[at].key || !same_tree(a.members[at].value, b.members[at].value)) return false;
  return true;
}

}  // namespace bibmill::text

// Holding events against a tree.
#include "shape.h"

#include <utility>

namespace bibmill::csl {

using text::Node;

namespace {

constexpr std::size_t kMostMembers = 64;  // of a map: each member is looked for among all

}  // namespace

const Node* ShapeCheck::take() {
  if (same_ && !open_.empty() && open_.back().node->is_list()) {
    Open& list = open_.back();
    next_ = list.members < list.node->members.size() ? &list.node->members[list.members++].value : nullptr;
  }
  const Node* const node = std::exchange(next_, nullptr);
  same_ = same_ && node != nullptr;
  return node;
}

void ShapeCheck::begin(Node::Kind kind) {
  const Node* const node = take();
  same_ = same_ && node->kind == kind && (kind == Node::Kind::List || node->members.size() <= kMostMembers);
  if (same_) open_.push_back({node});
}

void ShapeCheck::end() {
  if (!same_) return;
  same_ = open_.back().members == open_.back().node->members.size();
  open_.pop_back();
}

void ShapeCheck::key(std::string_view name) {
  if (!same_) return;
  next_ = open_.back().node->find(name);
  ++open_.back().members;
}

void ShapeCheck::scalar(Node::Kind kind, std::string_view text) {
  const Node* const node = take();
  same_ = same_ && node->is_scalar() && node->text == text && (words_are_text_ || node->kind == kind);
}

}  // namespace bibmill::csl

// Holding events against a tree.
#include "shape.h"

#include <algorithm>
#include <utility>

#include "bibmill/text/pages.h"
#include "bibmill/text/unicode.h"

namespace bibmill::csl {

using text::Node;

namespace {

constexpr std::size_t kMostMembers = 64;  // of a map: each member is looked for among all

bool is_text(const RichText& rich, Str text) { return rich.plain() && rich.text() == text; }

/// [{"family": "Doe", "given": "Jane"}, …]: all that the names have, since they were read from it.
bool stands_for_itself(const Names& names, const Node& node) {
  const auto is_part = [](const text::Member& member, std::string_view key, Str part) {
    return member.key == key && member.value.is_text() && !part.empty() && member.value.text == part;
  };
  if (!node.is_list() || !names.complete || names.list.size() != node.members.size()) return false;
  for (std::size_t at = 0; at < names.list.size(); ++at) {
    const Node& parts = node.members[at].value;
    const Name& name = names.list[at];
    if (!parts.is_map() || parts.members.size() != 2 || !is_part(parts.members[0], "family", name.family) ||
        !is_part(parts.members[1], "given", name.given))
      return false;
  }
  return true;
}

/// {"date-parts": [[2001, 5, 7]]}, each a number as it is written.
bool stands_for_itself(const Date& date, const Node& node) {
  const auto is_number = [](const text::Member& member) {
    const Node& part = member.value;
    return part.kind == Node::Kind::Number && part.text.front() != '0' && std::all_of(part.text.begin(), part.text.end(), text::is_ascii_digit);
  };
  if (!node.is_map() || node.members.size() != 1 || node.members[0].key != "date-parts" || !date.from.known() || date.from.season != 0) return false;
  const Node& points = node.members[0].value;
  if (!points.is_list() || points.members.size() != 1 || !points.members[0].value.is_list()) return false;
  const List<text::Member>& parts = points.members[0].value.members;
  const std::size_t understood = date.from.day != 0 ? 3 : date.from.month != 0 ? 2 : 1;
  return parts.size() == understood && std::all_of(parts.begin(), parts.end(), is_number);
}

/// "1194-1205"
bool stands_for_itself(const Pages& pages, Str text) {
  if (!text::is_of_numbers(pages)) return false;
  const PageRange& range = pages.ranges[0];
  if (range.last.empty()) return text == range.first;
  return text.size() == range.first.size() + 1 + range.last.size() && text.starts_with(range.first) && text[range.first.size()] == '-' &&
         text.ends_with(range.last);
}

/// "a, b", or "a; b, c".
bool stands_for_itself(const Keywords& keywords, Str text) {
  if (text.find('<') != Str::npos) return false;
  const bool by_semicolon = text.find(';') != Str::npos;
  if (by_semicolon && text.find(',') == Str::npos) return false;
  const std::string_view divider = by_semicolon ? "; " : ", ";
  bool first = true;
  for (const Keyword& keyword : keywords.list) {
    if (!first && !text.starts_with(divider)) return false;
    if (!first) text.remove_prefix(divider.size());
    first = false;
    if (!keyword.text.plain() || !text.starts_with(keyword.text.text())) return false;
    text.remove_prefix(keyword.text.text().size());
  }
  return text.empty();
}

}  // namespace

bool stands_for_itself(const Value& value, Codec codec, const Node& node) {
  if (const Names* const names = std::get_if<Names>(&value)) return stands_for_itself(*names, node);
  if (const Date* const date = std::get_if<Date>(&value)) return stands_for_itself(*date, node);
  if (!node.is_text()) return false;
  switch (codec) {
    case Codec::Language: return false;
    case Codec::Doi:
    case Codec::Identifier:
    case Codec::Issn:
    case Codec::Isbn: {
      const List<Identifier>& list = std::get<Identifiers>(value).list;
      return list.size() == 1 && list[0].value == node.text;
    }
    case Codec::Abstract: {
      const List<AbstractSection>& sections = std::get<Abstract>(value).sections;
      return sections.size() == 1 && is_text(sections[0].text, node.text) && node.text.find('<') == Str::npos;
    }
    case Codec::Keywords: return stands_for_itself(std::get<Keywords>(value), node.text);
    case Codec::Pages: return stands_for_itself(std::get<Pages>(value), node.text);
    default: break;
  }
  if (const Text* const text = std::get_if<Text>(&value)) return text->value == node.text;
  if (const RichText* const rich = std::get_if<RichText>(&value)) return is_text(*rich, node.text);
  return false;
}

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

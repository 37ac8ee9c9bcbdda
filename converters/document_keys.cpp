// Keys and choices of files of settings.
#include "document_keys.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "bibmill/nearest.h"

namespace bibmill {

std::string_view kind_of(const text::Node& node) {
  if (node.is_map()) return "a map";
  if (node.is_list()) return "a list";
  return node.kind == text::Node::Kind::Null ? "nothing" : "a word";
}

void refuse_key(const Document& document, const text::Member& member, std::string_view what, std::span<const std::string_view> names) {
  const std::string meant = suggestion(member.key, names);
  document.fail(member.key_span, fmt::format("{} has no {}{}", what, member.key, meant.empty() ? fmt::format("; it has {}", fmt::join(names, ", ")) : meant));
}

bool is_choice(std::string_view choices, std::string_view word) {
  while (!choices.empty()) {
    const std::size_t end = std::min(choices.find('|'), choices.size());
    if (choices.substr(0, end) == word) return true;
    choices.remove_prefix(std::min(end + 1, choices.size()));
  }
  return false;
}

void emit_choices(text::Emitter& emitter, std::string_view choices) {
  emitter.key("enum");
  emitter.begin_list();
  while (!choices.empty()) {
    const std::size_t end = std::min(choices.find('|'), choices.size());
    emitter.text(choices.substr(0, end));
    choices.remove_prefix(std::min(end + 1, choices.size()));
  }
  emitter.end_list();
}

}  // namespace bibmill

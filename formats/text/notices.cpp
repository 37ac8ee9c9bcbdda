// Retractions and expressions of concern in words.
#include "bibmill/text/notices.h"

#include <algorithm>

namespace bibmill::text {

namespace {

/// A link to a notice, by NLM's RefType, and what it says of the work. The first row that a work has is the gravest.
struct Kind {
  std::string_view link;
  std::string_view words;
  std::string_view state;
};
constexpr Kind kKinds[] = {
    {"RetractionIn", "Retracted", "retracted"},
    {"RetractedandRepublishedIn", "Retracted and republished", "retracted and republished"},
    {"PartialRetractionIn", "Retracted in part", "retracted in part"},
    {"ExpressionOfConcernIn", "Expression of concern", "expression of concern"},
};

/// NLM's publication type of what was retracted; the notice itself is a "Retraction of Publication" (since 2025 "Retraction Notice").
constexpr std::string_view kRetractedWork = "Retracted Publication";
constexpr const Kind& kRetracted = kKinds[0];

const Kind* kind_of(const Link& link) {
  const Kind* const found = std::find_if(std::begin(kKinds), std::end(kKinds), [&](const Kind& kind) { return kind.link == link.type; });
  return found == std::end(kKinds) ? nullptr : found;
}

/// Does a link say of the record that it, or a part of it, was retracted?
bool is_retracted_by_link(const Record& record) {
  bool found = false;
  for_each_entry(record, [&](const Entry& entry) {
    if (const Links* const links = std::get_if<Links>(&entry.value); links != nullptr && entry.field == Field::CommentsCorrections)
      for (const Link& link : links->list)
        if (const Kind* const kind = kind_of(link); kind != nullptr) found = found || kind->state.starts_with(kRetracted.state);
  });
  return found;
}

bool is_retracted_by_type(const Entry& entry, const Record& record) {
  const Terms* const terms = entry.field == Field::PublicationType ? std::get_if<Terms>(&entry.value) : nullptr;
  return terms != nullptr && std::any_of(terms->list.begin(), terms->list.end(), [](const Term& term) { return term.text == kRetractedWork; }) &&
         !is_retracted_by_link(record);
}

const Links* links_of(const Entry& entry) { return entry.field == Field::CommentsCorrections ? std::get_if<Links>(&entry.value) : nullptr; }

}  // namespace

std::string notice_of(const Entry& entry, const Record& record) {
  if (is_retracted_by_type(entry, record)) return std::string(kRetracted.words);
  const Links* const links = links_of(entry);
  std::string notice;
  if (links == nullptr) return notice;
  for (const Link& link : links->list) {
    const Kind* const kind = kind_of(link);
    if (kind == nullptr) continue;
    if (!notice.empty()) notice += notice.ends_with('.') ? " " : ". ";
    notice += kind->words;
    if (!link.source.empty()) notice.append(" in: ").append(link.source);
  }
  return notice;
}

std::string_view state_of(const Entry& entry, const Record& record) {
  if (is_retracted_by_type(entry, record)) return kRetracted.state;
  const Links* const links = links_of(entry);
  const Kind* gravest = nullptr;
  if (links != nullptr)
    for (const Link& link : links->list)
      if (const Kind* const kind = kind_of(link); kind != nullptr && (gravest == nullptr || kind < gravest)) gravest = kind;
  return gravest == nullptr ? std::string_view{} : gravest->state;
}

}  // namespace bibmill::text

// Retractions and expressions of concern in words.
#include "bibmill/text/notices.h"

#include <algorithm>

namespace bibmill::text {

namespace {

/// A link to a notice, by NLM's RefType, and what it says of the work. The first row that a work has is the gravest.
struct Notice {
  std::string_view link;
  std::string_view words;
  std::string_view state;
};
constexpr Notice kNotices[] = {
    {"RetractionIn", "Retracted", "retracted"},
    {"RetractedandRepublishedIn", "Retracted and republished", "retracted and republished"},
    {"PartialRetractionIn", "Retracted in part", "retracted in part"},
    {"ExpressionOfConcernIn", "Expression of concern", "expression of concern"},
};

/// NLM's publication type of what was retracted; the notice itself is a "Retraction of Publication" (since 2025 "Retraction Notice").
constexpr std::string_view kRetractedWork = "Retracted Publication";
constexpr const Notice& kRetracted = kNotices[0];

const Notice* notice_of(const Link& link) {
  const Notice* const found = std::find_if(std::begin(kNotices), std::end(kNotices), [&](const Notice& notice) { return notice.link == link.type; });
  return found == std::end(kNotices) ? nullptr : found;
}

/// Does a link say of the record that it, or a part of it, was retracted?
bool is_retracted_by_link(const Record& record) {
  bool found = false;
  for_each_entry(record, [&](const Entry& entry) {
    if (const Links* const links = std::get_if<Links>(&entry.value); links != nullptr && entry.field == Field::CommentsCorrections)
      for (const Link& link : links->list)
        if (const Notice* const notice = notice_of(link); notice != nullptr) found = found || notice->state.starts_with(kRetracted.state);
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
  std::string words;
  if (links == nullptr) return words;
  for (const Link& link : links->list) {
    const Notice* const notice = notice_of(link);
    if (notice == nullptr) continue;
    if (!words.empty()) words += words.ends_with('.') ? " " : ". ";
    words += notice->words;
    if (!link.source.empty()) words.append(" in: ").append(link.source);
  }
  return words;
}

std::string_view state_of(const Entry& entry, const Record& record) {
  if (is_retracted_by_type(entry, record)) return kRetracted.state;
  const Links* const links = links_of(entry);
  const Notice* gravest = nullptr;
  if (links != nullptr)
    for (const Link& link : links->list)
      if (const Notice* const notice = notice_of(link); notice != nullptr && (gravest == nullptr || notice < gravest)) gravest = notice;
  return gravest == nullptr ? std::string_view{} : gravest->state;
}

}  // namespace bibmill::text

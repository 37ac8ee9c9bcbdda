// Folding a record into a few words that can be compared.
#include "facts.h"

#include <algorithm>

#include "bibmill/text/identifiers.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "journal_names.h"
#include "words.h"

namespace bibmill {

namespace {

/// The first identifier of the field that is the record's own.
std::string identifier(const Record& record, Field field) {
  std::string value;
  for_each_entry(record, [&](const Entry& entry) {
    const auto* const list = std::get_if<Identifiers>(&entry.value);
    if (entry.field == field && list != nullptr && value.empty() && is_own(entry) && !list->list.empty()) value = text::ascii_lowered(list->list.front().value);
  });
  return value;
}

std::string arxiv_of(const Record& record) {
  std::string id;
  for_each_entry(record, [&](const Entry& entry) {
    const auto* const list = std::get_if<Identifiers>(&entry.value);
    if (list == nullptr || entry.field != Field::Identifier) return;
    for (const Identifier& one : list->list)
      if (one.scheme == "arxiv" && id.empty()) id = text::ascii_lowered(one.value);
  });
  return id;
}

/// Of a text long enough to be one work's alone.
std::uint64_t digest_of(const Abstract* abstract) {
  constexpr std::size_t kTelling = 160;  // letters
  if (abstract == nullptr) return 0;
  rules::FoldedDigest digest;
  for (const AbstractSection& section : abstract->sections) digest.add(text::plain_text(section.text));
  return digest.size() < kTelling ? 0 : std::max<std::uint64_t>(digest.value(), 1);
}

void note_related(Facts& facts, const Record& record) {
  for_each_entry(record, [&](const Entry& entry) {
    const auto* const text = std::get_if<Text>(&entry.value);
    if (text == nullptr || entry.field != Field::Related) return;
    for (std::string_view rest = text->value; !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      if (const std::string_view key = text::trim(rest.substr(0, comma)); !key.empty()) facts.related.emplace_back(key);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  });
}

}  // namespace

Facts facts_of(const CheckedRecord& checked) {
  Facts facts = facts_of(checked.record());
  facts.format = &checked.format();
  return facts;
}

Facts facts_of(const Record& record) {
  Facts facts;
  facts.key = record.key;
  facts.type = record.type;
  facts.doi = identifier(record, Field::Doi);
  facts.pmid = identifier(record, Field::Pmid);
  facts.pmcid = identifier(record, Field::Pmcid);
  facts.arxiv = arxiv_of(record);
  facts.nlm_id = identifier(record, Field::NlmId);
  if (const Identifiers* const issns = record.get<Field::Issn>())
    for (const Identifier& issn : issns->list) facts.issns.push_back(text::ascii_lowered(issn.value));
  if (const RichText* const title = record.get<Field::Title>()) facts.title = rules::folded(text::plain_text(*title));
  if (const RichText* const container = record.get<Field::ContainerTitle>()) {
    facts.container_as_written = text::plain_text(*container);
    facts.container = rules::folded(facts.container_as_written);
  }
  for (const Names* const names : {record.get<Field::Author>(), record.get<Field::Editor>()})
    if (names != nullptr && !names->list.empty() && facts.author.empty()) {
      const Name& first = names->list.front();
      facts.author = rules::folded(first.is_body() ? first.literal : first.family);
    }
  if (const Date* const date = record.get<Field::Issued>(); date != nullptr && date->from.known()) facts.year = date->from.year;
  facts.containers = container_names(record);
  facts.marks = WorkMarks(record, facts.containers);
  facts.abstract = digest_of(record.get<Field::Abstract>());
  facts.preprint = facts.marks.preprint;
  note_related(facts, record);
  for_each_entry(record, [&](const Entry& entry) { facts.fields.set(static_cast<std::size_t>(entry.field)); });
  return facts;
}

}  // namespace bibmill

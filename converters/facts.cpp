// Folding a record into a few words that can be compared.
#include "facts.h"

#include <algorithm>
#include <array>

#include "bibmill/text/identifiers.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
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

std::string place_in_print(const Record& record) {
  std::string place;
  if (const Text* const volume = record.get<Field::Volume>()) place += volume->value;
  if (const Pages* const pages = record.get<Field::Page>(); pages != nullptr && !pages->ranges.empty()) place += " " + std::string(pages->ranges.front().first);
  if (const Text* const article = record.get<Field::ArticleNumber>()) place += " " + std::string(article->value);
  return place;
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

constexpr std::array<std::string_view, 8> kPreprintPrefixes = {"10.1101/", "10.48550/", "10.21203/", "10.20944/", "10.31234/", "10.2139/", "10.26434/", "10.36227/"};
constexpr std::array<std::string_view, 9> kPreprintServers = {"arxiv", "biorxiv", "medrxiv", "chemrxiv", "ssrn", "research square", "preprints", "psyarxiv", "osf preprints"};

bool is_preprint(const Record& record, const Facts& facts) {
  if (record.type == Type::Article && !facts.arxiv.empty()) return true;
  for (const std::string_view server : kPreprintServers)
    if (facts.container == server || facts.container.starts_with(std::string(server) + " ")) return true;
  bool says = false;
  for_each_entry(record, [&](const Entry& entry) {
    if (const auto* const terms = std::get_if<Terms>(&entry.value); terms != nullptr && entry.field == Field::PublicationType)
      for (const Term& term : terms->list) says = says || term.text == "Preprint";
  });
  if (says) return true;
  // A container says that it came out elsewhere, whatever its DOI.
  return facts.container.empty() &&
         std::any_of(kPreprintPrefixes.begin(), kPreprintPrefixes.end(), [&](std::string_view prefix) { return facts.doi.starts_with(prefix); });
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
  facts.place = place_in_print(record);
  facts.abstract = digest_of(record.get<Field::Abstract>());
  facts.preprint = is_preprint(record, facts);
  note_related(facts, record);
  for_each_entry(record, [&](const Entry& entry) { facts.fields.set(static_cast<std::size_t>(entry.field)); });
  return facts;
}

}  // namespace bibmill

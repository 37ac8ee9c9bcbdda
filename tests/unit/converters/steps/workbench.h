// What the tests of steps share: small records, and what a step makes of them and says.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "bibmill/step.h"
#include "bibmill/text/dates.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/names.h"
#include "bibmill/text/pages.h"

namespace bibmill::workbench {

/// "title=…", "author=Family, Given; …", "issued=2019", "DOI=…", "page=1-2": entries in the words that people use; "key=" and "type=" are the record's own.
inline Record record_of(std::initializer_list<std::string_view> entries) {
  Record record(std::make_shared<Arena>());
  Arena& arena = record.arena();
  record.type = Type::ArticleJournal;
  record.origin = "ris";
  record.layout = "as it stood";
  for (const std::string_view entry : entries) {
    const std::string_view name = entry.substr(0, entry.find('='));
    const Str text = arena.copy(entry.substr(name.size() + 1));
    if (name == "key") {
      record.key = text;
    } else if (name == "type") {
      record.type = type_named(text).value();
    } else if (name == "origin") {
      record.origin = text;
    } else if (name.starts_with("+")) {
      record.add(Extra{record.origin, arena.copy(name.substr(1)), text, {}});
    } else {
      const Field field = field_named(name).value();
      Value value = empty_value(field);
      if (auto* const plain = std::get_if<Text>(&value)) plain->value = text;
      if (auto* const rich = std::get_if<RichText>(&value)) *rich = RichText::of(arena, text);
      if (auto* const date = std::get_if<Date>(&value)) *date = text::parse_medline_date(arena, text);
      if (auto* const pages = std::get_if<Pages>(&value)) *pages = text::parse_pages(arena, text);
      if (auto* const names = std::get_if<Names>(&value)) {
        for (std::string_view rest = text; !rest.empty();) {
          const std::size_t end = std::min(rest.find("; "), rest.size());
          names->list.push_back(arena, text::parse_inverted_name(arena, rest.substr(0, end), text::kRisName));
          rest.remove_prefix(std::min(end + 2, rest.size()));
        }
      }
      if (auto* const identifiers = std::get_if<Identifiers>(&value)) identifiers->list.push_back(arena, Identifier{arena.copy(field == Field::Identifier ? "arxiv" : std::string(name) == "DOI" ? "doi" : std::string(name) == "PMID" ? "pmid" : std::string(name) == "ISBN" ? "isbn" : "pmcid"), text, {}, {}, true, {}, {}});
      record.add(field, std::move(value));
    }
  }
  return record;
}

/// What a step that sees all records says, as lines.
class Said final : public StepReport {
 public:
  void about(const GatheredRecord&, Diagnostic diagnostic) override { lines.push_back(fmt::format("{}: {}", diagnostic.code, diagnostic.message)); }
  Place place_of(const GatheredRecord& record) const override { return {"refs", {record.number, 1}}; }
  bool has_inherited(const GatheredRecord&) const override { return inherited; }
  void elsewhere(const Place& place, const Diagnostic& diagnostic) override {
    const std::string_view name = place.source.substr(place.source.rfind('/') + 1);
    lines.push_back(fmt::format("{}:{}:{}: {}: {}", name, place.position.line, place.position.column, diagnostic.code, diagnostic.message));
  }
  void trailing(const Extra& text) override { lines.push_back(fmt::format("trailing: {}", text.raw)); }
  void file(std::string path, std::string content) override { lines.push_back(fmt::format("{}: {}", path, content)); }

  std::vector<std::string> lines;
  bool inherited = false;
};

struct Answer {
  std::vector<GatheredRecord> records;
  std::vector<std::string> said;

  std::vector<std::string> keys() const {
    std::vector<std::string> all;
    for (const GatheredRecord& record : records) all.emplace_back(record.name());
    return all;
  }
};

inline std::vector<GatheredRecord> gathered(std::vector<Record> records) {
  std::vector<GatheredRecord> all;
  for (Record& record : records) all.push_back({std::move(record), {}, all.size() + 1, 0, {}, {}, {}});
  return all;
}

inline Answer arrange(std::string_view spec, std::vector<GatheredRecord> records) {
  const AnyStep any = make_step(spec);
  const auto& step = std::get<std::unique_ptr<const WholeStep>>(any);
  step->begin({});
  Said said;
  DiagnosticList list;
  std::erase_if(records, [&](const GatheredRecord& record) { return step->admit(record.record, list) == Verdict::Drop; });
  step->arrange(records, said);
  return {std::move(records), said.lines};
}

inline Answer arrange(std::string_view spec, std::vector<Record> records) { return arrange(spec, gathered(std::move(records))); }

/// Applies a step that looks at one record; what it said.
inline std::vector<std::string> apply(std::string_view spec, Record& record) {
  const AnyStep any = make_step(spec);
  const auto& step = std::get<std::unique_ptr<const Step>>(any);
  step->begin({});
  DiagnosticList list;
  step->record(record, list);
  std::vector<std::string> said;
  for (const Diagnostic& diagnostic : list.list) said.push_back(diagnostic.message);
  return said;
}

}  // namespace bibmill::workbench

// One list of sections, shown in three ways.
#include "reports/stats.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bibmill/record.h"
#include "bibmill/text/json.h"
#include "bibmill/text/unicode.h"
#include "reports/findings.h"
#include "reports/json_counts.h"
#include "reports/page.h"
#include "reports/text.h"

namespace bibmill::cli {

namespace {

using Count = NameCounts::Count;

constexpr std::string_view kYears = "years";

/// A list of names with how many records have each.
struct Section {
  std::string_view member;  ///< in JSON
  std::string_view title;
  std::string_view name;  ///< of the first column, and of its member in JSON
  std::vector<Count> counts;
  std::size_t names = 0;  ///< that there are, of which `counts` may show the first
  std::string without;    ///< who is in none of them, in words; empty where there is none
};

std::string without(std::uint64_t records, std::string_view what) { return records == 0 ? std::string() : fmt::format("{} without {}", counted(records, "record"), what); }

Section section(std::string_view member, std::string_view title, std::string_view name, const NameCounts& counts, std::size_t most, std::string rest = {}) {
  return {member, title, name, counts.top(most), counts.size(), std::move(rest)};
}

std::vector<Count> formats_of(const Statistics& statistics) {
  NameCounts formats;
  for (const CountedInput& input : statistics.inputs)
    if (input.format != nullptr) formats.add(std::string(input.format->id), input.records);
  return formats.top();
}

NameCounts producers_of(const Statistics& statistics) {
  NameCounts producers;
  for (const CountedInput& input : statistics.inputs)
    if (!input.producer.empty()) producers.add(input.producer, input.records);
  return producers;
}

/// In the order of the list of fields, those that no record has left out.
std::vector<Count> fields_of(const Statistics& statistics) {
  std::vector<Count> fields;
  for (std::size_t field = 0; field < kFieldCount; ++field)
    if (statistics.with_field[field] > 0) fields.push_back({std::string(name_of(static_cast<Field>(field))), statistics.with_field[field]});
  std::stable_sort(fields.begin(), fields.end(), [](const Count& a, const Count& b) { return a.records > b.records; });
  return fields;
}

std::vector<Count> years_of(const Statistics& statistics) {
  std::vector<Count> years;
  for (const auto& [year, records] : statistics.years) years.push_back({fmt::format("{}", year), records});
  return years;
}

std::vector<Section> sections_of(const Statistics& statistics, std::size_t most) {
  std::vector<Section> all;
  std::vector<Count> formats = formats_of(statistics);
  all.push_back({"formats", "Formats", "format", std::move(formats), 0, {}});
  all.push_back(section("producers", "Producers", "producer", producers_of(statistics), SIZE_MAX));
  all.push_back(section("types", "Types", "type", statistics.types, SIZE_MAX));
  all.push_back({kYears, "Years", "year", years_of(statistics), 0, without(statistics.without_year, "a year")});
  all.push_back(section("languages", "Languages", "language", statistics.languages, most));
  all.push_back({"fields", "Completeness", "field", fields_of(statistics), 0, {}});
  all.push_back(section("identifiers", "Identifiers", "scheme", statistics.identifiers, most, without(statistics.without_identifier, "an identifier of the work")));
  all.push_back(section("containers", "Journals and other containers", "title", statistics.containers, most));
  all.push_back(section("unmapped", "Keys that only their format knows", "key", statistics.unmapped, most));
  return all;
}

std::string percent(std::uint64_t part, std::uint64_t whole) { return fmt::format("{:.1f}", whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole)); }

std::string more(const Section& section) { return section.names > section.counts.size() ? fmt::format("{} more", section.names - section.counts.size()) : std::string(); }

std::vector<std::string> remarks_of(const Statistics& statistics) {
  std::vector<std::string> remarks;
  if (statistics.repeated_keys > 0) remarks.push_back(fmt::format("{} whose key an earlier one has", counted(statistics.repeated_keys, "record")));
  if (statistics.without_key > 0) remarks.push_back(fmt::format("{} without a key", counted(statistics.without_key, "record")));
  if (statistics.errors > 0) remarks.push_back(fmt::format("{} in reading; 'bibmill check' tells them", counted(statistics.errors, "error")));
  return remarks;
}

std::size_t columns_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

std::string stats_as_text(const Statistics& statistics, std::size_t most) {
  constexpr std::size_t kNameColumns = 40;
  constexpr std::uint64_t kBarColumns = 20;
  std::string text = fmt::format("{} in {}\n", counted(statistics.records, "record"), counted(statistics.inputs.size(), "input"));
  for (const std::string& remark : remarks_of(statistics)) text += fmt::format("{}\n", remark);
  for (const Section& section : sections_of(statistics, most)) {
    if (section.counts.empty() && section.without.empty()) continue;
    text += fmt::format("\n{}\n", section.title);
    std::size_t width = 0;
    for (const Count& count : section.counts) width = std::max(width, std::min(columns_of(count.name), kNameColumns));
    for (const Count& count : section.counts) {
      const std::size_t columns = columns_of(count.name);
      std::string line = fmt::format("  {}{} {:>8} {:>6}%", count.name, std::string(columns < width ? width - columns : 0, ' '), count.records, percent(count.records, statistics.records));
      const std::uint64_t bar = statistics.records == 0 ? 0 : count.records * kBarColumns / statistics.records;
      if (bar > 0) line += fmt::format("  {}", std::string(static_cast<std::size_t>(bar), '#'));
      text += line + "\n";
    }
    if (const std::string rest = more(section); !rest.empty()) text += fmt::format("  … {}\n", rest);
    if (!section.without.empty()) text += fmt::format("  {}\n", section.without);
  }
  return text;
}

std::string stats_as_json(const Statistics& statistics, std::size_t most) {
  TextBuffer json;
  text::JsonEmitter emitter(json, 2);
  emitter.begin_map();
  emitter.member("program", "bibmill " BIBMILL_VERSION);
  emit_count(emitter, "records", statistics.records);
  emit_count(emitter, "errors", statistics.errors);
  emit_count(emitter, "without-key", statistics.without_key);
  emit_count(emitter, "repeated-keys", statistics.repeated_keys);
  emit_count(emitter, "without-year", statistics.without_year);
  emit_count(emitter, "without-identifier", statistics.without_identifier);
  emitter.key("inputs");
  emitter.begin_list();
  for (const CountedInput& input : statistics.inputs) {
    emitter.begin_map();
    emitter.member("name", input.name);
    if (input.format != nullptr) emitter.member("format", input.format->id);
    if (!input.producer.empty()) emitter.member("producer", input.producer);
    emit_count(emitter, "records", input.records);
    emit_count(emitter, "errors", input.errors);
    emitter.end_map();
  }
  emitter.end_list();
  for (const Section& section : sections_of(statistics, most)) {
    emitter.key(section.member);
    emitter.begin_list();
    for (const Count& count : section.counts) {
      emitter.begin_map();
      emitter.member("name", count.name);
      emit_count(emitter, "records", count.records);
      emitter.end_map();
    }
    emitter.end_list();
  }
  emitter.end_map();
  json += '\n';
  return std::string(json.view());
}

std::string stats_as_page(const Statistics& statistics, std::size_t most) {
  std::string page = page_head("bibmill stats");
  page += fmt::format("<div class=\"counts\">\n<div><b>{}</b>records</div>\n<div><b>{}</b>inputs</div>\n<div class=\"warning\"><b>{}</b>repeated keys</div>\n<div class=\"error\"><b>{}</b>errors</div>\n</div>\n",
                      statistics.records, statistics.inputs.size(), statistics.repeated_keys, statistics.errors);
  page += "<div class=\"wide\"><table>\n<tr><th>file</th><th>format</th><th class=\"number\">records</th></tr>\n";
  for (const CountedInput& input : statistics.inputs)
    page += fmt::format("<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td></tr>\n", as_xml(input.name), input.format == nullptr ? std::string_view("–") : input.format->id, input.records);
  page += "</table></div>\n";
  for (const Section& section : sections_of(statistics, most)) {
    if (section.counts.empty() && section.without.empty()) continue;
    page += fmt::format("<h2>{}</h2>\n{}<div class=\"wide\"><table>\n<tr><th>{}</th><th class=\"number\">records</th><th class=\"number\">share</th><th class=\"bars\"></th></tr>\n", section.title, section.member == kYears ? years_plot(statistics.years) : std::string(), section.name);
    for (const Count& count : section.counts)
      page += fmt::format("<tr><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{} %</td><td class=\"bars\" style=\"width:25%\">{}</td></tr>\n", as_xml(count.name), count.records,
                          percent(count.records, statistics.records), bar(count.records, statistics.records));
    page += "</table></div>\n";
    const std::string rest = more(section);
    if (!rest.empty()) page += fmt::format("<p class=\"place\">… {}</p>\n", rest);
    if (!section.without.empty()) page += fmt::format("<p class=\"place\">{}</p>\n", section.without);
  }
  page += page_end();
  return page;
}

}  // namespace bibmill::cli

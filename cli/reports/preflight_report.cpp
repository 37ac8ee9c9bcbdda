// Three forms of one preflight.
#include "reports/preflight_report.h"

#include <fmt/format.h>

#include "bibmill/text/json.h"
#include "reports/findings.h"
#include "reports/page.h"
#include "options.h"
#include "reports/json_counts.h"
#include "reports/text.h"

namespace bibmill::cli {

namespace {

/// As text, of what is only good to know no more are shown than these.
constexpr std::size_t kMostNotes = 5;

std::string verdict_of(const Preflight& preflight) {
  const std::size_t faults = preflight.faults();
  return faults == 0 ? std::string("nothing to send it back for") : fmt::format("the journal would send it back: {}", counted(faults, "fault"));
}

std::string heading_of(const Preflight& preflight) {
  return fmt::format("{}: {} of {}{}", preflight.output, counted(preflight.records, "record"), preflight.records_read, preflight.target.empty() ? std::string() : fmt::format(", for {}", preflight.target));
}

constexpr std::string_view kNoManuscript = "no step \"cited\" names a manuscript: what it cites is not known";

std::string line_of(const PreflightItem& item) {
  return fmt::format("  {:<7} {}{}{}{}\n", name_of(item.severity), item.key, item.key.empty() ? "" : " ", item.place.empty() ? std::string() : fmt::format("({})", item.place),
                     item.message.empty() ? std::string() : fmt::format(": {}", item.message));
}

/// The keys in a paragraph: what is there needs no more words.
std::string list_of_keys(const std::vector<PreflightItem>& items) {
  std::vector<std::string> keys;
  for (const PreflightItem& item : items) keys.push_back(item.key.empty() ? item.place : item.key);
  return fmt::format("  {}\n", wrapped(fmt::format("{}", fmt::join(keys, ", ")), 110, 2));
}

std::string part_as_text(PreflightPart part, const std::vector<PreflightItem>& items) {
  std::string text = fmt::format("\n{}: {}\n", info(part).title, items.size());
  if (items.empty()) return text;
  if (part == PreflightPart::Cited || part == PreflightPart::Uncited) return text + list_of_keys(items);
  std::size_t notes = 0;
  for (const PreflightItem& item : items) {
    if (item.severity == Severity::Note && ++notes > kMostNotes) continue;
    text += line_of(item);
  }
  if (notes > kMostNotes) text += fmt::format("  … {} more notes; --format json has them all\n", notes - kMostNotes);
  return text;
}

template <class Take>
void for_each_part(const Preflight& preflight, Take&& take) {
  for (std::size_t part = 0; part < kPreflightParts; ++part) take(static_cast<PreflightPart>(part), preflight.parts[part]);
}

std::string row_of(const PreflightItem& item) {
  return fmt::format("<tr><td class=\"{0}\">{0}</td><td>{1}</td><td class=\"place\">{2}</td><td>{3}</td></tr>\n", name_of(item.severity), as_xml(item.key), as_xml(item.place), as_xml(item.message));
}

}  // namespace

std::string preflight_as_text(const Preflight& preflight) {
  std::string text = heading_of(preflight) + "\n";
  if (preflight.manuscripts.empty()) text += fmt::format("{}\n", kNoManuscript);
  for_each_part(preflight, [&](PreflightPart part, const std::vector<PreflightItem>& items) { text += part_as_text(part, items); });
  return text + "\n" + verdict_of(preflight) + "\n";
}

std::string preflight_as_json(const Preflight& preflight) {
  TextBuffer json;
  text::JsonEmitter emitter(json, 2);
  emitter.begin_map();
  emitter.member("program", "bibmill " BIBMILL_VERSION);
  emitter.member("output", preflight.output);
  if (!preflight.target.empty()) emitter.member("target", preflight.target);
  emitter.key("manuscripts");
  emitter.begin_list();
  for (const std::string& manuscript : preflight.manuscripts) emitter.text(manuscript);
  emitter.end_list();
  emit_count(emitter, "records-read", preflight.records_read);
  emit_count(emitter, "records", preflight.records);
  emit_count(emitter, "faults", preflight.faults());
  for_each_part(preflight, [&](PreflightPart part, const std::vector<PreflightItem>& items) {
    emitter.key(info(part).name);
    emitter.begin_list();
    for (const PreflightItem& item : items) {
      emitter.begin_map();
      emitter.member("severity", name_of(item.severity));
      if (!item.key.empty()) emitter.member("key", item.key);
      if (!item.place.empty()) emitter.member("place", item.place);
      if (!item.message.empty()) emitter.member("message", item.message);
      emitter.end_map();
    }
    emitter.end_list();
  });
  emitter.end_map();
  json += '\n';
  return std::string(json.view());
}

std::string preflight_as_page(const Preflight& preflight) {
  std::string page = page_head("bibmill preflight");
  page += fmt::format("<p>{}</p>\n<p class=\"{}\"><b>{}</b></p>\n<div class=\"counts\">\n", as_xml(heading_of(preflight)), preflight.faults() > 0 ? "error" : "note", as_xml(verdict_of(preflight)));
  for_each_part(preflight, [&](PreflightPart part, const std::vector<PreflightItem>& items) { page += fmt::format("<div><b>{}</b>{}</div>\n", items.size(), info(part).name); });
  page += "</div>\n";
  if (preflight.manuscripts.empty()) page += fmt::format("<p class=\"warning\">{}</p>\n", as_xml(kNoManuscript));
  for_each_part(preflight, [&](PreflightPart part, const std::vector<PreflightItem>& items) {
    if (items.empty()) return;
    page += fmt::format("<h2>{}</h2>\n<div class=\"wide\"><table>\n<tr><th></th><th>key</th><th>place</th><th></th></tr>\n", info(part).title);
    for (const PreflightItem& item : items) page += row_of(item);
    page += "</table></div>\n";
  });
  return page + page_end();
}

}  // namespace bibmill::cli

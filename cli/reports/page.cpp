// The head and the style that all pages share.
#include "reports/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <vector>

#include "bibmill/record.h"
#include "reports/findings.h"

namespace bibmill::cli {

namespace {

constexpr std::string_view kBeforeTitle = R"~(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
)~";

constexpr std::string_view kStyle = R"~(<style>
:root { color-scheme: light dark; --ink: #1d2329; --faint: #5c6670; --paper: #fff; --box: #f4f5f7; --line: #d9dde2; --error: #b3261e; --warning: #8a5a00; --note: #1b5e8c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e7ea; --faint: #9aa4ae; --paper: #16191c; --box: #1f2428; --line: #353c43; --error: #ff8a80; --warning: #f2bd5c; --note: #7fc4f5; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem 1rem 4rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.4rem; margin: 0 0 .5rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; }
.counts div { background: var(--box); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; min-width: 6.5rem; }
.counts b { display: block; font-size: 1.5rem; line-height: 1.2; }
.error { color: var(--error); } .warning { color: var(--warning); } .note { color: var(--note); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; white-space: nowrap; }
td:first-child { overflow-wrap: anywhere; }
td code { overflow-wrap: normal; }
a { color: inherit; }
.bar { height: .6rem; margin-top: .45rem; background: var(--note); border-radius: .2rem; min-width: 2px; }
.filter { display: flex; flex-wrap: wrap; gap: .5rem; margin: .5rem 0 1rem; }
select, input { font: inherit; color: inherit; background: var(--box); border: 1px solid var(--line); border-radius: .4rem; padding: .3rem .6rem; max-width: 100%; }
article { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .9rem; margin: .6rem 0; overflow-wrap: anywhere; }
article p { margin: 0; }
code, pre { font: .85rem/1.5 ui-monospace, monospace; }
pre { margin: .5rem 0 0; padding: .4rem .6rem; background: var(--box); border-radius: .3rem; overflow-x: auto; }
mark { background: none; color: inherit; border-bottom: 2px solid currentColor; }
.picture td { padding: .15rem .75rem .15rem 0; border: 0; vertical-align: middle; }
.picture td:first-child { white-space: nowrap; }
.picture td:nth-child(2) { width: 100%; }
.picture svg { display: block; width: 100%; min-width: 8rem; height: 1rem; background: var(--box); border-radius: .15rem; }
.ends { display: flex; justify-content: space-between; color: var(--faint); font-size: .9rem; }
.years svg { display: block; width: 100%; height: 9rem; border-bottom: 1px solid var(--line); }
.picture svg, .years svg { fill: var(--note); }
@media (max-width: 40rem) {
  td.bars, th.bars { display: none; }
  td, th { padding-right: .5rem; }
}
summary { cursor: pointer; color: var(--faint); }
.place, .fix { color: var(--faint); font-size: .9rem; }
</style>
</head>
<body>
)~";

/// Rows of the picture that are shown at once.
constexpr std::size_t kMostRows = 16;
/// Years of the plot; what is older is summed up in words.
constexpr std::int32_t kMostYears = 120;

/// The fields that some record has, those of most records first.
std::vector<Field> fields_in(const Completeness& completeness) {
  std::vector<Field> fields;
  for (std::size_t at = 0; at < kFieldCount; ++at)
    if (completeness.with_field(static_cast<Field>(at)) > 0) fields.push_back(static_cast<Field>(at));
  std::stable_sort(fields.begin(), fields.end(), [&](Field a, Field b) { return completeness.with_field(a) > completeness.with_field(b); });
  return fields;
}

/// One field's row: bands that are alike are one rectangle.
std::string strip(const Completeness& completeness, Field field) {
  const auto bands = completeness.bands();
  const auto share_of = [&](std::size_t at) { return 100 * bands[at].with_field[static_cast<std::size_t>(field)] / bands[at].records; };
  std::string svg = fmt::format("<svg viewBox=\"0 0 {} 1\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{} of {} records\">", bands.size(), completeness.with_field(field), completeness.records());
  for (std::size_t from = 0; from < bands.size();) {
    std::size_t to = from + 1;
    while (to < bands.size() && share_of(to) == share_of(from)) ++to;
    if (const std::uint64_t share = share_of(from); share == 100) {
      svg += fmt::format("<rect x=\"{}\" width=\"{}\" height=\"1\"/>", from, to - from);
    } else if (share > 0) {
      svg += fmt::format("<rect x=\"{}\" width=\"{}\" height=\"1\" opacity=\"{:.2f}\"/>", from, to - from, static_cast<double>(share) / 100);
    }
    from = to;
  }
  return svg + "</svg>";
}

std::string rows(const Completeness& completeness, std::span<const Field> fields) {
  std::string table = "<div class=\"wide\"><table class=\"picture\">\n";
  for (const Field field : fields)
    table += fmt::format("<tr><td>{}</td><td>{}</td><td class=\"number\">{} %</td></tr>\n", name_of(field), strip(completeness, field), 100 * completeness.with_field(field) / completeness.records());
  return table + "</table></div>\n";
}

}  // namespace

std::string page_head(std::string_view title) { return fmt::format("{0}<title>{1}</title>\n{2}<h1>{1}</h1>\n", kBeforeTitle, as_xml(title), kStyle); }

std::string page_end() { return "</body>\n</html>\n"; }

std::string bar(std::uint64_t count, std::uint64_t most) { return fmt::format("<div class=\"bar\" style=\"width:{}%\"></div>", most == 0 ? 0 : count * 100 / most); }

std::string completeness_picture(const Completeness& completeness) {
  if (completeness.records() == 0) return {};
  const std::vector<Field> fields = fields_in(completeness);
  const std::size_t shown = std::min(fields.size(), kMostRows);
  const std::string one = completeness.records_in_band() == 1 ? std::string("a record") : fmt::format("{} records, the darker the more of them have the field", completeness.records_in_band());
  std::string section = fmt::format("<h2>Completeness</h2>\n<p class=\"place\">From the first record to the last; a column is {}.</p>\n", one);
  section += rows(completeness, std::span(fields).first(shown));
  if (shown < fields.size())
    section += fmt::format("<details><summary>{} more fields</summary>\n{}</details>\n", fields.size() - shown, rows(completeness, std::span(fields).subspan(shown)));
  return section;
}

std::string years_plot(const std::map<std::int32_t, std::uint64_t>& years) {
  if (years.empty()) return {};
  const std::int32_t last = years.rbegin()->first;
  const auto first = static_cast<std::int32_t>(std::max<std::int64_t>(years.begin()->first, std::int64_t{last} - kMostYears + 1));
  std::uint64_t most = 1;
  std::uint64_t earlier = 0;
  for (const auto& [year, records] : years) {
    if (year < first) {
      earlier += records;
    } else {
      most = std::max(most, records);
    }
  }
  // Few years leave their bars as slim as those of many.
  const std::int32_t columns = std::max(last - first + 1, 12);
  std::string plot = fmt::format("<figure class=\"years\" style=\"margin:0\">\n<div class=\"ends\"><span>{}</span></div>\n<svg viewBox=\"0 0 {} 100\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"records by year\">", most, columns);
  for (auto at = years.lower_bound(first); at != years.end(); ++at) {
    const double height = 100.0 * static_cast<double>(at->second) / static_cast<double>(most);
    plot += fmt::format("<rect x=\"{:.2f}\" y=\"{:.2f}\" width=\"0.8\" height=\"{:.2f}\"><title>{}: {}</title></rect>", at->first - first + 0.1, 100 - height, height, at->first, at->second);
  }
  plot += fmt::format("</svg>\n<div class=\"ends\"><span>{}</span><span>{}</span></div>\n</figure>\n", first, first + columns - 1);
  if (earlier > 0) plot += fmt::format("<p class=\"place\">{} before {}</p>\n", earlier == 1 ? std::string("1 record") : fmt::format("{} records", earlier), first);
  return plot;
}

}  // namespace bibmill::cli

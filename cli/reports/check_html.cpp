// html: one page that needs nothing else: a summary, the findings with their source lines, and a filter by rule and severity.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "bibmill/text/unicode.h"
#include "reports/findings.h"
#include "reports/text.h"

namespace bibmill::cli {

namespace {

constexpr std::string_view kHead = R"~(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>bibmill check</title>
<style>
:root { --ink: #1d2329; --faint: #5c6670; --paper: #fff; --box: #f4f5f7; --line: #d9dde2; --error: #b3261e; --warning: #8a5a00; --note: #1b5e8c; }
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
td.number { text-align: right; white-space: nowrap; }
.bar { height: .6rem; background: var(--note); border-radius: .2rem; min-width: 2px; }
.filter { display: flex; flex-wrap: wrap; gap: .5rem; margin: .5rem 0 1rem; }
select, input { font: inherit; color: inherit; background: var(--box); border: 1px solid var(--line); border-radius: .4rem; padding: .3rem .6rem; max-width: 100%; }
article { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .9rem; margin: .6rem 0; overflow-wrap: anywhere; }
article p { margin: 0; }
code, pre { font: .85rem/1.5 ui-monospace, monospace; }
pre { margin: .5rem 0 0; padding: .4rem .6rem; background: var(--box); border-radius: .3rem; overflow-x: auto; }
mark { background: none; color: inherit; border-bottom: 2px solid currentColor; }
.place, .fix { color: var(--faint); font-size: .9rem; }
</style>
</head>
<body>
<h1>bibmill check</h1>
)~";

constexpr std::string_view kScript = R"~(<script>
const rule = document.getElementById("rule"), severity = document.getElementById("severity"), text = document.getElementById("text"), shown = document.getElementById("shown");
const findings = [...document.querySelectorAll("article")];
function filter() {
  const words = text.value.toLowerCase();
  let count = 0;
  for (const one of findings) {
    const fits = (!rule.value || one.dataset.code === rule.value) && (!severity.value || one.dataset.severity === severity.value) && (!words || one.textContent.toLowerCase().includes(words));
    one.hidden = !fits;
    count += fits ? 1 : 0;
  }
  shown.textContent = count + " of " + findings.length;
}
for (const input of [rule, severity, text]) input.addEventListener("input", filter);
filter();
</script>
)~";

class Page final : public FindingReport {
 public:
  explicit Page(const FindingView& view) : out_(view.out) {}

  // The summary stands above the findings, so that these wait for it.
  void finding(const Finding& finding) override {
    const Diagnostic& diagnostic = finding.diagnostic;
    const std::string_view severity = name_of(diagnostic.severity);
    ++by_code_[std::string(diagnostic.code)];
    ++by_severity_[static_cast<std::size_t>(diagnostic.severity)];
    findings_ += fmt::format("<article data-code=\"{0}\" data-severity=\"{1}\">\n<p class=\"place\">{2}{3}</p>\n<p><span class=\"{1}\">{1}</span>: {4} <code>[{0}]</code></p>\n", as_xml(diagnostic.code), severity,
                             as_xml(in_words(finding)), diagnostic.key.empty() ? std::string() : fmt::format(" · {}", as_xml(diagnostic.key)), as_xml(diagnostic.message));
    if (!finding.line.empty()) {
      const std::string_view line = finding.line;
      findings_ += fmt::format("<pre>{}<mark class=\"{}\">{}</mark>{}</pre>\n", as_xml(line.substr(0, finding.mark)), severity, as_xml(line.substr(finding.mark, finding.mark_size)),
                               as_xml(line.substr(std::min(line.size(), finding.mark + finding.mark_size))));
    }
    for (const Fix& fix : diagnostic.fixes) findings_ += fmt::format("<p class=\"fix\">{}: {}</p>\n", fix.safe ? "fix" : "suggestion", as_xml(fix.title));
    findings_ += "</article>\n";
  }

  void finish(const CheckTotals& totals, const Hidden& hidden) override {
    std::string page(kHead);
    page += fmt::format("<div class=\"counts\">\n<div><b>{}</b>records</div>\n<div class=\"error\"><b>{}</b>errors</div>\n<div class=\"warning\"><b>{}</b>warnings</div>\n<div class=\"note\"><b>{}</b>notes</div>\n</div>\n",
                        totals.records, count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    page += "<div class=\"wide\"><table>\n<tr><th>file</th><th>format</th><th>records</th></tr>\n";
    for (const CheckedInput& input : totals.inputs)
      page += fmt::format("<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td></tr>\n", as_xml(input.name), input.format == nullptr ? std::string_view("–") : input.format->id, input.records);
    page += "</table></div>\n";
    if (!by_code_.empty()) add_rules(page);
    page += findings_;
    if (hidden.beyond_most > 0) page += fmt::format("<p>… and {} more</p>\n", counted(hidden.beyond_most, "finding"));
    if (!by_code_.empty()) page += kScript;
    page += "</body>\n</html>\n";
    out_->write(page);
  }

 private:
  std::uint64_t count(Severity severity) const { return by_severity_[static_cast<std::size_t>(severity)]; }

  void add_rules(std::string& page) const {
    std::uint64_t most = 1;
    for (const auto& [code, times] : by_code_) most = std::max(most, times);
    page += "<h2>By rule</h2>\n<div class=\"wide\"><table>\n";
    for (const auto& [code, times] : by_code_)
      page += fmt::format("<tr><td><code>{}</code></td><td>{}</td><td class=\"number\">{}</td><td style=\"width:20%\"><div class=\"bar\" style=\"width:{}%\"></div></td></tr>\n", as_xml(code), as_xml(meaning_of(code)),
                          times, times * 100 / most);
    page += "</table></div>\n<h2>Findings <span id=\"shown\" class=\"place\"></span></h2>\n<div class=\"filter\">\n<select id=\"rule\" aria-label=\"rule\"><option value=\"\">every rule</option>";
    for (const auto& [code, times] : by_code_) page += fmt::format("<option>{}</option>", as_xml(code));
    page += "</select>\n<select id=\"severity\" aria-label=\"severity\"><option value=\"\">every severity</option><option>error</option><option>warning</option><option>note</option></select>\n"
            "<input id=\"text\" type=\"search\" placeholder=\"words\" aria-label=\"words\">\n</div>\n";
  }

  TextSink* out_;
  std::string findings_;
  std::map<std::string, std::uint64_t> by_code_;
  std::uint64_t by_severity_[3] = {};
};

std::unique_ptr<FindingReport> make(const FindingView& view) { return std::make_unique<Page>(view); }

}  // namespace

const FindingStyle& check_html_style() {
  static constexpr FindingStyle kStyle = {"html", "one page to look at and pass on", true, make};
  return kStyle;
}

}  // namespace bibmill::cli

// html: one page that needs nothing else: a summary, pictures of what the records hold, the findings with their source lines, and a filter by rule and severity.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "bibmill/text/unicode.h"
#include "reports/findings.h"
#include "reports/page.h"
#include "reports/text.h"

namespace bibmill::cli {

namespace {

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
// "#group/name" in the page's address chooses that rule: the links of the table above, or anybody's.
function choose() {
  const code = decodeURIComponent(location.hash.slice(1));
  if ([...rule.options].some(one => one.value === code)) rule.value = code;
  filter();
}
for (const input of [rule, severity, text]) input.addEventListener("input", filter);
addEventListener("hashchange", choose);
choose();
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
    std::string page = page_head("bibmill check");
    page += fmt::format("<div class=\"counts\">\n<div><b>{}</b>records</div>\n<div class=\"error\"><b>{}</b>errors</div>\n<div class=\"warning\"><b>{}</b>warnings</div>\n<div class=\"note\"><b>{}</b>notes</div>\n</div>\n",
                        totals.records, count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    page += "<div class=\"wide\"><table>\n<tr><th>file</th><th>format</th><th class=\"number\">records</th></tr>\n";
    for (const CheckedInput& input : totals.inputs)
      page += fmt::format("<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td></tr>\n", as_xml(input.name), input.format == nullptr ? std::string_view("–") : input.format->id, input.records);
    page += "</table></div>\n";
    page += completeness_picture(totals.completeness);
    page += years_section(totals.completeness);
    if (!by_code_.empty()) add_rules(page);
    page += findings_;
    if (hidden.beyond_most > 0) page += fmt::format("<p>… and {} more</p>\n", counted(hidden.beyond_most, "finding"));
    if (!by_code_.empty()) page += kScript;
    page += page_end();
    out_->write(page);
  }

 private:
  /// "group/name", which may go on in the next line behind its slash.
  static std::string with_break(std::string_view code) {
    const std::size_t behind = code.find('/') + 1;
    return fmt::format("{}<wbr>{}", as_xml(code.substr(0, behind)), as_xml(code.substr(behind)));
  }
  static std::string years_section(const Completeness& completeness) {
    const std::string plot = years_plot(completeness.years());
    return plot.empty() ? plot : fmt::format("<h2>Years</h2>\n{}{}", plot, without_year(completeness.without_year()));
  }
  static std::string without_year(std::uint64_t records) { return records == 0 ? std::string() : fmt::format("<p class=\"place\">{} without a year</p>\n", counted(records, "record")); }

  std::uint64_t count(Severity severity) const { return by_severity_[static_cast<std::size_t>(severity)]; }

  void add_rules(std::string& page) const {
    std::uint64_t most = 1;
    for (const auto& [code, times] : by_code_) most = std::max(most, times);
    page += "<h2>By rule</h2>\n<div class=\"wide\"><table>\n";
    for (const auto& [code, times] : by_code_)
      page += fmt::format("<tr><td><a href=\"#{}\"><code>{}</code></a></td><td>{}</td><td class=\"number\">{}</td><td class=\"bars\" style=\"width:20%\">{}</td></tr>\n", as_xml(code), with_break(code), as_xml(meaning_of(code)),
                          times, bar(times, most));
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
  static constexpr FindingStyle kStyle = {"html", "one page to look at and pass on", true, make, true};
  return kStyle;
}

}  // namespace bibmill::cli

// rules: what check looks for.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bibmill/rule.h"
#include "command.h"

namespace bibmill::cli {

namespace {

/// A rule's or a reader's code in the list of all.
struct Listed {
  std::string_view code;
  std::string text;
};

std::vector<Listed> all_codes() {
  std::vector<Listed> all;
  for (const Rule* const rule : all_rules())
    all.push_back({rule->code, fmt::format("{}{}{}: {}", name_of(rule->severity), rule->by_default ? "" : ", off", rule->fix.empty() ? "" : ", fix", rule->summary)});
  for (const ReaderCode& code : reader_codes())
    if (!code.code.starts_with("loss/") && !code.code.starts_with("supplied/")) all.push_back({code.code, fmt::format("{}: {}", code.severity, code.meaning)});
  std::sort(all.begin(), all.end(), [](const Listed& a, const Listed& b) { return a.code < b.code; });
  return all;
}

std::string list_of(std::string_view selector) {
  std::string text;
  std::string_view group;
  std::vector<Row> rows;
  const auto flush = [&] {
    if (!rows.empty()) text += fmt::format("{}{}:\n{}", text.empty() ? "" : "\n", group, in_columns(rows));
    rows.clear();
  };
  for (const Listed& listed : all_codes()) {
    if (!fits_selector(selector, listed.code)) continue;
    const std::string_view its = listed.code.substr(0, listed.code.find('/'));
    if (its != group) flush();
    group = its;
    rows.push_back({std::string(listed.code), listed.text});
  }
  flush();
  return text;
}

std::string indented(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out += fmt::format("    {}\n", text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string help_of(const Rule& rule) {
  std::string text = fmt::format("{}: {}\n\n{}\n\n", rule.code, rule.summary, wrapped(rule.why, 80, 0));
  std::vector<Row> rows = {{"severity", std::string(name_of(rule.severity))}, {"by default", rule.by_default ? "on" : fmt::format("off; --extend {}", rule.code)}};
  rows.push_back({"formats", rule.formats.empty() ? "all" : std::string(rule.formats)});
  if (!rule.fix.empty()) rows.push_back({"fix", std::string(rule.fix)});
  if (!rule.option.empty()) rows.push_back({"with", std::string(rule.option)});
  text += in_columns(rows);
  if (!rule.bad.text.empty()) text += fmt::format("\nFound in ({}):\n{}", rule.bad.format, indented(rule.bad.text));
  if (!rule.good.text.empty()) text += fmt::format("\nNot in ({}):\n{}", rule.good.format, indented(rule.good.text));
  return text;
}

int run_rules(const Arguments& arguments, Console& console) {
  const std::string selector = arguments.operands().empty() ? "all" : arguments.operands().front();
  check_selector(selector);
  const Rule* const rule = rule_named(selector);
  console.print(rule != nullptr ? help_of(*rule) : list_of(selector));
  return kDone;
}

}  // namespace

const Command& rules_command() {
  static constexpr Option kOptions[] = {kHelpOption};
  static constexpr Example kExamples[] = {
      {"bibmill rules 'identifier/*'", "the rules on identifiers"},
      {"bibmill rules text/mojibake", "why it matters, and examples"},
  };
  static constexpr Command kCommand = {
      .name = "rules",
      .summary = "list what check looks for, or tell about one rule",
      .operands = "[CODE]",
      .description = "Each code with its severity, whether it is looked for by default, and whether check --fix can mend it.",
      .options = kOptions,
      .exclusive = {},
      .examples = kExamples,
      .most_operands = 1,
      .run = run_rules,
  };
  return kCommand;
}

}  // namespace bibmill::cli

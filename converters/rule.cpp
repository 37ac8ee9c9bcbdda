// The catalogue of rules, and choosing among them.
#include "bibmill/rule.h"

#include <algorithm>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/nearest.h"
#include "codes_text.h"

namespace bibmill {

namespace {

constexpr std::string_view kAll = "all";

std::string_view trimmed(std::string_view cell) {
  while (!cell.empty() && cell.front() == ' ') cell.remove_prefix(1);
  while (!cell.empty() && cell.back() == ' ') cell.remove_suffix(1);
  return cell;
}

/// Of a row "| `a/b`, `a/c` | error | What it means. |": one code each.
void read_row(std::string_view row, std::vector<ReaderCode>& codes) {
  const std::size_t first = row.find('|', 1);
  if (!row.starts_with("| `") || first == std::string_view::npos) return;
  const std::size_t second = row.find('|', first + 1);
  const std::size_t third = row.rfind('|');
  if (second == std::string_view::npos || third <= second) return;
  const std::string_view severity = trimmed(row.substr(first + 1, second - first - 1));
  const std::string_view meaning = trimmed(row.substr(second + 1, third - second - 1));
  const std::string_view names = row.substr(0, first);
  for (std::size_t at = names.find('`'); at != std::string_view::npos;) {
    const std::size_t end = names.find('`', at + 1);
    if (end == std::string_view::npos) break;
    codes.push_back({names.substr(at + 1, end - at - 1), severity, meaning});
    at = names.find('`', end + 1);
  }
}

std::vector<ReaderCode> read_codes() {
  std::vector<ReaderCode> codes;
  for (std::string_view rest = kCodesText; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    read_row(rest.substr(0, end), codes);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return codes;
}

/// A closer fit decides over a wider one, and of two alike the one that leaves out.
std::size_t closeness(std::string_view selector) { return selector == kAll ? 0 : selector.ends_with('*') ? selector.size() : selector.size() + 1000; }

}  // namespace

std::string_view name_of(Scope scope) {
  switch (scope) {
    case Scope::AsWritten: return "text";
    case Scope::OneEntry: return "value";
    case Scope::OneRecord: return "record";
    case Scope::AllRecords: return "set";
  }
  return {};
}

Span CheckedRecord::place_of_key() const {
  const Record& record = *record_;
  for (const Span& marker : record.markers)
    if (!record.key.empty() && written(marker) == (record.key_raw.empty() ? record.key : record.key_raw)) return marker;
  const std::string_view all = written();
  const std::size_t line = std::min(all.find_first_of("\r\n"), all.size());
  return {record.span.begin, record.span.begin + line};
}

bool Rule::concerns(const Format& format) const {
  if (formats.empty()) return true;
  bool found = false;
  detail::for_each_word(formats, [&](std::string_view id) { found = found || id == format.id; });
  return found;
}

const Rule* rule_named(std::string_view code) {
  for (const Rule* const rule : all_rules())
    if (rule->code == code) return rule;
  return nullptr;
}

std::span<const ReaderCode> reader_codes() {
  static const std::vector<ReaderCode> kCodes = read_codes();
  return kCodes;
}

bool fits_selector(std::string_view selector, std::string_view code) {
  if (selector == kAll) return true;
  if (selector.ends_with('*')) return code.starts_with(selector.substr(0, selector.size() - 1));
  return selector == code;
}

void check_selector(std::string_view selector) {
  std::vector<std::string_view> candidates;
  for (const Rule* const rule : all_rules()) candidates.push_back(rule->code);
  for (const ReaderCode& code : reader_codes()) candidates.push_back(code.code);
  for (const std::string_view code : candidates)
    if (fits_selector(selector, code)) return;
  const std::string_view near = nearest(selector, candidates);
  const std::string as_group = fmt::format("{}/*", selector);
  for (const std::string_view code : candidates)
    if (fits_selector(as_group, code)) throw UsageError(fmt::format("no rule has the code {0}; {0}/* is the group of that name", selector));
  throw UsageError(fmt::format("no rule has the code {}{}", selector, near.empty() ? std::string("; 'bibmill rules' lists them") : fmt::format("; did you mean {}?", near)));
}

void RuleSelection::add(std::string_view selector, bool wanted) {
  check_selector(selector);
  choices_.push_back({std::string(selector), wanted});
}

void RuleSelection::select(std::string_view selector) { add(selector, true); }
void RuleSelection::ignore(std::string_view selector) { add(selector, false); }

bool RuleSelection::has(std::string_view code, bool by_default) const {
  const Choice* best = nullptr;
  for (const Choice& choice : choices_) {
    if (!fits_selector(choice.selector, code)) continue;
    const bool closer = best == nullptr || closeness(choice.selector) > closeness(best->selector);
    const bool as_close = best != nullptr && closeness(choice.selector) == closeness(best->selector);
    if (closer || (as_close && !choice.wanted)) best = &choice;
  }
  return best == nullptr ? defaults_ && by_default : best->wanted;
}

}  // namespace bibmill

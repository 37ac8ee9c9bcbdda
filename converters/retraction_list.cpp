// Tables by their columns, other texts by what looks like an identifier.
#include "bibmill/retraction_list.h"

#include <algorithm>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "bibmill/arena.h"
#include "bibmill/errors.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/unicode.h"
#include "csv.h"
#include "whole_file.h"

namespace bibmill {

namespace {

/// Columns by what they hold: as Retraction Watch names them, and plainly. (Its RetractionDOI is that of the notice.)
constexpr std::string_view kDoiColumns[] = {"originalpaperdoi", "doi"};
constexpr std::string_view kPmidColumns[] = {"originalpaperpubmedid", "pmid"};
constexpr std::string_view kNatureColumns[] = {"retractionnature", "nature"};

constexpr char kSeparators[] = {',', ';', '\t'};

/// What a list says of works that is no warning.
constexpr std::string_view kHarmless[] = {"reinstatement", "correction"};

constexpr std::size_t kLongestPmid = 8;

std::size_t column(const std::vector<std::string>& header, std::span<const std::string_view> names) {
  for (const std::string_view name : names)
    for (std::size_t at = 0; at < header.size(); ++at)
      if (text::to_lower(text::trim(header[at])) == name) return at;
  return header.size();
}

bool is_pmid(std::string_view word) {
  return !word.empty() && word.size() <= kLongestPmid && word.front() != '0' && std::all_of(word.begin(), word.end(), text::is_ascii_digit);
}

std::vector<std::string_view> words_of(std::string_view line) {
  static constexpr std::string_view kDividers = " \t\r\",;:()[]";
  const auto divides = [](char c) { return kDividers.find(c) != std::string_view::npos; };
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < line.size();) {
    std::size_t end = at;
    while (end < line.size() && !divides(line[end])) ++end;
    if (end > at) words.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

}  // namespace

void RetractionList::add_file(const std::string& path) {
  if (add(whole_file(path)) == 0) throw InputError(fmt::format("{} names no works: it wants DOIs or PMIDs, or the columns of Retraction Watch", path));
}

std::size_t RetractionList::add(std::string_view text) {
  for (const char separator : kSeparators) {
    std::string_view rest = text;
    const std::vector<std::string> header = take_csv_row(rest, separator);
    if (column(header, kDoiColumns) < header.size() || column(header, kPmidColumns) < header.size()) return add_table(text, separator);
  }
  return add_text(text);
}

std::size_t RetractionList::add_table(std::string_view text, char separator) {
  const std::vector<std::string> header = take_csv_row(text, separator);
  const std::size_t doi = column(header, kDoiColumns);
  const std::size_t pmid = column(header, kPmidColumns);
  const std::size_t nature = column(header, kNatureColumns);
  std::size_t count = 0;
  for (std::vector<std::string> row = take_csv_row(text, separator); !row.empty(); row = take_csv_row(text, separator)) {
    row.resize(std::max(row.size(), header.size() + 1));  // what a row, or the header, does not have is empty
    const std::string what = row[nature].empty() ? std::string(kNature) : text::to_lower(row[nature]);
    if (std::find(std::begin(kHarmless), std::end(kHarmless), what) != std::end(kHarmless)) continue;
    const bool by_doi = add("doi", row[doi], what);
    const bool by_pmid = add("pmid", row[pmid], what);
    if (by_doi || by_pmid) ++count;
  }
  return count;
}

std::size_t RetractionList::add_text(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    std::string others;  // the line without its DOIs
    for (std::string_view doi = text::find_doi(line); !doi.empty(); doi = text::find_doi(line)) {
      if (add("doi", doi, kNature)) ++count;
      const auto at = static_cast<std::size_t>(doi.data() - line.data());
      others.append(line.substr(0, at)).append(" ");
      line.remove_prefix(at + doi.size());
    }
    others += line;
    const std::vector<std::string_view> words = words_of(others);
    const bool list = std::all_of(words.begin(), words.end(), is_pmid);
    for (std::size_t at = 0; at < words.size(); ++at)
      if (is_pmid(words[at]) && (list || (at > 0 && text::equal_ignoring_ascii_case(words[at - 1], "pmid"))) && add("pmid", words[at], kNature)) ++count;
  }
  return count;
}

bool RetractionList::add(std::string_view scheme, std::string_view written, std::string_view what) {
  Arena arena;
  const Identifier identifier = text::make_identifier(arena, scheme, text::trim(written));
  // Lists write 0 and "unavailable" for what they do not know.
  const bool known = scheme == "doi" ? identifier.value.starts_with("10.") : is_pmid(identifier.value);
  if (known) works_.emplace(fmt::format("{}:{}", scheme, text::to_lower(identifier.value)), what);
  return known;
}

std::string_view RetractionList::find(const Identifier& identifier) const {
  const auto known = works_.find(fmt::format("{}:{}", identifier.scheme, text::to_lower(identifier.value)));
  return known == works_.end() ? std::string_view{} : std::string_view(known->second);
}

}  // namespace bibmill

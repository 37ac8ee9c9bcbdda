// Looking for identifiers in lists, and for citations in manuscripts.
#include "bibmill/citations.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/text/unicode.h"
#include "facts.h"
#include "manuscript/manuscript.h"

namespace bibmill {

namespace {

std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw InputError(fmt::format("cannot read {}", path));
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

bool divides(char c) { return text::is_blank(c) || c == ',' || c == ';' || c == '"' || c == '\t'; }

/// A word of a list: "10.1000/abc", "https://doi.org/10.1000/abc", "12345".
void add_identifier(std::string_view word, std::vector<std::string>& to) {
  constexpr std::size_t kLongestPmid = 8;
  const std::size_t doi = word.find("10.");
  if (doi != std::string_view::npos && word.find('/', doi) != std::string_view::npos) {
    to.push_back(text::ascii_lowered(word.substr(doi)));
  } else if (!word.empty() && word.size() <= kLongestPmid && word.front() != '0' && std::all_of(word.begin(), word.end(), text::is_ascii_digit)) {
    to.emplace_back(word);
  }
}

}  // namespace

std::vector<std::string> identifiers_in(const std::string& path) {
  const std::string text = content_of(path);
  std::vector<std::string> all;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && !divides(text[end])) ++end;
    add_identifier(std::string_view(text).substr(at, end - at), all);
    at = end + 1;
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void add_citations(const std::vector<std::string>& paths, RuleSettings& settings) {
  if (paths.empty()) return;
  for (const std::string& path : paths)
    if (!is_manuscript(path)) throw UsageError(fmt::format("--cited reads {}, not {}", manuscript_extensions(), path));
  const Manuscript manuscript = read_manuscripts(paths, {});
  settings.has_manuscripts = true;
  for (const Citation& citation : manuscript.citations)
    settings.citations.push_back({citation.key, citation.file, citation.position, citation.names, citation.work == nullptr ? nullptr : std::make_shared<const Facts>(facts_of(*citation.work))});
  if (manuscript.cites_all) settings.citations.push_back({std::string(RuleSettings::kAll), {}, {}, {}, nullptr});
}

}  // namespace bibmill

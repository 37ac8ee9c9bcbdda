// Looking for citations in manuscripts.
#include "bibmill/citations.h"

#include <memory>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "facts.h"
#include "manuscript/manuscript.h"

namespace bibmill {

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

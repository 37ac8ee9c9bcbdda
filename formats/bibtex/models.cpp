// Looking up the data models.
#include "models.h"

#include <algorithm>

namespace bibmill::bibtex {

namespace {

std::string_view meant(std::span<const Alias> aliases, std::string_view name) {
  const auto row = std::find_if(aliases.begin(), aliases.end(), [&](const Alias& alias) { return alias.name == name; });
  return row == aliases.end() ? name : row->means;
}

/// Words are divided by blanks, and choices among them by bars.
bool has_word(std::string_view words, std::string_view wanted) {
  const auto divides = [&](std::size_t at) { return words[at] == ' ' || words[at] == '|'; };
  if (wanted.empty()) return false;
  for (std::size_t at = words.find(wanted); at != std::string_view::npos; at = words.find(wanted, at + 1)) {
    const std::size_t end = at + wanted.size();
    if ((at == 0 || divides(at - 1)) && (end == words.size() || divides(end))) return true;
  }
  return false;
}

}  // namespace

const EntryModel* model_of(Dialect dialect, std::string_view type) {
  const bool classic = dialect == Dialect::Bibtex;
  const std::span<const EntryModel> models = classic ? std::span<const EntryModel>(kBibtexModel) : kBiblatexModel;
  const std::string_view name = meant(classic ? std::span<const Alias>(kBibtexTypeAliases) : kBiblatexTypeAliases, type);
  const auto model = std::find_if(models.begin(), models.end(), [&](const EntryModel& one) { return one.name == name; });
  return model == models.end() ? nullptr : &*model;
}

std::string_view field_meant(Dialect dialect, std::string_view field) {
  return dialect == Dialect::Bibtex ? field : meant(kBiblatexFieldAliases, field);
}

bool allows(Dialect dialect, const EntryModel& model, std::string_view field) {
  const std::string_view name = field_meant(dialect, field);
  const std::string_view everywhere = dialect == Dialect::Bibtex ? kBibtexEverywhere : kBiblatexEverywhere;
  return has_word(everywhere, name) || has_word(model.required, name) ||
         std::any_of(model.optional.begin(), model.optional.end(), [&](std::string_view words) { return has_word(words, name); });
}

}  // namespace bibmill::bibtex

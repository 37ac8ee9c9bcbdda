// Looking formats up for commands.
#include "format_list.h"

#include <vector>

#include <fmt/format.h>

#include "bibmill/catalogue.h"
#include "bibmill/errors.h"
#include "bibmill/nearest.h"
#include "options.h"

namespace bibmill::cli {

std::string list_of_formats() {
  std::vector<Row> rows;
  for (const Format* const format : all_formats()) {
    std::string name(format->id);
    if (!format->aliases.empty()) name += fmt::format(" ({})", fmt::join(format->aliases, ", "));
    std::string text(format->title);
    if (!format->extensions.empty()) text += fmt::format(" [{}]", fmt::join(format->extensions, " "));
    rows.push_back({std::move(name), std::move(text)});
  }
  return in_columns(rows);
}

const Format& format_from(std::string_view name) {
  if (const Format* const format = format_named(all_formats(), name)) return *format;
  std::vector<std::string_view> names;
  for (const Format* const format : all_formats()) {
    names.push_back(format->id);
    names.insert(names.end(), format->aliases.begin(), format->aliases.end());
  }
  const std::string meant = suggestion(name, names);
  throw UsageError(
      fmt::format("there is no format {}{}", name, meant.empty() ? std::string("; 'bibmill formats' lists them") : meant));
}

}  // namespace bibmill::cli

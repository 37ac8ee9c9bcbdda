// Reading the options of inputs.
#include "input_options.h"

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/nearest.h"
#include "bibmill/text/encoding.h"

namespace bibmill::cli {

std::optional<Encoding> encoding_from(const Arguments& arguments) {
  if (!arguments.has(kEncodingOption.name())) return std::nullopt;
  const std::string_view name = arguments.value(kEncodingOption.name());
  if (const std::optional<Encoding> encoding = text::encoding_named(name)) return encoding;
  const std::vector<std::string_view> names = {"utf-8", "utf-16le", "utf-16be", "windows-1252", "latin1"};
  const std::string meant = suggestion(name, names);
  throw UsageError(fmt::format("there is no encoding {}{}", name, meant.empty() ? fmt::format("; there are {}", fmt::join(names, ", ")) : meant));
}

}  // namespace bibmill::cli

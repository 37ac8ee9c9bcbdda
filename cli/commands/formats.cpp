// formats: what can be read and written.
#include <vector>

#include <fmt/format.h>

#include "bibmill/catalogue.h"
#include "command.h"
#include "format_list.h"

namespace bibmill::cli {

namespace {

int run_formats(const Arguments&, Console& console) {
  console.print(list_of_formats());
  return kDone;
}

}  // namespace

const Command& formats_command() {
  static constexpr Option kOptions[] = {kHelpOption};
  static constexpr Command kCommand = {
      .name = "formats",
      .summary = "list the formats that are read and written",
      .operands = "",
      .description = "Every format is both read and written. Names in parentheses mean the same format.",
      .options = kOptions,
      .exclusive = {},
      .examples = {},
      .most_operands = 0,
      .run = run_formats,
  };
  return kCommand;
}

}  // namespace bibmill::cli

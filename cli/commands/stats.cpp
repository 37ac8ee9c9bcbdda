// stats: what bibliographies hold: counts, completeness of fields, years.
#include <cstdint>
#include <string>

#include "bibmill/catalogue.h"
#include "bibmill/errors.h"
#include "bibmill/stats.h"
#include "command.h"
#include "format_list.h"
#include "input_options.h"
#include "reports/stats.h"

namespace bibmill::cli {

namespace {

// clang-format off
constexpr Option kOptions[] = {
    {"from,f", "FORMAT", "format of the inputs; otherwise each is recognised by its content, then by its name", "Input"},
    kEncodingOption,
    {"max-record", "SIZE", "skip a record that is larger", "Input", {}, "64M"},
    {"jobs,j", "N", "use so many threads, where else there is one for each MiB up to what the machine runs at once; the result is the same with any number", "Input"},
    {"format", "STYLE", "how to show what was counted", "Output", "text|json|html", "text"},
    {"top", "N", "make lists of journals, languages and keys no longer than this", "Output", {}, "20"},
    kHelpOption,
};
// clang-format on

constexpr std::uint64_t kLongestList = 100'000;

StatsOptions stats_options(const Arguments& arguments) {
  StatsOptions options;
  options.formats = all_formats();
  if (arguments.has("from")) options.from = &format_from(arguments.value("from"));
  options.inputs = inputs_from(arguments);
  options.input.encoding = encoding_from(arguments);
  options.max_record = size_from("max-record", arguments.value("max-record"));
  options.threads = threads_from(arguments, options.inputs);
  return options;
}

struct Style {
  std::string_view name;
  std::string (*show)(const Statistics& statistics, std::size_t most);
};
constexpr Style kStyles[] = {{"text", stats_as_text}, {"json", stats_as_json}, {"html", stats_as_page}};

int run_stats(const Arguments& arguments, Console& console) {
  const StatsOptions options = stats_options(arguments);
  const auto most = static_cast<std::size_t>(number_from("top", arguments.value("top"), 1, kLongestList));
  const Statistics statistics = count(options);
  for (const Style& style : kStyles)
    if (style.name == arguments.value("format")) console.print(style.show(statistics, most));
  return kDone;
}

}  // namespace

const Command& stats_command() {
  static constexpr Example kExamples[] = {
      {"bibmill stats refs.bib", "what is in it, and how complete it is"},
      {"bibmill stats --top 50 export.nbib", "fifty journals instead of twenty"},
      {"bibmill stats --format html *.ris > stats.html", "as one page to look at and pass on"},
  };
  static constexpr Command kCommand = {
      .name = "stats",
      .summary = "count what bibliographies hold",
      .operands = "[INPUT…]",
      .description =
          "Counts the records of all inputs (- or none: standard input) by format, type, year and language, tells how many have each field and identifier, which journals they are from, and how many keys are there "
          "twice. Shares are of all records. What --format json prints has a schema: 'bibmill schema stats'.",
      .options = kOptions,
      .exclusive = {},
      .examples = kExamples,
      .run = run_stats,
  };
  return kCommand;
}

}  // namespace bibmill::cli

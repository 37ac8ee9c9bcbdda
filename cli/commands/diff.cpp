// diff: what two bibliographies say differently, by record and field, whatever formats they are in.
#include <string>
#include <vector>

#include "bibmill/catalogue.h"
#include "bibmill/diff.h"
#include "bibmill/errors.h"
#include "command.h"
#include "format_list.h"
#include "input_options.h"
#include "reports/diff.h"
#include "reports/text.h"

namespace bibmill::cli {

namespace {

// clang-format off
constexpr Option kOptions[] = {
    {"from,f", "FORMAT", "format of both files; otherwise each is recognised by its content, then by its name", "Input"},
    kEncodingOption,
    {"format", "FORMAT", "how to show the differences", "Output", "text|json", "text"},
    {"spelling", "HOW", "what is only spelled differently (dashes, quotes, composed characters): show it, ignore it, or count it as a difference", "Output", "show|ignore|fail", "show"},
    {"quiet,q", "", "leave the closing line out", "Output"},
    kHelpOption,
};
// clang-format on

/// Says what is wrong with the inputs.
class Speaker final : public Listener {
 public:
  explicit Speaker(Console& console) : console_(&console) {}
  void diagnostic(const Place& place, const Diagnostic& diagnostic) override { say(*console_, place, diagnostic); }

 private:
  Console* console_;
};

int run_diff(const Arguments& arguments, Console& console) {
  const std::vector<std::string>& files = arguments.operands();
  if (files[0] == "-" && files[1] == "-") throw UsageError("standard input can be read once only");
  LoadOptions options;
  options.formats = all_formats();
  options.input.encoding = encoding_from(arguments);
  if (arguments.has("from")) options.from = &format_from(arguments.value("from"));
  Speaker speaker(console);
  options.path = files[0];
  const Library before = load(options, speaker);
  options.path = files[1];
  const Library after = load(options, speaker);

  const LibraryDifference difference = compare(before, after);
  const std::string_view spelling = arguments.value("spelling");
  const DiffView view{console.out_in_colours(), spelling != "ignore"};
  console.print(arguments.value("format") == "json" ? as_json(difference, before, after, view) : as_text(difference, before, after, view));
  console.flush();
  if (!arguments.has("quiet")) console.say(summary(difference, before, after));
  const bool counts = difference.differs() || (spelling == "fail" && !difference.changed.empty());
  return counts || before.errors + after.errors > 0 ? kFindings : kDone;
}

}  // namespace

const Command& diff_command() {
  static constexpr Example kExamples[] = {
      {"bibmill diff refs.bib refs.yaml", "what the two say differently, though their formats differ"},
      {"bibmill convert refs.bib --to ris | bibmill diff refs.bib -", "what a conversion cost, seen from its result"},
  };
  static constexpr Command kCommand = {
      .name = "diff",
      .summary = "tell what two bibliographies say differently",
      .operands = "BEFORE AFTER",
      .description =
          "Records are matched by key, then by DOI, PMID or PMCID, then by title, year and first author together; order does not matter. Ends with 1 if anything differs. A line "
          "with - stands only in the first file, with + only in the second, with ~ in both, spelled differently.",
      .options = kOptions,
      .exclusive = {},
      .examples = kExamples,
      .least_operands = 2,
      .most_operands = 2,
      .run = run_diff,
  };
  return kCommand;
}

}  // namespace bibmill::cli

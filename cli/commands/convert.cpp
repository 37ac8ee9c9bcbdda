// convert: from any format to any other, with every loss reported.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bibmill/catalogue.h"
#include "bibmill/errors.h"
#include "bibmill/pipeline.h"
#include "command.h"
#include "config.h"
#include "conversion.h"
#include "format_list.h"
#include "format_options.h"
#include "input_options.h"
#include "loss_policy.h"
#include "output_file.h"
#include "reports/json.h"
#include "reports/text.h"

namespace bibmill::cli {

namespace {

void check_fail_on(std::string_view words) { LossPolicy policy(words); }
void check_allow_loss(std::string_view names) { LossPolicy("loss").allow(names); }

// clang-format off
constexpr Option kOptions[] = {
    {"from,f", "FORMAT", "format of the inputs; otherwise each is recognised by its content, then by its name", "Formats"},
    {"to,t", "FORMAT", "write this format; may be left out where the output's name tells it", "Formats"},
    {"for", "PROFILE", "write what this importer reads best, such as zotero", "Formats"},
    {"output,o", "FILE", "write to this file, which appears when it is complete", "Output"},
    {"carry", "", "put what the format cannot show into its place for more, so that nothing is lost on the way back", "Output"},
    {"keys", "PATTERN", "keep: keys of the source, made ones only where there are none; else new keys for all, such as {author}{year}{title:1}", "Output", {}, "keep"},
    {"layout", "LAYOUT", "give unchanged records of BibTeX, biblatex, RIS, MEDLINE and PubMed XML back as they stood, or lay all of them out anew", "Output", "source|canonical"},
    {"step", "NAME[:OPTIONS]", "do this to the records on their way ('bibmill steps' lists what there is)", "Records", {}, {}, {}, true},
    kEncodingOption,
    {"max-record", "SIZE", "skip a record that is larger", "Input", {}, "64M"},
    {"jobs,j", "N", "use so many threads, where else there is one for each MiB up to what the machine runs at once; the output is the same with any number", "Input"},
    {"losses", "HOW", "say on standard error what was lost", "Reports", "summary|all|none", "summary"},
    {"changes", "HOW", "say on standard error what steps changed", "Reports", "summary|all|none", "summary"},
    {"report", "FILE", "write everything that was found, lost or supplied to this file, as JSON", "Reports"},
    {"fail-on", "WHAT", "end with 1 where there was an error; with \"warning\" also where there was a warning or a loss, with \"loss\" where there was a loss, with \"loss:DOI,author\" where one of these fields lost something", "Reports", {}, "error", {}, false, true, check_fail_on},
    {"allow-loss", "FIELD,…", "do not fail on losses of these fields, or of a part of one (author/affiliations); type, text and unknown stand for what has no field", "Reports", {}, {}, {}, true, true, check_allow_loss},
    {"progress", "WHEN", "show how far it is", "Reports", "auto|always|never", "auto"},
    {"quiet,q", "", "leave the closing line out", "Reports"},
    kConfigOption,
    kNoConfigOption,
    kHelpOption,
};
// clang-format on

const Format& target_from(const Arguments& arguments, Console& console) {
  if (arguments.has("to")) return format_from(arguments.value("to"));
  if (!arguments.has("output")) {
    const std::string list =
        console.err_is_terminal() ? fmt::format("; the formats are\n{}", list_of_formats()) : "; 'bibmill formats' lists them";
    throw UsageError(fmt::format("--to FORMAT is missing{}", list));
  }
  const std::string_view output = arguments.value("output");
  if (const Format* const format = format_for_file(all_formats(), output)) return *format;
  throw UsageError(fmt::format("{} does not tell which format to write; --to names it", output));
}

Layout layout_from(const Arguments& arguments) {
  if (!arguments.has("layout")) return Layout::Default;
  return arguments.value("layout") == "source" ? Layout::Source : Layout::Canonical;
}

void check_carrying(const Format& to) {
  if (to.carries_always || to.carries_on_request) return;
  std::vector<std::string_view> able;
  for (const Format* const format : all_formats())
    if (format->carries_always || format->carries_on_request) able.push_back(format->id);
  throw UsageError(fmt::format("{} has no place to carry more in; --carry works with {}", to.id, fmt::join(able, ", ")));
}

void set_keys(const Arguments& arguments, ConvertOptions& options) {
  const std::string_view pattern = arguments.value("keys");
  if (pattern == "keep") return;
  if (!options.to->needs_key) throw UsageError(fmt::format("{} needs no keys, so --keys makes none", options.to->id));
  options.replace_keys = true;
  options.keys = KeyPattern(pattern);
}

ConvertOptions options_from(const Arguments& arguments, Console& console) {
  ConvertOptions options;
  options.formats = all_formats();
  options.to = &target_from(arguments, console);
  if (arguments.has("from")) options.from = &format_from(arguments.value("from"));
  options.inputs = inputs_from(arguments);
  options.input.encoding = encoding_from(arguments);
  options.write.layout = layout_from(arguments);
  options.write.carry = arguments.has("carry");
  options.write.profile = profile_from(arguments, *options.to);
  set_format_options(arguments, options);
  if (options.write.carry) check_carrying(*options.to);
  set_keys(arguments, options);
  for (const std::string& step : arguments.values("step")) options.steps.push_back(make_step(step));
  options.threads = threads_from(arguments, options.inputs);
  options.max_record = size_from("max-record", arguments.value("max-record"));
  options.tell_each_loss = arguments.value("losses") == "all" || arguments.has("report");
  return options;
}

bool shows_progress(const Arguments& arguments, const Console& console) {
  const std::string_view when = arguments.value("progress");
  return when == "always" ||
         (when == "auto" && console.err_is_terminal() && !console.out_is_terminal() && !arguments.has("quiet"));
}

LossPolicy policy_from(const Arguments& arguments) {
  LossPolicy policy(arguments.value("fail-on"));
  for (const std::string& names : arguments.values("allow-loss")) policy.allow(names);
  return policy;
}

int run_convert(const Arguments& arguments, Console& console) {
  const LossPolicy policy = policy_from(arguments);
  const ConvertOptions options = options_from(arguments, console);
  const bool can_carry = options.to->carries_on_request && !options.to->carries_always && !options.write.carry;
  TextReport report(console, *options.to, how_much(arguments, "losses"), how_much(arguments, "changes"), can_carry, shows_progress(arguments, console));
  std::optional<OutputFile> file;
  const std::string_view output = arguments.value("output");
  if (!output.empty() && output != "-") file.emplace(std::string(output));
  std::optional<JsonReport> json;
  if (arguments.has("report")) json.emplace(std::string(arguments.value("report")), *options.to, can_carry, policy, report);

  TextSink& sink = file ? static_cast<TextSink&>(*file) : console.out();
  Listener& listener = json ? static_cast<Listener&>(*json) : report;
  const Totals totals = convert(options, sink, listener);

  if (file) file->commit();
  write_step_files(totals);
  console.flush();
  if (json) json->finish(totals);
  report.finish(totals, !arguments.has("quiet"));
  return policy.fails(totals) ? kFindings : kDone;
}

}  // namespace

const Command& convert_command() {
  static constexpr std::string_view kExclusive[] = {"quiet,progress", "config,no-config"};
  static constexpr Example kExamples[] = {
      {"bibmill convert --to bibtex pubmed.nbib -o refs.bib", "a PubMed export for LaTeX"},
      {"bibmill convert export.ris -o refs.json --losses=all", "CSL-JSON for pandoc, with every value that it cannot hold"},
      {"curl … | bibmill convert --to yaml --step select:year=2020- -", "what came out since 2020, from a pipe"},
  };
  static const std::vector<Option> kAllOptions = with_format_options(kOptions);
  static const Command kCommand = {
      .name = "convert",
      .summary = "convert from any format to any other",
      .operands = "[INPUT…]",
      .description =
          "Reads the inputs in order (- or none: standard input; .gz and .zst are unpacked) and writes one output. What the target has no "
          "place for is reported, by "
          "field; a record that is damaged does not stop the others. Which losses a project accepts can stand in bibmill.yaml, as convert: with fail-on and allow-loss "
          "(bibmill schema config); an option on the command line stands in place of the file's.",
      .options = kAllOptions,
      .exclusive = kExclusive,
      .examples = kExamples,
      .run = run_convert,
  };
  return kCommand;
}

}  // namespace bibmill::cli

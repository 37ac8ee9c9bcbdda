// check: what is wrong with bibliographies, said with places, for people and for programs.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bibmill/catalogue.h"
#include "bibmill/check.h"
#include "bibmill/citations.h"
#include "bibmill/errors.h"
#include "bibmill/mend.h"
#include "baseline.h"
#include "command.h"
#include "config.h"
#include "format_list.h"
#include "input_options.h"
#include "output_file.h"
#include "reports/findings.h"
#include "reports/text.h"

namespace bibmill::cli {

namespace {

constexpr std::uint64_t kUsualMost = 100;
constexpr std::uint64_t kNoLimit = UINT64_MAX;

std::string style_names() {
  std::string names;
  for (const FindingStyle* const style : all_finding_styles()) names += fmt::format("{}{}", names.empty() ? "" : "|", style->name);
  return names;
}

std::vector<std::string> divided(const std::vector<std::string>& lists) {
  std::vector<std::string> all;
  for (const std::string_view list : lists)
    for (std::string_view rest = list; !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      if (comma > 0) all.emplace_back(rest.substr(0, comma));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  return all;
}

void check_codes(std::string_view codes) {
  for (const std::string& code : divided({std::string(codes)})) check_selector(code);
}

void check_max_warnings(std::string_view text) { number_from("max-warnings", text, 0, kNoLimit); }

std::span<const Option> options_of_check() {
  static const std::string kStyles = style_names();
  // clang-format off
  static const std::vector<Option> kOptions = {
      {"from,f", "FORMAT", "format of the inputs; otherwise each is recognised by its content, then by its name", "Input"},
      kEncodingOption,
      {"max-record", "SIZE", "skip a record that is larger", "Input", {}, "64M"},
      {"jobs,j", "N", "use so many threads, where else there is one for each MiB up to what the machine runs at once; the result is the same with any number", "Input"},
      {"select", "CODES", "look for these only: codes divided by commas, with * for the rest of one (identifier/*), or all", "Rules", {}, {}, {}, true, true, check_codes},
      {"extend", "CODES", "look for these too", "Rules", {}, {}, {}, true, true, check_codes},
      {"ignore", "CODES", "do not look for these; of two that fit a code the longer decides", "Rules", {}, {}, {}, true, true, check_codes},
      {"retractions", "FILE", "look for works in this list of retracted ones: Retraction Watch's CSV, or DOIs and PMIDs in any text", "Rules", {}, {}, {}, false, true},
      {"cited", "FILE", "look for what this manuscript (.tex, .aux, .md, .docx …) cites and no record is, and for records that nobody cites", "Rules", {}, {}, {}, true, true},
      {"fix", "HOW", "mend the files: what cannot change the meaning, or what is only likely to be meant too", "Fixes", "safe|suggested", {}, "safe"},
      {"diff", "", "show what --fix would change, and change nothing", "Fixes"},
      {"format", "STYLE", "how to show what is found", "Output", kStyles, "text"},
      {"severity", "LEVEL", "show what is at least so grave", "Output", "note|warning|error", "note", {}, false, true},
      {"max", "N", "show no more findings than these; 0: all (otherwise 100 as text, and all in other styles)", "Output"},
      {"max-warnings", "N", "end with 0 where there are no errors and no more warnings than these", "Output", {}, "0", {}, false, true, check_max_warnings},
      {"baseline", "FILE", "put up with the findings in this file, which --write-baseline wrote", "Output", {}, {}, {}, false, true},
      {"write-baseline", "FILE", "write the findings to this file, and end with 0", "Output"},
      {"quiet,q", "", "leave the closing line out", "Output"},
      kConfigOption,
      kNoConfigOption,
      kHelpOption,
  };
  // clang-format on
  return kOptions;
}

RuleSelection selection_from(const Arguments& arguments) {
  RuleSelection selection;
  if (arguments.has("select")) selection.only_selected();
  for (const std::string& code : divided(arguments.values("select"))) selection.select(code);
  for (const std::string& code : divided(arguments.values("extend"))) selection.select(code);
  for (const std::string& code : divided(arguments.values("ignore"))) selection.ignore(code);
  return selection;
}

CheckOptions options_from(const Arguments& arguments) {
  CheckOptions options;
  options.formats = all_formats();
  if (arguments.has("from")) options.from = &format_from(arguments.value("from"));
  options.inputs = inputs_from(arguments);
  options.input.encoding = encoding_from(arguments);
  options.max_record = size_from("max-record", arguments.value("max-record"));
  options.threads = threads_from(arguments, options.inputs);
  options.rules = selection_from(arguments);
  if (arguments.differ_by_input())
    for (const std::string& input : options.inputs) options.rules_of_input.push_back(selection_from(arguments.of_input(input)));
  if (arguments.has("retractions")) options.settings.retracted.add_file(std::string(arguments.value("retractions")));
  add_citations(arguments.values("cited"), options.settings);
  return options;
}

const FindingStyle& style_from(const Arguments& arguments) {
  for (const FindingStyle* const style : all_finding_styles())
    if (style->name == arguments.value("format")) return *style;
  throw UsageError(fmt::format("there is no style {}", arguments.value("format")));
}

Severity severity_from(const Arguments& arguments) {
  const std::string_view level = arguments.value("severity");
  return level == "error" ? Severity::Error : level == "warning" ? Severity::Warning : Severity::Note;
}

std::uint64_t most_from(const Arguments& arguments, const FindingStyle& style) {
  if (!arguments.has("max")) return style.all ? kNoLimit : kUsualMost;
  const std::uint64_t most = number_from("max", arguments.value("max"), 0, kNoLimit);
  return most == 0 ? kNoLimit : most;
}

/// Lets through what is wanted, and counts what counts.
class Filter final : public FindingSink {
 public:
  Filter(FindingReport& report, Severity least, std::uint64_t most, const Baseline* baseline, Baseline* written)
      : report_(&report), least_(least), most_(most), written_(written) {
    if (baseline != nullptr) known_.emplace(*baseline);
  }

  void finding(const Finding& finding) override {
    if (written_ != nullptr) written_->add(finding);
    if (known_ && known_->take(finding)) {
      ++hidden.in_baseline;
      return;
    }
    switch (finding.diagnostic.severity) {
      case Severity::Error: ++errors; break;
      case Severity::Warning: ++warnings; break;
      case Severity::Note: ++notes; break;
    }
    if (finding.diagnostic.severity < least_) return;
    if (shown_ == most_) {
      ++hidden.beyond_most;
      return;
    }
    ++shown_;
    report_->finding(finding);
  }

  Hidden hidden;
  std::uint64_t errors = 0;
  std::uint64_t warnings = 0;
  std::uint64_t notes = 0;

 private:
  FindingReport* report_;
  Severity least_;
  std::uint64_t most_;
  std::optional<Baseline> known_;
  Baseline* written_;
  std::uint64_t shown_ = 0;
};

std::string closing_line(const CheckTotals& totals, const Filter& filter) {
  std::vector<std::string> parts;
  const auto add = [&](std::uint64_t count, std::string_view noun) {
    if (count > 0) parts.push_back(counted(count, noun));
  };
  add(filter.errors, "error");
  add(filter.warnings, "warning");
  add(filter.notes, "note");
  std::string line = counted(totals.records, "record");
  if (totals.inputs.size() > 1) line += fmt::format(" in {} files", totals.inputs.size());
  line += parts.empty() ? ", nothing found" : fmt::format(", {}", fmt::join(parts, ", "));
  if (filter.hidden.in_baseline > 0) line += fmt::format("; {} in the baseline", filter.hidden.in_baseline);
  return line;
}

/// Writes back what could be mended, or shows it. Whether anything was, or would be, changed.
bool mend_files(const Arguments& arguments, const CheckOptions& options, Console& console) {
  const bool suggested = arguments.value("fix") == "suggested";
  bool changed = false;
  std::uint64_t fixed = 0;
  std::uint64_t files = 0;
  for (const Mended& mended : mend(options, suggested)) {
    if (mended.refused)
      console.say(fmt::format("{}: {}: its fixes would have changed how it is read, and none was made", mended.path, console.word_for(Severity::Warning)));
    if (mended.before == mended.after) continue;
    changed = true;
    fixed += mended.fixed;
    ++files;
    if (arguments.has("diff")) {
      console.print(unified_diff(mended));
    } else {
      OutputFile file(mended.path);
      file.write(mended.after);
      file.commit();
    }
  }
  console.flush();
  if (!arguments.has("quiet"))
    console.say(fmt::format("{} {}mended in {}", counted(fixed, "finding"), arguments.has("diff") ? "could be " : "", counted(files, "file")));
  return changed;
}

int run_check(const Arguments& arguments, Console& console) {
  CheckOptions options = options_from(arguments);
  if (arguments.has("diff")) return mend_files(arguments, options, console) ? kFindings : kDone;
  if (arguments.has("fix")) mend_files(arguments, options, console);
  const FindingStyle& style = style_from(arguments);
  options.completeness = style.completeness;
  const std::uint64_t most_warnings = number_from("max-warnings", arguments.value("max-warnings"), 0, kNoLimit);
  const std::unique_ptr<FindingReport> report = style.make({&console.out(), console.out_in_colours()});
  std::optional<Baseline> baseline;
  // Who writes the first one cannot have it yet, though bibmill.yaml names it.
  const std::string known(arguments.value("baseline"));
  if (!known.empty() && (!arguments.has("write-baseline") || std::filesystem::exists(known))) baseline = Baseline::read(known);
  std::optional<Baseline> written;
  if (arguments.has("write-baseline")) written.emplace(std::string(arguments.value("write-baseline")));
  Filter filter(*report, severity_from(arguments), most_from(arguments, style), baseline ? &*baseline : nullptr, written ? &*written : nullptr);
  const CheckTotals totals = check(options, filter);
  report->finish(totals, filter.hidden);
  console.flush();
  if (written) {
    OutputFile file(std::string(arguments.value("write-baseline")));
    file.write(written->as_json());
    file.commit();
  }
  if (!arguments.has("quiet")) console.say(closing_line(totals, filter));
  return !written && (filter.errors > 0 || filter.warnings > most_warnings) ? kFindings : kDone;
}

}  // namespace

const Command& check_command() {
  static constexpr std::string_view kExclusive[] = {"config,no-config"};
  static constexpr Example kExamples[] = {
      {"bibmill check refs.bib", "what is wrong with it"},
      {"bibmill check --select 'duplicate/*' a.ris b.nbib", "records that stand in both"},
      {"bibmill check --fix=suggested --diff refs.bib", "what could be mended"},
      {"bibmill check --format sarif refs.bib > refs.sarif", "for code scanning"},
  };
  static const Command kCommand = {
      .name = "check",
      .summary = "tell what is wrong with bibliographies",
      .operands = "[INPUT…]",
      .description =
          "Reads the inputs (- or none: standard input) and tells what is wrong, with places: what readers could not understand and what rules find. 'bibmill rules' lists what is looked for. "
          "Errors and warnings end with 1, notes do not. In a file, a comment or field \"bibmill: allow CODE\" hushes a code for its record or the next one. "
          "What a project wants can stand in bibmill.yaml, as check: with these options as keys (bibmill schema config); an option on the command line stands in place of the file's. Which rules are looked for is asked of the file nearest to each input, all else of the first input's.",
      .options = options_of_check(),
      .exclusive = kExclusive,
      .examples = kExamples,
      .run = run_check,
      .settings_by_input = true,
  };
  return kCommand;
}

}  // namespace bibmill::cli

// fmt: files in their formats' canonical layout, in place; what they say stays.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bibmill/catalogue.h"
#include "bibmill/errors.h"
#include "bibmill/layout.h"
#include "command.h"
#include "format_list.h"
#include "format_options.h"
#include "input_options.h"
#include "output_file.h"
#include "reports/text.h"

namespace bibmill::cli {

namespace {

// clang-format off
constexpr Option kOptions[] = {
    {"from,f", "FORMAT", "format of the inputs; otherwise each is recognised by its content, then by its name", "Input"},
    kEncodingOption,
    {"check", "", "change nothing: name the files that would change, and end with 1 if there are any", "Output"},
    {"diff", "", "change nothing: show what would change, and end with 1 if anything would", "Output"},
    {"quiet,q", "", "leave the closing line out", "Output"},
    kHelpOption,
};
constexpr std::string_view kExclusive[] = {"check,diff"};
// clang-format on

std::string_view name_of_input(const std::string& path) { return path == "-" ? std::string_view("<stdin>") : std::string_view(path); }

std::vector<std::string_view> formats_with_layout() {
  std::vector<std::string_view> names;
  for (const Format* const format : all_formats())
    if (format->layout != nullptr) names.push_back(format->id);
  return names;
}

/// All of them, before any is touched.
std::vector<LayoutInput> open_inputs(const Arguments& arguments, std::optional<Encoding> encoding) {
  const Format* const from = arguments.has("from") ? &format_from(arguments.value("from")) : nullptr;
  std::vector<LayoutInput> inputs;
  for (const std::string& path : inputs_from(arguments)) {
    inputs.push_back(open_for_layout(path, encoding, all_formats(), from));
    const Format* const format = inputs.back().format;
    if (format != nullptr && format->layout == nullptr)
      throw UsageError(fmt::format("{} is {}, which has no canonical layout; there is one for {}", name_of_input(path), format->id, fmt::join(formats_with_layout(), ", ")));
  }
  return inputs;
}

Settings settings_from(const Arguments& arguments, const std::vector<LayoutInput>& inputs) {
  std::vector<const Format*> formats;
  for (const LayoutInput& input : inputs)
    if (input.format != nullptr) formats.push_back(input.format);
  return layout_settings(arguments, formats);
}

/// What was left as it stood, and why.
void tell(const LaidOutFile& file, Console& console) {
  const std::string name(name_of_input(file.mended.path));
  for (const LeftAlone& left : file.left) say(console, {name, left.position}, left.diagnostic);
  if (file.undecodable)
    console.say(fmt::format("{}: {}: some of its bytes are not of its encoding, and it was left as it is; --encoding names another encoding", name, console.word_for(Severity::Error)));
  if (file.mended.refused) console.say(fmt::format("{}: {}: it would be read otherwise than before, and was left as it is", name, console.word_for(Severity::Error)));
}

void write_back(const Mended& mended, Console& console) {
  if (mended.path == "-") {
    console.print(mended.after);
    return;
  }
  if (mended.before == mended.after) return;
  OutputFile file(mended.path);
  file.write(mended.after);
  file.commit();
}

std::string closing_line(std::size_t changed, std::size_t files, bool would) {
  const std::size_t same = files - changed;
  return fmt::format("{} {}laid out anew, {} as {} {}", counted(changed, "file"), would ? "would be " : "", same, same == 1 ? "it" : "they", same == 1 ? "was" : "were");
}

int run_fmt(const Arguments& arguments, Console& console) {
  const std::optional<Encoding> encoding = encoding_from(arguments);
  std::vector<LayoutInput> inputs = open_inputs(arguments, encoding);
  const Settings settings = settings_from(arguments, inputs);
  const bool only_looks = arguments.has("check") || arguments.has("diff");
  std::size_t changed = 0;
  bool failed = false;
  for (LayoutInput& input : inputs) {
    const LaidOutFile file = lay_out(std::move(input), encoding, settings);
    const Mended& mended = file.mended;
    const bool changes = mended.before != mended.after;
    tell(file, console);
    failed = failed || file.undecodable || mended.refused;
    changed += changes ? 1 : 0;
    if (!only_looks)
      write_back(mended, console);
    else if (arguments.has("diff"))
      console.print(unified_diff(mended));
    else if (changes)
      console.print(fmt::format("{}\n", name_of_input(mended.path)));
  }
  console.flush();
  if (!arguments.has("quiet")) console.say(closing_line(changed, inputs.size(), only_looks));
  return failed || (only_looks && changed > 0) ? kFindings : kDone;
}

}  // namespace

const Command& fmt_command() {
  static const std::vector<Option> kAllOptions = with_layout_options(kOptions);
  static constexpr Example kExamples[] = {
      {"bibmill fmt refs.bib", "in place"},
      {"bibmill fmt --check *.bib", "for CI: which files are not in this layout"},
      {"bibmill fmt --diff --field-order author,title,year refs.bib", "what would change"},
      {"bibmill fmt --indent 4 --line-width 100 - < refs.bib", "from standard input to standard output"},
  };
  static const Command kCommand = {
      .name = "fmt",
      .summary = "lay bibliographies out canonically, in place",
      .operands = "[INPUT…]",
      .description =
          "Lays files out as the page of their format says (standard input, - or none, goes to standard output): indents, line breaks, order and case of names, never what a record says. Comments and text "
          "between records stay, and so do encoding and line ends. What comes out is read again before it is written: a file that would say anything else is left alone. A part with faults in its syntax stays as it "
          "is, and is named.",
      .options = kAllOptions,
      .exclusive = kExclusive,
      .examples = kExamples,
      .run = run_fmt,
  };
  return kCommand;
}

}  // namespace bibmill::cli

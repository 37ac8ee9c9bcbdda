// merge: three versions of a bibliography into one, by record and field.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "bibmill/catalogue.h"
#include "bibmill/errors.h"
#include "bibmill/merge.h"
#include "command.h"
#include "format_list.h"
#include "input_options.h"
#include "output_file.h"
#include "reports/text.h"

namespace bibmill::cli {

namespace {

// clang-format off
constexpr Option kOptions[] = {
    {"from,f", "FORMAT", "format of the files; otherwise each is recognised by its content, then by its name", "Input"},
    kEncodingOption,
    {"output,o", "FILE", "write to this file, which may be one of the three", "Output"},
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

std::string name_of(const Record& record, std::size_t number) { return record.key.empty() ? fmt::format("record {}", number) : std::string(record.key); }

void tell_conflicts(const Merge& merge, std::string_view file, Console& console) {
  for (std::size_t at = 0; at < merge.records.size(); ++at) {
    const MergedRecord& record = merge.records[at];
    if (record.conflicts.empty()) continue;
    const std::string what = !record.in_ours    ? std::string("they changed what we removed")
                             : !record.in_theirs ? std::string("they removed what we changed")
                                                 : fmt::format("both changed {}", fmt::join(record.conflicts, ", "));
    console.say(fmt::format("{}: {}: {}: {} [merge/conflict]", file, console.word_for(Severity::Error), name_of(record.ours, at + 1), what));
  }
}

/// Versions of one file may look like either dialect of its format; they are what ours is.
bool are_dialects(const Format* a, const Format* b) { return a != nullptr && a != b && a->make_look_ahead != nullptr && a->make_look_ahead == b->make_look_ahead; }

void tell_left_out(const std::vector<LeftOut>& left_out, std::string_view file, Console& console) {
  for (const LeftOut& one : left_out)
    console.say(fmt::format("{}: {}: {}: both changed the record, and what stood between its fields stays behind: {} [merge/left-out]", file, console.word_for(Severity::Warning), one.record, one.text));
}

bool has_returns(const Library& library) {
  return std::any_of(library.records.begin(), library.records.end(), [](const LoadedRecord& one) { return one.record.layout.find("\r\n") != Str::npos; });
}

std::string closing_line(const Merge& merge) {
  std::size_t from_both = 0;
  for (const MergedRecord& record : merge.records) from_both += record.from_both ? 1U : 0U;
  return fmt::format("{}, {} merged from both sides, {}", counted(merge.records.size(), "record"), from_both, counted(merge.conflicts(), "conflict"));
}

int run_merge(const Arguments& arguments, Console& console) {
  const std::vector<std::string>& files = arguments.operands();
  for (const std::string& file : files)
    if (file == "-") throw UsageError("merge reads files, not standard input");
  LoadOptions options;
  options.formats = all_formats();
  options.input.encoding = encoding_from(arguments);
  if (arguments.has("from")) options.from = &format_from(arguments.value("from"));
  Speaker speaker(console);
  const auto load_for = [&](const std::string& file, const Format* to) {
    options.path = file;
    options.to = to;
    return load(options, speaker);
  };
  // What ours is in is what is written; temporary files have no name that tells it.
  const Format* const format = options.from != nullptr ? options.from : load_for(files[1], nullptr).format;
  if (format == nullptr) throw UsageError(fmt::format("{} is empty, and its name tells no format; --from names it", files[1]));
  if (options.from == nullptr && load_for(files[0], nullptr).format == nullptr) options.from = format;
  const auto load_like_ours = [&](const std::string& file) {
    Library library = load_for(file, format);
    if (options.from != nullptr || !are_dialects(library.format, format)) return library;
    options.from = format;
    library = load_for(file, format);
    options.from = nullptr;
    return library;
  };
  const Library ours = load_for(files[1], format);
  const Library base = load_like_ours(files[0]);
  const Library theirs = load_like_ours(files[2]);

  const Merge merged = merge(base, ours, theirs);
  WriteOptions write;
  write.layout = Layout::Source;
  if (has_returns(ours)) write.line_end.insert(0, 1, '\r');  // what is written anew ends as the file's lines do
  std::vector<LeftOut> left_out;
  const std::string text = render(merged, *format, write, left_out);
  const std::string_view output = arguments.value("output");
  if (output.empty() || output == "-") {
    console.print(text);
    console.flush();
  } else {
    OutputFile file{std::string(output)};
    file.write(text);
    file.commit();
  }
  tell_conflicts(merged, files[1], console);
  tell_left_out(left_out, files[1], console);
  if (!arguments.has("quiet")) console.say(closing_line(merged));
  return merged.conflicts() > 0 || base.errors + ours.errors + theirs.errors > 0 ? kFindings : kDone;
}

}  // namespace

const Command& merge_command() {
  static constexpr Example kExamples[] = {
      {"bibmill merge base.bib ours.bib theirs.bib -o merged.bib", "what both sides did to one bibliography"},
      {"git config merge.bibmill.driver \"bibmill merge %O %A %B -o %A\"", "let git merge bibliographies so"},
  };
  static constexpr Command kCommand = {
      .name = "merge",
      .summary = "merge three versions of a bibliography by record and field",
      .operands = "BASE OURS THEIRS",
      .description =
          "Takes what only one side changed, and both sides' changes to different fields of a record; the result is in the format of OURS. Where both changed a field in "
          "different ways, the lines of both stand in the output between <<<<<<< and >>>>>>>, and the exit code is 1.",
      .options = kOptions,
      .exclusive = {},
      .examples = kExamples,
      .least_operands = 3,
      .most_operands = 3,
      .run = run_merge,
  };
  return kCommand;
}

}  // namespace bibmill::cli

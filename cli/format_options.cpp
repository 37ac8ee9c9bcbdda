// The options of all formats, brought together by name.
#include "format_options.h"

#include <algorithm>
#include <deque>
#include <span>
#include <string>

#include <fmt/format.h>

#include "bibmill/catalogue.h"
#include "bibmill/errors.h"
#include "bibmill/nearest.h"

namespace bibmill::cli {

namespace {

using Side = FormatOption::Side;

constexpr std::string_view kGroup = "Of some formats";

/// An option and every format that has it.
struct Shared {
  const FormatOption* option;
  std::vector<const Format*> formats;
};

using OptionsOf = std::span<const FormatOption> Format::*;

std::vector<Shared> shared_among(OptionsOf options) {
  std::vector<Shared> all;
  for (const Format* const format : all_formats())
    for (const FormatOption& option : format->*options) {
      const auto known = std::find_if(all.begin(), all.end(), [&](const Shared& shared) { return shared.option->name == option.name; });
      if (known == all.end()) {
        all.push_back({&option, {format}});
      } else {
        known->formats.push_back(format);
      }
    }
  return all;
}

const std::vector<Shared>& shared_options() {
  static const std::vector<Shared> kAll = shared_among(&Format::options);
  return kAll;
}

const std::vector<Shared>& shared_layout_options() {
  static const std::vector<Shared> kAll = shared_among(&Format::layout_options);
  return kAll;
}

std::string names_of(const Shared& shared) {
  std::vector<std::string_view> names;
  for (const Format* const format : shared.formats) names.push_back(format->id);
  return fmt::format("{}", fmt::join(names, ", "));
}

bool has(const Shared& shared, const Format& format) {
  return std::find(shared.formats.begin(), shared.formats.end(), &format) != shared.formats.end();
}

/// An option of the wrong format would do nothing, and its user would not know.
void check_format(const Shared& shared, const ConvertOptions& options) {
  const bool writes = shared.option->side == Side::Writing;
  const Format* const concerned = writes ? options.to : options.from;
  if (concerned == nullptr || has(shared, *concerned)) return;
  throw UsageError(fmt::format("--{} is for {}, and the {} is {}", shared.option->name, names_of(shared), writes ? "target" : "source", concerned->id));
}

/// Does the name of the output ask for this switch ("refs.ndjson")?
bool is_implied(const Shared& shared, std::string_view output, const ConvertOptions& options) {
  std::string_view endings = shared.option->implied_by;
  if (options.to == nullptr || !has(shared, *options.to)) return false;
  while (!endings.empty()) {
    const std::size_t bar = endings.find('|');
    if (output.ends_with(endings.substr(0, bar))) return true;
    endings = bar == endings.npos ? std::string_view() : endings.substr(bar + 1);
  }
  return false;
}

std::vector<Option> with(std::span<const Option> own, const std::vector<Shared>& shared_ones) {
  static std::deque<std::string> texts;  // the table's own words, as long as the program runs
  std::vector<Option> all(own.begin(), own.end());
  const auto help = std::find_if(all.begin(), all.end(), [](const Option& option) { return option.name() == kHelpOption.name(); });
  std::vector<Option> more;
  for (const Shared& shared : shared_ones) {
    const FormatOption& option = *shared.option;
    const std::string_view summary = texts.emplace_back(fmt::format("{}: {}", names_of(shared), option.summary));
    more.push_back({option.name, option.argument, summary, kGroup, option.choices, option.otherwise});
  }
  all.insert(help, more.begin(), more.end());
  return all;
}

/// Throws UsageError where a number is none, or too large or small.
void check_value(const FormatOption& option, std::string_view value) {
  if (option.is_number()) number_from(option.name, value, static_cast<std::uint64_t>(option.least), static_cast<std::uint64_t>(option.most));
}

}  // namespace

std::vector<Option> with_format_options(std::span<const Option> own) { return with(own, shared_options()); }
std::vector<Option> with_layout_options(std::span<const Option> own) { return with(own, shared_layout_options()); }

void set_format_options(const Arguments& arguments, ConvertOptions& options) {
  for (const Shared& shared : shared_options()) {
    const FormatOption& option = *shared.option;
    if (!arguments.has(option.name)) {
      if (is_implied(shared, arguments.value("output"), options)) options.write.settings.set(option.name, {});
      continue;
    }
    check_format(shared, options);
    const std::string_view value = arguments.value(option.name);
    check_value(option, value);
    Settings& settings = option.side == Side::Writing ? options.write.settings : options.reading;
    settings.set(option.name, std::string(value));
    if (option.name == kLineEndOption.name) options.write.line_end = value == "crlf" ? "\r\n" : "\n";
  }
}

Settings layout_settings(const Arguments& arguments, std::span<const Format* const> formats) {
  Settings settings;
  for (const Shared& shared : shared_layout_options()) {
    const FormatOption& option = *shared.option;
    if (!arguments.has(option.name)) continue;
    for (const Format* const format : formats)
      if (!has(shared, *format)) throw UsageError(fmt::format("--{} is for {}, and there is {} among the inputs", option.name, names_of(shared), format->id));
    check_value(option, arguments.value(option.name));
    settings.set(option.name, std::string(arguments.value(option.name)));
  }
  return settings;
}

std::string_view profile_from(const Arguments& arguments, const Format& to) {
  if (!arguments.has("for")) return {};
  const std::string_view name = arguments.value("for");
  std::vector<std::string_view> names;
  for (const Profile& profile : to.profiles) {
    if (profile.name == name) return name;
    names.push_back(profile.name);
  }
  if (names.empty()) throw UsageError(fmt::format("{} is written in one way for all importers, so --for chooses nothing", to.id));
  const std::string meant = suggestion(name, names);
  throw UsageError(fmt::format("{} has no profile {}{}", to.id, name, meant.empty() ? fmt::format("; it has {}", fmt::join(names, ", ")) : meant));
}

}  // namespace bibmill::cli

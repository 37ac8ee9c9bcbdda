// Boost.Program_options reads the words; all else comes from the table.
#include "options.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include <fmt/format.h>
#include <boost/program_options.hpp>

#include "bibmill/errors.h"
#include "bibmill/nearest.h"
#include "bibmill/text/unicode.h"

namespace bibmill::cli {

namespace po = boost::program_options;

namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kWidestName = 26;

const Option* option_named(std::span<const Option> options, std::string_view name) {
  const auto found = std::find_if(options.begin(), options.end(), [&](const Option& option) {
    return option.name() == name || (!option.letter().empty() && option.letter() == name);
  });
  return found == options.end() ? nullptr : &*found;
}

po::options_description description_of(std::span<const Option> options) {
  po::options_description description;
  for (const Option& option : options) {
    const std::string names(option.names);
    if (option.takes_value()) {
      description.add_options()(names.c_str(), po::value<std::vector<std::string>>());
    } else {
      description.add_options()(names.c_str(), "");
    }
  }
  return description;
}

/// An optional value stands behind "=" or not at all; Boost would take the next word.
std::vector<std::string> with_bare_values(std::span<const Option> options, std::vector<std::string> words) {
  for (std::string& word : words) {
    if (word == "--") break;
    if (!word.starts_with("--")) continue;
    const Option* const option = option_named(options, std::string_view(word).substr(2));
    if (option != nullptr && !option->bare.empty()) word += fmt::format("={}", option->bare);
  }
  return words;
}

[[noreturn]] void refuse_unknown(std::span<const Option> options, const std::string& word) {
  std::vector<std::string> names;
  for (const Option& option : options) names.push_back(fmt::format("--{}", option.name()));
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const std::string given = word.substr(0, word.find('='));
  const std::string meant = given.starts_with("--") ? suggestion(given, candidates) : std::string{};
  throw UsageError(fmt::format("there is no option {}{}", given, meant));
}

[[noreturn]] void refuse(std::span<const Option> options, const po::invalid_syntax& error) {
  std::string name = error.get_option_name();
  name.erase(0, name.find_first_not_of('-'));
  const Option* const option = option_named(options, name);
  if (option == nullptr) throw UsageError(error.what());
  if (option->takes_value()) throw UsageError(fmt::format("--{} wants a value: {}", option->name(), option->argument));
  throw UsageError(fmt::format("--{} takes no value", option->name()));
}

std::vector<std::string_view> choices_of(const Option& option) {
  std::vector<std::string_view> choices;
  for (std::string_view rest = option.choices; !rest.empty();) {
    const std::size_t bar = std::min(rest.find('|'), rest.size());
    choices.push_back(rest.substr(0, bar));
    rest.remove_prefix(std::min(bar + 1, rest.size()));
  }
  return choices;
}

void check_choice(const Option& option, std::string_view value) {
  const std::vector<std::string_view> choices = choices_of(option);
  if (choices.empty() || std::find(choices.begin(), choices.end(), value) != choices.end()) return;
  throw UsageError(
      fmt::format("--{} is one of {}, not {}{}", option.name(), fmt::join(choices, ", "), value, suggestion(value, choices)));
}

void check_exclusive(std::string_view names, const Arguments& arguments) {
  std::string_view given;
  for (std::string_view rest = names; !rest.empty();) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view name = rest.substr(0, comma);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    if (!arguments.has(name)) continue;
    if (!given.empty()) throw UsageError(fmt::format("--{} and --{} exclude each other", given, name));
    given = name;
  }
}

/// "-t, --to FORMAT".
std::string usage_of(const Option& option) {
  std::string usage = option.letter().empty() ? "    " : fmt::format("-{}, ", option.letter());
  usage += fmt::format("--{}", option.name());
  if (!option.bare.empty()) {
    usage += fmt::format("[={}]", option.argument);
  } else if (option.takes_value()) {
    usage += fmt::format(" {}", option.argument);
  }
  return usage;
}

std::string help_of(const Option& option) {
  std::string help(option.help);
  if (!option.choices.empty()) {
    std::string choices(option.choices);
    std::replace(choices.begin(), choices.end(), '|', ' ');
    help += fmt::format(": {}", fmt::join(choices_of(option), ", "));
  }
  if (!option.otherwise.empty()) help += fmt::format(" (otherwise {})", option.otherwise);
  if (option.repeats) help += "; may be repeated";
  return help;
}

}  // namespace

std::string_view Arguments::value(std::string_view option) const {
  if (const auto given = values_.find(option); given != values_.end()) return given->second.back();
  const Option* const known = option_named(options_, option);
  return known == nullptr ? std::string_view{} : known->otherwise;
}

std::vector<std::string> Arguments::values(std::string_view option) const {
  const auto given = values_.find(option);
  return given == values_.end() ? std::vector<std::string>{} : given->second;
}

Arguments parse(std::span<const Option> options, std::span<const std::string_view> exclusive,
                const std::vector<std::string>& words) {
  const po::options_description description = description_of(options);
  constexpr int kStyle = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  Arguments arguments;
  arguments.options_ = options;
  try {
    const po::parsed_options parsed =
        po::command_line_parser(with_bare_values(options, words)).options(description).style(kStyle).allow_unregistered().run();
    for (const po::option& each : parsed.options) {
      if (each.unregistered) refuse_unknown(options, each.original_tokens.front());
      if (each.string_key.empty()) {
        arguments.operands_.insert(arguments.operands_.end(), each.value.begin(), each.value.end());
        continue;
      }
      std::string name = each.string_key;
      name.erase(0, std::min(name.find_first_not_of('-'), name.size()));
      const Option& option = *option_named(options, name);
      std::vector<std::string>& values = arguments.values_[std::string(option.name())];
      if (!values.empty() && !option.repeats) throw UsageError(fmt::format("--{} is given twice", option.name()));
      values.push_back(each.value.empty() ? std::string("yes") : each.value.front());
      if (option.takes_value()) check_choice(option, values.back());
    }
  } catch (const po::invalid_syntax& error) {
    refuse(options, error);
  }
  for (const std::string_view names : exclusive) check_exclusive(names, arguments);
  return arguments;
}

std::string describe(std::span<const Option> options) {
  std::vector<std::string_view> groups;
  for (const Option& option : options)
    if (std::find(groups.begin(), groups.end(), option.group) == groups.end()) groups.push_back(option.group);
  std::string text;
  for (const std::string_view group : groups) {
    std::vector<Row> rows;
    for (const Option& option : options)
      if (option.group == group) rows.push_back({usage_of(option), help_of(option)});
    text += fmt::format("\n{}:\n{}", group, in_columns(rows));
  }
  return text;
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string out;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, blank);
    text.remove_prefix(std::min(blank + 1, text.size()));
    const std::size_t length = text::count_code_points(word);
    if (column > 0 && column + 1 + length > width) {
      out += fmt::format("\n{:{}}", "", indent);
      column = 0;
    } else if (column > 0) {
      out += ' ';
      ++column;
    }
    out += word;
    column += length;
  }
  return out;
}

std::string in_columns(std::span<const Row> rows) {
  std::size_t widest = 0;
  for (const Row& row : rows) {
    const std::size_t length = text::count_code_points(row.name);
    if (length <= kWidestName) widest = std::max(widest, length);
  }
  const std::size_t indent = widest + 4;
  std::string text;
  for (const Row& row : rows) {
    const std::size_t length = text::count_code_points(row.name);
    text += fmt::format("  {}", row.name);
    text += length > widest ? fmt::format("\n{:{}}", "", indent) : fmt::format("{:{}}", "", indent - 2 - length);
    text += wrapped(row.text, kWidth - indent, indent);
    text += '\n';
  }
  return text;
}

std::uint64_t number_from(std::string_view option, std::string_view text, std::uint64_t least, std::uint64_t most) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size() && number >= least && number <= most) return number;
  throw UsageError(fmt::format("--{} is a number from {} to {}, not {}", option, least, most, text));
}

std::uint64_t size_from(std::string_view option, std::string_view text) {
  unsigned shift = 0;
  if (!text.empty()) {
    switch (text::ascii_upper(text.back())) {
      case 'K': shift = 10; break;
      case 'M': shift = 20; break;
      case 'G': shift = 30; break;
      default: break;
    }
  }
  std::uint64_t number = 0;
  const std::string_view digits = shift == 0 ? text : text.substr(0, text.size() - 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool fits = number > 0 && number <= (std::numeric_limits<std::uint64_t>::max() >> (shift + 1));
  if (error == std::errc{} && end == digits.data() + digits.size() && fits) return number << shift;
  throw UsageError(fmt::format("--{} is a size such as 512K, 64M or 1G, not {}", option, text));
}

}  // namespace bibmill::cli

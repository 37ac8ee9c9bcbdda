// Options are data: names, argument, help and group stand in a table, and parsing, errors and help follow from it.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bibmill::cli {

struct Option {
  std::string_view names;           ///< "to,t": long, and short where there is one
  std::string_view argument;        ///< "FORMAT"; empty: a switch
  std::string_view help;            ///< one line, in lower case, without a final dot
  std::string_view group;           ///< heading in the help
  std::string_view choices = {};    ///< "summary|all|none", if only some words will do
  std::string_view otherwise = {};  ///< the value where the option is not given
  std::string_view bare = {};       ///< the value of the option without "=": its argument is optional, and never the next word
  bool repeats = false;
  bool in_config = false;  ///< may stand in bibmill.yaml (config.h)
  void (*check)(std::string_view value) = nullptr;  ///< throws UsageError for a value that will not do; asked of values in that file, whose places are then told

  constexpr std::string_view name() const { return names.substr(0, names.find(',')); }
  constexpr std::string_view letter() const {
    return names.find(',') == std::string_view::npos ? std::string_view{} : names.substr(names.find(',') + 1);
  }
  constexpr bool takes_value() const { return !argument.empty(); }
};

/// Every command has it.
inline constexpr Option kHelpOption = {"help,h", "", "show this help", "Help"};

/// What was given.
class Arguments {
 public:
  bool has(std::string_view option) const { return values_.find(option) != values_.end(); }
  /// Of an option that was not given, its value otherwise.
  std::string_view value(std::string_view option) const;
  /// All values of an option that repeats.
  std::vector<std::string> values(std::string_view option) const;
  const std::vector<std::string>& operands() const { return operands_; }
  /// Gives an option that was not given these values.
  void supply(std::string_view option, std::vector<std::string> values) { values_.try_emplace(std::string(option), std::move(values)); }

  /// What holds for one input: these, but where the input has a file of settings of its own (config.h).
  const Arguments& of_input(const std::string& input) const {
    const auto own = of_inputs_.find(input);
    return own == of_inputs_.end() ? *this : own->second;
  }
  bool differ_by_input() const { return !of_inputs_.empty(); }
  void set_for_input(const std::string& input, Arguments arguments) { of_inputs_.insert_or_assign(input, std::move(arguments)); }
  /// The file that settings came from; empty where there was none.
  const std::string& config_file() const { return config_file_; }
  void set_config_file(std::string file) { config_file_ = std::move(file); }

 private:
  friend Arguments parse(std::span<const Option> options, std::span<const std::string_view> exclusive,
                         const std::vector<std::string>& words);
  std::span<const Option> options_;
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::vector<std::string> operands_;
  std::map<std::string, Arguments> of_inputs_;
  std::string config_file_;
};

/// Reads the words behind a command. Options may stand among operands until "--"; they are not abbreviated. Throws UsageError.
Arguments parse(std::span<const Option> options, std::span<const std::string_view> exclusive,
                const std::vector<std::string>& words);

/// The table as the help shows it, by groups.
std::string describe(std::span<const Option> options);

/// A list of names and what they are, in two columns, the second one wrapped.
struct Row {
  std::string name;
  std::string text;
};
std::string in_columns(std::span<const Row> rows);

/// Breaks a text into lines of at most `width` characters, each but the first indented.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

/// "64M", "512K", "1G" or bytes. Throws UsageError.
std::uint64_t size_from(std::string_view option, std::string_view text);
/// A whole number in a range. Throws UsageError.
std::uint64_t number_from(std::string_view option, std::string_view text, std::uint64_t least, std::uint64_t most);

}  // namespace bibmill::cli

// bibmill.yaml: what a project wants of bibmill, whoever runs it; found upwards from an input.
//
//   check:
//     ignore: [title/*, date/two-digit-year]
//     max-warnings: 10
//     baseline: .bibmill/known.json      # relative to this file
//   convert:
//     allow-loss: [abstract, author/affiliations]
//     fail-on: loss
//
// The keys are options of the command line, told by whoever has their table: an option that is given there wins over the file.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/text/tree.h"

namespace bibmill {

inline constexpr std::string_view kConfigName = "bibmill.yaml";

/// A key that a section may have.
struct ConfigKey {
  std::string_view name;
  std::string_view meaning;
  std::string_view choices = {};  ///< "note|warning|error", if only some words will do
  bool is_list = false;           ///< a word or a list of words
  bool is_file = false;           ///< a path, relative to the file
  bool is_number = false;         ///< in the schema; `check` has the last word
  void (*check)(std::string_view value) = nullptr;  ///< throws UsageError for a value that will not do
};

struct ConfigSection {
  std::string_view name;
  std::string_view meaning;
  std::vector<ConfigKey> keys;
};

struct ConfigValue {
  std::string_view key;  ///< of the table
  std::vector<std::string> values;
};

/// The file in the folder of `input` or in the nearest folder above; "-" begins in the current folder.
std::optional<std::string> find_config(const std::string& input);

/// What the file says in the section named `wanted`; all sections are checked. Throws UsageError with line and column, InputError where it cannot be read.
std::vector<ConfigValue> read_config(const std::string& path, std::span<const ConfigSection> sections, std::string_view wanted);

/// The schema of such files (schemas/config.schema.json).
void emit_config_schema(text::Emitter& emitter, std::span<const ConfigSection> sections);

}  // namespace bibmill

// Settings: what a format can be asked for beyond what all formats know: its options and the importers that it writes for, as data.
//
// A format lists its options in its descriptor. The command line makes a flag of each (`--indent 2`), refuses it where the formats in use do not have it, and
// hands what was given to the reader or writer; documentation and help follow from the same rows.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bibmill {

struct FormatOption {
  enum class Side : std::uint8_t { Reading, Writing };

  std::string_view name;            ///< "indent"; two formats that share a name mean the same by it
  std::string_view argument;        ///< "N"; empty: a switch
  std::string_view summary;         ///< one line, in lower case, without a final dot
  Side side = Side::Writing;
  std::string_view choices = {};    ///< "plain|html", if only some words will do
  std::string_view otherwise = {};  ///< the value where the option is not given
  std::int64_t least = 0;           ///< of a number; `most` below `least`: the value is text
  std::int64_t most = -1;
  std::string_view implied_by = {};  ///< ".ndjson|.jsonl": an output whose name ends so is asked for with it. Of a switch

  constexpr bool is_number() const { return least <= most; }
};

/// An importer that a format's writer can write for: `--for zotero`.
struct Profile {
  std::string_view name;
  std::string_view summary;  ///< what is written otherwise, and why
  std::string (*page)() = nullptr;  ///< more for the documentation: the body of a page of its own, in Markdown
};

/// The line ends that a writer uses: read into WriteOptions::line_end. For every format whose text is lines.
inline constexpr FormatOption kLineEndOption = {"line-end", "KIND", "end lines so", FormatOption::Side::Writing, "lf|crlf", "lf"};

/// What was given for one format, of the options that its descriptor lists.
class Settings {
 public:
  void set(std::string_view option, std::string value) { given_.emplace_back(option, std::move(value)); }

  bool empty() const { return given_.empty(); }
  bool has(std::string_view option) const { return find(option) != nullptr; }

  /// What was given, or `otherwise`.
  std::string_view value(std::string_view option, std::string_view otherwise = {}) const {
    const std::string* const given = find(option);
    return given == nullptr ? otherwise : std::string_view(*given);
  }

  /// Of an option that is a number: whoever fills the settings has seen to it that it is one.
  std::int64_t number(std::string_view option, std::int64_t otherwise) const {
    const std::string* const given = find(option);
    if (given == nullptr) return otherwise;
    std::int64_t number = otherwise;
    std::from_chars(given->data(), given->data() + given->size(), number);
    return number;
  }

 private:
  const std::string* find(std::string_view option) const {
    for (const auto& [name, value] : given_)
      if (name == option) return &value;
    return nullptr;
  }

  std::vector<std::pair<std::string, std::string>> given_;
};

}  // namespace bibmill

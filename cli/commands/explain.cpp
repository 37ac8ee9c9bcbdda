// explain: what a conversion can lose, told from the two formats' tables.
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bibmill/mapping.h"
#include "bibmill/report.h"
#include "command.h"
#include "format_list.h"

namespace bibmill::cli {

namespace {

/// "of all types", or the first few.
std::string types_in_words(TypeSet types) {
  constexpr std::size_t kMost = 3;
  if (types == kEveryType) return {};
  std::vector<std::string_view> names;
  for (std::size_t t = 0; t < kTypeCount; ++t)
    if (types.has(static_cast<Type>(t))) names.push_back(name_of(static_cast<Type>(t)));
  if (names.size() <= kMost) return fmt::format(" ({})", fmt::join(names, ", "));
  // Nearly all types are better told by the few that are missing.
  std::vector<std::string_view> others;
  for (std::size_t t = 0; t < kTypeCount; ++t)
    if (!types.has(static_cast<Type>(t))) others.push_back(name_of(static_cast<Type>(t)));
  if (others.size() <= kMost) return fmt::format(" (all types but {})", fmt::join(others, ", "));
  return fmt::format(" ({} and {} more types)", fmt::join(names.begin(), names.begin() + kMost, ", "), names.size() - kMost);
}

std::string list_of(const std::vector<Passage>& passages, Fidelity fidelity) {
  std::vector<Row> rows;
  for (const Passage& passage : passages) {
    if (passage.fidelity != fidelity) continue;
    std::string way(passage.read_from);
    if (!passage.written_to.empty()) way += fmt::format(" → {}", passage.written_to);
    rows.push_back({std::string(name_of(passage.field)), way + types_in_words(passage.types)});
  }
  return in_columns(rows);
}

int run_explain(const Arguments& arguments, Console& console) {
  const Format& from = format_from(arguments.operands()[0]);
  const Format& to = format_from(arguments.operands()[1]);
  const std::vector<Passage> all = passages(from.mappings, to.mappings);
  struct Fate {
    Fidelity fidelity;
    std::string_view heading;
  };
  constexpr Fate kFates[] = {
      {Fidelity::Refused, "has no place"},
      {Fidelity::Narrowed, "can lose a part of its value"},
      {Fidelity::Exact, "passes whole"},
  };
  console.print(fmt::format("From {} to {}, by field of the record:\n", display_name(from), display_name(to)));
  for (const Fate& fate : kFates) {
    const std::string list = list_of(all, fate.fidelity);
    if (!list.empty()) console.print(fmt::format("\n{}\n{}", fate.heading, list));
  }
  if (to.carries_always)
    console.print(
        fmt::format("\n{} carries all the same what has no place of its own, and what a value would lose.\n", display_name(to)));
  else if (to.carries_on_request)
    console.print("\nWith --carry, what has no place and what a value would lose travels along and comes back.\n");
  return kDone;
}

}  // namespace

const Command& explain_command() {
  static constexpr Option kOptions[] = {kHelpOption};
  static constexpr Example kExamples[] = {{"bibmill explain medline bibtex", "what BibTeX has no place for"}};
  static constexpr Command kCommand = {
      .name = "explain",
      .summary = "tell what a conversion can lose",
      .operands = "FROM TO",
      .description = "The answer comes from the tables that reading and writing use, so that it holds for every file.",
      .options = kOptions,
      .exclusive = {},
      .examples = kExamples,
      .least_operands = 2,
      .most_operands = 2,
      .run = run_explain,
  };
  return kCommand;
}

}  // namespace bibmill::cli

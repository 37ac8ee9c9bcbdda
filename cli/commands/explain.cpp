// explain: what a conversion can lose, told from the two formats' tables.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/mapping.h"
#include "bibmill/nearest.h"
#include "bibmill/report.h"
#include "bibmill/rows.h"
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

// ------------------------------------------------------------------------------------------------------------- one field

Field field_from(std::string_view name) {
  if (const std::optional<Field> field = field_named(name)) return *field;
  std::vector<std::string_view> names;
  for (std::size_t f = 0; f < kFieldCount; ++f) names.push_back(name_of(static_cast<Field>(f)));
  throw UsageError(fmt::format("{} is no field of a record{}", name, suggestion(name, names)));
}

/// One way of a field between two tables: the rows, and the types of work for which they are the ones.
struct Course {
  const Mapping* read = nullptr;
  const Mapping* written = nullptr;
  TypeSet types;
};

/// Rows that say the same to a reader of the explanation, though they are for different types.
bool tell_the_same(const Mapping* a, const Mapping* b) {
  if (a == nullptr || b == nullptr) return a == b;
  return a->key == b->key && a->also == b->also && a->note == b->note && a->fidelity == b->fidelity;
}

std::vector<Course> ways_of(Field field, const Format& from, const Format& to) {
  std::vector<Course> ways;
  for (std::size_t t = 0; t < kTypeCount; ++t) {
    const Type type = static_cast<Type>(t);
    const Mapping* const read = reading_row(from.mappings, field, type);
    if (read == nullptr) continue;
    const Mapping* const written = writing_row(to.mappings, field, type);
    const auto known = std::find_if(ways.begin(), ways.end(), [&](const Course& way) { return tell_the_same(way.read, read) && tell_the_same(way.written, written); });
    if (known == ways.end()) {
      ways.push_back({read, written, type});
    } else {
      known->types = known->types | type;
    }
  }
  return ways;
}

/// "SP, and EP which goes on with it": the row's key, and what it says besides.
std::string row_in_words(const Mapping& row, std::span<const Mapping> rows, TypeSet types) {
  std::string words(row.key);
  for (const Mapping& part : rows)
    if (part.way == Way::Part && part.field == row.field && part.types.overlaps(types) && part.key != row.key) words += fmt::format(", {}", part.key);
  return row.note.empty() ? words : fmt::format("{} ({})", words, row.note);
}

std::string read_in_words(const Course& way, const Format& from) {
  std::string words = row_in_words(*way.read, from.mappings, way.types);
  if (!way.read->also.empty()) words += fmt::format("; where that is missing, {}", way.read->also);
  return words;
}

std::string fate_in_words(const Course& way, const Format& to) {
  if (way.written == nullptr) return "not at all: no row writes it";
  if (way.written->fidelity == Fidelity::Narrowed) return "in part: some values lose something, and the report names it";
  if (!to.text_loses.empty()) return fmt::format("whole, but for what any text may lose: {}", fmt::join(to.text_loses, ", "));
  return "whole";
}

/// What keeps what a way loses.
std::string keeper_in_words(const Course& way, const Format& to) {
  const bool whole = way.written != nullptr && way.written->fidelity == Fidelity::Exact;
  if (whole) return {};
  if (to.carries_always) return fmt::format("{} carries the rest all the same", display_name(to));
  return to.carries_on_request ? "--carry takes the rest along" : std::string{};
}

int explain_field(Field field, const Format& from, const Format& to, Console& console) {
  const std::vector<Course> ways = ways_of(field, from, to);
  console.print(fmt::format("{} from {} to {}: {}\n", name_of(field), display_name(from), display_name(to), info(field).meaning));
  if (ways.empty()) console.print(fmt::format("\n{} has no key for it.\n", display_name(from)));
  for (const Course& way : ways) {
    std::vector<Row> rows = {{"read from", read_in_words(way, from)}};
    if (way.written != nullptr) rows.push_back({"written to", row_in_words(*way.written, to.mappings, way.types)});
    rows.push_back({"passes", fate_in_words(way, to)});
    if (const std::string keeper = keeper_in_words(way, to); !keeper.empty()) rows.push_back({"kept by", keeper});
    const std::string types = types_in_words(way.types);  // " (book, map)"
    console.print(fmt::format("\nfor {}\n{}", types.empty() ? "all types" : types.substr(2, types.size() - 3), in_columns(rows)));
  }
  return kDone;
}

// ------------------------------------------------------------------------------------------------------------ all fields

int run_explain(const Arguments& arguments, Console& console) {
  const Format& from = format_from(arguments.operands()[0]);
  const Format& to = format_from(arguments.operands()[1]);
  if (arguments.operands().size() == 3) return explain_field(field_from(arguments.operands()[2]), from, to, console);
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
  static constexpr Example kExamples[] = {
      {"bibmill explain medline bibtex", "what BibTeX has no place for"},
      {"bibmill explain ris bibtex issued", "what becomes of dates, for which types of work, and by which rows"},
  };
  static constexpr Command kCommand = {
      .name = "explain",
      .summary = "tell what a conversion can lose",
      .operands = "FROM TO [FIELD]",
      .description = "The answer comes from the tables that reading and writing use, so that it holds for every file. With a field of the record (docs/fields.md), it tells its rows and conditions.",
      .options = kOptions,
      .exclusive = {},
      .examples = kExamples,
      .least_operands = 2,
      .most_operands = 3,
      .run = run_explain,
  };
  return kCommand;
}

}  // namespace bibmill::cli

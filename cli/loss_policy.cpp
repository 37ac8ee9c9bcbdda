// Names of losses, and the verdict.
#include "loss_policy.h"

#include <algorithm>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/nearest.h"

namespace bibmill::cli {

namespace {

struct Unnamed {
  std::string_view word;
  Loss::Kind kind;
};
constexpr Unnamed kWithoutField[] = {{"type", Loss::Kind::MergedType}, {"text", Loss::Kind::DroppedText}, {"unknown", Loss::Kind::UnknownField}};

constexpr std::string_view kLoss = "loss";

std::string suggested_field(std::string_view word) {
  std::vector<std::string_view> names;
  for (std::size_t f = 0; f < kFieldCount; ++f) names.push_back(name_of(static_cast<Field>(f)));
  for (const Unnamed& unnamed : kWithoutField) names.push_back(unnamed.word);
  return suggestion(word, names);
}

}  // namespace

LossPolicy::LossPolicy(std::string_view words) {
  const std::size_t colon = words.find(':');
  const std::string_view what = words.substr(0, colon);
  if (what != "error" && what != "warning" && what != kLoss) throw UsageError(fmt::format("--fail-on takes error, warning, loss or loss:FIELD,…, not {}", words));
  if (colon != std::string_view::npos) {
    if (what != kLoss) throw UsageError(fmt::format("--fail-on {} takes no fields; loss does", what));
    watched_ = parse_list("fail-on", words.substr(colon + 1));
  }
  fails_on_loss_ = what != "error";
  fails_on_warning_ = what == "warning";
}

void LossPolicy::allow(std::string_view names) {
  for (Name& name : parse_list("allow-loss", names)) allowed_.push_back(std::move(name));
}

LossPolicy::Name LossPolicy::parse(std::string_view option, std::string_view word) {
  Name name;
  const std::size_t slash = word.find('/');
  const std::string_view field = word.substr(0, slash);
  if (slash != std::string_view::npos) name.part = word.substr(slash + 1);
  const auto unnamed = std::find_if(std::begin(kWithoutField), std::end(kWithoutField), [&](const Unnamed& each) { return each.word == word; });
  if (unnamed != std::end(kWithoutField)) {
    name.kind = unnamed->kind;
    return name;
  }
  const std::optional<Field> known = field_named(field);
  if (!known) throw UsageError(fmt::format("--{} names {}, which is no field of a record{}", option, field, suggested_field(field)));
  name.is_field = true;
  name.field = static_cast<std::uint8_t>(*known);
  return name;
}

std::vector<LossPolicy::Name> LossPolicy::parse_list(std::string_view option, std::string_view words) {
  std::vector<Name> names;
  while (true) {
    const std::size_t comma = words.find(',');
    names.push_back(parse(option, words.substr(0, comma)));
    if (comma == std::string_view::npos) return names;
    words.remove_prefix(comma + 1);
  }
}

bool LossPolicy::matches(const std::vector<Name>& names, const LossNote& loss) {
  return std::any_of(names.begin(), names.end(), [&](const Name& name) {
    if (!name.is_field) return loss.field == LossNote::kNoField && loss.kind == name.kind;
    return loss.field == name.field && (name.part.empty() || loss.part == name.part);
  });
}

bool LossPolicy::fails(const Totals& totals) const {
  if (totals.errors > 0 || (fails_on_warning_ && totals.warnings > 0)) return true;
  const std::vector<LossCount>& rows = totals.losses.rows();
  return std::any_of(rows.begin(), rows.end(), [&](const LossCount& row) { return fails_on(row.first); });
}

}  // namespace bibmill::cli

// Looking a loss up in the tables.
#include "bibmill/reasons.h"

#include <algorithm>

#include <fmt/format.h>

#include "bibmill/mapping.h"

namespace bibmill {

namespace {

/// The rows that write the field, of whatever type: a note of a loss does not say which type of work it was.
std::vector<const Mapping*> rows_for(const LossNote& loss, const Format& format) {
  std::vector<const Mapping*> rows;
  if (loss.field == LossNote::kNoField) return rows;
  for (const Mapping& row : format.mappings)
    if (row.writes() && row.field == static_cast<Field>(loss.field)) rows.push_back(&row);
  return rows;
}

bool loses(const Format& format, std::string_view part) {
  return std::find(format.text_loses.begin(), format.text_loses.end(), part) != format.text_loses.end();
}

/// Of a merged type the note's key is the type, by its name or as the source has it.
bool has_type(const Format& format, std::string_view type) {
  return std::any_of(format.types.begin(), format.types.end(), [&](const TypeMapping& row) { return row.way == Way::Both && (row.name == type || name_of(row.type) == type); });
}

/// Do the format's tables promise that what was lost stays?
bool keeps(const Format& format, const LossNote& loss) {
  if (format.carries_always) return true;
  switch (loss.kind) {
    case Loss::Kind::DroppedField:
    case Loss::Kind::NarrowedField: {
      const std::vector<const Mapping*> rows = rows_for(loss, format);
      TypeSet types;
      bool exact = !loses(format, loss.part);
      for (const Mapping* const row : rows) {
        types = types | row->types;
        exact = exact && row->fidelity == Fidelity::Exact;
      }
      return exact && types == kEveryType;
    }
    case Loss::Kind::DroppedMarkup: return false;
    case Loss::Kind::UnknownField:
    case Loss::Kind::DroppedText: return format.id == loss.origin;
    case Loss::Kind::MergedType: return has_type(format, loss.key);
  }
  return false;
}

std::string keys_of(const std::vector<const Mapping*>& rows) {
  std::vector<std::string_view> keys;
  for (const Mapping* const row : rows)
    if (std::find(keys.begin(), keys.end(), row->key) == keys.end()) keys.push_back(row->key);
  return fmt::format("{}", fmt::join(keys, ", "));
}

/// "the row pages of bibtex", "the rows T2, C3 of ris".
std::string rows_in_words(const std::vector<const Mapping*>& rows, const Format& format) {
  return fmt::format("the row{} {} of {}", rows.size() == 1 ? "" : "s", keys_of(rows), format.id);
}

std::string why_dropped(const LossNote& loss, const Format& target, const std::vector<const Mapping*>& rows) {
  if (rows.empty()) return fmt::format("no row of {} writes {}", target.id, loss.field_name());
  TypeSet types;
  for (const Mapping* const row : rows) types = types | row->types;
  if (types == kEveryType) return fmt::format("{} cannot say this value, or says another", rows_in_words(rows, target));
  return fmt::format("{} writes {} for other types of work only, or cannot say this value", rows_in_words(rows, target), loss.field_name());
}

std::string why_narrowed(const LossNote& loss, const Format& target, const std::vector<const Mapping*>& rows) {
  if (loses(target, loss.part)) return fmt::format("any text may lose {} in {}", loss.part, target.id);
  if (rows.empty()) return fmt::format("{} has no row of its own for {}", target.id, loss.field_name());
  const std::string words = fmt::format("{} keeps a part of some values", rows_in_words(rows, target));
  return rows.size() == 1 && !rows[0]->note.empty() ? fmt::format("{}: {}", words, rows[0]->note) : words;
}

}  // namespace

std::string rows_of(const LossNote& loss, const Format& target) { return keys_of(rows_for(loss, target)); }

std::string why_lost(const LossNote& loss, const Format& target) {
  switch (loss.kind) {
    case Loss::Kind::DroppedField: return why_dropped(loss, target, rows_for(loss, target));
    case Loss::Kind::NarrowedField: return why_narrowed(loss, target, rows_for(loss, target));
    case Loss::Kind::DroppedMarkup: return fmt::format("the value is whole, and {} says in LaTeX alone how it looks or sorts", loss.part);
    case Loss::Kind::UnknownField: return fmt::format("only {} has this key, and no field stands for it", loss.origin);
    case Loss::Kind::DroppedText: return fmt::format("{} has no place for it between records", target.id);
    case Loss::Kind::MergedType: return fmt::format("no row of {} is for {} alone", target.id, loss.key);
  }
  return {};
}

std::vector<std::string> keepers_of(const LossNote& loss, const Format& target, bool can_carry, std::span<const Format* const> formats) {
  std::vector<std::string> keepers;
  if (can_carry && loss.kind != Loss::Kind::MergedType) keepers.emplace_back("--carry");
  for (const Format* const format : formats)
    if (format != &target && keeps(*format, loss)) keepers.emplace_back(format->id);
  return keepers;
}

}  // namespace bibmill

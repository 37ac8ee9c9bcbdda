// FieldIndex: where the entries of each field of a record are, for writers, which go through their rows and ask for every field there is.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

#include "bibmill/record.h"

namespace bibmill {

/// A set of fields, by their numbers.
using FieldSet = std::bitset<kFieldCount>;

inline FieldSet fields_of(const Record& record) {
  FieldSet fields;
  for_each_entry(record, [&](const Entry& entry) { fields.set(static_cast<std::size_t>(entry.field)); });
  return fields;
}

/// Made anew for each record; keeps its memory.
class FieldIndex {
 public:
  /// Entries that repeat another are left out. `record` must stay as it is while the index is used.
  void make(const Record& record) {
    record_ = &record;
    fields_.reset();
    const List<Item>& items = record.items();
    next_.resize(items.size());
    for (std::size_t item = items.size(); item-- > 0;) {
      const Entry* const entry = std::get_if<Entry>(&items[item]);
      if (entry == nullptr || entry->same_as) continue;
      const std::size_t field = number_of(entry->field);
      next_[item] = fields_.test(field) ? first_[field] : kNone;
      first_[field] = static_cast<std::uint32_t>(item);
      fields_.set(field);
    }
  }

  bool has(Field field) const { return fields_.test(number_of(field)); }
  const FieldSet& fields() const { return fields_; }

  /// Calls `visit(index of the item, entry)` for each entry of the field, in order.
  template <class Visit>
  void for_each(Field field, Visit&& visit) const {
    if (!has(field)) return;
    for (std::uint32_t item = first_[number_of(field)]; item != kNone; item = next_[item])
      visit(std::size_t{item}, std::get<Entry>(record_->items()[item]));
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  static std::size_t number_of(Field field) { return static_cast<std::size_t>(field); }

  const Record* record_ = nullptr;
  FieldSet fields_;
  std::array<std::uint32_t, kFieldCount> first_;  // of a field that is there
  std::vector<std::uint32_t> next_;               // of the same field, for each item
};

}  // namespace bibmill

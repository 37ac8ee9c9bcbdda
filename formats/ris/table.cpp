// Looking up rows and types.
#include "table.h"

#include <algorithm>

#include "bibmill/text/unicode.h"

namespace bibmill::ris {

bool IndexedRow::reads(TagId tag) const { return std::find(tags.begin(), tags.end(), tag) != tags.end(); }

Table::Table(std::span<const Mapping> rows) {
  rows_.reserve(rows.size());
  for (const Mapping& mapping : rows) {
    IndexedRow& row = rows_.emplace_back();
    row.mapping = &mapping;
    for_each_tag(mapping, [&](std::string_view tag) {
      row.tags.push_back(kTags.find(tag));
      row.tag_set.set(row.tags.back());
    });
  }
  for (const IndexedRow& row : rows_)
    for (std::size_t type = 0; type < kTypeCount; ++type) {
      if (!row.mapping->applies_to(static_cast<Type>(type))) continue;
      if (row.mapping->reads()) reading_[type].push_back(&row);
      if (row.mapping->writes()) writing_[type].push_back(&row);
    }
}

const IndexedRow* Table::reading_row(Type type, Field field, TagId tag) const {
  for (const IndexedRow* const row : reading(type))
    if (row->field() == field && row->reads(tag)) return row;
  return nullptr;
}

const IndexedRow* Table::writing_row(Type type, Field field) const {
  for (const IndexedRow* const row : writing(type))
    if (row->field() == field) return row;
  return nullptr;
}

const Table& full_table() {
  static const Table table{kMappings};
  return table;
}

const TypeMapping* type_row(std::string_view name) {
  static constexpr tagged::TagIndex<256> kIndex = [] {
    tagged::TagIndex<256> index;
    for (std::size_t at = 0; at < std::size(kTypes); ++at)
      if (kTypes[at].way != Way::WriteOnly) index.add(tagged::code(kTypes[at].name), at);
    return index;
  }();
  if (name.empty() || name.size() > 7) return nullptr;
  const std::size_t place = kIndex.find(tagged::code(name));
  return place == kIndex.kNone ? nullptr : &kTypes[place];
}

bool means_preprint(std::string_view genre) { return text::equal_ignoring_ascii_case(genre, kPreprint); }

Type type_of(std::string_view name, std::string_view genre) {
  const TypeMapping* const row = type_row(name);
  if (row == nullptr) return Type::Document;
  return row->type == Type::ArticleJournal && means_preprint(genre) ? Type::Article : row->type;
}

std::string_view name_of_type(Type type) {
  for (const TypeMapping& row : kTypes)
    if (row.type == type && row.way != Way::ReadOnly) return row.name;
  return "GEN";
}

}  // namespace bibmill::ris

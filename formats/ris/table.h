// The rows as reader and writer look them up: by type, in order, with tags as numbers. Built once per reader or writer.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "bibmill/mapping.h"
#include "tags.h"

namespace bibmill::ris {

using TagSet = std::bitset<kTags.names.size()>;

/// A row with the numbers of the tags that it reads, in order.
struct IndexedRow {
  const Mapping* mapping = nullptr;
  std::vector<TagId> tags;
  TagSet tag_set;  // the same

  Codec codec() const { return codec_of(*mapping); }
  Field field() const { return mapping->field; }
  bool reads(TagId tag) const;
};

class Table {
 public:
  explicit Table(std::span<const Mapping> rows);

  /// The rows that read, and those that write, for works of this type, in order.
  std::span<const IndexedRow* const> reading(Type type) const { return reading_[static_cast<std::size_t>(type)]; }
  std::span<const IndexedRow* const> writing(Type type) const { return writing_[static_cast<std::size_t>(type)]; }

  /// The row by which this field of such a work is read from the tag; null if none.
  const IndexedRow* reading_row(Type type, Field field, TagId tag) const;
  /// The row by which the field is written; null if none.
  const IndexedRow* writing_row(Type type, Field field) const;

 private:
  using Rows = std::vector<const IndexedRow*>;
  std::vector<IndexedRow> rows_;
  std::array<Rows, kTypeCount> reading_;
  std::array<Rows, kTypeCount> writing_;
};

/// The table of all rows.
const Table& full_table();

/// The row of a type's name, in any case; null for an unknown one.
const TypeMapping* type_row(std::string_view name);

/// Whether M3's text makes an article a preprint.
bool means_preprint(std::string_view genre);

/// The type as which a work of this name and M3 is read; Document for an unknown name.
Type type_of(std::string_view name, std::string_view genre);

/// The name under which a type is written.
std::string_view name_of_type(Type type);

}  // namespace bibmill::ris

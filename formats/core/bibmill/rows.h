// Looking rows up in a format's table: which one writes a field for a type of work, and which one reads it.
#pragma once

#include <span>

#include "bibmill/mapping.h"

namespace bibmill {

/// The row that writes the field of a record of this type; null if there is none.
inline const Mapping* writing_row(std::span<const Mapping> rows, Field field, Type type) {
  for (const Mapping& row : rows)
    if (row.writes() && row.field == field && row.applies_to(type)) return &row;
  return nullptr;
}

/// A row that reads the field of a record of this type; null if there is none.
inline const Mapping* reading_row(std::span<const Mapping> rows, Field field, Type type) {
  for (const Mapping& row : rows)
    if (row.reads() && row.field == field && row.applies_to(type)) return &row;
  return nullptr;
}

}  // namespace bibmill

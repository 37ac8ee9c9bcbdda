// What a target's rows promise, and what becomes of each field between two tables.
#include "bibmill/mapping.h"

namespace bibmill {

namespace {

const Mapping* writing_row(std::span<const Mapping> rows, Field field, Type type) {
  for (const Mapping& row : rows)
    if (row.writes() && row.field == field && row.applies_to(type)) return &row;
  return nullptr;
}

/// The source's row that can read the field for the type.
const Mapping* reading_row(std::span<const Mapping> rows, Field field, Type type) {
  for (const Mapping& row : rows)
    if (row.reads() && row.field == field && row.applies_to(type)) return &row;
  return nullptr;
}

Passage passage_of(Field field, Type type, const Mapping& read, const Mapping* written) {
  if (written == nullptr) return {field, read.key, {}, Fidelity::Refused, type};
  return {field, read.key, written->key, written->fidelity, type};
}

void add(std::vector<Passage>& passages, std::size_t from, const Passage& next) {
  for (std::size_t at = from; at < passages.size(); ++at) {
    Passage& known = passages[at];
    if (known.read_from == next.read_from && known.written_to == next.written_to && known.fidelity == next.fidelity) {
      known.types = known.types | next.types;
      return;
    }
  }
  passages.push_back(next);
}

}  // namespace

Fidelity promised(std::span<const Mapping> target, Field field, Type type) {
  const Mapping* const row = writing_row(target, field, type);
  return row == nullptr ? Fidelity::Refused : row->fidelity;
}

std::vector<Passage> passages(std::span<const Mapping> source, std::span<const Mapping> target) {
  std::vector<Passage> all;
  for (std::size_t f = 0; f < kFieldCount; ++f) {
    const Field field = static_cast<Field>(f);
    const std::size_t from = all.size();
    for (std::size_t t = 0; t < kTypeCount; ++t) {
      const Type type = static_cast<Type>(t);
      const Mapping* const read = reading_row(source, field, type);
      if (read != nullptr) add(all, from, passage_of(field, type, *read, writing_row(target, field, type)));
    }
  }
  return all;
}

}  // namespace bibmill

// Counting records into bands, which are joined two by two whenever there are too many.
#include "bibmill/completeness.h"

namespace bibmill {

RecordOutline outline_of(const Record& record) {
  RecordOutline outline;
  for_each_entry(record, [&](const Entry& entry) { outline.fields.set(static_cast<std::size_t>(entry.field)); });
  if (const Date* const date = record.get<Field::Issued>(); date != nullptr && date->from.known()) outline.year = date->from.year;
  return outline;
}

void Completeness::add(const RecordOutline& record) {
  ++records_;
  if (record.year) {
    ++years_[*record.year];
  } else {
    ++without_year_;
  }
  if (bands_.empty() || bands_.back().records == band_size_) {
    if (bands_.size() == kMostBands) halve();
    if (bands_.empty() || bands_.back().records == band_size_) bands_.emplace_back();
  }
  Band& band = bands_.back();
  ++band.records;
  for (std::size_t field = 0; field < kFieldCount; ++field) {
    if (!record.fields.test(field)) continue;
    ++band.with_field[field];
    ++with_field_[field];
  }
}

void Completeness::halve() {
  for (std::size_t at = 0; at < bands_.size(); at += 2) {
    Band joined = bands_[at];
    if (at + 1 < bands_.size()) {
      joined.records += bands_[at + 1].records;
      for (std::size_t field = 0; field < kFieldCount; ++field) joined.with_field[field] += bands_[at + 1].with_field[field];
    }
    bands_[at / 2] = joined;
  }
  bands_.resize((bands_.size() + 1) / 2);
  band_size_ *= 2;
}

}  // namespace bibmill

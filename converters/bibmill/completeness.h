// Completeness: which records have which fields, and of which years they are, in memory that does not grow with their number.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "bibmill/record.h"

namespace bibmill {

/// What counts of one record.
struct RecordOutline {
  std::bitset<kFieldCount> fields;
  std::optional<std::int32_t> year;  ///< of publication
};
RecordOutline outline_of(const Record& record);

/// Records in their order, in bands: each is of one record until there are too many, then of two, of four and so on.
class Completeness {
 public:
  static constexpr std::size_t kMostBands = 256;

  struct Band {
    std::uint64_t records = 0;
    std::array<std::uint64_t, kFieldCount> with_field{};
  };

  void add(const RecordOutline& record);

  std::span<const Band> bands() const { return bands_; }
  std::uint64_t records() const { return records_; }
  std::uint64_t records_in_band() const { return band_size_; }
  std::uint64_t with_field(Field field) const { return with_field_[static_cast<std::size_t>(field)]; }
  const std::map<std::int32_t, std::uint64_t>& years() const { return years_; }
  std::uint64_t without_year() const { return without_year_; }

 private:
  void halve();

  std::vector<Band> bands_;
  std::uint64_t band_size_ = 1;
  std::uint64_t records_ = 0;
  std::array<std::uint64_t, kFieldCount> with_field_{};
  std::map<std::int32_t, std::uint64_t> years_;
  std::uint64_t without_year_ = 0;
};

}  // namespace bibmill

// The books of a whole conversion: what was read, written, lost and supplied, counted by field, with an example of each.
//
// Counting a loss costs an index into an array. Only the first loss of each kind and field becomes words, and the others where somebody asked for all of them.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/diagnostic.h"
#include "bibmill/format.h"
#include "bibmill/ledger.h"
#include "bibmill/record.h"
#include "bibmill/source.h"

namespace bibmill {

/// Where something stood, ready to be printed. `source` is the input's name; it is empty where no input is meant.
struct Place {
  std::string_view source;
  Position position;
};

/// One loss in words.
struct LossNote {
  Loss::Kind kind = Loss::Kind::DroppedField;
  std::uint8_t field = kNoField;  ///< index of the field; kNoField for extras, types and text between records
  std::string key;                ///< as written; of a merged type, the type as written
  std::string origin;             ///< of extras and text: the format that they are written in
  std::string_view part;          ///< of narrowed values, a literal
  std::string value;              ///< shortened
  std::string record_key;
  std::uint64_t record_number = 0;  ///< from 1 over all inputs; 0 for text that no record follows
  std::uint32_t input = 0;          ///< which input, from 0
  std::uint64_t offset = 0;         ///< in its source

  static constexpr std::uint8_t kNoField = std::numeric_limits<std::uint8_t>::max();
  static_assert(kFieldCount < kNoField);
  std::string_view field_name() const { return field == kNoField ? std::string_view{} : name_of(static_cast<Field>(field)); }
};

/// Something that the target demanded and one record did not have.
struct SupplyNote {
  std::string_view what;  ///< a literal: "key", "status"
  std::string value;
  std::string record_key;
  std::uint64_t record_number = 0;
  std::uint32_t input = 0;
  std::uint64_t offset = 0;
};

/// All losses of one kind, field and part (or, of extras, of one key).
struct LossCount {
  LossNote first;
  std::string source;  ///< of the first; filled when parts are joined
  Position position;
  std::uint64_t count = 0;
};

/// Counts losses; one for each part, joined into one for the whole.
class LossTally {
 public:
  LossTally() { clear(); }
  void clear();

  /// The row of such losses, with one more in it. `row.count` is 1 for a new row: its `first` wants to be filled.
  LossCount& count(Loss::Kind kind, std::uint8_t field, std::string_view part, std::string_view origin, std::string_view key);
  /// Adds the rows of a later part, whose first losses have been placed.
  void add(const LossTally& later);

  const std::vector<LossCount>& rows() const { return rows_; }
  std::vector<LossCount>& rows() { return rows_; }
  std::uint64_t total(Loss::Kind kind) const { return totals_[static_cast<std::size_t>(kind)]; }
  std::uint64_t total() const;

 private:
  static constexpr std::size_t kKinds = 6;
  static constexpr std::uint16_t kNone = std::numeric_limits<std::uint16_t>::max();
  /// Extras with more different keys than this are counted together: a file may have a new key in every record.
  static constexpr std::size_t kMostKeys = 500;

  std::uint16_t& chain(Loss::Kind kind, std::uint8_t field);

  std::vector<LossCount> rows_;
  std::vector<std::uint16_t> next_;  // of each row, another of the same kind and field
  std::array<std::array<std::uint16_t, kFieldCount + 1>, kKinds> first_{};
  std::array<std::uint64_t, kKinds> totals_{};
};

/// How many records were supplied with it.
struct SupplyCount {
  std::string_view what;  ///< a literal
  std::uint64_t count = 0;
};

/// One input, once read.
struct InputCount {
  std::string name;
  const Format* format = nullptr;  ///< null where there was nothing to tell it by
  Encoding encoding = Encoding::Utf8;
  std::uint64_t records = 0;
  std::string_view producer = {};  ///< whose dialect of the format it is, where that is known
};

/// A file that a step was asked for.
struct StepFile {
  std::string path;
  std::string content;
};

/// What a conversion came to.
struct Totals {
  std::vector<InputCount> inputs;
  std::uint64_t records_read = 0;
  std::uint64_t records_dropped = 0;  ///< by steps
  std::uint64_t records_written = 0;
  std::uint64_t records_with_losses = 0;
  std::uint64_t errors = 0;
  std::uint64_t warnings = 0;
  std::uint64_t bytes_read = 0;
  LossTally losses;
  std::vector<SupplyCount> supplied;
  std::vector<StepFile> files;  ///< to be written by whoever asked for the conversion

  void supply(std::string_view what, std::uint64_t count = 1);
};

/// "BibTeX has no place for C7 (article number); --carry keeps it". `can_carry`: there is a --carry that was not asked for.
std::string message_of(const LossNote& loss, const Format& target, bool can_carry);

/// The same for all losses of a row: "… (first of 12)".
std::string message_of(const LossCount& losses, const Format& target, bool can_carry);

/// How sentences call the format: "BibTeX", its title as far as the first comma.
std::string_view display_name(const Format& format);

/// The first characters of a value, on one line.
std::string shortened(std::string_view text, std::size_t most = 80);

}  // namespace bibmill

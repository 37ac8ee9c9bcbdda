// Ledger: the books of one record's writing. What a writer does not book was lost, and is said.
//
// A writer opens nothing and closes nothing: the pipeline opens the ledger on a record, hands both to the writer, and asks the ledger afterwards.
// Booking costs a byte per item; a loss becomes words only if somebody reads it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/field_index.h"
#include "bibmill/mapping.h"
#include "bibmill/record.h"

namespace bibmill {

/// One thing that did not pass. Views are into the record and into literals.
struct Loss {
  enum class Kind : std::uint8_t {
    DroppedField,   ///< loss/dropped-field: the target has no place for the value
    NarrowedField,  ///< loss/narrowed-field: a part of the value stays behind
    UnknownField,   ///< loss/unknown-field: an extra of another format
    DroppedText,    ///< loss/dropped-text: text between records
    MergedType,     ///< loss/merged-type: the target has only a broader type
    DroppedMarkup,  ///< loss/dropped-markup: the value went out, but not a command of its text (Entry::left_out)
  };
  Kind kind = Kind::DroppedField;
  const Item* item = nullptr;   ///< null for a type and for text between records
  std::string_view part;        ///< of a narrowed value: what stays behind, a literal such as "affiliations"; of markup: its command
};

std::string_view code_of(Loss::Kind kind);

/// Something the target demands and the record does not have.
struct Supply {
  std::string_view what;   ///< a literal: "key", "status", "language"; the code is "supplied/" and this
  std::string value;
};

class Ledger {
 public:
  /// Starts the books of `record`, which must stay alive until the last question is asked.
  void open(const Record& record);

  /// The item at `index` of record.items() went out; of several bookings the best counts.
  void book(std::size_t index, Fidelity fidelity = Fidelity::Exact, std::string_view part = {});
  /// A part of the item stays behind, however else it was booked; `part` is a literal.
  void narrow(std::size_t index, std::string_view part);
  /// The item went out whole, with something added that reading it back will show (braces that protect capitals): no loss, but not the same value either.
  void alter(std::size_t index);
  /// The entry's text went out as it was written, with all that its value has nothing of.
  void book_as_written(std::size_t index) { states_[index] = State::AsWritten; }
  /// The record's type is written as a broader one.
  void merge_type() { type_merged_ = true; }
  void supply(std::string_view what, std::string_view value) { supplied_.push_back({what, std::string(value)}); }

  /// An entry's or extra's place in the record.
  std::size_t index_of(const Entry& entry) const;
  std::size_t index_of(const Extra& extra) const;
  void book(const Entry& entry, Fidelity fidelity = Fidelity::Exact, std::string_view part = {}) { book(index_of(entry), fidelity, part); }
  void book(const Extra& extra) { book(index_of(extra)); }

  bool is_booked(std::size_t index) const { return states_[index] != State::Lost; }
  /// Nothing of it stayed behind, though something may have been added.
  bool is_whole(std::size_t index) const { return states_[index] >= State::Altered; }
  bool is_exact(std::size_t index) const { return states_[index] >= State::Exact; }
  bool type_merged() const { return type_merged_; }

  /// What was lost, in the order of the items; then the type.
  void losses(std::vector<Loss>& out) const;
  bool complete() const;
  const std::vector<Supply>& supplied() const { return supplied_; }
  const Record& record() const { return *record_; }

 private:
  enum class State : std::uint8_t { Lost, Narrowed, Altered, Exact, AsWritten };
  struct Remark {
    std::size_t index;
    std::string_view part;
  };

  bool is_no_loss(std::size_t index) const;  ///< though nobody booked it
  bool is_booked_elsewhere(std::size_t index) const;
  bool is_repeated(Field field) const;
  std::string_view left_out_of(std::size_t index) const;

  const Record* record_ = nullptr;
  std::vector<State> states_;
  std::vector<Remark> remarks_;
  std::vector<Supply> supplied_;
  bool type_merged_ = false;
  mutable std::optional<FieldSet> repeated_;  // fields of which an entry repeats another: asked only where something was lost
};

}  // namespace bibmill

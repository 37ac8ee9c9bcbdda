// Ledger: booking and closing.
#include "bibmill/ledger.h"

#include <algorithm>
#include <variant>

#include "bibmill/reflect.h"

namespace bibmill {

std::string_view code_of(Loss::Kind kind) {
  switch (kind) {
    case Loss::Kind::DroppedField: return "loss/dropped-field";
    case Loss::Kind::NarrowedField: return "loss/narrowed-field";
    case Loss::Kind::UnknownField: return "loss/unknown-field";
    case Loss::Kind::DroppedText: return "loss/dropped-text";
    case Loss::Kind::MergedType: return "loss/merged-type";
    case Loss::Kind::DroppedMarkup: return "loss/dropped-markup";
  }
  return {};
}

void Ledger::open(const Record& record) {
  record_ = &record;
  states_.assign(record.items().size(), State::Lost);
  remarks_.clear();
  supplied_.clear();
  type_merged_ = false;
  repeated_.reset();
}

void Ledger::book(std::size_t index, Fidelity fidelity, std::string_view part) {
  if (fidelity == Fidelity::Refused) return;
  if (fidelity == Fidelity::Narrowed) {
    if (states_[index] == State::Lost) states_[index] = State::Narrowed;
    if (!part.empty()) remarks_.push_back({index, part});
    return;
  }
  if (states_[index] < State::Exact) states_[index] = State::Exact;
}

void Ledger::narrow(std::size_t index, std::string_view part) {
  if (states_[index] != State::Lost) states_[index] = State::Narrowed;
  remarks_.push_back({index, part});
}

void Ledger::alter(std::size_t index) {
  if (states_[index] != State::Narrowed) states_[index] = State::Altered;
}

std::size_t Ledger::index_of(const Entry& entry) const {
  for (std::size_t at = 0; at < record_->items().size(); ++at)
    if (std::get_if<Entry>(&record_->items()[at]) == &entry) return at;
  return record_->items().size();
}

std::size_t Ledger::index_of(const Extra& extra) const {
  for (std::size_t at = 0; at < record_->items().size(); ++at)
    if (std::get_if<Extra>(&record_->items()[at]) == &extra) return at;
  return record_->items().size();
}

bool Ledger::is_repeated(Field field) const {
  if (!repeated_.has_value()) {
    repeated_.emplace();
    for_each_entry(*record_, [&](const Entry& entry) {
      if (entry.same_as) repeated_->set(static_cast<std::size_t>(entry.field));
    });
  }
  return repeated_->test(static_cast<std::size_t>(field));
}

/// What it repeats, or, where it is the first of its field, one that repeats it.
bool Ledger::is_booked_elsewhere(std::size_t index) const {
  const Entry* const entry = std::get_if<Entry>(&record_->items()[index]);
  if (entry == nullptr || !is_repeated(entry->field)) return false;
  const auto is_one = [&](std::size_t at, bool same_as) {
    const Entry* const other = std::get_if<Entry>(&record_->items()[at]);
    return other != nullptr && other->field == entry->field && other->same_as == same_as;
  };
  std::size_t first = 0;
  while (first < states_.size() && !is_one(first, false)) ++first;
  if (first == states_.size()) return false;
  if (entry->same_as) return states_[first] != State::Lost;
  for (std::size_t at = first + 1; index == first && at < states_.size(); ++at)
    if (is_one(at, true) && states_[at] != State::Lost && same_content(std::get<Entry>(record_->items()[at]).value, entry->value)) return true;
  return false;
}

std::string_view Ledger::left_out_of(std::size_t index) const {
  const Entry* const entry = std::get_if<Entry>(&record_->items()[index]);
  return entry == nullptr || states_[index] == State::Lost || states_[index] == State::AsWritten ? std::string_view{} : std::string_view(entry->left_out);
}

bool Ledger::is_no_loss(std::size_t index) const {
  if (is_booked_elsewhere(index)) return true;
  const Extra* const extra = std::get_if<Extra>(&record_->items()[index]);
  return extra != nullptr && says_nothing(*extra);
}

void Ledger::losses(std::vector<Loss>& out) const {
  // Few are gone through for each item; many are put in the order of the items first.
  constexpr std::size_t kFew = 16;
  std::vector<Remark> sorted;
  if (remarks_.size() > kFew) {
    sorted = remarks_;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Remark& a, const Remark& b) { return a.index < b.index; });
  }
  auto next = sorted.cbegin();
  for (std::size_t at = 0; at < states_.size(); ++at) {
    const Item& item = record_->items()[at];
    if (const std::string_view part = left_out_of(at); !part.empty()) out.push_back({part.starts_with('\\') ? Loss::Kind::DroppedMarkup : Loss::Kind::NarrowedField, &item, part});
    if (states_[at] >= State::Altered) continue;
    if (states_[at] == State::Lost) {
      if (is_no_loss(at)) continue;
      out.push_back({std::holds_alternative<Entry>(item) ? Loss::Kind::DroppedField : Loss::Kind::UnknownField, &item, {}});
      continue;
    }
    const std::size_t before = out.size();
    if (sorted.empty()) {
      for (const Remark& remark : remarks_)
        if (remark.index == at) out.push_back({Loss::Kind::NarrowedField, &item, remark.part});
    }
    for (; next != sorted.cend() && next->index <= at; ++next)
      if (next->index == at) out.push_back({Loss::Kind::NarrowedField, &item, next->part});
    if (out.size() == before) out.push_back({Loss::Kind::NarrowedField, &item, {}});
  }
  if (type_merged_) out.push_back({Loss::Kind::MergedType, nullptr, {}});
}

bool Ledger::complete() const {
  if (type_merged_) return false;
  for (std::size_t at = 0; at < states_.size(); ++at)
    if ((states_[at] < State::Altered && !(states_[at] == State::Lost && is_no_loss(at))) || !left_out_of(at).empty()) return false;
  return true;
}

}  // namespace bibmill

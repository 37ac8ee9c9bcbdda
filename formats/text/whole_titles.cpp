// Joining titles with what stands behind them.
#include "bibmill/text/whole_titles.h"

#include <algorithm>
#include <memory>
#include <variant>

#include "bibmill/reflect.h"
#include "bibmill/text/rich_text.h"

namespace bibmill::text {

namespace {

constexpr auto kArePartsOfTitles = [] {
  std::array<bool, kFieldCount> are{};
  for (const TitleParts& parts : kTitleParts) are[static_cast<std::size_t>(parts.subtitle)] = are[static_cast<std::size_t>(parts.addon)] = true;
  return are;
}();

bool has_parts_of_titles(const Record& record) {
  return std::any_of(record.items().begin(), record.items().end(), [](const Item& item) {
    const Entry* const entry = std::get_if<Entry>(&item);
    return entry != nullptr && kArePartsOfTitles[static_cast<std::size_t>(entry->field)];
  });
}

}  // namespace

WholeTitles::WholeTitles(const Record& record, FunctionRef<bool(Field)> takes) : record_(&record) {
  if (!has_parts_of_titles(record)) return;
  for (const TitleParts& parts : kTitleParts) join(parts, takes);
}

void WholeTitles::join(const TitleParts& parts, FunctionRef<bool(Field)> takes) {
  if (!takes(parts.title)) return;
  Joined joined;
  RichTextJoiner all;
  for (const Field field : {parts.title, parts.subtitle, parts.addon}) {
    if (!takes(field)) continue;
    for (std::size_t at = 0; at < record_->items().size(); ++at) {
      const Entry* const entry = std::get_if<Entry>(&record_->items()[at]);
      if (entry == nullptr || entry->field != field || entry->same_as || (field == parts.title && !joined.empty())) continue;
      if (!whole_) whole_ = clone(*record_, std::make_shared<Arena>());
      all.add(std::get<RichText>(entry->value), field == parts.subtitle ? joint_before_subtitle(all.last()) : joint_before_addon(all.last()));
      joined.push_back(at);
    }
  }
  const bool is_title_alone = joined.size() == 1 && std::get<Entry>(record_->items()[joined.front()]).field == parts.title;
  if (joined.empty() || is_title_alone) return;
  for (const std::size_t at : joined) {
    Entry& entry = std::get<Entry>(whole_->items()[at]);
    entry.same_as = at != joined.front();
    if (entry.same_as) continue;
    if (entry.field != parts.title) entry.key = {};
    entry.field = parts.title;
    entry.value = all.finish(whole_->arena());
    entry.raw = {};
    entry.left_out = {};
  }
  joined_.push_back(std::move(joined));
}

void WholeTitles::book(Ledger& ledger) const {
  for (const Joined& joined : joined_) {
    if (!ledger.is_booked(joined.front())) continue;
    for (const std::size_t at : joined) {
      ledger.book(at, Fidelity::Narrowed);
      ledger.narrow(at, "division into parts");
    }
  }
}

bool is_abbreviation_alone(const Record& record, const Entry& container_title) {
  if (!container_title.key.empty()) return false;
  const Entry* const abbreviation = record.find(Field::ContainerTitleShort);
  return abbreviation != nullptr && same_content(abbreviation->value, container_title.value);
}

}  // namespace bibmill::text

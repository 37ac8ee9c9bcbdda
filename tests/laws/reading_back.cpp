// Comparing a record with what came back of it, field by field, under its books.
#include "reading_back.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "bibmill/diff.h"
#include "bibmill/reflect.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/schema.h"

namespace bibmill::laws {

namespace {

using Supplied = std::set<std::string_view>;

RichText without_no_case(const RichText& rich, Arena& arena) {
  text::RichTextBuilder builder;
  for (const Run& run : rich.runs) builder.append(run.text, run.marks.without(Mark::NoCase), run.notation);
  RichText plain = builder.finish(arena);
  plain.language = rich.language;
  return plain;
}

/// The same, but for members that the writer says it supplied where the record had none. A supply is named after the member: "initials", "qualifier".
template <class T>
bool same_but_for(const T& before, const T& after, const Supplied& supplied, Arena& arena) {
  if constexpr (std::is_same_v<T, RichText>) {
    return supplied.count("no-case") > 0 ? same_content(without_no_case(before, arena), without_no_case(after, arena)) : same_content(before, after);
  } else if constexpr (IsList<T>::value) {
    if (before.size() != after.size()) return false;
    for (std::size_t at = 0; at < before.size(); ++at)
      if (!same_but_for(before[at], after[at], supplied, arena)) return false;
    return true;
  } else if constexpr (Described<T>) {
    bool same = true;
    T::members([&](std::string_view name, auto member, std::string_view) {
      if constexpr (!std::is_same_v<std::decay_t<decltype(before.*member)>, Span>) {
        if (name == "raw" || (supplied.count(name) > 0 && is_default(before.*member))) return;
        same = same && same_but_for(before.*member, after.*member, supplied, arena);
      }
    });
    return same;
  } else {
    return before == after;
  }
}

bool same_but_for(const Value& before, const Value& after, const Supplied& supplied, Arena& arena) {
  if (before.index() != after.index()) return false;
  return std::visit([&](const auto& held) { return same_but_for(held, *std::get_if<std::decay_t<decltype(held)>>(&after), supplied, arena); }, before);
}

bool same_but_for(const std::vector<Value>& before, const std::vector<Value>& after, const Supplied& supplied, Arena& arena) {
  if (before.size() != after.size()) return false;
  for (std::size_t at = 0; at < before.size(); ++at)
    if (!same_but_for(before[at], after[at], supplied, arena)) return false;
  return true;
}

/// The same; where there may be more, all that was written is there, in order.
bool is_back(const std::vector<Value>& written, const std::vector<Value>& found, bool more, const Supplied& supplied, Arena& arena) {
  if (!more) return same_but_for(written, found, supplied, arena);
  std::size_t at = 0;
  for (const Value& value : found)
    if (at < written.size() && same_but_for(written[at], value, supplied, arena)) ++at;
  return at == written.size();
}

std::string dump(const std::vector<Value>& values) {
  std::string all;
  for (const Value& value : values) all += "    " + text::dump(value) + "\n";
  return all;
}

struct FieldBooks {
  bool present = false;
  bool exact = true;  // all its entries
};

std::array<FieldBooks, kFieldCount> books_of(const Record& record, const Ledger& ledger) {
  std::array<FieldBooks, kFieldCount> books{};
  for (std::size_t at = 0; at < record.items().size(); ++at) {
    const Entry* const entry = std::get_if<Entry>(&record.items()[at]);
    if (entry == nullptr || entry->same_as) continue;
    FieldBooks& book = books[static_cast<std::size_t>(entry->field)];
    book.present = true;
    book.exact = book.exact && ledger.is_exact(at);
  }
  return books;
}

/// The fields with an entry of which the ledger lists a loss, and of each the parts.
/// Of what the source says, did the reader leave this out?
bool is_left_out(const Loss& loss) {
  const Entry* const entry = loss.item == nullptr ? nullptr : std::get_if<Entry>(loss.item);
  return entry != nullptr && !loss.part.empty() && loss.part == entry->left_out;
}

std::map<Field, std::set<std::string_view>> reported(const Ledger& ledger) {
  std::vector<Loss> losses;
  ledger.losses(losses);
  std::map<Field, std::set<std::string_view>> fields;
  for (const Loss& loss : losses)  // what a reader left out is none of the value
    if (const Entry* const entry = loss.item == nullptr ? nullptr : std::get_if<Entry>(loss.item); entry != nullptr && !is_left_out(loss)) fields[entry->field].insert(loss.part);
  return fields;
}

/// Does the target keep under a key of this field another one too, of which the books say that it lost something, such as which of the two it was?
/// (PubMed XML has one GeneralNote for NLM's notes and everybody's.)
bool has_guests(Field field, const Written& way) {
  if (way.target == nullptr) return false;
  const std::span<const Mapping> rows = way.target->mappings;
  for (const auto& [other, parts] : reported(*way.ledger))
    for (const Mapping& guest : rows) {
      if (other == field || guest.field != other || !guest.writes() || !guest.applies_to(way.record->type)) continue;
      const auto is_host = [&](const Mapping& row) { return row.field == field && row.reads() && row.applies_to(way.record->type) && detail::share_a_read_key(row, guest); };
      if (std::any_of(rows.begin(), rows.end(), is_host)) return true;
    }
  return false;
}

}  // namespace

std::vector<std::string> unsaid_differences(const std::vector<Written>& ways, const Record& after) {
  Supplied supplied;
  std::vector<std::array<FieldBooks, kFieldCount>> books;
  for (const Written& way : ways) {
    for (const Supply& supply : way.ledger->supplied()) supplied.insert(supply.what);
    books.push_back(books_of(*way.record, *way.ledger));
  }
  const Record& before = *ways.front().record;
  std::vector<std::string> differences;
  for (std::size_t f = 0; f < kFieldCount; ++f) {
    const Field field = static_cast<Field>(f);
    const bool exact = std::all_of(books.begin(), books.end(), [&](const auto& each) { return each[f].exact; });
    if (!books.front()[f].present || !exact) continue;
    const std::vector<Value> written = values_of(before, field);
    const std::vector<Value> found = values_of(after, field);
    const bool more = supplied.count(name_of(field)) > 0 || std::any_of(ways.begin(), ways.end(), [&](const Written& way) { return has_guests(field, way); });
    if (!is_back(written, found, more, supplied, after.arena()))
      differences.push_back(fmt::format("{} was booked as exact\n{}  and came back as\n{}", name_of(field), dump(written), dump(found)));
  }
  return differences;
}

std::vector<std::string> unsaid_differences(const Record& before, const Ledger& ledger, const Record& after, const Format* target) {
  return unsaid_differences({{&before, &ledger, target}}, after);
}

std::vector<std::string> unsaid_additions(const Record& before, const Ledger& ledger, const Record& after) {
  const std::array<FieldBooks, kFieldCount> books = books_of(before, ledger);
  const bool whole = ledger.complete() && ledger.supplied().empty() && std::all_of(books.begin(), books.end(), [](const FieldBooks& book) { return book.exact; });
  std::vector<std::string> additions;
  if (!whole) return additions;  // what is new may be the rest of what was lost, or what was supplied
  for (const Item& item : after.items()) {
    const Entry* const entry = std::get_if<Entry>(&item);
    if (entry == nullptr)
      additions.push_back(fmt::format("nothing was lost or supplied, and {} came back that no field holds", std::get<Extra>(item).key));
    else if (!before.has(entry->field))
      additions.push_back(fmt::format("nothing was lost or supplied, and {} came back: {}", name_of(entry->field), text::dump(entry->value)));
  }
  return additions;
}

std::vector<std::string> false_alarms(const Record& before, const Ledger& ledger, const Record& after) {
  std::vector<std::string> alarms;
  for (const auto& [field, parts] : reported(ledger)) {
    const std::vector<Value> written = values_of(before, field);
    if (same_but_for(written, values_of(after, field), {}, after.arena()))
      alarms.push_back(fmt::format("of {} was reported as lost: {}; and all is there\n{}", name_of(field), fmt::join(parts, ", "), dump(written)));
  }
  return alarms;
}

std::vector<std::string> unpredicted_losses(const Format& target, const Record& record, const Ledger& ledger) {
  std::vector<Loss> losses;
  ledger.losses(losses);
  std::vector<std::string> surprises;
  for (const Loss& loss : losses) {
    const Entry* const entry = loss.item == nullptr ? nullptr : std::get_if<Entry>(loss.item);
    if (entry == nullptr || is_left_out(loss) || promised(target.mappings, entry->field, record.type) != Fidelity::Exact) continue;
    if (std::find(target.text_loses.begin(), target.text_loses.end(), loss.part) != target.text_loses.end()) continue;
    surprises.push_back(fmt::format("{} promises {} for {} and lost {} of {}", target.id, name_of(entry->field), name_of(record.type), loss.part, text::dump(entry->value)));
  }
  return surprises;
}

}  // namespace bibmill::laws

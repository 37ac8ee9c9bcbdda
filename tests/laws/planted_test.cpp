// Faults planted in every format, to see that the laws find them: a row that is missing from a table, and a writer that claims that a value passed whole and swallows
// or alters it.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bibmill/reflect.h"
#include "bibmill/rows.h"
#include "bibmill/text/schema.h"
#include "corpus.h"
#include "reading_back.h"

namespace bibmill::laws {
namespace {

/// Records of all fixtures, as if no format had been their origin.
const std::vector<Record>& strangers() {
  static const std::vector<Record> kAll = [] {
    std::vector<Record> all;
    for (const Document& document : fixtures())
      for (const Record& record : read(*document.format, text_of(document)).records) all.push_back(support::estranged(record));
    return all;
  }();
  return kAll;
}

class Planted : public testing::TestWithParam<const Format*> {
 protected:
  const Format& target() const { return *GetParam(); }
};

INSTANTIATE_TEST_SUITE_P(Formats, Planted, testing::ValuesIn(all_formats().begin(), all_formats().end()), [](const auto& about) { return std::string(about.param->id); });

// ------------------------------------------------------------------------------------------------------- a missing row

/// Is an entry of the field lost whole?
bool is_dropped(const Ledger& ledger, Field field) {
  std::vector<Loss> losses;
  ledger.losses(losses);
  return std::any_of(losses.begin(), losses.end(), [&](const Loss& loss) {
    const Entry* const entry = loss.item == nullptr ? nullptr : std::get_if<Entry>(loss.item);
    return loss.kind == Loss::Kind::DroppedField && entry != nullptr && entry->field == field;
  });
}

/// The first records of which the row writes something; `most` of them.
std::vector<Record> records_for(const Mapping& row, const Format& target, std::size_t most) {
  std::vector<Record> found;
  for (const Record& record : strangers()) {
    if (found.size() == most) break;
    if (!record.has(row.field) || writing_row(target.mappings, row.field, record.type) != &row) continue;
    if (!is_dropped(write(target, std::vector<Record>{record}).ledgers[0], row.field)) found.push_back(record);
  }
  return found;
}

TEST_P(Planted, ARemovedRowAppearsAsLosses) {
  constexpr std::size_t kRecords = 3;
  std::size_t rows_tried = 0;
  for (std::size_t removed = 0; removed < target().mappings.size(); ++removed) {
    const Mapping& row = target().mappings[removed];
    if (!row.writes()) continue;
    const std::vector<Record> records = records_for(row, target(), kRecords);
    if (records.empty()) continue;
    ++rows_tried;
    std::vector<Mapping> fewer(target().mappings.begin(), target().mappings.end());
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(removed));
    const Writing writing = write(target(), records, {}, fewer);
    for (const Ledger& ledger : writing.ledgers)
      EXPECT_TRUE(is_dropped(ledger, row.field)) << "without the row " << row.key << " nothing is said of " << name_of(row.field) << " in\n" << text::dump(ledger.record());
  }
  // Most rows write something of the fixtures.
  EXPECT_GE(rows_tried * 2, static_cast<std::size_t>(std::count_if(target().mappings.begin(), target().mappings.end(), [](const Mapping& row) { return row.writes(); })));
}

// ------------------------------------------------------------------------------------------------- a lie about a value

enum class Lie { Swallows, Alters };

/// Changes the first text in it; false if there is none.
template <class T>
bool alter(T& value, Arena& arena) {
  if constexpr (std::is_same_v<T, Str>) {
    if (value.empty()) return false;
    value = arena.copy(fmt::format("{}9", value));
    return true;
  } else if constexpr (std::is_same_v<T, DatePoint>) {
    if (!value.known()) return false;
    ++value.year;
    return true;
  } else if constexpr (IsList<T>::value) {
    return !value.empty() && alter(value[0], arena);
  } else if constexpr (Described<T>) {
    bool done = false;
    T::members([&](std::string_view name, auto member, std::string_view) {
      if (!done && name != "raw" && name != "scheme") done = alter(value.*member, arena);
    });
    return done;
  } else {
    return false;
  }
}

/// What the writer writes instead of the record.
Record lied_about(const Record& record, Field field, Lie lie) {
  Record other = clone(record, record.shared_arena());
  if (lie == Lie::Swallows) {
    other.remove(field);
    return other;
  }
  for (Item& item : other.items())
    if (Entry* const entry = std::get_if<Entry>(&item); entry != nullptr && entry->field == field) {
      std::visit([&](auto& value) { alter(value, record.arena()); }, entry->value);
      break;
    }
  return other;
}

/// The fields that the books call exact.
std::vector<Field> exact_fields(const Record& record, const Ledger& ledger) {
  std::map<Field, bool> exact;
  for (std::size_t at = 0; at < record.items().size(); ++at) {
    const Entry* const entry = std::get_if<Entry>(&record.items()[at]);
    if (entry == nullptr || entry->same_as) continue;
    const auto known = exact.emplace(entry->field, true).first;
    known->second = known->second && ledger.is_exact(at);
  }
  std::vector<Field> fields;
  for (const auto& [field, is_exact] : exact)
    if (is_exact) fields.push_back(field);
  return fields;
}

TEST_P(Planted, ALieAboutAValueIsFound) {
  std::set<std::pair<Field, Lie>> tried;
  for (const Record& record : strangers()) {
    const Writing honest = write(target(), std::vector<Record>{record});
    for (const Field field : exact_fields(honest.records[0], honest.ledgers[0]))
      for (const Lie lie : {Lie::Swallows, Lie::Alters}) {
        if (tried.count({field, lie}) > 0) continue;
        // The books of the honest writing, and the text of the lie.
        const std::string text = write(target(), std::vector<Record>{lied_about(honest.records[0], field, lie)}).text;
        if (text == honest.text) continue;  // it is about what is not written, or what the format demands and says by itself
        tried.emplace(field, lie);
        const Reading back = read_alone(target(), text);
        ASSERT_EQ(back.records.size(), 1U);
        const std::vector<std::string> found = unsaid_differences(honest.records[0], honest.ledgers[0], back.records[0]);
        const bool named = std::any_of(found.begin(), found.end(), [&](const std::string& difference) { return difference.starts_with(name_of(field)); });
        EXPECT_TRUE(named) << "nobody noticed that " << name_of(field) << (lie == Lie::Swallows ? " was swallowed" : " was altered") << " in\n" << text::dump(record);
      }
  }
  EXPECT_GE(tried.size(), 20U);
}

}  // namespace
}  // namespace bibmill::laws

// What `bibmill diff` says of a conversion: nothing where the target is the archive, and where it is RIS what the report says.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bibmill/diff.h"
#include "corpus.h"

namespace bibmill::laws {
namespace {

class Difference : public testing::TestWithParam<Document> {
 protected:
  const Format& source() const { return *GetParam().format; }
  Reading reading_for(const Format& target) const {
    const std::string text = text_of(GetParam());
    return &source() == &target ? read_alone(source(), text) : read(source(), text);
  }
};

INSTANTIATE_TEST_SUITE_P(Documents, Difference, testing::ValuesIn(all_documents()), [](const auto& about) { return test_name(about.param.name()); });

std::string in_words(const FieldDifference& difference) {
  return fmt::format("{} {}: {} became {}", name_of(difference.kind), difference.field, difference.before, difference.after);
}

TEST_P(Difference, ToTheArchiveIsNone) {
  const Format& archive = *format_named(all_formats(), "yaml");
  const Reading reading = reading_for(archive);
  if (reading.count("yaml/tag") > 0) GTEST_SKIP() << "what a refused tag stands before is text once it is written";
  const Writing writing = write(archive, reading.records);
  const Reading back = read_alone(archive, writing.text);
  ASSERT_EQ(back.records.size(), reading.records.size());
  for (std::size_t at = 0; at < back.records.size(); ++at)
    for (const FieldDifference& difference : compare(reading.records[at], back.records[at])) ADD_FAILURE() << in_words(difference);
}

/// What the books say of a record, by the names that differences have.
struct Said {
  std::set<std::string> lost;      // fields, "type", and extras as "XX (ris)"
  std::set<std::string> supplied;

  bool anything() const { return !lost.empty() || !supplied.empty(); }
};

Said said_of(const Record& record, const Ledger& ledger) {
  Said said;
  std::vector<Loss> losses;
  ledger.losses(losses);
  for (const Loss& loss : losses) {
    if (loss.item == nullptr)
      said.lost.insert("type");
    else if (const Entry* const entry = std::get_if<Entry>(loss.item))  // what the value never had makes no difference
      (!loss.part.empty() && loss.part == entry->left_out ? said.supplied : said.lost).insert(std::string(name_of(entry->field)));
    else
      said.lost.insert(fmt::format("{} ({})", std::get<Extra>(*loss.item).key, std::get<Extra>(*loss.item).origin));
  }
  for (std::size_t at = 0; at < record.items().size(); ++at)
    if (const Entry* const entry = std::get_if<Entry>(&record.items()[at]); entry != nullptr && ledger.is_booked(at) && !ledger.is_exact(at))
      said.supplied.insert(std::string(name_of(entry->field)));
  for (const Supply& supply : ledger.supplied()) said.supplied.insert(std::string(supply.what));
  return said;
}

TEST_P(Difference, ToRisIsTheReport) {
  const Format& ris = *format_named(all_formats(), "ris");
  const Reading reading = reading_for(ris);
  const Writing writing = write(ris, reading.records);
  const Reading back = read_alone(ris, writing.text);
  ASSERT_EQ(back.records.size(), reading.records.size());
  for (std::size_t at = 0; at < back.records.size(); ++at) {
    const Said said = said_of(writing.records[at], writing.ledgers[at]);
    std::set<std::string> differs;
    for (const FieldDifference& difference : compare(writing.records[at], back.records[at])) {
      differs.insert(difference.field);
      // What is new is the rest of something that the report names.
      const bool is_new = difference.kind == FieldDifference::Kind::Added;
      const bool accounted = is_new ? said.anything() : said.lost.count(difference.field) + said.supplied.count(difference.field) > 0;
      EXPECT_TRUE(accounted) << "unsaid: " << in_words(difference);
    }
    for (const std::string& field : said.lost) EXPECT_TRUE(differs.count(field) > 0) << "said to lose something, and does not differ: " << field;
  }
}

}  // namespace
}  // namespace bibmill::laws

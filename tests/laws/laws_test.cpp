// The laws: what holds for every fixture, trap and sample, in every format.
//
// Each test is one law over one document, so that a failure names both. DESIGN numbers the laws: conservation (conservation_test.cpp), reading back what was
// written, prediction, parts, threads (threads_test.cpp), fixed point, carrying, source layout.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include "bibmill/diff.h"
#include "bibmill/reflect.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/schema.h"
#include "corpus.h"

namespace bibmill::laws {
namespace {

class Law : public testing::TestWithParam<Document> {
 protected:
  const Document& document() const { return GetParam(); }
  const Format& source() const { return *GetParam().format; }
};

INSTANTIATE_TEST_SUITE_P(Documents, Law, testing::ValuesIn(all_documents()), [](const auto& about) { return test_name(about.param.name()); });

// ------------------------------------------------------------------------------------------- (2) what was written reads back

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

/// What was booked as exact is the same after reading it back.
void expect_exact_fields_back(const Format& target, const Record& before, const Ledger& ledger, const Record& after) {
  Supplied supplied;
  for (const Supply& supply : ledger.supplied()) supplied.insert(supply.what);
  const std::array<FieldBooks, kFieldCount> books = books_of(before, ledger);
  for (std::size_t f = 0; f < kFieldCount; ++f) {
    const Field field = static_cast<Field>(f);
    if (!books[f].present || !books[f].exact) continue;
    const std::vector<Value> written = values_of(before, field);
    const std::vector<Value> found = values_of(after, field);
    EXPECT_TRUE(same_but_for(written, found, supplied, after.arena()))
        << name_of(field) << " was booked as exact in " << target.id << "\n" << dump(written) << "  came back as\n" << dump(found) << "  in " << before.key << before.suggested_key;
  }
}

/// What the pipeline reads for a target: nothing from elsewhere in the file is needed where the format stays the same.
Reading read_for(const Format& source, const Format& target, std::string_view text) {
  return &source == &target ? read_alone(source, text) : read(source, text);
}

TEST_P(Law, WhatWasWrittenReadsBack) {
  const std::string text = text_of(document());
  for (const Format* const target : all_formats()) {
    Reading reading = read_for(source(), *target, text);
    Writing writing = write(*target, reading.records);
    const Reading back = read_alone(*target, writing.text);
    ASSERT_EQ(back.records.size(), reading.records.size()) << target->id << "\n" << writing.text;
    for (std::size_t at = 0; at < back.records.size(); ++at) {
      expect_exact_fields_back(*target, reading.records[at], writing.ledgers[at], back.records[at]);
      if (writing.ledgers[at].type_merged()) continue;
      EXPECT_EQ(name_of(back.records[at].type), name_of(reading.records[at].type)) << target->id << "\n" << text::dump(reading.records[at]);
    }
  }
}

/// Through another format and back, what both ledgers called exact is what it was. RIS promises it for the formats that people take its records through.
TEST_P(Law, ThereAndBackLosesOnlyWhatIsSaid) {
  if (source().id != "ris") GTEST_SKIP() << "promised for RIS";
  const std::string text = text_of(document());
  for (const Format* const target : all_formats()) {
    if (target->id != "csljson" && target->id != "biblatex") continue;
    Reading reading = read(source(), text);
    Writing there = write(*target, reading.records);
    Reading other = read_alone(*target, there.text);
    Writing home = write(source(), other.records);
    const Reading back = read(source(), home.text);
    ASSERT_EQ(back.records.size(), reading.records.size()) << target->id << "\n" << home.text;
    for (std::size_t at = 0; at < back.records.size(); ++at) {
      Supplied supplied;
      for (const Ledger* const ledger : {&there.ledgers[at], &home.ledgers[at]})
        for (const Supply& supply : ledger->supplied()) supplied.insert(supply.what);
      const std::array<FieldBooks, kFieldCount> books = books_of(reading.records[at], there.ledgers[at]);
      const std::array<FieldBooks, kFieldCount> home_books = books_of(other.records[at], home.ledgers[at]);
      for (std::size_t f = 0; f < kFieldCount; ++f) {
        if (!books[f].present || !books[f].exact || !home_books[f].exact) continue;
        const Field field = static_cast<Field>(f);
        const std::vector<Value> before = values_of(reading.records[at], field);
        const std::vector<Value> after = values_of(back.records[at], field);
        EXPECT_TRUE(same_but_for(before, after, supplied, back.records[at].arena()))
            << name_of(field) << " was booked as exact to " << target->id << " and back\n" << dump(before) << "  came back as\n" << dump(after) << home.text.substr(0, 2000);
      }
      if (there.ledgers[at].type_merged() || home.ledgers[at].type_merged()) continue;
      EXPECT_EQ(name_of(back.records[at].type), name_of(reading.records[at].type)) << target->id;
    }
  }
}

// ----------------------------------------------------------------------------------------- (3) what is lost was predicted

TEST_P(Law, LossIsPredicted) {
  Reading reading = read(source(), text_of(document()));
  for (const Format* const target : all_formats()) {
    if (target == &source()) continue;
    const Writing writing = write(*target, reading.records);
    for (std::size_t at = 0; at < reading.records.size(); ++at) {
      std::vector<Loss> losses;
      writing.ledgers[at].losses(losses);
      for (const Loss& loss : losses) {
        const Entry* const entry = loss.item == nullptr ? nullptr : std::get_if<Entry>(loss.item);
        if (entry == nullptr) continue;
        EXPECT_NE(promised(target->mappings, entry->field, reading.records[at].type), Fidelity::Exact)
            << target->id << " promises " << name_of(entry->field) << " for " << name_of(reading.records[at].type) << " and lost " << loss.part << " of "
            << text::dump(entry->value);
      }
    }
  }
}

// ------------------------------------------------------------------------------------------------------------- (4) parts

TEST_P(Law, PartsGiveTheWhole) {
  const std::string text = text_of(document());
  const std::string whole = read(source(), text).dump();
  for (const std::size_t about : {std::size_t{1}, std::size_t{7}, std::size_t{64}, std::size_t{4000}})
    EXPECT_EQ(read(source(), text, everything(), about).dump(), whole) << "parts of about " << about;
}

// ------------------------------------------------------------------------------------------------------- (6) a fixed point

TEST_P(Law, WritingTwiceChangesNothing) {
  const std::string text = text_of(document());
  for (const Format* const target : all_formats()) {
    Reading reading = read_for(source(), *target, text);
    const std::string once = write(*target, reading.records).text;
    Reading back = read_alone(*target, once);
    EXPECT_EQ(write(*target, back.records).text, once) << target->id;
  }
}

// ------------------------------------------------------------------------------------------------------------ (7) carrying

TEST_P(Law, CarryingGivesTheRecordBack) {
  const std::string text = text_of(document());
  WriteOptions carrying;
  carrying.carry = true;
  for (const Format* const target : all_formats()) {
    if (target == &source() || (!target->carries_always && !target->carries_on_request)) continue;
    Reading reading = read_alone(source(), text);
    const std::string there = write(*target, reading.records, carrying).text;
    Reading back = read_alone(*target, there);
    ASSERT_EQ(back.records.size(), reading.records.size()) << target->id;
    for (std::size_t at = 0; at < back.records.size(); ++at)
      EXPECT_EQ(text::dump(back.records[at]), text::dump(reading.records[at])) << "through " << target->id << "\n" << there.substr(0, 4000);
    EXPECT_EQ(write(source(), back.records).text, write(source(), reading.records).text) << "through " << target->id;
  }
}

/// Everything becomes in every format what it would have become without the detour.
TEST_P(Law, AnArchiveStandsForItsSource) {
  const Format& archive = *format_named(all_formats(), "yaml");
  const Reading reading = read_alone(source(), text_of(document()));
  if (reading.count("yaml/tag") > 0) GTEST_SKIP() << "what a refused tag stands before is text once it is written";
  const Reading back = read_alone(archive, write(archive, reading.records).text);
  ASSERT_EQ(back.records.size(), reading.records.size());
  for (const Format* const target : all_formats()) EXPECT_EQ(write(*target, back.records).text, write(*target, reading.records).text) << target->id;
}

// ------------------------------------------------------------------------------------------------------- (8) source layout

TEST_P(Law, SourceLayoutGivesTheTextBack) {
  if (source().id != "medline") GTEST_SKIP() << "bytes are promised by the tagged form; unit_pubmed holds XML, which is promised as canonical XML";
  const std::string text = text_of(document());
  Reading reading = read(source(), text);
  WriteOptions options;
  options.layout = Layout::Source;
  EXPECT_EQ(write(source(), reading, options).text, text);
}

}  // namespace
}  // namespace bibmill::laws

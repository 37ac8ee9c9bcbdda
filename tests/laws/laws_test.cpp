// The laws: what holds for every fixture, trap and sample, in every format.
//
// Each test is one law over one document, so that a failure names both. DESIGN numbers the laws: conservation (conservation_test.cpp), reading back what was
// written, prediction, parts, threads (threads_test.cpp), fixed point, carrying, source layout.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bibmill/text/schema.h"
#include "corpus.h"
#include "reading_back.h"

namespace bibmill::laws {
namespace {

class Law : public testing::TestWithParam<Document> {
 protected:
  const Document& document() const { return GetParam(); }
  const Format& source() const { return *GetParam().format; }
};

INSTANTIATE_TEST_SUITE_P(Documents, Law, testing::ValuesIn(all_documents()), [](const auto& about) { return test_name(about.param.name()); });

// ------------------------------------------------------------------------------------------- (2) what was written reads back

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
      for (const std::string& difference : unsaid_differences(reading.records[at], writing.ledgers[at], back.records[at]))
        ADD_FAILURE() << difference << "  through " << target->id << " in " << reading.records[at].key << reading.records[at].suggested_key;
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
      const std::vector<Written> there_and_back = {{&reading.records[at], &there.ledgers[at]}, {&other.records[at], &home.ledgers[at]}};
      for (const std::string& difference : unsaid_differences(there_and_back, back.records[at]))
        ADD_FAILURE() << difference << "  to " << target->id << " and back\n" << home.text.substr(0, 2000);
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
      for (const std::string& surprise : unpredicted_losses(*target, reading.records[at], writing.ledgers[at])) ADD_FAILURE() << surprise;
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

// ------------------------------------------------------------------------------------------- what nobody asks for stays unread

/// Values that only the format's own writer sees need not be decoded: what is written, what is lost and what is said do not depend on it.
TEST_P(Law, AsWrittenIsWhatIsWritten) {
  const std::string text = text_of(document());
  ReadOptions options;
  options.keep_raw = true;
  const Reading decoded = read_alone(source(), text, options);
  options.as_written = true;
  const Reading as_written = read_alone(source(), text, options);
  const Writing expected = write(source(), decoded);
  const Writing found = write(source(), as_written);
  EXPECT_EQ(found.text, expected.text);
  EXPECT_EQ(found.remarks(), expected.remarks());
  EXPECT_EQ(as_written.complaints(), decoded.complaints());
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

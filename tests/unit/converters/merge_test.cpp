// Merging without a command line: what each side did to records and fields.
#include "bibmill/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "bibmill/text/schema.h"
#include "mock_format.h"

namespace bibmill {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Sink final : public RecordSink, public DiagnosticSink {
 public:
  explicit Sink(Library& library) : library_(&library) {}
  Flow record(Record&& record) override {
    library_->records.push_back({std::move(record), library_->records.size() + 1, {}, std::exchange(library_->after, {})});
    return Flow::Continue;
  }
  Flow between(Extra&& extra) override {
    library_->after.push_back(extra);
    return Flow::Continue;
  }
  void report(Diagnostic) override {}

 private:
  Library* library_;
};

/// What the mock format reads of the text.
Library library(std::string_view text) {
  const Format& format = mock::lines_format();
  Library library;
  library.format = &format;
  library.arenas.push_back(std::make_shared<Arena>());
  Sink sink(library);
  format.make_reader({.keep_raw = true, .prelude = nullptr, .settings = {}})->read(Source{}, {text, 0, library.arenas.back()}, sink, sink);
  return library;
}

struct Outcome {
  std::string text;
  std::vector<std::string> conflicts;
};

Outcome merged(std::string_view base, std::string_view ours, std::string_view theirs) {
  const Library a = library(base);
  const Library b = library(ours);
  const Library c = library(theirs);
  const Merge merge = bibmill::merge(a, b, c);
  Outcome outcome;
  std::vector<LeftOut> left_out;
  outcome.text = render(merge, mock::lines_format(), {}, left_out);
  for (const MergedRecord& record : merge.records) outcome.conflicts.insert(outcome.conflicts.end(), record.conflicts.begin(), record.conflicts.end());
  return outcome;
}

constexpr std::string_view kBase = "@a book\ntitle: Kelp\nyear: 2020\n";

TEST(Merge, NothingChangedIsNothingChanged) { EXPECT_EQ(merged(kBase, kBase, kBase).text, "begin\n@a book\ntitle: Kelp\nyear: 2020\nend of 1\n"); }

TEST(Merge, TakesTheOnlyChange) {
  const std::string changed = "@a book\ntitle: Mud\nyear: 2020\n";
  EXPECT_EQ(merged(kBase, changed, kBase).text, merged(changed, changed, changed).text);
  EXPECT_EQ(merged(kBase, kBase, changed).text, merged(changed, changed, changed).text);
  EXPECT_THAT(merged(kBase, kBase, changed).conflicts, IsEmpty());
}

TEST(Merge, TakesChangesToDifferentFieldsOfOneRecord) {
  const Outcome outcome = merged(kBase, "@a book\ntitle: Mud\nyear: 2020\n", "@a book\ntitle: Kelp\nyear: 2021\nXX: new\n");
  const std::string wanted = "@a book\ntitle: Mud\nyear: 2021\nXX: new\n";
  EXPECT_EQ(outcome.text, merged(wanted, wanted, wanted).text);
  EXPECT_THAT(outcome.conflicts, IsEmpty());
}

TEST(Merge, TheSameChangeOnBothSidesIsOne) {
  const std::string changed = "@a book\ntitle: Mud\nyear: 2020\n";
  const Outcome outcome = merged(kBase, changed, changed);
  EXPECT_EQ(outcome.text, merged(changed, changed, changed).text);
  EXPECT_THAT(outcome.conflicts, IsEmpty());
}

TEST(Merge, MarksWhatBothChangedDifferently) {
  const Outcome outcome = merged(kBase, "@a book\ntitle: Mud\nyear: 2020\n", "@a book\ntitle: Sand\nyear: 2020\n");
  EXPECT_THAT(outcome.conflicts, ElementsAre("title"));
  EXPECT_NE(outcome.text.find("<<<<<<< ours\ntitle: Mud\n=======\ntitle: Sand\n>>>>>>> theirs\n"), std::string::npos) << outcome.text;
  EXPECT_EQ(outcome.text.find("<<<<<<<", outcome.text.find("<<<<<<<") + 1), std::string::npos) << outcome.text;
}

TEST(Merge, AddsAndRemovesRecords) {
  const std::string base = "@a book\ntitle: Kelp\n@b book\ntitle: Mud\n";
  const std::string ours = "@a book\ntitle: Kelp\n";
  const std::string theirs = "@a book\ntitle: Kelp\n@new book\ntitle: Sand\n@b book\ntitle: Mud\n";
  const std::string wanted = "@a book\ntitle: Kelp\n@new book\ntitle: Sand\n";
  EXPECT_EQ(merged(base, ours, theirs).text, merged(wanted, wanted, wanted).text);
  EXPECT_EQ(merged(base, theirs, ours).text, merged(wanted, wanted, wanted).text);
}

TEST(Merge, RemovedHereAndChangedThereIsAConflict) {
  const std::string base = "@a book\ntitle: Kelp\n@b book\ntitle: Mud\n";
  const std::string removed = "@a book\ntitle: Kelp\n";
  const std::string changed = "@a book\ntitle: Kelp\n@b book\ntitle: Sand\n";
  EXPECT_THAT(merged(base, removed, changed).conflicts, ElementsAre("record"));
  EXPECT_THAT(merged(base, changed, removed).conflicts, ElementsAre("record"));
  EXPECT_NE(merged(base, removed, changed).text.find("=======\n@b book\ntitle: Sand\n"), std::string::npos) << merged(base, removed, changed).text;
  EXPECT_NE(merged(base, changed, removed).text.find("@b book\ntitle: Sand\n=======\n>>>>>>> theirs\n"), std::string::npos) << merged(base, changed, removed).text;
}

TEST(Merge, TwoNewRecordsOfOneKeyAreOne) {
  const Outcome outcome = merged("", "@a book\ntitle: Kelp\n", "@a book\ntitle: Kelp\nyear: 2020\n");
  const std::string wanted = "@a book\ntitle: Kelp\nyear: 2020\n";
  EXPECT_THAT(outcome.conflicts, IsEmpty());
  EXPECT_EQ(outcome.text, merged(wanted, wanted, wanted).text);
}

TEST(Merge, TextBetweenRecordsStays) {
  const std::string base = "# one\n@a book\ntitle: Kelp\n# last\n";
  const std::string theirs = "# two\n@a book\ntitle: Kelp\n# last\n";
  EXPECT_EQ(merged(base, base, theirs).text, merged(theirs, theirs, theirs).text);
  EXPECT_NE(merged(base, base, base).text.find("# last"), std::string::npos);
}

}  // namespace
}  // namespace bibmill

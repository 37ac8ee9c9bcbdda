// The pipeline from end to end, over a format of the tests' own.
#include "bibmill/pipeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bibmill/errors.h"
#include "harness.h"
#include "mock_format.h"

namespace bibmill::mock {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

ConvertOptions converting(std::string path) {
  ConvertOptions options;
  options.inputs = {std::move(path)};
  return options;
}

/// Records with and without keys, comments between, and a line astray here and there.
std::string many_records(int count) {
  std::string text;
  for (int n = 0; n < count; ++n) {
    if (n % 7 == 0) text += fmt::format("# comment {}\n", n);
    text += fmt::format("@{} book\ntitle: Work {}\n", n % 3 == 0 ? fmt::format("key{}", n) : std::string(), n);
    text += fmt::format("author: Smith\nyear: {}\n", 2000 + n % 5);
    if (n % 11 == 0) text += "XX: unknown\n";
    if (n % 13 == 0) text += "astray\n";
  }
  return text;
}

TEST(Pipeline, WritesWhatItReads) {
  const Folder folder;
  const Result result = run(converting(folder.file("a.lines", "@one book\ntitle: First\n@two book\ntitle: Second\n")));
  EXPECT_EQ(result.text, "begin\n@one book\ntitle: First\n--\n@two book\ntitle: Second\nend of 2\n");
  EXPECT_THAT(result.said, IsEmpty());
  EXPECT_EQ(result.totals.records_read, 2U);
  EXPECT_EQ(result.totals.losses.total(), 0U);
}

TEST(Pipeline, SeveralInputsBecomeOneOutput) {
  const Folder folder;
  ConvertOptions options;
  options.inputs = {folder.file("a.lines", "@one book\n"), folder.file("b.lines", ""), folder.file("c.lines", "@two book\n")};
  const Result result = run(std::move(options));
  EXPECT_EQ(result.text, "begin\n@one book\n--\n@two book\nend of 2\n");
  EXPECT_THAT(result.said, ElementsAre("b.lines:0:0 input/no-records"));
  EXPECT_EQ(result.totals.inputs.at(2).records, 1U);
}

TEST(Pipeline, SameBytesForAnyThreadsAndParts) {
  const Folder folder;
  const std::string path = folder.file("many.lines", many_records(500));
  for (const Format* const to : {&lines_format(), &bare_format(), &archive_format()}) {
    ConvertOptions options = converting(path);
    options.to = to;
    options.tell_each_loss = true;
    const Result whole = run(std::move(options));
    EXPECT_EQ(whole.totals.records_written, 500U);
    for (const std::size_t part_size : {std::size_t{1}, std::size_t{700}, std::size_t{5000}}) {
      for (const std::size_t threads : {std::size_t{1}, std::size_t{2}, std::size_t{8}}) {
        ConvertOptions again = converting(path);
        again.to = to;
        again.tell_each_loss = true;
        again.part_size = part_size;
        again.threads = threads;
        const Result result = run(std::move(again));
        EXPECT_EQ(result.text, whole.text) << to->id << ' ' << part_size << ' ' << threads;
        EXPECT_EQ(result.said, whole.said) << to->id << ' ' << part_size << ' ' << threads;
        EXPECT_EQ(result.totals.losses.total(), whole.totals.losses.total());
      }
    }
  }
}

TEST(Pipeline, GivesKeysInInputOrder) {
  const Folder folder;
  const std::string text =
      "@ book\nauthor: Smith\nyear: 2020\n"
      "@ book\nauthor: Smith\nyear: 2020\n"
      "@Smith2020b book\n"
      "@ book\nauthor: Smith\nyear: 2020\n"
      "@ book\npmid: 77\nauthor: Smith\n"
      "@ book\ntitle: Nameless\n"
      "@ book\nauthor: Gar\xC3\xA7on-\xC3\x98st\nyear: 1999\n";
  ConvertOptions options = converting(folder.file("a.lines", text));
  options.tell_each_loss = true;
  options.part_size = 20;
  const Result result = run(std::move(options));
  EXPECT_THAT(result.text, HasSubstr("@Smith2020 book\n"));
  EXPECT_THAT(result.text, HasSubstr("@Smith2020a book\n"));
  EXPECT_THAT(result.text, HasSubstr("@Smith2020c book\n"));
  EXPECT_THAT(result.text, HasSubstr("@pmid77 book\n"));
  EXPECT_THAT(result.text, HasSubstr("@ref6 book\n"));
  EXPECT_THAT(result.text, HasSubstr("@GarconOst1999 book\n"));
  EXPECT_THAT(result.said, testing::Contains("a.lines:4:1 supplied/key Smith2020a of record 2"));
  EXPECT_EQ(result.totals.supplied.at(0).count, 6U);
}

TEST(Pipeline, WarnsOfKeysThatRepeat) {
  const Folder folder;
  for (const std::size_t part_size : {std::size_t{5}, std::size_t{1000}}) {
    ConvertOptions options = converting(folder.file("a.lines", "@one book\n@two book\n@one book\ntitle: Again\n"));
    options.part_size = part_size;
    EXPECT_THAT(run(std::move(options)).said, ElementsAre("a.lines:3:1 key/duplicate"));
  }
}

TEST(Pipeline, MakesNewKeysForAll) {
  const Folder folder;
  ConvertOptions options = converting(
      folder.file("a.lines", "@x book\nauthor: Smith\ntitle: The Long Way\n@y book\nauthor: Smith\ntitle: A Long Day\n"));
  options.replace_keys = true;
  options.keys = KeyPattern("{author:lower}-{title:2}");
  const Result result = run(std::move(options));
  EXPECT_THAT(result.text, HasSubstr("@smith-LongWay book"));
  EXPECT_THAT(result.text, HasSubstr("@smith-LongDay book"));
  EXPECT_THAT(result.said, IsEmpty());
}

TEST(Pipeline, NewKeysAndCarryingGoTogether) {
  const Folder folder;
  ConvertOptions options = converting(folder.file("a.lines", "@x book\nauthor: Smith\n# hm\n@y book\nauthor: Jones\n"));
  options.to = &archive_format();
  options.replace_keys = true;
  options.keys = KeyPattern("{author}");
  const Result result = run(std::move(options));
  EXPECT_THAT(result.text, HasSubstr("@Smith book\nauthor: Smith\n--\nbefore: "));
  EXPECT_THAT(result.text, HasSubstr("\n@Jones book\nauthor: Jones\n"));
}

TEST(Pipeline, BooksEveryLossWithItsPlace) {
  const Folder folder;
  ConvertOptions options =
      converting(folder.file("a.lines", "@one book\ntitle: T\nauthor: Smith\nXX: odd\n# remark\n@two book\nauthor: Jones\n"));
  options.to = &bare_format();
  options.tell_each_loss = true;
  const Result result = run(std::move(options));
  EXPECT_EQ(result.text, "begin\n@one book\ntitle: T\n--\n@two book\nend of 2\n");
  EXPECT_EQ(result.said.size(), 4U);
  EXPECT_THAT(result.said.at(0), HasSubstr("a.lines:3:1 loss/dropped-field author="));
  EXPECT_EQ(result.said.at(1), "a.lines:4:1 loss/unknown-field XX=odd of record 1 one");
  EXPECT_EQ(result.said.at(2), "a.lines:5:1 loss/dropped-text =# remark of record 0 ");
  EXPECT_THAT(result.said.at(3), HasSubstr("a.lines:7:1 loss/dropped-field author="));
  const LossTally& losses = result.totals.losses;
  EXPECT_EQ(losses.total(Loss::Kind::DroppedField), 2U);
  EXPECT_EQ(result.totals.records_with_losses, 2U);
  EXPECT_EQ(losses.rows().at(0).count, 2U);
  EXPECT_EQ(losses.rows().at(0).position, (Position{3, 1}));
  EXPECT_EQ(message_of(losses.rows().at(0), bare_format(), false), "Bare lines has no place for author (first of 2)");
  EXPECT_EQ(message_of(losses.rows().at(1).first, bare_format(), true),
            "Bare lines has no place for XX as lines has it; --carry keeps it");
}

/// Records are written a few at a time; what is said in writing one still comes before what reading says of the next.
TEST(Pipeline, SaysEverythingInTheOrderOfTheRecords) {
  const Folder folder;
  std::string text;
  std::vector<std::string> expected;
  for (int n = 0; n < 50; ++n) {
    text += fmt::format("@key{} book\ntitle: T\nXX: odd\nastray\n", n);
    expected.push_back(fmt::format("a.lines:{}:1 lines/stray", 4 * n + 4));
    expected.push_back(fmt::format("a.lines:{}:1 loss/unknown-field XX=odd of record {} key{}", 4 * n + 3, n + 1, n));
  }
  for (const std::size_t part_size : {std::size_t{1}, std::size_t{200}, std::size_t{100'000}}) {
    ConvertOptions options = converting(folder.file("a.lines", text));
    options.to = &bare_format();
    options.tell_each_loss = true;
    options.part_size = part_size;
    EXPECT_EQ(run(std::move(options)).said, expected) << part_size;
  }
}

TEST(Pipeline, ValuesOfLossesAreSpelledOutOnlyWhereTheyAreTold) {
  for (const bool told : {false, true}) {
    const Folder folder;
    ConvertOptions options = converting(folder.file("a.lines", "@one book\nauthor: Smith\nXX: odd\n"));
    options.to = &bare_format();
    options.tell_each_loss = told;
    const Result result = run(std::move(options));
    ASSERT_EQ(result.totals.losses.rows().size(), 2U);
    for (const LossCount& row : result.totals.losses.rows()) EXPECT_EQ(row.first.value.empty(), !told) << row.first.key;
  }
}

TEST(Pipeline, TextBetweenRecordsTravelsWithARecord) {
  const Folder folder;
  ConvertOptions options = converting(folder.file("a.lines", "# first\n@one book\n# second\n# third\n@two book\n# last\n"));
  options.to = &archive_format();
  const Result result = run(std::move(options));
  EXPECT_EQ(result.text,
            "begin\n"
            "before: [{\"extra\":\"\",\"origin\":\"lines\",\"raw\":\"# first\"}]\n@one book\n"
            "--\n"
            "before: [{\"extra\":\"\",\"origin\":\"lines\",\"raw\":\"# "
            "second\"},{\"extra\":\"\",\"origin\":\"lines\",\"raw\":\"# third\"}]\n@two book\n"
            "after: [{\"extra\":\"\",\"origin\":\"lines\",\"raw\":\"# last\"}]\n"
            "end of 2\n");
  EXPECT_EQ(result.totals.losses.total(), 0U);
}

TEST(Pipeline, TextWithoutAnyRecordIsLost) {
  const Folder folder;
  ConvertOptions options = converting(folder.file("a.lines", "# alone\n"));
  options.to = &archive_format();
  const Result result = run(std::move(options));
  EXPECT_EQ(result.totals.losses.total(Loss::Kind::DroppedText), 1U);
  EXPECT_THAT(result.said, ElementsAre("a.lines:0:0 input/no-records"));
}

TEST(Pipeline, DamageIsToldAndTheRestGoesOn) {
  const Folder folder;
  const Result result = run(converting(folder.file("a.lines", "@one book\nna\xC3\xAFve\n@two book\n")));
  EXPECT_THAT(result.said, ElementsAre("a.lines:2:1 lines/stray"));
  EXPECT_EQ(result.totals.errors, 1U);
  EXPECT_EQ(result.totals.records_written, 2U);
}

/// A record that is too large, whether it fits into what is read at a time or not.
TEST(Pipeline, SkipsARecordThatIsTooLarge) {
  const Folder folder;
  for (const std::size_t size : {std::size_t{40'000}, std::size_t{3'000'000}}) {
    const std::string text =
        "@one book\ntitle: 1\n@big book\ntitle: " + std::string(size, 'x') + "\n@two book\ntitle: 2\nbad\n@three book\n";
    for (const std::size_t threads : {std::size_t{1}, std::size_t{3}}) {
      ConvertOptions options = converting(folder.file("a.lines", text));
      options.max_record = 10'000;
      options.part_size = 100;
      options.threads = threads;
      const Result result = run(std::move(options));
      EXPECT_EQ(result.text, "begin\n@one book\ntitle: 1\n--\n@two book\ntitle: 2\n--\n@three book\nend of 3\n");
      EXPECT_THAT(result.said, ElementsAre("a.lines:3:1 input/record-too-large", "a.lines:7:1 lines/stray"));
    }
  }
}

TEST(Pipeline, SkipsALastRecordThatIsTooLarge) {
  const Folder folder;
  ConvertOptions options = converting(folder.file("a.lines", "@one book\n@big book\ntitle: " + std::string(3'000'000, 'x')));
  options.max_record = 10'000;
  options.part_size = 100;
  const Result result = run(std::move(options));
  EXPECT_EQ(result.text, "begin\n@one book\nend of 1\n");
  EXPECT_THAT(result.said, ElementsAre("a.lines:2:1 input/record-too-large"));
}

TEST(Pipeline, SaysOncePerRecordThatBytesWereGuessed) {
  const Folder folder;
  const std::string text = "@one book\ntitle: caf\xE9\nauthor: Ren\xE9\n@two book\ntitle: plain\n@three book\ntitle: na\xEFve\n";
  for (const std::size_t part_size : {std::size_t{1}, std::size_t{1000}}) {
    ConvertOptions options = converting(folder.file("a.lines", text));
    options.part_size = part_size;
    const Result result = run(std::move(options));
    EXPECT_THAT(result.said, ElementsAre("a.lines:2:11 encoding/guessed", "a.lines:7:10 encoding/guessed"));
    EXPECT_THAT(result.text, HasSubstr("caf\xC3\xA9"));
  }
}

TEST(Pipeline, LooksAheadOverAllInputs) {
  const Folder folder;
  ConvertOptions options;
  options.from = &referring_format();
  options.inputs = {folder.file("a.lines", "@child book\ntitle: =parent\n"),
                    folder.file("b.lines", "@parent book\ntitle: Parent\n")};
  const Result result = run(std::move(options));
  EXPECT_THAT(result.text, HasSubstr("@child book\ntitle: Parent\n"));
}

TEST(Pipeline, DoesNotLookAheadFromAFormatToItself) {
  const Folder folder;
  ConvertOptions options = converting(folder.file("a.lines", "@child book\ntitle: =parent\n@parent book\ntitle: Parent\n"));
  options.from = &referring_format();
  options.to = &referring_format();
  EXPECT_THAT(run(std::move(options)).text, HasSubstr("title: =parent\n"));
}

TEST(Pipeline, StepsChangeAndDropRecords) {
  const Folder folder;
  ConvertOptions options = converting(folder.file(
      "a.lines", "@one book\ntitle: 1\nyear: 1990\n# about two\n@two book\ntitle: 2\nyear: 2020\n@three map\nyear: 2021\n"));
  options.steps.push_back(make_step("select:type=book,year=2000-"));
  options.steps.push_back(make_step("fields:drop=issued"));
  const Result result = run(std::move(options));
  EXPECT_EQ(result.text, "begin\n# about two\n@two book\ntitle: 2\nend of 1\n");
  EXPECT_EQ(result.totals.records_dropped, 2U);
  EXPECT_EQ(result.totals.losses.total(), 0U);
}

TEST(Pipeline, SortsAndKeepsPlacesAndKeys) {
  const Folder folder;
  const std::string text =
      "# on two\n@ book\nauthor: Young\nyear: 2002\n"
      "@ book\nauthor: Young\nyear: 2002\nXX: odd\n"
      "@ book\nauthor: Adams\nyear: 2010\n"
      "@ book\ntitle: Undated\n# end\n";
  for (const std::size_t threads : {std::size_t{1}, std::size_t{4}}) {
    ConvertOptions options = converting(folder.file("a.lines", text));
    options.steps.push_back(make_step("sort:by=-issued,author"));
    options.threads = threads;
    options.part_size = 10;
    options.tell_each_loss = true;
    const Result result = run(std::move(options));
    EXPECT_EQ(result.text,
              "begin\n@Adams2010 book\nauthor: Adams\nyear: 2010\n--\n# on two\n@Young2002 book\nauthor: Young\nyear: 2002\n--\n"
              "@Young2002a book\nauthor: Young\nyear: 2002\nXX: odd\n--\n@ref4 book\ntitle: Undated\n--\n# end\nend of 4\n");
    EXPECT_THAT(result.said,
                ElementsAre("a.lines:9:1 supplied/key Adams2010 of record 3", "a.lines:2:1 supplied/key Young2002 of record 1",
                            "a.lines:5:1 supplied/key Young2002a of record 2", "a.lines:12:1 supplied/key ref4 of record 4"));
  }
}

TEST(Pipeline, LossesAreCountedBehindASort) {
  const Folder folder;
  ConvertOptions options = converting(folder.file("a.lines", "@b book\ntitle: B\nXX: odd\n@a book\ntitle: A\nauthor: Smith\n"));
  options.to = &bare_format();
  options.steps.push_back(make_step("sort:by=key"));
  options.steps.push_back(make_step("fields:drop=author"));
  const Result result = run(std::move(options));
  EXPECT_EQ(result.text, "begin\n@a book\ntitle: A\n--\n@b book\ntitle: B\nend of 2\n");
  ASSERT_EQ(result.totals.losses.rows().size(), 1U);
  EXPECT_EQ(result.totals.losses.rows().at(0).position, (Position{3, 1}));
  EXPECT_EQ(result.totals.losses.rows().at(0).first.record_number, 1U);
}

TEST(Pipeline, FailsBeforeWritingWhereAnInputCannotBeRead) {
  const Folder folder;
  ConvertOptions options;
  options.inputs = {folder.file("a.lines", "@one book\n"), folder.path("missing.lines")};
  options.formats = formats();
  options.to = &lines_format();
  StringSink sink;
  Memory memory;
  EXPECT_THROW(convert(options, sink, memory), InputError);
  EXPECT_EQ(sink.text, "");
}

TEST(Pipeline, SaysWhatAnInputLooksLike) {
  const Folder folder;
  try {
    run(converting(folder.file("a.pdf", "%PDF-1.7\n")));
    FAIL() << "a PDF is no bibliography";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("a.pdf looks like a PDF"));
  }
}

TEST(Pipeline, EmptyInputsGiveAnEmptyOutput) {
  const Folder folder;
  const Result result = run(converting(folder.file("nothing", " \n\n")));
  EXPECT_EQ(result.text, "begin\nend of 0\n");
  EXPECT_THAT(result.said, ElementsAre("nothing:0:0 input/no-records"));
  EXPECT_EQ(result.totals.errors, 0U);
}

}  // namespace
}  // namespace bibmill::mock

// Cutting, recognising, faults, and writing records of other formats.
#include <gtest/gtest.h>

#include "support.h"

namespace bibmill::csljson::testing {
namespace {

std::size_t split(std::string_view text, std::size_t about) { return format().split(text, about); }

TEST(CslJsonSplit, CutsBehindAnItemThatAnotherOneFollows) {
  const std::string_view text = R"([{"a":"}]"},{"b":1} , {"c":2}])";
  EXPECT_EQ(split(text, 1), 11U);
  EXPECT_EQ(split(text, 11), 11U);
  EXPECT_EQ(split(text, 19), 19U);
  EXPECT_EQ(split(text, 1000), 19U);
  EXPECT_EQ(split(R"([{"a":1}])", 1), 0U);
  EXPECT_EQ(split(R"({"items":[{"a":1},{"b":1}]})", 1), 17U);
  EXPECT_EQ(split("{\"a\":1}\n{\"b\":1}", 1), 7U);
  EXPECT_EQ(split(R"([{"a":"\"},{"}])", 1), 0U);
  EXPECT_EQ(split("", 1), 0U);
}

TEST(CslJsonRecognises, ItemsAndNothingElse) {
  const auto sure = [](std::string_view head) { return format().recognises(head); };
  EXPECT_GT(sure(R"([{"id":"a","type":"book"}])"), 90);
  EXPECT_GT(sure(R"({"items":[{"id":"a","type":"book"}]})"), 90);
  EXPECT_GT(sure("[]"), 0);
  EXPECT_EQ(sure("@article{a, title = {T}}"), 0);
  EXPECT_EQ(sure("{ id: a, type: book }"), 0);
  EXPECT_EQ(sure(""), 0);
  EXPECT_EQ(sure("references:\n- id: a\n"), 0);
}

TEST(CslJsonReader, KeepsWhatIsAroundTheItems) {
  const Reading reading = read(R"({"total": 2, "items": [{"id":"a","type":"book"}], "next": {"page": 3}})");
  EXPECT_EQ(reading.records.size(), 1U);
  ASSERT_EQ(reading.extras.size(), 2U);
  EXPECT_EQ(reading.extras[0].key, "total");
  EXPECT_EQ(reading.extras[0].raw, "2");
  EXPECT_EQ(reading.extras[1].raw, R"({"page": 3})");
}

TEST(CslJsonReader, ReadsAnItemWithAFaultAsFarAsItGoes) {
  const Reading reading = read(R"([{"id":"a","type":"book","title":"T","volume": 1 "issue":"2"}, {"id":"b","type":"book"}])");
  ASSERT_EQ(reading.records.size(), 2U);
  EXPECT_NE(reading.records[0].find(Field::Title), nullptr);
  EXPECT_NE(reading.records[0].find(Field::Issue), nullptr);
  EXPECT_EQ(reading.count("json/syntax"), 1U);
  EXPECT_EQ(reading.records[1].key, "b");
}

TEST(CslJsonReader, SurvivesDepthAndCutEnds) {
  const std::string deep(10000, '[');
  EXPECT_EQ(read("[{\"id\":\"a\",\"type\":\"book\",\"x\":" + deep).records.size(), 1U);
  EXPECT_EQ(read("[{\"id\":\"a\",\"type\":\"bo").records.size(), 1U);
  EXPECT_EQ(read("[{\"id\":\"a\",\"type\":\"book\",\"title\":\"\\ud83d\"}]").records.size(), 1U);
}

TEST(CslJsonReader, LeavesOutControlCharactersHoweverTheyAreWrittenAndSaysSo) {
  const Reading reading = read(
      "[{\"id\":\"a\",\"type\":\"book\",\"title\":\"a\x7F" "b\",\"source\":\"c\"},"
      "{\"id\":\"b\",\"type\":\"book\",\"title\":\"a\\u0001b\\u007F\",\"source\":\"\x7F" "c\"}]");
  ASSERT_EQ(reading.records.size(), 2U);
  EXPECT_EQ(reading.count("csl/control-character"), 3U);
  EXPECT_EQ(reading.diagnostics.list.size(), 3U);
  for (const Record& record : reading.records) {
    EXPECT_EQ(record.get<Field::Title>()->text(), "ab") << record.key;
    EXPECT_EQ(record.get<Field::Source>()->text(), "c") << record.key;
  }
}

TEST(CslJsonReader, SkipsAnItemThatIsTooLarge) {
  ReadOptions options;
  options.max_record = 40;
  Reading reading;
  const Part part = reading.part(R"([{"id":"a","type":"book","title":"much too long for that"},{"id":"b","type":"book"}])");
  format().make_reader(options)->read(Source{"test"}, part, reading, reading.diagnostics);
  ASSERT_EQ(reading.records.size(), 1U);
  EXPECT_EQ(reading.count("csljson/too-large"), 1U);
}

TEST(CslJsonReader, PlacesEveryEntryInTheText) {
  const std::string_view text =
      R"([{"id": "a", "type": "book", "title": "T\u0041", "issued": {"date-parts": [[2001]]}, "x": [1, 2] }])";
  const Reading reading = read(text);
  const auto slice = [&](Span span) { return text.substr(span.begin, span.size()); };
  const Record& record = reading.records.at(0);
  EXPECT_EQ(slice(record.find(Field::Title)->span), R"("T\u0041")");
  EXPECT_EQ(slice(record.find(Field::Title)->more[0]), R"("title")");
  EXPECT_EQ(slice(record.find(Field::Issued)->span), R"({"date-parts": [[2001]]})");
  EXPECT_EQ(slice(std::get<Extra>(record.items()[2]).span), R"("x": [1, 2])");
  EXPECT_EQ(slice(record.markers[0]), R"("id")");
}

Record foreign() {
  Record record(std::make_shared<Arena>());
  record.origin = "medline";
  record.type = Type::ArticleJournal;
  return record;
}

std::vector<std::string> parts_of(const Writing& writing) {
  std::vector<std::string> parts;
  for (const Loss& loss : writing.losses()) {
    const Entry* const entry = loss.item == nullptr ? nullptr : std::get_if<Entry>(loss.item);
    parts.push_back((entry == nullptr ? std::string("?") : std::string(name_of(entry->field))) + ": " + std::string(loss.part));
  }
  return parts;
}

TEST(CslJsonWriter, JoinsWhatCslHasOnePlaceFor) {
  Record record = foreign();
  record.key = "k";
  Arena& arena = record.arena();
  record.add(Field::Subtitle, RichText::of(arena, "A Study"));
  record.add(Field::Title, RichText::of(arena, "Bells"));
  record.add(Field::Note, RichText::of(arena, "One"));
  record.add(Field::Addendum, RichText::of(arena, "Two"));
  record.add(Field::Publisher, RichText::of(arena, "P"));
  record.add(Field::Publisher, RichText::of(arena, "Q"));
  record.add(Field::Volume, Text{"3"});
  record.add(Field::PartNumber, Text{"2"});
  const std::string text = write({record}).text;
  for (const std::string_view expected :
       {R"("title": "Bells: A Study")", R"("note": "One. Two")", R"("publisher": "P; Q")", R"("volume": "3.2")"})
    EXPECT_NE(text.find(expected), text.npos) << text;
  EXPECT_EQ(text.find("\"part\""), text.npos) << text;
}

TEST(CslJsonWriter, SaysWhatStaysBehind) {
  Record record = foreign();
  record.key = "k";
  Arena& arena = record.arena();
  Names names;
  Name name;
  name.family = "Mills";
  name.given = "Matthew N";
  name.initials = "MN";
  name.affiliations.push_back(arena, Affiliation{"Moffitt", {}, {}, {}});
  names.list.push_back(arena, name);
  names.complete = false;
  record.add(Field::Author, names);
  Headings headings;
  headings.list.push_back(arena, Heading{"Brain Neoplasms", "D001932", {}, true, {}, {}, {}});
  record.add(Field::Heading, headings);
  record.add(Field::Language, Text{"eng"});
  record.add(Field::Substance, Substances{});
  Links links;
  links.list.push_back(arena, Link{"RetractionIn", "J Neurooncol. 2023", {}, {}, {}, {}});
  record.add(Field::CommentsCorrections, links);
  const Writing writing = write({record});
  EXPECT_NE(writing.text.find("\"literal\": \"others\""), std::string::npos) << writing.text;
  EXPECT_NE(writing.text.find("\"language\": \"en\""), std::string::npos) << writing.text;
  EXPECT_NE(writing.text.find("\"keyword\": \"Brain Neoplasms\""), std::string::npos) << writing.text;
  EXPECT_NE(writing.text.find("\"status\": \"retracted\""), std::string::npos) << writing.text;
  const std::vector<std::string> parts = parts_of(writing);
  for (const std::string_view expected :
       {"author: initials", "author: affiliations", "heading: qualifiers, main topics and identifiers", "language: spelling",
        "substance: ", "comments-corrections: links to other publications"})
    EXPECT_NE(std::find(parts.begin(), parts.end(), expected), parts.end()) << expected << "\n" << writing.text;
}

TEST(CslJsonWriter, LeavesAPlaceForTheKey) {
  Record record = foreign();
  record.suggested_key = "ref1";
  EXPECT_NE(write({record}).text.find("\"id\": \"ref1\","), std::string::npos);
}

TEST(CslJsonWriter, WritesOnlyThroughTheGivenRows) {
  Record record = foreign();
  record.key = "k";
  record.add(Field::Title, RichText::of(record.arena(), "T"));
  record.add(Field::Volume, Text{"1"});
  const Writing writing = write({record}, false, format().mappings.first(1));
  EXPECT_NE(writing.text.find("\"title\""), std::string::npos);
  EXPECT_EQ(writing.text.find("\"volume\""), std::string::npos);
  EXPECT_EQ(parts_of(writing), std::vector<std::string>{"volume: "});
}

TEST(CslJsonWriter, IsAnArrayEvenWithoutItems) { EXPECT_EQ(write({}).text, "[\n]\n"); }

TEST(CslJsonWriter, CarriesAnEditThatWins) {
  Record record = foreign();
  record.key = "k";
  record.add(Field::Title, RichText::of(record.arena(), "Old"), "TI");
  record.add(Field::Substance, Substances{}, "RN");
  std::string text = write({record}, true).text;
  text.replace(text.find("\"Old\""), 5, "\"New\"");
  const Reading back = read(text);
  EXPECT_EQ(back.records.at(0).get<Field::Title>()->text(), "New");
  EXPECT_NE(back.records[0].find(Field::Substance), nullptr);
  EXPECT_EQ(back.records[0].origin, "medline");
}

}  // namespace
}  // namespace bibmill::csljson::testing

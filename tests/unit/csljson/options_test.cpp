// The options of CSL-JSON: lines of notes as variables, the schema's limits, and the layout of what is written.
#include <gtest/gtest.h>

#include "support.h"

namespace bibmill::csljson::testing {
namespace {

Reading read_with_note_fields(std::string_view text) {
  ReadOptions options;
  options.keep_raw = true;
  options.settings.set("note-fields", {});
  return support::read_alone(format(), text, options);
}

std::string written_with(std::string_view text, std::string_view option, std::string value = {}) {
  WriteOptions options;
  options.settings.set(option, std::move(value));
  const Writing writing = support::write(format(), read(text), options);
  EXPECT_TRUE(writing.losses().empty()) << writing.text;
  return writing.text;
}

TEST(CslJsonNoteFields, BecomeVariablesWhereTheItemHasNone) {
  const Reading reading = read_with_note_fields(
      R"([{"id":"a","type":"book","PMID":"8","note":"PMID: 9\nOriginal Date: 1998-12\ntex.foo: bar\nA real note: really.\nDOI: 10.1000/x"}])");
  EXPECT_EQ(text::dump(reading.records.at(0)),
            "book (book) a\n"
            "  PMID (PMID): [{\"scheme\":\"pmid\",\"value\":\"8\"}]\n"
            "  note (note): \"PMID: 9\\ntex.foo: bar\\nA real note: really.\"\n"
            "  original-date (original-date): \"1998-12\"\n"
            "  DOI (DOI): [{\"scheme\":\"doi\",\"value\":\"10.1000/x\"}]\n");
}

TEST(CslJsonNoteFields, MayBeNamesAndStandInBraces) {
  const Reading reading = read_with_note_fields(
      R"([{"id":"a","type":"book","note":"editor: Noether || Emmy\neditor: ACME Group\nSigned {:genre: letter} copy.\n\nKept."}])");
  EXPECT_EQ(text::dump(reading.records.at(0)),
            "book (book) a\n"
            "  note (note): \"Signed  copy.\\n\\nKept.\"\n"
            "  editor (editor): [{\"family\":\"Noether\",\"given\":\"Emmy\"},{\"literal\":\"ACME Group\"}]\n"
            "  genre (genre): \"letter\"\n");
}

TEST(CslJsonNoteFields, LeaveNoEmptyNoteAndAreWrittenAsVariables) {
  const Reading reading = read_with_note_fields(R"([{"id":"a","type":"book","note":"issued: 1998-12/1999"}])");
  EXPECT_EQ(reading.records.at(0).find(Field::Note), nullptr);
  EXPECT_NE(write(reading.records).text.find(R"("issued": {
      "date-parts": [)"),
            std::string::npos)
      << write(reading.records).text;
}

TEST(CslJsonStrict, MovesWhatTheSchemaDoesNotAllow) {
  EXPECT_EQ(written_with(R"([{"id":"a","type":"motion-picture","doi":"10.1/X","x":[1,{"y":null}],"author":"Doe, Jane","volume":12,)"
                         R"("title":true,"custom":{"z":1}}])",
                         "strict"),
            "[\n"
            "  {\n"
            "    \"id\": \"a\",\n"
            "    \"type\": \"document\",\n"
            "    \"author\": [\n"
            "      {\n"
            "        \"literal\": \"Doe, Jane\"\n"
            "      }\n"
            "    ],\n"
            "    \"volume\": 12,\n"
            "    \"DOI\": \"10.1/X\",\n"
            "    \"custom\": {\n"
            "      \"z\": 1,\n"
            "      \"x\": [\n"
            "        1,\n"
            "        {\n"
            "          \"y\": null\n"
            "        }\n"
            "      ],\n"
            "      \"title\": true\n"
            "    }\n"
            "  }\n"
            "]\n");
}

TEST(CslJsonWriter, LeavesCustomsInTheirOrder) {
  const std::string once = write(read(R"([{"id":"a","type":"book","custom":{"x":1},"my-own":true,"custom":{"x":2},"my-own":3}])").records).text;
  EXPECT_LT(once.find("\"x\": 1"), once.find("\"x\": 2")) << once;
  EXPECT_EQ(write(read(once).records).text, once);
}

TEST(CslJsonReader, SaysWhatCslDoesNotKnow) {
  const Reading reading = read(R"([{"id":"a","type":"book","x":1,"y":2,"volume-title-short":"V","categories":["a","b"]}])");
  ASSERT_EQ(reading.count("csl/unknown-variable"), 1U);
  EXPECT_NE(reading.diagnostics.list[0].message.find("\"x\" and 1 more"), std::string::npos) << reading.diagnostics.list[0].message;
}

TEST(CslJsonLayout, IsIndentedAsAskedFor) {
  const std::string_view text = R"([{"id":"a","type":"book","issued":{"date-parts":[[2001]]}},{"id":"b","type":"book"}])";
  EXPECT_EQ(written_with(text, "indent", "0"),
            "[\n"
            R"({"id":"a","type":"book","issued":{"date-parts":[[2001]]}},)"
            "\n"
            R"({"id":"b","type":"book"})"
            "\n]\n");
  EXPECT_EQ(written_with(R"([{"id":"a","type":"book"}])", "indent", "1"), "[\n {\n  \"id\": \"a\",\n  \"type\": \"book\"\n }\n]\n");
  EXPECT_EQ(written_with(text, "ndjson"),
            R"({"id":"a","type":"book","issued":{"date-parts":[[2001]]}})"
            "\n"
            R"({"id":"b","type":"book"})"
            "\n");
  EXPECT_EQ(written_with("[]", "ndjson"), "");
}

TEST(CslJsonReader, ReadsCategoriesAsKeywordsAndGivesThemBack) {
  const std::string_view text = R"([{"id":"a","type":"book","categories":["law","<i>history</i>, old"]}])";
  const Reading reading = read(text);
  EXPECT_EQ(text::dump(Value(*reading.records.at(0).get<Field::Keyword>())),
            R"(["law",[{"text":"history","marks":"italic"},", old"]])");
  const Reading changed = read(text, 0, false);
  EXPECT_EQ(support::dump(read(write(changed.records).text).records), support::dump(reading.records));
}

TEST(CslJsonReader, SaysWhichDaysThereAreNot) {
  const Reading reading = read(R"([{"id":"a","type":"book","issued":{"date-parts":[[2019,2,30]]},"accessed":{"date-parts":[[2019,19]]}}])");
  EXPECT_EQ(reading.count("csl/bad-value"), 2U);
  EXPECT_EQ(text::dump(Value(*reading.records.at(0).get<Field::Issued>())), "\"2019-02\"");
  EXPECT_NE(write(reading.records).text.find("30"), std::string::npos);
}

TEST(CslJsonReader, ReadsTheTypesOfCrossref) {
  const Reading reading = read(R"([{"id":"a","type":"journal-article"},{"id":"b","type":"posted-content"},{"id":"c","type":"ship"}])");
  EXPECT_EQ(reading.records.at(0).type, Type::ArticleJournal);
  EXPECT_EQ(reading.records.at(1).type, Type::Article);
  EXPECT_EQ(reading.records.at(2).type, Type::Document);
  EXPECT_EQ(reading.count("csl/unknown-type"), 3U);
  EXPECT_NE(write(reading.records).text.find("\"journal-article\""), std::string::npos);
}

TEST(CslJsonReader, ReadsRawDatesInWords) {
  const Reading reading = read(R"([{"id":"a","issued":{"raw":"May 2001"},"accessed":{"raw":"5 May 2001"},"submitted":{"raw":"Maybe 2001"},"event-date":{"literal":"May 2001"}}])");
  const Record& record = reading.records.at(0);
  EXPECT_EQ(text::dump(Value(*record.get<Field::Issued>())), "\"2001-05\"");
  EXPECT_EQ(text::dump(Value(*record.get<Field::Accessed>())), "\"2001-05-05\"");
  EXPECT_EQ(text::dump(Value(*record.get<Field::Submitted>())), "{\"literal\":\"Maybe 2001\"}");
  EXPECT_EQ(text::dump(Value(*record.get<Field::EventDate>())), "{\"literal\":\"May 2001\"}");
  EXPECT_NE(write(reading.records).text.find("\"raw\": \"May 2001\""), std::string::npos);
}

TEST(CslJsonReader, TakesCrossrefsAddressesOfNumbersOff) {
  const Reading reading = read(R"([{"id":"a","type":"book","ISBN":["http://id.crossref.org/isbn/9780262033848"]}])");
  EXPECT_EQ(text::dump(Value(*reading.records.at(0).get<Field::Isbn>())), R"([{"scheme":"isbn","value":"9780262033848"}])");
  EXPECT_NE(write(reading.records).text.find("id.crossref.org"), std::string::npos);
  const Reading twice = read(R"([{"id":"a","type":"book","ISBN":["http://id.crossref.org/isbn/9780262033848","9780262033848"]}])");
  EXPECT_EQ(text::dump(Value(*twice.records.at(0).get<Field::Isbn>())), R"([{"scheme":"isbn","value":"9780262033848"}])");
}

}  // namespace
}  // namespace bibmill::csljson::testing

// Records from elsewhere in PubMed's layout, and what the books say of them.
#include "writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bibmill/text/schema.h"
#include "support.h"

namespace bibmill::medline::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A record of another format.
struct Elsewhere {
  explicit Elsewhere(Type type = Type::ArticleJournal) : record(std::make_shared<Arena>()) {
    record.type = type;
    record.origin = "bibtex";
  }
  Arena& arena() { return record.arena(); }
  Elsewhere& text(Field field, Str value) {
    record.add(field, Text{value});
    return *this;
  }
  Elsewhere& rich(Field field, Str value) {
    record.add(field, RichText::of(arena(), value));
    return *this;
  }
  Elsewhere& year(int year, int month = 0) {
    Date date;
    date.from.kind = DatePoint::Kind::Known;
    date.from.year = year;
    date.from.month = static_cast<std::uint8_t>(month);
    record.add(Field::Issued, date);
    return *this;
  }
  Elsewhere& identifier(Field field, Str scheme, Str value) {
    Identifier identifier;
    identifier.scheme = scheme;
    identifier.value = value;
    Identifiers identifiers;
    identifiers.list.push_back(arena(), identifier);
    record.add(field, identifiers);
    return *this;
  }
  Elsewhere& author(Str family, Str given) {
    Name name;
    name.family = family;
    name.given = given;
    return names(Field::Author, name);
  }
  Elsewhere& names(Field field, const Name& name) {
    if (!record.has(field)) record.add(field, Names{});
    for (Item& item : record.items())
      if (Entry* const entry = std::get_if<Entry>(&item); entry != nullptr && entry->field == field)
        std::get<Names>(entry->value).list.push_back(arena(), name);
    return *this;
  }
  Writing written(std::span<const Mapping> rows = format().mappings) { return write({record}, Layout::Default, rows); }

  Record record;
};

/// The losses in words: field and part.
std::vector<std::string> losses(const Ledger& ledger) {
  std::vector<Loss> list;
  ledger.losses(list);
  std::vector<std::string> words;
  for (const Loss& loss : list) {
    std::string word(code_of(loss.kind));
    if (loss.item != nullptr)
      if (const Entry* const entry = std::get_if<Entry>(loss.item)) word.append(" ").append(name_of(entry->field));
    if (!loss.part.empty()) word.append(": ").append(loss.part);
    words.push_back(word);
  }
  return words;
}

std::vector<std::string> supplied(const Ledger& ledger) {
  std::vector<std::string> words;
  for (const Supply& supply : ledger.supplied()) words.push_back(std::string(supply.what) + ": " + supply.value);
  return words;
}

TEST(MedlineWriter, WritesTheOrderOfItsTableAndTheCitation) {
  Elsewhere work;
  work.identifier(Field::Doi, "doi", "10.5555/abc")
      .rich(Field::Title, "Tides")
      .author("Shore", "Ann B")
      .text(Field::Volume, "12")
      .text(Field::Issue, "3");
  work.year(2020, 5)
      .rich(Field::ContainerTitle, "Journal of Tides")
      .rich(Field::ContainerTitleShort, "J Tides")
      .text(Field::Language, "eng");
  const Writing writing = work.written();
  EXPECT_EQ(writing.text,
            "PMID- \n"
            "VI  - 12\n"
            "IP  - 3\n"
            "DP  - 2020 May\n"
            "TI  - Tides.\n"
            "FAU - Shore, Ann B\n"
            "AU  - Shore AB\n"
            "LA  - eng\n"
            "PT  - Journal Article\n"
            "TA  - J Tides\n"
            "JT  - Journal of Tides\n"
            "AID - 10.5555/abc [doi]\n"
            "SO  - J Tides. 2020 May;12(3). doi: 10.5555/abc.\n");
  EXPECT_THAT(losses(writing.ledgers[0]), IsEmpty());
  EXPECT_THAT(supplied(writing.ledgers[0]), ElementsAre("initials: Shore", "publication-type: Journal Article",
                                                        "citation: J Tides. 2020 May;12(3). doi: 10.5555/abc."));
}

TEST(MedlineWriter, LongValuesAreWrappedWhereABlankStands) {
  Elsewhere work;
  work.rich(Field::Title,
            "A title of more than eighty columns which is wrapped as PubMed does it, behind the last word that fits");
  EXPECT_EQ(work.written().text,
            "PMID- \n"
            "TI  - A title of more than eighty columns which is wrapped as PubMed does it, behind \n"
            "      the last word that fits.\n"
            "PT  - Journal Article\n");
}

TEST(MedlineWriter, WhatHasNoPlaceIsNotBooked) {
  Elsewhere work(Type::Software);
  work.rich(Field::Title, "Engine").text(Field::Version, "1.2").rich(Field::Annote, "mine");
  const Writing writing = work.written();
  EXPECT_THAT(losses(writing.ledgers[0]),
              ElementsAre("loss/dropped-field version", "loss/dropped-field annote", "loss/merged-type"));
}

TEST(MedlineWriter, TypesBecomePublicationTypes) {
  Elsewhere work(Type::Chapter);
  work.rich(Field::Title, "Arms").rich(Field::ContainerTitle, "The Octopus");
  const Writing writing = work.written();
  EXPECT_EQ(writing.text, "PMID- \nTI  - Arms.\nBTI - The Octopus\nPT  - Book Chapter\n");
  EXPECT_EQ(read(writing.text).records.at(0).type, Type::Chapter);
}

TEST(MedlineWriter, MarkupAndLineFeedsAreNarrowed) {
  Elsewhere work;
  RichText title;
  title.runs.push_back(work.arena(), bibmill::Run{"CO", {}, {}});
  title.runs.push_back(work.arena(), bibmill::Run{"2", Mark::Subscript, {}});
  work.record.add(Field::Title, title);
  work.rich(Field::ConflictOfInterest, "None\nat all");
  const Writing writing = work.written();
  EXPECT_EQ(writing.text, "PMID- \nTI  - CO2.\nPT  - Journal Article\nCOIS- None at all\n");
  EXPECT_THAT(losses(writing.ledgers[0]), ElementsAre("loss/narrowed-field title: markup",
                                                      "loss/narrowed-field conflict-of-interest: white space"));
}

TEST(MedlineWriter, WhatReadsAsTheDoiBehindAnArticleNumberIsNarrowed) {
  Elsewhere work;
  work.text(Field::ArticleNumber, "e12. doi:x");
  const Writing writing = work.written();
  EXPECT_EQ(read(writing.text).records.at(0).get<Field::ArticleNumber>()->value, "e12");
  EXPECT_THAT(losses(writing.ledgers[0]), ElementsAre("loss/narrowed-field article-number: what reads as a DOI behind it"));
}

TEST(MedlineWriter, NamesKeepTheirDetails) {
  Elsewhere work;
  Name person;
  person.family = "Quintero";
  person.given = "José Luis";
  person.initials = "JL";
  Identifier orcid;
  orcid.scheme = "orcid";
  orcid.value = "0000-0050-0000-1015";
  person.identifiers.push_back(work.arena(), orcid);
  Affiliation affiliation;
  affiliation.text = "Cádiz";
  person.affiliations.push_back(work.arena(), affiliation);
  Name body;
  body.literal = "Harbour Group";
  work.names(Field::Author, person).names(Field::Author, body).names(Field::PersonalNameSubject, person);
  std::get<Names>(std::get<Entry>(work.record.items()[0]).value).complete = false;
  const Writing writing = work.written();
  EXPECT_EQ(writing.text,
            "PMID- \n"
            "FAU - Quintero, José Luis\n"
            "AU  - Quintero JL\n"
            "AUID- ORCID: 0000-0050-0000-1015\n"
            "AD  - Cádiz\n"
            "CN  - Harbour Group\n"
            "AU  - et al.\n"
            "PT  - Journal Article\n"
            "PS  - Quintero JL\n"
            "FPS - Quintero, José Luis\n");
  EXPECT_THAT(losses(writing.ledgers[0]), ElementsAre("loss/narrowed-field personal-name-subject: identifiers of persons",
                                                      "loss/narrowed-field personal-name-subject: affiliations"));
}

TEST(MedlineWriter, WhatIsMarkedAsWrongIsLeftOut) {
  Elsewhere work;
  Name wrong;
  wrong.family = "Kinng";
  wrong.valid = false;
  work.author("King", "Martin").names(Field::Author, wrong);
  work.identifier(Field::Doi, "doi", "10.5555/wrong");
  std::get<Identifiers>(std::get<Entry>(work.record.items()[1]).value).list[0].valid = false;
  const Writing writing = work.written();
  EXPECT_EQ(writing.text, "PMID- \nFAU - King, Martin\nAU  - King M\nPT  - Journal Article\n");
  EXPECT_THAT(losses(writing.ledgers[0]), ElementsAre("loss/narrowed-field author: names marked as wrong", "loss/dropped-field DOI"));
}

TEST(MedlineWriter, AnAddressOfADoiStandsUnderUrl) {
  Elsewhere work;
  work.text(Field::Url, "https://tides.example/1").text(Field::Url, "https://doi.org/10.5555/x");
  const Writing writing = work.written();
  EXPECT_EQ(writing.text, "PMID- \nLID - https://tides.example/1\nURL - https://doi.org/10.5555/x\nPT  - Journal Article\n");
  EXPECT_FALSE(read(writing.text).records.at(0).has(Field::Doi));
}

TEST(MedlineWriter, OfASingleValueTheFirstIsWritten) {
  Elsewhere work;
  work.rich(Field::Publisher, "Harbour Press").rich(Field::Publisher, "US");
  const Writing writing = work.written();
  EXPECT_EQ(writing.text, "PMID- \nPB  - Harbour Press\nPT  - Journal Article\n");
  EXPECT_THAT(losses(writing.ledgers[0]), ElementsAre("loss/dropped-field publisher"));
}

TEST(MedlineWriter, FewerRowsWriteLess) {
  Elsewhere work;
  work.rich(Field::Title, "Tides").text(Field::Volume, "12");
  std::vector<Mapping> rows;
  for (const Mapping& row : format().mappings)
    if (row.key != "VI") rows.push_back(row);
  const Writing writing = work.written(rows);
  EXPECT_EQ(writing.text, "PMID- \nTI  - Tides.\nPT  - Journal Article\n");
  EXPECT_THAT(losses(writing.ledgers[0]), ElementsAre("loss/dropped-field volume"));
}

TEST(MedlineWriter, OnlyTheVernacularTitleIsKnown) {
  Elsewhere work;
  work.rich(Field::Title, "Les marées").rich(Field::OriginalTitle, "Les marées");
  EXPECT_EQ(work.written().text, "PMID- \nTI  - [Not Available].\nPT  - Journal Article\nTT  - Les marées.\n");
}

TEST(MedlineWriter, KeywordsOfDifferentOwnersStayApart) {
  Elsewhere work;
  const auto group = [&](Str owner, Str word) {
    Keyword keyword;
    keyword.text = RichText::of(work.arena(), word);
    Keywords keywords;
    keywords.owner = owner;
    keywords.list.push_back(work.arena(), keyword);
    work.record.add(Field::Keyword, keywords);
  };
  group("NASA", "orbit");
  group("", "bone");
  const Writing writing = work.written();
  EXPECT_EQ(writing.text, "PMID- \nPT  - Journal Article\nOTO - NASA\nOT  - orbit\nOTO - \nOT  - bone\n");
  const Reading again = read(writing.text);
  std::vector<std::string> owners;
  for_each_entry(again.records.at(0), [&](const Entry& entry) {
    if (entry.field == Field::Keyword) owners.emplace_back(std::get<Keywords>(entry.value).owner);
  });
  EXPECT_THAT(owners, ElementsAre("NASA", ""));
}

/// It says nothing, but it was read as an entry.
TEST(MedlineWriter, KeepsAnOwnerWithoutAName) {
  for (const std::string text : {"PMID- 1\nOTO - \n", "PMID- 1\nOTO - \nOT  - tides\n"}) {
    const Reading reading = read(text);
    EXPECT_EQ(write(reading.records, Layout::Canonical).text, text);
  }
}

/// Nobody's address stands before the editor, as it did in the source: behind it, it would be the editor's.
TEST(MedlineWriter, KeepsAnAddressOfNobodyBeforeEditors) {
  const std::string text = "PMID- 1\nAD  - Somewhere\nAD  - Elsewhere\nED  - Kelp A\n";
  Reading reading = read(text);
  EXPECT_EQ(write(reading.records, Layout::Canonical).text, text);
}

TEST(MedlineWriter, AChangedRecordIsLaidOutAnew) {
  const std::string text = "PMID- 1\nTI  - Old title that somebody\n      wrapped early.\nVI  - 3\nXYZQ- kept\n";
  Reading reading = read(text);
  Record& record = reading.records.at(0);
  EXPECT_EQ(write(reading.records).text, text);
  record.set(Field::Volume, Text{"4"});
  EXPECT_EQ(write(reading.records).text, "PMID- 1\nTI  - Old title that somebody wrapped early.\nVI  - 4\nXYZQ- kept\n");
}

TEST(MedlineWriter, TextBetweenRecordsOfItsOwnIsWritten) {
  const std::unique_ptr<Writer> writer = format().make_writer({}, format().mappings);
  Output output;
  EXPECT_TRUE(writer->between(Extra{"medline", {}, "Search: tides", {}}, output));
  EXPECT_FALSE(writer->between(Extra{"bibtex", {}, "@comment{x}", {}}, output));
  EXPECT_EQ(output.text, "Search: tides\n");
}

}  // namespace
}  // namespace bibmill::medline::testing

// RIS's writer: records of other formats by the table, its own as they were, and books that say what stayed behind.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.h"
#include "tags.h"

namespace bibmill::ris::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A record of another format, built field by field.
class Made {
 public:
  explicit Made(Type type) {
    record_.type = type;
    record_.origin = "other";
  }

  Made& called(std::string_view key) {
    record_.key = arena().copy(key);
    return *this;
  }
  Made& rich(Field field, std::string_view text) { return add(field, RichText::of(arena(), arena().copy(text))); }
  Made& text(Field field, std::string_view text) { return add(field, Text{arena().copy(text)}); }
  Made& name(Field field, Name name) {
    Names names;
    names.list.push_back(arena(), name);
    return add(field, names);
  }
  Made& identifier(Field field, Identifier identifier) {
    Identifiers identifiers;
    identifiers.list.push_back(arena(), identifier);
    return add(field, identifiers);
  }
  Made& add(Field field, Value value) {
    record_.add(field, std::move(value));
    return *this;
  }
  Made& key(Str key) {
    record_.key = key;
    return *this;
  }
  Arena& arena() { return record_.arena(); }

  Writing written(const WriteOptions& options = {}, std::span<const Mapping> rows = format().mappings) const {
    Reading reading;
    reading.record(Record(record_));
    return write(reading, options, rows);
  }
  std::string text() const { return written().text; }

 private:
  Record record_{std::make_shared<Arena>()};
};

Date day(int year, unsigned month = 0, unsigned day = 0) {
  Date date;
  date.from.kind = DatePoint::Kind::Known;
  date.from.year = year;
  date.from.month = static_cast<std::uint8_t>(month);
  date.from.day = static_cast<std::uint8_t>(day);
  return date;
}

Identifier identifier(Str scheme, Str value, Str qualifier = {}) {
  Identifier one;
  one.scheme = scheme;
  one.value = value;
  one.qualifier = qualifier;
  return one;
}

Name person(Str family, Str given) {
  Name name;
  name.family = family;
  name.given = given;
  return name;
}

TEST(RisWriter, WritesAnArticle) {
  Pages pages;
  Made made(Type::ArticleJournal);
  pages.ranges.push_back(made.arena(), {"249", "269", {}});
  made.rich(Field::Title, "Lifebuoys").name(Field::Author, person("Ring", "Rosa")).rich(Field::ContainerTitle, "Journal of Lifebuoys");
  made.rich(Field::ContainerTitleShort, "J Lifebuoys").text(Field::Volume, "157").text(Field::Issue, "2").add(Field::Page, pages);
  made.add(Field::Issued, day(2022, 4)).identifier(Field::Doi, identifier("doi", "10.5555/x")).key("ring2022");
  EXPECT_EQ(made.text(),
            "TY  - JOUR\nTI  - Lifebuoys\nAU  - Ring, Rosa\nT2  - Journal of Lifebuoys\nJ2  - J Lifebuoys\nVL  - 157\nIS  - 2\nSP  - 249\nEP  - 269\n"
            "PY  - 2022\nDA  - 2022/04//\nDO  - 10.5555/x\nID  - ring2022\nER  - \n");
  EXPECT_THAT(made.written().remarks(), IsEmpty());
}

TEST(RisWriter, WritesTagsByType) {
  const auto with = [](Type type) {
    return Made(type).rich(Field::CollectionTitle, "Series").name(Field::Editor, person("Ed", "E")).name(Field::CollectionEditor, person("Se", "S")).text();
  };
  EXPECT_EQ(with(Type::Book), "TY  - BOOK\nA3  - Ed, E\nA2  - Se, S\nT2  - Series\nER  - \n");
  EXPECT_EQ(with(Type::Chapter), "TY  - CHAP\nA2  - Ed, E\nA3  - Se, S\nT3  - Series\nER  - \n");
}

TEST(RisWriter, WritesConferences) {
  Made both(Type::PaperConference);
  both.rich(Field::ContainerTitle, "Proceedings").rich(Field::EventTitle, "Congress").rich(Field::EventPlace, "Lisbon").rich(Field::PublisherPlace, "Berlin");
  EXPECT_EQ(both.text(), "TY  - CONF\nC3  - Proceedings\nT2  - Congress\nC1  - Berlin\nCY  - Lisbon\nER  - \n");
  EXPECT_THAT(both.written().remarks(), IsEmpty());
  // T2 alone would read as the proceedings.
  EXPECT_THAT(Made(Type::PaperConference).rich(Field::EventTitle, "Congress").written().remarks(), ElementsAre("dropped event-title"));
}

TEST(RisWriter, MergesTypesThatRisDoesNotHave) {
  EXPECT_THAT(Made(Type::Treaty).written().remarks(), ElementsAre("merged type"));
  EXPECT_THAT(Made(Type::ReviewBook).written().remarks(), ElementsAre("merged type"));
  EXPECT_THAT(Made(Type::Book).written().remarks(), IsEmpty());
}

TEST(RisWriter, MarksPreprints) {
  const Made made = Made(Type::Article).rich(Field::Title, "Posts");
  EXPECT_EQ(made.text(), "TY  - JOUR\nTI  - Posts\nM3  - Preprint\nER  - \n");
  EXPECT_THAT(made.written().remarks(), ElementsAre("supplied genre"));
  EXPECT_EQ(read(made.text()).records[0].type, Type::Article);
}

TEST(RisWriter, WritesDates) {
  const auto dated = [](const Date& date) {
    const std::string text = Made(Type::Book).add(Field::Issued, date).text();
    return text.substr(11, text.size() - 11 - 7);
  };
  EXPECT_EQ(dated(day(2001)), "PY  - 2001\n");
  EXPECT_EQ(dated(day(2001, 5, 7)), "PY  - 2001\nDA  - 2001/05/07/\n");
  Date season = day(2001);
  season.from.season = 1;
  EXPECT_EQ(dated(season), "PY  - 2001\nDA  - 2001///Spring\n");
  Date words;
  words.literal = "in press";
  EXPECT_EQ(dated(words), "PY  - in press\n");
}

TEST(RisWriter, BooksWhatItNarrows) {
  Made made(Type::ArticleJournal);
  RichText title;
  title.runs.push_back(made.arena(), {"H", {}, {}});
  title.runs.push_back(made.arena(), {"2", Mark::Subscript, {}});
  Name author = person("Ring", "Rosa");
  author.affiliations.push_back(made.arena(), {});
  Abstract abstract;
  abstract.sections.push_back(made.arena(), {"AIM", {}, RichText::of(made.arena(), "a"), {}});
  abstract.sections.push_back(made.arena(), {"END", {}, RichText::of(made.arena(), "b\nc"), {}});
  made.add(Field::Title, title).name(Field::Author, author).add(Field::Abstract, abstract).text(Field::Language, "eng");
  EXPECT_EQ(made.text(), "TY  - JOUR\nTI  - H2\nAU  - Ring, Rosa\nAB  - AIM: a END: b c\nLA  - en\nER  - \n");
  EXPECT_THAT(made.written().remarks(), ElementsAre("narrowed title: markup", "narrowed author: affiliations", "narrowed abstract: sections",
                                                    "narrowed abstract: white space", "narrowed language: spelling"));
}

TEST(RisWriter, WritesDescriptorsThatAreNoKeywordsYet) {
  Made made(Type::ArticleJournal);
  Keywords keywords;
  for (const Str word : {"Tides", "Moon"}) {
    Keyword keyword;
    keyword.text = RichText::of(made.arena(), word);
    keywords.list.push_back(made.arena(), keyword);
  }
  Headings headings;
  for (const Str word : {"Moon", "Humans", "Humans"}) {
    Heading heading;
    heading.descriptor = word;
    headings.list.push_back(made.arena(), heading);
  }
  made.add(Field::Heading, headings).add(Field::Keyword, keywords);
  EXPECT_EQ(made.text(), "TY  - JOUR\nKW  - Tides\nKW  - Moon\nKW  - Humans\nER  - \n");
  EXPECT_THAT(made.written().remarks(), ElementsAre("narrowed heading: vocabulary, qualifiers and identifiers", "narrowed keyword: difference from subject headings"));
}

TEST(RisWriter, ChoosesOneIssn) {
  Made made(Type::ArticleJournal);
  Identifiers issns;
  issns.list.push_back(made.arena(), identifier("issn", "2912-2023", "linking"));
  issns.list.push_back(made.arena(), identifier("issn", "2912-2031", "electronic"));
  made.add(Field::Issn, issns);
  EXPECT_EQ(made.text(), "TY  - JOUR\nSN  - 2912-2031\nER  - \n");
  EXPECT_THAT(made.written().remarks(), ElementsAre("narrowed ISSN: further ISSNs", "narrowed ISSN: distinction of print and electronic"));
}

TEST(RisWriter, PutsPmidsWhereTheyAreRead) {
  const Made alone = Made(Type::ArticleJournal).identifier(Field::Pmid, identifier("pmid", "99000001"));
  EXPECT_EQ(alone.text(), "TY  - JOUR\nAN  - 99000001\nDB  - PubMed\nER  - \n");
  EXPECT_THAT(alone.written().remarks(), ElementsAre("supplied archive"));
  Made beside = Made(Type::ArticleJournal).identifier(Field::Pmid, identifier("pmid", "99000001"));
  beside.rich(Field::Archive, "Scopus").rich(Field::ArchiveLocation, "2-s2.0");
  EXPECT_EQ(beside.text(), "TY  - JOUR\nC2  - 99000001\nDB  - Scopus\nAN  - 2-s2.0\nER  - \n");
  EXPECT_EQ(read(beside.text()).records[0].get<Field::Pmid>()->list[0].value, "99000001");
}

TEST(RisWriter, SaysWhatWouldReadAsAnotherField) {
  EXPECT_THAT(Made(Type::ArticleJournal).rich(Field::Genre, "10.5555/x").written().remarks(), ElementsAre("narrowed genre: exact meaning"));
  EXPECT_THAT(Made(Type::ArticleJournal).rich(Field::ContainerTitleShort, "J X").written().remarks(),
              ElementsAre("narrowed container-title-short: exact meaning"));
  Pages one;
  Made book(Type::Book);
  one.ranges.push_back(book.arena(), {"12", {}, {}});
  EXPECT_THAT(book.add(Field::Page, one).written().remarks(), ElementsAre("dropped page"));
}

TEST(RisWriter, SaysWhichOfAPatentsNumbersIsABooks) {
  Made patent = Made(Type::Patent).identifier(Field::Isbn, identifier("isbn", "0-306-40615-2"));
  patent.text(Field::Number, "US 4,259,444");
  EXPECT_EQ(patent.text(), "TY  - PAT\nSN  - 0-306-40615-2 (ISBN)\nSN  - US 4,259,444\nER  - \n");
  EXPECT_THAT(patent.written().remarks(), IsEmpty());
}

TEST(RisWriter, KeepsSerialNumbersApart) {
  // BibTeX files have ISSNs in isbn; where the ISSN stands already, a second line would be a second ISSN.
  Made both = Made(Type::Book).identifier(Field::Issn, identifier("issn", "2912-2023"));
  both.identifier(Field::Isbn, identifier("isbn", "2912-2023"));
  EXPECT_EQ(both.text(), "TY  - BOOK\nSN  - 2912-2023\nER  - \n");
  EXPECT_THAT(both.written().remarks(), ElementsAre("dropped ISBN"));
  const Made odd = Made(Type::Book).identifier(Field::Isbn, identifier("isbn", "https://isbn.example/9780990310204"));
  EXPECT_THAT(odd.written().remarks(), ElementsAre("narrowed ISBN: unusual spelling"));
}

TEST(RisWriter, SaysWhoIsMixedWithWhom) {
  Made film = Made(Type::MotionPicture).name(Field::Director, person("Lens", "L"));
  EXPECT_THAT(film.written().remarks(), IsEmpty());
  film.name(Field::Author, person("Quill", "Q"));
  EXPECT_EQ(film.text(), "TY  - MPCT\nAU  - Lens, L\nAU  - Quill, Q\nER  - \n");
  EXPECT_THAT(film.written().remarks(), ElementsAre("narrowed director: exact role", "narrowed author: exact role"));
}

TEST(RisWriter, WritesEachAddressOnALineOfItsOwn) {
  const Made made = Made(Type::Webpage).text(Field::Url, "https://a.example\nhttps://b.example");
  EXPECT_EQ(made.text(), "TY  - ELEC\nUR  - https://a.example\nUR  - https://b.example\nER  - \n");
  EXPECT_THAT(made.written().remarks(), ElementsAre("narrowed URL: white space"));
}

TEST(RisWriter, WritesNoControlCharacters) {
  const Made made = Made(Type::Book).rich(Field::Title, "next\u0085line\u0080");
  EXPECT_EQ(made.text(), "TY  - BOOK\nTI  - next line\nER  - \n");
  EXPECT_THAT(made.written().remarks(), ElementsAre("narrowed title: white space"));
}

TEST(RisWriter, KeepsIdentifiersTogether) {
  Made made = Made(Type::ArticleJournal).rich(Field::Note, "why").identifier(Field::Pmid, identifier("pmid", "99000001"));
  made.identifier(Field::Pmcid, identifier("pmcid", "PMC99")).identifier(Field::Doi, identifier("doi", "10.5555/x"));
  EXPECT_EQ(made.text(), "TY  - JOUR\nDO  - 10.5555/x\nC2  - PMC99\nAN  - 99000001\nDB  - PubMed\nN1  - why\nER  - \n");
}

TEST(RisWriter, KeepsToTheRowsThatItIsGiven) {
  const Made made = Made(Type::Book).rich(Field::Title, "Tides").rich(Field::Publisher, "Dock");
  std::vector<Mapping> rows;
  for (const Mapping& row : format().mappings)
    if (row.field != Field::Publisher) rows.push_back(row);
  const Writing writing = made.written({}, rows);
  EXPECT_EQ(writing.text, "TY  - BOOK\nTI  - Tides\nER  - \n");
  EXPECT_THAT(writing.remarks(), ElementsAre("dropped publisher"));
}

TEST(RisWriter, EndsLinesAsAsked) {
  WriteOptions options;
  options.line_end = "\r\n";
  EXPECT_EQ(write(read("TY  - JOUR\nTI  - a\nER  - \nTY  - JOUR\nER  - \n"), options).text, "TY  - JOUR\r\nTI  - a\r\nER  - \r\n\r\nTY  - JOUR\r\nER  - \r\n");
}

// ----------------------------------------------------------------------------------------------------- its own records

TEST(RisWriter, GivesOwnRecordsBack) {
  for (const std::string_view text : {
           "TY  - JOUR\nT1  - Tides\nA1  - ACME,\nY1  - 2001/02//\nQQ  - kept\nN2  - why\nER  - \n",
           "TY  - EDBOOK\nAU  - Red, R\nSP  - 12 p.\nER  - \n",
           "TY  - INPR\nTI  - Soon\nER  - \n",
           "TY  - CONF\nSN  - 03029743 (ISSN); 9783030581664 (ISBN)\nER  - \n",
           "TY  - JOUR\nUR  - https://doi.org/10.5555/x\nUR  - PM:99000001\nER  - \n",
           "TY  - JOUR\nPY  - 2001\nDA  - May 7\nEP  - 9\nID  - 7\nER  - \n",
           "TY  - MPCT\nAU  - Lens, L\nKW  - a; b\nLA  - English\nER  - \n",
           "TY  - JOUR\nAU  - ...\nAU  - Gull, A\nER  - \n",
           "TY  - JOUR\nAB  - text\n\nQQ  - no more of it\nER  - \n",
           "TY  - JOUR\nID  - 7\nID  - 8\nTI  - a\nER  - \n",
       })
    EXPECT_EQ(write(read(text)).text, text);
}

TEST(RisWriter, WritesWhatStepsChanged) {
  Reading reading = read("TY  - JOUR\nTI  - a\nPY  - 2001\nUR  - https://doi.org/10.5555/x\nLA  - English\nER  - \n");
  Record& record = reading.records[0];
  record.set(Field::Issued, day(2002, 3));
  record.set(Field::Edition, RichText::of(record.arena(), "2nd"));
  record.remove(Field::Url);
  EXPECT_EQ(write(reading).text, "TY  - JOUR\nTI  - a\nPY  - 2002\nDA  - 2002/03//\nDO  - 10.5555/x\nLA  - English\nET  - 2nd\nER  - \n");
}

TEST(RisWriter, WritesTypesThatStepsChanged) {
  Reading reading = read("TY  - EJOUR\nTI  - a\nER  - \n");
  reading.records[0].type = Type::Book;
  EXPECT_EQ(write(reading).text, "TY  - BOOK\nTI  - a\nER  - \n");
}

TEST(RisWriter, PutsTextWithoutATagIntoANote) {
  EXPECT_EQ(write(read("TY  - JOUR\nbare\nTI  - a\nER  - behind\n")).text, "TY  - JOUR\nN1  - bare\nTI  - a\nN1  - behind\nER  - \n");
}

TEST(RisWriter, LeavesTextBetweenRecordsAsItStands) {
  // Without its control characters the line would begin a record.
  const std::string text = "TY  - JOUR\nER  - \n\n\fTY  - BOOK\n";
  EXPECT_EQ(write(read(text)).text, text);
}

TEST(RisWriter, LeavesExtrasOfOtherFormats) {
  Reading reading = read("TY  - JOUR\nQQ  - a\nER  - \n");
  std::get<Extra>(reading.records[0].items()[0]).origin = "medline";
  const Writing writing = write(reading);
  EXPECT_EQ(writing.text, "TY  - JOUR\nER  - \n");
  EXPECT_THAT(writing.remarks(), ElementsAre("dropped extra QQ"));
}

// ------------------------------------------------------------------------------------------------------------ carrying

/// A line holds no line end, no control and no blank at its end.
TEST(RisWriter, CarriesAKeyThatIsNoLine) {
  for (const std::string_view key : {"a\nb", "a ", "a\xC2\x8F"}) {
    Made made = Made(Type::Book).called(key);
    WriteOptions options;
    options.carry = true;
    EXPECT_EQ(read(made.written(options).text).records.at(0).key, key);
  }
}

TEST(RisWriter, CarriesInOneNote) {
  Made made(Type::Treaty);
  made.rich(Field::Title, "Peace").rich(Field::Medium, "parchment");
  WriteOptions options;
  options.carry = true;
  const std::string text = made.written(options).text;
  EXPECT_THAT(text, HasSubstr("\nN1  - bibmill: {"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
  const Reading back = read(text);
  EXPECT_EQ(text::dump(back.records[0]), "treaty\n  title: \"Peace\"\n  medium: \"parchment\"\n");
  // An edited visible field wins.
  std::string edited = text;
  edited.replace(edited.find("TI  - Peace"), 11, "TI  - War");
  const Reading after = read(edited);
  EXPECT_EQ(after.records[0].get<Field::Title>()->text(), "War");
  EXPECT_TRUE(after.records[0].has(Field::Medium));
}

TEST(RisWriter, CarriesControlCharacters) {
  Made made = Made(Type::Book).rich(Field::Title, "next\u0085line\x7F");
  WriteOptions options;
  options.carry = true;
  const std::string text = made.written(options).text;
  EXPECT_THAT(text, HasSubstr("next\\u0085line\\u007f"));
  EXPECT_EQ(read(text).records[0].get<Field::Title>()->text(), "next\u0085line\x7F");
}

TEST(RisWriter, KeepsNotesThatLookCarriedAndAreNot) {
  constexpr std::string_view kText = "TY  - JOUR\nTI  - a\nN1  - bibmill: {\"items\": 3\nN1  - bibmill: {}\nER  - \n";
  const Reading reading = read(kText);
  EXPECT_EQ(reading.count("carry/unreadable"), 2U);
  EXPECT_EQ(write(reading).text, kText);
}

TEST(RisWriter, AStateStandsWhereThereIsNoDate) {
  EXPECT_EQ(Made(Type::ArticleJournal).rich(Field::Status, "in press").text(), "TY  - JOUR\nPY  - in press\nER  - \n");
  EXPECT_EQ(Made(Type::ArticleJournal).rich(Field::Status, "retracted").text(), "TY  - JOUR\nER  - \n");
}

TEST(RisWriter, ATextThatLooksLikeACharacterReferenceIsSaidTo) {
  EXPECT_THAT(Made(Type::ArticleJournal).rich(Field::Title, "Writing &amp;").written().remarks(), ElementsAre("narrowed title: character references"));
  EXPECT_THAT(Made(Type::ArticleJournal).rich(Field::Title, "Ropes & nets").written().remarks(), IsEmpty());
}

}  // namespace
}  // namespace bibmill::ris::testing

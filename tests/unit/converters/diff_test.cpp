// Matching and comparing records, without a format.
#include "bibmill/diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace bibmill {
namespace {

using Kind = FieldDifference::Kind;
using testing::ElementsAre;
using testing::IsEmpty;

/// A record with what tests need of it.
class Made {
 public:
  Made() { record_.type = Type::ArticleJournal; }

  Made& key(Str key) {
    record_.key = key;
    return *this;
  }
  Made& title(Str title) {
    record_.add(Field::Title, RichText::of(record_.arena(), title));
    return *this;
  }
  Made& year(int year) {
    Date date;
    date.from.kind = DatePoint::Kind::Known;
    date.from.year = year;
    record_.add(Field::Issued, date);
    return *this;
  }
  Made& author(Str family, Str given) {
    Names names;
    Name name;
    (given.empty() ? name.literal : name.family) = family;
    name.given = given;
    names.list.push_back(record_.arena(), name);
    record_.add(Field::Author, names);
    return *this;
  }
  Made& identifier(Field field, Str scheme, Str value) {
    Identifiers identifiers;
    Identifier one;
    one.scheme = scheme;
    one.value = value;
    identifiers.list.push_back(record_.arena(), one);
    record_.add(field, identifiers);
    return *this;
  }
  Made& extra(Str key, Str raw) {
    record_.add(Extra{"ris", key, raw, {}});
    return *this;
  }
  Record take() { return std::move(record_); }

 private:
  Record record_{std::make_shared<Arena>()};
};

Library library(std::vector<Record> records) {
  Library library;
  for (Record& record : records) library.records.push_back({std::move(record), library.records.size() + 1, {}, {}});
  return library;
}

template <class... Records>
Library library_of(Records&&... records) {
  std::vector<Record> all;
  (all.push_back(std::forward<Records>(records).take()), ...);
  return library(std::move(all));
}

std::vector<std::string> told(const std::vector<FieldDifference>& differences) {
  std::vector<std::string> all;
  for (const FieldDifference& each : differences) all.push_back(std::string(name_of(each.kind)) + " " + each.field + ": " + each.before + " > " + each.after);
  return all;
}

TEST(CompareRecords, EqualOnesHaveNoDifference) {
  EXPECT_THAT(compare(Made().key("a").title("Kelp").year(2019).take(), Made().key("a").title("Kelp").year(2019).take()), IsEmpty());
}

TEST(CompareRecords, TellMissingAddedAndChangedFields) {
  EXPECT_THAT(told(compare(Made().title("Kelp").year(2019).take(), Made().title("Kelps").author("Lind", "Oda").take())),
              ElementsAre("changed title: Kelp > Kelps", "added author:  > Lind, Oda", "missing issued: 2019 > "));
}

TEST(CompareRecords, TellSpellingApart) {
  struct Row {
    Str before, after;
  };
  for (const Row& row : {Row{"A–B", "A--B"}, Row{"“a”", "``a''"}, Row{"e\u0301", "é"}, Row{"a  b", "a b"}, Row{"it’s", "it's"}, Row{"a\u00a0b", "a b"}}) {
    const auto differences = compare(Made().title(row.before).take(), Made().title(row.after).take());
    ASSERT_EQ(differences.size(), 1U) << row.before;
    EXPECT_EQ(differences[0].kind, Kind::Spelling) << row.before;
  }
  EXPECT_EQ(compare(Made().title("NASA").take(), Made().title("Nasa").take()).at(0).kind, Kind::Changed);
}

TEST(CompareRecords, ANameThatNobodySplitIsSpelledDifferently) {
  EXPECT_EQ(compare(Made().author("Lind, Oda", "").take(), Made().author("Lind", "Oda").take()).at(0).kind, Kind::Spelling);
}

TEST(CompareRecords, TheCaseOfADoiIsSpelling) {
  EXPECT_EQ(compare(Made().identifier(Field::Doi, "doi", "10.5555/ABC").take(), Made().identifier(Field::Doi, "doi", "10.5555/abc").take()).at(0).kind, Kind::Spelling);
  EXPECT_EQ(compare(Made().identifier(Field::Pmid, "pmid", "1").take(), Made().identifier(Field::Pmid, "pmid", "2").take()).at(0).kind, Kind::Changed);
}

TEST(CompareRecords, ExtrasAreToldWithTheirFormat) {
  EXPECT_THAT(told(compare(Made().extra("XX", "shelf").take(), Made().take())), ElementsAre("missing XX (ris): shelf > "));
  EXPECT_THAT(compare(Made().extra("XX", "shelf").take(), Made().extra("XX", "shelf").take()), IsEmpty());
}

TEST(CompareRecords, AMissingKeyIsNoDifference) {
  EXPECT_THAT(compare(Made().key("a").take(), Made().take()), IsEmpty());
  EXPECT_THAT(told(compare(Made().key("a").take(), Made().key("b").take())), ElementsAre("changed key: a > b"));
}

TEST(CompareLibraries, MatchByKeyThenIdentifierThenContent) {
  const Library before = library_of(Made().key("a").title("Kelp"), Made().key("b").title("Mud").identifier(Field::Doi, "doi", "10.5555/MUD"),
                                    Made().title("Tides in  Harbours").year(2001).author("Øst", "Åse"), Made().key("gone").title("Gone"));
  const Library after = library_of(Made().title("TIDES in  harbours").year(2001).author("Ost", "A"), Made().key("new").title("New"),
                                   Made().key("x").title("Mud").identifier(Field::Doi, "doi", "10.5555/mud"), Made().key("a").title("Kelp"));
  const LibraryDifference difference = compare(before, after);
  EXPECT_EQ(difference.same, 1U);
  ASSERT_EQ(difference.changed.size(), 2U);
  EXPECT_EQ(difference.changed[0].after, &after.records[2]);
  EXPECT_EQ(difference.changed[1].after, &after.records[0]);
  EXPECT_THAT(difference.only_before, ElementsAre(&before.records[3]));
  EXPECT_THAT(difference.only_after, ElementsAre(&after.records[1]));
  EXPECT_TRUE(difference.differs());
}

TEST(CompareLibraries, RepeatedKeysArePairedInOrder) {
  const Library before = library_of(Made().key("a").title("One"), Made().key("a").title("Two"));
  const Library after = library_of(Made().key("a").title("One"), Made().key("a").title("Two"), Made().key("a").title("Three"));
  const LibraryDifference difference = compare(before, after);
  EXPECT_EQ(difference.same, 2U);
  EXPECT_THAT(difference.only_after, ElementsAre(&after.records[2]));
}

TEST(CompareLibraries, SpellingAloneIsNoDifference) {
  const Library before = library_of(Made().key("a").title("A–B"));
  const Library after = library_of(Made().key("a").title("A--B"));
  const LibraryDifference difference = compare(before, after);
  EXPECT_EQ(difference.changed.size(), 1U);
  EXPECT_FALSE(difference.differs());
}

}  // namespace
}  // namespace bibmill

// The steps that mend one field: identifiers, pages, names, strip.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bibmill/errors.h"
#include "workbench.h"

namespace bibmill::workbench {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string first_identifier(const Record& record, Field field) {
  const Entry* const entry = record.find(field);
  return entry == nullptr ? std::string() : std::string(std::get<Identifiers>(entry->value).list[0].value);
}

TEST(IdentifiersStep, WritesTheBareForm) {
  Record record = record_of({"DOI=https://doi.org/10.1000/x"});
  EXPECT_THAT(apply("identifiers", record), ElementsAre("DOI https://doi.org/10.1000/x is written 10.1000/x"));
  EXPECT_EQ(first_identifier(record, Field::Doi), "10.1000/x");
  EXPECT_EQ(record.layout, "");
  EXPECT_THAT(apply("identifiers", record), IsEmpty());
}

/// The record of an identifier that its format would write as it was written.
std::string raw_behind(std::string_view entry, std::string_view raw) {
  Record record = record_of({entry});
  std::get<Entry>(record.items()[0]).raw = record.arena().copy(raw);
  apply("identifiers", record);
  return std::string(Str(std::get<Entry>(record.items()[0]).raw));
}

TEST(IdentifiersStep, DropsATextThatSaysMore) {
  EXPECT_EQ(raw_behind("DOI=10.1000/x", "{https://doi.org/10.1000/x}"), "");
  EXPECT_EQ(raw_behind("DOI=10.1000/x", "\"\\url{doi:10.1000/x}\""), "");
  EXPECT_EQ(raw_behind("PMID=123", "{PMID: 123}"), "");
  EXPECT_EQ(raw_behind("ISBN=978-3-16-148410-0", "{ISBN 978-3-16-148410-0}"), "");
  EXPECT_EQ(raw_behind("DOI=10.1000/a_b", "{10.1000/a\\_b}"), "{10.1000/a\\_b}") << "bare, in LaTeX's spelling";
  EXPECT_EQ(raw_behind("DOI=10.1000/x", "{https://doi.org/10.1000/y}"), "{https://doi.org/10.1000/y}") << "it says something else";
}

TEST(IdentifiersStep, FindsThoseThatHide) {
  Record record = record_of({"note=PMID: 123.", "URL=https://dx.doi.org/10.1000/x"});
  EXPECT_THAT(apply("identifiers", record), ElementsAre("pmid 123 is found in note", "doi 10.1000/x is found in URL", "URL https://dx.doi.org/10.1000/x only repeats the doi and is dropped"));
  EXPECT_EQ(first_identifier(record, Field::Doi), "10.1000/x");
  EXPECT_EQ(first_identifier(record, Field::Pmid), "123");
  EXPECT_FALSE(record.has(Field::Note));
  EXPECT_FALSE(record.has(Field::Url));
}

TEST(IdentifiersStep, LeavesOthersAlone) {
  Record record = record_of({"DOI=10.1000/x", "note=Erratum in doi 10.1000/y", "URL=https://example.org/10.1000/x", "annote=123"});
  EXPECT_THAT(apply("identifiers", record), IsEmpty());
  record = record_of({"DOI=10.1000/x", "URL=https://doi.org/10.1000/other"});
  EXPECT_THAT(apply("identifiers", record), IsEmpty());
  record = record_of({"URL=https://doi.org/10.1000/x"});
  EXPECT_THAT(apply("identifiers:url=keep,harvest=no", record), IsEmpty());
}

TEST(PagesStep, ExpandsAndContracts) {
  Record record = record_of({"page=1194-205, 1210"});
  std::get<Pages>(std::get<Entry>(record.items()[0]).value).raw = "1194-205, 1210";
  EXPECT_THAT(apply("pages", record), IsEmpty());
  EXPECT_EQ(record.get<Field::Page>()->ranges[0].last, "1205");
  EXPECT_THAT(apply("pages:contract", record), ElementsAre("pages 1194-1205, 1210 are written 1194-205, 1210"));
  EXPECT_EQ(record.get<Field::Page>()->ranges[0].last, "205");
  EXPECT_THAT(apply("pages:contract", record), IsEmpty());
  EXPECT_THAT(apply("pages", record), ElementsAre("pages 1194-205, 1210 are written 1194-1205, 1210"));
}

TEST(NamesStep, WritesInitials) {
  Record record = record_of({"author=Shannon, Claude Elwood; Dupont, Jean-Paul; Lind, OK; ACME Study Group"});
  EXPECT_EQ(apply("names:initials=spaced", record).size(), 3U);
  const Names& names = *record.get<Field::Author>();
  EXPECT_EQ(names.list[0].given, "C. E.");
  EXPECT_EQ(names.list[1].given, "J.-P.");
  EXPECT_EQ(names.list[2].given, "O. K.");
  EXPECT_THAT(apply("names:initials=spaced", record), IsEmpty());
  apply("names:initials=bare", record);
  EXPECT_EQ(record.get<Field::Author>()->list[1].given, "J-P");
  EXPECT_THAT(apply("names:initials=bare", record), IsEmpty());
}

TEST(NamesStep, KeepsParticles) {
  Record record = record_of({"author=Velde, Jan van der; Okafor, Mar\xC3\xAD" "a del Carmen"});
  apply("names:initials=dotted", record);
  EXPECT_EQ(record.get<Field::Author>()->list[0].given, "J. van der");
  EXPECT_EQ(record.get<Field::Author>()->list[1].given, "M. del C.");
  EXPECT_THAT(apply("names:initials=dotted", record), IsEmpty());
}

TEST(NamesStep, CutsLists) {
  Record record = record_of({"author=A, A; B, B; C, C"});
  EXPECT_THAT(apply("names:limit=3", record), IsEmpty());
  EXPECT_THAT(apply("names:limit=2,keep=1,fields=editor", record), IsEmpty());
  EXPECT_THAT(apply("names:limit=2,keep=1,fields=author", record), ElementsAre("of 3 names as author, 1 stays, and \"et al.\""));
  EXPECT_THROW(make_step("names:limit=2,fields=title"), UsageError);
  EXPECT_FALSE(record.get<Field::Author>()->complete);
  EXPECT_THAT(apply("names:limit=2,keep=1", record), IsEmpty());
  EXPECT_THROW(make_step("names:limit=0"), UsageError);
  EXPECT_THROW(make_step("names:limit=1,keep=2"), UsageError);
  EXPECT_THROW(make_step("names"), UsageError);
}

TEST(StripStep, LeavesGroupsOut) {
  Record record = record_of({"title=T", "note=N", "file=a.pdf", "+bdsk-url-1=u", "+timestamp=t", "+other=o"});
  EXPECT_THAT(apply("strip:notes,files,manager", record), ElementsAre("note is left out", "file is left out", "bdsk-url-1 is left out", "timestamp is left out"));
  EXPECT_EQ(record.items().size(), 2U);
  EXPECT_THROW(make_step("strip:abstracts"), UsageError);
}

}  // namespace
}  // namespace bibmill::workbench

// retractions: by the record, its title, a list.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bibmill/errors.h"
#include "csv.h"
#include "harness.h"
#include "workbench.h"

namespace bibmill::workbench {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Csv, TakesRowByRow) {
  std::string_view text = "a,\"b \"\"q\"\", c\",\"d\ne\"\r\n\n,x";
  EXPECT_THAT(take_csv_row(text, ','), ElementsAre("a", "b \"q\", c", "d\ne"));
  EXPECT_THAT(take_csv_row(text, ','), ElementsAre(""));
  EXPECT_THAT(take_csv_row(text, ','), ElementsAre("", "x"));
  EXPECT_THAT(take_csv_row(text, ','), IsEmpty());
}

TEST(Retractions, GoesByTheRecord) {
  Record record = record_of({"title=Tides"});
  EXPECT_THAT(workbench::apply("retractions", record), IsEmpty());
  Links links;
  Link link;
  link.type = "RetractionIn";
  link.source = "J Coast Notes. 2020;1:1.";
  links.list.push_back(record.arena(), link);
  record.add(Field::CommentsCorrections, links);
  EXPECT_THAT(workbench::apply("retractions", record), ElementsAre("its record says: Retracted in: J Coast Notes. 2020;1:1."));
  record = record_of({"title=RETRACTED: Tides"});
  EXPECT_THAT(workbench::apply("retractions", record), ElementsAre("its title begins with \"retracted:\""));
}

TEST(Retractions, GoesByAList) {
  const mock::Folder folder;
  const std::string spec = "retractions:" + folder.file("list.csv", "Record ID,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature\n1,10.1000/A,0,Retraction\n2,unavailable,77,Expression of concern\n3,10.1000/b,,Reinstatement\n");
  Record record = record_of({"DOI=10.1000/a"});
  EXPECT_THAT(workbench::apply(spec, record), ElementsAre("the list says of doi 10.1000/a: retraction"));
  record = record_of({"PMID=77"});
  EXPECT_THAT(workbench::apply(spec, record), ElementsAre("the list says of pmid 77: expression of concern"));
  record = record_of({"DOI=10.1000/b", "PMID=0"});
  EXPECT_THAT(workbench::apply(spec, record), IsEmpty());
  EXPECT_THROW(workbench::apply("retractions:" + folder.file("none.csv", "a,b\n"), record), InputError);
  EXPECT_THROW(make_step("retractions:then=hide"), UsageError);
}

}  // namespace
}  // namespace bibmill::workbench

// Lists of retracted works: tables, and any text.
#include "bibmill/retraction_list.h"

#include <gtest/gtest.h>

#include "bibmill/errors.h"
#include "support/folder.h"

namespace bibmill {
namespace {

std::string_view found(const RetractionList& list, std::string_view scheme, std::string_view value) {
  Identifier identifier;
  identifier.scheme = scheme;
  identifier.value = value;
  return list.find(identifier);
}

TEST(RetractionList, ReadsTheColumnsOfATable) {
  RetractionList list;
  EXPECT_EQ(list.add("Record ID,RetractionDOI,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature\r\n"
                     "7,10.1000/notice,https://doi.org/10.1000/A,0,Retraction\r\n"
                     "8,,unavailable,77,Expression of concern\r\n"
                     "9,,10.1000/b,,Reinstatement\r\n"
                     "short\r\n"),
            2U);
  EXPECT_EQ(found(list, "doi", "10.1000/a"), "retraction");
  EXPECT_EQ(found(list, "pmid", "77"), "expression of concern");
  for (const char* const doi : {"10.1000/notice", "10.1000/b"}) EXPECT_EQ(found(list, "doi", doi), "") << doi;
  for (const char* const pmid : {"7", "0", "8"}) EXPECT_EQ(found(list, "pmid", pmid), "") << pmid;
}

TEST(RetractionList, ReadsTablesHoweverTheyAreDivided) {
  for (const char* const table : {"title,doi,pmid\n\"Tides, 2001\",10.1000/A,5\n", "title;doi;pmid\n\"Tides; 2001\";10.1000/A;5\n", "title\tdoi\tpmid\nTides 2001\t10.1000/A\t5\n"}) {
    RetractionList list;
    EXPECT_EQ(list.add(table), 1U) << table;
    EXPECT_EQ(found(list, "doi", "10.1000/a"), "retraction") << table;
    EXPECT_EQ(found(list, "pmid", "5"), "retraction") << table;
    EXPECT_EQ(found(list, "pmid", "2001"), "") << table;
  }
}

TEST(RetractionList, ReadsAnyText) {
  RetractionList list;
  list.add("Withdrawn in 2001: doi:10.1000/A, (PMID: 12345), and 10.1002/(SICI)1097-0258(19970815)16:15<1741::AID-SIM586>3.0.CO;2-V.\n"
           "111\n222, 333; 10.1000/c\n");
  for (const char* const doi : {"10.1000/a", "10.1000/C", "10.1002/(SICI)1097-0258(19970815)16:15<1741::AID-SIM586>3.0.CO;2-V"})
    EXPECT_EQ(found(list, "doi", doi), "retraction") << doi;
  for (const char* const pmid : {"12345", "111", "222", "333"}) EXPECT_EQ(found(list, "pmid", pmid), "retraction") << pmid;
  EXPECT_EQ(found(list, "pmid", "2001"), "");
}

TEST(RetractionList, ReadsFilesInOtherEncodingsAndRefusesWhatNamesNothing) {
  const support::Folder folder;
  RetractionList list;
  list.add_file(folder.file("utf16.txt", std::string_view("\xFF\xFE" "1\0" "2\0" "\n\0", 8)));
  EXPECT_EQ(found(list, "pmid", "12"), "retraction");
  EXPECT_THROW(list.add_file(folder.file("none.txt", "Nothing to see.\n")), InputError);
}

}  // namespace
}  // namespace bibmill

// Cutting RIS, and recognising it.
#include <gtest/gtest.h>

#include "split.h"
#include "support.h"
#include "table.h"

namespace bibmill::ris::testing {
namespace {

TEST(RisSplit, CutsBehindTheLastRecordBeforeThePlace) {
  const std::string text = "TY  - JOUR\nER  - \n\nTY  - BOOK\nER  - \n\nTY  - CHAP\nER  - \n";
  const std::size_t first = text.find("\n\nTY  - BOOK") + 1;
  const std::size_t second = text.find("\n\nTY  - CHAP") + 1;
  EXPECT_EQ(split(text, first + 3), first);
  EXPECT_EQ(split(text, second), second);
  EXPECT_EQ(split(text, second - 1), first);
  EXPECT_EQ(split(text, text.size()), second) << "nothing follows the last record";
  EXPECT_EQ(split(text, 1), first) << "none ends before: the first that ends behind";
}

TEST(RisSplit, CutsBeforeTypesWhereEndsAreMissing) {
  const std::string text = "TY  - JOUR\nTI  - a\n\nTY  - BOOK\nTI  - b\n";
  EXPECT_EQ(split(text, 30), text.find("\nTY  - BOOK"));
  EXPECT_EQ(split(text, 1), text.find("\nTY  - BOOK"));
}

TEST(RisSplit, LeavesTextBetweenRecordsToTheLaterOne) {
  const std::string text = "TY  - JOUR\nER  - \nLink\n\n2.\nTY  - BOOK\nER  - \n";
  EXPECT_EQ(split(text, 28), text.find("Link"));
}

TEST(RisSplit, FindsNoPlace) {
  EXPECT_EQ(split("", 0), 0U);
  EXPECT_EQ(split("TY  - JOUR\nTI  - a\nER  - \n", 5), 0U);
  EXPECT_EQ(split("TY  - JOUR\nTI  - a\nER  - \n", 500), 0U);
  EXPECT_EQ(split("text\n\n\n", 3), 0U);
  EXPECT_EQ(split("ER  - \nER  - \n", 8), 0U);
}

TEST(RisSplit, KnowsBrokenLineEnds) {
  EXPECT_EQ(split("TY  - JOUR\r\nER  - \r\nTY  - BOOK\r\nER  - \r\n", 22), 20U);
  EXPECT_EQ(split("TY  - JOUR\rER  - \rTY  - BOOK\rER  - \r", 22), 18U);
}

TEST(RisRecognises, TypeLines) {
  EXPECT_EQ(recognises("TY  - JOUR\n"), 95);
  EXPECT_EQ(recognises("Exported\n1.\nTY  - JOUR\n"), 95);
  EXPECT_EQ(recognises("ty  - jour\r\n"), 90);
  EXPECT_EQ(recognises("TY - JOUR\r\n"), 90);
  EXPECT_EQ(recognises("PMID- 1\nTI  - TY  - JOUR\n"), 0);
  EXPECT_EQ(recognises("%0 Journal Article\n%T a\n"), 0);
  EXPECT_EQ(recognises("@article{a, title = {TY  - x}}"), 0);
  EXPECT_EQ(recognises(""), 0);
}

TEST(RisTypes, AreReadAndWritten) {
  for (const TypeMapping& row : kTypes) {
    if (row.way != Way::WriteOnly) {
      EXPECT_EQ(type_of(row.name, ""), row.type) << row.name;
    }
    if (row.way != Way::ReadOnly) {
      EXPECT_EQ(name_of_type(row.type), row.name);
    }
  }
  for (std::size_t type = 0; type < kTypeCount; ++type) EXPECT_NE(type_row(name_of_type(static_cast<Type>(type))), nullptr) << "a type is always written";
  EXPECT_EQ(type_row("JOURNAL"), nullptr);
  EXPECT_EQ(type_row(""), nullptr);
  EXPECT_EQ(type_of("jour", ""), Type::ArticleJournal);
}

}  // namespace
}  // namespace bibmill::ris::testing

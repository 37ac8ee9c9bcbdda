// The ledger: what is not booked was lost.
#include "bibmill/ledger.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace bibmill {
namespace {

class LedgerTest : public testing::Test {
 protected:
  LedgerTest() : record_(std::make_shared<Arena>()) {
    record_.add(Field::Title, RichText::of(record_.arena(), "T"));
    record_.add(Field::Volume, Text{"1"});
    record_.add(Extra{"ris", "XX", "x", {}});
    ledger_.open(record_);
  }

  std::vector<Loss> losses() const {
    std::vector<Loss> list;
    ledger_.losses(list);
    return list;
  }

  Record record_;
  Ledger ledger_;
};

TEST_F(LedgerTest, SaysEverythingLostThatNobodyBooked) {
  const std::vector<Loss> all = losses();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].kind, Loss::Kind::DroppedField);
  EXPECT_EQ(all[2].kind, Loss::Kind::UnknownField);
  EXPECT_FALSE(ledger_.complete());
}

TEST_F(LedgerTest, IsCompleteWhenAllIsBooked) {
  for (std::size_t at = 0; at < 3; ++at) ledger_.book(at);
  EXPECT_TRUE(losses().empty());
  EXPECT_TRUE(ledger_.complete());
}

TEST_F(LedgerTest, NamesThePartThatStayedBehind) {
  ledger_.book(0, Fidelity::Narrowed, "markup");
  ledger_.book(1);
  ledger_.narrow(1, "season");
  ledger_.book(2);
  const std::vector<Loss> all = losses();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].part, "markup");
  EXPECT_EQ(all[1].part, "season");
}

TEST_F(LedgerTest, LetsTheBestBookingCount) {
  ledger_.book(0, Fidelity::Narrowed);
  ledger_.book(0, Fidelity::Exact);
  ledger_.book(1, Fidelity::Refused);
  EXPECT_TRUE(ledger_.is_exact(0));
  EXPECT_FALSE(ledger_.is_booked(1));
}

TEST_F(LedgerTest, ForgivesARepetitionOfABookedValue) {
  record_.add(Field::Volume, Text{"1"}).same_as = true;
  ledger_.open(record_);
  ledger_.book(0);
  ledger_.book(1);
  ledger_.book(2);
  EXPECT_TRUE(ledger_.complete());
}

TEST_F(LedgerTest, ForgivesTheFirstOnlyWhereWhatRepeatsItWasBooked) {
  for (const bool repeats_first : {true, false}) {
    Record record(std::make_shared<Arena>());
    record.add(Field::Volume, Text{"1"});
    record.add(Field::Volume, Text{"2"});
    record.add(Field::Volume, Text{repeats_first ? "1" : "2"}).same_as = true;
    ledger_.open(record);
    ledger_.book(1);
    ledger_.book(2);
    EXPECT_EQ(ledger_.complete(), repeats_first);
    EXPECT_EQ(losses().size(), repeats_first ? 0U : 1U);
  }
}

TEST_F(LedgerTest, ForgivesAKeyUnderWhichNothingStands) {
  for (const char* const raw : {"", "null", "\"\"", "{}", "[ ]", R"({"a": [null, {}], "b" : ""})"}) {
    Record record(std::make_shared<Arena>());
    record.add(Extra{"csljson", "x", raw, {}});
    ledger_.open(record);
    EXPECT_TRUE(losses().empty()) << raw;
    EXPECT_TRUE(ledger_.complete()) << raw;
  }
  for (const char* const raw : {"0", "\"a\"", "{,}", "{:}", R"({"a": ":"})", "\"", R"(["a"])", "nullify", "{null}", "{ null }", "null null"}) {
    Record record(std::make_shared<Arena>());
    record.add(Extra{"csljson", "x", raw, {}});
    ledger_.open(record);
    EXPECT_EQ(losses().size(), 1U) << raw;
    EXPECT_FALSE(ledger_.complete()) << raw;
  }
}

TEST_F(LedgerTest, TakesAnAdditionForNoLoss) {
  for (std::size_t at = 0; at < 3; ++at) ledger_.book(at);
  ledger_.alter(0);
  EXPECT_TRUE(losses().empty());
  EXPECT_TRUE(ledger_.complete());
  EXPECT_FALSE(ledger_.is_exact(0));
  ledger_.narrow(0, "markup");
  EXPECT_EQ(losses().size(), 1U);
}

TEST_F(LedgerTest, SaysWhatAReaderLeftOutUnlessTheTextWentOutAsItWasWritten) {
  std::get<Entry>(record_.items()[0]).left_out = "\\texttt";
  std::get<Entry>(record_.items()[1]).left_out = "further texts";
  for (std::size_t at = 0; at < 3; ++at) ledger_.book(at);
  EXPECT_FALSE(ledger_.complete());
  EXPECT_TRUE(ledger_.is_exact(0));
  ASSERT_EQ(losses().size(), 2U);
  EXPECT_EQ(code_of(losses()[0].kind), "loss/dropped-markup");
  EXPECT_EQ(losses()[0].part, "\\texttt");
  EXPECT_EQ(code_of(losses()[1].kind), "loss/narrowed-field");
  ledger_.book_as_written(0);
  ledger_.book_as_written(1);
  EXPECT_TRUE(losses().empty());
  EXPECT_TRUE(ledger_.complete());
}

TEST_F(LedgerTest, ReportsAMergedType) {
  for (std::size_t at = 0; at < 3; ++at) ledger_.book(at);
  ledger_.merge_type();
  ASSERT_EQ(losses().size(), 1U);
  EXPECT_EQ(code_of(losses()[0].kind), "loss/merged-type");
}

}  // namespace
}  // namespace bibmill

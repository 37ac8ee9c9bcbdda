// The closing line and the places in messages.
#include "reports/text.h"

#include <gtest/gtest.h>

namespace bibmill::cli {
namespace {

Format format(std::string_view id) {
  Format made;
  made.id = id;
  return made;
}

TEST(Report, PlacesAreNamed) {
  EXPECT_EQ(in_words({"refs.ris", {212, 1}}), "refs.ris:212:1");
  EXPECT_EQ(in_words({"refs.ris", {}}), "refs.ris");
}

TEST(Report, TheClosingLineSumsUp) {
  const Format ris = format("ris");
  const Format medline = format("medline");
  const Format bibtex = format("bibtex");
  Totals totals;
  totals.inputs = {{"a", &ris, Encoding::Utf8, 5}, {"b", nullptr, Encoding::Utf8, 0}, {"c", &ris, Encoding::Utf8, 1}};
  totals.records_written = 6;
  EXPECT_EQ(closing_line(totals, bibtex), "6 records from ris, 6 written as bibtex, nothing lost");
  totals.records_with_losses = 2;
  for (int n = 0; n < 3; ++n) totals.losses.count(Loss::Kind::DroppedField, 3, {}, {}, {});
  EXPECT_EQ(closing_line(totals, bibtex), "6 records from ris, 6 written as bibtex, 3 fields lost in 2 records");

  totals.inputs.push_back({"d", &medline, Encoding::Utf8, 1});
  totals.records_dropped = 1;
  totals.records_with_losses = 1;
  totals.errors = 1;
  totals.losses.clear();
  totals.losses.count(Loss::Kind::NarrowedField, 3, "affiliations", {}, {});
  totals.losses.count(Loss::Kind::DroppedText, LossNote::kNoField, {}, "ris", {});
  EXPECT_EQ(closing_line(totals, bibtex),
            "6 records from ris, 1 from medline, 1 left out, 6 written as bibtex, 1 field narrowed in 1 record, 1 text between "
            "records lost, 1 error");
}

}  // namespace
}  // namespace bibmill::cli

// What fmt makes of RIS.
#include "bibmill/tagged/layout.h"

#include <gtest/gtest.h>

#include <string>

#include "support.h"

namespace bibmill::formats {
std::span<const Format* const> ris_formats();
}

namespace bibmill::ris {
namespace {

std::string laid_out(std::string_view text) { return formats::ris_formats()[0]->layout(text, {}).text; }

TEST(Fmt, PutsTagsAndRecordsInForm) {
  EXPECT_EQ(laid_out("\n\nty  - JOUR\nTI  -  One  \nAU  -Lind, Oda\n\nPY  - 2019\nER  -\nTY  - BOOK\nER  - \n\n\n\n"), "TY  - JOUR\nTI  - One\nAU  - Lind, Oda\nPY  - 2019\nER  - \n\nTY  - BOOK\nER  - \n");
}

TEST(Fmt, KeepsLinesThatBelongToValues) {
  EXPECT_EQ(laid_out("TY  - JOUR\r\nAB  - One \r\n  two  \r\nthree\r\nER  - \r\n"), "TY  - JOUR\r\nAB  - One\r\n  two\r\nthree\r\nER  - \r\n");
}

TEST(Fmt, KeepsWhatStandsBetween) {
  EXPECT_EQ(laid_out("1.\nTY  - JOUR\nER  - \n2.\n\nTY  - JOUR\nXX  - odd\nER  - \n"), "1.\n\nTY  - JOUR\nER  - \n\n2.\n\nTY  - JOUR\nXX  - odd\nER  - \n");
}

}  // namespace
}  // namespace bibmill::ris

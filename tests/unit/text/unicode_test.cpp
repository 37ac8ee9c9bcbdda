// Unicode: code points, classes, case, normal form, folding to ASCII, white space.
#include "bibmill/text/unicode.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bibmill::text {
namespace {

TEST(CodePoint, IsReadWithItsSize) {
  struct Row {
    std::string_view text;
    char32_t value;
    std::size_t size;
  };
  const Row rows[] = {
      {"", 0, 0},
      {"A", U'A', 1},
      {"é", U'é', 2},
      {"€", U'€', 3},
      {"𝔸", U'𝔸', 4},
      {"\x80", kReplacement, 1},              // a continuation alone
      {"\xC0\xAF", kReplacement, 1},          // too long for a slash
      {"\xE0\x80\xAF", kReplacement, 1},      // and longer
      {"\xED\xA0\x80", kReplacement, 1},      // a surrogate
      {"\xF4\x90\x80\x80", kReplacement, 1},  // beyond U+10FFFF
      {"\xF5\x80\x80\x80", kReplacement, 1},
      {"\xE2\x82", kReplacement, 1},  // cut off
      {"\xE2"
       "A",
       kReplacement, 1},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(first_code_point(row.text).value, row.value) << row.text;
    EXPECT_EQ(first_code_point(row.text).size, row.size) << row.text;
  }
}

TEST(CodePoint, IsReadFromTheEnd) {
  EXPECT_EQ(last_code_point("ab€").value, U'€');
  EXPECT_EQ(last_code_point("a𝔸").size, 4u);
  EXPECT_EQ(last_code_point("a\x80").value, kReplacement);
  EXPECT_EQ(last_code_point("é\x80").size, 1u);
  EXPECT_EQ(last_code_point("").size, 0u);
}

TEST(CodePoints, WalkOverValidAndBrokenText) {
  const std::string_view text = "a\xFF€";
  std::vector<char32_t> found;
  for (const char32_t c : CodePoints(text)) found.push_back(c);
  EXPECT_EQ(found, (std::vector<char32_t>{U'a', kReplacement, U'€'}));
  EXPECT_EQ(count_code_points("aé€𝔸"), 4u);
}

TEST(Utf8, IsWrittenForEveryRange) {
  EXPECT_EQ(to_utf8(U"aé€𝔸"), "aé€𝔸");
  EXPECT_EQ(to_utf8(std::u32string(1, static_cast<char32_t>(0xD800))), "\uFFFD");
  EXPECT_EQ(to_utf8(std::u32string(1, static_cast<char32_t>(0x110000))), "\uFFFD");
}

TEST(Utf8, IsTold) {
  EXPECT_TRUE(is_ascii("plain text, longer than eight bytes"));
  EXPECT_FALSE(is_ascii("plain text, longer than eight bytés"));
  EXPECT_FALSE(is_ascii("é"));
  EXPECT_TRUE(is_valid_utf8(""));
  EXPECT_TRUE(is_valid_utf8("é€𝔸"));
  EXPECT_FALSE(is_valid_utf8("caf\xE9"));
}

TEST(Classes, KnowLettersBeyondAscii) {
  EXPECT_TRUE(is_letter(U'ß') && is_letter(U'中') && is_letter(U'ª'));
  EXPECT_FALSE(is_letter(U'×') || is_letter(U'1') || is_letter(U'\u0301'));
  EXPECT_TRUE(is_upper(U'Ø') && is_upper(U'ǅ') && is_upper(U'Σ'));
  EXPECT_FALSE(is_upper(U'ø') || is_upper(U'中'));
  EXPECT_TRUE(is_lower(U'ß') && is_lower(U'я'));
  EXPECT_TRUE(is_combining(U'\u0301') && is_combining(U'\u20D7'));
  EXPECT_FALSE(is_combining(U'a') || is_combining(U'´'));
  EXPECT_TRUE(is_digit(U'7') && is_digit(U'٣'));
}

TEST(Case, ChangesAndFolds) {
  EXPECT_EQ(to_lower("ÉCOLE Łódź"), "école łódź");
  EXPECT_EQ(to_upper("école łódź"), "ÉCOLE ŁÓDŹ");
  EXPECT_EQ(fold_case("STRASSE"), fold_case("Straße"));
  EXPECT_EQ(fold_case("Ångström"), fold_case("A\u030ANGSTRO\u0308M"));
  EXPECT_TRUE(equal_ignoring_ascii_case("DOI", "doi"));
  EXPECT_FALSE(equal_ignoring_ascii_case("É", "é"));
}

TEST(NormalForm, ComposesMarks) {
  EXPECT_EQ(nfc("e\u0301"), "é");
  EXPECT_EQ(nfc("e\u0302\u0303"), "ễ");
  EXPECT_EQ(nfc("\u212B"), "Å");  // the Ångström sign
  EXPECT_EQ(nfc("x\u0302"), "x\u0302");
  EXPECT_TRUE(is_nfc("“naïve” – 5 µm") && is_nfc("中文"));
  EXPECT_FALSE(is_nfc("e\u0301"));
  EXPECT_EQ(nfc("caf\xE9\u0301"), "caf\xE9\u0301") << "what is no UTF-8 stays";
  Arena arena;
  EXPECT_EQ(nfc(arena, "e\u0301"), "é");
  EXPECT_EQ(decompose(U'ễ'), U"e\u0302\u0303");
  EXPECT_EQ(decompose(U'e'), U"e");
}

/// What is_nfc takes for composed without composing it is: alone, and whatever stands before it.
TEST(NormalForm, KnowsWhatNeverChanges) {
  EXPECT_TRUE(is_nfc("α ≥ 5 μm, p ≤ 0.05, Белое море, ⅓ → ∞, ひらがな, 한국, שלום"));
  for (char32_t c = 0xA0; c < 0x2FA20; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string alone;
    append_utf8(alone, c);
    EXPECT_EQ(is_nfc(alone), nfc(alone + " \u0301").starts_with(alone)) << static_cast<unsigned>(c);
    // Nothing that a composed character is made of may pass for composed where it stands apart.
    const std::u32string parts = decompose(c);
    if (parts.size() < 2) continue;
    std::string apart;
    for (const char32_t part : parts) append_utf8(apart, part);
    EXPECT_EQ(is_nfc(apart), nfc(apart + " \u0301").starts_with(apart)) << static_cast<unsigned>(c);
  }
  EXPECT_FALSE(is_nfc("first, then cafe\u0301 later")) << "also in the middle";
  EXPECT_TRUE(is_nfc("x\u0302 stays apart")) << "there is no such character";
}

TEST(AsciiFold, SpellsLikeAKey) {
  struct Row {
    std::string_view text, ascii;
  };
  const Row rows[] = {
      {"Müller", "Muller"},   {"Weiß", "Weiss"},   {"Łukasz", "Lukasz"}, {"Søren", "Soren"}, {"Nguyễn", "Nguyen"},
      {"Þórður", "Thordur"},  {"Æsop", "AEsop"},   {"ﬁeld", "field"},    {"H₂O", "H2O"},     {"10–20", "10-20"},
      {"“a”", "\"a\""},       {"ığdır", "igdir"},  {"plain", "plain"},   {"αβγ", ""},        {"中", ""},
      {"O’Brien", "O'Brien"}, {"a\u00A0b", "a b"}, {"½", "1/2"},
  };
  for (const Row& row : rows) EXPECT_EQ(ascii_fold(row.text), row.ascii) << row.text;
}

TEST(WhiteSpace, IsTrimmedAndCollapsed) {
  EXPECT_EQ(trim(" \t a b\r\n "), "a b");
  EXPECT_EQ(trim("   "), "");
  EXPECT_EQ(trim("\u00A0a"), "\u00A0a") << "a no-break space is text";
  EXPECT_EQ(collapse(" a \n\t b  c "), "a b c");
  EXPECT_EQ(collapse(" \n "), "");
  EXPECT_TRUE(is_collapsed("a b c") && is_collapsed(""));
  EXPECT_FALSE(is_collapsed("a  b") || is_collapsed(" a") || is_collapsed("a ") || is_collapsed("a\nb"));
  Arena arena;
  const Str owned = arena.copy("a b");
  EXPECT_EQ(collapse(arena, owned).data(), owned.data()) << "nothing to change, nothing to copy";
  EXPECT_EQ(collapse(arena, "a  b"), "a b");
}

}  // namespace
}  // namespace bibmill::text

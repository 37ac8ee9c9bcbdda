// Languages: from any spelling to the one that a format wants.
#include "bibmill/text/languages.h"

#include <gtest/gtest.h>

#include <string>

namespace bibmill::text {
namespace {

struct LanguageRow {
  const char* written;
  const char* expected;  // empty: nothing
};

std::string text_of(std::optional<std::string_view> value) { return std::string(value.value_or("")); }

TEST(Languages, GiveBcp47ForAnySpelling) {
  constexpr LanguageRow kRows[] = {
      {"eng", "en"},
      {"en", "en"},
      {"EN", "en"},
      {"English", "en"},
      {"english", "en"},
      {"ger", "de"},
      {"deu", "de"},
      {"German", "de"},
      {"Deutsch", "de"},
      {"fre", "fr"},
      {"fra", "fr"},
      {"chi", "zh"},
      {"zho", "zh"},
      {"cmn", "zh"},
      {"scr", "hr"},
      {"en-US", "en-US"},
      {"en_us", "en-US"},
      {"EN-us", "en-US"},
      {"pt_BR", "pt-BR"},
      {"eng-GB", "en-GB"},
      {"zh-hant-tw", "zh-Hant-TW"},
      {"de-1996", "de-1996"},
      {"de-CH-x-ab", "de-CH-x-ab"},
      {"ngerman", "de-DE"},
      {"british", "en-GB"},
      {"brazilian", "pt-BR"},
      {"french", "fr"},
      {"Français", "fr"},
      {"FRANÇAIS", "fr"},
      {"grc", "grc"},
      {"Ancient Greek", "grc"},
      {"mul", "mul"},
      {"und", "und"},
      {" eng ", "en"},
      {"", ""},
      {"xx", ""},
      {"qqq", ""},
      {"Klingon", ""},
      {"en-", ""},
      {"-en", ""},
      {"en--US", ""},
      {"xx-US", ""},
      {"English and French", ""},
      {"en-waytoolongsubtag", ""},
  };
  for (const LanguageRow& row : kRows) {
    Arena arena;
    EXPECT_EQ(text_of(bcp47_from(arena, row.written)), row.expected) << row.written;
  }
}

TEST(Languages, GiveTheRegionOfALangid) {
  constexpr LanguageRow kRows[] = {{"english", "en-US"}, {"american", "en-US"},
                           {"british", "en-GB"}, {"UKenglish", "en-GB"},
                           {"ngerman", "de-DE"}, {"german", "de-DE"},
                           {"french", "fr-FR"},  {"latin", "la"},
                           {"de", ""},           {"eng", ""}};
  for (const LanguageRow& row : kRows) EXPECT_EQ(text_of(bcp47_from_langid(row.written)), row.expected) << row.written;
}

TEST(Languages, GiveTheRegionOfAVariant) {
  struct Row {
    std::string_view langid;
    std::string_view options;
    std::string_view tag;
  };
  constexpr Row kRows[] = {{"english", "variant=british", "en-GB"},
                           {"English", "spelling=new, Variant = {UK} , numerals=arabic", "en-GB"},
                           {"german", "variant=swiss,spelling=old", "de-CH"},
                           {"english", "", "en-US"},
                           {"english", "variant", "en-US"},
                           {"english", "variant=,", "en-US"},
                           {"english", "variant=swiss", "en-US"},
                           {"english", "invariant=british", "en-US"},
                           {"british", "variant=american", "en-GB"},
                           {"norwegian", "variant=nynorsk", "nn-NO"},
                           {"gaelic", "variant=scottish", "gd-GB"},
                           {"klingon", "variant=british", ""}};
  for (const Row& row : kRows) EXPECT_EQ(text_of(bcp47_from_langid(row.langid, row.options)), row.tag) << row.langid << ' ' << row.options;
}

TEST(Languages, GiveNlmsCodes) {
  constexpr LanguageRow kRows[] = {{"en", "eng"},    {"en-GB", "eng"},      {"de", "ger"},    {"deu", "ger"},
                           {"fr-FR", "fre"}, {"zh-Hans-CN", "chi"}, {"Dutch", "dut"}, {"ngerman", "ger"},
                           {"mul", "mul"},   {"cs", "cze"},         {"grc", "grc"},   {"Klingon", ""},
                           {"", ""}};
  for (const LanguageRow& row : kRows) EXPECT_EQ(text_of(marc_from(row.written)), row.expected) << row.written;
}

TEST(Languages, GiveBabelsNames) {
  constexpr LanguageRow kRows[] = {
      {"en", "english"},      {"en-US", "american"},  {"en-GB", "british"},      {"en-ZA", "english"}, {"de", "ngerman"},
      {"de-DE", "ngerman"},   {"de-AT", "naustrian"}, {"fr-FR", "french"},       {"fr-BE", "french"},  {"fr-CA", "canadien"},
      {"pt-BR", "brazilian"}, {"la", "latin"},        {"zh-Hant-TW", "chinese"}, {"grc", ""},          {"", ""}};
  for (const LanguageRow& row : kRows) EXPECT_EQ(text_of(langid_from(row.written)), row.expected) << row.written;
}

TEST(Languages, GiveEnglishNames) {
  constexpr LanguageRow kRows[] = {
      {"ger", "German"}, {"pt-BR", "Portuguese"}, {"nb", "Norwegian Bokmål"}, {"ngerman", "German"}, {"xx", ""}};
  for (const LanguageRow& row : kRows) EXPECT_EQ(text_of(language_name(row.written)), row.expected) << row.written;
}

TEST(Languages, KnowTheCodesThatNameNone) {
  EXPECT_TRUE(names_no_language("und"));
  EXPECT_TRUE(names_no_language("MUL"));
  EXPECT_FALSE(names_no_language("eng"));
  EXPECT_FALSE(names_no_language(""));
}

}  // namespace
}  // namespace bibmill::text

// What is told of a value's spelling at a look is what encoding tells: the reader does not encode it to see.
#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <string>
#include <string_view>

#include "values.h"
#include "workbench.h"

namespace bibmill::bibtex {
namespace {

/// Pieces of values, those first that leave them as they are.
constexpr std::string_view kPieces[] = {"a",  "kelp", "of", "12", " ", " ", " ",  ".",  ":",   "(",   ")",   "\\%",  "\\&",  "\\_",   "\\$", "\\#", ", ", " and ", "Kelp", "{DNA}", "{a}", "{1}", "-", "Lind, Ada", "J.",
                                        ",",  ";",    "'",  "\"", "-", "<", ">",  "{",  "}",   "~",   "%",   "&",    "_",    "#",     "$",   "`",   "\\", "^",     "|",    "\n",    "\t",  "\r",  "é", "\u00A0",    "ß",
                                        "{",  "}",    "{ ", " }", "{{", "}}", "\\'e", "and", "And", "others", " and others", "von", "Jr", "10.1000/x", "0006-3495", "https://x.example/a_b", "{\\'e}", "--", "``", "''", "=", "?", "!", "/", "Anderson", "α", "$\\geq$", "$\\Delta$", "$", "中", "ÉA", "\u0301", "O'Neil, Eo", "{\\~n}", "12--17", "7", "--", "–", "0"};

std::string text_of(std::mt19937& random) {
  const std::size_t usual = random() % 2 == 0 ? 25 : std::size(kPieces);
  std::string text;
  for (std::size_t count = 1 + random() % 6; count-- > 0;) text += kPieces[random() % usual];
  return text;
}

TEST(Spelling, IsToldAsEncodingTells) {
  constexpr Codec kCodecs[] = {Codec::Title,        Codec::Rich,  Codec::Journal,  Codec::HowPublished, Codec::Plain, Codec::Issue, Codec::Language,   Codec::Literals, Codec::Keywords, Codec::Names,
                               Codec::Abstract,     Codec::Pages, Codec::Url,   Codec::Verbatim, Codec::Keys,         Codec::Doi,   Codec::Serial, Codec::Identifier};
  std::mt19937 random(3);
  std::size_t otherwise = 0;
  for (const Codec codec : kCodecs) {
    std::size_t surely = 0;
    for (int round = 0; round < 60'000; ++round) {
      Arena arena;
      Style style;
      style.dialect = random() % 2 == 0 ? Dialect::Bibtex : Dialect::Biblatex;
      style.ascii = random() % 2 == 0;
      const std::string text = text_of(random);
      Written written;
      written.text = text;
      written.lists = random() % 2 == 0;
      const std::string_view key = codec == Codec::Serial ? "issn" : codec == Codec::Identifier ? "pmid" : "key";
      const std::optional<Value> value = decode(arena, codec, key, written);
      const text::LatexSpelling spelling = value ? spelling_of_value(codec, key, text, *value, style) : text::LatexSpelling::Unclear;
      if (spelling == text::LatexSpelling::Unclear) continue;
      std::string expression;
      if (spelling == text::LatexSpelling::Otherwise) {
        ++otherwise;
        encode(expression, codec, key, *value, Type::Book, style);
        ASSERT_NE(expression, "{" + text + "}") << "of codec " << static_cast<int>(codec);
        continue;
      }
      ++surely;
      const Encoded encoded = encode(expression, codec, key, *value, Type::Book, style);
      ASSERT_EQ(encoded.fidelity, Fidelity::Exact) << text << " of codec " << static_cast<int>(codec);
      ASSERT_EQ(expression, "{" + text + "}") << "of codec " << static_cast<int>(codec);
    }
    EXPECT_GT(surely, 300U) << "of codec " << static_cast<int>(codec);
  }
  EXPECT_GT(otherwise, 5'000U);
}

/// Two keys that make one value are each a part of it.
TEST(Spelling, IsNoPartOfAValue) {
  const Reading reading = read("@article{a, number = {5}, issue = {6}}", biblatex_format());
  EXPECT_EQ(write(reading, biblatex_format()).text, "@article{a,\n  number = {5},\n  issue  = {6},\n}\n");
}

/// A value that is kept as encoded is encoded anew once it is changed, and seen by nobody else.
TEST(Spelling, IsForgottenWithTheValue) {
  Reading reading = read("@article{a, title = {Kelp}, year = {1999}, month = sep}");
  Record& record = reading.records.front();
  for (const Item& item : record.items()) EXPECT_EQ(std::get<Entry>(item).raw, "");
  record.set(Field::Title, RichText::of(record.arena(), "Bell"));
  EXPECT_EQ(write(reading, bibtex_format()).text, "@article{a,\n  title = {Bell},\n  year  = {1999},\n  month = sep,\n}\n");
}

}  // namespace
}  // namespace bibmill::bibtex

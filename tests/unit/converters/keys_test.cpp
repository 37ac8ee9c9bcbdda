// Keys and their patterns.
#include "bibmill/keys.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "bibmill/errors.h"

namespace bibmill {
namespace {

Record sample() {
  Record record(std::make_shared<Arena>());
  Arena& arena = record.arena();
  record.type = Type::ArticleJournal;
  record.key = "old";
  Names names;
  Name name;
  name.family = "M\xC3\xBCller";
  names.list.push_back(arena, name);
  record.add(Field::Author, names);
  record.add(Field::Title, RichText::of(arena, "The state-of-the-art in Glioma"));
  record.add(Field::ContainerTitle, RichText::of(arena, "Journal of Neuro-Oncology"));
  Date date;
  date.from.kind = DatePoint::Kind::Known;
  date.from.year = 2022;
  record.add(Field::Issued, date);
  return record;
}

std::string key(std::string_view pattern) {
  std::string out;
  KeyPattern(pattern).append(out, sample());
  return out;
}

TEST(KeyPattern, FillsItsPlaces) {
  EXPECT_EQ(key("{author}{year}"), "Muller2022");
  EXPECT_EQ(key("{author:lower}_{title}"), "muller_state");
  EXPECT_EQ(key("{title:3:lower}"), "stateartglioma");
  EXPECT_EQ(key("{journal}{year}"), "JNO2022");
  EXPECT_EQ(key("{key}:{type}"), "old:article-journal");
  EXPECT_EQ(key("n{number}"), "n\x01");
  EXPECT_EQ(key("{pmid}"), "ref\x01");
}

TEST(KeyPattern, ReadsTheNamesOfJabRef) {
  EXPECT_EQ(key("[auth][year]"), "Muller2022");
  EXPECT_EQ(key("[auth3:upper]_[shortyear]"), "MUL_22");
  EXPECT_EQ(key("[title]"), "StateArtGlioma");
  EXPECT_EQ(key("[shorttitle:lower]"), "stateartglioma");
  EXPECT_EQ(key("[veryshorttitle]-[camel:abbr]"), "state-SAG");
  EXPECT_EQ(key("[authors1]"), "Muller");
  EXPECT_EQ(key("[authEtAl][title:(5)]"), "MullerState");
}

TEST(KeyPattern, TransliteratesByRules) {
  std::string out;
  KeyPattern("{author}", Transliteration::German).append(out, sample());
  EXPECT_EQ(out, "Mueller");
  EXPECT_EQ(transliterated("\u041b\u043e\u043c\u043e\u043d\u043e\u0441\u043e\u0432 \u03a3\u03ce\u03bc\u03b1 \u00d8rsted", Transliteration::Nordic), "Lomonosov Soma Oersted");
}

TEST(KeyPattern, SpellsGreekDiphthongs) {
  EXPECT_EQ(transliterated("\u03a0\u03b1\u03c0\u03b1\u03b4\u03cc\u03c0\u03bf\u03c5\u03bb\u03bf\u03c2", Transliteration::Plain), "Papadopoulos");
  EXPECT_EQ(transliterated("\u03a3\u03bf\u03cd\u03bd\u03b9\u03bf \u03a4\u03c5\u03c0\u03bf\u03cb", Transliteration::Plain), "Sounio Typoy") << "with an accent; not where the letters are spoken apart";
}

TEST(KeyPattern, MakesNothingOfWhatItCannotSpell) {
  Record record(std::make_shared<Arena>());
  Names names;
  Name name;
  name.family = "\u738b";
  names.list.push_back(record.arena(), name);
  record.add(Field::Author, names);
  const auto key_of = [&](std::string_view pattern) {
    std::string out;
    KeyPattern(pattern).append(out, record);
    return out;
  };
  EXPECT_EQ(key_of("[authEtAl:lower]_[shorttitle]"), "ref\x01");
  Date date;
  date.from.kind = DatePoint::Kind::Known;
  date.from.year = 2019;
  record.add(Field::Issued, date);
  EXPECT_EQ(key_of("[authors][year]"), "2019");
}

TEST(KeyPattern, RefusesWhatItDoesNotKnow) {
  for (const std::string_view wrong : {"{autor}", "{author", "a b", "{year:2}", "{title:0}", "{author:narrow}", "[auth", "{year2}", ""})
    EXPECT_THROW(KeyPattern{wrong}, UsageError) << wrong;
}

}  // namespace
}  // namespace bibmill

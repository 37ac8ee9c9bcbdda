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

TEST(KeyPattern, RefusesWhatItDoesNotKnow) {
  for (const std::string_view wrong : {"{autor}", "{author", "a b", "{year:2}", "{title:0}", "{author:narrow}", "[auth", "{year2}", ""})
    EXPECT_THROW(KeyPattern{wrong}, UsageError) << wrong;
}

}  // namespace
}  // namespace bibmill

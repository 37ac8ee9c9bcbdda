// Tables: soundness, promises, passages.
#include "bibmill/mapping.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace bibmill {
namespace {

constexpr Mapping kSource[] = {
    {.key = "TI", .field = Field::Title},
    {.key = "VL", .field = Field::Volume},
    {.key = "PG", .field = Field::Page},
    {.key = "XT", .field = Field::Section, .types = Type::Book},
};

constexpr Mapping kTarget[] = {
    {.key = "title", .field = Field::Title},
    {.key = "pages", .field = Field::Page, .fidelity = Fidelity::Narrowed},
    {.key = "volume", .field = Field::Volume, .types = Type::Book},
};

TEST(IsSound, RefusesAKeyReadTwice) {
  constexpr Mapping kTwice[] = {{.key = "A", .field = Field::Title}, {.key = "B", .field = Field::Volume, .also = "C A"}};
  static_assert(!is_sound(kTwice));
  EXPECT_FALSE(is_sound(kTwice));
}

TEST(IsSound, RefusesAFieldWrittenTwice) {
  constexpr Mapping kTwice[] = {{.key = "A", .field = Field::Title}, {.key = "B", .field = Field::Title}};
  EXPECT_FALSE(is_sound(kTwice));
}

TEST(IsSound, TakesTypesAndDirectionsIntoAccount) {
  constexpr Mapping kApart[] = {
      {.key = "A", .field = Field::Title, .types = Type::Book},
      {.key = "A", .field = Field::ContainerTitle, .types = Type::Chapter},
      {.key = "B", .field = Field::Title, .way = Way::ReadOnly},
  };
  static_assert(is_sound(kApart));
  EXPECT_TRUE(is_sound(kApart));
  EXPECT_TRUE(is_sound(kSource));
}

TEST(Promised, AsksTheRowOfTheType) {
  EXPECT_EQ(promised(kTarget, Field::Title, Type::Book), Fidelity::Exact);
  EXPECT_EQ(promised(kTarget, Field::Page, Type::Book), Fidelity::Narrowed);
  EXPECT_EQ(promised(kTarget, Field::Volume, Type::Report), Fidelity::Refused);
}

TEST(Passages, SplitAFieldWhoseFateDependsOnTheType) {
  const std::vector<Passage> all = passages(kSource, kTarget);
  const auto of = [&](Field field) { return std::count_if(all.begin(), all.end(), [&](const Passage& p) { return p.field == field; }); };
  EXPECT_EQ(of(Field::Title), 1);
  EXPECT_EQ(of(Field::Volume), 2);
  EXPECT_EQ(of(Field::Section), 1);
  for (const Passage& passage : all)
    if (passage.field == Field::Section) {
      EXPECT_EQ(passage.fidelity, Fidelity::Refused);
      EXPECT_EQ(passage.types, TypeSet(Type::Book));
    }
}

}  // namespace
}  // namespace bibmill

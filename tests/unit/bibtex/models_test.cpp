// The data models, and that what is written is what they allow.
#include <gtest/gtest.h>

#include "fields.h"
#include "models.h"
#include "types.h"

namespace bibmill::bibtex {
namespace {

TEST(Models, KnowTheirAliases) {
  ASSERT_NE(model_of(Dialect::Biblatex, "www"), nullptr);
  EXPECT_EQ(model_of(Dialect::Biblatex, "www")->name, "online");
  EXPECT_EQ(model_of(Dialect::Bibtex, "conference")->name, "inproceedings");
  EXPECT_EQ(model_of(Dialect::Bibtex, "online"), nullptr);
  EXPECT_EQ(field_meant(Dialect::Biblatex, "school"), "institution");
  EXPECT_TRUE(allows(Dialect::Biblatex, *model_of(Dialect::Biblatex, "thesis"), "school"));
  EXPECT_FALSE(allows(Dialect::Biblatex, *model_of(Dialect::Biblatex, "thesis"), "journaltitle"));
  EXPECT_TRUE(allows(Dialect::Bibtex, *model_of(Dialect::Bibtex, "inbook"), "chapter"));
}

TEST(Models, HaveEveryTypeThatIsWritten) {
  for (const TypeMapping& row : kBiblatexTypes) {
    if (row.way == Way::ReadOnly) continue;
    EXPECT_NE(model_of(Dialect::Biblatex, row.name), nullptr) << row.name;
  }
}

TEST(Models, SayWhatIsRequired) {
  std::string all;
  for_each_requirement(*model_of(Dialect::Biblatex, "online"), [&](std::string_view choices) { all += std::string(choices) + ";"; });
  EXPECT_EQ(all, "title;date|year;doi|eprint|url;");
  for (const std::string_view type : {"techreport", "mastersthesis", "phdthesis"}) {
    EXPECT_EQ(model_of(Dialect::Biblatex, type)->required, "author title institution date|year") << type << " says the type itself";
    EXPECT_TRUE(allows(Dialect::Biblatex, *model_of(Dialect::Biblatex, type), "type"));
  }
}

/// biber calls a field that the model lacks invalid, so none is ever written; PMIDs and PMCIDs apart, which users want all the same.
TEST(Models, AllowWhatTheRowsWrite) {
  for (const Mapping& row : kBiblatexFields) {
    if (!row.writes() || row.key == "pmid" || row.key == "pmcid") continue;
    for (const TypeMapping& type : kBiblatexTypes) {
      if (type.way == Way::ReadOnly || !row.applies_to(type.type)) continue;
      if (type.name == "incollection" && row.key == "bookauthor") continue;  // makes the entry an @inbook
      if (type.name == "misc" && row.key == "editora") continue;             // its one place for a role is editor
      EXPECT_TRUE(allows(Dialect::Biblatex, *model_of(Dialect::Biblatex, type.name), row.key)) << row.key << " of @" << type.name;
    }
  }
}

}  // namespace
}  // namespace bibmill::bibtex

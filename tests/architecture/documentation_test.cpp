// The generated pages are current: docs/ holds what the tables give. `bibmill_docs docs` writes them anew.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "bibmill/catalogue.h"
#include "pages.h"

namespace bibmill {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

TEST(GeneratedPages, AreCurrent) {
  for (const auto& [name, page] : docs::pages(all_formats()))
    EXPECT_EQ(content_of(fs::path(BIBMILL_SOURCE_DIR) / "docs" / name), page) << "docs/" << name << " is out of date: run bibmill_docs docs";
}

TEST(GeneratedPages, BelongToAFormat) {
  const auto pages = docs::pages(all_formats());
  for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(BIBMILL_SOURCE_DIR) / "docs/formats"))
    EXPECT_EQ(pages.count("formats/" + entry.path().filename().string()), 1U) << entry.path();
}

TEST(Formats, SayWhyAFieldHasNoPlace) {
  for (const Format* const format : all_formats()) {
    EXPECT_FALSE(format->no_place.empty()) << format->id;
    EXPECT_FALSE(format->description.empty()) << format->id;
  }
}

}  // namespace
}  // namespace bibmill

// Laws of layouts: what a file says before and after is the same, and a second time changes nothing, whatever is asked for.
#include "bibmill/layout.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bibmill/text/unicode.h"
#include "corpus.h"

namespace bibmill::laws {
namespace {

struct Choice {
  std::string_view option;
  std::string_view value;
};

/// Each by itself, beside the layout that asks for nothing; an option that a format does not have is not asked of it.
constexpr Choice kChoices[] = {
    {"", ""},
    {"line-width", "60"},
    {"field-order", "name"},
    {"field-order", "model"},
    {"field-order", "title,author,note"},
    {"delimiters", "braces"},
    {"delimiters", "quotes"},
    {"numbers", "bare"},
    {"numbers", "braces"},
    {"type-case", "upper"},
    {"name-case", "upper"},
    {"align", "none"},
    {"last-comma", "no"},
    {"blank-lines", "0"},
    {"blank-lines", "3"},
    {"indent", "0"},
    {"tab", ""},
    {"sort", "key"},
};

bool knows(const Format& format, std::string_view option) {
  if (option.empty()) return true;
  for (const FormatOption& one : format.layout_options)
    if (one.name == option) return true;
  return false;
}

/// Documents in formats that have a layout.
std::vector<Document> documents() {
  std::vector<Document> with_layout;
  for (const Document& document : all_documents())
    if (document.format->layout != nullptr) with_layout.push_back(document);
  for (const Format* const format : all_formats()) {
    if (format->layout == nullptr) continue;
    for (const std::filesystem::path& path : support::files_below(support::fixtures() / "hostile", format->extensions)) with_layout.push_back({path, format});
  }
  return with_layout;
}

class LayoutLaw : public testing::TestWithParam<Document> {};

TEST_P(LayoutLaw, SaysTheSameAndIsDoneOnce) {
  const Document& document = GetParam();
  const Format& format = *document.format;
  const std::string before = text_of(document);
  for (const auto& [option, value] : kChoices) {
    if (!knows(format, option)) continue;
    SCOPED_TRACE(std::string(option) + "=" + std::string(value));
    Settings settings;
    if (!option.empty()) settings.set(option, std::string(value));
    const LaidOut once = format.layout(before, settings);
    EXPECT_TRUE(say_the_same(format, before, once.text, option == kSortOption));
    EXPECT_EQ(format.layout(once.text, settings).text, once.text);
    if (testing::Test::HasFailure()) break;
  }
}

/// By the dumps of the tests, beside the comparison that `fmt` itself makes. Nothing is asked for, so order and values are the source's.
TEST_P(LayoutLaw, KeepsEveryItemInItsPlace) {
  const Document& document = GetParam();
  ReadOptions options;
  options.keep_raw = true;
  const std::string before = text_of(document);
  const Reading read_before = read(*document.format, before, options);
  const Reading read_after = read(*document.format, document.format->layout(before, {}).text, options);
  EXPECT_EQ(text::ascii_lowered(support::dump(read_before.records)), text::ascii_lowered(support::dump(read_after.records)));
  // What was only in another form is no longer said; nothing else is.
  EXPECT_LE(read_after.codes().size(), read_before.codes().size());
}

INSTANTIATE_TEST_SUITE_P(All, LayoutLaw, testing::ValuesIn(documents()), [](const auto& info) { return test_name(info.param.name()) + "_" + std::string(info.param.format->id); });

}  // namespace
}  // namespace bibmill::laws

// The table of options: parsing, errors, help.
#include "options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bibmill/errors.h"

namespace bibmill::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// clang-format off
constexpr Option kOptions[] = {
    {"to,t", "FORMAT", "write this format", "Formats"},
    {"carry", "", "carry the rest", "Output"},
    {"losses", "HOW", "say what was lost", "Output", "summary|all|none", "summary"},
    {"fix", "HOW", "mend it", "Output", {}, {}, "safe"},
    {"step", "NAME", "do this", "Output", {}, {}, {}, true},
    {"quiet,q", "", "say less", "Output"},
};
// clang-format on
constexpr std::string_view kExclusive[] = {"quiet,carry"};

Arguments parsed(const std::vector<std::string>& words) { return parse(kOptions, kExclusive, words); }

std::string message_of(const std::vector<std::string>& words) {
  try {
    parsed(words);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Options, AreReadInEverySpelling) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--to", "ris"}, {"--to=ris"}, {"-t", "ris"}, {"-tris"}, {"x", "--to", "ris"}, {"-qt", "ris"}})
    EXPECT_EQ(parsed(words).value("to"), "ris") << testing::PrintToString(words);
}

TEST(Options, OperandsStandAnywhere) {
  EXPECT_THAT(parsed({"a", "--carry", "-", "--", "--b"}).operands(), ElementsAre("a", "-", "--b"));
}

TEST(Options, HaveValuesWhereTheyWereNotGiven) {
  EXPECT_EQ(parsed({}).value("losses"), "summary");
  EXPECT_FALSE(parsed({}).has("losses"));
  EXPECT_EQ(parsed({}).value("to"), "");
}

TEST(Options, AnOptionalValueStandsBehindAnEqualsSign) {
  const Arguments arguments = parsed({"--fix", "refs.bib"});
  EXPECT_EQ(arguments.value("fix"), "safe");
  EXPECT_THAT(arguments.operands(), ElementsAre("refs.bib"));
  EXPECT_EQ(parsed({"--fix=all"}).value("fix"), "all");
}

TEST(Options, MayRepeat) { EXPECT_THAT(parsed({"--step", "a", "--step=b:c=-d"}).values("step"), ElementsAre("a", "b:c=-d")); }

TEST(Options, MistakesAreExplained) {
  EXPECT_EQ(message_of({"--too", "ris"}), "there is no option --too; did you mean --to?");
  EXPECT_EQ(message_of({"--car"}), "there is no option --car; did you mean --carry?");
  EXPECT_EQ(message_of({"-x"}), "there is no option -x");
  EXPECT_EQ(message_of({"--to"}), "--to wants a value: FORMAT");
  EXPECT_EQ(message_of({"--carry=yes"}), "--carry takes no value");
  EXPECT_EQ(message_of({"--to", "ris", "-t", "yaml"}), "--to is given twice");
  EXPECT_EQ(message_of({"--losses=sum"}), "--losses is one of summary, all, none, not sum; did you mean summary?");
  EXPECT_EQ(message_of({"-q", "--carry"}), "--quiet and --carry exclude each other");
}

TEST(Options, DescribeThemselves) {
  const std::string help = describe(kOptions);
  for (const Option& option : kOptions) EXPECT_THAT(help, HasSubstr(std::string(option.help)));
  EXPECT_THAT(help, HasSubstr("\nFormats:\n  -t, --to FORMAT  write this format\n"));
  EXPECT_THAT(help, HasSubstr("--fix[=HOW]"));
  EXPECT_THAT(help, HasSubstr("say what was lost: summary, all, none (otherwise summary)"));
}

TEST(Options, SizesAndNumbers) {
  EXPECT_EQ(size_from("max-record", "64M"), 64U << 20U);
  EXPECT_EQ(size_from("max-record", "2k"), 2048U);
  EXPECT_EQ(size_from("max-record", "17"), 17U);
  for (const std::string_view wrong : {"", "M", "0", "-1", "1T", "99999999999999999999", "99999999999G"})
    EXPECT_THROW(size_from("max-record", wrong), UsageError) << wrong;
  EXPECT_EQ(number_from("jobs", "4", 1, 256), 4U);
  for (const std::string_view wrong : {"", "0", "257", "4x"})
    EXPECT_THROW(number_from("jobs", wrong, 1, 256), UsageError) << wrong;
}

TEST(Options, TextIsWrapped) { EXPECT_EQ(wrapped("aa bb cc dd", 5, 2), "aa bb\n  cc dd"); }

}  // namespace
}  // namespace bibmill::cli

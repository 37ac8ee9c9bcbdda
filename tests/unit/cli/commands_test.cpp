// What every command keeps to.
#include "command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "bibmill/errors.h"
#include "bibmill/target.h"
#include "help.h"

namespace bibmill::cli {
namespace {

bool ends_with_dot(std::string_view text) { return text.ends_with('.'); }

TEST(Commands, DescribeThemselves) {
  EXPECT_FALSE(all_commands().empty());
  for (const Command* const command : all_commands()) {
    SCOPED_TRACE(command->name);
    EXPECT_FALSE(command->summary.empty());
    EXPECT_FALSE(ends_with_dot(command->summary));
    EXPECT_NE(command->run, nullptr);
    EXPECT_LE(command->least_operands, command->most_operands);
    EXPECT_THAT(help_of(*command), testing::HasSubstr(std::string(command->summary)));
    EXPECT_THAT(help_of_all(), testing::HasSubstr(std::string(command->summary)));
  }
}

TEST(Commands, TheirOptionsAreUniqueAndExplained) {
  for (const Command* const command : all_commands()) {
    std::set<std::string_view> names;
    bool has_help = false;
    for (const Option& option : command->options) {
      SCOPED_TRACE(option.names);
      EXPECT_TRUE(names.insert(option.name()).second);
      if (!option.letter().empty()) {
        EXPECT_EQ(option.letter().size(), 1U);
        EXPECT_TRUE(names.insert(option.letter()).second);
      }
      EXPECT_FALSE(option.help.empty());
      EXPECT_FALSE(ends_with_dot(option.help));
      EXPECT_FALSE(option.group.empty());
      if (!option.choices.empty()) {
        EXPECT_NE(option.choices.find(option.otherwise), std::string_view::npos);
      }
      has_help = has_help || option.name() == "help";
    }
    EXPECT_TRUE(has_help) << command->name;
    for (std::string_view rest : command->exclusive)
      for (; !rest.empty();
           rest.remove_prefix(std::min(rest.find(',') == std::string_view::npos ? rest.size() : rest.find(',') + 1, rest.size())))
        EXPECT_TRUE(names.count(rest.substr(0, rest.find(','))) == 1) << rest;
  }
}

TEST(Commands, AnUnknownOneIsAnsweredWithTheNearest) {
  try {
    command_named("formts");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_STREQ(error.what(), "there is no command formts; did you mean formats?");
  }
}

TEST(Commands, RunNamesEveryTarget) {
  const std::string help = help_of(command_named("run"));
  for (const TargetFile& target : all_targets()) EXPECT_THAT(help, testing::HasSubstr(std::string(target.name)));
}

}  // namespace
}  // namespace bibmill::cli

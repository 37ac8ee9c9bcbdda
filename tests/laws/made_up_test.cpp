// The laws over made-up records, one by one and for threads all in a file: as many as BIBMILL_LAW_RECORDS says (200), from the seed BIBMILL_LAW_SEED, for each law and format.
//
// RapidCheck makes the sequences of numbers and shrinks those whose record breaks a law, so that a failure shows a small record and the seed that found it.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bibmill/text/schema.h"
#include "corpus.h"
#include "made_up.h"
#include "pipeline_run.h"
#include "reading_back.h"
#include "support/folder.h"
#include "unclaimed.h"

namespace bibmill::laws {
namespace {

std::string environment(const char* name, const char* otherwise) {
  const char* const value = std::getenv(name);
  return value == nullptr || *value == '\0' ? otherwise : value;
}

/// RapidCheck reads its parameters once, from here.
const bool kParametersAreSet = [] {
  const std::string parameters = fmt::format("max_success={} seed={}", environment("BIBMILL_LAW_RECORDS", "200"), environment("BIBMILL_LAW_SEED", "1948"));
  return setenv("RC_PARAMS", parameters.c_str(), 0) == 0;
}();

std::vector<std::uint16_t> any_numbers() {
  return *rc::gen::withSize([](int size) {
    return rc::gen::resize(2 * size, rc::gen::container<std::vector<std::uint16_t>>(rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint16_t>())));
  });
}

class MadeUp : public testing::TestWithParam<const Format*> {
 protected:
  const Format& target() const { return *GetParam(); }

  /// Holds `law` against records; what it returns is what is wrong with one, or nothing.
  template <class Law>
  void hold(Law&& law) {
    ASSERT_TRUE(kParametersAreSet);
    EXPECT_TRUE(rc::check(std::string(target().id), [&] {
      const std::vector<std::uint16_t> numbers = any_numbers();
      Choices choices(numbers);
      std::vector<Record> records;
      records.push_back(make_up_record(choices, std::make_shared<Arena>(), target()));
      const std::string wrong = law(records);
      if (!wrong.empty()) RC_FAIL(fmt::format("{}\nof the record\n{}", wrong, text::dump(records.front())));
    }));
  }
};

INSTANTIATE_TEST_SUITE_P(Formats, MadeUp, testing::ValuesIn(all_formats().begin(), all_formats().end()), [](const auto& about) { return std::string(about.param->id); });

std::string joined(const std::vector<std::string>& texts, const std::string& written) {
  return texts.empty() ? std::string() : fmt::format("{}\nwritten as\n{}", fmt::join(texts, "\n"), written);
}

TEST_P(MadeUp, NoDifferenceWithoutALine) {
  hold([&](std::vector<Record>& records) -> std::string {
    const Writing writing = write(target(), records);
    const Reading back = read_alone(target(), writing.text);
    if (back.records.size() != 1) return fmt::format("{} records came back of\n{}", back.records.size(), writing.text);
    std::vector<std::string> unsaid = unsaid_differences(records[0], writing.ledgers[0], back.records[0], &target());
    for (std::string& addition : unsaid_additions(records[0], writing.ledgers[0], back.records[0])) unsaid.push_back(std::move(addition));
    return joined(unsaid, writing.text);
  });
}

TEST_P(MadeUp, NoLineWithoutADifference) {
  if (target().carries_always) GTEST_SKIP() << target().id << " carries what it books as lost, and the pipeline asks nothing";
  hold([&](std::vector<Record>& records) -> std::string {
    const Writing writing = write(target(), records);
    const Reading back = read_alone(target(), writing.text);
    if (back.records.size() != 1) return fmt::format("{} records came back of\n{}", back.records.size(), writing.text);
    return joined(false_alarms(records[0], writing.ledgers[0], back.records[0]), writing.text);
  });
}

TEST_P(MadeUp, WritingTwiceChangesNothing) {
  hold([&](std::vector<Record>& records) -> std::string {
    const std::string once = write(target(), records).text;
    Reading back = read_alone(target(), once);
    const std::string twice = write(target(), back.records).text;
    return once == twice ? std::string() : fmt::format("written\n{}\nand again\n{}", once, twice);
  });
}

TEST_P(MadeUp, CarryingGivesTheRecordBack) {
  if (!target().carries_always && !target().carries_on_request) GTEST_SKIP() << target().id << " does not carry";
  WriteOptions carrying;
  carrying.carry = true;
  hold([&](std::vector<Record>& records) -> std::string {
    const std::string there = write(target(), records, carrying).text;
    const Reading back = read_alone(target(), there);
    if (back.records.size() != 1) return fmt::format("{} records came back of\n{}", back.records.size(), there);
    const std::string before = text::dump(records[0]);
    const std::string after = text::dump(back.records[0]);
    return before == after ? std::string() : fmt::format("it came back as\n{}\nfrom\n{}", after, there);
  });
}

TEST_P(MadeUp, EveryByteIsClaimed) {
  if (target().carries_always) GTEST_SKIP() << target().id << " carries the record of another format whole, places and all";
  hold([&](std::vector<Record>& records) -> std::string {
    const std::string text = write(target(), records).text;
    const std::string_view nobodys = unclaimed(target(), text, read(target(), text));
    return nobodys.empty() ? std::string() : fmt::format("nobody claims\n{}\nof\n{}", nobodys, text);
  });
}

TEST_P(MadeUp, PartsGiveTheWhole) {
  hold([&](std::vector<Record>& records) -> std::string {
    records.push_back(clone(records[0], records[0].shared_arena()));
    const std::string text = write(target(), records).text;
    const std::string whole = read(target(), text).dump();
    for (const std::size_t about : {std::size_t{1}, std::size_t{64}})
      if (const std::string parts = read(target(), text, everything(), about).dump(); parts != whole) return fmt::format("in parts of {} bytes\n{}\nbut whole\n{}\nof\n{}", about, parts, whole, text);
    return {};
  });
}

TEST_P(MadeUp, OneAndEightThreadsGiveTheSameBytes) {
  const support::Folder folder;
  const std::filesystem::path input = folder.path() / ("records" + std::string(target().extensions.front()));
  const std::size_t count = std::stoul(environment("BIBMILL_LAW_RECORDS", "200"));
  std::mt19937 numbers(static_cast<std::mt19937::result_type>(std::stoul(environment("BIBMILL_LAW_SEED", "1948"))));
  std::vector<Record> records;
  for (std::size_t at = 0; at < count; ++at) {
    std::vector<std::uint16_t> choices(1 + numbers() % 60);
    for (std::uint16_t& choice : choices) choice = static_cast<std::uint16_t>(numbers());
    Choices read_off(choices);
    records.push_back(make_up_record(read_off, std::make_shared<Arena>(), target()));
  }
  std::ofstream(input, std::ios::binary) << write(target(), records).text;
  const Format& archive = *format_named(all_formats(), "yaml");
  constexpr std::size_t kPart = 4096;
  const Conversion one = convert_files({input}, target(), archive, 1, kPart);
  const Conversion eight = convert_files({input}, target(), archive, 8, kPart);
  EXPECT_FALSE(one.text.empty());
  EXPECT_TRUE(one.text == eight.text);
  EXPECT_TRUE(one.said == eight.said);
}

TEST_P(MadeUp, LossIsPredicted) {
  hold([&](std::vector<Record>& records) -> std::string {
    const Writing writing = write(target(), records);
    return joined(unpredicted_losses(target(), records[0], writing.ledgers[0]), writing.text);
  });
}

}  // namespace
}  // namespace bibmill::laws

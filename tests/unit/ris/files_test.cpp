// What holds for every file: nothing is overlooked, parts of any size give the same, what is written reads as the same, and the books tell the truth.
#include <gtest/gtest.h>

#include <set>

#include "bibmill/text/unicode.h"
#include "support.h"

namespace bibmill::ris::testing {
namespace {

std::vector<std::filesystem::path> all_files() {
  std::vector<std::filesystem::path> files = files_below(fixtures() / "ris");
  for (const auto& folder : {fixtures() / "traps" / "ris", std::filesystem::path(BIBMILL_SAMPLES) / "ris"}) {
    const std::vector<std::filesystem::path> more = files_below(folder);
    files.insert(files.end(), more.begin(), more.end());
  }
  return files;
}

class AnyFile : public ::testing::TestWithParam<std::filesystem::path> {};

INSTANTIATE_TEST_SUITE_P(Ris, AnyFile, ::testing::ValuesIn(all_files()), [](const auto& about) {
  std::string name = about.param.stem().string();
  for (char& c : name)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) c = '_';
  return name;
});

TEST_P(AnyFile, IsRecognised) { EXPECT_GE(format().recognises(text_of(GetParam())), 90); }

TEST_P(AnyFile, NoByteIsOverlooked) {
  const std::string text = text_of(GetParam());
  const Reading reading = read(text);
  const support::Claims claims(reading, text.size());
  ASSERT_TRUE(claims.are_within());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool delimits = std::string_view(" \t\r\n-").find(text[at]) != std::string_view::npos;
    ASSERT_TRUE(claims.has(at) || delimits) << at << ": " << text.substr(at, 60);
  }
}

TEST_P(AnyFile, EveryTextIsWritten) {
  const std::string text = text_of(GetParam());
  const Reading reading = read(text);
  const Writing writing = write(reading);
  // The words of every line, without the blanks between them, stand in the output; tags and types in small letters have become capitals.
  const auto squeezed = [](std::string_view from) {
    std::string to;
    for (const char c : from)
      if (static_cast<unsigned char>(c) > ' ') to += text::ascii_lower(c);
    return to;
  };
  const std::string all = squeezed(writing.text);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    std::string_view line = std::string_view(text).substr(at, end - at);
    at = end + 1;
    const std::size_t dash = line.substr(0, 8).find('-');
    if (dash != std::string_view::npos && dash >= 2) line.remove_prefix(dash + 1);
    EXPECT_NE(all.find(squeezed(line)), std::string::npos) << line;
  }
}

TEST_P(AnyFile, NoLineIsBare) {
  const Writing writing = write(read(text_of(GetParam())));
  bool in_record = false;
  for (std::size_t at = 0; at < writing.text.size();) {
    const std::size_t end = writing.text.find('\n', at);
    ASSERT_NE(end, std::string::npos) << "the last line ends";
    const std::string line = writing.text.substr(at, end - at);
    at = end + 1;
    if (line.starts_with("TY  - ")) in_record = true;
    if (in_record) {
      EXPECT_EQ(line.substr(2, 4), "  - ") << line;
    }
    if (line.starts_with("ER  - ")) in_record = false;
  }
}

TEST_P(AnyFile, WhatIsWrittenReadsAsTheSame) {
  const Reading reading = read(text_of(GetParam()));
  const Writing writing = write(reading);
  const Reading again = read(writing.text);
  ASSERT_EQ(again.records.size(), reading.records.size());
  for (std::size_t at = 0; at < again.records.size(); ++at) {
    if (writing.ledgers[at].complete() && writing.ledgers[at].supplied().empty()) {
      EXPECT_EQ(text::dump(again.records[at]), text::dump(reading.records[at]));
    }
    EXPECT_EQ(again.records[at].items().size(), reading.records[at].items().size());
  }
  EXPECT_EQ(write(again).text, writing.text) << "writing twice changes nothing";
  for (const std::string& remark : writing.remarks()) EXPECT_TRUE(remark.ends_with(": white space") || remark == "supplied type") << remark;
}

TEST_P(AnyFile, PartsOfAnySizeGiveTheSame) {
  const std::string text = text_of(GetParam());
  for (const ReadOptions& options : {raw_and_spans(), everything()}) {
    const std::string whole = read(text, options).dump();
    for (const std::size_t about : {std::size_t{1}, std::size_t{64}, std::size_t{1000}}) EXPECT_EQ(read(text, options, about).dump(), whole) << about;
  }
}

TEST_P(AnyFile, SourceLayoutGivesTheBytesBack) {
  const std::string text = text_of(GetParam());
  WriteOptions options;
  options.layout = Layout::Source;
  EXPECT_EQ(write(read(text, everything()), options).text, text);
}

// ----------------------------------------------------------------------------------------- as if from another format

std::vector<std::string> values_of(const Record& record, Field field) {
  std::vector<std::string> values;
  for_each_entry(record, [&](const Entry& entry) {
    if (entry.field != field || entry.same_as) return;
    std::visit(
        [&](const auto& value) {
          if constexpr (requires { value.list; }) {
            for (const auto& element : value.list) {
              auto one = value;
              one.list = {};
              auto bare = element;
              if constexpr (requires { bare.raw; }) bare.raw = {};
              one.list.push_back(record.arena(), bare);
              values.push_back(text::dump(Value(one)));
            }
          } else {
            values.push_back(text::dump(Value(value)));
          }
        },
        entry.value);
  });
  return values;
}

TEST_P(AnyFile, TheBooksOfOtherRecordsAreTrue) {
  const Reading foreign = estranged(read(text_of(GetParam())));
  const Writing writing = write(foreign);
  const Reading again = read(writing.text);
  ASSERT_EQ(again.records.size(), foreign.records.size());
  for (std::size_t at = 0; at < again.records.size(); ++at) {
    const Record& before = foreign.records[at];
    const Record& after = again.records[at];
    const Ledger& ledger = writing.ledgers[at];
    std::set<Field> lost;
    for (std::size_t item = 0; item < before.items().size(); ++item) {
      const Entry* const entry = std::get_if<Entry>(&before.items()[item]);
      if (entry == nullptr || entry->same_as || ledger.is_exact(item)) continue;
      lost.insert(entry->field);
      EXPECT_NE(promised(format().mappings, entry->field, before.type), Fidelity::Exact) << name_of(entry->field) << " was promised";
    }
    for_each_entry(before, [&](const Entry& entry) {
      if (lost.count(entry.field) == 0 && !entry.same_as) {
        EXPECT_EQ(values_of(after, entry.field), values_of(before, entry.field)) << name_of(entry.field) << "\n" << text::dump(before) << text::dump(after);
      }
    });
    if (!ledger.type_merged()) {
      EXPECT_EQ(name_of(after.type), name_of(before.type));
    }
  }
  EXPECT_EQ(write(again).text, writing.text) << "writing twice changes nothing";
}

TEST_P(AnyFile, CarryingGivesOtherRecordsBack) {
  const Reading foreign = estranged(read(text_of(GetParam())));
  WriteOptions carrying;
  carrying.carry = true;
  const Writing writing = write(foreign, carrying);
  const Reading back = read(writing.text);
  ASSERT_EQ(back.records.size(), foreign.records.size());
  for (std::size_t at = 0; at < back.records.size(); ++at) {
    EXPECT_EQ(text::dump(back.records[at]), text::dump(foreign.records[at]));
    EXPECT_EQ(back.records[at].origin, "other");
  }
}

struct Sample {
  std::string_view name;
  std::size_t records;
};
constexpr Sample kSamples[] = {
    {"asreview-baseline_zotero.ris", 100}, {"asreview-embase.ris", 6},       {"asreview-many-authors.ris", 1},   {"asreview-ovid_psycinfo.ris", 6},
    {"asreview-ovid_zotero.ris", 6},       {"asreview-proquest.ris", 6},     {"asreview-pubmed_endnote.txt", 6}, {"asreview-pubmed_zotero.ris", 6},
    {"asreview-ris_issue_1099.txt", 7},    {"asreview-ris_issue_992.txt", 19}, {"asreview-scopus.ris", 6},       {"asreview-web_of_science.txt", 10},
};

TEST(Samples, HaveAllTheirRecords) {
  const std::filesystem::path folder = std::filesystem::path(BIBMILL_SAMPLES) / "ris";
  if (files_below(folder).empty()) GTEST_SKIP() << "no samples in " << BIBMILL_SAMPLES;
  for (const Sample& sample : kSamples)
    if (std::filesystem::exists(folder / sample.name)) {
      EXPECT_EQ(read(text_of(folder / sample.name)).records.size(), sample.records) << sample.name;
    }
}

}  // namespace
}  // namespace bibmill::ris::testing

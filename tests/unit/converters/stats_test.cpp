// What is counted, once a record each, and the same on any number of threads.
#include "bibmill/stats.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "bibmill/catalogue.h"
#include "support/folder.h"

namespace bibmill {
namespace {

constexpr std::string_view kText =
    "@article{a, title = {One}, journal = {Coastal  Sensing}, year = 2019, doi = {10.5555/1}, issn = {1234-5679}, language = {en}, odd = {x}, odd = {y}}\n"
    "@article{a, title = {Two}, journal = {Coastal Sensing}, date = {2018/2020}, eprint = {1902.99999}, archiveprefix = {arXiv}}\n"
    "@book{b, title = {Three}}\n"
    "@misc{, title = {x}";

Statistics counted_from(std::string_view text, std::size_t threads = 1, std::size_t part_size = Chunker::kPartSize) {
  const support::Folder folder;
  const std::string path = (folder.path() / "a.bib").string();
  std::ofstream(path, std::ios::binary) << text;
  StatsOptions options;
  options.inputs = {path};
  options.formats = all_formats();
  options.threads = threads;
  options.part_size = part_size;
  return count(options);
}

std::uint64_t of(const NameCounts& counts, std::string_view name) {
  for (const NameCounts::Count& one : counts.top())
    if (one.name == name) return one.records;
  return 0;
}

TEST(Stats, CountsRecords) {
  const Statistics found = counted_from(kText);
  EXPECT_EQ(found.records, 4U);
  EXPECT_EQ(found.inputs.at(0).records, 4U);
  EXPECT_GE(found.errors, 1U);
  EXPECT_EQ(of(found.types, "article-journal"), 2U);
  EXPECT_EQ(of(found.types, "book"), 1U);
  EXPECT_EQ(found.years, (std::map<std::int32_t, std::uint64_t>{{2018, 1}, {2019, 1}}));
  EXPECT_EQ(found.without_year, 2U);
  EXPECT_EQ(of(found.languages, "en"), 1U);
  EXPECT_EQ(found.with_field[static_cast<std::size_t>(Field::Title)], 4U);
  EXPECT_EQ(found.with_field[static_cast<std::size_t>(Field::Doi)], 1U);
  EXPECT_EQ(of(found.unmapped, "odd (biblatex)") + of(found.unmapped, "odd (bibtex)"), 1U);
  EXPECT_EQ(of(found.identifiers, "doi"), 1U);
  EXPECT_EQ(of(found.identifiers, "issn"), 1U);
  EXPECT_EQ(of(found.identifiers, "arxiv"), 1U);
  EXPECT_EQ(found.without_identifier, 2U);
  EXPECT_EQ(of(found.containers, "Coastal Sensing"), 2U);
  EXPECT_EQ(found.repeated_keys, 1U);
  EXPECT_EQ(found.without_key, 1U);
}

TEST(Stats, AreTheSameOnAnyNumberOfThreadsAndParts) {
  std::string text;
  for (int number = 0; number < 500; ++number) text += "@article{k" + std::to_string(number % 300) + ", journal = {J" + std::to_string(number % 7) + "}, year = " + std::to_string(1990 + number % 30) + "}\n";
  const Statistics one = counted_from(text);
  const Statistics many = counted_from(text, 4, 1000);
  EXPECT_EQ(one.records, 500U);
  EXPECT_EQ(one.repeated_keys, 200U);
  EXPECT_EQ(many.records, one.records);
  EXPECT_EQ(many.repeated_keys, one.repeated_keys);
  EXPECT_EQ(many.years, one.years);
  EXPECT_EQ(of(many.containers, "J3"), of(one.containers, "J3"));
}

TEST(Stats, TellOnlySoManyNamesApart) {
  NameCounts counts;
  for (std::size_t number = 0; number < NameCounts::kMostNames + 5; ++number) counts.add(std::to_string(number));
  counts.add("0");
  EXPECT_EQ(counts.size(), NameCounts::kMostNames);
  EXPECT_EQ(counts.others(), 5U);
  EXPECT_EQ(counts.top(2).size(), 2U);
  EXPECT_EQ(counts.top(2)[0].name, "0");
}

}  // namespace
}  // namespace bibmill

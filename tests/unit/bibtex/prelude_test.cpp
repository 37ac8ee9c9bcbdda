// When a record needs something from elsewhere, and when it is known without asking.
#include "prelude.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "workbench.h"

namespace bibmill::bibtex {
namespace {

/// Counts who asks.
class CountingPrelude final : public Prelude {
 public:
  explicit CountingPrelude(std::shared_ptr<const Prelude> real) : real_(std::move(real)) {}
  const Prelude& made() const override {
    ++asked_;
    return real_->made();
  }
  int asked() const { return asked_; }

 private:
  std::shared_ptr<const Prelude> real_;
  mutable int asked_ = 0;
};

struct Asking {
  Reading reading;
  int asked = 0;
};

Asking read_counting(std::string_view text) {
  ReadOptions options;
  const std::unique_ptr<LookAhead> ahead = bibtex_format().make_look_ahead(options);
  const Source source{"test"};
  do {
    ahead->scan(source, text, 0);
  } while (ahead->again());
  const auto counting = std::make_shared<CountingPrelude>(ahead->finish());
  options.prelude = counting;
  Asking asking{support::read_alone(bibtex_format(), text, options), 0};
  asking.asked = counting->asked();
  return asking;
}

TEST(Preludes, AreAskedForOnlyWhereARecordNeedsOne) {
  EXPECT_EQ(read_counting("@misc{a, title = {T}, month = jan}\n@misc{A, note = {xdata is a word}}\n@comment{@string{x = {y}}}\n").asked, 0);
  EXPECT_EQ(read_counting("@string{x = {y}}\n@misc{a, title = {T}}\n").asked, 0);
  EXPECT_EQ(read_counting("@misc{a, title = x}\n").asked, 1);
  EXPECT_EQ(read_counting("@string{x = {y}}\n@misc{a, month = jan}\n").asked, 1);
  EXPECT_EQ(read_counting("@misc{a, CrossRef = {b}}\n").asked, 1);
  EXPECT_EQ(read_counting("@misc{a, author = {xdata=b-author}}\n").asked, 1);
  EXPECT_EQ(read_counting("@string{x = {xdata=b-author}}\n@misc{a, author = x}\n@xdata{b, author = {Roe, Ann}}\n").reading.records[0].get<Field::Author>()->list[0].family, "Roe");
}

TEST(Preludes, KnowNothingOfKeysThatStandTwice) {
  const Asking asking = read_counting("@misc{a}\n@xdata{b}\n@misc{B, title = {T}}\n");
  EXPECT_EQ(asking.asked, 0);
  EXPECT_EQ(asking.reading.complaints(), "warning bibtex/repeated-key\n");
}

/// The first source ends with an entry that is too large, of which no part comes: what stood before it is not told of the second.
TEST(Followers, DoNotTakeOneSourceForAnother) {
  const std::unique_ptr<PartScan> follower = bibtex_format().make_follower({});
  follower->scan_to_cut(Source{"first"}, "% words before it\n@misc{a, title = {", 0);
  constexpr std::string_view kText = "@book{b, title = {B}}\n@book{c, title = {C}}\n";
  const Source second{"second"};
  Foregoing foregoing;
  follower->scan(second, kText, 0);
  follower->tell(foregoing);
  Reading reading;
  Part part = reading.part(kText);
  part.foregoing = &foregoing;
  bibtex_format().make_reader({})->read(second, part, reading, reading.diagnostics);
  EXPECT_EQ(reading.records.size(), 2U);
}

TEST(Months, AreMonthsUntilAStringMakesSomethingElseOfThem) {
  const Reading reading = read("@misc{a, note = jan}\n@string{jan = {Hartung}}\n@misc{b, note = jan}\n", bibtex_format(), {false, true, 0});
  EXPECT_EQ(reading.complaints(), "");
  EXPECT_EQ(reading.records[0].get<Field::Note>()->text(), "January");
  EXPECT_EQ(reading.records[1].get<Field::Note>()->text(), "Hartung");
  const Reading inherited = read("@misc{a, crossref = {b}}\n@misc{b, month = jan}\n@string{jan = {Hartung}}\n", bibtex_format(), {false, true, 0});
  EXPECT_EQ(inherited.complaints(), "");
}

}  // namespace
}  // namespace bibmill::bibtex

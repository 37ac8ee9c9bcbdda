// Chromium shows the page of `check --format html`: its counts, its pictures and its filter by rule, without asking anybody for anything.
#include <gtest/gtest.h>

#include <cstddef>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "client.h"

namespace bibmill::interop {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBibliography =
    "@article{lind2019, author = {Lind, Oda}, title = {Counting kelp & more}, journal = {Coastal Sensing}, year = 2019, pages = {238--211}}\n"
    "@article{berg2021, author = {Berg, Nils}, title = {Tides & seas}, journal = {Coast}, year = 2021}\n"
    "@misc{moe, author = {Moe, Ida}, title = {Shelf and slope}}\n";

std::size_t count(std::string_view text, std::string_view piece) {
  std::size_t times = 0;
  for (std::size_t at = text.find(piece); at != std::string_view::npos; at = text.find(piece, at + 1)) ++times;
  return times;
}

class Chromium : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_installed("chromium")) GTEST_SKIP() << "chromium is not installed";
    const fs::path input = scratch_file("refs.bib");
    std::ofstream(input, std::ios::binary) << kBibliography;
    const Outcome outcome = run(std::string(BIBMILL_BINARY) + " check --quiet --format html " + quoted(input) + " > page.html");
    ASSERT_EQ(outcome.status, 1) << outcome.output;
  }

  static fs::path page() { return scratch_file("page.html"); }

  /// The page as it stands once its script has run.
  static std::string dom(const fs::path& page, const std::string& fragment = {}) {
    const Outcome outcome =
        run("HOME=. timeout 120 chromium --headless --no-sandbox --disable-gpu --virtual-time-budget=2000 --user-data-dir=profile --dump-dom 'file://" + page.string() + fragment + "' 2> chromium.log");
    EXPECT_EQ(outcome.status, 0) << outcome.output.substr(0, 2000);
    return outcome.output;
  }

  /// A copy of the page that says in its title how many things it had to fetch.
  static std::string fetched(const std::string& addition) {
    std::ifstream in(page(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const fs::path copy = scratch_file("copy.html");
    std::ofstream(copy, std::ios::binary) << text << addition
                                          << "<script>addEventListener('load', () => { document.title = 'fetched ' + performance.getEntriesByType('resource').length; });</script>";
    const std::string shown = dom(copy);
    const std::size_t at = shown.find("<title>fetched ");
    return at == std::string::npos ? shown.substr(0, 500) : shown.substr(at + 7, shown.find('<', at + 7) - at - 7);
  }
};

TEST_F(Chromium, ShowsCountsAndPictures) {
  const std::string shown = dom(page());
  EXPECT_NE(shown.find("<div><b>3</b>records</div>"), std::string::npos);
  EXPECT_NE(shown.find("<div class=\"warning\"><b>3</b>warnings</div>"), std::string::npos);
  EXPECT_NE(shown.find("class=\"place\">3 of 3</span>"), std::string::npos) << "the script has counted";
  EXPECT_NE(shown.find("aria-label=\"2 of 3 records\""), std::string::npos) << "two have a journal and a year";
  EXPECT_NE(shown.find("<title>2019: 1</title>"), std::string::npos);
  EXPECT_EQ(count(shown, "<article "), 3U);
  EXPECT_EQ(count(shown, " hidden=\"\""), 0U);
}

TEST_F(Chromium, FiltersByTheRuleOfTheAddress) {
  const std::string shown = dom(page(), "#text/unescaped-ampersand");
  EXPECT_NE(shown.find("class=\"place\">2 of 3</span>"), std::string::npos);
  EXPECT_EQ(count(shown, " hidden=\"\""), 1U);
  EXPECT_NE(shown.find("<article data-code=\"integrity/pages-backwards\" data-severity=\"warning\" hidden=\"\">"), std::string::npos);
  EXPECT_NE(dom(page(), "#no/such-rule").find("class=\"place\">3 of 3</span>"), std::string::npos);
}

TEST_F(Chromium, AsksNobodyForAnything) {
  EXPECT_EQ(fetched({}), "fetched 0");
  EXPECT_EQ(fetched("<img src=\"http://127.0.0.1:9/none.png\">"), "fetched 1") << "what is fetched is counted";
}

}  // namespace
}  // namespace bibmill::interop

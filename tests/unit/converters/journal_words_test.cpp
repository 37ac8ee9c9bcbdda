// Titles of journals, word by word; and how often that is right.
#include "journal_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "csv.h"
#include "support/files.h"

namespace bibmill {
namespace {

std::string short_of(std::string_view title) {
  static const JournalWords kWords;
  return kWords.abbreviate(title).value_or("?");
}

TEST(JournalWords, AbbreviateTheWordsOfATitle) {
  EXPECT_EQ(short_of("Biotechnology advances"), "Biotechnol. Adv.");
  EXPECT_EQ(short_of("The Journal of the American Chemical Society"), "J. Am. Chem. Soc.");
  EXPECT_EQ(short_of("Revue d'histoire de la pharmacie"), "Rev. Hist. Pharm.");
  EXPECT_EQ(short_of("Annales de chimie appliqu\xC3\xA9" "e"), "Ann. Chim. Appl.");
}

TEST(JournalWords, LeaveTitlesOfOneWordAndWhatNobodyAbbreviates) {
  EXPECT_EQ(short_of("nature"), "Nature");
  EXPECT_EQ(short_of("Zhonghua (Beijing)"), "Zhonghua");
  EXPECT_EQ(short_of("Zhi wu bao hu xue bao"), "Zhi Wu Bao Hu Xue Bao");
}

TEST(JournalWords, KnowWhereATitleEnds) {
  EXPECT_EQ(short_of("Brain research : an international journal"), "Brain Res.");
  EXPECT_EQ(short_of("Annals of medicine. Annali di medicina"), "Ann. Med.");
  EXPECT_EQ(short_of("Journal of biology. Series B: Cells"), "J. Biol. B");
  EXPECT_EQ(short_of("Bulletin. American Chemical Society"), "Bull. Am. Chem. Soc.");
  EXPECT_EQ(short_of("A. M. A. journal of medicine"), "AMA J. Med.");
}

TEST(JournalWords, DoNotGuess) {
  EXPECT_EQ(short_of("Journal of Quuxology"), "?");
  EXPECT_EQ(short_of("J. Am. Chem. Soc."), "?");
  EXPECT_EQ(short_of("Nat Med"), "?");
  EXPECT_EQ(short_of("J Am Chem Soc"), "J Am Chem Soc");
  EXPECT_EQ(short_of(""), "?");
}

/// "J. Biol" and "J Biol." are one.
std::string without_dots(std::string text) {
  std::replace(text.begin(), text.end(), '.', ' ');
  text.erase(std::unique(text.begin(), text.end(), [](char a, char b) { return a == ' ' && b == ' '; }), text.end());
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

bool is_among(const std::string& found, std::string_view forms) {
  for (std::size_t at = 0; at <= forms.size();) {
    const std::size_t end = std::min(forms.find('|', at), forms.size());
    if (without_dots(std::string(forms.substr(at, end - at))) == found) return true;
    at = end + 1;
  }
  return false;
}

TEST(JournalWords, AreRightInTheHalfThatWasNotCounted) {
  std::size_t titles = 0;
  std::size_t answered = 0;
  std::size_t exact = 0;
  for (const char* const name : {"entrez.csv", "general.csv"}) {
    const std::filesystem::path path = support::samples() / "journals" / name;
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path;
    const std::string text = support::bytes_of(path);
    std::size_t row = 0;
    for (std::string_view rest = text; !rest.empty();) {
      const std::vector<std::string> fields = take_csv_row(rest, ',');
      if (fields.size() < 2 || fields[0].empty() || fields[1].empty() || row++ % 2 == 0) continue;
      ++titles;
      const std::string found = short_of(fields[0]);
      if (found == "?") continue;
      ++answered;
      exact += is_among(without_dots(found), fields[1]) ? 1 : 0;
    }
  }
  const double share = static_cast<double>(answered) / static_cast<double>(titles);
  const double right = static_cast<double>(exact) / static_cast<double>(answered);
  RecordProperty("answered", fmt::format("{:.3f} of {}", share, titles));
  RecordProperty("exact", fmt::format("{:.3f}", right));
  EXPECT_GE(share, 0.69);
  EXPECT_GE(right, 0.81);
}

}  // namespace
}  // namespace bibmill

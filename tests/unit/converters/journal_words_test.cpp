// Titles of journals, word by word; and how often that is right.
#include "journal_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "csv.h"
#include "support/files.h"

namespace bibmill {
namespace {

const JournalWords& table() {
  static const JournalWords kWords;
  return kWords;
}

std::string short_of(std::string_view title, JournalStyle style = JournalStyle::Iso4) {
  const std::optional<TitleByWords> answer = table().abbreviate(title, style);
  return answer ? answer->text : "?";
}

std::string nlm(std::string_view title) { return short_of(title, JournalStyle::Nlm); }

TEST(JournalWords, AbbreviateTheWordsOfATitle) {
  EXPECT_EQ(short_of("Biotechnology advances"), "Biotechnol. Adv.");
  EXPECT_EQ(short_of("The Journal of the American Chemical Society"), "J. Am. Chem. Soc.");
  EXPECT_EQ(short_of("Revue d'histoire de la pharmacie"), "Rev. hist. pharm.");
  EXPECT_EQ(short_of("Annales de chimie appliqu\xC3\xA9" "e"), "Ann. chim. appl.");
  EXPECT_EQ(nlm("Annales de chimie appliqu\xC3\xA9" "e"), "Ann. Chim. Appl.");
}

TEST(JournalWords, LeaveTitlesOfOneWordAndWhatNobodyAbbreviates) {
  EXPECT_EQ(short_of("nature"), "Nature");
  EXPECT_EQ(nlm("The Lancet"), "Lancet");
  EXPECT_EQ(nlm("Zhonghua (Beijing)"), "Zhonghua");
  EXPECT_EQ(short_of("Zhi wu bao hu xue bao"), "Zhi Wu Bao Hu Xue Bao");
  EXPECT_EQ(short_of("Physica D"), "Physica D");
}

TEST(JournalWords, KnowWhereATitleEnds) {
  EXPECT_EQ(nlm("Brain research : an international journal"), "Brain Res.");
  EXPECT_EQ(nlm("Annals of medicine. Annali di medicina"), "Ann. Med.");
  EXPECT_EQ(nlm("Journal of biology. Series B: Cells"), "J. Biol. B");
  EXPECT_EQ(nlm("Journal of biology. Part B, Cells"), "J. Biol. B Cells");
  EXPECT_EQ(nlm("Bulletin. American Chemical Society"), "Bull. Am. Chem. Soc.");
  EXPECT_EQ(nlm("Journal of psychology. Human perception"), "J. Psychol. Hum. Percept.");
  EXPECT_EQ(nlm("Annals of medicine. American Medical Society"), "Ann. Med.");
  EXPECT_EQ(nlm("A. M. A. journal of medicine"), "AMA J. Med.");
  EXPECT_EQ(nlm("Ethics news (Eastern ed.)"), "Ethics News (East. Ed)");
}

TEST(JournalWords, KeepSectionsPlacesAndHyphensByIso4) {
  EXPECT_EQ(short_of("Journal of Zoology (London)"), "J. Zool. (London)");
  EXPECT_EQ(short_of("Physics Letters, Section A: General Physics"), "Phys. Lett., Sect. A: Gen. Phys.");
  EXPECT_EQ(short_of("Annual Review of Ecology, Evolution, and Systematics"), "Annu. Rev. Ecol. Evol. Syst.");
  EXPECT_EQ(short_of("Anti-Infective Agents"), "Anti-Infect. Agents");
  EXPECT_EQ(nlm("Anti-infective agents"), "Anti Infect. Agents");
}

TEST(JournalWords, KnowCommonWordsOfTheListOfTitleWords) {
  EXPECT_EQ(short_of("IEEE Transactions on Pattern Analysis and Machine Intelligence"), "IEEE Trans. Pattern Anal. Mach. Intell.");
  EXPECT_EQ(short_of("Journal of Machine Learning Research"), "J. Mach. Learn. Res.");
  EXPECT_EQ(short_of("International Journal for Numerical Methods in Engineering"), "Int. J. Numer. Methods Eng.");
  EXPECT_EQ(short_of("Proceedings of the National Academy of Sciences of the United States of America"), "Proc. Natl. Acad. Sci. U. S. A.");
  EXPECT_EQ(short_of("Geography of North America"), "Geogr. North Am.");
}

TEST(JournalWords, KeepSectionsBehindAColon) {
  EXPECT_EQ(nlm("Journal of Physics: Condensed Matter"), "J. Phys. Condens. Matter");
  EXPECT_EQ(nlm("Journal of Geophysical Research: Oceans"), "J. Geophys. Res. Oceans");
  EXPECT_EQ(nlm("Physiology: an international journal"), "Physiology");
  EXPECT_EQ(nlm("Journal of Kelp: Journal of the Kelp Society"), "J. Kelp");
}

TEST(JournalWords, GoAsWordsLikeThem) {
  const std::optional<TitleByWords> known = table().abbreviate("Journal of biology", JournalStyle::Nlm);
  const std::optional<TitleByWords> unknown = table().abbreviate("Journal of quuxology", JournalStyle::Nlm);
  ASSERT_TRUE(known && unknown);
  EXPECT_EQ(known->sure, 1);
  EXPECT_EQ(unknown->text, "J. Quuxol.");
  EXPECT_LT(unknown->sure, 1);
}

TEST(JournalWords, LeaveWhatIsShort) {
  EXPECT_EQ(short_of("J. Am. Chem. Soc."), "?");
  EXPECT_EQ(short_of("J. Quux."), "?");
  EXPECT_EQ(nlm("St. Mary's Hospital gazette"), "St Marys Hosp. Gaz.");
  EXPECT_EQ(nlm("Journal. National Malaria Society"), "J. Natl. Malar. Soc.");
  EXPECT_EQ(short_of("Nat Med"), "?");
  EXPECT_EQ(short_of("J Am Chem Soc"), "?");
  EXPECT_EQ(short_of("Q. Seasons"), "?");
  EXPECT_EQ(short_of("Life Sci. Space Res."), "?");
  EXPECT_EQ(short_of("Methods (Oxford, U. K.)"), "?");
  EXPECT_EQ(nlm("Z Kunstgesch"), "?");
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

struct Measured {
  std::size_t titles = 0;
  std::size_t exact = 0;
  std::size_t answered = 0;  ///< where the step answers without words=all
  std::size_t answered_exact = 0;
};

/// Every other row of a list, the half that was not counted.
Measured measured(const std::string& text, JournalStyle style) {
  Measured measured;
  std::size_t row = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const std::vector<std::string> fields = take_csv_row(rest, ',');
    if (fields.size() < 2 || fields[0].empty() || fields[1].empty() || row++ % 2 == 0) continue;
    ++measured.titles;
    const std::optional<TitleByWords> answer = table().abbreviate(fields[0], style);
    if (!answer) continue;
    const bool is_exact = is_among(without_dots(answer->text), fields[1]);
    measured.exact += is_exact ? 1 : 0;
    if (answer->sure < kSureTitle) continue;
    ++measured.answered;
    measured.answered_exact += is_exact ? 1 : 0;
  }
  return measured;
}

TEST(JournalWords, AreRightInTheHalfThatWasNotCounted) {
  Measured all;
  for (const auto& [name, style] : {std::pair{"entrez.csv", JournalStyle::Nlm}, std::pair{"general.csv", JournalStyle::Iso4}}) {
    const std::filesystem::path path = support::samples() / "journals" / name;
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path;
    const Measured one = measured(support::bytes_of(path), style);
    RecordProperty(fmt::format("exact in {}", name), fmt::format("{:.3f} of {}", static_cast<double>(one.exact) / static_cast<double>(one.titles), one.titles));
    all = {all.titles + one.titles, all.exact + one.exact, all.answered + one.answered, all.answered_exact + one.answered_exact};
  }
  const auto titles = static_cast<double>(all.titles);
  const double exact = static_cast<double>(all.exact) / titles;
  const double answered = static_cast<double>(all.answered) / titles;
  const double answered_exact = static_cast<double>(all.answered_exact) / static_cast<double>(all.answered);
  RecordProperty("exact", fmt::format("{:.4f} of {}", exact, all.titles));
  RecordProperty("answered", fmt::format("{:.4f}, exact {:.4f}", answered, answered_exact));
  EXPECT_GE(exact, 0.745);
  EXPECT_GE(answered, 0.86);
  EXPECT_GE(answered_exact, 0.805);
}

}  // namespace
}  // namespace bibmill

// Names of journals: which may be one journal's.
#include <gtest/gtest.h>

#include "journal_names.h"

#include "bibmill/text/rich_text.h"

namespace bibmill {
namespace {

std::string names_of(std::string_view written) {
  Record record(std::make_shared<Arena>());
  record.add(Field::ContainerTitle, RichText::of(record.arena(), record.arena().copy(written)));
  return container_names(record);
}

bool may_be_one(std::string_view a, std::string_view b) {
  const bool one = may_be_one_journal(names_of(a), names_of(b));
  EXPECT_EQ(may_be_one_journal(names_of(b), names_of(a)), one) << a << " | " << b << ", the other way round";
  return one;
}

TEST(JournalNames, AbbreviationsInitialsAndSubtitlesMayBeTheSame) {
  constexpr std::pair<std::string_view, std::string_view> kSame[] = {
      {"N Engl J Med", "The New England journal of medicine"},
      {"N. Engl. J. Med.", "NEJM"},
      {"NEJM", "New England Journal of Medicine"},
      {"BMJ", "British Medical Journal"},
      {"Br. Med. J.", "BMJ (Clinical research ed.)"},
      {"J. Phys. Chem. B", "The journal of physical chemistry. B"},
      {"J Phys Chem B", "Journal of Physical Chemistry B: Biophysical Chemistry"},
      {"Phys. Rev. B", "Physical Review B: Condensed Matter"},
      {"Chest", "Chest: official publication of the American College of Chest Physicians"},
      {"Clin Infect Dis", "Clinical infectious diseases : an official publication of the Infectious Diseases Society of America"},
      {"JAMA", "JAMA : the journal of the American Medical Association"},
      {"JAMA", "Journal of the American Medical Association"},
      {"Proc Natl Acad Sci U S A", "Proceedings of the National Academy of Sciences of the United States of America"},
      {"PNAS", "Proceedings of the National Academy of Sciences of the United States of America"},
      {"Proc. Natl. Acad. Sci.", "Proceedings of the National Academy of Sciences of the United States of America"},
      {"Philos Trans R Soc Lond B Biol Sci", "Philosophical Transactions of the Royal Society B: Biological Sciences"},
      {"Spine", "Spine (Phila Pa 1976)"},
      {"Medicine (Baltimore)", "Medicine (United States)"},
      {"The Lancet. Oncology", "Lancet Oncol"},
      {"AJR Am J Roentgenol", "American Journal of Roentgenology"},
      {"Dtsch Med Wochenschr", "Deutsche medizinische Wochenschrift"},
      {"Z. Phys.", "Zeitschrift f\xC3\xBCr Physik"},
      {"C. R. Acad. Sci.", "Comptes rendus de l\xE2\x80\x99" "Acad\xC3\xA9mie des Sciences"},
      {"British journal of haematology", "Br J Hematol"},
      {"JOURNAL OF PHYSICS-CONDENSED MATTER", "Journal of physics : Condensed matter"},
      {"Zhonghua wei zhong bing ji jiu yi xue = Chinese critical care medicine", "Chinese Critical Care Medicine"},
      {"Anesthesia & Analgesia", "Anesthesia and analgesia"},
      {"Rev. Mod. Phys.", "Reviews of Modern Physics"},
      {"IEEE Trans. Pattern Anal. Mach. Intell.", "IEEE Transactions on Pattern Analysis and Machine Intelligence"},
      {"Biometrika", ""},
  };
  for (const auto& [a, b] : kSame) EXPECT_TRUE(may_be_one(a, b)) << a << " | " << b;
}

TEST(JournalNames, OthersAreNot) {
  constexpr std::pair<std::string_view, std::string_view> kDifferent[] = {
      {"Chinese Journal of Asthma", "Tianjin Medicine"},
      {"Chest", "Thorax"},
      {"Lancet", "The Lancet Oncology"},
      {"BMJ", "BMJ Open"},
      {"BMJ", "Systematic Reviews"},
      {"Nature", "Nature Medicine"},
      {"Cell", "Cell Reports"},
      {"Circulation", "Circulation: Heart Failure"},
      {"Physical Review A", "Physical Review B"},
      {"Phys Rev D", "Phys Rev E"},
      {"J Phys Chem A", "The journal of physical chemistry. B"},
      {"Journal of Asthma", "Chinese Journal of Asthma"},
      {"Journal of Clinical Investigation", "Journal of Clinical Oncology"},
      {"Nutrition Journal", "Journal of Nutrition"},
      {"Heart", "Health"},
      {"Blood", "Brain"},
  };
  for (const auto& [a, b] : kDifferent) EXPECT_FALSE(may_be_one(a, b)) << a << " | " << b;
}

TEST(JournalNames, BooksShareWords) {
  EXPECT_TRUE(may_be_one_book(names_of("Handbook of tides"), names_of("A handbook of tides, second edition")));
  EXPECT_FALSE(may_be_one_book(names_of("Handbook of tides"), names_of("Kelp and its uses")));
}

}  // namespace
}  // namespace bibmill

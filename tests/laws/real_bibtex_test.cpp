// The laws over real bibliographies: those that come with TeX Live, from forty years and many hands. Skipped where they are not installed.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "bibmill/catalogue.h"
#include "unclaimed.h"

namespace bibmill::laws {
namespace {

namespace fs = std::filesystem;

/// Where Debian has TeX Live's tree; its documentation hangs below it.
const fs::path kTexmf = "/usr/share/texlive/texmf-dist";

std::vector<fs::path> real_files() {
  std::vector<fs::path> files;
  if (!fs::exists(kTexmf)) return files;
  for (const char* const part : {"bibtex/bib", "doc"}) {
    std::error_code ignored;
    for (const auto& entry : fs::recursive_directory_iterator(kTexmf / part, fs::directory_options::follow_directory_symlink, ignored))
      if (entry.path().extension() == ".bib" && entry.is_regular_file(ignored)) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

const Format& format_of(std::string_view text) {
  const Format& bibtex = *format_named(all_formats(), "bibtex");
  const Format& biblatex = *format_named(all_formats(), "biblatex");
  const std::string_view head = text.substr(0, std::size_t{64} << 10);
  return biblatex.recognises(head) > bibtex.recognises(head) ? biblatex : bibtex;
}

class RealBibtex : public testing::Test {
 protected:
  void SetUp() override {
    if (files_.empty()) GTEST_SKIP() << "no .bib files below " << kTexmf << "; Debian's texlive-bibtex-extra has them";
  }
  const std::vector<fs::path> files_ = real_files();
};

TEST_F(RealBibtex, LosesNothingInReading) {
  for (const fs::path& file : files_) {
    const std::string text = text_of(Document{file, nullptr});
    const Format& format = format_of(text);
    EXPECT_EQ(unclaimed(format, text, read(format, text)), "") << file;
  }
}

TEST_F(RealBibtex, ComesBackInItsOwnDialectAndStaysSo) {
  for (const fs::path& file : files_) {
    const std::string text = text_of(Document{file, nullptr});
    const Format& format = format_of(text);
    const Reading first = read_alone(format, text);
    const Writing once = write(format, first);
    for (const Ledger& ledger : once.ledgers) EXPECT_TRUE(ledger.complete()) << file << ": " << ledger.record().key;
    const Reading second = read_alone(format, once.text);
    EXPECT_EQ(second.records.size(), first.records.size()) << file;
    EXPECT_TRUE(write(format, second).text == once.text) << file;
  }
}

TEST_F(RealBibtex, IsAFixedPointInTheOtherDialect) {
  for (const fs::path& file : files_) {
    const std::string text = text_of(Document{file, nullptr});
    const Format& format = format_of(text);
    const Format& other = *format_named(all_formats(), format.id == "bibtex" ? "biblatex" : "bibtex");
    const Reading first = read(format, text);
    const Writing once = write(other, first);
    const Reading second = read_alone(other, once.text);
    EXPECT_EQ(second.records.size(), first.records.size()) << file;
    EXPECT_TRUE(write(other, second).text == once.text) << file;
  }
}

}  // namespace
}  // namespace bibmill::laws

// Expectations: each fixture has the dump of its records beside it, so that a field read as an extra, or not at all, is seen.
//
// refs.ris is expected to read as refs.ris.dump says: what the reader had to say, then every record and every text between records. With
// BIBMILL_BLESS=1 in the environment the file is written instead; read it before it is committed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "corpus.h"

namespace bibmill::laws {
namespace {

namespace fs = std::filesystem;

std::vector<Document> documents_with_expectations() {
  std::vector<Document> documents = fixtures();
  const std::vector<Document> more = traps();
  documents.insert(documents.end(), more.begin(), more.end());
  return documents;
}

/// Diagnostics with their places in the text, then what was read.
std::string expectation(const std::string& text, const Reading& reading) {
  std::string all;
  LineCounter lines;
  lines.next(text);
  for (const Diagnostic& diagnostic : reading.diagnostics.list) {
    const Position at = lines.position(diagnostic.span.begin);
    all += std::to_string(at.line) + ":" + std::to_string(at.column) + ": " + std::string(name_of(diagnostic.severity)) + ": " + diagnostic.message + " [" +
           std::string(diagnostic.code) + "]\n";
  }
  return all + reading.dump();
}

class Expectation : public testing::TestWithParam<Document> {};

INSTANTIATE_TEST_SUITE_P(Documents, Expectation, testing::ValuesIn(documents_with_expectations()),
                         [](const auto& about) { return test_name(about.param.name()); });

TEST_P(Expectation, IsWhatIsRead) {
  const std::string text = text_of(GetParam());
  const std::string found = expectation(text, read(*GetParam().format, text));
  const fs::path path = GetParam().path.string() + ".dump";
  if (std::getenv("BIBMILL_BLESS") != nullptr) {
    std::ofstream(path, std::ios::binary) << found;
    GTEST_SKIP() << path << " was written; read it before it is committed";
  }
  ASSERT_TRUE(fs::exists(path)) << "no expectation; BIBMILL_BLESS=1 writes one";
  EXPECT_EQ(found, support::bytes_of(path));
}

}  // namespace
}  // namespace bibmill::laws

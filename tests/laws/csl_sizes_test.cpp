// Large and deep texts of CSL-JSON and YAML, made as they are read: an array of 200 MB takes no more memory than one of 2 MB, and a record of 50 MB is
// one record.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "corpus.h"
#include "peak.h"
#include "support/folder.h"

namespace bibmill::laws {
namespace {

constexpr std::size_t kItem = 8000;                  // about what an item below has
constexpr long kSlack = 4096;                        // KiB
constexpr std::size_t kSmall = 2'000'000 / kItem;    // items of 2 MB
constexpr std::size_t kLarge = 200'000'000 / kItem;  // items of 200 MB
constexpr std::size_t kLargeYaml = 20'000'000 / kItem;

/// Writes `count` items with abstracts, by awk: `item` is its format of one, which takes a number and an abstract.
std::string items(std::size_t count, const std::string& begin, const std::string& item, const std::string& between, const std::string& end) {
  const std::string number = std::to_string(count);
  return "awk 'BEGIN { abstract = sprintf(\"%" + std::to_string(kItem - 100) + "s\", \"\"); gsub(/ /, \"w\", abstract); printf \"" + begin + "\"; for (i = 0; i < " +
         number + "; ++i) printf \"%s" + item + "\", i ? \"" + between + "\" : \"\", i, abstract; printf \"" + end + "\" }'";
}

std::string array(std::size_t count) {
  return items(count, "[", R"({\"id\":\"i%d\",\"type\":\"book\",\"abstract\":\"%s\"})", R"(,\n)", R"(]\n)");
}
std::string lines(std::size_t count) { return items(count, "", R"({\"id\":\"i%d\",\"type\":\"book\",\"abstract\":\"%s\"})", R"(\n)", R"(\n)"); }
std::string list(std::size_t count) { return items(count, R"(references:\n)", R"(- id: i%d\n  type: book\n  abstract: %s\n)", "", ""); }

Peak converting(const std::string& source, const std::string& format, const std::string& options = {}) {
  const Peak peak =
      peak_of(source + " | " + BIBMILL_BINARY + " convert --quiet --losses=none --jobs 1 --from " + format + " --to csljson " + options + " - -o /dev/null 2>/dev/null");
  EXPECT_EQ(peak.status, 0) << format;
  return peak;
}

class CslSizes : public testing::Test {
 protected:
  void SetUp() override {
#ifdef BIBMILL_SANITIZED
    GTEST_SKIP() << "sanitizers keep books of their own";
#endif
  }

  /// What bibmill makes of a text: its exit code and what it wrote.
  std::pair<int, std::string> converted(const std::string& name, const std::string& text) const {
    const std::string input = folder_.file(name, text);
    const std::string output = folder_.path("out.json");
    const Peak peak = peak_of(std::string(BIBMILL_BINARY) + " convert --quiet --losses=none --to csljson '" + input + "' -o '" + output + "' 2>/dev/null");
    EXPECT_LT(peak.kib, 8 * 64 * 1024) << name;
    return {peak.status, support::bytes_of(output)};
  }

  support::Folder folder_;
};

TEST_F(CslSizes, AnArrayOf200MegabytesIsReadInThePlaceOf2) {
  EXPECT_LE(converting(array(kLarge), "csljson").kib, converting(array(kSmall), "csljson").kib + kSlack);
}

TEST_F(CslSizes, SoAreLines) { EXPECT_LE(converting(lines(kLarge), "csljson", "--ndjson").kib, converting(lines(kSmall), "csljson", "--ndjson").kib + kSlack); }

TEST_F(CslSizes, SoIsAListOfYaml) { EXPECT_LE(converting(list(kLargeYaml), "yaml").kib, converting(list(kSmall), "yaml").kib + kSlack); }

TEST_F(CslSizes, AStringOf50MegabytesIsOneValue) {
  const std::string text(50'000'000, 'x');
  const auto [status, output] = converted("string.json", R"([{"id":"a","type":"book","title":")" + text + R"("},{"id":"b","type":"book"}])");
  EXPECT_EQ(status, 0);
  EXPECT_NE(output.find(text), output.npos);
  EXPECT_NE(output.find(R"("id": "b")"), output.npos);
}

TEST_F(CslSizes, TenThousandBracketsCostNoOtherItem) {
  const std::string deep = std::string(10'000, '[') + std::string(10'000, ']');
  const auto [status, output] = converted("deep.json", R"([{"id":"a","type":"book","x":)" + deep + R"(},{"id":"b","type":"book"}])");
  EXPECT_EQ(status, 1);
  EXPECT_NE(output.find(R"("id": "b")"), output.npos);
  const auto [yaml_status, yaml_output] = converted("deep.yaml", "- id: a\n  type: book\n  x: " + deep + "\n- id: b\n  type: book\n");
  EXPECT_EQ(yaml_status, 1);
  EXPECT_NE(yaml_output.find(R"("id": "b")"), yaml_output.npos);
}

}  // namespace
}  // namespace bibmill::laws

// PlainParser: what it takes it sees as libxml2 does, and what is not plain it leaves alone.
#include "plain.h"

#include <gtest/gtest.h>

#include <random>

#include "bibmill/text/encoding.h"
#include "judge.h"
#include "scan.h"
#include "support.h"

namespace bibmill::pubmed::testing {
namespace {

std::size_t plain_size(std::string_view text) {
  PlainParser parser;
  Tree tree;
  return parser.parse(text, tree);
}

TEST(Plain, IsTaken) {
  constexpr std::string_view kTaken[] = {
      "<PubmedArticle><PMID Version=\"1\">1</PMID></PubmedArticle>",
      "<a >\n <b\tc = 'd' e=\"'\"/>text</a\n>",
      "<a>&lt;&#955;&#x3bb;&amp; ] ]> ]]</a>",
      "<a b='&quot;&#10;\n>'>x > y</a>",
      "<a.b-c_1><_d/></a.b-c_1>",
      "<a>\xEF\xBC\xA1 \xEF\xBF\xBD</a>",  // U+FF21 and U+FFFD
  };
  for (const std::string_view text : kTaken) {
    EXPECT_EQ(plain_size(text), text.size()) << text;
    EXPECT_EQ(plain_size(std::string(text) + "<next/>"), text.size()) << text;
    EXPECT_EQ(difference_from_libxml2(text), "") << text;
  }
}

TEST(Plain, EverythingElseIsLeftToLibxml2) {
  constexpr std::string_view kLeft[] = {
      "<a><!-- --></a>",          "<a><![CDATA[x]]></a>",     "<a><?x y?></a>",         "<a>]]></a>",
      "<a>&eacute;</a>",          "<a>& b</a>",               "<a>&#0;</a>",            "<a>&#xFFFE;</a>",
      "<a b='<'/>",               "<a b='&c;'>x</a>",         "<a b='1' b='2'>x</a>",   "<a b=1>x</a>",
      "<a b>x</a>",               "<a b='1'c='2'>x</a>",      "<m:a>x</m:a>",           "<a m:b='1'>x</a>",
      "<a xmlns='u'>x</a>",       "<a>x</b>",                 "<a>x</a",                "<a>x",
      "<a",                       "<a/>",                     "<PMID><PMID>x</PMID></PMID>",        "<\xC3\xA9>x</\xC3\xA9>",
      "<a>\x01</a>",              "<a>\xEF\xBF\xBE</a>",      "<a b='\xEF\xBF\xBF'>x</a>", "< a>x</a>",
      "<a></a b='1'>",            "<1>x</1>",                 "",                       "<",
      "</a>",                     "a>x</a>",
  };
  for (const std::string_view text : kLeft) EXPECT_EQ(plain_size(text), 0U) << text;
  std::string deep;
  for (std::size_t depth = 0; depth <= kMaxDepth; ++depth) deep += "<b" + std::to_string(depth) + ">";
  EXPECT_EQ(plain_size(deep), 0U);
}

/// Every place where a record may begin.
template <class Visit>
void for_each_record(std::string_view text, Visit&& visit) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1))
    if (Scanner(text, at).stands_at_record()) visit(text.substr(at));
}

std::vector<std::filesystem::path> every_file() {
  std::vector<std::filesystem::path> files = files_below(fixtures());
  for (const auto& file : files_below(samples() / "pubmed")) files.push_back(file);
  return files;
}

TEST(Plain, SeesWhatLibxml2SeesInEveryFile) {
  std::size_t records = 0;
  std::size_t plain = 0;
  for (const auto& file : every_file()) {
    const std::string text = text::decode(contents(file));
    for_each_record(text, [&](std::string_view record) {
      ++records;
      plain += plain_size(record) > 0 ? 1U : 0U;
      EXPECT_EQ(difference_from_libxml2(record), "") << file;
    });
  }
  EXPECT_GT(plain * 2, records) << "most records are plain: " << plain << " of " << records;
}

TEST(Plain, SeesWhatLibxml2SeesInMutatedFiles) {
  constexpr std::string_view kPieces[] = {"<",      ">",     "&",      "&amp;", "&#65;", "/",    "\"",  "'",   "=",   " ",
                                          "\n",     "]]>",   "<!--",   "-->",   "<b/>",  "</b>", "x:",  "\x01", "a='1'", "\xEF\xBF\xBE",
                                          "<?p?>",  "&#xD800;", "</",   "/>",    "xmlns='u'", "\xC3\xA9"};
  std::mt19937 random(20250101);
  std::size_t taken = 0;
  for (const auto& file : every_file()) {
    const std::string text = text::decode(contents(file)).substr(0, 20'000);
    for (int round = 0; round < 60; ++round) {
      std::string mutated = text;
      for (std::size_t changes = 1 + random() % 3; changes > 0 && !mutated.empty(); --changes) {
        const std::size_t at = random() % mutated.size();
        const std::string_view piece = kPieces[random() % std::size(kPieces)];
        if (random() % 3 == 0)
          mutated.erase(at, 1 + random() % 3);
        else
          mutated.insert(at, piece);
      }
      mutated = text::decode(mutated);
      for_each_record(mutated, [&](std::string_view record) {
        taken += plain_size(record) > 0 ? 1U : 0U;
        EXPECT_EQ(difference_from_libxml2(record), "") << file << " round " << round;
      });
    }
  }
  EXPECT_GT(taken, 1000U);
}

}  // namespace
}  // namespace bibmill::pubmed::testing

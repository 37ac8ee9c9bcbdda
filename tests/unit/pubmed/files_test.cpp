// What holds for every file of PubMed XML: it comes back, what is written is valid, canonical form reads as the same, parts of any size give the same, and no byte
// is overlooked.
#include <gtest/gtest.h>
#include <libxml/c14n.h>
#include <libxml/parser.h>

#include <cctype>
#include <cstdlib>
#include <regex>

#include "bibmill/text/encoding.h"
#include "places.h"
#include "support.h"

namespace bibmill::pubmed::testing {
namespace {

std::vector<std::filesystem::path> all_files() {
  std::vector<std::filesystem::path> files = files_below(fixtures() / "pubmed");
  for (const auto& folder : {fixtures() / "traps" / "pubmed", samples() / "pubmed"})
    for (const auto& file : files_below(folder)) files.push_back(file);
  return files;
}

bool is_trap(const std::filesystem::path& file) { return file.parent_path().parent_path().filename() == "traps"; }

/// The DTD of 2025 is what these files were written for.
bool is_of_2025(std::string_view text) {
  return text.find("pubmed_250101.dtd") != std::string_view::npos && text.find("MedlineCitationSet") == std::string_view::npos;
}

std::string text_of(const std::filesystem::path& file) { return text::decode(contents(file)); }

struct PubmedFile : ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(PubmedFile, IsRecognised) { EXPECT_GE(format().recognises(text_of(GetParam()).substr(0, 65536)), 60); }

TEST_P(PubmedFile, EachRecordComesBackAsItStood) {
  const std::string text = text_of(GetParam());
  const Reading reading = read(text);
  ASSERT_FALSE(reading.records.empty());
  const std::string written = write(reading.records).text;
  const std::vector<std::string_view> codes = reading.codes();
  const bool unknown_entity = std::find(codes.begin(), codes.end(), "pubmed/unknown-entity") != codes.end();
  for (const Record& record : reading.records) {
    if (unknown_entity) break;
    EXPECT_NE(written.find(text.substr(record.span.begin, record.span.size())), std::string::npos);
  }
  for (const Ledger& ledger : write(reading.records).ledgers) EXPECT_TRUE(ledger.complete());
}

TEST_P(PubmedFile, CanonicalFormReadsAsTheSame) {
  const Reading reading = read(text_of(GetParam()));
  const Writing canonical = write(reading.records, Layout::Canonical);
  const Reading again = read(canonical.text);
  ASSERT_EQ(again.records.size(), reading.records.size());
  for (std::size_t at = 0; at < again.records.size(); ++at) {
    Record expected = reading.records[at];
    Record found = again.records[at];
    expected.layout = found.layout = {};
    EXPECT_EQ(text::dump(found), text::dump(expected));
  }
  EXPECT_EQ(write(again.records, Layout::Canonical).text, canonical.text) << "writing twice changes nothing";
  for (const Ledger& ledger : canonical.ledgers) {
    std::vector<Loss> losses;
    ledger.losses(losses);
    EXPECT_TRUE(losses.empty());
    EXPECT_TRUE(ledger.supplied().empty()) << ledger.supplied()[0].what;
  }
}

TEST_P(PubmedFile, CanonicalFormHasNoLayout) {
  const Reading again = read(write(read(text_of(GetParam())).records, Layout::Canonical).text);
  for (const Record& record : again.records) EXPECT_EQ(record.layout, "");
}

TEST_P(PubmedFile, PartsOfAnySizeGiveTheSame) {
  const std::string text = text_of(GetParam());
  const Reading whole = read(text);
  for (const std::size_t about : {std::size_t{1}, std::size_t{64}, std::size_t{5000}}) {
    const Reading parts = read(text, everything(), about);
    EXPECT_EQ(dump(parts.records), dump(whole.records)) << about;
    EXPECT_EQ(parts.codes(), whole.codes()) << about;
    ASSERT_EQ(parts.extras.size(), whole.extras.size()) << about;
    for (std::size_t at = 0; at < parts.extras.size(); ++at) EXPECT_EQ(parts.extras[at].raw, whole.extras[at].raw);
  }
}

TEST_P(PubmedFile, WithoutRawTextTheValuesAreTheSame) {
  const std::string text = text_of(GetParam());
  const Reading full = read(text);
  const Reading plain = read(text, ReadOptions{});
  ASSERT_EQ(plain.records.size(), full.records.size());
  for (std::size_t at = 0; at < plain.records.size(); ++at) {
    ASSERT_EQ(plain.records[at].items().size(), full.records[at].items().size());
    for (std::size_t item = 0; item < plain.records[at].items().size(); ++item) {
      const Entry* const a = std::get_if<Entry>(&plain.records[at].items()[item]);
      const Entry* const b = std::get_if<Entry>(&full.records[at].items()[item]);
      ASSERT_EQ(a == nullptr, b == nullptr);
      if (a == nullptr) continue;
      EXPECT_TRUE(same_content(a->value, b->value));
      EXPECT_EQ(a->raw, "");
    }
  }
}

/// Markup outside of records and white space are the only bytes that no span holds.
TEST_P(PubmedFile, NoByteIsOverlooked) {
  const std::string text = text_of(GetParam());
  const Reading reading = read(text);
  const support::Claims claims(reading, text.size());
  ASSERT_TRUE(claims.are_within());
  for (const Record& record : reading.records) {
    std::string overlooked;
    for (std::uint64_t at = record.span.begin; at < record.span.end; ++at)
      if (!claims.has(at) && static_cast<unsigned char>(text[at]) > ' ') overlooked += text[at];
    EXPECT_EQ(overlooked, "");
  }
}

// ------------------------------------------------------------------------------------------------------------ canonical XML

/// White-space-only text between elements goes, which no reader sees.
void drop_layout(xmlNode* node) {
  const NameId name = find_name(reinterpret_cast<const char*>(node->name));
  const bool mixed = name == kUnknownName || kElements[name].content == Content::Text || kElements[name].content == Content::Mixed;
  for (xmlNode* child = node->children; child != nullptr;) {
    xmlNode* const next = child->next;
    if (child->type == XML_ELEMENT_NODE) {
      drop_layout(child);
    } else if (!mixed && xmlIsBlankNode(child) != 0) {
      xmlUnlinkNode(child);
      xmlFreeNode(child);
    }
    child = next;
  }
}

/// What `xmllint --c14n` gives of a document without its DOCTYPE and without layout; empty where it is no XML.
std::string canonical_xml(const std::string& text) {
  xmlDoc* const doc = xmlReadMemory(text.data(), static_cast<int>(text.size()), "test.xml", nullptr, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (doc == nullptr) return {};
  if (xmlDtd* const dtd = xmlGetIntSubset(doc)) {
    xmlUnlinkNode(reinterpret_cast<xmlNode*>(dtd));
    xmlFreeDtd(dtd);
  }
  drop_layout(xmlDocGetRootElement(doc));
  xmlChar* bytes = nullptr;
  const int size = xmlC14NDocDumpMemory(doc, nullptr, XML_C14N_1_0, nullptr, 1, &bytes);
  std::string canonical(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(std::max(size, 0)));
  xmlFree(bytes);
  xmlFreeDoc(doc);
  return canonical;
}

/// One set of everything: documents that follow each other, records without a set, sets of citations. `loose`: without PubmedArticle around citations.
std::string as_one_set(const std::string& text, bool loose) {
  static const std::regex kAround(R"(<\?xml[^>]*\?>|<!DOCTYPE[^>\[]*(\[[^\]]*\])?[^>]*>|</?(PubmedArticleSet|MedlineCitationSet|PubmedBookArticleSet|BookDocumentSet)[^>]*>)");
  static const std::regex kArticle("</?PubmedArticle>");
  std::string inner = std::regex_replace(text, kAround, "");
  if (loose) inner = std::regex_replace(inner, kArticle, "");
  return "<PubmedArticleSet>" + inner + "</PubmedArticleSet>";
}

/// The law of source layout: an unchanged file is the same XML afterwards, and so it is in canonical form.
TEST_P(PubmedFile, IsTheSameXmlAfterwards) {
  const std::string text = text_of(GetParam());
  const Reading reading = read(text);
  const bool loose = text.find("<PubmedArticle>") == std::string::npos;
  const std::string before = canonical_xml(as_one_set(text, loose));
  if (before.empty()) GTEST_SKIP() << "no XML without its entities";
  EXPECT_EQ(canonical_xml(as_one_set(written_again(reading, Layout::Source), loose)), before);
  EXPECT_EQ(canonical_xml(as_one_set(written_again(reading, Layout::Canonical), loose)), before) << "in canonical form";
}

// --------------------------------------------------------------------------------------------------------------- xmllint

bool has_xmllint() { return std::system("command -v xmllint >/dev/null 2>&1") == 0; }
std::filesystem::path dtd() { return samples() / "schemas" / "pubmed_250101.dtd"; }

std::filesystem::path saved(const std::string& text, std::string_view name) {
  const std::filesystem::path path = std::filesystem::path(::testing::TempDir()) / ("bibmill_" + std::string(name));
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

bool is_valid(const std::string& text, const std::string& name) {
  const auto file = saved(text, name + ".xml");
  const std::string command =
      "xmllint --noout --nonet --dtdvalid " + dtd().string() + " " + file.string() + " >" + file.string() + ".log 2>&1";
  const bool valid = std::system(command.c_str()) == 0;
  if (!valid) std::fputs(contents(file.string() + ".log").substr(0, 4000).c_str(), stderr);
  std::filesystem::remove(file);
  std::filesystem::remove(file.string() + ".log");
  return valid;
}

std::string name_of_file(const std::filesystem::path& path) {
  std::string name = path.parent_path().parent_path().filename().string() + "_" + path.parent_path().filename().string() + "_" +
                     path.stem().string();
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return name;
}

TEST_P(PubmedFile, IsValidWhenWritten) {
  if (!has_xmllint() || !std::filesystem::exists(dtd())) GTEST_SKIP() << "needs xmllint and " << dtd();
  const std::string text = text_of(GetParam());
  const Reading reading = read(text);
  const std::string name = name_of_file(GetParam());
  if (is_of_2025(text) && !is_trap(GetParam())) {
    EXPECT_TRUE(is_valid(write(reading.records, Layout::Source, format().mappings, reading.extras).text, name));
    EXPECT_TRUE(is_valid(write(reading.records, Layout::Canonical, format().mappings, reading.extras).text, name));
  }
  // As if another format had read it: fillers stand for all that the DTD demands.
  std::vector<Record> foreign = reading.records;
  for (Record& record : foreign) record.origin = "another";
  EXPECT_TRUE(is_valid(write(foreign).text, name));
  // And with nothing but a title.
  for (Record& record : foreign) {
    Record bare = clone(record, std::make_shared<Arena>());
    bare.remove_if([](const Item& item) {
      const Entry* const entry = std::get_if<Entry>(&item);
      return entry == nullptr || entry->field != Field::Title;
    });
    record = bare;
  }
  EXPECT_TRUE(is_valid(write(foreign).text, name));
}

std::string name_of_case(const ::testing::TestParamInfo<std::filesystem::path>& info) { return name_of_file(info.param); }

INSTANTIATE_TEST_SUITE_P(All, PubmedFile, ::testing::ValuesIn(all_files()), name_of_case);

TEST(Samples, ArePresent) {
  if (files_below(samples() / "pubmed").empty()) GTEST_SKIP() << "no samples of PubMed XML in " << samples();
}

}  // namespace
}  // namespace bibmill::pubmed::testing

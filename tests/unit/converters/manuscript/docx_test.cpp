// Citations in documents of Word, and archives that mean harm.
#include "manuscript/docx.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bibmill/errors.h"
#include "bibmill/text/unicode.h"
#include "harness.h"
#include "manuscript/manuscript.h"
#include "support/files.h"

namespace bibmill {
namespace {

using mock::Folder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string number(std::uint64_t value, int size) {
  std::string bytes;
  for (int at = 0; at < size; ++at) bytes += static_cast<char>(value >> (8 * at));
  return bytes;
}

std::uint32_t checksum_of(std::string_view text) {
  std::uint32_t crc = 0xffffffffU;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
  }
  return ~crc;
}

/// What an archive's directory says of its member, where it does not say the truth.
struct Lies {
  std::uint64_t method = 0;
  std::uint64_t flags = 0;
  std::uint64_t size = 0;  // more than there is
  std::uint64_t offset = 0;
  std::uint32_t checksum = 0;  // to turn it by
};

/// An archive with one member, as it is.
std::string zip_of(std::string_view name, std::string_view content, const Lies& lies = {}) {
  const std::string sizes = number(content.size(), 4) + number(content.size() + lies.size, 4) + number(name.size(), 2);
  const std::string common = number(20, 2) + number(lies.flags, 2) + number(lies.method, 2) + number(0, 4) + number(checksum_of(content) ^ lies.checksum, 4) + sizes;
  const std::string member = "PK\3\4" + common + number(0, 2) + std::string(name) + std::string(content);
  const std::string entry = "PK\1\2" + number(20, 2) + common + number(0, 2) + number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(lies.offset, 4) + std::string(name);
  return member + entry + "PK\5\6" + number(0, 4) + number(1, 2) + number(1, 2) + number(entry.size(), 4) + number(member.size(), 4) + number(0, 2);
}

constexpr std::string_view kMain = "word/document.xml";

std::string document(std::string_view body) {
  return fmt::format(R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>)", body);
}

Manuscript read(std::string_view bytes) {
  const Folder folder;
  return read_manuscripts({folder.file("a.docx", bytes)}, {});
}

std::string refusal(std::string_view bytes) {
  try {
    read(bytes);
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

std::vector<std::string> works_of(std::string_view producer) {
  std::vector<std::string> works;
  for (const Citation& citation : read_manuscripts({(support::fixtures() / "docx" / producer / "paper.docx").string()}, {}).citations) works.push_back(fmt::format("{} [{}]", citation.key, fmt::join(citation.names, " ")));
  return works;
}

TEST(Docx, ReadsTheFieldsOfZotero) {
  EXPECT_THAT(works_of("zotero"), ElementsAre("quist2019 [quist2019 doi:10.5555/tides.2019 http://zotero.org/users/1/items/ITEM0001]", "Lind 2020: Sand on the move along sheltered shores [http://zotero.org/users/1/items/ITEM0002]",
                                              "Nobody 1999: A paper that no library holds [http://zotero.org/users/1/items/ITEM0003]"));
}

TEST(Docx, ReadsTheFieldsAndControlsOfMendeley) {
  EXPECT_THAT(works_of("mendeley"), ElementsAre("Lind 2020: Sand on the move along sheltered shores [http://www.mendeley.com/documents/?uuid=11111111-2222-3333-4444-000000000001]",
                                                "Oduya 2021: Measuring mud & other soft grounds [doi:10.5555/mud.2021 http://www.mendeley.com/documents/?uuid=11111111-2222-3333-4444-000000000002]"));
}

TEST(Docx, ReadsTheFieldsOfEndnote) {
  EXPECT_THAT(works_of("endnote"), ElementsAre("Quist 2019: Tides in small harbours [doi:10.5555/tides.2019 RN7]", "Oduya 2021: Measuring mud & other soft grounds [doi:10.5555/mud.2021 RN8]"));
}

TEST(Docx, TellsWhatAFieldSaysOfTheWork) {
  std::vector<CitedWork> works;
  ASSERT_TRUE(read_citation_items(R"({"citationItems":[{"id":"ITEM-1","itemData":{"type":"book","title":"T","author":[{"literal":"A Body"}],"issued":{"raw":"2011-03"},"PMID":"123","ISBN":"978-3-16-148410-0"}}]})", works));
  const Citation citation = citation_of(works.at(0));
  EXPECT_EQ(citation.key, "A Body 2011: T");
  EXPECT_THAT(citation.names, ElementsAre("pmid:123"));
  EXPECT_EQ(citation.work->type, Type::Book);
  EXPECT_EQ(citation.work->get<Field::Issued>()->from.year, 2011);
}

TEST(Docx, TitlesComeWithoutTheirMarkup) {
  std::vector<CitedWork> works;
  ASSERT_TRUE(read_citation_items(R"({"citationItems":[{"itemData":{"title":"Effects of CO<sub>2</sub> and <i>E. coli</i> where p < 5","container-title":"<i>Kelp</i> & Co"}}]})", works));
  EXPECT_EQ(works.at(0).title, "Effects of CO2 and E. coli where p < 5");
  EXPECT_EQ(works.at(0).container, "Kelp & Co");
}

TEST(Docx, TellsFieldsThatItCannotRead) {
  const std::string fields = R"(<w:fldSimple w:instr=" ADDIN ZOTERO_ITEM CSL_CITATION {broken "/><w:fldSimple w:instr=" ADDIN EN.CITE &lt;EndNote>&lt;Cite>"/><w:fldSimple w:instr=" PAGE "/><w:fldSimple w:instr=" ADDIN EN.REFLIST "/>)";
  const Manuscript manuscript = read(zip_of(kMain, document(fields)));
  ASSERT_EQ(manuscript.remarks.size(), 2U);
  EXPECT_EQ(manuscript.remarks[0].diagnostic.code, "cited/unreadable-field");
  EXPECT_THAT(manuscript.remarks[1].diagnostic.message, HasSubstr("EndNote in word/document.xml"));
  EXPECT_THAT(read(zip_of("word/document2.xml", document(""))).citations, IsEmpty());
}

TEST(Docx, RefusesWhatIsNoDocument) {
  EXPECT_THAT(refusal("PK and nothing else"), HasSubstr("no directory"));
  EXPECT_THAT(refusal(""), HasSubstr("no directory"));
  EXPECT_THAT(refusal(zip_of("../../etc/passwd", "x")), HasSubstr("no document of Word"));
  EXPECT_THAT(refusal(zip_of(kMain, "<a><b></a>")), HasSubstr("word/document.xml"));
  EXPECT_THAT(refusal(zip_of(kMain, "")), HasSubstr("word/document.xml"));
}

TEST(Docx, RefusesArchivesThatLie) {
  const std::string text = document("");
  EXPECT_THAT(refusal(zip_of(kMain, text, {.flags = 1})), HasSubstr("encrypted"));
  EXPECT_THAT(refusal(zip_of(kMain, text, {.method = 12})), HasSubstr("not known"));
  EXPECT_THAT(refusal(zip_of(kMain, text, {.size = 5})), HasSubstr("two sizes"));
  EXPECT_THAT(refusal(zip_of(kMain, text, {.method = 8, .size = 5})), HasSubstr("damaged"));
  EXPECT_THAT(refusal(zip_of(kMain, text, {.method = 8, .size = 100'000'000})), HasSubstr("more than 200 times"));
  EXPECT_THAT(refusal(zip_of(kMain, text, {.method = 8, .size = 4'000'000'000})), HasSubstr("larger than"));
  EXPECT_THAT(refusal(zip_of(kMain, text, {.offset = 7})), HasSubstr("does not stand"));
  EXPECT_THAT(refusal(zip_of(kMain, text, {.offset = 4'000'000'000})), HasSubstr("ends too early"));
  EXPECT_THAT(refusal(zip_of(kMain, text, {.checksum = 1})), HasSubstr("damaged"));
}

TEST(Docx, RefusesDocumentTypesAndTheirEntities) {
  EXPECT_THAT(refusal(zip_of(kMain, R"(<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>)")), HasSubstr("declares a document type"));
  std::string deep;
  for (int level = 0; level < 1000; ++level) deep += "<a>";
  EXPECT_NE(refusal(zip_of(kMain, deep)), "");
}

TEST(Docx, ReadsEveryBeginningOfAnArchiveWithoutHarm) {
  const std::string bytes = support::bytes_of(support::fixtures() / "docx/endnote/paper.docx");
  for (std::size_t size = 0; size < bytes.size(); size += 97) EXPECT_NE(refusal(bytes.substr(0, size)), "") << size;
}

TEST(Docx, DecodesBase64) {
  EXPECT_EQ(decode_base64("VGlk\nZXM="), "Tides");
  EXPECT_EQ(decode_base64("VGlk*"), "");
}

}  // namespace
}  // namespace bibmill

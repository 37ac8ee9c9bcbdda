// Identifiers: every written form to the bare one, and check digits.
#include "bibmill/text/identifiers.h"

#include <gtest/gtest.h>

#include <string>

namespace bibmill::text {
namespace {

struct IdentifierRow {
  const char* written;
  const char* bare;
};

TEST(Doi, ComesOutOfEveryForm) {
  constexpr IdentifierRow kRows[] = {
      {"10.1000/ABC_d", "10.1000/ABC_d"},
      {"https://doi.org/10.1000/ABC_d", "10.1000/ABC_d"},
      {"http://dx.doi.org/10.1000/abc", "10.1000/abc"},
      {"http://www.doi.org/10.1000/abc", "10.1000/abc"},
      {"HTTPS://DOI.ORG/10.1000/abc", "10.1000/abc"},
      {"doi.org/10.1000/abc", "10.1000/abc"},
      {"doi:10.1000/abc", "10.1000/abc"},
      {"DOI: 10.1000/abc", "10.1000/abc"},
      {"DOI 10.1000/abc.", "10.1000/abc"},
      {"doi: https://doi.org/10.1000/abc", "10.1000/abc"},
      {"info:doi/10.1000/abc", "10.1000/abc"},
      {"urn:doi:10.1000/abc", "10.1000/abc"},
      {"<https://doi.org/10.1000/abc>", "10.1000/abc"},
      {" 10.1000/abc ", "10.1000/abc"},
      {"https://doi.org/10.1000%2Fa%3Cb%3E", "10.1000/a<b>"},
      {"10.1000/a%2Fb", "10.1000/a%2Fb"},
      {"https://doi.org/10.1000/a%", "10.1000/a%"},
      {"https://doi.org/10.1000/a%00%0A", "10.1000/a%00%0A"},
      {"https://doi.org/10.1000/a%FF", "10.1000/a%FF"},
      {"10.1000.10/abc", "10.1000.10/abc"},
      {"10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
       "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"},
      {"https://doi.org/10.1002/(SICI)1097-4571(199806)49:8%3C693::AID-ASI4%3E3.0.CO;2-O",
       "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"},
      {"10.1016/S0140-6736(05)12345-6", "10.1016/S0140-6736(05)12345-6"},
      {"10.1016/0140(05)", "10.1016/0140(05)"},
      {"10.1000/abc),", "10.1000/abc"},
      {"10.1000/abc", "10.1000/abc"},
      {"", ""},
      {"doi:", ""},
      {"10.1000", ""},
      {"10.1000/", ""},
      {"10.1000/...", ""},
      {"10.10/abc", ""},
      {"11.1000/abc", ""},
      {"10.1000/a b", ""},
      {"https://example.org/10.1000/abc", ""},
      {"https://example.org/doi/10.1000/abc", ""},
  };
  for (const IdentifierRow& row : kRows) {
    Arena arena;
    EXPECT_EQ(doi_from(arena, row.written), row.bare) << row.written;
  }
}

TEST(Doi, IsFoundInRunningText) {
  constexpr IdentifierRow kRows[] = {
      {"J Neurooncol. 2022 Apr;157(2):249-269. doi: 10.1007/s11060-022-03977-x. Epub 2022 Mar 4.", "10.1007/s11060-022-03977-x"},
      {"(see 10.1000/abc), and", "10.1000/abc"},
      {"see <https://doi.org/10.1000/abc>.", "10.1000/abc"},
      {"10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
       "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"},
      {"at 10.5 and 10.1000/abc", "10.1000/abc"},
      {"pp. 110.1000/abc", ""},
      {"10.", ""},
      {"", ""},
  };
  for (const IdentifierRow& row : kRows) EXPECT_EQ(find_doi(row.written), row.bare) << row.written;
}

TEST(Doi, IsFoundInLinearTime) {
  for (const char* const piece : {"10.", "10.1000/", "10.1000 ", "(10.1000/", "10.1000."}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    EXPECT_LE(find_doi(text).size(), text.size());
  }
}

TEST(Doi, DoesNotDependOnCase) {
  EXPECT_TRUE(same_doi("10.1056/NEJMoa1413513", "10.1056/nejmoa1413513"));
  EXPECT_FALSE(same_doi("10.1056/NEJMoa1413513", "10.1056/NEJMoa1413514"));
}

TEST(Pmid, ComesOutOfEveryForm) {
  constexpr IdentifierRow kRows[] = {
      {"35244835", "35244835"},
      {"PMID: 35244835", "35244835"},
      {"PMID:35244835.", "35244835"},
      {"PMID35244835", "35244835"},
      {"PM:35244835", "35244835"},
      {"https://pubmed.ncbi.nlm.nih.gov/35244835/", "35244835"},
      {"https://pubmed.ncbi.nlm.nih.gov/35244835/?dopt=Abstract", "35244835"},
      {"http://www.ncbi.nlm.nih.gov/pubmed/35244835", "35244835"},
      {"https://example.org/35244835", ""},
      {"35244835x", ""},
      {"12345678901", ""},
      {"PMC35244835", ""},
      {"", ""},
  };
  for (const IdentifierRow& row : kRows) EXPECT_EQ(pmid_from(row.written), row.bare) << row.written;
}

TEST(Pmcid, ComesOutOfEveryForm) {
  constexpr IdentifierRow kRows[] = {
      {"PMC8944300", "PMC8944300"},
      {"pmc8944300", "PMC8944300"},
      {"8944300", "PMC8944300"},
      {"PMCID: PMC8944300", "PMC8944300"},
      {"PMC 8944300", "PMC8944300"},
      {"PMC8944300.2", "PMC8944300"},
      {"https://www.ncbi.nlm.nih.gov/pmc/articles/PMC8944300/", "PMC8944300"},
      {"https://pmc.ncbi.nlm.nih.gov/articles/PMC8944300/?report=reader", "PMC8944300"},
      {"NIHMS8944300", ""},
      {"PMC", ""},
      {"PMC12x", ""},
  };
  for (const IdentifierRow& row : kRows) {
    Arena arena;
    EXPECT_EQ(pmcid_from(arena, row.written), row.bare) << row.written;
  }
}

TEST(SerialNumbers, HaveOneForm) {
  Arena arena;
  EXPECT_EQ(issn_from(arena, "1097-4172"), "1097-4172");
  EXPECT_EQ(issn_from(arena, "10974172"), "1097-4172");
  EXPECT_EQ(issn_from(arena, "ISSN: 2434-561x"), "2434-561X");
  EXPECT_EQ(issn_from(arena, "1097-41720"), "");
  EXPECT_EQ(issn_from(arena, "109-74172"), "");
  EXPECT_EQ(isbn_from(arena, "978-3-16-148410-0"), "978-3-16-148410-0");
  EXPECT_EQ(isbn_from(arena, "ISBN-13: 978 3 16 148410 0"), "978-3-16-148410-0");
  EXPECT_EQ(isbn_from(arena, "0-8044-2957-x"), "0-8044-2957-X");
  EXPECT_EQ(isbn_from(arena, "0306406152"), "0306406152");
  EXPECT_EQ(isbn_from(arena, "1234567890123"), "");
  EXPECT_EQ(isbn_from(arena, "1097-4172"), "");
}

TEST(SerialNumbers, AreToldByShape) {
  constexpr IdentifierRow kRows[] = {
      {"0028-0836", "issn 0028-0836"},
      {"0028-0836 (Print) 1476-4687 (Electronic)", "issn 0028-0836 print, issn 1476-4687 electronic"},
      {"0028-0836; 1476-4687", "issn 0028-0836, issn 1476-4687"},
      {"978-0-306-40615-7; 0-306-40615-2", "isbn 978-0-306-40615-7, isbn 0-306-40615-2"},
      {"ISBN-13: 9780306406157 ISBN-10: 0306406152", "isbn 9780306406157, isbn 0306406152"},
      {"978 0 306 40615 7", "isbn 978-0-306-40615-7"},
      {"9780306406157 (hardback)", "isbn 9780306406157 hardback"},
      {"0028-0836 and 12", ""},
      {"USDL-26-0599", ""},
      {"0028-0836 (Print", ""},
      {"", ""},
  };
  for (const IdentifierRow& row : kRows) {
    Arena arena;
    List<Identifier> list;
    EXPECT_EQ(read_serial_numbers(arena, row.written, list), *row.bare != '\0') << row.written;
    std::string dump;
    for (const Identifier& identifier : list) {
      if (!dump.empty()) dump += ", ";
      dump.append(identifier.scheme).append(" ").append(identifier.value);
      if (!identifier.qualifier.empty()) dump.append(" ").append(identifier.qualifier);
    }
    EXPECT_EQ(dump, row.bare) << row.written;
  }
}

TEST(Orcid, ComesOutOfEveryForm) {
  constexpr IdentifierRow kRows[] = {
      {"0000-0002-1825-0097", "0000-0002-1825-0097"},
      {"0000000218250097", "0000-0002-1825-0097"},
      {"http://orcid.org/0000000218250097", "0000-0002-1825-0097"},
      {"https://orcid.org/0000-0002-1825-0097/", "0000-0002-1825-0097"},
      {"orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"},
      {"ORCID: 0000-0002-1825-0097", "0000-0002-1825-0097"},
      {"0000-0002-1825-009", ""},
      {"0000-0002-1825-00970", ""},
      {"https://example.org/0000-0002-1825-0097", ""},
  };
  for (const IdentifierRow& row : kRows) {
    Arena arena;
    EXPECT_EQ(orcid_from(arena, row.written), row.bare) << row.written;
  }
}

TEST(Arxiv, ComesOutOfEveryForm) {
  constexpr struct {
    const char* written;
    const char* id;
    const char* version;
    const char* archive;
  } kRows[] = {
      {"2101.00001", "2101.00001", "", ""},
      {"0704.0001", "0704.0001", "", ""},
      {"arXiv:2101.00001v2 [cs.CL]", "2101.00001", "2", "cs.CL"},
      {"arXiv 2101.00001", "2101.00001", "", ""},
      {"hep-th/9901001", "hep-th/9901001", "", ""},
      {"math.GT/0309136v1", "math.GT/0309136", "1", ""},
      {"https://arxiv.org/abs/2101.00001v12", "2101.00001", "12", ""},
      {"http://arxiv.org/pdf/2101.00001.pdf", "2101.00001", "", ""},
      {"https://arxiv.org/abs/hep-th/9901001?context=x", "hep-th/9901001", "", ""},
      {"2101.001", "", "", ""},
      {"2101.00001v", "", "", ""},
      {"10.48550/arXiv.2101.00001", "", "", ""},
      {"hep-th/990100", "", "", ""},
  };
  for (const auto& row : kRows) {
    const ArxivId arxiv = arxiv_from(row.written);
    EXPECT_EQ(arxiv.id, row.id) << row.written;
    EXPECT_EQ(arxiv.version, row.version) << row.written;
    EXPECT_EQ(arxiv.archive, row.archive) << row.written;
  }
}

TEST(Nct, ComesOutOfEveryForm) {
  Arena arena;
  EXPECT_EQ(nct_from(arena, "nct00000102"), "NCT00000102");
  EXPECT_EQ(nct_from(arena, "https://clinicaltrials.gov/ct2/show/NCT00000102"), "NCT00000102");
  EXPECT_EQ(nct_from(arena, "https://www.clinicaltrials.gov/study/NCT00000102?tab=results"), "NCT00000102");
  EXPECT_EQ(nct_from(arena, "NCT0000010"), "");
  EXPECT_EQ(nct_from(arena, "ISRCTN00000102"), "");
}

TEST(CheckDigits, AreChecked) {
  constexpr struct {
    const char* scheme;
    const char* value;
    bool valid;
  } kRows[] = {
      {"issn", "0028-0836", true},
      {"issn", "2434-561X", true},
      {"issn", "0028-0837", false},
      {"issn", "0028-083", false},
      {"isbn", "978-3-16-148410-0", true},
      {"isbn", "978-3-16-148410-1", false},
      {"isbn", "0-306-40615-2", true},
      {"isbn", "0-8044-2957-X", true},
      {"isbn", "0-306-40615-3", false},
      {"isbn", "977-3-16-148410-0", false},
      {"orcid", "0000-0002-1825-0097", true},
      {"orcid", "0000-0002-1694-233X", true},
      {"orcid", "0000-0002-1825-0098", false},
      {"isni", "0000000121032683", true},
      {"pmid", "anything", true},
  };
  for (const auto& row : kRows) EXPECT_EQ(has_valid_check_digit(row.scheme, row.value), row.valid) << row.value;
}

TEST(Identifiers, KeepWhatWasWritten) {
  Arena arena;
  std::string written = "https://doi.org/10.1000/ABC";
  const Identifier doi = make_identifier(arena, "DOI", written);
  written.assign(written.size(), '#');
  EXPECT_EQ(doi.scheme, "doi");
  EXPECT_EQ(doi.value, "10.1000/ABC");
  EXPECT_EQ(doi.raw, "https://doi.org/10.1000/ABC");

  EXPECT_EQ(make_identifier(arena, "doi", "10.1000/ABC").raw, "");
  const Identifier issn = make_identifier(arena, "issn", "1097-4172 (Electronic)");
  EXPECT_EQ(issn.value, "1097-4172");
  EXPECT_EQ(issn.qualifier, "electronic");
  EXPECT_EQ(issn.raw, "1097-4172 (Electronic)");
  const Identifier wrong = make_identifier(arena, "issn", "soon (Print)");
  EXPECT_EQ(wrong.value, "soon (Print)");
  EXPECT_EQ(wrong.qualifier, "");
  const Identifier preprint = make_identifier(arena, "arxiv", "arXiv:2101.00001v2");
  EXPECT_EQ(preprint.value, "2101.00001");
  EXPECT_EQ(preprint.version, "2");
  EXPECT_EQ(make_identifier(arena, "pii", "S0092-8674(13)01084-2").value, "S0092-8674(13)01084-2");
  EXPECT_EQ(make_identifier(arena, "Handle", "2027/x").scheme, "handle");
}

}  // namespace
}  // namespace bibmill::text

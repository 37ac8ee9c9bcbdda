// Identifiers: their forms and check digits.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "bibmill/rule.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/unicode.h"
#include "words.h"

namespace bibmill::rules {

namespace {

Span place_of(const Identifier& identifier, const Entry& entry) { return identifier.span.empty() ? entry.span : identifier.span; }

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), text::is_ascii_digit);
}

/// Calls `visit(identifier)` for those of an entry that are of the scheme, those of persons included.
template <class Visit>
void for_each_identifier(const Entry& entry, std::string_view scheme, Visit&& visit) {
  if (const auto* const list = std::get_if<Identifiers>(&entry.value)) {
    for (const Identifier& one : list->list)
      if (one.scheme == scheme) visit(one);
  } else if (const auto* const names = std::get_if<Names>(&entry.value)) {
    for (const Name& name : names->list)
      for (const Identifier& one : name.identifiers)
        if (one.scheme == scheme) visit(one);
  }
}

// ----------------------------------------------------------------------------------------------------------------- DOI

constexpr std::array<std::string_view, 10> kDoiPrefixes = {"https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "https://www.doi.org/",
                                                          "dx.doi.org/",      "doi.org/",        "doi: ",               "doi:",               "info:doi/"};

/// What stands before a DOI that does not belong to it: a resolver, a proxy's address, a label.
std::string_view before_doi(std::string_view written, std::size_t at) {
  const std::string_view head = written.substr(0, at);
  const std::size_t http = head.rfind("http");
  if (http != std::string_view::npos && head.find_first_of(" \n{}\"<>", http) == std::string_view::npos) return head.substr(http);
  std::string_view longest;
  for (const std::string_view prefix : kDoiPrefixes)
    if (head.size() >= prefix.size() && text::equal_ignoring_ascii_case(head.substr(head.size() - prefix.size()), prefix) && prefix.size() > longest.size())
      longest = head.substr(head.size() - prefix.size());
  return longest;
}

void doi_with_resolver(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  for_each_identifier(entry, "doi", [&](const Identifier& doi) {
    const Span place = place_of(doi, entry);
    const std::string_view written = record.written(place);
    const std::size_t at = written.find(doi.value);
    if (at == std::string_view::npos) {
      if (contains(written, "doi.org/")) findings.add(place, fmt::format("a resolver stands before the DOI {}; programs put one before it themselves", doi.value));
      return;
    }
    const std::string_view prefix = before_doi(written, at);
    if (prefix.empty()) return;
    findings.add(record.span_of(prefix), fmt::format("{} stands before the DOI; programs put a resolver before it themselves", text::trim(prefix)),
                 replace(record, prefix, {}, "remove it", true));
  });
}

void malformed_doi(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  for_each_identifier(entry, "doi", [&](const Identifier& doi) {
    Arena& arena = record.record().arena();
    if (text::doi_from(arena, doi.value).empty()) findings.add(place_of(doi, entry), fmt::format("\"{}\" is no DOI: one begins with 10., digits and a slash", doi.value));
  });
}

void malformed_doi_kept(const CheckedRecord& record, Findings& findings) {
  for_each_entry(record.record(), [&](const Entry& entry) {
    if (entry.field == Field::Doi && is_own(entry) && !entry.same_as) malformed_doi(record, entry, findings);
  });
  // What a reader could not take for a DOI is an extra.
  for (const Item& item : record.record().items()) {
    const Extra* const extra = std::get_if<Extra>(&item);
    if (extra == nullptr || !text::equal_ignoring_ascii_case(extra->key, "doi")) continue;
    Arena& arena = record.record().arena();
    const std::string_view written = record.written(extra->span);
    if (text::doi_from(arena, text::trim(extra->raw)).empty() && text::find_doi(written).empty())
      findings.add(extra->span, "this is no DOI: one begins with 10., digits and a slash");
  }
}

bool is_doi_address(std::string_view url) { return contains(url, "doi.org/10."); }

void doi_only_in_url(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const auto* const url = std::get_if<Text>(&entry.value);
  if (url == nullptr || !is_doi_address(url->value) || record.record().has(Field::Doi)) return;
  Arena& arena = record.record().arena();
  const Str doi = text::doi_from(arena, url->value);
  if (!doi.empty()) findings.add(entry.span, fmt::format("the address is the DOI {}, which has a field of its own", doi));
}

void url_repeats_doi(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const auto* const url = std::get_if<Text>(&entry.value);
  const Identifiers* const doi = record.record().get<Field::Doi>();
  if (url == nullptr || doi == nullptr || doi->list.empty() || !is_doi_address(url->value)) return;
  Arena& arena = record.record().arena();
  if (text::same_doi(text::doi_from(arena, url->value), doi->list.front().value)) findings.add(entry.span, "the address only repeats the DOI; it can go");
}

void preprint_doi_of_article(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  if (record.record().type != Type::ArticleJournal || !record.record().has(Field::Volume)) return;
  for_each_identifier(entry, "doi", [&](const Identifier& doi) {
    for (const std::string_view prefix : {"10.48550/", "10.1101/20", "10.21203/rs.", "10.20944/preprints", "10.31234/osf.io"})
      if (doi.value.starts_with(prefix)) findings.add(place_of(doi, entry), "this DOI names the preprint, while the record is of an article in a volume; give the article's own DOI");
  });
}

// ------------------------------------------------------------------------------------------------- serial and book numbers

template <bool check_digit>
void serial_number(const CheckedRecord& record, const Entry& entry, Findings& findings, std::string_view scheme, std::string_view name, std::string_view form) {
  for_each_identifier(entry, scheme, [&](const Identifier& number) {
    Arena& arena = record.record().arena();
    if (!number.valid) return;
    const Str bare = scheme == "issn" ? text::issn_from(arena, number.value) : scheme == "isbn" ? text::isbn_from(arena, number.value) : text::orcid_from(arena, number.value);
    if (bare.empty()) {
      if (!check_digit) findings.add(place_of(number, entry), fmt::format("\"{}\" is no {}: {}", number.value, name, form));
    } else if (check_digit && !text::has_valid_check_digit(scheme, bare)) {
      findings.add(place_of(number, entry), fmt::format("the check digit of the {} {} is wrong: one of its digits is", name, bare));
    }
  });
}

constexpr std::string_view kIssnForm = "it is eight digits, the last may be X";
constexpr std::string_view kIsbnForm = "it is ten or thirteen digits, and of ten the last may be X";
constexpr std::string_view kOrcidForm = "it is sixteen digits in four groups, the last may be X";

void malformed_issn(const CheckedRecord& record, const Entry& entry, Findings& findings) { serial_number<false>(record, entry, findings, "issn", "ISSN", kIssnForm); }
void issn_check_digit(const CheckedRecord& record, const Entry& entry, Findings& findings) { serial_number<true>(record, entry, findings, "issn", "ISSN", kIssnForm); }
void malformed_isbn(const CheckedRecord& record, const Entry& entry, Findings& findings) { serial_number<false>(record, entry, findings, "isbn", "ISBN", kIsbnForm); }
void isbn_check_digit(const CheckedRecord& record, const Entry& entry, Findings& findings) { serial_number<true>(record, entry, findings, "isbn", "ISBN", kIsbnForm); }
void malformed_orcid(const CheckedRecord& record, const Entry& entry, Findings& findings) { serial_number<false>(record, entry, findings, "orcid", "ORCID", kOrcidForm); }
void orcid_check_digit(const CheckedRecord& record, const Entry& entry, Findings& findings) { serial_number<true>(record, entry, findings, "orcid", "ORCID", kOrcidForm); }

void isni_check_digit(const CheckedRecord&, const Entry& entry, Findings& findings) {
  for_each_identifier(entry, "isni", [&](const Identifier& isni) {
    if (!text::has_valid_check_digit("isni", isni.value)) findings.add(place_of(isni, entry), fmt::format("the check digit of the ISNI {} is wrong", isni.value));
  });
}

void issn_without_hyphen(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  for_each_identifier(entry, "issn", [&](const Identifier& issn) {
    const Span place = place_of(issn, entry);
    const std::string_view written = record.written(place);
    std::string bare(issn.value);
    std::erase(bare, '-');
    const std::size_t at = written.find(bare);
    if (bare.size() != 8 || at == std::string_view::npos) return;
    const std::string_view piece = written.substr(at, 8);
    findings.add(record.span_of(piece), fmt::format("an ISSN has a hyphen in its middle: {}", issn.value), replace(record, piece, fmt::format("{}-{}", bare.substr(0, 4), bare.substr(4)), "put the hyphen in", true));
  });
}

// ---------------------------------------------------------------------------------------------------------------- others

void malformed_pmid(const CheckedRecord&, const Entry& entry, Findings& findings) {
  for_each_identifier(entry, "pmid", [&](const Identifier& pmid) {
    if (!is_digits(pmid.value) || pmid.value.size() > 8 || pmid.value.front() == '0')
      findings.add(place_of(pmid, entry), fmt::format("\"{}\" is no PMID: it is a number of at most eight digits", pmid.value));
  });
}

void malformed_pmcid(const CheckedRecord&, const Entry& entry, Findings& findings) {
  for_each_identifier(entry, "pmcid", [&](const Identifier& pmcid) {
    const bool right = pmcid.value.starts_with("PMC") && is_digits(pmcid.value.substr(3));
    if (!right) findings.add(place_of(pmcid, entry), fmt::format("\"{}\" is no PMCID: it is PMC and a number", pmcid.value));
  });
}

void malformed_arxiv(const CheckedRecord&, const Entry& entry, Findings& findings) {
  for_each_identifier(entry, "arxiv", [&](const Identifier& arxiv) {
    if (text::arxiv_from(arxiv.value).id.empty()) findings.add(place_of(arxiv, entry), fmt::format("\"{}\" is no number of arXiv: it is 2101.00001 or hep-th/9901001", arxiv.value));
  });
}

/// The numbers of arXiv begin with two digits of the year and two of the month.
void arxiv_month(const CheckedRecord&, const Entry& entry, Findings& findings) {
  for_each_identifier(entry, "arxiv", [&](const Identifier& arxiv) {
    const std::string_view id = text::arxiv_from(arxiv.value).id;
    const std::size_t slash = id.find('/');
    const std::string_view number = slash == std::string_view::npos ? id : id.substr(slash + 1);
    if (number.size() < 4 || !is_digits(number.substr(0, 4))) return;
    const int month = (number[2] - '0') * 10 + (number[3] - '0');
    if (month < 1 || month > 12) findings.add(place_of(arxiv, entry), fmt::format("the number of arXiv {} has no month: its third and fourth digit are 01 to 12", arxiv.value));
  });
}

void malformed_trial_number(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const auto* const banks = std::get_if<DataBanks>(&entry.value);
  if (banks == nullptr) return;
  for (const DataBank& bank : banks->list) {
    if (!text::equal_ignoring_ascii_case(bank.name, "ClinicalTrials.gov")) continue;
    for (const Text& accession : bank.accessions) {
      Arena& arena = record.record().arena();
      if (text::nct_from(arena, accession.value) != accession.value)
        findings.add(bank.span.empty() ? entry.span : bank.span, fmt::format("\"{}\" is no number of ClinicalTrials.gov: it is NCT and eight digits", accession.value));
    }
  }
}

bool has_protocol(std::string_view url) {
  const std::size_t colon = url.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  return std::all_of(url.begin(), url.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) { return text::is_ascii_letter(c) || text::is_ascii_digit(c) || c == '+' || c == '-' || c == '.'; });
}

void url_without_protocol(const CheckedRecord&, const Entry& entry, Findings& findings) {
  const auto* const url = std::get_if<Text>(&entry.value);
  if (url != nullptr && !has_protocol(text::trim(url->value))) findings.add(entry.span, "an address begins with its protocol, such as https://");
}

void url_with_blank(const CheckedRecord&, const Entry& entry, Findings& findings) {
  const auto* const url = std::get_if<Text>(&entry.value);
  if (url == nullptr || !has_protocol(text::trim(url->value))) return;
  const std::string_view trimmed = text::trim(url->value);
  if (std::any_of(trimmed.begin(), trimmed.end(), text::is_blank)) findings.add(entry.span, "a blank stands within the address, which ends there for most programs");
}

bool is_any(Field field) { return holds<Identifiers>(field) || holds<Names>(field); }

// clang-format off
constexpr Rule kRules[] = {
    {.code = "identifier/doi-with-resolver", .summary = "A resolver's address, a proxy or a label stands before a DOI.",
     .why = "Styles and programs put https://doi.org/ before a DOI themselves, so that the printed link is broken; a proxy's address works for one campus only.", .fix = "safe",
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = 2001, doi = {https://doi.org/10.5555/kelp.2019}}\n"},
     .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001, doi = {10.5555/kelp.2019}}\n"},
     .wants = is_one_of<Field::Doi>, .value = doi_with_resolver},
    {.code = "identifier/malformed-doi", .summary = "What stands as a DOI is none.", .why = "It leads nowhere. A DOI begins with 10., a number and a slash.",
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = 2001, doi = {kelp.2019}}\n"},
     .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001, doi = {10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2}}\n"},
     .record = malformed_doi_kept},
    {.code = "identifier/doi-only-in-url", .summary = "The DOI is given only as an address.", .why = "Programs that look for the DOI, and rules that compare records, do not find it there.", .severity = Severity::Note,
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = 2001, url = {https://doi.org/10.5555/kelp.2019}}\n"},
     .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001, url = {https://example.org/tides}}\n"},
     .wants = is_one_of<Field::Url>, .value = doi_only_in_url},
    {.code = "identifier/url-repeats-doi", .summary = "The address only repeats the DOI.", .why = "Many styles print both.", .severity = Severity::Note, .by_default = false,
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = 2001, doi = {10.5555/kelp}, url = {https://doi.org/10.5555/KELP}}\n"},
     .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001, doi = {10.5555/kelp}, url = {https://example.org/tides}}\n"},
     .wants = is_one_of<Field::Url>, .value = url_repeats_doi},
    {.code = "identifier/preprint-doi-of-article", .summary = "An article in a volume has the DOI of a preprint.", .why = "Readers who follow it find another version than the one that is cited.", .severity = Severity::Note,
     .bad = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast}, year = 2001, volume = 3, doi = {10.48550/arXiv.2101.00001}}\n"},
     .good = {"bibtex", "@misc{a, author = {Lind, Oda}, title = {Tides}, year = 2001, doi = {10.48550/arXiv.2101.00001}}\n"},
     .wants = is_one_of<Field::Doi>, .value = preprint_doi_of_article},
    {.code = "identifier/malformed-issn", .summary = "What stands as an ISSN is none.", .why = "Catalogues and journal tables find journals by it.",
     .bad = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides", "container-title": "Coast", "ISSN": "12-34"}])" "\n"},
     .good = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides", "container-title": "Coast", "ISSN": "1097-4172"}])" "\n"},
     .wants = holds<Identifiers>, .value = malformed_issn},
    {.code = "identifier/issn-check-digit", .summary = "The check digit of an ISSN is wrong.", .why = "One of its digits was mistyped: it names another journal, or none.",
     .bad = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast}, year = 2001, issn = {1097-4173}}\n"},
     .good = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast}, year = 2001, issn = {1097-4172}}\n"},
     .wants = holds<Identifiers>, .value = issn_check_digit},
    {.code = "identifier/issn-without-hyphen", .summary = "An ISSN is written without its hyphen.", .why = "ISO 3297 writes it with one.", .severity = Severity::Note, .by_default = false, .fix = "safe",
     .bad = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast}, year = 2001, issn = {10974172}}\n"},
     .good = {"bibtex", "@article{a, author = {Lind, Oda}, title = {Tides}, journal = {Coast}, year = 2001, issn = {1097-4172}}\n"},
     .wants = is_one_of<Field::Issn>, .value = issn_without_hyphen},
    {.code = "identifier/malformed-isbn", .summary = "What stands as an ISBN is none.", .why = "Libraries find books by it.",
     .bad = {"csljson", R"([{"id": "a", "type": "book", "title": "Tides", "ISBN": "978-3-16"}])" "\n"},
     .good = {"csljson", R"([{"id": "a", "type": "book", "title": "Tides", "ISBN": "978-3-16-148410-0"}])" "\n"},
     .wants = holds<Identifiers>, .value = malformed_isbn},
    {.code = "identifier/isbn-check-digit", .summary = "The check digit of an ISBN is wrong.", .why = "One of its digits was mistyped: it names another book, or none.",
     .bad = {"bibtex", "@book{a, author = {Lind, Oda}, title = {Tides}, publisher = {Harbour}, year = 2001, isbn = {978-3-16-148410-1}}\n"},
     .good = {"bibtex", "@book{a, author = {Lind, Oda}, title = {Tides}, publisher = {Harbour}, year = 2001, isbn = {0-306-40615-2}}\n"},
     .wants = holds<Identifiers>, .value = isbn_check_digit},
    {.code = "identifier/malformed-orcid", .summary = "What stands as an ORCID is none.", .why = "It names nobody.",
     .bad = {"medline", "PMID- 1\nTI  - Tides.\nFAU - Lind, Oda\nAU  - Lind O\nAUID- ORCID: 0000-0002-1825\nJT  - Coast\nDP  - 2001\n"},
     .good = {"medline", "PMID- 1\nTI  - Tides.\nFAU - Lind, Oda\nAU  - Lind O\nAUID- ORCID: 0000-0002-1825-0097\nJT  - Coast\nDP  - 2001\n"},
     .wants = is_any, .value = malformed_orcid},
    {.code = "identifier/orcid-check-digit", .summary = "The check digit of an ORCID is wrong.", .why = "It was mistyped, and names another person or nobody.",
     .bad = {"medline", "PMID- 1\nTI  - Tides.\nFAU - Lind, Oda\nAU  - Lind O\nAUID- ORCID: 0000-0002-1825-0098\nJT  - Coast\nDP  - 2001\n"},
     .good = {"medline", "PMID- 1\nTI  - Tides.\nFAU - Lind, Oda\nAU  - Lind O\nAUID- ORCID: 0000-0002-1825-0097\nJT  - Coast\nDP  - 2001\n"},
     .wants = is_any, .value = orcid_check_digit},
    {.code = "identifier/isni-check-digit", .summary = "The check digit of an ISNI is wrong.", .why = "It was mistyped, and names somebody else or nobody.",
     .bad = {"pubmed", "<PubmedArticleSet><PubmedArticle><MedlineCitation Status=\"MEDLINE\" Owner=\"NLM\"><PMID Version=\"1\">1</PMID><Article PubModel=\"Print\"><Journal><JournalIssue CitedMedium=\"Print\"><PubDate><Year>2001</Year></PubDate></JournalIssue><Title>Coast</Title></Journal><ArticleTitle>Tides.</ArticleTitle><Pagination><MedlinePgn>1-9</MedlinePgn></Pagination><AuthorList><Author><LastName>Lind</LastName><ForeName>Oda</ForeName><Initials>O</Initials><Identifier Source=\"ISNI\">0000000121032684</Identifier></Author></AuthorList><Language>eng</Language><PublicationTypeList><PublicationType UI=\"D016428\">Journal Article</PublicationType></PublicationTypeList></Article><MedlineJournalInfo><MedlineTA>Coast</MedlineTA></MedlineJournalInfo></MedlineCitation></PubmedArticle></PubmedArticleSet>\n"},
     .good = {"pubmed", "<PubmedArticleSet><PubmedArticle><MedlineCitation Status=\"MEDLINE\" Owner=\"NLM\"><PMID Version=\"1\">1</PMID><Article PubModel=\"Print\"><Journal><JournalIssue CitedMedium=\"Print\"><PubDate><Year>2001</Year></PubDate></JournalIssue><Title>Coast</Title></Journal><ArticleTitle>Tides.</ArticleTitle><Pagination><MedlinePgn>1-9</MedlinePgn></Pagination><AuthorList><Author><LastName>Lind</LastName><ForeName>Oda</ForeName><Initials>O</Initials><Identifier Source=\"ISNI\">0000000121032683</Identifier></Author></AuthorList><Language>eng</Language><PublicationTypeList><PublicationType UI=\"D016428\">Journal Article</PublicationType></PublicationTypeList></Article><MedlineJournalInfo><MedlineTA>Coast</MedlineTA></MedlineJournalInfo></MedlineCitation></PubmedArticle></PubmedArticleSet>\n"},
     .wants = is_any, .value = isni_check_digit},
    {.code = "identifier/malformed-pmid", .summary = "What stands as a PMID is none.", .why = "PubMed has no record of that number.",
     .bad = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides", "container-title": "Coast", "PMID": "PMC35244835"}])" "\n"},
     .good = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides", "container-title": "Coast", "PMID": "35244835"}])" "\n"},
     .wants = is_one_of<Field::Pmid>, .value = malformed_pmid},
    {.code = "identifier/malformed-pmcid", .summary = "What stands as a PMCID is none.", .why = "PubMed Central has no article of that number.",
     .bad = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides", "container-title": "Coast", "PMCID": "PMCX1"}])" "\n"},
     .good = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides", "container-title": "Coast", "PMCID": "PMC8896412"}])" "\n"},
     .wants = is_one_of<Field::Pmcid>, .value = malformed_pmcid},
    {.code = "identifier/malformed-arxiv", .summary = "What stands as a number of arXiv is none.", .why = "The link made of it leads nowhere.",
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = 2001, eprint = {21010001}, archiveprefix = {arXiv}}\n"},
     .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001, eprint = {hep-th/9901001}, archiveprefix = {arXiv}}\n"},
     .wants = is_one_of<Field::Identifier>, .value = malformed_arxiv},
    {.code = "identifier/arxiv-month", .summary = "A number of arXiv names a month that there is not.", .why = "It was mistyped.",
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = 2001, eprint = {2113.00001}, archiveprefix = {arXiv}}\n"},
     .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001, eprint = {2112.00001}, archiveprefix = {arXiv}}\n"},
     .wants = is_one_of<Field::Identifier>, .value = arxiv_month},
    {.code = "identifier/malformed-trial-number", .summary = "What stands as a number of ClinicalTrials.gov is none.", .why = "The registry finds nothing under it.",
     .bad = {"medline", "PMID- 1\nTI  - Tides.\nAU  - Lind O\nJT  - Coast\nDP  - 2001\nSI  - ClinicalTrials.gov/NCT123\n"},
     .good = {"medline", "PMID- 1\nTI  - Tides.\nAU  - Lind O\nJT  - Coast\nDP  - 2001\nSI  - ClinicalTrials.gov/NCT00000102\n"},
     .wants = is_one_of<Field::DataBank>, .value = malformed_trial_number},
    {.code = "identifier/url-without-protocol", .summary = "An address has no protocol.", .why = "Programs make no link of it.",
     .bad = {"bibtex", "@misc{a, title = {Tides}, year = 2001, url = {www.example.org/tides}}\n"},
     .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001, url = {ftp://example.org/tides}}\n"},
     .wants = is_one_of<Field::Url>, .value = url_without_protocol},
    {.code = "identifier/url-with-blank", .summary = "A blank stands within an address.", .why = "Links end there. Write %20 for a blank that belongs to it.",
     .bad = {"csljson", R"([{"id": "a", "type": "webpage", "title": "Tides", "URL": "https://example.org/low tide"}])" "\n"},
     .good = {"csljson", R"([{"id": "a", "type": "webpage", "title": "Tides", "URL": "https://example.org/low%20tide"}])" "\n"},
     .wants = is_one_of<Field::Url>, .value = url_with_blank},
};
// clang-format on

}  // namespace

std::span<const Rule> identifiers_rules() { return kRules; }

}  // namespace bibmill::rules

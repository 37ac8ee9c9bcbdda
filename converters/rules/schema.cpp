// Records against the schemas of their formats. Readers look, who have the tree of a record at hand; these rows are what they are asked by.
#include "bibmill/rule.h"

namespace bibmill::rules {

namespace {

// clang-format off
constexpr Rule kRules[] = {
    {.code = "schema/pubmed", .summary = "A record is not what NLM's DTD has.", .why = "Programs that validate refuse it. The first place of each record is told, by schemas/pubmed.rng (`bibmill schema pubmed`), which follows the DTD of January 2025; records that have elements of an older DTD are left alone.", .formats = "pubmed",
     .bad = {"pubmed", "<PubmedArticleSet>\n<PubmedArticle>\n<MedlineCitation Status=\"MEDLINE\" Owner=\"NLM\"><PMID>1</PMID><Article PubModel=\"Print\"><Journal><JournalIssue CitedMedium=\"Print\"><PubDate><Year>2001</Year></PubDate></JournalIssue><Title>Coast</Title></Journal><ArticleTitle>Tides.</ArticleTitle><Pagination><MedlinePgn>1-9</MedlinePgn></Pagination><AuthorList><Author><LastName>Lind</LastName></Author></AuthorList><Language>eng</Language><PublicationTypeList><PublicationType UI=\"D016428\">Journal Article</PublicationType></PublicationTypeList></Article><MedlineJournalInfo><MedlineTA>Coast</MedlineTA></MedlineJournalInfo></MedlineCitation>\n</PubmedArticle>\n</PubmedArticleSet>\n"},
     .good = {"pubmed", "<PubmedArticleSet>\n<PubmedArticle>\n<MedlineCitation Status=\"MEDLINE\" Owner=\"NLM\"><PMID Version=\"1\">1</PMID><Article PubModel=\"Print\"><Journal><JournalIssue CitedMedium=\"Print\"><PubDate><Year>2001</Year></PubDate></JournalIssue><Title>Coast</Title></Journal><ArticleTitle>Tides.</ArticleTitle><Pagination><MedlinePgn>1-9</MedlinePgn></Pagination><AuthorList><Author><LastName>Lind</LastName></Author></AuthorList><Language>eng</Language><PublicationTypeList><PublicationType UI=\"D016428\">Journal Article</PublicationType></PublicationTypeList></Article><MedlineJournalInfo><MedlineTA>Coast</MedlineTA></MedlineJournalInfo></MedlineCitation>\n</PubmedArticle>\n</PubmedArticleSet>\n"},
     .by_reader = true},
    {.code = "schema/record", .summary = "A carried object is not what the record schema has.", .why = "What the schema (`bibmill schema record`) does not know is not read: somebody edited the object, or another program wrote it. Each member at fault is told.", .formats = "csljson yaml bibtex biblatex ris",
     .bad = {"csljson", "[{\"id\": \"a\", \"type\": \"book\", \"title\": \"Tides\", \"author\": [{\"family\": \"Lind\"}], \"custom\": {\"bibmill\": {\"origin\": \"ris\", \"type\": \"book\", \"items\": [\"title:TI\", \"author:AU\", {\"extra\": \"XX\", \"orgin\": \"ris\", \"raw\": \"kept\"}]}}}]\n"},
     .good = {"csljson", "[{\"id\": \"a\", \"type\": \"book\", \"title\": \"Tides\", \"author\": [{\"family\": \"Lind\"}], \"custom\": {\"bibmill\": {\"origin\": \"ris\", \"type\": \"book\", \"items\": [\"title:TI\", \"author:AU\", {\"extra\": \"XX\", \"origin\": \"ris\", \"raw\": \"kept\"}]}}}]\n"},
     .by_reader = true},
};
// clang-format on

}  // namespace

std::span<const Rule> schema_rules() { return kRules; }

}  // namespace bibmill::rules

// Identifiers: the bare form of what is written in many ways, and their check digits.
//
// Each *_from function takes the whole of a value as written, resolver, prefix and all, and answers with the bare identifier, or
// with an empty text where the value is something else. The answer may point into the text that was given, or belong to the
// arena: what must outlive the text is copied. None looks at a check digit, since a wrong one is a finding and not another
// identifier: that is has_valid_check_digit.
#pragma once

#include <cstddef>
#include <string_view>

#include "bibmill/arena.h"
#include "bibmill/values.h"

namespace bibmill::text {

/// An identifier of the scheme, in its bare form where it has one and as written otherwise; all of it owned by the arena, `raw`
/// set where the bare form differs. Schemes known: doi pmid pmcid issn isbn orcid arxiv nct pii; any other is kept as written.
/// ISSN and ISBN take their qualifier from "1097-4172 (Electronic)"; arXiv and PMID their version.
Identifier make_identifier(Arena& arena, std::string_view scheme, std::string_view written);

/// Does make_identifier make of it the identifier of this very value, and nothing else? False in some cases of doubt.
bool is_bare_identifier(std::string_view scheme, std::string_view written);

/// True for schemes without check digits. ISSN (mod 11), ISBN-10 and -13, ORCID and ISNI (ISO 7064 mod 11-2), in bare or
/// hyphenated form.
bool has_valid_check_digit(std::string_view scheme, std::string_view value);

// ----------------------------------------------------------------------------------------------------------------- DOI

/// "10.1000/ABC" of "https://doi.org/10.1000/ABC", "http://dx.doi.org/10.1000%2FABC", "doi:10.1000/ABC", "DOI 10.1000/ABC.",
/// "info:doi/10.1000/ABC". The case stays; SICI parts ("<693::AID-ASI4>3.0.CO;2-O") stay; percent codes are decoded behind a
/// resolver only; punctuation that ends a sentence goes.
Str doi_from(Arena& arena, std::string_view written);

/// The first DOI in running text, such as "… 2004;1(2):3-4. doi: 10.1000/abc. Epub 2004 May 3": a view into `text`, empty where
/// there is none.
std::string_view find_doi(std::string_view text);

/// Whether both name the same thing: DOIs do not depend on the case of ASCII letters (DOI Handbook, 2.4).
bool same_doi(std::string_view a, std::string_view b);

// -------------------------------------------------------------------------------------------------------------- others

/// "35244835" of "PMID: 35244835", "PM:35244835", "https://pubmed.ncbi.nlm.nih.gov/35244835/", "…/pubmed/35244835".
std::string_view pmid_from(std::string_view written);

/// "PMC123" of "PMC123", "pmc123", "PMCID: PMC123", "PMC123.2" (the version goes), URLs, and of digits alone.
Str pmcid_from(Arena& arena, std::string_view written);

/// "NNNN-NNNX" of "1097-4172", "10974172", "ISSN 1097-417x".
Str issn_from(Arena& arena, std::string_view written);

/// "978-3-16-148410-0" of itself or with "ISBN" or "ISBN-13:" before: hyphens as written, blanks between digits made hyphens, x
/// made X.
Str isbn_from(Arena& arena, std::string_view written);

/// "0000-0002-1825-0097" of itself, "0000000218250097", "https://orcid.org/0000-0002-1825-0097", "orcid.org/…", "ORCID: …".
Str orcid_from(Arena& arena, std::string_view written);

struct ArxivId {
  std::string_view id;       ///< "2101.00001", "hep-th/9901001"
  std::string_view version;  ///< "2"; empty where none was written
  std::string_view archive;  ///< "cs.CL" of "arXiv:2101.00001 [cs.CL]"
};
/// From "arXiv:2101.00001v2 [cs.CL]", "hep-th/9901001", "https://arxiv.org/abs/2101.00001v2", "…/pdf/2101.00001.pdf". The id is
/// empty for anything else.
ArxivId arxiv_from(std::string_view written);

/// "NCT00000102" of itself, in any case, or of its URL at ClinicalTrials.gov.
Str nct_from(Arena& arena, std::string_view written);

/// Of serial and book numbers, as RIS's SN and MEDLINE's IS give them: one or several, "0028-0836 (Print) 1476-4687
/// (Electronic)", "978-0-306-40615-7; 0-306-40615-2". Which scheme is told by shape. False, with nothing added, where a piece is
/// neither.
bool read_serial_numbers(Arena& arena, std::string_view written, List<Identifier>& to);

}  // namespace bibmill::text

// The values that one line holds, from text to plain data and back.
//
// What `decode_*` takes belongs to the arena already, and the results point into it. `encode` appends; decoding what it appended gives the value
// again where it returns Exact.
#pragma once

#include <string>
#include <string_view>

#include "bibmill/arena.h"
#include "bibmill/mapping.h"
#include "bibmill/record.h"
#include "bibmill/values.h"
#include "tags.h"

namespace bibmill::medline {

/// "R01 CA123456/CA/NCI NIH HHS/United States": split from the right, since numbers hold slashes: country, agency, NLM's acronym of the institute.
Grant decode_grant(Str text);
Fidelity encode(std::string& out, const Grant& grant);

/// "EC 2.7.10.1 (Receptor, ErbB-2)".
Substance decode_substance(Str text);
Fidelity encode(std::string& out, const Substance& substance);

/// "*Kidney Diseases/diagnosis/*epidemiology".
Heading decode_heading(Arena& arena, Str text);
Fidelity encode(std::string& out, const Heading& heading);

/// "Cell. 2000 Jan;100(1):1. doi: 10.1016/x. PMID: 10600000": source, and the identifiers in it.
Link decode_link(Arena& arena, Str text, std::string_view type);
Fidelity encode(std::string& out, const Link& link);

/// "2006/01/10 09:00 [pubmed]". `stamp` is the date in it.
Event decode_event(Arena& arena, Str text, Str& stamp);
/// "2006/01/10 09:00". Midnight is how PubMed writes a day without a time.
bool is_midnight(const DatePoint& point);
Date decode_event_date(Arena& arena, Str stamp);
Fidelity encode_event_date(std::string& out, const Date& date, bool with_time);

/// "NASA: a note", where the owner is one that NLM knows.
OwnedNote decode_note(Arena& arena, Str text);
Fidelity encode(std::string& out, const OwnedNote& note);

/// "*spaceflight".
Keyword decode_keyword(Arena& arena, Str text);
Fidelity encode(std::string& out, const Keyword& keyword);

/// "BACKGROUND: … METHODS: …" in sections, if it begins with a label in capitals; paragraphs are divided by line feeds.
void decode_sections(Arena& arena, Str text, List<AbstractSection>& sections);
Fidelity encode_sections(std::string& out, const List<AbstractSection>& sections);
/// "Publisher: …": the kind of an additional abstract, where it is one of NLM's.
Str take_abstract_type(Str& text);

/// "10.1000/x [doi]", "S0092-8674(13)01084-2 [pii]", "https://doi.org/10.1000/x", "arXiv:2309.99073v2".
Identifier decode_located(Arena& arena, Str text);
void encode_located(std::string& out, const Identifier& identifier);

/// "ORCID: 0000-0002-1825-0097", "NASA: 99990902".
Identifier decode_labelled(Arena& arena, Str text, std::string_view scheme_without_label);
void encode_labelled(std::string& out, const Identifier& identifier);

/// The scheme of ERIC's numbers, which stand without a label: "EJ1234567", "ED123456".
inline constexpr std::string_view kEric = "eric";
bool looks_like_eric(std::string_view text);

/// "1097-4172 (Electronic)", "EISSN-2912-1127", "978-0-306-40615-7 (ISBN)". Its scheme is
/// "isbn" under either tag, "issn" where that is expected; anything else is kept as an identifier of the expected scheme.
Identifier decode_serial(Arena& arena, Str text, std::string_view expected);
void encode_serial(std::string& out, const Identifier& identifier);

/// An identifier as the row's tag has it, whichever of the codecs above that is.
Identifier decode_identifier(Arena& arena, Str text, const Tag& row);
void encode_identifier(std::string& out, const Identifier& identifier, const Tag& row);
/// The field that an identifier belongs to which was read by the row: LID holds DOIs, article numbers and addresses too, IS holds ISBNs.
Field field_of(const Identifier& identifier, const Tag& row);

/// "1194-205, 1210; discussion 1211-2". "iv, 88 p" is a count, and stays one text.
Pages decode_pages(Arena& arena, Str text);
/// "e1392" of "pii: e1392"; empty where the text says something else.
Str article_number_in(Str text);
/// What a pii must look like to be an article number: up to four letters, one to ten digits.
bool looks_like_article_number(std::string_view text);

/// Appends running text; Narrowed where it had markup.
Fidelity encode(std::string& out, const RichText& text);
/// A title ends with a dot unless it ends in ? or ! or has one.
Fidelity encode_title(std::string& out, const RichText& text);

}  // namespace bibmill::medline

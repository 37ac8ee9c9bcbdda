// The values that a record's fields hold: plain data, no parsing, no formatting.
//
// Each type lists its members once, in `members`, with the name and meaning they have in the record schema; copying into another arena, comparing,
// dumping, the JSON Schema and the form in archives all follow from that list (reflect.h). Text is UTF-8 owned by an arena. A default member is one
// that the source did not give. `raw` keeps what was written where encoding the value would not give it back, and only a writer of the same format may
// use it; `span` is where the element stood.
//
// Sources of the shapes: CSL 1.0.2 (names, dates, rich text), EDTF level 1 (ISO 8601-2:2019), NLM's PubMed DTD of 2025 (the biomedical values).
#pragma once

#include <cstdint>
#include <type_traits>

#include "bibmill/arena.h"
#include "bibmill/source.h"

namespace bibmill {

// ---------------------------------------------------------------------------------------------------------------- text

enum class Mark : std::uint16_t {
  Italic = 1,
  Bold = 2,
  Subscript = 4,
  Superscript = 8,
  SmallCaps = 16,
  NoCase = 32,      ///< protected from changes of case: LaTeX's inner braces, CSL's class="nocase"
  Math = 64,        ///< a formula in `notation`
  Verbatim = 128,   ///< source text in `notation` that has no meaning here, such as an unknown LaTeX command
  Underline = 256,
  Quote = 512,      ///< quoted by markup (\enquote, <q>), the marks themselves not part of the text
};

struct Marks {
  std::uint16_t bits = 0;

  constexpr Marks() = default;
  constexpr Marks(Mark mark) : bits(static_cast<std::uint16_t>(mark)) {}  // NOLINT: a mark is a set of one
  constexpr bool has(Mark mark) const { return (bits & static_cast<std::uint16_t>(mark)) != 0; }
  constexpr bool none() const { return bits == 0; }
  constexpr Marks with(Mark mark) const { return from_bits(static_cast<std::uint16_t>(bits | static_cast<std::uint16_t>(mark))); }
  constexpr Marks without(Mark mark) const { return from_bits(static_cast<std::uint16_t>(bits & ~static_cast<unsigned>(mark))); }
  static constexpr Marks from_bits(std::uint16_t bits) {
    Marks marks;
    marks.bits = bits;
    return marks;
  }
  friend constexpr bool operator==(Marks, Marks) = default;
};

/// A piece of text that looks the same throughout.
struct Run {
  Str text;
  Marks marks;
  Str notation;  ///< of Math and Verbatim runs: "latex", "mathml", "html"

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("text", &Run::text, "The characters");
    visit("marks", &Run::marks, "How they look: italic, bold, sub, sup, small-caps, no-case, math, verbatim, underline, quote");
    visit("notation", &Run::notation, "Of math and verbatim runs: the language they are written in (latex, mathml, html)");
  }
};

/// Text with markup. Adjacent runs differ in marks or notation; a plain text is one run without marks; no run is empty.
struct RichText {
  List<Run> runs;
  Str language;  ///< BCP 47, where the source says so for this text

  bool empty() const { return runs.empty(); }
  bool plain() const { return runs.empty() || (runs.size() == 1 && runs[0].marks.none()); }
  /// The text of a plain value, the first run's otherwise.
  Str text() const { return runs.empty() ? Str{} : runs[0].text; }

  static RichText of(Arena& arena, Str text) {
    RichText rich;
    if (!text.empty()) rich.runs.push_back(arena, Run{text, {}, {}});
    return rich;
  }

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("runs", &RichText::runs, "The text in pieces that look the same");
    visit("language", &RichText::language, "BCP 47 language of this text");
  }
};

/// One string that is no running text: a volume, an edition's number, a call number.
struct Text {
  Str value;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("value", &Text::value, "The characters, as written");
  }
};

/// A name and its value, for what a format says of an element beyond the model.
struct Attribute {
  Str name;
  Str value;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("name", &Attribute::name, "The attribute's name in its format");
    visit("value", &Attribute::value, "Its text");
  }
};

// --------------------------------------------------------------------------------------------------------- identifiers

/// An identifier in its bare form: a DOI without resolver, an ORCID with hyphens, an ISSN as NNNN-NNNN.
struct Identifier {
  Str scheme;     ///< lower case: doi pmid pmcid issn isbn orcid arxiv pii nlm nct sici mid bookaccession isni ror grid …
  Str value;
  Str qualifier;  ///< print, electronic, linking, version, paperback …
  Str version;    ///< of a PMID or a preprint
  bool valid = true;  ///< false where the source says so (ValidYN="N")
  Str raw;
  Span span;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("scheme", &Identifier::scheme, "Which kind: doi, pmid, pmcid, issn, isbn, orcid, arxiv, pii …");
    visit("value", &Identifier::value, "The bare identifier, without resolver or prefix");
    visit("qualifier", &Identifier::qualifier, "What it identifies: print, electronic, linking …");
    visit("version", &Identifier::version, "Version of what is identified");
    visit("valid", &Identifier::valid, "False where the source marks it as wrong");
    visit("raw", &Identifier::raw, "As written, where that differs");
    visit("span", &Identifier::span, "");
  }
};

struct Identifiers {
  List<Identifier> list;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("list", &Identifiers::list, "The identifiers in order");
  }
};

// --------------------------------------------------------------------------------------------------------------- names

struct Affiliation {
  Str text;
  List<Identifier> identifiers;  ///< ROR, GRID, ISNI, Ringgold
  Str raw;
  Span span;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("text", &Affiliation::text, "The affiliation as one string");
    visit("identifiers", &Affiliation::identifiers, "Identifiers of the organisation");
    visit("raw", &Affiliation::raw, "As written, where that differs");
    visit("span", &Affiliation::span, "");
  }
};

/// A person, or a body (`literal`). Initials are kept as indexed; nothing is derived from anything else.
struct Name {
  Str family;
  Str given;
  Str dropping_particle;      ///< "von" in "Ludwig van Beethoven" sorted under B
  Str non_dropping_particle;  ///< "de" in "de Gaulle"
  Str suffix;                 ///< Jr, III
  Str literal;                ///< a body, or a name that nothing splits
  Str initials;               ///< as indexed: "JM"
  List<Identifier> identifiers;
  List<Affiliation> affiliations;
  List<Attribute> attributes;  ///< what a format says beyond these: biblatex's id, CSL's static-ordering
  bool equal_contribution = false;
  bool valid = true;          ///< PubMed's ValidYN
  Str raw;
  Span span;

  bool is_body() const { return !literal.empty(); }

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("family", &Name::family, "Family name");
    visit("given", &Name::given, "Given names, or initials where only they are known");
    visit("dropping-particle", &Name::dropping_particle, "Particle dropped when only the family name is shown");
    visit("non-dropping-particle", &Name::non_dropping_particle, "Particle kept when only the family name is shown");
    visit("suffix", &Name::suffix, "Jr, Sr, III …");
    visit("literal", &Name::literal, "The whole name of a body, or one that nothing splits");
    visit("initials", &Name::initials, "Initials as indexed");
    visit("identifiers", &Name::identifiers, "ORCID and others");
    visit("affiliations", &Name::affiliations, "Where this person worked");
    visit("attributes", &Name::attributes, "What a format says of a name beyond these");
    visit("equal-contribution", &Name::equal_contribution, "Marked as having contributed equally");
    visit("valid", &Name::valid, "False where the source marks the name as wrong");
    visit("raw", &Name::raw, "As written, where that differs");
    visit("span", &Name::span, "");
  }
};

/// Persons and bodies in their common order.
struct Names {
  List<Name> list;
  bool complete = true;  ///< false: the source ends the list with "et al."

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("list", &Names::list, "Persons and bodies in their common order");
    visit("complete", &Names::complete, "False where the source cuts the list off (et al.)");
  }
};

// --------------------------------------------------------------------------------------------------------------- dates

/// One end of a date, to the precision that was given (EDTF level 1). Months and days are 0 where absent.
struct DatePoint {
  enum class Kind : std::uint8_t { Absent, Known, Open, Unknown };  ///< Open is EDTF "..", Unknown is an empty end

  std::int32_t year = 0;        ///< astronomical: 0 is 1 BCE, -43 is 44 BCE
  std::uint8_t month = 0;       ///< 1–12
  std::uint8_t day = 0;         ///< 1–31
  std::uint8_t season = 0;      ///< 1 spring … 4 winter
  Kind kind = Kind::Absent;
  bool approximate = false;     ///< EDTF ~ (circa)
  bool uncertain = false;       ///< EDTF ?
  std::uint8_t unspecified_year = 0;  ///< how many last digits of the year are X: 199X is 1990 with 1
  bool unspecified_month = false;
  bool unspecified_day = false;
  bool has_time = false;
  std::uint8_t hour = 0;
  std::uint8_t minute = 0;
  std::uint8_t second = 0;
  bool has_zone = false;
  std::int16_t zone = 0;        ///< minutes east of UTC

  bool known() const { return kind == Kind::Known; }
  friend bool operator==(const DatePoint&, const DatePoint&) = default;
};

/// A date, a range of dates, or words where a date should be. In archives `from` and `to` are one EDTF text.
struct Date {
  DatePoint from;
  DatePoint to;   ///< Absent: a single date
  Str literal;    ///< words beside or in place of the date: "in press", RIS's fourth part
  Str raw;
  Span span;

  bool is_range() const { return to.kind != DatePoint::Kind::Absent; }

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("from", &Date::from, "The date, or the range's first end, as EDTF level 1");
    visit("to", &Date::to, "The range's last end, as EDTF level 1; \"..\" where it is open");
    visit("literal", &Date::literal, "Words beside or in place of the date");
    visit("raw", &Date::raw, "As written, where that differs");
    visit("span", &Date::span, "");
  }
};

// --------------------------------------------------------------------------------------------------------------- pages

/// Pages are labels, not numbers: "S10", "e12", "0082", "IV-1".
struct PageRange {
  Str first;
  Str last;   ///< in full, empty for a single page
  Str label;  ///< words before it: "discussion", "suppl"

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("first", &PageRange::first, "First page");
    visit("last", &PageRange::last, "Last page in full; absent for a single page");
    visit("label", &PageRange::label, "Words before the range, such as \"discussion\"");
  }
};

struct Pages {
  List<PageRange> ranges;
  Str raw;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("ranges", &Pages::ranges, "The ranges in order");
    visit("raw", &Pages::raw, "As written, where that differs");
  }
};

// ------------------------------------------------------------------------------------------------------------ keywords

struct Keyword {
  RichText text;
  bool major = false;
  Str raw;
  Span span;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("text", &Keyword::text, "The keyword");
    visit("major", &Keyword::major, "Marked as a main topic");
    visit("raw", &Keyword::raw, "As written, where that differs");
    visit("span", &Keyword::span, "");
  }
};

/// One list of keywords; PubMed may have several, by owner.
struct Keywords {
  List<Keyword> list;
  Str owner;  ///< who assigned them: NOTNLM, NASA, KIE …

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("list", &Keywords::list, "The keywords in order");
    visit("owner", &Keywords::owner, "Who assigned them (PubMed's KeywordList Owner)");
  }
};

// ---------------------------------------------------------------------------------------------- the biomedical values

/// A term of a controlled vocabulary, with its identifier there.
struct Term {
  Str text;
  Str identifier;  ///< MeSH UI: D016441
  bool major = false;
  Str raw;
  Span span;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("text", &Term::text, "The term");
    visit("identifier", &Term::identifier, "Its unique identifier in the vocabulary");
    visit("major", &Term::major, "Marked as a main topic");
    visit("raw", &Term::raw, "As written, where that differs");
    visit("span", &Term::span, "");
  }
};

/// Publication types, genes' symbols, citation subsets, flight missions: terms in order.
struct Terms {
  List<Term> list;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("list", &Terms::list, "The terms in order");
  }
};

/// A subject heading with its qualifiers.
struct Heading {
  Str descriptor;
  Str identifier;  ///< MeSH UI of the descriptor
  Str type;        ///< Geographic; of supplementary concepts Disease, Protocol, Organism …
  bool major = false;
  List<Term> qualifiers;
  Str raw;
  Span span;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("descriptor", &Heading::descriptor, "The descriptor's name");
    visit("identifier", &Heading::identifier, "The descriptor's unique identifier");
    visit("type", &Heading::type, "Geographic, or the kind of a supplementary concept");
    visit("major", &Heading::major, "The descriptor itself is a main topic");
    visit("qualifiers", &Heading::qualifiers, "Qualifiers in order, each with its own major flag");
    visit("raw", &Heading::raw, "As written, where that differs");
    visit("span", &Heading::span, "");
  }
};

struct Headings {
  List<Heading> list;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("list", &Headings::list, "The headings in order");
  }
};

struct Substance {
  Str name;
  Str registry_number;  ///< CAS, EC or UNII; "0" where there is none
  Str identifier;       ///< MeSH UI
  Str raw;
  Span span;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("name", &Substance::name, "Name of the substance");
    visit("registry-number", &Substance::registry_number, "CAS, EC or UNII number; 0 where there is none");
    visit("identifier", &Substance::identifier, "MeSH unique identifier");
    visit("raw", &Substance::raw, "As written, where that differs");
    visit("span", &Substance::span, "");
  }
};

struct Substances {
  List<Substance> list;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("list", &Substances::list, "The substances in order");
  }
};

struct Grant {
  Str number;
  Str acronym;  ///< NLM's two letters of the institute
  Str agency;
  Str country;
  Str raw;
  Span span;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("number", &Grant::number, "Grant number, which may hold slashes");
    visit("acronym", &Grant::acronym, "Two-letter code of the funding institute");
    visit("agency", &Grant::agency, "Funding agency");
    visit("country", &Grant::country, "Its country");
    visit("raw", &Grant::raw, "As written, where that differs");
    visit("span", &Grant::span, "");
  }
};

struct Grants {
  List<Grant> list;
  bool complete = true;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("list", &Grants::list, "The grants in order");
    visit("complete", &Grants::complete, "False where the source says the list is cut off");
  }
};

/// A data bank and accession numbers in it: ClinicalTrials.gov, GENBANK.
struct DataBank {
  Str name;
  List<Text> accessions;
  Str raw;
  Span span;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("name", &DataBank::name, "Name of the data bank");
    visit("accessions", &DataBank::accessions, "Accession numbers in it");
    visit("raw", &DataBank::raw, "As written, where that differs");
    visit("span", &DataBank::span, "");
  }
};

struct DataBanks {
  List<DataBank> list;
  bool complete = true;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("list", &DataBanks::list, "The data banks in order");
    visit("complete", &DataBanks::complete, "False where the source says the list is cut off");
  }
};

struct AbstractSection {
  Str label;     ///< as printed: METHODS
  Str category;  ///< NLM's category: BACKGROUND OBJECTIVE METHODS RESULTS CONCLUSIONS UNASSIGNED
  RichText text;
  Span span;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("label", &AbstractSection::label, "Heading of the section as printed");
    visit("category", &AbstractSection::category, "NLM's category of the section");
    visit("text", &AbstractSection::text, "The section's text; paragraphs are divided by a line feed");
    visit("span", &AbstractSection::span, "");
  }
};

/// An abstract: one section without label, or several with.
struct Abstract {
  List<AbstractSection> sections;
  Str copyright;
  Str type;      ///< of other abstracts: Publisher, plain-language-summary, AAMC …
  Str language;  ///< of other abstracts, as written there (eng, spa)
  Str raw;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("sections", &Abstract::sections, "The sections; one without label where the abstract has none");
    visit("copyright", &Abstract::copyright, "Copyright statement of the abstract");
    visit("type", &Abstract::type, "Kind of an additional abstract");
    visit("language", &Abstract::language, "Language of an additional abstract");
    visit("raw", &Abstract::raw, "As written, where that differs");
  }
};

/// A link from one publication to another: retraction, erratum, comment, update, or a cited reference.
struct Link {
  Str type;      ///< NLM's RefType: RetractionIn, ErratumFor, CommentOn, Cites …; "reference" for a cited work
  Str source;    ///< citation of the other publication, as text
  Str note;
  List<Identifier> identifiers;  ///< its DOI, PMID, PMCID
  Str raw;
  Span span;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("type", &Link::type, "What the other publication is to this one (NLM's RefType)");
    visit("source", &Link::source, "Citation of the other publication as text");
    visit("note", &Link::note, "A note on the link");
    visit("identifiers", &Link::identifiers, "Identifiers of the other publication, never of this one");
    visit("raw", &Link::raw, "As written, where that differs");
    visit("span", &Link::span, "");
  }
};

/// Comments and corrections, or one list of cited references with its title.
struct Links {
  List<Link> list;
  Str title;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("list", &Links::list, "The links in order");
    visit("title", &Links::title, "Heading of a list of references");
  }
};

/// A date in the life of a record: received, accepted, pubmed, entrez …
struct Event {
  Str status;
  Date date;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("status", &Event::status, "What happened: received, revised, accepted, entrez, pubmed, medline …");
    visit("date", &Event::date, "When");
  }
};

struct History {
  List<Event> list;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("list", &History::list, "The events in order");
  }
};

/// General note with its owner.
struct OwnedNote {
  RichText text;
  Str owner;

  template <class Visit>
  static constexpr void members(Visit&& visit) {
    visit("text", &OwnedNote::text, "The note");
    visit("owner", &OwnedNote::owner, "Who wrote it");
  }
};

}  // namespace bibmill

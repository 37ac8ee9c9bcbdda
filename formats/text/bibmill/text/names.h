// Names of persons and bodies as formats write them: BibTeX's forms, "Family, Given, Jr", "Family JM Jr".
//
// Nothing is guessed: no notation splits a particle off a family name unless its own rules say so, no case is changed, and initials
// are made from given names only where a writer must have them (append_indexed). All functions take time linear in the text.
//
// The Fidelity that writers return is about what a name is called (family, given, particles, suffix, literal). What else a Name
// holds (has_details) travels in places of its own, or is lost, as the format decides.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/arena.h"
#include "bibmill/mapping.h"
#include "bibmill/text/function_ref.h"
#include "bibmill/values.h"

namespace bibmill::text {

// -------------------------------------------------------------------------------------------------------------- BibTeX

/// Turns a piece of raw LaTeX into Unicode text that the arena owns; or into the piece itself, where nothing changes and it lives as long as the arena.
using DecodeLatex = FunctionRef<Str(Arena&, std::string_view latex)>;

/// Appends text in the notation of a format, its special characters escaped and its braces balanced.
using EncodeText = FunctionRef<void(std::string& out, std::string_view text)>;

/// What can be wrong with a list of BibTeX names. The name is read all the same, as the enumerator says.
struct NameProblem {
  enum class Kind : std::uint8_t {
    EmptyName,         ///< nothing between two "and"s: left out
    TrailingComma,     ///< "Roe, Ann,": the last comma is left out, as BibTeX does; "King, Jr.," has a suffix
    TooManyCommas,     ///< more than two: those after the second belong to the given names
    UnbalancedBraces,  ///< a closing brace without an opening one, or the other way round
    UnknownPart,       ///< an extended name with a part that biblatex does not know: kept as an attribute
  };
  Kind kind{};
  std::string_view where;  ///< a piece of the text that was given
};

struct BibtexNameOptions {
  bool extended = true;      ///< read biblatex's "family=…, given=…" (no name in BibTeX's own forms looks like it)
  bool use_prefix = false;   ///< the entry's useprefix: von parts are non-dropping particles
  std::uint64_t offset = 0;  ///< of the text in its source: what the names' spans count from
  std::vector<NameProblem>* problems = nullptr;
  bool owned = false;        ///< the arena owns the text, so that names without LaTeX may be pieces of it
};

/// One name, without " and ". Follows BibTeX: "First von Last", "von Last, First" and "von Last, Jr, First"; words end at blanks
/// and ties outside braces; a word's case is that of its first letter outside braces, or of the letter that a special character
/// ({\'E}, {\oe}) stands for. Unlike BibTeX, the von of the comma forms ends before the first word in upper case (as biblatex has
/// it: "Drummond de Andrade, Carlos" is all family), and a hyphen does not end a word, since that would tear "al-Hassan" apart
/// and lose the hyphen. "{Body}" is a literal.
Name parse_bibtex_name(Arena& arena, std::string_view latex, DecodeLatex decode, const BibtexNameOptions& options = {});

/// A list divided by " and " outside braces; a last "others" makes it incomplete. Each name has its span; raw text is left to the
/// caller.
Names parse_bibtex_names(Arena& arena, std::string_view latex, DecodeLatex decode, const BibtexNameOptions& options = {});

struct BibtexNameStyle {
  bool extended = false;    ///< biblatex's "family=…, given=…" may be used where nothing else is exact
  bool use_prefix = false;  ///< the entry says useprefix=true
};

/// "von Last, Jr, First", "{Body}", or biblatex's extended form. What would be read apart (commas, "and", several words where one
/// is meant) is protected by braces. Narrowed: a particle changes its kind or joins the family name.
Fidelity append_bibtex(std::string& out, const Name& name, EncodeText encode, const BibtexNameStyle& style = {});

/// The whole list with " and " between, and "and others" where it is incomplete. The worst fidelity of its names.
Fidelity append_bibtex(std::string& out, const Names& names, EncodeText encode, const BibtexNameStyle& style = {});

/// Which particles a list has: what an entry's useprefix is decided by.
enum class ParticleKinds : std::uint8_t { None, Dropping, NonDropping, Mixed };
ParticleKinds particle_kinds(const Names& names);

// ------------------------------------------------------------------------------------------------------------ inverted

/// How "Family, Given, Suffix" is meant.
struct InvertedStyle {
  bool body_without_comma = false;   ///< "ACME Study Group" and "ACME Study Group," are bodies; otherwise family names alone
  bool suffix_as_last_word = false;  ///< "King, Martin L Jr"
};

inline constexpr InvertedStyle kRisName{true, false};
inline constexpr InvertedStyle kMedlineFullName{false, true};  ///< FAU, FED, FIR, FPS

/// Never splits particles. Where a body has no comma, a text of four parts or more is a literal too: exporters put whole lists of
/// authors into one field, and nothing tells where a name ends. Suffixes as last words are those of tables/name_suffixes.inc.
Name parse_inverted_name(Arena& arena, std::string_view text, InvertedStyle style);

/// Non-dropping particles stand before the family name, dropping ones after the given names. Narrowed where reading gives other
/// parts; Refused, with nothing written, where there is no name at all. Initials stand in where there are no given names.
Fidelity append_inverted(std::string& out, const Name& name, InvertedStyle style);

// ------------------------------------------------------------------------------------------------------------- indexed

/// MEDLINE's AU, ED, IR, PS: "García-Pérez JM Jr". The last word in capitals alone is both `initials` and `given` (where a full
/// form is known, it replaces `given`); without such a word the text is the family name.
Name parse_indexed_name(Arena& arena, std::string_view text);

/// "Family II Jr". Exact where reading gives the same family, initials and suffix; the given names are not looked at, except that
/// initials are made from them where there are none, which is Narrowed.
Fidelity append_indexed(std::string& out, const Name& name);

/// The first letters of given names: "José María" and "J.-M." give "JM"; a word in capitals alone ("JM") is taken whole.
void append_initials(std::string& out, std::string_view given);

// ------------------------------------------------------------------------------------------------------------- general

/// Whether the name holds more than what it is called: initials apart from the given names, identifiers, affiliations,
/// attributes, marks.
bool has_details(const Name& name);

/// What stays behind of a list that has names which their source marks as wrong (PubMed's ValidYN="N": superseded by the right form, which stands beside them).
/// Only a format that can say so writes them.
inline constexpr std::string_view kMarkedAsWrong = "names marked as wrong";
bool has_names_marked_as_wrong(const Names& names);
/// The list without them.
Names without_names_marked_as_wrong(Arena& arena, const Names& names);

/// Splits lower-case particles off the family name (non-dropping) and off the end of the given names (dropping) as CSL processors
/// do on display; for steps that were asked to. Only particles of tables/particles.inc; a name that has particles already, and a
/// body, stay as they are.
void split_particles(Name& name);

/// Jr, Sr, 2nd, III …, with or without a final dot.
bool is_name_suffix(std::string_view word);

}  // namespace bibmill::text

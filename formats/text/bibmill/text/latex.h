// LaTeX in bibliographies, to and from rich text.
//
// One table (tables/latex_unicode.inc) spells characters both ways, another (tables/latex_accents.inc) composes every accent with every letter through
// Unicode's normal form C. Fonts, sub- and superscripts become marks, formulas that are no plain text stay formulas, and a command that means nothing
// here stays as it is, marked as verbatim; so nothing a BibTeX value holds is lost, and what stayed is written back unchanged.
//
// `decode_latex(encode_latex(x)) == x` wherever encoding says Exact. The other direction keeps the meaning, not the spelling: \'e, {\'e} and \'{e} are
// one letter, and a reader that wants the spelling keeps the raw text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "bibmill/arena.h"
#include "bibmill/mapping.h"
#include "bibmill/values.h"

namespace bibmill::text {

// ------------------------------------------------------------------------------------------------------------- reading

enum class WhiteSpace : std::uint8_t {
  Collapse,  ///< every run of white space is one blank, as TeX reads it; none is removed at the ends
  Keep,      ///< as written: abstracts with paragraphs
};

struct LatexDecoding {
  /// Inner brace groups mean "no change of case" (titles). Off for names and plain fields, where braces only group.
  bool braces_protect = true;
  WhiteSpace white_space = WhiteSpace::Collapse;
  /// The arena owns `latex` already: text without any LaTeX in it is shared instead of copied.
  bool owned = false;
};

/// What a reader may want to know beside the text.
struct LatexFindings {
  bool whole_group = false;          ///< one pair of braces stood round the whole value and was dropped
  bool unknown = false;              ///< a command or formula was kept verbatim
  bool unbalanced = false;           ///< a brace without its partner was taken as text
  std::size_t first_unknown = 0;     ///< offset in the input
  std::size_t first_unbalanced = 0;  ///< offset in the input
  /// The first command that the text has nothing of: a font without a mark (\texttt), a size, a colour, a language, what steers sorting. A literal.
  std::string_view left_out;
};

/// The value of a BibTeX field, without its delimiters. Linear in its length; brace groups deeper than 64 are kept verbatim. Unescaped % & # _ and ^ are
/// text here, as BibTeX itself takes them; ~ is a no-break space. The text of \url stands as it is; \href gives its text, and the address in < > behind
/// it where the text does not show it.
RichText decode_latex(Arena& arena, std::string_view latex, const LatexDecoding& options = {}, LatexFindings* findings = nullptr);

/// The characters alone: for names, publishers, keywords. Verbatim commands and formulas stand as written. `braces_protect` has no effect.
Str decode_latex_plain(Arena& arena, std::string_view latex, const LatexDecoding& options = {},
                       LatexFindings* findings = nullptr);

/// True if decoding could change the text: it has a backslash, brace, dollar, tie, opening quote sign, doubled one or double hyphen, or white space to collapse.
bool has_latex(std::string_view text);

// ------------------------------------------------------------------------------------------------------------- writing

struct LatexEncoding {
  enum class Characters : std::uint8_t {
    Unicode,  ///< only what TeX would misread is spelled as a command
    Ascii,    ///< every character that has a command or an accent; the others (Chinese, say) stay, since TeX has no name for them
  };
  enum class Scripts : std::uint8_t {
    Text,  ///< \textsubscript{2}
    Math,  ///< $_{2}$: Zotero reads no other
  };

  Characters characters = Characters::Unicode;
  Scripts scripts = Scripts::Text;
  /// For titles: words with capitals are braced so that styles cannot change them, {NASA}, {McDonald}, but not for the title's first letter alone.
  bool protect_capitals = false;
  /// The text stands behind other text of the same title: its first word has no capital that needs no protection.
  bool continues = false;
  /// Marked quotations as \enquote{…} (package csquotes), else as “ ” in the text, which narrows the value.
  bool enquote = true;
  /// Braces mean "no change of case" where this is read back (titles). Off: runs marked so lose the mark.
  bool braces_protect = true;
};

/// What a writer may want to know of the LaTeX that was made.
struct LatexLooks {
  bool protected_words = false;  ///< words with capitals were put in braces
  /// It is one text without marks, and all in it stands for itself or is a character's own row: nothing that could be taken for anything else.
  bool evident = false;
};

/// Appends the value without delimiters; braces in it are balanced, also in BibTeX's own way of counting, where \{ is a brace. Exact: decoding gives the
/// same value (white space aside, if it collapses that), and words braced by `protect_capitals`, which `looks` says. Narrowed: quotation or markup of
/// another notation became text, or protection was put on what has no letters.
Fidelity encode_latex(std::string& out, const RichText& rich, const LatexEncoding& options = {}, LatexLooks* looks = nullptr);
Fidelity encode_latex(std::string& out, std::string_view plain, const LatexEncoding& options = {}, LatexLooks* looks = nullptr);

/// How LaTeX is spelled, seen from encoding what it is read as.
enum class LatexSpelling : std::uint8_t {
  AsEncoded,  ///< encoding gives it back, exactly
  Otherwise,  ///< encoding gives something else
  Unclear,    ///< only encoding can tell
};

/// What can be told at a look; with `braces_protect` it is read so too.
LatexSpelling spelling_of_latex(std::string_view latex, const LatexEncoding& options);

// -------------------------------------------------------------------------------------------------------------- tables

enum class LatexMode : std::uint8_t { Text, Math, Any };
enum class LatexWay : std::uint8_t { Both, ReadOnly };

/// A row of tables/latex_unicode.inc.
struct LatexSymbol {
  std::string_view command;        ///< as written: "\\ss", "\\&", "---"
  std::u32string_view characters;  ///< what it stands for
  LatexMode mode;                  ///< where it is known; one written from a Math row is put between dollars
  LatexWay way;                    ///< Both: this is how its character is written
};

/// A row of tables/latex_accents.inc.
struct LatexAccent {
  std::string_view command;  ///< "\\'", "\\c", "\\hat"
  char32_t mark;             ///< the combining character
  char32_t alone;            ///< what it is without a letter under it: \^{} is ^; 0: the mark on a no-break space
  LatexMode mode;
  LatexWay way;
};

/// The rows, sorted by command: for tests and documentation.
struct LatexTables {
  const LatexSymbol* symbols;
  std::size_t symbol_count;
  const LatexAccent* accents;
  std::size_t accent_count;
};
LatexTables latex_tables();

}  // namespace bibmill::text

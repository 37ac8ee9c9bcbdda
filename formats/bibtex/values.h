// Values: what stands between a field's delimiters, to and from the record's values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/format.h"
#include "bibmill/text/latex.h"
#include "bibmill/text/names.h"
#include "fields.h"

namespace bibmill::bibtex {

enum class Dialect : std::uint8_t { Bibtex, Biblatex };

inline constexpr std::string_view kBibtexId = "bibtex";
inline constexpr std::string_view kBiblatexId = "biblatex";
constexpr std::string_view id_of(Dialect dialect) { return dialect == Dialect::Bibtex ? kBibtexId : kBiblatexId; }

/// The codec of a key that a row reads besides its own, where it is spelled in another way.
Codec codec_for(const Mapping& row, std::string_view lower_key);

// ------------------------------------------------------------------------------------------------------------- reading

/// The text of a value, without delimiters, as LaTeX or verbatim.
struct Written {
  std::string_view text;
  bool owned = false;        ///< the arena owns it
  bool use_prefix = false;   ///< the entry says useprefix=true
  bool lists = false;        ///< the entry is biblatex's: publishers are lists divided by "and"
  std::uint64_t offset = 0;  ///< of the text, for the spans of names; 0 where it has no single place
  std::vector<text::NameProblem>* problems = nullptr;
  Str* left_out = nullptr;   ///< takes a command that the value has nothing of (LatexFindings)
};

/// Decodes a value that stands for itself. Nothing: the text does not fit the codec, and is kept as it is.
std::optional<Value> decode(Arena& arena, Codec codec, std::string_view lower_key, const Written& written);

/// `year`, `month` and `day` as one date.
struct DateParts {
  std::optional<std::string_view> year;
  std::optional<std::string_view> month;
  std::optional<std::string_view> day;
};
struct ComposedDate {
  Date date;
  bool year = false;   ///< used for the date
  bool month = false;
  bool day = false;
  bool status = false; ///< the year is a status such as "in press": no date
  Str left_out;        ///< a command that the date has nothing of
};
ComposedDate compose_date(Arena& arena, const DateParts& parts);

/// "in press", "forthcoming" …: what people write where the year should be.
bool is_status(std::string_view words);

/// EDTF. Where it is none, `ok` is false, and the date that the words mean is read, or they are kept.
Date decode_date(Arena& arena, std::string_view text, bool& ok, Str* left_out = nullptr);

/// A langid with the langidopts beside it, which may tell the region.
Text decode_langid(Arena& arena, const Written& written, std::string_view options);

/// Takes \url{…} off and undoes the escapes that exporters put into addresses; the arena's, of which it may be a piece if it was `owned` before.
Str bare_verbatim(Arena& arena, std::string_view text, bool owned = false);
/// The whole is one \url{…}.
bool is_url_command(std::string_view text);

/// The addresses of a field, if it is nothing but several of them, divided by blanks, and semicolons or commas before them; nothing otherwise.
std::vector<Str> addresses_in(Arena& arena, std::string_view text);

/// The items of a list that "and" divides, outside braces.
std::vector<std::string_view> items_of_list(std::string_view text);

/// The paths of a list of files, "description:path:type;…".
std::vector<Str> file_paths(Arena& arena, std::string_view text);

/// Of "1=\"0000-0002-1825-0097\"; 3=…": sets the identifiers. False, with nothing set, where anything in it is something else.
bool apply_orcids(Arena& arena, std::string_view text, Names& names);

/// The field of a role: editortype=compiler.
std::optional<Field> field_of_role(std::string_view word);

// ------------------------------------------------------------------------------------------------------------- writing

struct Style {
  Dialect dialect = Dialect::Bibtex;
  bool ascii = false;           ///< non-ASCII characters as LaTeX commands
  bool math_scripts = false;    ///< $_{2}$
  bool use_prefix = false;      ///< the entry says useprefix=true
  bool protect_capitals = true;
  bool continues = false;       ///< what is written stands behind the title that it continues
};

/// What became of a value.
struct Encoded {
  Fidelity fidelity = Fidelity::Exact;
  std::string_view part = {};  ///< of a narrowed value: what stays behind
  bool evident = false;        ///< it decodes to what it was, since nothing in it could be taken for anything else
};

inline Encoded narrowed(std::string_view part) { return {Fidelity::Narrowed, part, false}; }

/// `part` of a text whose capitals were put into braces: nothing stays behind, but reading it back shows them protected.
inline constexpr std::string_view kAddedProtection = "capitals without protection";

/// Appends the value as one key has it: an expression with its delimiters. Refused: nothing was appended. `type` is the record's.
Encoded encode(std::string& out, Codec codec, std::string_view lower_key, const Value& value, Type type, const Style& style);

/// How plain text is written as LaTeX, and how rich text is; in a `title` case is protected.
text::LatexEncoding encoding_of(const Style& style);
text::LatexEncoding encoding_of_rich(const Style& style, bool title);

/// Is `{text}`, from which the value was read, what `encode` makes of the value, exactly? What can be told at a look.
text::LatexSpelling spelling_of_value(Codec codec, std::string_view lower_key, std::string_view text, const Value& value, const Style& style);

/// Appends what the entry says of a retraction, or of concern about the work; Refused where it says nothing of the kind.
Encoded append_notice(std::string& out, const Entry& entry, const Record& record, const Style& style);

/// Appends text that the delimiters keep from being read: `{…}`, braces in it balanced.
void append_text(std::string& out, std::string_view text, const Style& style);

/// The one ISSN that is written of several.
const Identifier* preferred_issn(const Identifiers& identifiers);

/// Genre of a thesis that its entry type tells: "PhD thesis" of @phdthesis.
bool is_masters(std::string_view genre);
bool is_doctoral(std::string_view genre);

}  // namespace bibmill::bibtex

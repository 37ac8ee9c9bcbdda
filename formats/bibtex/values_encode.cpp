// Writing values: what stands behind a key's equals sign.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <variant>

#include "bibmill/reflect.h"
#include "bibmill/text/byte_scan.h"
#include "bibmill/text/dates.h"
#include "bibmill/text/edtf.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/languages.h"
#include "bibmill/text/latex.h"
#include "bibmill/text/names.h"
#include "bibmill/text/notices.h"
#include "bibmill/text/pages.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "lexer.h"
#include "values.h"

namespace bibmill::bibtex {

namespace {

using text::equal_ignoring_ascii_case;

constexpr Encoded kRefused{Fidelity::Refused, {}, false};

/// A number, a volume, a word: what no encoding changes.
bool is_simple(std::string_view text) {
  // ',' to ':' are , - . / the digits and the colon.
  return text::next_not_of_or_doubled(text::Bytes<text::kAsciiLetters, text::ByteRange{',', ':'}, ' ', '(', ')'>{}, text::Bytes<'-'>{}, text, 0) == text.size();
}

/// Line ends, tabs, two blanks in a row.
bool has_loose_blanks(std::string_view text) {
  return text::next_of_or_doubled(text::Bytes<'\n', '\t', '\r'>{}, text::Bytes<' '>{}, text, 0) < text.size();
}

/// Blanks beside line ends, tabs, CR.
bool has_loose_lines(std::string_view text) {
  if (!text::holds<text::ByteRange{'\t', '\r'}>(text)) return false;
  if (text.find('\t') != std::string_view::npos || text.find('\r') != std::string_view::npos) return true;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
    if ((at > 0 && text[at - 1] == ' ') || (at + 1 < text.size() && text[at + 1] == ' ')) return true;
  return false;
}

/// White space that reading removes.
bool is_collapsed(const RichText& rich) {
  for (const Run& run : rich.runs)
    if (has_loose_blanks(run.text)) return false;
  if (rich.empty()) return true;
  const Str first = rich.runs.front().text;
  const Str last = rich.runs.back().text;
  return !text::is_blank(first.front()) && !text::is_blank(last.back());
}

Encoded append_plain_text(std::string& out, std::string_view value, const Style& style) {
  if (value.empty()) return kRefused;
  out += '{';
  const bool collapsed = text::is_collapsed(value);
  Encoded encoded;
  if (is_simple(value)) {
    out += value;
    encoded.evident = true;
  } else {
    text::LatexLooks looks;
    encoded.fidelity = text::encode_latex(out, collapsed ? value : text::collapse(value), encoding_of(style), &looks);
    encoded.evident = looks.evident;
    if (encoded.fidelity != Fidelity::Exact) encoded.part = "characters";
  }
  if (!collapsed) encoded = narrowed("white space");
  out += '}';
  return encoded;
}

/// The text without the braces round it.
Encoded append_bare_rich(std::string& out, const RichText& rich, const Style& style, bool title) {
  if (rich.empty()) return kRefused;
  const text::LatexEncoding encoding = encoding_of_rich(style, title);
  text::LatexLooks looks;
  const bool collapsed = is_collapsed(rich);
  Encoded encoded;
  if (!title && collapsed && rich.runs.size() == 1 && rich.runs.front().marks.none() && is_simple(rich.runs.front().text)) {
    out += rich.runs.front().text;
    looks.evident = true;
  } else if (collapsed) {
    encoded.fidelity = text::encode_latex(out, rich, encoding, &looks);
  } else {
    Arena scratch;
    encoded.fidelity = text::encode_latex(out, text::collapse(scratch, rich), encoding, &looks);
  }
  encoded.evident = looks.evident;
  if (encoded.fidelity == Fidelity::Narrowed) encoded.part = "markup";
  if (looks.protected_words && encoded.fidelity == Fidelity::Exact) encoded = narrowed(kAddedProtection);
  if (!title && encoded.fidelity == Fidelity::Exact && text::has_marks(rich, Mark::NoCase)) encoded = narrowed("protection of case");
  if (!collapsed) encoded = narrowed("white space");
  if (!rich.language.empty()) encoded = narrowed("language of the text");
  return encoded;
}

Encoded append_rich(std::string& out, const RichText& rich, const Style& style, bool title) {
  if (rich.empty()) return kRefused;
  out += '{';
  const Encoded encoded = append_bare_rich(out, rich, style, title);
  out += '}';
  return encoded;
}

/// Publishers and places: " and " would divide them in biblatex.
/// What was appended since `from`: braces around it where its "and" would divide it.
Encoded in_braces_if_list(std::string& out, std::size_t from, Encoded encoded) {
  if (encoded.fidelity == Fidelity::Refused) return encoded;
  const std::string_view written = std::string_view(out).substr(from);
  const std::size_t word = written.find("and");
  encoded.evident = encoded.evident && word == std::string_view::npos;
  if (word == std::string_view::npos || written.find(" and ", word - 1) == std::string_view::npos) return encoded;
  out.insert(from, 1, '{');
  out += '}';
  return encoded;
}

Encoded append_literals(std::string& out, const RichText& rich, const Style& style) {
  const std::size_t from = out.size();
  return in_braces_if_list(out, from, append_rich(out, rich, style, false));
}

/// An address: braces in it would be counted, so they are percent-encoded where they are not in pairs.
Encoded append_verbatim(std::string& out, std::string_view value) {
  if (value.empty()) return kRefused;
  out += '{';
  const bool balanced = is_balanced(value);
  if (balanced) {
    out += value;
  } else {
    for (const char c : value) out += c == '{' ? "%7B" : c == '}' ? "%7D" : std::string(1, c);
  }
  out += '}';
  const bool trimmed = text::trim(value).size() == value.size();
  return !balanced ? narrowed("braces") : !trimmed ? narrowed("white space") : Encoded{};
}

/// The double hyphens between pages are meant as such.
void append_page_text(std::string& out, std::string_view pages, const Style& style) {
  out += '{';
  while (true) {
    const std::size_t dash = pages.find("--");
    const std::string_view piece = pages.substr(0, dash);
    if (is_simple(piece))
      out += piece;
    else
      text::encode_latex(out, piece, encoding_of(style));
    if (dash == std::string_view::npos) break;
    out += "--";
    pages.remove_prefix(dash + 2);
  }
  out += '}';
}

// --------------------------------------------------------------------------------------------------------------- names

/// What of the names is said nowhere.
std::string_view unsaid(const Names& names, const Style& style) {
  std::string_view part;
  for (const Name& name : names.list) {
    if (!name.affiliations.empty()) return "affiliations";
    const bool orcid_only = std::all_of(name.identifiers.begin(), name.identifiers.end(), [](const Identifier& one) {
      return one.scheme == "orcid" && one.qualifier.empty() && one.valid;
    });
    if (!name.identifiers.empty() && (style.dialect == Dialect::Bibtex || !orcid_only || name.identifiers.size() > 1)) part = "identifiers";
    if (part.empty() && !name.initials.empty() && name.initials != name.given) part = "initials";
    if (part.empty() && (!name.attributes.empty() || name.equal_contribution)) part = "details of names";
    if (part.empty() && !name.initials.empty()) part = "initials";
  }
  return part;
}

/// Letters and what stands between those of names; no comma, no sign that could be biblatex's.
bool is_of_letters(std::string_view text) {
  return text::next_not_of<text::ByteRange{'a', 'z'}, text::ByteRange{'A', 'Z'}, ' ', '.', '-', '\'', text::kBeyondAscii>(text, 0) == text.size();
}

/// A part of a name that LaTeX writes as it is and that can only be read as what it is.
bool is_usual_name(std::string_view text) {
  return text::next_not_of<text::ByteRange{'a', 'z'}, text::ByteRange{'A', 'Z'}, ' ', '.', '-', '\''>(text, 0) == text.size() &&
         text::next_doubled<' ', '-', '\''>(text, 0) == text.size() && !text.empty() && text.front() != ' ' && text.back() != ' ';
}

Encoded append_names(std::string& out, const Names& names, const Style& style) {
  if (names.list.empty() && names.complete) return kRefused;
  if (text::has_names_marked_as_wrong(names)) {
    Arena arena;
    const Encoded valid = append_names(out, text::without_names_marked_as_wrong(arena, names), style);
    return valid.fidelity == Fidelity::Refused ? valid : narrowed(text::kMarkedAsWrong);
  }
  text::BibtexNameStyle name_style;
  name_style.extended = style.dialect == Dialect::Biblatex;
  name_style.use_prefix = style.use_prefix;
  const text::LatexEncoding encoding = encoding_of(style);
  // A body could be "et al.".
  bool evident = std::none_of(names.list.begin(), names.list.end(), [](const Name& name) { return name.is_body(); });
  const auto encode_text = [&](std::string& to, std::string_view text) {
    if (is_usual_name(text)) {
      to += text;
      return;
    }
    text::LatexLooks looks;
    text::encode_latex(to, text, encoding, &looks);
    evident = evident && looks.evident && is_of_letters(text) && text::is_collapsed(text);
  };
  out += '{';
  const std::size_t from = out.size();
  const Fidelity fidelity = text::append_bibtex(out, names, encode_text, name_style);
  if (out.size() == from) {  // names of which nothing but details is known
    out.pop_back();
    return kRefused;
  }
  out += '}';
  if (const std::string_view part = unsaid(names, style); !part.empty()) return narrowed(part);
  return fidelity == Fidelity::Exact ? Encoded{fidelity, {}, evident} : narrowed("parts of names");
}

Encoded append_orcids(std::string& out, const Names& names) {
  std::string list;
  std::size_t number = 0;  // of the name among those that are written
  for (const Name& name : names.list) {
    if (!name.valid) continue;
    ++number;
    for (const Identifier& identifier : name.identifiers)
      if (identifier.scheme == "orcid") {
        if (!list.empty()) list += "; ";
        list += fmt::format("{}=\"{}\"", number, identifier.value);
        break;
      }
  }
  if (list.empty()) return kRefused;
  out += '{';
  out += list;
  out += '}';
  return {};
}

// --------------------------------------------------------------------------------------------------------------- dates

Encoded append_edtf(std::string& out, const Date& date) {
  const std::size_t from = out.size();
  out += '{';
  const Fidelity fidelity = text::append_edtf(out, date);
  if (fidelity == Fidelity::Refused) {
    out.resize(from);
    return kRefused;
  }
  out += '}';
  return date.literal.empty() ? Encoded{} : narrowed("words beside the date");
}

bool is_plain_point(const DatePoint& point) {
  return point.known() && !point.approximate && !point.uncertain && point.unspecified_year == 0 && !point.unspecified_month && !point.unspecified_day &&
         point.year >= 0 && point.year <= 9999;
}

/// How classic BibTeX says a date.
enum class Say : std::uint8_t {
  Parts,   ///< year, month, day
  Months,  ///< two months of one year: nov # "--" # dec
  Edtf,    ///< all of it in `year`
  Words,   ///< no date at all
};

Say way_of(const Date& date) {
  if (date.from.kind == DatePoint::Kind::Absent && !date.is_range()) return Say::Words;
  if (!is_plain_point(date.from)) return Say::Edtf;
  if (!date.is_range()) return Say::Parts;
  const bool months = is_plain_point(date.to) && date.from.year == date.to.year && date.from.month != 0 && date.to.month != 0 && date.from.day == 0 &&
                      date.to.day == 0 && !date.from.has_time && !date.to.has_time;
  return months ? Say::Months : Say::Edtf;
}

constexpr std::string_view kMonthMacros[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
std::string_view month_macro(unsigned month) { return kMonthMacros[month - 1]; }

/// "c. 2001": in a year, unlike in a date, "~" is a tie.
bool is_circa_year(const Date& date) {
  DatePoint year = date.from;
  year.approximate = false;
  return date.from.approximate && !date.is_range() && date.literal.empty() && is_plain_point(year) && year.month == 0 && year.season == 0 && year.year > 0;
}

Encoded append_month(std::string& out, const Date& date, const Style& style);

/// Does reading find the words beside the year again where the month would stand? Not those that read as a month, nor blanks that go.
bool is_read_from_month(const Date& date, const Style& style) {
  std::string year;
  text::append_year(year, date);
  std::string month;
  if (append_month(month, date, style).fidelity == Fidelity::Refused) return false;
  Arena scratch;
  DateParts parts;
  parts.year = year;
  parts.month = std::string_view(month).substr(1, month.size() - 2);
  return compose_date(scratch, parts).date.literal == date.literal;
}

Encoded append_year(std::string& out, const Date& date, const Style& style) {
  if (is_circa_year(date)) {
    out += "{c. ";
    text::append_year(out, date);
    out += '}';
    return {};
  }
  switch (way_of(date)) {
    case Say::Words: {
      if (date.literal.empty()) return kRefused;
      const std::size_t body = out.size() + 1;
      const Encoded encoded = append_plain_text(out, date.literal, style);
      // Words that read as a date or as a status are no longer words.
      Arena scratch;
      DateParts parts;
      parts.year = std::string_view(out).substr(body, out.size() - body - 1);
      const ComposedDate back = compose_date(scratch, parts);
      return back.status || back.date.literal != date.literal ? narrowed("distinction from a date or a status") : encoded;
    }
    case Say::Edtf: return append_edtf(out, date);
    case Say::Parts:
    case Say::Months: {
      out += '{';
      text::append_year(out, date);
      out += '}';
      if (date.from.has_time) return narrowed("time of day");
      const bool month = date.from.month != 0 || date.from.season != 0;
      if (date.literal.empty()) return {};
      return month || !is_read_from_month(date, style) ? narrowed("words beside the date") : Encoded{};
    }
  }
  return kRefused;
}

Encoded append_month(std::string& out, const Date& date, const Style& style) {
  const Say say = way_of(date);
  if (say == Say::Months) {
    out += fmt::format("{} # \"--\" # {}", month_macro(date.from.month), month_macro(date.to.month));
    return {};
  }
  if (say != Say::Parts) return kRefused;
  if (date.from.month != 0) {
    out += month_macro(date.from.month);
    return {};
  }
  if (date.from.season != 0) {
    out += fmt::format("{{{}}}", text::season_name(date.from.season));
    return {};
  }
  if (date.literal.empty() || text::parse_months(date.literal, date.from.year)) return kRefused;
  return append_plain_text(out, date.literal, style);
}

Encoded append_day(std::string& out, const Date& date) {
  if (way_of(date) != Say::Parts || date.from.month == 0 || date.from.day == 0) return kRefused;
  out.append("{").append(std::to_string(date.from.day)).append("}");
  return {};
}

// --------------------------------------------------------------------------------------------------------- identifiers

/// One identifier of the scheme, bare, with nothing said beside it: what reading makes of its value.
bool is_usual(const Identifiers& identifiers, std::string_view scheme) {
  if (identifiers.list.size() != 1) return false;
  const Identifier& one = identifiers.list.front();
  return one.scheme == scheme && one.valid && one.qualifier.empty() && one.version.empty() && text::is_bare_identifier(scheme, one.value);
}

Encoded evident_if(bool evident, Encoded encoded) {
  encoded.evident = evident;
  return encoded;
}

Encoded append_serials(std::string& out, std::string_view lower_key, const Identifiers& identifiers, const Style& style) {
  if (identifiers.list.empty()) return kRefused;
  if (lower_key == kElectronicIssn && identifiers.list.size() == 1 && identifiers.list[0].qualifier == "electronic")
    return append_plain_text(out, identifiers.list[0].value, style);
  // biber takes two ISBNs in one field for one wrong one.
  if (lower_key == "isbn" && style.dialect == Dialect::Biblatex && identifiers.list.size() > 1) {
    append_plain_text(out, identifiers.list[0].value, style);
    return narrowed("further ISBNs");
  }
  if (lower_key == "issn") {
    const Identifier* const issn = preferred_issn(identifiers);
    const Encoded encoded = append_plain_text(out, issn->value, style);
    return identifiers.list.size() > 1 ? narrowed("further ISSNs") : !issn->qualifier.empty() ? narrowed("medium") : encoded;
  }
  std::string all;
  bool qualified = false;
  for (const Identifier& identifier : identifiers.list) {
    if (!all.empty()) all += ' ';
    all += identifier.value;
    qualified = qualified || !identifier.qualifier.empty();
  }
  const Encoded encoded = append_plain_text(out, all, style);
  return qualified ? narrowed("what the ISBN is for") : encoded;
}

Encoded append_identifier(std::string& out, const Identifiers& identifiers, const Style& style) {
  if (identifiers.list.empty()) return kRefused;
  const Identifier& first = identifiers.list.front();
  const Encoded encoded = append_plain_text(out, first.value, style);
  if (identifiers.list.size() > 1) return narrowed("further identifiers");
  if (!first.version.empty()) return narrowed("version");
  return first.valid && first.qualifier.empty() ? encoded : narrowed("what the identifier is for");
}

Encoded append_doi(std::string& out, const Identifiers& identifiers) {
  if (identifiers.list.empty()) return kRefused;
  const Identifier& first = identifiers.list.front();
  const Encoded encoded = append_verbatim(out, first.value);
  return identifiers.list.size() > 1 ? narrowed("further DOIs") : first.valid ? encoded : narrowed("validity");
}

/// The identifier that stands in `eprint`.
const Identifier* eprint_of(const Identifiers& identifiers) {
  for (const Identifier& identifier : identifiers.list)
    if (std::find(std::begin(kArchives), std::end(kArchives), identifier.scheme) != std::end(kArchives)) return &identifier;
  return nullptr;
}

Encoded append_eprint(std::string& out, const Identifiers& identifiers) {
  const Identifier* const eprint = eprint_of(identifiers);
  if (eprint == nullptr) return kRefused;
  const std::string value = eprint->version.empty() ? std::string(eprint->value) : fmt::format("{}v{}", eprint->value, eprint->version);
  const Encoded encoded = append_verbatim(out, value);
  return identifiers.list.size() > 1 ? narrowed("identifiers that are no eprint") : encoded;
}

Encoded append_eprint_type(std::string& out, const Identifiers& identifiers) {
  const Identifier* const eprint = eprint_of(identifiers);
  if (eprint == nullptr || eprint->scheme == "eprint") return kRefused;
  out += fmt::format("{{{}}}", eprint->scheme == "arxiv" ? "arXiv" : std::string(eprint->scheme));
  return {};
}

Encoded append_eprint_class(std::string& out, const Identifiers& identifiers, const Style& style) {
  const Identifier* const eprint = eprint_of(identifiers);
  if (eprint == nullptr || eprint->qualifier.empty()) return kRefused;
  return append_plain_text(out, eprint->qualifier, style);
}

// --------------------------------------------------------------------------------------------------------------- lists

Encoded append_keywords(std::string& out, const Keywords& keywords, const Style& style) {
  if (keywords.list.empty()) return kRefused;
  const auto has = [](const Keyword& keyword, char c) {
    return std::any_of(keyword.text.runs.begin(), keyword.text.runs.end(), [c](const Run& run) { return run.text.find(c) != Str::npos; });
  };
  bool any_comma = false;
  bool any_semicolon = false;
  for (const Keyword& keyword : keywords.list) {
    any_comma = any_comma || has(keyword, ',');
    any_semicolon = any_semicolon || has(keyword, ';');
  }
  const bool commas = any_comma && keywords.list.size() > 1;
  Encoded worst = keywords.owner.empty() ? Encoded{} : narrowed("owner of the keywords");
  bool evident = !any_comma && !any_semicolon;
  out += '{';
  bool first = true;
  for (const Keyword& keyword : keywords.list) {
    const std::size_t from = out.size();
    if (!first) out += commas ? "; " : ", ";
    const std::size_t begin = out.size();
    const Encoded encoded = append_bare_rich(out, keyword.text, style, false);
    evident = evident && encoded.evident;
    if (encoded.fidelity == Fidelity::Refused) {
      out.resize(from);
      continue;
    }
    first = false;
    // In braces where what divides keywords stands in it.
    if ((any_semicolon && has(keyword, ';')) || (any_comma && !commas && has(keyword, ','))) {
      out.insert(begin, 1, '{');
      out += '}';
    }
    if (encoded.fidelity == Fidelity::Narrowed) worst = encoded;
    if (keyword.major) worst = narrowed("marks of main topics");
  }
  out += '}';
  worst.evident = evident;
  return worst;
}

Encoded append_abstract(std::string& out, const Abstract& abstract, const Style& style) {
  text::LatexEncoding encoding = encoding_of(style);
  const std::size_t from = out.size();
  out += '{';
  bool narrow = false;
  bool any = false;
  text::LatexLooks looks;
  for (const AbstractSection& section : abstract.sections) {
    if (section.text.empty()) continue;
    if (any) out += '\n';
    any = true;
    if (!section.label.empty() && section.label != "UNLABELLED") {
      text::encode_latex(out, section.label, encoding);
      out += ": ";
    }
    if (text::encode_latex(out, section.text, encoding, &looks) != Fidelity::Exact || text::has_marks(section.text, Mark::NoCase)) narrow = true;
  }
  if (!any) {
    out.resize(from);
    return kRefused;
  }
  // Reading takes an indented line for a wrapped one, and white space at the ends for nothing.
  const std::string_view written = std::string_view(out).substr(from + 1);
  const bool layout = text::trim(written).size() != written.size() || has_loose_lines(written);
  out += '}';
  if (abstract.sections.size() != 1 || !abstract.sections[0].label.empty() || !abstract.sections[0].category.empty()) return narrowed("sections");
  if (!abstract.copyright.empty()) return narrowed("copyright");
  if (!abstract.type.empty() || !abstract.language.empty()) return narrowed("kind of the abstract");
  return narrow ? narrowed("markup") : layout ? narrowed("white space") : Encoded{Fidelity::Exact, {}, looks.evident};
}

Encoded append_file(std::string& out, std::string_view path, const Style&) {
  if (path.empty()) return kRefused;
  std::string escaped;
  for (const char c : path) {
    if (c == ':' || c == ';' || c == '\\') escaped += '\\';
    escaped += c;
  }
  const bool alone = escaped.size() == path.size();
  const std::size_t from = out.size();
  const Encoded encoded = append_verbatim(out, alone ? escaped : fmt::format(":{}:", escaped));
  Arena scratch;
  const std::vector<Str> back = file_paths(scratch, std::string_view(out).substr(from + 1, out.size() - from - 2));
  const bool same = back.size() == 1 && back.front() == path;
  return encoded.fidelity != Fidelity::Exact || same ? encoded : text::is_collapsed(path) ? narrowed("spelling") : narrowed("white space");
}

// --------------------------------------------------------------------------------------------------------------- words

Encoded append_language(std::string& out, std::string_view value, const Style& style) {
  if (text::names_no_language(value)) return kRefused;
  Arena scratch;
  const auto tag = text::bcp47_from(scratch, value);
  const auto langid = tag ? text::langid_from(*tag) : std::nullopt;
  if (!langid) return append_plain_text(out, value, style);
  out += fmt::format("{{{}}}", *langid);
  const auto back = text::bcp47_from_langid(*langid);
  return back && *back == value ? Encoded{} : narrowed("spelling of the language");
}

Encoded append_status(std::string& out, const RichText& status) {
  if (!status.plain()) return kRefused;
  for (const LocalWord& word : kStates)
    if (word.text == status.text()) {
      out += fmt::format("{{{}}}", word.key);
      return {};
    }
  return kRefused;
}

/// biblatex's own word for the text, where it has one. `title`: the text protects case.
Encoded append_local(std::string& out, const RichText& rich, std::span<const LocalWord> words, const Style& style, bool title = false) {
  if (rich.plain()) {
    if (style.dialect == Dialect::Biblatex)
      for (const LocalWord& word : words)
        if (word.text == rich.text()) {
          out += fmt::format("{{{}}}", word.key);
          return {};
        }
    // Words that happen to be a key would be read as the key's text.
    for (const LocalWord& word : words)
      if (equal_ignoring_ascii_case(word.key, rich.text())) {
        append_rich(out, rich, style, title);
        return narrowed("words that read as a key of biblatex");
      }
  }
  return append_rich(out, rich, style, title);
}

Encoded append_genre(std::string& out, const RichText& genre, Type type, const Style& style) {
  // @phdthesis and @mastersthesis say it themselves.
  if (genre.plain() && type == Type::Thesis && style.dialect == Dialect::Bibtex && (genre.text() == "PhD thesis" || genre.text() == "Master's thesis"))
    return kRefused;
  return append_local(out, genre, kGenres, style);
}

Encoded append_countries(std::string& out, const RichText& countries, const Style& style) {
  const std::size_t from = out.size();
  return in_braces_if_list(out, from, append_local(out, countries, kCountries, style));
}

/// biblatex's edition is a number where it can be: "2" of "2nd", "Second" and "2nd ed.".
Encoded append_edition(std::string& out, const RichText& edition, const Style& style) {
  if (style.dialect == Dialect::Bibtex || !edition.plain()) return append_rich(out, edition, style, false);
  constexpr std::string_view kOrdinals[] = {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"};
  std::string_view words = text::trim(edition.text());
  for (const std::string_view end : {" edition", " ed.", " ed"})
    if (words.size() > end.size() && equal_ignoring_ascii_case(words.substr(words.size() - end.size()), end)) {
      words.remove_suffix(end.size());
      break;
    }
  std::string number;
  for (std::size_t at = 0; at < std::size(kOrdinals); ++at)
    if (equal_ignoring_ascii_case(words, kOrdinals[at])) number = std::to_string(at + 1);
  const std::size_t digits = words.find_first_not_of("0123456789");
  if (digits != std::string_view::npos && digits > 0)
    for (const std::string_view end : {"st", "nd", "rd", "th"})
      if (equal_ignoring_ascii_case(words.substr(digits), end)) number = words.substr(0, digits);
  if (number.empty()) return append_rich(out, edition, style, false);
  out += fmt::format("{{{}}}", number);
  return narrowed("spelling of the ordinal");
}

Encoded append_headings(std::string& out, const Headings& headings, const Style& style) {
  Arena scratch;
  Keywords keywords;
  for (const Heading& heading : headings.list) {
    Keyword keyword;
    keyword.text = RichText::of(scratch, heading.descriptor);
    if (!keyword.text.empty()) keywords.list.push_back(scratch, keyword);
  }
  const Encoded encoded = append_keywords(out, keywords, style);
  return encoded.fidelity == Fidelity::Refused ? encoded : narrowed("qualifiers and identifiers");
}

}  // namespace

text::LatexEncoding encoding_of(const Style& style) {
  text::LatexEncoding encoding;
  encoding.characters = style.ascii ? text::LatexEncoding::Characters::Ascii : text::LatexEncoding::Characters::Unicode;
  encoding.scripts = style.math_scripts ? text::LatexEncoding::Scripts::Math : text::LatexEncoding::Scripts::Text;
  // \enquote needs csquotes, which biblatex's users have.
  encoding.enquote = style.dialect == Dialect::Biblatex;
  encoding.braces_protect = false;
  return encoding;
}

text::LatexEncoding encoding_of_rich(const Style& style, bool title) {
  text::LatexEncoding encoding = encoding_of(style);
  encoding.braces_protect = title;
  encoding.protect_capitals = title && style.protect_capitals;
  encoding.continues = style.continues;
  return encoding;
}

bool is_masters(std::string_view genre) {
  const std::string lower = text::to_lower(genre);
  return lower.find("master") != std::string::npos || lower.find("diploma") != std::string::npos;
}

bool is_doctoral(std::string_view genre) {
  const std::string lower = text::to_lower(genre);
  return lower.find("phd") != std::string::npos || lower.find("ph.d") != std::string::npos || lower.find("doctor") != std::string::npos;
}

const Identifier* preferred_issn(const Identifiers& identifiers) {
  for (const std::string_view kind : {"print", "electronic", "linking"})
    for (const Identifier& identifier : identifiers.list)
      if (identifier.qualifier == kind && identifier.valid) return &identifier;
  return &identifiers.list.front();
}

void append_text(std::string& out, std::string_view text, const Style& style) {
  if (append_plain_text(out, text, style).fidelity == Fidelity::Refused) out += "{}";
}

Encoded encode(std::string& out, Codec codec, std::string_view lower_key, const Value& value, Type type, const Style& style) {
  switch (codec) {
    case Codec::Title: return append_rich(out, std::get<RichText>(value), style, true);
    case Codec::Rich:
    case Codec::Journal:
    case Codec::HowPublished: return append_rich(out, std::get<RichText>(value), style, false);
    case Codec::Literals: return append_literals(out, std::get<RichText>(value), style);
    case Codec::Edition: return append_edition(out, std::get<RichText>(value), style);
    case Codec::PubState: return append_status(out, std::get<RichText>(value));
    case Codec::Genre: return append_genre(out, std::get<RichText>(value), type, style);
    case Codec::Series: return append_local(out, std::get<RichText>(value), kSeries, style, true);
    case Codec::Countries: return append_countries(out, std::get<RichText>(value), style);
    case Codec::Plain:
    case Codec::Issue:
    case Codec::Language: return text::names_no_language(std::get<Text>(value).value) ? kRefused : append_plain_text(out, std::get<Text>(value).value, style);
    case Codec::LangId: return evident_if(false, append_language(out, std::get<Text>(value).value, style));
    case Codec::Verbatim:
    case Codec::Keys: return append_verbatim(out, std::get<Text>(value).value);
    case Codec::Url: {
      const std::string_view address = std::get<Text>(value).value;
      return evident_if(!text::holds<'\\', '{', '}', ' ', text::ByteRange{'\t', '\r'}>(address), append_verbatim(out, address));
    }
    case Codec::File: return append_file(out, std::get<Text>(value).value, style);
    case Codec::Names:
    case Codec::Role: return append_names(out, std::get<Names>(value), style);
    case Codec::NameNote: return append_orcids(out, std::get<Names>(value));
    case Codec::UsePrefix:
      if (!style.use_prefix) return kRefused;
      out += "{useprefix=true}";
      return {};
    case Codec::Date: return append_edtf(out, std::get<Date>(value));
    case Codec::Year: return append_year(out, std::get<Date>(value), style);
    case Codec::Month: return append_month(out, std::get<Date>(value), style);
    case Codec::Day: return append_day(out, std::get<Date>(value));
    case Codec::Pages: {
      const Pages& pages = std::get<Pages>(value);
      if (pages.ranges.empty()) return kRefused;
      std::string text;
      const Fidelity fidelity = text::append_pages(text, pages, text::PageStyle::DoubleHyphen);
      append_page_text(out, text, style);
      return fidelity == Fidelity::Exact ? Encoded{fidelity, {}, text::is_of_numbers(pages)} : narrowed("shape of the page ranges");
    }
    case Codec::Doi: return evident_if(is_usual(std::get<Identifiers>(value), "doi"), append_doi(out, std::get<Identifiers>(value)));
    case Codec::Serial: return evident_if(is_usual(std::get<Identifiers>(value), lower_key), append_serials(out, lower_key, std::get<Identifiers>(value), style));
    case Codec::Identifier: return evident_if(is_usual(std::get<Identifiers>(value), lower_key), append_identifier(out, std::get<Identifiers>(value), style));
    case Codec::Eprint: return append_eprint(out, std::get<Identifiers>(value));
    case Codec::EprintType: return append_eprint_type(out, std::get<Identifiers>(value));
    case Codec::EprintClass: return append_eprint_class(out, std::get<Identifiers>(value), style);
    case Codec::Keywords: return append_keywords(out, std::get<Keywords>(value), style);
    case Codec::Headings: return append_headings(out, std::get<Headings>(value), style);
    case Codec::Abstract: return append_abstract(out, std::get<Abstract>(value), style);
    case Codec::OwnedNote: {
      const OwnedNote& note = std::get<OwnedNote>(value);
      const Encoded encoded = append_rich(out, note.text, style, false);
      return encoded.fidelity == Fidelity::Refused ? encoded : narrowed("kind of note");
    }
    case Codec::Retraction: return kRefused;  // written by append_notice, which sees the whole record
    case Codec::RoleName: break;  // the writer knows the role
  }
  return kRefused;
}

Encoded append_notice(std::string& out, const Entry& entry, const Record& record, const Style& style) {
  const std::string notice = text::notice_of(entry, record);
  if (notice.empty()) return kRefused;
  append_plain_text(out, notice, style);
  return narrowed(entry.field == Field::PublicationType ? "other publication types" : "comments and corrections beyond the words of a retraction");
}

}  // namespace bibmill::bibtex

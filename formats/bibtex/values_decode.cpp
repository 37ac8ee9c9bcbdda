// Reading values: LaTeX, verbatim texts, names, dates, identifiers.
#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "bibmill/reflect.h"
#include "bibmill/text/byte_scan.h"
#include "bibmill/text/dates.h"
#include "bibmill/text/edtf.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/languages.h"
#include "bibmill/text/latex.h"
#include "bibmill/text/pages.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "journals.h"
#include "lexer.h"
#include "prelude.h"
#include "values.h"

namespace bibmill::bibtex {

namespace {

using text::equal_ignoring_ascii_case;
using text::is_ascii_digit;
using text::is_blank;

/// Keys that a row reads beside its own and that are spelled in another way.
struct KeyCodec {
  std::string_view key;
  Codec codec;
};
constexpr KeyCodec kKeyCodecs[] = {
    {"date", Codec::Date},       {"year", Codec::Year},          {"month", Codec::Month},     {"day", Codec::Day},
    {"langid", Codec::LangId},   {"hyphenation", Codec::LangId}, {"language", Codec::Language}, {"issue", Codec::Issue},
    {"journal", Codec::Journal},  {"journaltitle", Codec::Journal},
    {"urlyear", Codec::Year},     {"urlmonth", Codec::Month},       {"urlday", Codec::Day},
};

/// Blanks at the ends say nothing; one behind a backslash is a command.
std::string_view trim_latex(std::string_view latex) {
  const std::string_view trimmed = text::trim(latex);
  const bool command = !trimmed.empty() && trimmed.back() == '\\' && trimmed.data() + trimmed.size() < latex.data() + latex.size();
  return command ? std::string_view(trimmed.data(), trimmed.size() + 1) : trimmed;
}

/// Blanks that braces or commands hid at the ends, as in {{Kelp }}.
void trim_runs(List<Run>& runs) {
  while (!runs.empty() && runs[0].notation.empty()) {
    runs[0].text = text::trim_left(runs[0].text);
    if (!runs[0].text.empty()) break;
    runs.erase(0);
  }
  while (!runs.empty() && runs.back().notation.empty()) {
    runs.back().text = text::trim_right(runs.back().text);
    if (!runs.back().text.empty()) break;
    runs.pop_back();
  }
}

void take_left_out(const text::LatexFindings& findings, Str* left_out) {
  if (left_out != nullptr && left_out->empty()) *left_out = findings.left_out;
}

/// In a text without marks a command that is not understood stands as if its letters were meant.
void take_left_out_of_plain(const text::LatexFindings& findings, Str* left_out) {
  take_left_out(findings, left_out);
  if (left_out != nullptr && left_out->empty() && findings.unknown) *left_out = "markup";
}

RichText rich(Arena& arena, const Written& written, bool protect, text::WhiteSpace white_space = text::WhiteSpace::Collapse) {
  text::LatexDecoding options;
  options.braces_protect = protect;
  options.owned = written.owned;
  options.white_space = white_space;
  text::LatexFindings findings;
  RichText decoded = text::decode_latex(arena, trim_latex(written.text), options, &findings);
  take_left_out(findings, written.left_out);
  trim_runs(decoded.runs);
  return decoded;
}

Str plain(Arena& arena, std::string_view latex, bool owned = false, Str* left_out = nullptr) {
  text::LatexDecoding options;
  options.owned = owned;
  text::LatexFindings findings;
  const Str decoded = text::trim(text::decode_latex_plain(arena, trim_latex(latex), options, &findings));
  take_left_out_of_plain(findings, left_out);
  return decoded;
}

Str plain(Arena& arena, const Written& written) { return plain(arena, written.text, written.owned, written.left_out); }

Str own(Arena& arena, std::string_view text, bool owned) { return owned ? text : arena.copy(text); }

/// Is all of it one pair of braces and what they hold?
bool is_one_group(std::string_view text) {
  if (text.size() < 2 || text.front() != '{' || text.back() != '}') return false;
  int depth = 0;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}' && --depth == 0) return false;
  }
  return true;
}

// -------------------------------------------------------------------------------------------------------------- lists

/// Calls `visit` for each piece between separators outside braces; `separator(text, at)` is the size of the one at `at`, or 0.
template <class Separator, class Visit>
void split_outside_braces(std::string_view text, Separator&& separator, Visit&& visit) {
  std::size_t depth = 0;
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) {
      ++at;
      continue;
    }
    if (text[at] == '{') ++depth;
    if (text[at] == '}' && depth > 0) --depth;
    if (depth > 0) continue;
    if (const std::size_t size = separator(text, at); size > 0) {
      visit(text.substr(from, at - from));
      from = at + size;
      at = from - 1;
    }
  }
  visit(text.substr(from));
}

/// The same where the separator is one byte.
template <char separator, class Visit>
void split_at(std::string_view text, Visit&& visit) {
  std::size_t depth = 0;
  std::size_t from = 0;
  text::Places<'\\', '{', '}', separator> places(text);
  for (std::size_t at = places.next(); at < text.size(); at = places.next()) {
    if (text[at] == '\\') {
      places.skip_to(at + 2);
    } else if (text[at] == '{') {
      ++depth;
    } else if (text[at] == '}') {
      if (depth > 0) --depth;
    } else if (depth == 0) {
      visit(text.substr(from, at - from));
      from = at + 1;
    }
  }
  visit(text.substr(from));
}

std::size_t and_at(std::string_view text, std::size_t at) {
  if (!is_blank(text[at]) || text.size() - at < 5) return 0;
  std::size_t word = at;
  while (word < text.size() && is_blank(text[word])) ++word;
  if (text.size() - word < 4 || !equal_ignoring_ascii_case(text.substr(word, 3), "and") || !is_blank(text[word + 3])) return 0;
  return word + 4 - at;
}

/// "Köln and Wien" of biblatex is two places; joined by "; " they are one text. `read` makes the text of one.
template <typename Read>
RichText list_of(Arena& arena, const Written& written, const Read& read) {
  if (written.text.find("and") == kNowhere) return read(written);
  std::vector<RichText> parts;
  split_outside_braces(written.text, and_at, [&](std::string_view part) {
    Written one = written;
    one.text = part;
    parts.push_back(read(one));
  });
  return text::concatenate(arena, parts, "; ");
}

RichText literals(Arena& arena, const Written& written, bool list) {
  const auto read = [&](const Written& one) { return rich(arena, one, false); };
  return list ? list_of(arena, written, read) : read(written);
}

/// {{alpha; beta}}: Web of Science puts all values into braces twice.
std::string_view without_outer_braces(std::string_view text) {
  const std::string_view inner = text::trim(text);
  return is_one_group(inner) && inner.find(';') != kNowhere ? inner.substr(1, inner.size() - 2) : text;
}

Keywords keywords(Arena& arena, Written written) {
  Keywords list;
  const std::string_view whole = written.text;
  written.text = without_outer_braces(whole);
  if (written.offset != 0) written.offset += static_cast<std::size_t>(written.text.data() - whole.data());
  std::size_t semicolons = 0;
  if (written.text.find(';') != kNowhere) split_at<';'>(written.text, [&](std::string_view) { ++semicolons; });
  const auto add = [&](std::string_view piece) {
    piece = text::trim(piece);
    if (piece.empty()) return;
    Written one = written;
    one.text = piece;
    Keyword keyword;
    keyword.text = rich(arena, one, false);
    if (written.offset != 0) keyword.span.begin = written.offset + static_cast<std::size_t>(piece.data() - written.text.data());
    if (written.offset != 0) keyword.span.end = keyword.span.begin + piece.size();
    if (!keyword.text.empty()) list.list.push_back(arena, keyword);
  };
  if (semicolons > 1)
    split_at<';'>(written.text, add);
  else
    split_at<','>(written.text, add);
  return list;
}

Names names(Arena& arena, const Written& written) {
  text::BibtexNameOptions options;
  options.use_prefix = written.use_prefix;
  options.offset = written.offset;
  options.problems = written.problems;
  options.owned = true;
  // The whole list is owned, so that a name without LaTeX in it is a view and not a copy.
  const Str owned = own(arena, written.text, written.owned);
  const auto decode_owned = [&](Arena& to, std::string_view latex) {
    text::LatexDecoding decoding;
    decoding.owned = true;
    text::LatexFindings findings;
    const Str decoded = text::decode_latex_plain(to, latex, decoding, &findings);
    take_left_out_of_plain(findings, written.left_out);
    return decoded;
  };
  Names list = text::parse_bibtex_names(arena, owned, decode_owned, options);
  if (written.problems != nullptr)
    for (text::NameProblem& problem : *written.problems)
      problem.where = written.text.substr(static_cast<std::size_t>(problem.where.data() - owned.data()), problem.where.size());
  return list;
}

// ------------------------------------------------------------------------------------------------------------ abstracts

/// A line break before an indented line is the exporter's wrapping; any other is the author's.
Str unwrapped(Arena& arena, std::string_view text) {
  if (text.find('\n') == kNowhere && text.find('\r') == kNowhere) return text;
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\n' && text[at] != '\r') {
      out += text[at];
      continue;
    }
    if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
    std::size_t next = at + 1;
    while (next < text.size() && (text[next] == ' ' || text[next] == '\t')) ++next;
    const bool wrapped = next > at + 1 && next < text.size() && text[next] != '\n' && text[next] != '\r';
    while (!out.empty() && (out.back() == ' ' || out.back() == '\t')) out.pop_back();
    out += wrapped ? ' ' : '\n';
    at = next - 1;
  }
  return arena.copy(out);
}

Abstract abstract(Arena& arena, const Written& written) {
  Written kept = written;
  kept.text = unwrapped(arena, text::trim(written.text));
  kept.owned = written.owned || kept.text.data() != text::trim(written.text).data();
  AbstractSection section;
  section.text = rich(arena, kept, false, text::WhiteSpace::Keep);
  Abstract result;
  result.sections.push_back(arena, section);
  return result;
}

// ---------------------------------------------------------------------------------------------------------- identifiers

Identifiers one(Arena& arena, std::string_view scheme, std::string_view written) {
  Identifiers identifiers;
  Identifier identifier = text::make_identifier(arena, scheme, written);
  identifier.raw = {};
  identifiers.list.push_back(arena, identifier);
  return identifiers;
}

/// Commas as blanks, and those one by one.
Str spaced(Arena& arena, Str written) {
  if (written.find(',') == kNowhere) return text::collapse(arena, written);
  std::string blanks(written);
  std::replace(blanks.begin(), blanks.end(), ',', ' ');
  return arena.copy(text::collapse(blanks));
}

/// `written` is the arena's.
Identifiers serial_numbers(Arena& arena, std::string_view scheme, Str written) {
  Identifiers identifiers;
  if (!text::read_serial_numbers(arena, spaced(arena, written), identifiers.list)) return one(arena, scheme == kElectronicIssn ? "issn" : scheme, written);
  for (Identifier& identifier : identifiers.list) {
    identifier.scheme = scheme == "isbn" ? "isbn" : "issn";  // what the field says, whatever it looks like
    if (scheme == kElectronicIssn) identifier.qualifier = "electronic";
    identifier.raw = {};
  }
  return identifiers;
}

// --------------------------------------------------------------------------------------------------------------- pages

/// "1194--1205", "1194": nothing of it is LaTeX but the dash, and that is read as well.
bool is_range_of_digits(std::string_view text) {
  const auto digits = [](std::string_view piece) { return static_cast<std::size_t>(std::find_if_not(piece.begin(), piece.end(), is_ascii_digit) - piece.begin()); };
  const std::size_t dash = digits(text);
  if (dash == text.size()) return !text.empty();
  const std::size_t size = text.substr(dash).starts_with("--") ? 2 : 1;
  const std::string_view last = text.substr(dash + size);
  return dash > 0 && text[dash] == '-' && !last.empty() && digits(last) == last.size();
}

Pages pages(Arena& arena, const Written& written) {
  const std::string_view text = text::trim(written.text);
  if (is_range_of_digits(text)) return text::parse_pages(arena, text);
  const Str all = plain(arena, written);
  // "1\,--\,5", "1~--~5": spaces beside the dash.
  constexpr std::string_view kThinSpace = "\xE2\x80\x89";
  constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
  if (all.find(kThinSpace) == Str::npos && all.find(kNoBreakSpace) == Str::npos) return text::parse_pages(arena, all);
  std::string blanks;
  for (std::string_view rest = all; !rest.empty();) {
    const std::size_t space = rest.starts_with(kThinSpace) ? kThinSpace.size() : rest.starts_with(kNoBreakSpace) ? kNoBreakSpace.size() : 0;
    blanks += space != 0 ? ' ' : rest.front();
    rest.remove_prefix(std::max<std::size_t>(space, 1));
  }
  return text::parse_pages(arena, blanks);
}

// --------------------------------------------------------------------------------------------------------------- words

/// The text of a word that biblatex prints in the language of the document; otherwise what is written.
RichText local(Arena& arena, const Written& written, std::span<const LocalWord> words, bool is_title = false) {
  const std::string_view key = text::trim(written.text);
  for (const LocalWord& word : words)
    if (equal_ignoring_ascii_case(word.key, key)) return RichText::of(arena, word.text);
  return rich(arena, written, is_title);
}

/// \apj, alone or in braces.
RichText journal(Arena& arena, const Written& written) {
  std::string_view name = text::trim(written.text);
  if (is_one_group(name)) name = text::trim(name.substr(1, name.size() - 2));
  if (name.starts_with('\\'))
    for (const JournalMacro& macro : kJournalCommands)
      if (macro.name == name) return RichText::of(arena, macro.text);
  return rich(arena, written, false);
}

}  // namespace

Codec codec_for(const Mapping& row, std::string_view lower_key) {
  if (lower_key == row.key) return codec_of(row);
  for (const KeyCodec& key : kKeyCodecs)
    if (key.key == lower_key) return key.codec;
  return codec_of(row);
}

std::vector<std::string_view> items_of_list(std::string_view text) {
  std::vector<std::string_view> items;
  split_outside_braces(text, and_at, [&](std::string_view item) { items.push_back(item); });
  return items;
}

std::optional<Field> field_of_role(std::string_view word) {
  for (const RoleWord& role : kRoles)
    if (equal_ignoring_ascii_case(role.word, word)) return role.field;
  return std::nullopt;
}

std::optional<Value> decode(Arena& arena, Codec codec, std::string_view lower_key, const Written& written) {
  switch (codec) {
    case Codec::Title: return rich(arena, written, true);
    case Codec::Rich:
    case Codec::Edition:
    case Codec::HowPublished: return rich(arena, written, false);
    case Codec::Journal: return journal(arena, written);
    case Codec::Plain:
    case Codec::Issue:
    case Codec::Language: return Text{plain(arena, written)};
    case Codec::Literals:
      return literals(arena, written, written.lists || lower_key == "location" || lower_key == "origlocation" || lower_key == "origpublisher");
    case Codec::Verbatim:
    case Codec::Keys: return Text{own(arena, text::trim(written.text), written.owned)};
    case Codec::Url: return Text{bare_verbatim(arena, written.text, written.owned)};
    case Codec::Names:
    case Codec::Role: return names(arena, written);
    case Codec::Pages: return pages(arena, written);
    case Codec::Doi: return one(arena, "doi", bare_verbatim(arena, written.text, written.owned));
    case Codec::Serial: return serial_numbers(arena, lower_key, plain(arena, written));
    case Codec::Identifier: return one(arena, lower_key, plain(arena, written));
    case Codec::Keywords: return keywords(arena, written);
    case Codec::Abstract: return abstract(arena, written);
    case Codec::LangId: return decode_langid(arena, written, {});
    case Codec::PubState: return local(arena, written, kStates);
    case Codec::Genre: return local(arena, written, kGenres);
    case Codec::Series: return local(arena, written, kSeries, true);
    case Codec::Countries: return list_of(arena, written, [&](const Written& country) { return local(arena, country, kCountries); });
    case Codec::Date: {
      bool ok = false;
      return decode_date(arena, written.text, ok, written.left_out);
    }
    case Codec::File:
    case Codec::RoleName:
    case Codec::NameNote:
    case Codec::UsePrefix:
    case Codec::Year:
    case Codec::Month:
    case Codec::Day:
    case Codec::Eprint:
    case Codec::EprintType:
    case Codec::EprintClass:
    case Codec::Headings:
    case Codec::OwnedNote:
    case Codec::Retraction: break;  // the reader puts these together from several fields, or they are only written
  }
  return std::nullopt;
}

// --------------------------------------------------------------------------------------------------------------- dates

namespace {

/// The text as it stands, for "~" is no tie in a date, or else without its LaTeX.
std::optional<Date> edtf(Arena& arena, std::string_view latex, Str* left_out) {
  if (std::optional<Date> date = text::parse_edtf(text::trim(latex))) return date;
  return latex.find_first_of("\\{$") == kNowhere ? std::nullopt : text::parse_edtf(plain(arena, latex, false, left_out));
}

}  // namespace

Text decode_langid(Arena& arena, const Written& written, std::string_view options) {
  const Str name = plain(arena, written);
  const auto tag = text::bcp47_from_langid(name, options);
  return Text{tag ? Str(*tag) : name};
}

Date decode_date(Arena& arena, std::string_view text, bool& ok, Str* left_out) {
  const std::optional<Date> date = edtf(arena, text, left_out);
  ok = date.has_value();
  if (ok) return *date;
  const Str words = plain(arena, text, false, left_out);
  if (const std::optional<Date> in_words = text::parse_date_in_words(words)) return *in_words;
  Date read;
  read.literal = arena.copy(words);
  return read;
}

bool is_status(std::string_view words) {
  constexpr std::string_view kWords[] = {"in press", "inpress", "forthcoming", "to appear", "submitted", "in preparation", "accepted", "in review", "under review"};
  return std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view word) { return equal_ignoring_ascii_case(word, words); });
}

namespace {

/// "c. 1990", "ca 1990", "circa 1990".
std::optional<Date> circa(std::string_view text) {
  for (const std::string_view word : {"circa", "ca.", "ca", "c."}) {
    if (text.size() <= word.size() || !equal_ignoring_ascii_case(text.substr(0, word.size()), word)) continue;
    std::optional<Date> date = text::parse_edtf(text::trim(text.substr(word.size())));
    if (!date || date->is_range()) return std::nullopt;
    date->from.approximate = true;
    return date;
  }
  return std::nullopt;
}

/// "{\noopsort{1981a}}1982": a command that steers sorting, and the year ("BibTeXing", section 4).
std::string_view without_sort_command(std::string_view text) {
  if (!text.starts_with("{\\") && !text.starts_with('\\')) return text;
  const std::size_t brace = text.rfind('}');
  return brace == kNowhere ? text : text.substr(brace + 1);
}

std::optional<Date> year_from(Arena& arena, std::string_view latex, Str* left_out) {
  const std::string_view text = text::trim(latex);
  const std::string_view year = text::trim(without_sort_command(text));
  std::optional<Date> date = edtf(arena, year, left_out);
  if (!date) {
    const Str words = plain(arena, year, false, left_out);
    date = circa(words);
    if (!date) date = text::parse_date_in_words(words);
  }
  if (!date || year.size() == text.size()) return date;
  plain(arena, text.substr(0, text.size() - year.size()), false, left_out);
  if (left_out->empty()) *left_out = "\\…";
  return date;
}

bool only_a_year(const Date& date) {
  const DatePoint& from = date.from;
  return !date.is_range() && from.known() && from.month == 0 && from.day == 0 && from.season == 0 && from.unspecified_year == 0 && !from.unspecified_month;
}

/// The month's words with the year's doubts.
Date with_doubts(Date months, const DatePoint& year) {
  for (DatePoint* const point : {&months.from, &months.to}) {
    point->approximate = point->approximate || (point->known() && year.approximate);
    point->uncertain = point->uncertain || (point->known() && year.uncertain);
  }
  return months;
}

/// The words of a month, or of several, beside a year.
void read_month(Arena& arena, std::string_view latex, Date& date, Str& left_out) {
  std::string month(plain(arena, latex, false, &left_out));
  for (std::size_t at = 0; (at = month.find("\u00A0", at)) != std::string::npos;) month.replace(at, 2, " ");
  if (const std::optional<Date> months = text::parse_months(month, date.from.year))
    date = with_doubts(*months, date.from);
  else
    date.literal = arena.copy(month);
}

unsigned day_from(std::string_view text) {
  unsigned day = 0;
  if (text.empty() || text.size() > 2) return 0;
  for (const char c : text) {
    if (!is_ascii_digit(c)) return 0;
    day = day * 10 + static_cast<unsigned>(c - '0');
  }
  return day <= 31 ? day : 0;
}

}  // namespace

ComposedDate compose_date(Arena& arena, const DateParts& parts) {
  ComposedDate result;
  if (!parts.year) return result;
  const std::optional<Date> year = year_from(arena, *parts.year, &result.left_out);
  if (!year) {
    const Str words = plain(arena, *parts.year, false, &result.left_out);
    result.year = true;
    result.status = is_status(words);
    result.date.literal = arena.copy(words);
    return result;
  }
  result.date = *year;
  result.year = true;
  if (!only_a_year(*year) || !parts.month) return result;
  if (const unsigned number = month_of_macro(text::trim(*parts.month)); number != 0) {
    result.date.from.month = static_cast<std::uint8_t>(number);
  } else {
    read_month(arena, *parts.month, result.date, result.left_out);
  }
  result.month = true;
  if (!parts.day || result.date.is_range() || result.date.from.month == 0 || result.date.from.day != 0) return result;
  const unsigned day = day_from(text::trim(*parts.day));
  if (day == 0 || !text::is_day_of_month(result.date.from.year, result.date.from.month, day)) return result;
  result.date.from.day = static_cast<std::uint8_t>(day);
  result.day = true;
  return result;
}

// ------------------------------------------------------------------------------------------------------ verbatim, lists

bool is_url_command(std::string_view text) {
  text = text::trim(text);
  return text.starts_with("\\url{") && text.ends_with('}') && text.find('}') == text.size() - 1;
}

Str bare_verbatim(Arena& arena, std::string_view written, bool owned) {
  std::string_view text = text::trim(written);
  while (true) {
    if (is_url_command(text))
      text = text::trim(text.substr(5, text.size() - 6));
    else if (is_one_group(text))  // {{10.1000/x}}, as Web of Science writes all values
      text = text::trim(text.substr(1, text.size() - 2));
    else
      break;
  }
  if (!text::holds<'\\', '{', '\r', '\t'>(text)) return own(arena, text, owned);
  // What exporters escape although nobody asked: \_ \% \& \# \~ \$, in braces or not, and {~}.
  constexpr std::string_view kEscaped = "_%&#~$^";
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (rest[0] == '{' && rest.size() >= 4 && rest[1] == '\\' && kEscaped.find(rest[2]) != kNowhere && rest[3] == '}') {
      out += rest[2];
      at += 3;
    } else if (rest[0] == '{' && rest.size() >= 3 && kEscaped.find(rest[1]) != kNowhere && rest[2] == '}') {
      out += rest[1];
      at += 2;
    } else if (rest[0] == '\\' && rest.size() >= 2 && kEscaped.find(rest[1]) != kNowhere) {
      out += rest[1];
      ++at;
      if (text.substr(at + 1).starts_with("{}")) at += 2;  // \~{}
    } else if (rest[0] == '\r') {
      if (!rest.starts_with("\r\n")) out += '\n';
    } else if (rest[0] == '\t') {
      out += ' ';
    } else {
      out += rest[0];
    }
  }
  return arena.copy(out);
}

std::vector<Str> addresses_in(Arena& arena, std::string_view text) {
  std::vector<Str> addresses;
  const std::string_view trimmed = text::trim(text);
  for (std::size_t at = 0; at < trimmed.size();) {
    std::size_t end = at;
    while (end < trimmed.size() && !is_blank(trimmed[end])) ++end;
    std::string_view one = trimmed.substr(at, end - at);
    if (end < trimmed.size() && (one.ends_with(';') || one.ends_with(','))) one.remove_suffix(1);
    if (one.find("://") == kNowhere) return {};
    addresses.push_back(bare_verbatim(arena, one));
    for (at = end; at < trimmed.size() && is_blank(trimmed[at]);) ++at;
  }
  return addresses;
}

namespace {

/// Mendeley writes a path as if it were LaTeX: C$\backslash$:/a{\_}b.pdf.
std::string without_mendeleys_latex(std::string_view text) {
  constexpr std::pair<std::string_view, std::string_view> kSpellings[] = {{"$\\backslash$", "\\"}, {"{\\_}", "_"}, {"{\\&}", "&"}, {"{\\#}", "#"}, {"{\\%}", "%"}};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto* const row = std::find_if(std::begin(kSpellings), std::end(kSpellings), [&](const auto& one) { return text.substr(at).starts_with(one.first); });
    if (row == std::end(kSpellings)) {
      out += text[at++];
      continue;
    }
    out += row->second;
    at += row->first.size();
  }
  return out;
}

}  // namespace

std::vector<Str> file_paths(Arena& arena, std::string_view written) {
  const std::string text = without_mendeleys_latex(written);
  const auto unescaped = [&](std::string_view path) {
    std::string out;
    for (std::size_t at = 0; at < path.size(); ++at) {
      if (path[at] == '\\' && at + 1 < path.size() && (path[at + 1] == ':' || path[at + 1] == ';' || path[at + 1] == '\\')) ++at;
      if (path[at] == '\n' || path[at] == '\r') {
        if (!out.empty() && out.back() != ' ') out += ' ';
      } else {
        out += path[at];
      }
    }
    return arena.copy(text::trim(out));
  };
  const auto pieces_of = [](std::string_view list, char separator) {
    std::vector<std::string_view> pieces;
    std::size_t from = 0;
    for (std::size_t at = 0; at <= list.size(); ++at) {
      if (at + 1 < list.size() && list[at] == '\\') {
        ++at;
        continue;
      }
      if (at < list.size() && list[at] != separator) continue;
      pieces.push_back(list.substr(from, at - from));
      from = at + 1;
    }
    return pieces;
  };
  std::vector<Str> paths;
  for (const std::string_view file : pieces_of(text::trim(std::string_view(text)), ';')) {
    const std::vector<std::string_view> parts = pieces_of(file, ':');
    // A path alone may hold a colon: C:/x.pdf, https://x.
    const bool alone = parts.size() == 1 || (parts.size() == 2 && (parts[0].size() == 1 || parts[1].starts_with("//")));
    // JabRef: description, path, type, and perhaps the address it came from; colons within a part are escaped, but often not that of a drive.
    const bool drive = parts.size() > 3 && parts[1].size() == 1;
    const std::string_view path = alone ? file : drive ? file.substr(parts[0].size() + 1, 2 + parts[2].size()) : parts[1];
    if (const Str bare = unescaped(path); !bare.empty()) paths.push_back(bare);
  }
  return paths;
}

bool apply_orcids(Arena& arena, std::string_view text, Names& names) {
  struct Found {
    std::size_t index;
    Str orcid;
  };
  std::vector<Found> found;
  while (!(text = text::trim(text)).empty()) {
    const std::size_t equals = text.find('=');
    if (equals == kNowhere || equals + 1 >= text.size() || text[equals + 1] != '"') return false;
    std::size_t index = 0;
    for (const char c : text.substr(0, equals)) {
      if (!is_ascii_digit(c) || index > 1'000'000) return false;
      index = index * 10 + static_cast<std::size_t>(c - '0');
    }
    const std::size_t close = text.find('"', equals + 2);
    if (close == kNowhere || index == 0 || index > names.list.size()) return false;
    const Str orcid = text::orcid_from(arena, text.substr(equals + 2, close - equals - 2));
    if (orcid.empty()) return false;
    found.push_back({index - 1, arena.copy(orcid)});
    text = text::trim(text.substr(close + 1));
    if (text.starts_with(';'))
      text.remove_prefix(1);
    else if (!text.empty())
      return false;
  }
  for (const Found& one : found) {
    Identifier identifier;
    identifier.scheme = "orcid";
    identifier.value = one.orcid;
    names.list[one.index].identifiers.push_back(arena, identifier);
  }
  return !found.empty();
}

}  // namespace bibmill::bibtex

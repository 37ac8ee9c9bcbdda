// Values in RIS's notation: reading and writing them, codec by codec.
#include "values.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "bibmill/text/byte_scan.h"
#include "bibmill/text/dates.h"
#include "bibmill/text/entities.h"
#include "bibmill/text/html.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/languages.h"
#include "bibmill/text/names.h"
#include "bibmill/text/pages.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"

namespace bibmill::ris {

using text::equal_ignoring_ascii_case;
using text::is_ascii_digit;
using text::trim;

namespace {

constexpr std::string_view kEtAl = "et al.";
constexpr std::string_view kPmidMark = "[pmid]";
constexpr std::string_view kPmcidMark = "[pmcid]";
/// A number of an issue, if M1 holds one, or a page in M2: short, and with a digit ("3", "Suppl 2", "9-10").
constexpr std::size_t kLongestNumber = 16;

bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_ascii_digit); }
bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_ascii_digit); }

// --------------------------------------------------------------------------------------------------------- decoding

/// "D.G.", "J.-P.", "S", "TJ": initials and nothing else. `dots`: each must have one.
bool is_initials(std::string_view word, bool dots) {
  constexpr std::size_t kMostWithoutDots = 4;
  std::size_t letters = 0;
  bool wants_dot = false;
  for (const char32_t c : text::CodePoints(word)) {
    if (c == U'.' || c == U'-') {
      wants_dot = wants_dot && c != U'.';
      continue;
    }
    if (!text::is_upper(c) || (dots && wants_dot)) return false;
    wants_dot = dots;
    ++letters;
  }
  const bool has_dot = word.find('.') != std::string_view::npos;
  return letters > 0 && !wants_dot && (has_dot || (!dots && letters <= kMostWithoutDots));
}

std::size_t last_blank(std::string_view text) { return text.find_last_of(' '); }

/// Where "Elbow-Joint D.G." or "Bath S" ends its family name; 0 if it is no such name. "de Valve Jr. P." has a suffix before the initials.
std::size_t family_before_initials(std::string_view text, bool dots) {
  const std::size_t blank = last_blank(text);
  if (blank == std::string_view::npos || !is_initials(text.substr(blank + 1), dots)) return 0;
  // A body's name may end in a letter ("Hepatitis Group B"), but its words are many; a family name has four at most.
  const std::string_view family = text.substr(0, blank);
  constexpr std::ptrdiff_t kMostBlanks = 3;
  return std::count(family.begin(), family.end(), ' ') <= kMostBlanks ? blank : 0;
}

/// Where the initials of "J. -P. Amarre" end; 0 if it is no such name.
std::size_t initials_before_family(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t blank = std::min(text.find(' ', at), text.size());
    if (!is_initials(text.substr(at, blank - at), true)) break;
    end = blank;
    at = blank + 1;
  }
  return end < text.size() ? end : 0;
}

/// A name whose parts stand in the producer's own order; empty if the text is none.
Name name_in_order(Str text, NameOrder order) {
  Name name;
  if (text.find(',') != Str::npos) return name;
  if (order == NameOrder::InitialsBehind || order == NameOrder::DottedBehind) {
    const std::size_t end = family_before_initials(text, order == NameOrder::DottedBehind);
    if (end == 0) return name;
    name.family = trim(text.substr(0, end));
    name.given = text.substr(end + 1);
    const std::size_t blank = last_blank(name.family);
    if (blank == Str::npos || !text::is_name_suffix(name.family.substr(blank + 1))) return name;
    name.suffix = name.family.substr(blank + 1);
    name.family = trim(name.family.substr(0, blank));
  } else if (order == NameOrder::InitialsInFront) {
    const std::size_t end = initials_before_family(text);
    if (end == 0) return name;
    name.given = text.substr(0, end);
    name.family = trim(text.substr(end + 1));
  }
  return name;
}

/// "1938-", "1850-1920", "approximately 1850-1920": what library catalogues put behind names.
bool are_life_dates(std::string_view text) {
  constexpr std::size_t kYear = 4;
  const auto begins_year = [&](std::size_t at) { return all_digits(text.substr(at, kYear)) && text.size() >= at + kYear; };
  for (std::size_t at = 0; at + kYear < text.size() + 1; ++at) {
    if (!begins_year(at)) continue;
    const std::string_view rest = text.substr(at + kYear);
    return rest.empty() ? at > 0 && text[at - 1] == '-' : rest.front() == '-' || rest.front() == '?';
  }
  return false;
}

/// What stands behind a second comma by mistake, or is no suffix: "King, Jr., Martin Luther", "Knuth, Donald Ervin, 1938-".
void put_right(Arena& arena, Name& name) {
  if (name.suffix.empty()) return;
  if (text::is_name_suffix(name.given) && !text::is_name_suffix(name.suffix)) std::swap(name.given, name.suffix);
  if (!are_life_dates(name.suffix)) return;
  name.attributes.push_back(arena, Attribute{"dates", name.suffix});
  name.suffix = {};
}

bool decode_name(Arena& arena, Str text, Span span, NameOrder order, Names& names) {
  if (means_et_al(text)) {
    names.complete = false;
    return true;
  }
  Name name = name_in_order(text, order);
  if (name.family.empty()) name = text::parse_inverted_name(arena, text, text::kRisName);
  if (name.family.empty() && name.given.empty() && name.literal.empty()) return false;
  put_right(arena, name);
  name.span = span;
  names.list.push_back(arena, name);
  return true;
}

/// "Zhang, San; Li, Si": each piece is a name with a comma, as no single name has them.
bool holds_several_names(std::string_view text) {
  std::size_t names = 0;
  for (std::string_view rest = text; !rest.empty(); ++names) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const std::size_t comma = rest.substr(0, end).find(',');
    if (comma == std::string_view::npos || trim(rest.substr(0, comma)).empty() || trim(rest.substr(comma + 1, end - comma - 1)).empty()) return false;
    rest = trim(rest.substr(std::min(end + 1, rest.size())));
  }
  return names > 1;
}

bool decode_names(Arena& arena, Str text, Span span, NameOrder order, Names& names) {
  if (text.find(';') == Str::npos || !holds_several_names(text)) return decode_name(arena, text, span, order, names);
  for (Str rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const Str one = trim(rest.substr(0, end));
    decode_name(arena, one, span_within(text, span, one), order, names);
    rest = trim(rest.substr(std::min(end + 1, rest.size())));
  }
  return true;
}

/// Where the first keyword ends: at a semicolon, or at a comma that a blank follows outside of brackets ("1,3-butadiene", "deep learning (CNN, RNN), nlp").
std::size_t end_of_keyword(std::string_view text, char divider) {
  if (divider == ';') return std::min(text.find(';'), text.size());
  int depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '(' || c == '[') ++depth;
    if ((c == ')' || c == ']') && depth > 0) --depth;
    if (c == ',' && depth == 0 && (at + 1 == text.size() || text[at + 1] == ' ')) return at;
  }
  return text.size();
}

bool decode_keywords(Arena& arena, const Str whole, Span span, bool commas_divide, Keywords& keywords) {
  const bool has_semicolon = whole.find(';') != Str::npos;
  const char divider = commas_divide && !has_semicolon ? ',' : ';';
  Str text = whole;
  const std::size_t before = keywords.list.size();
  while (!text.empty()) {
    const std::size_t end = end_of_keyword(text, divider);
    const Str word = trim(text.substr(0, end));
    if (!word.empty()) {
      Keyword keyword;
      keyword.text = RichText::of(arena, word);
      keyword.span = span_within(whole, span, word);
      keywords.list.push_back(arena, keyword);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return keywords.list.size() > before;
}

/// The serial numbers of one scheme in the text; another's are left alone.
bool decode_serial(Arena& arena, Str text, Span span, std::string_view scheme, Identifiers& identifiers) {
  List<Identifier> found;
  if (!text::read_serial_numbers(arena, text, found)) return false;
  const std::size_t before = identifiers.list.size();
  for (Identifier& identifier : found) {
    if (identifier.scheme != scheme) continue;
    identifier.raw = {};
    identifier.span = span;
    // Scopus writes what it is in brackets: "03064530 (ISSN)".
    if (equal_ignoring_ascii_case(identifier.qualifier, scheme)) identifier.qualifier = {};
    identifiers.list.push_back(arena, identifier);
  }
  return identifiers.list.size() > before;
}

/// Where a report's number is expected: the serial numbers that say themselves what they are, or are books' numbers beyond doubt.
bool decode_sure_serial(Arena& arena, Str text, Span span, std::string_view scheme, Identifiers& identifiers) {
  constexpr std::size_t kNewIsbn = 13;
  Identifiers found;
  if (!decode_serial(arena, text, span, scheme, found)) return false;
  std::string label(scheme);
  for (char& c : label) c = text::ascii_upper(c);
  const bool is_labelled = text.find(label) != Str::npos;
  for (const Identifier& identifier : found.list) {
    const auto digits = std::count_if(identifier.value.begin(), identifier.value.end(), is_ascii_digit);
    const bool is_book = scheme == "isbn" && static_cast<std::size_t>(digits) == kNewIsbn && text::has_valid_check_digit(scheme, identifier.value);
    if (!is_labelled && !is_book) return false;
  }
  for (const Identifier& identifier : found.list) identifiers.list.push_back(arena, identifier);
  return true;
}

bool add_identifier(Arena& arena, Str scheme, Str value, Span span, Identifiers& identifiers) {
  if (value.empty()) return false;
  Identifier identifier;
  identifier.scheme = scheme;
  identifier.value = value;
  identifier.span = span;
  identifiers.list.push_back(arena, identifier);
  return true;
}

bool decode_arxiv(Arena& arena, Str text, Span span, Identifiers& identifiers) {
  if (text::arxiv_from(text).id.empty()) return false;
  Identifier identifier = text::make_identifier(arena, "arxiv", text);
  identifier.raw = {};
  identifier.span = span;
  identifiers.list.push_back(arena, identifier);
  return true;
}

/// The DOI of a text that holds one: behind a proxy of a library, or before another.
Str first_doi(Arena& arena, Str written) {
  const std::size_t next = written.find(";10.");
  const Str whole = text::doi_from(arena, written.substr(0, next));
  if (!whole.empty()) return whole;
  std::string_view found = text::find_doi(written);
  const std::size_t end = std::min(found.find(";10."), found.size());
  return arena.copy(text::doi_from(arena, found.substr(0, end)));
}

/// The text before a mark such as "[pmid]"; empty if it does not end so.
Str before_mark(Str text, std::string_view mark) { return text.ends_with(mark) ? text.substr(0, text.size() - mark.size()) : Str{}; }

/// The one DOI of a note that the label "doi" announces; a note with several is a list of references.
Str doi_in_note(Arena& arena, Str note) {
  if (const Str whole = text::doi_from(arena, note); !whole.empty()) return whole;
  const std::string_view found = text::find_doi(note);
  if (found.empty()) return {};
  const auto at = static_cast<std::size_t>(found.data() - note.data());
  if (!text::find_doi(note.substr(at + found.size())).empty()) return {};
  const Str before = trim(note.substr(0, at));
  for (const std::string_view label : {"doi:", "DOI:", "doi.org/", "DOI"})
    if (before.ends_with(label)) return arena.copy(text::doi_from(arena, found));
  return {};
}

constexpr Str kIsiLink = "<Go to ISI>://";

/// "L373791783"
bool is_embase_number(std::string_view text) { return text.size() > 1 && text.front() == 'L' && all_digits(text.substr(1)); }

/// "10:11:12" or "10:11" as the fourth part of a date is a time; Zotero writes the moment of access so.
void take_time(Date& date) {
  const Str text = date.literal;
  const auto two_digits = [&](std::size_t at) { return is_ascii_digit(text[at]) && is_ascii_digit(text[at + 1]); };
  const auto number = [&](std::size_t at) { return static_cast<std::uint8_t>((text[at] - '0') * 10 + (text[at + 1] - '0')); };
  const bool has_seconds = text.size() == 8;
  if ((text.size() != 5 && !has_seconds) || date.from.day == 0 || date.is_range()) return;
  if (!two_digits(0) || text[2] != ':' || !two_digits(3) || (has_seconds && (text[5] != ':' || !two_digits(6)))) return;
  if (number(0) > 23 || number(3) > 59 || (has_seconds && number(6) > 59)) return;
  date.from.has_time = true;
  date.from.hour = number(0);
  date.from.minute = number(3);
  date.from.second = has_seconds ? number(6) : std::uint8_t{0};
  date.literal = {};
}

/// A date with a year; words alone are none, since what they mean depends on the tag's other uses.
bool decode_known_date(Arena& arena, Str text, Span span, Date& date) {
  if (!has_digit(text)) return false;
  date = bibmill::ris::decode_date(arena, text);
  date.span = span;
  return date.from.known() || date.to.known();
}

bool is_page_count(Arena& arena, Str text) {
  const Pages pages = text::parse_pages(arena, text);
  return std::all_of(pages.ranges.begin(), pages.ranges.end(), [](const PageRange& range) { return range.last.empty(); });
}

}  // namespace

void Context::see_provider(std::string_view name, bool database) {
  for (const std::string_view one : kPubMedNames) pubmed = pubmed || equal_ignoring_ascii_case(name, one);
  if (!database) return;
  for (const std::string_view begin : kPubMedBeginnings) pubmed = pubmed || equal_ignoring_ascii_case(name.substr(0, begin.size()), begin);
  arxiv = arxiv || equal_ignoring_ascii_case(name, "arXiv");
  embase = embase || equal_ignoring_ascii_case(name, "Embase");
}

Span span_within(std::string_view text, Span span, std::string_view piece) {
  if (text.size() != span.size()) return span;
  const auto begin = span.begin + static_cast<std::uint64_t>(piece.data() - text.data());
  return {begin, begin + piece.size()};
}

namespace {

bool is_address(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://") || text.starts_with("ftp://");
}

constexpr std::string_view kBetweenAddresses = "; \t";

/// The address that the text begins with: as far as a blank, or a semicolon before another one.
std::string_view first_address(std::string_view text) {
  for (std::size_t at = text.find_first_of(kBetweenAddresses); at < text.size();) {
    const std::size_t behind = std::min(text.find_first_not_of(kBetweenAddresses, at), text.size());
    if (is_address(text.substr(behind))) return text.substr(0, at);
    const std::size_t blank = text.find_first_not_of(';', at);
    if (blank < behind) return text.substr(0, blank);
    at = text.find_first_of(kBetweenAddresses, behind);
  }
  return text;
}

}  // namespace

std::vector<std::string_view> several_addresses(std::string_view text) {
  std::vector<std::string_view> addresses;
  if (!text::holds<';', ' ', '\t'>(text)) return addresses;  // nearly always
  while (!text.empty()) {
    if (!is_address(text)) return {};
    addresses.push_back(first_address(text));
    text.remove_prefix(addresses.back().size());
    text.remove_prefix(std::min(text.find_first_not_of(kBetweenAddresses), text.size()));
  }
  return addresses.size() > 1 ? addresses : std::vector<std::string_view>{};
}

bool means_state(std::string_view text) {
  if (text.empty() || text::is_ascii_digit(text.front())) return false;  // nearly always a year
  return std::any_of(std::begin(kStates), std::end(kStates), [&](std::string_view state) { return equal_ignoring_ascii_case(text, state); });
}

std::vector<std::string_view> several_languages(std::string_view text) {
  std::vector<std::string_view> languages;
  for (; !text.empty(); text.remove_prefix(std::min(text.find(';'), text.size() - 1) + 1))
    if (const std::string_view one = trim(text.substr(0, text.find(';'))); !one.empty()) languages.push_back(one);
  return languages;
}

namespace {

/// The first character reference at or behind `at`; npos if there is none.
std::size_t next_reference(std::string_view text, std::size_t at) {
  for (at = text.find('&', at); at != std::string_view::npos; at = text.find('&', at + 1))
    if (text::character_reference_at(text, at).size > 0) return at;
  return at;
}

}  // namespace

bool holds_references(std::string_view text) { return next_reference(text, 0) != std::string_view::npos; }

bool holds_references(std::string_view tag, std::string_view text) {
  if (!holds_references(text)) return false;
  const TagId id = kTags.find(tag);
  return id != kUnknownTag && kTags.has_references[id];
}

Str without_references(Arena& arena, Str text) {
  std::size_t at = next_reference(text, 0);
  if (at == Str::npos) return text;
  std::string decoded;
  std::size_t done = 0;
  for (; at != Str::npos; at = next_reference(text, done)) {
    const text::CharacterReference reference = text::character_reference_at(text, at);
    decoded += text.substr(done, at - done);
    text::append_utf8(decoded, reference.character);
    done = at + reference.size;
  }
  decoded += text.substr(done);
  return arena.copy(trim(decoded));
}

bool means_et_al(std::string_view name) {
  static constexpr std::string_view kWords[] = {kEtAl, "et al", "...", "\u2026", "others"};
  constexpr std::size_t kLongest = kEtAl.size();
  return name.size() <= kLongest && std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view words) { return equal_ignoring_ascii_case(name, words); });
}

bool reads_as_person(std::string_view name, NameOrder order) { return !name_in_order(name, order).family.empty(); }

bool reads_as_pmid_in_c2(std::string_view text) {
  constexpr std::size_t kYear = 4;
  return text.size() > kYear && all_digits(text);
}

bool gathers(Codec codec) {
  switch (codec) {
    case Codec::Names:
    case Codec::Reviewed:
    case Codec::Keywords:
    case Codec::Issn:
    case Codec::Isbn:
    case Codec::SureIssn:
    case Codec::SureIsbn: return true;
    default: return false;
  }
}

Pages decode_pages(Arena& arena, Str first, Str last) {
  Pages pages = text::parse_pages(arena, first);
  if (last.empty()) return pages;
  if (pages.ranges.size() == 1 && pages.ranges[0].last == last) return pages;
  Pages range;
  range.ranges.push_back(arena, text::make_page_range(arena, first, last));
  return range;
}

bool is_no_date(std::string_view text) {
  return text.starts_with("0000") && std::all_of(text.begin(), text.end(), [](char c) { return c == '0' || c == '/' || c == '-'; });
}

Fidelity append_year(std::string& out, const Date& date) {
  return date.from.known() && date.from.year == 0 ? Fidelity::Refused : text::append_year(out, date);
}

Date decode_date(Arena& arena, Str text, std::optional<int> year) {
  Date date = text::parse_ris_date(arena, text, year);
  take_time(date);
  return date;
}

bool decode(Codec codec, Arena& arena, Str text, Span span, const Context& context, Value& value) {
  switch (codec) {
    case Codec::Url:
      if (text.starts_with(kIsiLink)) return false;
      [[fallthrough]];
    case Codec::Text:
    case Codec::File: std::get<Text>(value).value = text; return true;
    case Codec::Language: {
      const std::size_t end = text.find(';');
      const std::vector<std::string_view> languages = end == Str::npos ? std::vector<std::string_view>{} : several_languages(text);
      std::get<Text>(value).value = languages.size() < 2 ? text : languages.front();
      return true;
    }
    case Codec::Issue:
      if (text.size() > kLongestNumber || !has_digit(text)) return false;
      std::get<Text>(value).value = text;
      return true;
    case Codec::PageCount:
      if (context.has_last_page || !is_page_count(arena, text)) return false;
      std::get<Text>(value).value = text;
      return true;
    case Codec::Rich:
    case Codec::Headings: std::get<RichText>(value) = RichText::of(arena, text); return true;
    case Codec::Names: return decode_names(arena, text, span, names_of(context.by), std::get<Names>(value));
    case Codec::Reviewed: return !is_ascii_digit(text.front()) && decode_name(arena, text, span, names_of(context.by), std::get<Names>(value));
    case Codec::AgainThePlace:
      if (context.by != By::Ovid || context.place != text) return false;
      std::get<RichText>(value) = RichText::of(arena, text);
      return true;
    case Codec::EmbaseNumber:
      if (context.by != By::Embase || !is_embase_number(text)) return false;
      std::get<RichText>(value) = RichText::of(arena, text);
      return true;
    case Codec::IsiLink:
      if (!text.starts_with(kIsiLink) || text.size() == kIsiLink.size()) return false;
      std::get<RichText>(value) = RichText::of(arena, text.substr(kIsiLink.size()));
      return true;
    case Codec::Date: return decode_known_date(arena, text, span, std::get<Date>(value));
    case Codec::Issued:
    case Codec::IssuedYear:
      std::get<Date>(value) = decode_date(arena, text);
      std::get<Date>(value).span = span;
      return true;
    case Codec::StartPage:
      if (text.size() > kLongestNumber || !has_digit(text) || text.find(':') != Str::npos) return false;
      [[fallthrough]];
    case Codec::Pages: std::get<Pages>(value) = decode_pages(arena, text, {}); return true;
    case Codec::Keywords: return decode_keywords(arena, text, span, context.sole_keyword, std::get<Keywords>(value));
    case Codec::Abstract: {
      AbstractSection section;
      section.text = RichText::of(arena, text);
      section.span = span;
      std::get<Abstract>(value).sections.push_back(arena, section);
      return true;
    }
    case Codec::Doi: return add_identifier(arena, "doi", arena.copy(text::doi_from(arena, text)), span, std::get<Identifiers>(value));
    case Codec::FirstDoi: return add_identifier(arena, "doi", first_doi(arena, text), span, std::get<Identifiers>(value));
    case Codec::PmidMarked: return add_identifier(arena, "pmid", text::pmid_from(before_mark(text, kPmidMark)), span, std::get<Identifiers>(value));
    case Codec::PmcidMarked: return add_identifier(arena, "pmcid", text::pmcid_from(arena, before_mark(text, kPmcidMark)), span, std::get<Identifiers>(value));
    case Codec::State:
      if (!means_state(text)) return false;
      std::get<RichText>(value) = RichText::of(arena, text);
      return true;
    case Codec::Pmid:
      return (context.pubmed || text.starts_with(kPmidLabel)) && add_identifier(arena, "pmid", text::pmid_from(text), span, std::get<Identifiers>(value));
    case Codec::PmidInC2: return reads_as_pmid_in_c2(text) && add_identifier(arena, "pmid", text, span, std::get<Identifiers>(value));
    case Codec::PmidOfEmbase:
      return context.embase && all_digits(text) && add_identifier(arena, "pmid", text, span, std::get<Identifiers>(value));
    case Codec::PmidLabelled: return !all_digits(text) && add_identifier(arena, "pmid", text::pmid_from(text), span, std::get<Identifiers>(value));
    case Codec::DoiInNote: return add_identifier(arena, "doi", doi_in_note(arena, text), span, std::get<Identifiers>(value));
    case Codec::Pmcid:
      return !all_digits(text) && add_identifier(arena, "pmcid", arena.copy(text::pmcid_from(arena, text)), span, std::get<Identifiers>(value));
    case Codec::Arxiv: return context.arxiv && decode_arxiv(arena, text, span, std::get<Identifiers>(value));
    case Codec::Issn: return decode_serial(arena, text, span, "issn", std::get<Identifiers>(value));
    case Codec::Isbn: return decode_serial(arena, text, span, "isbn", std::get<Identifiers>(value));
    case Codec::SureIssn: return decode_sure_serial(arena, text, span, "issn", std::get<Identifiers>(value));
    case Codec::SureIsbn: return decode_sure_serial(arena, text, span, "isbn", std::get<Identifiers>(value));
    case Codec::LastPage:
    case Codec::NamesAsText:
    case Codec::Notice: return false;  // read with what they belong to, and never
  }
  return false;
}

// ----------------------------------------------------------------------------------------------------------- encoding

std::string one_line(std::string_view text) {
  LineBuffer lines;
  lines.add("", text);
  return lines.empty() ? std::string() : std::string(lines.text(lines.lines().front()));
}

std::string& LineBuffer::open(std::string_view tag) {
  lines_.push_back({tag, text_.size(), text_.size()});
  return text_;
}

void LineBuffer::close() {
  Line& line = lines_.back();
  std::size_t begin = line.begin;
  std::size_t end = text_.size();
  while (begin < end && text::is_blank(text_[begin])) ++begin;
  while (end > begin && text::is_blank(text_[end - 1])) --end;
  if (begin != line.begin || end != text_.size()) lost_white_space_ = true;
  if (begin == end) {
    text_.resize(line.begin);
    lines_.pop_back();
    return;
  }
  // Nearly always there is nothing to take out.
  if (begin == line.begin && text::next_of<text::ByteRange{0, 0x1F}, '\x7F', '\xC2'>(std::string_view(text_).substr(0, end), begin) == end) {
    text_.resize(end);
    line.end = end;
    return;
  }
  // Line feeds, and the blanks around them, become one blank.
  std::size_t to = line.begin;
  for (std::size_t at = begin; at < end; ++at) {
    const char c = text_[at];
    const bool is_c1 = c == '\xC2' && at + 1 < end && static_cast<unsigned char>(text_[at + 1]) < 0xA0;
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F && !is_c1) {
      text_[to++] = c;
      continue;
    }
    lost_white_space_ = true;
    // Of the controls in two bytes, next line (U+0085) is white space as well.
    const bool is_next_line = is_c1 && text_[++at] == '\x85';
    if (c == '\n' || c == '\t' || c == '\r' || is_next_line) {
      while (to > line.begin && text_[to - 1] == ' ') --to;
      while (at + 1 < end && text::is_blank(text_[at + 1])) ++at;
      text_[to++] = ' ';
    }
  }
  text_.resize(to);
  line.end = to;
}

void Outcome::narrow(std::string_view part) {
  if (fidelity == Fidelity::Exact) fidelity = Fidelity::Narrowed;
  if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(part);
}

namespace {

void append_rich(std::string& out, const RichText& rich, Outcome& outcome) {
  if (rich.plain() || !outcome.html) {
    text::append_plain(out, rich);
    if (!rich.plain()) outcome.narrow("markup");
  } else {
    if (text::write_html(out, rich) != Fidelity::Exact) outcome.narrow("markup");
    outcome.altered = true;
  }
  if (!rich.language.empty()) outcome.narrow("language");
}

void note_details(const Name& name, Outcome& outcome) {
  if (!name.identifiers.empty()) outcome.narrow("identifiers of persons");
  if (!name.affiliations.empty()) outcome.narrow("affiliations");
  if (!name.initials.empty()) outcome.narrow("initials as indexed");
  if (!name.attributes.empty() || name.equal_contribution) outcome.narrow("remarks on persons");
}

void append_name(std::string& out, const Name& name, Outcome& outcome) {
  const std::size_t begin = out.size();
  switch (text::append_inverted(out, name, text::kRisName)) {
    case Fidelity::Exact: break;
    case Fidelity::Narrowed: outcome.narrow("division of names"); break;
    case Fidelity::Refused: outcome.narrow("empty names"); break;
  }
  const std::string_view written = std::string_view(out).substr(begin);
  if (means_et_al(written) || (written.find(';') != std::string_view::npos && holds_several_names(written))) outcome.narrow("division of names");
  note_details(name, outcome);
}

void encode_names(std::string_view tag, const Names& names, LineBuffer& lines, Outcome& outcome) {
  for (const Name& name : names.list) {
    if (!name.valid) {
      outcome.narrow(text::kMarkedAsWrong);
      continue;
    }
    append_name(lines.open(tag), name, outcome);
    lines.close();
  }
  if (!names.complete) lines.add(tag, kEtAl);
}

void encode_as_text(std::string_view tag, const Names& names, LineBuffer& lines, Outcome& outcome) {
  if (text::has_names_marked_as_wrong(names)) {
    Arena arena;
    outcome.narrow(text::kMarkedAsWrong);
    return encode_as_text(tag, text::without_names_marked_as_wrong(arena, names), lines, outcome);
  }
  std::string& out = lines.open(tag);
  for (const Name& name : names.list) {
    if (&name != names.list.begin()) out += "; ";
    append_name(out, name, outcome);
  }
  lines.close();
  outcome.narrow("division of names");
}

/// Exact if reading gives the same date.
Fidelity append_date(std::string& out, const Date& date) {
  if (!date.from.has_time || date.from.has_zone || !date.literal.empty() || date.is_range()) return text::append_ris_date(out, date);
  Date day = date;
  day.from.has_time = false;
  day.from.hour = day.from.minute = day.from.second = 0;
  const Fidelity fidelity = text::append_ris_date(out, day);
  fmt::format_to(std::back_inserter(out), "{:02}:{:02}:{:02}", date.from.hour, date.from.minute, date.from.second);
  return day.from.day != 0 ? fidelity : Fidelity::Narrowed;
}

void encode_issued(std::string_view tag, const Date& date, LineBuffer& lines, Outcome& outcome) {
  std::string& out = lines.open(tag);
  const Fidelity fidelity = tag == "PY" && date.from.known() ? append_year(out, date) : Fidelity::Refused;
  if (fidelity == Fidelity::Narrowed) outcome.narrow("month and day");
  if (fidelity == Fidelity::Refused && append_date(out, date) != Fidelity::Exact) outcome.narrow("details");
  lines.close();
}

void encode_date(std::string_view tag, const Date& date, LineBuffer& lines, Outcome& outcome) {
  if (!date.from.known() && !date.to.known()) return outcome.refuse();
  if (append_date(lines.open(tag), date) != Fidelity::Exact) outcome.narrow("details");
  lines.close();
}

/// One range is two lines, anything else one.
void encode_pages(std::string_view tag, const Pages& pages, LineBuffer& lines, Outcome& outcome) {
  Arena scratch;
  const PageRange* const only = pages.ranges.size() == 1 && pages.ranges[0].label.empty() ? &pages.ranges[0] : nullptr;
  if (only != nullptr && !only->last.empty()) {
    const PageRange back = text::make_page_range(scratch, only->first, only->last);
    if (back.first == only->first && back.last == only->last && back.label.empty()) {
      lines.add(tag, only->first);
      lines.add("EP", only->last);
      return;
    }
  }
  if (text::append_pages(lines.open(tag), pages, text::PageStyle::Hyphen) != Fidelity::Exact) outcome.narrow("form");
  lines.close();
}

void encode_keywords(std::string_view tag, const Keywords& keywords, LineBuffer& lines, Outcome& outcome) {
  for (const Keyword& keyword : keywords.list) {
    std::string& out = lines.open(tag);
    const std::size_t begin = out.size();
    append_rich(out, keyword.text, outcome);
    const std::string_view written = std::string_view(out).substr(begin);
    if (written.find(';') != std::string_view::npos) outcome.narrow("semicolons");
    if (keywords.list.size() == 1 && written.find(',') != std::string_view::npos) outcome.narrow("commas");
    lines.close();
    if (keyword.major) outcome.narrow("main topics");
  }
  if (!keywords.owner.empty()) outcome.narrow("owner");
}

void encode_headings(std::string_view tag, const Headings& headings, LineBuffer& lines, Outcome& outcome) {
  for (const Heading& heading : headings.list) lines.add(tag, heading.descriptor);
  outcome.narrow("vocabulary, qualifiers and identifiers");
}

void encode_abstract(std::string_view tag, const Abstract& abstract, LineBuffer& lines, Outcome& outcome) {
  std::string& out = lines.open(tag);
  bool first = true;
  for (const AbstractSection& section : abstract.sections) {
    if (!first) out += ' ';
    first = false;
    if (!section.label.empty() && section.label != "UNLABELLED") {
      out += section.label;
      out += ": ";
    }
    append_rich(out, section.text, outcome);
    if (!section.label.empty() || !section.category.empty()) outcome.narrow("sections");
  }
  lines.close();
  if (abstract.sections.size() > 1) outcome.narrow("sections");
  if (!abstract.copyright.empty()) outcome.narrow("copyright");
  if (!abstract.type.empty() || !abstract.language.empty()) outcome.narrow("type and language");
}

void note_details(const Identifier& identifier, Outcome& outcome) {
  if (!identifier.qualifier.empty()) outcome.narrow("distinction of print and electronic");
  if (!identifier.version.empty()) outcome.narrow("version");
  if (!identifier.valid) outcome.narrow("mark of invalidity");
}

/// Whether a line of this text would be read as this identifier.
bool reads_back(Codec codec, std::string_view text, const Identifier& identifier) {
  Context anywhere;
  anywhere.pubmed = anywhere.embase = true;
  Arena scratch;
  Value value = Identifiers{};
  if (text.empty() || !decode(codec, scratch, Str(text), {}, anywhere, value)) return false;
  const List<Identifier>& found = std::get<Identifiers>(value).list;
  return found.size() == 1 && found[0].value == identifier.value;
}

/// Where other numbers stand beside it, a book's number says what it is, as Scopus writes it: "0-306-40615-2 (ISBN)".
std::string labelled(Codec codec, const Identifier& identifier) {
  if (codec != Codec::SureIsbn || identifier.value.empty()) return {};
  std::string text = std::string(identifier.value).append(" (ISBN)");
  return reads_back(codec, text, identifier) ? text : std::string();
}

void encode_identifiers(Codec codec, std::string_view tag, const Identifiers& identifiers, LineBuffer& lines, Outcome& outcome) {
  for (const Identifier& identifier : identifiers.list) {
    const bool says_itself = reads_back(codec, identifier.value, identifier);
    const std::string label = says_itself ? std::string() : labelled(codec, identifier);
    lines.add(tag, label.empty() ? std::string_view(identifier.value) : label);
    note_details(identifier, outcome);
    if (!says_itself && label.empty()) outcome.narrow("unusual spelling");
  }
}

void encode_marked(std::string_view mark, std::string_view tag, const Identifiers& identifiers, LineBuffer& lines, Outcome& outcome) {
  for (const Identifier& identifier : identifiers.list) {
    lines.add(tag, std::string(identifier.value).append(mark));
    note_details(identifier, outcome);
  }
}

void encode_arxiv(std::string_view tag, const Identifiers& identifiers, LineBuffer& lines, Outcome& outcome) {
  for (const Identifier& identifier : identifiers.list) {
    if (identifier.scheme != "arxiv") {
      outcome.narrow("identifiers other than arXiv's");
      continue;
    }
    std::string& out = lines.open(tag);
    out += identifier.value;
    if (!identifier.version.empty()) (out += 'v') += identifier.version;
    lines.close();
    if (!identifier.qualifier.empty() || !identifier.valid) outcome.narrow("remarks on identifiers");
  }
}

/// A text of several lines is as many addresses.
void encode_url(std::string_view tag, std::string_view text, LineBuffer& lines, Outcome& outcome) {
  if (text.find('\n') != std::string_view::npos) outcome.narrow("white space");
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.add(tag, text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void encode_language(std::string_view tag, const Text& language, LineBuffer& lines, Outcome& outcome) {
  if (text::names_no_language(language.value)) return outcome.refuse();
  Arena scratch;
  const auto tag_of_language = text::bcp47_from(scratch, language.value);
  lines.add(tag, tag_of_language ? *tag_of_language : language.value);
  if (tag_of_language && *tag_of_language != language.value) outcome.narrow("spelling");
  if (several_languages(language.value).size() > 1) outcome.narrow("semicolons");
}

}  // namespace

void encode(Codec codec, std::string_view tag, const Value& value, LineBuffer& lines, Outcome& outcome) {
  switch (codec) {
    case Codec::Text:
    case Codec::File:
    case Codec::Issue:
    case Codec::PageCount: lines.add(tag, std::get<Text>(value).value); break;
    case Codec::Url: encode_url(tag, std::get<Text>(value).value, lines, outcome); break;
    case Codec::Rich:
    case Codec::State:
    case Codec::AgainThePlace:
    case Codec::EmbaseNumber:
      append_rich(lines.open(tag), std::get<RichText>(value), outcome);
      lines.close();
      break;
    case Codec::Names:
    case Codec::Reviewed: encode_names(tag, std::get<Names>(value), lines, outcome); break;
    case Codec::NamesAsText: encode_as_text(tag, std::get<Names>(value), lines, outcome); break;
    case Codec::Issued:
    case Codec::IssuedYear: encode_issued(tag, std::get<Date>(value), lines, outcome); break;
    case Codec::Date: encode_date(tag, std::get<Date>(value), lines, outcome); break;
    case Codec::Pages:
    case Codec::StartPage:
    case Codec::LastPage: encode_pages(tag, std::get<Pages>(value), lines, outcome); break;
    case Codec::Keywords: encode_keywords(tag, std::get<Keywords>(value), lines, outcome); break;
    case Codec::Headings: encode_headings(tag, std::get<Headings>(value), lines, outcome); break;
    case Codec::Abstract: encode_abstract(tag, std::get<Abstract>(value), lines, outcome); break;
    case Codec::PmidMarked: encode_marked(kPmidMark, tag, std::get<Identifiers>(value), lines, outcome); break;
    case Codec::PmcidMarked: encode_marked(kPmcidMark, tag, std::get<Identifiers>(value), lines, outcome); break;
    case Codec::Doi:
    case Codec::FirstDoi:
    case Codec::Pmid:
    case Codec::PmidInC2:
    case Codec::PmidOfEmbase:
    case Codec::PmidLabelled:
    case Codec::DoiInNote:
    case Codec::Pmcid:
    case Codec::Issn:
    case Codec::Isbn:
    case Codec::SureIssn:
    case Codec::SureIsbn: encode_identifiers(codec, tag, std::get<Identifiers>(value), lines, outcome); break;
    case Codec::IsiLink:
      append_rich(lines.open(tag) += kIsiLink, std::get<RichText>(value), outcome);
      lines.close();
      break;
    case Codec::Arxiv: encode_arxiv(tag, std::get<Identifiers>(value), lines, outcome); break;
    case Codec::Language: encode_language(tag, std::get<Text>(value), lines, outcome); break;
    case Codec::Notice: break;  // the writer's, which sees the whole record
  }
  if (lines.lost_white_space()) outcome.narrow("white space");
  if (lines.empty()) outcome.refuse();
  if (!outcome.altered && std::any_of(lines.lines().begin(), lines.lines().end(), [&](const LineBuffer::Line& line) { return holds_references(line.tag, lines.text(line)); }))
    outcome.narrow("character references");
}

std::string_view tag_for_file(std::string_view file) {
  const auto ends_with = [&](std::string_view end) {
    return file.size() >= end.size() && equal_ignoring_ascii_case(file.substr(file.size() - end.size()), end);
  };
  if (ends_with(".pdf")) return "L1";
  return ends_with(".html") || ends_with(".htm") ? "L2" : "L4";
}

}  // namespace bibmill::ris

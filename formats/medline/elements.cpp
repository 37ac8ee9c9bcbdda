// One line's values, from text to plain data and back.
#include "elements.h"

#include <algorithm>
#include <iterator>

#include "bibmill/reflect.h"
#include "bibmill/text/dates.h"
#include "bibmill/text/entities.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/pages.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"

namespace bibmill::medline {

namespace {

using text::is_ascii_digit;
using text::is_ascii_letter;
using text::is_ascii_upper;

Str behind_last(Str text, char divider, Str& rest) {
  const std::size_t at = text.rfind(divider);
  rest = at == Str::npos ? Str{} : text.substr(0, at);
  return at == Str::npos ? text : text.substr(at + 1);
}

/// NLM's code of an institute: "CA", or for other funders "MRC_".
bool is_acronym(std::string_view text) {
  const bool marked = !text.empty() && text.back() == '_';
  const std::string_view letters = text.substr(0, text.size() - (marked ? 1 : 0));
  const bool upper = std::all_of(letters.begin(), letters.end(), is_ascii_upper);
  return upper && (marked ? !letters.empty() : letters.size() == 2);
}

/// `value` is what reading `out` behind `begin` gives.
template <class T>
Fidelity judged(const T& value, const T& read_back) {
  return same_content(value, read_back) ? Fidelity::Exact : Fidelity::Narrowed;
}

Str trimmed(Str text) { return text::trim(text); }

Str lower(Arena& arena, std::string_view text) { return arena.copy(text::to_lower(text)); }

}  // namespace

// -------------------------------------------------------------------------------------------------------------- grants

Grant decode_grant(Str text) {
  Grant grant;
  Str rest;
  grant.country = behind_last(text, '/', rest);
  if (rest.data() == nullptr) {
    // Alone stands the agency, or, in old records, a number.
    const bool is_number = std::any_of(text.begin(), text.end(), is_ascii_digit);
    (is_number ? grant.number : grant.agency) = text;
    grant.country = {};
    return grant;
  }
  text = rest;
  grant.agency = behind_last(text, '/', rest);
  if (rest.data() == nullptr) return grant;
  text = rest;
  const Str last = behind_last(text, '/', rest);
  if (is_acronym(last)) {
    grant.acronym = last;
    grant.number = rest;
  } else {
    grant.number = text;
  }
  return grant;
}

Fidelity encode(std::string& out, const Grant& grant) {
  const std::size_t begin = out.size();
  out += grant.number;
  const auto add = [&](Str part) {
    if (out.size() > begin) out += '/';
    out += part;
  };
  if (!grant.acronym.empty()) add(grant.acronym);
  if (!grant.agency.empty() || !grant.country.empty() || !grant.acronym.empty()) {
    add(grant.agency);
    out += '/';
    out += grant.country;
  }
  return judged(grant, decode_grant(std::string_view(out).substr(begin)));
}

// ---------------------------------------------------------------------------------------------------------- substances

Substance decode_substance(Str text) {
  Substance substance;
  const std::size_t bracket = text.find(" (");
  if (bracket != Str::npos && text.back() == ')') {
    substance.registry_number = text.substr(0, bracket);
    substance.name = text.substr(bracket + 2, text.size() - bracket - 3);
  } else if (!text.empty() && is_ascii_digit(text.front())) {
    substance.registry_number = text;
  } else {
    substance.name = text;
  }
  return substance;
}

Fidelity encode(std::string& out, const Substance& substance) {
  const std::size_t begin = out.size();
  out += substance.registry_number;
  if (!substance.registry_number.empty() && !substance.name.empty()) {
    out += " (";
    out += substance.name;
    out += ')';
  } else {
    out += substance.name;
  }
  return judged(substance, decode_substance(std::string_view(out).substr(begin)));
}

// ------------------------------------------------------------------------------------------------------------ headings

namespace {

/// A star before a term marks a main topic.
Str take_star(Str text, bool& major) {
  major = text.size() > 1 && text.front() == '*';
  return major ? text.substr(1) : text;
}

}  // namespace

Heading decode_heading(Arena& arena, Str text) {
  Heading heading;
  std::size_t slash = text.find('/');
  heading.descriptor = take_star(text.substr(0, slash), heading.major);
  while (slash != Str::npos) {
    const std::size_t from = slash + 1;
    slash = text.find('/', from);
    Term qualifier;
    qualifier.text = take_star(text.substr(from, slash == Str::npos ? slash : slash - from), qualifier.major);
    heading.qualifiers.push_back(arena, qualifier);
  }
  return heading;
}

Fidelity encode(std::string& out, const Heading& heading) {
  const std::size_t begin = out.size();
  if (heading.major) out += '*';
  out += heading.descriptor;
  for (const Term& qualifier : heading.qualifiers) {
    out += qualifier.major ? "/*" : "/";
    out += qualifier.text;
  }
  Arena arena;
  return judged(heading, decode_heading(arena, std::string_view(out).substr(begin)));
}

// --------------------------------------------------------------------------------------------------------------- links

Link decode_link(Arena& arena, Str text, std::string_view type) {
  constexpr std::string_view kPmid = " PMID: ";
  Link link;
  link.type = type;
  link.source = text;
  const std::size_t at = text.rfind(kPmid);
  Str pmid;
  if (at != Str::npos) {
    const Str digits = text.substr(at + kPmid.size());
    if (!digits.empty() && std::all_of(digits.begin(), digits.end(), is_ascii_digit)) {
      pmid = digits;
      link.source = text.substr(0, at);
      if (link.source.ends_with('.')) link.source.remove_suffix(1);
    }
  }
  if (const std::string_view doi = text::find_doi(link.source); !doi.empty()) {
    Identifier identifier;
    identifier.scheme = "doi";
    identifier.value = doi;
    link.identifiers.push_back(arena, identifier);
  }
  if (!pmid.empty()) {
    Identifier identifier;
    identifier.scheme = "pmid";
    identifier.value = pmid;
    link.identifiers.push_back(arena, identifier);
  }
  return link;
}

Fidelity encode(std::string& out, const Link& link) {
  const std::size_t begin = out.size();
  out += link.source;
  const auto add = [&](std::string_view label, Str value) {
    if (out.size() > begin) out += out.back() == '.' ? " " : ". ";
    out += label;
    out += value;
  };
  for (const Identifier& identifier : link.identifiers)
    if (identifier.scheme == "doi" && link.source.find(identifier.value) == Str::npos) add("doi: ", identifier.value);
  for (const Identifier& identifier : link.identifiers)
    if (identifier.scheme == "pmid") add("PMID: ", identifier.value);
  Arena arena;
  return judged(link, decode_link(arena, std::string_view(out).substr(begin), link.type));
}

// -------------------------------------------------------------------------------------------------------------- events

bool is_midnight(const DatePoint& point) { return point.hour == 0 && point.minute == 0 && point.second == 0; }

Date decode_event_date(Arena& arena, Str stamp) {
  Date date = text::parse_medline_stamp(arena, stamp);
  DatePoint& point = date.from;
  if (point.has_time && is_midnight(point)) point.has_time = false;
  return date;
}

Fidelity encode_event_date(std::string& out, const Date& date, bool with_time) {
  if (with_time || !date.from.has_time) {
    const Fidelity fidelity = text::append_medline_stamp(out, date, text::StampStyle::Slashes);
    if (with_time && fidelity != Fidelity::Refused && date.from.day != 0 && !date.from.has_time) out += " 00:00";
    return fidelity;
  }
  Date day = date;
  day.from.has_time = false;
  return encode_event_date(out, day, false) == Fidelity::Exact ? Fidelity::Narrowed : Fidelity::Refused;
}

Event decode_event(Arena& arena, Str text, Str& stamp) {
  Event event;
  stamp = text;
  if (const std::size_t bracket = text.rfind('['); bracket != Str::npos && text.back() == ']') {
    event.status = text.substr(bracket + 1, text.size() - bracket - 2);
    stamp = trimmed(text.substr(0, bracket));
  }
  event.date = decode_event_date(arena, stamp);
  return event;
}

// --------------------------------------------------------------------------------------------------- notes and keywords

OwnedNote decode_note(Arena& arena, Str text) {
  // NLM's list of owners (DTD of 2025, GeneralNote and OtherID).
  constexpr std::string_view kOwners[] = {"NLM", "NASA", "PIP", "KIE", "HSR", "HMD"};
  OwnedNote note;
  for (const std::string_view owner : kOwners)
    if (text.starts_with(owner) && text.substr(owner.size()).starts_with(": ")) {
      note.owner = text.substr(0, owner.size());
      text.remove_prefix(owner.size() + 2);
      break;
    }
  note.text = RichText::of(arena, text);
  return note;
}

Fidelity encode(std::string& out, const OwnedNote& note) {
  const std::size_t begin = out.size();
  if (!note.owner.empty()) {
    out += note.owner;
    out += ": ";
  }
  const Fidelity fidelity = encode(out, note.text);
  Arena arena;
  const bool same_owner = decode_note(arena, std::string_view(out).substr(begin)).owner == note.owner;
  return same_owner ? fidelity : Fidelity::Narrowed;
}

Keyword decode_keyword(Arena& arena, Str text) {
  Keyword keyword;
  keyword.text = RichText::of(arena, take_star(text, keyword.major));
  return keyword;
}

Fidelity encode(std::string& out, const Keyword& keyword) {
  if (keyword.major) out += '*';
  const std::size_t begin = out.size();
  const Fidelity fidelity = encode(out, keyword.text);
  return !keyword.major && out.size() > begin + 1 && out[begin] == '*' ? Fidelity::Narrowed : fidelity;
}

// ----------------------------------------------------------------------------------------------------------- abstracts

namespace {

/// A label in capitals that ends before the colon at `colon`: where it begins, or npos. "DNA:" is too short to be one.
std::size_t label_before(Str text, std::size_t colon) {
  constexpr std::size_t kLongest = 80;
  constexpr std::string_view kAllowed = " ,&/()'-0123456789";
  const std::size_t floor = colon > kLongest ? colon - kLongest : 0;
  std::size_t begin = colon;
  std::size_t letters = 0;
  while (begin > floor) {
    const text::CodePoint last = text::last_code_point(text.substr(floor, begin - floor));
    const bool letter = text::is_upper(last.value);
    if (!letter && (last.value >= 0x80 || kAllowed.find(static_cast<char>(last.value)) == std::string_view::npos)) break;
    letters += letter ? 1U : 0U;
    begin -= last.size;
  }
  if (begin == floor && floor > 0) return Str::npos;
  if (begin > 0 && text[begin] == ' ')
    ++begin;
  else if (begin > 0)
    return Str::npos;
  const Str label = text.substr(begin, colon - begin);
  if (letters < 4 && label != "AIM") return Str::npos;
  if (!text::is_upper(text::first_code_point(label).value)) return Str::npos;
  const bool ends_sentence =
      begin == 0 || (begin > 1 && std::string_view(".?!)];").find(text[begin - 2]) != std::string_view::npos);
  return ends_sentence ? begin : Str::npos;
}

AbstractSection make_section(Arena& arena, Str label, Str text) {
  AbstractSection section;
  section.label = label;
  section.text = RichText::of(arena, text);
  return section;
}

}  // namespace

void decode_sections(Arena& arena, Str text, List<AbstractSection>& sections) {
  Str label;
  std::size_t from = 0;  // of the open section's text
  bool labelled = false;
  for (std::size_t colon = text.find(": "); colon != Str::npos; colon = text.find(": ", colon + 1)) {
    const std::size_t begin = label_before(text, colon);
    // Only an abstract that begins with a label is in sections; every section has a text, and one blank stands between two.
    if (begin == Str::npos || (!labelled && begin != 0)) {
      if (!labelled) break;
      continue;
    }
    if (labelled) {
      if (begin < from + 2) continue;
      sections.push_back(arena, make_section(arena, label, text.substr(from, begin - 1 - from)));
    }
    labelled = true;
    label = text.substr(begin, colon - begin);
    from = colon + 2;
  }
  sections.push_back(arena, make_section(arena, label, text.substr(from)));
}

Fidelity encode_sections(std::string& out, const List<AbstractSection>& sections) {
  const std::size_t begin = out.size();
  Fidelity fidelity = Fidelity::Exact;
  for (const AbstractSection& section : sections) {
    if (out.size() > begin) out += ' ';
    if (!section.label.empty()) {
      out += section.label;
      out += ": ";
    }
    if (encode(out, section.text) != Fidelity::Exact) fidelity = Fidelity::Narrowed;
  }
  return fidelity;
}

Str take_abstract_type(Str& text) {
  // NLM's list (DTD of 2025, OtherAbstract).
  constexpr std::string_view kKinds[] = {"Publisher", "AAMC", "AIDS", "KIE", "PIP", "NASA", "plain-language-summary"};
  for (const std::string_view kind : kKinds)
    if (text.starts_with(kind) && text.substr(kind.size()).starts_with(": ")) {
      const Str type = text.substr(0, kind.size());
      text.remove_prefix(kind.size() + 2);
      return type;
    }
  return {};
}

// --------------------------------------------------------------------------------------------------------- identifiers

namespace {

bool is_arxiv_number(Str text) {
  constexpr std::string_view kArxiv = "arxiv:";
  return text::equal_ignoring_ascii_case(text.substr(0, kArxiv.size()), kArxiv) && !text::arxiv_from(text).id.empty();
}

}  // namespace

Identifier decode_located(Arena& arena, Str text) {
  Str written = text;
  std::string_view scheme;
  const std::size_t bracket = text.rfind(" [");
  if (bracket != Str::npos && text.back() == ']') {
    scheme = text.substr(bracket + 2, text.size() - bracket - 3);
    written = text.substr(0, bracket);
  } else if (!text::doi_from(arena, text).empty()) {
    scheme = "doi";
  } else if (!text::arxiv_from(text).id.empty()) {
    scheme = "arxiv";
  }
  // A preprint's number stands where a publisher's would.
  if (scheme == "pii" && is_arxiv_number(written)) scheme = "arxiv";
  Identifier identifier = text::make_identifier(arena, scheme, written);
  identifier.scheme = lower(arena, scheme);
  return identifier;
}

void encode_located(std::string& out, const Identifier& identifier) {
  if (identifier.scheme == "arxiv") {
    out += "arXiv:";
    out += identifier.value;
    if (!identifier.version.empty()) {
      out += 'v';
      out += identifier.version;
    }
    return;
  }
  out += identifier.value;
  if (identifier.scheme.empty()) return;
  out += " [";
  out += identifier.scheme;
  out += ']';
}

Identifier decode_labelled(Arena& arena, Str text, std::string_view scheme_without_label) {
  const std::size_t colon = text.find(": ");
  const bool labelled = colon != Str::npos && std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon),
                                                          [](char c) { return is_ascii_letter(c) || is_ascii_digit(c); });
  if (!labelled) return text::make_identifier(arena, scheme_without_label, text);
  Identifier identifier = text::make_identifier(arena, lower(arena, text.substr(0, colon)), text.substr(colon + 2));
  return identifier;
}

void encode_labelled(std::string& out, const Identifier& identifier) {
  if (!identifier.scheme.empty() && identifier.scheme != kEric) {
    out += text::to_upper(identifier.scheme);
    out += ": ";
  }
  out += identifier.value;
}

bool looks_like_eric(std::string_view text) {
  const std::string_view digits = text.size() > 2 ? text.substr(2) : std::string_view();
  return (text.starts_with("EJ") || text.starts_with("ED")) && !digits.empty() &&
         std::all_of(digits.begin(), digits.end(), is_ascii_digit);
}

namespace {

struct SerialKind {
  std::string_view qualifier;
  std::string_view written;
};
constexpr SerialKind kSerialKinds[] = {
    {"print", "Print"}, {"electronic", "Electronic"}, {"linking", "Linking"}, {"isbn", "ISBN"}};

}  // namespace

Identifier decode_serial(Arena& arena, Str text, std::string_view expected) {
  // ERIC's way: the kind before the number.
  const bool eric_electronic = text.starts_with("EISSN-");
  const std::size_t label = eric_electronic ? 6 : text.starts_with("ISSN-") ? 5 : 0;
  List<Identifier> found;
  if (text::read_serial_numbers(arena, text.substr(label), found) && found.size() == 1 &&
      (found[0].scheme == expected || found[0].scheme == "isbn")) {
    Identifier identifier = found[0];
    if (eric_electronic) identifier.qualifier = "electronic";
    if (identifier.qualifier == "isbn") identifier.qualifier = {};
    identifier.raw = {};
    return identifier;
  }
  Identifier identifier;
  identifier.scheme = expected;
  identifier.value = text;
  const std::size_t bracket = text.rfind(" (");
  if (bracket != Str::npos && text.back() == ')') {
    const Str written = text.substr(bracket + 2, text.size() - bracket - 3);
    for (const SerialKind& kind : kSerialKinds)
      if (kind.written == written && kind.qualifier != "isbn") {
        identifier.qualifier = kind.qualifier;
        identifier.value = text.substr(0, bracket);
      }
  }
  return identifier;
}

void encode_serial(std::string& out, const Identifier& identifier) {
  out += identifier.value;
  if (identifier.qualifier.empty()) return;
  const auto* const kind = std::find_if(std::begin(kSerialKinds), std::end(kSerialKinds),
                                        [&](const SerialKind& row) { return row.qualifier == identifier.qualifier; });
  out += " (";
  out += kind == std::end(kSerialKinds) ? identifier.qualifier : kind->written;
  out += ')';
}

Identifier decode_identifier(Arena& arena, Str text, const Tag& row) {
  if (row.codec == Codec::Serial) return decode_serial(arena, text, row.detail);
  if (row.codec == Codec::Located) return decode_located(arena, text);
  if (row.detail.empty()) return decode_labelled(arena, text, looks_like_eric(text) ? kEric : std::string_view());
  return text::make_identifier(arena, row.detail, text);
}

void encode_identifier(std::string& out, const Identifier& identifier, const Tag& row) {
  if (row.codec == Codec::Serial) return encode_serial(out, identifier);
  if (row.codec == Codec::Located) return encode_located(out, identifier);
  if (row.detail.empty()) return encode_labelled(out, identifier);
  out += identifier.value;
}

Field field_of(const Identifier& identifier, const Tag& row) {
  if (row.codec == Codec::Serial) return identifier.scheme == "isbn" ? Field::Isbn : Field::Issn;
  if (row.codec != Codec::Located) return row.field;
  if (identifier.scheme == "doi") return Field::Doi;
  if (!identifier.scheme.empty() || row.tag() != "LID") return Field::Identifier;
  if (identifier.value.starts_with("http://") || identifier.value.starts_with("https://")) return Field::Url;
  return looks_like_article_number(identifier.value) ? Field::ArticleNumber : Field::Identifier;
}

// --------------------------------------------------------------------------------------------------------------- pages

Pages decode_pages(Arena& arena, Str text) {
  Pages pages;
  if (!text.ends_with(" p") && !text.ends_with(" p.")) {
    pages = text::parse_pages(arena, text);
    text::keep_nlm_text(pages, text);
    return pages;
  }
  pages.ranges.push_back(arena, PageRange{text, {}, {}});
  return pages;
}

Str article_number_in(Str text) {
  if (!text.starts_with("pii:")) return {};
  Str number = trimmed(text.substr(4));
  if (const std::size_t doi = number.find(". doi:"); doi != Str::npos) number = number.substr(0, doi);
  return number;
}

bool looks_like_article_number(std::string_view text) {
  std::size_t letters = 0;
  while (letters < text.size() && is_ascii_letter(text[letters])) ++letters;
  const std::string_view digits = text.substr(letters);
  return letters <= 4 && !digits.empty() && digits.size() <= 10 && std::all_of(digits.begin(), digits.end(), is_ascii_digit);
}

// ---------------------------------------------------------------------------------------------------------------- text

namespace {

/// The characters between the tags, references to some ("&#x3b1;") as what they stand for.
Str without_tags(Arena& arena, Str mathml) {
  std::string characters;
  bool in_tag = false;
  for (std::size_t at = 0; at < mathml.size();) {
    const char c = mathml[at];
    if (c == '<') in_tag = true;
    if (!in_tag && c == '&')
      if (const text::CharacterReference reference = text::character_reference_at(mathml, at); reference.size != 0) {
        text::append_utf8(characters, reference.character);
        at += reference.size;
        continue;
      }
    if (!in_tag) characters += c;
    if (c == '>') in_tag = false;
    ++at;
  }
  return arena.copy(characters);
}

/// A formula in MathML is its characters, as PubMed writes it.
RichText with_plain_formulas(Arena& arena, const RichText& text) {
  text::RichTextBuilder builder;
  for (const Run& run : text.runs) {
    const bool mathml = run.marks.has(Mark::Math) && run.notation == text::kMathMl;
    builder.append(mathml ? without_tags(arena, run.text) : run.text, mathml ? Marks() : run.marks, mathml ? Str{} : run.notation);
  }
  return builder.finish(arena);
}

}  // namespace

Fidelity encode(std::string& out, const RichText& text) {
  const bool formulas = std::any_of(text.runs.begin(), text.runs.end(), [](const Run& run) { return run.marks.has(Mark::Math); });
  if (formulas) {
    Arena scratch;
    text::append_plain(out, with_plain_formulas(scratch, text));
    return Fidelity::Narrowed;
  }
  text::append_plain(out, text);
  return text.plain() ? Fidelity::Exact : Fidelity::Narrowed;
}

Fidelity encode_title(std::string& out, const RichText& text) {
  const std::size_t begin = out.size();
  const Fidelity fidelity = encode(out, text);
  const std::string_view written = std::string_view(out).substr(begin);
  if (written.empty()) return fidelity;
  if (!text::ends_like_nlm(written)) {
    out += '.';
    return fidelity;
  }
  // A dot of its own is taken for NLM's when it is read.
  return text::without_final_dot(written).size() == written.size() ? fidelity : Fidelity::Narrowed;
}

}  // namespace bibmill::medline

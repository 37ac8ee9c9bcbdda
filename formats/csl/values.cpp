// Writing values under CSL's variables.
#include "values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "bibmill/reflect.h"
#include "bibmill/text/byte_scan.h"
#include "bibmill/text/dates.h"
#include "bibmill/text/edtf.h"
#include "bibmill/text/html.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/languages.h"
#include "bibmill/text/names.h"
#include "bibmill/text/markdown.h"
#include "bibmill/text/pages.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"

namespace bibmill::csl {

// ---------------------------------------------------------------------------------------------------------------- text

/// Letters, digits and the signs that mean nothing to pandoc; and the blank, the full stop and the hyphen, where each stands alone between others.
bool needs_markdown(std::string_view text) {
  if (text.empty()) return false;
  if (text::is_one_of<' ', '.', '-'>(text.front()) || text::is_one_of<' ', '-'>(text.back())) return true;
  // ',' to ';' are , - . / the digits, the colon and the semicolon.
  constexpr text::Bytes<text::kAsciiLetters, text::ByteRange{',', ';'}, ' ', '(', ')', '?', '=', '%', text::kBeyondAscii> kKnown;
  constexpr text::Bytes<' ', '.', '-'> kMeanMoreDoubled;
  return text::next_not_of_or_doubled(kKnown, kMeanMoreDoubled, text, 0) < text.size();
}

std::string_view ValueWriter::encoded(std::string_view plain) {
  return dialect_->markup == Markup::Html || !needs_markdown(plain) ? plain : text::markdown_of(plain, buffer_);
}

Fidelity ValueWriter::append_rich(std::string& out, const RichText& rich) {
  if (dialect_->markup == Markup::Html) return text::write_html(out, rich);
  if (rich.plain() && !needs_markdown(rich.text())) {
    out += rich.text();
    return Fidelity::Exact;
  }
  return text::write_markdown(out, rich);
}

bool ValueWriter::write_rich(const RichText& rich) {
  if (rich.empty()) return false;
  if (!rich.language.empty()) narrow("language of the text");
  if (rich.plain() && (dialect_->markup == Markup::Markdown || rich.text().find('<') == Str::npos)) {
    text(encoded(rich.text()));
    return true;
  }
  buffer_.clear();
  if (append_rich(buffer_, rich) != Fidelity::Exact) narrow("markup");
  text(buffer_);
  return true;
}

bool ValueWriter::write_plain(std::string_view plain) {
  if (plain.empty()) return false;
  text(encoded(plain));
  return true;
}

bool ValueWriter::write_number(std::string_view number) {
  const bool canonical = !number.empty() && number.size() <= 15 &&
                         std::all_of(number.begin(), number.end(), text::is_ascii_digit) &&
                         (number.size() == 1 || number.front() != '0');
  if (!dialect_->plain_numbers || !canonical) return write_plain(number);
  begin();
  emitter_->number(number);
  return true;
}

void ValueWriter::member(std::string_view key, std::string_view value) {
  if (value.empty()) return;
  emitter_->name(key);
  emitter_->text(encoded(value));
}

bool ValueWriter::write(const Entry& entry, const Mapping& row) {
  forget();
  switch (codec_of(row)) {
    case Codec::Rich:
    case Codec::Subtitle:
    case Codec::Addon:
    case Codec::Listed: return write_rich(std::get<RichText>(entry.value));
    case Codec::OwnedNote: {
      const OwnedNote& note = std::get<OwnedNote>(entry.value);
      if (!note.owner.empty()) narrow("owner");
      return write_rich(note.text);
    }
    case Codec::Plain: return write_plain(std::get<Text>(entry.value).value);
    case Codec::Number:
    case Codec::Issue:
    case Codec::Part:
      if (const RichText* const rich = std::get_if<RichText>(&entry.value))
        return rich->plain() && std::all_of(rich->text().begin(), rich->text().end(), text::is_ascii_digit) ? write_number(rich->text()) : write_rich(*rich);
      if (const Identifiers* const arxiv = std::get_if<Identifiers>(&entry.value)) return write_arxiv(*arxiv);
      return write_number(std::get<Text>(entry.value).value);
    case Codec::Names: return write_names(std::get<Names>(entry.value));
    case Codec::NamesAsText: return write_names_as_text(std::get<Names>(entry.value));
    case Codec::Date: return write_date(std::get<Date>(entry.value));
    case Codec::Pages: {
      std::string pages;
      if (text::append_pages(pages, std::get<Pages>(entry.value), text::PageStyle::Hyphen) != Fidelity::Exact)
        narrow("spelling of the ranges");
      return write_number(pages);
    }
    case Codec::Doi: return write_identifier(std::get<Identifiers>(entry.value), "doi");
    case Codec::Identifier:
      return write_identifier(std::get<Identifiers>(entry.value), row.field == Field::Pmid ? "pmid" : "pmcid");
    case Codec::Issn: return write_issn(std::get<Identifiers>(entry.value));
    case Codec::Isbn: return write_isbn(std::get<Identifiers>(entry.value));
    case Codec::Arxiv: return write_arxiv(std::get<Identifiers>(entry.value));
    case Codec::Keywords: return write_keywords_of(std::get<Keywords>(entry.value));
    case Codec::Categories: return write_categories(std::get<Keywords>(entry.value));
    case Codec::Headings: return false;  // joined with the keywords, by the slot
    case Codec::Abstract: return write_abstract(std::get<Abstract>(entry.value));
    case Codec::Language: return write_language(std::get<Text>(entry.value).value);
    case Codec::Retraction: return false;  // written by the slot, which sees the whole record
  }
  return false;
}

// --------------------------------------------------------------------------------------------------------------- names

namespace {

/// CSL's members of a name that are no text.
constexpr std::string_view kFlags[] = {"comma-suffix", "static-ordering", "parse-names"};

bool is_flag(std::string_view member) { return std::find(std::begin(kFlags), std::end(kFlags), member) != std::end(kFlags); }

}  // namespace

bool ValueWriter::write_names(const Names& names) {
  if (names.list.empty() && names.complete) return false;
  if (text::has_names_marked_as_wrong(names)) {
    Arena arena;
    if (!write_names(text::without_names_marked_as_wrong(arena, names))) return false;
    narrow(text::kMarkedAsWrong);
    return true;
  }
  begin();
  emitter_->begin_list();
  for (const Name& name : names.list) write_name(name);
  if (!names.complete) {
    emitter_->begin_map();
    emitter_->named("literal", "others");  // as pandoc says et al.
    emitter_->end_map();
  }
  emitter_->end_list();
  if (names.complete && !names.list.empty() && names.list.back().literal == "others") narrow("a last name that reads as et al.");
  return true;
}

void ValueWriter::write_name(const Name& name) {
  emitter_->begin_map();
  const bool indexed_only = name.given.empty() && name.literal.empty() && !name.initials.empty();
  if (name.literal.empty() || !name.family.empty()) member("family", name.family);
  member("given", indexed_only ? name.initials : name.given);
  member("dropping-particle", name.dropping_particle);
  member("non-dropping-particle", name.non_dropping_particle);
  member("suffix", name.suffix);
  member("literal", name.literal);
  write_attributes(name);
  emitter_->end_map();
  if (!name.initials.empty()) narrow("initials");
  if (!name.affiliations.empty()) narrow("affiliations");
  if (!name.identifiers.empty()) narrow("identifiers");
  if (name.equal_contribution) narrow("equal contribution");
}

void ValueWriter::write_attributes(const Name& name) {
  for (const Attribute& attribute : name.attributes) {
    if (!is_flag(attribute.name)) {
      narrow("attributes");
      continue;
    }
    emitter_->name(attribute.name);
    if (attribute.value == "true" || attribute.value == "false")
      emitter_->boolean(attribute.value == "true");
    else
      emitter_->text(attribute.value);
  }
}

bool ValueWriter::write_names_as_text(const Names& names) {
  std::string all;
  for (const Name& name : names.list) {
    if (!name.valid) {
      narrow(text::kMarkedAsWrong);
      continue;
    }
    if (!all.empty()) all += "; ";
    const std::string_view parts[] = {name.given, name.dropping_particle, name.non_dropping_particle, name.family, name.suffix};
    if (name.is_body()) {
      all += name.literal;
      continue;
    }
    bool first = true;
    for (const std::string_view part : parts) {
      if (part.empty()) continue;
      if (!first) all += ' ';
      first = false;
      all += part;
    }
  }
  narrow("division into names");
  return write_plain(all);
}

// --------------------------------------------------------------------------------------------------------------- dates

bool ValueWriter::write_literal(std::string_view name, std::string_view text) {
  if (text.empty()) return false;
  begin();
  emitter_->begin_map();
  member(name, text);
  emitter_->end_map();
  return true;
}

bool ValueWriter::write_date(const Date& date) {
  if (date.from.kind == DatePoint::Kind::Absent) return write_literal("literal", date.literal);
  if (!date.literal.empty()) narrow("words beside the date");
  if (dialect_->edtf) return write_edtf(date);
  if (!date.from.known() || date.from.unspecified_year != 0 ||
      date.to.unspecified_year != 0) {  // CSL has no other place for them
    std::string edtf;
    Date bare = date;
    bare.literal = {};
    if (text::append_edtf(edtf, bare) == Fidelity::Refused) return write_literal("literal", date.literal);
    return write_literal("raw", edtf);
  }
  if (date.is_range() && (date.from.season != 0 || date.to.season != 0)) {
    std::string words;
    text::append_medline_date(words, date);
    narrow("range of seasons");
    return write_literal("literal", words);
  }
  write_date_parts(date);
  note_what_dates_lose(date);
  return true;
}

bool ValueWriter::write_edtf(const Date& date) {
  std::string edtf;
  Date bare = date;
  bare.literal = {};
  if (text::append_edtf(edtf, bare) == Fidelity::Refused) return write_literal("literal", date.literal);
  return write_number(edtf);
}

void ValueWriter::write_date_parts(const Date& date) {
  begin();
  emitter_->begin_map();
  emitter_->name("date-parts");
  emitter_->begin_list();
  write_point(date.from);
  if (date.to.known()) write_point(date.to);
  emitter_->end_list();
  if (date.from.season != 0) {
    emitter_->name("season");
    emitter_->number(std::string_view("01234").substr(date.from.season, 1));
  }
  if (date.from.approximate || date.from.uncertain || date.to.approximate || date.to.uncertain) {
    emitter_->name("circa");
    emitter_->boolean(true);
  }
  emitter_->end_map();
}

void ValueWriter::write_point(const DatePoint& point) {
  emitter_->begin_list();
  const auto number = [&](int value) { emitter_->number(fmt::format_int(value).c_str()); };
  number(point.year > 0 ? point.year : point.year - 1);  // CSL has no year 0
  if (point.month != 0) number(point.month);
  if (point.month != 0 && point.day != 0) number(point.day);
  emitter_->end_list();
}

void ValueWriter::note_what_dates_lose(const Date& date) {
  const auto either = [&](auto has) { return has(date.from) || has(date.to); };
  if (date.is_range() && !date.to.known()) narrow("open end");
  if (either([](const DatePoint& point) { return point.uncertain; })) narrow("uncertainty");
  if (date.to.known() && date.from.approximate != date.to.approximate) narrow("which end is approximate");
  if (either([](const DatePoint& point) { return point.has_time; })) narrow("time");
  if (either([](const DatePoint& point) { return point.unspecified_month || point.unspecified_day; }))
    narrow("unspecified digits");
}

// --------------------------------------------------------------------------------------------------------- identifiers

void ValueWriter::note_details(const Identifier& identifier) {
  if (!identifier.qualifier.empty()) narrow("qualifier");
  if (!identifier.version.empty()) narrow("version");
  if (!identifier.valid) narrow("validity");
}

/// Is the value alone, written under its scheme, read as the identifier that it is? Most have nothing to take off.
bool ValueWriter::reads_back_as(const Identifier& identifier, std::string_view scheme) {
  if (identifier.scheme != scheme) return false;
  if (text::is_bare_identifier(scheme, identifier.value)) return true;
  const Identifier back = text::make_identifier(empty_scratch(), scheme, identifier.value);
  return back.value == identifier.value && back.version.empty();
}

bool ValueWriter::write_identifier(const Identifiers& identifiers, std::string_view scheme) {
  if (identifiers.list.empty() || identifiers.list[0].value.empty()) return false;
  const Identifier& first = identifiers.list[0];
  if (identifiers.list.size() > 1) narrow("further identifiers");
  note_details(first);
  if (!reads_back_as(first, scheme)) narrow("spelling");
  return write_plain(first.value);
}

bool ValueWriter::reads_back_as_issn(const Identifier& identifier) {
  if (identifier.scheme != "issn") return false;
  if (text::is_bare_identifier("issn", identifier.value)) return true;
  List<Identifier> back;
  Arena& scratch = empty_scratch();
  if (text::read_serial_numbers(scratch, identifier.value, back) && back.size() == 1 && back[0].scheme == "issn" &&
      back[0].value == identifier.value && back[0].qualifier.empty())
    return true;
  return text::make_identifier(scratch, "issn", identifier.value).value == identifier.value;
}

bool ValueWriter::write_issn(const Identifiers& identifiers) {
  if (identifiers.list.empty()) return false;
  const Identifier* chosen = nullptr;
  for (const std::string_view qualifier : {"print", "electronic", "linking"})
    for (const Identifier& identifier : identifiers.list)
      if (chosen == nullptr && identifier.qualifier == qualifier) chosen = &identifier;
  if (chosen == nullptr) chosen = &identifiers.list[0];
  if (chosen->value.empty()) return false;
  if (identifiers.list.size() > 1) narrow("further ISSNs");
  if (!chosen->qualifier.empty()) narrow("kind of the ISSN");
  if (!chosen->valid) narrow("validity");
  if (!reads_back_as_issn(*chosen)) narrow("spelling");
  return write_plain(chosen->value);
}

bool ValueWriter::write_isbn(const Identifiers& identifiers) {
  std::string all;
  for (const Identifier& identifier : identifiers.list) {
    if (identifier.value.empty()) continue;
    if (!all.empty()) all += ' ';
    all += identifier.value;
    note_details(identifier);
  }
  if (all.empty()) return false;
  Arena& scratch = empty_scratch();
  List<Identifier> back;
  bool same = text::read_serial_numbers(scratch, all, back) && back.size() == identifiers.list.size();
  for (std::size_t at = 0; same && at < back.size(); ++at)
    same = back[at].value == identifiers.list[at].value && back[at].scheme == identifiers.list[at].scheme;
  if (!same && !(identifiers.list.size() == 1 && identifiers.list[0].scheme == "isbn" &&
                 text::make_identifier(scratch, "isbn", all).value == all))
    narrow("spelling");
  return write_plain(all);
}

bool ValueWriter::write_arxiv(const Identifiers& identifiers) {
  for (const Identifier& identifier : identifiers.list) {
    if (identifier.scheme != "arxiv") continue;
    if (identifiers.list.size() > 1) narrow("further identifiers");
    if (!identifier.qualifier.empty()) narrow("class");
    return write_plain(fmt::format("arXiv:{}{}{}", identifier.value, identifier.version.empty() ? "" : "v", identifier.version));
  }
  return false;
}

// --------------------------------------------------------------------------------------------------- what it is about

bool ValueWriter::write_keywords_of(const Keywords& keywords) {
  for (const Keyword& keyword : keywords.list)
    if (keyword.major) narrow("main topics");
  if (!keywords.owner.empty()) narrow("owner");
  return write_keywords(keywords.list.size(), [&](std::size_t at) -> const RichText& { return keywords.list[at].text; });
}

bool ValueWriter::write_categories(const Keywords& keywords) {
  if (keywords.list.empty()) return false;
  begin();
  key_ = {};
  emitter_->begin_list();
  for (const Keyword& keyword : keywords.list) {
    write_rich(keyword.text);
    if (keyword.major) narrow("main topics");
  }
  emitter_->end_list();
  if (!keywords.owner.empty()) narrow("owner");
  return true;
}

bool ValueWriter::write_keywords(std::size_t count, text::FunctionRef<const RichText&(std::size_t)> keyword) {
  buffer_.clear();
  ends_.clear();
  bool comma = false;
  bool divisible = true;  // will be divided where it was joined
  for (std::size_t at = 0; at < count; ++at) {
    const RichText& rich = keyword(at);
    const std::size_t begin = buffer_.size();
    if (append_rich(buffer_, rich) != Fidelity::Exact) narrow("markup");
    if (!rich.language.empty()) narrow("language of the text");
    const std::string_view text = std::string_view(buffer_).substr(begin);
    const std::size_t divider = text::next_of<',', ';'>(text, 0);
    if (divider < text.size()) {
      comma = comma || text.find(',', divider) != text.npos;
      divisible = divisible && text.find(';', divider) == text.npos;
    }
    divisible = divisible && !text.empty() && text::trim(text) == text;
    if (!text.empty()) ends_.push_back(buffer_.size());
  }
  if (ends_.empty()) return false;
  if (!divisible || (comma && count == 1)) narrow("division into keywords");
  joined_.clear();
  std::size_t from = 0;
  for (const std::size_t end : ends_) {
    if (from > 0) joined_ += comma ? "; " : ", ";
    joined_.append(buffer_, from, end - from);
    from = end;
  }
  text(joined_);
  return true;
}

void ValueWriter::note_what_abstracts_lose(const Abstract& abstract) {
  const bool plain = abstract.sections.size() == 1 && abstract.sections[0].label.empty() && abstract.sections[0].category.empty();
  if (!plain) narrow("sections");
  if (!abstract.copyright.empty()) narrow("copyright");
  if (!abstract.type.empty()) narrow("kind");
  if (!abstract.language.empty()) narrow("language");
}

bool ValueWriter::write_abstract(const Abstract& abstract) {
  if (abstract.sections.size() == 1 && abstract.sections[0].label.empty()) {
    note_what_abstracts_lose(abstract);
    return write_rich(abstract.sections[0].text);
  }
  Arena& scratch = empty_scratch();
  std::vector<RichText> lines;
  for (const AbstractSection& section : abstract.sections) {
    if (section.label.empty() || section.label == "UNLABELLED") {
      lines.push_back(section.text);
      continue;
    }
    const RichText label = RichText::of(scratch, scratch.concat({section.label, ":"}));
    lines.push_back(text::concatenate(scratch, {label, section.text}, " "));
  }
  note_what_abstracts_lose(abstract);
  return write_rich(text::concatenate(scratch, lines, "\n"));
}

bool ValueWriter::write_language(std::string_view language) {
  if (text::names_no_language(language)) return false;
  Arena& scratch = empty_scratch();
  const std::optional<Str> tag = text::bcp47_from(scratch, language);
  if (tag && *tag != language) narrow("spelling");
  return write_plain(tag.value_or(Str(language)));
}

}  // namespace bibmill::csl

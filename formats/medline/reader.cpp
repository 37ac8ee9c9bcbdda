// Reading MEDLINE: logical lines gathered into records. What a value of a tag is, tags.h says; what a line's text says, elements.h.
#include "reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "bibmill/reflect.h"
#include "bibmill/text/dates.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/names.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "elements.h"
#include "names.h"
#include "tags.h"
#include "writer.h"

namespace bibmill::medline {

namespace {

using tagged::code;
using tagged::Join;
using tagged::Line;
using tagged::Lines;

/// Values in which a blank line divides paragraphs.
Join join_of(Codec codec) {
  switch (codec) {
    case Codec::Abstract:
    case Codec::OtherAbstract: return Join::Paragraphs;
    default: return Join::Space;
  }
}

/// What stands for the title where only the vernacular one is known; the final dot is gone.
constexpr std::string_view kNotAvailable = "[Not Available]";

/// A line that belongs to no tag, as one text. Controls in it become blanks: without them the rest might read as a tag ("PM\x05ID- 1"). Where a blank makes
/// a tag of it too ("XX  -\x1A1"), the sign for what is no character stands there.
Str stray_text(const Lines& lines, const Line& line, Arena& arena) {
  const std::string_view bytes = lines.bytes(line.first.span);
  if (tagged::next_control(bytes, 0).size == 0) return lines.owned(line, arena, Join::Space);
  const auto with = [&](std::string_view sign) {
    std::string text;
    for (std::size_t at = 0; at < bytes.size();) {
      const auto [control, size] = tagged::next_control(bytes, at);
      text += bytes.substr(at, control - at);
      if (size != 0) text += sign;
      at = control + size;
    }
    return std::string(text::trim(text));
  };
  const std::string text = with(" ");
  const bool reads_as_tag = tagged::form_of(text, kGrammar).kind == tagged::LineForm::Kind::Tagged;
  return arena.copy(reads_as_tag ? with("\uFFFD") : text);
}

/// Makes one record out of its logical lines.
class RecordBuilder {
 public:
  RecordBuilder(const ReadOptions& options, const Lines& lines, std::shared_ptr<Arena> arena)
      : options_(options), lines_(lines), record_(std::move(arena)), arena_(record_.arena()) {
    gathered_.fill(kNone);
    firsts_.fill(kNone);
    record_.origin = kId;
  }

  Record build(const std::vector<Line>& lines);

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  /// How far back a repeated identifier or date is sought: a million lines take a million steps.
  static constexpr std::size_t kRepeatsSought = 200;

  Type type_of(const std::vector<Line>& lines) const;
  void read(const Line& line);
  void read_value(const Line& line, const Tag& tag, Str text);

  // values of one line
  void add_single(const Line& line, const Tag& tag, Str text, Value value);
  void add_repeated(const Line& line, Field field, const Tag& tag, Str text, Value value);
  const Entry* first_of(Field field);
  void add_identifier(const Line& line, Field field, Str text, Identifier identifier, bool exact);
  bool says_already(Field field, const Identifier& identifier) const;
  void read_identifier(const Line& line, const Tag& tag, Str text);
  void read_pages(const Line& line, const Tag& tag, Str text);

  // values of several lines
  template <class T>
  T& gathered(const Line& line, Field field);
  template <class List, class Element>
  Element& push(const Line& line, List& list, Element element, Str text);
  void read_serial(const Line& line, const Tag& tag, Str text);
  void read_data_bank(const Line& line, Str text);
  void read_keyword(const Line& line, Str text);
  void read_event(const Line& line, Event event, Str stamp, bool with_time);
  void read_copyright(const Line& line, const Tag& tag, Str text);
  void read_language(const Line& line, Str text);

  // names
  void read_full_name(const Line& line, const NameGroup& group, Str text);
  void read_indexed_name(const Line& line, const NameGroup& group, Str text);
  void add_name(Names& names, const Name& name, const Line& line, const NameGroup& group);
  void cut_off(const Line& line, const NameGroup& group, Str text);
  void keep_raw_name(Names& names, const Line& line, const NameGroup& group, Str text);
  bool is_indexed_form(std::string_view text, const Name& name);
  void add_indexed_form(Name& name, const Name& indexed, Str indexed_text);
  void read_body(const Line& line, Str text);
  void read_name_id(const Line& line, Str text);
  void read_affiliation(const Line& line, const Tag& tag, Str text);
  void add_affiliation(Name& name, const Line& line, Str text);
  Name* owner_of_details(Field field);
  void note_detail(const Line& line, Field field);

  // when all lines are read
  void attach_early_affiliations();
  void move_last_item_to(std::uint32_t place);
  void prefer_article_ids();
  void take_doi_from_citation();
  void use_vernacular_title();
  void take_abbreviation_for_title();
  void take_pii_for_article_number();

  void add_extra(const Line& line, Str text) {
    record_.add(Extra{kId, key_of(line), text, {line.tag_span.begin, lines_.value_span(line).end}});
  }
  void note_key(List<Span>& places, const Line& line) {
    if (options_.keep_spans) places.push_back(arena_, line.tag_span);
  }
  /// The line's tag, in upper case where MEDLINE knows it.
  Str key_of(const Line& line) {
    const std::size_t row = kTagIndex.find(line.code);
    return row == kTagIndex.kNone ? arena_.copy(line.tag) : kTags[row].tag();
  }
  Span value_span(const Line& line) const { return lines_.value_span(line); }
  /// `written` if raw text is kept and differs from what the encoder gives.
  Str raw_unless(Str written, std::string_view encoded) const {
    return options_.keep_raw && encoded != written ? written : Str{};
  }
  Entry& entry_at(std::size_t index) { return std::get<Entry>(record_.items()[index]); }

  const ReadOptions& options_;
  const Lines& lines_;
  Record record_;
  Arena& arena_;
  std::string scratch_;
  std::array<std::uint32_t, kFieldCount> gathered_{};  // where a field's gathered entry stands among the items
  std::array<std::uint32_t, kFieldCount> firsts_{};    // and its first entry of one line
  std::uint32_t details_of_ = kNone;                   // the list of names to whose last name AUID and AD belong
  /// AD before the first author, and how many items there were.
  struct EarlyLine {
    Line line;
    std::uint32_t items;
  };
  std::vector<EarlyLine> early_lines_;

  /// What the last name of a group still lacks, and how it was written so far.
  struct LastName {
    bool waits_for_indexed = false;
    bool waits_for_full = false;
    bool inverted = false;  ///< the indexed form has a comma
    Str indexed_text;
    std::string lines;
  };
  LastName& last_name(const NameGroup& group) { return last_names_[static_cast<std::size_t>(&group - kNameGroups)]; }
  std::array<LastName, std::size(kNameGroups)> last_names_;
};

// -------------------------------------------------------------------------------------------------------- whole records

Record RecordBuilder::build(const std::vector<Line>& lines) {
  record_.type = type_of(lines);
  record_.items().reserve(arena_, lines.size());
  for (const Line& line : lines) read(line);
  attach_early_affiliations();
  prefer_article_ids();
  take_doi_from_citation();
  use_vernacular_title();
  take_abbreviation_for_title();
  take_pii_for_article_number();
  return std::move(record_);
}

Type RecordBuilder::type_of(const std::vector<Line>& lines) const {
  TypesSeen types;
  bool in_journal = false;
  bool in_book = false;
  bool titled = false;
  for (const Line& line : lines) {
    const auto has_value = [&] { return !text::trim(lines_.bytes(value_span(line))).empty(); };
    switch (line.code) {
      case code("PT"): types.add(lines_.value(line, arena_, Join::Space)); break;
      case code("JT"):
      case code("TA"):
      case code("JID"): in_journal = in_journal || has_value(); break;
      case code("BTI"): in_book = in_book || has_value(); break;
      case code("TI"): titled = titled || has_value(); break;
      default: break;
    }
  }
  // A book's title without a journal's: a book, or, with a title of its own, a chapter of it.
  if (!types.decides() && in_book && !in_journal) return titled ? Type::Chapter : Type::Book;
  return types.type(in_journal);
}

void RecordBuilder::read(const Line& line) {
  if (!line.is_tagged()) {
    // Controls alone are no text.
    if (const Str text = stray_text(lines_, line, arena_); !text.empty())
      record_.add(Extra{kId, {}, text, line.first.span});
    else
      record_.markers.push_back(arena_, line.first.span);
    return;
  }
  const Tag* const tag = reading_row(line.code, record_.type);
  const Str text = lines_.owned(line, arena_, tag == nullptr ? Join::Paragraphs : join_of(tag->codec));
  if (text.empty()) {
    // A tag without a value says that there is none; only keywords may lose their owner so.
    if (tag == nullptr || tag->codec != Codec::KeywordOwner) {
      record_.markers.push_back(arena_, {line.tag_span.begin, value_span(line).end});
      return;
    }
  }
  if (tag == nullptr)
    add_extra(line, text);
  else
    read_value(line, *tag, text);
}

void RecordBuilder::read_value(const Line& line, const Tag& tag, Str text) {
  switch (tag.codec) {
    case Codec::Text:
    case Codec::Citation: return add_repeated(line, tag.field, tag, text, Text{text});
    case Codec::Rich: return add_single(line, tag, text, RichText::of(arena_, text));
    case Codec::Title: return add_single(line, tag, text, RichText::of(arena_, text::without_final_dot(text)));
    case Codec::Identifier:
    case Codec::Located: return read_identifier(line, tag, text);
    case Codec::Serial: return read_serial(line, tag, text);
    case Codec::Date: return add_single(line, tag, text, text::parse_medline_date(arena_, text));
    case Codec::Stamp: return add_single(line, tag, text, text::parse_medline_stamp(arena_, text));
    case Codec::Pages:
    case Codec::ArticleNumber: return read_pages(line, tag, text);
    case Codec::Term: {
      Term term;
      term.text = text;
      push(line, gathered<Terms>(line, tag.field).list, term, text);
      return;
    }
    case Codec::Heading: push(line, gathered<Headings>(line, tag.field).list, decode_heading(arena_, text), text); return;
    case Codec::Substance: push(line, gathered<Substances>(line, tag.field).list, decode_substance(text), text); return;
    case Codec::Grant: push(line, gathered<Grants>(line, tag.field).list, decode_grant(text), text); return;
    case Codec::Link: push(line, gathered<Links>(line, tag.field).list, decode_link(arena_, text, tag.detail), text); return;
    case Codec::DataBank: return read_data_bank(line, text);
    case Codec::Keyword: return read_keyword(line, text);
    case Codec::KeywordOwner:
      // A group begins: the next keyword must not join the one before.
      gathered_[static_cast<std::size_t>(Field::Keyword)] = kNone;
      gathered<Keywords>(line, Field::Keyword).owner = text;
      return;
    case Codec::Event: {
      Str stamp;
      const Event event = decode_event(arena_, text, stamp);
      if (stamp.empty()) return add_extra(line, text);
      return read_event(line, event, stamp, true);
    }
    case Codec::StatedEvent:
    case Codec::StatedDay: {
      Event event;
      event.status = tag.detail;
      event.date = decode_event_date(arena_, text);
      return read_event(line, event, text, tag.codec == Codec::StatedEvent);
    }
    case Codec::Note: return add_repeated(line, tag.field, tag, text, decode_note(arena_, text));
    case Codec::Abstract: {
      Abstract abstract;
      decode_sections(arena_, text, abstract.sections);
      return add_single(line, tag, text, abstract);
    }
    case Codec::OtherAbstract: {
      Abstract abstract;
      Str rest = text;
      abstract.type = take_abstract_type(rest);
      decode_sections(arena_, rest, abstract.sections);
      return add_repeated(line, tag.field, tag, text, abstract);
    }
    case Codec::Copyright: return read_copyright(line, tag, text);
    case Codec::Language: return read_language(line, text);
    case Codec::FullName: return read_full_name(line, *name_group(tag.field), text);
    case Codec::IndexedName: return read_indexed_name(line, *name_group(tag.field), text);
    case Codec::Body: return read_body(line, text);
    case Codec::NameId: return read_name_id(line, text);
    case Codec::Affiliation: return read_affiliation(line, tag, text);
  }
}

// --------------------------------------------------------------------------------------------------- values of one line

void RecordBuilder::add_single(const Line& line, const Tag& tag, Str text, Value value) {
  const Entry* const earlier = first_of(tag.field);
  if (earlier != nullptr && !same_content(earlier->value, value)) return add_extra(line, text);
  add_repeated(line, tag.field, tag, text, std::move(value));
}

/// `tag` is the row that the value was read by, which may be another field's (an address under LID).
void RecordBuilder::add_repeated(const Line& line, Field field, const Tag& tag, Str text, Value value) {
  const Entry* const earlier = first_of(field);
  Entry entry;
  entry.same_as = earlier != nullptr && same_content(earlier->value, value);
  entry.field = field;
  entry.key = key_of(line);
  entry.value = std::move(value);
  entry.span = value_span(line);
  note_key(entry.more, line);
  if (options_.keep_raw) {
    scratch_.clear();
    append_value(scratch_, entry, tag);
    entry.raw = raw_unless(text, scratch_);
  }
  const auto place = static_cast<std::uint32_t>(record_.items().size());
  record_.add(std::move(entry));
  if (earlier == nullptr) firsts_[static_cast<std::size_t>(field)] = place;
  // What continues this value finds it.
  gathered_[static_cast<std::size_t>(field)] = place;
}

/// The field's first entry that add_repeated made: found at once, however many items a record has.
const Entry* RecordBuilder::first_of(Field field) {
  const std::uint32_t at = firsts_[static_cast<std::size_t>(field)];
  return at == kNone ? nullptr : &entry_at(at);
}

void RecordBuilder::add_identifier(const Line& line, Field field, Str text, Identifier identifier, bool exact) {
  const bool repeats = says_already(field, identifier);
  identifier.raw = exact || !options_.keep_raw ? Str{} : text;
  if (options_.keep_spans) identifier.span = value_span(line);
  Identifiers identifiers;
  identifiers.list.push_back(arena_, identifier);
  Entry entry;
  entry.field = field;
  entry.key = key_of(line);
  entry.value = identifiers;
  entry.span = value_span(line);
  entry.same_as = repeats;
  note_key(entry.more, line);
  record_.add(std::move(entry));
}

/// Whether an earlier line gave the same identifier (LID and AID name the same DOI).
bool RecordBuilder::says_already(Field field, const Identifier& identifier) const {
  const std::size_t sought = std::min(record_.items().size(), kRepeatsSought);
  for (std::size_t at = record_.items().size() - sought; at < record_.items().size(); ++at) {
    const Entry* const entry = std::get_if<Entry>(&record_.items()[at]);
    if (entry == nullptr || entry->field != field) continue;
    const Identifier& other = std::get<Identifiers>(entry->value).list.front();
    if (field == Field::Doi ? text::same_doi(other.value, identifier.value)
                            : other.scheme == identifier.scheme && other.value == identifier.value)
      return true;
  }
  return false;
}

/// An identifier; under LID also an address or an article number.
void RecordBuilder::read_identifier(const Line& line, const Tag& tag, Str text) {
  const Identifier identifier = decode_identifier(arena_, text, tag);
  const Field field = field_of(identifier, tag);
  if (field == Field::Url || field == Field::ArticleNumber) return add_repeated(line, field, tag, text, Text{text});
  scratch_.clear();
  encode_identifier(scratch_, identifier, tag);
  add_identifier(line, field, text, identifier, scratch_ == text);
}

void RecordBuilder::read_pages(const Line& line, const Tag& tag, Str text) {
  const Str article_number = article_number_in(text);
  if (article_number.empty()) return add_single(line, tag, text, decode_pages(arena_, text));
  add_repeated(line, Field::ArticleNumber, tag, text, Text{article_number});
}

// ------------------------------------------------------------------------------------------------ values of several lines

/// The field's entry that this line goes on with, or a new one.
template <class T>
T& RecordBuilder::gathered(const Line& line, Field field) {
  std::uint32_t& at = gathered_[static_cast<std::size_t>(field)];
  if (at == kNone) {
    // EDAT and its like are parts of what PHST says.
    record_.add(field, T{}, field == Field::History ? Str("PHST") : key_of(line), value_span(line));
    at = static_cast<std::uint32_t>(record_.items().size() - 1);
    note_key(entry_at(at).more, line);
  } else if (options_.keep_spans) {
    List<Span>& places = entry_at(at).more;
    places.push_back(arena_, value_span(line));
    note_key(places, line);
  }
  return std::get<T>(entry_at(at).value);
}

/// Adds an element that is one line, with its span and, where its encoding differs, its raw text.
template <class List, class Element>
Element& RecordBuilder::push(const Line& line, List& list, Element element, Str text) {
  if (options_.keep_spans) element.span = value_span(line);
  if (options_.keep_raw) {
    scratch_.clear();
    if constexpr (std::is_same_v<Element, Term>)
      scratch_ = element.text;
    else
      encode(scratch_, element);
    element.raw = raw_unless(text, scratch_);
  }
  return list.push_back(arena_, element);
}

void RecordBuilder::read_serial(const Line& line, const Tag& tag, Str text) {
  Identifier identifier = decode_identifier(arena_, text, tag);
  scratch_.clear();
  encode_identifier(scratch_, identifier, tag);
  identifier.raw = raw_unless(text, scratch_);
  if (options_.keep_spans) identifier.span = value_span(line);
  gathered<Identifiers>(line, field_of(identifier, tag)).list.push_back(arena_, identifier);
}

void RecordBuilder::read_data_bank(const Line& line, Str text) {
  const std::size_t slash = text.find('/');
  const Str name = text.substr(0, slash);
  List<DataBank>& banks = gathered<DataBanks>(line, Field::DataBank).list;
  if (banks.empty() || banks.back().name != name || slash == Str::npos) {
    DataBank bank;
    bank.name = name;
    if (options_.keep_spans) bank.span = value_span(line);
    banks.push_back(arena_, bank);
  }
  if (slash != Str::npos) banks.back().accessions.push_back(arena_, Text{text.substr(slash + 1)});
}

void RecordBuilder::read_keyword(const Line& line, Str text) {
  push(line, gathered<Keywords>(line, Field::Keyword).list, decode_keyword(arena_, text), text);
}

/// EDAT, MHDA, PMCR and CRDT say again what PHST says: each event is kept once, in PHST's order.
void RecordBuilder::read_event(const Line& line, Event event, Str stamp, bool with_time) {
  if (options_.keep_raw) {
    scratch_.clear();
    encode_event_date(scratch_, event.date, with_time);
    event.date.raw = raw_unless(stamp, scratch_);
  }
  if (options_.keep_spans) event.date.span = value_span(line);
  List<Event>& events = gathered<History>(line, Field::History).list;
  for (std::size_t at = 0; at < std::min(events.size(), kRepeatsSought); ++at)
    if (same_content(events[at], event)) {
      events.erase(at);
      break;
    }
  events.push_back(arena_, event);
}

void RecordBuilder::read_copyright(const Line& line, const Tag& tag, Str text) {
  Abstract& abstract = gathered<Abstract>(line, tag.field);
  if (abstract.copyright.empty())
    abstract.copyright = text;
  else
    add_extra(line, text);
}

void RecordBuilder::read_language(const Line& line, Str text) {
  if (gathered_[static_cast<std::size_t>(Field::OtherAbstract)] == kNone) return add_extra(line, text);
  gathered<Abstract>(line, Field::OtherAbstract).language = text;
}

// --------------------------------------------------------------------------------------------------------------- names

void RecordBuilder::read_full_name(const Line& line, const NameGroup& group, Str text) {
  if (is_et_al(text)) return cut_off(line, group, text);
  Names& names = gathered<Names>(line, group.field);
  if (!group.id.empty()) details_of_ = gathered_[static_cast<std::size_t>(group.field)];
  Name name = text::parse_inverted_name(arena_, text, text::kMedlineFullName);
  if (options_.keep_spans) name.span = value_span(line);
  LastName& last = last_name(group);
  // PS stands before its FPS. With a comma it may be a full name of its own: then only the form that follows from FPS belongs to it.
  if (last.waits_for_full && ((!last.inverted && names.list.back().family == name.family) || is_indexed_form(last.indexed_text, name))) {
    add_indexed_form(name, names.list.back(), last.indexed_text);
    names.list.back() = name;
    last.waits_for_full = false;
  } else {
    add_name(names, name, line, group);
    last.waits_for_indexed = true;
  }
  keep_raw_name(names, line, group, text);
}

void RecordBuilder::read_indexed_name(const Line& line, const NameGroup& group, Str text) {
  if (is_et_al(text)) return cut_off(line, group, text);
  Names& names = gathered<Names>(line, group.field);
  if (!group.id.empty()) details_of_ = gathered_[static_cast<std::size_t>(group.field)];
  LastName& last = last_name(group);
  if (last.waits_for_indexed) {
    last.waits_for_indexed = false;
    add_indexed_form(names.list.back(), text::parse_indexed_name(arena_, text), text);
  } else {
    // ERIC writes full names here.
    const bool inverted = text.find(',') != Str::npos;
    Name name =
        inverted ? text::parse_inverted_name(arena_, text, text::kMedlineFullName) : text::parse_indexed_name(arena_, text);
    if (options_.keep_spans) name.span = value_span(line);
    add_name(names, name, line, group);
    last.waits_for_full = group.indexed_first;
    last.inverted = inverted;
    last.indexed_text = text;
  }
  keep_raw_name(names, line, group, text);
}

/// Keeps the lines of the last name as written, where they do not follow from its parts.
void RecordBuilder::keep_raw_name(Names& names, const Line& line, const NameGroup& group, Str text) {
  if (!options_.keep_raw) return;
  std::string& lines = last_name(group).lines;
  if (!lines.empty()) lines += '\n';
  tagged::append_line(lines, key_of(line), text, {});
  lines.pop_back();
  scratch_.clear();
  const Entry& entry = entry_at(gathered_[static_cast<std::size_t>(group.field)]);
  append_name_lines(scratch_, names.list.back(), group, {true, entry.key == group.indexed});
  names.list.back().raw = scratch_ == lines ? Str{} : arena_.copy(lines);
}

/// Is the text what stands for the name in an index? (Given names in a script without capitals have no initials, and read as part of the family name.)
bool RecordBuilder::is_indexed_form(std::string_view text, const Name& name) {
  scratch_.clear();
  text::append_indexed(scratch_, name);
  return scratch_ == text;
}

/// What the indexed form says beyond the full one: initials, a suffix, or a spelling of its own.
void RecordBuilder::add_indexed_form(Name& name, const Name& indexed, Str indexed_text) {
  name.initials = indexed.initials;
  if (name.suffix.empty()) name.suffix = indexed.suffix;
  scratch_.clear();
  text::append_indexed(scratch_, name);
  if (scratch_ != indexed_text) name.attributes.push_back(arena_, Attribute{kIndexedForm, indexed_text});
}

void RecordBuilder::read_body(const Line& line, Str text) {
  Names& names = gathered<Names>(line, Field::Author);
  details_of_ = gathered_[static_cast<std::size_t>(Field::Author)];
  Name name;
  name.literal = text;
  if (options_.keep_spans) name.span = value_span(line);
  add_name(names, name, line, *name_group(Field::Author));
}

/// The list's key is the tag of its first name, even where "et al." stands before that.
void RecordBuilder::add_name(Names& names, const Name& name, const Line& line, const NameGroup& group) {
  if (names.list.empty()) entry_at(gathered_[static_cast<std::size_t>(group.field)]).key = key_of(line);
  names.list.push_back(arena_, name);
  last_name(group) = {};
}

/// Names, if there are any, are no longer all that there were.
void RecordBuilder::cut_off(const Line& line, const NameGroup& group, Str text) {
  if (gathered_[static_cast<std::size_t>(group.field)] == kNone) return add_extra(line, text);
  gathered<Names>(line, group.field).complete = false;
}

/// The name to which AUID and AD belong: the last of the authors or editors before them.
Name* RecordBuilder::owner_of_details(Field field) {
  const std::uint32_t at = field == Field::Author ? details_of_ : gathered_[static_cast<std::size_t>(field)];
  if (at == kNone) return nullptr;
  List<Name>& list = std::get<Names>(entry_at(at).value).list;
  return list.empty() ? nullptr : &list.back();
}

void RecordBuilder::note_detail(const Line& line, Field field) {
  if (!options_.keep_spans) return;
  List<Span>& places = entry_at(field == Field::Author ? details_of_ : gathered_[static_cast<std::size_t>(field)]).more;
  places.push_back(arena_, value_span(line));
  note_key(places, line);
}

void RecordBuilder::read_name_id(const Line& line, Str text) {
  Name* const owner = owner_of_details(Field::Author);
  if (owner == nullptr) return add_extra(line, text);
  Identifier identifier = decode_labelled(arena_, text, "orcid");
  scratch_.clear();
  encode_labelled(scratch_, identifier);
  identifier.raw = raw_unless(text, scratch_);
  if (options_.keep_spans) identifier.span = value_span(line);
  owner->identifiers.push_back(arena_, identifier);
  note_detail(line, Field::Author);
}

void RecordBuilder::read_affiliation(const Line& line, const Tag& tag, Str text) {
  Name* const owner = owner_of_details(tag.field);
  if (owner == nullptr) {
    if (tag.field == Field::Author)
      early_lines_.push_back({line, static_cast<std::uint32_t>(record_.items().size())});
    else
      add_extra(line, text);
    return;
  }
  add_affiliation(*owner, line, text);
  note_detail(line, tag.field);
}

void RecordBuilder::add_affiliation(Name& name, const Line& line, Str text) {
  Affiliation affiliation;
  affiliation.text = text;
  if (options_.keep_spans) affiliation.span = value_span(line);
  name.affiliations.push_back(arena_, affiliation);
}

/// Until 2014 NLM gave the first author's address only, before the authors.
void RecordBuilder::attach_early_affiliations() {
  const std::uint32_t authors = gathered_[static_cast<std::size_t>(Field::Author)];
  List<Affiliation> own;
  Name* first = nullptr;
  if (authors != kNone && !std::get<Names>(entry_at(authors).value).list.empty()) {
    first = &std::get<Names>(entry_at(authors).value).list.front();
    own = first->affiliations;
    first->affiliations = {};
    details_of_ = authors;
  }
  std::uint32_t extras = 0;
  for (const auto& [line, items] : early_lines_) {
    const Str text = lines_.owned(line, arena_, Join::Space);
    if (first == nullptr) {
      // Where it stood: behind an editor it would be read as that one's address.
      add_extra(line, text);
      move_last_item_to(items + extras++);
      continue;
    }
    add_affiliation(*first, line, text);
    note_detail(line, Field::Author);
  }
  if (first != nullptr)
    for (const Affiliation& affiliation : own) first->affiliations.push_back(arena_, affiliation);
}

void RecordBuilder::move_last_item_to(std::uint32_t place) {
  List<Item>& items = record_.items();
  std::rotate(items.begin() + place, items.end() - 1, items.end());
  for (auto* const places : {&gathered_, &firsts_})
    for (std::uint32_t& at : *places)
      if (at != kNone && at >= place) ++at;
  if (details_of_ != kNone && details_of_ >= place) ++details_of_;
}

// ------------------------------------------------------------------------------------------------ when all lines are read

/// The DOI among the article's identifiers (AID) decides; another one among its locations (LID) stays as an extra.
void RecordBuilder::prefer_article_ids() {
  const auto value_of = [](const Entry& entry) { return std::get<Identifiers>(entry.value).list.front().value; };
  const Entry* of_article = nullptr;
  for_each_entry(record_, [&](const Entry& entry) {
    if (of_article == nullptr && entry.field == Field::Doi && entry.key == "AID") of_article = &entry;
  });
  if (of_article == nullptr) return;
  const Str doi = value_of(*of_article);
  bool removed = false;
  for (Item& item : record_.items()) {
    const Entry* const entry = std::get_if<Entry>(&item);
    if (entry == nullptr || entry->field != Field::Doi || entry->key == "AID" || text::same_doi(value_of(*entry), doi)) continue;
    scratch_.clear();
    encode_located(scratch_, std::get<Identifiers>(entry->value).list.front());
    const Span key = entry->more.empty() ? entry->span : entry->more.front();
    item = Extra{kId, entry->key, arena_.copy(scratch_), {key.begin, entry->span.end}};
    removed = true;
  }
  if (!removed) return;
  // The article's own may have been marked as repeating the one that went.
  bool first = true;
  for (Item& item : record_.items())
    if (Entry* const entry = std::get_if<Entry>(&item); entry != nullptr && entry->field == Field::Doi) {
      if (first) entry->same_as = false;
      first = false;
    }
}

/// A record without a DOI of its own may name one in its citation: "… doi: 10.1000/x. Epub 2012 Jan 9."
void RecordBuilder::take_doi_from_citation() {
  const Text* const citation = record_.get<Field::CitationText>();
  if (citation == nullptr || record_.has(Field::Doi)) return;
  const std::string_view doi = text::find_doi(citation->value);
  if (doi.empty()) return;
  Identifier identifier;
  identifier.scheme = "doi";
  identifier.value = doi;
  Identifiers identifiers;
  identifiers.list.push_back(arena_, identifier);
  record_.add(Field::Doi, identifiers, "SO", record_.find(Field::CitationText)->span);
}

/// "[Not Available]": the vernacular title is the title.
void RecordBuilder::use_vernacular_title() {
  const RichText* const vernacular = record_.get<Field::OriginalTitle>();
  if (vernacular == nullptr) return;
  for (Item& item : record_.items()) {
    Entry* const entry = std::get_if<Entry>(&item);
    if (entry == nullptr || entry->field != Field::Title) continue;
    if (std::get<RichText>(entry->value).text() != kNotAvailable) return;
    entry->value = *vernacular;
    return;
  }
}

/// Old exports have the journal's abbreviation alone (TA without JT): it is the only title that other formats can have.
void RecordBuilder::take_abbreviation_for_title() {
  const Entry* const abbreviation = first_of(Field::ContainerTitleShort);
  if (abbreviation == nullptr || first_of(Field::ContainerTitle) != nullptr || !kArticleLike.has(record_.type)) return;
  const Value title = abbreviation->value;
  const Span span = abbreviation->span;
  record_.add(Field::ContainerTitle, title, {}, span);
}

/// Where there is neither a page nor an article number, a pii that looks like one is it.
void RecordBuilder::take_pii_for_article_number() {
  if (record_.has(Field::Page) || record_.has(Field::ArticleNumber)) return;
  for (const Item& item : record_.items()) {
    const Entry* const entry = std::get_if<Entry>(&item);
    if (entry == nullptr || entry->field != Field::Identifier) continue;
    const Identifier& identifier = std::get<Identifiers>(entry->value).list.front();
    if (identifier.scheme != "pii" || !looks_like_article_number(identifier.value)) continue;
    const Span span = entry->span;
    record_.add(Field::ArticleNumber, Text{identifier.value}, {}, span);
    return;
  }
}

// ----------------------------------------------------------------------------------------------------------- the reader

class MedlineReader final : public Reader {
 public:
  explicit MedlineReader(const ReadOptions& options) : options_(options) {}

  Flow read(const Source&, const Part& part, RecordSink& records, DiagnosticSink& diagnostics) override;

 private:
  /// The record that is being gathered; it has lines from its first on.
  struct Open {
    std::vector<Line> lines;
    Span blank;                  // the blank lines right before it
    bool has_neighbour = false;  // another record stands before it in the source
    bool exists() const { return !lines.empty(); }
  };

  Flow finish(const Lines& lines, const Part& part, std::uint64_t end, RecordSink& records, DiagnosticSink& diagnostics);
  void keep_layout(Record& record, const Lines& lines, std::uint64_t end);

  ReadOptions options_;
  Open open_;
  std::string canonical_;
};

/// What is odd about a line that could be read all the same. `before` are the record's lines before it: one note says it of all.
void diagnose(const Lines& lines, const Line& line, const std::vector<Line>& before, DiagnosticSink& diagnostics) {
  if (!line.is_tagged()) {
    diagnostics.warning("medline/stray-line", line.first.span, "a line that belongs to no tag is kept as it stands");
    return;
  }
  const auto said = [&](auto&& of) {
    constexpr std::size_t kSought = 200;  // a million unknown tags take a million steps
    return std::any_of(before.end() - static_cast<std::ptrdiff_t>(std::min(before.size(), kSought)), before.end(), of);
  };
  if (!line.standard && !said([](const Line& other) { return other.is_tagged() && !other.standard; }))
    diagnostics.note("medline/tag-form", line.tag_span,
                     fmt::format("{} is read as a tag, though its line is not laid out like \"{:<4}- \"", line.tag, line.tag));
  if (!line.known && !said([&](const Line& other) { return other.code == line.code; }))
    diagnostics.note("medline/unknown-tag", line.tag_span,
                     fmt::format("MEDLINE has no tag {}; it is kept as it stands", line.tag));
  for (const tagged::Piece& piece : lines.more(line))
    if (piece.kind == tagged::Piece::Kind::Loose)
      diagnostics.warning("medline/missing-indent", piece.span,
                          fmt::format("a line without six blanks before it is read as more of {}", line.tag));
}

void diagnose_dates(const Record& record, DiagnosticSink& diagnostics) {
  for_each_entry(record, [&](const Entry& entry) {
    const auto complain = [&](Span span) {
      diagnostics.warning("medline/unreadable-date", span, fmt::format("{} is no date that MEDLINE writes; its words are kept", entry.key));
    };
    if (const Date* const date = std::get_if<Date>(&entry.value); date != nullptr && !date->from.known()) complain(entry.span);
    if (const History* const history = std::get_if<History>(&entry.value))
      for (const Event& event : history->list)
        if (!event.date.from.known()) complain(event.date.span.empty() ? entry.span : event.date.span);
  });
}

Flow MedlineReader::read(const Source&, const Part& part, RecordSink& records, DiagnosticSink& diagnostics) {
  ReusedMemory memory(*part.arena, records);
  Lines lines(part.text, part.offset, kGrammar);
  open_.lines.clear();
  bool has_neighbour = !part.first;
  Span blank;
  Line line;
  while (lines.next(line)) {
    if (line.kind == Line::Kind::Blank) {
      blank = line.span;
      continue;
    }
    if (begins_record(line.tag, line.is_tagged(), !blank.empty() || !open_.exists())) {
      if (open_.exists() && finish(lines, part, open_.lines.back().span.end, records, diagnostics) == Flow::Stop)
        return Flow::Stop;
      memory.after_record();
      has_neighbour = has_neighbour || open_.exists();
      lines.drop_pieces(line);
      open_.lines.clear();
      open_.blank = blank;
      open_.has_neighbour = has_neighbour;
    }
    diagnose(lines, line, open_.lines, diagnostics);
    if (line.is_tagged() || open_.exists()) {
      open_.lines.push_back(line);
    } else {
      const Str text = stray_text(lines, line, *part.arena);
      if (records.between(Extra{kId, {}, text, line.first.span}) == Flow::Stop) return Flow::Stop;
    }
    blank = {};
  }
  if (!open_.exists()) return Flow::Continue;
  return finish(lines, part, part.last && !blank.empty() ? blank.end : open_.lines.back().span.end, records, diagnostics);
}

/// Hands out the open record, whose text ends at `end`.
Flow MedlineReader::finish(const Lines& lines, const Part& part, std::uint64_t end, RecordSink& records,
                           DiagnosticSink& diagnostics) {
  Record record = RecordBuilder(options_, lines, part.arena).build(open_.lines);
  record.span = {open_.lines.front().span.begin, open_.lines.back().span.end};
  diagnose_dates(record, diagnostics);
  if (options_.keep_layout) keep_layout(record, lines, end);
  return records.record(std::move(record));
}

/// Keeps the text as it stood, unless writing gives just that. One plain blank line stands between two records (Writer::separator); any other
/// distance belongs to the layout, which then begins with a line end.
void MedlineReader::keep_layout(Record& record, const Lines& lines, std::uint64_t end) {
  const Span& blank = open_.blank;
  const bool usual_distance = open_.has_neighbour ? !blank.empty() && lines.bytes(blank) == "\n" : blank.empty();
  const std::uint64_t begin = usual_distance || blank.empty() ? record.span.begin : blank.begin;
  const std::string_view text = lines.bytes({begin, end});
  canonical_.clear();
  append_canonical(canonical_, record);
  if (text != canonical_) record.layout = record.arena().copy(text);
}

}  // namespace

std::unique_ptr<Reader> make_reader(const ReadOptions& options) { return std::make_unique<MedlineReader>(options); }

}  // namespace bibmill::medline

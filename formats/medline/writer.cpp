// Writing MEDLINE in PubMed's own layout. A record that was read as MEDLINE keeps the order of its lines; any other is written in the order of tags.h.
#include "writer.h"

#include <algorithm>
#include <bitset>
#include <cstdint>
#include <iterator>

#include "bibmill/reflect.h"
#include "bibmill/text/dates.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/languages.h"
#include "bibmill/text/names.h"
#include "bibmill/text/pages.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "bibmill/text/whole_titles.h"
#include "elements.h"
#include "names.h"
#include "tags.h"

namespace bibmill::medline {

namespace {

using tagged::code;

/// Which rows of tags.h a writer may use.
using Rows = std::bitset<kTagCount>;

Rows rows_among(std::span<const Mapping> mappings) {
  Rows rows;
  for (const Mapping& mapping : mappings)
    for (std::size_t at = 0; at < kTagCount; ++at)
      if (kTags[at].key == mapping.key && kTags[at].field == mapping.field && kTags[at].types == mapping.types) rows.set(at);
  return rows;
}

bool is_to_be_written(const Rows& rows, std::size_t row, Type type) {
  const Tag& tag = kTags[row];
  return (tag.way == Way::Both || tag.way == Way::WriteOnly) && rows.test(row) && tag.types.has(type);
}

/// Is there a row that writes the field of such a record?
bool writes(const Rows& rows, Field field, Type type) {
  for (std::size_t row = 0; row < kTagCount; ++row)
    if (kTags[row].field == field && is_to_be_written(rows, row, type)) return true;
  return false;
}

/// Text that stands on one line: what divides lines becomes a blank, other controls and blanks at its ends go. False where that changes it.
bool append_in_line(std::string& out, std::string_view text) {
  const std::size_t begin = out.size();
  out += text;
  tagged::keep_on_one_line(out, begin);
  const std::size_t end = begin + text::trim_right(std::string_view(out).substr(begin)).size();
  out.resize(end);
  out.erase(begin, end - begin - text::trim_left(std::string_view(out).substr(begin)).size());
  return std::string_view(out).substr(begin) == text;
}

constexpr std::string_view kIncomplete = "mark of a list that is cut off";
constexpr std::string_view kIsbnTag = "ISBN";

/// What a line cannot hold of a value that it narrows.
std::string_view part_lost(const Value& value) {
  if (std::holds_alternative<Date>(value)) return "details";
  if (std::holds_alternative<Pages>(value)) return "form";
  const RichText* const rich = std::get_if<RichText>(&value);
  return rich != nullptr && rich->plain() ? "final dot" : "markup";
}

std::string_view part_lost(const Heading& heading) {
  const auto has_identifier = [](const Term& term) { return !term.identifier.empty(); };
  const bool identified =
      !heading.identifier.empty() || std::any_of(heading.qualifiers.begin(), heading.qualifiers.end(), has_identifier);
  return identified ? "identifiers" : !heading.type.empty() ? "kind" : "";
}
std::string_view part_lost(const Substance& substance) { return substance.identifier.empty() ? "" : "identifiers"; }
std::string_view part_lost(const Keyword& keyword) { return keyword.text.plain() ? "" : "markup"; }

/// Whether LID's text would be read into another field, as the address of a DOI.
bool is_misread(std::string_view text, Field field, const Tag& tag) {
  Arena arena;
  return field_of(decode_located(arena, arena.copy(text)), tag) != field;
}

/// A name that is nothing but the words by which a list is cut off.
bool says_et_al(const Name& name) {
  return is_et_al(name.family) && name.given.empty() && name.suffix.empty() && name.non_dropping_particle.empty();
}

/// A name whose indexed form would be read with initials, or with a suffix, that it has not.
bool is_misread_in_index(const Name& name) {
  if (name.suffix.empty() && name.family.find(' ') == Str::npos) return false;
  std::string indexed;
  text::append_indexed(indexed, name);
  Arena arena;
  const Name read = text::parse_indexed_name(arena, indexed);
  if (name.given.empty() && name.initials.empty() && !read.initials.empty()) return true;
  if (name.suffix.empty() && !read.suffix.empty()) return true;
  Name joined = name;
  joined.initials = read.initials;
  std::string again;
  text::append_indexed(again, joined);
  return again != indexed;
}

/// Is it the same as an earlier one? A reader keeps each event once, as far as it looks.
bool repeats(const List<Event>& events, const Event& event) {
  constexpr std::ptrdiff_t kSought = 200;
  const Event* const end = events.begin() + std::min(&event - events.begin(), kSought);
  return std::any_of(events.begin(), end, [&](const Event& earlier) { return same_content(earlier, event); });
}

/// Values of which a reader takes the first: a second one would be an extra line that nobody expects.
bool is_single(Codec codec) {
  switch (codec) {
    case Codec::Rich:
    case Codec::Title:
    case Codec::Date:
    case Codec::Stamp:
    case Codec::Pages:
    case Codec::Abstract: return true;
    default: return false;
  }
}

/// A title that was read as a journal's: under JT, or in PubMed's Journal/Title.
bool is_journals_title(const Entry& entry) { return entry.key == "JT" || entry.key.ends_with("/Journal/Title"); }

/// An identifier of PubMed's that says where the work stands (ELocationID).
bool is_location(const Entry& entry) {
  return (entry.field == Field::Doi || entry.field == Field::Identifier) && entry.key.ends_with("/ELocationID");
}

/// Does the scheme name another database, whose number PubMed writes behind its name (OtherID, OID)?
bool is_of_other_database(std::string_view scheme) {
  constexpr std::string_view kDatabases[] = {"nasa", "kie", "pip", "pop", "arpl", "cpc", "ind", "cpfh", "clml", "nrcbl", "nlm", "qcim"};
  return std::find(std::begin(kDatabases), std::end(kDatabases), scheme) != std::end(kDatabases);
}

/// The row of a link's type; null where there is none.
const Tag* link_row(std::string_view type, const Rows& rows) {
  for (std::size_t row = 0; row < kTagCount; ++row)
    if (kTags[row].codec == Codec::Link && kTags[row].detail == type && rows.test(row)) return &kTags[row];
  return nullptr;
}

// ------------------------------------------------------------------------------------------------------ one record's lines

class RecordWriter {
 public:
  RecordWriter(const Record& record, std::string& out, Ledger* ledger, const Rows& rows, const tagged::LineStyle& style)
      : record_(record), out_(out), ledger_(ledger), rows_(rows), style_(style), own_(record.origin == kId) {}

  void write();

 private:
  void write_in_order();
  void write_by_rows();
  void write_locations();
  void write_pmid();
  void write_type();
  bool names_journal() const;
  bool is_taken_for_book() const;
  void write_citation();
  void supply_article_number();

  // One item. `at_` is its place while it is written, for the books.
  void write(const Extra& extra);
  void write(const Entry& entry, const Tag& tag);
  void write_line(const Entry& entry, const Tag& tag);
  void write_language(Str language);
  template <class List, class PartOf>
  void write_elements(const List& list, std::string_view tag, PartOf&& part_of);
  void write_terms(const Terms& terms, const Tag& tag);
  void write_identifiers(const Identifiers& identifiers, const Entry& entry, const Tag& tag);
  void write_links(const Links& links);
  void write_data_banks(const DataBanks& banks);
  void write_keywords(const Keywords& keywords, const Entry& entry);
  void write_history(const History& history);
  bool append_stamp(const Event& event, bool with_time);
  void write_stated(const History& history, const Tag& tag);
  void write_abstract(const Abstract& abstract, const Entry& entry, const Tag& tag);
  void narrow_lost_sections(const Abstract& abstract, bool other);
  void write_names(const Names& names, const NameGroup& group, std::string_view first_key);
  void write_name(const Name& name, const NameGroup& group, bool indexed_alone);
  void write_details(const Name& name, const NameGroup& group);

  const Tag* row_of(const Entry& entry) const;
  bool may_write(std::string_view tag) const;
  const Entry* first_of(Field field) const;
  std::string value_of(Field field, std::string_view tag) const;
  const Tag& row_of_scheme(std::string_view scheme, const Tag& otherwise) const;
  bool is_said_elsewhere(const Entry& entry) const;
  bool repeats_a_location(const Entry& entry) const;
  template <class Test>
  Str find_pii(Test test) const;
  bool is_vernacular_only(const Entry& title) const;
  const Tag* unlocated_row(Field field) const;

  void put(std::string_view tag, std::string_view value);
  void put(const Tag& tag, std::string_view value) { put(tag.tag(), value); }
  void put_paragraphs(std::string_view tag, std::string_view text);
  void book(Fidelity fidelity = Fidelity::Exact, std::string_view part = {}) {
    if (ledger_ != nullptr) ledger_->book(at_, fidelity, part);
  }
  void narrow(std::string_view part) {
    if (ledger_ != nullptr) ledger_->narrow(at_, part);
  }
  void narrow_if(bool lost, std::string_view part) {
    if (lost) narrow(part);
  }
  void supply(std::string_view what, std::string_view value) {
    if (ledger_ != nullptr) ledger_->supply(what, value);
  }

  const Record& record_;
  std::string& out_;
  Ledger* ledger_;
  const Rows& rows_;
  const tagged::LineStyle& style_;
  const bool own_;
  std::size_t at_ = 0;
  std::string value_;
  std::string line_;
  std::string name_lines_;
  bool keywords_written_ = false;
  std::size_t stray_end_ = std::string::npos;  // where the stray line ended that was written last
};

void RecordWriter::write() {
  write_pmid();
  if (own_)
    write_in_order();
  else
    write_by_rows();
}

/// A record begins with its only PMID, which may be empty (ERIC): a second one would begin another.
void RecordWriter::write_pmid() {
  for (at_ = 0; at_ < record_.items().size(); ++at_) {
    const Entry* const entry = std::get_if<Entry>(&record_.items()[at_]);
    if (entry == nullptr || entry->field != Field::Pmid || !may_write("PMID")) continue;
    write(*entry, kTags[kTagIndex.find(code("PMID"))]);
    return;
  }
  tagged::append_line(out_, "PMID", {}, style_);
}

void RecordWriter::write_in_order() {
  for (at_ = 0; at_ < record_.items().size(); ++at_) {
    const Item& item = record_.items()[at_];
    if (const Extra* const extra = std::get_if<Extra>(&item)) {
      write(*extra);
      continue;
    }
    const Entry& entry = std::get<Entry>(item);
    if (entry.field == Field::Pmid) continue;
    if (is_said_elsewhere(entry))
      book();
    else if (const Tag* const tag = row_of(entry); tag != nullptr)
      write(entry, *tag);
  }
}

void RecordWriter::write_by_rows() {
  std::bitset<kFieldCount> present;
  for_each_entry(record_, [&](const Entry& entry) { present.set(static_cast<std::size_t>(entry.field)); });
  constexpr std::size_t kLocations = kTagIndex.find(code("LID"));
  constexpr std::size_t kJournalTitle = kTagIndex.find(code("JT"));
  const bool in_journal = kInJournal.has(record_.type);
  for (std::size_t row = 0; row < kTagCount; ++row) {
    const Tag& tag = kTags[row];
    if (row == kLocations) write_locations();
    // A journal's title is one whatever else the work is (a set of data in a journal).
    const bool of_journal = row == kJournalTitle;
    if (!is_to_be_written(rows_, row, record_.type) && !(of_journal && !in_journal && rows_.test(row))) continue;
    const bool has_field = present.test(static_cast<std::size_t>(tag.field));
    if (tag.field == Field::CitationText && !has_field) write_citation();
    for (at_ = 0; has_field && at_ < record_.items().size(); ++at_) {
      const Entry* const entry = std::get_if<Entry>(&record_.items()[at_]);
      if (entry == nullptr || entry->field != tag.field || is_location(*entry) || (entry->same_as && !repeats_a_location(*entry))) continue;
      if (entry->field == Field::Pmid) continue;
      if (entry->field == Field::ContainerTitle && !in_journal && (is_journals_title(*entry) != of_journal || (!of_journal && is_taken_for_book()))) continue;
      if (is_said_elsewhere(*entry))
        book();
      else if (!is_single(tag.codec) || first_of(entry->field) == entry)
        write(*entry, tag);
    }
    if (tag.field == Field::PublicationType) write_type();
  }
  supply_article_number();
}

/// PubMed's ELocationID, which says where the work stands; AID is for what ArticleIdList has.
void RecordWriter::write_locations() {
  for (at_ = 0; at_ < record_.items().size(); ++at_) {
    const Entry* const entry = std::get_if<Entry>(&record_.items()[at_]);
    if (entry == nullptr || !is_location(*entry)) continue;
    for (std::size_t row = 0; row < kTagCount; ++row)
      if (kTags[row].field == entry->field && kTags[row].tag() == "LID" && rows_.test(row)) {
        write_identifiers(std::get<Identifiers>(entry->value), *entry, kTags[row]);
        break;
      }
  }
}

/// Of what an article's identifier repeats, only locations were written: it is the first of its own kind.
bool RecordWriter::repeats_a_location(const Entry& entry) const {
  if (entry.field != Field::Doi && entry.field != Field::Identifier) return false;
  bool of_location = false;
  bool of_its_kind = false;
  for (const Item& item : record_.items()) {
    const Entry* const earlier = std::get_if<Entry>(&item);
    if (earlier == &entry) break;
    if (earlier == nullptr || earlier->field != entry.field || !same_content(earlier->value, entry.value)) continue;
    (is_location(*earlier) ? of_location : of_its_kind) = true;
  }
  return of_location && !of_its_kind;
}

/// The row that an entry of a MEDLINE record was read by, or the one that writes its field.
const Tag* RecordWriter::row_of(const Entry& entry) const {
  const std::uint64_t key = code(entry.key);
  const Tag* writing = nullptr;
  for (std::size_t row = 0; row < kTagCount; ++row) {
    const Tag& tag = kTags[row];
    if (tag.field != entry.field || !rows_.test(row) || !tag.types.has(record_.type)) continue;
    if (kCodes[row] == key) return &tag;
    if (writing == nullptr && (tag.way == Way::Both || tag.way == Way::WriteOnly)) writing = &tag;
  }
  return writing;
}

bool RecordWriter::may_write(std::string_view tag) const {
  const std::size_t row = kTagIndex.find(code(tag));
  return row != kTagIndex.kNone && rows_.test(row);
}

/// The entry that is written of a field that has one line. TA is NLM's abbreviation, and not the one of ISO that PubMed has before it.
const Entry* RecordWriter::first_of(Field field) const {
  const Entry* found = nullptr;
  if (field == Field::ContainerTitleShort)
    for_each_entry(record_, [&](const Entry& entry) {
      if (found == nullptr && entry.field == field && !entry.same_as && entry.key.ends_with("/MedlineTA")) found = &entry;
    });
  return found != nullptr ? found : record_.find(field);
}

/// Its text, as a line of the tag has it.
std::string RecordWriter::value_of(Field field, std::string_view tag) const {
  const Entry* const entry = first_of(field);
  std::string value;
  if (entry != nullptr) append_value(value, *entry, kTags[kTagIndex.find(code(tag))]);
  return value;
}

/// What a reader finds without a line of its own: the DOI in SO, the article number that a pii is.
bool RecordWriter::is_said_elsewhere(const Entry& entry) const {
  if (entry.field == Field::Doi && own_ && entry.key == "SO") {
    const Text* const citation = record_.get<Field::CitationText>();
    const List<Identifier>& dois = std::get<Identifiers>(entry.value).list;
    return citation != nullptr && dois.size() == 1 && text::find_doi(citation->value) == dois[0].value;
  }
  if (entry.field == Field::ContainerTitle && text::is_abbreviation_alone(record_, entry)) return may_write("TA");
  if (entry.field != Field::ArticleNumber || !entry.key.empty() || record_.has(Field::Page)) return false;
  const Str number = std::get<Text>(entry.value).value;
  return !find_pii([&](Str pii) { return pii == number && looks_like_article_number(pii); }).empty();
}

/// The first of the record that is so.
template <class Test>
Str RecordWriter::find_pii(Test test) const {
  Str found;
  for_each_entry(record_, [&](const Entry& other) {
    if (other.field != Field::Identifier) return;
    for (const Identifier& identifier : std::get<Identifiers>(other.value).list)
      if (found.empty() && identifier.scheme == "pii" && test(identifier.value)) found = identifier.value;
  });
  return found;
}

/// A reader takes such a pii for the article number where it finds neither that nor pages.
void RecordWriter::supply_article_number() {
  if (record_.has(Field::Page) || record_.has(Field::ArticleNumber)) return;
  if (const Str number = find_pii(looks_like_article_number); !number.empty()) supply("article-number", number);
}

// --------------------------------------------------------------------------------------------------------------- items

void RecordWriter::write(const Extra& extra) {
  if (extra.origin != kId) return;
  if (extra.key.empty()) {
    // A stray line that reads as a tag stood indented behind another stray one. Elsewhere it would be a tag, or more of the value before it, so it is left out.
    const bool reads_as_tag = tagged::form_of(extra.raw, kGrammar).kind == tagged::LineForm::Kind::Tagged;
    if (reads_as_tag && out_.size() != stray_end_) return;
    // Behind a blank line, so that it does not become more of the value before it.
    out_ += style_.line_end;
    if (reads_as_tag) out_.append(style_.indent, ' ');
    out_ += extra.raw;
    out_ += style_.line_end;
    stray_end_ = out_.size();
  } else {
    line_.clear();
    for (const char c : extra.raw) {
      line_ += c;
      if (c == '\n') line_ += c;
    }
    tagged::append_line(out_, extra.key, line_, style_);
  }
  book();
}

/// Writes the line; what the line cannot hold of the text is booked.
void RecordWriter::put(std::string_view tag, std::string_view value) {
  line_.clear();
  if (!append_in_line(line_, value)) narrow("white space");
  tagged::append_line(out_, tag, line_, style_);
}

void RecordWriter::write(const Entry& entry, const Tag& tag) {
  if (const NameGroup* const group = name_group(entry.field)) {
    book();
    write_names(std::get<Names>(entry.value), *group, entry.key);
    return;
  }
  switch (tag.codec) {
    case Codec::Term: book(); return write_terms(std::get<Terms>(entry.value), tag);
    case Codec::Heading:
      book();
      return write_elements(std::get<Headings>(entry.value).list, tag.tag(),
                            [](const Heading& heading) { return part_lost(heading); });
    case Codec::Substance:
      book();
      return write_elements(std::get<Substances>(entry.value).list, tag.tag(),
                            [](const Substance& substance) { return part_lost(substance); });
    case Codec::Grant: {
      const Grants& grants = std::get<Grants>(entry.value);
      book();
      narrow_if(!grants.complete, kIncomplete);
      return write_elements(grants.list, tag.tag(), [](const Grant&) { return std::string_view(); });
    }
    case Codec::Link: return write_links(std::get<Links>(entry.value));
    case Codec::DataBank: book(); return write_data_banks(std::get<DataBanks>(entry.value));
    case Codec::Keyword:
    case Codec::KeywordOwner: book(); return write_keywords(std::get<Keywords>(entry.value), entry);
    case Codec::Event:
    case Codec::StatedEvent:
    case Codec::StatedDay: book(); return write_history(std::get<History>(entry.value));
    case Codec::Abstract:
    case Codec::OtherAbstract:
    case Codec::Copyright:
    case Codec::Language: return write_abstract(std::get<Abstract>(entry.value), entry, tag);
    default: break;
  }
  if (const Identifiers* const identifiers = std::get_if<Identifiers>(&entry.value))
    return write_identifiers(*identifiers, entry, tag);
  write_line(entry, tag);
}

/// A value that one line holds.
void RecordWriter::write_line(const Entry& entry, const Tag& tag) {
  value_.clear();
  if (own_ && !entry.raw.empty()) {
    value_ = entry.raw;
    book();
  } else if (tag.field == Field::Title && is_vernacular_only(entry)) {
    value_ = "[Not Available].";
    book();
  } else if (tag.field == Field::Language && !own_) {
    write_language(std::get<Text>(entry.value).value);
  } else {
    const Fidelity fidelity = append_value(value_, entry, tag);
    if (fidelity == Fidelity::Refused) return;
    if (tag.codec == Codec::Located && is_misread(value_, entry.field, tag)) {
      const Tag* const other = unlocated_row(entry.field);
      return other == nullptr ? void() : write_line(entry, *other);
    }
    book(fidelity, part_lost(entry.value));
    narrow_if(entry.field == Field::Note, "kind of note");
    if (const Text* const number = tag.field == Field::ArticleNumber ? std::get_if<Text>(&entry.value) : nullptr) {
      const std::string_view trimmed = text::trim(number->value);
      narrow_if(trimmed.size() != number->value.size(), "white space");
      narrow_if(tag.codec != Codec::Located && article_number_in(value_).size() < trimmed.size(), "what reads as a DOI behind it");
    }
  }
  put(tag, value_);
}

/// NLM's three letters, where they are known.
void RecordWriter::write_language(Str language) {
  value_ = text::marc_from(language).value_or(language);
  book();
  if (value_ == language || ledger_ == nullptr) return;
  Arena arena;
  if (text::bcp47_from(arena, value_) == text::bcp47_from(arena, language))
    ledger_->alter(at_);
  else
    narrow("region");
}

/// The row that writes the field where LID cannot.
const Tag* RecordWriter::unlocated_row(Field field) const {
  for (std::size_t row = 0; row < kTagCount; ++row)
    if (kTags[row].field == field && kTags[row].codec != Codec::Located && rows_.test(row)) return &kTags[row];
  return nullptr;
}

bool RecordWriter::is_vernacular_only(const Entry& title) const {
  const Entry* const vernacular = record_.find(Field::OriginalTitle);
  return vernacular != nullptr && may_write("TT") && same_content(vernacular->value, title.value);
}

// ------------------------------------------------------------------------------------------------------ lists of elements

/// One line for each element. `part_of(element)` names what the line has no place for; empty where there is nothing.
template <class List, class PartOf>
void RecordWriter::write_elements(const List& list, std::string_view tag, PartOf&& part_of) {
  for (const auto& element : list) {
    value_.clear();
    if (own_ && !element.raw.empty()) {
      value_ = element.raw;
    } else {
      const std::string_view part = part_of(element);
      const Fidelity fidelity = encode(value_, element);
      if (!part.empty())
        narrow(part);
      else if (fidelity == Fidelity::Narrowed)
        narrow("form");
    }
    put(tag, value_);
  }
}

void RecordWriter::write_terms(const Terms& terms, const Tag& tag) {
  for (const Term& term : terms.list) {
    narrow_if(!term.identifier.empty(), "identifiers");
    narrow_if(term.major, "major topics");
    put(tag, own_ && !term.raw.empty() ? term.raw : term.text);
  }
}

/// What would be misread is not written: an identifier that its source marks as wrong, and one that would be read into another field.
void RecordWriter::write_identifiers(const Identifiers& identifiers, const Entry& entry, const Tag& tag) {
  Arena arena;
  std::string_view left_out;
  bool booked = false;
  for (const Identifier& identifier : identifiers.list) {
    const bool choose = entry.field == Field::Identifier && (!own_ || entry.key.empty()) && !is_location(entry);
    const Tag& row = choose ? row_of_scheme(identifier.scheme, tag) : tag;
    value_.clear();
    if (own_ && !identifier.raw.empty())
      value_ = identifier.raw;
    else
      encode_identifier(value_, identifier, row);
    const Identifier back = own_ ? identifier : decode_identifier(arena, arena.copy(value_), row);
    if (!identifier.valid || (!own_ && field_of(back, row) != entry.field)) {
      left_out = identifier.valid ? "identifiers of other kinds" : "identifiers marked as wrong";
      continue;
    }
    if (booked && entry.field == Field::Pmid) {
      left_out = "further PMIDs";
      continue;
    }
    if (!booked) book();
    booked = true;
    narrow_if(back.scheme != identifier.scheme, "scheme");
    narrow_if(back.value != identifier.value, "spelling");
    narrow_if(back.qualifier != identifier.qualifier, "qualifier");
    narrow_if(back.version != identifier.version, "version");
    if (own_ && entry.field == Field::Isbn && row.tag() != kIsbnTag && decode_serial(arena, arena.copy(value_), "issn").scheme != "isbn")
      put(kIsbnTag, value_);  // it was read together with one that is told from an ISSN by its shape
    else
      put(row, value_);
  }
  narrow_if(booked && !left_out.empty(), left_out);
}

/// Manuscript numbers, MEDLINE's old ones and other databases' have tags of their own.
const Tag& RecordWriter::row_of_scheme(std::string_view scheme, const Tag& otherwise) const {
  if (is_of_other_database(scheme) && may_write("OID")) return kTags[kTagIndex.find(code("OID"))];
  for (std::size_t row = 0; row < kTagCount; ++row)
    if (kTags[row].field == Field::Identifier && kTags[row].detail == scheme && !scheme.empty() && rows_.test(row))
      return kTags[row];
  return otherwise;
}

void RecordWriter::write_links(const Links& links) {
  if (std::none_of(links.list.begin(), links.list.end(), [&](const Link& link) { return link_row(link.type, rows_) != nullptr; }))
    return;
  book();
  narrow_if(!links.title.empty(), "title");
  for (const Link& link : links.list) {
    const Tag* const tag = link_row(link.type, rows_);
    if (tag == nullptr) {
      narrow("links of other kinds");
      continue;
    }
    value_.clear();
    if (own_ && !link.raw.empty()) {
      value_ = link.raw;
    } else {
      const bool exact = encode(value_, link) == Fidelity::Exact;
      if (!exact) narrow(link.note.empty() ? "identifiers" : "notes");
    }
    put(*tag, value_);
  }
}

void RecordWriter::write_data_banks(const DataBanks& banks) {
  narrow_if(!banks.complete, kIncomplete);
  const DataBank* before = nullptr;
  for (const DataBank& bank : banks.list) {
    narrow_if(bank.name.find('/') != Str::npos, "form");
    narrow_if(before != nullptr && before->name == bank.name, "division into banks");
    before = &bank;
    if (bank.accessions.empty()) put("SI", bank.name);
    for (const Text& accession : bank.accessions) {
      value_ = bank.name;
      value_ += '/';
      value_ += accession.value;
      put("SI", value_);
    }
  }
}

void RecordWriter::write_keywords(const Keywords& keywords, const Entry& entry) {
  // An owner holds for all keywords behind it; an empty one ends that, and stands where it was read even so.
  const bool had_line = own_ && code(entry.key) == code("OTO");
  if (!keywords.owner.empty() || keywords_written_ || had_line) {
    if (may_write("OTO"))
      put("OTO", keywords.owner);
    else
      narrow("owner");
  }
  keywords_written_ = true;
  write_elements(keywords.list, own_ && code(entry.key) == code("KW") ? "KW" : "OT",
                 [](const Keyword& keyword) { return part_lost(keyword); });
}

void RecordWriter::write_history(const History& history) {
  for (const Tag& tag : kTags)
    if ((tag.codec == Codec::StatedEvent || tag.codec == Codec::StatedDay) && may_write(tag.key)) write_stated(history, tag);
  for (const Event& event : history.list) {
    if (!append_stamp(event, true)) {
      narrow("events without a day");
      continue;
    }
    narrow_if(event.date.from.has_time && is_midnight(event.date.from), "hour of midnight");
    narrow_if(!own_ && repeats(history.list, event), "repeated events");
    if (!event.status.empty()) value_.append(" [").append(event.status).append("]");
    put("PHST", value_);
  }
}

/// Puts the event's date into `value_`; false where MEDLINE cannot write it.
bool RecordWriter::append_stamp(const Event& event, bool with_time) {
  value_.clear();
  if (own_ && !event.date.raw.empty()) {
    value_ = event.date.raw;
    return true;
  }
  return encode_event_date(value_, event.date, with_time) != Fidelity::Refused;
}

/// EDAT, MHDA, PMCR and CRDT repeat the first event of their kind.
void RecordWriter::write_stated(const History& history, const Tag& tag) {
  for (const Event& event : history.list) {
    if (event.status != tag.detail) continue;
    if (append_stamp(event, tag.codec == Codec::StatedEvent)) put(tag, value_);
    return;
  }
}

/// Sections, then the copyright; of other abstracts the language before that.
void RecordWriter::write_abstract(const Abstract& abstract, const Entry& entry, const Tag& tag) {
  const bool other = entry.field == Field::OtherAbstract;
  book();
  if (!abstract.sections.empty()) {
    value_.clear();
    if (own_ && !entry.raw.empty()) {
      value_ = entry.raw;
    } else {
      if (append_value(value_, entry, tag) == Fidelity::Narrowed) narrow("markup");
      narrow_if(!other && !abstract.type.empty(), "kind");
      narrow_lost_sections(abstract, other);
    }
    put_paragraphs(other ? "OAB" : "AB", value_);
  }
  const auto put_part = [&](std::string_view key, Str value, std::string_view name) {
    if (value.empty()) return;
    if (may_write(key))
      put(key, value);
    else
      narrow(name);
  };
  if (other)
    put_part("OABL", abstract.language, "language");
  else
    narrow_if(!abstract.language.empty(), "language");
  put_part(other ? "OCI" : "CI", abstract.copyright, "copyright");
}

/// Labels that do not read back as labels, and NLM's categories, stay behind.
void RecordWriter::narrow_lost_sections(const Abstract& abstract, bool other) {
  narrow_if(std::any_of(abstract.sections.begin(), abstract.sections.end(),
                        [](const AbstractSection& section) { return !section.category.empty(); }),
            "categories");
  Arena arena;
  Str text = value_;
  if (other && take_abstract_type(text) != abstract.type) return narrow("kind");
  List<AbstractSection> read;
  decode_sections(arena, text, read);
  bool same = read.size() == abstract.sections.size();
  for (std::size_t at = 0; same && at < read.size(); ++at) same = read[at].label == abstract.sections[at].label;
  narrow_if(!same, "division into sections");
}

/// Paragraphs of MEDLINE's own are divided by blank lines. Others follow each other: importers take a blank line for the end of the record.
void RecordWriter::put_paragraphs(std::string_view tag, std::string_view text) {
  line_.clear();
  bool same = true;
  while (true) {
    const std::size_t feed = text.find('\n');
    const std::string_view paragraph = text.substr(0, feed);
    const std::string_view trimmed = text::trim(paragraph);
    same = same && trimmed.size() == paragraph.size() && !trimmed.empty();
    if (!trimmed.empty()) {
      narrow_if(!own_ && !line_.empty(), "division into paragraphs");
      if (!line_.empty()) line_ += own_ ? "\n\n" : " ";
      line_ += trimmed;
    }
    if (feed == std::string_view::npos) break;
    text.remove_prefix(feed + 1);
  }
  narrow_if(!same, "white space");
  tagged::append_line(out_, tag, line_, style_);
}

// --------------------------------------------------------------------------------------------------------------- names

void RecordWriter::write_names(const Names& names, const NameGroup& group, std::string_view first_key) {
  const bool indexed_alone = own_ && code(first_key) == code(group.indexed);
  for (const Name& name : names.list) {
    if (!name.valid) {
      narrow(text::kMarkedAsWrong);
      continue;
    }
    narrow_if(name.equal_contribution, "equal contribution");
    if (name.is_body() && !group.body.empty()) {
      if (may_write(group.body))
        put(group.body, name.literal);
      else
        narrow("bodies");
    } else {
      write_name(name, group, indexed_alone);
    }
    write_details(name, group);
  }
  if (!names.complete) put(group.indexed, kEtAl);
}

void RecordWriter::write_name(const Name& name, const NameGroup& group, bool indexed_alone) {
  name_lines_.clear();
  if (own_ && !name.raw.empty()) {
    name_lines_ = name.raw;
  } else {
    if (append_name_lines(name_lines_, name, group, {own_, indexed_alone}) != Fidelity::Exact) narrow("parts of names");
    narrow_if(!own_ && is_misread_in_index(name), "parts of names");
    narrow_if(!own_ && says_et_al(name), "difference from et al.");
    if (!own_ && name.initials.empty() && !name.given.empty() && may_write(group.indexed)) supply("initials", name.family);
  }
  for (std::string_view lines = name_lines_; !lines.empty();) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    const std::string_view tag = text::trim(line.substr(0, 4));
    if (line.size() < 6 || !may_write(tag))
      narrow_if(!name.initials.empty(), "initials");
    else
      put(tag, line.substr(6));
  }
}

void RecordWriter::write_details(const Name& name, const NameGroup& group) {
  for (const Attribute& attribute : name.attributes) narrow_if(attribute.name != kIndexedForm, "attributes of names");
  const bool ids = !group.id.empty() && may_write(group.id);
  for (const Identifier& identifier : name.identifiers) {
    if (!ids) {
      narrow("identifiers of persons");
      break;
    }
    if (!identifier.valid) {
      narrow("identifiers marked as wrong");
      continue;
    }
    value_.clear();
    if (own_ && !identifier.raw.empty())
      value_ = identifier.raw;
    else
      encode_labelled(value_, identifier);
    put(group.id, value_);
  }
  const bool affiliations = !group.affiliation.empty() && may_write(group.affiliation);
  for (const Affiliation& affiliation : name.affiliations) {
    if (!affiliations) {
      narrow("affiliations");
      break;
    }
    narrow_if(!affiliation.identifiers.empty(), "identifiers of organisations");
    put(group.affiliation, affiliation.text);
  }
}

// ---------------------------------------------------------------------------------------- what records from elsewhere lack

/// The publication type that makes a reader see the record's type, if the record has none that does.
void RecordWriter::write_type() {
  TypesSeen types;
  for_each_entry(record_, [&](const Entry& entry) {
    if (entry.field != Field::PublicationType) return;
    for (const Term& term : std::get<Terms>(entry.value).list) types.add(term.text);
  });
  const bool in_journal = names_journal();
  if (types.type(in_journal) == record_.type && types.any()) return;
  for (const TypeMapping& row : kTypes) {
    if (row.way == Way::ReadOnly || row.type != record_.type) continue;
    TypesSeen with_row = types;
    with_row.add(row.name);
    if (with_row.type(in_journal) != record_.type) continue;
    put("PT", row.name);
    supply("publication-type", row.name);
    return;
  }
  if (types.type(in_journal) != record_.type && ledger_ != nullptr) ledger_->merge_type();
}

/// Nothing but BTI would say what the work is: a reader takes that for the title of a book.
bool RecordWriter::is_taken_for_book() const {
  if (record_.has(Field::Title) || names_journal()) return false;
  TypesSeen types;
  for_each_entry(record_, [&](const Entry& entry) {
    if (entry.field != Field::PublicationType) return;
    for (const Term& term : std::get<Terms>(entry.value).list) types.add(term.text);
  });
  return !types.decides() && std::none_of(std::begin(kTypes), std::end(kTypes), [&](const TypeMapping& row) { return row.way != Way::ReadOnly && row.type == record_.type; });
}

/// Will a reader find JT, TA or JID?
bool RecordWriter::names_journal() const {
  bool named = false;
  for_each_entry(record_, [&](const Entry& entry) {
    named = named || (entry.field == Field::ContainerTitleShort && may_write("TA")) || (entry.field == Field::NlmId && may_write("JID")) ||
            (entry.field == Field::ContainerTitle && may_write("JT") && (kInJournal.has(record_.type) || is_journals_title(entry)));
  });
  return named;
}

namespace {

/// How the citation of a work that appeared in one way or another is written: which date it begins with, what is said behind the DOI, and of which date.
struct CitationStyle {
  std::string_view model;  ///< PubMed's PubModel
  bool electronic_first;   ///< the date of the electronic publication stands before the volume
  std::string_view last;   ///< what is said of the other date
};
constexpr CitationStyle kCitationStyles[] = {
    {"Electronic", false, ""},
    {"Electronic-eCollection", true, "eCollection"},
    {"Electronic-Print", true, "Print"},
};
constexpr CitationStyle kUsualCitation{"Print-Electronic", false, "Epub"};

/// By the model, or by the status of a record that names none.
const CitationStyle& citation_style(std::string_view model, std::string_view status) {
  if (model.empty() && status == "epublish") model = "Electronic";
  for (const CitationStyle& style : kCitationStyles)
    if (style.model == model) return style;
  return kUsualCitation;
}

std::string_view text_of(const Record& record, Field field) {
  const Entry* const entry = record.find(field);
  const Text* const text = entry == nullptr ? nullptr : std::get_if<Text>(&entry->value);
  return text == nullptr ? std::string_view() : std::string_view(text->value);
}

}  // namespace

/// "J Neurooncol. 2022 Apr;157(2):249-269. doi: 10.1007/s11060-022-03977-x. Epub 2022 Mar 4."
void RecordWriter::write_citation() {
  std::string text = value_of(Field::ContainerTitleShort, "TA");
  if (text.empty()) text = value_of(Field::ContainerTitle, "JT");
  const std::string issued = value_of(Field::Issued, "DP");
  if (text.empty() || issued.empty()) return;
  const std::string_view status = text_of(record_, Field::PublicationStatus);
  const CitationStyle& style = citation_style(text_of(record_, Field::PublicationModel), status);
  const Date* const available = record_.get<Field::AvailableDate>();
  std::string electronic;
  if (available != nullptr && available->from.known()) text::append_medline_date(electronic, *available);
  const bool electronic_first = style.electronic_first && !electronic.empty();
  if (record_.type == Type::Article) text += " [Preprint]";
  text += text.ends_with('.') ? " " : ". ";
  text += electronic_first ? electronic : issued;
  const std::string volume = value_of(Field::Volume, "VI");
  const std::string issue = value_of(Field::Issue, "IP");
  if (!volume.empty() || !issue.empty()) text.append(";").append(volume);
  if (!issue.empty()) text.append("(").append(issue).append(")");
  std::string pages = value_of(Field::Page, "PG");
  if (pages.empty()) pages = value_of(Field::ArticleNumber, "VI");
  if (!pages.empty()) text.append(":").append(pages);
  text += '.';
  const Identifiers* const doi = record_.get<Field::Doi>();
  if (doi != nullptr && !doi->list.empty()) text.append(" doi: ").append(doi->list[0].value).append(".");
  if (status == "aheadofprint" && record_.type != Type::Article)
    text += " Online ahead of print.";
  else if (const std::string_view other = electronic_first ? issued : electronic; !other.empty() && !style.last.empty() && record_.type != Type::Article)
    text.append(" ").append(style.last).append(" ").append(other).append(".");
  line_.clear();
  append_in_line(line_, text);  // no item's: nothing is booked
  tagged::append_line(out_, "SO", line_, style_);
  supply("citation", text);
}

// ----------------------------------------------------------------------------------------------------------- the writer

class MedlineWriter final : public Writer {
 public:
  MedlineWriter(const WriteOptions& options, std::span<const Mapping> mappings)
      : rows_(rows_among(mappings)), line_end_(options.line_end), keeps_layout_(options.layout != Layout::Canonical) {
    style_ = kStyle;
    style_.line_end = line_end_;
  }

  void write(const Record& record, Output& output, Ledger& ledger) override {
    if (keeps_layout_ && record.origin == kId && !record.layout.empty()) {
      output.text += record.layout;
      for (std::size_t at = 0; at < record.items().size(); ++at) ledger.book(at);
      return;
    }
    const text::WholeTitles titles(record, [&](Field field) { return writes(rows_, field, record.type); });
    RecordWriter(titles.record(), output.text, &ledger, rows_, style_).write();
    titles.book(ledger);
  }

  bool between(const Extra& extra, Output& output) override {
    if (extra.origin != kId) return false;
    output.text += extra.raw;
    output.text += line_end_;
    return true;
  }

  std::string_view separator() const override { return line_end_; }

 private:
  Rows rows_;
  std::string line_end_;
  tagged::LineStyle style_;
  bool keeps_layout_;
};

}  // namespace

Fidelity append_value(std::string& out, const Entry& entry, const Tag& tag) {
  if (const Text* const text = std::get_if<Text>(&entry.value)) {
    if (text->value.empty()) return Fidelity::Refused;
    if (tag.codec == Codec::Pages || tag.codec == Codec::ArticleNumber) out += "pii: ";
    out += text->value;
    return Fidelity::Exact;
  }
  if (const RichText* const rich = std::get_if<RichText>(&entry.value)) {
    if (rich->empty()) return Fidelity::Refused;
    return tag.codec == Codec::Title ? encode_title(out, *rich) : encode(out, *rich);
  }
  if (const Date* const date = std::get_if<Date>(&entry.value))
    return tag.codec == Codec::Stamp ? text::append_medline_stamp(out, *date, text::StampStyle::Compact)
                                     : text::append_medline_date(out, *date);
  if (const Pages* const pages = std::get_if<Pages>(&entry.value)) {
    const std::size_t begin = out.size();
    if (text::append_nlm_pages(out, *pages) == Fidelity::Exact) return Fidelity::Exact;
    if (out.size() == begin) return Fidelity::Refused;
    Arena arena;
    return same_content(*pages, decode_pages(arena, std::string_view(out).substr(begin))) ? Fidelity::Exact : Fidelity::Narrowed;
  }
  if (const OwnedNote* const note = std::get_if<OwnedNote>(&entry.value)) return encode(out, *note);
  if (const Abstract* const abstract = std::get_if<Abstract>(&entry.value)) {
    if (!abstract->type.empty()) out.append(abstract->type).append(": ");
    return encode_sections(out, abstract->sections);
  }
  return Fidelity::Refused;
}

void append_canonical(std::string& out, const Record& record) {
  static const Rows kAllRows = Rows().set();
  RecordWriter(record, out, nullptr, kAllRows, kStyle).write();
}

std::unique_ptr<Writer> make_writer(const WriteOptions& options, std::span<const Mapping> rows) {
  return std::make_unique<MedlineWriter>(options, rows);
}

}  // namespace bibmill::medline

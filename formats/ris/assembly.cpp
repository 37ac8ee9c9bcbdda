// Assembly: types, rows in their order, dates, what hides elsewhere, repetitions, and the rest as it stands.
#include "assembly.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>
#include <utility>

#include "bibmill/reflect.h"
#include "bibmill/text/names.h"
#include "bibmill/text/unicode.h"
#include "producers.h"

namespace bibmill::ris {

using State = TaggedText::State;

namespace {

/// So many values are sooner compared than looked up; a record may have a hundred thousand.
constexpr std::size_t kFewMade = 64;

}  // namespace

void Assembly::assemble(Record& record, Span type_span, std::vector<TaggedText>& lines, Seen seen, DiagnosticSink& diagnostics) {
  record_ = &record;
  lines_ = &lines;
  diagnostics_ = &diagnostics;
  made_.clear();
  if (!by_content_.empty()) by_content_.clear();
  indexed_ = 0;
  fields_.reset();
  sort_by_tag();
  find_type(type_span);
  see_context(seen.by);
  keep_what_says_nothing();
  keep_what_stands_elsewhere();
  if (seen.references) read_references();
  take_key();
  for (const IndexedRow* const row : full_table().reading(record.type))
    if (row->codec() == Codec::Issued || (row->tag_set & tag_set_).any()) take(*row);  // a year may stand alone, in PY
  note_hidden();
  take_type_quirks();
  take_repeats();
  add_items();
}

// --------------------------------------------------------------------------------------------------- before the rows

void Assembly::sort_by_tag() {
  for (const TagId tag : tags_) by_tag_[tag].clear();
  tags_.clear();
  tag_set_.reset();
  for (std::size_t at = 0; at < lines_->size(); ++at) {
    const TagId tag = line(at).tag;
    if (tag == kUnknownTag) continue;
    if (by_tag_[tag].empty()) tags_.push_back(tag);
    tag_set_.set(tag);
    by_tag_[tag].push_back(at);
  }
}

void Assembly::find_type(Span type_span) {
  static constexpr TagId kM3 = kTags.find("M3");
  const Str name = record_->type_as_written;
  const std::vector<std::size_t>& genre = lines_of(kM3);
  record_->type = type_of(name, genre.empty() ? Str{} : line(genre.front()).text);
  if (name.empty()) {
    diagnostics_->warning("ris/no-type", type_span, "the record says no type in TY, and is taken for a document");
  } else if (type_row(name) == nullptr) {
    diagnostics_->warning("ris/unknown-type", type_span, fmt::format("\"{}\" is no type of RIS; the record is taken for a document and keeps the name", name));
  }
}

void Assembly::see_context(By by) {
  static constexpr TagId kDB = kTags.find("DB");
  static constexpr TagId kDP = kTags.find("DP");
  static constexpr TagId kEP = kTags.find("EP");
  static constexpr TagId kKW = kTags.find("KW");
  static constexpr TagId kCY = kTags.find("CY");
  context_ = Context{};
  context_.by = std::min(by, producer_of(*lines_));
  for (const std::size_t at : lines_of(kDB)) context_.see_provider(line(at).text, true);
  for (const std::size_t at : lines_of(kDP)) context_.see_provider(line(at).text, false);
  context_.has_last_page = !lines_of(kEP).empty();
  context_.sole_keyword = lines_of(kKW).size() == 1;
  if (!lines_of(kCY).empty()) context_.place = line(lines_of(kCY).front()).text;
}

/// "No Pagination Specified" and the like are no pages.
void Assembly::keep_what_says_nothing() {
  for (TaggedText& one : *lines_)
    if (says_nothing(one)) one.state = State::Kept;
}

/// What a producer puts where others have a field.
void Assembly::keep_what_stands_elsewhere() {
  if (context_.by == By::Nobody) return;
  for (const Elsewhere& row : kElsewhere) {
    if (row.by != context_.by || row.key.size() != 2 || !row.types.has(record_->type)) continue;
    for (const std::size_t at : lines_of(kTags.find(row.key))) line(at).state = State::Kept;
  }
}

void Assembly::read_references() {
  for (TaggedText& one : *lines_) {
    if (one.tag == kUnknownTag || !kTags.has_references[one.tag] || one.text.find('&') == Str::npos) continue;
    const Str decoded = without_references(arena(), one.text);
    if (decoded.data() == one.text.data() || decoded.empty()) continue;
    one.written = std::exchange(one.text, decoded);
  }
}

void Assembly::take_key() {
  if (lines_of(kID).empty()) return;
  TaggedText& id = line(lines_of(kID).front());
  record_->key = id.text;
  record_->markers.push_back(arena(), id.span);
  id.state = State::Taken;
}

// --------------------------------------------------------------------------------------------------------- the rows

void Assembly::take(const IndexedRow& row) {
  switch (row.codec()) {
    case Codec::LastPage:
    case Codec::IssuedYear: return;  // taken with what they belong to
    case Codec::Issued: return take_issued(row);
    default: break;
  }
  const bool has_value = row.mapping->way != Way::Part && has(row.field());
  if (has_value && !is_choosy(row.codec())) return;  // what only repeats the field is found when all rows are done
  for (const TagId tag : row.tags)
    if (!lines_of(tag).empty() && take_tag(row, tag, has_value)) return;
}

/// Makes entries of the tag's lines, as far as they are the row's. `has_value`: a row before has given the field a value, which these can only repeat.
bool Assembly::take_tag(const IndexedRow& row, TagId tag, bool has_value) {
  return gathers(row.codec()) ? take_together(row, tag, has_value) : take_one_by_one(row, tag, has_value);
}

/// The lines that make one value: those of the tag, and of the row's other tags those that name other persons ("A1" and "AU").
const std::vector<std::size_t>& Assembly::gather(const IndexedRow& row, TagId tag, bool has_value) {
  const std::vector<std::size_t>& own = lines_of(tag);
  gathered_.clear();
  if (row.codec() == Codec::Names && !has_value)
    for (const TagId other : row.tags)
      if (other != tag && !lines_of(other).empty() && names_others(row, tag, other)) gathered_.insert(gathered_.end(), lines_of(other).begin(), lines_of(other).end());
  if (gathered_.empty()) return own;
  gathered_.insert(gathered_.end(), own.begin(), own.end());
  std::sort(gathered_.begin(), gathered_.end());
  return gathered_;
}

/// Whether `other` names persons, and none that may be one of `tag` in another spelling. A body there is mostly the publisher.
bool Assembly::names_others(const IndexedRow& row, TagId tag, TagId other) {
  const auto names_of_tag = [&](TagId one) {
    Value value = empty_value(row.field());
    for (const std::size_t at : lines_of(one))
      if (line(at).is_free()) decode(row.codec(), arena(), line(at).text, line(at).span, context_, value);
    return std::get<Names>(value);
  };
  const auto family_of = [](const Name& name) { return text::fold_case(name.family.empty() ? name.literal : name.family); };
  std::unordered_set<std::string> known;  // there may be very many
  for (const Name& name : names_of_tag(tag).list) known.insert(family_of(name));
  const Names there = names_of_tag(other);
  return std::none_of(there.list.begin(), there.list.end(), [&](const Name& name) { return name.given.empty() || known.count(family_of(name)) > 0; });
}

bool Assembly::take_together(const IndexedRow& row, TagId tag, bool has_value) {
  Value value = empty_value(row.field());
  taken_.clear();
  bool shares = false;
  for (const std::size_t at : gather(row, tag, has_value)) {
    // A line may hold serial numbers of both kinds.
    const bool shared = line(at).state == State::Taken && row.codec() == Codec::Isbn;
    if (!line(at).is_free() && !shared) continue;
    if (!decode(row.codec(), arena(), line(at).text, line(at).span, context_, value)) continue;
    shares = shares || shared;
    taken_.push_back(at);
  }
  if (taken_.empty()) return false;
  const bool repeats = has_value && has_equal(row.field(), value);
  for (const std::size_t at : taken_)
    if (line(at).is_free()) line(at).state = has_value && !repeats ? State::Kept : State::Taken;
  if (has_value && !repeats) return true;
  Made& made = make(row.field(), taken_.front(), value);
  made.entry.same_as = repeats;
  for (std::size_t nth = 1; nth < taken_.size(); ++nth) made.entry.more.push_back(arena(), line(taken_[nth]).span);
  if (keep_raw_ && !shares) keep_raw(made, row.codec(), taken_);
  return true;
}

bool Assembly::take_one_by_one(const IndexedRow& row, TagId tag, bool has_value) {
  bool found = false;
  for (std::size_t nth = 0; nth < lines_of(tag).size(); ++nth) {
    const std::size_t at = lines_of(tag)[nth];
    if (!line(at).is_free()) continue;
    Value value = empty_value(row.field());
    if (!decode(row.codec(), arena(), line(at).text, line(at).span, context_, value)) continue;
    const bool repeats = has_equal(row.field(), value);
    line(at).state = has_value && !repeats ? State::Kept : State::Taken;
    found = true;
    if (line(at).state == State::Kept) continue;
    Made& made = make(row.field(), at, value);
    made.entry.same_as = repeats;
    taken_.assign(1, at);
    if (row.codec() == Codec::Pages || row.codec() == Codec::StartPage) take_last_page(nth, line(at).text, made);
    if (keep_raw_) keep_raw(made, row.codec(), taken_);
    if (row.codec() == Codec::Language) make_further_languages(at);
  }
  return found;
}

/// "English; Spanish": the line stays the first one's.
void Assembly::make_further_languages(std::size_t at) {
  if (line(at).text.find(';') == Str::npos) return;
  const std::vector<std::string_view> languages = several_languages(line(at).text);
  for (std::size_t nth = 1; nth < languages.size(); ++nth) make(Field::Language, at, Text{languages[nth]});
}

/// The nth EP belongs to the nth SP. The pages stand where the first of the two does, so that another EP that comes behind it stays behind it.
void Assembly::take_last_page(std::size_t nth, Str first, Made& made) {
  static constexpr TagId kEP = kTags.find("EP");
  if (nth >= lines_of(kEP).size()) return;
  const std::size_t at = lines_of(kEP)[nth];
  if (!line(at).is_free()) return;
  made.entry.value = decode_pages(arena(), first, line(at).text);
  made.entry.more.push_back(arena(), line(at).span);
  line(at).state = State::Taken;
  taken_.push_back(at);
  made.line = std::min(made.line, at);
}

// ------------------------------------------------------------------------------------------------------------- dates

namespace {

/// How much of a date is known: 0 words, 1 year, 2 month or season, 3 day.
int precision(const Date& date) {
  const DatePoint& point = date.from.known() ? date.from : date.to;
  if (!point.known()) return 0;
  return point.day != 0 ? 3 : point.month != 0 || point.season != 0 ? 2 : 1;
}

std::optional<int> year_of(const Date& date) {
  const DatePoint& point = date.from.known() ? date.from : date.to;
  return point.known() ? std::optional<int>(point.year) : std::nullopt;
}

/// Whether `date` says nothing that `best` does not say.
bool is_contained(const Date& date, const Date& best) {
  if (same_content(date, best)) return true;
  if (!date.literal.empty() || date.is_range() || !date.from.known()) return false;
  // A year alone, of a date that is said to be uncertain, approximate or not known to the digit.
  DatePoint year;
  year.kind = DatePoint::Kind::Known;
  year.year = best.from.year;
  if (date.from == year) return true;
  DatePoint coarse = best.from;
  coarse.has_time = false;
  coarse.hour = coarse.minute = coarse.second = 0;
  if (date.from.day == 0) coarse.day = 0;
  if (date.from.month == 0) coarse.month = 0;
  if (date.from.season == 0) coarse.season = 0;
  return date.from == coarse;
}

}  // namespace

void Assembly::add_dates(TagId tag, std::optional<int> year) {
  for (const std::size_t at : lines_of(tag)) {
    if (!line(at).is_free() || is_no_date(line(at).text) || (record_->type != Type::Patent && means_state(line(at).text))) continue;
    Date date = decode_date(arena(), line(at).text, year);
    date.span = line(at).span;
    dates_.push_back({at, date});
  }
}

/// DA, Y1 and PY tell one date. PY's year stands; of those that agree with it the most precise counts, and the others repeat it.
void Assembly::take_issued(const IndexedRow& row) {
  static constexpr TagId kDA = kTags.find("DA");
  static constexpr TagId kY1 = kTags.find("Y1");
  static constexpr TagId kPY = kTags.find("PY");
  static constexpr TagId kYR = kTags.find("YR");
  if (lines_of(kDA).empty() && lines_of(kY1).empty() && lines_of(kPY).empty() && lines_of(kYR).empty()) return;
  dates_.clear();
  add_dates(kPY, std::nullopt);
  add_dates(kYR, std::nullopt);
  std::optional<int> year = dates_.empty() ? std::nullopt : year_of(dates_.front().date);
  add_dates(kY1, year);
  for (const DateLine& one : dates_)
    if (!year) year = year_of(one.date);
  add_dates(kDA, year);
  for (const DateLine& one : dates_)
    if (!year) year = year_of(one.date);

  if (dates_.empty()) return;
  // Words beside "in press" are no date without a year.
  if (!year && !lines_of(kPY).empty() && line(lines_of(kPY).front()).state == State::Taken) return;

  // In the order PY, Y1, DA the last of equally precise dates is the one that counts.
  const DateLine* best = &dates_.front();
  for (const DateLine& one : dates_)
    if (year && year_of(one.date) == year && precision(one.date) >= precision(best->date)) best = &one;
  if (year && year_of(best->date) != year) return;

  const Date value = best->date;
  std::sort(dates_.begin(), dates_.end(), [](const DateLine& a, const DateLine& b) { return a.line < b.line; });
  bool first = true;
  for (const DateLine& one : dates_) {
    if (!is_contained(one.date, value)) {
      report_disagreement(one, value);
      continue;
    }
    line(one.line).state = State::Taken;
    Made& made = make(row.field(), one.line, value);
    std::get<Date>(made.entry.value).span = line(one.line).span;
    made.entry.same_as = !first;
    first = false;
    taken_.assign(1, one.line);
    if (keep_raw_) keep_raw(made, Codec::Issued, taken_);
  }
  if (precision(value) == 0 && std::any_of(value.literal.begin(), value.literal.end(), text::is_ascii_digit))
    diagnostics_->warning("ris/date", value.span, fmt::format("\"{}\" is no date that RIS knows; it is kept as text", value.literal));
}

void Assembly::report_disagreement(const DateLine& other, const Date& best) {
  if (precision(other.date) == 0 || precision(best) == 0) return;
  diagnostics_->warning("ris/dates-disagree", line(other.line).span,
                        fmt::format("{} says \"{}\", which does not agree with the record's other date; it is kept as it is, and the other counts",
                                    line(other.line).key, line(other.line).text));
}

// ---------------------------------------------------------------------------------------------------- beside the rows

void Assembly::note_hidden() {
  static constexpr auto kPlaces = [] {
    std::array<TagId, std::size(kHidden)> tags{};
    for (std::size_t at = 0; at < tags.size(); ++at) tags[at] = kTags.find(kHidden[at].tag);
    return tags;
  }();
  Context anywhere = context_;
  anywhere.pubmed = true;
  for (std::size_t row = 0; row < std::size(kHidden); ++row) {
    const Hidden& hidden = kHidden[row];
    if (lines_of(kPlaces[row]).empty() || has(hidden.field)) continue;
    for (const std::size_t at : lines_of(kPlaces[row])) {
      const Str text = line(at).text;
      const bool is_number = std::all_of(text.begin(), text.end(), text::is_ascii_digit);
      Value value = empty_value(hidden.field);
      if (line(at).state != State::Taken || is_number || !decode(hidden.codec, arena(), text, line(at).span, anywhere, value)) continue;
      make(hidden.field, at, value);
      break;
    }
  }
}

/// What a name of a type says beside the type, and a producer beside the rows.
void Assembly::take_type_quirks() {
  const Str name = record_->type_as_written;
  if (text::equal_ignoring_ascii_case(name, "EDBOOK") && !has(Field::Editor)) {
    for (Made& made : made_)
      if (made.entry.field == Field::Author) note(made.entry.field = Field::Editor);
  }
  if (context_.by == By::Citavi && record_->type == Type::Book && !has(Field::Editor)) {
    for (Made& made : made_)
      if (made.entry.field == Field::CollectionEditor) note(made.entry.field = Field::Editor);
  }
  if (text::equal_ignoring_ascii_case(name, "INPR") && !has(Field::Status)) {
    Entry status;
    status.field = Field::Status;
    status.key = "TY";
    status.value = RichText::of(arena(), kInPress);
    status.span = record_->markers.empty() ? Span{} : record_->markers.front();
    made_.insert(made_.begin(), Made{0, status});
    note(Field::Status);
  }
}

void Assembly::take_repeats() {
  for (std::size_t at = 0; at < lines_->size(); ++at) {
    if (!line(at).is_free() || line(at).tag == kUnknownTag || !kTags.has_row[line(at).tag]) continue;
    for (const IndexedRow* const row : full_table().reading(record_->type))
      if (row->reads(line(at).tag) && repeats(*row, at)) break;
  }
}

/// Takes the line, and with it the others of its tag where they make one value, if it says again what the field has.
bool Assembly::repeats(const IndexedRow& row, std::size_t at) {
  switch (row.codec()) {
    case Codec::LastPage:
    case Codec::IssuedYear:
    case Codec::Issued: return false;
    default: break;
  }
  if (!has(row.field())) return false;
  Value value = empty_value(row.field());
  taken_.clear();
  for (const std::size_t other : lines_of(line(at).tag)) {
    if (!line(other).is_free() || (!gathers(row.codec()) && other != at)) continue;
    if (!decode(row.codec(), arena(), line(other).text, line(other).span, context_, value)) return false;
    taken_.push_back(other);
  }
  if (taken_.empty() || !has_equal(row.field(), value)) return false;
  for (const std::size_t one : taken_) line(one).state = State::Taken;
  Made& made = make(row.field(), at, value);
  made.entry.same_as = true;
  for (std::size_t nth = 1; nth < taken_.size(); ++nth) made.entry.more.push_back(arena(), line(taken_[nth]).span);
  if (keep_raw_) keep_raw(made, row.codec(), taken_);
  return true;
}

// -------------------------------------------------------------------------------------------------------------- items

Assembly::Made& Assembly::make(Field field, std::size_t at, const Value& value) {
  note(field);
  Made& made = made_.emplace_back();
  made.line = at;
  made.entry.field = field;
  made.entry.key = line(at).key;
  made.entry.value = value;
  made.entry.span = line(at).span;
  return made;
}

bool Assembly::has_equal(Field field, const Value& value) {
  if (!has(field)) return false;
  const auto is_equal = [&](const Made& made) { return made.entry.field == field && same_content(made.entry.value, value); };
  if (made_.size() <= kFewMade) return std::any_of(made_.begin(), made_.end(), is_equal);
  for (; indexed_ < made_.size(); ++indexed_)
    if (!made_[indexed_].entry.same_as) by_content_.emplace(hash_content(made_[indexed_].entry.value), indexed_);
  const auto [first, last] = by_content_.equal_range(hash_content(value));
  return std::any_of(first, last, [&](const auto& met) { return is_equal(made_[met.second]); });
}

/// Those of one line stay in the order in which they were made. A record without lines may still have what its type says.
void Assembly::order_by_line() {
  first_made_.assign(lines_->size() + 1, kNone);
  next_made_.resize(made_.size());
  for (std::size_t at = made_.size(); at-- > 0;) {
    std::uint32_t& first = first_made_[made_[at].line];
    next_made_[at] = first;
    first = static_cast<std::uint32_t>(at);
  }
  order_.clear();
  for (std::uint32_t made : first_made_)
    for (; made != kNone; made = next_made_[made]) order_.push_back(&made_[made]);
}

/// Of equal values the first in the record is the field's, whichever row found it first.
void Assembly::put_repeats_last() {
  for (auto made = order_.begin(); made != order_.end(); ++made) {
    Entry& entry = (*made)->entry;
    if (!entry.same_as) continue;
    const auto repeats = [&](const Made* other) { return other->entry.field == entry.field && !other->entry.same_as; };
    if (std::any_of(order_.begin(), made, repeats)) continue;
    const auto later = std::find_if(made, order_.end(), [&](const Made* other) { return repeats(other) && same_content(other->entry.value, entry.value); });
    if (later != order_.end()) std::swap(entry.same_as, (*later)->entry.same_as);
  }
}

/// Puts entries and extras into the order of the lines.
void Assembly::add_items() {
  order_by_line();
  put_repeats_last();
  record_->items().reserve(arena(), lines_->size() + 1);
  auto next = order_.begin();
  for (std::size_t at = 0; at < lines_->size(); ++at) {
    for (; next != order_.end() && (*next)->line == at; ++next) record_->add((*next)->entry);
    if (line(at).state == State::Taken) continue;
    report_misfit(line(at));
    record_->add(Extra{kId, line(at).key, line(at).as_written(), line(at).span});
  }
  for (; next != order_.end(); ++next) record_->add((*next)->entry);
}

void Assembly::report_misfit(const TaggedText& misfit) {
  static constexpr TagId kDO = kTags.find("DO");
  static constexpr TagId kSN = kTags.find("SN");
  if (misfit.tag == kDO && !has(Field::Doi)) diagnostics_->warning("ris/doi", misfit.span, fmt::format("\"{}\" is no DOI; it is kept as it is", misfit.text));
  if (misfit.tag == kSN)
    diagnostics_->warning("ris/serial-number", misfit.span, fmt::format("\"{}\" is neither an ISSN nor an ISBN; it is kept as it is", misfit.text));
}

// ---------------------------------------------------------------------------------------------------------------- raw

/// Keeps what was written where writing the value would give something else.
void Assembly::keep_raw(Made& made, Codec codec, const std::vector<std::size_t>& lines) {
  Names* const names = std::get_if<Names>(&made.entry.value);
  const bool same = names != nullptr ? keep_raw_of_names(*names, lines) : gives_back(codec, kTags.names[line(lines.front()).tag], made.entry.value, lines);
  if (!same) made.entry.raw = joined(lines);
}

bool Assembly::gives_back(Codec codec, std::string_view tag, const Value& value, const std::vector<std::size_t>& lines) {
  buffer_.clear();
  outcome_.clear();
  encode(codec, tag, value, buffer_, outcome_);
  return std::equal(buffer_.lines().begin(), buffer_.lines().end(), lines.begin(), lines.end(), [&](const LineBuffer::Line& written, std::size_t at) {
    const std::string_view text = buffer_.text(written);
    return text == line(at).as_written() || (buffer_.lost_white_space() && text == one_line(line(at).as_written()));
  });
}

/// Each name keeps its own text. False: the place or the words of "et al." are others than the writer's.
bool Assembly::keep_raw_of_names(Names& names, const std::vector<std::size_t>& lines) {
  const bool et_al_fits = names.complete || line(lines.back()).text == "et al.";
  if (!et_al_fits || names.list.size() + (names.complete ? 0 : 1) != lines.size() || (!names.complete && !means_et_al(line(lines.back()).text))) return false;
  std::string text;
  for (std::size_t at = 0; at < names.list.size(); ++at) {
    text.clear();
    text::append_inverted(text, names.list[at], text::kRisName);
    if (text != line(lines[at]).as_written()) names.list[at].raw = line(lines[at]).as_written();
  }
  return true;
}

Str Assembly::joined(const std::vector<std::size_t>& lines) {
  if (lines.size() == 1) return line(lines.front()).as_written();
  std::string text;
  for (const std::size_t at : lines) {
    if (at != lines.front()) text += '\n';
    text += one_line(line(at).as_written());
  }
  return arena().copy(text);
}

}  // namespace bibmill::ris

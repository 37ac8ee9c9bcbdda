// What goes where, and in which order.
#include "record_writer.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "bibmill/reflect.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/whole_titles.h"
#include "decode.h"
#include "xml.h"

namespace bibmill::pubmed {

RecordWriter::RecordWriter(std::span<const Mapping> rows) : rows_(rows) {
  for (std::size_t at = 0; at < std::size(kTypes); ++at) {
    Term term;
    term.text = kTypes[at].name;
    for (const TypeIdentifier& known : kTypeIdentifiers)
      if (known.name == term.text) term.identifier = known.identifier;
    Terms terms;
    terms.list.push_back(arena_, term);
    types_[at].field = Field::PublicationType;
    types_[at].value = terms;
  }
}

namespace {

constexpr std::string_view kLinking = "MedlineCitation/MedlineJournalInfo/ISSNLinking";
constexpr std::string_view kNestedList = "/ReferenceList";

std::size_t known_place(std::string_view path) {
  static const std::unordered_map<std::string_view, std::size_t> kByPath = [] {
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::size_t at = 0; at < kPlaceCount; ++at) places.emplace(kPlaces[at].path, at);
    return places;
  }();
  const auto found = kByPath.find(path);
  return found == kByPath.end() ? kNowhere : found->second;
}

bool is_of_book(std::string_view path) { return path.starts_with("BookDocument") || path.starts_with("PubmedBookData"); }

std::size_t parent_of(std::size_t place) { return kParents[place]; }

/// A list of references in lists of references: the place of the outermost, and how many are around it.
std::pair<std::size_t, unsigned> place_of_key(std::string_view key) {
  unsigned depth = 0;
  for (std::size_t place = known_place(key);; ++depth) {
    if (place != kNowhere) return {place, depth};
    if (!key.ends_with(kNestedList)) return {kNowhere, 0};
    key.remove_suffix(kNestedList.size());
    place = known_place(key);
  }
}

/// Fields whose values are lists, and whose entries one element holds together.
bool can_be_joined(Codec codec) {
  switch (codec) {
    case Codec::Names:
    case Codec::DataBanks:
    case Codec::Grants:
    case Codec::PublicationTypes:
    case Codec::Terms:
    case Codec::Substances:
    case Codec::SupplementaryNames:
    case Codec::Links:
    case Codec::Headings:
    case Codec::History:
    case Codec::Issn: return true;
    default: return false;
  }
}

const Mapping* reading_row(std::size_t place, bool book, Type type) {
  const Form form = !book ? Form::Article : type == Type::Chapter ? Form::Chapter : Form::Book;
  const std::size_t row = kReadingRows[static_cast<std::size_t>(form)][place];
  return row == kNoRow ? nullptr : &kMappings[row];
}

}  // namespace

bool RecordWriter::writes(Field field, Type type) const {
  return std::any_of(rows_.begin(), rows_.end(), [&](const Mapping& row) { return row.writes() && row.field == field && row.applies_to(type); });
}

bool RecordWriter::gives(const Record& record, std::string_view text) {
  judged_.open(record);
  judged_text_.clear();
  write(record, judged_text_, judged_);
  return judged_text_ == text;
}

void RecordWriter::write(const Record& record, std::string& out, Ledger& ledger) {
  record_ = &record;
  ledger_ = &ledger;
  out_ = &out;
  own_ = record.origin == kOrigin;
  pieces_.clear();
  raw_places_.clear();
  if (own_) gather_own();
  for (std::size_t item = 0; item < record.items().size(); ++item) gather_foreign(item);
  if (!own_) place_type();
  place_fillers();
  emit();
  book_inner_extras();
}

/// A book as it was read, or a type that only a book's form has.
bool RecordWriter::is_book() const {
  if (own_)
    for (const Item& item : record_->items()) {
      const std::string_view key = std::visit([](const auto& held) { return std::string_view(held.key); }, item);
      if (is_of_book(key)) return true;
      if (key.starts_with("MedlineCitation")) return false;
    }
  return kBooks.has(record_->type);
}

// ------------------------------------------------------------------------------------------------------------ gathering

/// What was read as PubMed XML goes back to where it stood.
void RecordWriter::gather_own() {
  const bool book = is_book();
  std::size_t linking = record_->items().size();
  for (std::size_t item = 0; item < record_->items().size(); ++item) {
    if (std::holds_alternative<Extra>(record_->items()[item])) {
      place_extra(item);
      continue;
    }
    const Entry& held = entry(item);
    const auto [place, depth] = place_of_key(held.key);
    if (place == kNowhere || is_of_book(kPlaces[place].path) != book) continue;
    const Mapping* const row = reading_row(place, book, record_->type);
    if (row == nullptr || (kPlaces[place].kind == Kind::Attribute && piece_at(place) != nullptr)) continue;
    // The codec is what counts: it must be made for the entry's value.
    if (info(row->field).kind != held.value.index() && held.field != Field::ArticleNumber) continue;
    Piece piece;
    piece.place = place;
    piece.row = row;
    piece.items = {item};
    piece.depth = depth;
    piece.is_attribute = kPlaces[place].kind == Kind::Attribute;
    pieces_.push_back(std::move(piece));
    if (held.field == Field::Issn && place != known_place(kLinking)) {
      // The linking ISSN is held by the same entry and stands elsewhere.
      const auto& list = std::get<Identifiers>(held.value).list;
      if (std::any_of(list.begin(), list.end(), [](const Identifier& each) { return each.qualifier == "linking"; }))
        linking = item;
    }
  }
  if (linking == record_->items().size()) return;
  Piece piece;
  piece.place = known_place(kLinking);
  piece.row = reading_row(piece.place, book, record_->type);
  piece.items = {linking};
  if (piece.row != nullptr) insert(std::move(piece));
}

void RecordWriter::place_extra(std::size_t item) {
  const Extra& extra = *std::get_if<Extra>(&record_->items()[item]);
  if (extra.origin != kOrigin) return;
  const std::string_view key = extra.key;
  if (key == kRestKey) return;
  Piece piece;
  piece.items = {item};
  piece.is_extra = true;
  piece.is_attribute = key.find('@') != std::string_view::npos;
  const std::size_t holder = known_place(parent_path(key));
  const bool top = !piece.is_attribute && parent_path(key).empty();
  if (!top && (holder == kNowhere || kPlaces[holder].kind != Kind::Structure)) return;  // it stands within a value
  piece.place = top ? kNowhere : holder;
  pieces_.push_back(std::move(piece));
}

/// Entries that have no place of their own: other formats' records, and what steps have added.
void RecordWriter::gather_foreign(std::size_t item) {
  const Entry* const held = std::get_if<Entry>(&record_->items()[item]);
  if (held == nullptr) return;
  if (own_ && std::any_of(pieces_.begin(), pieces_.end(), [&](const Piece& piece) {
        return std::find(piece.items.begin(), piece.items.end(), item) != piece.items.end();
      }))
    return;
  if (held->field == Field::ContainerTitle && text::is_abbreviation_alone(*record_, *held)) return ledger_->book(item);
  if (held->field == Field::ArticleNumber) {
    // Where a pii says the same, it is written there and taken from there.
    for (const Item& other : record_->items())
      if (const Entry* const identifiers = std::get_if<Entry>(&other);
          identifiers != nullptr && identifiers->field == Field::Identifier)
        for (const Identifier& identifier : std::get<Identifiers>(identifiers->value).list)
          if (identifier.scheme == "pii" && identifier.value == std::get<Text>(held->value).value && !record_->has(Field::Page))
            return ledger_->book(item);
  }
  const Type type =
      own_ ? (is_book() ? (record_->type == Type::Chapter ? Type::Chapter : Type::Book) : Type::ArticleJournal) : record_->type;
  for (const Mapping& row : rows_) {
    if (!row.writes() || row.field != held->field || !row.applies_to(type)) continue;
    if (static_cast<Codec>(row.codec) == Codec::ArticleId) return place_identifiers(item, row);
    // Another format may say one thing in two places.
    if (!own_ && held->same_as) return;
    Piece piece;
    piece.place = place_at(without_pick(row.key));
    piece.row = &row;
    piece.items = {item};
    piece.is_attribute = kPlaces[piece.place].kind == Kind::Attribute;
    // MEDLINE's TA, and a second abbreviation, is the one of MedlineTA.
    if (held->field == Field::ContainerTitleShort && (held->key == "TA" || piece_at(piece.place) != nullptr))
      piece.place = known_place("MedlineCitation/MedlineJournalInfo/MedlineTA");
    if (held->field == Field::Issn) {
      Piece linking = piece;
      linking.place = known_place(kLinking);
      place(std::move(linking));
    }
    return place(std::move(piece));
  }
}

/// DOIs and other identifiers: the article's own list, a location, or another database's.
void RecordWriter::place_identifiers(std::size_t item, const Mapping& row) {
  const Entry& held = entry(item);
  Piece piece;
  piece.row = &row;
  piece.items = {item};
  piece.place = place_at(without_pick(row.key));
  const bool article = !is_of_book(row.key);
  const auto& list = std::get<Identifiers>(held.value).list;
  if (list.empty()) return;
  const Identifier& first = list.front();
  const auto is_doi = [&](const Piece& each) { return each.row != nullptr && !each.items.empty() && entry(each.items.front()).field == Field::Doi; };
  if (!own_ && held.field == Field::Doi && !held.same_as && std::any_of(pieces_.begin(), pieces_.end(), is_doi)) return;  // readers take the first
  const std::string_view id_type = id_type_of(first.scheme);
  // MEDLINE says which is which: LID is where the work stands, AID what it is called.
  const bool says_which = held.key == "LID" || held.key == "AID";
  if ((id_type == "doi" || id_type == "pii") && (!first.valid || (says_which ? held.key == "LID" : held.same_as)))
    piece.place = known_place(article ? "MedlineCitation/Article/ELocationID" : "BookDocument/Book/ELocationID");
  else if (article && held.field == Field::Identifier && is_other_id(first.scheme))
    piece.place = known_place("MedlineCitation/OtherID");
  place(std::move(piece));
}

RecordWriter::Piece* RecordWriter::piece_at(std::size_t place) {
  for (Piece& piece : pieces_)
    if (piece.place == place && !piece.is_extra) return &piece;
  return nullptr;
}

/// Puts the piece where the DTD has it. What cannot stand twice is joined or stays behind.
void RecordWriter::place(Piece piece) {
  if (!kPlaces[piece.place].repeats || can_be_joined(static_cast<Codec>(piece.row->codec))) {
    if (Piece* const there = piece_at(piece.place); there != nullptr && there->filler.empty()) {
      const bool same_field = entry(there->items.front()).field == entry(piece.items.front()).field;
      if (same_field && can_be_joined(static_cast<Codec>(piece.row->codec)) && there->row == piece.row &&
          (!own_ || entry(there->items.front()).raw.empty()))
        there->items.push_back(piece.items.front());
      if (!kPlaces[piece.place].repeats || same_field) return;
    }
  }
  insert(std::move(piece));
}

/// Before the first piece that the DTD has behind it, or that repeats the element and was kept as it stood.
void RecordWriter::insert(Piece piece) {
  const std::size_t place = piece.place;
  if (!own_) {
    // All are in order, and most come in order.
    auto behind = pieces_.end();
    while (behind != pieces_.begin() && std::prev(behind)->place > place) --behind;
    pieces_.insert(behind, std::move(piece));
    return;
  }
  const auto repeats = [&](const Piece& each) { return each.is_extra && std::get<Extra>(record_->items()[each.items.front()]).key == kPlaces[place].path; };
  auto behind = std::find_if(pieces_.begin(), pieces_.end(), [&](const Piece& each) { return (each.place != kNowhere && each.place > place) || repeats(each); });
  // What is supplied goes before stray text beside it: the piece between them may be gone when this is read again.
  const auto is_stray_text = [&](const Piece& each) { return each.is_extra && each.place == parent_of(place) && std::string_view(std::get<Extra>(record_->items()[each.items.front()]).key).ends_with(kTextKey); };
  if (!piece.filler.empty())
    while (behind != pieces_.begin() && is_stray_text(*std::prev(behind))) --behind;
  pieces_.insert(behind, std::move(piece));
}

/// The type of work, said as a publication type.
void RecordWriter::place_type() {
  if (is_book()) return;
  const std::size_t place_of_types = known_place("MedlineCitation/Article/PublicationTypeList");
  Piece* const there = piece_at(place_of_types);
  TypesSeen told;
  if (there != nullptr)
    for (const std::size_t item : there->items) told.add(std::get<Terms>(entry(item).value));
  const bool in_journal = names_journal(*record_);
  if (told.type(in_journal) == record_->type && told.any()) return;
  const auto row = std::find_if(std::begin(kTypes), std::end(kTypes),
                                [&](const TypeMapping& each) { return each.way != Way::ReadOnly && each.type == record_->type; });
  if (row != std::end(kTypes)) told.add(row->name);
  if (row == std::end(kTypes) || told.type(in_journal) != record_->type) return ledger_->merge_type();
  const std::size_t type = static_cast<std::size_t>(row - kTypes) + 1;
  if (there != nullptr) {
    there->type = type;
    return;
  }
  Piece piece;
  piece.place = place_of_types;
  piece.type = type;
  insert(std::move(piece));
}

bool RecordWriter::has_piece(std::string_view path) const {
  const std::size_t place = known_place(path);
  return std::any_of(pieces_.begin(), pieces_.end(), [&](const Piece& piece) { return piece.place == place && !piece.is_extra; });
}

void RecordWriter::place_fillers() {
  const bool book = is_book();
  for (const Filler& filler : kFillers)
    if (is_of_book(filler.path) == book && filler.types.has(record_->type)) add_filler(filler);
  const std::string_view data = book ? "PubmedBookData" : "PubmedData";
  const bool has_data = std::any_of(pieces_.begin(), pieces_.end(), [&](const Piece& piece) {
    return piece.place != kNowhere && kPlaces[piece.place].path.starts_with(data);
  });
  if (!has_data) return;
  for (const Filler& filler : kDataFillers)
    if (filler.path.starts_with(data)) add_filler(filler);
}

/// Is there an extra for the place, or for one that holds it? (What a record has twice is an extra the second time.)
bool RecordWriter::stands_in_an_extra(std::string_view path) const {
  return std::any_of(record_->items().begin(), record_->items().end(), [&](const Item& item) {
    const Extra* const extra = std::get_if<Extra>(&item);
    return extra != nullptr && extra->origin == kOrigin && path.starts_with(extra->key) &&
           (path.size() == extra->key.size() || path[extra->key.size()] == '/');
  });
}

/// The filler's text, or what follows from the rest of the record: an electronic ISSN is that of the cited medium, and a work that only came out
/// electronically, or did so before it was printed, has a date or a status that says so.
std::string_view RecordWriter::filler_for(const Filler& filler) const {
  if (own_) return filler.element;
  if (filler.what == "cited-medium") {
    const Text* const model = record_->get<Field::PublicationModel>();
    const Identifiers* const serials = record_->get<Field::Issn>();
    if (serials == nullptr) return model != nullptr && model->value.starts_with("Electronic") ? "Internet" : filler.element;
    const auto cited = std::find_if(serials->list.begin(), serials->list.end(), [](const Identifier& each) { return each.qualifier != "linking"; });
    return cited != serials->list.end() && cited->qualifier == "electronic" ? "Internet" : filler.element;
  }
  if (filler.what == "publication-model") {
    const Text* const status = record_->get<Field::PublicationStatus>();
    if (status != nullptr && status->value == "epublish") return "Electronic";
    if (record_->has(Field::AvailableDate)) return "Print-Electronic";
  }
  return filler.element;
}

void RecordWriter::add_filler(const Filler& filler) {
  if (own_ && (!filler.always || stands_in_an_extra(filler.path))) return;
  if (has_piece(filler.path) || (!filler.unless.empty() && has_piece(filler.unless))) return;
  Piece piece;
  piece.place = known_place(filler.path);
  piece.filler = filler_for(filler);
  piece.what = filler.what;
  piece.is_attribute = kPlaces[piece.place].kind == Kind::Attribute;
  insert(std::move(piece));
}

// -------------------------------------------------------------------------------------------------------------- writing

void RecordWriter::emit() {
  const bool book = is_book();
  out_->append(book ? "<PubmedBookArticle>" : "<PubmedArticle>");
  open_.clear();
  opened_.fill(false);
  open_lists_ = 0;
  for (const Piece& piece : pieces_) {
    if (piece.is_attribute) {
      go_to(piece.is_extra ? piece.place : parent_of(piece.place));  // opening it writes them
      continue;
    }
    if (!piece.is_extra && piece.row != nullptr && static_cast<Codec>(piece.row->codec) == Codec::References) {
      go_to(parent_of(piece.place));
      emit_references(piece);
      continue;
    }
    end_references(0);
    go_to(piece.is_extra ? piece.place : parent_of(piece.place));
    if (piece.is_extra) {
      append_verbatim(*out_, std::get_if<Extra>(&record_->items()[piece.items.front()])->raw);
      ledger_->book(piece.items.front());
    } else {
      emit_value(piece);
    }
  }
  go_to(kNowhere);
  out_->append(book ? "</PubmedBookArticle>" : "</PubmedArticle>");
}

/// Closes and opens structures until this one is the innermost.
void RecordWriter::go_to(std::size_t structure) {
  std::size_t path[8] = {};
  std::size_t depth = 0;
  for (std::size_t at = structure; at != kNowhere; at = parent_of(at)) path[depth++] = at;
  std::reverse(path, path + depth);
  std::size_t common = 0;
  while (common < depth && common < open_.size() && open_[common] == path[common]) ++common;
  if (open_.size() > common) end_references(0);
  while (open_.size() > common) close();
  for (std::size_t at = common; at < depth; ++at) {
    end_references(0);
    open(path[at]);
  }
}

void RecordWriter::open(std::size_t structure) {
  out_->push_back('<');
  out_->append(last_name(kPlaces[structure].path));
  const bool for_the_first_time = !std::exchange(opened_[structure], true);
  for (const Piece& piece : pieces_)
    if (for_the_first_time && piece.is_attribute && (piece.is_extra ? piece.place : parent_of(piece.place)) == structure)
      emit_attribute(piece);
  out_->push_back('>');
  open_.push_back(structure);
}

void RecordWriter::close() {
  fill_if_empty(kPlaces[open_.back()].path);
  out_->append("</");
  out_->append(last_name(kPlaces[open_.back()].path));
  out_->push_back('>');
  open_.pop_back();
}

/// A list whose members were all refused gets what the DTD demands in it.
void RecordWriter::fill_if_empty(std::string_view path) {
  if (own_ || !out_->ends_with("<" + std::string(last_name(path)) + ">")) return;
  const auto fill_from = [&](std::span<const Filler> fillers) {
    for (const Filler& filler : fillers)
      for (std::size_t place = 0; place < std::size(kPlaces); ++place)
        if (kPlaces[place].path == filler.path && parent_path(filler.path) == path) return emit_filler(place, filler.element, filler.what);
  };
  fill_from(kFillers);
  fill_from(kDataFillers);
}

void RecordWriter::emit_attribute(const Piece& piece) {
  if (piece.is_extra) {
    out_->push_back(' ');
    append_verbatim(*out_, std::get_if<Extra>(&record_->items()[piece.items.front()])->raw);
    ledger_->book(piece.items.front());
    return;
  }
  const std::string_view path = kPlaces[piece.place].path;
  if (!piece.what.empty()) {
    append_attribute(*out_, last_name(path), piece.filler);
    ledger_->supply(piece.what, piece.filler);
    return;
  }
  Encoder encoder(*out_, own_, &parser_);
  if (encoder.write_attribute(path, entry(piece.items.front()))) {
    ledger_->book(piece.items.front());
    return;
  }
  // A value that the DTD does not know: what it demands is written in its place.
  for (const Filler& filler : kFillers)
    if (filler.path == path) {
      append_attribute(*out_, last_name(path), filler.element);
      ledger_->supply(filler.what, filler.element);
    }
}

void RecordWriter::emit_value(const Piece& piece) {
  if (!piece.what.empty()) return emit_filler(piece.place, piece.filler, piece.what);
  entries_.clear();
  for (const std::size_t item : piece.items) entries_.push_back(&entry(item));
  if (piece.type != 0) {
    entries_.push_back(&types_[piece.type - 1]);
    ledger_->supply("publication-type", kTypes[piece.type - 1].name);
  }
  if (own_ && !entries_.front()->raw.empty()) {
    out_->append(entries_.front()->raw);
    ledger_->book(piece.items.front());
    raw_places_.push_back(piece.place);
    return;
  }
  if (!own_ && is_vernacular_only(*entries_.front())) {
    out_->append("<ArticleTitle>[Not Available].</ArticleTitle>");
    return ledger_->book(piece.items.front());
  }
  Encoder encoder(*out_, own_, &parser_);
  const Codec codec = piece.type != 0 ? Codec::PublicationTypes : static_cast<Codec>(piece.row->codec);
  if (!encoder.write(piece.place, codec, entries_)) {
    // It may be something that the DTD demands.
    for (const Filler& filler : kFillers)
      if (filler.path == kPlaces[piece.place].path) emit_filler(piece.place, filler.element, filler.what);
    return;
  }
  for (const std::size_t item : piece.items) book(item, encoder);
}

/// Only the title in the work's own language is known: NLM has words for that in the place of the translated one.
bool RecordWriter::is_vernacular_only(const Entry& title) const {
  if (title.field != Field::Title || record_->type == Type::Book || !writes(Field::OriginalTitle, record_->type)) return false;
  const Entry* const vernacular = record_->find(Field::OriginalTitle);
  return vernacular != nullptr && same_content(vernacular->value, title.value);
}

void RecordWriter::book(std::size_t item, const Encoder& encoder) {
  const auto& narrowed = encoder.narrowed();
  ledger_->book(item, narrowed.empty() ? Fidelity::Exact : Fidelity::Narrowed,
                narrowed.empty() ? std::string_view{} : narrowed.front());
  for (std::size_t at = 1; at < narrowed.size(); ++at) ledger_->narrow(item, narrowed[at]);
  for (const Supply& supply : encoder.supplied()) ledger_->supply(supply.what, supply.value);
}

/// The demanded element; where the record has the value in another place, that.
void RecordWriter::emit_filler(std::size_t place, std::string_view element, std::string_view what) {
  const std::string_view name = last_name(kPlaces[place].path);
  std::string_view attributes;
  std::string value;
  if (name == "MedlineTA") {
    const RichText* const shorter = record_->get<Field::ContainerTitleShort>();
    const RichText* const title = shorter != nullptr ? shorter : record_->get<Field::ContainerTitle>();
    if (title != nullptr) value = text::plain_text(*title);
  } else if (name == "ArticleId") {
    const Identifiers* const pmid = record_->get<Field::Pmid>();
    if (pmid != nullptr && !pmid->list.empty()) value = pmid->list.front().value;
    attributes = " IdType=\"pubmed\"";
  }
  ledger_->supply(what, value.empty() ? element : value);
  if (value.empty()) {
    out_->append(element);
    return;
  }
  out_->append("<").append(name).append(attributes).append(">");
  append_text(*out_, value);
  out_->append("</").append(name).append(">");
}

/// Lists of references may stand in each other.
void RecordWriter::emit_references(const Piece& piece) {
  end_references(piece.depth);
  Encoder encoder(*out_, own_, &parser_);
  const std::size_t item = piece.items.front();
  if (own_ && !entry(item).raw.empty()) {
    out_->append(entry(item).raw);
    ledger_->book(item);
    raw_places_.push_back(piece.place);
  } else {
    encoder.begin_references(std::get<Links>(entry(item).value));
    book(item, encoder);
  }
  ++open_lists_;
}

void RecordWriter::end_references(unsigned depth) {
  for (; open_lists_ > depth; --open_lists_) out_->append("</ReferenceList>");
}

/// Extras that stand within a value went out with its source text, or not at all.
void RecordWriter::book_inner_extras() {
  for (std::size_t item = 0; item < record_->items().size(); ++item) {
    const Extra* const extra = std::get_if<Extra>(&record_->items()[item]);
    if (!own_ || extra == nullptr || extra->origin != kOrigin || ledger_->is_booked(item)) continue;
    std::size_t place = kNowhere;
    for (std::string_view key = extra->key; !key.empty() && place == kNowhere; key = parent_path(key)) place = known_place(key);
    if (std::find(raw_places_.begin(), raw_places_.end(), place) != raw_places_.end()) ledger_->book(item);
  }
}

}  // namespace bibmill::pubmed

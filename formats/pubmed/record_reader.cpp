// Place by place, what becomes an entry and what an extra.
#include "record_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "bibmill/reflect.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/pages.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "decode.h"
#include "encode.h"
#include "record_writer.h"

namespace bibmill::pubmed {

namespace {

constexpr std::string_view kNotAvailable = "[Not Available]";

/// Lists of references within lists: more than NLM ever nests, few enough for their paths to stay short.
constexpr unsigned kMaxLists = 8;

/// The element as written, without the white space between elements.
void append_compact(std::string& out, Node node, NameId except = kUnknownName) {
  if (node.name() == kUnknownName || kElements[node.name()].content != Content::Elements) {
    out.append(node.source());
    return;
  }
  out.append(node.start_tag());
  for_each_piece(
      node,
      [&](std::uint32_t begin, std::uint32_t end) {
        if (const std::string_view text = node.slice(begin, end); !is_blank(text)) out.append(text);
      },
      [&](Node child) {
        if (child.name() != except || except == kUnknownName) append_compact(out, child);
      });
  out.append(node.end_tag());
}

bool is_leaf(Node node) { return node.name() != kUnknownName && kElements[node.name()].content != Content::Elements; }

const Node* child_named(Node node, NameId name, Node& found) {
  for (const Node child : node)
    if (child.name() == name) {
      found = child;
      return &found;
    }
  return nullptr;
}

/// A pii that is an article number by its shape, in a work without pages.
bool looks_like_article_number(std::string_view pii) {
  const std::size_t letters =
      static_cast<std::size_t>(std::find_if_not(pii.begin(), pii.end(), text::is_ascii_letter) - pii.begin());
  const std::string_view digits = pii.substr(letters);
  return letters <= 4 && !digits.empty() && digits.size() <= 10 &&
         std::all_of(digits.begin(), digits.end(), text::is_ascii_digit);
}

class Walk {
 public:
  Walk(const Tree& tree, std::shared_ptr<Arena> arena, const ReadOptions& options, DiagnosticSink& diagnostics)
      : tree_(tree),
        options_(options),
        diagnostics_(diagnostics),
        record_(std::move(arena)),
        decoder_(record_.arena(), options),
        encoder_(encoded_, true, nullptr) {}

  Record read();
  bool can_be_given_back() const { return !tree_.mended && !tree_.partial && decoder_.findings().unknown_reference == nullptr; }

 private:
  void structure(Node node, std::size_t place);
  void attributes(Node node, std::size_t place);
  void text_between(Node node, std::uint32_t begin, std::uint32_t end);
  void value(Node node, std::size_t place, Node::Iterator& next, Node::Iterator end);

  RichText title_of(Node node);
  void title(Node node, std::size_t place, const Mapping& row);
  void names(Node node, std::size_t place, const Mapping& row);
  void work_identifier(Node node, std::size_t place, const Mapping& row);
  void issn(Node node, std::size_t place);
  void pagination(Node node, std::size_t place, const Mapping& row);
  void location_label(Node node, std::size_t place);
  void references(Node node, std::size_t place, const Mapping& row, unsigned levels, Str key);
  void gathered_terms(Node node, std::size_t place, const Mapping& row, Node::Iterator& next, Node::Iterator end);

  void add(Field field, std::size_t place, const Mapping& row, Node node, Value value);
  void add_identifier(Field field, std::size_t place, const Mapping& row, Node node, const Identifier& identifier);
  Entry& place_entry(Field field, Str key, Node node, Value value);
  Entry& note_first(Entry& entry);
  const Entry* first(Field field) const {
    const std::uint32_t at = firsts_[static_cast<std::size_t>(field)];
    return at == 0 ? nullptr : &std::get<Entry>(record_.items()[at - 1]);
  }
  void keep_raw(Entry& entry, std::size_t place, const Mapping& row);
  void keep(Node node) {
    decoder_.keep(node);
    take_extras();
  }
  void take_extras();
  void mark(Node node);  ///< notes the places of its tags
  void mark_all(Node node);
  void keep_rest();
  void complain();

  bool repeats_an_earlier(Field field, const Identifier& identifier) const;
  Str own_doi();
  void settle_type();
  void take_abbreviation_for_title();
  void take_pii_for_article_number();

  const Tree& tree_;
  const ReadOptions& options_;
  DiagnosticSink& diagnostics_;
  Record record_;
  Decoder decoder_;
  std::string encoded_;
  Encoder encoder_;
  std::string written_;
  Form form_ = Form::Article;
  std::array<bool, kPlaceCount> seen_{};
  std::array<std::uint32_t, kFieldCount> firsts_{};  // 1 + index of each field's first entry
  bool knows_own_doi_ = false;
  Str own_doi_;
  std::uint32_t gathered_end_ = 0;  // of the last element that was read together with those before it
  std::size_t issn_at_ = 0;         // 1 + index of the entry of ISSNs
};

// ---------------------------------------------------------------------------------------------------------- the walk

Record Walk::read() {
  const Node root(tree_, 0);
  record_.origin = kOrigin;
  record_.span = root.span();
  record_.type = Type::ArticleJournal;
  record_.items().reserve(record_.arena(), 56);
  Node document = root;
  if (root.name() == name_id("BookDocument") || child_named(root, name_id("BookDocument"), document) != nullptr) {
    Node article_title = root;
    const bool chapter =
        child_named(document, name_id("ArticleTitle"), article_title) != nullptr && !is_blank(article_title.inside());
    form_ = chapter ? Form::Chapter : Form::Book;
    record_.type = kTypeOfForm[static_cast<std::size_t>(form_)];
  }
  if (const std::size_t place = child_place(kNowhere, root.name()); place != kNowhere)
    structure(root, place);
  else
    structure(root, kNowhere);
  settle_type();
  take_abbreviation_for_title();
  take_pii_for_article_number();
  keep_rest();
  complain();
  return std::move(record_);
}

void Walk::structure(Node node, std::size_t place) {
  mark(node);
  attributes(node, place);
  std::uint32_t from = node.element().tag_end;
  const Node::Iterator end = node.end();
  for (Node::Iterator next = node.begin(); next != end;) {
    const Node child = *next;
    ++next;
    if (node.element().odd && child.element().begin != from) text_between(node, from, child.element().begin);
    const std::size_t at = child_place(place, child.name());
    const bool again = at != kNowhere && kPlaces[at].kind == Kind::Structure && std::exchange(seen_[at], true);
    if (at == kNowhere || kPlaces[at].kind == Kind::Verbatim || again)
      keep(child);
    else if (kPlaces[at].kind == Kind::Structure)
      structure(child, at);
    else
      value(child, at, next, end);
    from = std::max(child.element().end, gathered_end_);
  }
  if (node.element().odd && node.element().close != from) text_between(node, from, node.element().close);
}

void Walk::text_between(Node node, std::uint32_t begin, std::uint32_t end) {
  if (is_blank(node.slice(begin, end))) return;
  decoder_.keep_text(node, begin, end);
  take_extras();
}

void Walk::attributes(Node node, std::size_t place) {
  for (const AttributePlace& written : node.attributes()) {
    std::size_t attribute = kNowhere;
    const std::string_view name = node.well_formed(node.name_of(written));
    for (std::size_t each = place + 1; place != kNowhere && each < kPlaceCount && kPlaces[each].kind == Kind::Attribute; ++each)
      if (last_name(kPlaces[each].path) == name) attribute = each;
    const std::size_t row = attribute == kNowhere ? kNoRow : kReadingRows[static_cast<std::size_t>(form_)][attribute];
    if (row == kNoRow) {
      decoder_.keep_attribute(node, written);
      take_extras();
      continue;
    }
    const Str value = decoder_.value_of(node, written);
    if (!value.empty()) note_first(record_.add(kMappings[row].field, Text{value}, kPlaces[attribute].path, node.span_of(written)));
  }
}

void Walk::value(Node node, std::size_t place, Node::Iterator& next, Node::Iterator end) {
  const std::size_t index = kReadingRows[static_cast<std::size_t>(form_)][place];
  if (index == kNoRow || (seen_[place] && !kPlaces[place].repeats)) return keep(node);
  seen_[place] = true;
  const Mapping& row = kMappings[index];
  switch (static_cast<Codec>(row.codec)) {
    case Codec::Text:
    case Codec::Language: return add(row.field, place, row, node, Text{decoder_.text(node)});
    case Codec::Rich:
    case Codec::Words: {
      RichText rich = decoder_.rich(node);
      if (node.name() == name_id("BookTitle") || node.name() == name_id("ArticleTitle") || node.name() == name_id("VernacularTitle")) rich = title_of(node);
      return add(row.field, place, row, node, rich);
    }
    case Codec::Title: return title(node, place, row);
    case Codec::PubDate: return add(row.field, place, row, node, decoder_.date(node));
    case Codec::Day: return add(row.field, place, row, node, decoder_.day(node));
    case Codec::Pmid: return add_identifier(row.field, place, row, node, decoder_.pmid(node));
    case Codec::ArticleId: return work_identifier(node, place, row);
    case Codec::Issn: return issn(node, place);
    case Codec::Isbn: return add_identifier(row.field, place, row, node, decoder_.identifier(node, "isbn"));
    case Codec::NlmId: return add_identifier(row.field, place, row, node, decoder_.identifier(node, "nlm"));
    case Codec::Pagination: return pagination(node, place, row);
    case Codec::LocationLabel: return location_label(node, place);
    case Codec::Abstract: return add(row.field, place, row, node, decoder_.abstract(node));
    case Codec::Names: return names(node, place, row);
    case Codec::DataBanks: return add(row.field, place, row, node, decoder_.data_banks(node));
    case Codec::Grants: return add(row.field, place, row, node, decoder_.grants(node));
    case Codec::PublicationTypes:
    case Codec::Terms: return gathered_terms(node, place, row, next, end);
    case Codec::Substances: return add(row.field, place, row, node, decoder_.substances(node));
    case Codec::SupplementaryNames: return add(row.field, place, row, node, decoder_.supplementary_names(node));
    case Codec::Links: return add(row.field, place, row, node, decoder_.links(node));
    case Codec::Headings: return add(row.field, place, row, node, decoder_.headings(node));
    case Codec::Keywords: return add(row.field, place, row, node, decoder_.keywords(node));
    case Codec::Note: return add(row.field, place, row, node, decoder_.note(node));
    case Codec::History: return add(row.field, place, row, node, decoder_.history(node));
    case Codec::References: return references(node, place, row, kMaxLists, kPlaces[place].path);
  }
}

// ------------------------------------------------------------------------------------------------------------- entries

/// Every entry passes here: its place, the spans that are asked for.
Entry& Walk::place_entry(Field field, Str key, Node node, Value value) {
  Entry entry;
  entry.field = field;
  entry.key = key;
  entry.value = std::move(value);
  if (is_leaf(node) && !node.inside().empty()) {
    entry.span = node.inside_span();
    if (options_.keep_spans) {
      entry.more.push_back(record_.arena(), node.absolute(node.element().begin, node.element().tag_end));
      entry.more.push_back(record_.arena(), node.absolute(node.element().close, node.element().end));
    }
  } else {
    entry.span = node.span();
  }
  return note_first(record_.add(std::move(entry)));
}

/// Called right behind each entry that was added.
Entry& Walk::note_first(Entry& entry) {
  std::uint32_t& at = firsts_[static_cast<std::size_t>(entry.field)];
  if (at == 0) at = static_cast<std::uint32_t>(record_.items().size());
  return entry;
}

/// Nothing at all, or text that is white space.
bool holds_nothing(const Value& value) {
  if (const Text* const text = std::get_if<Text>(&value)) return is_blank(text->value);
  if (const RichText* const rich = std::get_if<RichText>(&value))
    return std::all_of(rich->runs.begin(), rich->runs.end(), [](const Run& run) { return is_blank(run.text); });
  return std::visit([](const auto& held) { return is_default(held); }, value);
}

void Walk::add(Field field, std::size_t place, const Mapping& row, Node node, Value value) {
  decoder_.inspect(node);
  // An empty element says nothing; extras found in it may still say something.
  if (holds_nothing(value)) {
    mark_all(node);
    return take_extras();
  }
  bool same = false;
  if (!kPlaces[place].repeats)
    if (const Entry* const earlier = first(field); earlier != nullptr) same = same_content(earlier->value, value);
  Entry& entry = place_entry(field, kPlaces[place].path, node, std::move(value));
  entry.same_as = same;
  if (options_.keep_raw) {
    written_.clear();
    append_compact(written_, node);
    keep_raw(entry, place, row);
  }
  take_extras();
}

/// Keeps what was written (`written_`) where encoding the value gives something else.
void Walk::keep_raw(Entry& entry, std::size_t place, const Mapping& row) {
  if (!can_be_given_back()) return;
  encoded_.clear();
  encoder_.clear();
  const Entry* const entries[] = {&entry};
  encoder_.write(place, static_cast<Codec>(row.codec), entries);
  if (encoded_ != written_) entry.raw = record_.arena().copy(written_);
}

void Walk::add_identifier(Field field, std::size_t place, const Mapping& row, Node node, const Identifier& identifier) {
  if (identifier.value.empty()) {
    decoder_.inspect(node);
    mark_all(node);
    return take_extras();
  }
  const bool repeats = repeats_an_earlier(field, identifier);
  Identifiers identifiers;
  identifiers.list.push_back(record_.arena(), identifier);
  const std::size_t before = record_.items().size();
  add(field, place, row, node, identifiers);
  if (record_.items().size() > before) std::get<Entry>(record_.items()[before]).same_as = repeats;
}

bool Walk::repeats_an_earlier(Field field, const Identifier& identifier) const {
  bool found = false;
  if (first(field) == nullptr) return false;
  for_each_entry(record_, [&](const Entry& entry) {
    if (entry.field != field) return;
    for (const Identifier& other : std::get<Identifiers>(entry.value).list)
      found =
          found ||
          (other.scheme == identifier.scheme && other.valid == identifier.valid &&
           (other.value == identifier.value || (identifier.scheme == "doi" && text::same_doi(other.value, identifier.value))));
  });
  return found;
}

void Walk::take_extras() {
  for (const Extra& extra : decoder_.extras()) record_.add(extra);
  decoder_.extras().clear();
}

void Walk::mark(Node node) {
  if (!options_.keep_spans) return;
  record_.markers.push_back(record_.arena(), node.absolute(node.element().begin, node.element().tag_end));
  if (node.element().close != node.element().end)
    record_.markers.push_back(record_.arena(), node.absolute(node.element().close, node.element().end));
}

/// An element that says nothing, with all the tags in it.
void Walk::mark_all(Node node) {
  for (std::uint32_t at = node.index(); at < node.element().next; ++at) mark(Node(tree_, at));
}

// ------------------------------------------------------------------------------------------------------ special values

/// A title without the dot that NLM ends it with, and without white space around it, which would hide the dot.
RichText Walk::title_of(Node node) { return text::without_final_dot(record_.arena(), text::trimmed(record_.arena(), decoder_.rich(node))); }

/// An empty title, or "[Not Available].", stands for the vernacular one.
void Walk::title(Node node, std::size_t place, const Mapping& row) {
  RichText title = title_of(node);
  if (row.field == Field::Title && (title.empty() || title.text() == kNotAvailable)) {
    const Node parent(tree_, node.element().parent);
    Node vernacular = node;
    if (child_named(parent, name_id("VernacularTitle"), vernacular) != nullptr)
      if (const RichText other = title_of(vernacular); !other.empty())
        title = other;
  }
  add(row.field, place, row, node, title);
}

void Walk::names(Node node, std::size_t place, const Mapping& row) {
  Field field = row.field;
  if (node.name() == name_id("AuthorList")) {
    const bool editors = decoder_.attribute(node, attribute_id("Type")) == "editors";
    const bool of_book = parent_path(kPlaces[place].path).ends_with("/Book");
    field = editors ? Field::Editor : of_book && form_ == Form::Chapter ? Field::ContainerAuthor : Field::Author;
  }
  Names names = decoder_.names(node);
  // The DTDs until 2013 have one address for the article: its first author's.
  Node address = node;
  if (field == Field::Author && !names.list.empty() && form_ == Form::Article &&
      child_named(Node(tree_, node.element().parent), name_id("Affiliation"), address) != nullptr) {
    Affiliation affiliation;
    affiliation.text = decoder_.text(address);
    if (!affiliation.text.empty()) names.list.front().affiliations.push_back(record_.arena(), affiliation);
  }
  add(field, place, row, node, names);
}

/// DOI, PMID, PMCID and others, by what the element's attribute says.
void Walk::work_identifier(Node node, std::size_t place, const Mapping& row) {
  const Identifier identifier = decoder_.article_id(node);
  if (identifier.scheme == "doi" && identifier.valid) {
    // The article's own list decides where the two differ; a location that says otherwise stays as it is.
    const Str own = own_doi();
    const Entry* const earlier = first(Field::Doi);
    const bool differs = (!own.empty() && !text::same_doi(own, identifier.value)) ||
                         (earlier != nullptr && !repeats_an_earlier(Field::Doi, identifier));
    if (differs) return keep(node);
    return add_identifier(Field::Doi, place, row, node, identifier);
  }
  if (node.name() == name_id("ArticleId") && identifier.scheme == "pmid") {
    const Entry* const pmid = first(Field::Pmid);
    if (pmid != nullptr && !identifier.value.empty() &&
        std::get<Identifiers>(pmid->value).list[0].value != identifier.value)
      return keep(node);
    return add_identifier(Field::Pmid, place, row, node, identifier);
  }
  if (node.name() == name_id("ArticleId") && identifier.scheme == "pmcid")
    return add_identifier(Field::Pmcid, place, row, node, identifier);
  add_identifier(Field::Identifier, place, row, node, identifier);
}

/// The DOI in the record's own list of identifiers, wherever it stands; never one of a reference.
Str Walk::own_doi() {
  if (knows_own_doi_) return own_doi_;
  knows_own_doi_ = true;
  const Node root(tree_, 0);
  for (const std::string_view holder : {"PubmedData", "BookDocument", "PubmedBookData"}) {
    Node data = root;
    Node list = root;
    if (child_named(root, find_name(holder), data) == nullptr || child_named(data, name_id("ArticleIdList"), list) == nullptr)
      continue;
    for (const Node id : list)
      if (id.name() == name_id("ArticleId") && decoder_.attribute(id, attribute_id("IdType")) == "doi" && !is_blank(id.inside()))
        return own_doi_ = decoder_.article_id(id).value;
  }
  return own_doi_;
}

/// One entry holds the journal's ISSNs, as in MEDLINE.
void Walk::issn(Node node, std::size_t place) {
  const Identifier identifier = decoder_.issn(node);
  decoder_.inspect(node);
  if (identifier.value.empty()) {
    mark_all(node);
  } else if (issn_at_ != 0) {
    Entry& entry = std::get<Entry>(record_.items()[issn_at_ - 1]);
    std::get<Identifiers>(entry.value).list.push_back(record_.arena(), identifier);
    if (options_.keep_spans) entry.more.push_back(record_.arena(), node.span());
  } else {
    Identifiers identifiers;
    identifiers.list.push_back(record_.arena(), identifier);
    place_entry(Field::Issn, kPlaces[place].path, node, identifiers);
    issn_at_ = record_.items().size();
  }
  take_extras();
}

void Walk::pagination(Node node, std::size_t place, const Mapping& row) {
  Str start;
  Str last;
  Str words;
  for (const Node child : node) {
    switch (child.name()) {
      case name_id("StartPage"): decoder_.take(start, child); break;
      case name_id("EndPage"): decoder_.take(last, child); break;
      case name_id("MedlinePgn"): decoder_.take(words, child); break;
      default: decoder_.keep(child);
    }
  }
  constexpr std::string_view kPii = "pii:";
  if (words.starts_with(kPii) && !text::trim(words.substr(kPii.size())).empty())
    return add(Field::ArticleNumber, place, row, node, Text{text::trim(words.substr(kPii.size()))});
  Pages pages;
  if (!words.empty()) {
    pages = text::parse_pages(record_.arena(), words);
    text::keep_nlm_text(pages, words);
  }
  if (!start.empty() || !last.empty()) {
    const PageRange range =
        start.empty() ? text::make_page_range(record_.arena(), last, {}) : text::make_page_range(record_.arena(), start, last);
    if (words.empty()) {
      pages.ranges.push_back(record_.arena(), range);
    } else if (pages.ranges.empty() || pages.ranges[0].first != range.first ||
               (pages.ranges.size() == 1 && !last.empty() && pages.ranges[0].last != range.last && range.last != range.first)) {
      diagnostics_.warning("pubmed/pages-disagree", node.span(),
                           "StartPage and EndPage say something else than MedlinePgn, which is taken for the pages");
      for (const Node child : node)
        if (child.name() == name_id("StartPage") || child.name() == name_id("EndPage")) decoder_.keep(child);
    }
  }
  add(row.field, place, row, node, pages);
}

void Walk::location_label(Node node, std::size_t place) {
  const Str type = decoder_.attribute(node, attribute_id("Type"));
  const Field field = type == "section" ? Field::Section : Field::ChapterNumber;
  if ((type != "section" && type != "chapter") || first(field) != nullptr) return keep(node);
  for (const Mapping& row : kMappings)
    if (row.field == field && static_cast<Codec>(row.codec) == Codec::LocationLabel)
      return add(field, place, row, node, Text{decoder_.text(node)});
}

/// Terms that stand one after the other are one value, like those in a list.
void Walk::gathered_terms(Node node, std::size_t place, const Mapping& row, Node::Iterator& next, Node::Iterator end) {
  if (node.name() == name_id("PublicationTypeList") || node.name() == name_id("GeneSymbolList"))
    return add(row.field, place, row, node, decoder_.terms(node));
  Terms terms;
  List<Span> places;
  written_.clear();
  Node last = node;
  for (;;) {
    decoder_.inspect(last);
    terms.list.push_back(record_.arena(), decoder_.term(last));
    if (options_.keep_raw) append_compact(written_, last);
    places.push_back(record_.arena(), last.span());
    const bool follows =
        next != end && (*next).name() == node.name() && (!Node(tree_, node.element().parent).element().odd || is_blank(node.slice(last.element().end, (*next).element().begin)));
    if (!follows) break;
    last = *next;
    ++next;
  }
  gathered_end_ = last.element().end;
  Entry& entry = note_first(record_.add(row.field, terms, kPlaces[place].path, places.front()));
  if (options_.keep_spans)
    for (std::size_t at = 1; at < places.size(); ++at) entry.more.push_back(record_.arena(), places[at]);
  if (options_.keep_raw) keep_raw(entry, place, row);
  take_extras();
}

/// A list is an entry, and so is each list within it; its key is as long as it is deep.
void Walk::references(Node node, std::size_t place, const Mapping& row, unsigned levels, Str key) {
  if (levels == 0) return keep(node);
  decoder_.inspect(node);
  Links links = decoder_.references(node);
  Node inner = node;
  const bool holds_lists = child_named(node, name_id("ReferenceList"), inner) != nullptr;
  if (links.list.empty() && links.title.empty() && !holds_lists) {
    mark_all(node);
    return take_extras();
  }
  Entry& entry = place_entry(row.field, key, node, links);
  if (options_.keep_raw && can_be_given_back()) {
    written_.clear();
    append_compact(written_, node, name_id("ReferenceList"));
    written_.resize(written_.size() - node.end_tag().size());
    encoded_.clear();
    encoder_.begin_references(links);
    if (encoded_ != written_ && !node.end_tag().empty()) entry.raw = record_.arena().copy(written_);
  }
  take_extras();
  for (const Node child : node)
    if (child.name() == name_id("ReferenceList"))
      references(child, place, row, levels - 1, record_.arena().concat({key, "/ReferenceList"}));
}

// ------------------------------------------------------------------------------------------------ when all is read

void Walk::settle_type() {
  const Entry* const terms = first(Field::PublicationType);
  if (form_ != Form::Article || terms == nullptr) return;
  TypesSeen types;
  types.add(std::get<Terms>(terms->value));
  record_.type = types.type(names_journal(record_));
}

/// Until 2003 there was no Journal/Title: the abbreviation is the only title that other formats can have.
void Walk::take_abbreviation_for_title() {
  const Entry* const abbreviation = first(Field::ContainerTitleShort);
  if (form_ != Form::Article || abbreviation == nullptr || first(Field::ContainerTitle) != nullptr) return;
  const Value title = abbreviation->value;
  const Span span = abbreviation->span;
  record_.add(Field::ContainerTitle, title, {}, span);
}

void Walk::take_pii_for_article_number() {
  if (first(Field::Page) != nullptr || first(Field::ArticleNumber) != nullptr || first(Field::Identifier) == nullptr) return;
  for (const Item& item : record_.items()) {
    const Entry* const entry = std::get_if<Entry>(&item);
    if (entry == nullptr || entry->field != Field::Identifier) continue;
    const Identifier& identifier = std::get<Identifiers>(entry->value).list.front();
    if (identifier.scheme != "pii" || !identifier.valid || !looks_like_article_number(identifier.value)) continue;
    const Span span = entry->span;
    record_.add(Field::ArticleNumber, Text{identifier.value}, {}, span);
    return;
  }
}

/// What libxml2 refused, to the record's end.
void Walk::keep_rest() {
  if (!tree_.partial) return;
  const std::uint32_t from = Node(tree_, 0).element().end;
  Extra rest;
  rest.origin = kOrigin;
  rest.key = kRestKey;
  rest.raw = record_.arena().copy(tree_.source.substr(from));
  rest.span = {tree_.offset + from, tree_.offset + tree_.source.size()};
  if (!rest.raw.empty()) record_.add(rest);
}

void Walk::complain() {
  const Findings& findings = decoder_.findings();
  const auto at = [&](const char* place) {
    const std::uint64_t offset = tree_.offset + static_cast<std::uint64_t>(place - tree_.source.data());
    return Span{offset, offset + 1};
  };
  if (findings.unknown_reference != nullptr)
    diagnostics_.error("pubmed/unknown-entity", at(findings.unknown_reference),
                       "\"&\" begins no reference that is known here; it was kept as text");
  if (findings.control != nullptr)
    diagnostics_.error("pubmed/control-character", at(findings.control), "a character that XML does not allow was left out");
  if (findings.escaped_twice != nullptr)
    diagnostics_.warning("pubmed/escaped-twice", at(findings.escaped_twice),
                         "text looks escaped twice (&amp;lt;i&amp;gt;); it was kept as written");
  if (!decoder_.unknown_element().empty())
    diagnostics_.warning("pubmed/unknown-element", decoder_.unknown_element_span(),
                         "no DTD of NLM has the element " + decoder_.unknown_element() + "; it was kept as it is");
}

}  // namespace

Record read_record(const Tree& tree, std::shared_ptr<Arena> arena, const ReadOptions& options, RecordWriter& canonical,
                   DiagnosticSink& diagnostics) {
  Walk walk(tree, std::move(arena), options, diagnostics);
  Record record = walk.read();
  if (!walk.can_be_given_back()) {
    // Raw text would bring back what no XML reader takes.
    for (Item& item : record.items())
      if (Entry* const entry = std::get_if<Entry>(&item)) entry->raw = {};
    return record;
  }
  if (options.keep_layout && !canonical.gives(record, tree.source)) record.layout = record.arena().copy(tree.source);
  return record;
}

}  // namespace bibmill::pubmed

// Writing RIS: strict lines ("TY  - "), one value each, ER always. A record that was RIS gets its own tags in its own order.
#include "writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "bibmill/field_index.h"
#include "bibmill/reflect.h"
#include "bibmill/text/carry.h"
#include "bibmill/text/dates.h"
#include "bibmill/text/json.h"
#include "bibmill/text/notices.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "bibmill/text/whole_titles.h"
#include "layout.h"
#include "profiles.h"
#include "table.h"
#include "values.h"

namespace bibmill::ris {

namespace {

using text::ascii_upper;
using text::equal_ignoring_ascii_case;

/// A tag as it should be written: two characters in capitals. Anything else is no tag.
std::optional<std::array<char, 2>> tag_from(std::string_view key) {
  if (key.size() != 2) return std::nullopt;
  std::array<char, 2> tag{ascii_upper(key[0]), ascii_upper(key[1])};
  for (const char c : tag)
    if (!text::is_ascii_upper(c) && !text::is_ascii_digit(c)) return std::nullopt;
  return tag;
}

/// A line without the blanks that the line grammar looks through.
std::string_view without_blanks(std::string_view line) {
  const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
  return line.substr(begin, line.find_last_not_of(" \t") + 1 - begin);
}

/// JSON with the control characters escaped that JSON allows in strings and a line does not: U+007F to U+009F.
std::string without_controls(std::string_view json) {
  std::string escaped;
  escaped.reserve(json.size());
  for (std::size_t at = 0; at < json.size(); ++at) {
    const auto byte = static_cast<unsigned char>(json[at]);
    const auto next = static_cast<unsigned char>(at + 1 < json.size() ? json[at + 1] : 0);
    if (byte == 0x7F) {
      escaped += "\\u007f";
    } else if (byte == 0xC2 && next >= 0x80 && next < 0xA0) {
      fmt::format_to(std::back_inserter(escaped), "\\u{:04x}", next);
      ++at;
    } else {
      escaped += json[at];
    }
  }
  return escaped;
}

/// The row of PMIDs in AN, which a profile may want elsewhere.
constexpr std::string_view kPmidKey = "AN [pmid]";

/// How records are to be written.
struct Manner {
  const WriteOptions& options;
  const Table& table;
  const Differences& differences;  ///< of the importer
  bool html = false;               ///< rich text in HTML
};

/// Writes one record.
class RecordWriter {
 public:
  RecordWriter(const Manner& manner, const Record& record, Output& output, Ledger& ledger)
      : options_(manner.options),
        table_(manner.table),
        differences_(manner.differences),
        titles_(record, [&](Field field) { return table_.writing_row(record.type, field) != nullptr; }),
        record_(titles_.record()),
        ledger_(ledger),
        out_(output.text),
        is_own_(record.origin == kId),
        outcome_{.parts = {}, .html = manner.html} {
    see_context();
  }

  void write() {
    line("TY", type_name());
    if (is_own_) {
      write_in_own_order();
    } else {
      write_in_row_order();
    }
    write_key();
    titles_.book(ledger_);
    if (options_.carry && text::has_something_to_carry(ledger_.record(), ledger_, kId)) write_carried();
    out_ += "ER  - ";
    out_ += options_.line_end;
  }

 private:
  // ------------------------------------------------------------------------------------------------------------ lines

  void line(std::string_view tag, std::string_view text) {
    // Behind running text a tag that may be none would be read as more of it, unless a blank line stands between.
    const std::uint64_t code = tagged::code(tag);
    if (after_running_text_ && !is_strong(code) && !ends_running_text(code, text)) out_ += options_.line_end;
    out_ += tag;
    out_ += "  - ";
    out_ += text;
    out_ += options_.line_end;
    after_running_text_ = holds_running_text(code);
  }

  void write_key() {
    if (std::exchange(key_is_written_, true)) return;
    const std::string key = one_line(record_.key);
    if (key.empty()) return;
    if (const Difference* const other = differences_.find(Do::KeyAsWell, {}, record_)) {
      line(other->to, key);
      ledger_.supply("citation-label", key);
    }
    line("ID", key);
    if (key != record_.key) ledger_.supply("legal-key", key);
  }

  void write_carried() {
    TextBuffer json;
    text::JsonEmitter emitter(json);
    text::emit_carried(emitter, ledger_.record(), ledger_);
    line("N1", std::string(kCarryLabel) + without_controls(json));
  }

  // ------------------------------------------------------------------------------------------------------------- type

  /// The name as written, as long as it still says the type.
  std::string_view type_name() {
    const std::string_view name = own_type_name();
    const Difference* const other = differences_.find(Do::Type, name, record_);
    if (other == nullptr) return name;
    if (type_of(other->to, genre()) != record_.type) ledger_.merge_type();
    return other->to;
  }

  std::string_view own_type_name() {
    const bool keeps_name = is_own_ && !record_.type_as_written.empty() && !differences_.has(Do::UsualTypes);
    if (keeps_name && type_of(record_.type_as_written, genre()) == record_.type) return record_.type_as_written;
    const std::string_view name = name_of_type(record_.type);
    if (is_own_ && record_.type_as_written.empty()) ledger_.supply("type", name);
    const std::string_view genre_written = record_.type == Type::Article && genre().empty() ? kPreprint : genre();
    if (type_of(name, genre_written) != record_.type) ledger_.merge_type();
    return name;
  }

  Str genre() const {
    const RichText* const genre = record_.get<Field::Genre>();
    return genre == nullptr ? Str{} : genre->text();
  }

  void see_context() {
    for_each_entry(record_, [&](const Entry& entry) {
      if (entry.field == Field::Archive) context_.see_provider(text_of(entry), true);
      if (entry.field == Field::Source) context_.see_provider(text_of(entry), false);
      if (entry.field == Field::Archive) see_producer("DB", text_of(entry));
      if (entry.field == Field::ArchiveLocation) see_producer("AN", text_of(entry));
      if (entry.field == Field::Url) see_producer("UR", std::get<Text>(entry.value).value);
      if (entry.field == Field::Page) context_.has_last_page = context_.has_last_page || has_last_page(entry);
    });
    // A manager that passed the record on says so where no field is.
    if (!is_own_ || names_of(context_.by) == NameOrder::Bodies) return;
    for (const Item& item : record_.items())
      if (const Extra* const extra = std::get_if<Extra>(&item)) see_producer(extra->key, extra->raw);
  }

  /// Whom a reader will take for the producer, whose notation of names it will then use.
  void see_producer(std::string_view tag, std::string_view text) { context_.by = std::min(context_.by, producer_of(tag, text)); }

  static Str text_of(const Entry& entry) { return std::get<RichText>(entry.value).text(); }
  static bool has_last_page(const Entry& entry) {
    const Pages& pages = std::get<Pages>(entry.value);
    return std::any_of(pages.ranges.begin(), pages.ranges.end(), [](const PageRange& range) { return !range.last.empty(); });
  }

  // -------------------------------------------------------------------------------------------------------- own records

  void write_in_own_order() {
    // What steps added has no tag yet, and stands behind the rest.
    for (std::size_t at = 0; at < record_.items().size(); ++at) {
      const Item& item = record_.items()[at];
      if (const Entry* const entry = std::get_if<Entry>(&item)) {
        if (is_shown(*entry)) {
          ledger_.book(at);
        } else if (const IndexedRow* const row = own_row(*entry)) {
          write_own(*entry, at, *row);
        } else {
          write_by_row(*entry, at);
        }
      } else {
        write_extra(std::get<Extra>(item), at);
      }
    }
  }

  /// The row by which the entry was read.
  const IndexedRow* own_row(const Entry& entry) const {
    const auto tag = tag_from(entry.key);
    if (!tag) return nullptr;
    const TagId id = kTags.find(std::string_view(tag->data(), tag->size()));
    if (id == kUnknownTag) return nullptr;
    // EDBOOK's authors were read as editors.
    // Citavi's editors of a book stand where others have those of the series; importers want them where they look for them.
    const bool is_citavis = entry.field == Field::Editor && record_.type == Type::Book && options_.profile.empty();
    const bool is_edited_book = entry.field == Field::Editor && equal_ignoring_ascii_case(record_.type_as_written, "EDBOOK");
    if (const IndexedRow* const row = table_.reading_row(record_.type, entry.field, id)) return row;
    if (const IndexedRow* const row = is_citavis ? table_.reading_row(record_.type, Field::CollectionEditor, id) : nullptr) return row;
    return is_edited_book ? table_.reading_row(record_.type, Field::Author, id) : nullptr;
  }

  void write_own(const Entry& entry, std::size_t at, const IndexedRow& row) {
    const auto tag_characters = *tag_from(entry.key);
    const std::string_view tag{tag_characters.data(), tag_characters.size()};
    if (is_left_out(row, tag)) return;
    lines_.clear();
    outcome_.clear();
    if (row.field() == Field::Issued && tag == "DA" && add_date_in_words(std::get<Date>(entry.value))) return flush(at, row);
    if (row.codec() == Codec::Date && add_plain_date(tag, std::get<Date>(entry.value))) return flush(at, row);
    const bool is_labelled = row.field() == Field::Pmid && differences_.find(Do::Tag, row.mapping->key, record_) != nullptr;
    if (!entry.raw.empty() && !is_labelled) {
      add_raw(tag, entry.raw, row.codec());
      return flush(at, row);
    }
    if (const Names* const names = std::get_if<Names>(&entry.value)) {
      write_own_names(tag, *names);
    } else if (row.field() == Field::Isbn) {
      encode(row.codec(), tag, Value(without_shown(std::get<Identifiers>(entry.value))), lines_, outcome_);
    } else if (row.field() == Field::Issued) {
      encode_own_date(tag, entry);
    } else {
      encode(row.codec(), tag, entry.value, lines_, outcome_);
    }
    flush(at, row);
  }

  /// The text of several lines is divided by line feeds: those of a list, or the first page and the last.
  void add_raw(std::string_view tag, std::string_view raw, Codec codec) {
    const bool is_pages = codec == Codec::Pages || codec == Codec::StartPage;
    const bool is_list = gathers(codec) || is_pages;
    if (!is_list) {
      lines_.add(tag, raw);
      lines_.forgive_white_space();
      return;
    }
    for (bool first = true; !raw.empty(); first = false) {
      const std::size_t feed = std::min(raw.find('\n'), raw.size());
      lines_.add(first || !is_pages ? tag : "EP", raw.substr(0, feed));
      raw.remove_prefix(std::min(feed + 1, raw.size()));
    }
  }

  void write_own_names(std::string_view tag, const Names& names) {
    for (const Name& name : names.list) {
      const bool is_written_otherwise = (marks_bodies_ && !name.literal.empty()) || (joins_suffixes_ && !name.suffix.empty());
      if (!name.raw.empty() && !is_written_otherwise && !would_be_a_body(name)) {
        lines_.add(tag, name.raw);
        continue;
      }
      add_name(tag, name);
    }
    if (!names.complete) add_cut_off(tag);
  }

  /// "J. Smith", where what said how the producer writes names is no longer there: an empty line.
  bool would_be_a_body(const Name& name) {
    if (!name.literal.empty() || name.given.empty() || name.raw.find(',') != Str::npos) return false;
    if (!own_producer_) own_producer_ = find_own_producer();
    return names_of(*own_producer_) == NameOrder::Bodies;
  }

  /// Whom a reader of the lines will take for the producer.
  By find_own_producer() {
    std::vector<TaggedText> lines;
    for (const Item& item : record_.items()) {
      const Entry* const entry = std::get_if<Entry>(&item);
      const Str key = entry != nullptr ? entry->key : std::get<Extra>(item).key;
      const Str raw = entry != nullptr ? Str(entry->raw) : std::get<Extra>(item).raw;
      lines.push_back({kTags.find(key), key, raw.empty() && entry != nullptr ? scratch_.copy(visible_text(*entry)) : raw, {}});
    }
    return producer_of(lines);
  }

  void add_cut_off(std::string_view tag) {
    Names cut_off;
    cut_off.complete = false;
    encode(Codec::Names, tag, Value(cut_off), lines_, outcome_);
  }

  /// A name as its readers will take it for what it is. A body that they would take for a person gets a comma at its end, which says what it is.
  void add_name(std::string_view tag, Name name) {
    const bool is_marked = !name.literal.empty() && (marks_bodies_ || reads_as_person(name.literal, names_of(context_.by)));
    if (joins_suffixes_ && !name.suffix.empty() && !name.given.empty()) {
      name.given = scratch_.concat({name.given, " ", name.suffix});
      name.suffix = {};
      outcome_.narrow("division of names");
    }
    Names one;
    one.list.push_back(scratch_, name);
    const std::size_t before = lines_.lines().size();
    encode(Codec::Names, tag, Value(one), lines_, outcome_);
    if (is_marked && lines_.lines().size() > before) lines_.extend(",");
  }

  void encode_names(const IndexedRow& row, std::string_view tag, const Entry& entry) {
    if (!marks_bodies_ && !joins_suffixes_ && names_of(context_.by) == NameOrder::Bodies) return encode(row.codec(), tag, entry.value, lines_, outcome_);
    const Names& names = std::get<Names>(entry.value);
    for (const Name& name : names.list) add_name(tag, name);
    if (!names.complete) add_cut_off(tag);
  }

  /// PY has the year alone, if another tag has the rest.
  void encode_own_date(std::string_view tag, const Entry& entry) {
    const Date& date = std::get<Date>(entry.value);
    if (tag == "PY" && !entry.same_as && !has_fuller_date(entry)) return encode_date_of_another(date);
    encode(Codec::Issued, tag, entry.value, lines_, outcome_);
    if (tag == "PY") outcome_.clear();
  }

  bool has_fuller_date(const Entry& of) const {
    bool found = false;
    for_each_entry(record_, [&](const Entry& entry) {
      found = found || (&entry != &of && entry.field == Field::Issued && !equal_ignoring_ascii_case(entry.key, "PY"));
    });
    return found;
  }

  /// Whether the text of another line shows the value: a DOI in UR, an ISBN in a line of ISSNs, the type INPR.
  bool is_shown(const Entry& entry) const {
    if (entry.key == "TY") return entry.field == Field::Status && equal_ignoring_ascii_case(record_.type_as_written, "INPR") && text_of(entry) == kInPress;
    if (entry.field == Field::Isbn) {
      const Identifiers& all = std::get<Identifiers>(entry.value);
      return !entry.key.empty() && !all.list.empty() && without_shown(all).list.empty();
    }
    if (entry.field == Field::Language) return is_further_language(entry);
    if (entry.field != Field::Doi && entry.field != Field::Pmid && entry.field != Field::Pmcid) return false;
    if (entry.same_as) return false;
    const bool may_hide = std::any_of(std::begin(kHidden), std::end(kHidden), [&](const Hidden& hidden) {
      return hidden.field == entry.field && equal_ignoring_ascii_case(hidden.tag, entry.key);
    });
    if (!may_hide) return false;
    const Identifiers& identifiers = std::get<Identifiers>(entry.value);
    return identifiers.list.size() == 1 && shows(entry, identifiers.list[0]);
  }

  /// "Spanish", where a line says "English; Spanish".
  bool is_further_language(const Entry& further) const {
    if (!further.raw.empty() || further.key.empty()) return false;
    bool found = false;
    for_each_entry(record_, [&](const Entry& entry) {
      if (&entry == &further || entry.field != Field::Language || entry.raw.empty() || entry.key != further.key || entry.span != further.span) return;
      const std::vector<std::string_view> languages = several_languages(entry.raw);
      found = found || std::find(languages.begin(), languages.end(), std::get<Text>(further.value).value) != languages.end();
    });
    return found;
  }

  bool shows(const Entry& hidden, const Identifier& identifier) const {
    bool found = false;
    for_each_entry(record_, [&](const Entry& entry) {
      if (found || &entry == &hidden || entry.key != hidden.key) return;
      Context anywhere;
      anywhere.pubmed = true;
      const std::string text = visible_text(entry);
      Value value = Identifiers{};
      Arena arena;
      for (const Hidden& row : kHidden) {
        if (row.field != hidden.field || !equal_ignoring_ascii_case(row.tag, hidden.key)) continue;
        found = !text.empty() && decode(row.codec, arena, text, {}, anywhere, value) && std::get<Identifiers>(value).list[0].value == identifier.value;
      }
    });
    return found;
  }

  static std::string visible_text(const Entry& entry) {
    if (const Text* const text = std::get_if<Text>(&entry.value)) return std::string(text->value);
    if (const RichText* const rich = std::get_if<RichText>(&entry.value)) return text::plain_text(*rich);
    return {};
  }

  /// The ISBNs that no line of ISSNs holds as well.
  Identifiers without_shown(const Identifiers& identifiers) const {
    Identifiers rest;
    for (const Identifier& identifier : identifiers.list) {
      bool shown = false;
      for_each_entry(record_, [&](const Entry& entry) {
        shown = shown || (entry.field == Field::Issn && Str(entry.raw).find(identifier.value) != Str::npos);
      });
      if (!shown) rest.list.push_back(scratch_, identifier);
    }
    return rest;
  }

  void write_extra(const Extra& extra, std::size_t at) {
    if (extra.origin != kId) return;
    const auto characters = tag_from(extra.key);
    const std::string_view tag = characters ? std::string_view(characters->data(), characters->size()) : std::string_view{};
    const std::string text = one_line(extra.raw);
    // The first ID is the key.
    if (tag == "ID") write_key();
    // Text without a tag, in front of all tags or behind ER: it has no place but a note.
    const bool delimits = tag.empty() || tag == "TY" || tag == "ER";
    if (text.empty()) return ledger_.book(at);
    line(delimits ? "N1" : tag, text);
    ledger_.book(at);
    if (text != extra.raw) ledger_.narrow(at, "white space");
  }

  // ------------------------------------------------------------------------------------------------------ other records

  void write_in_row_order() {
    // The items of each field, in order.
    constexpr std::uint32_t kNone = ~std::uint32_t{0};
    std::array<std::uint32_t, kFieldCount> first;
    first.fill(kNone);
    next_.assign(record_.items().size(), kNone);
    for (std::size_t back = record_.items().size(); back > 0; --back) {
      const Entry* const entry = std::get_if<Entry>(&record_.items()[back - 1]);
      if (entry == nullptr || entry->same_as) continue;
      std::uint32_t& head = first[static_cast<std::size_t>(entry->field)];
      next_[back - 1] = head;
      head = static_cast<std::uint32_t>(back - 1);
    }
    for (const IndexedRow* const row : table_.writing(record_.type)) {
      if (row->field() == Field::Genre) write_genre_of_preprint();
      for (std::uint32_t at = first[static_cast<std::size_t>(row->field())]; at != kNone; at = next_[at])
        write_entry(std::get<Entry>(record_.items()[at]), at, *row);
    }
  }

  void write_by_row(const Entry& entry, std::size_t at) {
    if (const IndexedRow* const row = table_.writing_row(record_.type, entry.field)) write_entry(entry, at, *row);
  }

  void write_genre_of_preprint() {
    if (record_.type != Type::Article || !genre().empty()) return;
    line("M3", kPreprint);
    ledger_.supply("genre", kPreprint);
  }

  void write_entry(const Entry& entry, std::size_t at, const IndexedRow& row) {
    lines_.clear();
    outcome_.clear();
    const Elsewhere* const elsewhere_ = elsewhere(context_.by, record_.type, row.mapping->key);
    const std::string_view tag = elsewhere_ != nullptr ? elsewhere_->instead : tag_of(row.mapping->key);
    if (is_left_out(row, tag)) return;
    switch (row.codec()) {
      case Codec::Issued: encode_date_of_another(std::get<Date>(entry.value)); break;
      case Codec::Headings: encode_new_keywords(tag, std::get<Headings>(entry.value)); break;
      case Codec::Notice: encode_notice(tag, entry); break;
      case Codec::Issn: encode(row.codec(), tag, Value(one_medium(of_one_kind(std::get<Identifiers>(entry.value), Field::Isbn, Codec::Isbn))), lines_, outcome_); break;
      case Codec::Isbn: encode(row.codec(), tag, Value(of_one_kind(std::get<Identifiers>(entry.value), Field::Issn, Codec::Issn)), lines_, outcome_); break;
      case Codec::Names: encode_names(row, tag, entry); break;
      case Codec::Reviewed:
        encode_names(row, tag, entry);
        keep_readable(row.codec());
        break;
      case Codec::Date:
        if (!add_plain_date(tag, std::get<Date>(entry.value))) encode(row.codec(), tag, entry.value, lines_, outcome_);
        break;
      case Codec::State:
        if (!has(Field::Issued) && means_state(text_of(entry))) encode(row.codec(), tag, entry.value, lines_, outcome_);
        break;
      case Codec::Pmid: encode_pmid(std::get<Identifiers>(entry.value)); break;
      case Codec::Arxiv:
        if (is_said_by_the_archive(std::get<Identifiers>(entry.value))) return ledger_.book(at);
        encode_arxiv(std::get<Identifiers>(entry.value));
        break;
      case Codec::File: encode(row.codec(), tag_for_file(std::get<Text>(entry.value).value), entry.value, lines_, outcome_); break;
      case Codec::NamesAsText:
        if (!has(Field::Publisher)) encode(row.codec(), tag, entry.value, lines_, outcome_);
        break;
      default: encode(row.codec(), tag, entry.value, lines_, outcome_); break;
    }
    if (lines_.empty() || !has_its_place(entry, row)) return;
    if (would_be_misread(row, tag)) outcome_.narrow("exact meaning");
    if (row.codec() == Codec::Headings) mix_with(Field::Keyword, "difference from subject headings");
    if (row.codec() == Codec::Notice) mix_with(Field::Note, "difference from a notice of retraction");
    flush(at, row);
  }

  /// Some tags mean another field if a companion is missing.
  bool has_its_place(const Entry& entry, const IndexedRow& row) {
    switch (entry.field) {
      // T2 alone is the proceedings.
      case Field::EventTitle: return record_.type != Type::PaperConference || has(Field::ContainerTitle);
      // A work in several volumes stands where a series would.
      case Field::MainTitle:
        outcome_.narrow("exact meaning");
        return !has(Field::CollectionTitle);
      // SP alone counts the pages of a book.
      case Field::Page: return !kBound.has(record_.type) || has_last_page(entry);
      case Field::NumberOfPages: return !kBound.has(record_.type) || !context_.has_last_page;
      case Field::ContainerTitleShort:
        // Alone, an abbreviation is a periodical's title.
        if (!has(Field::ContainerTitle) && table_.reading_row(record_.type, Field::ContainerTitle, kTags.find("J2")) != nullptr) outcome_.narrow("exact meaning");
        return true;
      // A film's authors stand among its directors.
      case Field::Author:
        if (row.mapping->way == Way::WriteOnly) outcome_.narrow("exact role");
        return true;
      case Field::Director:
        if (has(Field::Author)) outcome_.narrow("exact role");
        return true;
      default: return true;
    }
  }

  /// Of several lines, those that are read by this codec: the others would be something else, and stand elsewhere the next time.
  void keep_readable(Codec codec) {
    if (lines_.lines().size() < 2) return;
    LineBuffer kept;
    for (const LineBuffer::Line& one : lines_.lines()) {
      Value value = Names{};
      const Str text = scratch_.copy(lines_.text(one));
      if (decode(codec, scratch_, text, {}, context_, value)) kept.add(one.tag, text);
    }
    if (kept.lines().size() == lines_.lines().size()) return;
    outcome_.narrow("names that would be read as something else");
    lines_ = kept;
  }

  /// Whether a row that is asked before this one would take the text for its own, or this one would not.
  bool would_be_misread(const IndexedRow& row, std::string_view tag) {
    if (lines_.lines().size() != 1 || row.codec() == Codec::Headings) return false;
    const TagId id = kTags.find(tag);
    const Str text = lines_.text(lines_.lines().front());
    for (const IndexedRow* const other : table_.reading(record_.type)) {
      const bool is_own = other->field() == row.field();
      if (is_own && (other->codec() != row.codec() || !depends_on_shape(row.codec()))) return false;
      if (!other->reads(id) || !is_choosy(other->codec())) continue;
      Value value = empty_value(other->field());
      const bool takes = decode(other->codec(), scratch_, text, {}, context_, value);
      if (is_own || takes) return takes != is_own;
    }
    return false;
  }

  /// Whether a row of this codec leaves values of its field to the rows behind it.
  static bool depends_on_shape(Codec codec) { return codec == Codec::PageCount || codec == Codec::Reviewed || codec == Codec::SureIsbn || codec == Codec::Url; }

  /// Keywords that descriptors follow, and notes that a notice follows, are no longer a list of their own.
  void mix_with(Field field, std::string_view part) {
    if (mixed_.test(static_cast<std::size_t>(field))) return;
    mixed_.set(static_cast<std::size_t>(field));
    for (std::size_t at = 0; at < record_.items().size(); ++at) {
      const Entry* const entry = std::get_if<Entry>(&record_.items()[at]);
      if (entry != nullptr && entry->field == field && ledger_.is_booked(at)) ledger_.narrow(at, part);
    }
  }

  void encode_notice(std::string_view tag, const Entry& entry) {
    const std::string notice = text::notice_of(entry, record_);
    if (notice.empty()) return;
    lines_.add(tag, one_line(notice));
    outcome_.narrow(entry.field == Field::PublicationType ? "other publication types" : "links to other publications");
  }

  void encode_date_of_another(const Date& date) {
    if (add_years_in_words(date)) return;
    std::string year;
    const Fidelity fidelity = append_year(year, date);
    if (fidelity != Fidelity::Refused) lines_.add("PY", year);
    if (fidelity == Fidelity::Exact) return;
    if (add_date_in_words(date)) return;
    const bool words_only = !date.from.known() && !date.to.known();
    encode(Codec::Issued, words_only ? "PY" : "DA", Value(date), lines_, outcome_);
  }

  /// "May 7", beside the year in PY, where the importer wants it and nothing else is to be said.
  bool add_date_in_words(const Date& date) {
    if (!dates_in_words_ || !date.from.known() || !date.literal.empty() || is_of_years(date)) return false;
    const std::string words = date.is_range() || date.from.month == 0 ? words_beside_the_year(date) : month_and_day(date.from);
    if (words.empty()) return false;
    if (!same_content(decode_date(scratch_, scratch_.copy(words), date.from.year), date)) outcome_.narrow("details");
    lines_.add("DA", words);
    return true;
  }

  static bool is_of_years(const Date& date) { return date.is_range() && date.from.known() && date.to.known() && date.from.year != date.to.year; }

  static std::string month_and_day(const DatePoint& point) {
    std::string words(text::month_name(point.month));
    if (point.day != 0) fmt::format_to(std::back_inserter(words), " {}", point.day);
    return words;
  }

  /// "Nov-Dec", "Summer": as MEDLINE has it behind the year.
  static std::string words_beside_the_year(const Date& date) {
    std::string words;
    text::append_medline_date(words, date);
    const std::string year = fmt::format("{:04} ", date.from.year);
    return words.starts_with(year) ? words.substr(year.size()) : std::string();
  }

  /// "2019-2020" in PY, and what more there is to say in DA.
  bool add_years_in_words(const Date& date) {
    if (!dates_in_words_ || !is_of_years(date)) return false;
    lines_.add("PY", fmt::format("{}-{}", date.from.year, date.to.year));
    std::string words;
    text::append_medline_date(words, date);
    const bool years_only = date.from.month == 0 && date.from.season == 0 && date.to.month == 0 && date.to.season == 0;
    if (!years_only) lines_.add("DA", words);
    outcome_.narrow("details");
    return true;
  }

  /// "2016-05-07", "Summer 2016": a date with its year in one line, without slashes, where the importer prints it as it stands.
  bool add_plain_date(std::string_view tag, const Date& date) {
    if (!dates_in_words_ || !date.from.known() || !date.literal.empty() || date.is_range() || date.from.year < 0) return false;
    const DatePoint& point = date.from;
    std::string words = point.season != 0 ? fmt::format("{} {}", text::season_name(point.season), point.year) : fmt::format("{:04}", point.year);
    if (point.month != 0) fmt::format_to(std::back_inserter(words), "-{:02}", point.month);
    if (point.month != 0 && point.day != 0) fmt::format_to(std::back_inserter(words), "-{:02}", point.day);
    if (!same_content(decode_date(scratch_, scratch_.copy(words)), date)) outcome_.narrow("details");
    lines_.add(tag, words);
    return true;
  }

  void encode_new_keywords(std::string_view tag, const Headings& headings) {
    Headings rest;
    for (const Heading& heading : headings.list) {
      const auto same_descriptor = [&](const Heading& other) { return other.descriptor == heading.descriptor; };
      if (!is_keyword(heading.descriptor) && std::none_of(rest.list.begin(), rest.list.end(), same_descriptor)) rest.list.push_back(scratch_, heading);
    }
    encode(Codec::Headings, tag, Value(rest), lines_, outcome_);
  }

  bool is_keyword(std::string_view descriptor) const {
    bool found = false;
    for_each_entry(record_, [&](const Entry& entry) {
      if (found || entry.field != Field::Keyword) return;
      for (const Keyword& keyword : std::get<Keywords>(entry.value).list) found = found || text::plain_text(keyword.text) == descriptor;
    });
    return found;
  }

  /// Without the serial numbers that would be read as another field's, if the record has that field as well.
  Identifiers of_one_kind(const Identifiers& all, Field other, Codec other_codec) {
    if (!has(other)) return all;
    Identifiers rest;
    for (const Identifier& identifier : all.list) {
      Value value = Identifiers{};
      if (identifier.value.empty() || !decode(other_codec, scratch_, identifier.value, {}, context_, value))
        rest.list.push_back(scratch_, identifier);
      else
        outcome_.narrow("numbers of another kind");
    }
    return rest;
  }

  /// Of ISSNs that are told apart, the first of print, electronic, linking; all of others.
  Identifiers one_medium(const Identifiers& all) {
    for (const std::string_view medium : {"print", "electronic", "linking"})
      for (const Identifier& identifier : all.list) {
        if (!equal_ignoring_ascii_case(identifier.qualifier, medium)) continue;
        Identifiers one;
        one.list.push_back(scratch_, identifier);
        if (all.list.size() > 1) outcome_.narrow("further ISSNs");
        return one;
      }
    return all;
  }

  /// AN is a PMID if DB says PubMed; where AN is another database's, C2 takes it.
  void encode_pmid(const Identifiers& pmids) {
    const bool is_labelled = differences_.find(Do::Tag, kPmidKey, record_) != nullptr;
    const bool an_is_free = !has(Field::ArchiveLocation);
    if (is_labelled || (an_is_free && context_.pubmed)) return encode(Codec::Pmid, "AN", Value(pmids), lines_, outcome_);
    if (an_is_free && !has(Field::Archive)) {
      encode(Codec::Pmid, "AN", Value(pmids), lines_, outcome_);
      lines_.add("DB", kPubMedNames[0]);
      ledger_.supply("archive", kPubMedNames[0]);
      return;
    }
    const bool c2_is_free = (kJournal | kConference).has(record_.type) && !has(Field::Pmcid);
    const bool fits = pmids.list.size() == 1 && reads_as_pmid_in_c2(pmids.list[0].value);
    if (c2_is_free && fits) encode(Codec::PmidInC2, "C2", Value(pmids), lines_, outcome_);
  }

  /// arXiv as the archive, and the number as the place in it, read as the identifier.
  bool is_said_by_the_archive(const Identifiers& identifiers) const {
    const RichText* const place = context_.arxiv ? record_.get<Field::ArchiveLocation>() : nullptr;
    if (place == nullptr || !place->plain() || identifiers.list.size() != 1) return false;
    const Identifier& one = identifiers.list[0];
    return one.scheme == "arxiv" && one.value == place->text() && one.version.empty() && one.qualifier.empty() && one.valid;
  }

  void encode_arxiv(const Identifiers& identifiers) {
    const bool an_is_free = !has(Field::ArchiveLocation) && !has(Field::Pmid);
    if (!an_is_free || (has(Field::Archive) && !context_.arxiv)) return;
    encode(Codec::Arxiv, "AN", Value(identifiers), lines_, outcome_);
    if (lines_.empty() || context_.arxiv) return;
    lines_.add("DB", "arXiv");
    ledger_.supply("archive", "arXiv");
  }

  // ------------------------------------------------------------------------------------------------------- differences

  /// A row of the profile for what the mapping writes under the tag: for the mapping alone, or for the tag.
  const Difference* difference(Do does, const IndexedRow& row, std::string_view tag) const {
    const Difference* const own = differences_.find(does, row.mapping->key, record_);
    return own != nullptr || tag == row.mapping->key ? own : differences_.find(does, tag, record_);
  }

  bool is_left_out(const IndexedRow& row, std::string_view tag) const { return difference(Do::LeaveOut, row, tag) != nullptr; }

  void flush(std::size_t at, const IndexedRow& row) {
    if (lines_.lost_white_space()) outcome_.narrow("white space");
    for (const LineBuffer::Line& one : lines_.lines()) {
      if (says_nothing(one.tag, lines_.text(one))) outcome_.narrow("a text that others write where there is none");
      note_shown(one);
      write_line(one, row);
    }
    if (lines_.empty()) return;
    ledger_.book(at, Fidelity::Exact);
    if (outcome_.altered) ledger_.alter(at);
    for (const std::string_view part : outcome_.parts) ledger_.narrow(at, part);
  }

  /// An address or a note may show an identifier that the record does not have: it will be read.
  void note_shown(const LineBuffer::Line& one) {
    const Str text = lines_.text(one);
    for (const Hidden& hidden : kHidden) {
      const std::string_view sign = hidden.field == Field::Pmcid ? "PMC" : "10.";
      if (hidden.tag != one.tag || hidden.codec == Codec::Pmid || has(hidden.field) || text.find(sign) == Str::npos) continue;
      Value value = Identifiers{};
      if (decode(hidden.codec, scratch_, text, {}, context_, value)) ledger_.supply(name_of(hidden.field), std::get<Identifiers>(value).list.front().value);
    }
  }

  void write_line(const LineBuffer::Line& one, const IndexedRow& row) {
    const Difference* const other = difference(Do::Tag, row, one.tag);
    if (other == nullptr) return line(one.tag, lines_.text(one));
    if (table_.reading_row(record_.type, row.field(), kTags.find(other->to)) == nullptr) outcome_.narrow("exact meaning");
    line(other->to, std::string(other->label).append(lines_.text(one)));
  }

  bool has(Field field) const { return fields_.test(static_cast<std::size_t>(field)); }

  const WriteOptions& options_;
  const Table& table_;
  const Differences& differences_;
  const text::WholeTitles titles_;
  const Record& record_;
  const FieldSet fields_ = fields_of(record_);  // asked for each of its entries, of which there may be many
  Ledger& ledger_;
  std::string& out_;
  const bool is_own_;
  const bool marks_bodies_ = differences_.has(Do::MarkBodies);
  const bool joins_suffixes_ = differences_.has(Do::SuffixInGiven);
  const bool dates_in_words_ = differences_.has(Do::DatesInWords);
  FieldSet mixed_;  // fields for which that has been seen to: what mixes with them comes behind all of them
  std::optional<By> own_producer_;
  bool key_is_written_ = false;
  bool after_running_text_ = false;
  Context context_;
  LineBuffer lines_;
  Outcome outcome_;
  std::vector<std::uint32_t> next_;
  mutable Arena scratch_;
};

class RisWriter final : public Writer {
 public:
  RisWriter(const WriteOptions& options, std::span<const Mapping> rows)
      : options_(options),
        differences_(options.profile),
        html_(options.settings.value("rich-text", differences_.has(Do::Html) ? "html" : "plain") == "html"),
        own_table_(rows.data() == kMappings.data() && rows.size() == kMappings.size() ? nullptr : std::make_unique<Table>(rows)) {}

  void begin(Output& output) override {
    if (options_.settings.has("bom")) output.text += "\xEF\xBB\xBF";
  }

  void write(const Record& record, Output& output, Ledger& ledger) override {
    const bool has_layout = keeps_layout() && record.origin == kId && !record.layout.empty();
    if (has_layout) return write_as_it_stood(record, output, ledger);
    if (keeps_layout()) output.text += options_.line_end;
    write_canonical(options_, record, output, ledger);
  }

  /// Other text of a RIS file goes back between its records, where importers pass it over.
  bool between(const Extra& extra, Output& output) override {
    if (extra.origin != kId) return false;
    if (keeps_layout()) {
      output.text += extra.raw;
      return true;
    }
    // As they stand, controls and all: without them a line might be one of RIS.
    for (std::string_view rest = extra.raw; !rest.empty();) {
      const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
      const std::string_view line = without_blanks(rest.substr(0, end));
      if (!line.empty()) (output.text += line) += options_.line_end;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return true;
  }

  std::string_view separator() const override { return keeps_layout() ? std::string_view{} : std::string_view(options_.line_end); }

 private:
  bool keeps_layout() const { return options_.layout == Layout::Source; }

  void write_canonical(const WriteOptions& options, const Record& record, Output& output, Ledger& ledger) const {
    RecordWriter({options, own_table_ ? *own_table_ : full_table(), differences_, html_}, record, output, ledger).write();
  }

  void write_as_it_stood(const Record& record, Output& output, Ledger& ledger) const {
    if (is_frame(record.layout)) {
      Output canonical;
      write_canonical(WriteOptions{}, record, canonical, ledger);
      output.text += fill(record.layout, canonical.text);
    } else {
      output.text += record.layout;
    }
    for (std::size_t at = 0; at < record.items().size(); ++at) ledger.book(at);
  }

  WriteOptions options_;
  Differences differences_;
  bool html_;
  std::unique_ptr<Table> own_table_;  // of the rows that a test passes
};

}  // namespace

std::unique_ptr<Writer> make_writer(const WriteOptions& options, std::span<const Mapping> rows) { return std::make_unique<RisWriter>(options, rows); }

}  // namespace bibmill::ris

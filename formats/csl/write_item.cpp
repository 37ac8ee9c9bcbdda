// From a record to an item.
//
// A record that was read from the same format gives its members in their own order, with raw texts where there are any. Any other gives them in the order of
// the table, one member per slot, whose fields are joined as the codecs of their rows say.
#include <algorithm>
#include <array>
#include <set>

#include "bibmill/csl/item.h"
#include "bibmill/reflect.h"
#include "bibmill/text/carry.h"
#include "bibmill/text/json.h"
#include "bibmill/text/rich_text.h"
#include "values.h"

namespace bibmill::csl {

using text::Member;
using text::Node;

std::vector<Slot> slots_of(std::span<const Mapping> rows) {
  std::vector<Slot> slots;
  for (const Mapping& row : rows) {
    if (!row.writes()) continue;
    if (slots.empty() || slots.back().key != row.key) slots.push_back({row.key, {}});
    slots.back().rows.push_back(&row);
  }
  return slots;
}

namespace {

constexpr std::string_view kJoined = "division into parts";

/// An entry that wants to go out under a member, by its row.
struct Part {
  std::size_t index;
  const Entry* entry;
  const Mapping* row;
};

/// Where the entries of each field are.
class FieldIndex {
 public:
  explicit FieldIndex(const Record& record) : record_(record) {
    first_.fill(kNone);
    const List<Item>& items = record.items();
    for (std::size_t at = items.size(); at-- > 0;)
      if (const Entry* const entry = std::get_if<Entry>(&items[at])) first_[static_cast<std::size_t>(entry->field)] = at;
  }

  bool has(Field field) const { return first_[static_cast<std::size_t>(field)] != kNone; }

  template <class Visit>
  void for_each(Field field, Visit&& visit) const {
    for (std::size_t at = first_[static_cast<std::size_t>(field)]; at < record_.items().size(); ++at)
      if (const Entry* const entry = std::get_if<Entry>(&record_.items()[at]);
          entry != nullptr && entry->field == field && !entry->same_as)
        visit(at, *entry);
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  const Record& record_;
  std::array<std::size_t, kFieldCount> first_;
};

class OneItem {
 public:
  OneItem(const Record& record, text::Emitter& emitter, Ledger& ledger, std::span<const Mapping> rows,
          const std::vector<Slot>& slots, const Dialect& dialect, const ItemWriter::Options& options)
      : record_(record),
        emitter_(emitter),
        ledger_(ledger),
        rows_(rows),
        slots_(slots),
        dialect_(dialect),
        options_(options),
        values_(emitter, dialect),
        fields_(record),
        own_(record.origin == dialect.origin) {}

  void write() {
    emitter_.begin_map();
    write_key();
    write_type();
    if (own_) write_own_items();
    write_slots();
    write_custom();
    emitter_.end_map();
  }

 private:
  // ----------------------------------------------------------------------------------------------------------------- head

  void write_key() {
    emitter_.key(kId);
    if (own_ && !record_.key_raw.empty()) {
      emit_raw(emitter_, record_.key_raw);
    } else if (record_.key.empty()) {
      ledger_.supply("key", "");
      options_.write_missing_key();
    } else {
      values_.under({});
      values_.write_plain(record_.key);  // pandoc passes over items whose id is a number
    }
  }

  void write_type() {
    emitter_.key(kType);
    const bool still =
        !record_.type_as_written.empty() && type_named(record_.type_as_written).value_or(Type::Document) == record_.type;
    if (own_ && record_.type_as_written.empty()) ledger_.supply("type", name_of(record_.type));
    emitter_.text(own_ && still ? record_.type_as_written : name_of(record_.type));
  }

  // ------------------------------------------------------------------------------------------------------- in their own order

  const Mapping* row_for(std::string_view key, Field field) const {
    const Mapping* const known = reading_row(key);
    if (known == nullptr) return nullptr;
    for (const Mapping& row : rows_)
      if (row.reads() && row.key == known->key)
        return row.field == field || (row.field == Field::Number && field == Field::Identifier) ? &row : nullptr;
    return nullptr;
  }

  void write_own_items() {
    for (std::size_t at = 0; at < record_.items().size(); ++at) {
      const Item& item = record_.items()[at];
      if (const Entry* const entry = std::get_if<Entry>(&item))
        write_own_entry(at, *entry);
      else
        write_own_extra(at, std::get<Extra>(item));
    }
  }

  bool may_write(std::string_view key) { return written_.insert(key).second || dialect_.repeated_members; }

  void write_own_entry(std::size_t at, const Entry& entry) {
    const Mapping* const row = entry.key.empty() ? nullptr : row_for(entry.key, entry.field);
    if (row == nullptr || !may_write(entry.key)) return;
    if (!entry.raw.empty()) {
      emitter_.key(entry.key);
      emit_raw(emitter_, entry.raw);
      ledger_.book(at);
      return;
    }
    values_.under(entry.key);
    if (values_.write(entry, *row)) book(at);
  }

  void write_own_extra(std::size_t at, const Extra& extra) {
    if (extra.origin != dialect_.origin) return;
    if (extra.key.empty()) {
      if (options_.write_comment(extra.raw)) ledger_.book(at);
      return;
    }
    if (extra.key == kCustom && !written_.contains(kCustom) && extra.raw.starts_with('{')) {
      written_.insert(kCustom);
      custom_ = &extra;  // may have to share its place with what is carried
      ledger_.book(at);
      return;
    }
    if (extra.key == kId || extra.key == kType) {
      if (!dialect_.repeated_members) return;
    } else if (!may_write(extra.key)) {
      return;
    }
    emitter_.key(extra.key);
    emit_raw(emitter_, extra.raw);
    ledger_.book(at);
  }

  // ------------------------------------------------------------------------------------------------------ in the table's order

  void write_slots() {
    for (const Slot& slot : slots_) {
      if (own_ && is_taken(slot)) continue;
      gather(slot);
      if (parts_.empty()) continue;
      values_.under(slot.key);
      write_slot();
    }
  }

  /// An own record has written this member, under one of its names.
  bool is_taken(const Slot& slot) const {
    if (written_.contains(slot.key)) return true;
    for (const std::string_view key : written_)
      if (const Mapping* const row = reading_row(key); row != nullptr && row->key == slot.key) return true;
    return false;
  }

  void gather(const Slot& slot) {
    parts_.clear();
    for (const Mapping* const row : slot.rows)
      if (fields_.has(row->field) && row->applies_to(record_.type))
        fields_.for_each(row->field, [&](std::size_t at, const Entry& entry) {
          if (!ledger_.is_booked(at)) parts_.push_back({at, &entry, row});
        });
  }

  void book(std::size_t at) {
    ledger_.book(at);
    for (const std::string_view part : values_.narrowed()) ledger_.narrow(at, part);
  }

  void write_slot() {
    switch (codec_of(*parts_.front().row)) {
      case Codec::Rich:
      case Codec::Subtitle:
      case Codec::Addon:
      case Codec::Listed:
      case Codec::OwnedNote:
      case Codec::NamesAsText:
      case Codec::Retraction: write_texts(); return;
      case Codec::Number:
      case Codec::Issue:
      case Codec::Part: write_numbers(); return;
      case Codec::Keywords:
      case Codec::Headings: write_keywords(); return;
      case Codec::Language:
        write_first();
        narrow_rest("further languages");
        return;
      default: write_first();
    }
  }

  /// The first that has anything to show; the others are lost.
  bool write_first() {
    for (const Part& part : parts_) {
      if (!values_.write(*part.entry, *part.row)) continue;
      book(part.index);
      if (part.row->field == Field::Identifier) note_arxiv(part);
      return true;
    }
    return false;
  }

  void narrow_rest(std::string_view what) {
    for (const Part& part : parts_)
      if (ledger_.is_booked(part.index) && parts_.size() > 1) ledger_.narrow(part.index, what);
  }

  // ------------------------------------------------------------------------------------------------------------------- texts

  /// What an entry adds to a text, and how it joins.
  RichText text_of(const Part& part) {
    switch (codec_of(*part.row)) {
      case Codec::OwnedNote: return std::get<OwnedNote>(part.entry->value).text;
      case Codec::Retraction: return RichText::of(scratch_, retraction_of(std::get<Links>(part.entry->value)));
      case Codec::NamesAsText: {
        TreeBuilder tree(scratch_);
        ValueWriter values(tree, kPlainDialect);
        return values.write(*part.entry, *part.row) ? RichText::of(scratch_, tree.root().text) : RichText{};
      }
      default: return std::get<RichText>(part.entry->value);
    }
  }

  static constexpr Dialect kPlainDialect{};

  RichText joined(const RichText& all, const RichText& next, const Mapping& row) {
    if (all.empty()) return next;
    switch (codec_of(row)) {
      case Codec::Subtitle: return text::join_title(scratch_, all, next);
      case Codec::Addon:
      case Codec::OwnedNote: return text::join_addon(scratch_, all, next);
      case Codec::Rich:
        if (row.field == Field::Note) return text::join_addon(scratch_, all, next);
        break;
      default: break;
    }
    return text::concatenate(scratch_, {all, next}, "; ");
  }

  /// Several entries of one field are joined where that makes sense (publishers, places, notes); otherwise the first one counts.
  static bool joins_its_like(Field field) {
    return field == Field::Publisher || field == Field::PublisherPlace || field == Field::Note || field == Field::Addendum ||
           field == Field::GeneralNote || field == Field::HowPublished || field == Field::Archive;
  }

  void write_texts() {
    if (fields_.has(Field::MainTitle)) swap_main_title();
    RichText all;
    std::vector<const Part*> used;
    for (const Part& part : parts_) {
      const bool repeats = !used.empty() && used.back()->row == part.row;
      if (repeats && !joins_its_like(part.row->field)) continue;
      if (!used.empty() && codec_of(*part.row) == Codec::Rich && !repeats) break;  // another text altogether
      const RichText next = text_of(part);
      if (next.empty()) continue;
      all = joined(all, next, *part.row);
      used.push_back(&part);
    }
    if (used.empty()) return;
    if (used.size() == 1 && codec_of(*used[0]->row) == Codec::Rich) {
      if (!values_.write(*used[0]->entry, *used[0]->row)) return;
    } else {
      values_.forget();
      if (!values_.write_rich(all)) return;
    }
    for (const Part* const part : used) {
      book(part->index);
      if (used.size() > 1)
        ledger_.narrow(part->index, kJoined);
      else if (!part->row->reads())
        ledger_.narrow(part->index, narrowing_of(*part));
    }
  }

  /// What stays behind of an entry that stands alone under a member that reads back as another field.
  static std::string_view narrowing_of(const Part& part) {
    switch (codec_of(*part.row)) {
      case Codec::Retraction: return "links to other publications";
      case Codec::OwnedNote: return "owner";
      case Codec::NamesAsText: return "division into names";
      default: return "separate place";
    }
  }

  /// Of a work in several volumes, the work is the container and the container its volume.
  void swap_main_title() {
    const auto is_main = [](const Part& part) {
      return part.row->field == Field::MainTitle || part.row->field == Field::MainSubtitle ||
             part.row->field == Field::MainTitleAddon;
    };
    const auto main = std::find_if(parts_.begin(), parts_.end(), is_main);
    if (main == parts_.end()) return;
    displaced_.assign(parts_.begin(), main);
    parts_.erase(parts_.begin(), main);
  }

  // ----------------------------------------------------------------------------------------------------------------- numbers

  void write_numbers() {
    const Part& first = parts_.front();
    if (first.row->field == Field::PartNumber && joins_part_to_volume()) return;
    if (first.row->field == Field::Volume && joins_part_to_volume()) return write_volume_and_part(first);
    if (codec_of(*first.row) == Codec::Issue && parts_.size() > 1) return write_issues();
    if (!write_first()) return;
    const Part* const used =
        &*std::find_if(parts_.begin(), parts_.end(), [&](const Part& part) { return ledger_.is_booked(part.index); });
    if (!used->row->reads()) ledger_.narrow(used->index, "separate place");
  }

  bool joins_part_to_volume() const { return !comes_from_csl() && fields_.has(Field::Volume) && fields_.has(Field::PartNumber); }
  bool comes_from_csl() const { return record_.origin == "csljson" || record_.origin == "yaml"; }

  void write_volume_and_part(const Part& volume) {
    std::string both(std::get<Text>(volume.entry->value).value);
    values_.forget();
    std::vector<std::size_t> used{volume.index};
    fields_.for_each(Field::PartNumber, [&](std::size_t at, const Entry& part) {
      if (used.size() > 1) return;
      both += '.';
      both += std::get<Text>(part.value).value;
      used.push_back(at);
    });
    if (!values_.write_plain(both)) return;
    for (const std::size_t at : used) {
      book(at);
      ledger_.narrow(at, kJoined);
    }
  }

  void write_issues() {
    std::string all;
    for (const Part& part : parts_) {
      if (!all.empty()) all += ", ";
      all += std::get<Text>(part.entry->value).value;
    }
    values_.forget();
    if (!values_.write_plain(all)) return;
    for (const Part& part : parts_) {
      book(part.index);
      ledger_.narrow(part.index, kJoined);
    }
  }

  /// Only of a preprint is the number read as its identifier; that it is at arXiv CSL says by the publisher.
  void note_arxiv(const Part& part) {
    if (record_.type != Type::Article) ledger_.narrow(part.index, "separate place");
    arxiv_ = true;
  }

  // ---------------------------------------------------------------------------------------------------------------- keywords

  void write_keywords() {
    if (parts_.size() == 1 && codec_of(*parts_.front().row) == Codec::Keywords) {
      write_first();
      return;
    }
    std::vector<RichText> keywords;
    std::set<std::string> seen;
    const auto add = [&](const RichText& keyword) {
      if (!keyword.empty() && seen.insert(text::plain_text(keyword)).second) keywords.push_back(keyword);
    };
    bool qualified = false;
    for (const Part& part : parts_) {
      if (const Keywords* const list = std::get_if<Keywords>(&part.entry->value))
        for (const Keyword& keyword : list->list) add(keyword.text);
      if (const Headings* const list = std::get_if<Headings>(&part.entry->value))
        for (const Heading& heading : list->list) {
          add(RichText::of(scratch_, heading.descriptor));
          qualified = qualified || !heading.qualifiers.empty() || heading.major || !heading.identifier.empty();
        }
    }
    values_.forget();
    if (!values_.write_keywords(keywords)) return;
    for (const Part& part : parts_) {
      book(part.index);
      const bool heading = codec_of(*part.row) == Codec::Headings;
      ledger_.narrow(part.index, heading ? (qualified ? "qualifiers, main topics and identifiers" : "vocabulary") : "owner");
    }
  }

  // ------------------------------------------------------------------------------------------------------------------ custom

  void write_custom() {
    write_displaced();
    if (arxiv_ && !fields_.has(Field::Publisher) && !own_) {
      emitter_.member("publisher", "arXiv");
      ledger_.supply("publisher", "arXiv");
    }
    const bool carry = options_.carry && text::has_something_to_carry(record_, ledger_, dialect_.origin);
    if (!carry && custom_ == nullptr) return;
    emitter_.key(kCustom);
    if (!carry) {
      emit_raw(emitter_, custom_->raw);
      return;
    }
    emitter_.begin_map();
    if (custom_ != nullptr) {
      DiagnosticList ignored;  // the text is our own
      const Node others = text::parse_json(scratch_, custom_->raw, 0, {.max_depth = 1024, .keep_raw = true}, ignored);
      for (const Member& member : others.members) {
        emitter_.key(member.key);
        emit_raw(emitter_, member.value.raw);
      }
    }
    emitter_.key(text::kCarried);
    text::emit_carried(emitter_, record_, ledger_);
    emitter_.end_map();
  }

  /// The title of the volume, where the title of the whole took its place.
  void write_displaced() {
    if (displaced_.empty() || fields_.has(Field::VolumeTitle) || written_.contains("volume-title")) return;
    RichText all;
    for (const Part& part : displaced_) all = joined(all, text_of(part), *part.row);
    values_.under("volume-title");
    values_.forget();
    if (!values_.write_rich(all)) return;
    for (const Part& part : displaced_) {
      book(part.index);
      ledger_.narrow(part.index, "separate place");
    }
  }

  const Record& record_;
  text::Emitter& emitter_;
  Ledger& ledger_;
  std::span<const Mapping> rows_;
  const std::vector<Slot>& slots_;
  const Dialect& dialect_;
  const ItemWriter::Options& options_;
  ValueWriter values_;
  FieldIndex fields_;
  bool own_;
  bool arxiv_ = false;
  Arena scratch_;
  std::vector<Part> parts_;
  std::vector<Part> displaced_;
  std::set<std::string_view> written_;
  const Extra* custom_ = nullptr;
};

}  // namespace

ItemWriter::ItemWriter(std::span<const Mapping> rows, const Dialect& dialect)
    : rows_(rows), slots_(slots_of(rows)), dialect_(dialect) {}

void ItemWriter::write(const Record& record, text::Emitter& emitter, Ledger& ledger, const Options& options) {
  OneItem(record, emitter, ledger, rows_, slots_, dialect_, options).write();
}

Record write_and_read(const Record& record, const Dialect& dialect) {
  Ledger ledger;
  ledger.open(record);
  TreeBuilder tree(record.arena());
  ItemWriter writer(kVariables, dialect);
  const auto no_key = [&] { tree.text(record.suggested_key); };
  const auto no_comment = [](Str) { return false; };
  writer.write(record, tree, ledger, {.carry = false, .write_missing_key = no_key, .write_comment = no_comment});
  DiagnosticList ignored;
  return read_item(tree.root(), record.shared_arena(), dialect, {}, ignored).record;
}

}  // namespace bibmill::csl

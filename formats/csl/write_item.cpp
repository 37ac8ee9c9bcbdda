// From a record to an item.
//
// A record that was read from the same format gives its members in their own order, with raw texts where there are any. Any other gives them in the order of
// the table, one member per slot, whose fields are joined as the codecs of their rows say.
#include <algorithm>
#include <array>
#include <bit>
#include <bitset>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "bibmill/csl/item.h"
#include "bibmill/field_index.h"
#include "bibmill/reflect.h"
#include "bibmill/text/carry.h"
#include "bibmill/text/json.h"
#include "bibmill/text/notices.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "values.h"

namespace bibmill::csl {

using text::Member;
using text::Node;

namespace {

constexpr std::string_view kJoined = "division into parts";

std::size_t at(Field field) { return static_cast<std::size_t>(field); }

/// The rows that write one member together, and the member's name.
struct Slot {
  std::string_view key;
  std::vector<const Mapping*> rows;
};

std::vector<Slot> slots_of(std::span<const Mapping> rows) {
  std::vector<Slot> slots;
  for (const Mapping& row : rows) {
    if (!row.writes()) continue;
    if (slots.empty() || slots.back().key != row.key) slots.push_back({row.key, {}});
    slots.back().rows.push_back(&row);
  }
  return slots;
}

/// A set of slots, by their numbers.
class SlotSet {
 public:
  void add(std::size_t number) { words_[number / 64] |= std::uint64_t{1} << (number % 64); }
  void add(const SlotSet& others) {
    for (std::size_t at = 0; at < words_.size(); ++at) words_[at] |= others.words_[at];
  }

  template <class Visit>
  void for_each(Visit&& visit) const {
    for (std::size_t at = 0; at < words_.size(); ++at)
      for (std::uint64_t word = words_[at]; word != 0; word &= word - 1) visit(at * 64 + static_cast<std::size_t>(std::countr_zero(word)));
  }

 private:
  std::array<std::uint64_t, (std::size(kVariables) + 63) / 64> words_{};
};

/// An entry that wants to go out under a member, by its row.
struct Part {
  std::size_t index;
  const Entry* entry;
  const Mapping* row;
};

}  // namespace

/// What a writer of items keeps from one to the next: what follows from its rows, and memory.
struct ItemWorkshop {
  ItemWorkshop(std::span<const Mapping> rows, const Dialect& of)
      : slots(slots_of(rows)),
        writes_parts(std::any_of(rows.begin(), rows.end(), [](const Mapping& row) { return row.field == Field::PartNumber && row.writes(); })),
        dialect(of),
        values(dialect) {
    for (std::size_t number = 0; number < std::size(kVariables); ++number) {
      const std::string_view key = kVariables[number].key;
      const auto reads_it = [&](const Mapping& row) { return row.reads() && row.key == key; };
      const auto row = std::find_if(rows.begin(), rows.end(), reads_it);
      own_rows[number] = row == rows.end() ? nullptr : &*row;
      const auto slot = std::find_if(slots.begin(), slots.end(), [&](const Slot& one) { return one.key == key; });
      slot_numbers[number] = static_cast<std::size_t>(slot - slots.begin());
    }
    for (std::size_t number = 0; number < slots.size(); ++number)
      for (const Mapping* const row : slots[number].rows) slots_of_field[at(row->field)].add(number);
    taken.resize(slots.size() + 1);
  }

  // Of the rows.
  std::vector<Slot> slots;
  bool writes_parts;  // a row says where part numbers go
  Dialect dialect;
  std::array<const Mapping*, std::size(kVariables)>
      own_rows{};  // for a row of the whole table: the one of ours that reads its key
  std::array<SlotSet, kFieldCount> slots_of_field;  // that the field can go to
  std::array<std::size_t, std::size(kVariables)>
      slot_numbers{};  // for a row of the whole table: the slot of its key, or one behind the last

  // Of the item.
  ValueWriter values;
  FieldIndex fields;
  std::vector<Part> parts;
  std::vector<Part> displaced;
  std::vector<const Part*> used;  // of the parts, to make a text
  std::vector<RichText> keywords;
  std::vector<std::pair<std::string_view, std::size_t>> order;  // of the keywords, to find those that are the same
  std::vector<bool> taken;                                      // slots whose member has been written, under any of its names
  std::bitset<kMostNames> written;                              // members that have been written, by the numbers of their names
  std::set<std::string_view> written_others;
  std::vector<const Extra*> moved;  // into custom, since the schema does not know them
  std::set<std::string_view> moved_names;
};

namespace {

class OneItem {
 public:
  OneItem(const Record& record, text::Emitter& emitter, Ledger& ledger, ItemWorkshop& workshop,
          const ItemWriter::Options& options)
      : record_(record),
        emitter_(emitter),
        ledger_(ledger),
        workshop_(workshop),
        dialect_(workshop.dialect),
        options_(options),
        values_(workshop.values),
        fields_(workshop.fields),
        own_(record.origin == dialect_.origin),
        parts_(workshop.parts),
        displaced_(workshop.displaced) {
    values_.begin_item(emitter);
    fields_.make(record);
    displaced_.clear();
    workshop_.moved.clear();
    if (!own_) return;
    workshop_.moved_names.clear();
    workshop_.taken.assign(workshop_.taken.size(), false);
    workshop_.written.reset();
    workshop_.written_others.clear();
  }

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
    emitter_.name(kId);
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
    emitter_.name(kType);
    const bool still =
        !record_.type_as_written.empty() && type_of(record_.type_as_written).value_or(Type::Document) == record_.type;
    if (own_ && record_.type_as_written.empty()) ledger_.supply("type", name_of(record_.type));
    const bool valid = !options_.strict || record_.type_as_written == name_of(record_.type);
    emitter_.text(own_ && still && valid ? record_.type_as_written : name_of(record_.type));
  }

  // ------------------------------------------------------------------------------------------------------- in their own order

  void write_own_items() {
    for (std::size_t at = 0; at < record_.items().size(); ++at) {
      const Item& item = record_.items()[at];
      if (const Entry* const entry = std::get_if<Entry>(&item))
        write_own_entry(at, *entry);
      else
        write_own_extra(at, std::get<Extra>(item));
    }
  }

  /// A member may stand twice only where the format allows it.
  bool may_write(std::string_view key) {
    const MemberName name = member_name(key);
    return name.row != nullptr ? may_write(name) : dialect_.repeated_members || workshop_.written_others.insert(key).second;
  }

  bool may_write(const MemberName& name) {
    workshop_.taken[workshop_.slot_numbers[name.row_number()]] = true;
    if (workshop_.written.test(name.number)) return dialect_.repeated_members;
    workshop_.written.set(name.number);
    return true;
  }

  void write_own_entry(std::size_t at, const Entry& entry) {
    const MemberName name = member_name(entry.key);
    const Mapping* const row = name.row == nullptr ? nullptr : workshop_.own_rows[name.row_number()];
    // A number may have been read as what it is the number of.
    if (row == nullptr || (row->field != entry.field && !(row->field == Field::Number && (entry.field == Field::Identifier || entry.field == Field::ArticleNumber)))) return;
    if (options_.strict && !is_in_schema(entry.key)) return;  // under its proper name, by the table
    if (options_.strict && entry.field == Field::Title && record_.has(Field::Subtitle)) return;  // and joined with what has no name of its own
    if (!may_write(name)) return;
    if (!entry.raw.empty() && !(options_.strict && !is_valid(*row, entry.raw))) {
      emitter_.key(entry.key);
      emit_raw(emitter_, entry.raw);
      ledger_.book_as_written(at);
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
    if (is_custom(extra) && at == last_custom()) {
      custom_ = &extra;  // may have to share its place with what is carried
      ledger_.book(at);
      return;
    }
    if (options_.strict && !is_of_the_processor(extra.key)) {
      if (workshop_.moved_names.insert(extra.key).second) {
        workshop_.moved.push_back(&extra);
        ledger_.book(at);
      }
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

  static bool is_custom(const Extra& extra) { return extra.key == kCustom && extra.raw.starts_with('{'); }

  /// Of several, the last one goes to the end, so that all stand as they did when they come again.
  std::size_t last_custom() {
    if (!last_custom_) {
      last_custom_ = record_.items().size();
      while (*last_custom_ > 0) {
        const Extra* const extra = std::get_if<Extra>(&record_.items()[--*last_custom_]);
        if (extra != nullptr && extra->origin == dialect_.origin && is_custom(*extra)) break;
      }
    }
    return *last_custom_;
  }

  static bool is_of_the_processor(std::string_view key) {
    return std::find(std::begin(kOfTheProcessor), std::end(kOfTheProcessor), key) != std::end(kOfTheProcessor);
  }

  /// Does the schema allow the raw text under its variable? Numbers may be numbers, all else is text, and dates and names have shapes that are better made anew.
  static bool is_valid(const Mapping& row, std::string_view raw) {
    switch (codec_of(row)) {
      case Codec::Names:
      case Codec::Date:
      case Codec::Categories: return false;
      case Codec::Number:
      case Codec::Issue:
      case Codec::Part:
      case Codec::Pages: return raw.front() == '"' || raw.front() == '-' || text::is_ascii_digit(raw.front());
      default: return raw.front() == '"';
    }
  }

  // ------------------------------------------------------------------------------------------------------ in the table's order

  void write_slots() {
    SlotSet wanted;
    for_each_entry(record_, [&](const Entry& entry) { wanted.add(workshop_.slots_of_field[at(entry.field)]); });
    wanted.for_each([&](std::size_t number) {
      if (own_ && workshop_.taken[number]) return;
      const Slot& slot = workshop_.slots[number];
      gather(slot);
      if (parts_.empty()) return;
      values_.under(slot.key);
      write_slot();
    });
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
      case Codec::Categories:
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
      case Codec::Retraction: return RichText::of(scratch_, text::state_of(*part.entry, record_));
      case Codec::NamesAsText: {
        TreeBuilder tree(scratch_);
        ValueWriter values(kPlainDialect);
        values.begin_item(tree);
        return values.write(*part.entry, *part.row) ? RichText::of(scratch_, tree.root().text) : RichText{};
      }
      default: return std::get<RichText>(part.entry->value);
    }
  }

  static constexpr Dialect kPlainDialect{};

  /// What stands between it and the text before it, which ends with `last`.
  static std::string_view joint_of(const Mapping& row, char last) {
    switch (codec_of(row)) {
      case Codec::Subtitle: return text::joint_before_subtitle(last);
      case Codec::Addon:
      case Codec::OwnedNote: return text::joint_before_addon(last);
      case Codec::Rich: return row.field == Field::Note ? text::joint_before_addon(last) : std::string_view("; ");
      default: return "; ";
    }
  }

  /// Several entries of one field are joined where that makes sense (publishers, places, notes); otherwise the first one counts.
  static bool joins_its_like(Field field) {
    return field == Field::Publisher || field == Field::PublisherPlace || field == Field::Note || field == Field::Addendum ||
           field == Field::GeneralNote || field == Field::HowPublished || field == Field::Archive;
  }

  void write_texts() {
    if (fields_.has(Field::MainTitle)) swap_main_title();
    text::RichTextJoiner all;
    std::vector<const Part*>& used = workshop_.used;
    used.clear();
    for (const Part& part : parts_) {
      const bool repeats = !used.empty() && used.back()->row == part.row;
      if (repeats && !joins_its_like(part.row->field)) continue;
      if (!used.empty() && codec_of(*part.row) == Codec::Rich && !repeats) break;  // another text altogether
      const RichText next = text_of(part);
      if (next.empty()) continue;
      all.add(next, joint_of(*part.row, all.last()));
      used.push_back(&part);
    }
    if (used.empty()) return;
    if (used.size() == 1 && codec_of(*used[0]->row) == Codec::Rich) {
      if (!values_.write(*used[0]->entry, *used[0]->row)) return;
    } else {
      values_.forget();
      if (!values_.write_rich(all.finish(scratch_))) return;
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
      case Codec::Retraction: return part.row->field == Field::PublicationType ? "other publication types" : "links to other publications";
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
    const bool reads_back = used->row->reads() || (used->row->field == Field::ArticleNumber && kInPeriodical.has(record_.type));
    if (!reads_back) ledger_.narrow(used->index, "separate place");
  }

  bool joins_part_to_volume() const { return workshop_.writes_parts && !comes_from_csl() && fields_.has(Field::Volume) && fields_.has(Field::PartNumber); }
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
    std::vector<RichText>& keywords = workshop_.keywords;
    keywords.clear();
    const auto add = [&](const RichText& keyword) {
      if (!keyword.empty()) keywords.push_back(keyword);
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
    drop_repeated(keywords);
    values_.forget();
    if (!values_.write_keywords(keywords.size(), [&](std::size_t at) -> const RichText& { return keywords[at]; })) return;
    for (const Part& part : parts_) {
      book(part.index);
      const bool heading = codec_of(*part.row) == Codec::Headings;
      ledger_.narrow(part.index, heading ? (qualified ? "qualifiers, main topics and identifiers" : "vocabulary") : "owner");
    }
  }

  /// Of keywords that say the same, the first one stays.
  void drop_repeated(std::vector<RichText>& keywords) {
    std::vector<std::pair<std::string_view, std::size_t>>& order = workshop_.order;
    order.clear();
    for (std::size_t at = 0; at < keywords.size(); ++at) {
      const RichText& keyword = keywords[at];
      order.emplace_back(keyword.plain() ? keyword.text() : scratch_.copy(text::plain_text(keyword)), at);
    }
    std::sort(order.begin(), order.end());
    for (std::size_t at = 1; at < order.size(); ++at)
      if (order[at].first == order[at - 1].first) keywords[order[at].second] = {};
    std::erase_if(keywords, [](const RichText& keyword) { return keyword.empty(); });
  }

  // ------------------------------------------------------------------------------------------------------------------ custom

  void write_custom() {
    write_displaced();
    if (arxiv_ && !fields_.has(Field::Publisher) && !own_) {
      emitter_.named("publisher", "arXiv");
      ledger_.supply("publisher", "arXiv");
    }
    const bool carry = options_.carry && text::has_something_to_carry(record_, ledger_, dialect_.origin);
    if (!carry && custom_ == nullptr && workshop_.moved.empty()) return;
    emitter_.name(kCustom);
    if (!carry && workshop_.moved.empty()) {
      emit_raw(emitter_, custom_->raw);
      return;
    }
    emitter_.begin_map();
    if (custom_ != nullptr) {
      DiagnosticList ignored;  // the text is our own
      const Node others = text::parse_json(scratch_, custom_->raw, 0, {.max_depth = 1024, .keep_raw = true}, ignored);
      // (Where others have put something in the place of what is carried, all of theirs is carried.)
      if (!carry || others.find(text::kCarried) == nullptr) {
        for (const Member& member : others.members) {
          emitter_.key(member.key);
          emit_raw(emitter_, member.value.raw);
        }
      }
    }
    for (const Extra* const extra : workshop_.moved) {
      if (carry && extra->key == text::kCarried) continue;
      emitter_.key(extra->key);
      emit_raw(emitter_, extra->raw);
    }
    if (carry) {
      emitter_.name(text::kCarried);
      text::emit_carried(emitter_, record_, ledger_);
    }
    emitter_.end_map();
  }

  bool is_taken(std::string_view key) const {
    return own_ && workshop_.taken[workshop_.slot_numbers[member_name(key).row_number()]];
  }

  /// The title of the volume, where the title of the whole took its place.
  void write_displaced() {
    if (displaced_.empty() || fields_.has(Field::VolumeTitle) || is_taken("volume-title")) return;
    text::RichTextJoiner all;
    for (const Part& part : displaced_) all.add(text_of(part), joint_of(*part.row, all.last()));
    values_.under("volume-title");
    values_.forget();
    if (!values_.write_rich(all.finish(scratch_))) return;
    for (const Part& part : displaced_) {
      book(part.index);
      ledger_.narrow(part.index, "separate place");
    }
  }

  const Record& record_;
  text::Emitter& emitter_;
  Ledger& ledger_;
  ItemWorkshop& workshop_;
  const Dialect& dialect_;
  const ItemWriter::Options& options_;
  ValueWriter& values_;
  FieldIndex& fields_;
  bool own_;
  bool arxiv_ = false;
  Arena scratch_;
  std::vector<Part>& parts_;
  std::vector<Part>& displaced_;
  const Extra* custom_ = nullptr;
  std::optional<std::size_t> last_custom_;
};

}  // namespace

ItemWriter::ItemWriter(std::span<const Mapping> rows, const Dialect& dialect)
    : workshop_(std::make_unique<ItemWorkshop>(rows, dialect)) {}
ItemWriter::~ItemWriter() = default;

void ItemWriter::write(const Record& record, text::Emitter& emitter, Ledger& ledger, const Options& options) {
  OneItem(record, emitter, ledger, *workshop_, options).write();
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

// Merging values, then lines.
#include "bibmill/merge.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "bibmill/diff.h"
#include "bibmill/reflect.h"
#include "bibmill/text/unicode.h"
#include "lines.h"

namespace bibmill {

namespace {

// ------------------------------------------------------------------------------------------------------- parts of a record

/// What is merged as one: all entries of a field, or all extras of a key.
struct PartName {
  const Field* field = nullptr;  // null: an extra
  Str origin;
  Str key;

  bool holds(const Item& item) const {
    if (const Entry* const entry = std::get_if<Entry>(&item)) return field != nullptr && entry->field == *field;
    const Extra& extra = std::get<Extra>(item);
    return field == nullptr && extra.origin == origin && extra.key == key;
  }
  std::string words() const { return field != nullptr ? std::string(name_of(*field)) : fmt::format("{} ({})", key, origin); }
};

PartName part_of(const Item& item) {
  if (const Entry* const entry = std::get_if<Entry>(&item)) return {&entry->field, {}, {}};
  const Extra& extra = std::get<Extra>(item);
  return {nullptr, extra.origin, extra.key};
}

std::vector<const Item*> items_of(const Record* record, const PartName& part) {
  std::vector<const Item*> items;
  if (record == nullptr) return items;
  for (const Item& item : record->items())
    if (part.holds(item)) items.push_back(&item);
  return items;
}

bool same(const Item& a, const Item& b) {
  if (const Entry* const entry = std::get_if<Entry>(&a)) return same_content(entry->value, std::get<Entry>(b).value);
  return std::get<Extra>(a).raw == std::get<Extra>(b).raw;
}

bool same(const std::vector<const Item*>& a, const std::vector<const Item*>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Item* one, const Item* other) { return same(*one, *other); });
}

/// The blank lines before and behind a record are its neighbours' as well.
std::string_view laid_out(const Record& record) { return text::trim(record.layout); }

/// Nothing that it says was changed.
bool says_the_same(const Record& before, const Record& after) {
  return before.type == after.type && before.type_as_written == after.type_as_written && before.key == after.key &&
         before.items().size() == after.items().size() &&
         std::equal(before.items().begin(), before.items().end(), after.items().begin(), [](const Item& a, const Item& b) {
           if (a.index() != b.index()) return false;
           const Entry* const entry = std::get_if<Entry>(&a);
           return same(a, b) && (entry == nullptr || (entry->field == std::get<Entry>(b).field && entry->raw == std::get<Entry>(b).raw && entry->key == std::get<Entry>(b).key));
         });
}

/// Nor was how it is laid out.
bool is_untouched(const Record& before, const Record& after) { return laid_out(before) == laid_out(after) && says_the_same(before, after); }

/// Puts what `from` has of the part into `into`, in the place of what it has.
void take(Record& into, const Record& from, const PartName& part) {
  const std::vector<const Item*> taken = items_of(&from, part);
  List<Item> items;
  bool placed = false;
  const auto place = [&] {
    if (!std::exchange(placed, true))
      for (const Item* const item : taken) items.push_back(into.arena(), std::visit([&](const auto& held) { return Item(clone(held, into.arena())); }, *item));
  };
  // Where the record has nothing of it, behind what stands before it in the other.
  const Item* behind = nullptr;
  if (!taken.empty() && items_of(&into, part).empty())
    for (const Item& item : from.items()) {
      if (&item == taken.front()) break;
      const std::vector<const Item*> known = items_of(&into, part_of(item));
      if (!known.empty()) behind = known.back();
    }
  for (const Item& item : into.items()) {
    if (part.holds(item)) {
      place();
      continue;
    }
    items.push_back(into.arena(), item);
    if (&item == behind) place();
  }
  place();
  into.items() = items;
  into.layout = {};
}

/// The blank lines that a text begins with.
std::string distance_of(std::string_view text) { return std::string(text.substr(0, std::min(text.find_first_not_of("\r\n"), text.size()))); }

// --------------------------------------------------------------------------------------------------------- one record

/// Whose version of something is to be taken.
enum class Choice { Ours, Theirs, Conflict };

Choice choose(bool ours_changed, bool theirs_changed, bool both_same) {
  if (both_same || !theirs_changed) return Choice::Ours;
  return ours_changed ? Choice::Conflict : Choice::Theirs;
}

class RecordMerger {
 public:
  RecordMerger(const Record* base, const Record& ours, const Record& theirs) : base_(base), ours_(ours), theirs_(theirs) {}

  MergedRecord run() {
    if (base_ != nullptr && is_untouched(*base_, ours_)) return {.ours = theirs_, .theirs = {}, .before = {}, .conflicts = {}};
    if ((base_ != nullptr && is_untouched(*base_, theirs_)) || is_untouched(ours_, theirs_)) return {.ours = ours_, .theirs = {}, .before = {}, .conflicts = {}};
    merged_.ours = clone(ours_, std::make_shared<Arena>());
    merged_.theirs = clone(ours_, std::make_shared<Arena>());
    merge_heads();
    for (const Record* const record : {&ours_, &theirs_})
      for (const Item& item : record->items()) merge_part(part_of(item));
    return std::move(merged_);
  }

 private:
  void merge_heads() {
    const bool type_conflict = !take_by(choose(base_ == nullptr || base_->type != ours_.type, base_ == nullptr || base_->type != theirs_.type, ours_.type == theirs_.type), "type",
                                        [&](Record& record) {
                                          record.type = theirs_.type;
                                          record.type_as_written = record.arena().copy(theirs_.type_as_written);
                                          record.layout = {};
                                        });
    const bool key_conflict = !take_by(choose(base_ == nullptr || base_->key != ours_.key, base_ == nullptr || base_->key != theirs_.key, ours_.key == theirs_.key), "key",
                                       [&](Record& record) {
                                         record.key = record.arena().copy(theirs_.key);
                                         record.key_raw = record.arena().copy(theirs_.key_raw);
                                         record.layout = {};
                                       });
    if (type_conflict || key_conflict) merged_.ours.layout = {};
  }

  void merge_part(const PartName& part) {
    if (std::any_of(done_.begin(), done_.end(), [&](const PartName& done) { return done.words() == part.words(); })) return;
    done_.push_back(part);
    const std::vector<const Item*> before = items_of(base_, part);
    const std::vector<const Item*> ours = items_of(&ours_, part);
    const std::vector<const Item*> theirs = items_of(&theirs_, part);
    take_by(choose(!same(before, ours), !same(before, theirs), same(ours, theirs)), part.words(), [&](Record& record) { take(record, theirs_, part); });
  }

  /// False where it is a conflict.
  template <class Take>
  bool take_by(Choice choice, const std::string& name, Take&& take_theirs) {
    if (choice == Choice::Ours) return true;
    take_theirs(merged_.theirs);
    if (choice == Choice::Conflict) {
      merged_.conflicts.push_back(name);
      merged_.ours.layout = {};
      return false;
    }
    take_theirs(merged_.ours);
    merged_.from_both = true;
    return true;
  }

  const Record* base_;
  const Record& ours_;
  const Record& theirs_;
  MergedRecord merged_;
  std::vector<PartName> done_;
};

// --------------------------------------------------------------------------------------------------------- the libraries

bool same_texts(const std::vector<Extra>& a, const std::vector<Extra>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Extra& one, const Extra& other) { return text::trim(one.raw) == text::trim(other.raw) && one.key == other.key; });
}

/// Text between records: theirs where only they changed it; where both did, ours, followed by what only they have.
std::vector<Extra> merged_texts(const std::vector<Extra>& base, const std::vector<Extra>& ours, const std::vector<Extra>& theirs) {
  if (same_texts(base, theirs) || same_texts(ours, theirs)) return ours;
  if (same_texts(base, ours)) return theirs;
  std::vector<Extra> all = ours;
  for (const Extra& text : theirs)
    if (std::none_of(all.begin(), all.end(), [&](const Extra& known) { return text::trim(known.raw) == text::trim(text.raw); })) all.push_back(text);
  return all;
}

using Partners = std::unordered_map<const LoadedRecord*, const LoadedRecord*>;

Partners partners_of(const Library& from, const Library& to) {
  const std::vector<const LoadedRecord*> found = match(from, to);
  Partners partners;
  for (std::size_t at = 0; at < found.size(); ++at)
    if (found[at] != nullptr) partners[&from.records[at]] = found[at];
  return partners;
}

const LoadedRecord* partner(const Partners& partners, const LoadedRecord* record) {
  const auto found = partners.find(record);
  return found == partners.end() ? nullptr : found->second;
}

Partners reversed(const Partners& partners) {
  Partners back;
  for (const auto& [from, to] : partners) back[to] = from;
  return back;
}

class LibraryMerger {
 public:
  LibraryMerger(const Library& base, const Library& ours, const Library& theirs)
      : ours_(ours), theirs_(theirs), base_of_ours_(partners_of(ours, base)), base_of_theirs_(partners_of(theirs, base)), theirs_of_ours_(partners_of(ours, theirs)) {
    // What both have of one record of the base is one record, whatever became of its key and title.
    const Partners theirs_of_base = reversed(base_of_theirs_);
    for (const auto& [our, old] : base_of_ours_)
      if (const LoadedRecord* const their = partner(theirs_of_base, old)) theirs_of_ours_[our] = their;
    for (const auto& [our, their] : theirs_of_ours_) taken_[their] = our;
    after_base_ = &base.after;
  }

  Merge run() {
    add_theirs_behind(nullptr);
    for (const LoadedRecord& our : ours_.records) {
      add_our(our);
      if (const LoadedRecord* const their = partner(theirs_of_ours_, &our)) add_theirs_behind(their);
    }
    merge_.after = merged_texts(*after_base_, ours_.after, theirs_.after);
    return std::move(merge_);
  }

 private:
  void add_our(const LoadedRecord& our) {
    const LoadedRecord* const old = partner(base_of_ours_, &our);
    const LoadedRecord* const their = partner(theirs_of_ours_, &our);
    if (their == nullptr) {
      if (old != nullptr && says_the_same(old->record, our.record)) return;  // they removed it
      MergedRecord merged{.ours = our.record, .theirs = {}, .before = our.before, .conflicts = {}};
      if (old != nullptr) {
        merged.in_theirs = false;
        merged.conflicts.emplace_back("record");
      }
      merged.begins_file = &our == ours_.records.data();
      merge_.records.push_back(std::move(merged));
      return;
    }
    MergedRecord merged = RecordMerger(old == nullptr ? nullptr : &old->record, our.record, their->record).run();
    merged.before = merged_texts(old == nullptr ? std::vector<Extra>{} : old->before, our.before, their->before);
    merged.begins_file = &our == ours_.records.data();
    merge_.records.push_back(std::move(merged));
  }

  /// The records that only they have, and that stand behind this one of theirs; null: at the beginning.
  void add_theirs_behind(const LoadedRecord* record) {
    std::size_t at = record == nullptr ? 0 : static_cast<std::size_t>(record - theirs_.records.data()) + 1;
    for (; at < theirs_.records.size() && taken_.count(&theirs_.records[at]) == 0; ++at) {
      const LoadedRecord& their = theirs_.records[at];
      const LoadedRecord* const old = partner(base_of_theirs_, &their);
      if (old != nullptr && says_the_same(old->record, their.record)) continue;  // we removed it
      MergedRecord merged{.ours = their.record, .theirs = {}, .before = their.before, .conflicts = {}};
      if (old != nullptr) {
        merged.theirs = their.record;
        merged.in_ours = false;
        merged.conflicts.emplace_back("record");
      }
      merged.begins_file = &their == theirs_.records.data();
      merge_.records.push_back(std::move(merged));
    }
  }

  const Library& ours_;
  const Library& theirs_;
  Partners base_of_ours_;
  Partners base_of_theirs_;
  Partners theirs_of_ours_;
  Partners taken_;  // of their records, by which of ours
  const std::vector<Extra>* after_base_ = nullptr;
  Merge merge_;
};

// --------------------------------------------------------------------------------------------------------------- lines

using Lines = std::vector<std::string_view>;

/// Beyond this many pairs of lines two versions are not compared line by line.
constexpr std::size_t kMostPairs = std::size_t{4} << 20;

/// How long the longest common sequences of what is left of both are: at `i` and `j` of the lines.
class Common {
 public:
  Common(const Lines& a, const Lines& b) : width_(b.size() + 1), length_((a.size() + 1) * width_, 0) {
    for (std::size_t i = a.size(); i-- > 0;)
      for (std::size_t j = b.size(); j-- > 0;) at(i, j) = a[i] == b[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
  }
  std::uint32_t& at(std::size_t i, std::size_t j) { return length_[i * width_ + j]; }

 private:
  std::size_t width_;
  std::vector<std::uint32_t> length_;
};

/// Both versions in one text, what differs between marks.
class Marker {
 public:
  Marker(std::string& out, const MergeLabels& labels) : out_(out), labels_(labels) {}

  void write(std::string_view ours, std::string_view theirs) {
    const Lines a = lines_of(ours);
    const Lines b = lines_of(theirs);
    if (a.size() * b.size() > kMostPairs) return mark(a, 0, a.size(), b, 0, b.size());
    Common common(a, b);
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() || j < b.size()) {
      const std::size_t from_i = i;
      const std::size_t from_j = j;
      while ((i < a.size() || j < b.size()) && !(i < a.size() && j < b.size() && a[i] == b[j])) {
        if (j == b.size() || (i < a.size() && common.at(i + 1, j) >= common.at(i, j + 1)))
          ++i;
        else
          ++j;
      }
      if (i > from_i || j > from_j) mark(a, from_i, i, b, from_j, j);
      for (; i < a.size() && j < b.size() && a[i] == b[j]; ++i, ++j) out_ += a[i];
    }
  }

 private:
  void mark(const Lines& a, std::size_t from_a, std::size_t to_a, const Lines& b, std::size_t from_b, std::size_t to_b) {
    begin_line();
    out_ += fmt::format("<<<<<<< {}\n", labels_.ours);
    for (std::size_t at = from_a; at < to_a; ++at) out_ += a[at];
    begin_line();
    out_ += "=======\n";
    for (std::size_t at = from_b; at < to_b; ++at) out_ += b[at];
    begin_line();
    out_ += fmt::format(">>>>>>> {}\n", labels_.theirs);
  }
  void begin_line() {
    if (!out_.empty() && out_.back() != '\n') out_ += '\n';
  }

  std::string& out_;
  const MergeLabels& labels_;
};

/// Writes records one by one, each as it stands alone.
class Renderer {
 public:
  Renderer(const Format& format, const WriteOptions& options) : format_(&format), writer_(format.make_writer(options, format.mappings)) {}

  std::string beginning() {
    Output output;
    writer_->begin(output);
    return output.text;
  }

  std::string record(const Record& record, std::vector<LeftOut>& left_out) {
    Output output;
    Ledger ledger;
    ledger.open(record);
    writer_->write(record, output, ledger);
    if (record.origin == format_->id) note_left_out(record, ledger, left_out);
    tail_ += output.tail;
    std::string text;
    std::size_t from = 0;
    for (const std::size_t place : output.open_keys) {
      text.append(output.text, from, place - from).append(record.suggested_key.empty() ? Str("ref") : record.suggested_key);
      from = place;
    }
    return text.append(output.text, from);
  }

  std::string between(const Extra& extra) {
    Output output;
    if (!writer_->between(extra, output)) return {};
    tail_ += output.tail;
    return output.text;
  }

  std::string end(std::size_t records) {
    Output output;
    writer_->end(output, tail_, records);
    return output.text;
  }

  std::string_view separator() const { return writer_->separator(); }

 private:
  static void note_left_out(const Record& record, const Ledger& ledger, std::vector<LeftOut>& left_out) {
    for (std::size_t at = 0; at < record.items().size(); ++at) {
      const Extra* const extra = std::get_if<Extra>(&record.items()[at]);
      if (extra == nullptr || !extra->key.empty() || ledger.is_booked(at)) continue;
      const bool is_known = std::any_of(left_out.begin(), left_out.end(), [&](const LeftOut& one) { return one.record == record.key && one.text == extra->raw; });
      if (!is_known) left_out.push_back({std::string(record.key), std::string(extra->raw)});
    }
  }

  const Format* format_;
  std::unique_ptr<Writer> writer_;
  std::string tail_;
};

}  // namespace

std::size_t Merge::conflicts() const {
  return static_cast<std::size_t>(std::count_if(records.begin(), records.end(), [](const MergedRecord& record) { return !record.conflicts.empty(); }));
}

Merge merge(const Library& base, const Library& ours, const Library& theirs) { return LibraryMerger(base, ours, theirs).run(); }

std::string render(const Merge& merge, const Format& format, const WriteOptions& options, std::vector<LeftOut>& left_out, const MergeLabels& labels) {
  Renderer renderer(format, options);
  std::string out = renderer.beginning();
  bool after_record = false;
  const auto keep_distance = [&](bool has_its_own, bool begins_file) {
    if (has_its_own) return;
    if (after_record) out += renderer.separator();
    // Where texts stand as they stood, one may have had nothing before it, or no end of the line behind it.
    if (!renderer.separator().empty() || out.empty()) return;
    if (out.back() != '\n') out += options.line_end;
    if (begins_file && after_record) out += options.line_end;
  };
  const auto add_texts = [&](const std::vector<Extra>& texts, bool begins_file) {
    for (const Extra& extra : texts) {
      const std::string text = renderer.between(extra);
      if (text.empty()) continue;
      const bool goes_on = renderer.separator().empty() && !text.starts_with('@') && !(begins_file && &extra == texts.data());  // behind the end of a record, in its line
      keep_distance(brings_its_own_distance(text) || goes_on, begins_file && &extra == texts.data());
      after_record = false;
      out += text;
    }
  };
  for (const MergedRecord& merged : merge.records) {
    add_texts(merged.before, merged.begins_file);
    std::string ours = merged.in_ours ? renderer.record(merged.ours, left_out) : std::string();
    const bool conflict = !merged.conflicts.empty();
    std::string theirs = conflict && merged.in_theirs ? renderer.record(merged.theirs, left_out) : std::string();
    const std::string distance = distance_of(ours.empty() ? theirs : ours);
    keep_distance(!distance.empty(), merged.begins_file && merged.before.empty());
    if (conflict || (out.empty() && merged.ours.layout.empty())) {
      if (!out.empty()) out += distance;
      ours.erase(0, distance_of(ours).size());
      theirs.erase(0, distance_of(theirs).size());
    }
    after_record = true;
    if (conflict)
      Marker(out, labels).write(ours, theirs);
    else
      out += ours;
  }
  add_texts(merge.after, false);
  return out + renderer.end(merge.records.size());
}

}  // namespace bibmill

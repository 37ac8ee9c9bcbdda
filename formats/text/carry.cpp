// Carrying: the object that travels, and how it and the visible text become a record again.
#include "bibmill/text/carry.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "bibmill/reflect.h"
#include "bibmill/text/json.h"
#include "bibmill/text/schema.h"
#include "bibmill/text/unicode.h"

namespace bibmill::text {

namespace {

/// A key that the format could not write as it is, and what stands there instead.
constexpr std::string_view kLegalKey = "legal-key";

using Counts = std::array<std::uint32_t, kFieldCount>;

std::size_t at(Field field) { return static_cast<std::size_t>(field); }

Counts count_fields(const Record& record) {
  Counts counts{};
  for_each_entry(record, [&](const Entry& entry) { ++counts[at(entry.field)]; });
  return counts;
}

/// Does any element of the value keep how it was written? The visible text gives back the value, not that.
template <class T>
bool holds_raw(const T& value) {
  bool found = false;
  if constexpr (IsList<T>::value) {
    for (const auto& element : value) found = found || holds_raw(element);
  } else if constexpr (Described<T>) {
    T::members([&](std::string_view name, auto member, std::string_view) {
      if constexpr (std::is_same_v<std::decay_t<decltype(value.*member)>, Str>)
        found = found || (name == "raw" && !(value.*member).empty());
      else
        found = found || holds_raw(value.*member);
    });
  }
  return found;
}

bool holds_raw(const Value& value) {
  return std::visit([](const auto& held) { return holds_raw(held); }, value);
}

/// Forgets how the elements of a value were written.
template <class T>
void clear_raw(T& value) {
  if constexpr (IsList<T>::value) {
    for (auto& element : value) clear_raw(element);
  } else if constexpr (Described<T>) {
    T::members([&](std::string_view name, auto member, std::string_view) {
      if constexpr (std::is_same_v<std::decay_t<decltype(value.*member)>, Str>) {
        if (name == "raw") value.*member = {};
      } else {
        clear_raw(value.*member);
      }
    });
  }
}

/// Several identifiers in one entry, which formats with a line for each give back as several entries.
bool may_come_apart(const Value& value) {
  const Identifiers* const identifiers = std::get_if<Identifiers>(&value);
  return identifiers != nullptr && identifiers->list.size() > 1;
}

void emit_word(Emitter& emitter, const Entry& entry, std::string& word) {
  word = name_of(entry.field);
  if (!entry.key.empty()) (word += ':') += entry.key;
  emitter.text(word);
}

void emit_items(Emitter& emitter, const Record& record, const Ledger& ledger) {
  const Counts counts = count_fields(record);
  std::string word;
  emitter.begin_list();
  for (std::size_t index = 0; index < record.items().size(); ++index) {
    const Item& item = record.items()[index];
    const Entry* const entry = std::get_if<Entry>(&item);
    const bool visible = entry != nullptr && ledger.is_exact(index) && counts[at(entry->field)] == 1 && entry->raw.empty() &&
                         !holds_raw(entry->value) && !may_come_apart(entry->value);
    if (visible)
      emit_word(emitter, *entry, word);
    else
      emit(emitter, item);
  }
  emitter.end_list();
}

/// What a record without anything to be named by is called, before its number.
constexpr std::string_view kNumbered = "ref";

/// "ref" for "ref12", which the record is called only where it stands.
std::string_view without_number(std::string_view key) {
  const bool numbered = key.starts_with(kNumbered) && key.size() > kNumbered.size() && std::all_of(key.begin() + kNumbered.size(), key.end(), is_ascii_digit);
  return numbered ? kNumbered : key;
}

void emit_supplied(Emitter& emitter, const Record& record, const Ledger& ledger) {
  if (ledger.supplied().empty()) return;
  emitter.name("supplied");
  emitter.begin_map();
  for (const Supply& supply : ledger.supplied())
    emitter.named(supply.what, supply.what == "key" ? Str(without_number(record.suggested_key)) : Str(supply.value));
  emitter.end_map();
}

bool was_supplied(const Ledger& ledger, std::string_view what) {
  return std::any_of(ledger.supplied().begin(), ledger.supplied().end(), [&](const Supply& supply) { return supply.what == what; });
}

void emit_unless_empty(Emitter& emitter, std::string_view name, Str text) {
  if (!text.empty()) emitter.named(name, text);
}

std::string digest_text(const Record& record) { return fmt::format("{:016x}", digest(record)); }

}  // namespace

bool has_something_to_carry(const Record& record, const Ledger& ledger, std::string_view writer) {
  return record.origin != writer || !ledger.complete() || !ledger.supplied().empty() || !record.layout.empty() ||
         !record.before.empty() || !record.after.empty();
}

void emit_carried(Emitter& emitter, const Record& record, const Ledger& ledger) {
  emitter.begin_map();
  emit_unless_empty(emitter, "origin", record.origin);
  emitter.named("type", name_of(record.type));
  emit_unless_empty(emitter, "type-as-written", record.type_as_written);
  if (was_supplied(ledger, kLegalKey)) emit_unless_empty(emitter, "key", record.key);
  emit_unless_empty(emitter, "key-raw", record.key_raw);
  emit_supplied(emitter, record, ledger);
  emitter.name("items");
  emit_items(emitter, record, ledger);
  if (!record.layout.empty()) {
    emitter.named("layout", record.layout);
    emitter.named("digest", digest_text(record));
  }
  emit_unless_empty(emitter, "before", record.before);
  emit_unless_empty(emitter, "after", record.after);
  emitter.end_map();
}

// ------------------------------------------------------------------------------------------------------------ restoring

namespace {

/// Builds the carried record, with the values of words taken from the visible one, and then lets edits win.
class Restorer {
 public:
  Restorer(const Node& carried, const Record& seen, const WriteAndRead& write_and_read, DiagnosticSink& diagnostics)
      : carried_(carried),
        seen_(seen),
        write_and_read_(write_and_read),
        diagnostics_(diagnostics),
        record_(seen.shared_arena()) {}

  Record restore() {
    take_head(*type_named(carried_.text_of("type")));
    for (const Member& member : carried_.find("items")->members) take_item(member.value);
    record_.layout = copy("layout");
    record_.before = copy("before");
    record_.after = copy("after");
    let_edits_win();
    if (!record_.layout.empty() && digest_text(record_) != carried_.text_of("digest")) record_.layout = {};
    return std::move(record_);
  }

 private:
  Str copy(std::string_view name) { return record_.arena().copy(carried_.text_of(name)); }

  void take_head(Type type) {
    record_.type = type;
    record_.type_as_written = copy("type-as-written");
    record_.origin = copy("origin");
    record_.key_raw = copy("key-raw");
    record_.span = seen_.span;
    record_.markers = seen_.markers;
    record_.key = key_was_supplied() ? Str{} : key_was_changed() ? copy("key") : seen_.key;
    record_.suggested_key = key_was_supplied() ? seen_.key : Str{};
  }

  /// The visible key is the one that the writer made up, perhaps with letters that tell it from others; "ref" gets the record's number.
  bool key_was_supplied() const {
    const Node* const supplied = carried_.find("supplied");
    const Node* const key = supplied == nullptr ? nullptr : supplied->find("key");
    if (key == nullptr || !seen_.key.starts_with(key->text)) return false;
    const bool numbered = key->text == kNumbered;
    for (const char c : seen_.key.substr(key->text.size()))
      if (!is_ascii_lower(c) && !(numbered && is_ascii_digit(c))) return false;
    return true;
  }

  /// The visible key is what the format could write of one that it could not.
  bool key_was_changed() const {
    const Node* const supplied = carried_.find("supplied");
    return supplied != nullptr && !seen_.key.empty() && supplied->text_of(kLegalKey) == seen_.key;
  }

  void take_item(const Node& node) {
    if (node.is_scalar()) {
      const std::size_t colon = node.text.find(':');
      take_visible(node.text.substr(0, colon), colon == Str::npos ? Str{} : node.text.substr(colon + 1));
    } else {
      take_whole(node);
    }
  }

  void take_whole(const Node& node) {
    Item item;
    if (read_item(record_.arena(), node, item))
      record_.items().push_back(record_.arena(), item);
    else
      diagnostics_.warning("carry/unreadable", node.span,
                           "an item of the carried object does not fit the record schema and is left out");
  }

  void take_visible(std::string_view field_name, Str key) {
    const std::optional<Field> field = field_named(field_name);
    if (!field) {
      diagnostics_.warning("carry/unreadable", carried_.span,
                           fmt::format("the carried object names a field \"{}\" that does not exist", field_name));
      return;
    }
    const Entry* const visible = seen_.find(*field);
    if (visible == nullptr) return;  // deleted by hand
    Entry entry = *visible;
    entry.key = record_.arena().copy(key);
    entry.raw = {};
    if (holds_raw(entry.value)) {
      entry.value = clone(entry.value, record_.arena());
      std::visit([](auto& held) { clear_raw(held); }, entry.value);
    }
    record_.add(entry);
  }

  void let_edits_win() {
    const Record expected = write_and_read_(record_);
    if (expected.type != seen_.type) {
      record_.type = seen_.type;
      record_.type_as_written = {};
    }
    for (std::size_t f = 0; f < kFieldCount; ++f) {
      const Field field = static_cast<Field>(f);
      if (!shows_the_same(expected, field)) take_edited(field);
    }
    for (const Item& item : seen_.items())
      if (const Extra* const extra = std::get_if<Extra>(&item); extra != nullptr && !has_extra(expected, *extra))
        record_.add(*extra);
  }

  bool shows_the_same(const Record& expected, Field field) const {
    auto next = [field](const Record& record, std::size_t& from) -> const Entry* {
      for (; from < record.items().size(); ++from)
        if (const Entry* const entry = std::get_if<Entry>(&record.items()[from]); entry != nullptr && entry->field == field) {
          ++from;
          return entry;
        }
      return nullptr;
    };
    std::size_t a = 0;
    std::size_t b = 0;
    while (true) {
      const Entry* const one = next(expected, a);
      const Entry* const other = next(seen_, b);
      if (one == nullptr || other == nullptr) return one == other;
      if (!same_content(one->value, other->value)) return false;
    }
  }

  void take_edited(Field field) {
    const Entry* const visible = seen_.find(field);
    diagnostics_.note(
        "carry/edited", visible == nullptr ? carried_.span : visible->span,
        fmt::format("{} was edited since it was written; the visible text is used, not its carried copy", name_of(field)));
    record_.remove(field);
    record_.layout = {};
    for_each_entry(seen_, [&](const Entry& entry) {
      if (entry.field == field) record_.add(entry).raw = {};
    });
  }

  static bool has_extra(const Record& record, const Extra& wanted) {
    for (const Item& item : record.items())
      if (const Extra* const extra = std::get_if<Extra>(&item);
          extra != nullptr && extra->key == wanted.key && extra->raw == wanted.raw)
        return true;
    return false;
  }

  const Node& carried_;
  const Record& seen_;
  const WriteAndRead& write_and_read_;
  DiagnosticSink& diagnostics_;
  Record record_;
};

}  // namespace

bool is_record(const Node& carried, DiagnosticSink& diagnostics) {
  const Node* const items = carried.find("items");
  if (items != nullptr && items->is_list() && type_named(carried.text_of("type"))) return true;
  diagnostics.warning("carry/unreadable", carried.span, "the carried object is no record; it is kept as it is, and the visible text stands alone");
  return false;
}

Record restore(const Node& carried, const Record& seen, const WriteAndRead& write_and_read, DiagnosticSink& diagnostics) {
  return Restorer(carried, seen, write_and_read, diagnostics).restore();
}

// ---------------------------------------------------------------------------------------------------- between records

Str between_texts(Arena& arena, const List<Extra>& extras) {
  TextBuffer json;
  JsonEmitter emitter(json);
  emitter.begin_list();
  for (const Extra& extra : extras) emit(emitter, Item(extra));
  emitter.end_list();
  return arena.copy(json);
}

Flow pass_between(const std::shared_ptr<Arena>& arena, Str texts, RecordSink& records) {
  if (texts.empty()) return Flow::Continue;
  DiagnosticList ignored;  // the text is our own; whoever edited it to pieces finds no extras
  const Node list = parse_json(*arena, texts, 0, {}, ignored);
  for (const Member& member : list.members) {
    Item item;
    if (!read_item(*arena, member.value, item) || !std::holds_alternative<Extra>(item)) continue;
    if (records.between(std::move(std::get<Extra>(item))) == Flow::Stop) return Flow::Stop;
  }
  return Flow::Continue;
}

}  // namespace bibmill::text

// Reading targets, and measuring records by them.
#include "bibmill/target.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "bibmill/document.h"
#include "bibmill/errors.h"
#include "bibmill/nearest.h"
#include "bibmill/step.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "document_keys.h"
#include "facts.h"
#include "journal_words.h"
#include "schema_frames.h"
#include "target_files.h"
#include "whole_file.h"

namespace bibmill {

namespace {

using text::Node;

constexpr std::size_t kLongestTarget = std::size_t{1} << 20;
constexpr std::string_view kOthers = "others";
constexpr std::string_view kForms = "any|full|abbreviated|iso4|nlm";
constexpr std::string_view kPageForms = "any|expand|contract";

struct TargetKey {
  std::string_view name;
  std::string_view meaning;
};

constexpr TargetKey kTargetKeys[] = {
    {"title", "What it is called"},
    {"source", "Where it is written what is wanted"},
    {"note", "What is written there, in other words"},
    {"required", "The fields that a work must have, by its type; \"others\" are all types that are not named. Of fields joined by | one is enough"},
    {"journal", "The form of journals' titles: full, abbreviated in any way, by ISO 4 with full stops, as NLM's catalogue has them without, or any"},
    {"authors", "Of more than \"most\" authors, the first \"shown\" are printed"},
    {"identifiers", "Fields that every work must have, that it should have, and that it must not have"},
    {"pages", "The last page of a range: expand (1194-1205), contract (1194-205), or any"},
};

std::vector<std::string_view> names_of_keys() {
  std::vector<std::string_view> names;
  for (const TargetKey& key : kTargetKeys) names.push_back(key.name);
  return names;
}

class TargetReader {
 public:
  explicit TargetReader(const Document& document) : document_(&document) {}

  Target read(std::string name) const {
    Target target;
    target.name = std::move(name);
    const Node& root = document_->root();
    for_each(root, "a target", names_of_keys(), [&](std::string_view key, const Node& node) {
      if (key == "title") target.title = word(node, key);
      if (key == "source") target.source = word(node, key);
      if (key == "note") target.note = word(node, key);
      if (key == "required") read_required(node, target);
      if (key == "journal") target.journal = form(node);
      if (key == "pages") target.pages = page_form(node);
      if (key == "authors") target.authors = limit(node);
      if (key == "identifiers") read_identifiers(node, target);
    });
    if (root.find("required") == nullptr) document_->fail(root.span, "a target needs required");
    if (target.title.empty()) target.title = target.name;
    return target;
  }

 private:
  template <class Make>
  auto with_place(Span span, Make&& make) const {
    try {
      return make();
    } catch (const UsageError& error) {
      document_->fail(span, error.what());
    }
  }

  template <class Take>
  void for_each(const Node& map, std::string_view what, const std::vector<std::string_view>& names, Take&& take) const {
    if (!map.is_map()) document_->fail(map.span, fmt::format("{} is a map, and this is {}", what, kind_of(map)));
    for (const text::Member& member : map.members) {
      if (std::find(names.begin(), names.end(), member.key) == names.end()) refuse_key(*document_, member, what, names);
      take(member.key, member.value);
    }
  }

  std::string word(const Node& node, std::string_view key) const {
    if (!node.is_scalar() || node.kind == Node::Kind::Null) document_->fail(node.span, fmt::format("{} is a word, and this is {}", key, kind_of(node)));
    return std::string(node.text);
  }

  void read_required(const Node& map, Target& target) const {
    if (!map.is_map()) document_->fail(map.span, fmt::format("required is a map, and this is {}", kind_of(map)));
    std::array<bool, kTypeCount> named{};
    std::vector<FieldChoice> others;
    for (const text::Member& member : map.members) {
      std::vector<FieldChoice> choices = choices_of(member.value);
      if (member.key == kOthers) {
        others = std::move(choices);
        continue;
      }
      const auto type = static_cast<std::size_t>(with_place(member.key_span, [&] { return type_for_step(member.key); }));
      target.required[type] = std::move(choices);
      named[type] = true;
    }
    for (std::size_t type = 0; type < kTypeCount; ++type)
      if (!named[type]) target.required[type] = others;
  }

  void read_identifiers(const Node& map, Target& target) const {
    for_each(map, "identifiers", {"required", "wanted", "refused"}, [&](std::string_view key, const Node& node) {
      std::vector<FieldChoice> choices = choices_of(node);
      if (key == "required") target.identifiers_required = std::move(choices);
      if (key == "wanted") target.identifiers_wanted = std::move(choices);
      if (key != "refused") return;
      for (const FieldChoice& choice : choices) target.identifiers_refused.insert(target.identifiers_refused.end(), choice.begin(), choice.end());
    });
  }

  /// A list of fields, or of fields joined by |.
  std::vector<FieldChoice> choices_of(const Node& list) const {
    if (!list.is_list()) document_->fail(list.span, fmt::format("this is a list of fields, and not {}", kind_of(list)));
    std::vector<FieldChoice> choices;
    for (const text::Member& member : list.members) {
      FieldChoice choice;
      std::string_view rest = word(member.value, "a field").empty() ? std::string_view{} : std::string_view(member.value.text);
      while (!rest.empty()) {
        const std::size_t bar = std::min(rest.find('|'), rest.size());
        choice.push_back(with_place(member.value.span, [&] { return field_for_step(rest.substr(0, bar)); }));
        rest.remove_prefix(std::min(bar + 1, rest.size()));
      }
      choices.push_back(std::move(choice));
    }
    return choices;
  }

  JournalForm form(const Node& node) const {
    const std::string name = word(node, "journal");
    if (!is_choice(kForms, name)) document_->fail(node.span, fmt::format("journal is one of {}, and not {}", kForms, name));
    return name == "full" ? JournalForm::Full : name == "abbreviated" ? JournalForm::Abbreviated : name == "iso4" ? JournalForm::Iso4 : name == "nlm" ? JournalForm::Nlm : JournalForm::Any;
  }

  PageForm page_form(const Node& node) const {
    const std::string name = word(node, "pages");
    if (!is_choice(kPageForms, name)) document_->fail(node.span, fmt::format("pages is one of {}, and not {}", kPageForms, name));
    return name == "expand" ? PageForm::Expand : name == "contract" ? PageForm::Contract : PageForm::Any;
  }

  AuthorLimit limit(const Node& map) const {
    AuthorLimit limit;
    for_each(map, "authors", {"most", "shown"}, [&](std::string_view key, const Node& node) { (key == "most" ? limit.most : limit.shown) = number(node); });
    if (limit.most == 0 || limit.shown == 0 || limit.shown > limit.most) document_->fail(map.span, "authors are {most: N, shown: N}, and no more are shown than most");
    return limit;
  }

  std::size_t number(const Node& node) const {
    std::size_t value = 0;
    const char* const end = node.text.data() + node.text.size();
    const auto [rest, error] = std::from_chars(node.text.data(), end, value);
    if (node.text.empty() || error != std::errc{} || rest != end) document_->fail(node.span, "this is a number");
    return value;
  }

  const Document* document_;
};

// ------------------------------------------------------------------------------------------------------------ measuring

constexpr std::string_view kJournalHint = "; the step journals can do it";
constexpr std::string_view kJournalListHint = "; the step journals can do it with a list that has the journal";

std::string_view name_of_form(JournalForm form) {
  return form == JournalForm::Nlm ? "as NLM's catalogue abbreviates it" : form == JournalForm::Iso4 ? "abbreviated by ISO 4, with full stops" : "abbreviated";
}

bool has_any_of(const Record& record, const FieldChoice& choice) {
  return std::any_of(choice.begin(), choice.end(), [&](Field field) { return record.has(field); });
}

std::string plain(const Record& record, Field field) {
  std::string text;
  for_each_entry(record, [&](const Entry& entry) {
    if (entry.field != field || !text.empty()) return;
    if (const auto* const rich = std::get_if<RichText>(&entry.value)) text = text::plain_text(*rich);
  });
  return text;
}

/// "J Coastal Notes" and "J. Coastal Notes" are short, "Nature" is whole in any form.
bool has_full_stops(std::string_view title) { return title.find(". ") != std::string_view::npos || title.ends_with('.'); }
bool is_one_word(std::string_view title) { return title.find(' ') == std::string_view::npos; }

enum class Shortness : std::uint8_t {
  Full,
  Short,
  Both,  ///< no word of it is abbreviated
};

const JournalWords& journal_words() {
  static const JournalWords kWords;
  return kWords;
}

Shortness shortness_of(const std::string& title) {
  if (has_full_stops(title)) return Shortness::Short;
  const std::optional<TitleByWords> answer = journal_words().abbreviate(title, JournalStyle::Nlm);
  if (!answer) return Shortness::Short;
  return answer->sure == 1 && text::to_lower(answer->text) == text::to_lower(title) ? Shortness::Both : Shortness::Full;
}

/// What the step can do of itself, and what it has no words for.
std::string_view hint_for(const std::string& title, JournalForm form) {
  if (form == JournalForm::Full) return kJournalListHint;
  const std::optional<TitleByWords> answer = journal_words().abbreviate(title, form == JournalForm::Nlm ? JournalStyle::Nlm : JournalStyle::Iso4);
  return answer && answer->sure >= kSureTitle ? kJournalHint : kJournalListHint;
}

/// What is wrong with the form of the journal's title; empty: nothing.
std::string journal_fault(const Record& record, JournalForm form) {
  const std::string full = plain(record, Field::ContainerTitle);
  const std::string abbreviated = plain(record, Field::ContainerTitleShort);
  if (form == JournalForm::Any || record.type != Type::ArticleJournal || (full.empty() && abbreviated.empty())) return {};
  if (form == JournalForm::Full) {
    if (full.empty()) return fmt::format("the journal is only given as {}, and wanted in full{}", abbreviated, hint_for(abbreviated, form));
    return has_full_stops(full) ? fmt::format("the journal is given as {}, and wanted in full{}", full, hint_for(full, form)) : std::string();
  }
  const std::string& shown = abbreviated.empty() ? full : abbreviated;
  if (is_one_word(shown)) return {};
  if (form == JournalForm::Nlm && has_full_stops(shown)) return fmt::format("the journal is given as {}, and wanted without full stops, {}{}", shown, name_of_form(form), hint_for(shown, form));
  const Shortness shortness = shortness_of(shown);
  const bool is_short = !abbreviated.empty() || shortness != Shortness::Full;
  // A title of which no word is abbreviated is its own abbreviation.
  const bool lacks_stops = form == JournalForm::Iso4 && !has_full_stops(shown) && (abbreviated.empty() ? shortness == Shortness::Short : shown != full);
  if (lacks_stops) return fmt::format("the journal is given as {}, and wanted {}{}", shown, name_of_form(form), hint_for(shown, form));
  return is_short ? std::string() : fmt::format("the journal is given as {}, and wanted {}{}", full, name_of_form(form), hint_for(full, form));
}

/// A list that was cut off shorter than it is printed.
std::string author_fault(const Record& record, const AuthorLimit& limit) {
  std::string fault;
  for_each_entry(record, [&](const Entry& entry) {
    const auto* const names = entry.field == Field::Author ? std::get_if<Names>(&entry.value) : nullptr;
    if (names == nullptr || names->complete || names->list.size() >= limit.shown) return;
    fault = fmt::format("of its authors {} named, and {} wanted before \"et al.\"", names->list.size() == 1 ? std::string("1 is") : fmt::format("{} are", names->list.size()), limit.shown);
  });
  return fault;
}

std::string name_from(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string file = slash == std::string::npos ? path : path.substr(slash + 1);
  return file.substr(0, file.find('.'));
}

/// A list of fields, or of fields joined by |.
void emit_choice_list(text::Emitter& emitter) {
  emit_typed(emitter, "array", {}, [&] {
    emitter.key("items");
    emit_typed(emitter, "string");
  });
}

void emit_required_fields(text::Emitter& emitter) {
  emit_properties(emitter, [&] {
    for (std::size_t type = 0; type < kTypeCount; ++type) {
      emitter.key(name_of(static_cast<Type>(type)));
      emit_choice_list(emitter);
    }
    emitter.key(kOthers);
    emit_choice_list(emitter);
  });
  emit_no_others(emitter);
}

template <class Emit>
void emit_members(text::Emitter& emitter, std::initializer_list<std::string_view> names, Emit&& emit) {
  emit_properties(emitter, [&] {
    for (const std::string_view name : names) {
      emitter.key(name);
      emit();
    }
  });
  emit_no_others(emitter);
}

void emit_target_key(text::Emitter& emitter, const TargetKey& key) {
  const bool is_map = key.name == "required" || key.name == "authors" || key.name == "identifiers";
  emitter.key(key.name);
  emit_typed(emitter, is_map ? "object" : "string", key.meaning, [&] {
    if (key.name == "required") emit_required_fields(emitter);
    if (key.name == "journal") emit_choices(emitter, kForms);
    if (key.name == "pages") emit_choices(emitter, kPageForms);
    if (key.name == "identifiers") emit_members(emitter, {"required", "wanted", "refused"}, [&] { emit_choice_list(emitter); });
    if (key.name == "authors") emit_members(emitter, {"most", "shown"}, [&] { emit_typed(emitter, "integer"); });
  });
}

}  // namespace

std::span<const TargetFile> all_targets() { return kTargetFiles; }

Target read_target(const std::string& name_or_path) {
  std::vector<std::string_view> names;
  for (const TargetFile& file : all_targets()) {
    names.push_back(file.name);
    if (file.name == name_or_path) return TargetReader(Document(fmt::format("{}.yaml", file.name), std::string(file.text))).read(std::string(file.name));
  }
  if (name_or_path.find_first_of("./") == std::string::npos) throw UsageError(fmt::format("there is no target {}{}", name_or_path, suggestion(name_or_path, names)));
  const Document document(name_or_path, whole_file(name_or_path, kLongestTarget));
  return TargetReader(document).read(name_from(name_or_path));
}

std::vector<Shortcoming> shortcomings(const Record& record, const Target& target) {
  std::vector<Shortcoming> found;
  const auto add = [&](Shortcoming::Kind kind, std::string message) {
    if (!message.empty()) found.push_back({kind, std::move(message)});
  };
  const auto lacks = [&](const std::vector<FieldChoice>& choices, Shortcoming::Kind kind) {
    std::vector<std::string> gaps;
    for (const FieldChoice& choice : choices)
      if (!has_any_of(record, choice)) gaps.push_back(in_words(choice));
    if (!gaps.empty()) add(kind, fmt::format("it has no {}", fmt::join(gaps, ", no ")));
  };
  // "arXiv preprint arXiv:2005.14165" is no journal, and has no volume.
  const bool is_preprint = record.type == Type::ArticleJournal && facts_of(record).preprint;
  lacks(target.required[static_cast<std::size_t>(is_preprint ? Type::Article : record.type)], Shortcoming::Kind::Incomplete);
  lacks(target.identifiers_required, Shortcoming::Kind::Incomplete);
  if (!is_preprint) add(Shortcoming::Kind::Otherwise, journal_fault(record, target.journal));
  if (target.authors) add(Shortcoming::Kind::Otherwise, author_fault(record, *target.authors));
  for (const Field field : target.identifiers_refused)
    if (record.has(field)) add(Shortcoming::Kind::Otherwise, fmt::format("it has {}, which is not wanted; the step fields can drop it", name_of(field)));
  lacks(target.identifiers_wanted, Shortcoming::Kind::Wish);
  return found;
}

std::string in_words(const FieldChoice& choice) {
  std::string words;
  for (const Field field : choice) words += fmt::format("{}{}", words.empty() ? "" : " or ", name_of(field));
  return words;
}

void emit_target_schema(text::Emitter& emitter) {
  emit_schema(emitter, "Target of bibmill run: what a journal wants of references", [&] {
    emitter.member("type", "object");
    emit_properties(emitter, [&] {
      for (const TargetKey& key : kTargetKeys) emit_target_key(emitter, key);
    });
    emit_required(emitter, {"required"});
    emit_no_others(emitter);
  });
}

}  // namespace bibmill

// Clusters of records, and the merger that fills one record from the others.
#include "merging.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bibmill/diff.h"
#include "bibmill/errors.h"
#include "bibmill/keys.h"
#include "bibmill/reflect.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"

namespace bibmill {

/// Which records are one work. The first record of a cluster stands for it.
class Clusters {
 public:
  explicit Clusters(std::vector<Portrait>& portraits) : portraits_(&portraits), parent_(portraits.size()) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }

  std::size_t find(std::size_t at) {
    while (parent_[at] != at) at = parent_[at] = parent_[parent_[at]];
    return at;
  }

  /// What speaks against it, since as whole clusters they contradict each other (A is B, B is C, and A has another DOI than C). Empty: they are joined.
  std::string join(std::size_t a, std::size_t b) {
    std::size_t first = find(a);
    std::size_t second = find(b);
    if (first == second) return {};
    if (second < first) std::swap(first, second);
    Portrait& known = (*portraits_)[first];
    const Portrait& more = (*portraits_)[second];
    if (contradict(known.identifiers, more.identifiers)) return "they have different identifiers";
    known.identifiers.insert(known.identifiers.end(), more.identifiers.begin(), more.identifiers.end());
    known.marks.add(more.marks);
    if (known.containers.empty()) known.containers = more.containers;
    parent_[second] = first;
    return {};
  }

  /// The same of records that nothing but their content makes one: what a record does not say itself, others of its cluster say for it.
  std::string join_by_content(std::size_t a, std::size_t b) {
    const Portrait& first = (*portraits_)[a];
    const Portrait& second = (*portraits_)[b];
    const WorkMarks marks = marks_within_cluster(a);
    const WorkMarks other = marks_within_cluster(b);
    const auto names = [&](const Portrait& portrait, std::size_t at) -> const std::string& { return portrait.containers.empty() ? (*portraits_)[find(at)].containers : portrait.containers; };
    const Objection reason = objection(marks, names(first, a), other, names(second, b));
    return reason == Objection::None ? join(a, b) : described(reason, marks, other);
  }

 private:
  WorkMarks marks_within_cluster(std::size_t at) {
    WorkMarks marks = (*portraits_)[at].marks;
    marks.add((*portraits_)[find(at)].marks);
    return marks;
  }

  std::vector<Portrait>* portraits_;
  std::vector<std::size_t> parent_;
};

namespace {

/// A record is compared with so many others that share a blocking key, and no more: this keeps the time linear.
constexpr std::size_t kMostCandidates = 8;

/// "title, DOI and 2 more".
std::string listed(const std::vector<std::string>& words) {
  constexpr std::size_t kMost = 4;
  if (words.size() > kMost) return fmt::format("{} and {} more", fmt::join(words.begin(), words.begin() + kMost, ", "), words.size() - kMost);
  return fmt::format("{}", fmt::join(words, ", "));
}

bool has_extra(const Record& record, const Extra& extra, bool with_content) {
  return std::any_of(record.items().begin(), record.items().end(), [&](const Item& item) {
    const Extra* const mine = std::get_if<Extra>(&item);
    return mine != nullptr && mine->origin == extra.origin && mine->key == extra.key && (!with_content || mine->raw == extra.raw);
  });
}

// -------------------------------------------------------------------------------------------------- values that say no more

bool begins(std::string_view text, std::string_view beginning) { return text.starts_with(beginning); }

/// "Quist, M." says no more than "Quist, Mara".
bool says_no_more(const Name& other, const Name& kept) {
  if (other.is_body() || kept.is_body()) return folded_words(std::string(other.literal).append(other.family)) == folded_words(std::string(kept.literal).append(kept.family));
  if (folded_words(other.family) != folded_words(kept.family)) return false;
  // Word by word, each the beginning of its fellow.
  const std::string more = folded_words(kept.given);
  std::string_view rest = more;
  const std::string less = folded_words(other.given);
  for (std::string_view words = less; !words.empty();) {
    const std::string_view word = words.substr(0, words.find(' '));
    if (!begins(rest, word)) return false;
    words.remove_prefix(std::min(word.size() + 1, words.size()));
    rest.remove_prefix(std::min(rest.find(' '), rest.size() - 1) + 1);
    if (rest.empty() && !words.empty()) return false;
  }
  return true;
}

bool says_no_more(const Value& other, const Value& kept) {
  if (other.index() != kept.index()) return false;
  if (const RichText* const text = std::get_if<RichText>(&other)) return folded_words(text::plain_text(*text)) == folded_words(text::plain_text(std::get<RichText>(kept)));
  if (const Text* const text = std::get_if<Text>(&other)) return folded_words(text->value) == folded_words(std::get<Text>(kept).value);
  if (const Date* const date = std::get_if<Date>(&other)) {
    const DatePoint& less = date->from;
    const DatePoint& more = std::get<Date>(kept).from;
    return date->literal.empty() && !date->is_range() && less.year == more.year && (less.month == 0 || (less.month == more.month && (less.day == 0 || less.day == more.day)));
  }
  if (const Keywords* const keywords = std::get_if<Keywords>(&other)) {
    const Keywords& all = std::get<Keywords>(kept);
    return std::all_of(keywords->list.begin(), keywords->list.end(), [&](const Keyword& one) {
      const std::string words = folded_words(text::plain_text(one.text));
      return std::any_of(all.list.begin(), all.list.end(), [&](const Keyword& mine) { return folded_words(text::plain_text(mine.text)) == words; });
    });
  }
  if (const Names* const names = std::get_if<Names>(&other)) {
    const Names& all = std::get<Names>(kept);
    return std::equal(names->list.begin(), names->list.end(), all.list.begin(), names->complete ? all.list.end() : all.list.begin() + static_cast<std::ptrdiff_t>(std::min(names->list.size(), all.list.size())),
                      [](const Name& less, const Name& more) { return says_no_more(less, more); });
  }
  return false;
}

/// Whether the record says all that the other says in this field; a journal's abbreviation is said by the field for it.
bool says_all(const Record& record, const Record& other, Field field) {
  const Entry* const theirs = other.find(field);
  const Entry* const mine = record.find(field);
  if (theirs == nullptr || mine == nullptr) return false;
  // Identifiers of both are kept.
  if (std::holds_alternative<Identifiers>(theirs->value) || says_no_more(theirs->value, mine->value)) return true;
  const Entry* const abbreviated = field == Field::ContainerTitle ? record.find(Field::ContainerTitleShort) : nullptr;
  return abbreviated != nullptr && says_no_more(theirs->value, abbreviated->value);
}

std::size_t length_of(const Entry& entry) {
  if (const RichText* const rich = std::get_if<RichText>(&entry.value)) return text::size_in_bytes(*rich);
  if (const Text* const text = std::get_if<Text>(&entry.value)) return text->value.size();
  if (const Names* const names = std::get_if<Names>(&entry.value)) return names->list.size();
  if (const Abstract* const abstract = std::get_if<Abstract>(&entry.value)) {
    std::size_t length = 0;
    for (const AbstractSection& section : abstract->sections) length += text::size_in_bytes(section.text);
    return length;
  }
  return 0;
}

void add_alias(Record& record, Str alias) {
  bool known = alias == record.key;
  for_each_entry(record, [&](const Entry& entry) { known = known || (entry.field == Field::CitationKeyAlias && std::get<Text>(entry.value).value == alias); });
  if (!known) record.add(Field::CitationKeyAlias, Text{record.arena().copy(alias)});
}

}  // namespace

/// Fills one record from another that describes the same work.
class WorkMerger {
 public:
  WorkMerger(GatheredRecord& best, const MergingStep& step, StepReport& report) : best_(&best), step_(&step), report_(&report) {
    for_each_entry(best.record, [&](const Entry& entry) { add_giver(entry.field, best); });
  }

  /// What was filled, by name.
  std::vector<std::string> take(const GatheredRecord& other) {
    filled_.clear();
    other_ = &other;
    givers_before_ = givers_;
    before_ = clone(best_->record, std::make_shared<Arena>());
    const std::vector<FieldDifference> differences = compare(best_->record, other.record);
    fill_type(other.record);
    for (std::size_t f = 0; f < kFieldCount; ++f) fill(static_cast<Field>(f), other.record);
    for (const Item& item : other.record.items())
      if (const Extra* const extra = std::get_if<Extra>(&item)) fill(*extra, other);
    for (const FieldDifference& difference : differences) tell(difference, other);
    best_->record.layout = {};
    return filled_;
  }

  /// Which record gave which field.
  const MergingStep::Givers& givers() const { return givers_; }

 private:
  Record& record() { return best_->record; }

  void fill_type(const Record& other) {
    if (record().type != Type::Document || other.type == Type::Document) return;
    record().type = other.type;
    record().type_as_written = {};
    filled_.emplace_back("type");
  }

  void fill(Field field, const Record& other) {
    const Entry* const theirs = other.find(field);
    if (theirs == nullptr || field == Field::CitationKeyAlias) return;
    const Entry* const mine = record().find(field);
    if (mine == nullptr) {
      add_all(field, other);
    } else if (std::holds_alternative<Identifiers>(mine->value)) {
      add_identifiers(field, other);
    } else if (step_->wins(field, *other_, giver_of(field), *report_)) {
      if (says_no_more(theirs->value, mine->value) && says_no_more(mine->value, theirs->value)) return;
      std::erase_if(givers_, [&](const auto& giver) { return giver.first == field; });
      record().remove(field);
      add_all(field, other);
    } else if (is_better(field, *theirs, *mine)) {
      std::erase_if(givers_, [&](const auto& giver) { return giver.first == field; });
      add_giver(field, *other_);
      record().set(field, clone(theirs->value, record().arena()));
      filled_.emplace_back(name_of(field));
    }
  }

  void add_giver(Field field, const GatheredRecord& giver) {
    if (std::find(givers_.begin(), givers_.end(), std::pair(field, &giver)) == givers_.end()) givers_.emplace_back(field, &giver);
  }

  const GatheredRecord& giver_of(Field field) const { return giver_among(givers_, field); }

  const GatheredRecord& giver_among(const MergingStep::Givers& givers, Field field) const {
    const auto giver = std::find_if(givers.begin(), givers.end(), [&](const auto& each) { return each.first == field; });
    return giver == givers.end() ? *best_ : *giver->second;
  }

  /// Of names, those that are not cut off or abbreviated; of titles the one that says "RETRACTED:"; of dates the more precise; of fields that the user names, the longest value.
  bool is_better(Field field, const Entry& theirs, const Entry& mine) const {
    const Names* const their_names = std::get_if<Names>(&theirs.value);
    const Names* const my_names = std::get_if<Names>(&mine.value);
    if (their_names != nullptr && my_names != nullptr && their_names->complete != my_names->complete) return their_names->complete;
    // Nobody must lose that a work was retracted.
    if (const RichText* const title = std::get_if<RichText>(&theirs.value); field == Field::Title && title != nullptr && is_titled_retracted(text::plain_text(*title)))
      if (const RichText* const other = std::get_if<RichText>(&mine.value); other != nullptr && !is_titled_retracted(text::plain_text(*other))) return true;
    const bool grades = their_names != nullptr || std::holds_alternative<Date>(theirs.value);
    if (grades && says_no_more(mine.value, theirs.value) && !says_no_more(theirs.value, mine.value)) return true;
    return std::find(step_->longest_.begin(), step_->longest_.end(), field) != step_->longest_.end() && length_of(theirs) > length_of(mine);
  }

  void add_all(Field field, const Record& other) {
    for_each_entry(other, [&](const Entry& entry) {
      if (entry.field != field) return;
      Entry copy = clone(entry, record().arena());
      copy.span = {};
      copy.more = {};
      if (other.origin != record().origin) copy.key = copy.raw = {};
      record().add(copy);
    });
    add_giver(field, *other_);
    filled_.emplace_back(name_of(field));
  }

  void add_identifiers(Field field, const Record& other) {
    Arena& arena = record().arena();
    Identifiers all = std::get<Identifiers>(clone(record().find(field)->value, arena));
    const std::size_t before = all.list.size();
    for_each_entry(other, [&](const Entry& entry) {
      if (entry.field != field) return;
      for (const Identifier& theirs : std::get<Identifiers>(entry.value).list)
        if (!has(field, theirs) && !contains(all, theirs)) all.list.push_back(arena, clone(theirs, arena));
    });
    if (all.list.size() == before) return;
    for (Item& item : record().items())
      if (Entry* const entry = std::get_if<Entry>(&item); entry != nullptr && entry->field == field) {
        entry->value = all;
        entry->raw = {};
        break;
      }
    add_giver(field, *other_);
    filled_.emplace_back(name_of(field));
  }

  static bool contains(const Identifiers& identifiers, const Identifier& wanted) {
    return std::any_of(identifiers.list.begin(), identifiers.list.end(),
                       [&](const Identifier& one) {
                         if (one.scheme != wanted.scheme) return false;
                         return one.scheme == "isbn" ? isbn13(one.value) == isbn13(wanted.value) : text::equal_ignoring_ascii_case(one.value, wanted.value);
                       });
  }

  bool has(Field field, const Identifier& wanted) {
    bool found = false;
    for_each_entry(record(), [&](const Entry& entry) { found = found || (entry.field == field && contains(std::get<Identifiers>(entry.value), wanted)); });
    return found;
  }

  void fill(const Extra& extra, const GatheredRecord& other) {
    if (has_extra(record(), extra, true)) return;
    if (has_extra(record(), extra, false)) {
      tell({FieldDifference::Kind::Changed, fmt::format("{} ({})", extra.key, extra.origin), {}, std::string(extra.raw)}, other);
      return;
    }
    Extra copy = clone(extra, record().arena());
    copy.span = {};
    record().add(copy);
    filled_.emplace_back(extra.key);
  }

  bool was_filled(const std::string& field) const { return std::find(filled_.begin(), filled_.end(), field) != filled_.end(); }

  /// Says which values stay behind.
  void tell(const FieldDifference& difference, const GatheredRecord& other) {
    if (difference.kind != FieldDifference::Kind::Changed || difference.field == "key") return;
    const bool ours = was_filled(difference.field);
    const std::optional<Field> field = field_named(difference.field);
    // What stays says all that goes, whoever brought it.
    if (field && says_all(best_->record, ours ? before_ : other.record, *field)) return;
    Diagnostic note{Severity::Note, step_->codes_.values, {}, {}, best_->record.span, {}};
    note.message = fmt::format("{} \"{}\" of {} is not kept", difference.field, shortened(ours ? difference.before : difference.after), described(!ours ? other : field ? giver_among(givers_before_, *field) : *best_, *report_));
    report_->about(*best_, std::move(note));
  }

  GatheredRecord* best_;
  const MergingStep* step_;
  StepReport* report_;
  const GatheredRecord* other_ = nullptr;  // that it is taking from
  MergingStep::Givers givers_;
  MergingStep::Givers givers_before_;  // as they were before it took anything
  std::vector<std::string> filled_;
  Record before_;  // as it was before it took anything
};

bool MergingStep::take_option(const StepArgument& argument, std::string_view step) {
  const std::string& value = argument.values.front();
  if (argument.option == kMergingBy.name) {
    if (value != "all" && value != "identifier") throw UsageError(fmt::format("the step {} goes by all or by identifier, not by {}", step, value));
    by_content_ = value == "all";
  } else if (argument.option == kMergingAliases.name) {
    if (value != "keep" && value != "drop") throw UsageError(fmt::format("the step {} can keep or drop the keys of merged records, not {} them", step, value));
    keeps_aliases_ = value == "keep";
  } else if (argument.option == kMergingLongest.name) {
    for (const std::string& name : argument.values) longest_.push_back(field_for_step(name));
  } else if (argument.option == kMergingMap.name) {
    map_ = value;
  } else {
    return false;
  }
  return true;
}

void MergingStep::add_meeting_hashes(const Record& record, std::vector<std::uint64_t>& hashes) const {
  const Portrait portrait(record, Portrait::Detail::ForMeeting);
  for (const std::string& identifier : portrait.identifiers) hashes.push_back(hash_of(identifier));
  if (!by_content_) return;
  for (const std::string& key : blocking_keys(portrait)) hashes.push_back(hash_of(key));
}

void MergingStep::arrange(std::vector<GatheredRecord>& records, StepReport& report) const {
  std::vector<Portrait> portraits;
  portraits.reserve(records.size());
  for (const GatheredRecord& gathered : records) portraits.emplace_back(gathered.record);
  Clusters clusters(portraits);
  std::vector<std::string> reasons(records.size());
  join_by_identifier(records, portraits, clusters, reasons, report);
  if (by_content_) join_by_content(records, portraits, clusters, reasons, report);
  merge(records, clusters, reasons, report);
}

void MergingStep::doubt(const GatheredRecord& record, const GatheredRecord& other, const std::string& reason, StepReport& report) const {
  Diagnostic diagnostic{Severity::Warning, codes_.doubtful, {}, {}, record.record.span, {}};
  diagnostic.message = fmt::format("it may be the same work as {}: {}; both are kept", described(other, report), reason);
  report.about(record, std::move(diagnostic));
}

void MergingStep::join_by_identifier(const std::vector<GatheredRecord>& records, const std::vector<Portrait>& portraits, Clusters& clusters, std::vector<std::string>& reasons, StepReport& report) const {
  std::unordered_map<std::string, std::size_t> first;
  for (std::size_t at = 0; at < records.size(); ++at) {
    const std::vector<std::string> mine = portraits[at].identifiers;  // joining adds to them
    for (const std::string& identifier : mine) {
      const auto [known, is_new] = first.emplace(identifier, at);
      if (is_new || clusters.find(known->second) == clusters.find(at)) continue;
      const Likeness likeness = compare_by_identifier(portraits[known->second], portraits[at], identifier);
      const std::string against = likeness.kind == Likeness::Kind::Same ? clusters.join(known->second, at) : likeness.reason;
      if (!against.empty()) {
        doubt(records[at], records[known->second], against, report);
        break;
      }
      reasons[at] = likeness.reason;
    }
  }
}

void MergingStep::join_by_content(const std::vector<GatheredRecord>& records, const std::vector<Portrait>& portraits, Clusters& clusters, std::vector<std::string>& reasons, StepReport& report) const {
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> met;
  for (std::size_t at = 0; at < records.size(); ++at) {
    const std::size_t* doubtful = nullptr;
    std::string doubt_reason;
    bool joined = false;
    for (const std::string& key : blocking_keys(portraits[at])) {
      std::vector<std::size_t>& others = met[hash_of(key)];
      for (const std::size_t& other : others) {
        if (clusters.find(other) == clusters.find(at)) {
          joined = true;
          continue;
        }
        const Likeness likeness = compare_by_content(portraits[other], portraits[at]);
        if (likeness.kind == Likeness::Kind::Different) continue;
        const std::string against = likeness.kind == Likeness::Kind::Same ? clusters.join_by_content(other, at) : likeness.reason;
        if (against.empty()) {
          reasons[at] = likeness.reason;
          joined = true;
        } else if (doubtful == nullptr) {
          doubtful = &other;
          doubt_reason = against;
        }
      }
      if (doubtful != nullptr && !joined) doubt(records[at], records[*doubtful], doubt_reason, report);
      if (doubtful != nullptr) joined = true;  // said once
      doubtful = nullptr;
      if (others.size() < kMostCandidates) others.push_back(at);
    }
  }
}

void MergingStep::merge(std::vector<GatheredRecord>& records, Clusters& clusters, const std::vector<std::string>& reasons, StepReport& report) const {
  std::unordered_map<std::size_t, std::vector<std::size_t>> members;
  std::vector<std::size_t> order;  // of clusters of several
  for (std::size_t at = 0; at < records.size(); ++at) {
    std::vector<std::size_t>& cluster = members[clusters.find(at)];
    cluster.push_back(at);
    if (cluster.size() == 2) order.push_back(cluster.front());
  }
  std::sort(order.begin(), order.end());
  std::vector<bool> stays(records.size(), true);
  std::string map;
  for (const std::size_t first : order) merge_cluster(records, members[first], reasons, stays, map, report);
  if (!map_.empty()) report.file(map_, std::move(map));
  finish(report);
  keep_only(records, stays, report);
}

namespace {

/// The texts before the places stay there: each belongs to the record that stands behind it then, since the other one may go.
void change_places(GatheredRecord& a, GatheredRecord& b) {
  std::swap(a, b);
  std::swap(a.before, b.before);
  for (GatheredRecord* const gathered : {&a, &b})
    for (Extra& text : gathered->before) text = clone(text, gathered->record.arena());
}

}  // namespace

void MergingStep::merge_cluster(std::vector<GatheredRecord>& records, const std::vector<std::size_t>& cluster, const std::vector<std::string>& reasons, std::vector<bool>& stays, std::string& map,
                   StepReport& report) const {
  const std::vector<std::size_t> order = ranked(records, cluster, report);
  const std::size_t best = order.front();
  WorkMerger merger(records[best], *this, report);
  for (const std::size_t at : order) {
    if (at == best) continue;
    const std::vector<std::string> filled = merger.take(records[at]);
    const std::string& reason = reasons[at].empty() ? reasons[best] : reasons[at];
    Diagnostic note{Severity::Note, codes_.merged, {}, {}, records[at].record.span, {}};
    note.message = fmt::format("it is the same work as {}, by {}; merged into that", described(records[best], report), reason.empty() ? "a third record" : reason);
    if (!filled.empty()) note.message += fmt::format(", which got {} from it", listed(filled));
    keep_key(records[best], records[at], map);
    if (const Str gone = records[at].record.key; !gone.empty() && !keeps_aliases_ && gone != records[best].record.key) note.message += fmt::format("; the key {} goes", gone);
    report.about(records[at], std::move(note));
    stays[at] = false;
  }
  note_givers(records[best], merger.givers(), report);
  // The work stands where its first record stood, and the text before a place stays in its place.
  const std::size_t place = cluster.front();
  if (place == best) return;
  change_places(records[place], records[best]);
  std::swap(records[place].place, records[best].place);
  stays[place] = true;
  stays[best] = false;
}

std::size_t fullness(const Record& record) {
  std::size_t sum = 0;
  for_each_entry(record, [&](const Entry& entry) {
    constexpr std::size_t kIdentifierCounts = 3;
    const Names* const names = std::get_if<Names>(&entry.value);
    if (!entry.same_as) sum += std::holds_alternative<Identifiers>(entry.value) ? kIdentifierCounts : names != nullptr && !names->complete ? 0 : 1;
  });
  return sum;
}

/// Manuscripts may use the key of the record that goes.
void MergingStep::keep_key(GatheredRecord& best, const GatheredRecord& other, std::string& map) const {
  Record& record = best.record;
  if (record.key.empty() && best.source_key.empty() && !other.record.key.empty()) {
    // A key that somebody gave is better than one that is made.
    best.further_names.push_back(std::exchange(best.made_key, {}));
    record.key = record.arena().copy(other.record.key);
    record.key_raw = {};
  }
  best.further_names.emplace_back(other.name());
  best.further_names.insert(best.further_names.end(), other.further_names.begin(), other.further_names.end());
  if (!other.name().empty() && other.name() != best.name()) fmt::format_to(std::back_inserter(map), "{}\t{}\n", other.name(), best.name());
  if (keeps_aliases_ && !other.record.key.empty()) add_alias(record, other.record.key);
  for_each_entry(other.record, [&](const Entry& entry) {
    if (entry.field == Field::CitationKeyAlias) add_alias(record, std::get<Text>(entry.value).value);
  });
}

}  // namespace bibmill

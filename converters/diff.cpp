// Matching records, then comparing them.
#include "bibmill/diff.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>

#include "bibmill/reflect.h"
#include "bibmill/text/edtf.h"
#include "bibmill/text/pages.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/schema.h"
#include "bibmill/text/unicode.h"

namespace bibmill {

namespace {

// ------------------------------------------------------------------------------------------------------------ spelling

struct Spelling {
  std::string_view written;
  std::string_view plain;
};

/// Characters that stand for others in one way of writing and not in another. Longer ones first.
constexpr Spelling kSpellings[] = {
    {"---", "-"}, {"--", "-"},  {"\u2010", "-"}, {"\u2011", "-"}, {"\u2012", "-"}, {"\u2013", "-"}, {"\u2014", "-"}, {"\u2212", "-"},
    {"``", "\""}, {"''", "\""}, {"\u201c", "\""}, {"\u201d", "\""}, {"\u201e", "\""}, {"\u2018", "'"}, {"\u2019", "'"}, {"\u2026", "..."}, {"\u00a0", " "}, {"\u202f", " "},
};

/// The text without the differences that are only of spelling.
std::string folded(std::string_view text) {
  std::string plain;
  const std::string composed = text::nfc(text);
  std::string_view rest = composed;
  while (!rest.empty()) {
    const auto row = std::find_if(std::begin(kSpellings), std::end(kSpellings), [&](const Spelling& each) { return rest.starts_with(each.written); });
    if (row == std::end(kSpellings)) {
      plain += rest.front();
      rest.remove_prefix(1);
    } else {
      plain += row->plain;
      rest.remove_prefix(row->written.size());
    }
  }
  return text::collapse(plain);
}

bool ignores_case(const Identifier& identifier) { return identifier.scheme == "doi" || identifier.scheme == "arxiv"; }

/// Compares without what is only spelling, member by member.
template <class T>
bool same_but_for_spelling(const T& a, const T& b) {
  if constexpr (std::is_same_v<T, Str>) {
    return a == b || folded(a) == folded(b);
  } else if constexpr (std::is_same_v<T, Identifier>) {
    if (!ignores_case(a) || a.scheme != b.scheme) return same_content(a, b);
    Identifier lower_a = a;
    Identifier lower_b = b;
    const std::string value_a = text::to_lower(a.value);
    const std::string value_b = text::to_lower(b.value);
    lower_a.value = value_a;
    lower_b.value = value_b;
    return same_content(lower_a, lower_b);
  } else if constexpr (IsList<T>::value) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) { return same_but_for_spelling(one, other); });
  } else if constexpr (Described<T>) {
    bool same = true;
    T::members([&](std::string_view name, auto member, std::string_view) {
      if (same && name != "raw") same = same_but_for_spelling(a.*member, b.*member);
    });
    return same;
  } else {
    return same_content(a, b);
  }
}

/// "Family, Given" as one text is a name that nobody has split.
Name split_literal(const Name& name) {
  const std::size_t comma = name.literal.find(", ");
  if (comma == Str::npos || !name.family.empty()) return name;
  Name split = name;
  split.literal = {};
  split.family = name.literal.substr(0, comma);
  split.given = name.literal.substr(comma + 2);
  return split;
}

bool same_spelling(const Value& a, const Value& b) {
  if (a.index() != b.index()) return false;
  return std::visit(
      [&](const auto& held) {
        using T = std::decay_t<decltype(held)>;
        const T& other = std::get<T>(b);
        if constexpr (std::is_same_v<T, Names>) {
          return held.complete == other.complete &&
                 std::equal(held.list.begin(), held.list.end(), other.list.begin(), other.list.end(),
                            [](const Name& one, const Name& two) { return same_but_for_spelling(split_literal(one), split_literal(two)); });
        } else {
          return same_but_for_spelling(held, other);
        }
      },
      a);
}

// -------------------------------------------------------------------------------------------------------------- values

std::string words_of(const Name& name) {
  if (name.is_body()) return std::string(name.literal);
  std::string words;
  for (const Str part : {name.non_dropping_particle, name.family}) {
    if (!words.empty() && !part.empty()) words += ' ';
    words += part;
  }
  for (const Str part : {name.suffix, name.given}) words += part.empty() ? std::string() : fmt::format(", {}", part);
  if (!name.dropping_particle.empty()) words += fmt::format(" {}", name.dropping_particle);
  return words;
}

/// What a name has besides its parts, as the record schema has it; empty if nothing.
std::string details_of(const Name& name, Arena& arena) {
  Names rest;
  Name bare = name;
  bare.family = bare.given = bare.dropping_particle = bare.non_dropping_particle = bare.suffix = bare.literal = bare.raw = {};
  if (is_default(bare)) return {};
  rest.list.push_back(arena, bare);
  return text::dump(Value(rest));
}

std::string words_of(const Names& names) {
  Arena arena;
  std::string words;
  for (const Name& name : names.list) {
    if (!words.empty()) words += "; ";
    words += words_of(name);
    if (const std::string details = details_of(name, arena); !details.empty()) words += fmt::format(" {}", details);
  }
  return names.complete ? words : words + " et al.";
}

std::string words_of(const Keywords& keywords) {
  std::string words;
  for (const Keyword& keyword : keywords.list) words += fmt::format("{}{}{}", words.empty() ? "" : "; ", text::plain_text(keyword.text), keyword.major ? "*" : "");
  return keywords.owner.empty() ? words : fmt::format("{} ({})", words, keywords.owner);
}

std::string words_of(const Term& term) { return fmt::format("{}{}{}", term.text, term.major ? "*" : "", term.identifier.empty() ? "" : fmt::format(" ({})", term.identifier)); }

std::string words_of(const Terms& terms) {
  std::string words;
  for (const Term& term : terms.list) words += fmt::format("{}{}", words.empty() ? "" : "; ", words_of(term));
  return words;
}

/// As MEDLINE has it, with the star behind the word.
std::string words_of(const Headings& headings) {
  std::string words;
  for (const Heading& heading : headings.list) {
    words += fmt::format("{}{}{}", words.empty() ? "" : "; ", heading.descriptor, heading.major ? "*" : "");
    if (!heading.identifier.empty()) words += fmt::format(" ({})", heading.identifier);
    for (const Term& qualifier : heading.qualifiers) words += fmt::format("/{}", words_of(qualifier));
  }
  return words;
}

std::string words_of(const Abstract& abstract) {
  std::string words;
  for (const AbstractSection& section : abstract.sections) {
    if (!words.empty()) words += " | ";
    if (!section.label.empty()) words += fmt::format("{}: ", section.label);
    words += text::plain_text(section.text);
  }
  for (const Str more : {abstract.copyright, abstract.type, abstract.language}) words += more.empty() ? std::string() : fmt::format(" | {}", more);
  return words;
}

std::string words_of(const Identifiers& identifiers) {
  std::string words;
  for (const Identifier& one : identifiers.list) {
    if (!words.empty()) words += "; ";
    words += one.value;
    if (!one.qualifier.empty()) words += fmt::format(" ({})", one.qualifier);
  }
  return words;
}

std::string words_of(const Pages& pages) {
  std::string words;
  text::append_pages(words, pages, text::PageStyle::Hyphen);
  return words;
}

std::string words_of(const Text& text) { return std::string(text.value); }

/// As a person reads it; what has no such form stands as the record schema has it.
std::string in_words(const Value& value) {
  return std::visit(
      [&](const auto& held) {
        if constexpr (std::is_same_v<std::decay_t<decltype(held)>, RichText>) {
          return held.plain() ? text::plain_text(held) : text::dump(value);
        } else if constexpr (requires { words_of(held); }) {
          return words_of(held);
        } else {
          const std::string dump = text::dump(value);
          const bool quoted = dump.size() >= 2 && dump.front() == '"' && dump.find('\\') == std::string::npos;
          return quoted ? dump.substr(1, dump.size() - 2) : dump;
        }
      },
      value);
}

std::string in_words(const std::vector<Value>& values) {
  std::string words;
  for (const Value& value : values) {
    if (!words.empty()) words += "; ";
    words += in_words(value);
  }
  return words;
}

using SameValue = bool (*)(const Value&, const Value&);

bool all_same(const std::vector<Value>& a, const std::vector<Value>& b, SameValue same) { return std::equal(a.begin(), a.end(), b.begin(), b.end(), same); }

// -------------------------------------------------------------------------------------------------------------- fields

void compare_field(const Record& before, const Record& after, Field field, std::vector<FieldDifference>& out) {
  const std::vector<Value> a = values_of(before, field);
  const std::vector<Value> b = values_of(after, field);
  if (a.empty() && b.empty()) return;
  if (all_same(a, b, [](const Value& x, const Value& y) { return same_content(x, y); })) return;
  FieldDifference difference;
  difference.kind = b.empty()                       ? FieldDifference::Kind::Missing
                    : a.empty()                     ? FieldDifference::Kind::Added
                    : all_same(a, b, same_spelling) ? FieldDifference::Kind::Spelling
                                                    : FieldDifference::Kind::Changed;
  difference.field = name_of(field);
  difference.before = in_words(a);
  difference.after = in_words(b);
  out.push_back(std::move(difference));
}

void compare_words(std::string_view field, std::string_view before, std::string_view after, std::vector<FieldDifference>& out) {
  if (before != after) out.push_back({FieldDifference::Kind::Changed, std::string(field), std::string(before), std::string(after)});
}

/// What no field holds, by format and key, in the order of the record.
std::vector<std::pair<std::string, std::string>> extras_of(const Record& record) {
  std::vector<std::pair<std::string, std::string>> extras;
  for (const Item& item : record.items())
    if (const Extra* const extra = std::get_if<Extra>(&item); extra != nullptr && !says_nothing(*extra)) extras.emplace_back(fmt::format("{} ({})", extra->key, extra->origin), extra->raw);
  std::stable_sort(extras.begin(), extras.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return extras;
}

void compare_extras(const Record& before, const Record& after, std::vector<FieldDifference>& out) {
  const auto a = extras_of(before);
  const auto b = extras_of(after);
  for (const auto& extra : a)
    if (std::find(b.begin(), b.end(), extra) == b.end()) out.push_back({FieldDifference::Kind::Missing, extra.first, extra.second, {}});
  for (const auto& extra : b)
    if (std::find(a.begin(), a.end(), extra) == a.end()) out.push_back({FieldDifference::Kind::Added, extra.first, {}, extra.second});
}

// ------------------------------------------------------------------------------------------------------------ matching

/// What tells a record: several texts, of any of which another record may have the same.
using Marks = std::vector<std::string>;

Marks by_key(const Record& record) { return record.key.empty() ? Marks{} : Marks{std::string(record.key)}; }

Marks by_identifier(const Record& record) {
  Marks marks;
  for (const Field field : {Field::Doi, Field::Pmid, Field::Pmcid})
    if (const Entry* const entry = record.find(field))
      for (const Identifier& identifier : std::get<Identifiers>(entry->value).list)
        marks.push_back(fmt::format("{} {}", identifier.scheme, text::to_lower(identifier.value)));
  return marks;
}

Marks by_content(const Record& record) {
  const RichText* const title = record.get<Field::Title>();
  if (title == nullptr) return {};
  const Names* const authors = record.get<Field::Author>();
  const Date* const issued = record.get<Field::Issued>();
  std::string first;
  if (authors != nullptr && !authors->list.empty()) first = authors->list[0].is_body() ? authors->list[0].literal : authors->list[0].family;
  return {fmt::format("{}|{}|{}", text::ascii_fold(text::fold_case(text::plain_text(*title))), issued == nullptr ? 0 : issued->from.year, text::ascii_fold(text::fold_case(first)))};
}

class Matcher {
 public:
  Matcher(const Library& before, const Library& after)
      : before_(&before), after_(&after), partner_(before.records.size(), nullptr), taken_(after.records.size(), false) {}

  /// Pairs what is still single and shares a mark; the first of several in the order of the second file.
  void match(Marks (*marks_of)(const Record&)) {
    std::unordered_map<std::string, std::vector<std::size_t>> waiting;
    for (std::size_t at = after_->records.size(); at-- > 0;)
      if (!taken_[at])
        for (std::string& mark : marks_of(after_->records[at].record)) waiting[std::move(mark)].push_back(at);
    for (std::size_t at = 0; at < partner_.size(); ++at)
      if (partner_[at] == nullptr) find_partner(at, marks_of(before_->records[at].record), waiting);
  }

  /// By all marks in turn.
  Matcher& run() {
    for (const auto marks_of : {by_key, by_identifier, by_content}) match(marks_of);
    return *this;
  }

  const std::vector<const LoadedRecord*>& partners() const { return partner_; }
  const LoadedRecord* partner(std::size_t at) const { return partner_[at]; }
  bool is_taken(std::size_t at) const { return taken_[at]; }

 private:
  void find_partner(std::size_t at, const Marks& marks, std::unordered_map<std::string, std::vector<std::size_t>>& waiting) {
    for (const std::string& mark : marks) {
      const auto found = waiting.find(mark);
      if (found == waiting.end()) continue;
      std::vector<std::size_t>& candidates = found->second;
      while (!candidates.empty() && taken_[candidates.back()]) candidates.pop_back();
      if (candidates.empty()) continue;
      taken_[candidates.back()] = true;
      partner_[at] = &after_->records[candidates.back()];
      return;
    }
  }

  const Library* before_;
  const Library* after_;
  std::vector<const LoadedRecord*> partner_;
  std::vector<bool> taken_;
};

}  // namespace

std::vector<Value> values_of(const Record& record, Field field) {
  std::vector<Value> values;
  for_each_entry(record, [&](const Entry& entry) {
    if (entry.field != field || entry.same_as) return;
    std::visit(
        [&](const auto& value) {
          if constexpr (requires { value.list; }) {
            for (const auto& element : value.list) {
              auto one = value;
              one.list = {};
              one.list.push_back(record.arena(), element);
              values.emplace_back(one);
            }
            if (value.list.empty()) values.emplace_back(value);
          } else {
            values.emplace_back(value);
          }
        },
        entry.value);
  });
  return values;
}

std::string_view name_of(FieldDifference::Kind kind) {
  constexpr std::array<std::string_view, 4> kNames = {"missing", "added", "changed", "spelling"};
  return kNames[static_cast<std::size_t>(kind)];
}

bool RecordDifference::differs() const {
  return std::any_of(fields.begin(), fields.end(), [](const FieldDifference& field) { return field.kind != FieldDifference::Kind::Spelling; });
}

bool LibraryDifference::differs() const {
  return !only_before.empty() || !only_after.empty() || std::any_of(changed.begin(), changed.end(), [](const RecordDifference& record) { return record.differs(); });
}

std::vector<FieldDifference> compare(const Record& before, const Record& after) {
  std::vector<FieldDifference> differences;
  compare_words("type", name_of(before.type), name_of(after.type), differences);
  // A format without keys gives none; that is no difference between the works.
  if (!before.key.empty() && !after.key.empty()) compare_words("key", before.key, after.key, differences);
  for (std::size_t f = 0; f < kFieldCount; ++f) compare_field(before, after, static_cast<Field>(f), differences);
  compare_extras(before, after, differences);
  return differences;
}

std::vector<const LoadedRecord*> match(const Library& before, const Library& after) {
  return Matcher(before, after).run().partners();
}

LibraryDifference compare(const Library& before, const Library& after) {
  Matcher matcher(before, after);
  matcher.run();
  LibraryDifference difference;
  for (std::size_t at = 0; at < before.records.size(); ++at) {
    const LoadedRecord& record = before.records[at];
    if (matcher.partner(at) == nullptr) {
      difference.only_before.push_back(&record);
      continue;
    }
    std::vector<FieldDifference> fields = compare(record.record, matcher.partner(at)->record);
    if (fields.empty()) {
      ++difference.same;
    } else {
      difference.changed.push_back({&record, matcher.partner(at), std::move(fields)});
    }
  }
  for (std::size_t at = 0; at < after.records.size(); ++at)
    if (!matcher.is_taken(at)) difference.only_after.push_back(&after.records[at]);
  return difference;
}

}  // namespace bibmill

// sort: puts the records in order.
#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/step.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/schema.h"
#include "bibmill/text/unicode.h"

namespace bibmill::steps {

namespace {

/// One thing to sort by.
struct Criterion {
  enum class By : std::uint8_t { Field, Key, Type };
  By by = By::Field;
  Field field{};
  bool descending = false;
};

Criterion criterion_of(std::string_view text) {
  Criterion criterion;
  criterion.descending = text.starts_with('-');
  if (criterion.descending) text.remove_prefix(1);
  if (text == "key") {
    criterion.by = Criterion::By::Key;
  } else if (text == "type") {
    criterion.by = Criterion::By::Type;
  } else {
    criterion.field = field_for_step(text);
  }
  return criterion;
}

/// Text whose bytes sort as people expect: without case, digits by their number. A run of digits is led by its length.
void append_sortable(std::string& out, std::string_view text) {
  const std::string folded = text::fold_case(text);
  for (std::size_t at = 0; at < folded.size();) {
    if (!text::is_ascii_digit(folded[at])) {
      out += folded[at++];
      continue;
    }
    std::size_t end = at;
    while (end < folded.size() && text::is_ascii_digit(folded[end])) ++end;
    while (at + 1 < end && folded[at] == '0') ++at;
    out += '0';
    out += static_cast<char>(std::min<std::size_t>(end - at, 127));
    out.append(folded, at, end - at);
    at = end;
  }
}

void append_sortable(std::string& out, const Names& names) {
  for (const Name& name : names.list) {
    append_sortable(out, name.is_body() ? name.literal : name.family);
    out += '\x01';
    append_sortable(out, name.given);
    out += '\x02';
  }
}

void append_sortable(std::string& out, const Date& date) {
  const DatePoint& from = date.from;
  const unsigned month = from.month != 0 ? from.month : from.season * 3U;
  // Years before our era sort before those of it.
  out += fmt::format("{:010}{:02}{:02}", std::int64_t{from.year} + 5'000'000'000, month, from.day);
}

/// What one value sorts by; empty: it sorts as a missing one.
std::string sortable(const Value& value) {
  std::string out;
  if (const Text* const text = std::get_if<Text>(&value)) {
    append_sortable(out, text->value);
  } else if (const RichText* const rich = std::get_if<RichText>(&value)) {
    append_sortable(out, text::plain_text(*rich));
  } else if (const Names* const names = std::get_if<Names>(&value)) {
    append_sortable(out, *names);
  } else if (const Date* const date = std::get_if<Date>(&value)) {
    if (date->from.known()) append_sortable(out, *date);
  } else if (const Identifiers* const identifiers = std::get_if<Identifiers>(&value)) {
    for (const Identifier& identifier : identifiers->list) append_sortable(out, identifier.value);
  } else {
    append_sortable(out, text::dump(value));
  }
  return out;
}

/// Letters sort without their marks, and by them where that is all that differs: Ångström, Émile, Fox, Müller, Munro.
std::string without_marks(const std::string& key) {
  if (text::is_ascii(key)) return key;
  std::string plain;
  for (const char32_t c : text::CodePoints(key)) {
    const std::string one = text::to_utf8(std::u32string_view(&c, 1));
    const std::string ascii = c < 0x80 || !text::is_letter(c) ? std::string() : text::ascii_fold(one);
    if (!ascii.empty()) {
      plain += ascii;
      continue;
    }
    for (const char32_t part : text::decompose(c))
      if (!text::is_combining(part)) text::append_utf8(plain, part);
  }
  return plain == key ? plain : plain + '\0' + key;
}

std::string sortable(const GatheredRecord& gathered, const Criterion& criterion) {
  std::string out;
  const Record& record = gathered.record;
  switch (criterion.by) {
    case Criterion::By::Key: append_sortable(out, record.key.empty() ? Str(gathered.made_key) : record.key); break;
    case Criterion::By::Type: out = name_of(record.type); break;
    case Criterion::By::Field:
      if (const Entry* const entry = record.find(criterion.field)) out = sortable(entry->value);
  }
  return without_marks(out);
}

class Sort final : public WholeStep {
 public:
  explicit Sort(std::span<const StepArgument> arguments) {
    for (const StepArgument& argument : arguments)
      for (const std::string& value : argument.values) criteria_.push_back(criterion_of(value));
    if (criteria_.empty()) throw UsageError("the step sort wants by=FIELD");
  }

  void arrange(std::vector<GatheredRecord>& records, StepReport&) const override {
    const std::size_t width = criteria_.size();
    std::vector<std::string> keys;
    keys.reserve(records.size() * width);
    for (const GatheredRecord& record : records)
      for (const Criterion& criterion : criteria_) keys.push_back(sortable(record, criterion));
    std::vector<std::size_t> order(records.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return precedes(&keys[a * width], &keys[b * width]); });
    std::vector<GatheredRecord> arranged;
    arranged.reserve(records.size());
    for (const std::size_t at : order) arranged.push_back(std::move(records[at]));
    records = std::move(arranged);
  }

 private:
  /// What is missing comes last, whichever way the rest is sorted.
  bool precedes(const std::string* a, const std::string* b) const {
    for (std::size_t at = 0; at < criteria_.size(); ++at) {
      if (a[at] == b[at]) continue;
      if (a[at].empty() || b[at].empty()) return b[at].empty();
      return (a[at] < b[at]) != criteria_[at].descending;
    }
    return false;
  }

  std::vector<Criterion> criteria_;
};

constexpr StepOption kOptions[] = {
    {"by", "FIELD,…",
     "sort by the first field, records equal in it by the next; \"-\" before a field sorts downwards; key and type count as "
     "fields"},
};

constexpr StepExample kExamples[] = {
    {"sort:by=author,issued", "by authors, and each author's works by date"},
    {"sort:by=-issued", "newest first"},
};

}  // namespace

const StepDescriptor& sort() {
  static constexpr StepDescriptor kStep = {
      "sort",
      "put the records in order",
      "Names sort by family and given name, dates by time, numbers within text by their size, and case does not count, nor do accents but between words that are else the same. What "
      "lacks the field comes last. Records "
      "that are equal keep their order. All records are kept in memory.",
      kOptions,
      kExamples,
      [](std::span<const StepArgument> arguments) -> AnyStep { return std::make_unique<const Sort>(arguments); },
      "by",
  };
  return kStep;
}

}  // namespace bibmill::steps

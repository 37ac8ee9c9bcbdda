// Showing differences.
#include "reports/diff.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "bibmill/text/json.h"
#include "bibmill/text/rich_text.h"
#include "reports/json_counts.h"
#include "reports/text.h"

namespace bibmill::cli {

namespace {

using Kind = FieldDifference::Kind;

/// How a line of a kind begins, and its colour on a terminal.
struct Sign {
  char character;
  std::string_view colour;
};

constexpr Sign kBefore = {'-', "\033[31m"};
constexpr Sign kAfter = {'+', "\033[32m"};
constexpr Sign kSpelling = {'~', "\033[33m"};
constexpr std::string_view kBold = "\033[1m";
constexpr std::string_view kPlain = "\033[0m";

std::string place_of(const LoadedRecord& record, const Library& library) { return in_words(Place{library.name, record.position}); }

std::string title_of(const Record& record) {
  const RichText* const title = record.get<Field::Title>();
  return title == nullptr ? std::string() : text::plain_text(*title);
}

/// The key; of a record without one, its number.
std::string name_of(const LoadedRecord& record) { return record.record.key.empty() ? fmt::format("#{}", record.number) : std::string(record.record.key); }

/// How much of a value a line shows, and how much of what is common before the first difference.
constexpr std::size_t kLongestValue = 160;
constexpr std::size_t kContext = 40;

std::size_t common_prefix(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())), b.begin()).first - a.begin());
}

bool is_inside_character(std::string_view text, std::size_t at) { return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; }

/// One line of the value; of a long one the part around `apart`, where it begins to differ.
std::string excerpt(std::string_view value, std::size_t apart) {
  std::size_t begin = value.size() <= kLongestValue || apart <= kContext ? 0 : std::min(apart - kContext, value.size() - std::min(value.size(), kLongestValue));
  while (is_inside_character(value, begin)) --begin;
  std::size_t end = std::min(value.size(), begin + kLongestValue);
  while (is_inside_character(value, end)) --end;
  std::string line(value.substr(begin, end - begin));
  std::replace(line.begin(), line.end(), '\n', ' ');
  return fmt::format("{}{}{}", begin > 0 ? "…" : "", line, end < value.size() ? "…" : "");
}

class TextView {
 public:
  explicit TextView(const DiffView& view) : view_(&view) {}

  void heading(std::string_view words) { line(kBold, words); }

  void record(const RecordDifference& pair, const Library& before, const Library& after) {
    std::size_t width = 0;
    for (const FieldDifference& field : pair.fields)
      if (shows(field)) width = std::max(width, field.field.size());
    if (width == 0) return;
    heading(fmt::format("{} ({}, {})", name_of(*pair.before), place_of(*pair.before, before), place_of(*pair.after, after)));
    for (const FieldDifference& field : pair.fields)
      if (shows(field)) this->field(field, width);
  }

  void only(const Sign& sign, const LoadedRecord& record, const Library& library) {
    const std::string title = title_of(record.record);
    signed_line(sign, fmt::format("{} ({}){}{}", name_of(record), place_of(record, library), title.empty() ? "" : ": ", title));
  }

  std::string finish() { return std::move(text_); }

 private:
  bool shows(const FieldDifference& field) const { return view_->spelling || field.kind != Kind::Spelling; }

  void field(const FieldDifference& field, std::size_t width) {
    const bool spelling = field.kind == Kind::Spelling;
    const std::size_t apart = common_prefix(field.before, field.after);
    const auto show = [&](const Sign& sign, std::string_view value) { signed_line(sign, fmt::format("{:<{}}  {}", field.field, width, excerpt(value, apart)), 2); };
    if (field.kind != Kind::Added) show(spelling ? kSpelling : kBefore, field.before);
    if (field.kind != Kind::Missing) show(spelling ? kSpelling : kAfter, field.after);
  }

  void signed_line(const Sign& sign, std::string_view words, std::size_t indent = 0) { line(sign.colour, fmt::format("{:{}}{} {}", "", indent, sign.character, words)); }

  void line(std::string_view colour, std::string_view words) {
    text_ += view_->colours ? fmt::format("{}{}{}\n", colour, words, kPlain) : fmt::format("{}\n", words);
  }

  const DiffView* view_;
  std::string text_;
};

class JsonView {
 public:
  explicit JsonView(TextBuffer& out) : json_(out, 1) {}

  void write(const LibraryDifference& difference, const Library& before, const Library& after, const DiffView& view) {
    json_.begin_map();
    json_.member("before", before.name);
    json_.member("after", after.name);
    emit_count(json_, "same", difference.same);
    json_.key("changed");
    json_.begin_list();
    for (const RecordDifference& pair : difference.changed)
      if (view.spelling || pair.differs()) changed(pair, view);
    json_.end_list();
    only("only-before", difference.only_before);
    only("only-after", difference.only_after);
    json_.end_map();
  }

 private:
  void record(const LoadedRecord& record) {
    json_.begin_map();
    emit_count(json_, "record", record.number);
    if (!record.record.key.empty()) json_.member("record-key", record.record.key);
    emit_count(json_, "line", record.position.line);
    emit_count(json_, "column", record.position.column);
    json_.end_map();
  }

  void changed(const RecordDifference& pair, const DiffView& view) {
    json_.begin_map();
    json_.key("before");
    record(*pair.before);
    json_.key("after");
    record(*pair.after);
    json_.key("fields");
    json_.begin_list();
    for (const FieldDifference& field : pair.fields) {
      if (!view.spelling && field.kind == Kind::Spelling) continue;
      json_.begin_map();
      json_.member("field", field.field);
      json_.member("kind", bibmill::name_of(field.kind));
      if (field.kind != Kind::Added) json_.member("before", field.before);
      if (field.kind != Kind::Missing) json_.member("after", field.after);
      json_.end_map();
    }
    json_.end_list();
    json_.end_map();
  }

  void only(std::string_view name, const std::vector<const LoadedRecord*>& records) {
    json_.key(name);
    json_.begin_list();
    for (const LoadedRecord* const each : records) record(*each);
    json_.end_list();
  }

  text::JsonEmitter json_;
};

}  // namespace

std::string as_text(const LibraryDifference& difference, const Library& before, const Library& after, const DiffView& view) {
  TextView text(view);
  for (const RecordDifference& pair : difference.changed) text.record(pair, before, after);
  if (!difference.only_before.empty()) text.heading(fmt::format("only in {}", before.name));
  for (const LoadedRecord* const record : difference.only_before) text.only(kBefore, *record, before);
  if (!difference.only_after.empty()) text.heading(fmt::format("only in {}", after.name));
  for (const LoadedRecord* const record : difference.only_after) text.only(kAfter, *record, after);
  return text.finish();
}

std::string as_json(const LibraryDifference& difference, const Library& before, const Library& after, const DiffView& view) {
  TextBuffer out;
  JsonView(out).write(difference, before, after, view);
  out += '\n';
  return std::string(out.view());
}

std::string summary(const LibraryDifference& difference, const Library& before, const Library& after) {
  std::uint64_t records = 0;
  std::uint64_t spelled = 0;
  std::uint64_t fields = 0;
  for (const RecordDifference& pair : difference.changed) {
    pair.differs() ? ++records : ++spelled;
    fields += static_cast<std::uint64_t>(std::count_if(pair.fields.begin(), pair.fields.end(), [](const FieldDifference& field) { return field.kind != Kind::Spelling; }));
  }
  std::string text = fmt::format("{} the same", counted(difference.same, "record"));
  if (spelled > 0) text += fmt::format(", {} only spelled differently", spelled);
  if (records > 0) text += fmt::format(", {} different in {}", records, counted(fields, "field"));
  if (!difference.only_before.empty()) text += fmt::format(", {} only in {}", difference.only_before.size(), before.name);
  if (!difference.only_after.empty()) text += fmt::format(", {} only in {}", difference.only_after.size(), after.name);
  return text;
}

}  // namespace bibmill::cli

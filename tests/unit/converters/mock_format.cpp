// Reader and writers of the tests' own format.
#include "mock_format.h"

#include <array>
#include <charconv>
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "bibmill/text/rich_text.h"

namespace bibmill::mock {

namespace {

constexpr Mapping kRows[] = {
    {"title", Field::Title, 0, kEveryType, Way::Both, Fidelity::Exact, {}, {}},
    {"author", Field::Author, 0, kEveryType, Way::Both, Fidelity::Exact, {}, {}},
    {"year", Field::Issued, 0, kEveryType, Way::Both, Fidelity::Exact, {}, {}},
    {"pmid", Field::Pmid, 0, kEveryType, Way::Both, Fidelity::Exact, {}, {}},
};

constexpr Mapping kBareRows[] = {{"title", Field::Title, 0, kEveryType, Way::Both, Fidelity::Exact, {}, {}}};

struct Titles final : Prelude {
  std::map<std::string, std::string, std::less<>> by_key;
};

/// The lines of a text, with their offsets and without their ends.
template <class Take>
void for_each_line(std::string_view text, Take&& take) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    take(at, text.substr(at, end - at));
    at = end + 1;
  }
}

class LineReader final : public Reader {
 public:
  explicit LineReader(const ReadOptions& options)
      : prelude_(options.prelude), titles_(prelude_ == nullptr ? nullptr : dynamic_cast<const Titles*>(&prelude_->made())) {}

  Flow read(const Source&, const Part& part, RecordSink& records, DiagnosticSink& diagnostics) override {
    Record record;
    bool in_record = false;
    Flow flow = Flow::Continue;
    const auto push = [&] {
      if (in_record) flow = records.record(std::move(record));
      in_record = false;
    };
    for_each_line(part.text, [&](std::size_t at, std::string_view line) {
      if (flow == Flow::Stop) return;
      const Span span{part.offset + at, part.offset + at + line.size()};
      if (line.starts_with('#')) {
        push();
        flow = records.between({"lines", {}, part.arena->copy(line), span});
      } else if (line.starts_with('@')) {
        push();
        record = Record(part.arena);
        in_record = true;
        begin(record, line.substr(1), span);
      } else if (in_record && line.find(": ") != std::string_view::npos) {
        record.span.end = span.end;
        read_field(record, line, span);
      } else if (!line.empty()) {
        diagnostics.error("lines/stray", span, fmt::format("the line \"{}\" belongs to no record", line));
      }
    });
    push();
    return flow;
  }

 private:
  static void begin(Record& record, std::string_view line, Span span) {
    const std::size_t blank = std::min(line.find(' '), line.size());
    record.origin = "lines";
    record.key = record.arena().copy(line.substr(0, blank));
    record.type_as_written = record.arena().copy(line.substr(std::min(blank + 1, line.size())));
    record.type = type_named(record.type_as_written).value_or(Type::Document);
    record.span = span;
  }

  void read_field(Record& record, std::string_view line, Span span) const {
    Arena& arena = record.arena();
    const std::size_t colon = line.find(": ");
    const Str key = arena.copy(line.substr(0, colon));
    Str value = arena.copy(line.substr(colon + 2));
    if (key == "title") {
      if (titles_ != nullptr && value.starts_with('=')) {
        const auto other = titles_->by_key.find(value.substr(1));
        if (other != titles_->by_key.end()) value = arena.copy(other->second);
      }
      record.add(Field::Title, RichText::of(arena, value), key, span);
    } else if (key == "author") {
      Names names;
      Name name;
      name.family = value;
      names.list.push_back(arena, name);
      record.add(Field::Author, names, key, span);
    } else if (key == "year") {
      Date date;
      date.from.kind = DatePoint::Kind::Known;
      std::from_chars(value.data(), value.data() + value.size(), date.from.year);
      record.add(Field::Issued, date, key, span);
    } else if (key == "pmid") {
      Identifiers identifiers;
      Identifier identifier;
      identifier.scheme = "pmid";
      identifier.value = value;
      identifiers.list.push_back(arena, identifier);
      record.add(Field::Pmid, identifiers, key, span);
    } else {
      record.add(Extra{"lines", key, value, span});
    }
  }

  std::shared_ptr<const Prelude> prelude_;
  const Titles* titles_;
};

class TitlesAhead final : public LookAhead {
 public:
  void scan(const Source&, std::string_view text, std::uint64_t) override {
    std::string key;
    for_each_line(text, [&](std::size_t, std::string_view line) {
      if (line.starts_with('@')) key = line.substr(1, line.find(' ') - 1);
      if (line.starts_with("title: ") && !line.starts_with("title: =")) titles_->by_key.emplace(key, line.substr(7));
    });
  }
  std::shared_ptr<const Prelude> finish() override { return titles_; }

 private:
  std::shared_ptr<Titles> titles_ = std::make_shared<Titles>();
};

std::string spelled(const Value& value) {
  if (const auto* const rich = std::get_if<RichText>(&value)) return text::plain_text(*rich);
  if (const auto* const names = std::get_if<Names>(&value)) return std::string(names->list.front().family);
  if (const auto* const date = std::get_if<Date>(&value)) return fmt::format("{}", date->from.year);
  if (const auto* const identifiers = std::get_if<Identifiers>(&value)) return std::string(identifiers->list.front().value);
  return {};
}

enum class Kind { Lines, Bare, Archive };

class LineWriter final : public Writer {
 public:
  LineWriter(Kind kind, const WriteOptions& options, std::span<const Mapping> rows)
      : kind_(kind), options_(options), rows_(rows) {}

  void begin(Output& output) override { output.text += "begin\n"; }

  void write(const Record& record, Output& output, Ledger& ledger) override {
    const bool carries = kind_ == Kind::Archive || options_.carry;
    if (carries && !record.before.empty()) output.text += fmt::format("before: {}\n", record.before);
    output.text += '@';
    output.text += record.key;
    if (record.key.empty() && kind_ != Kind::Bare) {
      output.leave_place_for_key();
      ledger.supply("key", {});
    }
    output.text += fmt::format(" {}\n", name_of(record.type));
    for (std::size_t at = 0; at < record.items().size(); ++at) {
      const Item& item = record.items()[at];
      if (const Entry* const entry = std::get_if<Entry>(&item)) {
        for (const Mapping& row : rows_)
          if (row.field == entry->field) {
            output.text += fmt::format("{}: {}\n", row.key, spelled(entry->value));
            ledger.book(at);
          }
      } else if (kind_ != Kind::Bare) {
        output.text += fmt::format("{}: {}\n", std::get<Extra>(item).key, std::get<Extra>(item).raw);
        ledger.book(at);
      }
    }
    if (carries && !record.after.empty()) output.text += fmt::format("after: {}\n", record.after);
  }

  bool between(const Extra& extra, Output& output) override {
    if (kind_ != Kind::Lines || options_.carry || extra.origin != "lines") return false;
    output.text += fmt::format("{}\n", extra.raw);
    return true;
  }

  std::string_view separator() const override { return "--\n"; }

  void end(Output& output, std::string_view, std::uint64_t records) override {
    output.text += fmt::format("end of {}\n", records);
  }

 private:
  Kind kind_;
  WriteOptions options_;
  std::span<const Mapping> rows_;
};

template <Kind kind>
std::unique_ptr<Writer> make_writer(const WriteOptions& options, std::span<const Mapping> rows) {
  return std::make_unique<LineWriter>(kind, options, rows);
}

std::unique_ptr<Reader> make_reader(const ReadOptions& options) { return std::make_unique<LineReader>(options); }
std::unique_ptr<LookAhead> make_look_ahead(const ReadOptions&) { return std::make_unique<TitlesAhead>(); }

int recognises(std::string_view head) { return head.starts_with('@') || head.starts_with('#') ? 90 : 0; }
int never(std::string_view) { return 0; }

/// Behind the fields of a record; what follows them goes with the next one.
std::size_t split(std::string_view text, std::size_t about) {
  std::size_t end = 0;  // of the last record that ended
  std::size_t best = 0;
  bool in_record = false;
  std::size_t last_field_end = 0;
  for_each_line(text, [&](std::size_t at, std::string_view line) {
    if (line.starts_with('@')) {
      if (in_record) end = last_field_end;
      if (end > 0 && (end <= about || best == 0)) best = end;
      in_record = true;
    } else if (line.starts_with('#') && in_record) {
      in_record = false;
      end = last_field_end;
    }
    if (in_record) last_field_end = std::min(at + line.size() + 1, text.size());
  });
  return best;
}

constexpr std::string_view kExtensions[] = {".lines"};

Format make_format(std::string_view id, std::string_view title, std::span<const Mapping> rows, Kind kind) {
  Format format;
  format.id = id;
  format.title = title;
  format.extensions = kExtensions;
  format.mappings = rows;
  format.needs_key = kind != Kind::Bare;
  format.carries_always = kind == Kind::Archive;
  format.carries_on_request = kind == Kind::Lines;
  format.recognises = kind == Kind::Lines ? recognises : never;
  format.split = split;
  format.make_reader = make_reader;
  format.make_writer = kind == Kind::Lines  ? make_writer<Kind::Lines>
                       : kind == Kind::Bare ? make_writer<Kind::Bare>
                                            : make_writer<Kind::Archive>;
  return format;
}

}  // namespace

const Format& lines_format() {
  static const Format kFormat = make_format("lines", "Lines, for tests", kRows, Kind::Lines);
  return kFormat;
}

const Format& bare_format() {
  static const Format kFormat = make_format("bare", "Bare lines, for tests", kBareRows, Kind::Bare);
  return kFormat;
}

const Format& archive_format() {
  static const Format kFormat = make_format("archive", "Archived lines, for tests", kRows, Kind::Archive);
  return kFormat;
}

const Format& referring_format() {
  static const Format kFormat = [] {
    Format format = make_format("referring", "Referring lines, for tests", kRows, Kind::Lines);
    format.recognises = never;
    format.make_look_ahead = make_look_ahead;
    return format;
  }();
  return kFormat;
}

std::span<const Format* const> formats() {
  static const std::array<const Format*, 4> kAll = {&archive_format(), &bare_format(), &lines_format(), &referring_format()};
  return kAll;
}

}  // namespace bibmill::mock

// Reading RIS: tolerant of a missing ER, of tags that are not quite as they should be, of wrapped values, blank lines, and text between records.
#include "reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "assembly.h"
#include "bibmill/tagged/lines.h"
#include "bibmill/text/carry.h"
#include "bibmill/text/json.h"
#include "bibmill/text/schema.h"
#include "bibmill/text/unicode.h"
#include "layout.h"
#include "producers.h"
#include "tags.h"
#include "writer.h"

namespace bibmill::ris {

namespace {

using tagged::Join;
using tagged::Line;
using tagged::Lines;
using tagged::Piece;

Join join_of(Further further) {
  switch (further) {
    case Further::Paragraphs: return Join::Paragraphs;
    case Further::Lines: return Join::Lines;
    default: return Join::Space;
  }
}

/// A tag that begins a record where TY is missing: any that has a field. Databases put lines of their own between records.
bool begins_without_type(const Line& line) {
  const TagId tag = kTags.find(line.code);
  return line.is_tagged() && tag != kUnknownTag && kTags.has_row[tag];
}

std::string_view without_line_ends(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

/// Gives the first record that it gets.
class FirstRecord final : public RecordSink {
 public:
  explicit FirstRecord(Record& to) : to_(to) {}
  Flow record(Record&& record) override {
    to_ = std::move(record);
    return Flow::Stop;
  }
  Flow between(Extra&&) override { return Flow::Continue; }

 private:
  Record& to_;
};

/// Reads one part: gathers the lines of a record, or of what stands between two. A record is copied whole, so that nearly all its values are pieces of the copy.
class PartReader {
 public:
  PartReader(const Source& source, const Part& part, const ReadOptions& options, Assembly& assembly, RecordSink& records, DiagnosticSink& diagnostics)
      : source_(source),
        part_(part),
        options_(options),
        assembly_(assembly),
        records_(records),
        diagnostics_(diagnostics),
        memory_(*part.arena, records),
        lines_(part.text, part.offset, kGrammar),
        done_(part.offset) {}

  Flow read() {
    Line line;
    while (lines_.next(line)) {
      lines_.drop_pieces(line);
      if (take(line) == Flow::Stop) return Flow::Stop;
    }
    if (in_record_ && end_record(last_end_, false) == Flow::Stop) return Flow::Stop;
    return end_stray();
  }

 private:
  Flow take(const Line& line) {
    if (line.kind == Line::Kind::Blank) return Flow::Continue;
    const TagId tag = line.is_tagged() ? kTags.find(line.code) : kUnknownTag;
    if (tag == kTY) return begin_record(line);
    if (tag == kER) return take_end(line);
    if (is_plain(line, tag)) {
      texts_.push_back({tag, kTags.names[tag], line.first.text, line.first.span});
      last_end_ = line.span.end;
      return Flow::Continue;
    }
    if (!in_record_ && begins_without_type(line) && begin_record_without_type(line) == Flow::Stop) return Flow::Stop;
    if (in_record_) {
      add(line, tag);
    } else {
      add_stray(line);
    }
    last_end_ = line.span.end;
    return Flow::Continue;
  }

  // ---------------------------------------------------------------------------------------------------------- records

  Flow begin_record(const Line& line) {
    if (in_record_ && end_record(last_end_, false) == Flow::Stop) return Flow::Stop;
    if (end_stray() == Flow::Stop) return Flow::Stop;
    start(line);
    // Small letters, like one blank too few, are a matter of layout.
    const std::string_view name = lines_.clean(line.first.text, *part_.arena);
    const TypeMapping* const known = type_row(name);
    record_.type_as_written = known != nullptr ? known->name : Str(name);
    type_span_ = line.first.span.empty() ? line.tag_span : line.first.span;
    record_.markers.push_back(*part_.arena, type_span_);
    mark(line);
    last_end_ = line.span.end;
    return Flow::Continue;
  }

  Flow begin_record_without_type(const Line& line) {
    if (end_stray() == Flow::Stop) return Flow::Stop;
    start(line);
    type_span_ = line.tag_span;
    return Flow::Continue;
  }

  void start(const Line& line) {
    in_record_ = true;
    record_ = Record(part_.arena);
    record_.origin = kId;
    record_.span.begin = line.span.begin;
    texts_.clear();
    by_ = By::Nobody;
    carried_.reset();
    odd_form_ = line.is_tagged() && !line.standard ? line.tag_span : Span{};
  }

  Flow take_end(const Line& line) {
    if (!in_record_) return take_stray_end(line);
    mark(line);
    if (!line.first.text.empty()) add(line, kUnknownTag);
    return end_record(line.span.end, true);
  }

  /// An ER between records ends the text before it, since parts may be cut behind it.
  Flow take_stray_end(const Line& line) {
    if (!line.first.text.empty()) add_stray(line);
    if (end_stray() == Flow::Stop) return Flow::Stop;
    if (!told_stray_end_) diagnostics_.warning("ris/stray-end", line.tag_span, "ER ends no record here and is left out");
    told_stray_end_ = true;
    done_ = line.span.end;
    return Flow::Continue;
  }

  Flow end_record(std::uint64_t end, bool has_end) {
    in_record_ = false;
    record_.span.end = end;
    const Flow flow = finish_record(has_end);
    memory_.after_record();
    done_ = end_of_gap(end);
    return flow;
  }

  Flow finish_record(bool has_end) {
    if (is_too_large(record_.span.end)) {
      diagnostics_.error("ris/record-too-large", {record_.span.begin, record_.span.begin},
                         fmt::format("the record has more than {} bytes and is left out; --max-record allows more", options_.max_record));
      return Flow::Continue;
    }
    report_form(has_end);
    own_texts();
    assembly_.assemble(record_, type_span_, texts_, {by_, holds_references(lines_.bytes(record_.span))}, diagnostics_);
    if (carried_ && restore_carried() == Flow::Stop) return Flow::Stop;
    // A restored record brings the layout that it had in its own format.
    if (options_.keep_layout && record_.origin == kId && record_.layout.empty()) keep_layout();
    const Str after = std::exchange(record_.after, {});
    if (records_.record(std::move(record_)) == Flow::Stop) return Flow::Stop;
    return text::pass_between(part_.arena, after, records_);
  }

  /// Texts that were views into the part are the arena's from here on.
  void own_texts() {
    if (part_.outlives_records) return;
    const std::string_view whole = lines_.bytes(record_.span);
    const Str copy = part_.arena->copy(whole);
    const auto own = [&](Str& text) {
      const std::size_t at = static_cast<std::size_t>(reinterpret_cast<std::uintptr_t>(text.data()) - reinterpret_cast<std::uintptr_t>(whole.data()));  // NOLINT: elsewhere, it is huge
      if (at < whole.size()) text = {copy.data() + at, text.size()};
    };
    for (TaggedText& one : texts_) {
      own(one.text);
      own(one.key);
    }
    own(record_.type_as_written);
  }

  bool is_too_large(std::uint64_t end) const { return end - record_.span.begin > options_.max_record; }

  void report_form(bool has_end) {
    if (!has_end)
      diagnostics_.warning("ris/missing-end", {record_.span.end, record_.span.end}, "the record has no ER; it ends where the next one begins, or the text");
    if (!odd_form_.empty())
      diagnostics_.note("ris/tag-form", odd_form_, "tags are not written as \"TY  - \": two capitals, two blanks, a dash and a blank");
    if (lines_.has_controls()) report_controls();
  }

  void report_controls() {
    const std::string_view text = lines_.bytes(record_.span);
    for (std::size_t at = 0; at < text.size(); ++at) {
      const auto byte = static_cast<unsigned char>(text[at]);
      if ((byte >= 0x20 && byte != 0x7F) || text::is_blank(text[at])) continue;
      const std::uint64_t place = record_.span.begin + at;
      diagnostics_.warning("ris/control-character", {place, place + 1}, fmt::format("the control character U+{:04X} is left out", byte));
      return;
    }
  }

  // ------------------------------------------------------------------------------------------------------------ lines

  /// Nearly all lines are: one piece of text under a known tag, in good form, of which nobody wants to know more.
  bool is_plain(const Line& line, TagId tag) const {
    return in_record_ && tag != kUnknownTag && tag != kUR && line.standard && line.more_count == 0 && !line.first.text.empty() && line.first.text.front() != kCarryLabel.front() &&
           !options_.keep_spans && !lines_.has_controls() && !is_too_large(line.span.end);
  }

  void mark(const Line& line) {
    if (!options_.keep_spans || !line.is_tagged()) return;
    record_.markers.push_back(*part_.arena, line.tag_span);
    // Where files were put behind one another, a mark of byte order stands before a tag.
    if (line.tag_span.begin > line.span.begin) record_.markers.push_back(*part_.arena, {line.span.begin, line.tag_span.begin});
  }

  void add(const Line& line, TagId tag) {
    if (is_too_large(line.span.end)) return;  // what will be left out anyway costs no memory
    if (line.is_tagged()) {
      mark(line);
      if (!line.standard && odd_form_.empty()) odd_form_ = line.tag_span;
      if (line.more_count > 0) report_swallowed(line);
    }
    if (line.first.text.empty()) by_ = std::min(by_, producer_of_empty(tag));
    const Further further = tag == kUnknownTag ? Further::Values : kTags.further[tag];
    if (further == Further::Values) {
      add_piece(line, tag, line.first);
      for (const Piece& piece : lines_.more(line)) add_piece(line, tag, piece);
      return;
    }
    add_text(line, tag, lines_.value(line, *part_.arena, join_of(further)), lines_.value_span(line));
  }

  void add_piece(const Line& line, TagId tag, const Piece& piece) {
    if (piece.text.empty()) return;
    const Str text = lines_.clean(piece.text, *part_.arena);
    const std::vector<std::string_view> addresses = tag == kUR ? several_addresses(text) : std::vector<std::string_view>{};
    if (addresses.empty()) add_text(line, tag, text, piece.span);
    for (const Str address : addresses) add_text(line, tag, address, span_within(text, piece.span, address));
  }

  void add_text(const Line& line, TagId tag, Str text, Span span) {
    if (lines_.has_controls()) text = text::trim(text);
    if (text.empty()) return;
    if (text.starts_with(kCarryLabel) && take_carried(text.substr(kCarryLabel.size()), span.begin + kCarryLabel.size())) {
      record_.markers.push_back(*part_.arena, span);
      return;
    }
    texts_.push_back({tag, tag != kUnknownTag ? kTags.names[tag] : Str(line.tag), text, span});
  }

  void report_swallowed(const Line& line) {
    for (const Piece& piece : lines_.more(line))
      if (piece.kind == Piece::Kind::Swallowed)
        diagnostics_.warning("ris/tag-in-text", piece.span,
                             fmt::format("\"{}\" is no tag of RIS; the line is read as a part of {}", piece.text.substr(0, piece.text.find(' ')), line.tag));
  }

  // ---------------------------------------------------------------------------------------------------- between records

  void add_stray(const Line& line) {
    if (stray_.empty()) stray_ = {options_.keep_layout ? done_ : line.span.begin, line.span.end};
    stray_.end = line.span.end;
  }

  /// "12." on a line of its own before a record, and a link behind one.
  static bool is_ovids(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
      const std::string_view line = text::trim(text.substr(at, end - at));
      const bool number = line.size() > 1 && line.back() == '.' && std::all_of(line.begin(), line.end() - 1, text::is_ascii_digit);
      if (!line.empty() && !number && !line.starts_with("Link to the Ovid Full Text or citation:")) return false;
      at = end + 1;
    }
    return true;
  }

  Flow end_stray() {
    if (stray_.empty()) return Flow::Continue;
    const std::string_view text = lines_.bytes(stray_);
    if (!is_ovids(text)) diagnostics_.warning("ris/stray-text", stray_, "text outside of records is kept as it is");
    const Str raw = part_.arena->copy(options_.keep_layout ? text : without_line_ends(text));
    const Span span = stray_;
    done_ = stray_.end;
    stray_ = {};
    return records_.between(Extra{kId, {}, raw, span});
  }

  // ----------------------------------------------------------------------------------------------------------- layout

  /// Behind the last record of the text its blank lines are its own.
  std::uint64_t end_of_gap(std::uint64_t end) const {
    if (!options_.keep_layout || !part_.last) return end;
    const std::string_view rest = part_.text.substr(static_cast<std::size_t>(end - part_.offset));
    const bool blank = std::all_of(rest.begin(), rest.end(), text::is_blank);
    return blank ? part_.offset + part_.text.size() : end;
  }

  /// How the record stood, with the blank lines before it.
  void keep_layout() {
    const Span whole{done_, end_of_gap(record_.span.end)};
    record_.layout = part_.arena->copy(layout_of(lines_.bytes(whole), write(record_)));
  }

  static std::string write(const Record& record) {
    Output output;
    Ledger ledger;
    ledger.open(record);
    WriteOptions options;
    options.layout = Layout::Canonical;
    make_writer(options, kMappings)->write(record, output, ledger);
    return std::move(output.text);
  }

  // --------------------------------------------------------------------------------------------------------- carrying

  /// False: it is a text like others.
  bool take_carried(std::string_view json, std::uint64_t begin) {
    if (!json.starts_with('{') || carried_) return false;
    const text::Node node = text::parse_json(*part_.arena, part_.arena->copy(json), begin, {}, diagnostics_);
    if (options_.check_schema) text::hold_against_schema(node, diagnostics_);
    if (text::is_record(node, diagnostics_)) carried_ = node;
    return carried_.has_value();
  }

  Flow restore_carried() {
    Record full = text::restore(*carried_, record_, [this](const Record& record) { return read_again(write(record)); }, diagnostics_);
    const Flow flow = text::pass_between(part_.arena, std::exchange(full.before, {}), records_);
    record_ = std::move(full);
    return flow;
  }

  Record read_again(const std::string& text) const {
    Record record(part_.arena);
    FirstRecord sink(record);
    DiagnosticList ignored;
    make_reader(ReadOptions{})->read(source_, Part{text, 0, part_.arena, true, true}, sink, ignored);
    return record;
  }

  const Source& source_;
  const Part& part_;
  const ReadOptions& options_;
  Assembly& assembly_;
  RecordSink& records_;
  DiagnosticSink& diagnostics_;
  ReusedMemory memory_;
  Lines lines_;

  bool in_record_ = false;
  Record record_;
  Span type_span_;
  std::vector<TaggedText> texts_;
  By by_ = By::Nobody;  // whom an empty line gives away
  std::optional<text::Node> carried_;
  Span odd_form_;             // the first tag of the record that is not in the standard form
  std::uint64_t last_end_ = 0;
  std::uint64_t done_;        // end of the last record, or of text between records
  Span stray_;
  bool told_stray_end_ = false;
};

class RisReader final : public Reader {
 public:
  explicit RisReader(const ReadOptions& options) : options_(options), assembly_(options) {}

  Flow read(const Source& source, const Part& part, RecordSink& records, DiagnosticSink& diagnostics) override {
    return PartReader(source, part, options_, assembly_, records, diagnostics).read();
  }

 private:
  ReadOptions options_;
  Assembly assembly_;
};

}  // namespace

std::string_view producer_in(std::string_view head) {
  Lines lines(head, 0, kGrammar);
  std::vector<TaggedText> record;
  Line line;
  By by = By::Nobody;
  while (by == By::Nobody && lines.next(line)) {
    const TagId tag = line.is_tagged() ? kTags.find(line.code) : kUnknownTag;
    if (tag == kTY || tag == kER) {
      by = producer_of(record);
      record.clear();
    } else if (line.first.text.empty()) {
      by = producer_of_empty(tag);
    } else {
      record.push_back({tag, line.tag, line.first.text, line.first.span});
    }
    lines.drop_pieces();
  }
  return name_of(by == By::Nobody ? producer_of(record) : by);
}

std::unique_ptr<Reader> make_reader(const ReadOptions& options) { return std::make_unique<RisReader>(options); }

}  // namespace bibmill::ris

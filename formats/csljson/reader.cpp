// The reader of CSL-JSON: item by item, each a document of its own.
#include "reader.h"

#include <fmt/format.h>

#include <optional>

#include "bibmill/csl/item.h"
#include "bibmill/text/carry.h"
#include "bibmill/text/schema.h"
#include "dialect.h"
#include "parse.h"
#include "scan.h"

namespace bibmill::csljson {

namespace {

class CslJsonReader final : public Reader {
 public:
  explicit CslJsonReader(const ReadOptions& options) : options_(options) {}

  Flow read(const Source&, const Part& part, RecordSink& records, DiagnosticSink& diagnostics) override {
    Flow flow = Flow::Continue;
    const std::size_t done = read_list(part, records, diagnostics, flow);
    if (flow == Flow::Stop) return flow;
    const Part rest{part.text.substr(done), part.offset + done, part.arena, part.first && done == 0, part.last};
    ReusedMemory memory(*rest.arena, records);
    Walk walk(rest.text, rest.first);
    for (Piece piece = walk.next(); piece.kind != Piece::Kind::End; piece = walk.next()) {
      if (take(rest, piece, records, diagnostics) == Flow::Stop) return Flow::Stop;
      memory.after_record();
    }
    return Flow::Continue;
  }

 private:
  /// Reads the items that stand in an array as they should, which are nearly always all; how much of the text that was.
  std::size_t read_list(const Part& part, RecordSink& records, DiagnosticSink& diagnostics, Flow& flow) {
    if (part.text.size() > options_.max_record) return 0;  // an item may be too large
    const std::string_view list = ItemParser::copy_of_list(part.text, *part.arena);
    if (list.empty()) return 0;
    ReusedMemory memory(*part.arena, records);
    return parser_.parse_list(list, part.offset, part.first, *part.arena, lists_, [&](const text::Node& node) {
      flow = give(node, part, records, diagnostics);
      memory.after_record();
      return flow == Flow::Continue;
    });
  }

  Flow take(const Part& part, const Piece& piece, RecordSink& records, DiagnosticSink& diagnostics) {
    const Span span{part.offset + piece.begin, part.offset + piece.end};
    if (piece.end - piece.begin > options_.max_record) {
      diagnostics.error("csljson/too-large", {span.begin, span.begin + 1},
                        fmt::format("this item is larger than {} bytes and is left out", options_.max_record));
      return Flow::Continue;
    }
    if (piece.kind == Piece::Kind::Item) return take_item(part, piece, records, diagnostics);
    return keep(part, piece, span, records, diagnostics);
  }

  Flow take_item(const Part& part, const Piece& piece, RecordSink& records, DiagnosticSink& diagnostics) {
    lists_.clear(kKeptLists);
    const text::Node node = parser_.parse(part.text, piece.begin, piece.end, part.offset, *part.arena, lists_, diagnostics);
    return give(node, part, records, diagnostics);
  }

  Flow give(const text::Node& node, const Part& part, RecordSink& records, DiagnosticSink& diagnostics) {
    csl::ReadItem item = items_.read(node, part.arena, options_, diagnostics);
    if (item.carried == nullptr) return records.record(std::move(item.record));
    if (options_.check_schema) text::hold_against_schema(*item.carried, diagnostics);
    return pass_restored(item, records, diagnostics);
  }

  static Flow pass_restored(const csl::ReadItem& item, RecordSink& records, DiagnosticSink& diagnostics) {
    const auto write_and_read = [](const Record& record) { return csl::write_and_read(record, kDialect); };
    Record record = text::restore(*item.carried, item.record, write_and_read, diagnostics);
    const Str after = record.after;
    if (text::pass_between(record.shared_arena(), record.before, records) == Flow::Stop) return Flow::Stop;
    record.before = {};
    record.after = {};
    const std::shared_ptr<Arena> arena = record.shared_arena();
    if (records.record(std::move(record)) == Flow::Stop) return Flow::Stop;
    return text::pass_between(arena, after, records);
  }

  /// A member of the object around the items, or a value that is no item.
  static Flow keep(const Part& part, const Piece& piece, Span span, RecordSink& records, DiagnosticSink& diagnostics) {
    Extra extra;
    extra.origin = kOrigin;
    extra.span = span;
    const std::string_view text = part.text;
    if (piece.kind == Piece::Kind::Member) {
      const std::size_t key_end = end_of_value(text, piece.begin);
      if (key_end - piece.begin >= 2) extra.key = part.arena->copy(text.substr(piece.begin + 1, key_end - piece.begin - 2));
      if (piece.value < piece.end) extra.raw = part.arena->copy(text.substr(piece.value, piece.end - piece.value));
    } else {
      extra.raw = part.arena->copy(text.substr(piece.begin, piece.end - piece.begin));
      diagnostics.error("csljson/no-item", span, "an item is an object in braces; this is none and is left out");
    }
    return records.between(std::move(extra));
  }

  ReadOptions options_;
  ItemParser parser_;
  Arena lists_;  // of the item under way
  csl::ItemReader items_{kDialect};
};

}  // namespace

std::unique_ptr<Reader> make_reader(const ReadOptions& options) { return std::make_unique<CslJsonReader>(options); }

}  // namespace bibmill::csljson

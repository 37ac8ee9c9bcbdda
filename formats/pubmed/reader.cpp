// A part's pieces: batches of records for libxml2, everything else for `between`.
//
// Plain records, which are nearly all, are parsed by PlainParser. The others go to libxml2, in one go where nothing but white space stands between them. If it
// refuses anything, the records that are left are parsed one by one, and one that is refused once more as a mended copy; what it does not take even so is passed
// on as it is.
#include "reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "elements.h"
#include "parser.h"
#include "plain.h"
#include "record_reader.h"
#include "record_writer.h"
#include "scan.h"
#include "schema.h"
#include "xml.h"

namespace bibmill::pubmed {

namespace {


/// Offsets in a record are of four bytes.
constexpr std::uint64_t kLargest = std::numeric_limits<std::uint32_t>::max() / 2;

/// libxml2 counts lines from the start of a batch, which tells nobody anything.
std::string without_line(std::string message) {
  constexpr std::string_view kLine = " line ";
  if (const std::size_t at = message.find(kLine); at != std::string::npos) {
    const std::size_t end = std::min(message.find_first_not_of("0123456789", at + kLine.size()), message.size());
    message.erase(at, end - at);
  }
  return message;
}

bool is_set(std::string_view tag) {
  const NameId name = find_name(tag_name(tag));
  return name != kUnknownName && kElements[name].content == Content::Set;
}

/// Is there a record or a set in it? Answered at the first, so nothing is read twice.
bool holds_records(std::string_view text) {
  Scanner scanner(text);
  for (Piece piece = scanner.next(); piece.kind != Piece::Kind::End; piece = scanner.next()) {
    const bool set = piece.kind == Piece::Kind::Tag && is_set(text.substr(piece.begin, piece.end - piece.begin));
    if (piece.kind == Piece::Kind::Record || piece.kind == Piece::Kind::Instruction || set) return true;
  }
  return false;
}

class PubmedReader final : public Reader, private TreeSink {
 public:
  explicit PubmedReader(const ReadOptions& options) : options_(options) {}

  Flow read(const Source& source, const Part& part, RecordSink& records, DiagnosticSink& diagnostics) override;

 private:
  bool read_plain(Scanner& scanner);
  void read_batch();
  bool parse_alone(const Piece& piece, Parsed& parsed);
  void refuse(const Piece& piece, const Parsed& parsed);
  void read_rest(const Piece& stretch);
  void read_broken(const Piece& broken, const Parsed& parsed);
  Flow pass_on_strange_text();
  void other(const Piece& piece);
  void between(const Piece& piece, Str key);
  bool is_small_enough(const Piece& piece);
  Span span(const Piece& piece) const { return {part_->offset + piece.begin, part_->offset + piece.end}; }
  std::string_view text(const Piece& piece) const { return part_->text.substr(piece.begin, piece.end - piece.begin); }

  bool tree(const Tree& tree) override;
  void take(const Tree& tree);

  ReadOptions options_;
  PlainParser plain_;
  Tree plain_tree_;
  Parser parser_;
  RecordWriter canonical_;
  SchemaCheck schema_;

  // of the part being read
  const Part* part_ = nullptr;
  std::optional<ReusedMemory> memory_;
  RecordSink* records_ = nullptr;
  DiagnosticSink* diagnostics_ = nullptr;
  std::vector<Piece> batch_;
  std::size_t taken_ = 0;  // records of the batch that were read
  Flow flow_ = Flow::Continue;
};

Flow PubmedReader::read(const Source&, const Part& part, RecordSink& records, DiagnosticSink& diagnostics) {
  part_ = &part;
  records_ = &records;
  diagnostics_ = &diagnostics;
  flow_ = Flow::Continue;
  batch_.clear();
  memory_.emplace(*part.arena, records);
  if (!holds_records(part.text)) return pass_on_strange_text();
  Scanner scanner(part.text);
  while (flow_ == Flow::Continue) {
    if (scanner.stands_at_record() && read_plain(scanner)) continue;
    const Piece piece = scanner.next();
    if (piece.kind == Piece::Kind::End) break;
    if (piece.kind == Piece::Kind::Record) {
      if (is_small_enough(piece)) batch_.push_back(piece);
    } else if (piece.kind != Piece::Kind::Text || !is_blank(text(piece))) {
      read_batch();
      if (flow_ == Flow::Continue) other(piece);
    }
  }
  if (flow_ == Flow::Continue) read_batch();
  return flow_;
}

/// The record at which the scanner stands, if it is plain; the scanner then stands behind it.
bool PubmedReader::read_plain(Scanner& scanner) {
  const std::size_t at = scanner.place();
  const std::size_t size = plain_.parse(part_->text.substr(at, std::min<std::uint64_t>(options_.max_record, kLargest)), plain_tree_);
  if (size == 0) return false;
  read_batch();  // what stands before it goes first
  if (flow_ == Flow::Stop) return true;
  plain_tree_.offset = part_->offset + at;
  take(plain_tree_);
  scanner.leap_to(at + size);
  return true;
}

bool PubmedReader::is_small_enough(const Piece& piece) {
  const std::uint64_t size = piece.end - piece.begin;
  if (size <= std::min<std::uint64_t>(options_.max_record, kLargest)) return true;
  read_batch();  // what stands before it is said first
  diagnostics_->error("pubmed/record-too-large", span(piece),
                      fmt::format("a record of {} bytes was skipped; --max-record allows more", size));
  return false;
}

/// One parse for all; on any fault the rest one by one.
void PubmedReader::read_batch() {
  if (batch_.empty()) return;
  taken_ = 0;
  if (batch_.size() > 1) {
    const Piece all{Piece::Kind::Record, batch_.front().begin, batch_.back().end};
    parser_.parse(text(all), text(all), part_->offset + all.begin, *this);
  }
  const std::vector<Piece> rest(batch_.begin() + static_cast<std::ptrdiff_t>(taken_), batch_.end());
  for (const Piece& piece : rest) {
    if (flow_ == Flow::Stop) break;
    Parsed parsed;
    if (!parse_alone(piece, parsed)) refuse(piece, parsed);
  }
  batch_.clear();
}

bool PubmedReader::tree(const Tree& tree) {
  // libxml2 and the scanner must mean the same record.
  const Piece& piece = batch_[taken_];
  if (tree.offset != part_->offset + piece.begin || tree.source.size() != piece.end - piece.begin) return false;
  take(tree);
  return flow_ == Flow::Continue && taken_ < batch_.size();
}

/// Hands the record on, unless nothing of a broken one could be read.
void PubmedReader::take(const Tree& tree) {
  Record record = read_record(tree, part_->arena, options_, canonical_, *diagnostics_);
  if (options_.check_schema) schema_.hold(tree, *diagnostics_);
  const bool has_nothing = tree.partial && std::none_of(record.items().begin(), record.items().end(),
                                                        [](const Item& item) { return std::holds_alternative<Entry>(item); });
  if (has_nothing) return;
  ++taken_;
  flow_ = records_->record(std::move(record));
  memory_->after_record();
}

/// Parses one record, as it is or mended, and takes it.
bool PubmedReader::parse_alone(const Piece& piece, Parsed& parsed) {
  batch_.assign(1, piece);
  taken_ = 0;
  const std::string_view source = text(piece);
  const std::uint64_t offset = part_->offset + piece.begin;
  parsed = parser_.parse(source, source, offset, *this);
  if (taken_ == 1) return true;
  const Mended copy = mended(source);
  if (!copy.changed) return false;
  parser_.parse(copy.text, source, offset, *this);
  if (taken_ == 1 && copy.repeated_attributes)
    diagnostics_->error("pubmed/repeated-attribute", {offset + parsed.place, offset + parsed.place},
                        "a tag has an attribute twice; the first was read");
  if (taken_ == 1 && copy.stray_cdata_end)
    diagnostics_->error("pubmed/stray-cdata-end", {offset + parsed.place, offset + parsed.place},
                        "\"]]>\" ends no CDATA here; it was kept as text");
  return taken_ == 1;
}

/// Where another record begins in what should be one, an end tag is missing: what stands before it is broken, what follows may be whole.
void PubmedReader::refuse(const Piece& piece, const Parsed& parsed) {
  const std::vector<std::size_t> starts = find_records_within(text(piece));
  if (starts.empty()) return read_broken(piece, parsed);
  Piece broken = piece;
  broken.end = piece.begin + starts.front();
  broken.complete = false;
  read_broken(broken, parsed);
  for (std::size_t at = 0; at < starts.size() && flow_ == Flow::Continue; ++at)
    read_rest({piece.kind, piece.begin + starts[at], at + 1 < starts.size() ? piece.begin + starts[at + 1] : piece.end});
}

/// A stretch in which at most one record begins, at its start.
void PubmedReader::read_rest(const Piece& stretch) {
  Scanner scanner(text(stretch));
  for (Piece piece = scanner.next(); piece.kind != Piece::Kind::End && flow_ == Flow::Continue; piece = scanner.next()) {
    piece.begin += stretch.begin;
    piece.end += stretch.begin;
    Parsed parsed;
    if (piece.kind != Piece::Kind::Record) {
      if (piece.kind != Piece::Kind::Text || !is_blank(text(piece))) other(piece);
    } else if (!parse_alone(piece, parsed)) {
      read_broken(piece, parsed);
    }
  }
}

/// The record as far as it goes; where that is nowhere, its text is passed on.
void PubmedReader::read_broken(const Piece& broken, const Parsed& parsed) {
  const std::uint64_t place =
      broken.complete ? std::min<std::uint64_t>(span(broken).begin + parsed.place, span(broken).end) : span(broken).begin;
  const std::string reason = broken.complete ? without_line(parsed.message) : "its end tag is missing";
  diagnostics_->error("pubmed/not-well-formed", {place, place},
                      fmt::format("a record that is no well-formed XML was read as far as it goes: {}", reason));
  batch_.assign(1, broken);
  taken_ = 0;
  const Mended copy = mended(text(broken));
  parser_.parse(copy.text, text(broken), part_->offset + broken.begin, *this, Rest::Delivered);
  if (taken_ == 0) between(broken, "#record");
}

/// Something else than PubMed XML: one piece of text, and what a service says of its failure.
Flow PubmedReader::pass_on_strange_text() {
  constexpr std::string_view kError = "<ERROR>";
  std::string_view text = part_->text;
  if (const std::size_t at = text.find(kError); at != std::string_view::npos) {
    const std::string_view said = text.substr(at + kError.size(), text.find('<', at + 1) - at - kError.size());
    diagnostics_->warning("pubmed/service-error", {part_->offset + at, part_->offset + at + kError.size()},
                          fmt::format("no record; the service says: {}", beginning(said, 200)));
  }
  if (!is_blank(text)) between({Piece::Kind::Text, 0, text.size()}, "#text");
  return flow_;
}

/// What stands between records.
void PubmedReader::other(const Piece& piece) {
  switch (piece.kind) {
    case Piece::Kind::Instruction: {
      const std::string_view name = tag_name(text(piece));
      if (!piece.complete) {
        diagnostics_->error("pubmed/not-well-formed", span(piece), fmt::format("the end tag of {} is missing", name));
        return between(piece, "#text");
      }
      return between(piece, name);
    }
    case Piece::Kind::Comment: return between(piece, piece.complete ? "#comment" : "#text");
    case Piece::Kind::Processing: return between(piece, piece.complete ? "#instruction" : "#text");
    case Piece::Kind::Doctype:
      if (text(piece).find("<!ENTITY") == std::string_view::npos) return;
      diagnostics_->error("pubmed/entity-declarations", span(piece),
                          "declarations of entities are refused; references to them stay text");
      return between(piece, "#doctype");
    case Piece::Kind::Tag:
      if (is_set(text(piece))) return;
      return between(piece, "#tag");
    case Piece::Kind::Text:
      diagnostics_->warning("pubmed/stray-text", span(piece), "text outside of records was passed on as it is");
      return between(piece, "#text");
    default: return;
  }
}

void PubmedReader::between(const Piece& piece, Str key) {
  Extra extra;
  extra.origin = kOrigin;
  extra.key = part_->arena->copy(key);
  extra.raw = part_->arena->copy(text(piece));
  extra.span = span(piece);
  flow_ = records_->between(std::move(extra));
}

}  // namespace

std::unique_ptr<Reader> make_reader(const ReadOptions& options) { return std::make_unique<PubmedReader>(options); }

}  // namespace bibmill::pubmed

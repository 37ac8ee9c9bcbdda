// From blocks to records: macros, inheritance, types, values; and what stands between.
#include "reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <utility>

#include "bibmill/data_model.h"
#include "bibmill/reflect.h"
#include "bibmill/text/byte_scan.h"
#include "bibmill/text/carry.h"
#include "bibmill/text/edtf.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/json.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/schema.h"
#include "bibmill/text/short_text.h"
#include "bibmill/text/unicode.h"
#include "block_list.h"
#include "fields.h"
#include "journals.h"
#include "key_bits.h"
#include "lexer.h"
#include "models.h"
#include "prelude.h"
#include "types.h"
#include "writer.h"

namespace bibmill::bibtex {

namespace {

using text::equal_ignoring_ascii_case;

// ------------------------------------------------------------------------------------------------------- keys and rows

constexpr std::size_t kRowCount = kBiblatexFields.size();

/// Which row reads a key, and at which place of its list the key stands.
struct Use {
  std::uint16_t row;
  std::uint8_t rank;
  Codec codec;
};

/// Every key that has a field, with its rows; the key's number serves for finding repetitions.
class KeyTable {
 public:
  struct Known {
    std::string_view key;
    std::size_t number;
    std::vector<Use> uses;
  };

  KeyTable() {
    for (std::size_t row = 0; row < kRowCount; ++row) {
      const Mapping& mapping = kBiblatexFields[row];
      if (!mapping.reads()) continue;
      std::uint8_t rank = 0;
      add(mapping.key, row, rank);
      detail::for_each_word(mapping.also, [&](std::string_view key) { add(key, row, ++rank); });
    }
  }

  const Known* find(std::string_view lower_key) const {
    const std::uint16_t number = buckets_[bucket_with(lower_key)];
    return number == 0 ? nullptr : &keys_[number - 1U];
  }
  std::size_t size() const { return keys_.size(); }

 private:
  static constexpr std::size_t kBuckets = 1024;
  static_assert(kRowCount < kBuckets / 4);

  /// The size and three letters tell most keys apart.
  static std::size_t bucket_of(std::string_view key) {
    if (key.empty()) return 0;
    const auto at = [&](std::size_t place) { return static_cast<std::uint32_t>(static_cast<unsigned char>(key[place])); };
    const std::uint32_t hash = ((static_cast<std::uint32_t>(key.size()) * 31U + at(0)) * 31U + at(key.size() / 2)) * 31U + at(key.size() - 1);
    return (hash * 0x9E3779B1U) >> 22U;
  }

  /// The bucket of the key, or the empty one where it would be.
  std::size_t bucket_with(std::string_view key) const {
    std::size_t bucket = bucket_of(key);
    while (buckets_[bucket] != 0 && !text::same(keys_[buckets_[bucket] - 1U].key, key)) bucket = (bucket + 1) % kBuckets;
    return bucket;
  }

  void add(std::string_view key, std::size_t row, std::uint8_t rank) {
    std::uint16_t& number = buckets_[bucket_with(key)];
    if (number == 0) {
      keys_.push_back({key, keys_.size(), {}});
      number = static_cast<std::uint16_t>(keys_.size());
    }
    keys_[number - 1U].uses.push_back({static_cast<std::uint16_t>(row), rank, codec_for(kBiblatexFields[row], key)});
  }

  std::vector<Known> keys_;
  std::array<std::uint16_t, kBuckets> buckets_{};  // a key's number plus 1; a key goes to the next one where the bucket is taken
};

const KeyTable& key_table() {
  static const KeyTable kTable;
  return kTable;
}

const Use* use_for(const KeyTable::Known* known, Type type) {
  if (known == nullptr) return nullptr;
  for (const Use& use : known->uses)
    if (kBiblatexFields[use.row].applies_to(type)) return &use;
  return nullptr;
}

/// Bytes that a record's text must not have.
bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F; }

/// Without its controls. Where they hid an @ that would begin an entry now, before it or in the entry's type, U+FFFD stands before it.
void append_clean_line(std::string& out, std::string_view line) {
  const auto* const first = std::find_if(line.begin(), line.end(), [](char c) { return c != ' ' && c != '\t' && !is_control(c); });
  const bool begins = first != line.end() && *first == '@';
  const auto* const brace = std::find_if(first, line.end(), [](char c) { return c == '{' || c == '('; });
  const bool hidden = begins && std::any_of(line.begin(), brace, is_control);
  for (const auto* at = line.begin(); at != line.end(); ++at) {
    if (hidden && at == first) out += "\uFFFD";
    if (!is_control(*at)) out += *at;
  }
}

/// Mostly there is no tab either, and that is sooner told.
bool may_have_controls_or_cr(std::string_view text) { return text::holds<text::ByteRange{0, '\n' - 1}, text::ByteRange{'\n' + 1, 0x1F}, '\x7F'>(text); }
bool has_controls(std::string_view text) { return text::holds<text::ByteRange{0, '\t' - 1}, text::ByteRange{'\n' + 1, '\r' - 1}, text::ByteRange{'\r' + 1, 0x1F}, '\x7F'>(text); }
bool has_controls_or_cr(std::string_view text) { return text::holds<text::ByteRange{0, '\t' - 1}, text::ByteRange{'\n' + 1, 0x1F}, '\x7F'>(text); }

// -------------------------------------------------------------------------------------------------------- one raw field

struct RawField {
  std::string_view key;         ///< as written
  std::string_view lower_key;
  std::string_view text;        ///< without delimiters, macros expanded
  bool made = false;            ///< the text was put together or tidied up, and stands nowhere in the part
  std::string_view expression;  ///< as written, with delimiters
  bool literal = true;          ///< one literal: the expression is the text
  bool damaged = false;         ///< must not be written as it stands
  bool blank = false;           ///< nothing but white space
  bool renamed = false;         ///< read as if it had another key
  Span span;                    ///< of the expression
  Span key_span;
  std::string_view marker;      ///< of an inherited field
  Str left_out;                 ///< a command that its value has nothing of
  const KeyTable::Known* known = nullptr;
  const Use* use = nullptr;

  bool inherited() const { return !marker.empty(); }
  [[gnu::always_inline]] bool is(std::string_view lower) const { return text::same(lower_key, lower); }  // told at a look, since what is asked for is a constant
};

/// Of an entry that has one of these, publishers and places are lists: it is biblatex's.
constexpr std::string_view kKeysOfLists[] = {"date", "journaltitle", "location", "langid", "xdata", "eventtitle", "maintitle", "editortype"};
constexpr KeyBits kKeyBitsOfLists(kKeysOfLists);

bool is_white(std::string_view text) {
  return text.empty() || (text::is_blank(text.front()) && std::all_of(text.begin(), text.end(), text::is_blank));
}

/// Does the word "and" begin anywhere in it, in whatever case?
bool has_word_and(std::string_view text) {
  constexpr std::string_view kAnd = "and";
  for (std::size_t at = text::next_text<text::Letters::InAnyCase>(text, kAnd, 0); at < text.size(); at = text::next_text<text::Letters::InAnyCase>(text, kAnd, at + 1))
    if (at == 0 || text[at - 1] == ' ') return true;
  return false;
}

/// "Roe, Ann and Bob Doe": names of which nothing is to be said, told at a look. Others may be such, too.
bool are_plain_names(std::string_view text) {
  using text::kAsciiLetters;
  if (text::next_not_of<kAsciiLetters, ' ', '.', ',', '-', '\''>(text, 0) < text.size() || text::next_doubled<' '>(text, 0) < text.size()) return false;
  constexpr std::string_view kBetween = " and ";
  while (true) {
    const std::size_t end = text.find(kBetween);
    const std::string_view name = text.substr(0, end);
    if (name.empty() || !text::is_one_of<kAsciiLetters>(name.front()) || name.back() == ' ' || has_word_and(name)) return false;
    const std::size_t comma = name.find(',');
    const bool divides = comma == kNowhere || (comma + 2 < name.size() && name[comma + 1] == ' ' && text::is_one_of<kAsciiLetters>(name[comma + 2]) && name.find(',', comma + 1) == kNowhere);
    if (!divides) return false;
    if (end == kNowhere) return true;
    text.remove_prefix(end + kBetween.size());
  }
}

/// The field `name` of an editor's role: editortype of editor, editoratype of editora.
bool is_role_name(std::string_view lower_key) { return lower_key.starts_with("editor") && lower_key.ends_with("type"); }

/// The field that gives a row's value: the first of the row's read list.
struct Slot {
  std::size_t field = kNowhere;
  std::uint8_t rank = 255;
};

// -------------------------------------------------------------------------------------------------------------- reader

constexpr std::string_view kCrossref = "crossref";
constexpr std::string_view kXdata = "xdata";
/// Behind it stands the name of a field of another entry.
constexpr std::string_view kReference = "xdata=";

class BibtexReader final : public Reader, public DataModel {
 public:
  BibtexReader(Dialect dialect, const ReadOptions& options)
      : dialect_(dialect),
        options_(options),
        entries_in_comments_(options.settings.value(kCommentsOption.name) == "entries"),
        gives_back_(options.gives_back && !entries_in_comments_),
        prelude_(options.prelude) {}

  Flow read(const Source& source, const Part& part, RecordSink& records, DiagnosticSink& diagnostics) override;

  std::optional<std::string_view> required(std::string_view type) const override {
    const EntryModel* const model = model_for(type);
    return model == nullptr ? std::nullopt : std::optional(model->required);
  }
  bool allows(std::string_view type, std::string_view key) const override {
    const EntryModel* const model = model_for(type);
    return model == nullptr || bibtex::allows(dialect_, *model, lower(key));
  }

 private:
  friend class EntryReader;

  /// Asked for each field of an entry, and mostly of articles.
  const EntryModel* model_for(std::string_view type) const {
    if (!known_ || known_->first != type) known_.emplace(type, model_of(dialect_, lower(type)));
    return known_->second;
  }

  Flow read_text(const Block& block, std::size_t line_from);
  Flow read_string(const Block& block);
  void check_string(const Block& block);
  Flow read_block(const Block& block, std::size_t entry_end);
  Flow read_comment(const Block& block);
  Flow read_entries_within(const Block& comment);
  Flow read_entry(const Block& block);
  Flow between(std::string_view key, std::size_t begin, std::size_t end);
  std::string_view with_distance(std::size_t begin, std::size_t end);
  Str clean(std::string_view text);
  Span span_of(std::string_view view) const;
  bool find_block(std::string_view text, std::size_t at, Block& block);
  bool takes_from_elsewhere() const { return prelude_ != nullptr; }
  const BibtexPrelude& prelude();
  Place place_of(const Block& block);
  Macro expand_defined(std::string_view name, const Block& block, std::string& out);
  bool is_repeated(const Block& block) const;
  void report(Severity severity, std::string_view code, Span span, std::string message, std::string_view key = {});
  bool expand(std::string_view name, const Block& block, bool month, std::string& out, std::string_view key);

  Dialect dialect_;
  ReadOptions options_;
  bool entries_in_comments_;
  bool gives_back_;
  std::shared_ptr<const Prelude> prelude_;
  const BibtexPrelude* made_prelude_ = nullptr;  // once it was asked for
  mutable std::optional<std::pair<std::string, const EntryModel*>> known_;  // the type that was asked for last

  const Part* part_ = nullptr;
  std::optional<ReusedMemory> memory_;
  std::size_t given_ = 0;        // of the part: the text before it has gone out with a record or as a text between records
  std::string_view whole_entry_; // the entry being read as it stands, if it will be given back
  RecordSink* records_ = nullptr;
  DiagnosticSink* diagnostics_ = nullptr;
  const Source* source_ = nullptr;
  std::optional<std::size_t> source_number_;  // in the prelude, once it was asked for
  bool has_references_ = false;  // the part
  bool has_controls_ = false;  // the part
  bool has_returns_ = false;

  // Kept from entry to entry for their memory.
  BlockList::Walk known_blocks_;
  std::span<const Group> groups_;      // of the block that was found last
  std::vector<Group> found_groups_;    // those that nobody had found before
  FieldSyntax syntax_;
  std::vector<RawField> fields_;
  std::vector<std::optional<Value>> values_;
  std::array<Slot, kRowCount> slots_;
  std::string scratch_;
  std::vector<unsigned> stamps_ = std::vector<unsigned>(key_table().size());
  unsigned stamp_ = 0;
};

void BibtexReader::report(Severity severity, std::string_view code, Span span, std::string message, std::string_view key) {
  diagnostics_->report({severity, code, std::move(message), std::string(key), span, {}});
}

Span BibtexReader::span_of(std::string_view view) const {
  const std::uint64_t begin = part_->offset + static_cast<std::uint64_t>(view.data() - part_->text.data());
  return {begin, begin + view.size()};
}

/// A text of the arena's with LF as its only control character. Others go, but for one without which a line would begin an entry ("@a\0{0}"): there the sign for what is no
/// character stands.
Str BibtexReader::clean(std::string_view text) {
  if (!has_controls_or_cr(text)) return text;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    append_clean_line(out, text.substr(at, end - at));
    if (end == text.size()) break;
    out += '\n';
    at = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
  }
  return part_->arena->copy(out);
}

/// What stands there with the blank lines before it and the end of its line; behind the last of the text all that is left.
std::string_view BibtexReader::with_distance(std::size_t begin, std::size_t end) {
  const std::string_view text = part_->text;
  if (given_ < begin && text::trim(text.substr(given_, begin - given_)).empty()) begin = given_;
  const std::size_t behind = std::min(text.find_first_not_of(" \t", end), text.size());
  if (part_->last && text::trim(text.substr(end)).empty())
    end = text.size();
  else if (text.substr(behind).starts_with("\r\n"))
    end = behind + 2;
  else if (text.substr(behind).starts_with('\n'))
    end = behind + 1;
  given_ = end;
  return text.substr(begin, end - begin);
}

Flow BibtexReader::between(std::string_view key, std::size_t begin, std::size_t end) {
  const std::string_view text = part_->text.substr(begin, end - begin);
  Extra extra;
  extra.origin = id_of(dialect_);
  extra.key = part_->arena->copy(key);
  const std::string_view whole = !gives_back_ ? text : !whole_entry_.empty() ? whole_entry_ : with_distance(begin, end);
  const Str copy = part_->arena->copy(whole);
  extra.raw = gives_back_ && !has_controls(whole) ? copy : clean(copy);
  extra.span = span_of(text);
  return records_->between(std::move(extra));
}

Flow BibtexReader::read(const Source& source, const Part& part, RecordSink& records, DiagnosticSink& diagnostics) {
  part_ = &part;
  records_ = &records;
  diagnostics_ = &diagnostics;
  source_ = &source;
  source_number_.reset();
  has_references_ = takes_from_elsewhere() && part.text.find(kReference) != kNowhere;
  const bool may_have = may_have_controls_or_cr(part.text);
  has_controls_ = may_have && has_controls(part.text);
  has_returns_ = may_have && part.text.find('\r') != kNowhere;
  memory_.emplace(*part.arena, records);
  const auto* const known = part.foregoing == nullptr ? nullptr : dynamic_cast<const BlockList*>(part.foregoing->notes.get());
  known_blocks_ = known == nullptr ? BlockList::Walk() : BlockList::Walk(*known);
  given_ = 0;
  Block block;
  std::size_t entry_end = kNowhere;
  Flow flow = Flow::Continue;
  for (std::size_t at = 0; flow == Flow::Continue && find_block(part.text, at, block); at = block.end) {
    flow = read_block(block, entry_end);
    entry_end = block.kind == Block::Kind::Entry ? block.end : kNowhere;
  }
  return flow;
}

/// The block at that place of the part, whose text may be cut short.
bool BibtexReader::find_block(std::string_view text, std::size_t at, Block& block) {
  if (known_blocks_.find(text, part_->offset, at, block, groups_)) return true;
  const Found found = next_block(text, at, Extent::Whole, block, &found_groups_);
  groups_ = found_groups_;
  return found == Found::Whole;
}

const BibtexPrelude& BibtexReader::prelude() {
  if (made_prelude_ == nullptr) made_prelude_ = &dynamic_cast<const BibtexPrelude&>(prelude_->made());
  return *made_prelude_;
}

Place BibtexReader::place_of(const Block& block) {
  if (!source_number_) source_number_ = prelude().source_number(*source_);
  return {*source_number_, part_->offset + block.begin};
}

/// Does the entry's key stand before?
bool BibtexReader::is_repeated(const Block& block) const {
  if (part_->foregoing == nullptr) return false;
  const std::vector<std::uint64_t>& repeated = part_->foregoing->repeated;
  return std::binary_search(repeated.begin(), repeated.end(), part_->offset + block.begin);
}

Flow BibtexReader::read_block(const Block& block, std::size_t entry_end) {
  switch (block.kind) {
    case Block::Kind::Text: return read_text(block, entry_end);
    case Block::Kind::String: return read_string(block);
    case Block::Kind::Comment: return entries_in_comments_ ? read_entries_within(block) : read_comment(block);
    case Block::Kind::Entry: return read_entry(block);
    case Block::Kind::Preamble: break;
  }
  if (!block.closed) report(Severity::Error, "bibtex/unclosed", span_of(part_->text.substr(block.begin, 1)), "this @preamble is not closed");
  return between("preamble", block.begin, block.end);
}

// -------------------------------------------------------------------------------------------------------- between entries

Flow BibtexReader::read_text(const Block& block, std::size_t entry_end) {
  const std::string_view whole = part_->text.substr(block.begin, block.end - block.begin);
  std::string_view text = text::trim(whole);
  while (!text.empty() && is_control(text.front())) text = text::trim(text.substr(1));
  if (text.empty()) return Flow::Continue;
  const std::string_view line = whole.substr(0, whole.find_first_of("\r\n"));
  if (entry_end == block.begin && line.find_first_of("}=") != kNowhere)
    report(Severity::Warning, "bibtex/stray-text", span_of(text::trim(line)), "text behind the end of the entry: a brace may be one too many");
  const bool whole_file = part_->first && part_->last && block.begin == 0 && block.end == part_->text.size();
  if (const std::size_t at = text.rfind('@'); at != kNowhere && part_->last && block.end == part_->text.size()) {
    const std::string_view name = text.substr(at + 1);
    if (std::all_of(name.begin(), name.end(), is_name_char) && (at == 0 || text::is_blank(text[at - 1])))
      report(Severity::Error, "bibtex/unexpected-end", span_of(text.substr(at)), "the file ends where an entry begins");
    else if (whole_file && text.front() == '@')
      report(Severity::Error, "bibtex/no-entry", span_of(text.substr(0, 1)), "no entry begins here, nor at any later @: @type{key, … is wanted");
  }
  const std::size_t begin = static_cast<std::size_t>(text.data() - part_->text.data());
  return between({}, begin, begin + text.size());
}

Flow BibtexReader::read_string(const Block& block) {
  const std::string_view at_sign = part_->text.substr(block.begin, 1);
  if (!block.closed) report(Severity::Error, "bibtex/unclosed", span_of(at_sign), "this @string is not closed");
  EntryScanner scanner(block.inside(part_->text));
  if (!scanner.next_field(syntax_)) {
    report(Severity::Error, "bibtex/bad-string", span_of(at_sign), "@string needs a name and a value: @string{name = {value}}");
  } else if (takes_from_elsewhere()) {
    check_string(block);
  }
  return between("string", block.begin, block.end);
}

/// One word about each @string whose text cannot be had: of those that use it, only the entries speak.
void BibtexReader::check_string(const Block& block) {
  scratch_.clear();
  for (const Piece& piece : syntax_.pieces) {
    if (piece.kind != Piece::Kind::Macro) {
      scratch_ += piece.text;
      continue;
    }
    std::string text;
    const Macro expanded = expand_defined(piece.text, block, text);
    scratch_ += text;
    if (expanded == Macro::TooLong) return;
    if (expanded != Macro::Defined && !expand(piece.text, block, false, text, {})) return;
  }
  if (scratch_.size() > kLongestString)
    report(Severity::Error, "bibtex/string-too-long", span_of(syntax_.key), fmt::format("what the string {} stands for would be longer than {} bytes", syntax_.key, kLongestString));
}

Flow BibtexReader::read_comment(const Block& block) {
  const std::string_view text = part_->text.substr(block.begin, block.end - block.begin);
  if (!block.closed) report(Severity::Warning, "bibtex/unclosed-comment", span_of(text.substr(0, 1)), "this @comment is not closed; it ends before the next entry");
  for (std::size_t at = text.find('@', 1); at != kNowhere; at = text.find('@', at + 1)) {
    const std::size_t name_end = static_cast<std::size_t>(std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at) + 1, text.end(), is_name_char) - text.begin());
    if (name_end == at + 1 || name_end >= text.size() || (text[name_end] != '{' && text[name_end] != '(')) continue;
    report(Severity::Warning, "bibtex/entry-in-comment", span_of(text.substr(at, name_end - at)),
           "classic BibTeX would read this entry, since it knows no comments; here, as for biber, it is part of the comment");
    break;
  }
  return between("comment", block.begin, block.end);
}

/// For BibTeX @comment is a word like another, and what stands in its braces is read. What is no block stays a comment, in pieces.
Flow BibtexReader::read_entries_within(const Block& comment) {
  const std::string_view text = part_->text.substr(0, comment.closed ? comment.end - 1 : comment.end);
  std::size_t piece = comment.begin;
  Flow flow = Flow::Continue;
  Block block;
  for (std::size_t at = comment.body; flow == Flow::Continue && find_block(text, at, block); at = block.end) {
    if (block.kind == Block::Kind::Text || block.kind == Block::Kind::Comment) continue;
    flow = between("comment", piece, block.begin);
    if (flow == Flow::Continue) flow = read_block(block, kNowhere);
    piece = block.end;
  }
  return flow == Flow::Stop ? flow : between("comment", piece, comment.end);
}

// -------------------------------------------------------------------------------------------------------------- macros

constexpr std::string_view kMonthNames[] = {"January", "February", "March",     "April",   "May",      "June",
                                            "July",    "August",   "September", "October", "November", "December"};

/// Appends what a @string stands for. That a month is a month is known without asking where no string stands before.
Macro BibtexReader::expand_defined(std::string_view name, const Block& block, std::string& out) {
  if (part_->foregoing != nullptr && !part_->foregoing->definitions && month_of_macro(name) != 0) return Macro::Undefined;
  return prelude().expand(name, place_of(block), out);
}

/// Appends what a macro, `name` in the text of the block, stands for. Without a prelude (the file goes back into its own format) only the months are known, so that nothing depends on
/// where a file is cut. False: an error was reported, and the name stands for itself.
bool BibtexReader::expand(std::string_view name, const Block& block, bool month, std::string& out, std::string_view key) {
  const Macro expanded = takes_from_elsewhere() ? expand_defined(name, block, out) : Macro::Undefined;
  if (expanded == Macro::Defined) return true;
  if (expanded == Macro::DefinedLater) {
    report(Severity::Error, "bibtex/string-defined-later", span_of(name), fmt::format("the string {} is used before it is defined; BibTeX would not know it", name), key);
    return false;
  }
  if (expanded == Macro::TooLong) {
    report(Severity::Error, "bibtex/string-too-long", span_of(name), fmt::format("what the string {} stands for is too long; its name is kept", name), key);
    out += name;
    return false;
  }
  if (const unsigned number = month_of_macro(name); number != 0) {
    out += month ? name : kMonthNames[number - 1];
    return true;
  }
  if (!takes_from_elsewhere()) {
    out += name;
    return true;
  }
  for (const auto& [macro, journal] : kJournalStrings)
    if (equal_ignoring_ascii_case(macro, name)) {
      out += journal;
      return true;
    }
  Diagnostic diagnostic{Severity::Error, "bibtex/undefined-string", fmt::format("the string {0} is not defined; if the word itself is meant, write {{{0}}}", name),
                        std::string(key), span_of(name), {}};
  diagnostic.fixes.push_back({"put the word in braces", false, {{span_of(name), fmt::format("{{{}}}", name)}}});
  diagnostics_->report(std::move(diagnostic));
  out += name;
  return false;
}

// ------------------------------------------------------------------------------------------------------------- entries

/// Makes one record of one entry.
class EntryReader {
 public:
  /// The block is all that the reader's part holds.
  EntryReader(BibtexReader& reader, const Block& block)
      : reader_(reader), block_(block), arena_(*reader.part_->arena), fields_(reader.fields_), record_(reader.part_->arena), slots_(reader.slots_), values_(reader.values_) {}

  Flow read();

 private:
  bool names_a_parent() const;
  void tell_of_ring();
  void read_key(EntryScanner& scanner);
  void read_fields(EntryScanner& scanner);
  void take_field(const FieldSyntax& syntax);
  void report_flaw(const FieldSyntax& syntax);
  void clean_controls(RawField& field);
  bool is_repetition(RawField& field);
  void inherit();
  void take_referred();
  std::string referred(const RawField& field, std::string_view reference);
  void find_type();
  void choose_rows();
  void find_options();
  void part_places();
  void part_journals();
  void rename(const RawField& field, std::string_view lower_key);

  void add_fields();
  void add_undecoded(const RawField& field);
  void add_plain(std::size_t at);
  void add_date(std::size_t at);
  void add_access_part(std::size_t at);
  void add_eprint(std::size_t at);
  void add_role(std::size_t at);
  void add_role_name(std::size_t at);
  void add_name_note(std::size_t at);
  void add_options(std::size_t at);
  void add_issue(std::size_t at);
  void add_how_published(std::size_t at);
  void add_file(std::size_t at);
  void add_addresses(std::size_t at);
  void add_list(std::size_t at, Field field, const std::vector<Str>& values, Codec codec, std::string_view marker);
  Entry& begin_entry(const RawField& one, Field field, const Value& value);
  void add_entry(std::size_t at, Field field, const Value& value, Codec codec);
  Str key_of(const RawField& field) const;
  void add_extra(std::size_t at);
  void add_given_by_type();
  void add_rubbish(const EntryScanner& scanner);

  Value* value_of(std::size_t at);
  /// The first field of the key that is not blank; null if there is none.
  [[gnu::always_inline]] const RawField* field(std::string_view lower_key) const { return keys_.may_have(lower_key) ? find_field(lower_key) : nullptr; }
  const RawField* find_field(std::string_view lower_key) const;
  std::optional<Field> role_of(std::string_view names_key) const;
  bool stands_in_braces(const RawField& field, std::string_view text) const;
  Str in_braces(const RawField& field, std::string_view text);
  Str literal_in_braces(const RawField& field);
  bool repeats_title(const Value& container);
  bool take_carried(const RawField& field);
  bool stays_undecoded(const RawField& field) const;
  bool is_encoded_alike(const Entry& entry, const RawField& field, Codec codec, bool earlier) const;
  void keep_raw(Entry& entry, const RawField& field, Codec codec, bool earlier);
  void note_names(const RawField& field, std::vector<text::NameProblem>& problems);
  void say_bad_date(const RawField& field, const Date& read_as);
  Flow finish();
  void say(Severity severity, std::string_view code, Span span, std::string message) {
    reader_.report(severity, code, span, std::move(message), record_.key);
  }

  BibtexReader& reader_;
  const Block& block_;
  Arena& arena_;
  std::vector<RawField>& fields_;
  Record record_;
  std::string lower_type_;
  KeyBits keys_;  // of the fields
  std::array<Slot, kRowCount>& slots_;  // of the rows that fields of this entry use
  std::bitset<kFieldCount> seen_;  // fields that have an entry
  std::vector<std::optional<Value>>& values_;
  std::unordered_set<std::string_view> unknown_keys_;
  std::size_t repetitions_ = 0;
  bool lists_ = false;
  bool names_parent_ = false;
  bool use_prefix_ = false;
  bool as_written_ = false;
  std::optional<text::Node> carried_;
  // Dates and eprints are put together from several fields once.
  std::optional<ComposedDate> date_;
  bool date_is_whole_ = false;
  std::optional<ComposedDate> accessed_;
  std::size_t referred_size_ = 0;
  std::optional<Identifiers> eprint_;
};

/// The entry is copied whole unless its text stays, so that its keys, its texts as written and most of its values are pieces of it.
Flow BibtexReader::read_entry(const Block& block) {
  const Part& part = *part_;
  const std::string_view text = part.text.substr(block.begin, block.end - block.begin);
  if (text.size() > options_.max_record) {
    report(Severity::Error, "bibtex/too-large", span_of(text.substr(0, 1)), "this entry is larger than --max-record allows and is left out");
    return Flow::Continue;
  }
  if (gives_back_) whole_entry_ = with_distance(block.begin, block.end);
  const Part entry{part.outlives_records ? text : part.arena->copy(text), part.offset + block.begin, part.arena, part.first, part.last, part.outlives_records, part.foregoing};
  part_ = &entry;
  const Flow flow = EntryReader(*this, block.moved_to(entry.text)).read();
  part_ = &part;
  whole_entry_ = {};
  memory_->after_record();
  return flow;
}

Flow EntryReader::read() {
  const std::string_view text = reader_.part_->text;
  const std::string_view whole = text.substr(block_.begin, block_.end - block_.begin);
  fields_.clear();
  lower_type_ = lower(block_.type);
  record_.origin = id_of(reader_.dialect_);
  record_.span = reader_.span_of(whole);
  EntryScanner scanner(block_.inside(text), block_.closed, reader_.groups_);
  read_key(scanner);
  if (lower_type_ == kXdata) {
    if (reader_.takes_from_elsewhere() && text::holds_either(block_.inside(text), kCrossref, kXdata)) tell_of_ring();
    return reader_.between(kXdata, block_.begin, block_.end);
  }
  read_fields(scanner);
  names_parent_ = names_a_parent();
  if (names_parent_) tell_of_ring();
  if (!block_.closed)
    say(Severity::Error, "bibtex/unclosed", reader_.span_of(whole.substr(0, 1)), "this entry is not closed; it ends before the next one");
  else if (!block_.well_closed)
    say(Severity::Error, "bibtex/wrong-closer", reader_.span_of(whole.substr(whole.size() - 1)), "the entry began with ( and ends with }");
  if (record_.key.empty() && fields_.empty()) {
    say(Severity::Error, "bibtex/empty-entry", reader_.span_of(whole.substr(0, 1)), "no key and no field: this is no entry");
    return reader_.between({}, block_.begin, block_.begin + text::trim_right(whole).size());
  }
  if (block_.type.empty()) say(Severity::Error, "bibtex/no-type", reader_.span_of(whole.substr(0, 1)), "the entry has no type");
  take_referred();
  find_options();
  part_places();
  part_journals();
  inherit();
  find_type();
  choose_rows();
  add_fields();
  add_rubbish(scanner);
  return finish();
}

/// Does the entry, or one of its fields, take anything from another?
bool EntryReader::names_a_parent() const {
  if (!reader_.takes_from_elsewhere()) return false;
  if (field(kCrossref) != nullptr || field(kXdata) != nullptr) return true;
  // (A string may hold the reference.)
  return std::any_of(fields_.begin(), fields_.end(), [&](const RawField& one) { return (reader_.has_references_ || one.made) && one.text.find(kReference) != kNowhere; });
}

void EntryReader::tell_of_ring() {
  const std::string ring = reader_.prelude().ring_at(reader_.place_of(block_));
  if (!ring.empty())
    say(Severity::Error, "bibtex/ring", reader_.span_of(reader_.part_->text.substr(block_.begin, 1)), fmt::format("crossref or xdata leads in a ring ({}); nothing is inherited round it", ring));
}

void EntryReader::read_key(EntryScanner& scanner) {
  EntryScanner::KeyFlaw flaw;
  const std::string_view key = scanner.read_key(flaw);
  record_.key = reader_.clean(key);
  if (record_.key.starts_with('%')) record_.key = arena_.concat({"\uFFFD", record_.key});  // a control character hid it: it would begin a comment
  if (reader_.options_.keep_spans) {
    record_.markers.push_back(arena_, reader_.span_of(block_.type));
    if (!key.empty()) record_.markers.push_back(arena_, reader_.span_of(key));
  }
  switch (flaw) {
    case EntryScanner::KeyFlaw::None:
    case EntryScanner::KeyFlaw::Missing: break;
    case EntryScanner::KeyFlaw::NoCommaAtAll: {
      const std::string_view rest = block_.inside(reader_.part_->text);
      const std::size_t equals = rest.find('=');
      say(Severity::Error, "bibtex/no-key", reader_.span_of(rest.substr(std::min(equals, rest.size()), 1)), "the entry has no key, nor a comma where it should be");
      break;
    }
    case EntryScanner::KeyFlaw::Blank:
      say(Severity::Error, "bibtex/blank-in-key", reader_.span_of(key), "a key cannot hold blanks");
      break;
    case EntryScanner::KeyFlaw::MissingComma:
      say(Severity::Error, "bibtex/missing-comma", reader_.span_of(key), "no comma behind the key");
      break;
  }
  if (!key.empty() && reader_.is_repeated(block_))
    say(Severity::Warning, "bibtex/repeated-key", reader_.span_of(key), fmt::format("the key {} stands before, perhaps in another case; BibTeX takes the two for one", key));
}

// ---------------------------------------------------------------------------------------------------------- its fields

void EntryReader::read_fields(EntryScanner& scanner) {
  ++reader_.stamp_;
  while (scanner.next_field(reader_.syntax_)) {
    report_flaw(reader_.syntax_);
    take_field(reader_.syntax_);
  }
  for (RawField& one : fields_)
    if ((reader_.has_controls_ || one.made) && has_controls(one.text)) clean_controls(one);
}

void EntryReader::report_flaw(const FieldSyntax& syntax) {
  if (syntax.flaw.kind == Flaw::Kind::None) return;
  const Span span = reader_.span_of(syntax.flaw.where);
  switch (syntax.flaw.kind) {
    case Flaw::Kind::None: break;
    case Flaw::Kind::MissingComma: say(Severity::Error, "bibtex/missing-comma", span, fmt::format("no comma before the field {}", syntax.key)); break;
    case Flaw::Kind::MissingEquals: say(Severity::Error, "bibtex/missing-equals", span, fmt::format("no = between the field {} and its value", syntax.key)); break;
    case Flaw::Kind::MissingValue: say(Severity::Error, "bibtex/missing-value", span, fmt::format("the field {} has no value", syntax.key)); break;
    case Flaw::Kind::Unclosed:
      say(Severity::Error, "bibtex/unclosed-value", span,
          fmt::format("the value of {} is not closed{}; it is cut where the next field begins", syntax.key, syntax.flaw.where.size() > 1 ? ", since \\{ counts as a brace" : ""));
      break;
    case Flaw::Kind::BareWords: say(Severity::Error, "bibtex/bare-words", span, fmt::format("the value of {} needs braces or quotation marks", syntax.key)); break;
  }
}

void EntryReader::take_field(const FieldSyntax& syntax) {
  RawField& field = fields_.emplace_back();
  field.key = syntax.key;
  field.key_span = reader_.span_of(syntax.key);
  field.expression = syntax.expression;
  field.span = reader_.span_of(syntax.expression.empty() ? syntax.key : syntax.expression);
  field.literal = syntax.literal();
  field.damaged = syntax.flaw.kind == Flaw::Kind::Unclosed || syntax.flaw.kind == Flaw::Kind::BareWords;
  field.lower_key = syntax.key;
  field.known = key_table().find(syntax.key);
  if (field.known == nullptr && std::any_of(syntax.key.begin(), syntax.key.end(), text::is_ascii_upper)) {
    field.lower_key = arena_.copy(lower(syntax.key));
    field.known = key_table().find(field.lower_key);
  }
  keys_.note(field.lower_key);
  if (field.literal) {
    field.text = syntax.pieces[0].text;
  } else {
    std::string& text = reader_.scratch_;
    text.clear();
    const bool month = field.is("month");
    join_pieces(syntax.pieces, text, [&](std::string_view name, std::string& to) { reader_.expand(name, block_, month, to, record_.key); });
    field.text = arena_.copy(text);
    field.made = true;
  }
  if (field.damaged && reader_.has_returns_ && !has_controls(field.text)) {
    // It is written anew, with the line ends that it will have when it is read again. (Other controls are said, and seen to, by themselves.)
    const Str clean = reader_.clean(field.text);
    field.made = field.made || clean.data() != field.text.data();
    field.text = clean;
  }
  field.blank = is_white(field.text);
}

void EntryReader::clean_controls(RawField& field) {
  const auto bad = std::find_if(field.text.begin(), field.text.end(), is_control);
  say(Severity::Warning, "bibtex/control-character", field.span, fmt::format("the control character U+{:04X} in {} is left out", static_cast<unsigned>(*bad), field.key));
  field.text = reader_.clean(field.text);
  field.blank = is_white(field.text);
  field.made = true;
}

/// A field whose key stood before in the entry: BibTeX takes the first.
bool EntryReader::is_repetition(RawField& field) {
  if (field.known == nullptr) return !unknown_keys_.insert(field.lower_key).second;
  unsigned& stamp = reader_.stamps_[field.known->number];
  if (stamp == reader_.stamp_) return true;
  stamp = reader_.stamp_;
  return false;
}

const RawField* EntryReader::find_field(std::string_view lower_key) const {
  const auto is = [&](const RawField& one) { return text::same(one.lower_key, lower_key); };
  for (const RawField& one : fields_)
    if (is(one) && !one.blank) return &one;
  return nullptr;
}

void EntryReader::find_options() {
  if (const RawField* const options = field("options")) {
    for (std::size_t at = options->text.find("useprefix"); at != kNowhere; at = options->text.find("useprefix", at + 1)) {
      const std::string_view rest = text::trim(options->text.substr(at + 9));
      use_prefix_ = rest.empty() || rest.front() == ',' || rest.substr(0, 5) == "=true";
    }
  }
  lists_ = only_in_biblatex(lower_type_);
  if (!lists_ && keys_.may_have_any(kKeyBitsOfLists)) lists_ = std::any_of(std::begin(kKeysOfLists), std::end(kKeysOfLists), [&](std::string_view key) { return field(key) != nullptr; });
}

/// biblatex's location is BibTeX's address. Where both stand and differ, as in ACM's exports, the location is where the conference was.
void EntryReader::part_places() {
  const RawField* const address = field("address");
  const RawField* const location = field("location");
  if (address == nullptr || location == nullptr || field("venue") != nullptr || text::trim(address->text) == text::trim(location->text)) return;
  rename(*location, "venue");
}

/// MathSciNet has the journal's name in fjournal, and what it abbreviates it to in journal. (Others have a name there that is shorter than the journal's.)
void EntryReader::part_journals() {
  const RawField* const full = field("fjournal");
  const RawField* const journal = full == nullptr ? nullptr : field("journal");
  if (journal == nullptr || field("shortjournal") != nullptr || field("journaltitle") != nullptr || text::trim(full->text).size() <= text::trim(journal->text).size()) return;
  rename(*journal, "shortjournal");
}

/// Reads the field as if it had another key.
void EntryReader::rename(const RawField& field, std::string_view lower_key) {
  RawField& renamed = fields_[static_cast<std::size_t>(&field - fields_.data())];
  renamed.lower_key = lower_key;
  renamed.renamed = true;
  keys_.note(lower_key);
  renamed.known = key_table().find(lower_key);
}

/// All that one entry may take so, lists counted whole: it may name a long one many times.
constexpr std::size_t kMostReferred = std::size_t{64} << 10;

/// author = {xdata=tide-author-1 and Doe, Jane}: what other entries have of single fields (biblatex's manual, "Granular Inheritance").
void EntryReader::take_referred() {
  if (!names_parent_) return;
  const bool anywhere = reader_.prelude().has_parents();
  for (RawField& one : fields_) {
    if (anywhere ? one.text.find(kReference) == kNowhere : one.blank || one.text.front() != kReference.front() || !one.text.starts_with(kReference)) continue;
    std::string text;
    for (const std::string_view item : items_of_list(one.text)) {
      if (!text.empty()) text += " and ";
      text += text::trim(item).starts_with(kReference) ? referred(one, text::trim(item)) : std::string(text::trim(item));
    }
    if (text == text::trim(one.text)) continue;
    one.text = arena_.copy(text);
    one.made = true;
    one.literal = false;
  }
}

/// "xdata=key-field-2" is the second of the list that the entry `key` has in `field`. What is not there is said, and stands as it is.
std::string EntryReader::referred(const RawField& field, std::string_view reference) {
  const std::string_view whole = reference.substr(kReference.size());
  std::string_view rest = whole;
  std::size_t number = 0;
  const auto cut_last = [&]() {
    const std::size_t dash = rest.rfind('-');
    const std::string_view last = dash == kNowhere ? std::string_view{} : rest.substr(dash + 1);
    rest = rest.substr(0, dash);
    return last;
  };
  std::string_view name = cut_last();
  if (!name.empty() && name.size() < 4 && std::all_of(name.begin(), name.end(), text::is_ascii_digit)) {
    for (const char c : name) number = number * 10 + static_cast<std::size_t>(c - '0');
    name = cut_last();
  }
  const Parent* const parent = reader_.prelude().parent(rest);
  const ParentField* found = parent == nullptr ? nullptr : parent->find(lower(name));
  if (found != nullptr && (referred_size_ += found->text.size()) > kMostReferred) found = nullptr;
  const std::vector<std::string_view> items = found == nullptr || number == 0 ? std::vector<std::string_view>{} : items_of_list(found->text);
  if (found != nullptr && number == 0) return std::string(found->text);
  if (number > 0 && number <= items.size()) return std::string(text::trim(items[number - 1]));
  say(Severity::Error, "bibtex/missing-parent", field.span, fmt::format("no entry has the field that \"{}\" names; the reference stays as it is", whole));
  return std::string(reference);
}

void EntryReader::inherit() {
  if (!names_parent_) return;
  const RawField* const crossref = field(kCrossref);
  const RawField* const xdata = field(kXdata);
  if (crossref == nullptr && xdata == nullptr) return;
  const std::string_view parent = crossref == nullptr ? std::string_view{} : text::trim(crossref->text);
  TypeHints hints;
  if (const RawField* const subtype = field("entrysubtype")) hints.subtype = text::trim(subtype->text);
  const Type type = read_type(lower_type_, hints).type;
  // A child that has the field under another key of the same row has it.
  const auto has = [&](std::string_view key) {
    const Use* const wanted = use_for(key_table().find(key), type);
    if (wanted == nullptr) return true;  // no field of ours: it stays with the parent
    return std::any_of(fields_.begin(), fields_.end(), [&](const RawField& one) {
      if (one.inherited() || one.blank) return false;
      if (one.lower_key == key) return true;
      const Use* const use = use_for(one.known, type);
      return use != nullptr && use->row == wanted->row && key != "month" && key != "day";
    });
  };
  BibtexPrelude::Heritage heritage = reader_.prelude().heritage(arena_, record_.key, lower_type_, parent, xdata == nullptr ? std::string_view{} : xdata->text, has);
  const Span where = crossref != nullptr ? crossref->span : xdata->span;
  for (const std::string_view key : heritage.missing)
    say(Severity::Error, "bibtex/missing-parent", where, fmt::format("no entry has the key {}; nothing is inherited from it", key));
  if (heritage.chain_cut) say(Severity::Warning, "bibtex/long-chain", where, "more levels of parents than anybody needs; the farthest are left out");
  for (const Inherited& inherited : heritage.fields) {
    RawField one;
    one.lower_key = arena_.copy(inherited.key);
    one.key = one.lower_key;
    one.text = arena_.copy(inherited.text);
    one.blank = is_white(one.text);
    one.made = true;
    one.marker = inherited.marker;
    one.span = where;
    one.known = key_table().find(one.lower_key);
    keys_.note(one.lower_key);
    fields_.push_back(one);
  }
}

void EntryReader::find_type() {
  TypeHints hints;
  const RawField* const subtype = field("entrysubtype");
  if (subtype != nullptr) hints.subtype = text::trim(subtype->text);
  hints.event = field("eventtitle") != nullptr || field("eventdate") != nullptr;
  hints.journal = field("journal") != nullptr || field("journaltitle") != nullptr;
  hints.address = field("url") != nullptr;
  hints.doi = field("doi") != nullptr;
  const bool eprint = field("eprint") != nullptr;
  for (const RawField* const archive : {field("eprinttype"), field("archiveprefix")})
    if (archive != nullptr && eprint)
      for (const std::string_view known : kPreprintArchives) hints.preprint_archive = hints.preprint_archive || equal_ignoring_ascii_case(known, text::trim(archive->text));
  const ReadType read = read_type(lower_type_, hints);
  record_.type = read.type;
  record_.type_as_written = read.subtype_used ? arena_.concat({block_.type, " ", hints.subtype}) : reader_.clean(block_.type);
  if (read.subtype_used) {
    if (reader_.options_.keep_spans) {
      record_.markers.push_back(arena_, subtype->span);
      record_.markers.push_back(arena_, subtype->key_span);
    }
    std::erase_if(fields_, [](const RawField& one) { return one.is("entrysubtype"); });
  }
  if (!read.known && !block_.type.empty())
    say(Severity::Warning, "bibtex/unknown-type", reader_.span_of(block_.type), fmt::format("@{} is no type of BibTeX or biblatex; it is read as a {}", block_.type, name_of(record_.type)));
}

// ---------------------------------------------------------------------------------------------------------- their values

/// Finds the row of each field, and for each row the field that gives the value: the first of the row's read list.
void EntryReader::choose_rows() {
  values_.assign(fields_.size(), std::nullopt);
  for (RawField& one : fields_) {
    one.use = one.blank ? nullptr : use_for(one.known, record_.type);
    if (one.use != nullptr) slots_[one.use->row] = {};
  }
  for (std::size_t at = 0; at < fields_.size(); ++at) {
    RawField& one = fields_[at];
    if (one.blank) continue;
    if (!one.inherited() && is_repetition(one)) {
      one.use = nullptr;
      if (repetitions_++ > 0) continue;
      say(Severity::Note, "bibtex/repeated-field", field(one.lower_key)->key_span, fmt::format("the field {} stands here first", one.key));
      say(Severity::Warning, "bibtex/repeated-field", one.key_span,
          fmt::format("the field {} stands twice; BibTeX takes the first, biber the last; here the first counts and the other is kept", one.key));
      continue;
    }
    if (one.use == nullptr) continue;
    Slot& slot = slots_[one.use->row];
    if (one.use->rank < slot.rank) slot = {at, one.use->rank};
  }
}

Value* EntryReader::value_of(std::size_t at) {
  std::optional<Value>& value = values_[at];
  if (value) return &*value;
  RawField& one = fields_[at];
  Written written;
  written.text = one.text;
  written.owned = true;
  written.use_prefix = use_prefix_;
  written.lists = lists_;
  written.left_out = &one.left_out;
  if (one.literal && !one.inherited() && !one.made) written.offset = reader_.span_of(one.text).begin;
  std::vector<text::NameProblem> problems;
  if (one.use->codec == Codec::Names || one.use->codec == Codec::Role || one.use->codec == Codec::RoleName) written.problems = &problems;
  const Codec codec = one.use->codec == Codec::RoleName ? Codec::Names : one.use->codec;
  if (codec == Codec::Date) {
    bool ok = false;
    const Date date = decode_date(arena_, one.text, ok, &one.left_out);
    value = date;
    if (!ok) say_bad_date(one, date);
  } else if (const RawField* const options = codec == Codec::LangId ? field("langidopts") : nullptr) {
    value = decode_langid(arena_, written, options->text);
  } else {
    value = decode(arena_, codec, one.lower_key, written);
  }
  if (!problems.empty()) note_names(one, problems);
  return value ? &*value : nullptr;
}

void EntryReader::say_bad_date(const RawField& field, const Date& read_as) {
  std::string edtf;
  const bool is_words = !read_as.from.known();
  if (!is_words) text::append_edtf(edtf, read_as);
  say(Severity::Error, "bibtex/bad-date", field.span,
      fmt::format("\"{}\" is no date (ISO 8601-2); it is {}", text::trim(field.text), is_words ? "kept as words" : "read as " + edtf));
}

void EntryReader::note_names(const RawField& field, std::vector<text::NameProblem>& problems) {
  using Kind = text::NameProblem::Kind;
  const text::NameProblem& first = problems.front();
  const Span span = field.literal && !field.made && !field.inherited() ? reader_.span_of(first.where) : field.span;
  const std::string more = problems.size() > 1 ? fmt::format(", and {} more faults in {}", problems.size() - 1, field.key) : std::string();
  switch (first.kind) {
    case Kind::EmptyName: say(Severity::Warning, "bibtex/empty-name", span, "a name without letters is left out" + more); break;
    case Kind::TrailingComma: say(Severity::Warning, "bibtex/trailing-comma", span, "a name ends with a comma, which is left out" + more); break;
    case Kind::TooManyCommas: say(Severity::Warning, "bibtex/too-many-commas", span, "a name has more than two commas; what follows the second are given names" + more); break;
    case Kind::UnbalancedBraces: say(Severity::Warning, "bibtex/unbalanced-name", span, "a brace in a name has no partner" + more); break;
    case Kind::UnknownPart: say(Severity::Warning, "bibtex/unknown-name-part", span, "a part of the name is none that biblatex knows; it is kept" + more); break;
  }
}

void EntryReader::add_fields() {
  // What the writer, or the carried record, makes up for what is missing depends on values.
  as_written_ = reader_.options_.as_written && !record_.key.empty() && !block_.type.empty() && field(text::kCarried) == nullptr;
  const bool may_carry = keys_.may_have(text::kCarried);
  record_.items().reserve(arena_, fields_.size());
  for (std::size_t at = 0; at < fields_.size(); ++at) {
    const RawField& one = fields_[at];
    if (one.blank) {
      if (reader_.options_.keep_spans) {
        record_.markers.push_back(arena_, one.key_span);
        record_.markers.push_back(arena_, one.span);
      }
      continue;
    }
    if (may_carry && one.is(text::kCarried) && take_carried(one)) continue;
    if (one.use == nullptr) {
      add_extra(at);
      continue;
    }
    if (stays_undecoded(one)) {
      add_undecoded(one);
      continue;
    }
    switch (one.use->codec) {
      case Codec::Year:
      case Codec::Month:
      case Codec::Day: one.lower_key.starts_with("url") ? add_access_part(at) : add_date(at); break;
      case Codec::Date: one.is("date") ? add_date(at) : add_plain(at); break;
      case Codec::Eprint:
      case Codec::EprintType:
      case Codec::EprintClass: add_eprint(at); break;
      case Codec::RoleName: is_role_name(one.lower_key) ? add_role_name(at) : add_role(at); break;
      case Codec::NameNote: add_name_note(at); break;
      case Codec::UsePrefix: add_options(at); break;
      case Codec::Issue: add_issue(at); break;
      case Codec::HowPublished: add_how_published(at); break;
      case Codec::File: add_file(at); break;
      case Codec::Url: add_addresses(at); break;
      default: one.is("editor") ? add_role(at) : kBiblatexFields[one.use->row].field == Field::Issue && field("issue") != nullptr ? add_issue(at) : add_plain(at);
    }
  }
  add_given_by_type();
}

/// False: it is a field like others. (What names a string is not what was carried: that is one literal.)
bool EntryReader::take_carried(const RawField& field) {
  if (!field.literal || carried_) return false;
  const text::Node node = text::parse_json(arena_, field.text, reader_.span_of(field.text).begin, {}, *reader_.diagnostics_);
  if (reader_.options_.check_schema) text::hold_against_schema(node, *reader_.diagnostics_);
  if (text::is_record(node, *reader_.diagnostics_)) carried_ = node;
  return carried_.has_value();
}

/// Is the expression the text in braces, and clean?
bool EntryReader::stands_in_braces(const RawField& field, std::string_view text) const {
  return !field.made && !reader_.has_controls_ && !reader_.has_returns_ && field.expression.size() == text.size() + 2 && field.expression.front() == '{';
}

/// The text of a literal, clean and in braces: mostly as it stands.
Str EntryReader::in_braces(const RawField& field, std::string_view text) {
  return stands_in_braces(field, text) ? field.expression : arena_.concat({"{", reader_.clean(text), "}"});
}

Str EntryReader::literal_in_braces(const RawField& field) { return stands_in_braces(field, field.text) ? field.expression : reader_.clean(arena_.concat({"{", field.text, "}"})); }

/// Is the value neither wanted nor to be judged? Of names and dates it is said what is wrong with them.
bool EntryReader::stays_undecoded(const RawField& field) const {
  if (!as_written_ || field.inherited() || field.damaged) return false;
  switch (field.use->codec) {
    case Codec::Names:
    case Codec::Role: return are_plain_names(field.text);
    case Codec::RoleName:
    case Codec::NameNote:
    case Codec::UsePrefix:
    case Codec::Date: return false;
    default: return true;
  }
}

void EntryReader::add_undecoded(const RawField& field) {
  const Field of_model = kBiblatexFields[field.use->row].field;
  keep_raw(begin_entry(field, of_model, empty_value(of_model)), field, field.use->codec, false);
}

/// Would the writer encode the value of this entry as `keep_raw` does, also once steps have gone over the record? `earlier`: the field has an entry before this one, which may
/// share the value's lists; a step that changes them then sees no change in this one.
bool EntryReader::is_encoded_alike(const Entry& entry, const RawField& field, Codec codec, bool earlier) const {
  const bool shared = earlier && !std::holds_alternative<Date>(entry.value);
  return !shared && !field.renamed && !use_prefix_ && codec == field.use->codec && kBiblatexFields[field.use->row].field == entry.field;
}

/// The written text: where encoding the value would not give it back, and for the writer also where it would.
void EntryReader::keep_raw(Entry& entry, const RawField& field, Codec codec, bool earlier) {
  if (field.inherited() || field.damaged) return;
  if (!reader_.options_.keep_raw) {
    if (!entry.left_out.empty() && field.literal) entry.raw = in_braces(field, field.text);  // for the other dialect
    return;
  }
  // Line ends are the file's, not the value's.
  std::string_view text = field.literal ? field.text : field.expression;
  if ((reader_.has_returns_ || field.made) && text.find('\r') != kNowhere) text = reader_.clean(text);
  if (as_written_) {
    entry.raw = field.literal ? in_braces(field, text) : reader_.clean(text);
    return;
  }
  Style style = style_of(reader_.dialect_);
  style.use_prefix = use_prefix_;
  if (field.literal) {
    const text::LatexSpelling spelling = spelling_of_value(codec, field.lower_key, text, entry.value, style);
    if (spelling == text::LatexSpelling::AsEncoded && is_encoded_alike(entry, field, codec, earlier)) entry.raw = Raw::as_encoded(in_braces(field, text), record_.type);
    if (spelling == text::LatexSpelling::Otherwise) entry.raw = in_braces(field, text);
    if (spelling != text::LatexSpelling::Unclear) return;
  }
  std::string& out = reader_.scratch_;
  out.clear();
  const Encoded encoded = encode(out, codec, field.lower_key, entry.value, record_.type, style);
  const bool same = encoded.fidelity != Fidelity::Refused && (field.literal ? out.size() == text.size() + 2 && std::string_view(out).substr(1, text.size()) == text && out[0] == '{' : out == text);
  if (!same)
    entry.raw = field.literal ? in_braces(field, text) : reader_.clean(text);
  else if (encoded.fidelity == Fidelity::Exact && is_encoded_alike(entry, field, codec, earlier))
    entry.raw = Raw::as_encoded(field.literal && stands_in_braces(field, text) ? field.expression : arena_.copy(out), record_.type);
}

Entry& EntryReader::begin_entry(const RawField& one, Field field, const Value& value) {
  Entry& entry = record_.add(field, value, one.inherited() ? Str(one.marker) : key_of(one), one.span);
  if (reader_.options_.keep_spans && !one.inherited()) entry.more.push_back(arena_, one.key_span);
  return entry;
}

void EntryReader::add_entry(std::size_t at, Field field, const Value& value, Codec codec) {
  const RawField& one = fields_[at];
  const auto number = static_cast<std::size_t>(field);
  const Entry* const earlier = seen_.test(number) ? record_.find(field) : nullptr;
  const bool same_as = earlier != nullptr && !earlier->same_as && same_content(earlier->value, value);
  seen_.set(number);
  Entry& entry = begin_entry(one, field, value);
  entry.same_as = same_as;
  if (!one.left_out.empty()) entry.left_out = one.left_out;
  keep_raw(entry, one, codec, earlier != nullptr);
}

/// As written; a key of the table has its text there.
Str EntryReader::key_of(const RawField& field) const {
  const bool found_as_written = field.known != nullptr && field.lower_key.data() == field.key.data();
  return found_as_written ? field.known->key : reader_.clean(field.key);
}

void EntryReader::add_extra(std::size_t at) {
  const RawField& one = fields_[at];
  if (one.inherited()) return;
  Extra extra;
  extra.origin = id_of(reader_.dialect_);
  extra.key = reader_.clean(one.key);
  if (one.damaged) {
    std::string text;
    append_text(text, one.text, style_of(reader_.dialect_));
    extra.raw = arena_.copy(text);
  } else {
    extra.raw = one.literal ? literal_in_braces(one) : reader_.clean(one.expression);
  }
  extra.span = one.span;
  record_.add(extra);
  if (reader_.options_.keep_spans) record_.markers.push_back(arena_, one.key_span);
}

void EntryReader::add_plain(std::size_t at) {
  const RawField& one = fields_[at];
  const Slot& slot = slots_[one.use->row];
  Value* const best = value_of(slot.field);
  Value* const value = slot.field == at ? best : value_of(at);
  if (value == nullptr) {
    add_extra(at);
    return;
  }
  // A key further down the read list that says something else is kept as it stands.
  if (slot.field != at && (one.inherited() || best == nullptr || !same_content(*best, *value))) {
    add_extra(at);
    return;
  }
  if (kBiblatexFields[one.use->row].field == Field::ContainerTitle && kBooks.has(record_.type) && repeats_title(*value)) {
    add_entry(at, Field::Title, *value, one.use->codec);
    std::get<Entry>(record_.items().back()).same_as = true;
    return;
  }
  add_entry(at, kBiblatexFields[one.use->row].field, *value, one.use->codec);
}

/// A book has its title as booktitle too where others are to inherit that: BibTeX itself hands on fields under their names alone. (In other capitals it would be
/// another text, which must not vanish.)
bool EntryReader::repeats_title(const Value& container) {
  const RawField* const title = field("title");
  if (title == nullptr || title->use == nullptr) return false;
  const Value* const value = value_of(static_cast<std::size_t>(title - fields_.data()));
  const RichText* const text = value == nullptr ? nullptr : std::get_if<RichText>(value);
  return text != nullptr && text::plain_text(*text) == text::plain_text(std::get<RichText>(container));
}

// --------------------------------------------------------------------------------------------------------------- dates

void EntryReader::add_date(std::size_t at) {
  const RawField& one = fields_[at];
  if (!date_) {
    const RawField* const whole = field("date");
    const RawField* const year = field("year");
    // What is inherited is not mixed with what is the entry's own.
    date_is_whole_ = whole != nullptr && (!whole->inherited() || year == nullptr || year->inherited());
    if (date_is_whole_) {
      date_.emplace();
      date_->date = std::get<Date>(*value_of(static_cast<std::size_t>(whole - fields_.data())));
    } else {
      DateParts parts;
      const auto text_of = [&](std::string_view key) -> std::optional<std::string_view> {
        const RawField* const part = field(key);
        if (part == nullptr || (year != nullptr && part->inherited() != year->inherited())) return std::nullopt;
        return part->text;
      };
      parts.year = text_of("year");
      parts.month = text_of("month");
      parts.day = text_of("day");
      date_ = compose_date(arena_, parts);
      if (year != nullptr) fields_[static_cast<std::size_t>(year - fields_.data())].left_out = date_->left_out;
    }
  }
  if (!date_is_whole_) {
    const bool used = one.is("year") ? date_->year : one.is("month") ? date_->month : one.is("day") ? date_->day : false;
    if (!used || (one.inherited() && field("year") != nullptr && !field("year")->inherited()))
      add_extra(at);
    else if (date_->status)
      add_entry(at, Field::Status, RichText::of(arena_, date_->date.literal), Codec::PubState);
    else
      add_entry(at, Field::Issued, date_->date, one.use->codec);
    return;
  }
  if (one.is("date")) {
    add_entry(at, Field::Issued, date_->date, Codec::Date);
    return;
  }
  // Beside a whole date, year and month either say the same or are kept apart.
  const DatePoint& point = date_->date.from;
  DateParts parts;
  const std::string year = fmt::format("{:04}", point.year);
  parts.year = one.is("year") ? one.text : std::string_view(year);
  if (one.is("month")) parts.month = one.text;
  bool same = false;
  if (one.is("year")) {
    const ComposedDate composed = compose_date(arena_, parts);
    same = composed.date.from.known() && composed.date.from.year == point.year && composed.date.literal.empty();
  } else if (one.is("month")) {
    const ComposedDate composed = compose_date(arena_, parts);
    same = composed.month && composed.date.literal.empty() && composed.date.from.month == point.month && composed.date.from.season == point.season &&
           (composed.date.from.day == 0 || composed.date.from.day == point.day);
  } else {
    same = text::trim(one.text) == std::to_string(point.day);
  }
  if (same && !one.inherited())
    add_entry(at, Field::Issued, date_->date, one.use->codec);
  else
    add_extra(at);
}

/// urlyear, urlmonth and urlday, before there was urldate.
void EntryReader::add_access_part(std::size_t at) {
  const RawField& one = fields_[at];
  if (!accessed_) {
    const auto text_of = [&](std::string_view key) {
      const RawField* const part = field(key);
      return part == nullptr ? std::nullopt : std::optional(part->text);
    };
    accessed_ = field("urldate") == nullptr ? compose_date(arena_, {text_of("urlyear"), text_of("urlmonth"), text_of("urlday")}) : ComposedDate{};
  }
  const bool used = accessed_->date.from.known() && (one.is("urlyear") ? accessed_->year : one.is("urlmonth") ? accessed_->month : accessed_->day);
  if (used)
    add_entry(at, Field::Accessed, accessed_->date, one.use->codec);
  else
    add_extra(at);
}

// ---------------------------------------------------------------------------------------------------------- identifiers

void EntryReader::add_eprint(std::size_t at) {
  const RawField* const eprint = field("eprint");
  if (eprint == nullptr) {
    add_extra(at);
    return;
  }
  const RawField* archive = field("eprinttype");
  if (archive == nullptr) archive = field("archiveprefix");
  const RawField* group = field("eprintclass");
  if (group == nullptr) group = field("primaryclass");
  const std::string scheme = archive == nullptr ? std::string() : lower(text::trim(archive->text));
  if (!eprint_) {
    eprint_.emplace();
    const Str value = bare_verbatim(arena_, eprint->text, true);
    const bool arxiv = scheme == "arxiv" || (scheme.empty() && !text::arxiv_from(value).id.empty());
    Identifier identifier = text::make_identifier(arena_, scheme == "pubmed" ? "pmid" : arxiv ? "arxiv" : scheme.empty() ? std::string_view("eprint") : scheme, value);
    identifier.raw = {};
    if (group != nullptr) identifier.qualifier = arena_.copy(text::trim(group->text));
    eprint_->list.push_back(arena_, identifier);
  }
  const RawField& one = fields_[at];
  const bool used = &one == eprint || &one == archive || &one == group;
  if (!used)
    add_extra(at);
  else
    add_entry(at, scheme == "pubmed" ? Field::Pmid : Field::Identifier, *eprint_, one.use->codec);
}

// --------------------------------------------------------------------------------------------------------------- names

/// The field that the names under this key belong to, by the role that stands beside: editor and editortype, editora and editoratype.
std::optional<Field> EntryReader::role_of(std::string_view names_key) const {
  const RawField* const role = field(fmt::format("{}type", names_key));
  return role == nullptr ? std::nullopt : field_of_role(text::trim(role->text));
}

void EntryReader::add_role(std::size_t at) {
  const std::optional<Field> role = role_of(fields_[at].lower_key);
  Value* const names = value_of(at);
  add_entry(at, role.value_or(Field::Editor), *names, Codec::Names);
}

void EntryReader::add_role_name(std::size_t at) {
  const std::string_view key = fields_[at].lower_key;
  const RawField* const names = field(key.substr(0, key.size() - 4));
  const std::optional<Field> role = field_of_role(text::trim(fields_[at].text));
  if (names == nullptr || !role || names->use == nullptr) {
    add_extra(at);
    return;
  }
  Value* const value = value_of(static_cast<std::size_t>(names - fields_.data()));
  add_entry(at, *role, *value, Codec::RoleName);
}

void EntryReader::add_name_note(std::size_t at) {
  const RawField* const author = field("author");
  if (author == nullptr || author->use == nullptr) {
    add_extra(at);
    return;
  }
  Value* const value = value_of(static_cast<std::size_t>(author - fields_.data()));
  Names* const names = value == nullptr ? nullptr : std::get_if<Names>(value);
  if (names == nullptr || !apply_orcids(arena_, fields_[at].text, *names))
    add_extra(at);
  else
    add_entry(at, Field::Author, *value, Codec::NameNote);
}

void EntryReader::add_options(std::size_t at) {
  const RawField* const author = field("author");
  const bool alone = text::trim(fields_[at].text) == "useprefix=true" || text::trim(fields_[at].text) == "useprefix";
  if (!alone || author == nullptr || author->use == nullptr) {
    add_extra(at);
    return;
  }
  add_entry(at, Field::Author, *value_of(static_cast<std::size_t>(author - fields_.data())), Codec::UsePrefix);
}

// ----------------------------------------------------------------------------------------------- others put together

/// biblatex's number and issue are "number, issue" together.
void EntryReader::add_issue(std::size_t at) {
  const RawField* const number = field("number");
  const RawField* const issue = field("issue");
  if (number == nullptr || issue == nullptr || number->use == nullptr || issue->use == nullptr) {
    add_plain(at);
    return;
  }
  const auto text_of = [&](const RawField* one) { return std::get<Text>(*value_of(static_cast<std::size_t>(one - fields_.data()))).value; };
  const Str first = text_of(number);
  const Str second = text_of(issue);
  const Str both = first == second ? first : arena_.concat({first, ", ", second});
  add_entry(at, Field::Issue, Text{both}, Codec::Plain);
}

void EntryReader::add_how_published(std::size_t at) {
  const RawField& one = fields_[at];
  if (is_url_command(one.text)) {
    const Text url{bare_verbatim(arena_, one.text, true)};
    const RawField* const address = field("url");
    if (address == nullptr || bare_verbatim(arena_, address->text, true) == url.value)
      add_entry(at, Field::Url, url, Codec::Url);
    else
      add_extra(at);
    return;
  }
  bool publisher = false;
  for (const std::string_view key : {"publisher", "organization", "institution", "school"}) publisher = publisher || field(key) != nullptr;
  const bool is_publisher = !publisher && (kMisc | Type::Pamphlet).has(record_.type) && !(kWeb.has(record_.type) && lower_type_ != "misc");
  add_entry(at, is_publisher ? Field::Publisher : Field::HowPublished, *value_of(at), is_publisher ? Codec::Literals : Codec::HowPublished);
}

/// A list in one field is several entries; the first has the raw text of all.
void EntryReader::add_list(std::size_t at, Field field, const std::vector<Str>& values, Codec codec, std::string_view marker) {
  const std::size_t index = record_.items().size();
  add_entry(at, field, Text{values[0]}, codec);
  if (values.size() == 1) return;
  Entry& first = std::get<Entry>(record_.items()[index]);
  if (reader_.options_.keep_raw && first.raw.empty() && !fields_[at].inherited() && !fields_[at].damaged) first.raw = literal_in_braces(fields_[at]);
  for (std::size_t more = 1; more < values.size(); ++more) record_.add(field, Text{values[more]}, marker, fields_[at].span);
}

void EntryReader::add_file(std::size_t at) {
  const std::vector<Str> paths = file_paths(arena_, fields_[at].text);
  if (paths.empty())
    add_extra(at);
  else
    add_list(at, Field::File, paths, Codec::File, "file>");
}

/// Mendeley puts all addresses of a document into one field.
void EntryReader::add_addresses(std::size_t at) {
  const RawField& one = fields_[at];
  const bool may_be_several = !one.inherited() && text::holds<' ', text::ByteRange{'\t', '\r'}>(one.text);
  const std::vector<Str> addresses = may_be_several ? addresses_in(arena_, one.text) : std::vector<Str>{};
  if (addresses.size() < 2)
    add_plain(at);
  else
    add_list(at, Field::Url, addresses, Codec::Url, "url>");
}

/// @phdthesis and @mastersthesis name the degree unless `type` does.
void EntryReader::add_given_by_type() {
  if (record_.type != Type::Thesis || record_.has(Field::Genre)) return;
  const bool masters = lower_type_ == "mastersthesis";
  if (!masters && lower_type_ != "phdthesis") return;
  record_.add(Field::Genre, RichText::of(arena_, masters ? "Master's thesis" : "PhD thesis"), arena_.concat({"@", lower_type_}), reader_.span_of(block_.type));
}

void EntryReader::add_rubbish(const EntryScanner& scanner) {
  bool said = false;
  for (const std::string_view rubbish : scanner.rubbish()) {
    const Span span = reader_.span_of(rubbish);
    if (rubbish == "}" && !block_.closed) {  // what would have closed the entry
      record_.markers.push_back(arena_, span);
      continue;
    }
    Extra extra;
    extra.origin = id_of(reader_.dialect_);
    extra.raw = reader_.clean(rubbish);
    extra.span = span;
    record_.add(extra);
    if (rubbish.starts_with('%') || said) continue;
    said = true;
    say(Severity::Error, "bibtex/not-a-field", span, "this is no field (name = value)");
  }
}

Flow EntryReader::finish() {
  if (repetitions_ > 1) say(Severity::Note, "bibtex/repeated-fields", record_.span, fmt::format("{} fields of this entry stand more than once", repetitions_));
  if (!carried_) {
    if (const std::string_view whole = reader_.whole_entry_; !whole.empty() && block_.closed && block_.well_closed && !record_.key.empty() && !has_controls(whole)) record_.layout = arena_.copy(whole);
    return reader_.records_->record(std::move(record_));
  }
  ReadOptions options;
  options.prelude = reader_.options_.prelude;
  const auto write_and_read = [&](const Record& record) { return read_back(reader_.dialect_, record, options); };
  Record full = text::restore(*carried_, record_, write_and_read, *reader_.diagnostics_);
  const Str before = full.before;
  const Str after = full.after;
  full.before = full.after = {};
  if (text::pass_between(reader_.part_->arena, before, *reader_.records_) == Flow::Stop) return Flow::Stop;
  const std::shared_ptr<Arena> arena = reader_.part_->arena;
  if (reader_.records_->record(std::move(full)) == Flow::Stop) return Flow::Stop;
  return text::pass_between(arena, after, *reader_.records_);
}

}  // namespace

std::unique_ptr<Reader> make_reader(Dialect dialect, const ReadOptions& options) { return std::make_unique<BibtexReader>(dialect, options); }

const Mapping* reading_row(std::string_view lower_key, Type type) {
  const Use* const use = use_for(key_table().find(lower_key), type);
  return use == nullptr ? nullptr : &kBiblatexFields[use->row];
}

Style style_of(Dialect dialect, bool ascii) {
  Style style;
  style.dialect = dialect;
  style.ascii = ascii || dialect == Dialect::Bibtex;
  return style;
}

}  // namespace bibmill::bibtex

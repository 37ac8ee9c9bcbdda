// From records to entries: in the order of the source where it was the same dialect, in the order of the table otherwise.
#include "writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "bibmill/field_index.h"
#include "bibmill/reflect.h"
#include "bibmill/text/byte_scan.h"
#include "bibmill/text/carry.h"
#include "bibmill/text/json.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/short_text.h"
#include "bibmill/text/unicode.h"
#include "key_bits.h"
#include "lexer.h"
#include "models.h"
#include "prelude.h"
#include "reader.h"
#include "types.h"

namespace bibmill::bibtex {

namespace {

using text::equal_ignoring_ascii_case;

/// A field on its way out. What stands behind its equals sign is a piece of the text of the record, or the source's.
struct Line {
  std::string_view key;
  std::size_t from;
  std::size_t size;
  std::string_view source = {};
  bool is_joined = false;  // of several entries
};

/// A row as it stands for records of one type: what would otherwise be looked up for every value.
struct TypedRow {
  const Mapping* row;
  Field field;
  Codec codec;
  const Mapping* reader;   // the row that reads its key
  bool notes_identifiers;  // another row writes the identifiers of the field's names
  bool keeps_kind;         // what it writes is read into the same field again, whatever else the record has
  std::uint64_t key_bit;   // of KeyBits
};

/// What stands between two texts that share a key.
std::string_view joint_of(std::string_view key) {
  if (key == "note" || key == "addendum") return ". ";
  if (key == "title" || key == "booktitle" || key == "journal") return ": ";
  return {};
}

/// The word of a role: "director".
std::string_view role_word(Field field) {
  for (const RoleWord& role : kRoles)
    if (role.field == field) return role.word;
  return {};
}

/// An entry that says what the type or another entry says: never a field of its own.
bool is_derived(std::string_view key) { return key.starts_with('@') || key.find('>') != std::string_view::npos; }

/// JSON as the text of a field: its braces are in pairs apart from those within strings, which are spelled in another way, as the control character that JSON lets pass.
void append_field_json(std::string& out, std::string_view json) {
  bool in_string = false;
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (c == '\\' && in_string && at + 1 < json.size()) {
      out += c;
      out += json[++at];
      continue;
    }
    if (c == '"') in_string = !in_string;
    if (in_string && c == '{')
      out += "\\u007b";
    else if (in_string && c == '}')
      out += "\\u007d";
    else if (in_string && c == '\x7F')
      out += "\\u007f";  // reading leaves control characters out
    else
      out += c;
  }
}

/// Characters that end a key; and those that BibTeX or LaTeX trip over, unless the key is of a format where people put up with them.
bool holds_refused(std::string_view key, bool of_family) {
  if (text::holds<' ', '\t', '\n', '\r', ',', '{', '}', '='>(key)) return true;
  return !of_family && text::holds<'#', '%', '~', '"', '\'', '\\', '(', ')'>(key);
}

/// Memory that is kept from one value, and from one record, to the next.
constexpr std::size_t kKeptOfScratch = 16 * 1024;
constexpr std::size_t kKeptOfText = 64 * 1024;

/// Nothing in the expression is anything but its characters: not LaTeX's, not names', not text that composes.
bool is_harmless(std::string_view text) {
  using text::ByteRange;
  return text::next_not_of<ByteRange{'a', 'z'}, ByteRange{'A', 'Z'}, ByteRange{'(', ';'}, '<', '>', ' ', '!', '?', '@', '[', ']', '|'>(text, 0) == text.size() &&
         text::next_doubled<'-', ' ', ',', '<', '>'>(text, 0) == text.size();
}

/// Other formats may have these in a spelling that reading tidies up, whatever their characters.
bool is_tidied_up(Codec codec) {
  return codec == Codec::Doi || codec == Codec::Serial || codec == Codec::Identifier || codec == Codec::Pages || codec == Codec::Url || codec == Codec::LangId || codec == Codec::Genre || codec == Codec::Edition ||
         codec == Codec::Literals || codec == Codec::Journal || codec == Codec::Keywords;
}

/// Does the reading row make the writing row's field of its key again?
bool reads_into(const Mapping& reader, const Mapping& row) { return reader.field == row.field || codec_of(row) == Codec::Year; }

/// Does this text stand for the whole value? Of others several keys, or the whole record, say what it is.
bool stands_alone(Codec codec) {
  switch (codec) {
    case Codec::File:
    case Codec::RoleName:
    case Codec::NameNote:
    case Codec::UsePrefix:
    case Codec::Year:
    case Codec::Month:
    case Codec::Day:
    case Codec::Eprint:
    case Codec::EprintType:
    case Codec::EprintClass:
    case Codec::Headings:
    case Codec::OwnedNote:
    case Codec::Retraction: return false;
    default: return true;
  }
}

/// The value as its own key has it: ORCIDs of names stand under another.
Value without_notes(Arena& arena, const Value& value) {
  Value bare = clone(value, arena);
  if (Names* const names = std::get_if<Names>(&bare))
    for (Name& name : names->list) name.identifiers = {};
  return bare;
}

bool has_identifiers(const Value& value) {
  const Names* const names = std::get_if<Names>(&value);
  return names != nullptr && std::any_of(names->list.begin(), names->list.end(), [](const Name& name) { return !name.identifiers.empty(); });
}

/// Does the expression that was encoded read back as the value? Decoded where reading might take it for anything else.
bool reads_back(Arena& scratch, const Encoded& encoded, Codec codec, std::string_view key, const Value& value, std::string_view expression, const Style& style) {
  if (encoded.evident) return true;
  if (!stands_alone(codec) || expression.size() < 2 || expression.front() != '{') return true;
  Written written;
  written.text = expression.substr(1, expression.size() - 2);
  if (!is_tidied_up(codec) && is_harmless(written.text)) return true;
  scratch.clear(kKeptOfScratch);
  written.lists = style.dialect == Dialect::Biblatex;
  written.use_prefix = style.use_prefix;
  const std::optional<Value> back = decode(scratch, codec, key, written);
  return back && (has_identifiers(value) ? same_content(*back, without_notes(scratch, value)) : same_content(*back, value));
}

/// What stands round a line's key and its expression.
constexpr std::string_view kBeforeKey = "  ";
constexpr std::string_view kBehindKey = " = ";
constexpr std::string_view kBehindLine = ",\n";

constexpr std::string_view kJabrefMode = "jabref-meta: databaseType:";

/// @string(…) in braces, since few readers but BibTeX know the parentheses; empty where it stands in braces already or cannot.
std::string with_braces(std::string_view key, std::string_view text) {
  if (key != "string" && key != "preamble") return {};
  const std::size_t open = text.find_first_of("{(");
  if (open == std::string_view::npos || text[open] == '{' || !text.ends_with(')')) return {};
  const std::string_view inside = text.substr(open + 1, text.size() - open - 2);
  return is_balanced(inside) ? fmt::format("{}{{{}}}", text.substr(0, open), inside) : std::string();
}

class BibtexWriter final : public Writer {
 public:
  BibtexWriter(Dialect dialect, const WriteOptions& options, std::span<const Mapping> rows) : dialect_(dialect), options_(options), rows_(rows) {
    style_ = style_of(dialect, options.settings.has(kAsciiOption.name));
    style_.math_scripts = options.profile == kZotero;
    const std::string_view order = options.settings.value(kOrderOption.name, kOrderOption.otherwise);
    order_ = order == "model" ? Order::Model : order == "name" ? Order::Name : Order::AsTheyCome;
    rewrites_line_ends_ = options.line_end != "\n";
    // Who asks for a form wants it of all.
    gives_back_ = options.layout == Layout::Source && options.profile.empty() && options.settings.empty();
    align_ = options.settings.value(kAlignOption.name, kAlignOption.otherwise) == kAlignOption.otherwise;
    width_ = static_cast<std::size_t>(options.settings.number(kWidthOption.name, 0));
  }

  void write(const Record& record, Output& output, Ledger& ledger) override;
  bool between(const Extra& extra, Output& output) override;
  void end(Output& output, std::string_view tail, std::uint64_t records) override;
  std::string_view separator() const override { return gives_back_ ? std::string_view{} : std::string_view(options_.line_end); }

 private:
  bool is_own() const { return is_own_; }
  void give_back(std::string_view text, Output& output) const;
  /// Does this writer spell values as the reader would that asked how they are spelled?
  bool encodes_as_read() const { return style_.ascii == style_of(dialect_).ascii && !style_.math_scripts && !style_.use_prefix; }
  static bool is_of_family(std::string_view origin) { return origin == kBibtexId || origin == kBiblatexId; }

  bool wants_prefix() const;
  void write_in_order();
  void write_own_entry(std::size_t index, const Entry& entry, bool encodes_as_read);
  void write_own_parts(const Entry& entry);
  Encoded encode_own(std::string& out, const Entry& entry, std::string_view lower_key) const;
  void find_present_rows();
  void write_by_rows();
  void write_row(const TypedRow& typed);
  const std::vector<TypedRow>& rows_for(Type type);
  TypedRow typed_row(const Mapping& row, Type type) const;
  bool notes_identifiers(Field field, Type type) const;
  bool reads_as(const TypedRow& typed, Type type) const;
  void book(std::size_t index, const Encoded& encoded);
  void write_title_of_all_volumes(Field field);
  void write_keywords(const Mapping& row);
  void write_files(const Mapping& row);
  void write_pmid(const TypedRow& typed);
  void write_role(std::size_t index, const Entry& entry);
  bool has_extras_of_family() const;
  void write_sister_extras();
  void write_preprint_state();
  void resolve_references();
  Type type_read_back(std::string_view name, const TypeHints& hints);
  void note_type(const WrittenType& type);
  void note_kinds(Type back);
  void write_carried(Output& output);
  void write_head(const WrittenType& type, Output& output);
  void write_lines(std::string& out);
  void append_lines(std::string& out, std::size_t key_width) const;
  void append_wrapped_lines(std::string& out, std::size_t key_width) const;
  void order_lines();
  std::size_t rank_of(std::string_view key) const;
  bool may_wrap(const Line& line) const;
  void append_wrapped(std::string& out, std::string_view expression, std::size_t indent) const;
  void suit_profile(WrittenType& type);
  void append_key(Output& output);
  Str cited_key() const;
  WrittenType type_to_write() const;

  bool has_row_for(Field field) const;
  Line* line(std::string_view key);
  std::string_view text_from(std::size_t from) const { return std::string_view(text_).substr(from); }
  std::string_view expression_of(const Line& line) const { return line.source.empty() ? std::string_view(text_).substr(line.from, line.size) : line.source; }
  void clear_lines();
  void end_line(std::string_view key, std::size_t from);
  void end_line(std::string_view key, std::uint64_t bit, std::size_t from);
  void put_line(std::string_view key, std::string_view expression);
  void put_source_line(Str key, Str expression);
  bool add_line(std::string_view key, std::string_view expression);
  std::string_view joint_before(const Mapping& row) const;
  bool join(Line& line, std::string_view joint, std::size_t from);
  bool is_better_as_written(const Entry& entry, Codec codec) const;
  std::string_view genre() const;

  Dialect dialect_;
  WriteOptions options_;
  std::span<const Mapping> rows_;
  std::array<std::vector<TypedRow>, kTypeCount> typed_rows_;  // made when a record of the type comes
  struct {
    std::string name;
    TypeHints hints;
    Type type = Type::Document;
  } last_read_;
  Style style_;
  enum class Order : std::uint8_t { AsTheyCome, Model, Name };
  Order order_ = Order::AsTheyCome;
  bool rewrites_line_ends_ = false;
  bool gives_back_ = false;  // what nobody changed, as it stood
  bool align_ = true;
  std::size_t width_ = 0;

  // Of the record being written.
  const Record* record_ = nullptr;
  bool is_own_ = false;  // read from the same dialect
  FieldIndex fields_;
  std::vector<const TypedRow*> present_;  // of the rows for its type, those whose field it has
  Ledger* ledger_ = nullptr;
  std::vector<Line> lines_;
  std::string text_;  // the expressions of the lines; one that is no line yet, at its end
  KeyBits keys_;      // of the lines
  TextBuffer carried_;
  Arena scratch_;   // for reading back
  Arena gathered_;  // lists of several entries
};

// --------------------------------------------------------------------------------------------------------------- lines

Line* BibtexWriter::line(std::string_view key) {
  if (!keys_.may_have(key)) return nullptr;
  for (Line& one : lines_)
    if (one.key.size() == key.size() && equal_ignoring_ascii_case(one.key, key)) return &one;
  return nullptr;
}

void BibtexWriter::clear_lines() {
  lines_.clear();
  keys_.clear();
  text_.clear();
  if (text_.capacity() > kKeptOfText) text_.shrink_to_fit();
}

/// What was appended to the text since `from` is the expression of a line.
void BibtexWriter::end_line(std::string_view key, std::size_t from) { end_line(key, KeyBits::bit_of(key), from); }

void BibtexWriter::end_line(std::string_view key, std::uint64_t bit, std::size_t from) {
  lines_.push_back({key, from, text_.size() - from});
  keys_.note_one(bit);
}

/// A line of the record's own.
void BibtexWriter::put_source_line(Str key, Str expression) {
  lines_.push_back({key, 0, expression.size(), expression});
  keys_.note(key);
}

void BibtexWriter::put_line(std::string_view key, std::string_view expression) {
  const std::size_t from = text_.size();
  text_ += expression;
  end_line(key, from);
}

bool BibtexWriter::add_line(std::string_view key, std::string_view expression) {
  if (line(key) != nullptr) return false;
  put_line(key, expression);
  return true;
}

/// What stands between a text of this row and the one that has its key before; nothing: they do not go together.
std::string_view BibtexWriter::joint_before(const Mapping& row) const {
  switch (row.field) {
    case Field::TitleAddon:
    case Field::ContainerTitleAddon: return ". ";
    // A volume's title is no part of the work's.
    case Field::Title:
    case Field::ContainerTitle: return dialect_ == Dialect::Biblatex && fields_.has(Field::VolumeTitle) ? "" : joint_of(row.key);
    // They belong to no series but the work in several volumes.
    case Field::MainSubtitle: return fields_.has(Field::CollectionTitle) ? "" : ": ";
    case Field::MainTitleAddon: return fields_.has(Field::CollectionTitle) ? "" : ". ";
    default: return joint_of(row.key);
  }
}

/// Puts a text, the one since `from`, behind one that has the key already: title and subtitle, note and addendum.
bool BibtexWriter::join(Line& line, std::string_view joint, std::size_t from) {
  const std::string_view first = expression_of(line);
  if (joint.empty() || first.size() < 3 || !first.starts_with('{') || text_[from] != '{') {
    text_.resize(from);
    return false;
  }
  const bool ends = std::string_view(".?!:;").find(first[first.size() - 2]) != std::string_view::npos;
  if (ends) joint = " ";
  if (line.source.empty() && line.from + line.size == from) {
    // It stands before the text, as always where there are many: only the braces between the two go.
    text_.replace(from - 1, 2, joint);
    line.size = text_.size() - line.from;
    return true;
  }
  std::string joined(first.substr(0, first.size() - 1));
  joined += joint;
  joined.append(text_, from + 1);
  text_.replace(from, Str::npos, joined);
  line.from = from;
  line.size = joined.size();
  line.source = {};
  return true;
}

bool BibtexWriter::has_row_for(Field field) const {
  return std::any_of(rows_.begin(), rows_.end(), [&](const Mapping& row) { return row.writes() && row.field == field && row.applies_to(record_->type); });
}

TypedRow BibtexWriter::typed_row(const Mapping& row, Type type) const {
  const Mapping* const reader = reading_row(lower(row.key), type);
  // Names with a role have a key of their own that says it.
  const bool keeps_kind = !row.writes() || codec_of(row) == Codec::Role || (reader != nullptr && codec_of(*reader) != Codec::HowPublished && reads_into(*reader, row));
  return {&row, row.field, codec_of(row), reader, notes_identifiers(row.field, type), keeps_kind, KeyBits::bit_of(row.key)};
}

/// The rows that write records of the type, in the table's order.
const std::vector<TypedRow>& BibtexWriter::rows_for(Type type) {
  std::vector<TypedRow>& typed = typed_rows_[static_cast<std::size_t>(type)];
  if (typed.empty())
    for (const Mapping& row : rows_)
      if (row.way != Way::ReadOnly && row.applies_to(type)) typed.push_back(typed_row(row, type));
  return typed;
}

std::string_view BibtexWriter::genre() const {
  const RichText* const genre = record_->get<Field::Genre>();
  return genre == nullptr ? std::string_view{} : std::string_view(genre->text());
}

// ------------------------------------------------------------------------------------------------------- the same dialect

void BibtexWriter::write_in_order() {
  const bool as_read = encodes_as_read();
  for (std::size_t index = 0; index < record_->items().size(); ++index) {
    const Item& item = record_->items()[index];
    if (const Entry* const entry = std::get_if<Entry>(&item)) {
      write_own_entry(index, *entry, as_read);
      continue;
    }
    const Extra& extra = std::get<Extra>(item);
    if (extra.origin != id_of(dialect_) || extra.key.empty()) continue;
    // A repeated field of the source comes back as it was.
    put_source_line(extra.key, extra.raw);
    ledger_->book(index);
  }
}

void BibtexWriter::write_own_entry(std::size_t index, const Entry& entry, bool encodes_as_read) {
  if (is_derived(entry.key)) {
    ledger_->book(index);
    return;
  }
  if (entry.key.empty()) return;  // put in by a step: written by its row, below
  const Str known = !entry.raw.empty() ? Str(entry.raw) : encodes_as_read ? entry.raw.encoded_for(record_->type) : Str{};
  if (!known.empty()) {
    put_source_line(entry.key, known);
    ledger_->book_as_written(index);
  } else {
    const std::size_t from = text_.size();
    const Encoded encoded = encode_own(text_, entry, lower(entry.key));
    if (encoded.fidelity == Fidelity::Refused) {
      text_.resize(from);
      return;
    }
    end_line(entry.key, from);
    book(index, encoded);
  }
  if (entry.raw.empty() && !entry.same_as && entry.field == Field::Issued) write_own_parts(entry);
}

/// A date that a step has changed may need parts that the source did not have.
void BibtexWriter::write_own_parts(const Entry& entry) {
  std::size_t entries = 0;
  for_each_entry(*record_, [&](const Entry& other) { entries += other.field == Field::Issued ? 1U : 0U; });
  if (entries > 1) return;  // the source's own parts stand beside
  const std::string lower_key = lower(entry.key);
  const Mapping* const row = reading_row(lower_key, record_->type);
  const Codec codec = row == nullptr ? Codec::Date : codec_for(*row, lower_key);
  if (codec == Codec::Date) return;
  constexpr std::pair<std::string_view, Codec> kParts[] = {{"year", Codec::Year}, {"month", Codec::Month}, {"day", Codec::Day}};
  for (const auto& [key, part] : kParts) {
    std::string expression;
    if (part != codec && encode(expression, part, key, entry.value, record_->type, style_).fidelity != Fidelity::Refused) put_line(key, expression);
  }
}

Encoded BibtexWriter::encode_own(std::string& out, const Entry& entry, std::string_view lower_key) const {
  const Mapping* const row = reading_row(lower_key, record_->type);
  if (const std::string_view word = role_word(entry.field); !word.empty() && lower_key.ends_with("type")) {
    out += fmt::format("{{{}}}", word);
    return {};
  }
  // (editora, which the row of the roles reads, has names of editors where no role stands beside it.)
  const bool is_names_of_a_role = row != nullptr && codec_for(*row, lower_key) == Codec::RoleName && !lower_key.ends_with("type");
  // (A book's booktitle that repeats its title is one.)
  const bool is_of_row = row != nullptr && (row->field == entry.field || (row->field == Field::ContainerTitle && entry.field == Field::Title));
  if (is_of_row && !is_names_of_a_role) return encode(out, codec_for(*row, lower_key), lower_key, entry.value, record_->type, style_);
  if (entry.field == Field::Url) {
    out += fmt::format("{{\\url{{{}}}}}", std::get<Text>(entry.value).value);
    return {};
  }
  if (row != nullptr && (codec_of(*row) == Codec::Eprint || codec_of(*row) == Codec::EprintType || codec_of(*row) == Codec::EprintClass)) {
    if (codec_of(*row) == Codec::EprintType) out += "{pubmed}";
    return codec_of(*row) == Codec::EprintType ? Encoded{} : encode(out, Codec::Identifier, lower_key, entry.value, record_->type, style_);
  }
  if (std::holds_alternative<Names>(entry.value)) return encode(out, Codec::Names, lower_key, entry.value, record_->type, style_);
  if (entry.field == Field::Publisher && std::holds_alternative<RichText>(entry.value)) return encode(out, Codec::Literals, lower_key, entry.value, record_->type, style_);
  if (std::holds_alternative<RichText>(entry.value)) return encode(out, Codec::Rich, lower_key, entry.value, record_->type, style_);
  return {Fidelity::Refused, {}, false};
}

// ----------------------------------------------------------------------------------------------------------- by the table

/// Without branches, of which nobody could tell which way they go.
void BibtexWriter::find_present_rows() {
  const std::vector<TypedRow>& rows = rows_for(record_->type);
  present_.resize(rows.size());
  std::size_t count = 0;
  for (const TypedRow& typed : rows) {
    present_[count] = &typed;
    count += static_cast<std::size_t>(fields_.has(typed.field)) | static_cast<std::size_t>(typed.codec == Codec::UsePrefix);
  }
  present_.resize(count);
}

void BibtexWriter::write_by_rows() {
  find_present_rows();
  for (const TypedRow* const typed : present_) {
    switch (typed->codec) {
      case Codec::Keywords: write_keywords(*typed->row); break;
      case Codec::File: write_files(*typed->row); break;
      default: dialect_ == Dialect::Biblatex && typed->row->key == "pmid" ? write_pmid(*typed) : write_row(*typed);
    }
  }
}

/// Does a row write the identifiers of the field's names, beside them?
bool BibtexWriter::notes_identifiers(Field field, Type type) const {
  return std::any_of(rows_.begin(), rows_.end(), [&](const Mapping& row) { return row.field == field && row.way != Way::ReadOnly && codec_of(row) == Codec::NameNote && row.applies_to(type); });
}

/// Is what stands under the row's key read into the row's field again, where the record reads as one of this type?
bool BibtexWriter::reads_as(const TypedRow& typed, Type type) const {
  const Mapping& row = *typed.row;
  const Mapping* const reader = type == record_->type ? typed.reader : reading_row(lower(row.key), type);
  if (reader == nullptr) return row.way != Way::WriteOnly;
  if (codec_of(*reader) != Codec::HowPublished) return reads_into(*reader, row);
  // Without a publisher beside it, the words of a @misc are its publisher.
  const bool is_publisher = (kMisc | Type::Pamphlet).has(type) && !(kWeb.has(type) && !equal_ignoring_ascii_case(type_to_write().name, "misc")) && !(record_->has(Field::Publisher) && row.field == Field::HowPublished);
  return row.field == (is_publisher ? Field::Publisher : Field::HowPublished);
}

/// Braces that only protect capitals are no loss.
void BibtexWriter::book(std::size_t index, const Encoded& encoded) {
  if (encoded.part == kAddedProtection)
    ledger_->alter(index);
  else
    ledger_->book(index, encoded.fidelity, encoded.part);
}

/// Does the text in the other dialect say more than its value, and mean the same in this one?
bool BibtexWriter::is_better_as_written(const Entry& entry, Codec codec) const {
  constexpr Codec kAlike[] = {Codec::Title, Codec::Rich, Codec::Journal, Codec::Plain, Codec::Abstract, Codec::Names};
  if (entry.left_out.empty() || entry.raw.empty() || (record_->origin != kBibtexId && record_->origin != kBiblatexId)) return false;
  const Str raw = entry.raw;
  const bool extended_names = codec == Codec::Names && raw.find('=') != Str::npos;
  if (extended_names || (style_.ascii && !text::is_ascii(raw)) || std::find(std::begin(kAlike), std::end(kAlike), codec) == std::end(kAlike)) return false;
  const std::string lower_key = lower(entry.key);
  const Mapping* const reader = reading_row(lower_key, record_->type);
  return reader != nullptr && codec_for(*reader, lower_key) == codec;
}

void BibtexWriter::write_row(const TypedRow& typed) {
  const Mapping& row = *typed.row;
  const Codec codec = typed.codec;
  if (row.way == Way::Part && codec == Codec::UsePrefix) {
    if (style_.use_prefix && add_line(row.key, "{useprefix=true}")) ledger_->supply("options", "useprefix=true");
    return;
  }
  if (row.way == Way::Part && codec == Codec::RoleName) return;  // written with its names
  // BibTeX's books have a booktitle for their parts to inherit.
  if (row.field == Field::ContainerTitle && row.key == "maintitle" && is_of_family(record_->origin)) return;
  bool written = false;
  fields_.for_each(row.field, [&](std::size_t index, const Entry& entry) {
    if (row.writes() && ledger_->is_booked(index)) return;
    if (codec == Codec::Role) {
      write_role(index, entry);
      return;
    }
    if (written && joint_of(row.key).empty()) return;
    // The type says it: @phdthesis.
    if (codec == Codec::Genre && dialect_ == Dialect::Bibtex && record_->type == Type::Thesis && (genre() == "PhD thesis" || genre() == "Master's thesis")) {
      ledger_->book(index);
      return;
    }
    // biber refuses an alias that is the key itself.
    if (codec == Codec::Keys && row.field == Field::CitationKeyAlias && std::get<Text>(entry.value).value == cited_key()) {
      if (record_->key == cited_key()) ledger_->book(index, Fidelity::Narrowed, "alias that is the key itself");
      return;
    }
    Line* const taken = keys_.may_have_one(typed.key_bit) ? line(row.key) : nullptr;
    const bool joined = taken != nullptr;
    if (!joined && is_better_as_written(entry, codec)) {
      put_line(row.key, entry.raw);
      ledger_->book_as_written(index);
      written = true;
      return;
    }
    style_.continues = joined;
    const std::size_t from = text_.size();
    Encoded encoded = codec == Codec::Retraction ? append_notice(text_, entry, *record_, style_)
                                                 : encode(text_, codec, row.key, entry.value, record_->type, style_);
    style_.continues = false;
    if (encoded.fidelity == Fidelity::Refused) {
      text_.resize(from);
      return;
    }
    if (encoded.fidelity == Fidelity::Exact && !typed.notes_identifiers && has_identifiers(entry.value)) encoded = narrowed("identifiers");
    if (encoded.fidelity == Fidelity::Exact && !encoded.evident && !reads_back(scratch_, encoded, codec, row.key, entry.value, text_from(from), style_)) encoded = narrowed("spelling");
    if (joined && !join(*taken, joint_before(row), from)) return;
    if (!joined) end_line(row.key, typed.key_bit, from);
    written = true;
    if (!row.writes()) return;  // a part: the entry is booked by the row that began it
    if (!joined) {
      book(index, encoded);
      return;
    }
    ledger_->book(index, Fidelity::Narrowed, "division into texts");
    if (std::exchange(line(row.key)->is_joined, true)) return;
    for (std::size_t other = 0; other < record_->items().size(); ++other)
      if (const Entry* const first = std::get_if<Entry>(&record_->items()[other]); first != nullptr && other != index && ledger_->is_exact(other))
        for (const Mapping& one : rows_)
          if (one.key == row.key && one.field == first->field && one.writes() && one.applies_to(record_->type)) ledger_->narrow(other, "division into texts");
  });
  if (written && row.field == Field::VolumeTitle) write_title_of_all_volumes(kBooks.has(record_->type) ? Field::Title : Field::ContainerTitle);
}

/// The title that the record has where that of its volume stands now, which is the main title then.
void BibtexWriter::write_title_of_all_volumes(Field field) {
  fields_.for_each(field, [&](std::size_t index, const Entry& entry) {
    if (line("maintitle") != nullptr) return;
    const std::size_t from = text_.size();
    const Encoded encoded = encode(text_, Codec::Title, "maintitle", entry.value, record_->type, style_);
    if (encoded.fidelity == Fidelity::Refused) return text_.resize(from);
    end_line("maintitle", KeyBits::bit_of("maintitle"), from);
    book(index, encoded);
    ledger_->narrow(index, "kind");
  });
}

/// Keywords, and behind them the subject headings that are not among them.
void BibtexWriter::write_keywords(const Mapping& row) {
  gathered_.clear(kKeptOfScratch);
  Keywords all;
  bool owner = false;
  fields_.for_each(Field::Keyword, [&](std::size_t, const Entry& entry) {
    const Keywords& list = std::get<Keywords>(entry.value);
    owner = owner || !list.owner.empty();
    for (const Keyword& keyword : list.list) all.list.push_back(gathered_, keyword);
  });
  if (all.list.empty()) return;
  if (line(row.key) != nullptr) return;
  const std::size_t from = text_.size();
  const Encoded encoded = encode(text_, Codec::Keywords, row.key, all, record_->type, style_);
  if (encoded.fidelity == Fidelity::Refused) {
    text_.resize(from);
    return;
  }
  const std::size_t keywords = all.list.size();
  std::vector<std::size_t> headings;
  if (fields_.has(Field::Heading) && has_row_for(Field::Heading)) {
    std::vector<std::string> known;
    for (const Keyword& keyword : all.list) known.push_back(text::fold_case(text::plain_text(keyword.text)));
    fields_.for_each(Field::Heading, [&](std::size_t index, const Entry& entry) {
      headings.push_back(index);
      for (const Heading& heading : std::get<Headings>(entry.value).list) {
        std::string folded = text::fold_case(heading.descriptor);
        if (heading.descriptor.empty() || std::find(known.begin(), known.end(), folded) != known.end()) continue;
        known.push_back(std::move(folded));
        Keyword keyword;
        keyword.text = RichText::of(gathered_, heading.descriptor);
        all.list.push_back(gathered_, keyword);
      }
    });
  }
  if (all.list.size() > keywords) {
    text_.resize(from);
    encode(text_, Codec::Keywords, row.key, all, record_->type, style_);
  }
  const bool whole = encoded.fidelity == Fidelity::Exact && !owner && all.list.size() == keywords;
  const bool same = !whole || reads_back(scratch_, encoded, Codec::Keywords, row.key, all, text_from(from), style_);
  end_line(row.key, from);
  fields_.for_each(Field::Keyword, [&](std::size_t index, const Entry&) {
    if (owner)
      ledger_->book(index, Fidelity::Narrowed, "owner of the keywords");
    else if (all.list.size() > keywords)
      ledger_->book(index, Fidelity::Narrowed, "division into keywords and headings");
    else if (!same)
      ledger_->book(index, Fidelity::Narrowed, "spelling");
    else
      ledger_->book(index, encoded.fidelity, encoded.part);
  });
  for (const std::size_t index : headings) ledger_->book(index, Fidelity::Narrowed, "qualifiers and identifiers");
}

void BibtexWriter::write_files(const Mapping& row) {
  std::string list;
  std::size_t count = 0;
  fields_.for_each(row.field, [&](std::size_t index, const Entry& entry) {
    std::string one;
    const Encoded encoded = encode(one, Codec::File, row.key, entry.value, record_->type, style_);
    if (encoded.fidelity == Fidelity::Refused) return;
    if (++count > 1) list += ';';
    list.append(one, 1, one.size() - 2);
    ledger_->book(index, encoded.fidelity, encoded.part);
  });
  if (count > 0) add_line(row.key, fmt::format("{{{}}}", list));
}

/// Letters and digits: what says the same in `eprint`, where nothing is decoded, and in `pmid`, which is LaTeX.
bool is_plain_number(const Entry& pmid) {
  const List<Identifier>& list = std::get<Identifiers>(pmid.value).list;
  return !list.empty() && std::all_of(list[0].value.begin(), list[0].value.end(), [](char c) { return text::is_ascii_letter(c) || text::is_ascii_digit(c); });
}

/// biblatex prints a PMID that stands as an eprint.
void BibtexWriter::write_pmid(const TypedRow& typed) {
  const Mapping& row = *typed.row;
  std::string ignored;
  bool eprint = false;
  fields_.for_each(Field::Identifier, [&](std::size_t, const Entry& entry) {
    eprint = eprint || encode(ignored, Codec::Eprint, "eprint", entry.value, record_->type, style_).fidelity != Fidelity::Refused;
  });
  bool plain = true;
  fields_.for_each(Field::Pmid, [&](std::size_t, const Entry& entry) { plain = plain && is_plain_number(entry); });
  if (eprint || !plain || line("eprint") != nullptr) {
    write_row(typed);
    return;
  }
  fields_.for_each(Field::Pmid, [&](std::size_t index, const Entry& entry) {
    std::string expression;
    Encoded encoded = encode(expression, Codec::Identifier, row.key, entry.value, record_->type, style_);
    if (encoded.fidelity == Fidelity::Exact && !reads_back(scratch_, encoded, Codec::Identifier, row.key, entry.value, expression, style_)) encoded = narrowed("spelling");
    if (encoded.fidelity == Fidelity::Refused || !add_line("eprint", expression)) return;
    add_line("eprinttype", "{pubmed}");
    ledger_->book(index, encoded.fidelity, encoded.part);
  });
}

/// Directors, compilers and others are editors of a kind.
void BibtexWriter::write_role(std::size_t index, const Entry& entry) {
  constexpr std::pair<std::string_view, std::string_view> kPlaces[] = {
      {"editor", "editortype"}, {"editora", "editoratype"}, {"editorb", "editorbtype"}, {"editorc", "editorctype"}};
  const std::string_view word = role_word(entry.field);
  const EntryModel* const model = model_of(dialect_, lower(type_to_write().name));
  for (const auto& [names_key, role_key] : kPlaces) {
    if (line(names_key) != nullptr || word.empty() || (model != nullptr && !allows(dialect_, *model, names_key))) continue;
    std::string expression;
    Encoded encoded = encode(expression, Codec::Names, names_key, entry.value, record_->type, style_);
    if (encoded.fidelity == Fidelity::Refused) return;
    if (encoded.fidelity == Fidelity::Exact && has_identifiers(entry.value)) encoded = narrowed("identifiers");
    if (encoded.fidelity == Fidelity::Exact && !reads_back(scratch_, encoded, Codec::Names, names_key, entry.value, expression, style_)) encoded = narrowed("spelling");
    put_line(names_key, expression);
    put_line(role_key, fmt::format("{{{}}}", word));
    ledger_->book(index, encoded.fidelity, encoded.part);
    return;
  }
}

// ------------------------------------------------------------------------------------------------- from the sister dialect

bool BibtexWriter::has_extras_of_family() const {
  return std::any_of(record_->items().begin(), record_->items().end(), [](const Item& item) {
    const Extra* const extra = std::get_if<Extra>(&item);
    return extra != nullptr && is_of_family(extra->origin);
  });
}

/// The other dialect inherits by other rules, so what crossref and xdata gave goes out in full and the reference has done its work.
void BibtexWriter::resolve_references() {
  bool crossref = false;
  bool xdata = false;
  for_each_entry(*record_, [&](const Entry& entry) {
    crossref = crossref || entry.key.starts_with("crossref>");
    xdata = xdata || entry.key.starts_with("xdata>");
  });
  for (std::size_t index = 0; index < record_->items().size(); ++index)
    if (const Extra* const extra = std::get_if<Extra>(&record_->items()[index]); extra != nullptr && is_of_family(extra->origin))
      if ((crossref && equal_ignoring_ascii_case(extra->key, "crossref")) || (xdata && equal_ignoring_ascii_case(extra->key, "xdata"))) ledger_->book(index);
}

/// Fields of the other dialect that no row knows and that both data models have.
void BibtexWriter::write_sister_extras() {
  static constexpr std::string_view kBothKnow[] = {"crossref", "xref"};
  static constexpr std::string_view kBiblatexKnows[] = {
      "xdata", "entryset", "execute", "gender", "indextitle", "indexsorttitle", "isan", "ismn", "iswc", "label", "langidopts", "lista", "listb", "listc", "listd", "liste",
      "listf", "namea", "nameb", "namec", "nameaddon", "authortype", "pagination", "bookpagination", "presort", "relatedoptions", "relatedstring", "relatedtype", "shorthandintro",
      "sortname", "sortshorthand", "sorttitle", "sortyear", "usera", "userb", "userc", "userd", "usere", "userf", "verba", "verbb", "verbc", "options", "entrysubtype"};
  for (std::size_t index = 0; index < record_->items().size(); ++index) {
    const Extra* const extra = std::get_if<Extra>(&record_->items()[index]);
    if (extra == nullptr || !is_of_family(extra->origin) || ledger_->is_booked(index)) continue;
    const std::string key = lower(extra->key);
    bool known = std::find(std::begin(kBothKnow), std::end(kBothKnow), key) != std::end(kBothKnow);
    if (dialect_ == Dialect::Biblatex) known = known || std::find(std::begin(kBiblatexKnows), std::end(kBiblatexKnows), key) != std::end(kBiblatexKnows);
    if (known && add_line(extra->key, extra->raw)) ledger_->book(index);
  }
}

// ----------------------------------------------------------------------------------------------------------- type and key

WrittenType BibtexWriter::type_to_write() const {
  const Str as_written = record_->type_as_written;
  if (is_own() && !as_written.empty()) {
    const std::size_t blank = as_written.find(' ');
    return {as_written.substr(0, blank), blank == Str::npos ? Str{} : as_written.substr(blank + 1)};
  }
  // In biblatex an @incollection has no author of the book, but an @inbook may have an editor.
  const bool editor = fields_.has(Field::Editor) && !(dialect_ == Dialect::Biblatex && fields_.has(Field::ContainerAuthor));
  return written_type(record_->type, dialect_, genre(), editor);
}

/// What the row's key makes another field of, once the record is read as one of this type.
void BibtexWriter::note_kinds(Type back) {
  for (const TypedRow* const typed : present_) {
    const Mapping& row = *typed->row;
    if (typed->keeps_kind && (back == record_->type || !row.writes() || typed->codec == Codec::Role)) continue;
    if (!fields_.has(row.field) || reads_as(*typed, back) || line(row.key) == nullptr) continue;
    fields_.for_each(row.field, [&](std::size_t index, const Entry&) {
      if (ledger_->is_whole(index)) ledger_->narrow(index, "kind");
    });
  }
}

/// As what an entry of this name is read: nearly always as the one before.
Type BibtexWriter::type_read_back(std::string_view name, const TypeHints& hints) {
  if (name != last_read_.name || hints != last_read_.hints) {
    last_read_.type = read_type(lower(name), hints).type;
    last_read_.name = name;
    last_read_.hints = hints;
  }
  return last_read_.type;
}

/// Does the type read back as it is?
void BibtexWriter::note_type(const WrittenType& type) {
  TypeHints hints;
  hints.subtype = type.subtype;
  hints.event = line("eventtitle") != nullptr || line("eventdate") != nullptr;
  hints.journal = line("journal") != nullptr || line("journaltitle") != nullptr;
  hints.address = line("url") != nullptr;
  hints.doi = line("doi") != nullptr;
  const Line* const archive = line("eprinttype") != nullptr ? line("eprinttype") : line("archiveprefix");
  if (archive != nullptr && line("eprint") != nullptr)
    for (const std::string_view known : kPreprintArchives)
      hints.preprint_archive = hints.preprint_archive || equal_ignoring_ascii_case(fmt::format("{{{}}}", known), expression_of(*archive));
  const Type back = type_read_back(type.name, hints);
  if (back != record_->type) ledger_->merge_type();
  note_kinds(back);
  const bool degree_added = dialect_ == Dialect::Bibtex && record_->type == Type::Thesis && !record_->has(Field::Genre);
  if (degree_added) ledger_->supply("genre", "PhD thesis");
}

void BibtexWriter::write_preprint_state() {
  if (dialect_ != Dialect::Biblatex || record_->type != Type::Article || record_->has(Field::Status)) return;
  if (add_line("pubstate", "{prepublished}")) ledger_->supply("status", "prepublished");
}

/// The record's key. Zotero gives an item an address for one ("http://zotero.org/users/…"), and beside it the key that its user cites by.
Str BibtexWriter::cited_key() const {
  if (record_->key.find("://") == Str::npos) return record_->key;
  const Text* const alias = record_->get<Field::CitationKeyAlias>();
  return alias == nullptr || alias->value.empty() || alias->value.find(',') != Str::npos ? record_->key : alias->value;
}

/// Characters that end a key, or that BibTeX or LaTeX trip over, are replaced.
void BibtexWriter::append_key(Output& output) {
  const Str cited = cited_key();
  if (cited != record_->key) fields_.for_each(Field::CitationKeyAlias, [&](std::size_t index, const Entry&) { ledger_->book(index); });
  if (cited.empty()) {
    output.leave_place_for_key();
    ledger_->supply("key", "");
    return;
  }
  const bool of_family = is_of_family(record_->origin);
  if (!holds_refused(cited, of_family)) {
    output.text += cited;
    if (cited != record_->key) ledger_->supply("legal-key", cited);
    return;
  }
  std::string key(cited);
  for (char& c : key)
    if (holds_refused({&c, 1}, of_family)) c = '_';
  output.text += key;
  ledger_->supply("legal-key", key);
}

void BibtexWriter::write_head(const WrittenType& type, Output& output) {
  output.text += '@';
  output.text += type.name.empty() ? std::string_view("misc") : type.name;
  output.text += '{';
  append_key(output);
  output.text += ",\n";
}

// --------------------------------------------------------------------------------------------------------- how it looks

/// Where the data model has a key: its row's place, keys without a row last.
std::size_t BibtexWriter::rank_of(std::string_view key) const {
  const auto row = std::find_if(rows_.begin(), rows_.end(), [&](const Mapping& one) { return equal_ignoring_ascii_case(one.key, key); });
  return static_cast<std::size_t>(row - rows_.begin());
}

void BibtexWriter::order_lines() {
  if (order_ == Order::Model)
    std::stable_sort(lines_.begin(), lines_.end(), [&](const Line& a, const Line& b) { return rank_of(a.key) < rank_of(b.key); });
  else if (order_ == Order::Name)
    std::stable_sort(lines_.begin(), lines_.end(), [](const Line& a, const Line& b) { return lower(a.key) < lower(b.key); });
}

void BibtexWriter::write_lines(std::string& out) {
  std::size_t width = 0;
  if (align_)
    for (const Line& one : lines_) width = std::max(width, one.key.size());
  width_ == 0 ? append_lines(out, width) : append_wrapped_lines(out, width);
}

/// Nearly all of what is written passes here, so the bytes are counted first and then copied, one piece behind the other.
void BibtexWriter::append_lines(std::string& out, std::size_t key_width) const {
  std::size_t size = 0;
  for (const Line& one : lines_) size += kBeforeKey.size() + std::max(key_width, one.key.size()) + kBehindKey.size() + one.size + kBehindLine.size();
  const std::size_t before = out.size();
  out.resize(before + size, ' ');
  char* to = out.data() + before;
  const auto put_sign = [&](std::string_view sign) { to = std::copy(sign.begin(), sign.end(), to); };
  for (const Line& one : lines_) {
    put_sign(kBeforeKey);
    to = text::put(to, one.key);
    to += std::max(key_width, one.key.size()) - one.key.size();  // blanks are there
    put_sign(kBehindKey);
    to = text::put(to, expression_of(one));
    put_sign(kBehindLine);
  }
}

void BibtexWriter::append_wrapped_lines(std::string& out, std::size_t key_width) const {
  for (const Line& one : lines_) {
    const std::size_t padded = std::max(key_width, one.key.size());
    out += kBeforeKey;
    out += one.key;
    out.append(padded - one.key.size(), ' ');
    out += kBehindKey;
    const std::size_t indent = kBeforeKey.size() + padded + kBehindKey.size();
    if (indent + one.size + 1 > width_ && may_wrap(one))
      append_wrapped(out, expression_of(one), indent + 1);
    else
      out += expression_of(one);
    out += kBehindLine;
  }
}

/// Blanks and line ends are the same to LaTeX, but not in what is taken as it stands, nor in what nobody here understands.
bool BibtexWriter::may_wrap(const Line& line) const {
  const Mapping* const row = reading_row(lower(line.key), record_->type);
  const std::string_view expression = expression_of(line);
  if (row == nullptr || expression.find('\n') != std::string_view::npos || expression.front() != '{') return false;
  switch (codec_of(*row)) {
    case Codec::Verbatim:
    case Codec::Keys:
    case Codec::Url:
    case Codec::File:
    case Codec::Doi:
    case Codec::NameNote:
    case Codec::UsePrefix:
    case Codec::Eprint: return false;
    default: return true;
  }
}

void BibtexWriter::append_wrapped(std::string& out, std::string_view expression, std::size_t indent) const {
  std::size_t column = indent - 1;
  for (std::size_t at = 0; at < expression.size();) {
    const std::size_t blank = std::min(expression.find(' ', at + 1), expression.size());
    const std::string_view word = expression.substr(at, blank - at);
    if (word.front() == ' ' && column + word.size() > width_ && column > indent) {
      out += '\n';
      out.append(indent, ' ');
      out += word.substr(1);
      column = indent + word.size() - 1;
    } else {
      out += word;
      column += word.size();
    }
    at = blank;
  }
}

/// Names of types and fields as one importer or style wants them.
void BibtexWriter::suit_profile(WrittenType& type) {
  for (const ProfileKey& key : kProfileKeys)
    if (key.profile == options_.profile && line(key.written) == nullptr)
      if (Line* const known = line(key.key)) {
        known->key = key.written;
        keys_.note(key.written);
      }
  if (dialect_ == Dialect::Bibtex && equal_ignoring_ascii_case(type.name, "misc"))
    for (const ProfileType& row : kProfileTypes)
      if (row.profile == options_.profile && row.type == record_->type) type.name = row.name;
  if (options_.profile != kZotero) return;
  bool known = false;
  detail::for_each_word(kZoteroTypes, [&](std::string_view word) { known = known || equal_ignoring_ascii_case(word, type.name); });
  if (known) return;
  const std::string remark = fmt::format("{{{}}}", type.name);
  Line* const note = line("note");
  if (note == nullptr) {
    add_line("note", remark);
  } else {
    const std::size_t from = text_.size();
    text_ += remark;
    join(*note, joint_of(note->key), from);
  }
  type.name = "misc";
  ledger_->merge_type();
}

void BibtexWriter::write_carried(Output& output) {
  if (!options_.carry || !text::has_something_to_carry(*record_, *ledger_, id_of(dialect_))) return;
  carried_.clear();
  text::JsonEmitter emitter(carried_);
  text::emit_carried(emitter, *record_, *ledger_);
  output.text += fmt::format("  {} = {{", text::kCarried);
  append_field_json(output.text, carried_);
  output.text += "},\n";
}

// ------------------------------------------------------------------------------------------------------------- the record

/// Are the particles of all names such as useprefix=true makes part of the family name?
bool BibtexWriter::wants_prefix() const {
  if (dialect_ != Dialect::Biblatex) return false;
  bool prefix = false;
  bool other_particles = false;
  for_each_entry(*record_, [&](const Entry& entry) {
    const Names* const names = std::get_if<Names>(&entry.value);
    if (names == nullptr) return;
    const text::ParticleKinds kinds = text::particle_kinds(*names);
    prefix = prefix || kinds == text::ParticleKinds::NonDropping;
    other_particles = other_particles || kinds == text::ParticleKinds::Dropping || kinds == text::ParticleKinds::Mixed;
  });
  return prefix && !other_particles;
}

/// With the distance that it brings; what begins something on a line of its own, though the last of a file may have had no end of its line.
void BibtexWriter::give_back(std::string_view text, Output& output) const {
  if (!output.text.empty() && output.text.back() != '\n' && text.starts_with('@')) output.text += options_.line_end;
  output.text += text;
}

void BibtexWriter::write(const Record& record, Output& output, Ledger& ledger) {
  if (gives_back_ && record.origin == id_of(dialect_) && !record.layout.empty()) {
    give_back(record.layout, output);
    for (std::size_t at = 0; at < record.items().size(); ++at) ledger.book(at);
    return;
  }
  if (gives_back_) give_back(options_.line_end, output);
  record_ = &record;
  is_own_ = record.origin == id_of(dialect_);
  fields_.make(record);
  ledger_ = &ledger;
  clear_lines();
  if (is_own()) {
    style_.use_prefix = false;
    for (const Item& item : record.items()) {
      const Entry* const entry = std::get_if<Entry>(&item);
      const Extra* const extra = std::get_if<Extra>(&item);
      if (entry != nullptr && equal_ignoring_ascii_case(entry->key, "options")) style_.use_prefix = true;
      if (extra != nullptr && equal_ignoring_ascii_case(extra->key, "options") && extra->raw.find("useprefix=true") != Str::npos) style_.use_prefix = true;
    }
    write_in_order();
    // What steps have put in has no key of the source.
    const bool added = std::any_of(record.items().begin(), record.items().end(), [](const Item& item) {
      const Entry* const entry = std::get_if<Entry>(&item);
      return entry != nullptr && entry->key.empty();
    });
    if (added) write_by_rows();
  } else {
    style_.use_prefix = wants_prefix();
    write_by_rows();
    if (has_extras_of_family()) {
      resolve_references();
      write_sister_extras();
    }
    write_preprint_state();
  }
  WrittenType type = type_to_write();
  if (!type.subtype.empty()) add_line("entrysubtype", fmt::format("{{{}}}", type.subtype));
  if (!is_own()) note_type(type);
  if (!options_.profile.empty()) suit_profile(type);
  order_lines();

  const std::size_t from = output.text.size();
  write_head(type, output);
  write_lines(output.text);
  write_carried(output);
  output.text += "}\n";
  if (rewrites_line_ends_) {
    std::string text;
    for (const char c : std::string_view(output.text).substr(from)) c == '\n' ? text += options_.line_end : text += c;
    std::size_t added = 0;
    for (std::size_t& place : output.open_keys)
      if (place >= from) added = static_cast<std::size_t>(std::count(output.text.begin() + static_cast<std::ptrdiff_t>(from), output.text.begin() + static_cast<std::ptrdiff_t>(place), '\n')), place += added * (options_.line_end.size() - 1);
    output.text.resize(from);
    output.text += text;
  }
}

bool BibtexWriter::between(const Extra& extra, Output& output) {
  if (!is_of_family(extra.origin)) return false;
  if (dialect_ == Dialect::Bibtex && extra.key == "xdata" && extra.origin != kBibtexId) return false;
  if (options_.profile == kJabref && extra.raw.find(kJabrefMode) != Str::npos) return true;  // stands at the end
  const std::string_view text = options_.layout == Layout::Source ? text::trim(extra.raw) : std::string_view(extra.raw);  // then it was read with its distance
  const bool is_closed = !text.starts_with('@') || is_balanced(text);
  if (gives_back_ && extra.origin == id_of(dialect_) && is_closed) {
    give_back(extra.raw, output);
    return true;
  }
  if (gives_back_) give_back(options_.line_end, output);
  // Text with an @ that begins nothing is an error for biber, and for BibTeX too; where it stands anew it stands as a comment.
  const bool misleading = extra.key.empty() && extra.origin != id_of(dialect_) && text.find('@') != std::string_view::npos && is_balanced(text);
  if (const std::string braced = with_braces(extra.key, text); !braced.empty())
    output.text += braced;
  else if (misleading)
    output.text += fmt::format("@comment{{{}}}", text);
  else
    output.text += text;
  if (!is_closed) {
    // It was not closed in the source, and would swallow what comes behind it.
    const auto opened = std::count(text.begin(), text.end(), '{');
    const auto closed = std::count(text.begin(), text.end(), '}');
    if (opened > closed) output.text.append(static_cast<std::size_t>(opened - closed), '}');
  }
  output.text += options_.line_end;
  if (!gives_back_) output.text += options_.line_end;
  return true;
}

/// JabRef takes a library for classic BibTeX unless it is told.
void BibtexWriter::end(Output& output, std::string_view, std::uint64_t) {
  if (options_.profile != kJabref) return;
  output.text += fmt::format("{0}@Comment{{{1}{2};}}{0}", options_.line_end, kJabrefMode, id_of(dialect_));
}

class OneRecord final : public RecordSink {
 public:
  Flow record(Record&& read) override {
    found = std::move(read);
    return Flow::Stop;
  }
  Flow between(Extra&&) override { return Flow::Continue; }
  Record found;
};

}  // namespace

std::unique_ptr<Writer> make_writer(Dialect dialect, const WriteOptions& options, std::span<const Mapping> rows) {
  return std::make_unique<BibtexWriter>(dialect, options, rows);
}

Record read_back(Dialect dialect, const Record& record, const ReadOptions& options) {
  const std::span<const Mapping> rows = dialect == Dialect::Bibtex ? std::span<const Mapping>(kBibtexFields) : std::span<const Mapping>(kBiblatexFields);
  BibtexWriter writer(dialect, {}, rows);
  Output output;
  Ledger ledger;
  ledger.open(record);
  writer.write(record, output, ledger);
  if (!output.open_keys.empty()) output.text.insert(output.open_keys.front(), record.suggested_key.empty() ? std::string_view("key") : std::string_view(record.suggested_key));
  const std::unique_ptr<Reader> reader = make_reader(dialect, options);
  OneRecord one;
  DiagnosticList ignored;
  const Part part{output.text, 0, record.shared_arena(), true, true};
  reader->read({}, part, one, ignored);
  return std::move(one.found);
}

}  // namespace bibmill::bibtex

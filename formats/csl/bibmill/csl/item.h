// Items: one work as CSL's data model has it, a map of variables, to and from a record. CSL-JSON and YAML differ in how they write trees, not in this.
//
// Everything in an item becomes an entry, an extra, the key or the type. A raw text, of extras and of entries whose value would be written in another
// shape, is compact JSON; in YAML, words that YAML could take for something else than text stand in it as they stood, without quotes.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/csl/variables.h"
#include "bibmill/diagnostic.h"
#include "bibmill/format.h"
#include "bibmill/ledger.h"
#include "bibmill/record.h"
#include "bibmill/text/function_ref.h"
#include "bibmill/text/tree.h"

namespace bibmill::csl {

/// The markup of text in an item.
enum class Markup : std::uint8_t {
  Html,      ///< CSL's subset: <i>, <span class="nocase"> …; text without markup stands as it is
  Markdown,  ///< pandoc's, in all text: DOI: 10.1000/b\<c\>
};

/// What tells items of one format from those of another.
struct Dialect {
  std::string_view origin;  ///< id of the format: "csljson"
  Markup markup = Markup::Html;
  bool words_are_text = false;    ///< YAML: true, 010 and null are the words that stand there
  bool edtf = false;              ///< dates are written as EDTF
  bool plain_numbers = false;     ///< numbers are written without quotes
  bool repeated_members = false;  ///< a member may stand twice
};

// ------------------------------------------------------------------------------------------------------------- reading

/// Zotero's users, and those of citeproc-js, put what their program has no field for into the note.
inline constexpr FormatOption kNoteFieldsOption = {
    .name = "note-fields",
    .argument = {},
    .summary = "read lines such as \"PMID: 9\" of a note as the item's variables, where it has none of that name",
    .side = FormatOption::Side::Reading,
};

struct ReadItem {
  Record record;
  const text::Node* carried = nullptr;  ///< custom.bibmill, not yet restored
};

struct ReadingMemory;

/// Reads items. Keeps nothing between two of them but memory.
class ItemReader {
 public:
  explicit ItemReader(const Dialect& dialect);
  ~ItemReader();

  /// Texts of `item` must live in `arena`, or be literals; its lists and the keys of its members need to live only for the call, but for `carried`. A member
  /// whose node has `raw` set is kept as an extra with this text. Codes of diagnostics begin with "csl/".
  ReadItem read(const text::Node& item, const std::shared_ptr<Arena>& arena, const ReadOptions& options, DiagnosticSink& diagnostics);

 private:
  std::unique_ptr<ReadingMemory> memory_;
};

/// The same for one item alone.
ReadItem read_item(const text::Node& item, const std::shared_ptr<Arena>& arena, const Dialect& dialect,
                   const ReadOptions& options, DiagnosticSink& diagnostics);

/// CR LF and CR become LF, a tab a blank, other controls go, which is said once for the text: what a record's text may hold. `span`: of the text.
Str without_controls(Arena& arena, Str text, Span span, DiagnosticSink& diagnostics);

/// The type of this name, CSL's or Crossref's.
std::optional<Type> type_of(std::string_view name);

/// The tree as compact JSON (see above).
Str raw_of(Arena& arena, const text::Node& node);

// ------------------------------------------------------------------------------------------------------------- writing

struct ItemWorkshop;

/// Writes items through the given rows. Keeps nothing between two of them but memory.
class ItemWriter {
 public:
  /// `rows` must outlive the writer.
  ItemWriter(std::span<const Mapping> rows, const Dialect& dialect);
  ~ItemWriter();

  struct Options {
    bool carry = false;   ///< write custom.bibmill, if there is anything to carry
    bool strict = false;  ///< what csl-data.json does not allow goes into custom
    /// Writes the value of "id" of a record that has none.
    text::FunctionRef<void()> write_missing_key;
    /// Writes a text that stands between two members (an extra without key). Refused: the text is lost.
    text::FunctionRef<bool(Str)> write_comment;
  };

  void write(const Record& record, text::Emitter& emitter, Ledger& ledger, const Options& options);

 private:
  std::unique_ptr<ItemWorkshop> workshop_;
};

/// Emits a raw text (see above).
void emit_raw(text::Emitter& emitter, std::string_view raw);

/// What writing a record and reading it back gives, without carrying: for text::restore.
Record write_and_read(const Record& record, const Dialect& dialect);

// --------------------------------------------------------------------------------------------------------------- trees

/// Builds a tree in memory.
class TreeBuilder final : public text::Emitter {
 public:
  explicit TreeBuilder(Arena& arena) : arena_(&arena) {}

  void begin_map() override { open(text::Node::Kind::Map); }
  void end_map() override { close(); }
  void begin_list() override { open(text::Node::Kind::List); }
  void end_list() override { close(); }
  void key(std::string_view name) override { key_ = arena_->copy(name); }
  void text(std::string_view value) override { scalar(text::Node::Kind::Text, value); }
  void number(std::string_view literal) override { scalar(text::Node::Kind::Number, literal); }
  void boolean(bool value) override { scalar(text::Node::Kind::Boolean, value ? "true" : "false"); }
  void null() override { scalar(text::Node::Kind::Null, "null"); }

  /// What was built.
  const text::Node& root() const { return root_; }

 private:
  void open(text::Node::Kind kind);
  void close();
  void scalar(text::Node::Kind kind, std::string_view text);
  void attach(Str key, const text::Node& node);

  struct Open {
    Str key;
    text::Node node;
  };
  Arena* arena_;
  std::vector<Open> open_;
  Str key_;
  text::Node root_;
};

}  // namespace bibmill::csl

// Format: what a format promises to the rest: its names, its tables, a reader and a writer.
//
// The way of a record: a pipeline cuts the input into parts (`split`), a Reader pushes records out of a part into a RecordSink, a Writer
// puts each into an Output while a Ledger keeps the books. Parts are independent, so that any number of threads gives the same bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/arena.h"
#include "bibmill/diagnostic.h"
#include "bibmill/ledger.h"
#include "bibmill/mapping.h"
#include "bibmill/record.h"
#include "bibmill/settings.h"
#include "bibmill/source.h"

namespace bibmill {

// ------------------------------------------------------------------------------------------------------------- reading

enum class Flow : std::uint8_t { Continue, Stop };

/// What parts of all inputs need from elsewhere in them: @string definitions, crossref parents. Immutable once made.
class Prelude {
 public:
  virtual ~Prelude() = default;
  /// The prelude itself. One that only stands for it makes it when it is first asked, since most files need nothing from elsewhere; it throws what reading the inputs does. Any thread.
  virtual const Prelude& made() const { return *this; }
};

/// What a scan has seen of a part that its reader would look for again, as the format has it.
class PartNotes {
 public:
  virtual ~PartNotes() = default;
};

/// What stands before the end of a part, as far as its reader must know without looking elsewhere. Used again from part to part.
struct Foregoing {
  bool definitions = true;              ///< something that records may use by name, like an @string; true where nobody knows
  std::vector<std::uint64_t> repeated;  ///< where, in the part's source, records begin whose key an earlier one has, in order
  std::unique_ptr<PartNotes> notes;     ///< null where there are none
};

/// Goes through the parts of all inputs in order.
class PartScan {
 public:
  virtual ~PartScan() = default;
  virtual void scan(const Source& source, std::string_view text, std::uint64_t offset) = 0;
  /// Asked before the scan, of a text that the part to scan begins: what Format::split says of it. What is scanned on the way there is not scanned again. Nothing: the format is to be asked.
  virtual std::optional<std::size_t> scan_to_cut(const Source& /*source*/, std::string_view /*text*/, std::uint64_t /*offset*/) { return std::nullopt; }
  /// Asked behind the scan, by who will read the part.
  virtual void tell(Foregoing& /*foregoing*/) {}
};

/// Gathers a prelude, before the first record that needs it is made.
class LookAhead : public PartScan {
 public:
  /// Asked after a round through all parts: true if there must be another, over the same parts in the same order.
  virtual bool again() { return false; }
  virtual std::shared_ptr<const Prelude> finish() = 0;
};

/// A piece of a decoded text that begins and ends between records.
struct Part {
  std::string_view text;
  std::uint64_t offset = 0;        ///< of its first byte in the source: added to all spans
  std::shared_ptr<Arena> arena;    ///< for the records of this part
  bool first = true;               ///< it begins the source
  bool last = true;                ///< it ends the source
  bool outlives_records = false;   ///< the text stays as long as the records of the part are needed: they may be views of it
  const Foregoing* foregoing = nullptr;  ///< null where nobody followed
};

/// Takes what a reader finds, in the order of the text. Returning Stop ends the reading.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  virtual Flow record(Record&& record) = 0;
  /// Text that no record owns: a comment, @preamble, DeleteCitation, a stray line. Its text belongs to the part's arena.
  virtual Flow between(Extra&& extra) = 0;
  /// Whether a record or a text that was given so far will still be looked at.
  virtual bool keeps_any() const { return true; }
};

struct ReadOptions {
  /// Keep `raw`, because a writer of the same format, an archive or a check will want it.
  bool keep_raw = false;
  /// Keep `layout` too.
  bool keep_layout = false;
  /// The records go to the writer of the same format, which gives them back as they stood: what an archive has no room for is to be kept as well, such as all of the text.
  bool gives_back = false;
  /// The records go as they are to the writer of the same format with its default options, which takes what has `raw` as it stands. Such a value need not be decoded: it may be the field's empty one.
  bool as_written = false;
  /// Keep the spans of list elements and of keys; entries and records always have theirs.
  bool keep_spans = false;
  /// Hold records against the format's schema too, and say where they are not what it has.
  bool check_schema = false;
  /// A larger record is diagnosed and skipped.
  std::uint64_t max_record = std::uint64_t{64} << 20;
  /// Of the format's look-ahead; null where there is none, or where nothing is taken from elsewhere.
  std::shared_ptr<const Prelude> prelude;
  Settings settings;  ///< of the format's options for reading
};

/// Lets the records of a part use the memory of those that nobody looks at any more. A reader makes one before the first, when it has in the arena what it needs for the whole part.
class ReusedMemory {
 public:
  ReusedMemory(Arena& arena, const RecordSink& sink) : arena_(&arena), sink_(&sink), begin_(arena.place()) {}

  /// Nor does the reader look at the last one.
  void after_record() {
    if (!sink_->keeps_any()) arena_->go_back(begin_);
  }

 private:
  Arena* arena_;
  const RecordSink* sink_;
  Arena::Place begin_;
};

/// Reads parts of one format. Used by one thread at a time, for any number of parts.
class Reader {
 public:
  virtual ~Reader() = default;
  /// Bad data is diagnosed and read as well as possible; throws only where memory ends.
  virtual Flow read(const Source& source, const Part& part, RecordSink& records, DiagnosticSink& diagnostics) = 0;
};

// ------------------------------------------------------------------------------------------------------------- writing

enum class Layout : std::uint8_t {
  Default,    ///< the format's own default
  Source,     ///< unchanged records come back as they stood
  Canonical,  ///< every record as the format's writer lays it out
};

struct WriteOptions {
  Layout layout = Layout::Default;
  bool carry = false;         ///< put what the format cannot show into its standard place for more
  std::string profile;        ///< importer to write for, one of the format's; empty: the standard
  std::string line_end = "\n";
  Settings settings;          ///< of the format's options for writing
};

/// What a writer appends to, besides text.
struct Output {
  std::string text;
  std::string tail;                     ///< to be written once, after the last record of all parts: given to Writer::end
  std::vector<Diagnostic> remarks;      ///< of Writer::end: what is to be said of the output as a whole
  std::vector<std::size_t> open_keys;   ///< offsets in `text` where the key of a record without one belongs, in the order of the records

  /// Marks the place of the key of the record being written, which has none; the pipeline inserts it when it joins the parts.
  void leave_place_for_key() { open_keys.push_back(text.size()); }

  /// Puts `inserted` before what was appended since `text` had `size` bytes and `keys` keys were open.
  void insert_before(std::size_t size, std::size_t keys, std::string_view inserted) {
    text.insert(size, inserted);
    for (std::size_t at = keys; at < open_keys.size(); ++at) open_keys[at] += inserted.size();
  }
};

/// Does this text of a record keep its own distance from the record before it?
constexpr bool brings_its_own_distance(std::string_view text) { return !text.empty() && (text.front() == '\n' || text.front() == '\r'); }

/// Writes records of one format. Used by one thread at a time; keeps nothing from one record to the next.
class Writer {
 public:
  virtual ~Writer() = default;
  virtual void begin(Output&) {}
  virtual void write(const Record& record, Output& output, Ledger& ledger) = 0;
  /// Text between records. False: the format has no place for it, and it is lost.
  virtual bool between(const Extra&, Output&) { return false; }
  /// What stands between two records. It is left out before a record whose text begins with a line end: that one brings its own distance.
  virtual std::string_view separator() const { return {}; }
  /// `tail` is the concatenation of all parts' tails; `records` how many were written.
  virtual void end(Output&, std::string_view /*tail*/, std::uint64_t /*records*/) {}
};

// -------------------------------------------------------------------------------------------------------------- layout

/// A text with other white space, and what else a layout may touch, and the same records.
struct LaidOut {
  std::string text;
  std::vector<Diagnostic> left;  ///< what was not understood well enough, and stands as it stood
};

// ---------------------------------------------------------------------------------------------------------- descriptor

struct Format {
  std::string_view id;
  std::span<const std::string_view> aliases;
  std::span<const std::string_view> extensions;   ///< with dot, the first is the usual one
  std::span<const std::string_view> media_types;
  std::string_view title;                         ///< "PubMed's tagged text"
  std::string_view description;                   ///< a sentence or two for the documentation
  std::string_view specification;                 ///< URL
  std::string_view schema = {};                   ///< the text of the schema of what is written, where the format has one of its own
  std::string_view no_place = {};                 ///< why a field without a row has no place in it, and what keeps it: a sentence for docs/losses.md
  /// What any text may lose in it, whatever its rows say: parts as the ledger names them. Always reported.
  std::span<const std::string_view> text_loses = {};

  std::span<const Mapping> mappings;              ///< the table of fields
  std::span<const TypeMapping> types;             ///< the table of types; empty where the format has none

  std::span<const FormatOption> options = {};     ///< what only this format can be asked for
  std::span<const Profile> profiles = {};         ///< the importers that its writer can write for

  bool needs_key = false;                         ///< a record without key is given one
  bool carries_always = false;                    ///< writes everything in any case (yaml)
  bool carries_on_request = false;                ///< has a standard place for more (--carry)
  Layout default_layout = Layout::Canonical;

  /// How sure the format is that this is its text: 0 not at all, 100 beyond doubt. `head` is the decoded beginning of the input, 64 KB at most.
  int (*recognises)(std::string_view head) = nullptr;
  /// Of a format that everybody writes differently: whose way the text is written in, as people call them; empty if nothing tells. `head` as above.
  std::string_view (*producer)(std::string_view head) = nullptr;

  /// Where to cut `text`, which begins between records: the end of the last record that ends at or before `about`, provided that another record
  /// begins behind it within `text`; if none does, the end of the first such record behind `about`; 0 if there is no place to cut. What
  /// stands between two records so goes with the later one, and what follows the last record stays with it. Linear in text.size().
  std::size_t (*split)(std::string_view text, std::size_t about) = nullptr;

  std::unique_ptr<Reader> (*make_reader)(const ReadOptions& options) = nullptr;
  /// `rows` stands for `mappings`; a test may pass fewer.
  std::unique_ptr<Writer> (*make_writer)(const WriteOptions& options, std::span<const Mapping> rows) = nullptr;
  /// Null where records need nothing from elsewhere. Not called where source and target are the same format.
  std::unique_ptr<LookAhead> (*make_look_ahead)(const ReadOptions& options) = nullptr;
  /// What goes along with the reading and tells it of what stands before. Null where readers need no telling; called where the look-ahead is.
  std::unique_ptr<PartScan> (*make_follower)(const ReadOptions& options) = nullptr;

  /// Lays the text of a whole file out as the format's page says. What a record says stays as it was written, and so does the order of what stands in the file.
  /// A second time changes nothing. Lines of what it writes end with LF or as they did; null where there is no layout to speak of.
  LaidOut (*layout)(std::string_view text, const Settings& settings) = nullptr;
  std::span<const FormatOption> layout_options = {};  ///< what `layout` can be asked for
  std::string_view layout_rules = {};                 ///< what it makes of a text: a sentence or two for the documentation
};

}  // namespace bibmill

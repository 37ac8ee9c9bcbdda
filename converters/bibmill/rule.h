// Rules: what `check` looks for in records.
//
// A rule is a descriptor: a code, the words of its documentation, an input that it finds something in and one where it is silent (the tests run both), and the
// function that looks. The file rules/<name>.cpp holds a family of rules as one table, behind bibmill::rules::<name>_rules(); help, documentation, selection and the
// lists in reports follow from the rows.
//
// Rules know records and the text that they were written in, never a format: one that concerns the notation of some formats names them.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/data_model.h"
#include "bibmill/diagnostic.h"
#include "bibmill/format.h"
#include "bibmill/record.h"
#include "bibmill/retraction_list.h"
#include "bibmill/source.h"
#include "bibmill/work_marks.h"

namespace bibmill {

struct Rule;

/// A record and the text that it stands in.
class CheckedRecord {
 public:
  /// `model`: of the format, or null.
  CheckedRecord(const Record& record, const Format& format, const DataModel* model, std::string_view part, std::uint64_t offset)
      : record_(&record), format_(&format), model_(model), part_(part), offset_(offset) {}

  const Record& record() const { return *record_; }
  const Format& format() const { return *format_; }
  const DataModel* model() const { return model_; }
  /// The text as it was written there; empty for what stands elsewhere.
  std::string_view written(Span span) const {
    if (span.begin < offset_ || span.end < span.begin || span.end > offset_ + part_.size()) return {};
    return part_.substr(static_cast<std::size_t>(span.begin - offset_), static_cast<std::size_t>(span.size()));
  }
  /// The whole record as written.
  std::string_view written() const { return written(record_->span); }
  /// Where a piece of what `written` gave stands.
  Span span_of(std::string_view piece) const {
    const std::uint64_t begin = offset_ + static_cast<std::uint64_t>(piece.data() - part_.data());
    return {begin, begin + piece.size()};
  }
  /// Where the key stands, or the record's first character.
  Span place_of_key() const;

 private:
  const Record* record_;
  const Format* format_;
  const DataModel* model_;
  std::string_view part_;
  std::uint64_t offset_;
};

/// Is it one of the record's own fields, and not one that it inherited?
inline bool is_own(const Entry& entry) { return entry.key.find('>') == Str::npos; }

/// Takes what a rule finds.
class Findings {
 public:
  virtual ~Findings() = default;
  void add(Span span, std::string message) { take(span, std::move(message), {}, {}); }
  void add(Span span, std::string message, Fix fix) {
    std::vector<Fix> fixes;
    fixes.push_back(std::move(fix));
    take(span, std::move(message), {}, std::move(fixes));
  }
  /// `lasting`: Diagnostic::lasting.
  void add(Span span, std::string message, std::string lasting, std::vector<Fix> fixes) { take(span, std::move(message), std::move(lasting), std::move(fixes)); }

 private:
  virtual void take(Span span, std::string message, std::string lasting, std::vector<Fix> fixes) = 0;
};

// ---------------------------------------------------------------------------------------------------------- sets of records

/// A record's number in the order of all inputs, from 0: what rules on sets remember it by.
using RecordNumber = std::uint32_t;

/// What rules on sets may remember of a record: a few words, never the record.
struct Facts {
  RecordNumber number = 0;
  std::string key;
  std::string doi;        ///< lower case
  std::string pmid;
  std::string pmcid;
  std::string arxiv;
  std::string title;      ///< folded: lower-case letters, digits and single blanks
  std::string author;     ///< first author's family name, folded
  std::string container;  ///< journal or book, folded
  std::string container_as_written;
  std::string nlm_id;
  std::vector<std::string> issns;
  std::vector<std::string> related;  ///< keys that the record refers to
  std::bitset<kFieldCount> fields;   ///< which it has
  std::string containers;            ///< all names of the container
  WorkMarks marks;                   ///< what two works of one title differ in
  std::uint64_t abstract = 0;        ///< digest; 0: none
  std::int32_t year = 0;             ///< 0: none
  Type type{};
  bool preprint = false;
  const Format* format = nullptr;
};

/// The records that rules on sets have seen, and what they find about them.
class SetFindings {
 public:
  virtual ~SetFindings() = default;
  /// "refs.bib:12:1"; with the record's key, where it has one: "lind2019 (refs.bib:12:1)".
  virtual std::string place_of(RecordNumber record) const = 0;
  /// What a record is called wherever it stands: its key, or a number that comes of its title, author, year and DOI.
  virtual std::string lasting_name_of(RecordNumber record) const = 0;
  /// `lasting`: Diagnostic::lasting.
  virtual void add(RecordNumber about, std::string message, std::string lasting) = 0;
  void add(RecordNumber about, std::string message) { add(about, std::move(message), {}); }
  /// Names another record and its place between `before` and `after`.
  void add(RecordNumber about, std::string_view before, RecordNumber other, std::string_view after) {
    const auto around = [&](const std::string& name) { return std::string(before).append(name).append(after); };
    add(about, around(place_of(other)), around(lasting_name_of(other)));
  }
  /// About a file that is no input, such as a manuscript.
  virtual void add(std::string_view source, Position position, std::string message) = 0;
};

/// Sees the facts of all records in order.
class SetRule {
 public:
  virtual ~SetRule() = default;
  virtual void record(const Facts& facts, SetFindings& findings) = 0;
  virtual void finish(SetFindings&) {}
};

/// What rules are told besides the records.
struct RuleSettings {
  RetractionList retracted;
  /// A key that a manuscript cites, or a work, and where.
  struct Citation {
    std::string key;                    ///< of a work: what it is called in messages
    std::string source;
    Position position;                  ///< line 0: the manuscript has no lines
    std::vector<std::string> names;     ///< of a work: keys and identifiers ("doi:10.1000/x") that it has
    std::shared_ptr<const Facts> work;  ///< what the manuscript says of it; null for a key
  };
  static constexpr std::string_view kAll = "*";  ///< the key of a citation of everything
  std::vector<Citation> citations;
  bool has_manuscripts = false;  ///< though they may cite nothing
};

// ---------------------------------------------------------------------------------------------------------------- descriptor

enum class Scope : std::uint8_t {
  AsWritten,   ///< a record's text
  OneEntry,
  OneRecord,
  AllRecords,
};
std::string_view name_of(Scope scope);

/// What a text must hold for a rule to look at it: most have none of it.
enum class Trait : std::uint8_t {
  None,
  NonAscii,
  Ampersand,
  Angle,  ///< '<'
  Latex,  ///< one of \ $ % # _ ^
};
inline constexpr std::size_t kTraitCount = static_cast<std::size_t>(Trait::Latex) + 1;

struct RuleExample {
  std::string_view format;  ///< id
  std::string_view text;
};

struct Rule {
  std::string_view code;     ///< "group/name"; the name reads behind "allow"
  std::string_view summary;  ///< what is found: one sentence
  std::string_view why;      ///< why it matters, and what to do
  Severity severity = Severity::Warning;
  bool by_default = true;
  std::string_view formats = {};  ///< ids divided by blanks; empty: all
  std::string_view fix = {};      ///< "safe", "suggested" or nothing
  std::string_view option = {};   ///< the rule looks only with this option of `check`
  RuleExample bad = {};
  RuleExample good = {};

  bool by_reader = false;  ///< it is the format's reader that looks, when it is asked to hold records against the schema (ReadOptions::check_schema)
  // Or one of these.
  Trait trait = Trait::None;
  void (*text)(const CheckedRecord& record, std::string_view written, Findings& findings) = nullptr;
  bool (*wants)(Field field) = nullptr;
  void (*value)(const CheckedRecord& record, const Entry& entry, Findings& findings) = nullptr;
  void (*record)(const CheckedRecord& record, Findings& findings) = nullptr;
  void (*told)(const CheckedRecord& record, const RuleSettings& settings, Findings& findings) = nullptr;  ///< a rule on records that has an option
  std::unique_ptr<SetRule> (*set)(const RuleSettings& settings) = nullptr;

  Scope scope() const { return text != nullptr ? Scope::AsWritten : value != nullptr ? Scope::OneEntry : set != nullptr ? Scope::AllRecords : Scope::OneRecord; }
  std::string_view group() const { return code.substr(0, code.find('/')); }
  bool concerns(const Format& format) const;
};

/// Generated from the files of rules/, in the order of files and rows.
std::span<const Rule* const> all_rules();

/// Null if there is none.
const Rule* rule_named(std::string_view code);

/// A code that readers and the pipeline give to what they meet, as docs/codes.md has it.
struct ReaderCode {
  std::string_view code;
  std::string_view severity;
  std::string_view meaning;
};
std::span<const ReaderCode> reader_codes();

// ----------------------------------------------------------------------------------------------------------------- selection

/// Which codes are looked for and told. A selector is a code, or a beginning of one with '*': "identifier/*", "style/*", "all".
class RuleSelection {
 public:
  /// Also what is not looked for by default. Throws UsageError for a selector that fits no code, with the nearest right one.
  void select(std::string_view selector);
  /// Only what is selected hereafter, and nothing by default.
  void only_selected() { defaults_ = false; }
  void ignore(std::string_view selector);

  bool has(std::string_view code, bool by_default) const;
  bool has(const Rule& rule) const { return has(rule.code, rule.by_default); }

 private:
  struct Choice {
    std::string selector;
    bool wanted;
  };
  void add(std::string_view selector, bool wanted);
  std::vector<Choice> choices_;
  bool defaults_ = true;
};

/// Does the code fit the selector?
bool fits_selector(std::string_view selector, std::string_view code);
/// Throws UsageError where no code fits.
void check_selector(std::string_view selector);

}  // namespace bibmill

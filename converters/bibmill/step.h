// Steps: what a pipeline does to records between reading and writing.
//
// A step is a descriptor (name, what it does, its options as data, examples) and a way to make one from options. The file steps/<name>.cpp defines it as
// bibmill::steps::<name>(); help, documentation and checking of options follow from the descriptor. Nearly every step looks at one record at a time, and so
// runs on any thread; one that must see all of them costs the memory for all of them.
//
// What a step changes it says, as a note with the code "step/<name>" (say_change below): reports count such notes or show them, as the user wants.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bibmill/diagnostic.h"
#include "bibmill/format.h"
#include "bibmill/record.h"
#include "bibmill/report.h"

namespace bibmill {

/// Codes of notes that say what a step changed begin so.
inline constexpr std::string_view kStepCode = "step/";

enum class Verdict : std::uint8_t { Keep, Drop };

class Listener;

/// What a step needs to open the bibliographies that its options name.
struct StepSetting {
  std::span<const Format* const> formats;  ///< to recognise them among
  Listener* listener = nullptr;            ///< hears what is wrong with them; null: nobody
};

/// Looks at one record at a time. Several threads use one step at once: it keeps nothing.
class Step {
 public:
  virtual ~Step() = default;
  /// Once, before the first record, on the caller's thread: opens the files that the options name. Throws InputError.
  virtual void begin(const StepSetting&) const {}
  /// May change the record; what it adds belongs to the record's arena.
  virtual Verdict record(Record& record, DiagnosticSink& diagnostics) const = 0;
};

/// A record on its way past a step that sees all of them.
struct GatheredRecord {
  Record record;
  std::vector<Extra> before;  ///< what stood between it and the record before; moves with it
  std::uint64_t number = 0;   ///< its place in the input, from 1
  std::uint32_t input = 0;    ///< which input it came from
  std::string made_key;       ///< the key it will have if the target demands one; the source gave none
  std::string source_key;     ///< the key that the source gave, where all records get new ones
  std::vector<std::string> further_names;  ///< of records that were merged into it: manuscripts may use them
  std::uint64_t place = 0;    ///< among the gathered, from 1, where records meet (WholeStep::goes_by_meeting): a step that puts one in another's place swaps these too
  bool is_named = false;      ///< the watch over keys knows it
  bool is_gone = false;       ///< only its name is still of interest

  /// What a manuscript calls it.
  std::string_view name() const {
    return !source_key.empty() ? std::string_view(source_key) : !record.key.empty() ? std::string_view(record.key) : std::string_view(made_key);
  }
};

/// Takes what a step that sees all records has to say.
class StepReport {
 public:
  virtual ~StepReport() = default;
  /// About a record: the diagnostic's span is in that record's input.
  virtual void about(const GatheredRecord& record, Diagnostic diagnostic) = 0;
  /// About a record of which a text like "refs.bib:12" is wanted.
  virtual Place place_of(const GatheredRecord& record) const = 0;
  /// Whether the record has what the records have that it refers to (crossref), because the target does not know such references.
  virtual bool has_inherited(const GatheredRecord& record) const = 0;
  /// About another file that the step looked at.
  virtual void elsewhere(const Place& place, const Diagnostic& diagnostic) = 0;
  /// Text between records behind which no record is left.
  virtual void trailing(const Extra& text) = 0;
  /// A file that the options ask for; written when the conversion is done.
  virtual void file(std::string path, std::string content) = 0;
};

/// Sees all records at once.
class WholeStep {
 public:
  virtual ~WholeStep() = default;
  /// As Step::begin.
  virtual void begin(const StepSetting&) const {}
  /// Asked of each record before it is gathered, on any thread: what is dropped here takes no memory.
  virtual Verdict admit(const Record&, DiagnosticSink&) const { return Verdict::Keep; }
  /// Whether it goes by what records are called: keys are then made for those that have none, whatever the target needs.
  virtual bool goes_by_key() const { return false; }
  /// Whether it needs to see only records that share a hash with another, and leaves the order as it is. Others then pass by, and take no memory.
  virtual bool goes_by_meeting() const { return false; }
  /// Of all that a record can meet others by. On any thread.
  virtual void add_meeting_hashes(const Record&, std::vector<std::uint64_t>&) const {}
  /// May change the records, their order, and leave some out.
  virtual void arrange(std::vector<GatheredRecord>& records, StepReport& report) const = 0;
};

/// Says what a step changed in a record: a note with the step's code, at `where` or, if that is nowhere, at the record.
void say_change(DiagnosticSink& diagnostics, const Record& record, std::string_view code, Span where, std::string message);

/// How messages about one record call another: "Ortega2019 (refs.bib:12)", "export.ris:40".
std::string described(const GatheredRecord& record, const StepReport& report);

/// Takes the records out for which `stays` is false. What stood before them goes to the next one that stays, or behind all.
void keep_only(std::vector<GatheredRecord>& records, const std::vector<bool>& stays, StepReport& report);

using AnyStep = std::variant<std::unique_ptr<const Step>, std::unique_ptr<const WholeStep>>;

struct StepOption {
  std::string_view name;      ///< "drop"
  std::string_view argument;  ///< "FIELD,…"
  std::string_view help;
  bool takes_rest = false;  ///< its value is all that follows, with commas and "=" of its own
};

struct StepExample {
  std::string_view spec;  ///< what stands behind --step
  std::string_view effect;
};

/// What was given for one option: its words, divided by commas.
struct StepArgument {
  std::string_view option;
  std::vector<std::string> values;
};

struct StepDescriptor {
  std::string_view name;
  std::string_view summary;      ///< one line
  std::string_view description;  ///< a few sentences
  std::span<const StepOption> options;
  std::span<const StepExample> examples;
  /// Options are known and none repeats; throws UsageError for what else is wrong with them.
  AnyStep (*make)(std::span<const StepArgument> arguments) = nullptr;
  std::string_view main_option = {};  ///< the one that first words without "OPTION=" belong to: cited:paper.tex
};

/// Generated from the files of steps/, in the order of their names.
std::span<const StepDescriptor* const> all_steps();

/// Null if there is none.
const StepDescriptor* step_named(std::string_view name);

/// Throws UsageError, with the nearest right one.
const StepDescriptor& descriptor_named(std::string_view name);
/// The same of a step's option.
const StepOption& option_named(const StepDescriptor& step, std::string_view name);

/// Makes a step from what stands behind --step: `name`, or `name:option=value,value,option=value`. A comma or backslash in a value is written with a backslash
/// before it. An option that takes the rest (StepOption) is the last, and its value stands as it is. Throws UsageError.
AnyStep make_step(std::string_view spec);

/// A field by its name in the record schema. Throws UsageError, with the nearest right one.
Field field_for_step(std::string_view name);
/// The same of a type.
Type type_for_step(std::string_view name);

}  // namespace bibmill

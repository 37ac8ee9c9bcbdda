// Steps: what a pipeline does to records between reading and writing.
//
// A step is a descriptor (name, what it does, its options as data, examples) and a way to make one from options. The file steps/<name>.cpp defines it as
// bibmill::steps::<name>(); help, documentation and checking of options follow from the descriptor. Nearly every step looks at one record at a time, and so
// runs on any thread; one that must see all of them costs the memory for all of them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bibmill/diagnostic.h"
#include "bibmill/record.h"

namespace bibmill {

enum class Verdict : std::uint8_t { Keep, Drop };

/// Looks at one record at a time. Several threads use one step at once: it keeps nothing.
class Step {
 public:
  virtual ~Step() = default;
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
};

/// Sees all records at once.
class WholeStep {
 public:
  virtual ~WholeStep() = default;
  /// May change their order and leave some out.
  virtual void arrange(std::vector<GatheredRecord>& records) const = 0;
};

using AnyStep = std::variant<std::unique_ptr<const Step>, std::unique_ptr<const WholeStep>>;

struct StepOption {
  std::string_view name;      ///< "drop"
  std::string_view argument;  ///< "FIELD,…"
  std::string_view help;
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
};

/// Generated from the files of steps/, in the order of their names.
std::span<const StepDescriptor* const> all_steps();

/// Null if there is none.
const StepDescriptor* step_named(std::string_view name);

/// Makes a step from what stands behind --step: `name`, or `name:option=value,value,option=value`. A comma or backslash in a value is written with a backslash
/// before it. Throws UsageError.
AnyStep make_step(std::string_view spec);

/// A field by its name in the record schema. Throws UsageError, with the nearest right one.
Field field_for_step(std::string_view name);

}  // namespace bibmill

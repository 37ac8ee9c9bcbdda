// The pipeline: inputs -> parts -> records -> steps -> ledgered writer -> one output, on one thread or on many with the same bytes.
//
// Every thread cuts, works and joins in turn (parallel.h): whoever has work parses, changes and renders parts; one at a time joins them in order: it fills in keys, puts
// separators, turns offsets into lines and columns, adds up what was lost, and lets go of the part. Memory is that of the parts in flight, unless a step must see all records.
//
// What the writer's separator divides: it stands before whatever follows a record, be it a record or text between records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/chunker.h"
#include "bibmill/format.h"
#include "bibmill/input.h"
#include "bibmill/keys.h"
#include "bibmill/report.h"
#include "bibmill/step.h"

namespace bibmill {

struct ConvertOptions {
  std::vector<std::string> inputs;  ///< paths; "-" is the standard input
  InputOptions input;
  std::span<const Format* const> formats;  ///< to recognise inputs among
  const Format* from = nullptr;            ///< of all inputs; null: each is recognised
  std::vector<const Format*> input_formats = {};  ///< of single inputs, where not empty; null: as `from` says
  const Format* to = nullptr;              ///< null only where nothing is written (library.h)
  WriteOptions write;
  Settings reading;  ///< options of the inputs' formats; a format looks at its own
  std::vector<AnyStep> steps;  ///< in order
  bool replace_keys = false;   ///< give every record a new key
  KeyPattern keys;             ///< of the keys that are made
  std::size_t threads = 1;
  std::uint64_t max_record = std::uint64_t{64} << 20;
  bool tell_each_loss = false;  ///< to the listener; otherwise they are only counted
  std::size_t part_size = Chunker::kPartSize;
};

/// Takes the output, in pieces.
class TextSink {
 public:
  virtual ~TextSink() = default;
  /// Throws OutputError.
  virtual void write(std::string_view text) = 0;
};

/// Hears what happens, in the order of the records: on any thread, one at a time.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void diagnostic(const Place& place, const Diagnostic& diagnostic) = 0;
  virtual void loss(const Place&, const LossNote&) {}
  virtual void supply(const Place&, const SupplyNote&) {}
  /// After each part.
  virtual void progress(const Totals&) {}
};

/// Converts. Throws InputError, OutputError, and whatever the sinks throw; what was written so far is then not to be used.
Totals convert(const ConvertOptions& options, TextSink& output, Listener& listener);

/// One of several conversions of the same inputs.
struct Conversion {
  const ConvertOptions* options;
  TextSink* output;
  Listener* listener;
};

/// Does all of them; `shared` steps are the same at the beginning of each. Inputs are read once, and what is said until the last of these steps that sees all records is said once, to the first listener, but for two
/// reasons to read them again: a target in the inputs' own format keeps the references between records (crossref) that all others resolve while reading, so that steps meet other records; and without a
/// shared step that sees all records none is kept in memory, as in a conversion of its own.
std::vector<Totals> convert_all(std::span<const Conversion> conversions, std::size_t shared);

}  // namespace bibmill

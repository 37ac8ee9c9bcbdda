// What all threads of one conversion know and none changes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "bibmill/chunker.h"
#include "bibmill/pipeline.h"

namespace bibmill {

/// An input whose format is known.
struct PreparedInput {
  Input input;
  std::uint32_t number = 0;        ///< from 0
  const Format* format = nullptr;  ///< null: there is nothing in it to tell it by, and nothing to read
  Source source;
  std::string_view looks_like;  ///< what it may be if no record comes out of it
  const Format* rather = nullptr;  ///< what it seems to be, where --from says something else
  std::string_view producer;       ///< whose dialect it is
  bool blank = false;
  std::string declared_encoding;  ///< by an XML declaration
  ReadOptions reading;
  Cuts cuts = {};
};

class Meetings;
class Reunions;

/// What a stage reads for: hashes, the records that meet, or all of them.
enum class Looking : std::uint8_t { ForHashes, ForMeetings, ForAll };

/// The steps between two that must see all records. The first stage reads; the last one writes.
struct Stage {
  const WholeStep* arranged_by = nullptr;  ///< what comes before it; null for the first
  const WholeStep* gathered_for = nullptr;  ///< what comes behind it; null for the last
  std::vector<const Step*> steps;

  // Of a step that records that meet are gathered for (meetings.h).
  Looking looking = Looking::ForAll;
  Meetings* meetings = nullptr;        ///< of a reading before the last
  const Reunions* reunions = nullptr;  ///< behind `steps`, in the last
  std::vector<const Step*> later_steps;
};

struct Plan {
  explicit Plan(const ConvertOptions& asked);

  const ConvertOptions* options;
  const Format* to;
  bool carries;  ///< what has no place of its own travels along, text between records too
  bool needs_key;  ///< records without a key are given one
  std::vector<Stage> stages;

  bool is_last(std::size_t stage) const { return stage + 1 == stages.size(); }

  /// The step that records that meet are gathered for, if it is the first of those that see many. (Where text between records is carried by the next record, all are gathered:
  /// a part may have none left.)
  const WholeStep* meeting_step() const;
  /// A reading before the last.
  Plan looking(Looking what, Meetings& meetings) const;
  /// The last: what became of the records that met is known.
  void reunite(const Reunions& reunions);
};

/// Opens every input so far that its format is known. Throws InputError.
std::vector<PreparedInput> prepare_inputs(const ConvertOptions& options);

/// Lets the readers of inputs that were prepared for another target keep what this one may use, too.
void keep_also_for(const ConvertOptions& options, std::vector<PreparedInput>& inputs);

/// Lets the readers leave values undecoded in a conversion that neither looks at records nor tells the writer anything.
void let_pass_as_written(const ConvertOptions& options, std::vector<PreparedInput>& inputs);

/// Whether readers resolve references between records alike for both targets.
bool resolve_alike(const ConvertOptions& a, const ConvertOptions& b, const std::vector<PreparedInput>& inputs);

/// Gives the readers of those inputs the preludes that they may need. Each is made by reading the inputs through once more, if a reader asks for it; of inputs that cannot be opened
/// again, at once. `inputs` are not read before.
void look_ahead(const ConvertOptions& options, std::vector<PreparedInput>& inputs);

/// What goes along with one reading of the inputs: inputs whose records may refer to each other share one.
class Followers {
 public:
  /// Null: nobody follows.
  PartScan* of(const PreparedInput& input);

 private:
  std::vector<std::pair<const Format*, std::unique_ptr<PartScan>>> all_;
};

}  // namespace bibmill

// Checking: inputs -> parts -> records -> rules -> findings in the order of the text, on one thread or on many with the same result.
//
// The way is that of the pipeline without a writer. Readers' own diagnostics are findings like those of rules. Memory is that of the parts in flight, and of the
// facts that rules on sets remember.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/chunker.h"
#include "bibmill/completeness.h"
#include "bibmill/diagnostic.h"
#include "bibmill/format.h"
#include "bibmill/input.h"
#include "bibmill/rule.h"

namespace bibmill {

struct CheckOptions {
  std::vector<std::string> inputs;  ///< paths; "-" is the standard input
  InputOptions input;
  std::span<const Format* const> formats;  ///< to recognise inputs among
  const Format* from = nullptr;            ///< of all inputs; null: each is recognised
  Settings reading;
  RuleSelection rules;
  std::vector<RuleSelection> rules_of_input;  ///< one for each, where they do not all have the same
  RuleSettings settings;
  bool completeness = false;  ///< count which records have which fields
  std::size_t threads = 1;
  std::uint64_t max_record = std::uint64_t{64} << 20;
  std::size_t part_size = Chunker::kPartSize;

  const RuleSelection& rules_of(std::uint32_t input) const { return rules_of_input.empty() ? rules : rules_of_input[input]; }
};

/// One thing found, ready to be shown.
struct Finding {
  Diagnostic diagnostic;
  std::string_view source;  ///< the input's name
  std::uint32_t input = 0;  ///< its number; kNoInput for a file that is no input
  Position position;        ///< line 0: the file as a whole
  Position end;
  std::string_view line;    ///< the source line, or a piece of it, as long as the finding is told; empty where it is not at hand
  std::size_t mark = 0;     ///< in `line`, the byte where the finding begins
  std::size_t mark_size = 0;

  static constexpr std::uint32_t kNoInput = UINT32_MAX;
};

/// Takes findings, in order.
class FindingSink {
 public:
  virtual ~FindingSink() = default;
  virtual void finding(const Finding& finding) = 0;
};

struct CheckedInput {
  std::string name;
  const Format* format = nullptr;
  Source source;
  std::uint64_t records = 0;
};

struct CheckTotals {
  std::vector<CheckedInput> inputs;
  std::uint64_t records = 0;
  std::uint64_t errors = 0;
  std::uint64_t warnings = 0;
  std::uint64_t notes = 0;
  std::uint64_t fixable = 0;  ///< findings with a fix
  Completeness completeness;  ///< where that was asked for
};

/// Throws InputError, and what the sink throws.
CheckTotals check(const CheckOptions& options, FindingSink& sink);

}  // namespace bibmill

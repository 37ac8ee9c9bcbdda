// Preflight: what a journal would send a submission back for, before it does; of the first output of a pipeline, which is not written.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/pipeline.h"
#include "bibmill/pipeline_file.h"
#include "bibmill/target.h"
#include "pipeline_outputs.h"

namespace bibmill::cli {

enum class PreflightPart : std::uint8_t { Cited, Missing, Uncited, Duplicates, Retracted, Incomplete, NonConforming };
inline constexpr std::size_t kPreflightParts = 7;

struct PreflightPartInfo {
  std::string_view name;   ///< in JSON: "non-conforming"
  std::string_view title;  ///< "not as the target wants it"
};
const PreflightPartInfo& info(PreflightPart part);

struct PreflightItem {
  Severity severity = Severity::Note;  ///< an error sends the submission back
  std::string key;                     ///< of the record, or that the manuscript cites
  std::string place;                   ///< "methods.tex:4:43"
  std::string message;
};

struct Preflight {
  std::string output;
  std::string target;  ///< its title; empty: none
  std::vector<std::string> manuscripts;  ///< none: what is cited is not known
  std::uint64_t records_read = 0;
  std::uint64_t records = 0;
  std::array<std::vector<PreflightItem>, kPreflightParts> parts;

  const std::vector<PreflightItem>& operator[](PreflightPart part) const { return parts[static_cast<std::size_t>(part)]; }
  std::vector<PreflightItem>& operator[](PreflightPart part) { return parts[static_cast<std::size_t>(part)]; }
  std::size_t faults() const;
};

/// Hears what steps and readers say of the conversion, and gathers what belongs into a preflight.
class PreflightListener final : public Listener {
 public:
  explicit PreflightListener(Preflight& preflight) : preflight_(&preflight) {}
  void diagnostic(const Place& place, const Diagnostic& diagnostic) override;

 private:
  Preflight* preflight_;
};

/// Completes a preflight from what was written to `draft`. Throws InputError.
void look_at_output(const Pipeline& pipeline, const OutputTask& task, const std::string& draft, const std::optional<Target>& target, std::size_t threads, Preflight& preflight);

}  // namespace bibmill::cli

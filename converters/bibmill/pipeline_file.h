// A pipeline file: inputs, steps and outputs of a whole submission, as `bibmill run` reads it.
//
//   variables:            # ${paper} below; --set paper=other.tex overrides it
//     paper: paper.tex
//   inputs:               # patterns, or maps with a format
//     - exports/*.ris
//     - {path: old.txt, format: medline}
//   steps:                # in order; an option's values are a word or a list
//     - identifiers
//     - dedupe: {prefer: [medline, pubmed]}
//     - cited: ${paper}
//     - target              # what steps can do for the target below (steps_for)
//   outputs:              # each may have steps of its own
//     - refs.bib
//     - {path: refs.ris, for: endnote, steps: [{strip: abstract}]}
//   checks:               # of each output, as `bibmill check` looks
//     ignore: title/*
//     severities: {integrity/retracted: error}
//   target: vancouver     # what --preflight measures by
//   fail-on: warning
//
// `extends: base.yaml` takes from there what the file itself has not: a key as a whole, variables and checks one by one. Paths are relative to the file that they stand in; one that begins
// with a variable, to the file that gives the variable its text (--set: to the first). The tables of keys in pipeline_file.cpp serve reading, the schema and the messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bibmill/diagnostic.h"
#include "bibmill/rule.h"
#include "bibmill/step.h"
#include "bibmill/text/tree.h"

namespace bibmill {

struct PipelineInput {
  std::string path;    ///< one file
  std::string format;  ///< empty: it is recognised
};

/// A step and the words of its options; made anew for each output.
struct PipelineStep {
  const StepDescriptor* step = nullptr;
  std::vector<StepArgument> arguments;
  bool is_of_target = false;  ///< stands for the step target

  AnyStep make() const { return step->make(arguments); }
};

struct PipelineOutput {
  std::string path;
  std::string format;  ///< empty: the name tells it
  std::string profile;
  std::string layout;  ///< source or canonical; empty: the format's own
  bool carry = false;
  std::vector<PipelineStep> steps;  ///< all, those of the output last
};

/// What is looked for in outputs.
struct PipelineChecks {
  RuleSelection rules;
  std::vector<std::pair<std::string, Severity>> severities;  ///< other ones than the rules have, by selectors; the longest that fits decides
  Severity least = Severity::Note;        ///< what is shown
  std::uint64_t max_warnings = 0;         ///< what is put up with
  std::vector<std::string> retractions;   ///< lists
};

struct Pipeline {
  std::vector<std::string> files;  ///< the file and those that it extends, the nearest first
  std::vector<PipelineInput> inputs;
  std::vector<PipelineOutput> outputs;
  std::size_t shared_steps = 0;  ///< how many of the first steps of each output are for all
  std::optional<PipelineChecks> checks;
  std::string target;  ///< the name of one that comes with bibmill, or the path of another; empty: none
  std::string fail_on = "error";
};

struct Target;

/// What steps can do for records to be as the target wants them: identifiers in their bare form and refused ones dropped, journals in its form (by these lists, and word by word), pages, and no
/// more authors than it prints. A person could have written them; what only a person knows is left to preflight.
std::vector<PipelineStep> steps_for(const Target& target, const std::vector<std::string>& lists);

/// "names:limit=6,keep=6", as --step takes it.
std::string spec_of(const PipelineStep& step);

using Variables = std::map<std::string, std::string, std::less<>>;

/// Reads the file and finds its inputs. `set` overrides its variables. Throws UsageError with line and column for what is wrong in it, InputError where it
/// cannot be read or a pattern fits no file. `target` is measured by instead of the one that the file names, if there is one.
Pipeline read_pipeline(const std::string& path, const Variables& set, const std::string& target = {});

/// The schema of pipeline files (schemas/pipeline.schema.json).
void emit_pipeline_schema(text::Emitter& emitter);

/// The names that fit a pattern whose last part may hold stars and question marks, in order; a path without any is itself.
std::vector<std::string> files_for(const std::string& pattern);

}  // namespace bibmill

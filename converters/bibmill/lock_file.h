// Lock files: what a pipeline was run with, so that another run can be held to it.
//
//   {
//     "program": "bibmill 1.0.0",
//     "files": {
//       "exports/pubmed.nbib": "sha256:9f86d0…",
//       "submission.yaml": "sha256:60303a…"
//     }
//   }
//
// Paths are relative to the lock file, which stands beside the pipeline file.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bibmill/pipeline_file.h"
#include "bibmill/report.h"
#include "bibmill/text/tree.h"

namespace bibmill {

struct LockFile {
  std::string program;
  std::map<std::string, std::string> files;  ///< digests by path
};

/// "paper/submission.lock" of "paper/submission.yaml".
std::string lock_path(const std::string& pipeline);

/// Every file that a run reads before its steps do: the pipeline files, inputs, lists for checks.
std::vector<std::string> files_read_first(const Pipeline& pipeline);
/// The same and what steps read, with what manuscripts include; `written` are files that steps write. Throws InputError for a manuscript that cannot be read.
std::vector<std::string> files_read(const Pipeline& pipeline, const std::vector<StepFile>& written);

/// Takes the digests of files as they are now. Throws InputError.
LockFile make_lock(const std::string& lock, const std::vector<std::string>& files, std::string program);
std::string lock_as_json(const LockFile& lock);
/// Throws InputError where it cannot be read, UsageError where it is no lock file.
LockFile read_lock(const std::string& path);

/// What differs from the lock among files that are known, a sentence each. Throws nothing for files that are gone.
std::vector<std::string> differences(const LockFile& locked, const std::string& lock, const std::string& program, const std::vector<std::string>& read_first);
/// Files that are read and not locked, or locked and not read.
std::vector<std::string> strangers(const LockFile& locked, const std::string& lock, const std::vector<std::string>& read);

/// schemas/lock.schema.json
void emit_lock_schema(text::Emitter& emitter);

}  // namespace bibmill

// Taking, writing, reading and comparing digests.
#include "bibmill/lock_file.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "bibmill/digest.h"
#include "bibmill/document.h"
#include "bibmill/errors.h"
#include "bibmill/text/json.h"
#include "document_keys.h"
#include "manuscript/manuscript.h"
#include "schema_frames.h"
#include "whole_file.h"

namespace bibmill {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestLock = std::size_t{4} << 20;
constexpr std::string_view kMethod = "sha256:";

/// As the lock file names it.
std::string name_in(const std::string& lock, const std::string& path) {
  const fs::path folder = fs::path(lock).parent_path();
  const fs::path normal = fs::path(path).lexically_normal();
  return folder.empty() ? normal.generic_string() : normal.lexically_proximate(folder.lexically_normal()).generic_string();
}

std::string path_from(const std::string& lock, const std::string& name) { return (fs::path(lock).parent_path() / name).string(); }

void add(std::vector<std::string>& files, const std::string& path) {
  if (std::find(files.begin(), files.end(), path) == files.end()) files.push_back(path);
}

/// A text that stands in the lock file as a member of a map.
std::string member_text(const Document& document, const text::Node& map, std::string_view key) {
  const text::Node* const node = map.find(key);
  if (node == nullptr || !node->is_scalar()) document.fail(map.span, fmt::format("a lock file needs {}", key));
  return std::string(node->text);
}

}  // namespace

std::string lock_path(const std::string& pipeline) { return fs::path(pipeline).replace_extension(".lock").string(); }

std::vector<std::string> files_read_first(const Pipeline& pipeline) {
  std::vector<std::string> files;
  for (const std::string& path : pipeline.files) add(files, path);
  for (const PipelineInput& input : pipeline.inputs) add(files, input.path);
  if (pipeline.checks)
    for (const std::string& path : pipeline.checks->retractions) add(files, path);
  if (pipeline.target.find_first_of("./") != std::string::npos) add(files, pipeline.target);
  return files;
}

std::vector<std::string> files_read(const Pipeline& pipeline, const std::vector<StepFile>& written) {
  std::vector<std::string> files = files_read_first(pipeline);
  std::vector<std::string> manuscripts;
  const auto is_written = [&](const std::string& path) { return std::any_of(written.begin(), written.end(), [&](const StepFile& file) { return file.path == path; }); };
  const auto add_words = [&](const StepArgument& argument) {
    for (const std::string& path : argument.values) {
      // A manuscript in which keys were changed is read all the same, and is what it is now.
      if (is_manuscript(path)) {
        add(manuscripts, path);
      } else if (is_written(path)) {
        continue;
      }
      add(files, path);
    }
  };
  for (const PipelineOutput& output : pipeline.outputs)
    for (const PipelineStep& step : output.steps)
      for (const StepArgument& argument : step.arguments)
        if (option_named(*step.step, argument.option).argument.starts_with("FILE")) add_words(argument);
  for (const ManuscriptFile& file : read_manuscripts(manuscripts, {}).files) add(files, file.path);
  return files;
}

LockFile make_lock(const std::string& lock, const std::vector<std::string>& files, std::string program) {
  LockFile made{std::move(program), {}};
  for (const std::string& path : files) {
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) throw InputError(fmt::format("cannot lock {}, which is no file that can be read again", path));
    made.files.emplace(name_in(lock, path), std::string(kMethod) + sha256_of_file(path));
  }
  return made;
}

std::string lock_as_json(const LockFile& lock) {
  TextBuffer text;
  text::JsonEmitter json(text, 2);
  json.begin_map();
  json.member("program", lock.program);
  json.key("files");
  json.begin_map();
  for (const auto& [name, digest] : lock.files) json.member(name, digest);
  json.end_map();
  json.end_map();
  text += '\n';
  return std::string(text.view());
}

LockFile read_lock(const std::string& path) {
  const Document document(path, whole_file(path, kLongestLock));
  const text::Node& root = document.root();
  if (!root.is_map()) document.fail(root.span, fmt::format("a lock file is a map, and this is {}", kind_of(root)));
  LockFile lock{member_text(document, root, "program"), {}};
  const text::Node* const files = root.find("files");
  if (files == nullptr || !files->is_map()) document.fail(root.span, "a lock file needs files");
  for (const text::Member& member : files->members) {
    if (!member.value.is_scalar() || !member.value.text.starts_with(kMethod)) document.fail(member.value.span, "a digest begins with sha256:");
    lock.files.emplace(member.key, member.value.text);
  }
  return lock;
}

std::vector<std::string> differences(const LockFile& locked, const std::string& lock, const std::string& program, const std::vector<std::string>& read_first) {
  std::vector<std::string> found;
  if (locked.program != program) found.push_back(fmt::format("it was written by {}, and this is {}", locked.program, program));
  for (const auto& [name, digest] : locked.files) {
    const std::string path = path_from(lock, name);
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) {
      found.push_back(fmt::format("{} is gone", name));
    } else if (std::string(kMethod) + sha256_of_file(path) != digest) {
      found.push_back(fmt::format("{} is not what it was", name));
    }
  }
  for (const std::string& path : read_first)
    if (!locked.files.contains(name_in(lock, path))) found.push_back(fmt::format("{} is read, and was not", name_in(lock, path)));
  return found;
}

std::vector<std::string> strangers(const LockFile& locked, const std::string& lock, const std::vector<std::string>& read) {
  std::vector<std::string> found;
  std::vector<std::string> names;
  for (const std::string& path : read) names.push_back(name_in(lock, path));
  for (const std::string& name : names)
    if (!locked.files.contains(name)) found.push_back(fmt::format("{} is read, and was not", name));
  for (const auto& [name, digest] : locked.files)
    if (std::find(names.begin(), names.end(), name) == names.end()) found.push_back(fmt::format("{} is not read any more", name));
  return found;
}

void emit_lock_schema(text::Emitter& emitter) {
  emit_schema(emitter, "Lock file of bibmill run", [&] {
    emitter.member("type", "object");
    emit_properties(emitter, [&] {
      emitter.key("program");
      emit_typed(emitter, "string", "What wrote it: bibmill and its version");
      emitter.key("files");
      emit_typed(emitter, "object", "Digests of all files that the run read, by their paths relative to the lock file", [&] {
        emitter.key("additionalProperties");
        emit_typed(emitter, "string", {}, [&] { emitter.member("pattern", "^sha256:[0-9a-f]{64}$"); });
      });
    });
    emit_required(emitter, {"program", "files"});
    emit_no_others(emitter);
  });
}

}  // namespace bibmill

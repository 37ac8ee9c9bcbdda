// Outputs of a pipeline: their formats, and where they stand before they are complete.
#include "pipeline_outputs.h"

#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>
#include <system_error>

#include <fmt/format.h>

#include "bibmill/catalogue.h"
#include "bibmill/errors.h"
#include "format_list.h"

namespace bibmill::cli {

namespace {

OutputTask task_for(const PipelineOutput& output) {
  const Format* const to = output.format.empty() ? format_for_file(all_formats(), output.path) : &format_from(output.format);
  if (to == nullptr) throw UsageError(fmt::format("{} does not tell which format to write; format: names it", output.path));
  if (output.carry && !to->carries_always && !to->carries_on_request) throw UsageError(fmt::format("{}: {} has no place to carry more in", output.path, to->id));
  const auto is_profile = [&](const Profile& profile) { return profile.name == output.profile; };
  if (!output.profile.empty() && std::none_of(to->profiles.begin(), to->profiles.end(), is_profile)) throw UsageError(fmt::format("{}: {} has no profile {}", output.path, to->id, output.profile));
  return {&output, to};
}

}  // namespace

std::vector<OutputTask> output_tasks(const Pipeline& pipeline) {
  std::vector<OutputTask> tasks;
  std::set<std::string> paths;
  for (const PipelineOutput& output : pipeline.outputs) {
    tasks.push_back(task_for(output));
    if (!paths.insert(std::filesystem::path(output.path).lexically_normal().string()).second) throw UsageError(fmt::format("two outputs are written to {}", output.path));
  }
  return tasks;
}

ScratchFile::ScratchFile() : path_((std::filesystem::temp_directory_path() / "bibmill-XXXXXX").string()) {
  descriptor_ = ::mkstemp(path_.data());
  if (descriptor_ < 0) throw OutputError(fmt::format("cannot make a temporary file in {}: {}", std::filesystem::temp_directory_path().string(), std::strerror(errno)));
  sink_ = std::make_unique<DescriptorSink>(descriptor_, path_);
}

ScratchFile::~ScratchFile() {
  ::close(descriptor_);
  ::unlink(path_.c_str());
}

const std::string& ScratchFile::path() {
  sink_->flush();
  return path_;
}

Draft::Draft(const std::string& path, Kind kind) {
  if (kind == Kind::ToForget) return;
  if (kind == Kind::ToRead) {
    scratch_ = std::make_unique<ScratchFile>();
    sink_ = scratch_.get();
    return;
  }
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code ignored;  // the file says it
  if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
  file_ = std::make_unique<OutputFile>(path);
  sink_ = file_.get();
}

std::string Draft::readable() { return file_ != nullptr ? file_->draft() : scratch_ != nullptr ? scratch_->path() : std::string(); }

}  // namespace bibmill::cli

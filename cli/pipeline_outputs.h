// What run makes: the outputs of a pipeline, each in a draft until all are complete.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bibmill/pipeline.h"
#include "bibmill/pipeline_file.h"
#include "output_file.h"

namespace bibmill::cli {

/// An output, and the format it is written in.
struct OutputTask {
  const PipelineOutput* output;
  const Format* to;
};

/// Throws UsageError for an output that cannot be written as it is asked for.
std::vector<OutputTask> output_tasks(const Pipeline& pipeline);

/// A file of its own in the system's folder for such; gone at the end.
class ScratchFile final : public TextSink {
 public:
  ScratchFile();
  ~ScratchFile() override;
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;

  void write(std::string_view text) override { sink_->write(text); }
  /// Where what was written so far can be read.
  const std::string& path();

 private:
  std::string path_;
  int descriptor_ = -1;
  std::unique_ptr<DescriptorSink> sink_;
};

/// Where an output goes until all are complete.
class Draft final : public TextSink {
 public:
  enum class Kind { ToKeep, ToRead, ToForget };
  /// Makes the folder too, if there is none.
  Draft(const std::string& path, Kind kind);

  void write(std::string_view text) override {
    if (sink_ != nullptr) sink_->write(text);
  }
  /// Where what was written can be read; empty: nowhere.
  std::string readable();
  bool is_kept() const { return file_ != nullptr; }
  void commit() {
    if (file_ != nullptr) file_->commit();
  }

 private:
  std::unique_ptr<OutputFile> file_;
  std::unique_ptr<ScratchFile> scratch_;
  TextSink* sink_ = nullptr;
};

}  // namespace bibmill::cli

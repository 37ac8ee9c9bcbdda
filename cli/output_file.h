// OutputFile: written beside its target and renamed when complete, so that a failed run never leaves half a file.
//
// A symbolic link keeps being one: what it points to is replaced. An existing file's mode stays. A device or pipe is written directly.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "console.h"

namespace bibmill::cli {

class OutputFile final : public TextSink {
 public:
  /// Throws OutputError where it cannot be made.
  explicit OutputFile(const std::string& path);
  /// Removes what was written, unless it was committed.
  ~OutputFile() override;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view text) override { sink_->write(text); }
  /// Where what was written so far can be read; empty: nowhere, since it went to a device or a pipe. Throws OutputError.
  const std::string& draft();
  /// The file is complete. Throws OutputError.
  void commit();

 private:
  void open_directly();
  void open_beside();

  std::string path_;    // as given, for messages
  std::string target_;  // what the name stands for
  std::string beside_;  // the file being written; empty: the target itself
  int descriptor_ = -1;
  std::unique_ptr<DescriptorSink> sink_;
};

}  // namespace bibmill::cli

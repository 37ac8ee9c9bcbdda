// Temporary folders, and one way to run a pipeline.
#include "harness.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <utility>

#include "mock_format.h"

namespace bibmill::mock {

Folder::Folder() : path_((std::filesystem::temp_directory_path() / "bibmill-test-XXXXXX").string()) {
  if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary folder");
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string Folder::path(std::string_view name) const { return fmt::format("{}/{}", path_, name); }

std::string Folder::file(std::string_view name, std::string_view bytes) const {
  std::ofstream(path(name), std::ios::binary) << bytes;
  return path(name);
}

Result run(ConvertOptions options) {
  options.formats = formats();
  if (options.to == nullptr) options.to = &lines_format();
  StringSink sink;
  Memory memory;
  Totals totals = convert(options, sink, memory);
  return {std::move(sink.text), std::move(memory.lines), std::move(totals)};
}

}  // namespace bibmill::mock

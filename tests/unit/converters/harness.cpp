// One way to run a pipeline.
#include "harness.h"

#include <utility>

#include "mock_format.h"

namespace bibmill::mock {

Result run(ConvertOptions options) {
  options.formats = formats();
  if (options.to == nullptr) options.to = &lines_format();
  StringSink sink;
  Memory memory;
  Totals totals = convert(options, sink, memory);
  return {std::move(sink.text), std::move(memory.lines), std::move(totals)};
}

}  // namespace bibmill::mock

// A pipeline that writes into memory.
#include "pipeline_run.h"

#include <utility>

#include <fmt/format.h>

namespace bibmill::laws {

namespace {

class StringSink final : public TextSink {
 public:
  void write(std::string_view more) override { text += more; }
  std::string text;
};

class Transcript final : public Listener {
 public:
  void diagnostic(const Place& place, const Diagnostic& diagnostic) override { add(place, diagnostic.code, diagnostic.message); }
  void loss(const Place& place, const LossNote& loss) override { add(place, code_of(loss.kind), fmt::format("{} {} {}", loss.record_number, loss.key, loss.value)); }
  void supply(const Place& place, const SupplyNote& supply) override { add(place, supply.what, fmt::format("{} {}", supply.record_number, supply.value)); }
  std::string text;

 private:
  void add(const Place& place, std::string_view code, std::string_view what) {
    text += fmt::format("{}:{}:{} {} {}\n", place.source, place.position.line, place.position.column, code, what);
  }
};

}  // namespace

Conversion convert_files(const std::vector<std::filesystem::path>& files, const Format& from, const Format& to, std::size_t threads, std::size_t part_size,
                         std::vector<AnyStep> steps) {
  ConvertOptions options;
  for (const std::filesystem::path& file : files) options.inputs.push_back(file.string());
  options.formats = all_formats();
  options.from = &from;
  options.to = &to;
  options.threads = threads;
  options.part_size = part_size;
  options.tell_each_loss = true;
  options.steps = std::move(steps);
  StringSink sink;
  Transcript transcript;
  Totals totals = convert(options, sink, transcript);
  return {std::move(sink.text), std::move(transcript.text), std::move(totals)};
}

}  // namespace bibmill::laws

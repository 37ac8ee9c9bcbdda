// Reading an input whole.
#include "bibmill/library.h"

#include <memory>
#include <utility>

#include "bibmill/chunker.h"
#include "part.h"
#include "places.h"
#include "plan.h"

namespace bibmill {

namespace {

/// Takes what the reader of one part finds.
class Gatherer final : public RecordSink, public DiagnosticSink {
 public:
  Flow record(Record&& record) override {
    texts.emplace_back();
    records.push_back(std::move(record));
    return Flow::Continue;
  }
  Flow between(Extra&& extra) override {
    texts.back().push_back(extra);
    return Flow::Continue;
  }
  void report(Diagnostic diagnostic) override { diagnostics.push_back(std::move(diagnostic)); }

  std::vector<Record> records;
  std::vector<std::vector<Extra>> texts = std::vector<std::vector<Extra>>(1);  // before each record, and behind the last
  std::vector<Diagnostic> diagnostics;
};

class Loader {
 public:
  Loader(PreparedInput& input, std::uint64_t max_record, Library& library, Listener& listener)
      : input_(&input), max_record_(max_record), library_(&library), listener_(&listener), reader_(input.format->make_reader(input.reading)) {}

  void run() {
    input_->input.head();
    Followers followers;
    Chunker chunker(input_->input, *input_->format, max_record_, Chunker::kPartSize, nullptr, followers.of(*input_));
    Chunk chunk;
    while (chunker.next(chunk)) take(chunk);
    library_->after = std::move(waiting_);
  }

 private:
  void take(const Chunk& chunk) {
    Gatherer gatherer;
    const std::uint64_t end = chunk.offset + chunk.text.size();
    if (chunk.begins_skip) gatherer.error(kRecordTooLarge, {chunk.offset, end}, record_too_large(max_record_));
    const Part part{chunk.text, chunk.offset, std::make_shared<Arena>(), chunk.first, chunk.last, false, &chunk.foregoing};
    if (!chunk.skipped) reader_->read(input_->source, part, gatherer, gatherer);
    if (chunk.last && input_->input.damage()) {
      Diagnostic damage = *input_->input.damage();
      damage.span = {end, end};
      gatherer.report(std::move(damage));
    }
    find_places(chunk, gatherer);
    for (const Diagnostic& diagnostic : gatherer.diagnostics) tell(diagnostic);
    library_->arenas.push_back(part.arena);
    for (std::size_t at = 0; at < gatherer.records.size(); ++at) {
      Record& record = gatherer.records[at];
      const Position position = places_.at(record.span.begin);
      waiting_.insert(waiting_.end(), gatherer.texts[at].begin(), gatherer.texts[at].end());
      library_->records.push_back({std::move(record), library_->records.size() + 1, position, std::exchange(waiting_, {})});
    }
    waiting_.insert(waiting_.end(), gatherer.texts.back().begin(), gatherer.texts.back().end());
  }

  void find_places(const Chunk& chunk, const Gatherer& gatherer) {
    std::vector<std::uint64_t> wanted;
    for (const Record& record : gatherer.records) wanted.push_back(record.span.begin);
    for (const Diagnostic& diagnostic : gatherer.diagnostics) wanted.push_back(diagnostic.span.begin);
    places_.pass(chunk.text, chunk.offset, wanted, false);
  }

  void tell(const Diagnostic& diagnostic) {
    if (diagnostic.severity == Severity::Error) ++library_->errors;
    listener_->diagnostic({library_->name, places_.at(diagnostic.span.begin)}, diagnostic);
  }

  PreparedInput* input_;
  std::uint64_t max_record_;
  Library* library_;
  Listener* listener_;
  std::unique_ptr<Reader> reader_;
  Places places_;
  std::vector<Extra> waiting_;  // text for the next record
};

}  // namespace

Library load(const LoadOptions& options, Listener& listener) {
  ConvertOptions reading;
  reading.inputs = {options.path};
  reading.input = options.input;
  reading.formats = options.formats;
  reading.from = options.from;
  reading.to = options.to;
  reading.write.layout = options.to == nullptr ? Layout::Default : Layout::Source;
  reading.max_record = options.max_record;
  std::vector<PreparedInput> inputs = prepare_inputs(reading);
  look_ahead(reading, inputs);
  PreparedInput& input = inputs.front();
  Library library{.name = input.input.name(), .format = input.format, .records = {}, .after = {}, .arenas = {}, .errors = 0};
  if (input.format != nullptr) Loader(input, options.max_record, library, listener).run();
  return library;
}

}  // namespace bibmill

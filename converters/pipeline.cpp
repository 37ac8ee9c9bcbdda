// Putting the stages together.
#include "bibmill/pipeline.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "bibmill/parallel.h"
#include "bibmill/text/encoding.h"
#include "feed.h"
#include "join.h"
#include "part.h"
#include "plan.h"

namespace bibmill {

namespace {

/// How many records go through the stages behind a whole step at a time: enough to be worth a thread, the same on every machine.
constexpr std::size_t kBatch = 256;

/// Hands out records that a whole step has arranged, in batches.
class RecordFeed {
 public:
  RecordFeed(std::vector<GatheredRecord> records, std::vector<Extra> end) : records_(std::move(records)), end_(std::move(end)) {}

  bool operator()(PartJob& job) {
    if (done_) return false;
    job.input = nullptr;
    job.damage.reset();
    job.batch.clear();
    job.batch_end.clear();
    const std::size_t count = std::min(kBatch, records_.size() - at_);
    const auto from = records_.begin() + static_cast<std::ptrdiff_t>(at_);
    std::move(from, from + static_cast<std::ptrdiff_t>(count), std::back_inserter(job.batch));
    at_ += count;
    done_ = at_ == records_.size();
    if (done_) job.batch_end = std::move(end_);
    return true;
  }

 private:
  std::vector<GatheredRecord> records_;
  std::vector<Extra> end_;
  std::size_t at_ = 0;
  bool done_ = false;
};

void warn_of_unknown_encodings(std::vector<PreparedInput>& inputs, Listener& listener, Totals& totals) {
  for (const PreparedInput& input : inputs) {
    const std::string& declared = input.declared_encoding;
    if (declared.empty() || text::encoding_named(declared)) continue;
    Diagnostic diagnostic{Severity::Warning, "encoding/unknown", {}, {}, {}, {}};
    diagnostic.message =
        fmt::format("it declares the encoding {}, which is not known, and was read as UTF-8; --encoding names another", declared);
    listener.diagnostic({input.input.name(), {}}, diagnostic);
    ++totals.warnings;
  }
}

void warn_of_other_formats(std::vector<PreparedInput>& inputs, Listener& listener, Totals& totals) {
  for (const PreparedInput& input : inputs) {
    if (input.rather == nullptr) continue;
    Diagnostic diagnostic{Severity::Warning, "input/other-format", {}, {}, {}, {}};
    diagnostic.message = fmt::format("it looks like {}, and is read as {}, which --from names", display_name(*input.rather), display_name(*input.format));
    listener.diagnostic({input.input.name(), {}}, diagnostic);
    ++totals.warnings;
  }
}

template <class Feed>
void run_stage(const Plan& plan, std::size_t stage, Feed& feed, Joiner& joiner) {
  const std::size_t threads = std::max<std::size_t>(1, plan.options->threads);
  std::vector<std::unique_ptr<PartWorker>> workers;
  for (std::size_t worker = 0; worker < threads; ++worker) workers.push_back(std::make_unique<PartWorker>(plan, stage));
  OrderedWork<PartJob> work(threads);
  work.run(
      feed, [&](PartJob& job, std::size_t worker) { workers[worker]->work(job); },
      [&](PartJob& job) {
        joiner.join(job, plan.is_last(stage));
        return Flow::Continue;
      });
}

}  // namespace

Totals convert(const ConvertOptions& options, TextSink& output, Listener& listener) {
  const Plan plan(options);
  const StepSetting setting{options.formats, &listener};
  for (const AnyStep& step : options.steps) std::visit([&](const auto& any) { any->begin(setting); }, step);
  std::vector<PreparedInput> inputs = prepare_inputs(options);
  look_ahead(options, inputs);
  Joiner joiner(plan, inputs, output, listener);
  Totals before;
  warn_of_unknown_encodings(inputs, listener, before);
  warn_of_other_formats(inputs, listener, before);

  PartFeed<PartJob> text(inputs, options.max_record, options.part_size);
  run_stage(plan, 0, text, joiner);
  joiner.finish_reading();
  for (std::size_t stage = 1; stage < plan.stages.size(); ++stage) {
    joiner.arrange(*plan.stages[stage].arranged_by);
    std::vector<GatheredRecord> records = std::exchange(joiner.gathered(), {});
    RecordFeed feed(std::move(records), std::exchange(joiner.gathered_end(), {}));
    run_stage(plan, stage, feed, joiner);
  }

  Totals totals = joiner.finish();
  totals.warnings += before.warnings;
  return totals;
}

}  // namespace bibmill

// Putting the stages together.
#include "bibmill/pipeline.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <tuple>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "bibmill/parallel.h"
#include "bibmill/reflect.h"
#include "bibmill/text/encoding.h"
#include "feed.h"
#include "join.h"
#include "meetings.h"
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
    begin_batch(job);
    const std::size_t count = std::min(kBatch, records_.size() - at_);
    const auto from = records_.begin() + static_cast<std::ptrdiff_t>(at_);
    std::move(from, from + static_cast<std::ptrdiff_t>(count), std::back_inserter(job.batch));
    at_ += count;
    done_ = at_ == records_.size();
    if (done_) job.batch_end = std::move(end_);
    return true;
  }

  static void begin_batch(PartJob& job) {
    job.input = nullptr;
    job.damage.reset();
    job.batch.clear();
    job.batch_end.clear();
  }

 private:
  std::vector<GatheredRecord> records_;
  std::vector<Extra> end_;
  std::size_t at_ = 0;
  bool done_ = false;
};

/// Hands out copies of them, since another target wants them too: a batch of copies at a time is in memory, not all.
class CopyFeed {
 public:
  /// `with_keys`: what keys were made of goes along; a target that would not have asked for them has none.
  CopyFeed(const std::vector<GatheredRecord>& records, const std::vector<Extra>& end, bool with_keys) : records_(&records), end_(&end), with_keys_(with_keys) {}

  bool operator()(PartJob& job) {
    if (done_) return false;
    RecordFeed::begin_batch(job);
    const auto arena = std::make_shared<Arena>();
    const std::size_t last = std::min(at_ + kBatch, records_->size());
    for (; at_ < last; ++at_) job.batch.push_back(copy_of((*records_)[at_], arena));
    done_ = at_ == records_->size();
    if (done_)
      for (const Extra& text : *end_) job.batch_end.push_back(text);
    return true;
  }

 private:
  GatheredRecord copy_of(const GatheredRecord& gathered, const std::shared_ptr<Arena>& arena) const {
    GatheredRecord copy;
    copy.record = clone(gathered.record, arena);
    for (const Extra& text : gathered.before) copy.before.push_back(clone(text, *arena));
    copy.number = gathered.number;
    copy.input = gathered.input;
    copy.source_key = gathered.source_key;
    copy.further_names = gathered.further_names;
    if (with_keys_) {
      copy.made_key = gathered.made_key;
    } else if (!gathered.made_key.empty()) {
      copy.record.suggested_key = {};
    }
    return copy;
  }

  const std::vector<GatheredRecord>* records_;
  const std::vector<Extra>* end_;
  bool with_keys_;
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

/// Hears nothing of readings before the last, which hears it all.
class NoListener final : public Listener {
  void diagnostic(const Place&, const Diagnostic&) override {}
};

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

/// Passes on what is said, and counts it.
class CountingListener final : public Listener {
 public:
  explicit CountingListener(Listener& listener) : listener_(&listener) {}
  void diagnostic(const Place& place, const Diagnostic& diagnostic) override {
    if (diagnostic.severity == Severity::Error) ++counts.errors;
    if (diagnostic.severity == Severity::Warning) ++counts.warnings;
    listener_->diagnostic(place, diagnostic);
  }
  Totals counts;

 private:
  Listener* listener_;
};

void add_counts(Totals& totals, const Totals& more) {
  totals.errors += more.errors;
  totals.warnings += more.warnings;
}

/// Opens the files that steps from the one with that number on are told of. What is wrong with them counts as what is wrong with inputs does.
Totals begin_steps(const ConvertOptions& options, std::size_t from, Listener& listener) {
  CountingListener counting(listener);
  const StepSetting setting{options.formats, &counting};
  for (std::size_t at = from; at < options.steps.size(); ++at) std::visit([&](const auto& any) { any->begin(setting); }, options.steps[at]);
  return std::move(counting.counts);
}

Totals warn_of_inputs(std::vector<PreparedInput>& inputs, Listener& listener) {
  Totals warned;
  warn_of_unknown_encodings(inputs, listener, warned);
  warn_of_other_formats(inputs, listener, warned);
  return warned;
}

/// Reads all inputs, which is the first stage; `again`: they will be read once more.
void read_once(const Plan& plan, std::vector<PreparedInput>& inputs, bool again, Joiner& joiner) {
  PartFeed<PartJob> text(inputs, plan.options->max_record, plan.options->part_size, again);
  run_stage(plan, 0, text, joiner);
}

void run_first_stage(const Plan& plan, std::vector<PreparedInput>& inputs, Joiner& joiner) {
  read_once(plan, inputs, false, joiner);
  joiner.finish_reading();
}

/// The stages from `first` to before `last`, on what the joiner has gathered.
void run_stages(const Plan& plan, std::size_t first, std::size_t last, Joiner& joiner) {
  for (std::size_t stage = first; stage < last; ++stage) {
    joiner.arrange(*plan.stages[stage].arranged_by);
    std::vector<GatheredRecord> records = std::exchange(joiner.gathered(), {});
    RecordFeed feed(std::move(records), std::exchange(joiner.gathered_end(), {}));
    run_stage(plan, stage, feed, joiner);
  }
}

/// How many of the first steps there are up to the last that sees all records, and how many of them do.
struct SharedSteps {
  std::size_t steps = 0;
  std::size_t stages = 0;
  bool go_by_key = false;

  SharedSteps(const std::vector<AnyStep>& all, std::size_t shared) {
    for (std::size_t at = 0; at < shared; ++at) {
      const auto* const whole = std::get_if<std::unique_ptr<const WholeStep>>(&all[at]);
      if (whole == nullptr) continue;
      steps = at + 1;
      ++stages;
      go_by_key = go_by_key || (*whole)->goes_by_key();
    }
  }
};

/// Conversions that share reading and the first stages, in the order of `group`; each goes on with copies of the records.
class SharedRun {
 public:
  SharedRun(std::span<const Conversion> conversions, std::vector<std::size_t> group, const SharedSteps& shared) : conversions_(conversions), group_(std::move(group)), shared_(shared) {}

  void run(std::vector<PreparedInput>& inputs, std::vector<Totals>& totals) {
    const Conversion& first = conversions_[group_.front()];
    Plan plan(*first.options);
    std::vector<Totals> begun;
    for (const std::size_t each : group_) {
      const ConvertOptions& options = *conversions_[each].options;
      keep_also_for(options, inputs);
      plan.needs_key = plan.needs_key || options.to->needs_key;
      begun.push_back(begin_steps(options, each == group_.front() ? 0 : shared_.steps, *conversions_[each].listener));
    }
    look_ahead(*first.options, inputs);
    Joiner joiner(plan, inputs, *first.output, *first.listener);
    const Totals before = warn_of_inputs(inputs, *first.listener);
    run_first_stage(plan, inputs, joiner);
    run_stages(plan, 1, shared_.stages, joiner);
    joiner.arrange(*plan.stages[shared_.stages].arranged_by);
    for (std::size_t at = 0; at < group_.size(); ++at) {
      Totals& all = totals[group_[at]];
      all = finish(conversions_[group_[at]], joiner);
      add_counts(all, before);
      add_counts(all, begun[at]);
    }
  }

 private:
  Totals finish(const Conversion& conversion, Joiner& shared) const {
    const Plan plan(*conversion.options);
    Joiner joiner(shared, plan, *conversion.output, *conversion.listener);
    const bool with_keys = plan.needs_key || shared_.go_by_key;
    CopyFeed feed(shared.gathered(), shared.gathered_end(), with_keys);
    run_stage(plan, shared_.stages, feed, joiner);
    run_stages(plan, shared_.stages + 1, plan.stages.size(), joiner);
    return joiner.finish();
  }

  std::span<const Conversion> conversions_;
  std::vector<std::size_t> group_;
  const SharedSteps& shared_;
};

/// As long as it lives the inputs are read without what only their writer needs: what records can share does not depend on it.
class ForValuesAlone {
 public:
  explicit ForValuesAlone(std::vector<PreparedInput>& inputs) : inputs_(&inputs) {
    for (PreparedInput& input : inputs) kept_.emplace_back(std::exchange(input.reading.keep_raw, false), std::exchange(input.reading.keep_layout, false));
  }
  ForValuesAlone(const ForValuesAlone&) = delete;
  ForValuesAlone& operator=(const ForValuesAlone&) = delete;
  ~ForValuesAlone() {
    for (std::size_t at = 0; at < kept_.size(); ++at) std::tie((*inputs_)[at].reading.keep_raw, (*inputs_)[at].reading.keep_layout) = kept_[at];
  }

 private:
  std::vector<PreparedInput>* inputs_;
  std::vector<std::pair<bool, bool>> kept_;
};

/// The readings before the last: finds the records that meet, lets their step arrange them, and keeps what became of them.
Reunions reunite(const Plan& plan, std::vector<PreparedInput>& inputs, TextSink& output, Listener& listener, Joiner& joiner) {
  NoListener nobody;
  Meetings meetings;
  {
    const ForValuesAlone alone(inputs);
    const Plan looking = plan.looking(Looking::ForHashes, meetings);
    Joiner quiet(looking, inputs, output, nobody);
    read_once(looking, inputs, true, quiet);
  }
  meetings.settle();
  const Plan looking = plan.looking(Looking::ForMeetings, meetings);
  Joiner gathering(looking, inputs, output, nobody);
  if (meetings.any()) read_once(looking, inputs, true, gathering);
  std::vector<GatheredRecord>& records = gathering.gathered();
  std::vector<RecordPlace> places;
  for (GatheredRecord& record : records) {
    places.emplace_back(record);
    record.place = places.size();
  }
  gathering.begin_arranging(listener);
  gathering.arrange(*plan.meeting_step());
  joiner.take_over(gathering);
  return {places, std::move(records)};
}

Totals convert_prepared(const ConvertOptions& options, std::vector<PreparedInput>& inputs, TextSink& output, Listener& listener) {
  Plan plan(options);
  const Totals begun = begin_steps(options, 0, listener);
  let_pass_as_written(options, inputs);
  look_ahead(options, inputs);
  Joiner joiner(plan, inputs, output, listener);
  const Totals before = warn_of_inputs(inputs, listener);
  Reunions reunions;
  if (plan.meeting_step() != nullptr) {
    reunions = reunite(plan, inputs, output, listener, joiner);
    plan.reunite(reunions);
  }
  run_first_stage(plan, inputs, joiner);
  run_stages(plan, 1, plan.stages.size(), joiner);
  Totals totals = joiner.finish();
  add_counts(totals, before);
  add_counts(totals, begun);
  return totals;
}

}  // namespace

Totals convert(const ConvertOptions& options, TextSink& output, Listener& listener) {
  std::vector<PreparedInput> inputs = prepare_inputs(options);
  return convert_prepared(options, inputs, output, listener);
}

std::vector<Totals> convert_all(std::span<const Conversion> conversions, std::size_t shared) {
  std::vector<Totals> totals(conversions.size());
  std::vector<bool> done(conversions.size());
  for (std::size_t first = 0; first < conversions.size(); ++first) {
    if (done[first]) continue;
    const ConvertOptions& options = *conversions[first].options;
    const SharedSteps steps(options.steps, shared);
    std::vector<PreparedInput> inputs = prepare_inputs(options);
    std::vector<std::size_t> group;
    for (std::size_t other = first; other < conversions.size() && steps.stages > 0; ++other) {
      if (done[other] || !resolve_alike(options, *conversions[other].options, inputs)) continue;
      group.push_back(other);
      done[other] = true;
    }
    if (group.size() > 1) {
      SharedRun(conversions, std::move(group), steps).run(inputs, totals);
    } else {
      totals[first] = convert_prepared(options, inputs, *conversions[first].output, *conversions[first].listener);
    }
  }
  return totals;
}

}  // namespace bibmill

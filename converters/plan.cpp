// Which format each input has, what its reader is asked for, and which steps run where.
#include "plan.h"

#include <algorithm>
#include <mutex>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "bibmill/catalogue.h"
#include "bibmill/errors.h"

namespace bibmill {

namespace {

bool is_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0'; });
}

Layout layout_of(const Format& format, const WriteOptions& options) {
  return options.layout == Layout::Default ? format.default_layout : options.layout;
}

/// Raw text and layout cost time, and are kept only where the writer may use them.
ReadOptions reading_for(const Format& format, const ConvertOptions& options) {
  ReadOptions reading;
  reading.max_record = options.max_record;
  reading.settings = options.reading;
  if (options.to == nullptr) return reading;
  const Format& to = *options.to;
  const bool archived = to.carries_always || options.write.carry;
  const bool same_writer = format.make_writer == to.make_writer || &format == &to;
  reading.keep_raw = archived || same_writer;
  reading.gives_back = &format == &to && layout_of(to, options.write) == Layout::Source;
  reading.keep_layout = archived || reading.gives_back;
  return reading;
}

const Format* format_of(const ConvertOptions& options, const Format* from, PreparedInput& prepared, std::string_view head) {
  if (from != nullptr) return from;
  if (prepared.blank) return format_for_file(options.formats, prepared.input.name());
  const Format* const format = detect_format(options.formats, head, prepared.input.name());
  if (format != nullptr) return format;
  if (prepared.looks_like.empty())
    throw InputError(fmt::format("cannot tell the format of {}; --from names it", prepared.input.name()));
  throw InputError(fmt::format("{} looks like {}, which is none of the formats; --from names one", prepared.input.name(),
                               prepared.looks_like));
}

/// From here on a format is sure enough of a text to be believed.
constexpr int kLikely = 50;

/// What an input is, as it seems, that --from calls something else; null if it may be that.
const Format* other_format(const ConvertOptions& options, const Format* from, std::string_view head) {
  if (from == nullptr || from->recognises(head) > 0) return nullptr;
  const Format* const found = detect_format(options.formats, head, {});
  return found != nullptr && found->recognises(head) >= kLikely ? found : nullptr;
}

PreparedInput prepare(const ConvertOptions& options, std::size_t number) {
  const std::string& path = options.inputs[number];
  const Format* const named = number < options.input_formats.size() ? options.input_formats[number] : nullptr;
  const Format* const from = named != nullptr ? named : options.from;
  PreparedInput prepared{.input = Input(path, options.input), .source = {}, .looks_like = {}, .producer = {}, .declared_encoding = {}, .reading = {}};
  const std::string_view head = prepared.input.head();
  prepared.source = prepared.input.source();
  prepared.blank = prepared.input.head_is_all() && is_blank(head);
  prepared.declared_encoding = prepared.input.declared_encoding();
  prepared.looks_like = looks_like(head);
  prepared.format = format_of(options, from, prepared, head);
  if (prepared.format == nullptr) return prepared;
  prepared.reading = reading_for(*prepared.format, options);
  prepared.rather = other_format(options, from, head);
  // A set of deletions is what it says it is, though no record comes of it.
  if (prepared.format->recognises(head) >= kLikely) prepared.looks_like = {};
  if (prepared.format->producer != nullptr) prepared.producer = prepared.format->producer(head);
  return prepared;
}

/// A dialect's reader is its sister's: both look ahead in the same way, and share what they find.
bool share_look_ahead(const PreparedInput& a, const PreparedInput& b) {
  return a.format != nullptr && b.format != nullptr && a.format->make_look_ahead == b.format->make_look_ahead;
}

/// `to` null: the records are wanted as such.
bool needs_look_ahead(const PreparedInput& input, const Format* to) {
  return input.format != nullptr && input.format->make_look_ahead != nullptr && input.format != to;
}

/// How inputs are cut.
struct PartSizes {
  explicit PartSizes(const ConvertOptions& options) : max_record(options.max_record), part_size(options.part_size) {}
  std::uint64_t max_record;
  std::size_t part_size;
};

/// Reads an input through; it can be read again behind.
void scan(LookAhead& ahead, Input& input, const Format& format, const PartSizes& sizes, Cuts& cuts) {
  input.head();
  input.will_be_read_again();
  Chunker chunker(input, format, sizes.max_record, sizes.part_size, &cuts, &ahead);
  Chunk chunk;
  while (chunker.next(chunk)) continue;
  input.rewind();
  input.release();
}

/// Stands for the prelude of inputs that can be opened again, and makes it when a reader asks for it.
class LatePrelude final : public Prelude {
 public:
  LatePrelude(const ConvertOptions& options, const PreparedInput& leader) : sizes_(options), make_(leader.format->make_look_ahead), reading_(leader.reading) {}

  void add(const PreparedInput& input) { inputs_.push_back({input.input.another(), input.format}); }

  const Prelude& made() const override {
    std::call_once(asked_, [&] { made_ = make(); });
    return *made_;
  }

 private:
  struct Named {
    Input input;
    const Format* format;
  };

  std::shared_ptr<const Prelude> make() const {
    const std::unique_ptr<LookAhead> ahead = make_(reading_);
    std::vector<Cuts> cuts(inputs_.size());
    do {
      for (std::size_t at = 0; at < inputs_.size(); ++at) scan(*ahead, inputs_[at].input, *inputs_[at].format, sizes_, cuts[at]);
    } while (ahead->again());
    for (Named& one : inputs_) one.input.close();
    return ahead->finish();
  }

  PartSizes sizes_;
  decltype(Format::make_look_ahead) make_;
  ReadOptions reading_;
  mutable std::vector<Named> inputs_;
  mutable std::once_flag asked_;
  mutable std::shared_ptr<const Prelude> made_;
};

std::shared_ptr<const Prelude> prelude_at_once(const ConvertOptions& options, const PreparedInput& leader, std::vector<PreparedInput>& inputs) {
  const std::unique_ptr<LookAhead> ahead = leader.format->make_look_ahead(leader.reading);
  do {
    for (PreparedInput& input : inputs)
      if (share_look_ahead(leader, input)) scan(*ahead, input.input, *input.format, PartSizes(options), input.cuts);
  } while (ahead->again());
  return ahead->finish();
}

/// Nothing if an input cannot be opened again.
std::shared_ptr<const Prelude> late_prelude(const ConvertOptions& options, const PreparedInput& leader, const std::vector<PreparedInput>& inputs) {
  auto late = std::make_shared<LatePrelude>(options, leader);
  for (const PreparedInput& input : inputs) {
    if (!share_look_ahead(leader, input)) continue;
    if (!input.input.can_be_reopened()) return nullptr;
    late->add(input);
  }
  return late;
}

}  // namespace

Plan::Plan(const ConvertOptions& asked)
    : options(&asked),
      to(asked.to),
      carries(asked.to->carries_always || (asked.write.carry && asked.to->carries_on_request)),
      needs_key(asked.to->needs_key),
      stages(1) {
  for (const AnyStep& step : asked.steps) {
    if (const auto* const whole = std::get_if<std::unique_ptr<const WholeStep>>(&step)) {
      stages.back().gathered_for = whole->get();
      stages.emplace_back().arranged_by = whole->get();
    } else {
      stages.back().steps.push_back(std::get<std::unique_ptr<const Step>>(step).get());
    }
  }
}

const WholeStep* Plan::meeting_step() const {
  const WholeStep* const first = stages.front().gathered_for;
  return first != nullptr && first->goes_by_meeting() && !carries ? first : nullptr;
}

Plan Plan::looking(Looking what, Meetings& meetings) const {
  Plan plan = *this;
  plan.stages.resize(2);
  plan.stages.front().looking = what;
  plan.stages.front().meetings = &meetings;
  return plan;
}

void Plan::reunite(const Reunions& reunions) {
  Stage& first = stages.front();
  first.reunions = &reunions;
  first.later_steps = stages[1].steps;
  first.gathered_for = stages[1].gathered_for;
  stages.erase(stages.begin() + 1);
}

std::vector<PreparedInput> prepare_inputs(const ConvertOptions& options) {
  std::vector<PreparedInput> inputs;
  for (std::size_t number = 0; number < options.inputs.size(); ++number) {
    inputs.push_back(prepare(options, number));
    inputs.back().number = static_cast<std::uint32_t>(number);
    // Thousands of files may be named: none stays open that can be opened again.
    inputs.back().input.release();
  }
  return inputs;
}

void keep_also_for(const ConvertOptions& options, std::vector<PreparedInput>& inputs) {
  for (PreparedInput& input : inputs) {
    if (input.format == nullptr) continue;
    const ReadOptions wanted = reading_for(*input.format, options);
    input.reading.keep_raw = input.reading.keep_raw || wanted.keep_raw;
    input.reading.keep_layout = input.reading.keep_layout || wanted.keep_layout;
    input.reading.gives_back = input.reading.gives_back || wanted.gives_back;
  }
}

void let_pass_as_written(const ConvertOptions& options, std::vector<PreparedInput>& inputs) {
  const WriteOptions& write = options.write;
  if (!options.steps.empty() || options.replace_keys || write.carry || !write.settings.empty() || !write.profile.empty()) return;
  for (PreparedInput& input : inputs) input.reading.as_written = input.format == options.to && !options.to->carries_always;
}

bool resolve_alike(const ConvertOptions& a, const ConvertOptions& b, const std::vector<PreparedInput>& inputs) {
  const auto gives_back = [](const PreparedInput& input, const ConvertOptions& options) { return input.format != nullptr && reading_for(*input.format, options).gives_back; };
  return std::all_of(inputs.begin(), inputs.end(), [&](const PreparedInput& input) {
    return needs_look_ahead(input, a.to) == needs_look_ahead(input, b.to) && gives_back(input, a) == gives_back(input, b);
  });
}

void look_ahead(const ConvertOptions& options, std::vector<PreparedInput>& inputs) {
  for (PreparedInput& leader : inputs) {
    if (!needs_look_ahead(leader, options.to) || leader.reading.prelude != nullptr) continue;
    std::shared_ptr<const Prelude> prelude = late_prelude(options, leader, inputs);
    if (prelude == nullptr) prelude = prelude_at_once(options, leader, inputs);
    for (PreparedInput& input : inputs)
      if (share_look_ahead(leader, input) && needs_look_ahead(input, options.to)) input.reading.prelude = prelude;
  }
}

PartScan* Followers::of(const PreparedInput& input) {
  if (input.format->make_follower == nullptr || input.reading.prelude == nullptr) return nullptr;
  for (const auto& [format, follower] : all_)
    if (format->make_look_ahead == input.format->make_look_ahead) return follower.get();
  return all_.emplace_back(input.format, input.format->make_follower(input.reading)).second.get();
}

}  // namespace bibmill

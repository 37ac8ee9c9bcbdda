// Which format each input has, what its reader is asked for, and which steps run where.
#include "plan.h"

#include <algorithm>
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
  reading.keep_layout = archived || (&format == &to && layout_of(to, options.write) == Layout::Source);
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

void scan(LookAhead& ahead, PreparedInput& prepared, const ConvertOptions& options) {
  prepared.input.head();
  prepared.input.will_be_read_again();
  Chunker chunker(prepared.input, *prepared.format, options.max_record, options.part_size, &prepared.cuts, &ahead);
  Chunk chunk;
  while (chunker.next(chunk))
    if (!chunk.skipped) ahead.scan(prepared.source, chunk.text, chunk.offset);
  prepared.input.rewind();
  prepared.input.release();
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
  }
}

void let_pass_as_written(const ConvertOptions& options, std::vector<PreparedInput>& inputs) {
  const WriteOptions& write = options.write;
  if (!options.steps.empty() || options.replace_keys || write.carry || !write.settings.empty() || !write.profile.empty()) return;
  for (PreparedInput& input : inputs) input.reading.as_written = input.format == options.to && !options.to->carries_always;
}

bool resolve_alike(const ConvertOptions& a, const ConvertOptions& b, const std::vector<PreparedInput>& inputs) {
  return std::all_of(inputs.begin(), inputs.end(), [&](const PreparedInput& input) { return needs_look_ahead(input, a.to) == needs_look_ahead(input, b.to); });
}

void look_ahead(const ConvertOptions& options, std::vector<PreparedInput>& inputs) {
  for (PreparedInput& leader : inputs) {
    if (!needs_look_ahead(leader, options.to) || leader.reading.prelude != nullptr) continue;
    const std::unique_ptr<LookAhead> ahead = leader.format->make_look_ahead(leader.reading);
    do {
      for (PreparedInput& input : inputs)
        if (share_look_ahead(leader, input)) scan(*ahead, input, options);
    } while (ahead->again());
    const std::shared_ptr<const Prelude> prelude = ahead->finish();
    for (PreparedInput& input : inputs)
      if (share_look_ahead(leader, input) && needs_look_ahead(input, options.to)) input.reading.prelude = prelude;
  }
}

}  // namespace bibmill

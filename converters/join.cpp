// Keys, separators, positions, sums.
#include "join.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "bibmill/reflect.h"

namespace bibmill {

namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

bool is_nowhere(Span span) { return span == Span{}; }

/// What messages about the output call it.
constexpr std::string_view kOutput = "output";

}  // namespace

Joiner::Joiner(const Plan& plan, std::vector<PreparedInput>& inputs, TextSink& output, Listener& listener)
    : plan_(&plan),
      inputs_(&inputs),
      output_(&output),
      listener_(&listener),
      writer_(plan.to->make_writer(plan.options->write, plan.to->mappings)),
      places_(inputs.size()) {
  for (const PreparedInput& input : inputs)
    totals_.inputs.push_back({input.input.name(), input.format, input.source.encoding, 0, input.producer});
}

Joiner::Joiner(const Joiner& before, const Plan& plan, TextSink& output, Listener& listener)
    : plan_(&plan),
      inputs_(before.inputs_),
      output_(&output),
      listener_(&listener),
      writer_(plan.to->make_writer(plan.options->write, plan.to->mappings)),
      places_(before.places_),
      keys_(before.keys_),
      arenas_(before.arenas_),
      totals_(before.totals_),
      finished_inputs_(before.finished_inputs_) {}

void Joiner::join(PartJob& job, bool rendered) {
  numbers_before_ = job.input != nullptr ? totals_.records_read : 0;
  repeated_keys_.clear();
  rendered ? register_keys(job) : register_gathered_keys(job);
  if (job.input != nullptr) {
    finish_inputs_before(job.input->number);
    pass_places(job, rendered);
    totals_.inputs[job.input->number].records += job.records_read;
  }
  if (rendered) {
    begin_output();
    join_text(job);
  } else {
    join_gathered(job);
  }
  join_events(job);
  place_first_losses(job.losses);
  add_totals(job);
  listener_->progress(totals_);
}

void Joiner::begin_output() {
  if (begun_) return;
  begun_ = true;
  Output begin;
  writer_->begin(begin);
  output_->write(begin.text);
}

// ------------------------------------------------------------------------------------------------------------- positions

/// Everything in the part that will be given a line and a column: what is to be told, or, where the records are gathered, all that may have to be.
void Joiner::pass_places(PartJob& job, bool rendered) {
  wanted_.clear();
  if (job.chunk.begins_skip) wanted_.push_back(job.chunk.offset);
  if (job.damage) wanted_.push_back(job.chunk.offset + job.chunk.text.size());
  for (const PartEvent& event : job.events)
    std::visit(Overloaded{[&](const DiagnosticNote& note) { wanted_.push_back(note.diagnostic.span.begin); },
                          [&](const auto& note) { wanted_.push_back(note.offset); }},
               event);
  for (const LossCount& row : job.losses.rows()) wanted_.push_back(row.first.offset);
  for (const Diagnostic& repeated : repeated_keys_) wanted_.push_back(repeated.span.begin);
  if (!rendered) {
    for (const GatheredRecord& gathered : job.gathered) {
      if (gathered.is_gone || gathered.input != job.input->number) continue;
      wanted_.push_back(gathered.record.span.begin);
      if (!gathered.record.markers.empty()) wanted_.push_back(gathered.record.markers.front().begin);
      for (const Item& item : gathered.record.items())
        wanted_.push_back(std::visit([](const auto& held) { return held.span.begin; }, item));
      for (const Extra& text : gathered.before) wanted_.push_back(text.span.begin);
    }
    for (const Extra& text : job.gathered_end) wanted_.push_back(text.span.begin);
  }
  places_[job.input->number].pass(job.chunk.text, job.chunk.offset, wanted_, !rendered);
}

Place Joiner::place(std::uint32_t input, std::uint64_t offset) const {
  if (input < met_.size())
    if (const std::optional<Position> known = met_[input].find(offset)) return {(*inputs_)[input].input.name(), *known};
  return {(*inputs_)[input].input.name(), places_[input].at(offset)};
}

void Joiner::place_first_losses(LossTally& losses) {
  for (LossCount& row : losses.rows()) {
    if (row.first.record_number != 0) row.first.record_number += numbers_before_;
    const Place where = place(row.first.input, row.first.offset);
    row.source = where.source;
    row.position = where.position;
  }
}

// ------------------------------------------------------------------------------------------------------------------ keys

std::string Joiner::made_key(std::string_view base, std::uint64_t number) {
  std::string key;
  for (const char c : base) {
    if (c == KeyPattern::kNumberPlace) {
      fmt::format_to(std::back_inserter(key), "{}", number);
    } else {
      key += c;
    }
  }
  if (key.empty()) key = fmt::format("ref{}", number);
  keys_.add_distinct(key);
  return key;
}

void Joiner::register_given(std::string_view key, std::uint64_t offset) {
  if (keys_.add(key)) return;
  repeated_keys_.push_back({Severity::Warning,
                            "key/duplicate",
                            fmt::format("the key {} stands for an earlier record too", key),
                            std::string(key),
                            {offset, offset + 1},
                            {}});
}

void Joiner::register_keys(PartJob& job) {
  made_keys_.clear();
  keys_of_records_.clear();
  for (const KeyNote& note : job.keys) {
    const std::string_view text = std::string_view(job.key_text).substr(note.begin, note.size);
    if (note.kind == KeyNote::Kind::Given) {
      register_given(text, note.offset);
      continue;
    }
    const std::string key =
        note.kind == KeyNote::Kind::Made ? std::string(text) : made_key(text, numbers_before_ + note.record_number);
    made_keys_.insert(made_keys_.end(), note.places, key);
    if (plan_->options->tell_each_loss && note.places > 0) keys_of_records_.emplace(note.record_number, key);
  }
}

/// Of records that go on to a step that sees all of them, the keys are made now, in the order of the input.
void Joiner::register_gathered_keys(PartJob& job) {
  for (GatheredRecord& gathered : job.gathered) {
    gathered.number += numbers_before_;  // (those of a batch count from the beginning)
    if (gathered.is_named) continue;
    gathered.is_named = true;
    if (!gathered.made_key.empty()) {
      gathered.made_key = made_key(gathered.made_key, gathered.number);
    } else if (!gathered.record.key.empty()) {
      register_given(gathered.record.key, gathered.record.span.begin);
    }
  }
}

void Joiner::join_gathered(PartJob& job) {
  for (GatheredRecord& gathered : job.gathered)
    if (!gathered.is_gone) gathered_.push_back(std::move(gathered));
  if (!job.gathered_end.empty()) arenas_.push_back(job.arena);
  gathered_end_.insert(gathered_end_.end(), job.gathered_end.begin(), job.gathered_end.end());
}

// ------------------------------------------------------------------------------------------------------------------ text

void Joiner::join_text(PartJob& job) {
  const std::string_view text = job.output.text;
  tail_ += job.output.tail;
  if (text.empty() && job.records_written == 0) return;
  if (after_record_ && !brings_its_own_distance(text)) output_->write(writer_->separator());
  after_record_ = job.ends_with_record;
  if (job.output.open_keys.empty()) {
    output_->write(text);
    return;
  }
  text_.clear();
  std::size_t from = 0;
  for (std::size_t at = 0; at < job.output.open_keys.size(); ++at) {
    text_.append(text, from, job.output.open_keys[at] - from);
    text_ += made_keys_[at];
    from = job.output.open_keys[at];
  }
  text_.append(text, from);
  output_->write(text_);
}

// ---------------------------------------------------------------------------------------------------------------- events

void Joiner::count(const Diagnostic& diagnostic) {
  if (diagnostic.severity == Severity::Error) ++totals_.errors;
  if (diagnostic.severity == Severity::Warning) ++totals_.warnings;
}

void Joiner::tell(std::uint32_t input, const Diagnostic& diagnostic) {
  count(diagnostic);
  const Place where =
      is_nowhere(diagnostic.span) ? Place{(*inputs_)[input].input.name(), {}} : place(input, diagnostic.span.begin);
  listener_->diagnostic(where, diagnostic);
}

void Joiner::join_events(PartJob& job) {
  const std::uint32_t input = job.input != nullptr ? job.input->number : 0;  // a batch has nothing of its own to tell
  if (job.chunk.begins_skip && job.input != nullptr) {
    tell(input, {Severity::Error,
                 kRecordTooLarge,
                 record_too_large(plan_->options->max_record),
                 {},
                 {job.chunk.offset, job.chunk.offset + job.chunk.text.size()},
                 {}});
  }
  for (const Diagnostic& repeated : repeated_keys_) tell(input, repeated);
  for (PartEvent& event : job.events) {
    std::visit(Overloaded{[&](const DiagnosticNote& note) { tell(note.input, note.diagnostic); },
                          [&](LossNote& note) {
                            if (note.record_number != 0) note.record_number += numbers_before_;
                            listener_->loss(place(note.input, note.offset), note);
                          },
                          [&](SupplyNote& note) {
                            if (const auto made = keys_of_records_.find(note.record_number); made != keys_of_records_.end()) {
                              note.record_key = made->second;
                              if (note.what == "key") note.value = made->second;
                            }
                            note.record_number += numbers_before_;
                            listener_->supply(place(note.input, note.offset), note);
                          }},
               event);
  }
  if (job.damage) {
    Diagnostic diagnostic = *job.damage;
    const std::uint64_t end = job.chunk.offset + job.chunk.text.size();
    diagnostic.span = {end, end};
    tell(input, diagnostic);
  }
}

// -------------------------------------------------------------------------------------------- what whole steps have to say

void Joiner::about(const GatheredRecord& record, Diagnostic diagnostic) {
  if (diagnostic.key.empty()) diagnostic.key = record.name();
  tell(record.input, diagnostic);
}

Place Joiner::place_of(const GatheredRecord& record) const { return place(record.input, record.record.span.begin); }

void Joiner::elsewhere(const Place& where, const Diagnostic& diagnostic) {
  count(diagnostic);
  listener_->diagnostic(where, diagnostic);
}

void Joiner::trailing(const Extra& text) {
  const auto arena = std::make_shared<Arena>();
  gathered_end_.insert(gathered_end_.begin() + static_cast<std::ptrdiff_t>(trailing_++), clone(text, *arena));
  arenas_.push_back(arena);
}

void Joiner::begin_arranging(Listener& listener) {
  listener_ = &listener;
  totals_.errors = totals_.warnings = 0;
}

void Joiner::take_over(Joiner& earlier) {
  met_ = std::move(earlier.places_);
  totals_.errors += earlier.totals_.errors;
  totals_.warnings += earlier.totals_.warnings;
  std::move(earlier.totals_.files.begin(), earlier.totals_.files.end(), std::back_inserter(totals_.files));
}

void Joiner::arrange(const WholeStep& step) {
  trailing_ = 0;
  const std::size_t before = gathered_.size();
  step.arrange(gathered_, *this);
  totals_.records_dropped += before - std::min(before, gathered_.size());
}

void Joiner::add_totals(const PartJob& job) {
  totals_.records_read += job.records_read;
  totals_.records_dropped += job.records_dropped;
  totals_.records_written += job.records_written;
  totals_.records_with_losses += job.records_with_losses;
  if (job.input != nullptr) totals_.bytes_read += job.chunk.text.size();
  totals_.losses.add(job.losses);
  for (const SupplyCount& supply : job.supplied) totals_.supply(supply.what, supply.count);
}

// ---------------------------------------------------------------------------------------------------------------- inputs

void Joiner::finish_inputs_before(std::uint32_t number) {
  for (; finished_inputs_ < number; ++finished_inputs_) tell_of_input((*inputs_)[finished_inputs_]);
}

void Joiner::finish_reading() { finish_inputs_before(static_cast<std::uint32_t>(inputs_->size())); }

void Joiner::tell_of_input(const PreparedInput& input) {
  if (totals_.inputs[input.number].records > 0) return;
  Diagnostic diagnostic{Severity::Warning, "input/no-records", "there is no record in it", {}, {}, {}};
  if (input.blank) {
    diagnostic.message += "; it is empty";
  } else if (!input.looks_like.empty()) {
    diagnostic.message += fmt::format("; it looks like {}{}", input.looks_like, input.format != nullptr ? fmt::format(", not {}", display_name(*input.format)) : "");
  } else if (input.format != nullptr) {
    diagnostic.message += fmt::format("; it was read as {}", input.format->id);
  }
  tell(input.number, diagnostic);
}

Totals Joiner::finish() {
  begin_output();
  Output end;
  writer_->end(end, tail_, totals_.records_written);
  output_->write(end.text);
  for (const Diagnostic& remark : end.remarks) {
    count(remark);
    listener_->diagnostic({kOutput, {}}, remark);
  }
  return std::move(totals_);
}

}  // namespace bibmill

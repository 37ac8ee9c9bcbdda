// From a part's text to its rendered records and the books about them.
#include "part.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "bibmill/text/carry.h"
#include "bibmill/reflect.h"
#include "bibmill/text/schema.h"
#include "meetings.h"

namespace bibmill {

namespace {

Str carried(Arena& arena, const std::vector<Extra>& texts) {
  List<Extra> list;
  list.reserve(arena, texts.size());
  for (const Extra& text : texts) list.push_back(arena, text);
  return text::between_texts(arena, list);
}

/// How much an arena keeps from part to part: what ordinary parts need, not what one giant did. The sanitizers see a use of freed memory, but not of memory
/// that is used again.
#ifdef BIBMILL_SANITIZED
constexpr std::size_t kKeptOfArena = 0;
#else
constexpr std::size_t kKeptOfArena = std::size_t{4} << 20;
#endif

/// The same of rendered text.
constexpr std::size_t kKeptOfOutput = std::size_t{2} << 20;

/// How many records are read before they are written.
constexpr std::size_t kMostWaiting = 16;

/// How large the first block of an arena is that serves part after part, in multiples of the first part's text. Most records need a good half of it. A
/// block that grows would be given back and taken anew as a whole, and memory is dear when it is touched for the first time, not when it is asked for.
constexpr std::size_t kArenaPerText = 8;

std::uint64_t place_of(const Item& item, const Record& record) {
  const Span span = std::visit([](const auto& held) { return held.span; }, item);
  return span.empty() ? record.span.begin : span.begin;
}

}  // namespace

std::string record_too_large(std::uint64_t max_record) {
  return fmt::format("a record larger than {} bytes was skipped; --max-record allows larger ones", max_record);
}

void PartJob::clear_results() {
  if (output.text.capacity() > kKeptOfOutput) output.text = {};
  output.text.clear();
  output.tail.clear();
  output.open_keys.clear();
  ends_with_record = false;
  gathered.clear();
  gathered_end.clear();
  events.clear();
  keys.clear();
  key_text.clear();
  losses.clear();
  supplied.clear();
  records_read = records_dropped = records_written = records_with_losses = 0;
}

PartWorker::PartWorker(const Plan& plan, std::size_t stage)
    : plan_(&plan),
      stage_(&plan.stages[stage]),
      renders_(plan.is_last(stage)),
      writer_(plan.to->make_writer(plan.options->write, plan.to->mappings)) {}

void PartWorker::work(PartJob& job) {
  job.clear_results();
  job_ = &job;
  next_guess_ = 0;
  after_record_ = false;
  refused_.clear();
  met_arena_.reset();
  may_wait_ = job.input != nullptr && renders_ && stage_->looking == Looking::ForAll && stage_->reunions == nullptr;
  lets_go_ = may_wait_ && !plan_->carries && plan_->options->steps.empty();  // a step may keep what it sees
  if (job.input == nullptr) {
    pass_batch(job);
  } else if (!job.chunk.skipped && job.input->format != nullptr) {
    read_text(job);
  }
  finish_part();
  // A rendered record is done with: parts that wait to be joined are text alone.
  if (renders_) job.arena.reset();
}

void PartWorker::read_text(PartJob& job) {
  job.arena = arena_for_part();
  about_ = {0, job.input->number, {}, {}, {}, nullptr, false};
  const Part part{job.chunk.text, job.chunk.offset, job.arena, job.chunk.first, job.chunk.last, lets_go_, &job.chunk.foregoing};
  reader_of(*job.input).read(job.input->source, part, *this, *this);
  warn_of_guesses(job.chunk.offset + job.chunk.text.size());
}

void PartWorker::pass_batch(PartJob& job) {
  for (GatheredRecord& gathered : job.batch) {
    for (Extra& text : gathered.before) between(std::move(text));
    job.arena = gathered.record.shared_arena();
    about_ = {gathered.number, gathered.input, gathered.made_key, {}, gathered.source_key, &gathered.further_names, true};
    take(std::move(gathered.record));
  }
  for (Extra& text : job.batch_end) between(std::move(text));
}

/// The arena of the part before, if nothing but this worker has it: rendered records are gone, unless a step kept one.
std::shared_ptr<Arena> PartWorker::arena_for_part() {
  // (Records that are looked for are copied.)
  if (!renders_ && stage_->looking == Looking::ForAll) return std::make_shared<Arena>();
  if (arena_ != nullptr && arena_.use_count() == 1) {
    arena_->clear(kKeptOfArena);
  } else {
    arena_ = std::make_shared<Arena>();
    const std::size_t size = renders_ ? std::min(job_->chunk.text.size() * kArenaPerText, kKeptOfArena) : 0;
    if (size > 0) arena_->allocate(size, 1);
    arena_->clear(size);
  }
  return arena_;
}

Reader& PartWorker::reader_of(const PreparedInput& input) {
  if (reader_input_ != &input) {
    reader_ = input.format->make_reader(input.reading);
    reader_input_ = &input;
  }
  return *reader_;
}

// ------------------------------------------------------------------------------------------------------ what readers say

Flow PartWorker::record(Record&& record) {
  if (record.span.size() > plan_->options->max_record) {
    error(kRecordTooLarge, record.span, record_too_large(plan_->options->max_record));
    return Flow::Continue;
  }
  about_.number = ++job_->records_read;
  about_.source_key = {};
  warn_of_guesses(record.span.end);
  take(std::move(record));
  return Flow::Continue;
}

Flow PartWorker::between(Extra&& extra) {
  if (!renders_) {
    refused_.push_back(extra);
  } else if (plan_->carries) {
    if (!writer_->between(extra, aside_)) refused_.push_back(extra);
  } else {
    write_waiting();
    const std::size_t before = job_->output.text.size();
    begin_item();
    if (writer_->between(extra, job_->output)) {
      after_record_ = false;
    } else {
      job_->output.text.resize(before);
      note_lost_text(extra);
    }
  }
  return Flow::Continue;
}

void PartWorker::report(Diagnostic diagnostic) { job_->events.emplace_back(DiagnosticNote{std::move(diagnostic), about_.input}); }

/// One warning for a record, or for what stands before it, however many of its bytes were guessed: the places before `end` that no warning covers yet.
void PartWorker::warn_of_guesses(std::uint64_t end) {
  const std::vector<Span>& guessed = job_->chunk.guessed;
  if (next_guess_ >= guessed.size() || guessed[next_guess_].begin >= end) return;
  const bool utf8 = job_->input->source.encoding == Encoding::Utf8;
  warning("encoding/guessed", guessed[next_guess_],
          utf8 ? "bytes that are not UTF-8 were read as Windows-1252; --encoding names another encoding"
               : "halves of surrogate pairs were read as U+FFFD; --encoding names another encoding");
  while (next_guess_ < guessed.size() && guessed[next_guess_].begin < end) ++next_guess_;
}

// ------------------------------------------------------------------------------------------------------------- the steps

bool PartWorker::passes(const std::vector<const Step*>& steps, Record& record) {
  return std::all_of(steps.begin(), steps.end(), [&](const Step* step) { return step->record(record, *this) == Verdict::Keep; });
}

void PartWorker::take(Record&& record) {
  if (!passes(stage_->steps, record)) {
    ++job_->records_dropped;
  } else if (stage_->looking != Looking::ForAll) {
    look(std::move(record));
  } else if (stage_->reunions != nullptr) {
    reunite(std::move(record));
  } else {
    pass_on(std::move(record));
  }
}

void PartWorker::pass_on(Record&& record) {
  if (!passes(stage_->later_steps, record) || (stage_->gathered_for != nullptr && stage_->gathered_for->admit(record, *this) == Verdict::Drop)) {
    ++job_->records_dropped;
    return;
  }
  // Where records meet, names are made before the later steps, as they are where all are gathered.
  if (stage_->reunions == nullptr) prepare_key(record);
  if (!renders_) {
    gather(std::move(record));
  } else if (plan_->carries) {
    flush();
    hold(std::move(record));
  } else {
    put_out(std::move(record));
  }
}

// -------------------------------------------------------------------------------------------------------- records that wait

/// Now, or soon.
void PartWorker::put_out(Record&& record) {
  if (!may_wait_) return write(record);
  waiting_.push_back({std::move(record), about_, job_->events.size()});
  if (waiting_.size() == kMostWaiting) write_waiting();
}

/// What is said of each in writing comes before what was said of those behind it in reading.
void PartWorker::write_waiting() {
  if (waiting_.empty()) return;
  std::vector<PartEvent>& events = job_->events;
  const std::size_t first = waiting_.front().events;
  std::vector<PartEvent> later(std::make_move_iterator(events.begin() + static_cast<std::ptrdiff_t>(first)), std::make_move_iterator(events.end()));
  events.erase(events.begin() + static_cast<std::ptrdiff_t>(first), events.end());
  auto next = later.begin();
  const auto say_until = [&](std::size_t end) {
    const auto until = later.begin() + static_cast<std::ptrdiff_t>(end - first);
    events.insert(events.end(), std::make_move_iterator(next), std::make_move_iterator(until));
    next = until;
  };
  const About under_way = about_;
  for (const Waiting& one : waiting_) {
    say_until(one.events);
    about_ = one.about;
    write(one.record);
  }
  say_until(first + later.size());
  about_ = under_way;
  waiting_.clear();
}

// ------------------------------------------------------------------------------------------------------ records that meet

/// Before the last reading: takes the record's hashes down, or gathers the record if it meets another.
void PartWorker::look(Record&& record) {
  refused_.clear();
  if (stage_->gathered_for->admit(record, *this) == Verdict::Drop) return;
  own_.clear();
  stage_->gathered_for->add_meeting_hashes(record, own_);
  std::sort(own_.begin(), own_.end());
  own_.erase(std::unique(own_.begin(), own_.end()), own_.end());
  if (stage_->looking == Looking::ForHashes) {
    hashes_.insert(hashes_.end(), own_.begin(), own_.end());
    return;
  }
  prepare_key(record);
  if (!stage_->meetings->have(own_)) return note_name(record);
  // The part's other records are not kept with it.
  if (met_arena_ == nullptr) met_arena_ = std::make_shared<Arena>();
  gather(clone(record, met_arena_));
}

/// In the last reading: what stands now where the record stood.
void PartWorker::reunite(Record&& record) {
  prepare_key(record);
  const Reunions::Fate* const fate = stage_->reunions->find({about_.input, record.span.begin});
  if (fate == nullptr) return pass_on(std::move(record));
  note_name(record);
  if (!fate->stays) {
    ++job_->records_dropped;
    return;
  }
  const About under_way = about_;
  further_names_ = fate->record.further_names;
  about_.input = fate->record.input;
  about_.made_key = fate->record.made_key;
  about_.source_key = fate->record.source_key;
  about_.further_names = &further_names_;
  about_.is_named = true;
  Record united = clone(fate->record.record, record.shared_arena());
  prepare_key(united);
  pass_on(std::move(united));
  about_ = under_way;
}

/// The watch over keys hears of the record, whatever becomes of it.
void PartWorker::note_name(const Record& record) {
  if (renders_) {
    KeyNote note;
    note.begin = job_->key_text.size();
    note.kind = record.key.empty() ? KeyNote::Kind::Base : KeyNote::Kind::Given;
    job_->key_text += record.key.empty() ? std::string_view(about_.key_base) : std::string_view(record.key);
    note.size = job_->key_text.size() - note.begin;
    note.record_number = about_.number;
    note.offset = record.span.begin;
    if (note.size > 0) job_->keys.push_back(note);
    return;
  }
  GatheredRecord name;
  name.record = Record(record.shared_arena());
  name.record.key = record.key;
  name.record.span = record.span;
  name.number = about_.number;
  name.input = about_.input;
  name.made_key = about_.key_base;
  name.is_gone = true;
  job_->gathered.push_back(std::move(name));
}

/// What the key of a record without one will be made of; with new keys for all, each record loses its own first.
void PartWorker::prepare_key(Record& record) {
  about_.key_base = {};
  if (!about_.made_key.empty()) {
    record.suggested_key = record.arena().copy(about_.made_key);
    return;
  }
  const bool replaces = plan_->options->replace_keys;
  const bool needed = plan_->needs_key || (stage_->gathered_for != nullptr && stage_->gathered_for->goes_by_key());
  if (!replaces && (!record.key.empty() || !needed)) return;
  std::string base;
  if (replaces || record.suggested_key.empty()) {
    plan_->options->keys.append(base, record);
  } else {
    base = record.suggested_key;
  }
  about_.key_base = record.arena().copy(base);
  std::erase(base, KeyPattern::kNumberPlace);
  record.suggested_key = record.arena().copy(base);
  if (!replaces) return;
  about_.source_key = record.key;
  record.key = record.key_raw = record.layout = {};
}

void PartWorker::gather(Record&& record) {
  GatheredRecord gathered;
  gathered.before = std::exchange(refused_, {});
  gathered.number = about_.number;
  gathered.input = about_.input;
  gathered.made_key = about_.made_key.empty() ? about_.key_base : about_.made_key;
  gathered.source_key = about_.source_key;
  if (about_.further_names != nullptr) gathered.further_names = std::move(*about_.further_names);
  gathered.is_named = about_.is_named;
  gathered.record = std::move(record);
  job_->gathered.push_back(std::move(gathered));
}

// ------------------------------------------------------------------------------------------------------------- rendering

/// Keeps the record until it is known what text follows it: text without a place of its own goes into the next record, or behind the last.
void PartWorker::hold(Record&& record) {
  if (!refused_.empty()) {
    record.before = carried(record.arena(), refused_);
    refused_.clear();
  }
  held_ = std::move(record);
  about_held_ = about_;
}

void PartWorker::flush() {
  if (held_) {
    const About under_way = std::exchange(about_, about_held_);
    put_out(std::move(*held_));
    held_.reset();
    about_ = under_way;
  }
  if (!aside_.text.empty()) {
    write_waiting();
    begin_item();
    job_->output.text += aside_.text;
    after_record_ = false;
  }
  job_->output.tail += aside_.tail;
  aside_.text.clear();
  aside_.tail.clear();
  aside_.open_keys.clear();
}

void PartWorker::finish_part() {
  if (stage_->looking == Looking::ForHashes) {
    stage_->meetings->note(hashes_);
    hashes_.clear();
  }
  if (!renders_) {
    job_->gathered_end = std::exchange(refused_, {});
    return;
  }
  if (held_ && !refused_.empty()) {
    held_->after = carried(held_->arena(), refused_);
    refused_.clear();
  }
  flush();
  write_waiting();
  for (const Extra& text : refused_) note_lost_text(text);
  refused_.clear();
  job_->ends_with_record = after_record_;
}

void PartWorker::begin_item() {
  if (after_record_) job_->output.text += writer_->separator();
}

void PartWorker::write(const Record& record) {
  ledger_.open(record);
  const std::size_t size = job_->output.text.size();
  const std::size_t places = job_->output.open_keys.size();
  writer_->write(record, job_->output, ledger_);
  if (after_record_ && !brings_its_own_distance(std::string_view(job_->output.text).substr(size)))
    job_->output.insert_before(size, places, writer_->separator());
  after_record_ = true;
  ++job_->records_written;
  note_key(record, job_->output.open_keys.size() - places);
  // What is carried is not lost.
  if (!plan_->carries && !ledger_.complete()) note_losses(record);
  if (!ledger_.supplied().empty()) note_supplies(record);
}

// ------------------------------------------------------------------------------------------------------------- the books

/// What key the record has, or will be given where the writer left a place.
void PartWorker::note_key(const Record& record, std::size_t places) {
  KeyNote note;
  std::string& text = job_->key_text;
  note.begin = text.size();
  note.record_number = about_.number;
  note.offset = record.span.begin;
  note.places = places;
  if (places > 0) {
    note.kind = about_.made_key.empty() ? KeyNote::Kind::Base : KeyNote::Kind::Made;
    if (!about_.made_key.empty()) {
      text += about_.made_key;
    } else if (!about_.key_base.empty()) {
      text += about_.key_base;
    } else {
      plan_->options->keys.append(text, record);
    }
  } else if (!record.key.empty() && !about_.is_named) {
    text += record.key;
  } else {
    return;
  }
  note.size = text.size() - note.begin;
  job_->keys.push_back(note);
}

/// The value in words is made only where somebody will read it.
LossNote PartWorker::describe(const Loss& loss, const Record& record) const {
  const bool with_value = plan_->options->tell_each_loss;
  LossNote note;
  note.kind = loss.kind;
  note.part = loss.part;
  note.record_key = record.key;
  note.record_number = about_.number;
  note.input = about_.input;
  if (loss.item == nullptr) {
    note.key = record.type_as_written.empty() ? name_of(record.type) : record.type_as_written;
    note.offset = record.markers.empty() ? record.span.begin : record.markers.front().begin;
    return note;
  }
  note.offset = place_of(*loss.item, record);
  if (const Entry* const entry = std::get_if<Entry>(loss.item)) {
    note.field = static_cast<std::uint8_t>(entry->field);
    note.key = entry->key;
    if (with_value) note.value = shortened(text::dump(entry->value));
  } else {
    const Extra& extra = std::get<Extra>(*loss.item);
    note.key = extra.key;
    note.origin = extra.origin;
    if (with_value) note.value = shortened(extra.raw);
  }
  return note;
}

void PartWorker::note_losses(const Record& record) {
  losses_.clear();
  ledger_.losses(losses_);
  if (losses_.empty()) return;
  ++job_->records_with_losses;
  for (const Loss& loss : losses_) {
    const Entry* const entry = loss.item == nullptr ? nullptr : std::get_if<Entry>(loss.item);
    const Extra* const extra = loss.item == nullptr ? nullptr : std::get_if<Extra>(loss.item);
    const std::string_view type = record.type_as_written.empty() ? name_of(record.type) : record.type_as_written;
    LossCount& row = entry != nullptr ? job_->losses.count(loss.kind, static_cast<std::uint8_t>(entry->field), loss.part, {}, {})
                     : extra != nullptr ? job_->losses.count(loss.kind, LossNote::kNoField, {}, extra->origin, extra->key)
                                        : job_->losses.count(loss.kind, LossNote::kNoField, {}, {}, type);
    if (row.count == 1) row.first = describe(loss, record);
    if (plan_->options->tell_each_loss) job_->events.emplace_back(describe(loss, record));
  }
}

void PartWorker::note_supplies(const Record& record) {
  for (const Supply& supply : ledger_.supplied()) {
    const auto known = std::find_if(job_->supplied.begin(), job_->supplied.end(),
                                    [&](const SupplyCount& each) { return each.what == supply.what; });
    if (known == job_->supplied.end()) {
      job_->supplied.push_back({supply.what, 1});
    } else {
      ++known->count;
    }
    if (plan_->options->tell_each_loss)
      job_->events.emplace_back(
          SupplyNote{supply.what, supply.value, std::string(record.key), about_.number, about_.input, record.span.begin});
  }
}

void PartWorker::note_lost_text(const Extra& extra) {
  LossNote note;
  note.kind = Loss::Kind::DroppedText;
  note.origin = extra.origin;
  note.value = shortened(extra.raw);
  note.input = about_.input;
  note.offset = extra.span.begin;
  LossCount& row = job_->losses.count(note.kind, LossNote::kNoField, {}, note.origin, {});
  if (row.count == 1) row.first = note;
  if (plan_->options->tell_each_loss) job_->events.emplace_back(std::move(note));
}

}  // namespace bibmill

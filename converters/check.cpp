// Reading parts, looking at their records, and telling what was found in order.
#include "bibmill/check.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "bibmill/parallel.h"
#include "bibmill/text/byte_scan.h"
#include "bibmill/text/encoding.h"
#include "bibmill/text/unicode.h"
#include "allowances.h"
#include "facts.h"
#include "feed.h"
#include "part.h"
#include "places.h"
#include "plan.h"
#include "words.h"

namespace bibmill {

namespace {

// --------------------------------------------------------------------------------------------------------- the rules that run

/// The rules that were chosen and concern one format, by what they look at.
struct RuleBook {
  std::vector<const Rule*> texts;
  std::array<std::vector<const Rule*>, kFieldCount> values;
  std::vector<const Rule*> records;
  bool asks_reader = false;  ///< one of them is the reader's to look at

  RuleBook(const RuleSelection& selection, const Format& format) {
    for (const Rule* const rule : all_rules()) {
      if (!selection.has(*rule) || !rule->concerns(format)) continue;
      asks_reader = asks_reader || rule->by_reader;
      if (rule->by_reader) continue;
      switch (rule->scope()) {
        case Scope::AsWritten: texts.push_back(rule); break;
        case Scope::OneRecord: records.push_back(rule); break;
        case Scope::OneEntry:
          for (std::size_t field = 0; field < kFieldCount; ++field)
            if (rule->wants(static_cast<Field>(field))) values[field].push_back(rule);
          break;
        case Scope::AllRecords: break;
      }
    }
  }
};

/// Which traits a text has, each looked for once and only when a rule asks for it.
class Traits {
 public:
  explicit Traits(std::string_view text) : text_(text) {}

  bool has(Trait trait) {
    if (trait == Trait::None) return true;
    std::optional<bool>& known = known_[static_cast<std::size_t>(trait)];
    if (!known) known = look_for(trait);
    return *known;
  }

 private:
  bool look_for(Trait trait) const {
    switch (trait) {
      case Trait::None: break;
      case Trait::NonAscii: return text::holds<text::kBeyondAscii>(text_);
      case Trait::Ampersand: return text::holds<'&'>(text_);
      case Trait::Angle: return text::holds<'<'>(text_);
      case Trait::Latex: return text::holds<'\\', '$', '%', '#', '_', '^'>(text_);
    }
    return true;
  }

  std::string_view text_;
  std::array<std::optional<bool>, kTraitCount> known_{};
};

// ---------------------------------------------------------------------------------------------------------------- one part

/// What was found of a set, waiting for its record's part to be joined or past it.
struct CheckJob {
  PreparedInput* input = nullptr;
  Chunk chunk;
  std::optional<Diagnostic> damage;

  std::vector<Diagnostic> found;
  std::vector<Facts> facts;
  std::vector<Span> keys;  ///< where the key of each record stands
  std::vector<Allowance> allowed;
  std::vector<RecordOutline> outlines;
  std::uint64_t records = 0;
};

class CheckWorker final : private RecordSink, private DiagnosticSink, private Findings {
 public:
  CheckWorker(const CheckOptions& options, bool wants_facts) : options_(&options), wants_facts_(wants_facts) {}

  void work(CheckJob& job) {
    job_ = &job;
    job.found.clear();
    job.facts.clear();
    job.keys.clear();
    job.allowed.clear();
    job.outlines.clear();
    job.records = 0;
    next_guess_ = 0;
    allowances_.emplace(job.allowed, static_cast<DiagnosticSink&>(*this));
    if (job.chunk.skipped || job.input->format == nullptr) return;
    prepare(*job.input);
    if (arena_ == nullptr || arena_.use_count() > 1) arena_ = std::make_shared<Arena>();
    const Part part{job.chunk.text, job.chunk.offset, arena_, job.chunk.first, job.chunk.last, false, &job.chunk.foregoing};
    reader_->read(job.input->source, part, *this, *this);
    warn_of_guesses(job.chunk.offset + job.chunk.text.size());
    arena_->clear(kKeptOfArena);
  }

 private:
  static constexpr std::size_t kKeptOfArena = std::size_t{4} << 20;

  void prepare(const PreparedInput& input) {
    if (input_ == &input) return;
    book_.emplace(options_->rules_of(input.number), *input.format);
    ReadOptions reading = input.reading;
    reading.check_schema = book_->asks_reader;
    reader_ = input.format->make_reader(reading);
    model_ = dynamic_cast<const DataModel*>(reader_.get());
    input_ = &input;
  }

  Flow record(Record&& record) override {
    if (record.span.size() > options_->max_record) {
      error(kRecordTooLarge, record.span, record_too_large(options_->max_record));
      return Flow::Continue;
    }
    ++job_->records;
    warn_of_guesses(record.span.end);
    const CheckedRecord checked(record, *input_->format, model_, job_->chunk.text, job_->chunk.offset);
    allowances_->record(record.span, checked.written());
    key_ = record.key;
    look(checked);
    key_ = {};
    if (options_->completeness) job_->outlines.push_back(outline_of(record));
    if (!wants_facts_) return Flow::Continue;
    job_->facts.push_back(facts_of(checked));
    job_->keys.push_back(checked.place_of_key());
    return Flow::Continue;
  }

  Flow between(Extra&& extra) override {
    allowances_->between(extra.span, extra.raw);
    return Flow::Continue;
  }

  void report(Diagnostic diagnostic) override {
    if (options_->rules_of(job_->input->number).has(diagnostic.code, true)) job_->found.push_back(std::move(diagnostic));
  }

  void take(Span span, std::string message, std::string lasting, std::vector<Fix> fixes) override {
    job_->found.push_back({rule_->severity, rule_->code, std::move(message), std::string(key_), span, std::move(fixes), std::move(lasting)});
  }

  void look(const CheckedRecord& record) {
    const std::string_view written = record.written();
    Traits traits(written);
    for (const Rule* const rule : book_->texts) {
      if (!traits.has(rule->trait)) continue;
      rule_ = rule;
      rule->text(record, written, *this);
    }
    for (const Item& item : record.record().items()) {
      const Entry* const entry = std::get_if<Entry>(&item);
      if (entry == nullptr || entry->same_as || !is_own(*entry)) continue;
      for (const Rule* const rule : book_->values[static_cast<std::size_t>(entry->field)]) {
        rule_ = rule;
        rule->value(record, *entry, *this);
      }
    }
    for (const Rule* const rule : book_->records) {
      rule_ = rule;
      if (rule->record != nullptr) {
        rule->record(record, *this);
      } else {
        rule->told(record, options_->settings, *this);
      }
    }
  }

  /// One warning for a record, or for what stands before it, however many of its bytes were guessed.
  void warn_of_guesses(std::uint64_t end) {
    const std::vector<Span>& guessed = job_->chunk.guessed;
    if (next_guess_ >= guessed.size() || guessed[next_guess_].begin >= end) return;
    warning("encoding/guessed", guessed[next_guess_], "bytes that are not of the file's encoding were read as Windows-1252 or U+FFFD; --encoding names another encoding");
    while (next_guess_ < guessed.size() && guessed[next_guess_].begin < end) ++next_guess_;
  }

  const CheckOptions* options_;
  bool wants_facts_;
  const PreparedInput* input_ = nullptr;
  std::unique_ptr<Reader> reader_;
  const DataModel* model_ = nullptr;
  std::optional<RuleBook> book_;
  std::shared_ptr<Arena> arena_;
  CheckJob* job_ = nullptr;
  std::optional<Allowances> allowances_;
  std::size_t next_guess_ = 0;
  const Rule* rule_ = nullptr;
  std::string_view key_;
};

// ----------------------------------------------------------------------------------------------------------------- joining

/// A piece of a source line is shown; more of it helps nobody.
constexpr std::size_t kMostBefore = 120;
constexpr std::size_t kMostAfter = 120;

/// Fills in the source line around a finding.
void quote(Finding& finding, std::string_view text, std::uint64_t offset) {
  const Span span = finding.diagnostic.span;
  if (span.begin < offset || span.begin > offset + text.size()) return;
  const std::size_t at = static_cast<std::size_t>(span.begin - offset);
  const std::size_t nearest_begin = text::code_point_begin(text, at > kMostBefore ? at - kMostBefore : 0);
  std::size_t begin = at;
  while (begin > nearest_begin && text[begin - 1] != '\n' && text[begin - 1] != '\r') --begin;
  const std::size_t farthest_end = text::code_point_begin(text, std::min(text.size(), at + kMostAfter));
  const std::size_t end = text::next_of<'\r', '\n'>(text.substr(0, farthest_end), at);
  finding.line = text.substr(begin, end - begin);
  finding.mark = at - begin;
  finding.mark_size = std::min<std::size_t>(static_cast<std::size_t>(span.size()), end - at);
}

class CheckJoiner final : private SetFindings {
 public:
  CheckJoiner(const CheckOptions& options, std::vector<PreparedInput>& inputs, FindingSink& sink)
      : options_(&options), inputs_(&inputs), sink_(&sink), places_(inputs.size()), allowed_(inputs.size()) {
    for (const Rule* const rule : all_rules())
      if (rule->scope() == Scope::AllRecords && is_wanted(*rule)) set_rules_.push_back({rule, rule->set(options.settings)});
    for (const PreparedInput& input : inputs) totals_.inputs.push_back({input.input.name(), input.format, input.source, 0});
  }

  bool has_set_rules() const { return !set_rules_.empty(); }

  void begin() {
    for (const PreparedInput& input : *inputs_) {
      if (!input.declared_encoding.empty() && !text::encoding_named(input.declared_encoding))
        tell_of_file(input, "encoding/unknown", fmt::format("it declares the encoding {}, which is not known, and was read as UTF-8; --encoding names another", input.declared_encoding));
      if (input.rather != nullptr)
        tell_of_file(input, "input/other-format", fmt::format("it looks like {}, and is read as {}, which --from names", display_name(*input.rather), display_name(*input.format)));
    }
  }

  void join(CheckJob& job) {
    finish_inputs_before(job.input->number);
    const std::uint32_t input = job.input->number;
    totals_.inputs[input].records += job.records;
    totals_.records += job.records;
    for (const RecordOutline& outline : job.outlines) totals_.completeness.add(outline);
    const std::uint64_t end = job.chunk.offset + job.chunk.text.size();
    const RuleSelection& rules = options_->rules_of(input);
    if (job.chunk.begins_skip && rules.has(kRecordTooLarge, true))
      job.found.push_back({Severity::Error, kRecordTooLarge, record_too_large(options_->max_record), {}, {job.chunk.offset, end}, {}});
    if (job.damage && rules.has(job.damage->code, true)) {
      job.found.push_back(*job.damage);
      job.found.back().span = {end, end};
    }
    std::move(job.allowed.begin(), job.allowed.end(), std::back_inserter(allowed_[input]));
    note_records(job);
    place(job);
    for (Facts& facts : job.facts) look_at(facts);
    part_ = std::move(job.found);
    add_set_findings(job);
    tell(job);
  }

  CheckTotals finish() {
    finish_inputs_before(static_cast<std::uint32_t>(inputs_->size()));
    for (SetRuleAtWork& at_work : set_rules_) {
      rule_ = at_work.rule;
      at_work.looks->finish(*this);
    }
    for (Late& late : late_) tell_late(late);
    return std::move(totals_);
  }

 private:
  struct SetRuleAtWork {
    const Rule* rule;
    std::unique_ptr<SetRule> looks;
  };
  /// Where a record stands, for rules on sets.
  struct Origin {
    std::string key;
    std::uint64_t digest;  ///< of what it says, where it has no key
    Span span;
    std::uint32_t input;
    Position position;
    Position end;
  };
  struct Late {
    Diagnostic diagnostic;
    RecordNumber about = 0;
    std::string source;  ///< of a file that is no input
    Position position;
  };

  /// For any input: a rule on sets sees the records of all.
  bool is_wanted(const Rule& rule) const {
    if (options_->rules_of_input.empty()) return options_->rules.has(rule);
    return std::any_of(options_->rules_of_input.begin(), options_->rules_of_input.end(), [&](const RuleSelection& rules) { return rules.has(rule); });
  }

  static std::uint64_t digest_of(const Facts& facts) {
    if (!facts.key.empty()) return 0;
    rules::FoldedDigest digest;
    for (const std::string& text : {facts.title, facts.author, std::to_string(facts.year), facts.doi}) digest.add(text);
    return digest.value();
  }

  void note_records(const CheckJob& job) {
    first_of_part_ = static_cast<RecordNumber>(origins_.size());
    for (std::size_t at = 0; at < job.facts.size(); ++at) origins_.push_back({job.facts[at].key, digest_of(job.facts[at]), job.keys[at], job.input->number, {}, {}});
  }

  /// Finds the places of all that will be told, and of the records that may be told of later.
  void place(const CheckJob& job) {
    wanted_.clear();
    for (const Diagnostic& diagnostic : job.found) {
      wanted_.push_back(diagnostic.span.begin);
      wanted_.push_back(diagnostic.span.end);
    }
    for (const Span& key : job.keys) {
      wanted_.push_back(key.begin);
      wanted_.push_back(key.end);
    }
    Places& places = places_[job.input->number];
    places.pass(job.chunk.text, job.chunk.offset, wanted_, false);
    for (RecordNumber number = first_of_part_; number < origins_.size(); ++number) {
      origins_[number].position = places.at(origins_[number].span.begin);
      origins_[number].end = places.at(origins_[number].span.end);
    }
  }

  void look_at(Facts& facts) {
    facts.number = first_of_part_++;
    for (SetRuleAtWork& at_work : set_rules_) {
      rule_ = at_work.rule;
      if (facts.format != nullptr && at_work.rule->concerns(*facts.format)) at_work.looks->record(facts, *this);
    }
  }

  // What rules on sets call.
  std::string place_of(RecordNumber record) const override {
    const Origin& origin = origins_[record];
    const std::string place = fmt::format("{}:{}:{}", (*inputs_)[origin.input].input.name(), origin.position.line, origin.position.column);
    return origin.key.empty() ? place : fmt::format("{} ({})", origin.key, place);
  }
  std::string lasting_name_of(RecordNumber record) const override {
    const Origin& origin = origins_[record];
    return origin.key.empty() ? fmt::format("record {:016x}", origin.digest) : origin.key;
  }
  void add(RecordNumber about, std::string message, std::string lasting) override {
    if (!options_->rules_of(origins_[about].input).has(*rule_)) return;
    // Else findings about records without keys could take each other's place in a baseline.
    if (!lasting.empty() && origins_[about].key.empty()) lasting = fmt::format("{}: {}", lasting_name_of(about), lasting);
    late_.push_back({{rule_->severity, rule_->code, std::move(message), origins_[about].key, origins_[about].span, {}, std::move(lasting)}, about, {}, {}});
  }
  void add(std::string_view source, Position position, std::string message) override {
    late_.push_back({{rule_->severity, rule_->code, std::move(message), {}, {}, {}}, 0, std::string(source), position});
  }

  /// What was found about records of this part is told in its place; the rest at the end.
  void add_set_findings(const CheckJob& job) {
    const std::uint64_t end = job.chunk.offset + job.chunk.text.size();
    const auto is_here = [&](const Late& late) {
      return late.source.empty() && origins_[late.about].input == job.input->number && late.diagnostic.span.begin >= job.chunk.offset && late.diagnostic.span.begin < end;
    };
    for (Late& late : late_)
      if (is_here(late)) part_.push_back(late.diagnostic);
    std::erase_if(late_, is_here);
  }

  void tell(const CheckJob& job) {
    order_.clear();
    for (std::size_t at = 0; at < part_.size(); ++at) order_.push_back({part_[at].span.begin, at});
    std::sort(order_.begin(), order_.end());
    const Places& places = places_[job.input->number];
    for (std::size_t at = 0; at < order_.size(); ++at) {
      Diagnostic& diagnostic = part_[order_[at].second];
      if (is_repeated(at) || is_allowed(job.input->number, diagnostic)) continue;
      Finding finding;
      finding.diagnostic = std::move(diagnostic);
      finding.source = (*inputs_)[job.input->number].input.name();
      finding.input = job.input->number;
      finding.position = places.at(finding.diagnostic.span.begin);
      finding.end = places.at(finding.diagnostic.span.end);
      quote(finding, job.chunk.text, job.chunk.offset);
      pass_on(finding);
    }
  }

  /// Two entries may share what was written: it is told once.
  bool is_repeated(std::size_t at) const {
    const Diagnostic& one = part_[order_[at].second];
    for (std::size_t before = at; before-- > 0 && order_[before].first == order_[at].first;) {
      const Diagnostic& other = part_[order_[before].second];
      if (other.code == one.code && other.span == one.span && !other.message.empty() && other.message == one.message) return true;
    }
    return false;
  }

  bool is_allowed(std::uint32_t input, const Diagnostic& diagnostic) const {
    const std::vector<Allowance>& allowed = allowed_[input];
    return std::any_of(allowed.begin(), allowed.end(), [&](const Allowance& one) { return one.covers(diagnostic); });
  }

  void tell_late(Late& late) {
    Finding finding;
    finding.diagnostic = std::move(late.diagnostic);
    if (late.source.empty()) {
      const Origin& origin = origins_[late.about];
      if (is_allowed(origin.input, finding.diagnostic)) return;
      finding.source = (*inputs_)[origin.input].input.name();
      finding.input = origin.input;
      finding.position = origin.position;
      finding.end = origin.end;
    } else {
      finding.source = late.source;
      finding.input = Finding::kNoInput;
      finding.position = finding.end = late.position;
    }
    pass_on(finding);
  }

  void pass_on(const Finding& finding) {
    switch (finding.diagnostic.severity) {
      case Severity::Error: ++totals_.errors; break;
      case Severity::Warning: ++totals_.warnings; break;
      case Severity::Note: ++totals_.notes; break;
    }
    if (!finding.diagnostic.fixes.empty()) ++totals_.fixable;
    sink_->finding(finding);
  }

  void tell_of_file(const PreparedInput& input, std::string_view code, std::string message) {
    if (!options_->rules_of(input.number).has(code, true)) return;
    Finding finding;
    finding.diagnostic = {Severity::Warning, code, std::move(message), {}, {}, {}};
    finding.source = input.input.name();
    finding.input = input.number;
    pass_on(finding);
  }

  void finish_inputs_before(std::uint32_t number) {
    for (; finished_ < number; ++finished_) {
      const PreparedInput& input = (*inputs_)[finished_];
      if (totals_.inputs[finished_].records > 0) continue;
      std::string message = "there is no record in it";
      if (input.blank) {
        message += "; it is empty";
      } else if (!input.looks_like.empty()) {
        message += fmt::format("; it looks like {}", input.looks_like);
      } else if (input.format != nullptr) {
        message += fmt::format("; it was read as {}", input.format->id);
      }
      tell_of_file(input, "input/no-records", std::move(message));
    }
  }

  const CheckOptions* options_;
  std::vector<PreparedInput>* inputs_;
  FindingSink* sink_;
  std::vector<Places> places_;
  std::vector<std::vector<Allowance>> allowed_;  ///< of each input
  std::vector<SetRuleAtWork> set_rules_;
  const Rule* rule_ = nullptr;
  std::vector<Origin> origins_;
  RecordNumber first_of_part_ = 0;
  std::vector<Late> late_;
  std::vector<Diagnostic> part_;
  std::vector<std::pair<std::uint64_t, std::size_t>> order_;  ///< where each of them begins, and its index
  std::vector<std::uint64_t> wanted_;
  std::uint32_t finished_ = 0;
  CheckTotals totals_;
};

}  // namespace

CheckTotals check(const CheckOptions& options, FindingSink& sink) {
  ConvertOptions reading;
  reading.inputs = options.inputs;
  reading.input = options.input;
  reading.formats = options.formats;
  reading.from = options.from;
  reading.reading = options.reading;
  reading.max_record = options.max_record;
  std::vector<PreparedInput> inputs = prepare_inputs(reading);
  look_ahead(reading, inputs);
  for (PreparedInput& input : inputs) input.reading.keep_spans = true;

  CheckJoiner joiner(options, inputs, sink);
  joiner.begin();
  const std::size_t threads = std::max<std::size_t>(1, options.threads);
  std::vector<std::unique_ptr<CheckWorker>> workers;
  for (std::size_t worker = 0; worker < threads; ++worker) workers.push_back(std::make_unique<CheckWorker>(options, joiner.has_set_rules()));
  PartFeed<CheckJob> feed(inputs, options.max_record, options.part_size);
  OrderedWork<CheckJob> work(threads);
  work.run(
      feed, [&](CheckJob& job, std::size_t worker) { workers[worker]->work(job); },
      [&](CheckJob& job) {
        joiner.join(job);
        return Flow::Continue;
      });
  return joiner.finish();
}

}  // namespace bibmill

// Counting, part by part on any number of threads, and adding up in order.
#include "bibmill/stats.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "bibmill/parallel.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "feed.h"
#include "plan.h"

namespace bibmill {

void NameCounts::add(const std::string& name, std::uint64_t records) {
  const auto known = counts_.find(name);
  if (known != counts_.end()) {
    known->second += records;
  } else if (counts_.size() < kMostNames) {
    counts_.emplace(name, records);
  } else {
    others_ += records;
  }
}

void NameCounts::add(const NameCounts& others) {
  for (const auto& [name, records] : others.counts_) add(name, records);
  others_ += others.others_;
}

std::vector<NameCounts::Count> NameCounts::top(std::size_t most) const {
  std::vector<Count> all;
  for (const auto& [name, records] : counts_) all.push_back({name, records});
  std::stable_sort(all.begin(), all.end(), [](const Count& a, const Count& b) { return a.records > b.records; });
  if (all.size() > most) all.resize(most);
  return all;
}

namespace {

/// A name is shown in a line; more of it helps nobody.
constexpr std::size_t kLongestName = 200;

std::string name_from(std::string_view text) {
  std::string name;
  for (const char c : text::trim(text.substr(0, text::code_point_begin(text, std::min(text.size(), kLongestName))))) {
    const bool blank = text::is_blank(c);
    if (!blank || !name.ends_with(' ')) name += blank ? ' ' : c;
  }
  return name;
}

/// FNV-1a: two of a million keys share one by a chance of one in thirty million.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

struct CountJob {
  PreparedInput* input = nullptr;
  Chunk chunk;
  std::optional<Diagnostic> damage;

  Statistics found;
  std::vector<std::uint64_t> keys;
};

class CountWorker final : private RecordSink, private DiagnosticSink {
 public:
  void work(CountJob& job) {
    job_ = &job;
    job.found = {};
    job.keys.clear();
    if (job.chunk.skipped || job.input->format == nullptr) return;
    if (input_ != job.input) reader_ = job.input->format->make_reader(job.input->reading);
    input_ = job.input;
    if (arena_ == nullptr || arena_.use_count() > 1) arena_ = std::make_shared<Arena>();
    reader_->read(job.input->source, {job.chunk.text, job.chunk.offset, arena_, job.chunk.first, job.chunk.last, false, &job.chunk.foregoing}, *this, *this);
    arena_->clear(kKeptOfArena);
  }

 private:
  static constexpr std::size_t kKeptOfArena = std::size_t{4} << 20;

  Flow record(Record&& record) override {
    Statistics& found = job_->found;
    if (record.span.size() > input_->reading.max_record) {
      ++found.errors;
      return Flow::Continue;
    }
    ++found.records;
    found.types.add(std::string(name_of(record.type)));
    if (record.key.empty())
      found.without_key += input_->format->needs_key ? 1 : 0;
    else
      job_->keys.push_back(hash_of(record.key));
    count_year(record);
    count_items(record);
    return Flow::Continue;
  }

  Flow between(Extra&&) override { return Flow::Continue; }
  void report(Diagnostic diagnostic) override { job_->found.errors += diagnostic.severity == Severity::Error ? 1 : 0; }

  void count_year(const Record& record) {
    const Date* const date = record.get<Field::Issued>();
    if (date != nullptr && date->from.known())
      ++job_->found.years[date->from.year];
    else
      ++job_->found.without_year;
  }

  /// Each name once a record, however often it stands in it.
  void count_items(const Record& record) {
    Statistics& found = job_->found;
    std::array<bool, kFieldCount> fields{};
    std::set<std::string> schemes;
    std::set<std::string> unmapped;
    bool of_work = false;
    for (const Item& item : record.items()) {
      if (const Extra* const extra = std::get_if<Extra>(&item)) {
        if (!extra->key.empty()) unmapped.insert(fmt::format("{} ({})", name_from(extra->key), extra->origin));
        continue;
      }
      const Entry& entry = std::get<Entry>(item);
      fields[static_cast<std::size_t>(entry.field)] = true;
      const Identifiers* const identifiers = std::get_if<Identifiers>(&entry.value);
      if (identifiers == nullptr) continue;
      for (const Identifier& identifier : identifiers->list) schemes.insert(std::string(identifier.scheme));
      of_work = of_work || (entry.field != Field::Issn && entry.field != Field::NlmId);
    }
    for (std::size_t field = 0; field < kFieldCount; ++field) found.with_field[field] += fields[field] ? 1 : 0;
    for (const std::string& scheme : schemes) found.identifiers.add(scheme);
    for (const std::string& key : unmapped) found.unmapped.add(key);
    found.without_identifier += of_work ? 0 : 1;
    if (const Text* const language = record.get<Field::Language>()) found.languages.add(name_from(language->value));
    if (const RichText* const container = record.get<Field::ContainerTitle>()) found.containers.add(name_from(text::plain_text(*container)));
  }

  CountJob* job_ = nullptr;
  const PreparedInput* input_ = nullptr;
  std::unique_ptr<Reader> reader_;
  std::shared_ptr<Arena> arena_;
};

class CountJoiner {
 public:
  explicit CountJoiner(const std::vector<PreparedInput>& inputs) {
    for (const PreparedInput& input : inputs) all_.inputs.push_back({input.input.name(), input.format, std::string(input.producer), 0, 0});
  }

  void join(CountJob& job) {
    Statistics& part = job.found;
    part.errors += (job.chunk.begins_skip ? 1U : 0U) + (job.damage && job.damage->severity == Severity::Error ? 1U : 0U);
    CountedInput& input = all_.inputs[job.input->number];
    input.records += part.records;
    input.errors += part.errors;
    all_.records += part.records;
    all_.errors += part.errors;
    all_.types.add(part.types);
    for (const auto& [year, records] : part.years) all_.years[year] += records;
    all_.without_year += part.without_year;
    all_.languages.add(part.languages);
    for (std::size_t field = 0; field < kFieldCount; ++field) all_.with_field[field] += part.with_field[field];
    all_.unmapped.add(part.unmapped);
    all_.identifiers.add(part.identifiers);
    all_.without_identifier += part.without_identifier;
    all_.containers.add(part.containers);
    all_.without_key += part.without_key;
    for (const std::uint64_t key : job.keys) all_.repeated_keys += keys_.insert(key).second ? 0 : 1;
  }

  Statistics finish() { return std::move(all_); }

 private:
  Statistics all_;
  std::unordered_set<std::uint64_t> keys_;
};

}  // namespace

Statistics count(const StatsOptions& options) {
  ConvertOptions reading;
  reading.inputs = options.inputs;
  reading.input = options.input;
  reading.formats = options.formats;
  reading.from = options.from;
  reading.max_record = options.max_record;
  std::vector<PreparedInput> inputs = prepare_inputs(reading);
  look_ahead(reading, inputs);
  CountJoiner joiner(inputs);
  const std::size_t threads = std::max<std::size_t>(1, options.threads);
  std::vector<CountWorker> workers(threads);
  PartFeed<CountJob> feed(inputs, options.max_record, options.part_size);
  OrderedWork<CountJob> work(threads);
  work.run(
      feed, [&](CountJob& job, std::size_t worker) { workers[worker].work(job); },
      [&](CountJob& job) {
        joiner.join(job);
        return Flow::Continue;
      });
  return joiner.finish();
}

}  // namespace bibmill

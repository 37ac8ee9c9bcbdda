// merge-sources: makes one record of those that several databases have of a work, field by field from the source that is trusted most.
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/likeness.h"
#include "bibmill/step.h"
#include "bibmill/text/rich_text.h"
#include "merging.h"

namespace bibmill::steps {

namespace {

/// PubMed's records in either of its formats.
constexpr std::string_view kPubmedFormats[] = {"medline", "pubmed"};

/// How sources are compared: "Web of Science", "web-of-science" and "WEB_OF_SCIENCE" are one.
std::string folded_source(std::string_view name) {
  std::string words = folded_words(name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

class MergeSources final : public MergingStep {
 public:
  explicit MergeSources(std::span<const StepArgument> arguments) : MergingStep({"step/merge-sources", "step/merge-sources-values", "merge-sources/doubtful"}) {
    for (const StepArgument& argument : arguments) {
      if (take_option(argument, "merge-sources")) continue;
      if (argument.option == "order")
        for (const std::string& name : argument.values) order_.push_back(folded_source(name));
      if (argument.option == "prefer")
        for (const std::string& word : argument.values) prefer(word);
      if (argument.option == "provenance") provenance_ = argument.values.front();
    }
    if (order_.empty()) throw UsageError("the step merge-sources wants order=SOURCE,…, the sources from the most trusted on");
  }

  void begin(const StepSetting&) const override { table_->clear(); }

 private:
  using Sources = std::vector<std::string>;

  /// "abstract:scopus"
  void prefer(const std::string& word) {
    const std::size_t colon = word.find(':');
    if (colon == std::string::npos || colon + 1 == word.size()) throw UsageError(fmt::format("prefer wants FIELD:SOURCE, such as abstract:scopus, not {}", word));
    preferred_[field_for_step(word.substr(0, colon))].push_back(folded_source(word.substr(colon + 1)));
  }

  /// All that a source may be called by: its file, its format, and what the record says of where it was found.
  static Sources names_of(const GatheredRecord& record, const StepReport& report) {
    const std::filesystem::path file(std::string(report.place_of(record).source));
    Sources names = {folded_source(file.filename().string()), folded_source(file.stem().string()), folded_source(record.record.origin)};
    if (std::find(std::begin(kPubmedFormats), std::end(kPubmedFormats), record.record.origin) != std::end(kPubmedFormats)) names.insert(names.end(), std::begin(kPubmedFormats), std::end(kPubmedFormats));
    for_each_entry(record.record, [&](const Entry& entry) {
      if (entry.field != Field::Source && entry.field != Field::Archive && entry.field != Field::RecordSource) return;
      if (const RichText* const rich = std::get_if<RichText>(&entry.value)) names.push_back(folded_source(text::plain_text(*rich)));
      if (const Text* const text = std::get_if<Text>(&entry.value)) names.push_back(folded_source(text->value));
    });
    return names;
  }

  /// The place of the record's source in a list; behind all where it has none.
  static std::size_t rank(const Sources& order, const GatheredRecord& record, const StepReport& report) {
    const Sources names = names_of(record, report);
    const auto found = std::find_if(order.begin(), order.end(), [&](const std::string& source) { return std::find(names.begin(), names.end(), source) != names.end(); });
    return static_cast<std::size_t>(found - order.begin());
  }

  std::vector<std::size_t> ranked(const std::vector<GatheredRecord>& records, std::vector<std::size_t> cluster, const StepReport& report) const override {
    std::map<std::size_t, std::size_t> ranks;
    for (const std::size_t at : cluster) ranks[at] = rank(order_, records[at], report);
    std::stable_sort(cluster.begin(), cluster.end(), [&](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
    return cluster;
  }

  bool wins(Field field, const GatheredRecord& theirs, const GatheredRecord& mine, const StepReport& report) const override {
    const auto order = preferred_.find(field);
    return order != preferred_.end() && rank(order->second, theirs, report) < rank(order->second, mine, report);
  }

  void note_givers(const GatheredRecord& work, const Givers& givers, const StepReport& report) const override {
    if (provenance_.empty()) return;
    Givers sorted = givers;
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    const Place place = report.place_of(work);
    const std::string name = work.name().empty() ? fmt::format("{}:{}", place.source, place.position.line) : std::string(work.name());
    for (const auto& [field, giver] : sorted) fmt::format_to(std::back_inserter(*table_), "{}\t{}\t{}\n", name, name_of(field), described(*giver, report));
  }

  void finish(StepReport& report) const override {
    if (!provenance_.empty()) report.file(provenance_, "key\tfield\tfrom\n" + *table_);
  }

  Sources order_;
  std::map<Field, Sources> preferred_;
  std::string provenance_;
  std::unique_ptr<std::string> table_ = std::make_unique<std::string>();
};

constexpr StepOption kOptions[] = {
    {"order", "SOURCE,…",
     "the sources, from the most trusted on: a file (scopus.ris, or without its ending), a format (medline), or what the record says of where it was found (RIS's DB and DP); those that are not named come last; \"order=\" may be left out"},
    {"prefer", "FIELD:SOURCE,…", "for this field the source comes first, whatever the order; several of one field in their order"},
    {"provenance", "FILE", "write for each merged work which field came from which record: key (or place), field and record, divided by tabs"},
    kMergingLongest,
    kMergingBy,
    kMergingAliases,
    kMergingMap,
};

constexpr StepExample kExamples[] = {
    {"merge-sources:pubmed,scopus", "PubMed's record of each work, with what only Scopus has"},
    {"merge-sources:pubmed,scopus,prefer=abstract:scopus,keyword:embase,provenance=from.tsv", "the same, but abstracts of Scopus and keywords of Embase; the table tells where each field came from"},
};

}  // namespace

const StepDescriptor& merge_sources() {
  static constexpr StepDescriptor kStep = {
      "merge-sources",
      "make one record of what several databases say of a work",
      "Which records are one work is told as by the step dedupe. The record of the most trusted source takes from the others, in their order, what it lacks; names that are not cut off and dates that are more "
      "precise replace what says less, and identifiers of all are kept. A value that says something else and is not kept is noted, and so is each merge (--changes=all). What stays in memory, and the time it takes, are as with dedupe.",
      kOptions,
      kExamples,
      [](std::span<const StepArgument> arguments) -> AnyStep { return std::make_unique<const MergeSources>(arguments); },
      "order",
  };
  return kStep;
}

}  // namespace bibmill::steps

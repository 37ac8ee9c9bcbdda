// dedupe: merges the records that describe the same work.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/step.h"
#include "merging.h"

namespace bibmill::steps {

namespace {

class Dedupe final : public MergingStep {
 public:
  explicit Dedupe(std::span<const StepArgument> arguments) : MergingStep({"step/dedupe", "step/dedupe-values", "dedupe/doubtful"}) {
    for (const StepArgument& argument : arguments) {
      if (take_option(argument, "dedupe")) continue;
      if (argument.option == "prefer") preferred_ = argument.values;
      if (argument.option == "keep") set_keep(argument.values.front());
    }
  }

 private:
  void set_keep(const std::string& how) {
    if (how != "fullest" && how != "first") throw UsageError(fmt::format("the step dedupe keeps the fullest or the first record, not the {}", how));
    keep_first_ = how == "first";
  }

  /// The best in front, the others in the order of the input.
  std::vector<std::size_t> ranked(const std::vector<GatheredRecord>& records, std::vector<std::size_t> cluster, const StepReport&) const override {
    const auto rank = [&](std::size_t at) { return std::find(preferred_.begin(), preferred_.end(), std::string(records[at].record.origin)) - preferred_.begin(); };
    const auto best = std::min_element(cluster.begin(), cluster.end(), [&](std::size_t a, std::size_t b) {
      if (rank(a) != rank(b)) return rank(a) < rank(b);
      return !keep_first_ && fullness(records[a].record) > fullness(records[b].record);
    });
    std::rotate(cluster.begin(), best, best + 1);
    return cluster;
  }

  std::vector<std::string> preferred_;
  bool keep_first_ = false;
};

constexpr StepOption kOptions[] = {
    kMergingBy,
    {"keep", "fullest|first", "which record of a work takes up the others: the one that says most (default), or the first"},
    {"prefer", "FORMAT,…", "records that were read from these formats take up the others, in this order"},
    kMergingLongest,
    kMergingAliases,
    kMergingMap,
};

constexpr StepExample kExamples[] = {
    {"dedupe", "one record a work"},
    {"dedupe:prefer=medline,pubmed,longest=abstract", "PubMed's records where there are any, with the longest abstract of all"},
    {"dedupe:by=identifier,map=keys.tsv", "only where an identifier says so; which key became which goes to a file"},
};

}  // namespace

const StepDescriptor& dedupe() {
  static constexpr StepDescriptor kStep = {
      "dedupe",
      "merge the records that describe the same work",
      "Records are one work by an identifier, or by title, first author and year together with nothing against it. Against it speak: other identifiers; another kind of work, volume, first page, issue, number "
      "(of a report or patent), edition, address (of a web page) or year; another journal, if its name is neither an abbreviation nor the initials of the other's and they share no ISSN, or another book; a preprint beside what was published. Unless "
      "volume and page are the same, these do too: a conference abstract beside another record, a title that begins with RETRACTED, two numbers in one database, and given names with other initials. By an identifier records are not one if their titles "
      "hardly share words, if one is a correction by its title, or if they share an ISBN and one is the book and the other a chapter. Where something speaks against it both stay, and a warning says so. In titles, \"&\" is \"and\", \"α\" is \"alpha\" and \"CO₂\" is \"CO 2\"; in names, \"ü\" is \"ue\". The record that says most takes from the others what it lacks; a value that says something else and is not kept is noted, and so is each merge "
      "(--changes=all). A step cited behind this one knows the keys that went, and gives the work the one that is cited. The input is read three times: for what records can have in common, for the records that have it, and for all; "
      "those that have something in common are kept in memory, and of the others eight bytes for each identifier, title and place in print. Behind another step that sees all records, and where the output carries what it has no place for (YAML, --carry), all are kept. Time grows with their number alone.",
      kOptions,
      kExamples,
      [](std::span<const StepArgument> arguments) -> AnyStep { return std::make_unique<const Dedupe>(arguments); },
      {},
  };
  return kStep;
}

}  // namespace bibmill::steps

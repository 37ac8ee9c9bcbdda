// Steps that make one record of those that describe the same work: which these are, how they become one, and what is said about it.
//
// dedupe and merge-sources are such steps; they differ in which record, and which value of a field, comes first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bibmill/likeness.h"
#include "bibmill/step.h"

namespace bibmill {

/// Under which codes a step says what it does.
struct MergingCodes {
  std::string_view merged;    ///< a record went into another
  std::string_view values;    ///< a value is not kept
  std::string_view doubtful;  ///< something speaks against it
};

class Clusters;

class MergingStep : public WholeStep {
 public:
  bool goes_by_meeting() const final { return true; }
  void add_meeting_hashes(const Record& record, std::vector<std::uint64_t>& hashes) const final;
  void arrange(std::vector<GatheredRecord>& records, StepReport& report) const final;

 protected:
  explicit MergingStep(const MergingCodes& codes) : codes_(codes) {}

  /// Takes an option that all such steps have (kMergingOptions). False: it is another. Throws UsageError.
  bool take_option(const StepArgument& argument, std::string_view step);

  /// The cluster with the record in front that takes up the others, in that order.
  virtual std::vector<std::size_t> ranked(const std::vector<GatheredRecord>& records, std::vector<std::size_t> cluster, const StepReport& report) const = 0;

  /// Whether the field's value of the one wins over that of the other because of where it comes from.
  virtual bool wins(Field, const GatheredRecord& /*theirs*/, const GatheredRecord& /*mine*/, const StepReport&) const { return false; }

  /// A field of a work, and a record that gave it.
  using Givers = std::vector<std::pair<Field, const GatheredRecord*>>;
  /// Hears where each field of a merged work comes from.
  virtual void note_givers(const GatheredRecord& /*work*/, const Givers&, const StepReport&) const {}
  /// All works are merged.
  virtual void finish(StepReport&) const {}

 private:
  friend class WorkMerger;

  void join_by_identifier(const std::vector<GatheredRecord>& records, const std::vector<Portrait>& portraits, Clusters& clusters, std::vector<std::string>& reasons, StepReport& report) const;
  void join_by_content(const std::vector<GatheredRecord>& records, const std::vector<Portrait>& portraits, Clusters& clusters, std::vector<std::string>& reasons, StepReport& report) const;
  void doubt(const GatheredRecord& record, const GatheredRecord& other, const std::string& reason, StepReport& report) const;
  void merge(std::vector<GatheredRecord>& records, Clusters& clusters, const std::vector<std::string>& reasons, StepReport& report) const;
  void merge_cluster(std::vector<GatheredRecord>& records, const std::vector<std::size_t>& cluster, const std::vector<std::string>& reasons, std::vector<bool>& stays, std::string& map, StepReport& report) const;
  void keep_key(GatheredRecord& best, const GatheredRecord& other, std::string& map) const;

  MergingCodes codes_;
  std::string map_;
  std::vector<Field> longest_;
  bool by_content_ = true;
  bool keeps_aliases_ = false;
};

inline constexpr StepOption kMergingBy = {"by", "all|identifier",
                                          "identifier: only records with a common DOI, PMID, PMCID, arXiv id, or ISBN and title are the same work; all (default): also by title, author, year and place"};
inline constexpr StepOption kMergingLongest = {"longest", "FIELD,…", "fields that get the longest of their values, not that of the record that stays"};
inline constexpr StepOption kMergingAliases = {"aliases", "drop|keep", "keep: the keys of merged records become further keys of the work (biblatex's \"ids\")"};
inline constexpr StepOption kMergingMap = {"map", "FILE", "write the keys that went and those that stand for them, divided by a tab"};

/// How much a record says.
std::size_t fullness(const Record& record);

}  // namespace bibmill

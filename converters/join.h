// Joining: parts come back in order and become the output, the books and what the listener hears.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "bibmill/key_register.h"
#include "bibmill/keys.h"
#include "bibmill/pipeline.h"
#include "bibmill/report.h"
#include "part.h"
#include "places.h"
#include "plan.h"

namespace bibmill {

class Joiner final : private StepReport {
 public:
  Joiner(const Plan& plan, std::vector<PreparedInput>& inputs, TextSink& output, Listener& listener);
  /// Goes on for another target from what `before` has gathered, with its keys, places and sums; the records stay there.
  Joiner(const Joiner& before, const Plan& plan, TextSink& output, Listener& listener);

  /// Takes a part. One of a stage that is not the last leaves its records in gathered().
  void join(PartJob& job, bool rendered);

  /// Lets a step see all that was gathered.
  void arrange(const WholeStep& step);
  std::vector<GatheredRecord>& gathered() { return gathered_; }
  std::vector<Extra>& gathered_end() { return gathered_end_; }

  /// Of a reading before the last: from here on the listener hears what a step says, and only that counts.
  void begin_arranging(Listener& listener);
  /// In the last: takes over the places of the records that met, and what was said about them.
  void take_over(Joiner& earlier);

  /// Says what is to be said of inputs that gave no record; all parts of all inputs were joined.
  void finish_reading();
  /// Writes what stands behind the last record.
  Totals finish();

 private:
  // What whole steps call.
  void about(const GatheredRecord& record, Diagnostic diagnostic) override;
  Place place_of(const GatheredRecord& record) const override;
  bool has_inherited(const GatheredRecord& record) const override { return (*inputs_)[record.input].reading.prelude != nullptr; }
  void elsewhere(const Place& where, const Diagnostic& diagnostic) override;
  void trailing(const Extra& text) override;
  void file(std::string path, std::string content) override { totals_.files.push_back({std::move(path), std::move(content)}); }

  void begin_output();
  void pass_places(PartJob& job, bool rendered);
  void finish_inputs_before(std::uint32_t number);
  void tell_of_input(const PreparedInput& input);
  void register_keys(PartJob& job);
  void register_gathered_keys(PartJob& job);
  void register_given(std::string_view key, std::uint64_t offset);
  void join_text(PartJob& job);
  void join_events(PartJob& job);
  void join_gathered(PartJob& job);
  std::string made_key(std::string_view base, std::uint64_t number);
  void count(const Diagnostic& diagnostic);
  void tell(std::uint32_t input, const Diagnostic& diagnostic);
  Place place(std::uint32_t input, std::uint64_t offset) const;
  void place_first_losses(LossTally& losses);
  void add_totals(const PartJob& job);

  const Plan* plan_;
  std::vector<PreparedInput>* inputs_;
  TextSink* output_;
  Listener* listener_;

  std::unique_ptr<Writer> writer_;
  std::vector<Places> places_;  // of each input
  std::vector<Places> met_;     // of records that met, of each input: they may stand in other parts now
  KeyRegister keys_;
  std::vector<std::string> made_keys_;                              // of the part's open places, in order
  std::unordered_map<std::uint64_t, std::string> keys_of_records_;  // the same by record, where supplies are told
  std::vector<Diagnostic> repeated_keys_;                           // in the part
  std::vector<std::uint64_t> wanted_;
  std::string text_;  // a part with its keys filled in
  std::string tail_;
  std::vector<GatheredRecord> gathered_;
  std::vector<Extra> gathered_end_;
  std::size_t trailing_ = 0;                    // how many of them a step has put there
  std::vector<std::shared_ptr<Arena>> arenas_;  // of the text in gathered_end_
  Totals totals_;
  std::uint64_t numbers_before_ = 0;  // records read before the part under way
  std::uint32_t finished_inputs_ = 0;
  bool begun_ = false;
  bool after_record_ = false;
};

}  // namespace bibmill

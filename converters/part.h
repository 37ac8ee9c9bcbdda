// A part on its way through a worker, and the worker.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bibmill/chunker.h"
#include "bibmill/keys.h"
#include "bibmill/report.h"
#include "bibmill/step.h"
#include "plan.h"

namespace bibmill {

/// Of records beyond --max-record, whether they fit into a part or not.
inline constexpr std::string_view kRecordTooLarge = "input/record-too-large";
std::string record_too_large(std::uint64_t max_record);

/// A record's key, or what it will be made of, in the order of the records.
struct KeyNote {
  enum class Kind : std::uint8_t {
    Given,  ///< by the source
    Base,   ///< to be made distinct
    Made,   ///< and distinct already
  };
  Kind kind = Kind::Given;
  std::size_t begin = 0;  ///< in PartJob::key_text
  std::size_t size = 0;
  std::size_t places = 0;  ///< how many of Output::open_keys are this record's
  std::uint64_t record_number = 0;
  std::uint64_t offset = 0;  ///< of the record in its source
};

/// What was said, and of which input.
struct DiagnosticNote {
  Diagnostic diagnostic;
  std::uint32_t input = 0;
};

/// What happened to a record, to be told in order.
using PartEvent = std::variant<DiagnosticNote, LossNote, SupplyNote>;

/// Reused from part to part. Numbers of records count from 1 within the part where it is text, and within all inputs where it is a batch.
struct PartJob {
  // What is to be done: a piece of an input, or a batch of records that a whole step has arranged.
  PreparedInput* input = nullptr;
  Chunk chunk;
  std::vector<GatheredRecord> batch;
  std::vector<Extra> batch_end;      ///< text behind the last record
  std::optional<Diagnostic> damage;  ///< of the input, which ends here

  // What became of it.
  Output output;
  bool ends_with_record = false;  ///< the last thing written was one
  std::vector<GatheredRecord> gathered;
  std::vector<Extra> gathered_end;
  std::shared_ptr<Arena> arena;
  std::vector<PartEvent> events;
  std::vector<KeyNote> keys;
  std::string key_text;
  LossTally losses;
  std::vector<SupplyCount> supplied;
  std::uint64_t records_read = 0;
  std::uint64_t records_dropped = 0;
  std::uint64_t records_written = 0;
  std::uint64_t records_with_losses = 0;

  void clear_results();
};

/// Does parts of one stage: reads records, or takes a batch of them; applies the stage's steps; renders, or gathers for the next stage.
class PartWorker final : private RecordSink, private DiagnosticSink {
 public:
  PartWorker(const Plan& plan, std::size_t stage);
  void work(PartJob& job);

 private:
  // What readers call.
  Flow record(Record&& record) override;
  Flow between(Extra&& extra) override;
  bool keeps_any() const override { return !lets_go_ || !waiting_.empty(); }
  void report(Diagnostic diagnostic) override;

  void read_text(PartJob& job);
  void pass_batch(PartJob& job);
  void finish_part();
  void take(Record&& record);
  void look(Record&& record);
  void reunite(Record&& record);
  void pass_on(Record&& record);
  void note_name(const Record& record);
  void gather(Record&& record);
  void put_out(Record&& record);
  void write_waiting();
  void hold(Record&& record);
  void flush();
  void write(const Record& record);
  void begin_item();
  void warn_of_guesses(std::uint64_t before);
  bool passes(const std::vector<const Step*>& steps, Record& record);
  void prepare_key(Record& record);
  void note_key(const Record& record, std::size_t places);
  void note_losses(const Record& record);
  void note_supplies(const Record& record);
  void note_lost_text(const Extra& extra);
  LossNote describe(const Loss& loss, const Record& record) const;
  Reader& reader_of(const PreparedInput& input);
  std::shared_ptr<Arena> arena_for_part();

  const Plan* plan_;
  const Stage* stage_;
  bool renders_;
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<Reader> reader_;
  const PreparedInput* reader_input_ = nullptr;
  std::shared_ptr<Arena> arena_;  // of the part before, for the next

  PartJob* job_ = nullptr;
  std::size_t next_guess_ = 0;
  /// What is known of a record besides the record.
  struct About {
    std::uint64_t number = 0;
    std::uint32_t input = 0;
    std::string_view made_key;  // if a stage before has made one
    Str key_base;               // what its key will be made of, where it has none
    std::string_view source_key;  // the key that it has lost
    std::vector<std::string>* further_names = nullptr;  // of a record that a whole step has arranged
    bool is_named = false;  // its key was watched before
  };
  About about_;  // the record under way
  bool after_record_ = false;
  /// A record that is read and not yet written: records are read, and then written, a few at a time, since neither the code nor the tables of both fit into the processor's nearest cache.
  struct Waiting {
    Record record;
    About about;
    std::size_t events;  // that came before it
  };
  std::vector<Waiting> waiting_;
  bool may_wait_ = false;  // records of this part
  bool lets_go_ = false;   // of records that are written
  std::optional<Record> held_;  // with carrying: waits for the text that may follow it
  About about_held_;
  std::vector<Extra> refused_;  // text between records that the writer has no place for
  Output aside_;                // text between records that it has, behind the held record
  std::shared_ptr<Arena> met_arena_;   // of the part's records that meet others
  std::vector<std::uint64_t> hashes_;  // of the part's records, where they are looked for
  std::vector<std::uint64_t> own_;     // of the record under way
  std::vector<std::string> further_names_;
  Ledger ledger_;
  std::vector<Loss> losses_;
};

}  // namespace bibmill

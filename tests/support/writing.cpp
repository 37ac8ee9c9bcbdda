// Separators, keys, books.
#include "support/writing.h"

#include <string_view>
#include <utility>
#include <variant>

#include "bibmill/reflect.h"

namespace bibmill::support {

namespace {

/// Puts the keys into the places that the writer left for them.
std::string with_keys(const Output& output, const std::vector<std::string>& keys) {
  std::string text;
  std::size_t from = 0;
  for (std::size_t at = 0; at < output.open_keys.size(); ++at) {
    text.append(output.text, from, output.open_keys[at] - from);
    text += keys[at];
    from = output.open_keys[at];
  }
  text.append(output.text, from);
  return text;
}

/// Writes piece by piece, and remembers the keys that are to be filled in.
class Printer {
 public:
  Printer(const Format& format, const WriteOptions& options, std::span<const Mapping> rows) : writer_(format.make_writer(options, rows)) {
    writer_->begin(output_);
  }

  void record(const Record& original) {
    Record& record = writing_.records.emplace_back(original);
    if (record.key.empty() && record.suggested_key.empty())
      record.suggested_key = record.arena().copy("ref" + std::to_string(writing_.records.size()));
    const std::size_t open = output_.open_keys.size();
    const std::size_t size = output_.text.size();
    Ledger& ledger = writing_.ledgers.emplace_back();
    ledger.open(record);
    writer_->write(record, output_, ledger);
    if (after_record_ && !brings_its_own_distance(std::string_view(output_.text).substr(size)))
      output_.insert_before(size, open, writer_->separator());
    after_record_ = true;
    keys_.resize(output_.open_keys.size(), std::string(record.suggested_key));
  }

  void between(const Extra& extra) {
    const std::size_t size = output_.text.size();
    if (!writer_->between(extra, output_)) return;
    if (after_record_) output_.insert_before(size, output_.open_keys.size(), writer_->separator());
    after_record_ = false;
  }

  Writing finish() {
    writer_->end(output_, output_.tail, writing_.records.size());
    writing_.text = with_keys(output_, keys_);
    return std::move(writing_);
  }

 private:
  std::unique_ptr<Writer> writer_;
  Output output_;
  std::vector<std::string> keys_;
  Writing writing_;
  bool after_record_ = false;
};

std::string_view verb_of(Loss::Kind kind) {
  switch (kind) {
    case Loss::Kind::NarrowedField: return "narrowed ";
    case Loss::Kind::MergedType: return "merged ";
    default: return "dropped ";
  }
}

std::string remark(const Loss& loss) {
  std::string words(verb_of(loss.kind));
  if (loss.item == nullptr)
    words += "type";
  else if (const Entry* const entry = std::get_if<Entry>(loss.item))
    words += name_of(entry->field);
  else
    words.append("extra ").append(std::get<Extra>(*loss.item).key);
  if (!loss.part.empty()) words.append(": ").append(loss.part);
  return words;
}

}  // namespace

std::vector<Loss> Writing::losses() const {
  std::vector<Loss> losses;
  for (const Ledger& ledger : ledgers) ledger.losses(losses);
  return losses;
}

std::vector<std::string> Writing::lost() const {
  std::vector<std::string> words;
  for (const Loss& loss : losses()) words.push_back(remark(loss));
  return words;
}

std::vector<std::string> Writing::remarks() const {
  std::vector<std::string> remarks;
  for (const Ledger& ledger : ledgers) {
    std::vector<Loss> losses;
    ledger.losses(losses);
    for (const Loss& loss : losses) remarks.push_back(remark(loss));
    for (const Supply& supply : ledger.supplied()) remarks.push_back("supplied " + std::string(supply.what));
  }
  return remarks;
}

Writing write(const Format& format, const std::vector<Record>& records, const WriteOptions& options, std::span<const Mapping> rows) {
  Printer printer(format, options, rows);
  for (const Record& record : records) printer.record(record);
  return printer.finish();
}

Writing write(const Format& format, const std::vector<Record>& records, const WriteOptions& options) {
  return write(format, records, options, format.mappings);
}

Writing write(const Format& format, const Reading& reading, const WriteOptions& options, std::span<const Mapping> rows) {
  Printer printer(format, options, rows);
  auto record = reading.records.begin();
  auto extra = reading.extras.begin();
  for (const bool is_record : reading.is_record) is_record ? printer.record(*record++) : printer.between(*extra++);
  return printer.finish();
}

Writing write(const Format& format, const Reading& reading, const WriteOptions& options) {
  return write(format, reading, options, format.mappings);
}

Record estranged(const Record& record) {
  Record other = clone(record, std::make_shared<Arena>());
  other.origin = "other";
  other.type_as_written = {};
  other.layout = {};
  for (Item& item : other.items()) {
    if (Extra* const extra = std::get_if<Extra>(&item)) extra->origin = "other";
    if (Entry* const entry = std::get_if<Entry>(&item)) {
      entry->key = entry->raw = {};
      if (Names* const names = std::get_if<Names>(&entry->value))
        for (Name& name : names->list) name.raw = {};
    }
  }
  return other;
}

Reading estranged(const Reading& reading) {
  Reading other;
  for (const Record& record : reading.records) other.record(estranged(record));
  return other;
}

}  // namespace bibmill::support

// The writer of CSL-YAML: `references:` and an item each, with all that CSL cannot say under custom.bibmill.
#include "writer.h"

#include "bibmill/csl/item.h"
#include "bibmill/text/carry.h"
#include "bibmill/text/json.h"
#include "bibmill/text/schema.h"
#include "dialect.h"
#include "emitter.h"

namespace bibmill::yaml {

namespace {

bool is_comment(Str raw) { return raw.starts_with('#') && raw.find_first_of("\n\r") == raw.npos; }
bool is_comment(const Extra& extra) { return extra.origin == kOrigin && extra.key.empty() && is_comment(extra.raw); }

/// Text between records takes its place again where it is a comment, as far as that does not change the order: those that come first before a record, and
/// those that come last behind it. What is left is carried.
class Surroundings final : public RecordSink {
 public:
  Surroundings(const std::shared_ptr<Arena>& arena, Str carried) : arena_(arena) { text::pass_between(arena, carried, *this); }

  Flow record(Record&&) override { return Flow::Continue; }
  Flow between(Extra&& extra) override {
    all_.push_back(*arena_, extra);
    return Flow::Continue;
  }

  std::size_t comments_in_front() const {
    std::size_t count = 0;
    while (count < all_.size() && is_comment(all_[count])) ++count;
    return count;
  }
  std::size_t comments_at_end() const {
    std::size_t count = 0;
    while (count < all_.size() && is_comment(all_[all_.size() - 1 - count])) ++count;
    return count;
  }

  std::size_t size() const { return all_.size(); }

  Str carried(std::size_t begin, std::size_t end) const {
    List<Extra> extras;
    for (std::size_t at = begin; at < end; ++at) extras.push_back(*arena_, all_[at]);
    return extras.empty() ? Str{} : text::between_texts(*arena_, extras);
  }

  void write(std::size_t begin, std::size_t end, Output& output) const {
    for (std::size_t at = begin; at < end; ++at) {
      output.text += '\n';
      output.text += all_[at].raw;
    }
  }

 private:
  std::shared_ptr<Arena> arena_;
  List<Extra> all_;
};

constexpr std::size_t kCarriedDepth = 3;  // the list, an item, its "custom"

class YamlWriter final : public Writer {
 public:
  explicit YamlWriter(std::span<const Mapping> rows) : items_(rows, kMarkdown) {}

  void begin(Output& output) override { output.text += "---\nreferences:"; }

  void write(const Record& record, Output& output, Ledger& ledger) override {
    if (record.before.empty() && record.after.empty()) {
      write_item(record, output, ledger);
      return;
    }
    // The ledger's books are on `record`: what is changed here is only what it does not book.
    const auto arena = std::make_shared<Arena>();
    const Surroundings before(arena, record.before);
    const Surroundings after(arena, record.after);
    const std::size_t front = before.comments_in_front();
    const std::size_t rear = after.size() - after.comments_at_end();
    Record inner = record;
    inner.before = before.carried(front, before.size());
    inner.after = after.carried(0, rear);
    before.write(0, front, output);
    write_item(inner, output, ledger);
    after.write(rear, after.size(), output);
  }

  void end(Output& output, std::string_view, std::uint64_t records) override {
    output.text += records == 0 ? " []\n...\n" : "\n...\n";
  }

 private:
  void write_item(const Record& record, Output& output, Ledger& ledger) {
    YamlEmitter yaml(output.text, kCarriedDepth);
    yaml.begin_list();
    const auto leave_place_for_key = [&] {
      yaml.number("");
      output.leave_place_for_key();
    };
    const auto write_comment = [&](Str raw) {
      if (!is_comment(raw)) return false;  // what a fault left unread
      yaml.comment(raw);
      return true;
    };
    items_.write(record, yaml, ledger, {.carry = true, .write_missing_key = leave_place_for_key, .write_comment = write_comment});
  }

  csl::ItemWriter items_;
};

}  // namespace

std::unique_ptr<Writer> make_writer(const WriteOptions&, std::span<const Mapping> rows) {
  return std::make_unique<YamlWriter>(rows);
}

}  // namespace bibmill::yaml

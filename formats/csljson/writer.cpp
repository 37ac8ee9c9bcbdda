// The writer of CSL-JSON: an array of items, two blanks a level, as pandoc and Zotero's API lay it out, unless asked otherwise.
#include "writer.h"

#include <optional>

#include "bibmill/csl/item.h"
#include "bibmill/text/json.h"
#include "dialect.h"

namespace bibmill::csljson {

namespace {

/// Memory that is kept from one item to the next.
constexpr std::size_t kKeptOfItem = 256 * 1024;

class CslJsonWriter final : public Writer {
 public:
  CslJsonWriter(const WriteOptions& options, std::span<const Mapping> rows)
      : lines_(options.settings.has(kLinesOption.name)),
        indent_(lines_ ? 0 : static_cast<int>(options.settings.number(kIndentOption.name, 2))),
        carry_(options.carry),
        strict_(options.settings.has(kStrictOption.name)),
        items_(rows, kDialect) {}

  void begin(Output& output) override {
    if (!lines_) output.text += "[\n";
  }

  void write(const Record& record, Output& output, Ledger& ledger) override {
    output.text.append(static_cast<std::size_t>(indent_), ' ');
    item_.clear();
    text::JsonEmitter json(item_, indent_, indent_);
    std::optional<std::size_t> place_of_key;
    const auto leave_place_for_key = [&] {
      json.raw("\"");
      place_of_key = item_.size();
      item_ += '"';
    };
    const auto no_comments = [](Str) { return false; };  // JSON has none
    items_.write(record, json, ledger,
                 {.carry = carry_, .strict = strict_, .write_missing_key = leave_place_for_key, .write_comment = no_comments});
    if (place_of_key) output.open_keys.push_back(output.text.size() + *place_of_key);
    output.text += item_.view();
    if (item_.capacity() > kKeptOfItem) item_ = {};
  }

  std::string_view separator() const override { return lines_ ? "\n" : ",\n"; }

  void end(Output& output, std::string_view, std::uint64_t records) override {
    if (records > 0) output.text += '\n';
    if (!lines_) output.text += "]\n";
  }

 private:
  bool lines_;
  int indent_;
  bool carry_;
  bool strict_;
  csl::ItemWriter items_;
  TextBuffer item_;
};

}  // namespace

std::unique_ptr<Writer> make_writer(const WriteOptions& options, std::span<const Mapping> rows) {
  return std::make_unique<CslJsonWriter>(options, rows);
}

}  // namespace bibmill::csljson

// The writer of CSL-JSON: an array of items, two blanks a level, as pandoc and Zotero's API lay it out.
#include "writer.h"

#include "bibmill/csl/item.h"
#include "bibmill/text/json.h"
#include "dialect.h"

namespace bibmill::csljson {

namespace {

constexpr int kIndent = 2;

class CslJsonWriter final : public Writer {
 public:
  CslJsonWriter(const WriteOptions& options, std::span<const Mapping> rows) : carry_(options.carry), items_(rows, kDialect) {}

  void begin(Output& output) override { output.text += "[\n"; }

  void write(const Record& record, Output& output, Ledger& ledger) override {
    output.text += "  ";
    text::JsonEmitter json(output.text, kIndent, kIndent);
    const auto leave_place_for_key = [&] {
      json.raw("\"");
      output.leave_place_for_key();
      output.text += '"';
    };
    const auto no_comments = [](Str) { return false; };  // JSON has none
    items_.write(record, json, ledger, {.carry = carry_, .write_missing_key = leave_place_for_key, .write_comment = no_comments});
  }

  std::string_view separator() const override { return ",\n"; }

  void end(Output& output, std::string_view, std::uint64_t records) override { output.text += records == 0 ? "]\n" : "\n]\n"; }

 private:
  bool carry_;
  csl::ItemWriter items_;
};

}  // namespace

std::unique_ptr<Writer> make_writer(const WriteOptions& options, std::span<const Mapping> rows) {
  return std::make_unique<CslJsonWriter>(options, rows);
}

}  // namespace bibmill::csljson

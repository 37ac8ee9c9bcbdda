// json: every finding with its places and fixes, then the inputs and totals (schemas/diagnostics.schema.json).
#include <fmt/format.h>

#include "bibmill/text/json.h"
#include "reports/findings.h"
#include "reports/json_counts.h"

namespace bibmill::cli {

namespace {

class JsonFindings final : public FindingReport {
 public:
  explicit JsonFindings(const FindingView& view) : out_(view.out), json_(text_, 1) {
    json_.begin_map();
    json_.member("program", "bibmill " BIBMILL_VERSION);
    json_.key("findings");
    json_.begin_list();
  }

  void finding(const Finding& finding) override {
    const Diagnostic& diagnostic = finding.diagnostic;
    json_.begin_map();
    json_.member("code", diagnostic.code);
    json_.member("severity", name_of(diagnostic.severity));
    json_.member("message", diagnostic.message);
    json_.member("source", finding.source);
    if (finding.position.line > 0) {
      emit_count(json_, "line", finding.position.line);
      emit_count(json_, "column", finding.position.column);
      emit_count(json_, "end-line", finding.end.line);
      emit_count(json_, "end-column", finding.end.column);
    }
    if (!diagnostic.key.empty()) json_.member("record-key", diagnostic.key);
    if (!finding.line.empty()) json_.member("text", finding.line);
    if (!diagnostic.fixes.empty()) fixes(diagnostic.fixes);
    json_.end_map();
    flush();
  }

  void finish(const CheckTotals& totals, const Hidden& hidden) override {
    json_.end_list();
    json_.key("inputs");
    json_.begin_list();
    for (const CheckedInput& input : totals.inputs) {
      json_.begin_map();
      json_.member("name", input.name);
      if (input.format != nullptr) json_.member("format", input.format->id);
      emit_count(json_, "records", input.records);
      json_.end_map();
    }
    json_.end_list();
    json_.key("totals");
    json_.begin_map();
    emit_count(json_, "records", totals.records);
    emit_count(json_, "errors", totals.errors);
    emit_count(json_, "warnings", totals.warnings);
    emit_count(json_, "notes", totals.notes);
    emit_count(json_, "fixable", totals.fixable);
    emit_count(json_, "not-shown", hidden.beyond_most);
    emit_count(json_, "in-baseline", hidden.in_baseline);
    json_.end_map();
    json_.end_map();
    text_ += '\n';
    flush();
  }

 private:
  void fixes(const std::vector<Fix>& fixes) {
    json_.key("fixes");
    json_.begin_list();
    for (const Fix& fix : fixes) {
      json_.begin_map();
      json_.member("title", fix.title);
      json_.key("safe");
      json_.boolean(fix.safe);
      json_.key("edits");
      json_.begin_list();
      for (const Edit& edit : fix.edits) {
        json_.begin_map();
        emit_count(json_, "begin", edit.span.begin);
        emit_count(json_, "end", edit.span.end);
        json_.member("replacement", edit.replacement);
        json_.end_map();
      }
      json_.end_list();
      json_.end_map();
    }
    json_.end_list();
  }

  void flush() {
    out_->write(text_);
    text_.clear();
  }

  TextSink* out_;
  TextBuffer text_;
  text::JsonEmitter json_;
};

std::unique_ptr<FindingReport> make(const FindingView& view) { return std::make_unique<JsonFindings>(view); }

}  // namespace

const FindingStyle& check_json_style() {
  static constexpr FindingStyle kStyle = {"json", "for programs: everything (bibmill schema diagnostics)", true, make};
  return kStyle;
}

}  // namespace bibmill::cli

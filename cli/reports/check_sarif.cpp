// sarif: OASIS' Static Analysis Results Interchange Format 2.1.0, which code scanning services take.
#include <fmt/format.h>

#include <set>

#include "bibmill/text/json.h"
#include "reports/findings.h"

namespace bibmill::cli {

namespace {

constexpr std::string_view kSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

class Sarif final : public FindingReport {
 public:
  explicit Sarif(const FindingView& view) : out_(view.out), json_(text_, 1) {
    json_.begin_map();
    json_.member("$schema", kSchema);
    json_.member("version", "2.1.0");
    json_.key("runs");
    json_.begin_list();
    json_.begin_map();
    json_.member("columnKind", "unicodeCodePoints");
    json_.key("results");
    json_.begin_list();
  }

  void finding(const Finding& finding) override {
    const Diagnostic& diagnostic = finding.diagnostic;
    codes_.insert(std::string(diagnostic.code));
    json_.begin_map();
    json_.member("ruleId", diagnostic.code);
    json_.member("level", name_of(diagnostic.severity));  // SARIF has the same three words
    message(diagnostic.message);
    json_.key("locations");
    json_.begin_list();
    json_.begin_map();
    location(finding);
    json_.end_map();
    json_.end_list();
    json_.key("partialFingerprints");
    json_.begin_map();
    json_.member("bibmill/v1", fmt::format("{:016x}", fingerprint(finding)));
    json_.end_map();
    json_.end_map();
    flush();
  }

  // The rules are known only now; the order of members means nothing.
  void finish(const CheckTotals&, const Hidden&) override {
    json_.end_list();
    json_.key("tool");
    json_.begin_map();
    json_.key("driver");
    json_.begin_map();
    json_.member("name", "bibmill");
    json_.member("version", BIBMILL_VERSION);
    json_.key("rules");
    json_.begin_list();
    for (const std::string& code : codes_) {
      json_.begin_map();
      json_.member("id", code);
      json_.key("shortDescription");
      json_.begin_map();
      json_.member("text", meaning_of(code));
      json_.end_map();
      const Rule* const rule = rule_named(code);
      if (rule != nullptr) {
        json_.key("help");
        json_.begin_map();
        json_.member("text", rule->why);
        json_.end_map();
      }
      json_.end_map();
    }
    json_.end_list();
    json_.end_map();
    json_.end_map();
    json_.end_map();
    json_.end_list();
    json_.end_map();
    text_ += '\n';
    flush();
  }

 private:
  void number(std::string_view name, std::uint64_t value) {
    json_.key(name);
    json_.number(fmt::format("{}", value));
  }

  void message(std::string_view text) {
    json_.key("message");
    json_.begin_map();
    json_.member("text", text);
    json_.end_map();
  }

  void location(const Finding& finding) {
    json_.key("physicalLocation");
    json_.begin_map();
    json_.key("artifactLocation");
    json_.begin_map();
    json_.member("uri", as_uri(finding.source));
    json_.end_map();
    if (finding.position.line > 0) {
      json_.key("region");
      json_.begin_map();
      number("startLine", finding.position.line);
      number("startColumn", finding.position.column);
      number("endLine", finding.end.line);
      number("endColumn", finding.end.column);
      json_.end_map();
    }
    json_.end_map();
  }

  void flush() {
    out_->write(text_);
    text_.clear();
  }

  TextSink* out_;
  std::string text_;
  text::JsonEmitter json_;
  std::set<std::string> codes_;
};

std::unique_ptr<FindingReport> make(const FindingView& view) { return std::make_unique<Sarif>(view); }

}  // namespace

const FindingStyle& check_sarif_style() {
  static constexpr FindingStyle kStyle = {"sarif", "SARIF 2.1.0, for code scanning", true, make};
  return kStyle;
}

}  // namespace bibmill::cli

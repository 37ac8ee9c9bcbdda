// sarif: OASIS' Static Analysis Results Interchange Format 2.1.0, which code scanning services take.
#include <fmt/format.h>

#include <set>

#include "bibmill/text/json.h"
#include "reports/findings.h"
#include "reports/json_counts.h"

namespace bibmill::cli {

namespace {

constexpr std::string_view kSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// "text/not-nfc" is called TextNotNfc.
std::string as_one_word(std::string_view code) {
  std::string word;
  bool begins = true;
  for (const char c : code) {
    const bool divides = c == '/' || c == '-';
    if (!divides) word += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins = divides;
  }
  return word;
}

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
    words("message", diagnostic.message);
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
    for (const std::string& code : codes_) descriptor(code);
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
  void words(std::string_view member, std::string_view text) {
    json_.key(member);
    json_.begin_map();
    json_.member("text", text);
    json_.end_map();
  }

  /// GitHub's code scanning wants a full description and help of every rule.
  void descriptor(const std::string& code) {
    const std::string_view meaning = meaning_of(code);
    const Rule* const rule = rule_named(code);
    json_.begin_map();
    json_.member("id", code);
    json_.member("name", as_one_word(code));
    words("shortDescription", meaning);
    words("fullDescription", rule == nullptr ? meaning : fmt::format("{} {}", meaning, rule->why));
    words("help", rule == nullptr ? meaning : rule->why);
    json_.end_map();
  }

  void location(const Finding& finding) {
    json_.key("physicalLocation");
    json_.begin_map();
    json_.key("artifactLocation");
    json_.begin_map();
    json_.member("uri", as_uri(plain_path(finding.source)));
    json_.end_map();
    json_.key("region");
    json_.begin_map();
    if (finding.position.line > 0) {
      emit_count(json_, "startLine", finding.position.line);
      emit_count(json_, "startColumn", finding.position.column);
      emit_count(json_, "endLine", finding.end.line);
      emit_count(json_, "endColumn", finding.end.column);
    } else {
      emit_count(json_, "startLine", 1);  // of the file as a whole: services show nothing that has no place
    }
    json_.end_map();
    json_.end_map();
  }

  void flush() {
    out_->write(text_);
    text_.clear();
  }

  TextSink* out_;
  TextBuffer text_;
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

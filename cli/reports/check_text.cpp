// text: one finding after another, with its source line and a mark under what is meant.
#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <string>

#include "bibmill/text/unicode.h"
#include "reports/findings.h"
#include "reports/text.h"

namespace bibmill::cli {

namespace {

struct Paint {
  std::string_view severity;
  std::string_view strong;
  std::string_view faint;
  std::string_view mark;
  std::string_view off;
};

std::string_view colour_of(Severity severity) {
  switch (severity) {
    case Severity::Note: return "\033[36m";
    case Severity::Warning: return "\033[35m";
    case Severity::Error: return "\033[1;31m";
  }
  return {};
}

/// One column for each character, tabs and controls made blanks.
void append_shown(std::string& out, std::string_view line) {
  const std::size_t begin = out.size();
  out += line;
  std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
}

/// Longer marks say nothing more.
constexpr std::size_t kLongestMark = 72;

class TextFindings final : public FindingReport {
 public:
  explicit TextFindings(const FindingView& view) : out_(view.out), colours_(view.colours) {}

  void finding(const Finding& finding) override {
    const Diagnostic& diagnostic = finding.diagnostic;
    const Paint paint = colours_ ? Paint{colour_of(diagnostic.severity), "\033[1m", "\033[2m", "\033[32m", "\033[0m"} : Paint{};
    // There may be many: pieces are put together, not formatted.
    text_.clear();
    append({paint.strong, in_words(finding), ":", paint.off, " ", paint.severity, name_of(diagnostic.severity), ":", paint.off, " ", diagnostic.message, " [", diagnostic.code, "]\n"});
    if (!finding.line.empty()) append_line(finding, paint);
    for (const Fix& fix : diagnostic.fixes) append({paint.faint, "       =", paint.off, " ", fix.safe ? "fix" : "suggestion", ": ", fix.title, "\n"});
    out_->write(text_);
  }

  void finish(const CheckTotals&, const Hidden& hidden) override {
    if (hidden.beyond_most > 0) out_->write(fmt::format("… and {} more; --max shows more of them\n", counted(hidden.beyond_most, "finding")));
  }

 private:
  void append(std::initializer_list<std::string_view> pieces) {
    for (const std::string_view piece : pieces) text_ += piece;
  }

  void append_line(const Finding& finding, const Paint& paint) {
    constexpr std::size_t kNumberWidth = 6;
    const std::string number = std::to_string(finding.position.line);
    const std::size_t before = text::count_code_points(std::string_view(finding.line).substr(0, finding.mark));
    const std::size_t length = text::count_code_points(std::string_view(finding.line).substr(finding.mark, finding.mark_size));
    text_ += paint.faint;
    text_.append(kNumberWidth - std::min(number.size(), kNumberWidth), ' ');
    append({number, " |", paint.off, " "});
    append_shown(text_, finding.line);
    append({"\n", paint.faint, "       |", paint.off, " "});
    text_.append(before, ' ');
    append({paint.mark, "^"});
    text_.append(std::min(length > 0 ? length - 1 : 0, kLongestMark), '~');
    append({paint.off, "\n"});
  }

  TextSink* out_;
  bool colours_;
  std::string text_;
};

std::unique_ptr<FindingReport> make(const FindingView& view) { return std::make_unique<TextFindings>(view); }

}  // namespace

const FindingStyle& check_text_style() {
  static constexpr FindingStyle kStyle = {"text", "for people: each finding with its source line", false, make};
  return kStyle;
}

}  // namespace bibmill::cli

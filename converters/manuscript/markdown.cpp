// Citations in Markdown as pandoc reads it: [@key, p. 3], @key, @{any key}, nocite in the metadata; Quarto's cross-references are none.
#include <algorithm>
#include <array>
#include <string>

#include "bibmill/text/unicode.h"
#include "manuscript/citations.h"

namespace bibmill {

namespace {

/// Quarto's and its extensions' kinds of cross-references: @fig-map is a figure.
constexpr std::string_view kCrossReferences[] = {"fig", "tbl", "lst", "sec", "eq", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "sol", "rem", "alg", "tip", "nte", "wrn", "imp", "cau", "vid", "diag", "suppfig", "supptbl"};

/// An address between angles, or a key between braces.
constexpr std::size_t kLongestAddress = 1024;

constexpr std::string_view kInnerPunctuation = ":.#$%&-+?<>~/";

/// Letters and digits of any script, underscores, and single marks between them.
std::size_t markdown_key_end(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  for (std::size_t at = begin; at < text.size();) {
    const text::CodePoint c = text::code_point_at(text, at);
    const bool is_word = text::is_letter(c.value) || text::is_digit(c.value) || c.value == U'_' || text::is_combining(c.value);
    if (is_word) {
      end = at += c.size;
    } else if (end == at && at > begin && c.value < 0x80 && kInnerPunctuation.find(static_cast<char>(c.value)) != std::string_view::npos) {
      ++at;  // part of the key if a letter follows
    } else {
      break;
    }
  }
  return end;
}

bool is_cross_reference(std::string_view key, MarkdownFlavour flavour) {
  if (flavour != MarkdownFlavour::Quarto) return false;
  const std::string kind = text::to_lower(key.substr(0, key.find('-')));
  return key.find('-') != std::string_view::npos && std::find(std::begin(kCrossReferences), std::end(kCrossReferences), kind) != std::end(kCrossReferences);
}

class Markdown {
 public:
  Markdown(std::string_view text, MarkdownFlavour flavour, CitationSink& sink) : text_(text), flavour_(flavour), sink_(&sink) {}

  void read() {
    while (at_ < text_.size()) {
      if (at_line_start() && fence()) continue;
      const char c = text_[at_];
      if (c == '\\') {
        at_ += 2;
      } else if (c == '`') {
        code_span();
      } else if (c == '<') {
        angle();
      } else if (c == ']' && text_.substr(at_ + 1, 1) == "(") {
        destination();
      } else if (c == '{' && text_.substr(at_).starts_with("{{<")) {
        shortcode();
      } else if (c == '@') {
        cite();
      } else {
        ++at_;
      }
    }
  }

 private:
  bool at_line_start() const { return at_ == 0 || text_[at_ - 1] == '\n'; }
  std::size_t line_end(std::size_t from) const { return std::min(text_.find('\n', from), text_.size()); }

  /// ``` or ~~~, with up to three blanks before it, to a fence of the same kind that is as long; to the end where there is none.
  bool fence() {
    std::size_t begin = at_;
    while (begin < text_.size() && begin - at_ < 3 && text_[begin] == ' ') ++begin;
    if (begin >= text_.size() || (text_[begin] != '`' && text_[begin] != '~')) return false;
    const char mark = text_[begin];
    std::size_t length = 0;
    while (begin + length < text_.size() && text_[begin + length] == mark) ++length;
    if (length < 3) return false;
    const std::size_t head_end = line_end(begin);
    child(text_.substr(begin, head_end - begin), begin);
    std::size_t line = std::min(head_end + 1, text_.size());
    while (line < text_.size()) {
      const std::size_t end = line_end(line);
      const std::string_view closing = text::trim(text_.substr(line, end - line));
      line = std::min(end + 1, text_.size());
      if (closing.size() >= length && closing.find_first_not_of(mark) == std::string_view::npos) break;
    }
    at_ = line;
    return true;
  }

  /// knitr's ```{r child="part.Rmd"}
  void child(std::string_view head, std::size_t offset) {
    const std::size_t begin = head.find("child");
    if (head.find('{') == std::string_view::npos || begin == std::string_view::npos) return;
    const std::size_t open = head.find_first_of("\"'", begin);
    if (open == std::string_view::npos) return;
    const std::size_t close = head.find(head[open], open + 1);
    if (close != std::string_view::npos) sink_->include(head.substr(open + 1, close - open - 1), {}, {}, offset);
  }

  /// `…` of any number of backticks; a run without its end is text.
  void code_span() {
    std::size_t length = 0;
    while (at_ + length < text_.size() && text_[at_ + length] == '`') ++length;
    const std::size_t begin = at_ + length;
    const std::string_view near = text_.substr(0, begin + kLongestGroup);
    const std::size_t paragraph = std::min(near.find("\n\n", begin), near.size());
    for (std::size_t at = near.find('`', begin); at < paragraph; at = near.find('`', at)) {
      std::size_t run = 0;
      while (at + run < near.size() && near[at + run] == '`') ++run;
      at += run;
      if (run != length) continue;
      at_ = at;
      return;
    }
    at_ = begin;
  }

  /// Comments, and addresses such as <mailto:a@b.org>.
  void angle() {
    if (text_.substr(at_).starts_with("<!--")) {
      const std::size_t end = text_.find("-->", at_);
      at_ = end == std::string_view::npos ? text_.size() : end + 3;
      return;
    }
    const std::size_t close = text_.substr(0, at_ + kLongestAddress).find_first_of("> \n", at_ + 1);
    const bool is_address = close != std::string_view::npos && text_[close] == '>' && text_.substr(at_, close - at_).find(':') != std::string_view::npos;
    at_ = is_address ? close + 1 : at_ + 1;
  }

  void destination() {
    std::size_t depth = 0;
    const std::size_t limit = std::min(at_ + kLongestGroup, text_.size());
    for (std::size_t at = at_ + 1; at < limit && text_[at] != '\n'; ++at) {
      if (text_[at] == '(') ++depth;
      if (text_[at] == ')' && --depth == 0) {
        at_ = at + 1;
        return;
      }
    }
    ++at_;
  }

  /// Quarto's {{< include part.qmd >}}
  void shortcode() {
    const std::size_t end = text_.substr(0, at_ + kLongestGroup).find(">}}", at_);
    if (end == std::string_view::npos) {
      at_ += 3;
      return;
    }
    std::string_view inside = text::trim(text_.substr(at_ + 3, end - at_ - 3));
    constexpr std::string_view kInclude = "include ";
    if (inside.starts_with(kInclude)) {
      inside = text::trim(inside.substr(kInclude.size()));
      if (inside.size() > 1 && (inside.front() == '"' || inside.front() == '\'')) inside = inside.substr(1, inside.size() - 2);
      sink_->include(inside, {}, {}, at_);
    }
    at_ = end + 3;
  }

  void cite() {
    const std::size_t sign = at_++;
    // "name@example.org" is no citation.
    if (sign > 0) {
      const text::CodePoint before = text::last_code_point(text_.substr(0, sign));
      if (text::is_letter(before.value) || text::is_digit(before.value)) return;
    }
    if (at_ >= text_.size()) return;
    if (text_[at_] == '*') {
      sink_->cite_all();
      return;
    }
    std::size_t begin = at_;
    std::size_t end = markdown_key_end(text_, begin);
    if (text_[at_] == '{') {
      begin = at_ + 1;
      end = std::min(text_.substr(0, begin + kLongestAddress).find_first_of("}\n", begin), text_.size());
      if (end == text_.size() || text_[end] != '}') return;
    }
    const std::string_view key = text_.substr(begin, end - begin);
    at_ = std::max(at_, end);
    if (!key.empty() && !is_cross_reference(key, flavour_)) sink_->cite(key, begin);
  }

  std::string_view text_;
  MarkdownFlavour flavour_;
  CitationSink* sink_;
  std::size_t at_ = 0;
};

}  // namespace

bool is_markdown_key(std::string_view key, MarkdownFlavour flavour) { return markdown_key_end(key, 0) == key.size() && !is_cross_reference(key, flavour); }

void read_markdown(std::string_view text, MarkdownFlavour flavour, CitationSink& sink) { Markdown(text, flavour, sink).read(); }

}  // namespace bibmill

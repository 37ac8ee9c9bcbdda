// Laying tagged lines out over their grammar.
#include "bibmill/tagged/layout.h"

#include <string>

#include "bibmill/text/unicode.h"

namespace bibmill::tagged {

namespace {

class TaggedLayout {
 public:
  TaggedLayout(std::string_view text, const Grammar& grammar, const LayoutStyle& style) : text_(text), lines_(text, 0, grammar), style_(style), line_end_(line_end_of(text)) {}

  LaidOut run() {
    Line line;
    while (lines_.next(line)) {
      take(line);
      lines_.drop_pieces();
    }
    if (done_.text.empty()) done_.text = text_;
    return std::move(done_);
  }

 private:
  /// That of the first line.
  static std::string line_end_of(std::string_view text) {
    const std::size_t first = text.find_first_of("\r\n");
    if (first == std::string_view::npos || text[first] == '\n') return "\n";
    return text.substr(first, 2) == "\r\n" ? "\r\n" : "\r";
  }

  void take(const Line& line) {
    if (line.kind == Line::Kind::Blank) {
      blank_ = true;
      return;
    }
    const bool begins = line.is_tagged() && !style_.begins.empty() && line.code == code(style_.begins);
    const bool dividing = style_.blank_lines_divide || !in_record_ || !line.is_tagged();
    if (!done_.text.empty() && (begins || after_end_ || (blank_ && dividing))) done_.text += line_end_;
    blank_ = false;
    after_end_ = line.is_tagged() && !style_.ends.empty() && line.code == code(style_.ends);
    in_record_ = !after_end_ && (in_record_ || begins);
    if (line.is_tagged())
      put_tagged(line);
    else
      put(line.first.text);
  }

  void put(std::string_view text) { done_.text.append(text).append(line_end_); }

  void put_tagged(const Line& line) {
    std::string tag(line.tag);
    if (line.known)
      for (char& c : tag) c = text::ascii_upper(c);
    done_.text += tag;
    if (tag.size() < style_.tag_width) done_.text.append(style_.tag_width - tag.size(), ' ');
    done_.text += "- ";
    put(line.first.text);
    const std::span<const Piece> more = lines_.more(line);
    if (more.empty()) return;
    // The lines that the value goes on over, as they stand but for blanks at their ends.
    const auto last = static_cast<std::size_t>(more.back().span.end);
    for (std::size_t at = line_at(text_, static_cast<std::size_t>(line.tag_span.begin)).next; at < last;) {
      const PhysicalLine one = line_at(text_, at);
      put(text::trim_right(text_.substr(one.begin, one.end - one.begin)));
      at = one.next;
    }
  }

  std::string_view text_;
  Lines lines_;
  LayoutStyle style_;
  std::string line_end_;
  LaidOut done_;
  bool blank_ = false;      // blank lines stand before this
  bool in_record_ = false;  // of those that begin with a tag of their own
  bool after_end_ = false;
};

}  // namespace

LaidOut lay_out(std::string_view text, const Grammar& grammar, const LayoutStyle& style) { return TaggedLayout(text, grammar, style).run(); }

}  // namespace bibmill::tagged

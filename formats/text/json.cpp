// JSON: the emitter, and the tolerant parser.
#include "bibmill/text/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "bibmill/text/byte_scan.h"
#include "bibmill/text/unicode.h"

namespace bibmill::text {

// ------------------------------------------------------------------------------------------------------------- writing

namespace {

void append_escape(std::string& out, char c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    default: {
      constexpr std::string_view kHex = "0123456789abcdef";
      const auto byte = static_cast<unsigned char>(c);
      out += "\\u00";
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    }
  }
}

/// The first character at or behind `at` that must be escaped, or the size.
std::size_t next_escape(std::string_view text, std::size_t at) { return next_of<'"', '\\', ByteRange{0, 0x1F}>(text, at); }

}  // namespace

void append_json_string(std::string& out, std::string_view value) {
  // Most are short, and go out in one piece.
  std::array<char, 32> piece;  // NOLINT: as much of it as is used is filled
  if (value.size() <= piece.size() - 2 && next_escape(value, 0) == value.size()) {
    piece[0] = '"';
    *std::copy(value.begin(), value.end(), piece.data() + 1) = '"';
    out.append(piece.data(), value.size() + 2);
    return;
  }
  out += '"';
  for (std::size_t written = 0;;) {
    const std::size_t at = next_escape(value, written);
    out.append(value.data() + written, at - written);
    if (at == value.size()) break;
    append_escape(out, value[at]);
    written = at + 1;
  }
  out += '"';
}

namespace {

/// What nearly every line begins with, in one piece.
constexpr auto kLine = [] {
  std::array<char, 98> line{};
  line.fill(' ');
  line[0] = ',';
  line[1] = '\n';
  return line;
}();

}  // namespace

/// `before`, a line end, and the blanks of the column.
void JsonEmitter::break_line(std::string_view before) {
  if (indent_ == 0) {
    out_->append(before);
  } else if (column_ <= kLine.size() - 2) {
    out_->append(kLine.data() + 1 - before.size(), before.size() + 1 + column_);
  } else {
    out_->append(before).append(1, '\n').append(column_, ' ');
  }
}

void JsonEmitter::separate() {
  break_line(empty_ ? std::string_view{} : std::string_view(","));
  empty_ = false;
}

void JsonEmitter::open(char bracket) {
  before_value();
  *out_ += bracket;
  ++depth_;
  column_ += indent_;
  empty_ = true;
}

void JsonEmitter::close(char bracket) {
  --depth_;
  column_ -= indent_;
  if (!empty_) break_line({});
  empty_ = false;  // what is around it has a member now
  *out_ += bracket;
}

void JsonEmitter::key(std::string_view name) {
  separate();
  append_json_string(*out_, name);
  end_key();
}

/// A line is appended in one go, with blanks where the name is then put.
void JsonEmitter::name(std::string_view word) {
  constexpr std::size_t kSigns = 4;  // quotes, a colon and a blank
  const std::size_t before = (empty_ ? 0 : 1) + 1 + column_;
  const std::size_t size = before + word.size() + kSigns;
  if (indent_ == 0 || size >= kLine.size()) {
    key(word);
    return;
  }
  const std::size_t begin = out_->size();
  out_->append(kLine.data() + (empty_ ? 1 : 0), size);
  char* to = out_->data() + begin + before;
  *to++ = '"';
  to = std::copy(word.begin(), word.end(), to);
  to[0] = '"';
  to[1] = ':';
  empty_ = false;
  after_key_ = true;
}

void JsonEmitter::end_key() {
  *out_ += indent_ == 0 ? std::string_view(":") : std::string_view(": ");
  after_key_ = true;
}

void JsonEmitter::text(std::string_view value) {
  before_value();
  append_json_string(*out_, value);
}

void JsonEmitter::write(std::string_view json) {
  before_value();
  *out_ += json;
}

// ------------------------------------------------------------------------------------------------------------- reading

namespace {

constexpr bool is_json_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Ends a scalar without quotes.
constexpr bool is_structural(char c) { return c == ',' || c == ':' || c == ']' || c == '}' || c == '[' || c == '{' || c == '"'; }

bool is_number(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t from = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - from;
  };
  if (at < text.size() && text[at] == '-') ++at;
  const std::size_t integer = at;
  const std::size_t count = digits();
  if (count == 0 || (count > 1 && text[integer] == '0')) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

class Parser {
 public:
  Parser(Arena& arena, std::string_view text, std::uint64_t offset, const JsonOptions& options, DiagnosticSink& diagnostics)
      : arena_(arena), text_(text), offset_(offset), options_(options), diagnostics_(diagnostics) {}

  Node value(std::size_t depth) {
    skip_blanks();
    const std::size_t begin = at_;
    Node node = at_ < text_.size() ? value_here(depth) : Node{};
    node.span = span(begin, at_);
    if (options_.keep_raw) node.raw = arena_.copy(text_.substr(begin, at_ - begin));
    return node;
  }

  std::size_t end() const { return at_; }

 private:
  Span span(std::size_t begin, std::size_t end) const { return {offset_ + begin, offset_ + end}; }

  /// Says what is wrong; only the first few, since a text that is no JSON at all is wrong everywhere.
  void fault(std::size_t at, std::string message) {
    if (++faults_ > kMostFaults) return;
    diagnostics_.error("json/syntax", span(at, std::min(at + 1, text_.size())), std::move(message));
  }

  /// The text ends inside something: said once, for the innermost thing that is open.
  void ends_inside(std::size_t begin, std::string message) {
    if (!ended_) fault(begin, std::move(message));
    ended_ = true;
  }

  void skip_blanks() {
    while (at_ < text_.size() && is_json_blank(text_[at_])) ++at_;
  }

  bool at_char(char c) const { return at_ < text_.size() && text_[at_] == c; }

  Node value_here(std::size_t depth) {
    if (text_[at_] == '"') return string_node();
    if (text_[at_] == '{' || text_[at_] == '[') return depth < options_.max_depth ? nested(depth) : too_deep();
    return word();
  }

  Node string_node() {
    Node node;
    node.kind = Node::Kind::Text;
    node.text = string();
    return node;
  }

  Node nested(std::size_t depth) {
    const bool map = text_[at_] == '{';
    const char close = map ? '}' : ']';
    const std::size_t begin = at_++;
    Node node;
    node.kind = map ? Node::Kind::Map : Node::Kind::List;
    bool after_member = false;
    std::size_t comma = begin;
    for (skip_blanks(); at_ < text_.size() && text_[at_] != close; skip_blanks()) {
      if (at_char(',')) {
        if (options_.strict && !after_member) fault(at_, kIdleComma);
        after_member = false;
        comma = at_++;
        continue;
      }
      if (at_char(map ? ']' : '}')) {
        fault(at_, fmt::format("expected '{}' here", close));
        ++at_;
        return node;
      }
      node.members.push_back(arena_, map ? member(depth) : Member{{}, {}, value(depth + 1)});
      after_member = true;
      skip_blanks();
      if (at_ < text_.size() && !at_char(',') && !at_char(close) && !at_char(map ? ']' : '}'))
        fault(at_, fmt::format("expected ',' or '{}' here", close));
    }
    if (options_.strict && !after_member && comma != begin) fault(comma, kIdleComma);
    if (at_ == text_.size())
      ends_inside(begin, fmt::format("this '{}' is never closed", map ? '{' : '['));
    else
      ++at_;
    return node;
  }

  Member member(std::size_t depth) {
    Member member;
    const std::size_t begin = at_;
    if (at_char('"')) {
      member.key = string();
    } else {
      fault(at_, "a key needs quotes");
      member.key = bare();
      if (at_ == begin) ++at_;
    }
    member.key_span = span(begin, at_);
    skip_blanks();
    if (!at_char(':')) {
      fault(at_ < text_.size() ? at_ : begin, "expected ':' behind this key");
      return member;
    }
    ++at_;
    skip_blanks();
    if (at_char(',') || at_char('}') || at_char(']')) {
      fault(at_, "a value is missing here");
      return member;
    }
    member.value = value(depth + 1);
    return member;
  }

  Str bare() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && !is_json_blank(text_[at_]) && !is_structural(text_[at_])) ++at_;
    return arena_.copy(text_.substr(begin, at_ - begin));
  }

  Node word() {
    const std::size_t begin = at_;
    Node node;
    node.text = bare();
    if (at_ == begin) {
      fault(at_, fmt::format("'{}' has no business here", text_[at_]));
      ++at_;
      return node;
    }
    if (node.text == "null") return node;
    if (node.text == "true" || node.text == "false") {
      node.kind = Node::Kind::Boolean;
    } else if (is_number(node.text)) {
      node.kind = Node::Kind::Number;
    } else {
      fault(begin, fmt::format("\"{}\" is no JSON value; it is kept as text", node.text.substr(0, 40)));
      node.kind = Node::Kind::Text;
    }
    return node;
  }

  /// Keeps what is nested too deeply as text.
  Node too_deep() {
    const std::size_t begin = at_;
    fault(begin, fmt::format("nested more than {} levels deep; what is inside is kept as text", options_.max_depth));
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        skip_string();
        continue;
      }
      ++at_;
      if (c == '{' || c == '[') ++depth;
      if ((c == '}' || c == ']') && --depth == 0) break;
    }
    Node node;
    node.kind = Node::Kind::Text;
    node.text = arena_.copy(text_.substr(begin, at_ - begin));
    return node;
  }

  void skip_string() {
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == '"') {
        ++at_;
        return;
      }
    }
    at_ = std::min(at_, text_.size());
  }

  Str string() {
    const std::size_t begin = at_++;
    const std::size_t from = at_;
    at_ = next_escape(text_, at_);
    if (at_char('"')) {
      const Str plain = arena_.copy(text_.substr(from, at_ - from));
      ++at_;
      return plain;
    }
    return string_with_escapes(begin, from);
  }

  Str string_with_escapes(std::size_t begin, std::size_t from) {
    buffer_.assign(text_, from, at_ - from);
    bool control = false;
    while (at_ < text_.size() && text_[at_] != '"') {
      const char c = text_[at_];
      if (c == '\\') {
        escape();
        continue;
      }
      if (static_cast<unsigned char>(c) < 0x20 && !control) {
        control = true;
        fault(at_, "a control character stands unescaped in this string");
      }
      if (c != '\r') buffer_ += c;
      ++at_;
    }
    if (at_ == text_.size())
      ends_inside(begin, "this string is never closed");
    else
      ++at_;
    return arena_.copy(buffer_);
  }

  void escape() {
    if (at_ + 1 >= text_.size()) {
      fault(at_, "an escape is cut off");
      at_ = text_.size();
      return;
    }
    const char c = text_[at_ + 1];
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    if (c == 'u') {
      unicode_escape();
      return;
    }
    const std::size_t which = kLetters.find(c);
    if (which == std::string_view::npos) {
      fault(at_, fmt::format("'\\{}' is no escape; it is kept as it is", c));
      buffer_ += '\\';
      ++at_;
      return;
    }
    buffer_ += kMeanings[which];
    at_ += 2;
  }

  /// The four hexadecimal digits at `at`, or -1.
  std::int32_t four_digits(std::size_t at) const {
    if (at + 4 > text_.size()) return -1;
    std::int32_t code = 0;
    for (const char c : text_.substr(at, 4)) {
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) return -1;
      code = code * 16 + digit;
    }
    return code;
  }

  void unicode_escape() {
    const std::int32_t code = four_digits(at_ + 2);
    if (code < 0) {
      fault(at_, "'\\u' needs four hexadecimal digits; it is kept as it is");
      buffer_ += "\\u";
      at_ += 2;
      return;
    }
    const auto unit = static_cast<std::uint32_t>(code);
    if (unit < 0xD800 || unit > 0xDFFF) {
      append_utf8(buffer_, unit);
      at_ += 6;
      return;
    }
    const bool paired = unit < 0xDC00 && at_ + 7 < text_.size() && text_[at_ + 6] == '\\' && text_[at_ + 7] == 'u';
    const std::int32_t low = paired ? four_digits(at_ + 8) : -1;
    if (low < 0xDC00 || low > 0xDFFF) {
      fault(at_, "a lone surrogate is no character; U+FFFD stands for it");
      append_utf8(buffer_, 0xFFFD);
      at_ += 6;
      return;
    }
    append_utf8(buffer_, 0x10000 + ((unit - 0xD800U) << 10U) + (static_cast<std::uint32_t>(low) - 0xDC00U));
    at_ += 12;
  }

  Arena& arena_;
  std::string_view text_;
  std::uint64_t offset_;
  const JsonOptions& options_;
  DiagnosticSink& diagnostics_;
  std::size_t at_ = 0;
  std::size_t faults_ = 0;
  bool ended_ = false;
  std::string buffer_;

  static constexpr std::size_t kMostFaults = 20;
  static constexpr const char* kIdleComma = "this comma divides nothing";
};

}  // namespace

Node parse_json(Arena& arena, std::string_view text, std::uint64_t offset, const JsonOptions& options,
                DiagnosticSink& diagnostics, std::size_t* end) {
  Parser parser(arena, text, offset, options, diagnostics);
  Node node = parser.value(0);
  if (end != nullptr) *end = parser.end();
  return node;
}

}  // namespace bibmill::text

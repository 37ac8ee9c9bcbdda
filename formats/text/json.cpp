// JSON: the emitter, and the tolerant parser.
#include "bibmill/text/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "bibmill/text/byte_scan.h"
#include "bibmill/text/short_text.h"
#include "bibmill/text/unicode.h"

namespace bibmill::text {

// ------------------------------------------------------------------------------------------------------------- writing

namespace {

/// Of one byte, at most.
constexpr std::size_t kLongestEscape = 6;

char* put_escape(char* to, char c) {
  const auto put_two = [&](char letter) {
    to[0] = '\\';
    to[1] = letter;
    return to + 2;
  };
  switch (c) {
    case '"': return put_two('"');
    case '\\': return put_two('\\');
    case '\n': return put_two('n');
    case '\r': return put_two('r');
    case '\t': return put_two('t');
    case '\b': return put_two('b');
    case '\f': return put_two('f');
    default: {
      constexpr std::string_view kHex = "0123456789abcdef";
      const auto byte = static_cast<unsigned char>(c);
      to = put(to, "\\u00");
      to[0] = kHex[byte >> 4U];
      to[1] = kHex[byte & 15U];
      return to + 2;
    }
  }
}

using Escaped = Bytes<'"', '\\', ByteRange{0, 0x1F}>;

/// Copies what stands before the first character that must be escaped; its offset, or the size. Up to sixteen bytes more may be overwritten.
std::size_t put_plain(char* to, std::string_view text) {
  std::size_t at = 0;
#if defined(__SSE2__)
  if (const std::size_t size = text.size(); size >= 16) {
    while (true) {
      const __m128i bytes = detail::sixteen_at(text.data() + at);
      detail::put_sixteen(to + at, bytes);
      if (const unsigned found = detail::bits_of(detail::any_match(Escaped{}, bytes)); found != 0) return at + static_cast<std::size_t>(std::countr_zero(found));
      if (at + 16 == size) return size;
      at = std::min(at + 16, size - 16);
    }
  }
#endif
  at = next_of(Escaped{}, text, 0);
  put(to, text.substr(0, at));
  return at;
}

/// What `text` is within quotes. There is room for all of it to be escaped.
char* put_escaped(char* to, std::string_view text) {
  while (true) {
    const std::size_t plain = put_plain(to, text);
    to += plain;
    if (plain == text.size()) return to;
    to = put_escape(to, text[plain]);
    text.remove_prefix(plain + 1);
  }
}

/// What has room at once; of longer texts one piece after the other.
constexpr std::size_t kPiece = 4096;

/// `text` and quotes.
char* put_string(char* to, std::string_view text) {
  *to++ = '"';
  to = put_escaped(to, text);
  *to++ = '"';
  return to;
}

constexpr std::size_t kBeyond = 16;

constexpr std::size_t room_for_string(std::size_t size) { return kLongestEscape * size + 2 + kBeyond; }

}  // namespace

void append_json_string(TextBuffer& out, std::string_view value) {
  if (value.size() <= kPiece) {
    char* const begin = out.room(room_for_string(value.size()));
    out.take(static_cast<std::size_t>(put_string(begin, value) - begin));
    return;
  }
  out += '"';
  for (; !value.empty(); value.remove_prefix(std::min(value.size(), kPiece))) {
    char* const begin = out.room(kLongestEscape * kPiece + kBeyond);
    out.take(static_cast<std::size_t>(put_escaped(begin, value.substr(0, kPiece)) - begin));
  }
  out += '"';
}

void append_json_string(std::string& out, std::string_view value) {
  TextBuffer quoted;
  append_json_string(quoted, value);
  out += quoted.view();
}

namespace {

/// What nearly every line begins with, in one piece.
constexpr std::string_view kLine =
    ",\n                                                                                                                                ";

void append_short(TextBuffer& out, std::string_view text) {
  put(out.room(text.size()), text);
  out.take(text.size());
}

}  // namespace

/// `before`, at most a comma, a line end, and the blanks of the column.
void JsonEmitter::break_line(std::string_view before) {
  if (indent_ == 0) {
    append_short(*out_, before);
  } else if (column_ <= kLine.size() - 2) {
    append_short(*out_, kLine.substr(1 - before.size(), before.size() + 1 + column_));
  } else {
    out_->append(before);
    *out_ += '\n';
    std::fill_n(out_->room(column_), column_, ' ');
    out_->take(column_);
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

/// The line in one go.
void JsonEmitter::name(std::string_view word) {
  constexpr std::string_view kBehind = "\": ";
  if (indent_ == 0 || column_ + 2 > kLine.size()) {
    key(word);
    return;
  }
  const std::string_view before = kLine.substr(empty_ ? 1 : 0, (empty_ ? 1 : 2) + column_);
  char* const begin = out_->room(before.size() + 1 + word.size() + kBehind.size());
  char* to = put(begin, before);
  *to++ = '"';
  to = put(to, word);
  to = put(to, kBehind);
  out_->take(static_cast<std::size_t>(to - begin));
  empty_ = false;
  after_key_ = true;
}

void JsonEmitter::end_key() {
  append_short(*out_, indent_ == 0 ? ":" : ": ");
  after_key_ = true;
}

void JsonEmitter::text(std::string_view value) {
  before_value();
  append_json_string(*out_, value);
}

void JsonEmitter::write(std::string_view json) {
  before_value();
  append_short(*out_, json);
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
    at_ = next_of(Escaped{}, text_, at_);
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

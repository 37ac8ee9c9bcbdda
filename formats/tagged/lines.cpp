// Logical lines out of physical ones; cutting between records; laying out values.
#include "bibmill/tagged/lines.h"

#include <algorithm>
#include <cstring>

#include "bibmill/text/byte_scan.h"

namespace bibmill::tagged {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kDashColumn = 4;

constexpr bool is_blank_char(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t skip_blanks(std::string_view line, std::size_t at) {
  while (at < line.size() && is_blank_char(line[at])) ++at;
  return at;
}

std::string_view without_blanks_behind(std::string_view text) {
  while (!text.empty() && is_blank_char(text.back())) text.remove_suffix(1);
  return text;
}

/// Reads "TAG - " at `from`. False, with `form` as it was, where the line has none.
bool read_tag(std::string_view line, std::size_t from, bool at_line_begin, const Grammar& grammar, LineForm& form) {
  std::size_t behind = from;
  bool upper = true;
  for (; behind < line.size(); ++behind) {
    const char c = line[behind];
    if (is_lower(c))
      upper = false;
    else if (!is_upper(c) && !(is_digit(c) && (behind > from || grammar.digit_begins_tag)))
      break;
    if (behind - from == grammar.longest_tag) return false;
  }
  const std::size_t size = behind - from;
  if (size < grammar.shortest_tag) return false;
  const std::size_t dash = skip_blanks(line, behind);
  if (dash == line.size() || line[dash] != '-') return false;

  const bool in_column = dash - from == kDashColumn && std::all_of(line.begin() + static_cast<std::ptrdiff_t>(behind), line.begin() + static_cast<std::ptrdiff_t>(dash), [](char c) { return c == ' '; });
  const bool blank_behind = dash + 1 == line.size() || is_blank_char(line[dash + 1]);
  const std::string_view tag = line.substr(from, size);
  const bool known = grammar.is_known(code(tag));
  const bool standard = at_line_begin && upper && in_column && blank_behind;
  // Nearly right: one blank too many or too few, a tab for blanks, none behind the dash, lower case; one of these at a time, and the tag must be known.
  const bool tolerable = known && (upper ? in_column || (dash > behind && blank_behind) : in_column && blank_behind);
  if (!standard && !tolerable) return false;

  form.kind = LineForm::Kind::Tagged;
  form.known = known;
  form.standard = standard;
  form.tag_at = static_cast<std::uint32_t>(from);
  form.tag_size = static_cast<std::uint8_t>(size);
  form.code = code(tag);
  form.value_at = skip_blanks(line, dash + 1);
  return true;
}

/// "DOI  - 10.1000/x": a word for a tag, whose line has the form of a tag's.
void read_long_tag(std::string_view line, std::size_t from, const Grammar& grammar, LineForm& form) {
  constexpr std::size_t kLongest = 4;
  constexpr std::string_view kBehind = "  -";
  std::size_t behind = from;
  while (behind < line.size() && behind - from <= kLongest && is_upper(line[behind])) ++behind;
  const std::size_t size = behind - from;
  if (size <= grammar.longest_tag || size > kLongest || line.substr(behind, kBehind.size()) != kBehind) return;
  const std::size_t end = behind + kBehind.size();
  if (end < line.size() && !is_blank_char(line[end])) return;
  form.code = grammar.tag_meant_by(code(line.substr(from, size)));
  form.looks_tagged = form.code == 0;
  if (form.looks_tagged) return;
  form.kind = LineForm::Kind::Tagged;
  form.known = true;
  form.tag_at = static_cast<std::uint32_t>(from);
  form.tag_size = static_cast<std::uint8_t>(size);
  form.value_at = skip_blanks(line, end);
}

/// "TI  - …": a tag of two capitals in good form, as nearly all lines of RIS and most of MEDLINE have one. What it says of other lines is nothing.
bool read_usual_tag(std::string_view line, const Grammar& grammar, LineForm& form) {
  constexpr std::size_t kSize = 2;
  constexpr std::string_view kBehind = "  - ";
  if (line.size() <= kSize + kBehind.size() || std::memcmp(line.data() + kSize, kBehind.data(), kBehind.size()) != 0 || is_blank_char(line[kSize + kBehind.size()])) return false;
  if (!is_upper(line[0]) || !(is_upper(line[1]) || is_digit(line[1])) || grammar.shortest_tag > kSize || grammar.longest_tag < kSize) return false;
  form.kind = LineForm::Kind::Tagged;
  form.code = std::uint64_t{static_cast<unsigned char>(line[0])} << 8U | static_cast<unsigned char>(line[1]);
  form.known = grammar.is_known(form.code);
  form.standard = true;
  form.looks_tagged = false;
  form.tag_at = 0;
  form.tag_size = kSize;
  form.value_at = kSize + kBehind.size();
  return true;
}

/// The tag of a line in good form, "TI  - …" or "PMID- …", which nearly all are.
bool read_standard_tag(std::string_view line, const Grammar& grammar, LineForm& form) {
  if (line.size() <= kDashColumn || line[kDashColumn] != '-' || !is_upper(line[0])) return false;
  if (line.size() > kDashColumn + 1 && !is_blank_char(line[kDashColumn + 1])) return false;
  std::size_t size = 1;
  while (size < kDashColumn && (is_upper(line[size]) || is_digit(line[size]))) ++size;
  if (size < grammar.shortest_tag || size > grammar.longest_tag) return false;
  for (std::size_t at = size; at < kDashColumn; ++at)
    if (line[at] != ' ') return false;
  form.kind = LineForm::Kind::Tagged;
  form.code = code(line.substr(0, size));
  form.known = grammar.is_known(form.code);
  form.standard = true;
  form.tag_at = 0;
  form.tag_size = static_cast<std::uint8_t>(size);
  form.value_at = skip_blanks(line, kDashColumn + 1);
  return true;
}

bool holds_controls(std::string_view text) { return next_control(text, 0).size != 0; }

/// Without the control characters and the blanks at its ends: once those are gone, these are at the ends of a line.
std::string_view without_controls_at_ends(std::string_view text) {
  const auto is_one = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; };
  const auto are_two = [](std::string_view pair) { return pair.size() == 2 && pair[0] == '\xC2' && static_cast<unsigned char>(pair[1]) < 0xA0; };
  for (;;) {
    if (!text.empty() && is_one(text.front())) {
      text.remove_prefix(1);
    } else if (!text.empty() && is_one(text.back())) {
      text.remove_suffix(1);
    } else if (are_two(text.substr(0, 2))) {
      text.remove_prefix(2);
    } else if (text.size() >= 2 && are_two(text.substr(text.size() - 2))) {
      text.remove_suffix(2);
    } else {
      return text;
    }
  }
}

/// Takes the control characters out of a text in place; how long it is then. `feed` stands for a line feed.
std::size_t drop_controls(char* text, std::size_t size, char feed) {
  char* to = text;
  for (std::size_t at = 0; at < size; ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const unsigned char next = at + 1 < size ? static_cast<unsigned char>(text[at + 1]) : 0;
    if (byte == 0xC2 && next >= 0x80 && next < 0xA0) {
      // Next line (U+0085) divides words; the others stand for nothing.
      ++at;
      if (next == 0x85) *to++ = ' ';
    } else if (byte == '\n') {
      *to++ = feed;
    } else if (byte == '\t' || byte == '\v' || byte == '\f') {
      *to++ = ' ';
    } else if (byte >= 0x20 && byte != 0x7F) {
      *to++ = text[at];
    }
  }
  return static_cast<std::size_t>(to - text);
}

/// Whether the byte at `at`, which is none of a line end, begins a control character, if it can begin one.
bool is_control(std::string_view text, std::size_t at) {
  return text[at] != '\xC2' || (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0);
}

/// Behind the line end at `end`, or the text's end.
std::size_t behind_line(std::string_view text, std::size_t end) {
  if (end == text.size()) return end;
  const bool crlf = text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n';
  return end + (crlf ? 2 : 1);
}

}  // namespace

Control next_control(std::string_view text, std::size_t from) {
  const auto next = [&](std::size_t begin) { return text::next_of<text::ByteRange{0, 0x1F}, '\x7F', '\xC2'>(text, begin); };
  for (std::size_t at = next(from); at < text.size(); at = next(at + 1)) {
    if (text[at] == '\n' || text[at] == '\r') continue;  // cheaper told here than looked for in every byte
    if (is_control(text, at)) return {at, std::size_t{text[at] == '\xC2' ? 2U : 1U}};
  }
  return {text.size(), 0};
}

// -------------------------------------------------------------------------------------------------------------- lines

PhysicalLine line_at(std::string_view text, std::size_t at) {
  const std::size_t end = text::next_of<'\n', '\r'>(text, at);
  return {at, end, behind_line(text, end)};
}

std::size_t line_begin(std::string_view text, std::size_t at) {
  // The LF of a CRLF is no line of its own.
  if (at > 0 && at < text.size() && text[at] == '\n' && text[at - 1] == '\r') --at;
  while (at > 0 && text[at - 1] != '\n' && text[at - 1] != '\r') --at;
  return at;
}

std::size_t behind_mark(std::string_view line, const Grammar& grammar) {
  const std::size_t at = grammar.indent_continues ? 0 : skip_blanks(line, 0);
  return at < line.size() && line[at] == '\xEF' && line.substr(at).starts_with(kByteOrderMark) ? at + kByteOrderMark.size() : 0;
}

bool is_blank(std::string_view line) {
  return skip_blanks(line, line.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0) == line.size();
}

LineForm form_of(std::string_view line, const Grammar& grammar) {
  LineForm form;
  if (read_standard_tag(line, grammar, form)) return form;
  const std::size_t begin = behind_mark(line, grammar);
  const std::size_t first = skip_blanks(line, begin);
  if (first == line.size()) return form;
  const bool may_have_tag = first == begin || !grammar.indent_continues;
  if (may_have_tag && read_tag(line, first, first == begin, grammar, form)) return form;
  if (may_have_tag && grammar.tag_meant_by != nullptr) read_long_tag(line, first, grammar, form);
  if (first > begin) form.looks_tagged = false;
  if (form.kind == LineForm::Kind::Tagged) return form;
  form.kind = first > begin ? LineForm::Kind::Indented : LineForm::Kind::Loose;
  form.value_at = first;
  return form;
}

Lines::Lines(std::string_view text, std::uint64_t offset, const Grammar& grammar)
    : text_(text), offset_(offset), grammar_(&grammar), marks_(text) {
  seen_.at.begin = std::string_view::npos;  // no line yet
}

inline PhysicalLine Lines::line_from(std::size_t begin) {
  if (begin != unseen_) return line_at(text_, begin);
  std::size_t end = marks_.next();
  while (end != text_.size() && text_[end] != '\n' && text_[end] != '\r') {
    has_controls_ = has_controls_ || is_control(text_, end);
    end = marks_.next();
  }
  unseen_ = behind_line(text_, end);
  if (unseen_ > end + 1) marks_.skip_to(unseen_);
  return {begin, end, unseen_};
}

inline const Lines::Seen& Lines::look_at(std::size_t begin) {
  if (seen_.at.begin != begin) see(begin);
  return seen_;
}

void Lines::see(std::size_t begin) {
  seen_.at = line_from(begin);
  seen_.text = {text_.data() + begin, seen_.at.end - begin};
  if (!read_usual_tag(seen_.text, *grammar_, seen_.form)) seen_.form = form_of(seen_.text, *grammar_);
}

bool Lines::next(Line& line) {
  if (at_ >= text_.size()) return false;
  look_at(at_);
  at_ = seen_.at.next;
  line.more_at = static_cast<std::uint32_t>(pieces_.size());
  line.more_count = 0;
  line.span = span(seen_.at.begin, at_);
  if (seen_.form.kind != LineForm::Kind::Tagged) {
    take_untagged(line);
    return true;
  }
  take_tagged(line);
  if (at_ >= text_.size()) return true;
  // Nearly always a known tag follows, and nothing can continue the line that was read.
  const LineForm& behind = look_at(at_).form;
  if (behind.kind == LineForm::Kind::Tagged && behind.known) return true;
  if (grammar_->takes_more == nullptr || grammar_->takes_more(line.code)) take_continuations(line);
  return true;
}

inline Piece Lines::piece(const PhysicalLine& at, std::size_t text_at, Piece::Kind kind, std::uint32_t blank_lines) const {
  const std::size_t begin = at.begin + text_at;
  const std::string_view text = without_blanks_behind({text_.data() + begin, at.end - begin});
  return {text, span(begin, begin + text.size()), blank_lines, kind};
}

inline void Lines::take_tagged(Line& line) const {
  const auto& [at, text, form] = seen_;
  const std::size_t tag_at = at.begin + form.tag_at;
  line.kind = Line::Kind::Tagged;
  line.known = form.known;
  line.standard = form.standard;
  line.code = form.code;
  line.tag = {text_.data() + tag_at, form.tag_size};
  line.tag_span = span(tag_at, tag_at + form.tag_size);
  // (Member by member: a piece made first and copied then would be waited for.)
  const std::size_t begin = at.begin + form.value_at;
  line.first.text = without_blanks_behind({text_.data() + begin, at.end - begin});
  line.first.span.begin = offset_ + begin;
  line.first.span.end = offset_ + begin + line.first.text.size();
  line.first.blank_lines = 0;
  line.first.kind = Piece::Kind::First;
}

void Lines::take_untagged(Line& line) {
  const auto& [at, text, form] = seen_;
  line.known = line.standard = false;
  line.code = 0;
  line.tag = {};
  line.tag_span = {};
  if (form.kind == LineForm::Kind::Blank) {
    line.first = {};
    take_blank(line, at);
    return;
  }
  line.kind = Line::Kind::Loose;
  line.first = piece(at, form.value_at, form.kind == LineForm::Kind::Loose ? Piece::Kind::Loose : Piece::Kind::Indented, 0);
}

void Lines::take_blank(Line& line, const PhysicalLine& first) {
  line.kind = Line::Kind::Blank;
  PhysicalLine last = first;
  while (at_ < text_.size()) {
    const PhysicalLine at = line_from(at_);
    if (!is_blank(text_.substr(at.begin, at.end - at.begin))) break;
    last = at;
    at_ = at.next;
  }
  line.span = span(first.begin, last.next);
}

void Lines::take_continuations(Line& line) {
  while (at_ < text_.size()) {
    std::uint32_t blank_lines = 0;
    // Blank lines belong to the value only if more of it follows. They are seen twice at most: here, and as a line of their own.
    std::size_t from = at_;
    for (; from < text_.size() && look_at(from).form.kind == LineForm::Kind::Blank; from = seen_.at.next) ++blank_lines;
    if (from == text_.size()) return;
    const auto& [at, text, form] = seen_;
    if (!continues(line, text, form, blank_lines > 0)) return;
    const bool swallowed = form.kind == LineForm::Kind::Tagged || form.looks_tagged;
    const Piece::Kind kind = swallowed                                  ? Piece::Kind::Swallowed
                             : form.kind == LineForm::Kind::Indented ? Piece::Kind::Indented
                                                                        : Piece::Kind::Loose;
    pieces_.push_back(piece(at, form.kind == LineForm::Kind::Tagged ? form.tag_at : form.value_at, kind, blank_lines));
    ++line.more_count;
    line.span.end = offset_ + at.next;
    at_ = at.next;
  }
}

bool Lines::continues(const Line& open, std::string_view line, const LineForm& form, bool after_blank) const {
  switch (form.kind) {
    case LineForm::Kind::Blank: return false;
    case LineForm::Kind::Tagged:
      return !form.known && !after_blank && grammar_->swallows != nullptr &&
             grammar_->swallows(open.code, form.code, line.substr(form.value_at));
    case LineForm::Kind::Indented: return !after_blank || grammar_->after_blank != AfterBlank::None;
    case LineForm::Kind::Loose: return !after_blank || grammar_->after_blank == AfterBlank::Any;
  }
  return false;
}

std::string_view Lines::text_of(const Piece& piece) const { return has_controls_ ? without_controls_at_ends(piece.text) : piece.text; }

std::string_view Lines::value(const Line& line, Arena& arena, Join join) const {
  if (line.more_count == 0) return clean(line.first.text, arena);
  std::size_t size = line.first.text.size();
  for (const Piece& piece : more(line)) size += piece.text.size() + 1 + (join == Join::Lines ? piece.blank_lines : 0);
  if (size == 0) return {};
  char* const text = static_cast<char*>(arena.allocate(size, 1));
  const std::string_view first = text_of(line.first);
  char* to = std::copy(first.begin(), first.end(), text);
  std::uint32_t blank_lines = 0;
  for (const Piece& piece : more(line)) {
    const std::string_view added = text_of(piece);
    blank_lines += piece.blank_lines;
    // A line of control characters alone is a blank one.
    if (added.empty()) {
      ++blank_lines;
      continue;
    }
    if (to != text) {
      const bool feed = join == Join::Lines || (join == Join::Paragraphs && blank_lines > 0);
      to = std::fill_n(to, join == Join::Lines ? 1 + blank_lines : 1, feed ? '\n' : ' ');
    }
    to = std::copy(added.begin(), added.end(), to);
    blank_lines = 0;
  }
  return clean({text, static_cast<std::size_t>(to - text)}, arena);
}

Str Lines::owned_anew(const Line& line, Arena& arena, Join join) const {
  const std::string_view text = value(line, arena, join);
  const bool is_view = text.data() >= text_.data() && text.data() < text_.data() + text_.size();
  return is_view ? arena.copy(text) : text;
}

std::string_view Lines::without_controls(std::string_view text, Arena& arena) {
  if (!holds_controls(text)) return text;
  char* const clean = static_cast<char*>(arena.allocate(text.size(), 1));
  std::copy(text.begin(), text.end(), clean);
  // What became a blank at either end goes, as blanks there do.
  const std::string_view result = without_blanks_behind({clean, drop_controls(clean, text.size(), '\n')});
  return result.substr(skip_blanks(result, 0));
}

void keep_on_one_line(std::string& text, std::size_t begin) {
  text.resize(begin + drop_controls(text.data() + begin, text.size() - begin, ' '));
}

// ----------------------------------------------------------------------------------------------------------- splitting

namespace {

/// The blank lines before the line that begins at `at` go with it: where the first of them begins.
std::size_t before_blank_lines(std::string_view text, std::size_t at) {
  while (at > 0) {
    const std::size_t begin = line_begin(text, at - 1);
    if (!is_blank(text.substr(begin, line_at(text, begin).end - begin))) break;
    at = begin;
  }
  return at;
}

}  // namespace

std::size_t split_before_records(std::string_view text, std::size_t about, const Grammar& grammar, BeginsRecord begins) {
  // Text before the first record goes with it: there is no place to cut in between.
  std::size_t first = 0;
  while (first < text.size()) {
    const PhysicalLine line = line_at(text, first);
    const std::string_view bytes = text.substr(line.begin, line.end - line.begin);
    const LineForm form = form_of(bytes, grammar);
    if (begins(bytes.substr(form.tag_at, form.tag_size), form, true)) break;
    first = line.next;
  }
  const auto cut_before = [&](std::size_t at, std::size_t end) -> std::size_t {
    const std::string_view line = text.substr(at, end - at);
    const LineForm form = form_of(line, grammar);
    if (at <= first || form.kind == LineForm::Kind::Blank) return 0;
    const std::size_t cut = before_blank_lines(text, at);
    const std::string_view tag = line.substr(form.tag_at, form.tag_size);
    return begins(tag, form, cut < at) ? cut : 0;
  };
  if (text.empty()) return 0;
  // A cut at the blank lines before a record is found at the record's first line.
  std::size_t middle = line_begin(text, std::min(about, text.size() - 1));
  for (PhysicalLine line = line_at(text, middle); line.next < text.size() && is_blank(text.substr(middle, line.end - middle)); line = line_at(text, middle))
    middle = line.next;

  for (std::size_t at = middle; at > first;) {
    const PhysicalLine line = line_at(text, at);
    if (const std::size_t cut = cut_before(at, line.end); cut > 0 && cut <= about) return cut;
    at = line_begin(text, at - 1);
  }
  for (std::size_t at = middle; at < text.size();) {
    const PhysicalLine line = line_at(text, at);
    if (const std::size_t cut = cut_before(at, line.end); cut > 0) return cut;
    at = line.next;
  }
  return 0;
}

// ------------------------------------------------------------------------------------------------------------- writing

namespace {

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// The first word of `text` and the blank behind it. Several blanks in a row belong to the word, since a line break would come back as one.
std::string_view first_word(std::string_view text) {
  std::size_t blank = text.find(' ');
  while (blank != std::string_view::npos && blank + 1 < text.size() && text[blank + 1] == ' ')
    blank = text.find(' ', std::min(text.find_first_not_of(' ', blank), text.size()));
  return text.substr(0, blank == std::string_view::npos ? blank : blank + 1);
}

/// Lays out one paragraph that begins at `column`. A line is broken at a blank; the blank counts as part of the line.
void append_wrapped(std::string& out, std::string_view text, std::size_t column, const LineStyle& style) {
  bool line_has_word = false;
  while (!text.empty()) {
    const std::string_view word = first_word(text);
    const std::size_t size = columns(word);
    if (line_has_word && column + size > style.width) {
      if (!style.keep_blank)
        while (out.back() == ' ') out.pop_back();
      out += style.line_end;
      out.append(style.indent, ' ');
      column = style.indent;
    }
    out += word;
    column += size;
    line_has_word = true;
    text.remove_prefix(word.size());
  }
}

}  // namespace

void append_line(std::string& out, std::string_view tag, std::string_view value, const LineStyle& style) {
  out += tag;
  if (tag.size() < style.tag_width) out.append(style.tag_width - tag.size(), ' ');
  out += "- ";
  for (bool first = true;; first = false) {
    const std::size_t feed = value.find('\n');
    const std::string_view paragraph = value.substr(0, feed);
    if (!first && !paragraph.empty()) out.append(style.indent, ' ');
    if (style.width == 0 || paragraph.size() + style.indent <= style.width)
      out += paragraph;
    else
      append_wrapped(out, paragraph, first ? style.tag_width + 2 : style.indent, style);
    out += style.line_end;
    if (feed == std::string_view::npos) return;
    value.remove_prefix(feed + 1);
  }
}

}  // namespace bibmill::tagged

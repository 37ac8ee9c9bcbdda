// Cutting YAML by its indentation.
#include "lines.h"

#include <algorithm>

#include "bibmill/csl/variables.h"
#include "bibmill/text/byte_scan.h"

namespace bibmill::yaml {

namespace {

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_line_end(char c) { return c == '\n' || c == '\r'; }

bool is_marker(std::string_view content) {
  return (content.starts_with("---") || content.starts_with("...")) && (content.size() == 3 || is_blank(content[3]));
}

}  // namespace

Line line_at(std::string_view text, std::size_t at) {
  Line line;
  line.begin = at;
  line.end = text::next_of<'\n', '\r'>(text, at);
  line.next = std::min(text.size(), line.end + (text.substr(line.end, 2) == "\r\n" ? 2 : 1));
  const std::string_view content = text.substr(at, line.end - at);
  line.indent = text::next_not_of<' '>(content, 0);
  const std::size_t first = text::next_not_of<' ', '\t'>(content, line.indent);
  if (first == content.size()) return line;
  line.empty = false;
  line.comment = content[first] == '#';
  line.marker = is_marker(content);
  line.dash = content[line.indent] == '-' && (line.indent + 1 == content.size() || is_blank(content[line.indent + 1]));
  return line;
}

std::string_view key_of(std::string_view text, const Line& line, std::size_t* value) {
  const std::string_view content = text.substr(line.begin + line.indent, line.end - line.begin - line.indent);
  if (content.empty()) return {};
  std::size_t from = 0;
  std::size_t to = 0;
  std::size_t colon = 0;
  if (content[0] == '"' || content[0] == '\'') {
    from = 1;
    to = content.find(content[0], 1);
    if (to == content.npos) return {};
    colon = content.find_first_not_of(" \t", to + 1);
    if (colon == content.npos || content[colon] != ':') return {};
  } else {
    for (colon = content.find(':'); colon != content.npos; colon = content.find(':', colon + 1))
      if (colon + 1 == content.size() || is_blank(content[colon + 1])) break;
    if (colon == content.npos) return {};
    to = colon;
    while (to > 0 && is_blank(content[to - 1])) --to;
  }
  if (value != nullptr) *value = line.begin + line.indent + colon + 1;
  return content.substr(from, to - from);
}

bool is_bare(std::string_view text, std::size_t at, const Line& line) {
  while (at < line.end && is_blank(text[at])) ++at;
  return at == line.end || text[at] == '#';
}

bool defines_anchor(std::string_view text) {
  for (std::size_t at = text.find('&'); at != text.npos; at = text.find('&', at + 1)) {
    if (at + 1 == text.size() || is_blank(text[at + 1]) || is_line_end(text[at + 1])) continue;
    std::size_t before = at;
    while (before > 0 && is_blank(text[before - 1])) --before;
    if (before == 0) return true;
    const char c = text[before - 1];
    const bool glued = before == at;
    if (is_line_end(c) || c == '[' || c == '{' || c == ',') return true;
    if (!glued && (c == ':' || c == '-' || c == '?')) return true;
    if (!glued && c != ' ') {  // behind a tag: !!map &name
      std::size_t word = before;
      while (word > 0 && !is_blank(text[word - 1]) && !is_line_end(text[word - 1])) --word;
      if (text[word] == '!') return true;
    }
  }
  return false;
}

std::size_t end_of_block(std::string_view text, const Line& line, std::size_t end, bool dashes_belong) {
  std::size_t behind = std::min(line.next, end);
  bool trailing = true;  // every line since `behind` is empty
  for (std::size_t at = behind; at < end;) {
    const Line next = line_at(text, at);
    if (next.empty) {
      if (trailing) behind = std::min(next.next, end);
    } else if (next.comment && next.indent <= line.indent) {
      trailing = false;
    } else if (!next.comment && (next.indent < line.indent || (next.indent == line.indent && !(dashes_belong && next.dash)))) {
      break;
    } else if (next.marker && next.indent == 0) {
      break;
    } else {
      behind = std::min(next.next, end);
      trailing = true;
    }
    at = next.next;
  }
  return behind;
}

// --------------------------------------------------------------------------------------------------------------- split

namespace {

/// Follows the lines of a text that begins between records, and knows which of them begin items of a list that may be cut.
class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text) {}

  /// True if a record begins at this line.
  bool begins_record(const Line& line) {
    if (line.marker) {
      new_document(line);
      return false;
    }
    if (text_.substr(line.begin, line.end - line.begin).find('&') != std::string_view::npos &&
        defines_anchor(text_.substr(line.begin, line.end - line.begin)))
      anchored_ = true;
    const bool is_directive = state_ == State::Start && line.indent == 0 && text_[line.begin] == '%';  // later it is a line like others
    if (!line.significant() || is_directive) return false;
    switch (state_) {
      case State::Start: return start(line);
      case State::Members: return member(line);
      case State::AwaitList:
        state_ = State::Members;
        if (!line.dash) return member(line);
        state_ = State::List;
        column_ = line.indent;
        return true;
      case State::List:
        if (line.indent == column_ && line.dash) return true;
        if (line.indent > column_) return false;
        state_ = State::Members;
        return member(line);
      case State::Whole: return false;
    }
    return false;
  }

  /// Has the document that ends here anything in it?
  bool document_holds_something() const { return state_ != State::Start; }

  /// May the text be cut between records that begin here and before? Not behind an anchor: what refers to it must stand in one part with it.
  bool may_cut() const { return !anchored_; }

 private:
  enum class State { Start, Members, AwaitList, List, Whole };

  void new_document(const Line& line) {
    anchored_ = false;
    state_ = State::Start;
    if (line.end > line.begin + 3 && !is_bare(text_, line.begin + 3, line)) state_ = State::Whole;
  }

  bool start(const Line& line) {
    if (line.dash) {
      state_ = State::List;
      column_ = line.indent;
      return true;
    }
    const char first = text_[line.begin + line.indent];
    if (first != '{' && first != '[') return member(line);
    state_ = State::Whole;
    return true;
  }

  bool member(const Line& line) {
    if (state_ == State::Start) state_ = State::Members;
    if (line.indent != 0 || line.dash) return false;
    std::size_t value = 0;
    const std::string_view key = key_of(text_, line, &value);
    state_ = key == "references" && is_bare(text_, value, line) ? State::AwaitList : State::Members;
    return false;
  }

  std::string_view text_;
  State state_ = State::Start;
  std::size_t column_ = 0;
  bool anchored_ = false;
};

}  // namespace

std::size_t split(std::string_view text, std::size_t about) {
  Cutter cutter(text);
  std::size_t cut = 0;          // behind a record that another one follows
  std::size_t record_end = 0;   // of the last record
  std::size_t content_end = 0;  // behind the last line that belongs to what came last
  bool anchored = false;        // the record before was, or the document around it
  bool open = false;            // a record has begun
  bool trailing = false;
  std::size_t column = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Line line = line_at(text, at);
    if (line.marker && cutter.document_holds_something()) {
      record_end = content_end;
      open = false;
    }
    const bool begins = cutter.begins_record(line);
    if (begins) {
      if (open) record_end = content_end;
      if (record_end != 0 && !anchored) {
        if (cut != 0 && record_end > about) return cut;
        cut = record_end;
        if (cut > about) return cut;
      }
      open = true;
      column = line.indent;
    }
    // Comments at the margin of the items go with the next one, empty lines with the one before (a block scalar may end in them).
    if (line.empty) {
      if (trailing) content_end = line.next;
    } else if (line.comment && line.indent <= column) {
      trailing = false;
    } else {
      content_end = line.next;
      trailing = true;
      if (!line.comment) column = std::min(column, line.indent);  // less than an item's is no part of the list: what is indented behind it is its own
    }
    anchored = !cutter.may_cut();
    at = line.next;
  }
  return cut;
}

// ---------------------------------------------------------------------------------------------------------- recognising

int recognises(std::string_view head) {
  int known = 0;
  bool references = false;
  bool typed = false;
  for (std::size_t at = 0; at < head.size();) {
    const Line line = line_at(head, at);
    at = line.next;
    if (!line.significant() || line.marker) continue;
    Line content = line;
    while (content.indent + content.begin < content.end &&
           (head[content.begin + content.indent] == '-' || head[content.begin + content.indent] == ' '))
      ++content.indent;
    const std::string_view key = key_of(head, content);
    references = references || (line.indent == 0 && key == "references");
    typed = typed || key == "type";
    if (key == csl::kId || key == csl::kType || csl::reading_row(key) != nullptr) ++known;
    if (known > 4 && typed) break;
  }
  if (references && known > 0) return 95;
  if (typed && known > 2) return 90;
  return known > 2 ? 60 : 0;
}

}  // namespace bibmill::yaml

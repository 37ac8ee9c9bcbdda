// Finding a file's items as the reader does (lines.h), and putting each in its place again.
#include "layout.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bibmill/csl/variables.h"
#include "bibmill/text/unicode.h"
#include "item_layout.h"
#include "lines.h"

namespace bibmill::yaml {

namespace {

constexpr std::string_view kLeftAsItIs = "layout/left";

std::string line_end_of(std::string_view text) {
  const std::size_t at = text.find_first_of("\r\n");
  if (at == std::string_view::npos || text[at] == '\n') return "\n";
  return text.substr(at, 2) == "\r\n" ? "\r\n" : "\r";
}

/// Without the blank lines, and the line end, that it ends in.
std::string_view without_end(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// What stands in a list, in order.
struct Piece {
  enum class Kind { Item, Comment, Blank, Other };
  Kind kind;
  std::string_view source;  ///< whole lines
  LaidOutItem item;
};

class YamlLayout {
 public:
  YamlLayout(std::string_view text, const Settings& settings) : text_(text), order_{settings.value("field-order", "source")}, line_end_(line_end_of(text)) {}

  LaidOut run() {
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text_.size();) {
      const Line line = line_at(text_, at);
      at = line.next;
      if (!line.marker) continue;
      put_document({begin, line.begin});
      keep({line.begin, line.next});
      begin = line.next;
      if (!is_bare(text_, std::min(line.begin + 3, line.end), line)) begin = leave_document(line);
      at = std::max(at, begin);
    }
    put_document({begin, text_.size()});
    return std::move(done_);
  }

 private:
  // ------------------------------------------------------------------------------------------------------------- documents

  /// Something stands behind the marker: the document as a whole stays.
  std::size_t leave_document(const Line& marker) {
    std::size_t end = marker.next;
    while (end < text_.size()) {
      const Line line = line_at(text_, end);
      if (line.marker) break;
      end = line.next;
    }
    keep({marker.next, end});
    say_left(marker.begin, "the document begins on the line of its marker");
    return end;
  }

  void put_document(Range range) {
    std::size_t at = range.begin;
    Line first;
    for (; at < range.end; at = first.next) {
      first = line_at(text_, at);
      const bool directive = !first.empty && text_[first.begin] == '%';
      if (first.significant() && !directive) break;
    }
    keep({range.begin, std::min(at, range.end)});
    if (at >= range.end) return;
    const char c = text_[first.begin + first.indent];
    if (c == '{' || c == '[') {
      say_left(first.begin + first.indent, "the document is in braces or brackets");
      keep({at, range.end});
      return;
    }
    if (first.dash) at = put_list({at, range.end}, first.indent);
    if (at < range.end) put_members({at, range.end}, first.dash);
  }

  void put_members(Range range, bool behind_list) {
    const bool wrapper = behind_list || has_key(range, [](std::string_view key) { return key == kReferences; });
    if (!wrapper && has_key(range, [](std::string_view key) { return key == csl::kId || key == csl::kType; })) {
      put_single(range);
      return;
    }
    for (std::size_t at = range.begin; at < range.end;) {
      const Line line = line_at(text_, at);
      if (!line.significant()) {
        keep({at, std::min(line.next, range.end)});
        at = line.next;
        continue;
      }
      const std::size_t end = end_of_block(text_, line, range.end, true);
      std::size_t value = line.end;
      const std::string_view key = key_of(text_, line, &value);
      if (key == kReferences)
        put_references(line, value, end);
      else if (wrapper || key.empty() || line.indent > 0)
        keep({at, end});
      else
        put_under_id({at, end});
      at = end;
    }
  }

  template <class Wanted>
  bool has_key(Range range, Wanted&& wanted) const {
    bool found = false;
    std::size_t margin = text_.size();
    for (std::size_t at = range.begin; at < range.end && !found;) {
      const Line line = line_at(text_, at);
      at = line.next;
      if (!line.significant()) continue;
      margin = std::min(margin, line.indent);
      found = line.indent == margin && !line.dash && wanted(key_of(text_, line));
    }
    return found;
  }

  void put_references(const Line& line, std::size_t value, std::size_t end) {
    std::size_t at = line.next;
    Line first;
    for (; at < end; at = first.next) {
      first = line_at(text_, at);
      if (first.significant()) break;
    }
    if (!is_bare(text_, value, line) || (at < end && !first.dash)) {
      say_left(line.begin + line.indent, "the references are no list in block style");
      keep({line.begin, end});
      return;
    }
    keep({line.begin, std::min(line.next, end)});
    if (at >= end) {
      keep({std::min(line.next, end), end});
      return;
    }
    const std::size_t behind = put_list({line.next, end}, first.indent, line.indent);
    if (behind < end) put_members({behind, end}, true);
  }

  void put_single(Range range) {
    const LaidOutItem item = lay_out_item(text_.substr(range.begin, range.end - range.begin), order_);
    if (item.text)
      put_lines(*item.text, 0);
    else
      leave(range, item.why);
  }

  void put_under_id(Range range) {
    const std::string_view source = text_.substr(range.begin, range.end - range.begin);
    const LaidOutItem item = lay_out_item(source, order_);
    if (!item.text) {
      leave(range, item.why);
      return;
    }
    put_lines(*item.text, 0);
    if (is_blank_behind(source)) done_.text += line_end_;
  }

  // ------------------------------------------------------------------------------------------------------------------ lists

  /// The list whose dashes stand in `column`, with what stands between its items; behind it. It moves to `margin` if no item has to stay as it is, and nothing stands in the way.
  std::size_t put_list(Range range, std::size_t column, std::size_t margin = 0) {
    std::vector<Piece> pieces;
    const std::size_t end = read_list(range, column, pieces);
    const bool whole = std::all_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return piece.kind == Piece::Kind::Blank || piece.kind == Piece::Kind::Comment || piece.item.text.has_value(); });
    const std::size_t at = whole && ends_at_margin({end, range.end}, margin) ? margin : column;
    bool blank = true;
    if (end == text_.size())
      while (!pieces.empty() && pieces.back().kind == Piece::Kind::Blank) pieces.pop_back();
    for (const Piece& piece : pieces) {
      if (piece.kind == Piece::Kind::Blank) {
        if (!blank) done_.text += line_end_;
        blank = true;
        continue;
      }
      blank = put_piece(piece, at);
    }
    return end;
  }

  /// Lines behind a list that are indented more deeply than its key, or have a dash on its column, belong to nothing; they must not come to belong to the list.
  bool ends_at_margin(Range behind, std::size_t margin) const {
    for (std::size_t at = behind.begin; at < behind.end;) {
      const Line line = line_at(text_, at);
      if (line.significant()) return line.indent <= margin && !line.dash;
      at = line.next;
    }
    return true;
  }

  /// True if it ends in a blank line.
  bool put_piece(const Piece& piece, std::size_t column) {
    if (piece.kind == Piece::Kind::Comment) {
      put_lines(text::trim(piece.source), column);
      return false;
    }
    if (piece.item.text) {
      put_lines(*piece.item.text, column);
      return false;
    }
    const std::size_t begin = static_cast<std::size_t>(piece.source.data() - text_.data());
    if (piece.kind == Piece::Kind::Item)
      leave({begin, begin + piece.source.size()}, piece.item.why);
    else
      keep({begin, begin + piece.source.size()});
    return is_blank_behind(piece.source);
  }

  std::size_t read_list(Range range, std::size_t column, std::vector<Piece>& pieces) {
    std::size_t at = range.begin;
    while (at < range.end) {
      const Line line = line_at(text_, at);
      const std::size_t next = std::min(line.next, range.end);
      if (line.empty) {
        pieces.push_back({Piece::Kind::Blank, text_.substr(at, next - at), {}});
        at = next;
      } else if (line.comment) {
        pieces.push_back({Piece::Kind::Comment, text_.substr(at, next - at), {}});
        at = next;
      } else if (line.indent == column && line.dash) {
        at = read_item({at, end_of_block(text_, line, range.end, false)}, pieces);
      } else if (line.indent > column) {
        pieces.push_back({Piece::Kind::Other, text_.substr(at, next - at), {}});
        at = next;
      } else {
        break;
      }
    }
    return at;
  }

  std::size_t read_item(Range range, std::vector<Piece>& pieces) {
    const std::string_view source = text_.substr(range.begin, range.end - range.begin);
    pieces.push_back({Piece::Kind::Item, source, lay_out_item(source, order_)});
    if (pieces.back().item.text && is_blank_behind(source)) pieces.push_back({Piece::Kind::Blank, {}, {}});
    return range.end;
  }

  /// Does a blank line stand at the end of whole lines?
  static bool is_blank_behind(std::string_view source) {
    const std::size_t behind = without_end(source).size();
    const std::string_view rest = source.substr(behind);
    const std::size_t first = rest.find_first_of("\r\n");
    if (first == std::string_view::npos) return false;
    return rest.size() > first + (rest.substr(first, 2) == "\r\n" ? 2 : 1);
  }

  // ----------------------------------------------------------------------------------------------------------------- output

  /// Lines divided by LF, each behind so many blanks.
  void put_lines(std::string_view lines, std::size_t column) {
    while (true) {
      const std::size_t end = std::min(lines.find('\n'), lines.size());
      if (end > 0) done_.text.append(column, ' ').append(lines.substr(0, end));
      done_.text += line_end_;
      if (end == lines.size()) break;
      lines.remove_prefix(end + 1);
    }
  }

  void keep(Range range) {
    if (range.begin < range.end) done_.text += text_.substr(range.begin, range.end - range.begin);
  }

  void leave(Range range, std::string_view why) {
    if (!why.empty()) say_left(std::min(text_.find_first_not_of(" \t", range.begin), range.end), why);
    keep(range);
  }

  void say_left(std::size_t at, std::string_view what) {
    done_.left.push_back({Severity::Note, kLeftAsItIs, fmt::format("stays as it is: {}", what), {}, {at, std::min(at + 1, text_.size())}, {}});
  }

  std::string_view text_;
  MemberOrder order_;
  std::string line_end_;
  LaidOut done_;
};

}  // namespace

LaidOut lay_out(std::string_view text, const Settings& settings) { return YamlLayout(text, settings).run(); }

}  // namespace bibmill::yaml

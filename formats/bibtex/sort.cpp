// Cutting a .bib file into pieces that move and pieces that stay.
#include "sort.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "bibmill/text/unicode.h"
#include "lexer.h"
#include "prelude.h"

namespace bibmill::bibtex {

namespace {

struct MovablePiece {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool moves = false;
  std::string key;  ///< lower case
};

/// Behind the first line end of the text; kNowhere if there is none.
std::size_t behind_line(std::string_view text) {
  const std::size_t at = text.find_first_of("\r\n");
  if (at == kNowhere) return kNowhere;
  return text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? at + 2 : at + 1;
}

/// Where the last paragraph of a text begins that ends with exactly one line end; its size where it ends otherwise.
std::size_t last_paragraph(std::string_view text) {
  std::size_t begin = text.size();
  bool blank = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = behind_line(text.substr(at));
    if (size == kNowhere) return text::trim(text.substr(at)).empty() ? begin : text.size();
    blank = text::trim(text.substr(at, size)).empty();
    if (blank) {
      begin = text.size();
    } else if (begin == text.size()) {
      begin = at;
    }
    at += size;
  }
  return begin;
}

class SortPass {
 public:
  SortPass(Dialect dialect, std::string_view text) : dialect_(dialect), text_(text) {}

  SortedText run() {
    cut();
    for (std::size_t from = 0; from < pieces_.size();) {
      std::size_t to = from;
      while (to < pieces_.size() && pieces_[to].moves) ++to;
      sort_run(from, to);
      from = std::max(to, from + 1);
    }
    if (!done_.changed) {
      done_.text = text_;
      done_.pieces = {{0, 0}};
      return std::move(done_);
    }
    join();
    return std::move(done_);
  }

 private:
  void cut() {
    Block block;
    for (std::size_t at = 0; next_block(text_, at, Extent::Whole, block) == Found::Whole; at = block.end) {
      if (block.kind == Block::Kind::Text) {
        cut_text(block);
      } else {
        MovablePiece piece{own_comment_.value_or(block.begin), block.end, false, {}};
        piece.moves = block.kind == Block::Kind::Entry && !behind_text_ && read_key(block, piece.key);
        if (!piece.moves && own_comment_) {
          stay(*own_comment_, block.begin);
          piece.begin = block.begin;
        }
        pieces_.push_back(std::move(piece));
        own_comment_.reset();
        behind_text_ = false;
      }
    }
    if (own_comment_) stay(*own_comment_, text_.size());
  }

  /// What stands on the last entry's line is that one's; the last lines, if the next block follows at once, are that one's; the rest stays.
  void cut_text(const Block& block) {
    std::size_t begin = block.begin;
    const std::string_view all = text_.substr(block.begin, block.end - block.begin);
    if (!pieces_.empty() && begin > 0) {
      const std::size_t line = behind_line(all);
      const std::string_view behind = text::trim_right(all.substr(0, line == kNowhere ? all.size() : line));
      if (!text::trim(behind).empty()) pieces_.back().end = begin + behind.size();
      if (line == kNowhere) {
        behind_text_ = !text::trim(behind).empty();
        if (behind_text_) pieces_.back().moves = false;  // whose text it is depends on who reads it
        return;
      }
      begin += line;
    }
    const std::string_view rest = text_.substr(begin, block.end - begin);
    const std::size_t own = last_paragraph(rest);
    const std::string_view fixed = rest.substr(0, own);
    const std::size_t last_line = rest.find_last_of("\r\n");
    behind_text_ = !text::trim(last_line == kNowhere ? rest : rest.substr(last_line + 1)).empty();
    if (!text::trim(fixed).empty()) stay(begin, begin + own);
    if (own < rest.size()) own_comment_ = begin + own;
  }

  /// Without the blanks around it.
  void stay(std::size_t begin, std::size_t end) {
    const std::string_view text = text::trim(text_.substr(begin, end - begin));
    if (text.empty()) return;
    const auto at = static_cast<std::size_t>(text.data() - text_.data());
    pieces_.push_back({at, at + text.size(), false, {}});
  }

  bool read_key(const Block& block, std::string& key) {
    if (!block.closed || !block.well_closed || block.type.empty()) return false;
    EntryScanner scanner(block.inside(text_));
    EntryScanner::KeyFlaw flaw;
    const std::string_view written = scanner.read_key(flaw);
    if (flaw != EntryScanner::KeyFlaw::None || written.empty()) return false;
    key = lower(written);
    FieldSyntax field;
    while (dialect_ == Dialect::Bibtex && scanner.next_field(field))
      if (text::equal_ignoring_ascii_case(field.key, "crossref") && field.literal()) parents_.insert(lower(text::trim(field.pieces[0].text)));
    return true;
  }

  void sort_run(std::size_t from, std::size_t to) {
    const auto order = [&](const MovablePiece& a, const MovablePiece& b) {
      const bool a_last = parents_.count(a.key) > 0;
      const bool b_last = parents_.count(b.key) > 0;
      return std::tie(a_last, a.key) < std::tie(b_last, b.key);
    };
    const auto begin = pieces_.begin() + static_cast<std::ptrdiff_t>(from);
    const auto end = pieces_.begin() + static_cast<std::ptrdiff_t>(to);
    if (std::is_sorted(begin, end, order)) return;
    std::stable_sort(begin, end, order);
    done_.changed = true;
  }

  /// With a blank line between any two pieces: what becomes of the gaps is the layout's to say.
  void join() {
    const std::size_t size = behind_line(text_);
    const std::string line_end(size == kNowhere ? std::string_view("\n") : text_.substr(text_.find_first_of("\r\n"), size - text_.find_first_of("\r\n")));
    std::size_t last = 0;
    for (const MovablePiece& piece : pieces_) {
      // What stays and stood so stays so: a @string right behind a @string.
      const bool as_it_stood = &piece != &pieces_.front() && !piece.moves && !(&piece - 1)->moves && piece.begin >= last;
      if (as_it_stood) {
        done_.text += text_.substr(last, piece.begin - last);
      } else if (!done_.text.empty()) {
        done_.text += line_end + line_end;
      }
      done_.pieces.push_back({done_.text.size(), piece.begin});
      done_.text += text_.substr(piece.begin, piece.end - piece.begin);
      last = piece.end;
    }
    done_.text += line_end;
  }

  Dialect dialect_;
  std::string_view text_;
  std::vector<MovablePiece> pieces_;
  std::set<std::string> parents_;
  std::optional<std::size_t> own_comment_;  // where the comment begins that goes with the next block
  bool behind_text_ = false;                // text stands before the next block on its line
  SortedText done_;
};

}  // namespace

std::size_t SortedText::origin_of(std::size_t at) const {
  const auto behind = std::upper_bound(pieces.begin(), pieces.end(), at, [](std::size_t offset, const Piece& piece) { return offset < piece.begin; });
  if (behind == pieces.begin()) return at;
  const Piece& piece = *(behind - 1);
  return piece.origin + (at - piece.begin);
}

SortedText sorted_by_key(Dialect dialect, std::string_view text) { return SortPass(dialect, text).run(); }

}  // namespace bibmill::bibtex

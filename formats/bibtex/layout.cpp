// Laying out a .bib file over its lexer: what a value says is never looked at.
#include "layout.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "bibmill/text/unicode.h"
#include "fields.h"
#include "lexer.h"
#include "prelude.h"
#include "sort.h"

namespace bibmill::bibtex {

namespace {

constexpr std::string_view kLeft = "layout/left";

/// Fields whose text is running text, names or words: white space in them is white space. Addresses, paths and lists of keys are not among them.
constexpr std::string_view kWrapped =
    " abstract addendum address annotation annote author bookauthor booksubtitle booktitle booktitleaddon chapter commentator editor editora editorb editorc edition eventtitle howpublished institution "
    "introduction issuetitle issuesubtitle journal journalsubtitle journaltitle keywords location mainsubtitle maintitle maintitleaddon note organization origtitle publisher remark school series subtitle title "
    "titleaddon translator venue ";
/// What makes white space matter, or ends with the line.
constexpr std::string_view kNotWrapped[] = {"\\url", "\\href", "\\verb", "\\path", "\\begin", "%"};

enum class LetterCase : std::uint8_t { Source, Lower, Upper };

LetterCase case_from(std::string_view word) { return word == "source" ? LetterCase::Source : word == "upper" ? LetterCase::Upper : LetterCase::Lower; }

std::string in_case(std::string_view name, LetterCase wanted) {
  std::string out(name);
  if (wanted == LetterCase::Source) return out;
  for (char& c : out) c = wanted == LetterCase::Upper ? text::ascii_upper(c) : text::ascii_lower(c);
  return out;
}

/// Line ends in a text, CRLF being one.
std::size_t line_ends(std::string_view blanks) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < blanks.size(); ++at)
    if (blanks[at] == '\n' || (blanks[at] == '\r' && (at + 1 == blanks.size() || blanks[at + 1] != '\n'))) ++count;
  return count;
}

std::string line_end_of(std::string_view text) {
  const std::size_t first = text.find_first_of("\r\n");
  if (first == kNowhere || text[first] == '\n') return "\n";
  return first + 1 < text.size() && text[first + 1] == '\n' ? "\r\n" : "\r";
}

bool is_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), text::is_ascii_digit); }

/// Would a quote in it end it?
bool has_bare_quote(std::string_view text) {
  std::size_t depth = 0;
  for (const char c : text) {
    if (c == '{') ++depth;
    if (c == '}' && depth > 0) --depth;
    if (c == '"' && depth == 0) return true;
  }
  return false;
}

std::size_t columns_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// A field with the comments that go where it goes.
struct PlacedField {
  std::vector<std::string_view> above;  ///< each on a line of its own
  std::string name;
  std::size_t rank = 0;  ///< in the order that was asked for, and then
  std::string lowered;   ///< by name
  std::vector<std::string> pieces;
  std::string_view behind;  ///< a comment on its last line
};

struct PlacedEntry {
  std::string_view key;
  std::string_view behind_key;
  std::vector<PlacedField> fields;
  std::vector<std::string_view> below;  ///< comments behind the last field
};

/// How everything is to look.
struct Looks {
  Looks(Dialect dialect, std::string_view text, const Settings& settings)
      : line_end(line_end_of(text)),
        indent(settings.has("tab") ? std::string("\t") : std::string(static_cast<std::size_t>(settings.number("indent", 2)), ' ')),
        align(settings.value(kAlignOption.name, kAlignOption.otherwise) == "equals"),
        width(static_cast<std::size_t>(settings.number(kWidthOption.name, 0))),
        order(settings.value("field-order", "source")),
        delimiters(settings.value("delimiters", "source")),
        numbers(settings.value("numbers", "source")),
        types(case_from(settings.value("type-case", "lower"))),
        names(case_from(settings.value("name-case", "lower"))),
        last_comma(settings.value("last-comma", "yes") == "yes"),
        blank_lines(static_cast<std::size_t>(settings.number("blank-lines", 1))),
        paragraphs(settings.value("sort", "source") == "source" ? 0 : 1),
        rows(dialect == Dialect::Bibtex ? std::span<const Mapping>(kBibtexFields) : std::span<const Mapping>(kBiblatexFields)) {}

  /// Where a field stands in the order that was asked for; those that it does not name come last.
  std::size_t rank(const std::string& name) const {
    if (order == "model") {
      const auto row = std::find_if(rows.begin(), rows.end(), [&](const Mapping& one) { return text::equal_ignoring_ascii_case(one.key, name); });
      return static_cast<std::size_t>(row - rows.begin());
    }
    std::size_t place = 0;
    for (std::string_view rest = order; !rest.empty(); ++place) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      if (text::equal_ignoring_ascii_case(text::trim(rest.substr(0, comma)), name)) break;
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return place;
  }

  std::string line_end;
  std::string indent;
  bool align;
  std::size_t width;
  std::string_view order;
  std::string_view delimiters;
  std::string_view numbers;
  LetterCase types;
  LetterCase names;
  bool last_comma;
  std::size_t blank_lines;
  std::size_t paragraphs;  ///< blank lines at least round text that belongs to no entry, and must not come to belong to one
  std::span<const Mapping> rows;
};

class LayoutPass {
 public:
  LayoutPass(Dialect dialect, std::string_view text, const Settings& settings) : looks_(dialect, text, settings), text_(text) {}

  LaidOut run() {
    Block block;
    for (std::size_t at = 0; next_block(text_, at, Extent::Whole, block) == Found::Whole; at = block.end) take(block);
    if (done_.text.empty()) {
      done_.text = text_;
    } else {
      done_.text += looks_.line_end;
    }
    return std::move(done_);
  }

 private:
  void take(const Block& block) {
    // An unclosed block ends with the blanks before the next one.
    const std::string_view source = text_.substr(block.begin, block.end - block.begin);
    const std::string_view trimmed = block.kind == Block::Kind::Text ? text::trim(source) : text::trim_right(source);
    if (trimmed.empty()) return;
    const auto begin = static_cast<std::size_t>(trimmed.data() - text_.data());
    std::string laid_out;
    std::string_view why;
    std::string_view key;
    switch (block.kind) {
      case Block::Kind::Text:
      case Block::Kind::Comment: break;
      case Block::Kind::Preamble:
        if (block.closed && block.closer == '}') laid_out = fmt::format("@{}{}", in_case(block.type, looks_.types), text_.substr(block.body - 1, block.end - block.body + 1));
        break;
      case Block::Kind::String: why = lay_out_string(block, laid_out); break;
      case Block::Kind::Entry: why = lay_out_entry(block, laid_out, key); break;
    }
    if (!why.empty()) done_.left.push_back({Severity::Note, kLeft, fmt::format("stays as it is: {}", why), std::string(key), {begin, begin + 1}, {}});
    put(begin, begin + trimmed.size(), laid_out.empty() ? trimmed : std::string_view(laid_out), block.kind);
  }

  /// Whether other text stands before it on its line: "% @article{…": what that is meant to be depends on who reads it.
  bool stands_behind_text(std::size_t begin) const { return !done_.text.empty() && last_ == Block::Kind::Text && line_ends(text_.substr(last_end_, begin - last_end_)) == 0; }

  /// Puts what stands for the source's text from `begin` to `end`.
  void put(std::size_t begin, std::size_t end, std::string_view text, Block::Kind kind) {
    if (!done_.text.empty()) put_gap(text_.substr(last_end_, begin - last_end_), kind);
    done_.text += text;
    last_ = kind;
    last_end_ = end;
  }

  void put_gap(std::string_view gap, Block::Kind next) {
    const bool text = last_ == Block::Kind::Text || next == Block::Kind::Text;
    const std::size_t ends = line_ends(gap);
    if (text && ends == 0) {
      done_.text += gap;
      return;
    }
    const bool entries = !text && (last_ == Block::Kind::Entry || next == Block::Kind::Entry);
    const std::size_t blank = entries ? looks_.blank_lines : ends > 1 ? std::max(looks_.blank_lines, looks_.paragraphs) : 0;
    for (std::size_t line = 0; line <= blank; ++line) done_.text += looks_.line_end;
  }

  // Each says why it will not, if so.

  std::string_view lay_out_string(const Block& block, std::string& out) {
    if (!block.closed || !block.well_closed) return "it is not closed";
    if (stands_behind_text(block.begin)) return "other text stands before it on its line";
    EntryScanner scanner(block.inside(text_));
    FieldSyntax field;
    FieldSyntax more;
    if (!scanner.next_field(field) || field.flaw.kind != Flaw::Kind::None) return "it is not a name and a value";
    if (scanner.next_field(more) || !scanner.rubbish().empty()) return "there is more in it than a name and a value";
    out = fmt::format("@{}{{{} = {}}}", in_case(block.type, looks_.types), field.key, fmt::join(pieces_of(field), " # "));
    return {};
  }

  std::string_view lay_out_entry(const Block& block, std::string& out, std::string_view& key) {
    if (!block.closed || !block.well_closed) return "it is not closed";
    if (block.type.empty()) return "it has no type";
    if (stands_behind_text(block.begin)) return "other text stands before it on its line";
    PlacedEntry entry;
    const std::string_view why = scan(block, entry);
    key = entry.key;
    if (!why.empty()) return why;
    order(entry);
    write(block, entry, out);
    return {};
  }

  std::string_view scan(const Block& block, PlacedEntry& entry) {
    EntryScanner scanner(block.inside(text_));
    EntryScanner::KeyFlaw flaw;
    entry.key = scanner.read_key(flaw);
    if (flaw != EntryScanner::KeyFlaw::None || entry.key.empty()) return "there is a fault about its key";
    if (!scanner.rubbish().empty()) return "a comment stands before its key";
    const char* end = entry.key.data() + entry.key.size();
    std::size_t seen = 0;
    FieldSyntax syntax;
    while (true) {
      const bool found = scanner.next_field(syntax);
      PlacedField field;
      for (; seen < scanner.rubbish().size(); ++seen) {
        const std::string_view comment = scanner.rubbish()[seen];
        if (!comment.starts_with('%')) return "something in it is no field";
        if (!is_balanced(comment)) return "a comment in it has braces without partners";
        const bool same_line = line_ends({end, static_cast<std::size_t>(comment.data() - end)}) == 0;
        std::string_view& behind = entry.fields.empty() ? entry.behind_key : entry.fields.back().behind;
        if (same_line && behind.empty() && field.above.empty())
          behind = text::trim_right(comment);
        else
          field.above.push_back(text::trim_right(comment));
      }
      if (!found) {
        entry.below = std::move(field.above);
        return {};
      }
      if (syntax.flaw.kind != Flaw::Kind::None || syntax.pieces.empty()) return "there is a fault in one of its fields";
      field.name = in_case(syntax.key, looks_.names);
      field.pieces = pieces_of(syntax);
      end = syntax.expression.data() + syntax.expression.size();
      entry.fields.push_back(std::move(field));
    }
  }

  /// With their delimiters.
  std::vector<std::string> pieces_of(const FieldSyntax& field) const {
    std::vector<std::string> all;
    for (const Piece& piece : field.pieces) all.push_back(delimited(piece));
    return all;
  }

  std::string delimited(const Piece& piece) const {
    if (piece.kind == Piece::Kind::Macro) return std::string(piece.text);
    if (looks_.numbers != "source" && is_digits(piece.text)) return looks_.numbers == "bare" ? std::string(piece.text) : fmt::format("{{{}}}", piece.text);
    if (piece.kind == Piece::Kind::Number) return std::string(piece.text);
    bool quotes = piece.kind == Piece::Kind::Quoted;
    if (looks_.delimiters == "braces") quotes = false;
    if (looks_.delimiters == "quotes") quotes = !has_bare_quote(piece.text);
    return quotes ? fmt::format("\"{}\"", piece.text) : fmt::format("{{{}}}", piece.text);
  }

  void order(PlacedEntry& entry) const {
    if (looks_.order == "source") return;
    for (PlacedField& field : entry.fields) {
      if (looks_.order == "name")
        field.lowered = lower(field.name);
      else
        field.rank = looks_.rank(field.name);
    }
    std::stable_sort(entry.fields.begin(), entry.fields.end(), [](const PlacedField& a, const PlacedField& b) { return std::tie(a.rank, a.lowered) < std::tie(b.rank, b.lowered); });
  }

  void write(const Block& block, const PlacedEntry& entry, std::string& out) const {
    out = fmt::format("@{}{{{}", in_case(block.type, looks_.types), entry.key);
    if (!entry.fields.empty() || looks_.last_comma) out += ',';
    end_line(out, entry.behind_key);
    std::size_t width = 0;
    if (looks_.align)
      for (const PlacedField& field : entry.fields) width = std::max(width, columns_of(field.name));
    for (const PlacedField& field : entry.fields) {
      put_comments(out, field.above);
      out += looks_.indent;
      out += field.name;
      const std::size_t columns = columns_of(field.name);
      if (columns < width) out.append(width - columns, ' ');
      out += " = ";
      put_value(out, field, columns_of(looks_.indent) + std::max(width, columns) + 3);
      if (looks_.last_comma || &field != &entry.fields.back()) out += ',';
      end_line(out, field.behind);
    }
    put_comments(out, entry.below);
    out += '}';
  }

  void end_line(std::string& out, std::string_view comment) const {
    if (!comment.empty()) out.append(" ").append(comment);
    out += looks_.line_end;
  }

  void put_comments(std::string& out, const std::vector<std::string_view>& comments) const {
    for (const std::string_view comment : comments) out.append(looks_.indent).append(comment).append(looks_.line_end);
  }

  /// `column`: how many columns stand before it.
  void put_value(std::string& out, const PlacedField& field, std::size_t column) const {
    const std::vector<std::string_view> words = looks_.width == 0 || field.pieces.size() != 1 ? std::vector<std::string_view>{} : words_of(field.name, field.pieces[0]);
    if (words.empty()) {
      out += fmt::format("{}", fmt::join(field.pieces, " # "));
      return;
    }
    std::size_t at = column;
    for (const std::string_view& word : words) {
      const std::size_t size = columns_of(word);
      const std::size_t comma = &word == &words.back() ? 1 : 0;
      if (&word != &words.front()) {
        if (at + 1 + size + comma > looks_.width && at > column + 1) {
          out += looks_.line_end;
          out.append(looks_.indent == "\t" ? looks_.indent : std::string());
          at = column + 1;
          out.append(looks_.indent == "\t" ? at - 1 : at, ' ');
        } else {
          out += ' ';
          ++at;
        }
      }
      out += word;
      at += size;
    }
  }

  /// Where lines may break; nothing where the value must stay as it stands.
  static std::vector<std::string_view> words_of(const std::string& name, std::string_view value) {
    if (value.size() < 3 || (value.front() != '{' && value.front() != '"')) return {};
    if (kWrapped.find(fmt::format(" {} ", lower(name))) == kNowhere) return {};
    for (const std::string_view word : kNotWrapped)
      if (value.find(word) != kNowhere) return {};
    if (text::is_blank(value[1]) || text::is_blank(value[value.size() - 2])) return {};
    std::vector<std::string_view> words;
    std::size_t from = 0;
    for (std::size_t at = 0; at < value.size();) {
      if (!text::is_blank(value[at])) {
        ++at;
        continue;
      }
      std::size_t end = at;
      while (text::is_blank(value[end])) ++end;  // the delimiter ends the value
      const std::string_view blanks = value.substr(at, end - at);
      const std::size_t ends = line_ends(blanks);
      if (ends > 1) return {};  // a paragraph
      // Several blanks, and one behind a backslash, may be meant.
      if ((ends == 1 || blanks == " ") && value[at - 1] != '\\') {
        words.push_back(value.substr(from, at - from));
        from = end;
      } else if (ends == 1) {
        return {};
      }
      at = end;
    }
    words.push_back(value.substr(from));
    return words;
  }

  Looks looks_;
  std::string_view text_;
  LaidOut done_;
  Block::Kind last_ = Block::Kind::Text;
  std::size_t last_end_ = 0;  // in the source, of what was put last
};

}  // namespace

LaidOut lay_out(Dialect dialect, std::string_view text, const Settings& settings) {
  if (settings.value("sort", "source") == "source") return LayoutPass(dialect, text, settings).run();
  const SortedText sorted = sorted_by_key(dialect, text);
  LaidOut done = LayoutPass(dialect, sorted.text, settings).run();
  for (Diagnostic& left : done.left) left.span = {sorted.origin_of(left.span.begin), sorted.origin_of(left.span.begin) + left.span.size()};
  return done;
}

}  // namespace bibmill::bibtex

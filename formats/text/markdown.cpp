// Pandoc's inline Markdown. The text is divided into pieces first, delimiters are paired as they come, and the text is gathered with the marks of
// those that found a partner.
#include "bibmill/text/markdown.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bibmill/text/byte_scan.h"
#include "bibmill/text/entities.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "mark_nesting.h"

namespace bibmill::text {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

struct MarkdownMarkup {
  Mark mark;
  std::string_view open;
  std::string_view close;
};

// Outermost first, where several begin together.
constexpr MarkdownMarkup kMarkdownMarkup[] = {
    {Mark::NoCase, "[", "]{.nocase}"},
    {Mark::SmallCaps, "[", "]{.smallcaps}"},
    {Mark::Underline, "[", "]{.underline}"},
    {Mark::Bold, "**", "**"},
    {Mark::Italic, "*", "*"},
    {Mark::Superscript, "^", "^"},
    {Mark::Subscript, "~", "~"},
};

constexpr auto kMarkdownOrder = [] {
  std::array<Mark, std::size(kMarkdownMarkup)> order{};
  std::transform(std::begin(kMarkdownMarkup), std::end(kMarkdownMarkup), order.begin(), [](const MarkdownMarkup& row) { return row.mark; });
  return order;
}();

const MarkdownMarkup& markup_of(Mark mark) {
  return *std::find_if(std::begin(kMarkdownMarkup), std::end(kMarkdownMarkup), [&](const MarkdownMarkup& row) { return row.mark == mark; });
}

bool is_ascii_punctuation(char c) { return c > ' ' && c < 0x7F && !is_ascii_letter(c) && !is_ascii_digit(c); }
bool is_word_character(char c) { return is_ascii_letter(c) || is_ascii_digit(c) || static_cast<unsigned char>(c) >= 0x80; }

// -------------------------------------------------------------------------------------------------------------- reading

/// A kind of emphasis: * ** _ __
enum class EmphasisKind : std::uint8_t { Emphasis, Strong, EmphasisLow, StrongLow };
constexpr std::size_t kEmphasisKinds = 4;
constexpr Mark kMarkOf[] = {Mark::Italic, Mark::Bold, Mark::Italic, Mark::Bold};

struct Piece {
  enum class Is : std::uint8_t { Text, Open, Close, Source } is = Is::Text;
  std::string_view text;   // as it is shown, if it is text in the end
  Mark mark{};             // of an Open and a Close that have a partner
  Str notation;            // of Source
  std::size_t behind = 0;  // of an opening bracket that became Source: the piece behind its end
};

class MarkdownReader {
 public:
  explicit MarkdownReader(std::string_view text) : text_(text) {}

  RichText read(Arena& arena) {
    while (at_ < text_.size()) {
      const std::size_t special = next_of<'\\', '*', '_', '~', '^', '[', ']', '`', '$', '-', '.', '&'>(text_, at_);
      note_blanks(at_, special);
      put(at_, special);
      at_ = special;
      if (at_ < text_.size()) read_special();
    }
    gather();
    return out_.finish(arena);
  }

 private:
  /// A script holds no blank unless it is escaped.
  void note_blanks(std::size_t begin, std::size_t end) {
    const std::size_t blank = text_.substr(begin, end - begin).find_last_of(" \t\r\n");
    if (blank != kNowhere) last_blank_ = begin + blank;
  }

  void put(std::size_t begin, std::size_t end) {
    if (begin < end) pieces_.push_back({Piece::Is::Text, text_.substr(begin, end - begin), {}, {}, 0});
  }
  void put(std::string_view literal) { pieces_.push_back({Piece::Is::Text, literal, {}, {}, 0}); }

  void read_special() {
    const char c = text_[at_];
    switch (c) {
      case '\\': return read_escape();
      case '*':
      case '_': return read_emphasis(c);
      case '~': return read_script(c, 0, Mark::Subscript);
      case '^': return read_script(c, 1, Mark::Superscript);
      case '[': brackets_.push_back(put_opening(1)); return;
      case ']': return read_closing_bracket();
      case '`': return read_code();
      case '$': return read_formula();
      case '-': return read_typography('-', {"-", "–", "—"});
      case '.': return read_typography('.', {".", "..", "…"});
      default: return read_reference();
    }
  }

  void read_escape() {
    const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (next == ' ') {
      // Pandoc's no-break space; within a script, where blanks must be escaped, a blank.
      put(is_open_script(0) || is_open_script(1) ? " " : "\u00A0");
      at_ += 2;
    } else if (is_ascii_punctuation(next) || next == '\n') {  // the latter is a hard line break
      put(at_ + 1, at_ + 2);
      at_ += 2;
    } else {
      put(at_, at_ + 1);
      ++at_;
    }
  }

  std::size_t run_length(char c) const {
    const std::size_t end = std::min(text_.find_first_not_of(c, at_), text_.size());
    return end - at_;
  }

  /// "--" and "---" are dashes, "..." is an ellipsis: pandoc's extension "smart". Longer runs stay.
  void read_typography(char c, std::array<std::string_view, 3> signs) {
    const std::size_t length = run_length(c);
    if (length <= 3) {
      put(signs[length - 1]);
    } else {
      put(at_, at_ + length);
    }
    at_ += length;
  }

  void read_reference() {
    const CharacterReference reference = character_reference_at(text_, at_);
    if (reference.size == 0) {
      put(at_, at_ + 1);
      ++at_;
      return;
    }
    std::string character;
    append_utf8(character, reference.character);
    characters_.push_back(std::make_unique<std::string>(std::move(character)));
    put(*characters_.back());
    at_ += reference.size;
  }

  // ---- delimiters

  struct Opening {
    EmphasisKind kind;  // of emphases
    std::size_t piece;
    std::size_t place;  // in the text
  };

  Opening put_opening(std::size_t size, EmphasisKind kind = {}) {
    pieces_.push_back({Piece::Is::Text, text_.substr(at_, size), {}, {}, 0});
    const Opening opening{kind, pieces_.size() - 1, at_};
    at_ += size;
    return opening;
  }

  /// Marks what stands between the opening and the closing delimiter at `at_`. What was opened inside and is still open has no partner.
  void close(Opening opening, std::size_t size, Mark mark) {
    Piece& first = pieces_[opening.piece];
    first.is = Piece::Is::Open;
    first.mark = mark;
    pieces_.push_back({Piece::Is::Close, text_.substr(at_, size), mark, {}, 0});
    at_ += size;
    forget_inside(opening);
  }

  void forget_inside(const Opening& opening) {
    while (!emphases_.empty() && emphases_.back().piece > opening.piece) pop_emphasis();
    while (!brackets_.empty() && brackets_.back().piece > opening.piece) brackets_.pop_back();
    for (std::optional<Opening>& script : scripts_)
      if (script && script->piece >= opening.piece) script.reset();
  }

  bool is_open(EmphasisKind emphasis) const { return open_emphases_[static_cast<std::size_t>(emphasis)] > 0; }

  void open_emphasis(EmphasisKind kind, std::size_t size) {
    emphases_.push_back(put_opening(size, kind));
    ++open_emphases_[static_cast<std::size_t>(kind)];
  }

  Opening pop_emphasis() {
    const Opening last = emphases_.back();
    emphases_.pop_back();
    --open_emphases_[static_cast<std::size_t>(last.kind)];
    return last;
  }

  void close_emphasis(EmphasisKind kind, std::size_t size) {
    Opening last = pop_emphasis();
    while (last.kind != kind) {
      if (!emphases_.empty() && emphases_.back().kind == kind &&
          emphases_.back().place + pieces_[emphases_.back().piece].text.size() == last.place) {
        // ***a** b*: of two that were opened at one place either may be closed first.
        Opening outer = pop_emphasis();
        std::swap(pieces_[outer.piece].text, pieces_[last.piece].text);
        std::swap(outer.kind, last.kind);
        emphases_.push_back(outer);
        ++open_emphases_[static_cast<std::size_t>(outer.kind)];
        break;
      }
      last = pop_emphasis();
    }
    close(last, size, kMarkOf[static_cast<std::size_t>(kind)]);
  }

  void read_emphasis(char c) {
    const std::size_t length = run_length(c);
    const char before = at_ == 0 ? ' ' : text_[at_ - 1];
    const char behind = at_ + length < text_.size() ? text_[at_ + length] : ' ';
    const bool inside_word = c == '_' && is_word_character(before) && is_word_character(behind);
    const bool can_open = !is_blank(behind) && !inside_word && !(c == '_' && is_word_character(before));
    const bool can_close = !is_blank(before) && !inside_word && !(c == '_' && is_word_character(behind));
    const EmphasisKind single = c == '*' ? EmphasisKind::Emphasis : EmphasisKind::EmphasisLow;
    const EmphasisKind twice = c == '*' ? EmphasisKind::Strong : EmphasisKind::StrongLow;
    if (length > 3) {
      put(at_, at_ + length);
      at_ += length;
      return;
    }
    std::size_t left = length;
    while (can_close && left > 0) {
      if (left != 2 && is_open(single) && (left == 1 || is_inner(single, twice))) {
        close_emphasis(single, 1);
        left -= 1;
      } else if (left >= 2 && is_open(twice)) {
        close_emphasis(twice, 2);
        left -= 2;
      } else {
        break;
      }
    }
    if (left > 0 && can_open) {
      if (left >= 2) open_emphasis(twice, 2);
      if (left != 2) open_emphasis(single, 1);
    } else if (left > 0) {
      put(at_, at_ + left);
      at_ += left;
    }
  }

  /// Was `a` opened after the last `b`?
  bool is_inner(EmphasisKind a, EmphasisKind b) const {
    const auto last =
        std::find_if(emphases_.rbegin(), emphases_.rend(), [&](const Opening& one) { return one.kind == a || one.kind == b; });
    return last != emphases_.rend() && last->kind == a;
  }

  void read_script(char c, std::size_t script, Mark mark) {
    const std::size_t length = run_length(c);
    const char behind = at_ + length < text_.size() ? text_[at_ + length] : ' ';
    if (length == 1 && is_open_script(script)) {
      const Opening opening = *scripts_[script];
      close(opening, 1, mark);
    } else if (length == 1 && !is_blank(behind)) {
      scripts_[script] = put_opening(1);
    } else {
      put(at_, at_ + length);
      at_ += length;
    }
  }

  bool is_open_script(std::size_t script) const {
    return scripts_[script] && (last_blank_ == kNowhere || last_blank_ < scripts_[script]->place);
  }

  /// The end of a span, a link, or a bracket that is only that.
  void read_closing_bracket() {
    if (brackets_.empty()) {
      put(at_, at_ + 1);
      ++at_;
      return;
    }
    const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    const std::size_t end = next == '{'   ? text_.substr(0, at_ + kLongestAttributes).find('}', at_)
                            : next == '(' ? text_.substr(0, at_ + kLongestAttributes).find(')', at_)
                                          : kNowhere;
    const Opening opening = brackets_.back();
    brackets_.pop_back();
    if (end == kNowhere) {
      put(at_, at_ + 1);
      ++at_;
      return;
    }
    const std::string_view attributes = trim(text_.substr(at_ + 2, end - at_ - 2));
    for (const MarkdownMarkup& row : kMarkdownMarkup) {
      if (next != '{' || row.open != "[" || row.close.substr(2, row.close.size() - 3) != attributes) continue;
      return close(opening, end + 1 - at_, row.mark);
    }
    forget_inside(opening);
    at_ = end + 1;
    Piece& source = pieces_[opening.piece];
    source.is = Piece::Is::Source;
    source.text = text_.substr(opening.place, at_ - opening.place);
    source.mark = Mark::Verbatim;
    source.notation = kMarkdown;
    source.behind = pieces_.size();
  }

  // ---- code, raw text and formulas

  void put_source(std::size_t begin, std::size_t size, std::size_t end, Mark mark, std::string_view notation) {
    pieces_.push_back({Piece::Is::Source, text_.substr(begin, size), mark, notation, pieces_.size() + 1});
    at_ = end;
  }

  /// `code`, or `text`{=notation}.
  void read_code() {
    const std::size_t ticks = run_length('`');
    const std::size_t begin = at_ + ticks;
    const std::size_t close = ticks <= kMostTicks ? closing_ticks(begin, ticks) : kNowhere;
    if (close == kNowhere) {
      put(at_, begin);
      at_ = begin;
      return;
    }
    const std::size_t behind = close + ticks;
    const std::size_t end =
        text_.substr(behind, 2) == "{=" ? text_.substr(0, behind + kLongestAttributes).find('}', behind) : kNowhere;
    if (end == kNowhere) return put_source(at_, behind - at_, behind, Mark::Verbatim, kMarkdown);
    const std::string_view notation = trim(text_.substr(behind + 2, end - behind - 2));
    const Mark mark = notation == kMathMl ? Mark::Math : Mark::Verbatim;
    std::string_view source = text_.substr(begin, close - begin);
    // ``{`}`` : one blank inside each end belongs to the delimiters, where backticks need it.
    if (source.size() > 2 && source.front() == ' ' && source.back() == ' ' && ticks > 1)
      source = source.substr(1, source.size() - 2);
    put_source(static_cast<std::size_t>(source.data() - text_.data()), source.size(), end + 1, mark, notation);
  }

  std::size_t closing_ticks(std::size_t from, std::size_t ticks) {
    if (no_ticks_[ticks]) return kNowhere;
    for (std::size_t at = text_.find('`', from); at != kNowhere; at = text_.find('`', at)) {
      const std::size_t end = std::min(text_.find_first_not_of('`', at), text_.size());
      if (end - at == ticks) return at;
      at = end;
    }
    no_ticks_[ticks] = true;
    return kNowhere;
  }

  /// $x$: no blank inside the dollars, no digit behind them; or $$x$$.
  void read_formula() {
    const bool displayed = text_.substr(at_, 2) == "$$";
    const std::size_t size = displayed ? 2 : 1;
    const std::size_t begin = at_ + size;
    const bool opens = begin < text_.size() && (displayed || !is_blank(text_[begin]));
    const std::size_t close = opens ? closing_dollar(begin, displayed) : kNowhere;
    if (close == kNowhere) {
      put(at_, at_ + size);
      at_ += size;
      return;
    }
    put_source(at_, close + size - at_, close + size, Mark::Math, kLatex);
  }

  std::size_t closing_dollar(std::size_t from, bool displayed) {
    if (no_dollar_[displayed ? 1 : 0]) return kNowhere;
    for (std::size_t at = text_.find_first_of("\\$", from); at != kNowhere; at = text_.find_first_of("\\$", at)) {
      if (text_[at] == '\\') {
        at += 2;
        continue;
      }
      const char behind = at + 1 < text_.size() ? text_[at + 1] : ' ';
      const bool closes = displayed ? behind == '$' : at > from && !is_blank(text_[at - 1]) && !is_ascii_digit(behind);
      if (closes && at > from) return at;
      ++at;
    }
    no_dollar_[displayed ? 1 : 0] = true;
    return kNowhere;
  }

  // ---- gathering

  void gather() {
    Marks marks;
    std::array<int, 16> set{};
    for (std::size_t at = 0; at < pieces_.size();) {
      const Piece& piece = pieces_[at];
      switch (piece.is) {
        case Piece::Is::Text: out_.append(piece.text, marks); break;
        case Piece::Is::Source:
          out_.append(piece.text, marks.with(piece.mark), piece.notation);
          at = piece.behind;
          continue;
        case Piece::Is::Open:
        case Piece::Is::Close: {
          const auto place = static_cast<std::size_t>(std::find(kMarkdownOrder.begin(), kMarkdownOrder.end(), piece.mark) - kMarkdownOrder.begin());
          set[place] += piece.is == Piece::Is::Open ? 1 : -1;
          marks = set[place] > 0 ? marks.with(piece.mark) : marks.without(piece.mark);
          break;
        }
      }
      ++at;
    }
  }

  static constexpr std::size_t kLongestAttributes = 1024;
  static constexpr std::size_t kMostTicks = 15;

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Piece> pieces_;
  std::vector<Opening> emphases_;  // delimiters that wait for a partner, in order
  std::vector<Opening> brackets_;
  std::array<std::optional<Opening>, 2> scripts_;  // the last ~ and ^
  std::array<std::size_t, kEmphasisKinds> open_emphases_{};
  std::size_t last_blank_ = kNowhere;
  std::array<bool, kMostTicks + 1> no_ticks_{};
  std::array<bool, 2> no_dollar_{};
  std::vector<std::unique_ptr<std::string>> characters_;  // those of character references
  RichTextBuilder out_;
};

// -------------------------------------------------------------------------------------------------------------- writing

/// Escapes what pandoc would read as markup. Line by line nothing is needed: a value is one paragraph.
class MarkdownEscaper {
 public:
  MarkdownEscaper(std::string& out, bool in_script) : out_(out), in_script_(in_script) {}

  /// `first`: the text begins the value, where a dash may begin a list; `before_markup`: markup follows, where ! may begin an image.
  void write(std::string_view text, bool first, bool before_markup) {
    const std::size_t marker = first ? block_marker(text) : kNowhere;
    write_from(next_escape(text, 0, marker, before_markup), text, marker, before_markup);
  }

  /// A text that stands alone, unless it needs no escape: then false, with nothing written.
  bool write_if_other(std::string_view text) {
    const std::size_t marker = block_marker(text);
    const std::size_t first_escape = next_escape(text, 0, marker, false);
    if (first_escape == text.size()) return false;
    write_from(first_escape, text, marker, false);
    return true;
  }

 private:
  void write_from(std::size_t first_escape, std::string_view text, std::size_t marker, bool before_markup) {
    std::size_t written = 0;
    for (std::size_t at = first_escape; at < text.size(); at = next_escape(text, at + 1, marker, before_markup)) {
      out_.append(text, written, at - written) += '\\';
      written = at;
    }
    out_.append(text, written);
  }

  /// The next character at or behind `at` that needs an escape; the text's size if there is none.
  std::size_t next_escape(std::string_view text, std::size_t at, std::size_t marker, bool before_markup) const {
    while (true) {
      const std::size_t next = next_suspect(text, at);
      if (marker >= at && marker < next) return marker;
      if (next == text.size() || next == marker || needs_escape(text, next)) return next;
      if (text[next] == '!' && next + 1 == text.size() && before_markup) return next;
      at = next + 1;
    }
  }

  /// What may need an escape anywhere: all but what opens a block, and the blank, which is asked about within scripts only. ']' to '`' are ] ^ _ and `.
  template <char... too>
  static std::size_t next_sign(std::string_view text, std::size_t at) {
    constexpr Bytes<'\\', '*', '~', '[', ByteRange{']', '`'}, '$', '<', '>', '@', '&', '!', too...> kWanted;
    return next_of_or_doubled(kWanted, Bytes<'-', '.'>{}, text, at);
  }
  std::size_t next_suspect(std::string_view text, std::size_t at) const { return in_script_ ? next_sign<' '>(text, at) : next_sign<>(text, at); }

  bool needs_escape(std::string_view text, std::size_t at) const {
    const char c = text[at];
    const std::string_view rest = text.substr(at);
    switch (c) {
      case '\\':
      case '*':
      case '~':
      case '^':
      case '[':
      case ']':
      case '`':
      case '$':
      case '<':
      case '>':
      case '@': return true;
      case ' ': return in_script_;
      case '_': return at == 0 || at + 1 == text.size() || !is_word_character(text[at - 1]) || !is_word_character(text[at + 1]);
      case '-': return rest.size() > 1 && rest[1] == '-';
      case '.': return rest.substr(0, 3) == "...";
      case '&': return character_reference_at(text, at).size > 0;
      default: return false;
    }
  }

  /// The character to escape so that the text does not begin a heading or a list: # - + or the dot of "1. ".
  static std::size_t block_marker(std::string_view text) {
    if (text.empty() || is_ascii_letter(text.front())) return kNowhere;
    if (text.front() == '#' || text.front() == '|' || text.front() == ':' || text.front() == '%') return 0;
    const std::size_t number = std::min(text.find_first_not_of("0123456789"), text.size());
    const bool ends_item = number < text.size() && (number + 1 == text.size() || is_blank(text[number + 1]));
    if (number == 0 && (text.front() == '-' || text.front() == '+') && ends_item) return 0;
    if (number > 0 && ends_item && (text[number] == '.' || text[number] == ')')) return number;
    return kNowhere;
  }

  std::string& out_;
  bool in_script_;
};

/// `text`{=notation}, with as many backticks as the text needs.
void append_raw(std::string& out, std::string_view text, std::string_view notation) {
  std::size_t longest = 0;
  for (std::size_t at = text.find('`'); at != kNowhere; at = text.find('`', at)) {
    const std::size_t end = std::min(text.find_first_not_of('`', at), text.size());
    longest = std::max(longest, end - at);
    at = end;
  }
  const std::string ticks(longest + 1, '`');
  const std::string_view pad = longest > 0 ? " " : "";
  out += ticks;
  out += pad;
  out += text;
  out += pad;
  out += ticks;
  out += "{=";
  out += notation;
  out += '}';
}

bool is_dollar_formula(const Run& run) { return run.marks.has(Mark::Math) && run.notation == kLatex && run.text.front() == '$'; }

void append_source(std::string& out, const Run& run) {
  if (is_dollar_formula(run) || (run.marks.has(Mark::Verbatim) && run.notation == kMarkdown)) {
    out += run.text;
  } else {
    append_raw(out, run.text, run.notation);
  }
}

bool is_source_run(const Run& run) { return (run.marks.has(Mark::Math) || run.marks.has(Mark::Verbatim)) && !run.notation.empty(); }

bool is_kept(const Run& run, Mark mark) {
  return is_source_run(run) || !run.marks.has(mark) || trim(run.text).size() == run.text.size();
}

/// Emphasis cannot begin or end with a blank: the blanks at its edges lose it. `everywhere`: those at the edges of each run, since marks that overlap
/// are closed and opened again between runs.
RichText with_bare_blanks(Arena& arena, const RichText& rich, Mark mark, bool everywhere) {
  RichTextBuilder builder;
  for (std::size_t at = 0; at < rich.runs.size(); ++at) {
    const Run& run = rich.runs[at];
    if (is_kept(run, mark)) {
      builder.append(run.text, run.marks, run.notation);
      continue;
    }
    const bool begins = everywhere || at == 0 || !rich.runs[at - 1].marks.has(mark);
    const bool ends = everywhere || at + 1 == rich.runs.size() || !rich.runs[at + 1].marks.has(mark);
    const std::size_t begin = begins ? run.text.size() - trim_left(run.text).size() : 0;
    const std::size_t end = std::max(begin, ends ? trim_right(run.text).size() : run.text.size());
    builder.append(run.text.substr(0, begin), run.marks.without(mark));
    builder.append(run.text.substr(begin, end - begin), run.marks);
    builder.append(run.text.substr(end), run.marks.without(mark));
  }
  return builder.finish(arena);
}

void write_runs(std::string& out, const RichText& text) {
  const std::size_t start = out.size();
  std::vector<Marks> nested;
  nested.reserve(text.runs.size());
  for (const Run& run : text.runs) nested.push_back(run.marks);
  MarkNesting nesting(nested, kMarkdownOrder);
  bool quoted = false;
  for (std::size_t at = 0; at <= text.runs.size(); ++at) {
    const bool in_quotation = at < text.runs.size() && text.runs[at].marks.has(Mark::Quote);
    if (quoted && !in_quotation) out += "”";
    nesting.step(
        at, [&](Mark mark) { out += markup_of(mark).close; }, [&](Mark mark) { out += markup_of(mark).open; });
    if (!quoted && in_quotation) out += "“";
    quoted = in_quotation;
    if (at == text.runs.size()) break;
    const Run& run = text.runs[at];
    const bool in_script = run.marks.has(Mark::Subscript) || run.marks.has(Mark::Superscript);
    if (is_source_run(run)) {
      append_source(out, run);
    } else {
      MarkdownEscaper(out, in_script).write(run.text, out.size() == start, at + 1 < text.runs.size());
    }
  }
}

}  // namespace

RichText read_markdown(Arena& arena, std::string_view markdown) {
  const bool is_text =
      !holds<'\\', '*', '~', '[', ByteRange{']', '`'}, '$', '&'>(markdown) && markdown.find("--") == kNowhere && markdown.find("...") == kNowhere;
  return is_text ? RichText::of(arena, arena.copy(markdown)) : MarkdownReader(markdown).read(arena);
}

Str read_markdown_plain(Arena& arena, std::string_view markdown) { return plain_text(arena, read_markdown(arena, markdown)); }

std::string_view markdown_of(std::string_view plain, std::string& buffer) {
  buffer.clear();
  return MarkdownEscaper(buffer, false).write_if_other(plain) ? buffer : plain;
}

Fidelity write_markdown(std::string& out, const RichText& rich) {
  if (rich.plain()) {
    MarkdownEscaper(out, false).write(rich.text(), true, false);
    return Fidelity::Exact;
  }
  Arena arena;
  const std::size_t start = out.size();
  // Whether marks side by side are told apart only reading can say.
  for (const bool everywhere : {false, true}) {
    const RichText text =
        with_bare_blanks(arena, with_bare_blanks(arena, rich, Mark::Italic, everywhere), Mark::Bold, everywhere);
    out.resize(start);
    write_runs(out, text);
    const RichText again = read_markdown(arena, std::string_view(out).substr(start));
    if (same_text(again, rich)) return Fidelity::Exact;
    if (same_text(again, text)) break;
  }
  return Fidelity::Narrowed;
}

}  // namespace bibmill::text

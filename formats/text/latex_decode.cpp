// LaTeX to rich text: one pass with a stack of brace groups. Commands are rows of tables; what no row knows is copied as it stands.
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <memory_resource>
#include <optional>
#include <utility>
#include <vector>

#include "bibmill/text/byte_scan.h"
#include "bibmill/text/latex.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "latex_formula.h"
#include "latex_tables.h"

namespace bibmill::text {

namespace {

constexpr std::size_t kNone = std::string_view::npos;

// -------------------------------------------------------------------------------------------------------- the commands

enum class Does : std::uint8_t {
  Mark,     ///< marks its argument
  Toggle,   ///< marks its argument, or takes the mark off where it is on already: \emph in \emph is upright
  Declare,  ///< changes the font to the end of the group
  Size,     ///< changes its size, or its alphabet, to the end of the group: nothing of the text
  Drop,     ///< its argument is not to be read: it steers sorting, or says a language
  Second,   ///< marks its second argument; the first says a language or a colour
  Formula,  ///< its argument is a formula
  Address,  ///< its argument is taken as it stands
  Link,     ///< an address and the text that shows it
};

struct Command {
  std::string_view name;
  Does does;
  Marks marks = {};
  bool is_lost = false;  ///< nothing of it stays: a font without a mark, a size, a language …
};

constexpr Marks kFontMarks = Marks(Mark::Italic).with(Mark::Bold).with(Mark::SmallCaps);

// Marks of Declare: a mark to add, or none to go back to the ordinary font.
constexpr Command kCommands[] = {
    {"\\emph", Does::Toggle, Mark::Italic},
    {"\\mkbibemph", Does::Toggle, Mark::Italic},
    {"\\textit", Does::Mark, Mark::Italic},
    {"\\textsl", Does::Mark, Mark::Italic},
    {"\\mkbibitalic", Does::Mark, Mark::Italic},
    {"\\textbf", Does::Mark, Mark::Bold},
    {"\\mkbibbold", Does::Mark, Mark::Bold},
    {"\\textsc", Does::Mark, Mark::SmallCaps},
    {"\\textsubscript", Does::Mark, Mark::Subscript},
    {"\\textsuperscript", Does::Mark, Mark::Superscript},
    {"\\mkbibsuperscript", Does::Mark, Mark::Superscript},
    {"\\mkbibsubscript", Does::Mark, Mark::Subscript},
    {"\\underline", Does::Mark, Mark::Underline},
    {"\\uline", Does::Mark, Mark::Underline},
    {"\\enquote", Does::Mark, Mark::Quote},
    {"\\mkbibquote", Does::Mark, Mark::Quote},
    {"\\textquote", Does::Mark, Mark::Quote},
    {"\\up", Does::Mark, Mark::Superscript},
    {"\\fup", Does::Mark, Mark::Superscript},
    {"\\textrm", Does::Mark},
    {"\\textnormal", Does::Mark},
    {"\\textup", Does::Mark},
    {"\\textmd", Does::Mark},
    {"\\text", Does::Mark},
    {"\\textlatin", Does::Mark},
    {"\\mbox", Does::Mark},
    {"\\hbox", Does::Mark},
    {"\\fbox", Does::Mark, {}, true},
    {"\\texttt", Does::Mark, {}, true},
    {"\\textsf", Does::Mark, {}, true},
    {"\\mkbibacro", Does::Mark, {}, true},
    {"\\autocap", Does::Mark, {}, true},
    {"\\em", Does::Declare, Mark::Italic},
    {"\\it", Does::Declare, Mark::Italic},
    {"\\itshape", Does::Declare, Mark::Italic},
    {"\\sl", Does::Declare, Mark::Italic},
    {"\\slshape", Does::Declare, Mark::Italic},
    {"\\bf", Does::Declare, Mark::Bold},
    {"\\bfseries", Does::Declare, Mark::Bold},
    {"\\sc", Does::Declare, Mark::SmallCaps},
    {"\\scshape", Does::Declare, Mark::SmallCaps},
    {"\\rm", Does::Declare},
    {"\\normalfont", Does::Declare},
    {"\\upshape", Does::Declare},
    {"\\tt", Does::Declare, {}, true},
    {"\\ttfamily", Does::Declare, {}, true},
    {"\\sf", Does::Declare, {}, true},
    {"\\sffamily", Does::Declare, {}, true},
    {"\\tiny", Does::Size, {}, true},
    {"\\scriptsize", Does::Size, {}, true},
    {"\\footnotesize", Does::Size, {}, true},
    {"\\small", Does::Size, {}, true},
    {"\\normalsize", Does::Size},
    {"\\large", Does::Size, {}, true},
    {"\\Large", Does::Size, {}, true},
    {"\\LARGE", Does::Size, {}, true},
    {"\\huge", Does::Size, {}, true},
    {"\\Huge", Does::Size, {}, true},
    {"\\cyr", Does::Size},
    {"\\noopsort", Does::Drop, {}, true},
    {"\\SortNoop", Does::Drop, {}, true},
    {"\\sortnoop", Does::Drop, {}, true},
    {"\\selectlanguage", Does::Drop, {}, true},
    {"\\foreignlanguage", Does::Second, {}, true},
    {"\\textcolor", Does::Second, {}, true},
    {"\\ensuremath", Does::Formula},
    {"\\url", Does::Address},
    {"\\nolinkurl", Does::Address},
    {"\\path", Does::Address},
    {"\\href", Does::Link},
};

const Command* find_command(std::string_view name) {
  if (!is_word(name)) return nullptr;
  const Command* const found =
      std::find_if(std::begin(kCommands), std::end(kCommands), [&](const Command& row) { return row.name == name; });
  return found == std::end(kCommands) ? nullptr : found;
}

Marks joined(Marks a, Marks b) { return Marks::from_bits(static_cast<std::uint16_t>(a.bits | b.bits)); }

// ---------------------------------------------------------------------------------------------------- special bytes

enum class Special : std::uint8_t {
  None,
  Always,    ///< \ { } $ ~ `
  Ligature,  ///< - ' : special if doubled, ' also where a single quotation is open
  Blank,     ///< matters where white space is collapsed
};

constexpr std::array<Special, 256> specials() {
  std::array<Special, 256> table{};
  for (const char c : {'\\', '{', '}', '$', '~', '`'}) table[static_cast<unsigned char>(c)] = Special::Always;
  for (const char c : {'-', '\''}) table[static_cast<unsigned char>(c)] = Special::Ligature;
  for (const char c : {' ', '\t', '\n', '\v', '\f', '\r'}) table[static_cast<unsigned char>(c)] = Special::Blank;
  return table;
}

constexpr std::array<Special, 256> kSpecials = specials();

bool is_ligature_at(std::string_view text, std::size_t at, bool in_single_quotes) {
  const char c = text[at];
  return (at + 1 < text.size() && text[at + 1] == c) || (in_single_quotes && c == '\'');
}

/// White space at `at` that collapsing would change: anything but a single blank.
bool is_loose_blank(std::string_view text, std::size_t at) {
  return text[at] != ' ' || (at + 1 < text.size() && is_blank(text[at + 1]));
}

#if defined(__SSE2__)
/// Of sixteen bytes and those behind each: which may be more than themselves outside single quotes. From '{' on there are two that never are, of the doubled signs
/// from the blank to the hyphen most are not, and a single blank before other white space is not told.
template <WhiteSpace white_space>
[[gnu::always_inline]] inline unsigned special_mask(__m128i here, __m128i next) {
  const __m128i alike = _mm_cmpeq_epi8(here, next);
  if constexpr (white_space == WhiteSpace::Collapse)
    return detail::bits_of(_mm_or_si128(_mm_and_si128(alike, detail::any_match<ByteRange{' ', '-'}>(here)), detail::any_match<'\\', '`', '$', ByteRange{'{', 0x7F}, ByteRange{'\t', '\r'}>(here)));
  else
    return detail::bits_of(_mm_or_si128(_mm_and_si128(alike, detail::any_match<ByteRange{'\'', '-'}>(here)), detail::any_match<'\\', '`', '$', ByteRange{'{', 0x7F}>(here)));
}

/// The next byte that may be more than itself outside single quotes, in [at, end); a last byte, which has none behind it, is not looked at.
template <WhiteSpace white_space>
std::size_t next_outside_quotes(const char* text, std::size_t at, std::size_t end) {
  if (at + 1 >= end) return at;
  const std::size_t last = end - 1;
  const auto in_sixteen = [&](const char* bytes) { return special_mask<white_space>(detail::sixteen_at(bytes), detail::sixteen_at(bytes + 1)); };
  if (detail::Halves::can_hold(at, last)) {
    const detail::Halves halves(at, last);
    return halves.first(special_mask<white_space>(halves.of(text), halves.of(text + 1)));
  }
  if (last < 16) return at;
  return detail::next_where(text, at, last, in_sixteen, [](std::size_t) { return true; });
}
#endif

bool is_special_at(std::string_view text, std::size_t at, WhiteSpace white_space, bool in_single_quotes) {
  switch (kSpecials[static_cast<unsigned char>(text[at])]) {
    case Special::None: return false;
    case Special::Always: return true;
    case Special::Ligature: return is_ligature_at(text, at, in_single_quotes);
    case Special::Blank: return white_space == WhiteSpace::Collapse && is_loose_blank(text, at);
  }
  return false;
}

/// Offset of the next byte that is more than itself, in [at, end).
std::size_t next_special(std::string_view text, std::size_t at, std::size_t end, WhiteSpace white_space, bool in_single_quotes = false) {
  for (const std::size_t from = at; true; ++at) {
#if defined(__SSE2__)
    if (!in_single_quotes)
      at = white_space == WhiteSpace::Collapse ? next_outside_quotes<WhiteSpace::Collapse>(text.data(), at, end) : next_outside_quotes<WhiteSpace::Keep>(text.data(), at, end);
#endif
    if (at >= end) return end;
    if (!is_special_at(text, at, white_space, in_single_quotes)) continue;
    const bool behind_blank = at > from && text[at - 1] == ' ' && is_blank(text[at]);
    return behind_blank && white_space == WhiteSpace::Collapse ? at - 1 : at;
  }
}

// --------------------------------------------------------------------------------------------------------- the braces

/// Partners of all braces, found in one pass once somebody asks. `first`: none stands before.
class Braces {
 public:
  Braces(std::string_view text, std::size_t first, std::pmr::memory_resource& memory) : text_(text), first_(first), pairs_(&memory) {}

  /// Offset of the brace that closes the one at `open`, or kNone.
  std::size_t close_of(std::size_t open) {
    if (!found_) find();
    const auto found = std::lower_bound(pairs_.begin(), pairs_.end(), open,
                                        [](const Pair& pair, std::size_t wanted) { return pair.open < wanted; });
    return found != pairs_.end() && found->open == open ? found->close : kNone;
  }

 private:
  static constexpr std::size_t kUsualPairs = 8;

  struct Pair {
    std::size_t open;
    std::size_t close;
  };

  void find() {
    found_ = true;
    std::size_t innermost = kNone;  // of the open ones; each holds the one round it until it is closed
    Places<'\\', '{', '}'> places(text_, first_);
    for (std::size_t at = places.next(); at < text_.size(); at = places.next()) {
      if (text_[at] == '\\') {
        places.skip_to(at + 2);
      } else if (text_[at] == '{') {
        if (pairs_.empty()) pairs_.reserve(kUsualPairs);
        pairs_.push_back({at, innermost});
        innermost = pairs_.size() - 1;
      } else if (innermost != kNone) {
        innermost = std::exchange(pairs_[innermost].close, at);
      }
    }
    while (innermost != kNone) innermost = std::exchange(pairs_[innermost].close, kNone);
  }

  std::string_view text_;
  std::size_t first_;
  bool found_ = false;
  std::pmr::vector<Pair> pairs_;
};

/// Remembers where a string was found last, so that asking again from ever later places is linear over all.
class Finder {
 public:
  explicit Finder(std::string_view what) : what_(what) {}
  std::size_t from(std::string_view text, std::size_t at) {
    if (!asked_ || (found_ != kNone && found_ < at)) found_ = text.find(what_, at);
    asked_ = true;
    return found_;
  }

 private:
  std::string_view what_;
  std::size_t found_ = 0;
  bool asked_ = false;
};

// --------------------------------------------------------------------------------------------------------- the decoder

class LatexReader {
 public:
  /// `first`: of the bytes that are more than themselves.
  LatexReader(std::string_view text, std::size_t first, const LatexDecoding& options, LatexFindings& findings)
      : text_(text), first_(first), options_(options), findings_(findings), braces_(text, first, memory_) {}

  RichTextBuilder& read() {
    out_.reserve(text_.size());
    groups_.reserve(kUsualDepth);
    groups_.push_back({text_.size(), {}, 0, false, false, {}});
    open_whole_group();
    while (!groups_.empty()) {
      if (at_ >= group().end) {
        close_group();
        continue;
      }
      const std::size_t special = at_ < first_ ? first_ : next_special(text_, at_, group().end, options_.white_space, in_single_quotes_);
      out_.append(text_.substr(at_, special - at_), group().marks);
      at_ = special;
      if (at_ < group().end) read_special();
    }
    return out_;
  }

 private:
  struct Group {
    std::size_t end;  // where its text ends: at its brace
    Marks marks;
    std::size_t place;         // in `out_`, of its first character
    bool has_brace;            // a brace to skip at the end
    bool protects;             // NoCase, if there is a letter in it
    std::string_view address;  // of \href, shown behind the text that hides it
    bool quotes = false;       // a quotation within a quotation: its closing mark follows
  };

  Group& group() { return groups_.back(); }
  const Group& group() const { return groups_.back(); }

  // ---- groups

  /// {The Title}: braces round the whole value say nothing of its parts.
  void open_whole_group() {
    const std::string_view inner = trim(text_);
    if (inner.empty() || inner.front() != '{') return;
    const auto open = static_cast<std::size_t>(inner.data() - text_.data());
    if (braces_.close_of(open) != open + inner.size() - 1) return;
    findings_.whole_group = true;
    out_.append(blanks(text_.substr(0, open)));
    at_ = open;
    push_group(braces_.close_of(at_), {}, false);
  }

  std::string_view blanks(std::string_view text) const {
    return options_.white_space == WhiteSpace::Collapse && !text.empty() ? std::string_view(" ") : text;
  }

  void push_group(std::size_t close, Marks marks, bool protects, std::string_view address = {}) {
    groups_.push_back({close, marks, out_.here(), true, protects, address});
    ++at_;
  }

  void close_group() {
    const Group closed = group();
    groups_.pop_back();
    at_ = closed.end + (closed.has_brace ? 1 : 0);
    if (!closed.address.empty() && out_.text().substr(closed.place) != closed.address) {
      out_.append(out_.here() == closed.place ? "<" : " <", closed.marks);
      out_.append(closed.address, closed.marks);
      out_.append(">", closed.marks);
    }
    if (closed.quotes) out_.append("’", group().marks);
    if (closed.protects && has_letter_or_source(closed.place)) out_.mark_from(closed.place, Mark::NoCase);
  }

  /// Case is a matter of letters; formulas and unknown commands may hold some.
  bool has_letter_or_source(std::size_t place) const {
    if (last_source_ != kNone && last_source_ >= place) return true;
    const CodePoints behind(out_.text().substr(place));
    return std::any_of(behind.begin(), behind.end(), is_letter);
  }

  void read_open_brace() {
    const std::size_t close = braces_.close_of(at_);
    if (close == kNone || close >= group().end) return read_stray_brace();
    if (groups_.size() >= kMaxLatexDepth) return keep(at_, close + 1, Mark::Verbatim);
    push_group(close, group().marks, options_.braces_protect && protects_from(at_ + 1));
  }

  void read_stray_brace() {
    if (!findings_.unbalanced) findings_.first_unbalanced = at_;
    findings_.unbalanced = true;
    out_.append(text_.substr(at_++, 1), group().marks);
  }

  /// BibTeX's special characters, {\'E} and {\ss}, change their case, and {\em …} is only a font; any other group is meant to protect.
  bool protects_from(std::size_t at) const {
    if (text_[at] != '\\') return true;
    const std::string_view name = command_at(text_, at);
    if (find_accent(name, LatexMode::Text) != nullptr) return false;
    if (const Command* const command = find_command(name)) return command->does != Does::Declare && command->does != Does::Size && command->does != Does::Drop;
    const LatexSymbol* const symbol = find_symbol(name, LatexMode::Text);
    return symbol == nullptr || symbol->characters.size() != 1 || !is_letter(symbol->characters.front());
  }

  // ---- single bytes

  void read_special() {
    switch (text_[at_]) {
      case '\\': return read_command();
      case '{': return read_open_brace();
      case '}': return read_stray_brace();
      case '$': return read_dollar();
      case '~':
      case '-':
      case '\'':
      case '`': return read_ligature();
      default: return read_blanks();
    }
  }

  void read_blanks() {
    while (at_ < group().end && is_blank(text_[at_])) ++at_;
    out_.append(" ", group().marks);
  }

  /// The longest row that fits: --- before --, ''' in a formula only.
  void read_ligature() {
    if (read_single_quote()) return;
    std::size_t begin = at_;
    if (text_[at_] == '`' && at_ > 0 && (text_[at_ - 1] == '?' || text_[at_ - 1] == '!') && !out_.empty() &&
        out_.text().back() == text_[at_ - 1])
      begin = at_ - 1;
    for (std::size_t size = std::min<std::size_t>(3, group().end - begin); size > 0; --size) {
      const LatexSymbol* const row = find_symbol(text_.substr(begin, size), LatexMode::Text);
      if (row == nullptr) continue;
      if (begin < at_) out_.truncate(out_.here() - 1);
      append_accented(out_, row->characters, {}, group().marks);
      at_ = begin + size;
      return;
    }
    out_.append(text_.substr(at_++, 1), group().marks);
  }

  /// `x': an opening quote stands before a word and has a partner; the partner is the first apostrophe that no letter follows.
  bool read_single_quote() {
    const char next = at_ + 1 < group().end ? text_[at_ + 1] : ' ';
    const bool behind_letter = at_ > 0 && is_letter(last_code_point(text_.substr(0, at_)).value);
    if (text_[at_] == '`') {
      const bool opens = next != '`' && !is_blank(next) && !behind_letter && (at_ == 0 || std::string_view("?!`").find(text_[at_ - 1]) == kNone);
      if (!opens || in_single_quotes_ || apostrophe_.from(text_, at_ + 1) == kNone) return false;
      in_single_quotes_ = true;
      out_.append("‘", group().marks);
    } else if (text_[at_] == '\'' && in_single_quotes_) {
      const bool closes_double_only = next == '\'' && text_.substr(at_, 3) != "\'\'\'";
      if (closes_double_only || (behind_letter && is_letter(code_point_or_end(at_ + 1)))) return false;
      in_single_quotes_ = false;
      out_.append("’", group().marks);
    } else {
      return false;
    }
    ++at_;
    return true;
  }

  char32_t code_point_or_end(std::size_t at) const { return at < group().end ? code_point_at(text_, at).value : U' '; }

  // ---- formulas

  void read_dollar() {
    const bool displayed = text_.substr(at_, 2) == "$$";
    const std::size_t open = displayed ? 2 : 1;
    const std::size_t close = closing_dollar(at_ + open, displayed);
    if (close == kNone) {
      out_.append(text_.substr(at_++, 1), group().marks);
      return;
    }
    read_formula(at_ + open, close, close + open);
  }

  /// On the same level of braces as the opening one; so a search that fails says that this group has no further dollar.
  std::size_t closing_dollar(std::size_t from, bool displayed) {
    for (std::size_t at = text_.find_first_of("\\{$", from); at < group().end; at = text_.find_first_of("\\{$", at)) {
      if (text_[at] == '\\') {
        at += 2;
      } else if (text_[at] == '{') {
        const std::size_t close = braces_.close_of(at);
        at = (close == kNone ? at : close) + 1;
      } else if (!displayed) {
        return at;
      } else {
        return at + 1 < group().end && text_[at + 1] == '$' ? at : kNone;
      }
    }
    return kNone;
  }

  /// \( … \) and \[ … \].
  void read_bracketed_formula(std::string_view command, Finder& closing) {
    const std::size_t close = closing.from(text_, at_ + 2);
    if (close == kNone || close + 2 > group().end) return keep_command(command);
    read_formula(at_ + 2, close, close + 2);
  }

  void read_formula(std::size_t begin, std::size_t end, std::size_t behind) {
    if (append_formula(out_, text_.substr(begin, end - begin), group().marks, &findings_.left_out)) {
      at_ = behind;
    } else {
      keep(at_, behind, Mark::Math);
    }
  }

  // ---- commands

  /// \% \& \# \_ and \$ are the characters.
  bool is_escape() const { return at_ + 1 < group().end && is_one_of<ByteRange{'#', '&'}, '_'>(text_[at_ + 1]); }

  void read_command() {
    if (is_escape()) {
      out_.append(text_.substr(at_ + 1, 1), group().marks);
      at_ += 2;
      return;
    }
    const std::string_view name = command_at(text_.substr(0, group().end), at_);
    if (name.size() == 1) {  // a backslash at the end
      out_.append(text_.substr(at_++, 1), group().marks);
    } else if (name == "\\(") {
      read_bracketed_formula(name, closing_parenthesis_);
    } else if (name == "\\[") {
      read_bracketed_formula(name, closing_bracket_);
    } else if (const LatexAccent* const accent = find_accent(name, LatexMode::Text)) {
      at_ += name.size();
      read_accented(*accent);
    } else if (const Command* const command = find_command(name)) {
      read_known(*command, name);
    } else if (const LatexSymbol* const symbol = find_symbol(name, LatexMode::Text)) {
      at_ += name.size();
      if (is_word(name)) skip_blanks();
      read_symbol(*symbol);
    } else {
      keep_command(name);
    }
  }

  void read_symbol(const LatexSymbol& symbol) {
    const bool is_break = symbol.characters == U" " && options_.white_space == WhiteSpace::Collapse;
    if (is_break) skip_blanks();
    if (is_break && !out_.empty() && out_.text().back() == ' ') return;  // "one \\ two"
    append_accented(out_, symbol.characters, {}, group().marks);
  }

  void skip_blanks() {
    while (at_ < group().end && is_blank(text_[at_])) ++at_;
  }

  /// Accents upon accents, with or without braces, down to the letter: \~{\^e}, \'\i, \v{}.
  void read_accented(const LatexAccent& outermost) {
    std::u32string marks(1, outermost.mark);
    char32_t alone = outermost.alone;
    const Marks look = group().marks;
    std::u32string base;
    for (;;) {
      skip_blanks();
      if (at_ >= group().end) break;
      if (text_[at_] == '{') {
        const std::size_t close = braces_.close_of(at_);
        if (close == kNone || close >= group().end || groups_.size() >= kMaxLatexDepth) break;
        push_group(close, look, false);
        continue;
      }
      if (text_[at_] != '\\') {
        if (kSpecials[static_cast<unsigned char>(text_[at_])] == Special::Always) break;
        const CodePoint c = code_point_at(text_, at_);
        base.assign(1, c.value);
        at_ += c.size;
        break;
      }
      const std::string_view name = command_at(text_.substr(0, group().end), at_);
      if (const LatexAccent* const inner = find_accent(name, LatexMode::Text); inner != nullptr && marks.size() < kMostAccents) {
        marks.push_back(inner->mark);
        alone = inner->alone;
        at_ += name.size();
        continue;
      }
      const LatexSymbol* const symbol = find_symbol(name, LatexMode::Text);
      if (symbol == nullptr || symbol->characters.size() != 1 || !is_letter(symbol->characters.front())) break;
      base = symbol->characters;
      at_ += name.size();
      if (is_word(name)) skip_blanks();
      break;
    }
    if (base.empty() && alone != 0) {
      base.assign(1, alone);
      marks.pop_back();
    } else if (base.empty()) {
      base.assign(1, kNoBreakSpace);
    }
    append_accented(out_, base, marks, look);
  }

  void read_known(const Command& command, std::string_view name) {
    if (command.does == Does::Size) {
      note_left_out(command);
      at_ += name.size();
      return skip_blanks();
    }
    if (command.does == Does::Declare) {
      at_ += name.size();
      skip_blanks();
      note_left_out(command);
      Marks& marks = group().marks;
      marks = command.marks.none() ? Marks::from_bits(static_cast<std::uint16_t>(marks.bits & ~unsigned{kFontMarks.bits}))
                                   : joined(marks, command.marks);
      return;
    }
    // \enquote* is what \enquote is within another: single quotation marks.
    const bool starred = command.marks.has(Mark::Quote) && text_.substr(at_ + name.size()).starts_with('*');
    const std::size_t open = next_brace(at_ + name.size() + (starred ? 1 : 0));
    const std::size_t close = open == kNone ? kNone : braces_.close_of(open);
    if (close == kNone || close >= group().end || groups_.size() >= kMaxLatexDepth) return keep_command(name);
    switch (command.does) {
      case Does::Mark:
      case Does::Toggle: {
        note_left_out(command);
        if (command.marks.has(Mark::Quote) && (starred || group().marks.has(Mark::Quote))) {
          out_.append("‘", group().marks);
          at_ = open;
          push_group(close, group().marks, false);
          group().quotes = true;
          return;
        }
        const bool off = command.does == Does::Toggle && (group().marks.bits & command.marks.bits) != 0;
        const Marks marks = off ? Marks::from_bits(static_cast<std::uint16_t>(group().marks.bits & ~unsigned{command.marks.bits}))
                                : joined(group().marks, command.marks);
        at_ = open;
        return push_group(close, marks, false);
      }
      case Does::Drop:
        note_left_out(command);
        at_ = close + 1;
        return;
      case Does::Second: {
        const std::size_t text = next_brace(close + 1);
        const std::size_t text_end = text == kNone ? kNone : braces_.close_of(text);
        if (text_end == kNone || text_end >= group().end) return keep_command(name);
        note_left_out(command);
        at_ = text;
        return push_group(text_end, group().marks, false);
      }
      case Does::Formula: return read_formula(open + 1, close, close + 1);
      case Does::Address: at_ = close + 1; return append_address(text_.substr(open + 1, close - open - 1));
      case Does::Link: {
        const std::size_t text = next_brace(close + 1);
        const std::size_t text_end = text == kNone ? kNone : braces_.close_of(text);
        if (text_end == kNone || text_end >= group().end) return keep_command(name);
        at_ = text;
        return push_group(text_end, group().marks, false, text_.substr(open + 1, close - open - 1));
      }
      case Does::Declare:
      case Does::Size: return;
    }
  }

  void note_left_out(const Command& command) {
    if (command.is_lost && findings_.left_out.empty()) findings_.left_out = command.name;
  }

  /// The opening brace at `at`, blanks before it skipped.
  std::size_t next_brace(std::size_t at) const {
    while (at < group().end && is_blank(text_[at])) ++at;
    return at < group().end && text_[at] == '{' ? at : kNone;
  }

  /// Authors escape in addresses what needs no escape there.
  void append_address(std::string_view address) {
    std::size_t from = 0;
    for (std::size_t at = address.find('\\'); at != kNone; at = address.find('\\', at + 2)) {
      if (at + 1 >= address.size() || std::string_view("%&#_~${}").find(address[at + 1]) == kNone) continue;
      out_.append(address.substr(from, at - from), group().marks);
      from = at + 1;
    }
    out_.append(address.substr(from), group().marks);
  }

  /// A command that means nothing here, with the arguments that stand directly behind it.
  void keep_command(std::string_view name) {
    std::size_t end = at_ + name.size();
    if (is_word(name) && end < group().end && text_[end] == '*') ++end;
    bool has_argument = false;
    while (end < group().end) {
      std::size_t close = kNone;
      if (text_[end] == '{') close = braces_.close_of(end);
      if (text_[end] == '[' && is_word(name)) close = closing_square_.from(text_, end);
      if (close == kNone || close >= group().end) break;
      has_argument = true;
      end = close + 1;
    }
    // The blank that divides a control word from the text is the word's own.
    if (is_word(name) && !has_argument)
      while (end < group().end && is_blank(text_[end])) ++end;
    keep(at_, end, Mark::Verbatim);
  }

  void keep(std::size_t begin, std::size_t end, Mark mark) {
    if (!findings_.unknown) findings_.first_unknown = begin;
    findings_.unknown = true;
    last_source_ = out_.here();
    const Marks marks = group().marks.with(mark);
    at_ = begin;
    while (options_.white_space == WhiteSpace::Collapse && at_ < end) {
      const std::size_t begin_of_word = at_;
      while (at_ < end && (!is_blank(text_[at_]) || !is_loose_blank(text_, at_))) ++at_;
      out_.append(text_.substr(begin_of_word, at_ - begin_of_word), marks, kLatex);
      if (at_ == end) break;
      out_.append(" ", marks, kLatex);
      while (at_ < end && is_blank(text_[at_])) ++at_;
    }
    out_.append(text_.substr(at_, end - at_), marks, kLatex);
    at_ = end;
  }

  static constexpr std::size_t kMostAccents = 8;
  static constexpr std::size_t kUsualDepth = 4;

  std::string_view text_;
  std::size_t first_;
  const LatexDecoding& options_;
  LatexFindings& findings_;
  // Most texts have few groups and braces, for which this is enough.
  std::array<std::byte, 4096> few_;
  std::pmr::monotonic_buffer_resource memory_{few_.data(), few_.size()};
  Braces braces_;
  Finder closing_parenthesis_{"\\)"};
  Finder closing_bracket_{"\\]"};
  Finder closing_square_{"]"};
  Finder apostrophe_{"'"};
  bool in_single_quotes_ = false;
  RichTextBuilder out_{memory_};
  std::pmr::vector<Group> groups_{&memory_};
  std::size_t at_ = 0;
  std::size_t last_source_ = kNone;  // place of the last run kept as source
};

std::size_t first_special(std::string_view latex, const LatexDecoding& options) { return next_special(latex, 0, latex.size(), options.white_space); }

}  // namespace

bool has_latex(std::string_view text) { return first_special(text, {}) < text.size(); }

RichText decode_latex(Arena& arena, std::string_view latex, const LatexDecoding& options, LatexFindings* findings) {
  LatexFindings own;
  LatexFindings& found = findings != nullptr ? *findings : own;
  found = {};
  const std::size_t first = first_special(latex, options);
  if (first == latex.size()) return RichText::of(arena, options.owned ? latex : arena.copy(latex));
  return LatexReader(latex, first, options, found).read().finish(arena);
}

Str decode_latex_plain(Arena& arena, std::string_view latex, const LatexDecoding& options, LatexFindings* findings) {
  if (first_special(latex, options) == latex.size()) {
    if (findings != nullptr) *findings = {};
    return options.owned ? latex : arena.copy(latex);
  }
  LatexDecoding plain = options;
  plain.braces_protect = false;
  return plain_text(arena, decode_latex(arena, latex, plain, findings));
}

}  // namespace bibmill::text

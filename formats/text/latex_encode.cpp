// Rich text to LaTeX: the marks nest, each character is written as its row says, and nothing that is written can be misread.
#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "bibmill/text/byte_scan.h"
#include "bibmill/text/latex.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "latex_tables.h"
#include "mark_nesting.h"

namespace bibmill::text {

namespace {

/// How a mark is written. Outermost first, where several begin together.
struct LatexMarkup {
  Mark mark;
  std::string_view open;
};

constexpr LatexMarkup kLatexMarkup[] = {
    {Mark::Quote, "\\enquote{"},
    {Mark::NoCase, "{"},
    {Mark::Italic, "\\textit{"},
    {Mark::Bold, "\\textbf{"},
    {Mark::SmallCaps, "\\textsc{"},
    {Mark::Underline, "\\underline{"},
    {Mark::Superscript, "\\textsuperscript{"},
    {Mark::Subscript, "\\textsubscript{"},
};

constexpr auto kLatexOrder = [] {
  std::array<Mark, std::size(kLatexMarkup)> order{};
  std::transform(std::begin(kLatexMarkup), std::end(kLatexMarkup), order.begin(), [](const LatexMarkup& row) { return row.mark; });
  return order;
}();

std::string_view opening(Mark mark) {
  return std::find_if(std::begin(kLatexMarkup), std::end(kLatexMarkup), [&](const LatexMarkup& row) { return row.mark == mark; })->open;
}

/// Pairs that TeX would join to one sign if they came to stand together; {} keeps them apart.
bool would_join(char before, char next) {
  return (before == next && is_one_of<'-', '\'', '`', '<', '>', ','>(next)) || (next == '`' && (before == '?' || before == '!'));
}

constexpr bool is_joined_to_its_like(char c) { return is_one_of<'-', '\'', '<', '>', ','>(c); }

constexpr ByteRange kUsualPunctuation{'\'', '?'};

/// The next of the ASCII characters that have a command, which is how they are written, or of those that TeX would join to the same one behind it.
/// '^' to '`' are ^ _ and `.
/// Letters, digits and usual punctuation, which are seen fastest to be none of them, are passed first. `too`: further ones that have a command; `beyond`: what
/// stands for itself beyond ASCII.
template <ByteRange... too, ByteRange... beyond>
std::size_t next_special(Bytes<too...> /*too*/, Bytes<beyond...> /*beyond*/, std::string_view text, std::size_t at) {
  for (;; ++at) {
    at = next_not_of_or_doubled(Bytes<kAsciiLetters, kUsualPunctuation, ' ', beyond...>{}, Bytes<kUsualPunctuation>{}, text, at);
    if (at == text.size() || is_one_of<'\\', '{', ByteRange{'}', '~'}, ByteRange{'#', '&'}, ByteRange{'^', '`'}, too...>(text[at])) return at;
    if (is_joined_to_its_like(text[at]) && at + 1 < text.size() && text[at + 1] == text[at]) return at;
  }
}

/// Characters whose command is a backslash and the character, as in the table: nothing can be mistaken there.
constexpr bool is_escaped_by_backslash(char32_t c) { return c == U'%' || c == U'&' || c == U'#' || c == U'_' || c == U'$'; }

/// Adds the text's braces to those that are open. False: one closes that none opened.
bool count_braces(std::string_view text, int& depth) {
  for (std::size_t at = next_of<'{', '}'>(text, 0); at < text.size(); at = next_of<'{', '}'>(text, at + 1)) {
    depth += text[at] == '{' ? 1 : -1;
    if (depth < 0) return false;
  }
  return true;
}

/// A piece of LaTeX that may go into a BibTeX value: its braces are balanced as BibTeX counts them, and as TeX does.
bool is_balanced(std::string_view latex) {
  int depth = 0;
  return count_braces(latex, depth) && depth == 0;
}

bool is_source(const Run& run) { return run.marks.has(Mark::Verbatim) || run.marks.has(Mark::Math); }
bool is_latex(const Run& run) { return is_source(run) && run.notation == kLatex && is_balanced(run.text); }

bool has_letter(std::string_view text) {
  const CodePoints characters(text);
  return std::any_of(characters.begin(), characters.end(), is_letter);
}

/// What may stand in $_{…}$ and be read back as it was.
bool is_simple_script(std::string_view text) {
  constexpr std::string_view kSigns = "+=()*/.,;:";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || kSigns.find(c) != kSigns.npos;
  });
}

class LatexWriter {
 public:
  LatexWriter(std::string& out, std::span<const Run> runs, const LatexEncoding& options)
      : out_(out), start_(out.size()), runs_(runs), options_(options) {}

  Fidelity write() {
    begun_ = options_.continues;
    if (runs_.empty() || (runs_.size() == 1 && runs_[0].marks.none())) {
      if (!runs_.empty()) write_run(runs_[0], 0);
      return Fidelity::Exact;
    }
    evident_ = false;
    std::vector<Marks> nested;
    nested.reserve(runs_.size());
    for (const Run& run : runs_) nested.push_back(nested_marks(run));
    MarkNesting nesting(nested, kLatexOrder);
    const bool whole = is_one_protected_group();
    if (whole) out_ += '{';
    for (std::size_t at = 0; at <= runs_.size(); ++at) {
      nesting.step(
          at, [&](Mark mark) { close_mark(mark); }, [&](Mark mark) { open_mark(mark); });
      if (at < runs_.size()) write_run(runs_[at], at);
    }
    if (whole) out_ += '}';
    return narrowed_ ? Fidelity::Narrowed : Fidelity::Exact;
  }

  LatexLooks looks() const { return {protected_words_, evident_ && !protected_words_}; }

 private:
  // ---- marks

  /// The marks of a run that are written as commands round it.
  Marks nested_marks(const Run& run) {
    Marks marks = run.marks.without(Mark::Math).without(Mark::Verbatim);
    if (!options_.braces_protect && marks.has(Mark::NoCase)) {
      marks = marks.without(Mark::NoCase);
      narrowed_ = true;
    }
    if (!options_.enquote && marks.has(Mark::Quote)) {
      marks = marks.without(Mark::Quote);
      narrowed_ = true;
    }
    return is_math_script(run) ? marks.without(Mark::Subscript).without(Mark::Superscript) : marks;
  }

  bool is_math_script(const Run& run) const {
    return options_.scripts == LatexEncoding::Scripts::Math && !is_source(run) &&
           run.marks.has(Mark::Subscript) != run.marks.has(Mark::Superscript) && is_simple_script(run.text);
  }

  void open_mark(Mark mark) {
    write_piece(opening(mark));
    if (mark == Mark::NoCase) protects_letter_ = false;
  }

  /// Braces round what has no letters are not read as protection.
  void close_mark(Mark mark) {
    close_brace();
    if (mark == Mark::NoCase && !protects_letter_) narrowed_ = true;
  }

  /// Braces round the whole value would be taken for delimiters: one pair more keeps the protection.
  bool is_one_protected_group() const {
    const auto is_white = [](const Run& run) { return !is_source(run) && run.marks.none() && trim(run.text).empty(); };
    const auto first = std::find_if_not(runs_.begin(), runs_.end(), is_white);
    auto last = runs_.end();
    while (last != first && is_white(*(last - 1))) --last;
    const auto all_have = [&](Mark mark) {
      return std::all_of(first, last, [&](const Run& run) { return run.marks.has(mark); });
    };
    const bool is_quotation = options_.enquote && all_have(Mark::Quote);
    return options_.braces_protect && first != last && all_have(Mark::NoCase) && !is_quotation;
  }

  // ---- runs

  void write_run(const Run& run, std::size_t at) {
    const bool quoted = !options_.enquote && run.marks.has(Mark::Quote);
    if (quoted && (at == 0 || !runs_[at - 1].marks.has(Mark::Quote))) write_text("“");
    protects_letter_ = protects_letter_ || is_latex(run) || (run.marks.has(Mark::NoCase) && has_letter(run.text));
    if (is_latex(run)) {
      write_source(run.text);
    } else {
      narrowed_ = narrowed_ || is_source(run);
      const bool protect =
          options_.protect_capitals && !(run.marks.has(Mark::NoCase) && options_.braces_protect) && !is_source(run);
      if (is_math_script(run)) {
        write_math_script(run);
      } else if (protect) {
        write_protected(run.text);
      } else {
        write_text(run.text);
      }
    }
    begun_ = true;
    if (quoted && (at + 1 == runs_.size() || !runs_[at + 1].marks.has(Mark::Quote))) write_text("”");
  }

  void write_source(std::string_view source) {
    evident_ = false;
    write_piece(source);
    const std::size_t backslash = source.rfind('\\');
    if (backslash == std::string_view::npos || source.front() != '\\') return;
    const std::string_view last = command_at(source, backslash);
    const std::string_view rest = source.substr(backslash + last.size());
    const bool ends_in_word = is_word(last) && trim(rest).empty();
    behind_ = !ends_in_word ? Behind::Arguments : rest.empty() ? Behind::Word : Behind::WordAndBlank;
  }

  void write_math_script(const Run& run) {
    keep_apart('$');
    const bool has_letters = has_letter(run.text);
    out_ += run.marks.has(Mark::Subscript) ? "$_{" : "$^{";
    if (has_letters) out_ += "\\mathrm{";
    out_ += run.text;
    out_ += has_letters ? "}}$" : "}$";
  }

  // ---- capitals

  /// Words with capitals in braces, except where the only capital is the title's first letter.
  void write_protected(std::string_view text) {
    std::size_t written = 0;
    const auto protect = [&](std::size_t begin, std::size_t end) {
      write_text(text.substr(written, begin - written));
      write_piece("{");
      write_text(text.substr(begin, end - begin));
      close_brace();
      protected_words_ = true;
      written = end;
    };
    std::size_t seen = 0;
    if (!begun_) {
      const std::size_t begin = begin_of_first_word(text);
      seen = end_of_word(text, begin);
      const std::string_view word = text.substr(begin, seen - begin);
      if (has_capital(word.substr(first_code_point(word).size))) protect(begin, seen);
    }
    // Most words have none, so they are looked for, and not word by word.
    for (std::size_t at = next_possible_capital(text, seen); at < text.size(); at = next_possible_capital(text, seen)) {
      const std::size_t before = std::exchange(seen, end_of_word(text, at));
      if (seen == at)
        seen += code_point_at(text, at).size;
      else if (has_capital(text.substr(at, seen - at)))
        protect(begin_of_word(text, at, before), seen);
    }
    write_text(text.substr(written));
  }

  static std::size_t next_possible_capital(std::string_view text, std::size_t at) { return next_of<ByteRange{'A', 'Z'}, kBeyondAscii>(text, at); }

  static std::size_t begin_of_first_word(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size() && end_of_word(text, at) == at) at += code_point_at(text, at).size;
    return at;
  }

  /// Where the word begins that holds the character at `at`, before which there is nothing but ASCII down to `from`.
  static std::size_t begin_of_word(std::string_view text, std::size_t at, std::size_t from) {
    while (at > from && belongs_to_word(text, at - 1, code_point_at(text, at - 1))) --at;
    return at;
  }

  static bool has_capital(std::string_view text) {
    if (holds<ByteRange{'A', 'Z'}>(text)) return true;
    const CodePoints characters(text);
    return holds<kBeyondAscii>(text) && std::any_of(characters.begin(), characters.end(), is_upper);
  }

  /// Letters, digits, their marks, and an apostrophe between letters.
  static bool belongs_to_word(std::string_view text, std::size_t at, CodePoint c) {
    if (is_letter(c.value) || is_digit(c.value) || is_combining(c.value)) return true;
    const bool apostrophe = c.value == U'\'' || c.value == U'’';
    return apostrophe && at > 0 && is_letter(last_code_point(text.substr(0, at)).value) && is_letter(code_point_at(text, at + c.size).value);
  }

  static std::size_t end_of_word(std::string_view text, std::size_t at) {
    while (true) {
      at = next_not_of<ByteRange{'a', 'z'}, ByteRange{'A', 'Z'}, ByteRange{'0', '9'}>(text, at);
      if (at == text.size()) break;
      const CodePoint c = code_point_at(text, at);
      if (!belongs_to_word(text, at, c)) break;
      at += c.size;
    }
    return at;
  }

  // ---- characters

  void write_text(std::string_view text) {
    const bool unicode = options_.characters == LatexEncoding::Characters::Unicode;
    for (std::size_t at = 0; at < text.size();) {
      // The no-break space, which is written as ~, begins with 0xC2.
      std::size_t end = unicode ? next_special(Bytes<'\xC2'>{}, Bytes<ByteRange{0x80, 0xC1}, ByteRange{0xC3, 0xFF}>{}, text, at)
                                : next_special(Bytes<kBeyondAscii>{}, Bytes<>{}, text, at);
      const bool doubled = end < text.size() && is_joined_to_its_like(text[end]);
      if (doubled) ++end;
      if (end > at) write_ordinary(text.substr(at, end - at));
      at = end;
      if (at < text.size() && !doubled) at += write_character(text, at);
    }
  }

  /// Characters that stand for themselves.
  void write_ordinary(std::string_view text) {
    keep_apart(text.front());
    out_ += text;
  }

  /// One character with the combining marks behind it; how many bytes of the text that was.
  std::size_t write_character(std::string_view text, std::size_t at) {
    if (is_escaped_by_backslash(static_cast<unsigned char>(text[at]))) {
      const char escaped[] = {'\\', text[at]};
      write_piece({escaped, std::size(escaped)});
      return 1;
    }
    const CodePoint c = code_point_at(text, at);
    if (c.value < 0x80 || c.value == kNoBreakSpace) evident_ = false;
    if (c.value == U'{' || c.value == U'}') {
      if (are_braces_balanced()) {
        write_piece(c.value == U'{' ? "\\{" : "\\}");
        return c.size;
      }
    }
    if (c.value < 0x80 || c.value == kNoBreakSpace) {
      if (const LatexSymbol* const row = spelling_of(c.value)) {
        write_symbol(*row);
        return c.size;
      }
    } else if (options_.characters == LatexEncoding::Characters::Ascii) {
      if (const LatexSymbol* const row = spelling_of(c.value)) {
        write_symbol(*row);
        return c.size;
      }
      if (write_accented(c.value)) return c.size;
      evident_ = false;
    }
    write_piece(text.substr(at, c.size));
    return c.size;
  }

  /// {\'e}, {\~{\^e}}, {\'\i}: a letter and its marks, innermost first. False if a mark has no command, the letter no spelling, or if what is read
  /// back would be another character (the Ångström sign is the letter Å in normal form C).
  bool write_accented(char32_t c) {
    const std::u32string parts = decompose(c);
    if (parts.size() < 2 || parts.size() > kMostMarks || !is_nfc(to_utf8({&c, 1}))) return false;
    std::string accented = spelling_of_base(parts[0]);
    if (accented.empty()) return false;
    for (std::size_t at = 1; at < parts.size(); ++at) {
      const LatexAccent* const accent = spelling_of_mark(parts[at]);
      if (accent == nullptr) return false;
      const bool braces = at > 1 || is_word(accent->command);  // \~{\^e}, \v{s}, but \'e
      if (braces) accented.insert(0, 1, '{').append(1, '}');
      accented.insert(0, accent->command);
    }
    write_piece("{");
    out_ += accented;
    close_brace();
    return true;
  }

  /// A letter that accents may stand on: i and j without their dots.
  static std::string spelling_of_base(char32_t base) {
    if (base == U'i') return "\\i";
    if (base == U'j') return "\\j";
    if (base < 0x80) return std::string(1, static_cast<char>(base));
    const LatexSymbol* const row = spelling_of(base);
    const bool is_text_letter = row != nullptr && row->mode != LatexMode::Math && is_word(row->command) && is_letter(base);
    return is_text_letter ? std::string(row->command) : std::string();
  }

  void write_symbol(const LatexSymbol& row) {
    if (row.mode == LatexMode::Math) {
      if (math_end_ == out_.size() && out_.size() > start_ && row.command.front() == '\\') {
        out_.pop_back();  // $\alpha$ and $\beta$ make $\alpha\beta$
      } else {
        keep_apart('$');
        out_ += '$';
      }
      out_ += row.command;
      out_ += '$';
      math_end_ = out_.size();
    } else if (is_word(row.command)) {
      write_piece("{");
      out_ += row.command;
      close_brace();
    } else {
      write_piece(row.command);
    }
  }

  void write_piece(std::string_view piece) {
    keep_apart(piece.front());
    out_ += piece;
  }

  void close_brace() {
    out_ += '}';
    behind_ = Behind::Text;
  }

  /// Called before anything is appended that begins with `next`.
  void keep_apart(char next) {
    if (would_be_swallowed(next)) {
      out_ += "\\relax{}";
    } else if (out_.size() > start_ && would_join(out_.back(), next)) {
      out_ += "{}";
      evident_ = false;
    }
    behind_ = Behind::Text;
  }

  /// By the unknown command that was written last.
  bool would_be_swallowed(char next) const {
    const bool is_argument = next == '{' || next == '[';
    switch (behind_) {
      case Behind::Text: return false;
      case Behind::Arguments: return is_argument;
      case Behind::WordAndBlank: return is_blank(next);
      case Behind::Word: return is_argument || is_blank(next) || is_ascii_letter(next) || next == '*';
    }
    return false;
  }

  /// \{ is a brace for BibTeX, so it may be used only where all are paired.
  bool are_braces_balanced() {
    if (!braces_balanced_) {
      int depth = 0;
      const bool all_open = std::all_of(runs_.begin(), runs_.end(), [&](const Run& run) { return is_latex(run) || count_braces(run.text, depth); });
      braces_balanced_ = all_open && depth == 0;
    }
    return *braces_balanced_;
  }

  static constexpr std::size_t kMostMarks = 8;

  std::string& out_;
  std::size_t start_;
  std::span<const Run> runs_;
  const LatexEncoding& options_;
  std::optional<bool> braces_balanced_;  // not asked yet
  bool evident_ = true;
  bool narrowed_ = false;
  bool protects_letter_ = false;  // the open protecting group has a reason
  bool begun_ = false;            // a word, or a run that is none, was written
  bool protected_words_ = false;
  enum class Behind : std::uint8_t { Text, Word, WordAndBlank, Arguments };
  Behind behind_ = Behind::Text;              // what was written last: an unknown command would take what follows for its own
  std::size_t math_end_ = std::string::npos;  // end of the last symbol between dollars
};

}  // namespace

namespace {

Fidelity encode_runs(std::string& out, std::span<const Run> runs, const LatexEncoding& options, LatexLooks* looks) {
  LatexWriter writer(out, runs, options);
  const Fidelity fidelity = writer.write();
  if (looks != nullptr) *looks = writer.looks();
  return fidelity;
}

}  // namespace

Fidelity encode_latex(std::string& out, const RichText& rich, const LatexEncoding& options, LatexLooks* looks) {
  return encode_runs(out, {rich.runs.begin(), rich.runs.size()}, options, looks);
}

Fidelity encode_latex(std::string& out, std::string_view plain, const LatexEncoding& options, LatexLooks* looks) {
  const Run run{plain, {}, {}};
  return encode_runs(out, {&run, plain.empty() ? 0U : 1U}, options, looks);
}

}  // namespace bibmill::text

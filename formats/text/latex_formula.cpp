// Formulas that are plain text. One pass with a stack of groups; whatever has no likeness in text ends the attempt.
#include "latex_formula.h"

#include <algorithm>
#include <string>
#include <vector>

#include "bibmill/text/unicode.h"
#include "latex_tables.h"

namespace bibmill::text {

namespace {

constexpr Marks kScripts = Marks(Mark::Subscript).with(Mark::Superscript);

bool is_script(Marks marks) { return (marks.bits & kScripts.bits) != 0; }

/// Letters in a formula are italic; a font says otherwise.
enum class Letters : std::uint8_t { Italic, Upright };

struct Font {
  std::string_view command;
  Letters letters;
  Marks mark;
  bool is_text;         // its argument is text: blanks count
  bool is_declaration;  // holds to the end of the group
  bool is_lost;         // rich text has no mark for it
};

constexpr Font kFonts[] = {
    {"\\mathrm", Letters::Upright, {}, false, false, false},
    {"\\mathup", Letters::Upright, {}, false, false, false},
    {"\\operatorname", Letters::Upright, {}, false, false, false},
    {"\\mathnormal", Letters::Italic, {}, false, false, false},
    {"\\mathit", Letters::Upright, Mark::Italic, false, false, false},
    {"\\mathbf", Letters::Upright, Mark::Bold, false, false, false},
    {"\\boldsymbol", Letters::Italic, Mark::Bold, false, false, false},
    {"\\bm", Letters::Italic, Mark::Bold, false, false, false},
    {"\\mathsf", Letters::Upright, {}, false, false, true},
    {"\\mathtt", Letters::Upright, {}, false, false, true},
    {"\\text", Letters::Upright, {}, true, false, false},
    {"\\textrm", Letters::Upright, {}, true, false, false},
    {"\\textnormal", Letters::Upright, {}, true, false, false},
    {"\\textup", Letters::Upright, {}, true, false, false},
    {"\\mbox", Letters::Upright, {}, true, false, false},
    {"\\hbox", Letters::Upright, {}, true, false, false},
    {"\\textit", Letters::Upright, Mark::Italic, true, false, false},
    {"\\emph", Letters::Upright, Mark::Italic, true, false, false},
    {"\\textbf", Letters::Upright, Mark::Bold, true, false, false},
    {"\\textsc", Letters::Upright, Mark::SmallCaps, true, false, false},
    {"\\rm", Letters::Upright, {}, false, true, false},
    {"\\it", Letters::Upright, Mark::Italic, false, true, false},
    {"\\bf", Letters::Upright, Mark::Bold, false, true, false},
};

/// Commands that only say how large the next delimiter is.
constexpr std::string_view kSizes[] = {"\\left", "\\right", "\\middle", "\\big",  "\\Big",  "\\bigg",  "\\Bigg", "\\bigl",
                                       "\\bigr", "\\Bigl",  "\\Bigr",   "\\bigm", "\\Bigm", "\\biggl", "\\biggr"};

/// TeX sets space beside relations and operators, so a blank of the source stays there; elsewhere in a formula blanks mean nothing.
bool sets_space(char32_t c) {
  constexpr std::u32string_view kAscii = U"=<>+*/:,";
  return kAscii.find(c) != std::u32string_view::npos || c == U'±' || c == U'×' || c == U'÷' || c == U'·' ||
         (c >= 0x2190 && c <= 0x22FF) || (c >= 0x27F0 && c <= 0x27FF) || (c >= 0x2900 && c <= 0x2AFF);
}

class Formula {
 public:
  Formula(RichTextBuilder& out, std::string_view source, Marks marks) : out_(out), source_(source) {
    groups_.push_back({marks, Letters::Italic, false, {}, false, 0});
  }

  bool read() {
    while (at_ < source_.size())
      if (!read_token()) return false;
    return groups_.size() == 1 && !has_pending() && wrote_;
  }

  std::string_view left_out() const { return left_out_; }

 private:
  struct Group {
    Marks marks;
    Letters letters;
    bool is_text;
    std::u32string accents;  // for the one character of this group
    bool accents_used;
    std::size_t characters;
  };

  bool read_token() {
    const char c = source_[at_];
    if (is_blank(c)) return read_blank();
    switch (c) {
      case '{': return open_group();
      case '}': return close_group();
      case '^': return !group().is_text && read_script(Mark::Superscript);
      case '_': return !group().is_text && read_script(Mark::Subscript);
      case '\\': return read_command();
      case '~': ++at_; return put(std::u32string_view(&kNoBreakSpace, 1));
      case '-':
      case '\'': return group().is_text ? read_character() : read_ligature(c);
      case '$':
      case '&':
      case '#':
      case '%': return false;
      default: return read_character();
    }
  }

  bool read_blank() {
    while (at_ < source_.size() && is_blank(source_[at_])) ++at_;
    if (group().is_text) return put(U" ");
    blank_ = true;
    return true;
  }

  bool read_character() {
    const CodePoint c = code_point_at(source_, at_);
    at_ += c.size;
    return put(std::u32string_view(&c.value, 1));
  }

  /// Primes and the minus sign.
  bool read_ligature(char c) {
    std::size_t end = at_;
    while (end < source_.size() && source_[end] == c && end - at_ < (c == '-' ? 1u : 3u)) ++end;
    const LatexSymbol* const row = find_symbol(source_.substr(at_, end - at_), LatexMode::Math);
    at_ = end;
    return row != nullptr && put(row->characters);
  }

  bool open_group() {
    if (groups_.size() >= kMaxLatexDepth) return false;
    Group inner = group();
    apply_pending(inner);
    inner.characters = 0;
    groups_.push_back(std::move(inner));
    ++at_;
    return true;
  }

  bool close_group() {
    if (groups_.size() == 1 || (!group().accents.empty() && !group().accents_used)) return false;
    groups_.pop_back();
    ++at_;
    return true;
  }

  bool read_script(Mark mark) {
    if (is_script(group().marks) || is_script(pending_.mark)) return false;  // a script on a script
    constexpr std::string_view kDegree = "{\\circ}";  // 37$^{\circ}$C
    if (mark == Mark::Superscript && source_.substr(at_ + 1).starts_with(kDegree)) {
      at_ += 1 + kDegree.size();
      return put(U"°");
    }
    pending_.mark = pending_.mark.with(mark);
    ++at_;
    return true;
  }

  bool read_command() {
    const std::string_view command = command_at(source_, at_);
    at_ += command.size();
    if (const Font* const font = find_font(command)) return read_font(*font);
    if (std::find(std::begin(kSizes), std::end(kSizes), command) != std::end(kSizes)) {
      if (at_ < source_.size() && source_[at_] == '.') ++at_;  // an invisible delimiter
      return true;
    }
    if (command == "\\sp" || command == "\\sb") {
      --at_;
      return read_script(command == "\\sp" ? Mark::Superscript : Mark::Subscript);
    }
    if (const LatexAccent* const accent = find_accent(command, group().is_text ? LatexMode::Text : LatexMode::Math)) {
      pending_.accents.push_back(accent->mark);
      return true;
    }
    const LatexSymbol* const row = find_symbol(command, group().is_text ? LatexMode::Text : LatexMode::Math);
    if (row == nullptr) return read_alphabet(command);
    std::u32string_view characters = row->characters;
    if (command == "\\circ" && pending_.mark == Marks(Mark::Superscript)) {  // 37$^\circ$C
      pending_.mark = {};
      characters = U"°";
    }
    if (!put(characters)) return false;
    if (is_word(command)) skip_blanks_behind_word();
    return true;
  }

  static const Font* find_font(std::string_view command) {
    const Font* const found =
        std::find_if(std::begin(kFonts), std::end(kFonts), [&](const Font& font) { return font.command == command; });
    return found == std::end(kFonts) ? nullptr : found;
  }

  bool read_font(const Font& font) {
    if (font.is_lost && left_out_.empty()) left_out_ = font.command;
    if (font.is_declaration) {
      group().letters = font.letters;
      group().marks = Marks::from_bits(static_cast<std::uint16_t>(group().marks.bits | font.mark.bits));
      return true;
    }
    pending_.font = &font;
    return true;
  }

  /// \mathbb{RN}: a row for each letter.
  bool read_alphabet(std::string_view command) {
    while (at_ < source_.size() && is_blank(source_[at_])) ++at_;
    if (at_ >= source_.size() || source_[at_] == '\\') return false;
    const bool braced = source_[at_] == '{';
    const std::size_t end = braced ? source_.find('}', at_) : at_ + 1;
    if (end == std::string_view::npos || end - at_ > kLongestAlphabetText) return false;
    std::u32string letters;
    for (const char c : source_.substr(at_ + (braced ? 1 : 0), end - at_ - (braced ? 1 : 0))) {
      const LatexSymbol* const row = find_symbol(std::string(command) + '{' + c + '}', LatexMode::Math);
      if (row == nullptr) return false;
      letters += row->characters;
    }
    at_ = end + (braced ? 1 : 0);
    return !letters.empty() && put(letters);
  }

  /// "\alpha + 1": the blank behind the word is gone for TeX, but may stand before an operator.
  void skip_blanks_behind_word() {
    while (at_ < source_.size() && is_blank(source_[at_])) {
      blank_behind_word_ = true;
      ++at_;
    }
  }

  struct Pending {
    Marks mark;
    std::u32string accents;
    const Font* font = nullptr;
  };

  Group& group() { return groups_.back(); }
  bool has_pending() const { return !pending_.mark.none() || !pending_.accents.empty() || pending_.font != nullptr; }

  void apply_pending(Group& target) {
    target.marks = Marks::from_bits(static_cast<std::uint16_t>(target.marks.bits | pending_.mark.bits));
    target.accents = std::move(pending_.accents);
    target.accents_used = false;
    if (pending_.font != nullptr) {
      target.letters = pending_.font->letters;
      target.is_text = pending_.font->is_text;
      target.marks = Marks::from_bits(static_cast<std::uint16_t>(target.marks.bits | pending_.font->mark.bits));
    }
    pending_ = {};
  }

  /// One atom: a character, or what a command stands for.
  bool put(std::u32string_view characters) {
    if (characters.empty()) return true;
    if (!has_pending()) return put_in(group(), characters);
    Group single = group();
    apply_pending(single);
    single.characters = 0;
    return put_in(single, characters);
  }

  bool put_in(Group& in, std::u32string_view characters) {
    if (!in.accents.empty() && in.characters > 0) return false;  // \overline{AB}
    ++in.characters;
    in.accents_used = true;
    const bool is_name = characters.size() > 1;  // \log
    const char32_t first = characters.front();
    const bool space = (blank_ && (after_space_setter_ || is_name || sets_space(first))) ||
                       (blank_behind_word_ && (sets_space(first) || after_name_ || after_spaced_));
    if (space && wrote_) out_.append(" ", group().marks);
    const bool letter = first < 0x80 && is_ascii_letter(static_cast<char>(first)) && !is_name;
    const Marks marks = letter && in.letters == Letters::Italic ? in.marks.with(Mark::Italic) : in.marks;
    append_accented(out_, characters, in.accents, marks);
    after_space_setter_ = is_name || sets_space(first);
    after_spaced_ = space && wrote_ && sets_space(first);
    after_name_ = is_name;
    blank_ = false;
    blank_behind_word_ = false;
    wrote_ = true;
    return true;
  }

  static constexpr std::size_t kLongestAlphabetText = 64;

  RichTextBuilder& out_;
  std::string_view source_;
  std::size_t at_ = 0;
  std::vector<Group> groups_;
  Pending pending_;
  bool blank_ = false;
  bool blank_behind_word_ = false;
  bool after_space_setter_ = false;
  bool after_name_ = false;
  bool after_spaced_ = false;  // an operator that has a blank before it, as it then has behind it: "n \times m"
  bool wrote_ = false;
  std::string_view left_out_;  // the first font that rich text has no mark for
};

}  // namespace

bool append_formula(RichTextBuilder& out, std::string_view formula, Marks marks, std::string_view* left_out) {
  const std::size_t before = out.here();
  Formula reader(out, formula, marks);
  if (!reader.read()) {
    out.truncate(before);
    return false;
  }
  if (left_out != nullptr && left_out->empty()) *left_out = reader.left_out();
  return true;
}

void append_accented(RichTextBuilder& out, std::u32string_view base, std::u32string_view outer_to_inner, Marks marks) {
  if (outer_to_inner.empty()) {
    out.append(to_utf8(base), marks);
    return;
  }
  std::u32string characters(base.substr(0, 1));
  if (characters[0] == U'ı') characters[0] = U'i';
  if (characters[0] == U'ȷ') characters[0] = U'j';
  characters.append(outer_to_inner.rbegin(), outer_to_inner.rend());
  characters += base.substr(1);
  out.append(nfc(to_utf8(characters)), marks);
}

}  // namespace bibmill::text

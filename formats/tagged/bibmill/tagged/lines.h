// The line grammar that RIS and MEDLINE share: "TAG - value", values that go on over further lines, blank lines, lines without a tag.
//
// `Lines` walks over a part once and gives logical lines: a tag with all pieces of its value. Nothing is copied: a piece is a view into the part, and a value of
// one piece is that view; only a value of several pieces is put together, in an arena. What a line without a tag means differs between the two formats,
// and so do the blank lines: a `Grammar` says it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/arena.h"
#include "bibmill/source.h"
#include "bibmill/text/byte_scan.h"

namespace bibmill::tagged {

// ---------------------------------------------------------------------------------------------------------------- tags

/// A tag as a number, ASCII letters in upper case, so that tags can stand in a switch: `case code("TY"):`. Tags have eight bytes at most; 0 is no tag.
constexpr std::uint64_t code(std::string_view tag) {
  std::uint64_t number = 0;
  for (const char c : tag.substr(0, 8)) {
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    number = number << 8 | static_cast<unsigned char>(upper);
  }
  return number;
}

/// From a tag's code to its place in a list of tags, built at compile time: `constexpr TagIndex<256> kTags(list)`. `slots` is a power of two, twice the
/// number of tags at least.
template <std::size_t slots>
class TagIndex {
  static_assert((slots & (slots - 1)) == 0, "a power of two");

 public:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  constexpr TagIndex() = default;

  /// A tag that is there already keeps its place.
  constexpr void add(std::uint64_t tag, std::size_t place) {
    std::size_t at = slot_of(tag);
    while (codes_[at] != 0 && codes_[at] != tag) at = (at + 1) & (slots - 1);
    if (codes_[at] == tag) return;
    codes_[at] = tag;
    places_[at] = static_cast<std::uint16_t>(place);
  }

  constexpr std::size_t find(std::uint64_t tag) const {
    for (std::size_t at = slot_of(tag); codes_[at] != 0; at = (at + 1) & (slots - 1))
      if (codes_[at] == tag) return places_[at];
    return kNone;
  }

 private:
  static constexpr std::size_t slot_of(std::uint64_t tag) {
    return static_cast<std::size_t>((tag * 0x9e3779b97f4a7c15U) >> 48U) & (slots - 1);
  }

  std::array<std::uint64_t, slots> codes_{};
  std::array<std::uint16_t, slots> places_{};
};

// ------------------------------------------------------------------------------------------------------------- grammar

/// Which lines without a tag still belong to the value before them once a blank line stands between.
enum class AfterBlank : std::uint8_t { None, Indented, Any };

/// What the two formats do differently. In both the dash stands in the fifth column of a line as it should be ("TY  - JOUR", "PMID- 1"); such a line is
/// tagged whatever its tag. Lines that are nearly so are tagged if their tag is known: "TY - JOUR", "TY  -JOUR", "ty  - JOUR", "PMID -1".
struct Grammar {
  std::uint8_t shortest_tag = 2;
  std::uint8_t longest_tag = 2;
  // Tags are told by their codes, whose letters are in upper case.
  /// Whether a tag is one of the format's.
  bool (*is_known)(std::uint64_t tag) = nullptr;
  /// A line that begins with a blank never has a tag. Otherwise blanks before a known tag are looked through.
  bool indent_continues = false;
  AfterBlank after_blank = AfterBlank::None;
  /// Whether lines without a tag can continue the value of this tag; null: of any.
  bool (*takes_more)(std::uint64_t tag) = nullptr;
  /// Whether a line with an unknown tag, in good form, is rather text that continues the value of `open` ("US  - based study" in an abstract); null: never.
  /// `text` stands behind the dash.
  bool (*swallows)(std::uint64_t open, std::uint64_t tag, std::string_view text) = nullptr;
  /// A tag may begin with a digit ("99  - ").
  bool digit_begins_tag = false;
  /// Of a longer word that stands where a tag does, three or four letters before two blanks, a dash and a blank: the tag that it means, or 0, and the line is text
  /// that looks tagged. Null: there are no such words.
  std::uint64_t (*tag_meant_by)(std::uint64_t word) = nullptr;
};

// --------------------------------------------------------------------------------------------------------------- lines

/// A line of the text: [begin, end) without its line end, `next` behind it. LF, CRLF and CR end a line.
struct PhysicalLine {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t next = 0;
};

/// The line that begins at `at`, which must lie before the text's end.
PhysicalLine line_at(std::string_view text, std::size_t at);
/// The beginning of the line that holds the byte at `at`; a line end belongs to the line before it.
std::size_t line_begin(std::string_view text, std::size_t at);
/// Nothing but blanks and tabs.
bool is_blank(std::string_view line);

/// Behind the mark of byte order that the line begins with, before the text and again where files were put behind one another; else 0. Blanks may stand before it where they mean nothing.
std::size_t behind_mark(std::string_view line, const Grammar& grammar);

/// What one physical line is by itself.
struct LineForm {
  enum class Kind : std::uint8_t { Blank, Tagged, Indented, Loose };
  Kind kind = Kind::Blank;
  bool known = false;         ///< of a tagged line: the grammar knows the tag
  bool standard = false;      ///< of a tagged line: as the format's specification has it
  bool looks_tagged = false;  ///< of a loose line: a word stands where a tag does (Grammar::tag_meant_by)
  std::uint8_t tag_size = 0;
  std::uint32_t tag_at = 0;   ///< where the tag begins in the line
  std::uint64_t code = 0;     ///< of the tag
  std::size_t value_at = 0;   ///< where the value or the text begins, blanks skipped
};

LineForm form_of(std::string_view line, const Grammar& grammar);

/// One line's share of a value: without the blanks around it.
struct Piece {
  enum class Kind : std::uint8_t {
    First,      ///< behind the tag
    Indented,   ///< a line that begins with blanks
    Loose,      ///< a line that does not
    Swallowed,  ///< a line that looks tagged (Grammar::swallows, LineForm::looks_tagged); the text is the whole line
  };
  std::string_view text;
  Span span;
  std::uint32_t blank_lines = 0;  ///< that stand before it
  Kind kind = Kind::First;
};

/// A logical line.
struct Line {
  enum class Kind : std::uint8_t {
    Tagged,
    Loose,  ///< a line without a tag that continues nothing
    Blank,  ///< one or more blank lines
  };
  Kind kind = Kind::Blank;
  bool known = false;
  bool standard = false;
  std::uint64_t code = 0;       ///< of the tag
  std::string_view tag;         ///< as written
  Span tag_span;
  Span span;                    ///< of all its physical lines, the last line end included
  Piece first;                  ///< of a loose line, all of it
  std::uint32_t more_at = 0;    ///< further pieces: Lines::more
  std::uint32_t more_count = 0;

  bool is_tagged() const { return kind == Kind::Tagged; }
};

/// How the pieces of a value become one text.
enum class Join : std::uint8_t {
  Space,       ///< by one blank
  Paragraphs,  ///< by one blank; a line feed where blank lines stand between
  Lines,       ///< by a line feed, blank lines kept
};

/// Walks over the logical lines of a part. Takes time linear in the part.
class Lines {
 public:
  /// `offset` is that of text[0] in the source, added to all spans. `grammar` must stay alive.
  Lines(std::string_view text, std::uint64_t offset, const Grammar& grammar);

  /// The next logical line; false at the end.
  bool next(Line& line);

  /// The value's pieces behind the first. Valid until next() or drop_pieces() is called; the line itself stays good until its pieces are dropped.
  std::span<const Piece> more(const Line& line) const { return {pieces_.data() + line.more_at, line.more_count}; }
  /// Drops the further pieces of all lines, or of all before `kept`, the line read last: called between records, so that memory does not grow with the part.
  void drop_pieces() { pieces_.clear(); }
  void drop_pieces(Line& kept) {
    if (kept.more_at == 0) return;
    pieces_.erase(pieces_.begin(), pieces_.begin() + kept.more_at);
    kept.more_at = 0;
  }

  /// The part holds control characters, which values are cleaned of, in the lines read so far.
  bool has_controls() const { return has_controls_; }

  /// From the first piece's beginning to the last one's end.
  Span value_span(const Line& line) const { return {line.first.span.begin, line.more_count == 0 ? line.first.span.end : more(line).back().span.end}; }

  /// The value's text, without the control characters that text cannot hold (a tab is a blank). A view into the part where nothing has to be changed, else owned by `arena`.
  std::string_view value(const Line& line, Arena& arena, Join join) const;
  /// The same, owned by `arena` in any case.
  Str owned(const Line& line, Arena& arena, Join join) const {
    const bool is_as_written = line.more_count == 0 && !has_controls_;
    return is_as_written ? arena.copy(line.first.text) : owned_anew(line, arena, join);
  }
  /// A piece's text in the same clean form.
  std::string_view clean(std::string_view text, Arena& arena) const { return has_controls_ ? without_controls(text, arena) : text; }

  /// The bytes of a span that lies in the part.
  std::string_view bytes(Span span) const {
    return text_.substr(static_cast<std::size_t>(span.begin - offset_), static_cast<std::size_t>(span.size()));
  }

 private:
  /// What ends lines, and what may be a control character: found together.
  using Marks = text::Places<text::ByteRange{0, 0x1F}, '\x7F', '\xC2'>;

  /// A physical line and its form. The last one is kept: a line is looked at to tell whether it continues a value, and then often begins the next.
  struct Seen {
    PhysicalLine at;
    std::string_view text;
    LineForm form;
  };

  std::string_view text_of(const Piece& piece) const;
  static std::string_view without_controls(std::string_view text, Arena& arena);
  PhysicalLine line_from(std::size_t begin);
  const Seen& look_at(std::size_t begin);
  void see(std::size_t begin);
  Str owned_anew(const Line& line, Arena& arena, Join join) const;
  Piece piece(const PhysicalLine& at, std::size_t text_at, Piece::Kind kind, std::uint32_t blank_lines) const;
  void take_tagged(Line& line) const;
  void take_untagged(Line& line);
  void take_blank(Line& line, const PhysicalLine& first);
  void take_continuations(Line& line);
  bool continues(const Line& open, std::string_view line, const LineForm& form, bool after_blank) const;
  Span span(std::size_t begin, std::size_t end) const { return {offset_ + begin, offset_ + end}; }

  std::string_view text_;
  std::uint64_t offset_;
  const Grammar* grammar_;
  std::size_t at_ = 0;
  std::size_t unseen_ = 0;  // where the first line begins that was not looked at
  Marks marks_;             // behind it
  bool has_controls_ = false;
  Seen seen_;
  std::vector<Piece> pieces_;
};

// ----------------------------------------------------------------------------------------------------------- splitting

/// Whether a record begins with this line.
using BeginsRecord = bool (*)(std::string_view tag, const LineForm& form, bool after_blank);

/// Format::split for a format whose records are known by their first line: cuts before the blank lines that stand before a record.
std::size_t split_before_records(std::string_view text, std::size_t about, const Grammar& grammar, BeginsRecord begins);

// ------------------------------------------------------------------------------------------------------------- writing

/// How values are laid out.
struct LineStyle {
  std::size_t tag_width = 4;     ///< the tag is filled up with blanks to this width; "- " follows
  std::size_t width = 0;         ///< columns (code points) that a wrapped line fills at most; 0: no wrapping
  std::size_t indent = 6;        ///< blanks before a value's further lines
  bool keep_blank = false;       ///< the blank at which a line is broken stays at its end
  std::string_view line_end = "\n";
};

/// A control character that is no line end: C0, DEL, and C1, which has two bytes in UTF-8.
struct Control {
  std::size_t at;    ///< the size of the text where there is none
  std::size_t size;  ///< in bytes; 0 where there is none
};
Control next_control(std::string_view text, std::size_t from);

/// Makes of `text` from `begin` on what a reader would: line feeds, tabs and next lines (U+0085) become blanks, other control characters go.
void keep_on_one_line(std::string& text, std::size_t begin);

/// Appends "TAG - value" and its line end. Line feeds in the value are written as `line_end` and the indent (an empty line stays empty); a word longer than the line stands
/// on a line of its own.
void append_line(std::string& out, std::string_view tag, std::string_view value, const LineStyle& style);

}  // namespace bibmill::tagged

// BibTeX's lexer: what stands in a .bib file and where, with no idea of what it means.
//
// A file is a row of blocks: entries, @string, @preamble and @comment, and whatever text lies between them. `next_block` finds where each ends without
// looking into it, so that splitting, looking ahead and reading agree on every border; `EntryScanner` then walks through one entry, field by field.
//
// Every brace counts, also one behind a backslash: that is how BibTeX counts (Patashnik, "BibTeXing", section 4). An entry whose braces do not close ends before the
// next line that begins an entry; how far the search for its end goes is bounded, so that all of this is linear and a window into a file is enough.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace bibmill::bibtex {

/// No place in a text.
inline constexpr std::size_t kNowhere = std::string_view::npos;

// ------------------------------------------------------------------------------------------------------------- blocks

struct Block {
  enum class Kind : std::uint8_t { Text, Entry, String, Preamble, Comment };

  Kind kind = Kind::Text;
  std::size_t begin = 0;  ///< of the '@', or of the text
  std::size_t end = 0;    ///< behind the closing brace
  std::string_view type;  ///< "article", as written; empty for text
  std::size_t body = 0;   ///< behind the opening brace or parenthesis
  char closer = '}';      ///< what should end it: '}' or ')'
  bool closed = true;     ///< false: it ends where the next one begins, or with the text
  bool well_closed = true;  ///< false: a parenthesis was closed by a brace

  /// What stands between the braces.
  std::string_view inside(std::string_view text) const { return text.substr(body, (closed ? end - 1 : end) - body); }

  /// The same block in a text that holds nothing else.
  Block moved_to(std::string_view alone) const;
};

/// The outermost braces of something inside a block: offsets in what stands inside.
struct Group {
  std::size_t open;
  std::size_t close;
};

/// How a text that is only the beginning of a longer one is looked at.
enum class Extent : std::uint8_t {
  Whole,   ///< nothing follows
  Window,  ///< more may follow: a block that could go on is not given
};

enum class Found : std::uint8_t {
  Nothing,     ///< the text ends
  Incomplete,  ///< a window shows where the block begins, not where it ends; its kind is known
  Whole,
};

/// The block that begins at `at`. Text goes up to the next '@' that begins a block of another kind. `groups` gets the first groups of braces that a
/// closed block holds, in order.
Found next_block(std::string_view text, std::size_t at, Extent extent, Block& block, std::vector<Group>* groups = nullptr);

// -------------------------------------------------------------------------------------------------------------- fields

/// One piece of a value; pieces are joined by '#'.
struct Piece {
  enum class Kind : std::uint8_t { Braced, Quoted, Number, Macro };
  Kind kind = Kind::Braced;
  std::string_view text;  ///< without delimiters
};

struct Flaw {
  enum class Kind : std::uint8_t {
    None,
    MissingComma,   ///< before this field
    MissingEquals,
    MissingValue,
    Unclosed,       ///< the value's delimiter has no partner: the value was cut where the next field seems to begin
    BareWords,      ///< several words without delimiters
  };
  Kind kind = Kind::None;
  std::string_view where;
};

struct FieldSyntax {
  std::string_view key;          ///< as written
  std::string_view expression;   ///< the value with its delimiters
  std::vector<Piece> pieces;     ///< empty where the value is missing
  Flaw flaw;

  /// One braced, quoted or numeric literal: what it says.
  bool literal() const { return pieces.size() == 1 && pieces[0].kind != Piece::Kind::Macro; }
};

/// Walks through the inside of an entry or a @string.
class EntryScanner {
 public:
  /// `inside`: from behind the opening brace to before the closing one, or to the block's end where there is none (`closed` false): then a brace too few
  /// stands in one of the values, and one that seems to hold other fields is cut before them. `groups`: those of a closed block, so that nobody looks for them anew.
  explicit EntryScanner(std::string_view inside, bool closed = true, std::span<const Group> groups = {})
      : inside_(inside), closed_(closed), groups_(closed ? groups : std::span<const Group>{}) {}

  enum class KeyFlaw : std::uint8_t { None, Missing, NoCommaAtAll, Blank, MissingComma };
  /// The citation key. `Missing`: a comma stands where it should be; `NoCommaAtAll`: the first word is a field's name.
  std::string_view read_key(KeyFlaw& flaw);

  /// The next field; false at the end.
  bool next_field(FieldSyntax& field);

  /// What could not be understood between the fields, in order.
  const std::vector<std::string_view>& rubbish() const { return rubbish_; }
  std::size_t position() const { return at_; }

 private:
  bool at_end() const { return at_ >= inside_.size(); }
  char here() const { return inside_[at_]; }
  void skip_blanks();
  void skip_comments();
  std::string_view take_word();
  void skip_rubbish(std::size_t from);
  void read_value(FieldSyntax& field);
  bool read_piece(FieldSyntax& field);
  bool read_known_group(FieldSyntax& field);
  std::size_t find_closer(std::size_t open) const;
  std::size_t field_within(std::size_t from, std::size_t to) const;
  void read_delimited(FieldSyntax& field);
  void cut_unclosed(FieldSyntax& field, std::size_t open);
  void take_bare_words(FieldSyntax& field, std::size_t from);
  bool field_begins(std::size_t at) const;

  std::string_view inside_;
  bool closed_;
  std::span<const Group> groups_;  // those that are not behind us
  std::size_t at_ = 0;
  bool after_value_ = false;
  unsigned failures_ = 0;
  std::vector<std::string_view> rubbish_;
};

/// Whether braces in the text are balanced as BibTeX counts them, and never close more than was opened.
bool is_balanced(std::string_view text);

/// The name of a field, type or string: what BibTeX allows in one ("BibTeXing", section 4, and bibtex.web, id_class).
bool is_name_char(char c);

}  // namespace bibmill::bibtex

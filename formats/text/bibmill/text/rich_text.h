// Rich text: building, comparing and joining runs of marked text, and the rules for titles that formats share.
//
// A RichText keeps what values.h promises: no run is empty, neighbours differ, plain text is one run without marks. Everything here keeps it so.
// Views handed in need to live only for the call, except where a result is said to share the text of its argument.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/arena.h"
#include "bibmill/values.h"

namespace bibmill::text {

/// Notations of Math and Verbatim runs. A run's text is complete source in its notation: a formula keeps its $…$, MathML its <math> element.
inline constexpr Str kLatex = "latex";
inline constexpr Str kMathMl = "mathml";
inline constexpr Str kHtml = "html";
inline constexpr Str kMarkdown = "markdown";

/// Gathers pieces of text with their marks. Neighbours that look the same become one run, empty pieces none.
class RichTextBuilder {
 public:
  /// `memory` for what is gathered; must outlive the builder.
  explicit RichTextBuilder(std::pmr::memory_resource& memory = *std::pmr::get_default_resource()) : text_(&memory), pieces_(&memory) {}

  /// `notation` of Math and Verbatim pieces only.
  void append(std::string_view text, Marks marks = {}, std::string_view notation = {});
  void append(const RichText& rich, Marks added = {});

  /// Makes room for a text of that size.
  void reserve(std::size_t size) { text_.reserve(size); }

  bool empty() const { return text_.empty(); }
  /// All characters so far.
  std::string_view text() const { return text_; }

  /// A place in what was appended so far, for `mark_from`.
  std::size_t here() const { return text_.size(); }
  /// Adds `marks` to everything behind `place`, a value of `here()`.
  void mark_from(std::size_t place, Marks marks);
  /// Takes back everything behind `place`.
  void truncate(std::size_t place);

  /// The text, owned by the arena (one copy of the characters). The builder is empty again and may be used for the next.
  RichText finish(Arena& arena);
  void clear();

 private:
  struct Piece {
    std::size_t begin;
    Marks marks;
    Str notation;
  };
  Str interned(std::string_view notation);

  std::pmr::string text_;
  std::pmr::vector<Piece> pieces_;
  std::vector<std::unique_ptr<std::string>> notations_;  // those beyond the constants above, until finish() copies them
};

/// The characters without the markup: sub- and superscripts stand on the line, marked quotations get “ ”, formulas stay in their notation.
void append_plain(std::string& out, const RichText& rich);
std::string plain_text(const RichText& rich);
/// Shares the text of a plain value.
Str plain_text(Arena& arena, const RichText& rich);

/// What a writer without markup makes of the value: Narrowed if it had marks.
inline bool is_plain(const RichText& rich) { return rich.plain(); }

/// Same runs, marks and notations; the language does not count.
bool same_text(const RichText& a, const RichText& b);

/// Any run with one of these marks?
bool has_marks(const RichText& rich, Marks any_of);
/// The same text without these marks; shares the text of `rich`. Math and Verbatim become plain characters.
RichText without_marks(Arena& arena, const RichText& rich, Marks dropped);
/// Bytes [begin, end) of the concatenated runs; shares the text of `rich`.
RichText slice(Arena& arena, const RichText& rich, std::size_t begin, std::size_t end);
std::size_t size_in_bytes(const RichText& rich);

/// Every run of white space one blank, none at either end; formulas and verbatim runs are left alone. Returns `rich` itself where nothing changes:
/// `same_text(rich, collapse(arena, rich))` tells.
RichText collapse(Arena& arena, const RichText& rich);

/// Joins texts, in time linear in their sizes however many there are. The language is kept where all parts agree.
class RichTextJoiner {
 public:
  /// Adds a text, with `joint` before it unless it is the first; an empty one is none. What it is a view of must stay until the end.
  void add(const RichText& part, std::string_view joint);
  bool empty() const { return count_ == 0; }
  /// The last byte so far; NUL if there is none.
  char last() const;
  /// A sole part is returned as it is.
  RichText finish(Arena& arena);

 private:
  RichTextBuilder builder_;
  RichText first_;
  std::size_t count_ = 0;
  bool one_language_ = true;
};

/// All parts with `separator` between those that are not empty. The language is kept where all parts agree. A sole part is returned as it is.
RichText concatenate(Arena& arena, std::span<const RichText> parts, std::string_view separator);
inline RichText concatenate(Arena& arena, std::initializer_list<RichText> parts, std::string_view separator) {
  return concatenate(arena, std::span<const RichText>(parts.begin(), parts.size()), separator);
}

// -------------------------------------------------------------------------------------------------------------- titles

/// What stands between a title that ends with `last` and its subtitle, or its addition, as `join_title` and `join_addon` have it.
std::string_view joint_before_subtitle(char last);
std::string_view joint_before_addon(char last);

/// Title and subtitle as one: joined by ": ", by a blank after ? ! . : ; — or by nothing where one of them is empty.
RichText join_title(Arena& arena, const RichText& title, const RichText& subtitle);
/// Title and biblatex's titleaddon: joined by ". ", by a blank after ? ! .
RichText join_addon(Arena& arena, const RichText& title, const RichText& addon);

/// NLM ends titles with a dot that belongs to its layout. One is removed, but not the last of "..."; shares the text of `rich`.
RichText without_final_dot(Arena& arena, const RichText& rich);
std::string_view without_final_dot(std::string_view title);
/// Without white space at its ends.
RichText trimmed(Arena& arena, const RichText& rich);
/// Ends the title as NLM does: a dot, unless it ends in . ? or !
RichText with_final_dot(Arena& arena, const RichText& rich);
bool ends_like_nlm(std::string_view title);

}  // namespace bibmill::text

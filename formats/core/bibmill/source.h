// Source and Span: where a thing stood in the input.
//
// A span is a pair of offsets; lines and columns are made from it once, when the part that holds it is joined to the output, and only for what is
// reported. Offsets count bytes of the decoded UTF-8 text, the byte-order mark excluded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bibmill {

/// A half-open range of offsets in the decoded text of one source. The empty span at 0 means "nowhere": the thing was not read.
struct Span {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  constexpr bool empty() const { return begin == end; }
  constexpr std::uint64_t size() const { return end - begin; }
  constexpr bool contains(Span inner) const { return begin <= inner.begin && inner.end <= end; }
  friend constexpr bool operator==(Span, Span) = default;
};

/// 1-based; columns count code points. Line 0 means "the file as a whole".
struct Position {
  std::uint64_t line = 0;
  std::uint64_t column = 0;
  friend constexpr bool operator==(Position, Position) = default;
};

enum class Encoding : std::uint8_t { Utf8, Utf16Le, Utf16Be, Windows1252, Latin1 };

/// One input as the messages name it: a path, or "<stdin>".
struct Source {
  std::string name;
  Encoding encoding = Encoding::Utf8;
  bool byte_order_mark = false;
};

/// Counts lines through a text that arrives in consecutive pieces, and tells the position of offsets within the current piece.
class LineCounter {
 public:
  /// Starts the next piece. LF, CRLF and CR end a line, also where CR and LF fall into two pieces.
  void next(std::string_view piece);

  /// The position of `offset`, counted from the start of the whole text; it must lie in the current piece (its end included).
  Position position(std::uint64_t offset) const;

  std::uint64_t lines_before() const { return line_; }

 private:
  std::string_view piece_;
  std::uint64_t offset_ = 0;   // of the piece's first byte
  std::uint64_t line_ = 1;     // of the piece's first byte
  std::uint64_t column_ = 1;   // of the piece's first byte
  bool after_cr_ = false;      // the piece before ended in CR
};

}  // namespace bibmill

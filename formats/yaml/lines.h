// YAML line by line: where documents, items and the members of a map begin, told by indentation alone.
//
// In block style whatever belongs to an item is indented more deeply than its dash, block scalars included; so items can be cut apart without parsing them.
#pragma once

#include <cstddef>
#include <string_view>

namespace bibmill::yaml {

/// The key under which pandoc has the list of items.
inline constexpr std::string_view kReferences = "references";

/// A range of a text.
struct Range {
  std::size_t begin;
  std::size_t end;
};

struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;     ///< without the line end
  std::size_t next = 0;    ///< behind the line end
  std::size_t indent = 0;  ///< blanks before its first character

  bool empty = true;  ///< nothing but blanks
  bool comment = false;
  bool marker = false;  ///< "---" or "..." at the margin
  bool dash = false;    ///< begins an item of a list

  bool significant() const { return !empty && !comment; }
};

/// The line that begins at `at`; its end is at most the text's.
Line line_at(std::string_view text, std::size_t at);

/// The key of a line "key: …", without its quotes; empty if it has none. `value` gets the offset behind the colon.
std::string_view key_of(std::string_view text, const Line& line, std::size_t* value = nullptr);

/// Is there nothing but blanks and a comment from `at` to the end of the line?
bool is_bare(std::string_view text, std::size_t at, const Line& line);

/// Does the text define an anchor ("&name" where a value may begin)? True in some cases of doubt.
bool defines_anchor(std::string_view text);

/// Behind the item or member that begins at `line` in text[0, end): behind its last line, and the empty ones that follow it. What is indented as deeply as
/// `line` or less ends it, but for dashes at the margin of a member (`dashes_belong`).
std::size_t end_of_block(std::string_view text, const Line& line, std::size_t end, bool dashes_belong);

/// See Format::split and Format::recognises.
std::size_t split(std::string_view text, std::size_t about);
int recognises(std::string_view head);

}  // namespace bibmill::yaml

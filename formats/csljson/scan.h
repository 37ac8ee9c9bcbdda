// Where things begin and end in a JSON text, without parsing it: the walk over the items of an array, a wrapper or lines of JSON.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bibmill::csljson {

/// Behind the value that begins at `at`: a string, a bracketed value with all that it holds, or a bare word. The end of the text where it is not closed.
std::size_t end_of_value(std::string_view text, std::size_t at);
std::size_t skip_blanks(std::string_view text, std::size_t at);

/// One thing on the level of the items.
struct Piece {
  enum class Kind : std::uint8_t {
    Item,    ///< an object
    Other,   ///< a value that is no item: 17, "text"
    Member,  ///< a member of the object around the items: "total": 3
    End,     ///< of the text
  };
  Kind kind = Kind::End;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t value = 0;  ///< of a member: where its value begins
  bool closed = true;     ///< false: the text ends within it
};

/// Walks over the pieces in order. Brackets and commas between them are passed over.
class Walk {
 public:
  /// `first`: the text begins a source, so that its first object may be a wrapper whose "items" are not its first member.
  Walk(std::string_view text, bool first) : text_(text), first_(first) {}

  Piece next();

 private:
  bool opens_wrapper(std::size_t at) const;
  bool is_items_list(std::size_t key, std::size_t key_end) const;
  bool enter_items(std::size_t key);
  Piece member(std::size_t at);

  std::string_view text_;
  bool first_;
  std::size_t at_ = 0;
  bool in_wrapper_ = false;  ///< among the members of the wrapper, not among the items
};

}  // namespace bibmill::csljson

// Layout of tagged text for `fmt`: lines, tags and blank lines; values stay byte for byte, but for blanks around them.
#pragma once

#include <cstddef>
#include <string_view>

#include "bibmill/format.h"
#include "bibmill/tagged/lines.h"

namespace bibmill::tagged {

struct LayoutStyle {
  std::size_t tag_width = 4;  ///< tags are filled up with blanks to this width; "- " follows
  /// Does this tag begin a record (and end what was before), or end one? Empty: no tag does.
  std::string_view begins = {};
  std::string_view ends = {};
  /// Blank lines end records, and stay; else they stay only where they tell text without a tag from a value.
  bool blank_lines_divide = false;
};

/// Known tags in the case and form that the format's specification has; one blank line between records, none at the beginning. What a line without a tag belongs to stays as it was.
LaidOut lay_out(std::string_view text, const Grammar& grammar, const LayoutStyle& style);

}  // namespace bibmill::tagged

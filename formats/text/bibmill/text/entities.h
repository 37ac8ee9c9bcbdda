// Character references, as HTML and Markdown share them: &amp; &#8211; &#x2013;
#pragma once

#include <cstddef>
#include <string_view>

namespace bibmill::text {

struct CharacterReference {
  char32_t character = 0;
  std::size_t size = 0;  ///< bytes from & to ; — 0: no reference that is known
};

/// The reference at `text[at]`, which is an ampersand.
CharacterReference character_reference_at(std::string_view text, std::size_t at);

}  // namespace bibmill::text

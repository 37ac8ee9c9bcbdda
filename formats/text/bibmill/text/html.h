// CSL's HTML subset: the markup of titles in CSL-JSON, to and from rich text.
//
//   <i> <b> <sub> <sup> <sc> <u>, <span class="nocase">, <span style="font-variant:small-caps;"> (blanks as you like; <em> and <strong> are read)
//
// Nothing is escaped in it: < and & are text wherever they do not begin one of these tags. A tag that nothing closes, or that closes nothing, is text.
// Other tags become Verbatim runs, a MathML element one Math run, and both are written back as they were. Reference: CSL 1.0.2, appendix "rich text".
#pragma once

#include <string>
#include <string_view>

#include "bibmill/arena.h"
#include "bibmill/mapping.h"
#include "bibmill/values.h"

namespace bibmill::text {

struct HtmlOptions {
  /// Read &lt; &amp; &#8211; … as characters and write < > & as entities: HTML proper, not CSL.
  bool entities = false;
  /// Write <u>: CSL has none, and most readers of it show the tag.
  bool underline = false;
};

RichText read_html(Arena& arena, std::string_view html, const HtmlOptions& options = {});

/// Appends to `out`. Exact: reading it gives the same value. Narrowed: quotation marks stand as characters, underlining or markup in another notation
/// became text, or characters of the text happen to read as markup.
Fidelity write_html(std::string& out, const RichText& rich, const HtmlOptions& options = {});

/// True if the text holds one of CSL's tags, opened and closed: what tells a CSL-YAML file in HTML from one in Markdown.
bool has_html_markup(std::string_view text);

}  // namespace bibmill::text

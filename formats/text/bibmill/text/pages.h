// Pages: ranges of labels, which are text and never numbers ("S10", "e12", "0082", "IV-1/W1").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bibmill/arena.h"
#include "bibmill/mapping.h"
#include "bibmill/values.h"

namespace bibmill::text {

/// "1194-205, 1210; discussion 1211-2" is 1194–1205, 1210 and 1211–1212 with the label "discussion". Any dash, and "--", divides
/// a range; commas and semicolons divide ranges. A last page that NLM's rule abbreviated is completed ("S10-5" ends at S15) where
/// the result makes sense: letters agree and the pages run forwards. A text that is no range ("IV-1/W1", "A-1", "123+") is a
/// single page as it stands. `raw` is left to the caller.
Pages parse_pages(Arena& arena, std::string_view text);

/// The range from one written end to the other (RIS's SP and EP, PubMed's StartPage and EndPage). `last` may be empty or
/// abbreviated.
PageRange make_page_range(Arena& arena, std::string_view first, std::string_view last);

enum class PageStyle : std::uint8_t {
  Hyphen,        ///< 1194-1205, 1210
  DoubleHyphen,  ///< 1194--1205, 1210: BibTeX
  Abbreviated,   ///< 1194-205, 1210: NLM
};

/// "12" or "1194-1205": one range of numbers, the last of which is not shorter. It is read as it is written.
bool is_of_numbers(const Pages& pages);

/// Ranges are joined by ", ", one with a label by "; ". Exact where parse_pages gives the same ranges.
Fidelity append_pages(std::string& out, const Pages& pages, PageStyle style);

/// In NLM's form. What NLM wrote itself (`raw`: "2603-2615", "e12-e15") stays as it is, as long as the ranges are still what it says.
Fidelity append_nlm_pages(std::string& out, const Pages& pages);
/// Keeps the text that the pages were read from, where append_nlm_pages would write another. The arena of the pages owns it.
void keep_nlm_text(Pages& pages, Str text);

/// One range without its label.
void append_page_range(std::string& out, const PageRange& range, PageStyle style);

/// "1203-1199" does; "1203-10" does not, once completed; neither do labels that cannot be compared ("S10-12").
bool runs_backwards(const PageRange& range);

}  // namespace bibmill::text

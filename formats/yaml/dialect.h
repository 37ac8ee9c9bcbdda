// What CSL's items are like in YAML.
#pragma once

#include "bibmill/csl/item.h"

namespace bibmill::yaml {

inline constexpr std::string_view kOrigin = "yaml";

/// Text is pandoc's Markdown, as pandoc and Quarto read it; so it is written.
inline constexpr csl::Dialect kMarkdown{
    .origin = kOrigin, .markup = csl::Markup::Markdown, .words_are_text = true, .edtf = true, .plain_numbers = true};

/// Other programs put CSL's HTML into YAML; so it is read where an item has any.
inline constexpr csl::Dialect kHtml{
    .origin = kOrigin, .markup = csl::Markup::Html, .words_are_text = true, .edtf = true, .plain_numbers = true};

}  // namespace bibmill::yaml

// What an entry of BibTeX calls other entries by: crossref and its like, whose keys follow when keys change.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "bibmill/record.h"
#include "bibmill/text/unicode.h"

namespace bibmill {

inline bool is_bibtex(const Record& record) { return record.origin == "bibtex" || record.origin == "biblatex"; }

/// Does the extra hold keys of other entries?
inline bool is_reference(const Extra& extra) {
  constexpr std::string_view kReferring[] = {"crossref", "xref", "xdata", "entryset", "related"};
  return (extra.origin == "bibtex" || extra.origin == "biblatex") && std::find(std::begin(kReferring), std::end(kReferring), text::to_lower(extra.key)) != std::end(kReferring);
}

/// The keys in "{a, b}", each a view into the text.
template <class Take>
void for_each_key(std::string_view raw, Take&& take) {
  constexpr std::string_view kBetween = " \n\t,{}\"";
  for (std::size_t at = raw.find_first_not_of(kBetween); at != std::string_view::npos;) {
    const std::size_t end = std::min(raw.find_first_of(",}\"\n\t{", at), raw.size());
    take(text::trim(raw.substr(at, end - at)));
    at = raw.find_first_not_of(kBetween, end);
  }
}

}  // namespace bibmill

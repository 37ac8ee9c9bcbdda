// Reads both dialects of BibTeX.
#pragma once

#include <memory>

#include "bibmill/format.h"
#include "values.h"

namespace bibmill::bibtex {

inline constexpr FormatOption kCommentsOption = {"comments", "KIND", "take what stands in @comment{…} for text, as biber does, or read the entries in it, as BibTeX does",
                                                FormatOption::Side::Reading, "text|entries", "text"};

/// `dialect` is what the records' origin is called; what is read does not depend on it.
std::unique_ptr<Reader> make_reader(Dialect dialect, const ReadOptions& options);

/// Of the codecs that the reader knows, which key has which: for the writer of the same dialect. Null for a key that no field has.
const Mapping* reading_row(std::string_view lower_key, Type type);

/// What a dialect's writer is told to write, for texts that go back where they came from.
Style style_of(Dialect dialect, bool ascii = false);

/// Does the beginning of a file look like BibTeX, and does it hold what only biblatex has?
int recognises_bibtex(std::string_view head);
int recognises_biblatex(std::string_view head);

/// Format::split.
std::size_t split(std::string_view text, std::size_t about);

}  // namespace bibmill::bibtex

// Writes both dialects of BibTeX.
#pragma once

#include <memory>
#include <span>

#include "bibmill/format.h"
#include "values.h"

namespace bibmill::bibtex {

inline constexpr FormatOption kAsciiOption = {"ascii", "", "spell what is not ASCII in LaTeX's ASCII"};

inline constexpr FormatOption kOrderOption = {"field-order", "ORDER", "put the fields of an entry in the source's order, in the data model's, or by name", FormatOption::Side::Writing, "source|model|name", "source"};
inline constexpr FormatOption kAlignOption = {"align", "KIND", "line up the equals signs of an entry", FormatOption::Side::Writing, "equals|none", "equals"};
inline constexpr FormatOption kWidthOption = {"line-width", "N", "wrap values so that lines are no longer than this; 0 for never", FormatOption::Side::Writing, {}, "0", 0, 10000};

/// The importers that the writer knows.
inline constexpr std::string_view kZotero = "zotero";
inline constexpr std::string_view kJabref = "jabref";
inline constexpr std::string_view kIeee = "ieee";
inline constexpr std::string_view kAcm = "acm";

std::unique_ptr<Writer> make_writer(Dialect dialect, const WriteOptions& options, std::span<const Mapping> rows);

/// What reading gives of the record once it was written, without anything carried. `options` lend the strings and parents.
Record read_back(Dialect dialect, const Record& record, const ReadOptions& options);

}  // namespace bibmill::bibtex

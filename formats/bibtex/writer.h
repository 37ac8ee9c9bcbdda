// Writes both dialects of BibTeX.
#pragma once

#include <memory>
#include <span>

#include "bibmill/format.h"
#include "values.h"

namespace bibmill::bibtex {

inline constexpr FormatOption kAsciiOption = {"ascii", "", "spell what is not ASCII in LaTeX's ASCII"};

std::unique_ptr<Writer> make_writer(Dialect dialect, const WriteOptions& options, std::span<const Mapping> rows);

/// What reading gives of the record once it was written, without anything carried. `options` lend the strings and parents.
Record read_back(Dialect dialect, const Record& record, const ReadOptions& options);

}  // namespace bibmill::bibtex

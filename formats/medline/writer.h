// Writing MEDLINE.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "bibmill/format.h"
#include "tags.h"

namespace bibmill::medline {

inline constexpr std::string_view kId = "medline";

std::unique_ptr<Writer> make_writer(const WriteOptions& options, std::span<const Mapping> rows);

/// The record as the writer lays it out by itself, whatever its `layout` says. No books are kept.
void append_canonical(std::string& out, const Record& record);

/// The text of an entry's line as the writer has it, apart from `raw`: of values that one line holds. Refused, with nothing written, for others.
Fidelity append_value(std::string& out, const Entry& entry, const Tag& tag);

}  // namespace bibmill::medline

// Writing RIS.
#pragma once

#include <memory>
#include <span>

#include "bibmill/format.h"

namespace bibmill::ris {

/// `rows` must outlive the writer.
std::unique_ptr<Writer> make_writer(const WriteOptions& options, std::span<const Mapping> rows);

/// Begins a note that carries what RIS cannot show.
inline constexpr std::string_view kCarryLabel = "bibmill: ";

}  // namespace bibmill::ris

// Writes CSL-YAML, the archive.
#pragma once

#include <memory>
#include <span>

#include "bibmill/format.h"

namespace bibmill::yaml {

std::unique_ptr<Writer> make_writer(const WriteOptions& options, std::span<const Mapping> rows);

}  // namespace bibmill::yaml

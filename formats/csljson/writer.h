// Writes CSL-JSON.
#pragma once

#include <memory>
#include <span>

#include "bibmill/format.h"

namespace bibmill::csljson {

std::unique_ptr<Writer> make_writer(const WriteOptions& options, std::span<const Mapping> rows);

}  // namespace bibmill::csljson

// Reads CSL-JSON.
#pragma once

#include <memory>

#include "bibmill/format.h"

namespace bibmill::csljson {

std::unique_ptr<Reader> make_reader(const ReadOptions& options);

}  // namespace bibmill::csljson

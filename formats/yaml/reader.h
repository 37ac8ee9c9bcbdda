// Reads CSL-YAML.
#pragma once

#include <memory>

#include "bibmill/format.h"

namespace bibmill::yaml {

std::unique_ptr<Reader> make_reader(const ReadOptions& options);

}  // namespace bibmill::yaml

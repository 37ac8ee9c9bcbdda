// Reading RIS.
#pragma once

#include <memory>

#include "bibmill/format.h"

namespace bibmill::ris {

std::unique_ptr<Reader> make_reader(const ReadOptions& options);

}  // namespace bibmill::ris

// Reading RIS.
#pragma once

#include <memory>
#include <string_view>

#include "bibmill/format.h"

namespace bibmill::ris {

std::unique_ptr<Reader> make_reader(const ReadOptions& options);

/// Format::producer: who wrote the first record that tells.
std::string_view producer_in(std::string_view head);

}  // namespace bibmill::ris

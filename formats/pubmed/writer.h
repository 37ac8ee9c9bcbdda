// The writer of PubMed XML.
#pragma once

#include <memory>
#include <span>

#include "bibmill/format.h"

namespace bibmill::pubmed {

std::unique_ptr<Writer> make_writer(const WriteOptions& options, std::span<const Mapping> rows);

}  // namespace bibmill::pubmed

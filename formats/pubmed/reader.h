// The reader of PubMed XML.
#pragma once

#include <memory>

#include "bibmill/format.h"

namespace bibmill::pubmed {

std::unique_ptr<Reader> make_reader(const ReadOptions& options);

}  // namespace bibmill::pubmed

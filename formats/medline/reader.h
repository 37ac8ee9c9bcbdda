// Reading MEDLINE.
#pragma once

#include <memory>

#include "bibmill/format.h"

namespace bibmill::medline {

std::unique_ptr<Reader> make_reader(const ReadOptions& options);

/// Whether a record begins with this line: PMID, or any tag behind a blank line.
bool begins_record(std::string_view tag, bool is_tagged, bool after_blank);

}  // namespace bibmill::medline

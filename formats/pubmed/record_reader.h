// From a record's tree to a Record: the walk through its places.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "bibmill/format.h"
#include "tree.h"

namespace bibmill::pubmed {

class RecordWriter;

/// Reads one record. `canonical` is the writer by which it is judged whether raw text and layout have to be kept.
Record read_record(const Tree& tree, std::shared_ptr<Arena> arena, const ReadOptions& options, RecordWriter& canonical,
                   DiagnosticSink& diagnostics);

}  // namespace bibmill::pubmed

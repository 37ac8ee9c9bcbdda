// The JSON Schema of the reports that `convert --report` writes (schemas/report.schema.json).
#pragma once

#include "bibmill/text/tree.h"

namespace bibmill::cli {

void emit_report_schema(text::Emitter& emitter);

}  // namespace bibmill::cli

// Facts: what rules on sets remember of a record.
#pragma once

#include "bibmill/rule.h"

namespace bibmill {

Facts facts_of(const CheckedRecord& record);

/// Of a record that is checked by nobody.
Facts facts_of(const Record& record);

}  // namespace bibmill

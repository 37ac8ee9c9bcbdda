// Facts: what rules on sets remember of a record.
#pragma once

#include "bibmill/rule.h"

namespace bibmill {

Facts facts_of(const CheckedRecord& record);

}  // namespace bibmill

// The words for severities.
#include "bibmill/diagnostic.h"

namespace bibmill {

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::Note: return "note";
    case Severity::Warning: return "warning";
    case Severity::Error: return "error";
  }
  return {};
}

}  // namespace bibmill

// A preflight as text, as JSON under schemas/preflight.schema.json, and as a page.
#pragma once

#include <string>

#include "preflight.h"

namespace bibmill::cli {

std::string preflight_as_text(const Preflight& preflight);
std::string preflight_as_json(const Preflight& preflight);
std::string preflight_as_page(const Preflight& preflight);

}  // namespace bibmill::cli

// Keys that changed, changed in the manuscripts that use them: every byte outside of keys stays.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "manuscript/manuscript.h"

namespace bibmill {

using KeyChanges = std::unordered_map<std::string, std::string>;

struct RenamedFile {
  std::string path;
  std::string bytes;
  std::size_t count = 0;  ///< of keys that were changed
};

/// The files in which something changes. `remarks` gets the keys that the file's language cannot write. Throws InputError.
std::vector<RenamedFile> rename_keys(const Manuscript& manuscript, const KeyChanges& changes, std::vector<ManuscriptRemark>& remarks);

}  // namespace bibmill
